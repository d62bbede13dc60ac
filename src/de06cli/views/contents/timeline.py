"""The models along the calendar: first deadlines, extensions, what is finished, and today among them.

A model whose plan says from when, by ``start``, has a bar from there; others have marks and no beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns
from de06cli.tracking.states import Task
from de06cli.views import period_words, words
from de06cli.views.contents import deadlines, tables
from de06cli.views.contents.tables import Cell, Column, Table

# How many months may lie between two that are named.
EVERY = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


class TimelineRow(NamedTuple):
    """A model, with the days on which something is marked."""

    task: Task
    start: date | None  # the first day of the model's ``start``
    deadline: date | None  # the first one, where it was extended
    due: date | None  # extensions counted
    completed_on: date | None
    missed_until: date | None  # how long past ``due`` the model was open: until its end, or today
    tone: str


class Timeline(NamedTuple):
    """Rows in the order of their deadlines, over whole months that hold all marks and today."""

    today: date
    first: date
    last: date
    rows: tuple[TimelineRow, ...]

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        begin = self.first.year * 12 + self.first.month - 1
        end = self.last.year * 12 + self.last.month - 1
        return [date(month // 12, month % 12 + 1, 1) for month in range(begin, end + 1)]

    def share(self, day: date) -> float:
        """Where a day lies: 0 is the first one, 1 the last."""
        return (day - self.first).days / (self.last - self.first).days


def timeline(tasks: Iterable[Task], today: date) -> Timeline:
    """The timeline of ``tasks``; those without a deadline come last."""
    rows = [_row(task, today) for task in tasks]
    rows.sort(key=lambda row: row.due or date.max)
    marked = [day for row in rows for day in row[1:5] if day]
    days = [today, *marked]
    return Timeline(today, min(days).replace(day=1), _month_end(max(days)), tuple(rows))


def _row(task: Task, today: date) -> TimelineRow:
    first = task.model.first_due if task.model.extensions else None
    missed = None if task.days_late is None else task.completed_on or today
    start = task.model.start
    begun = start.first if start and task.due else None
    return TimelineRow(task, begun, first, task.due, task.completed_on, missed, tables.tone(task))


def _month_end(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def table(shown: Timeline) -> Table:
    """The same days as text: a row a model."""
    columns: tuple[Column, ...] = (
        Column(nouns.number_title(), right=True),
        Column(_("Nhiệm vụ"), flexible=True, readable=16),
        Column(_("Hạn ban đầu"), right=True),
        Column(_("Thời hạn"), right=True),
        Column(_("Hoàn thành"), right=True),
        Column(_("Tình trạng"), readable=17),
    )
    begun = any(row.start for row in shown.rows)
    if begun:
        columns = (*columns, Column(_("Bắt đầu"), right=True))
    rows = tuple(
        (
            Cell(words.model_address(row.task)),
            Cell(words.one_line(row.task.model.title)),
            Cell(period_words.deadline(row.task.model.deadline), tables.QUIET),
            Cell(deadlines.short(row.task), row.tone),
            Cell(words.day(row.completed_on)),
            Cell(words.task_state(row.task), row.tone),
            *([Cell(period_words.deadline(row.task.model.start))] if begun else []),
        )
        for row in shown.rows
    )
    return Table(columns, rows)
