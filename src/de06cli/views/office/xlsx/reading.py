"""Reading back the sheet of steps: the rows that agencies changed, as plain requests, and what they wrote
elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

from de06cli.characters import visible_name
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan.agencies import fold
from de06cli.tracking.dates import day_meant, typed_day
from de06cli.tracking.filled import FIELDS, CellValue, Filled, Request, Stray, Unreadable
from de06cli.views import words
from de06cli.views.office import limits
from de06cli.views.office.xlsx import package, seal
from de06cli.views.office.xlsx.cells import EMPTY, Book, Cells, Row, Sheet, SheetCell
from de06cli.views.office.xlsx.steps import HEADING, KNOWN, PLACE, PREFIX, SEAL, WAS, open_or_hidden

_LOOKED = 30  # rows of a sheet among which its columns are named
_FIRST_YEAR, _LAST_YEAR = (
    2000,
    2100,
)  # of days that are taken for days; the sheet's check is the same
_EXACT = 10**15  # from which on Excel rounds whole numbers
_PLAIN = {"", "general", "@", "0"}  # forms in which a number stands as it was typed
_SHOWN = 80  # characters of a cell that are shown
_KEYS = {*PLACE, *FIELDS, *(WAS + field for field in FIELDS), KNOWN}


def read(path: Path) -> Filled:
    """The rows of a workbook that were changed after its export, and the texts outside the cells that
    agencies fill in.

    Raises UnreadableData for a file that is no workbook, RefusedValue for one that was not exported by
    de06. A cell that can't be read is a request too, which says so.
    """
    with package.opened(path) as opened:
        sheets = [_read_sheet(sheet, path) for sheet in Book(opened).sheets]
    if not any(sheet.columns for sheet in sheets):
        raise RefusedValue(
            _(
                "{path} không có trang tính “Các bước” do de06 export tạo, hoặc đã mất "
                "các cột ẩn. Hãy xuất lại rồi điền vào tệp mới. Nếu tệp có bảng nhiệm vụ của một văn bản, "
                "lập kế hoạch từ tệp đó: de06 draft {path}."
            ).format(path=visible_name(path))
        )
    sealed = any(sheet.seals for sheet in sheets)
    return Filled(
        [request for sheet in sheets for request in sheet.requests],
        [stray for sheet in sheets for stray in sheet.strays(of_sealed_book=sealed)],
        sealed=sealed,
        macros=opened.has_macros,
    )


class _Read:
    """The contents of a sheet. ``columns`` gives the columns of steps, empty on other sheets."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.columns: dict[str, int] = {}
        self.body = 0  # the first row of steps
        self.requests: list[Request] = []
        self.seals: set[seal.Sums] = set()
        self.others: list[tuple[Row, seal.Compared]] = []  # rows that say something new
        self.upon: list[Stray] = []

    def strays(self, *, of_sealed_book: bool) -> Iterator[Stray]:
        """What stands beside the cells to be filled in. In a book without seals, of what was printed
        nothing is known."""
        for row, found in self.others:
            if found.sealed is None and not of_sealed_book and not self._is_new(row):
                continue
            if found.now in self.seals:  # a whole row that stood elsewhere
                continue
            for column, cell in found.others:
                yield Stray(self.title, f"{get_column_letter(column)}{row.number}", _shown(cell))
        yield from self.upon

    def _is_new(self, row: Row) -> bool:
        return (
            bool(self.columns) and row.number >= self.body and self.columns["step"] not in row.cells
        )


def _read_sheet(sheet: Sheet, path: Path) -> _Read:
    read = _Read(sheet.title)
    statuses = words.statuses()
    besides: list[int] = []
    for looked, row in enumerate(sheet.rows()):
        if not read.columns and looked < _LOOKED:
            read.columns = _columns(row.cells)
            read.body = row.number + HEADING + 1
            besides = [read.columns[key] for key in open_or_hidden() if key in read.columns]
            if read.columns:  # the row of their names, which nobody sees
                continue
        request = None
        if read.columns and row.number >= read.body:
            request = _request(sheet.title, read.columns, row, statuses)
        if request:
            read.requests.append(request)
            if len(read.requests) > limits.CHANGED_ROWS:
                raise package.unreadable(
                    path, _("quá {n} hàng thay đổi").format(n=limits.CHANGED_ROWS)
                )
        if len(read.others) >= limits.STRAYS and not seal.find(row.cells):
            continue
        found = seal.compared(row.cells, besides)
        if found.sealed is not None:
            read.seals.add(found.sealed)
        if found.others and not (request and found.sealed is None):
            _keep(read, row, found)
    read.upon = [*_merged(sheet, read), *_lying(sheet)]
    if read.columns:
        read.requests = [
            _unmerged(request, sheet.merges, read.columns) for request in read.requests
        ]
    return read


