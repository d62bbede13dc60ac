"""What the cells of a sheet said when it was exported: a short sum of each, in a hidden cell of its row.

The reader of the sheet knows by the sum what somebody wrote beside the cells to be filled in, even where rows
were sorted or columns moved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple
from zlib import crc32

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from de06cli.views.office.xlsx.cells import EMPTY, Cells, SheetCell, serial
from de06cli.views.office.xlsx.paper import put
from de06cli.views.office.xlsx.xml_text import unescaped

MARK = "de06="  # what a seal begins with


Sums = tuple[str, ...]


class Compared(NamedTuple):
    """A row against its seal: the sums of both, and the cells that say something else by now, with
    their columns. A cell that is empty by now comes as that."""

    sealed: Sums | None
    now: Sums
    others: list[tuple[int, SheetCell]]


def add(sheet: Worksheet, column: int, besides: Collection[int] = ()) -> None:
    """Seals the rows of a finished sheet in a hidden ``column``, its last one; the columns ``besides``
    are open to be filled in, or hidden themselves."""
    for cells in sheet.iter_rows(max_row=sheet.max_row, max_col=column - 1):
        sums = [
            f"{cell.column}:{_sum(text)}"
            for cell in cells
            if cell.column not in besides and (text := unescaped(_written(cell.value)))
        ]
        if sums and sheet.cell(cells[0].row, column).value is None:  # it has a name there
            put(sheet, cells[0].row, column, MARK + " ".join(sums), "seal")
    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.width, dimension.hidden = 12, True
    if sorted_too := sheet.auto_filter.ref:  # or a row would lose its seal when the table is sorted
        first = sorted_too.partition(":")[0]
        last = re.sub("[^0-9]", "", sorted_too.partition(":")[2])
        sheet.auto_filter.ref = f"{first}:{get_column_letter(column)}{last}"


def find(cells: Cells) -> int:
    """The column in which a row has its seal; 0 where it has none."""
    for column, cell in cells.items():
        if cell.kind == "s" and str(cell.value).startswith(MARK):
            return column
    return 0


def compared(cells: Cells, besides: Collection[int] = ()) -> Compared:
    """The row against its seal; without one, all its cells are new."""
    at = find(cells)
    sealed = str(cells[at].value).removeprefix(MARK).split() if at else []
    now = [
        (column, cell, _sum(text))
        for column, cell in sorted(cells.items())
        if column != at and column not in besides and (text := _written(cell.value))
    ]
    sums = tuple(found for _column, _cell, found in now)
    before = tuple(token.rpartition(":")[2] for token in sealed)
    others: list[tuple[int, SheetCell]] = []
    if not at:
        others = [(column, cell) for column, cell, _found in now]
    elif sums != before:
        matcher = SequenceMatcher(None, before, sums, autojunk=False)
        for kind, lost, lost_to, first, last in matcher.get_opcodes():
            if kind == "delete":
                columns = [token.partition(":")[0] for token in sealed[lost:lost_to]]
                others += [(int(column), EMPTY) for column in columns if column.isdecimal()]
            elif kind != "equal":
                others += [(column, cell) for column, cell, _found in now[first:last]]
    return Compared(before if at else None, sums, others)


def _written(value: object) -> str:
    """A value as it is compared, whichever program saved it: without regard to white space."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        value = serial(value)
    if isinstance(value, int | float):
        return f"{value:.9g}"
    return collapsed(str(value)) if value is not None else ""


def collapsed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _sum(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def texts(cells: Iterable[SheetCell]) -> frozenset[str]:
    """The texts of a row, cell by cell."""
    return frozenset(collapsed(cell.value) for cell in cells if isinstance(cell.value, str))
