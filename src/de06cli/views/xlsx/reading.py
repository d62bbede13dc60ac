"""Reading back the sheet of steps: the rows that agencies changed, as plain requests."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _
from de06cli.plan.agencies import fold
from de06cli.plan.characters import visible_name
from de06cli.plan.locate import MAX_BYTES
from de06cli.tracking.dates import typed_day
from de06cli.tracking.filled import FIELDS, Request, Unreadable
from de06cli.views import archive, words
from de06cli.views.xlsx.steps import HEADING, KNOWN, PLACE, PREFIX, WAS

_UNPACKED = 4 * MAX_BYTES
_LOOKED = 30  # rows of a sheet among which its columns are named
_FIRST_YEAR = 2000  # of days that Excel takes for days; the sheet's own check is the same
_ROWS = 1_048_576  # that a sheet can have
_KEYS = {*PLACE, *FIELDS, *(WAS + field for field in FIELDS), KNOWN}


class _Cell(NamedTuple):
    value: Any
    kind: str = "n"  # as the file calls it: n, s, d, b, f for a formula, e for an error


_EMPTY = _Cell(None)
_Line = tuple[int, Sequence[_Cell]]  # a row and its number


def read(path: Path) -> list[Request]:
    """The rows of a workbook that no longer say what they said when it was exported.

    Raises UnreadableData for a file that is no workbook, RefusedValue for one that was not exported by
    de06. A cell that can't be read is a request too, which says so.
    """
    _look(path)
    found = False
    requests: list[Request] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the library leaves out: forms, extensions
        for title, epoch, lines in _sheets(path):
            if columns := _columns(islice(lines, _LOOKED)):
                found = True
                requests += _requests(title, columns, islice(lines, HEADING, None), epoch)
    if not found:
        raise RefusedValue(
            _(
                "{path} không có trang các bước do de06 export ghi ra, hoặc đã mất các cột ẩn. "
                "Hãy xuất lại rồi điền vào tệp mới."
            ).format(path=visible_name(path))
        )
    return requests


def _columns(lines: Iterator[_Line]) -> dict[str, int]:
    """Where the columns stand, from 0; nothing on a sheet that does not name all of them."""
    for _number, cells in lines:
        named = {
            cell.value.removeprefix(PREFIX): at
            for at, cell in enumerate(cells)
            if isinstance(cell.value, str) and cell.value.startswith(PREFIX)
        }
        if named.keys() >= _KEYS:
            return named
    return {}


def _requests(
    title: str, columns: dict[str, int], lines: Iterator[_Line], epoch: datetime
) -> Iterator[Request]:
    statuses = words.statuses()
    for number, cells in lines:
        row = {key: cells[at] if at < len(cells) else _EMPTY for key, at in columns.items()}
        changed = {}
        for field in FIELDS:
            now = _value(field, row[field], epoch, statuses)
            if now != _value(field, row[WAS + field], epoch, statuses):
                changed[field] = now
        if not changed:
            continue
        plan, model, step = (str(_text(row[key]) or "") for key in PLACE)
        at = {key: f"{get_column_letter(columns[key] + 1)}{number}" for key in (*PLACE, *FIELDS)}
        known = str(row[KNOWN].value or "")
        yield Request(title, at, plan, model, step, changed, known)


# Cells -------------------------------------------------------------------------------------------


def _value(field: str, cell: _Cell, epoch: datetime, statuses: dict[str, str]) -> Any:
    """What a cell says: a status, a day or a text, None for nothing, or why it can't be read."""
    if cell.kind == "f":
        return Unreadable(_("Ô này là một công thức; hãy gõ thẳng giá trị."))
    if cell.kind == "e":
        return Unreadable(_("Ô này báo lỗi {error}.").format(error=cell.value))
    if field == "date":
        return _day(cell, epoch)
    text = _text(cell)
    if field != "status":
        return text
    known = statuses.get(fold(text)) if text else "todo"
    return known or Unreadable(
        _("Không hiểu tình trạng “{text}”. Hãy chọn: {known}.").format(
            text=text, known=", ".join(map(words.status, words.STEP_MARKS))
        )
    )


def _day(cell: _Cell, epoch: datetime) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):  # a day's format was lost
        try:
            value = from_excel(value, epoch)
        except (ValueError, OverflowError):
            return Unreadable(_("Không có ngày {text}.").format(text=value))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year >= _FIRST_YEAR else _too_early(value)
    try:
        text = _text(cell)
        return typed_day(text) if text else None
    except RefusedValue as error:
        return Unreadable(str(error))


def _too_early(day: date) -> Unreadable:
    """A 5 that somebody typed is a day for Excel."""
    return Unreadable(
        _("Ngày {day} trước năm {year}; hãy gõ đủ ngày, tháng, năm.").format(
            day=words.day(day), year=_FIRST_YEAR
        )
    )


def _text(cell: _Cell) -> str | None:
    """The cell as a text; a number or a day as people write it."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):  # Excel took a document's number for a day
        value = words.day(value.date() if isinstance(value, datetime) else value)
    if value is None:
        return None
    text = _ESCAPED.sub("_", str(value).replace("_x000D_\n", "\n").replace("\r\n", "\n"))
    return text.strip() or None


_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")


# The file ----------------------------------------------------------------------------------------


def _sheets(path: Path) -> Iterator[tuple[str, datetime, Iterator[_Line]]]:
    """The sheets of a workbook: titles, the day that its numbers count from, rows."""
    with path.open("rb") as file:
        with _translated(path, _no_workbook()):
            book = load_workbook(file, read_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield sheet.title, book.epoch, _lines(sheet, path)


def _lines(sheet: Any, path: Path) -> Iterator[_Line]:
    with _translated(path):
        sheet.reset_dimensions()  # what programs write of them is not always so
        for number, cells in enumerate(islice(sheet.iter_rows(), _ROWS), start=1):
            yield number, [_Cell(cell.value, cell.data_type) for cell in cells]


@contextmanager
def _translated(path: Path, reason: str = "") -> Iterator[None]:
    """Whatever the library stumbles over is the file's fault: any program may have written it."""
    try:
        yield
    except Exception as error:
        raise _unreadable(path, reason or str(error) or type(error).__name__) from None


def _look(path: Path) -> None:
    """Raises UnreadableData where the file is not there, no archive, or would unpack to too much."""
    try:
        unpacked = archive.unpacked(path)
    except FileNotFoundError:
        raise UnreadableData(_("Không có tệp {path}.").format(path=visible_name(path))) from None
    except BadZipFile:
        raise _unreadable(path, _no_workbook()) from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or str(error)) from None
    if unpacked > _UNPACKED:
        raise _unreadable(path, _("tệp quá lớn"))


def _no_workbook() -> str:
    return _("không phải là một tệp xlsx; hãy lưu lại ở dạng .xlsx")


def _unreadable(path: Path, reason: str) -> UnreadableData:
    return UnreadableData(
        _("Không đọc được {path}: {reason}.").format(path=visible_name(path), reason=reason)
    )