def _keep(read: _Read, row: Row, found: seal.Compared) -> None:
    if len(read.others) < limits.STRAYS:
        read.others.append((row, found))


def _columns(cells: Cells) -> dict[str, int]:
    """The positions of the columns by name; empty for a row that does not name all of them."""
    named = {
        str(cell.value).removeprefix(PREFIX): column
        for column, cell in cells.items()
        if cell.kind == "s" and str(cell.value).startswith(PREFIX)
    }
    return named if named.keys() >= _KEYS else {}


def _request(
    title: str, columns: Mapping[str, int], row: Row, statuses: Mapping[str, str]
) -> Request | None:
    cells = row.cells
    changed = {}
    for field in FIELDS:
        now = _value(field, cells.get(columns[field], EMPTY), statuses)
        if now != _value(field, cells.get(columns[WAS + field], EMPTY), statuses):
            changed[field] = now
    if not changed:
        return None
    plan, model, step = (_number_or_text(cells.get(columns[key], EMPTY)) for key in PLACE)
    at = {key: f"{get_column_letter(columns[key])}{row.number}" for key in (*PLACE, *FIELDS)}
    known = str(cells.get(columns[KNOWN], EMPTY).value or "").strip()
    said = frozenset() if SEAL in columns else seal.texts(cells.values())
    return Request(title, at, plan, model, step, changed, known, said)


# Beside the cells to be filled in --------------------------------------------------------------------


def _lying(sheet: Sheet) -> list[Stray]:
    """Comments, and texts in drawings."""
    return [
        Stray(
            sheet.title,
            upon.cell,
            (_("nhận xét: {text}") if upon.is_comment else _("hộp chữ: {text}")).format(
                text=_cut(upon.text) or "–"
            ),
        )
        for upon in sheet.upon()
    ]


def _merged(sheet: Sheet, read: _Read) -> list[Stray]:
    """Cells of steps that somebody merged."""
    if not read.columns:
        return []
    return [
        Stray(sheet.title, merged, _("ô gộp"))
        for merged in sheet.merges
        if _bounds(merged)[3] >= read.body
    ][: limits.STRAYS]


def _bounds(merged: str) -> tuple[int, int, int, int]:
    """The first column and row of a range, and the last ones; zeros where it is none."""
    try:
        first, top, last, bottom = range_boundaries(merged)
    except (ValueError, TypeError):
        return 0, 0, 0, 0
    return first or 0, top or 0, last or 0, bottom or 0


def _unmerged(request: Request, merges: list[str], columns: Mapping[str, int]) -> Request:
    """The request, without what stands in a cell that was merged with those of other steps."""
    row = int(re.sub("[^0-9]", "", request.cells["step"]))
    changed = dict(request.changed)
    for merged in merges:
        first, top, last, bottom = _bounds(merged)
        if top <= row <= bottom:
            for field in changed:
                if first <= columns[field] <= last:
                    changed[field] = Unreadable(
                        _("Ô này nằm trong vùng ô gộp {cells}; hãy bỏ gộp rồi điền từng ô.").format(
                            cells=merged
                        )
                    )
    return request._replace(changed=changed)


def _shown(cell: SheetCell) -> str:
    if cell.kind == "f":
        return _("công thức") + (f" = {_cut(str(cell.value))}" if cell.value != "=" else "")
    if cell.value is None:
        return _("đã xóa nội dung")
    return _cut(_as_printed(cell))


def _cut(text: str) -> str:
    return words.beginning(text, _SHOWN)


# Cells -------------------------------------------------------------------------------------------


def _value(field: str, cell: SheetCell, statuses: Mapping[str, str]) -> CellValue:
    """What a cell says: a status, a day or a text, None for nothing, or why it can't be read."""
    if cell.kind == "f":
        return Unreadable(_("Ô này là một công thức; hãy gõ thẳng giá trị."))
    if cell.kind == "e":
        return Unreadable(_("Ô này báo lỗi {error}.").format(error=cell.value))
    if field == "date":
        return _day(cell)
    text = _text(cell)
    if field != "status" or isinstance(text, Unreadable):
        return text
    known = statuses.get(fold(text)) if text else "todo"
    return known or Unreadable(
        _("Không hiểu tình trạng “{text}”. Hãy chọn: {known}.").format(
            text=_cut(text or ""), known=", ".join(map(words.status, words.STEP_MARKS))
        )
    )


