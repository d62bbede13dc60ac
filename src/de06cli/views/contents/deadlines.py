"""Deadlines in words: a day, or the period that the document names, with the day that it counts by."""

from __future__ import annotations

from datetime import date

from de06cli.errors import RefusedValue
from de06cli.messages import _, day_in_figures, ngettext
from de06cli.plan.periods import Period
from de06cli.tracking.dates import typed_day
from de06cli.tracking.states import Task
from de06cli.views import period_words, words


def short(task: Task) -> str:
    """For a cell: "Quý II/2025", "30/12/2023"; why there is none of a task that has no deadline yet."""
    if task.due_as:
        return period_words.period(task.due_as)
    if task.due is None and task.model.undated:
        return words.one_line(task.model.undated)
    return words.day(task.due)


def long(task: Task) -> str:
    """Where there is room: "Quý II/2025 (30/06/2025)", "05/02/2025 (kỳ: Tháng 1/2025, 2 kỳ quá hạn)"."""
    if task.due_as:
        return period_words.with_last_day(task.due_as)
    more = period(task)
    text = f"{short(task)} ({more})" if more else short(task)
    printed = as_printed(task)
    return f"{text} (“{printed}”)" if printed else text


def period(task: Task) -> str:
    """The period of a recurring duty whose due day is shown, and how many are late; else nothing."""
    if task.period is None:
        return ""
    text = _("kỳ: {period}").format(period=period_words.period(task.period))
    late = late_periods(task)
    return f"{text}, {late}" if late else text


def late_periods(task: Task) -> str:
    """How many periods are late: "2 kỳ quá hạn"; nothing for none."""
    n = task.periods_late
    text = ngettext("{n} kỳ quá hạn", "{n} kỳ quá hạn", n).format(n=words.number(n))
    return text if n else ""


def as_printed(task: Task) -> str:
    """The printed cell of a deadline that is a day and stands otherwise in the document.

    What is to be kept up afterwards is said by itself, as ``ongoing``.
    """
    model = task.model
    printed = model.source.deadline if model.source else None
    if not printed or model.ongoing or model.deadline is None or model.deadline.kind != "day":
        return ""
    first = model.deadline.first
    usual = day_in_figures(first)  # the quick answer first
    as_usual = printed == usual or day_in(printed) == first
    return "" if as_usual else words.one_line(printed)


def day_in(printed: str) -> date | None:
    """The day that a printed cell says, and nothing else; None for other words."""
    try:
        return typed_day(printed.strip().removesuffix("."))
    except RefusedValue:
        return None


def start(value: Period | None) -> str:
    """When the task begins: a day, or a period."""
    return period_words.deadline(value)
