"""The trend: the same figures at the end of each week, month or quarter, up to the day asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from de06cli import messages
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import periods
from de06cli.plan.periods import Kind
from de06cli.plan.records import Model
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.states import Task
from de06cli.tracking.terms import Every

_KINDS: dict[Every, Kind] = {
    Every.WEEK: "week",
    Every.MONTH: "month",
    Every.QUARTER: "quarter",
}
WEEKS = 12  # before the present one, of the trend that people see first
MOST_DAYS = 1000  # of one trend: a century by months is hardly a question, a wrong year is


class Moment(NamedTuple):
    """Figures as of the end of a day."""

    as_of: date
    figures: Figures


def days(first: date, last: date, every: Every) -> list[date]:
    """The last day of each period from the one that holds ``first`` on, and ``last`` itself.

    ``last`` stands for the end of its own period. Raises RefusedValue for more than ``MOST_DAYS``.
    """
    kind = _KINDS[every]
    begin, end = periods.holding(kind, min(first, last)), periods.holding(kind, last)
    n = end.position - begin.position + 1
    if n > MOST_DAYS:
        raise RefusedValue(
            _(
                "Từ ngày {first} đến ngày {last} có {n} kỳ, nhiều hơn {most}: hãy chọn ngày đầu "
                "bằng --from."
            ).format(first=messages.day(first), last=messages.day(last), n=n, most=MOST_DAYS)
        )
    return [min(period.last, last) for period in periods.between(begin, end)]


def begin(models: Iterable[Model], last: date) -> date:
    """The first day on which anything happened in ``models`` or was due; ``last`` where none is earlier."""
    return min((day for model in models for day in (*_days_of(model), last)), default=last)


def _days_of(model: Model) -> Iterator[date]:
    if model.first_due:
        yield model.first_due
    if model.stopped:
        yield model.stopped.on
    yield from (extension.decided for extension in model.extensions)
    yield from (handover.on for handover in model.handovers)
    yield from (step.due for step in model.steps if step.due)
    for progress in (*model.marks, *model.periods):
        if progress and progress.date:
            yield progress.date


def latest(
    tasks: Sequence[Task],
    tasks_on: Callable[[date], Sequence[Task]],
    today: date,
    weeks: int = WEEKS,
) -> list[Moment]:
    """The figures of ``tasks`` at the end of the latest weeks, at most so many, and of today.

    No week comes before anything happened in them; ``tasks_on`` gives them as they stood at the end of an
    earlier day.
    """
    back = min(7 * WEEKS, today.toordinal() - 1)
    first = max(begin((task.model for task in tasks), today), today - timedelta(days=back))
    earlier = days(first, today, Every.WEEK)[-weeks - 1 : -1]
    figures = [Moment(day, statistics.figures(tasks_on(day))) for day in earlier]
    return [*figures, Moment(today, statistics.figures(tasks))]
