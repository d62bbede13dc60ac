"""A table for programs and plain terminals: a line a record, columns padded, nothing wrapped or cut."""

from __future__ import annotations

from de06cli.characters import display_width
from de06cli.views import words
from de06cli.views.contents.tables import Cell, Table


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
