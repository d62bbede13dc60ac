"""Charts as drawings, for a page: the timeline, and figures as bars.

Places and lengths are percentages of the width, so that a drawing fits every paper and screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from de06cli.messages import _
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.states import Task
from de06cli.tracking.terms import State
from de06cli.views import period_words, words
from de06cli.views.contents import lateness
from de06cli.views.contents.timeline import EVERY, Timeline, TimelineRow, timeline

_LABELS = 8  # at most so many months are named


class DrawnMark(NamedTuple):
    """A day, or what is written above it."""

    kind: str
    at: float


class Span(NamedTuple):
    """From one day to another, or a part of a bar."""

    kind: str
    at: float
    width: float
    label: str = ""  # in words


class DrawnLine(NamedTuple):
    """A model: its marks lie on its spans."""

    row: TimelineRow
    summary: str  # in words, for the title that a reader's pointer shows
    spans: tuple[Span, ...]
    marks: tuple[DrawnMark, ...]


class Drawing(NamedTuple):
    today: float
    months: tuple[DrawnMark, ...]
    lines: tuple[DrawnLine, ...]


def timeline_of(tasks: Iterable[Task], today: date) -> Drawing:
    """The models in the order of their deadlines, over the months that are named."""
    shown = timeline(tasks, today)
    months = shown.months
    for every in EVERY:
        named = [day for day in months if (day.year * 12 + day.month - 1) % every == 0]
        if len(named) <= _LABELS:
            break
    form = "{:02}/{}" if every < 12 else "{1}"
    return Drawing(
        today=_at(shown, today),
        months=tuple(DrawnMark(form.format(day.month, day.year), _at(shown, day)) for day in named),
        lines=tuple(_line(row, shown) for row in shown.rows),
    )


def _at(shown: Timeline, day: date) -> float:
    return round(100 * shown.share(day), 2)


def _line(row: TimelineRow, shown: Timeline) -> DrawnLine:
    """The spans and marks of a model's days."""
    spans, marks = [], []

    def span(kind: str, first: date, last: date) -> None:
        begin, end = sorted((_at(shown, first), _at(shown, last)))
        spans.append(Span(kind, begin, round(end - begin, 2)))

    def mark(kind: str, day: date) -> None:
        marks.append(DrawnMark(kind, _at(shown, day)))

    if row.due:
        if row.start:
            span("run", row.start, row.deadline or row.due)
        if row.deadline:
            span("moved", row.deadline, row.due)
            mark("first", row.deadline)
        if row.task.days_left is not None:
            span("left", shown.today, row.due)
        if row.missed_until:
            span("missed", row.due, row.missed_until)
        mark("due", row.due)
    if row.completed_on:
        mark("finished", row.completed_on)
    start = row.task.model.start
    begun = (
        _("bắt đầu {day}").format(day=period_words.period(start, inside=True)) if start else None
    )
    facts = [
        begun,
        lateness.deadline(row.task),
        words.task_state(row.task),
        words.day(row.completed_on),
    ]
    return DrawnLine(row, "; ".join(filter(None, facts)), tuple(spans), tuple(marks))


def bar(figures: Figures, most: int) -> list[Span]:
    """The tasks by their states, as parts of a bar that ``most`` tasks would fill."""
    parts, begin = [], 0
    for state in State:
        if n := figures.states[state]:
            at, width = (round(100 * part / most, 2) for part in (begin, n))
            parts.append(Span(state.value, at, width, f"{words.state(state)}: {words.number(n)}"))
            begin += n
    return parts
