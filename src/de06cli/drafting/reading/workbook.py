"""The sheets of a workbook as tables: days as they are shown, merged cells at each of their places."""

from __future__ import annotations

from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

from de06cli.drafting.reading.source_tables import Grid, SourceDocument, SourceTable, lines
from de06cli.views.office.xlsx import package
from de06cli.views.office.xlsx.cells import Book, Sheet, SheetCell


def read(path: Path) -> SourceDocument:
    """Raises UnreadableData for a file that is no workbook, or is beyond a limit."""
    with package.opened(path) as opened:
        sheets = Book(opened).sheets
        return SourceDocument([table for sheet in sheets if (table := _table(sheet)).rows])


def _table(sheet: Sheet) -> SourceTable:
    cells = {
        (row.number, column): lines(_shown(cell))
        for row in sheet.rows()
        for column, cell in row.cells.items()
    }
    numbers = sorted({row for row, _column in cells})
    at = {number: index for index, number in enumerate(numbers)}
    grid = Grid(lambda row, column: f"{sheet.title}!{get_column_letter(column + 1)}{numbers[row]}")
    for first, top, last, bottom in map(range_boundaries, sheet.merges):
        inside = [number for number in numbers if top <= number <= bottom]
        if text := cells.get((top, first), ""):
            grid.put(at[top], first - 1, text, len(inside), last - first + 1)
    for (row, column), text in cells.items():
        if text and not grid.taken(at[row], column - 1):
            grid.put(at[row], column - 1, text)
    return SourceTable(sheet.title, [row for row in grid.rows() if any(cell.text for cell in row)])


def _shown(cell: SheetCell) -> str:
    """What a person sees in the cell, as near as a plan needs it."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return {True: "TRUE", False: "FALSE", None: ""}[value]
    if isinstance(value, str):
        return "" if cell.kind == "f" and value == "=" else value
    if cell.is_day:
        return _day(value, cell.form.casefold())
    if "%" in cell.form:
        return f"{round(value * 100, 6):g}%".replace(".", ",")
    return str(int(value)) if value == int(value) else repr(value)


def _day(value: float, form: str) -> str:
    """The day, or the month or year where the cell's form shows nothing else."""
    try:
        day = from_excel(value)
    except (ValueError, OverflowError):
        return str(value)
    if not hasattr(day, "year"):  # a time of day, or a span of time
        return str(day)
    if "d" in form:
        return f"{day:%d/%m/%Y}"
    return f"{day:%m/%Y}" if "m" in form and "h" not in form else f"{day:%Y}"
