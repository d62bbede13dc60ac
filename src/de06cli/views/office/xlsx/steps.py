"""The sheet of steps, on which agencies fill in their progress.

Beside the cells that agencies fill in, hidden cells keep the plan's values of the day of export. From them
``import`` finds what an agency changed, and whether the plan has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.duties import due_day
from de06cli.plan.parts import CLOSED_STEPS, Progress, Step
from de06cli.plan.periods import Period
from de06cli.tracking.filled import FIELDS, fingerprint
from de06cli.tracking.marking import Mark
from de06cli.tracking.states import Situation, Task, closed_periods, duty_of
from de06cli.views import period_words, words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Named
from de06cli.views.links import Links
from de06cli.views.office.xlsx import declared, seal
from de06cli.views.office.xlsx.paper import (
    AS_OF,
    SheetColumn,
    Value,
    area,
    mark_late,
    paper,
    put,
    table,
    top,
)

# What a hidden row above the heading calls the columns, whatever language the heading speaks.
PREFIX = "de06:"
WAS = "was-"  # before a field: as it was exported
KNOWN = "known"
SEAL = "seal"
HEADING = 2  # rows between that one and the first step
_MOST_PERIODS = 200  # of a duty
PLACE = ("plan", "model", "step")


class StepRow(NamedTuple):
    """A step, an open period of a duty or, with neither, a task without steps."""

    task: Task
    step: Step | None
    period: Period | None = None

    @property
    def _mark(self) -> Mark:
        return Mark(self.task.model, self.step, None, period=self.period)

    @property
    def progress(self) -> Progress | None:
        return self._mark.before

    @property
    def text(self) -> str:
        """What the fingerprint is made of, beside the title."""
        return self._mark.text

    @property
    def shown(self) -> str:
        return period_words.period(self.period) if self.period else self.text

    @property
    def due(self) -> date | None:
        """The day of the task, or of its period."""
        recurs = self.task.model.recurs
        return due_day(recurs, self.period) if self.period and recurs else self.task.due

    def said(self, field: str) -> Value:
        """The row's values in the plan."""
        progress = self.progress
        if field == "status":
            return progress.status if progress else "todo"
        value: Value = getattr(progress, field) if progress else None
        return value


def rows_of(task: Task) -> list[StepRow]:
    """The rows of a task. One that was stopped has those of its steps alone."""
    model = task.model
    rows = [StepRow(task, step) for step in model.steps]
    if model.stopped:
        return rows
    owed = duty_of(model, task.issued)
    if owed:
        still_open = islice(owed.open(task.today, closed_periods(model)), _MOST_PERIODS)
        return [*rows, *(StepRow(task, None, period) for period in still_open)]
    return rows or [StepRow(task, None)]


def add(
    book: Workbook,
    view: Situation,
    tasks: Iterable[Task],
    subtitle: str,
    agencies: str,
    links: Links,
) -> None:
    """The sheet of the tasks' steps; ``agencies`` is where the sheet of agencies has their codes."""
    sheet = book.create_sheet(nouns.filled(_("Các {step}")), 1)
    rows = [row for task in tasks for row in rows_of(task)]
    named = tables.short_names(view.portfolio)
    columns = [*_columns(rows, links, named, several=len(view.days) > 1), *_kept_columns()]
    shown = sum(not column.hidden for column in columns)
    row = top(sheet, view, nouns.filled(_("Tiến độ các {step}")), subtitle, shown)
    row = _hint(sheet, row - 1, shown)
    for number, column in enumerate(columns, start=1):
        if column.key:
            put(sheet, row, number, PREFIX + column.key, "text")
    sheet.row_dimensions[row].hidden = True
    first = table(sheet, row + 1, columns, rows)
    last = max(sheet.max_row, first)
    at = {column.key: number for number, column in enumerate(columns, start=1)}
    _offer(sheet, at, first, last, agencies)
    mark_late(sheet, area(first, last, 1, at["status"] - 1), _is_late(columns, first))
    sheet.freeze_panes = sheet.cell(first, at["step"] + 1)
    _protect(sheet)
    seal.add(sheet, at[SEAL], [at[key] for key in open_or_hidden() if key in at])
    paper(sheet, area(1, last, 1, shown))


def open_or_hidden() -> list[str]:
    """The columns that people may fill in, and the hidden ones: the seal does not cover them."""
    return [*FIELDS, *(WAS + field for field in FIELDS), KNOWN, SEAL]


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _hint(sheet: Worksheet, row: int, shown: int) -> int:
    """How the sheet is filled in; returns the next row."""
    text = _(
        "Chỉ điền các ô nền vàng: chọn tình trạng, nhập ngày của văn bản hoặc ngày thực "
        "hiện, mã đơn vị (trang tính “{agencies}”), số, ký hiệu văn bản và ghi chú. Hoàn "
        "thành và không thực hiện phải có ngày; vướng mắc và không thực hiện phải có ghi "
        "chú. Lưu tệp rồi gửi lại."
    ).format(agencies=_("Đơn vị"))
    put(sheet, row, 1, text, "hint")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=shown)
    sheet.row_dimensions[row].height = 34
    return row + 1


