"""The periodic report: what a period has brought, what is wanting at its end, what the next one asks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from de06cli.plan.records import Extension, Progress, Step
from de06cli.tracking import filters
from de06cli.tracking.states import (
    LateStep,
    Task,
    View,
    overdue_steps,
    upcoming_steps,
)
from de06cli.tracking.statistics import Figures, figures, figures_by
from de06cli.tracking.terms import By


class Period(NamedTuple):
    """Days from the first to the last, both of them included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


class Marked(NamedTuple):
    """A step, and what was told of it."""

    task: Task
    step: Step
    progress: Progress


class Extended(NamedTuple):
    """A deadline that was moved."""

    task: Task
    before: date | None  # the deadline until then
    extension: Extension


class Report(NamedTuple):
    """All of it as it was known at the end of the period's last day."""

    period: Period
    coming: Period  # the next period
    tasks: tuple[Task, ...]  # those that the report is about, in the order of the plans
    total: Figures
    by_plan: tuple[Figures, ...]
    by_agency: tuple[Figures, ...]
    # What the period has brought, the earliest first.
    finished: tuple[Task, ...]  # ongoing ones too, whose first phase ended
    done: tuple[Marked, ...]
    extended: tuple[Extended, ...]
    # What is wanting at its end.
    overdue: tuple[Task, ...]  # most days late first
    overdue_steps: tuple[LateStep, ...]
    blocked: tuple[Marked, ...]  # whenever they were
    skipped: tuple[Marked, ...]  # in the period
    # What falls due until the end of the next one, on the period's last day too, the next first.
    due: tuple[Task, ...]
    due_steps: tuple[LateStep, ...]


def month_until(last: date) -> Period:
    """The month that ends with ``last``: a calendar month at its end, from the 15th to the 14th, …

    These are the months of Nghị định 09/2019/NĐ-CP, Điều 12, and those of the calendar alike.
    """
    return Period(_months_later(_days_later(last, 1), -1), last)


def following(period: Period) -> Period:
    """The period that follows: as many months where it is of whole months, else as many days."""
    first = _days_later(period.last, 1)
    months = 12 * (first.year - period.first.year) + first.month - period.first.month
    if months > 0 and _months_later(first, -months) == period.first:
        last = _days_later(_months_later(first, months), -1)
    else:
        last = _days_later(period.last, (period.last - period.first).days + 1)
    return Period(first, max(first, last))


def report(view: View, tasks: Iterable[Task], first: date | None = None) -> Report:
    """The report of the period from ``first`` to the day of ``view``, one month without a first day.

    ``tasks`` are as they stand in ``view``, whose plans have to be of one day.
    """
    listed = list(tasks)
    last = view.today
    period = Period(first, last) if first else month_until(last)
    coming = following(period)
    ahead = (coming.last - last).days
    marked = [
        Marked(task, step, step.progress)
        for task in listed
        for step in task.model.steps
        if step.progress
    ]
    finished = [task for task in listed if period.holds(task.completed_on)]
    return Report(
        period=period,
        coming=coming,
        tasks=tuple(listed),
        total=figures(listed),
        by_plan=tuple(figures_by(listed, By.PLAN, view.portfolio)),
        by_agency=tuple(figures_by(listed, By.AGENCY, view.portfolio)),
        finished=tuple(sorted(finished, key=lambda task: task.completed_on or last)),
        done=_in_period(marked, "done", period),
        extended=_extended(listed, period),
        overdue=tuple(filters.overdue(listed)),
        overdue_steps=tuple(overdue_steps(listed)),
        blocked=tuple(one for one in marked if one.progress.status == "blocked"),
        skipped=_in_period(marked, "skipped", period),
        due=tuple(filters.upcoming(listed, ahead)),
        due_steps=tuple(upcoming_steps(listed, ahead)),
    )


def _in_period(marked: Iterable[Marked], status: str, period: Period) -> tuple[Marked, ...]:
    found = [
        one for one in marked if one.progress.status == status and period.holds(one.progress.date)
    ]
    return tuple(sorted(found, key=lambda one: one.progress.date or period.last))


def _extended(tasks: Iterable[Task], period: Period) -> tuple[Extended, ...]:
    found = []
    for task in tasks:
        before = task.model.deadline
        for extension in task.model.extensions:
            if period.holds(extension.decided):
                found.append(Extended(task, before, extension))
            before = extension.to
    return tuple(sorted(found, key=lambda one: one.extension.decided))


def _days_later(day: date, days: int) -> date:
    """So many days later, but not beyond the calendar's last day."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last one; not beyond the calendar's ends."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
