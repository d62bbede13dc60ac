"""Recurring duties: their periods, the due day of each period, the periods that are late on a day.

Due days grow from period to period, so every answer is found by bisection over the positions of
periods: a duty of a thousand years answers as fast as one of a month.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Every
from de06cli.plan.parts import Recurrence
from de06cli.plan.periods import Period, at, holding, month_end, moved

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class ClosedPeriod(NamedTuple):
    """A period that is done or skipped, and the day on which it was."""

    period: Period
    on: date
    done: bool = True


class Standing(NamedTuple):
    """Where a duty stands at the end of a day."""

    period: Period | None  # the oldest late one, else the next open one, else the last
    due: date | None  # its due day
    late: int  # how many periods are late
    completed_on: date | None  # of a duty that has ended: the latest day of its periods

    @property
    def finished(self) -> bool:
        return self.completed_on is not None


class Duty(NamedTuple):
    """A recurrence with its beginning; ``positions`` are those of its periods, from first to last."""

    recurs: Recurrence
    positions: range

    @property
    def first(self) -> Period | None:
        return at(self.recurs.every, self.positions[0]) if self.positions else None

    @property
    def last(self) -> Period | None:
        """The last period; None for a duty without end."""
        if self.recurs.until is None or not self.positions:
            return None
        return at(self.recurs.every, self.positions[-1])

    def has(self, period: Period) -> bool:
        """Whether the duty owes ``period``: of its kind, not before its first, not after its last."""
        return period.kind == self.recurs.every and period.position in self.positions

    def due_before(self, day: date) -> int:
        """The number of periods that are due before ``day``; they are the first ones."""
        every = self.recurs.every
        return bisect_left(
            self.positions, day, key=lambda position: due_day(self.recurs, at(every, position))
        )

    def late(self, today: date, closed: Iterable[ClosedPeriod] = ()) -> Iterator[Period]:
        """The periods that are late at the end of ``today``, the oldest first; made as they are taken."""
        done = _positions(self, closed, today)
        due = self.positions[: self.due_before(today)]
        return (at(self.recurs.every, position) for position in due if position not in done)

    def open(self, today: date, closed: Iterable[ClosedPeriod] = ()) -> Iterator[Period]:
        """The periods that a user can mark: open ones due up to ``today``, and the next open one."""
        done = _positions(self, closed, today)
        before = self.due_before(moved(today, 1))
        for position in self.positions[:before]:
            if position not in done:
                yield at(self.recurs.every, position)
        following = _first_open(self.positions[before:], done)
        if following is not None:
            yield at(self.recurs.every, following)

    def standing(self, today: date, closed: Iterable[ClosedPeriod] = ()) -> Standing:
        """Where the duty stands; what was closed after ``today`` does not count yet."""
        known = [one for one in closed if one.on <= today and self.has(one.period)]
        done = {one.period.position for one in known}
        passed = self.due_before(today)
        due, coming = self.positions[:passed], self.positions[passed:]
        oldest, following = _first_open(due, done), _first_open(coming, done)
        position = oldest if oldest is not None else following
        period = self.last if position is None else at(self.recurs.every, position)
        ended = self.last is not None and len(done) == len(self.positions)
        return Standing(
            period,
            due_day(self.recurs, period) if period else None,
            len(due) - sum(position in due for position in done),
            max(one.on for one in known) if ended and any(one.done for one in known) else None,
        )


def duty(recurs: Recurrence, begins: date, phase_end: date | None = None) -> Duty:
    """The periods of a duty.

    ``begins`` is the day that it counts from where it has no ``from``: the task's ``start``, else
    ``assigned``, else the plan's ``issued``. The first period is the first whose last day and due day
    are not before that day, and which begins after ``phase_end``, the end of a first phase if there
    is one. The last holds the last day of ``until``.
    """
    begins = recurs.from_.first if recurs.from_ else begins
    first = holding(recurs.every, begins).position
    if phase_end:
        first = max(first, holding(recurs.every, phase_end).position + 1)
    end = holding(recurs.every, recurs.until.last if recurs.until else date.max).position + 1
    every = Duty(recurs, range(first, max(first, end)))
    return every._replace(positions=every.positions[every.due_before(begins) :])


def due_day(recurs: Recurrence, period: Period) -> date:
    """The last day on which ``period`` is in time. ``recurs.day`` must be one that ``is_day`` admits."""
    last = period.last
    if recurs.after is not None:
        return moved(last, recurs.after)
    if recurs.day is None:
        return last
    if recurs.every == "week":
        return moved(period.first, WEEKDAYS.index(recurs.day))
    month, day = last.month, recurs.day
    if recurs.every == "year":
        month, day = int(recurs.day[:2]), recurs.day[3:]
    end = month_end(last.year, month)
    return end.replace(day=min(int(day), end.day))


def is_day(every: Every, day: str) -> bool:
    """Whether ``day`` is one of its kind: fri of a week, 11-30 of a year, 15 of what has months."""
    if every == "week":
        return day in WEEKDAYS
    if every != "year":
        return _within(day, 31, 1)
    month, _dash, number = day.partition("-")
    # 2000 has a 29 February.
    return _within(month, 12, 2) and _within(number, month_end(2000, int(month)).day, 2)


def _within(text: str, most: int, least_digits: int) -> bool:
    """Whether ``text`` is a number from 1 to ``most``, with ``least_digits`` to two digits."""
    plain = text.isascii() and text.isdigit() and least_digits <= len(text) <= 2
    return plain and 1 <= int(text) <= most


def _positions(of: Duty, closed: Iterable[ClosedPeriod], today: date) -> set[int]:
    return {one.period.position for one in closed if one.on <= today and of.has(one.period)}


def _first_open(positions: range, done: set[int]) -> int | None:
    """The first position that is not in ``done``; None if all are."""
    return next((position for position in positions if position not in done), None)
