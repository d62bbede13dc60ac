"""Rows of the periodic report's lists: steps, own deadlines of steps, extensions, what was recorded later."""

from __future__ import annotations

from de06cli.messages import _
from de06cli.plan import addresses, nouns
from de06cli.plan.parts import Handover, Measurement, PeriodProgress, Progress, Stop
from de06cli.tracking.report_period import ReportPeriod, TaskResult
from de06cli.tracking.states import DONE, LateStep, Task, status
from de06cli.tracking.supplement import Extended, Marked, RecordedLater, Supplement
from de06cli.views import period_words, target_words, words
from de06cli.views.contents import lateness, register, tables
from de06cli.views.contents.field_lists import Row
from de06cli.views.contents.tables import Named


def task(one: Task, named: Named) -> Row:
    """A task as the register has it, with the short names of those who hold a role in it."""
    return register.row(one, named) | {
        "short_title": _short_title(one),
        "short_state": words.short_state(one),
    }


def _short_title(one: Task) -> str:
    """The task's title as far as two lines of a list hold it; ``show`` and the appendix give it whole."""
    return words.beginning(register.title(one), _TITLE)


_TITLE = 70  # characters


def result(one: TaskResult, named: Named) -> Row:
    """A task with what the period has brought to it: its steps together, its documents each once."""
    model = one.task.model
    said = [each.progress for each in one.steps]
    said += [model.progress] if model.progress and one.finished else []
    documents = [
        ", ".join(filter(None, (progress.evidence, words.day(progress.date)))) for progress in said
    ]
    codes = [code for each in one.steps for code in by(each)] or list(model.lead)
    return task(one.task, named) | {
        "by": ", ".join(named(one.task.plan, code) for code in dict.fromkeys(codes)),
        "text": "\n".join(f"{each.step.step}. {each.step.text}" for each in one.steps),
        "documents": "\n".join(dict.fromkeys(filter(None, documents))),
    }


def open_task(one: Task, named: Named) -> Row:
    """A task that is not finished, with what it waits for."""
    days_late = words.number(one.days_late or 0)
    return task(one, named) | {"waits": _waits(one, named), "days_late": days_late}


def _waits(one: Task, named: Named) -> str:
    """In short: who leads an open task, what it hangs on, and that its deadline was moved."""
    parts = [tables.leads(one, named), _hangs_on(one, named)]
    if lateness.was_extended(one):
        parts.append(words.sentence_start(lateness.extended(one)))
    return ". ".join(filter(None, parts))


def _hangs_on(one: Task, named: Named) -> str:
    """The reason why a task is blocked, else its next step by number; and who acts in it, unless that is
    who leads the task."""
    step = one.hangs_on
    if not one.model.steps:
        held_up = lateness.held_up(one)
        return f"{held_up.label}: {held_up.text}"
    if step is None:
        return ""
    who = tables.waits_for(one, named) if set(step.agencies) != set(one.model.lead) else ""
    acting = f" ({who})" if who else ""
    if status(step) != "blocked":
        label = nouns.filled(_("{Step} tiếp theo"), one.plan)
        return f"{label}: {step.step}{acting}"
    day, note = (step.progress.date, step.progress.note) if step.progress else (None, None)
    label = _("{Step} vướng mắc (từ ngày {day})") if day else _("{Step} vướng mắc")
    label = nouns.filled(label, one.plan).format(day=words.day(day))
    return f"{label}: {step.step}{acting}, {words.one_line(note or '')}"


def marked(one: Marked, named: Named) -> Row:
    progress = one.progress
    return _of_step(one) | {
        "by": ", ".join(named(one.task.plan, code) for code in by(one)),
        "date": words.day(progress.date),
        "evidence": progress.evidence or "",
        "note": progress.note or "",
    }


def late_step(one: LateStep, named: Named) -> Row:
    return _of_step(one) | {
        "by": ", ".join(named(one.task.plan, code) for code in by(one)),
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
        "short_title": _short_title(one.task),
        "text": one.step.text,
    }


def extension(one: Extended, named: Named) -> Row:
    extension = one.extension
    return task(one.task, named) | {
        "before": period_words.deadline(one.before),
        "due": period_words.deadline(extension.to),
        "date": words.day(extension.decided),
        "document": ", ".join(filter(None, (extension.document, words.day(extension.decided)))),
        "note": _("Lý do: {reason}").format(reason=extension.reason) if extension.reason else "",
    }


def supplement(late: Supplement, period: ReportPeriod, named: Named) -> list[Row]:
    """What was recorded too late for its own report: steps, then extensions.

    The last step of a task that was finished before the period says so: no list of finished tasks does.
    """
    last = {one.task.key: one for one in late.closed}
    steps = []
    for one in late.closed:
        row, finished = _recorded_step(one, named), one.task.completed_on
        ends = last[one.task.key] is one and one.task.state in DONE
        if ends and finished and finished < period.first:
            finished_on = _("nhiệm vụ hoàn thành ngày {day}").format(day=words.day(finished))
            row["result"] += f"; {finished_on}"
        steps.append(row)
    return [
        *steps,
        *(_recorded_extension(one, named) for one in late.extended),
        *(_recorded(one, named) for one in late.others),
    ]


def _recorded(one: RecordedLater, named: Named) -> Row:
    """What else was recorded: the mark of a task or period, a value, a stop, a handover."""
    row, what = task(one.task, named), one.what
    by = None if isinstance(what, Stop | Handover) else what.by
    text, result = _said(one, named)
    return row | {
        "item": nouns.model(row["number"], one.task.plan),
        "text": text,
        "by": named(one.task.plan, by) if by else row["lead"],
        "date": words.day(one.day),
        "result": words.one_line(result),
    }


def _said(one: RecordedLater, named: Named) -> tuple[str, str]:
    """What was recorded of the task, the period or the target, and as what."""
    what = one.what
    if isinstance(what, Measurement) and one.target:
        return one.target.name or "", target_words.amount(what, one.target)
    if isinstance(what, Stop):
        return "", ": ".join(filter(None, (_("Dừng thực hiện"), what.document)))
    if isinstance(what, Handover):
        codes = [code for codes in what[1:4] for code in codes or ()]
        names = ", ".join(named(one.task.plan, code) for code in dict.fromkeys(codes))
        result = _("Bàn giao cho {agencies}").format(agencies=names)
        return "", ": ".join(filter(None, (result, what.document)))
    if isinstance(what, Progress | PeriodProgress):
        said = what.evidence if what.status == "done" else what.note
        period = period_words.period(what.period) if isinstance(what, PeriodProgress) else ""
        return period, ": ".join(filter(None, (words.status(what.status), said)))
    return "", ""


def _recorded_step(one: Marked, named: Named) -> Row:
    row, progress = marked(one, named), one.progress
    said = progress.evidence if progress.status == "done" else progress.note
    result = words.status(progress.status) + (f": {words.one_line(said)}" if said else "")
    item = nouns.step(row["number"], one.task.plan)
    return row | {"item": item, "result": result}


def _recorded_extension(one: Extended, named: Named) -> Row:
    row = extension(one, named)
    result = _("Gia hạn đến {day}").format(day=row["due"])
    document = one.extension.document
    return row | {
        "item": nouns.model(row["number"], one.task.plan),
        "text": row["note"],
        "by": row["lead"],
        "result": result + (f": {words.one_line(document)}" if document else ""),
    }