def _columns(
    rows: Sequence[StepRow], links: Links, named: Named, *, several: bool
) -> list[SheetColumn]:
    plan = SheetColumn(_("Kế hoạch"), 14, "centred", _plan, key="plan", hidden=not several)
    to_fill = _("PHẦN ĐƠN VỊ CẬP NHẬT")
    return [
        *([plan] if several else []),
        SheetColumn(
            nouns.number_title(), 7, "number", lambda row: row.task.model.model, key="model"
        ),
        SheetColumn(_("STT"), 5, "number", lambda row: row.task.model.stt),
        SheetColumn(_("Nhiệm vụ"), 28, "text", lambda row: words.one_line(row.task.model.title)),
        SheetColumn(nouns.filled("{Step}"), 6, "number", _number, key="step"),
        SheetColumn(nouns.filled(_("Nội dung {step}")), 44, "text", lambda row: row.shown),
        SheetColumn(
            _("Chủ trì"), 10.5, "text", lambda row: _names(row, row.task.model.lead, named)
        ),
        SheetColumn(_("Đơn vị thực hiện"), 10.5, "text", lambda row: _acting(row, named)),
        SheetColumn(_("Thời hạn"), 11.5, "day", lambda row: row.due, key="due"),
        SheetColumn(
            nouns.filled(_("Thời hạn của {step}")),
            11.5,
            "day",
            lambda row: row.step.due if row.step else None,
            key="step-due",
        ),
        *declared.columns(lambda row: row.step, rows),
        *declared.columns(lambda row: row.progress, rows),
        SheetColumn(_("Tình trạng"), 16, "fill word", _status, to_fill, "status"),
        SheetColumn(_("Ngày"), 12, "fill day", _saying("date"), to_fill, "date"),
        SheetColumn(_("Đơn vị thực hiện"), 12, "fill word", _saying("by"), to_fill, "by"),
        SheetColumn(
            _("Minh chứng (số, ký hiệu)"),
            16,
            "fill text",
            _saying("evidence"),
            to_fill,
            "evidence",
            link=lambda row: links.of(_text(row.said("evidence")), row.task.plan),
        ),
        SheetColumn(_("Ghi chú"), 26, "fill text", _saying("note"), to_fill, "note"),
        *([] if several else [plan]),
    ]


def _kept_columns() -> list[SheetColumn]:
    kept = [
        SheetColumn(
            "", 12, "day" if field == "date" else "text", _saying(field), "", WAS + field, True
        )
        for field in FIELDS
    ]
    return [
        *kept,
        SheetColumn("", 20, "text", _fingerprint, key=KNOWN, hidden=True),
        SheetColumn("", 12, "seal", _nothing, key=SEAL, hidden=True),
    ]


def _nothing(_row: StepRow) -> None:
    """The cell of the seal is filled later, once its row is complete."""


def _saying(field: str) -> Callable[[StepRow], Value]:
    return lambda row: row.said(field)


def _number(row: StepRow) -> Value:
    """The step's number, or the period as an address has it."""
    return f"@{row.period}" if row.period else row.step.step if row.step else None


def _acting(row: StepRow, named: Named) -> str:
    return _names(row, row.step.agencies if row.step else (), named)


def _names(row: StepRow, codes: Iterable[str], named: Named) -> str:
    """Agencies by their short names; the cells to fill in, which `import` reads back, have codes."""
    return ", ".join(named(row.task.plan, code) for code in codes)


def _plan(row: StepRow) -> str:
    return row.task.plan


def _status(row: StepRow) -> str:
    return words.status(str(row.said("status")))


def _fingerprint(row: StepRow) -> str:
    return fingerprint(row.progress, row.task.model.title, row.text)


def _offer(sheet: Worksheet, at: dict[str, int], first: int, last: int, agencies: str) -> None:
    """The choices and limits by which Excel and LibreOffice check the cells that agencies fill in."""
    statuses = DataValidation(
        type="list",
        formula1='"' + ",".join(map(words.status, words.STEP_MARKS)) + '"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("Tình trạng"),
        error=_("Hãy chọn một tình trạng trong danh sách."),
    )
    days = DataValidation(
        type="date",
        operator="greaterThan",
        formula1=str((date(2000, 1, 1) - date(1899, 12, 30)).days),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("Ngày"),
        error=_("Hãy ghi một ngày, ví dụ 30/10/2023."),
    )
    codes = DataValidation(
        type="list",
        formula1=f"{quote_sheetname(_('Đơn vị'))}!{agencies}",
        allow_blank=True,
        showErrorMessage=False,  # a name is understood as well
    )
    for field, offered in (("status", statuses), ("date", days), ("by", codes)):
        offered.add(area(first, last, at[field], at[field]))
        sheet.add_data_validation(offered)


def _is_late(columns: list[SheetColumn], row: int) -> str:
    """A formula for the steps that are open past their own deadline or that of their model."""
    at = {
        column.key: "$" + area(row, row, number, number).partition(":")[0]
        for number, column in enumerate(columns, start=1)
    }
    closed = [f'{at["status"]}<>"{words.status(key)}"' for key in sorted(CLOSED_STEPS)]
    late = [f"AND(ISNUMBER({at[due]}),{at[due]}<{AS_OF})" for due in ("due", "step-due")]
    return f"AND({','.join(closed)},OR({','.join(late)}))"


def _protect(sheet: Worksheet) -> None:
    """Only the cells to be filled in can be changed; no password, since it is no secret."""
    protection = sheet.protection
    protection.sheet = True
    protection.autoFilter = protection.formatColumns = protection.formatRows = False
