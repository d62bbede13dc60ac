"""The doorway to icalendar: deadlines as days of a calendar that reminds of them (RFC 5545).

A model is the same event in each export, so a calendar that is given a later one moves, cancels or keeps
what it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from de06cli.messages import _, language, ngettext
from de06cli.plan import nouns
from de06cli.plan.records import Heading
from de06cli.tracking import filters
from de06cli.tracking.states import OPEN, Situation, Task
from de06cli.tracking.terms import State
from de06cli.views import words
from de06cli.views.contents import lateness, tables

REMINDERS = (7, 3, 1)  # days before
_SHORT = 60  # characters of a title on a calendar's sheet; the description holds it whole
_FIRST_DAY = date(2020, 1, 1)
_RECORDS = 500  # numbers that a day has for what is recorded on it; the last day's fit into 31 bits


def write(view: Situation, tasks: Iterable[Task], path: Path) -> None:
    """Writes the calendar of ``tasks`` to ``path``. Raises OSError."""
    path.write_bytes(calendar(view, tasks))


def calendar(view: Situation, tasks: Iterable[Task], name: str = "") -> bytes:
    """An all-day event for each task with a deadline; those that no longer count are cancelled.

    What is late stands besides in a note of today, one a plan, which a later export moves. The calendar
    is called by ``name``, else by the plan's title.
    """
    headings = [plan.heading for plan in view.portfolio.plans]
    days = {heading.code: (heading, day) for heading, day in zip(headings, view.days, strict=True)}
    listed = list(tasks)
    events = [_event(view, task, *days[task.plan]) for task in listed if task.due is not None]
    if len(events) > 1:  # one by itself says so in its own description
        for code, (heading, today) in days.items():
            late = filters.overdue(task for task in listed if task.plan == code)
            events += [_late_today(view, late, heading, today)] if late else []
    # No METHOD: with one, a message of RFC 5546 is meant, which needs an ORGANIZER who can be answered.
    whole = Calendar()
    whole.add("prodid", f"-//de06//de06cli//{language().upper()}")
    whole.add("version", "2.0")
    if name or len(events) != 1:  # without a name, an event is added to a calendar that is there
        titles = "; ".join(heading.title for heading in headings)
        whole.add("x-wr-calname", _text(name or titles))
    for event in events:
        whole.add_component(event)
    return bytes(whole.to_ical())


def _event(view: Situation, task: Task, heading: Heading, today: date) -> Event:
    event = Event()
    event.add("uid", f"{quote(task.plan, safe='')}.{task.model.model}@de06")
    event.add("dtstamp", _beginning(today, heading.timezone))
    event.add("sequence", _sequence(task, today))
    event.add("dtstart", task.due)
    if task.due and task.due < date.max:
        event.add("dtend", task.due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy all day because of a deadline
    event.add("status", "CONFIRMED" if task.state in OPEN else "CANCELLED")
    event.add("summary", _text(_summary(view, task)))
    event.add("description", _text(_description(view, task, today)))
    event.add("categories", [_text(code) for code in task.model.lead])
    if task.state is State.OPEN_IN_TIME and task.due:
        left = (task.due - today).days
        for before in REMINDERS:
            if before <= left:  # none of a day that is past
                event.add_component(_reminder(view, task, before))
    return event


def _beginning(today: date, timezone: str) -> datetime:
    """When the day began where the plan is: of the clock itself nothing is asked."""
    return datetime.combine(today, time(), ZoneInfo(timezone)).astimezone(UTC)


def _sequence(task: Task, today: date) -> int:
    """A calendar takes of two copies of an event the one with the higher number.

    A later day counts most, then what has been recorded by its end: two plans of one day differ only in
    that. A step that was begun counts once, a finished one twice, an extension once. A deadline corrected
    by hand, and what is taken back on the day on which it was recorded, reach a calendar on the next day.
    """
    model = task.model
    begun = sum(1 for step in model.steps if step.progress)
    recorded = len(model.extensions) + begun + task.steps_done
    return max(0, (today - _FIRST_DAY).days) * _RECORDS + min(recorded, _RECORDS - 1)


def _reminder(view: Situation, task: Task, before: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-before))
    text = _("Còn {days}: {task}").format(days=words.days(before), task=_summary(view, task))
    alarm.add("description", _text(text))
    return alarm


def _summary(view: Situation, task: Task) -> str:
    """Who leads the task, its number, its title in short and how far it is: "CA huyện: Mô hình 9 – Triển
    khai nền tảng… (1/3)"."""
    leads = tables.first_lead(task, tables.short_names(view.portfolio))
    name = nouns.model(words.model_address(task), task.plan)
    title = words.beginning(task.model.title, _SHORT)
    counted = f" ({task.steps_done}/{task.steps_total})" if task.model.steps else ""
    return f"{leads}: {name} – {title}{counted}"


def _late_today(view: Situation, late: list[Task], heading: Heading, today: date) -> Event:
    """A note of today that lists what is late in a plan, most days late first."""
    event = Event()
    event.add("uid", f"{quote(heading.code, safe='')}.late@de06")
    event.add("dtstamp", _beginning(today, heading.timezone))
    event.add("sequence", max(0, (today - _FIRST_DAY).days))
    event.add("dtstart", today)
    if today < date.max:
        event.add("dtend", today + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    counted = ngettext("{n} nhiệm vụ quá hạn", "{n} nhiệm vụ quá hạn", len(late))
    event.add("summary", counted.format(n=words.number(len(late))))
    lines = [f"{words.short_state(task)} – {_summary(view, task)}" for task in late]
    event.add("description", _text("\n".join([*lines, f"{words.as_at(today)}."])))
    return event


def _description(view: Situation, task: Task, today: date) -> str:
    """The description of the event, a line a fact."""
    of_model = task.model
    facts = [
        (_("Thời hạn"), lateness.deadline(task)),
        (_("Tình trạng"), words.task_state(task)),
        (_("Chủ trì"), _names(view, task, of_model.lead)),
        (_("Phối hợp"), _names(view, task, of_model.support)),
        (_("Lực lượng triển khai"), _names(view, task, of_model.implementers)),
    ]
    if task.state in OPEN:
        held_up = lateness.held_up(task)
        facts.append((held_up.label, held_up.text))
    lines = [f"{label}: {text}" for label, text in facts if text]
    return "\n".join([lateness.task_name(task), *lines, f"{words.as_at(today)}."])


def _names(view: Situation, task: Task, codes: Iterable[str]) -> str:
    return "; ".join(words.agency(view.portfolio.agency(task.plan, code)) for code in codes)


def _text(text: str) -> str:
    return words.visible(text)
