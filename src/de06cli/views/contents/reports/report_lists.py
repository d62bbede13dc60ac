"""Lists of the periodic report that only some plans have: targets, periods of duties, what was stopped.

A list stands in a report where it has rows; the lists of steps, where a task has steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from de06cli.messages import N_, _
from de06cli.plan import addresses, nouns
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import Task
from de06cli.tracking.supplement import Supplement
from de06cli.tracking.terms import State
from de06cli.views import period_words, target_words, words
from de06cli.views.contents import register, tables
from de06cli.views.contents.field_lists import ListField, Row
from de06cli.views.contents.reports import report_rows
from de06cli.views.contents.tables import Named

TITLES = {
    "closed_periods": N_("Kỳ hoàn thành hoặc không thực hiện"),
    "targets": N_("Chỉ tiêu"),
    "stopped": N_("Nhiệm vụ dừng thực hiện"),
    "blocked_tasks": N_("Nhiệm vụ vướng mắc"),
}


def fields(key: str) -> tuple[ListField, ...]:
    """The columns of a list."""
    model = ListField("number", nouns.number_title(), 16, centred=True)
    task = ListField("title", _("Nhiệm vụ"), 60)
    lead = ListField("lead", _("Chủ trì"), 28)
    day = ListField("date", _("Ngày"), 25, centred=True)
    if key == "targets":
        return (
            model,
            ListField("title", _("Chỉ tiêu"), 50),
            ListField("goal", _("Mục tiêu"), 30),
            ListField("previous", _("Kỳ trước"), 28),
            ListField("last", _("Thực hiện"), 28),
            ListField("missing", _("Còn thiếu"), 22, centred=True),
        )
    if key == "closed_periods":
        by = ListField("by", _("Đơn vị"), 24)
        result = ListField("result", _("Kết quả"), 42)
        return model, task._replace(below="text"), by, day, result
    if key == "stopped":
        return (
            model,
            task._replace(below="note"),
            lead,
            day,
            ListField("document", _("Văn bản"), 29),
        )
    return model, task, lead, day, ListField("note", _("Lý do"), 40)


ALWAYS = ("two_by_two", "compared", "finished", "overdue", "due_next")


def has(report: Report | None, key: str) -> bool:
    """Whether a list stands in ``report``: where it has rows, or always; in the blank form, each that a
    plan without targets, duties and stopped tasks may have."""
    if key in TITLES:
        return report is not None and any(_rows(report, key, tables.codes))
    if report is None or key in ALWAYS:
        return True
    listed: dict[str, Sequence[object]] = {
        "results": report.results,
        "extended": report.extended,
        "supplement": (report.supplement or Supplement())[:],
        "overdue_steps": report.overdue_steps,
        "blocked_in_time": report.blocked_in_time,
        "skipped": report.skipped,
        "due_next_steps": report.due_steps,
    }
    return any(listed[key])


def condition(key: str) -> str:
    """The condition under which a list stands in a filled form; nothing for one that always does."""
    return "" if key in ALWAYS else key


def rows(report: Report, named: Named) -> dict[str, list[Row]]:
    """The rows of all lists."""
    return {key: list(_rows(report, key, named)) for key in TITLES}


def _rows(report: Report, key: str, named: Named) -> Iterator[Row]:
    make = {
        "targets": _targets,
        "closed_periods": _closed_periods,
        "stopped": _stopped,
        "blocked_tasks": _blocked,
    }[key]
    for task in report.tasks:
        yield from make(task, report, named)


def _targets(task: Task, report: Report, _named: Named) -> Iterator[Row]:
    if task.state is State.STOPPED:
        return
    before = report.period.first - timedelta(days=report.period.first.toordinal() > 1)
    for target in task.model.targets:
        row = target_words.row(target, report.period.last, before)
        number = addresses.of_target(None, task.model.model, target.target)
        name = words.one_line(target.name) if target.name else register.title(task)
        yield {"plan": task.plan, "number": number, "title": name, **row._asdict()}


def _closed_periods(task: Task, report: Report, named: Named) -> Iterator[Row]:
    for one in task.model.periods:
        if one.status not in ("done", "skipped") or not report.period.holds(one.date):
            continue
        said = one.evidence if one.status == "done" else one.note
        result = words.status(one.status) + (f": {words.one_line(said)}" if said else "")
        yield report_rows.task(task, named) | {
            "text": period_words.period(one.period),
            "by": named(task.plan, one.by) if one.by else tables.leads(task, named),
            "date": words.day(one.date),
            "result": result,
        }


def _stopped(task: Task, report: Report, named: Named) -> Iterator[Row]:
    stop = task.model.stopped
    if stop and task.state is State.STOPPED and report.period.holds(stop.on):
        yield report_rows.task(task, named) | {
            "date": words.day(stop.on),
            "document": stop.document or "",
            "note": _("Lý do: {reason}").format(reason=stop.reason) if stop.reason else "",
        }


def _blocked(task: Task, _report: Report, named: Named) -> Iterator[Row]:
    """A task without steps that is blocked, whenever it was; periods of a duty as well."""
    if task.state is State.STOPPED:
        return
    own = task.model.progress
    found = [("", own)] if own else []
    found += [(period_words.period(one.period), one.progress) for one in task.model.periods]
    for period, progress in found:
        if progress.status == "blocked":
            note = words.one_line(progress.note or "")
            yield report_rows.task(task, named) | {
                "date": words.day(progress.date),
                "note": f"{period}: {note}" if period else note,
            }
