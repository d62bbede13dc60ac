"""A table for programs and plain terminals: a line a record, columns padded, nothing wrapped or cut."""

from __future__ import annotations

import unicodedata

from de06cli.views import words
from de06cli.views.contents.tables import Cell, Table

_NO_WIDTH = {"Mn", "Me", "Cf"}  # marks on a letter, and what only directs the letters around it


class _Widths(dict[str, int]):
    """How many terminal columns each character takes, looked up once."""

    def __missing__(self, char: str) -> int:
        none = unicodedata.category(char) in _NO_WIDTH
        self[char] = 0 if none else 1 + (unicodedata.east_asian_width(char) in "WF")
        return self[char]


_width_of = _Widths().__getitem__


def display_width(text: str) -> int:
    """How many terminal columns the text takes."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


def columns(table: Table) -> str:
    """A header and one line a record, columns padded and two spaces apart, nothing cut."""
    titles = [Cell(column.title) for column in table.columns]
    rows = [titles, *table.rows, *([table.total] if table.total else [])]
    lines = [[words.one_line(cell.text) for cell in row] for row in rows]
    widths = [max(display_width(line[i]) for line in lines) for i in range(len(titles))]
    padded = []
    for line in lines:
        cells = []
        for text, width, column in zip(line, widths, table.columns, strict=True):
            space = " " * (width - display_width(text))
            cells.append(space + text if column.right else text + space)
        padded.append("  ".join(cells).rstrip() + "\n")
    return "".join(padded)
