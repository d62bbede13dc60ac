"""Rows of the periodic report's lists: steps, own deadlines of steps, extensions, what was recorded later."""

from __future__ import annotations

from de06cli.messages import _
from de06cli.plan import addresses, nouns
from de06cli.tracking.report_period import ReportPeriod
from de06cli.tracking.states import DONE, LateStep
from de06cli.tracking.supplement import Extended, Marked, Supplement
from de06cli.views import period_words, words
from de06cli.views.contents import register
from de06cli.views.contents.field_lists import Row


def marked(one: Marked) -> Row:
    progress = one.progress
    return _of_step(one) | {
        "by": ", ".join(by(one)),
        "date": words.day(progress.date),
        "evidence": progress.evidence or "",
        "note": progress.note or "",
    }


def late_step(one: LateStep) -> Row:
    return _of_step(one) | {
        "by": ", ".join(by(one)),
        "due": words.day(one.step.due),
        "days_late": words.number(max(one.days_late, 0)),
    }


def by(one: Marked | LateStep) -> tuple[str, ...]:
    """Who has done a step, else who acts in it, else who leads the task."""
    progress = one.step.progress
    if progress and progress.by:
        return (progress.by,)
    return one.step.agencies or one.task.model.lead


def _of_step(one: Marked | LateStep) -> Row:
    return {
        "plan": one.task.plan,
        "number": addresses.written(None, one.task.model.model, one.step.step),
        "title": register.title(one.task),
        "text": one.step.text,
    }


def extension(one: Extended) -> Row:
    extension = one.extension
    return register.row(one.task) | {
        "before": period_words.deadline(one.before),
        "due": period_words.deadline(extension.to),
        "date": words.day(extension.decided),
        "document": ", ".join(filter(None, (extension.document, words.day(extension.decided)))),
        "note": _("Lý do: {reason}").format(reason=extension.reason) if extension.reason else "",
    }


def supplement(late: Supplement, period: ReportPeriod) -> list[Row]:
    """What was recorded too late for its own report: steps, then extensions.

    The last step of a task that was finished before the period says so: no list of finished tasks does.
    """
    last = {(one.task.plan, one.task.model.model): one for one in late.closed}
    steps = []
    for one in late.closed:
        row, finished = _recorded_step(one), one.task.completed_on
        ends = last[one.task.plan, one.task.model.model] is one and one.task.state in DONE
        if ends and finished and finished < period.first:
            finished_on = _("nhiệm vụ hoàn thành ngày {day}").format(day=words.day(finished))
            row["result"] += f"; {finished_on}"
        steps.append(row)
    return [*steps, *map(_recorded_extension, late.extended)]


def _recorded_step(one: Marked) -> Row:
    row, progress = marked(one), one.progress
    said = progress.evidence if progress.status == "done" else progress.note
    result = words.status(progress.status) + (f": {words.one_line(said)}" if said else "")
    item = nouns.step(row["number"], one.task.plan)
    return row | {"item": item, "result": result}


def _recorded_extension(one: Extended) -> Row:
    row = extension(one)
    result = _("Gia hạn đến {day}").format(day=row["due"])
    document = one.extension.document
    return row | {
        "item": nouns.model(row["number"], one.task.plan),
        "text": row["note"],
        "by": row["lead"],
        "result": result + (f": {words.one_line(document)}" if document else ""),
    }