def _day(cell: SheetCell) -> CellValue:
    if cell.kind == "b":
        return Unreadable(
            _("Ô này là giá trị đúng/sai ({value}), không phải là ngày.").format(
                value=_as_printed(cell)
            )
        )
    if isinstance(cell.value, float):
        return _numbered_day(cell)
    text = _typed(cell)
    try:
        return typed_day(text) if text else None
    except RefusedValue as error:
        return _proposed(text or "", str(error))


def _numbered_day(cell: SheetCell) -> CellValue:
    value = float(cell.value or 0)
    digits = _as_digits(value)
    if not cell.is_day:
        return _proposed(digits, _("{text} là một số, không phải là ngày.").format(text=digits))
    found = _from_number(value)
    if found and found.year >= _FIRST_YEAR:
        return found
    if meant := day_meant(digits):
        return _meant(digits, meant)
    if found and value >= 1:
        return _too_early(found)
    if 0 <= value < 1:
        return Unreadable(
            _("Ô này là giờ ({text}), không phải là ngày; hãy gõ đủ ngày, tháng, năm.").format(
                text=_as_printed(cell)
            )
        )
    return Unreadable(_("Không có ngày {text}.").format(text=digits))


def _from_number(value: float) -> date | None:
    """The day that a number is in Excel, None where it is none."""
    try:
        found = from_excel(value)
    except (ValueError, OverflowError):
        return None
    if isinstance(found, datetime):
        found = found.date()
    return found if isinstance(found, date) else None


def _proposed(text: str, otherwise: str) -> Unreadable:
    """Why a text is refused as a day, with the day that it probably means."""
    meant = day_meant(text)
    return _meant(text, meant) if meant else Unreadable(otherwise)


def _meant(text: str, day: date) -> Unreadable:
    return Unreadable(
        _("“{text}” không phải là một ngày; nếu là ngày {day}, hãy gõ {day}.").format(
            text=_cut(text), day=f"{day:%d/%m/%Y}"
        )
    )


def _too_early(day: date) -> Unreadable:
    """The refusal of a day before any plan: Excel makes 05/01/1900 of a typed 5."""
    return Unreadable(
        _("Ngày {day} trước năm {year}; hãy gõ đủ ngày, tháng, năm.").format(
            day=words.day(day), year=_FIRST_YEAR
        )
    )


def _text(cell: SheetCell) -> str | Unreadable | None:
    """The cell as a text, or why what was typed into it can't be known any more: Excel makes days,
    times and numbers of what looks like them."""
    if cell.kind == "b":
        kind = _("giá trị đúng/sai")
    elif cell.is_day and isinstance(cell.value, float):
        kind = _("giờ") if 0 <= cell.value < 1 else _("một ngày")
    elif isinstance(cell.value, float) and not _is_as_typed(cell):
        kind = _("một số đã làm tròn") if abs(cell.value) >= _EXACT else _("một số")
    else:
        return _typed(cell)
    return Unreadable(
        _(
            "Chữ đã gõ đã thành {kind} ({text}); hãy định dạng ô là Văn bản (Text) rồi gõ lại."
        ).format(kind=kind, text=_as_printed(cell))
    )


def _is_as_typed(cell: SheetCell) -> bool:
    """Whether a number certainly stands as somebody typed it: 12.10 has become 12.1, 1/2 a half."""
    value = float(cell.value or 0)
    return value.is_integer() and 0 <= value < _EXACT and cell.form.casefold() in _PLAIN


def _typed(cell: SheetCell) -> str | None:
    """The cell as it was typed."""
    if cell.value is None:
        return None
    return _as_digits(cell.value).strip() or None


def _as_digits(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    return str(value)


def _as_printed(cell: SheetCell) -> str:
    """The cell as people see it: a number in a day's format as that."""
    value = cell.value
    if cell.kind == "b":
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and cell.is_day:
        if 0 <= value < 1:
            minutes = round(value * 24 * 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        if found := _from_number(value):
            return f"{found:%d/%m/%Y}"
    return _as_digits(value)


def _number_or_text(cell: SheetCell) -> str:
    """A number of a model or step as it stands in its cell."""
    return _typed(cell) or ""
