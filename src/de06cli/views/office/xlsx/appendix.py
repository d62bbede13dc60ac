"""The sheet that looks as the office prints its Appendix I: a row a model, and what is tracked of it."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.periods import Period
from de06cli.tracking.states import Situation, Task
from de06cli.views import duty_words, period_words, words
from de06cli.views.contents import deadlines, tables
from de06cli.views.contents.tables import Named
from de06cli.views.links import Links
from de06cli.views.office.xlsx import declared, seal
from de06cli.views.office.xlsx.paper import (
    AS_OF,
    Run,
    SheetColumn,
    Value,
    area,
    mark_late,
    paper,
    table,
    top,
)


def add(
    book: Workbook,
    view: Situation,
    tasks: Sequence[Task],
    titles: tuple[str, str],
    links: Links,
) -> None:
    """A row a model, in the columns of the printed appendix, and others for what else the plan says of
    models; beside them, what is tracked."""
    sheet = book.create_sheet(_("Phụ lục"))
    title, subtitle = titles
    plan, tracked = _plan_column(view), [*_tracked_columns(), *_own_columns(tasks, links)]
    more = declared.columns(lambda task: task.model, tasks)
    columns = [*plan, *_printed_columns(tables.short_names(view.portfolio)), *more, *tracked]
    printed = len(columns) - len(tracked)
    row = top(sheet, view, title, subtitle, printed)
    first = table(sheet, row, columns, tasks)
    last = max(sheet.max_row, first)
    sheet.freeze_panes = sheet.cell(first, 2 + len(plan))
    mark_late(sheet, area(first, last, 1, len(columns)), _is_late(printed, first))
    seal.add(sheet, len(columns) + 1)
    paper(sheet, area(1, last, 1, printed))


def _is_late(printed: int, row: int) -> str:
    """A formula for the rows whose model is neither finished nor due on the day or later."""
    due, finished = area(row, row, printed + 1, printed + 4).split(":")
    return f'AND(ISNUMBER(${due}),${finished}="",${due}<{AS_OF})'


def _plan_column(view: Situation) -> list[SheetColumn]:
    if len(view.days) == 1:
        return []
    return [SheetColumn(_("Kế hoạch"), 14, "centred", lambda task: task.plan)]


def _printed_columns(named: Named) -> list[SheetColumn]:
    shared = _("PHÂN CÔNG THỰC HIỆN")
    return [
        SheetColumn(_("STT"), 5, "number", lambda task: task.model.stt),
        SheetColumn(_("NHIỆM VỤ"), 40, "text", _task),
        SheetColumn(_("THỜI GIAN HOÀN THÀNH"), 12, "day", _deadline),
        SheetColumn(_("CÁC BƯỚC THỰC HIỆN"), 46, "text", _steps),
        SheetColumn(_("THIẾT BỊ"), 13.5, "text", lambda task: task.model.equipment),
        SheetColumn(_("Chủ trì"), 10.5, "text", lambda task: _lead(task, named), shared),
        SheetColumn(_("Phối hợp"), 11, "text", lambda task: _support(task, named), shared),
        SheetColumn(
            _("Lực lượng triển khai"), 13, "text", lambda task: _implementers(task, named), shared
        ),
        SheetColumn(
            _("CÁC DOANH NGHIỆP CÓ GIẢI PHÁP TRIỂN KHAI"),
            13,
            "text",
            lambda task: "\n".join(task.model.companies),
        ),
    ]


def _tracked_columns() -> list[SheetColumn]:
    tracked = _("THEO DÕI")
    return [
        SheetColumn(_("Thời hạn"), 12, "day", lambda task: task.due, tracked),
        SheetColumn(
            _("Số lần gia hạn"), 9, "number", lambda task: len(task.model.extensions), tracked
        ),
        SheetColumn(_("Tiến độ"), 9, "progress", _progress, tracked),
        SheetColumn(_("Ngày hoàn thành"), 12, "day", lambda task: task.completed_on, tracked),
        SheetColumn(_("Số ngày quá hạn"), 9, "number", lambda task: task.days_late, tracked),
        SheetColumn(_("Tình trạng"), 18, "centred", lambda task: words.state(task.state), tracked),
        SheetColumn(_("Cập nhật gần nhất"), 12, "day", lambda task: task.updated_on, tracked),
    ]


def _own_columns(tasks: Sequence[Task], links: Links) -> list[SheetColumn]:
    """What the sheet of steps has not, where it is used: documents of tasks without steps, the group, what
    was stopped and handed over."""
    tracked = _("THEO DÕI")
    known = (
        SheetColumn(
            _("Kết quả (số, ký hiệu văn bản)"), 18, "text", _documents, tracked,
            link=lambda task: _one_link(task, links),
        ),
        SheetColumn(_("Ghi chú"), 26, "text", _notes, tracked),
        SheetColumn(_("Nhóm nhiệm vụ"), 10, "centred", lambda task: task.model.group, tracked),
        SheetColumn(_("Ngày giao"), 12, "day", lambda task: task.model.assigned, tracked),
        SheetColumn(
            _("Thời gian bắt đầu"), 12, "centred",
            lambda task: period_words.deadline(task.model.start), tracked,
        ),
    )  # fmt: skip
    return [column for column in known if any(map(column.value, tasks))]


def _documents(task: Task) -> str:
    model = task.model
    if model.steps:
        return ""
    own = [model.progress, *(one.progress for one in model.periods)]
    return "\n".join(one.evidence for one in own if one and one.evidence)


def _one_link(task: Task, links: Links) -> str | None:
    documents = _documents(task)
    return None if "\n" in documents else links.of(documents, task.plan)


def _notes(task: Task) -> str:
    model = task.model
    notes = [model.progress.note] if model.progress and model.progress.note else []
    if model.periods or task.periods_late:
        notes.append(deadlines.period(task))
    if model.stopped:
        stop = model.stopped
        parts = (_("Dừng thực hiện"), words.day(stop.on), stop.document, stop.reason)
        notes.append(", ".join(part for part in parts if part))
    return "\n".join(notes)


def _task(task: Task) -> list[Run]:
    model = task.model
    runs = [(nouns.model(model.model, task.plan) + f": {model.title}", True)]
    if model.organisation:
        lines = "".join(f"\n- {text}" for text in model.organisation)
        runs.append(("\n" + _("Tổ chức thực hiện") + ":" + lines, False))
    if model.outcome:
        runs.append(("\n" + _("Hiệu quả") + f": {model.outcome}", False))
    return runs


def _steps(task: Task) -> list[Run]:
    runs: list[Run] = []
    for number, step in enumerate(task.model.steps):
        name = nouns.step(step.step, task.plan)
        runs += [("\n" * bool(number) + f"{name}: ", True), (step.text, False)]
    return runs


def _deadline(task: Task) -> Value:
    """The first deadline as it is printed: a day where the cell says nothing else."""
    model = task.model
    printed = model.source and model.source.deadline
    if printed:
        return deadlines.day_in(printed) or printed
    if model.deadline is None or model.ongoing is None:
        return _in_a_cell(model.deadline) or model.ongoing or _without_a_day(task)
    kept_up = _("sau đó duy trì {how}").format(how=model.ongoing)
    return f"{period_words.deadline(model.deadline)}, {kept_up}"


def _in_a_cell(deadline: Period | None) -> Value:
    """A day as a day, a period in words."""
    if deadline and deadline.kind == "day":
        return deadline.first
    return period_words.deadline(deadline)


def _without_a_day(task: Task) -> str:
    recurs = task.model.recurs
    return duty_words.recurrence(recurs) if recurs else task.model.undated or ""


def _lead(task: Task, named: Named) -> str:
    source = task.model.source
    return (source and source.lead) or words.holders(task.model.lead, task, named)


def _support(task: Task, named: Named) -> str:
    source = task.model.source
    return (source and source.support) or words.holders(task.model.support, task, named)


def _implementers(task: Task, named: Named) -> str:
    source = task.model.source
    return (source and source.implementers) or words.holders(task.model.implementers, task, named)


def _progress(task: Task) -> Value:
    if task.model.steps:
        return task.steps_done / task.steps_total
    return words.progress_counted(task)
