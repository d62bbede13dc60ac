"""Charts as drawings, for a page: the timeline, figures as bars, and overdue tasks over time.

Places and lengths are percentages of the width, so that a drawing fits every paper and screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from de06cli.messages import _
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.states import Task
from de06cli.tracking.terms import State
from de06cli.views import period_words, words
from de06cli.views.contents import lateness
from de06cli.views.contents.timeline import EVERY, Timeline, TimelineRow, timeline

_LABELS = 8  # at most so many months are named
_READABLE = 7.0  # per cent of the width that a number in a bar needs
_HEIGHT, _TOP = 92, 22  # pixels: where the line of no overdue task lies, and that of the most
_MARGIN = 4.0  # per cent of the width beside the first and the last point
_APART = 5.0  # per cent of the width between two numbers
_DATED = 4  # every so many points are dated

# The order of the parts of a bar: what presses comes first.
ORDER = (
    State.OPEN_OVERDUE,
    State.OPEN_IN_TIME,
    State.UNDATED,
    State.ONGOING,
    State.DONE_LATE,
    State.DONE_ON_TIME,
    State.STOPPED,
)


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
    number: str = ""  # what stands in it, where there is room


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
    for state in ORDER:
        if n := figures.states[state]:
            at, width = (round(100 * part / most, 2) for part in (begin, n))
            number = words.number(n)
            shown = number if width >= _READABLE else ""
            parts.append(Span(state.value, at, width, f"{words.state(state)}: {number}", shown))
            begin += n
    return parts


class DrawnDay(NamedTuple):
    """A point of the line of overdue tasks; ``y`` is in pixels, ``at`` the centre of its texts."""

    at: float
    y: int
    number: str
    day: str  # without its year; empty where there is no room


class DrawnTrend(NamedTuple):
    height: int  # of the line of no overdue task
    summary: str  # all of it in words
    days: tuple[DrawnDay, ...]

    @property
    def pairs(self) -> list[tuple[DrawnDay, DrawnDay]]:
        """Each point with the next one: what the line goes between."""
        return list(pairwise(self.days))


def overdue_line(moments: Sequence[Moment]) -> DrawnTrend:
    """The overdue tasks on each day, as points of a line; the days lie where the calendar has them."""
    counts = [one.figures.states[State.OPEN_OVERDUE] for one in moments]
    most = max(counts, default=0) or 1
    places = _places([one.as_of for one in moments])
    days = []
    for number, (one, n, at) in enumerate(zip(moments, counts, places, strict=True)):
        y = round(_HEIGHT - (_HEIGHT - _TOP) * n / most)
        is_last = number == len(moments) - 1
        has_room = is_last or places[-1] - at >= _APART
        dated = (len(moments) - 1 - number) % _DATED == 0
        day = words.day_of_year(one.as_of) if dated else ""
        days.append(DrawnDay(at, y, words.number(n) if has_room else "", day))
    said = "; ".join(
        f"{words.day(one.as_of)}: {words.number(n)}" for one, n in zip(moments, counts, strict=True)
    )
    return DrawnTrend(_HEIGHT, f"{_('Số nhiệm vụ quá hạn')}: {said}", tuple(days))


def _places(days: Sequence[date]) -> list[float]:
    """Where the days lie, per cent of the width."""
    first, last = days[0], days[-1]
    length = (last - first).days or 1
    return [round(_MARGIN + (100 - 2 * _MARGIN) * (day - first).days / length, 2) for day in days]
