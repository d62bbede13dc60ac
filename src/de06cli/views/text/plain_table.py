"""A table for programs and plain terminals: a line a record, columns padded, nothing wrapped or cut."""

from __future__ import annotations

import re
import unicodedata

from de06cli.views import words
from de06cli.views.contents.tables import Cell, Table

# Marks on a letter, and what only directs the letters around it.
_NO_WIDTH = {"Mn", "Me", "Mc", "Cf", "Zl", "Zp"}
# Of these, the ones that terminals show: the soft hyphen, Arabic signs before a number.
_SHOWN = {"\u00ad", *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f"}
_PICTURE = "\ufe0f"  # makes a wide picture of the sign before it
_JAMO = range(0x1160, 0x1200)  # vowels and finals that join the syllable before them


class _Widths(dict[str, int]):
    """How many terminal columns each character takes, looked up once."""

    def __missing__(self, char: str) -> int:
        none = unicodedata.category(char) in _NO_WIDTH and char not in _SHOWN
        none = none or ord(char) in _JAMO
        self[char] = 0 if none else 1 + (unicodedata.east_asian_width(char) in "WF")
        return self[char]


_width_of = _Widths().__getitem__


def display_width(text: str) -> int:
    """How many terminal columns the text takes: the one measure of all that is laid out in columns."""
    if _PICTURE in text:
        text = re.sub(f"([^{_PICTURE}]){_PICTURE}", _picture, text)
    return len(text) if text.isascii() else sum(map(_width_of, text))


def _picture(found: re.Match[str]) -> str:
    return "  " if _width_of(found[1]) == 1 else found[1]


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
