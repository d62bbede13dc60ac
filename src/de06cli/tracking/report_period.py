"""The periodic report: the results of a period, what is late at its end, the tasks of the next period.

What falls due on the last day belongs to the period that ends with it, not to the next: a deadline ends at
the 24th hour of its last day (Bộ luật Dân sự 2015, Điều 148 khoản 6), and so does a report “đến hết ngày
30”.

- Lists: what is due on or before the last day and not finished at its end stands in ``overdue`` and
  ``overdue_steps``, with 0 days late where it is due on that very day; ``due`` and ``due_steps`` begin
  with the day after it.
- Figures, rates and states: once the last day is over, such a task is overdue, and every task due on that
  day, finished or not, is among those that have fallen due. While the day lasts it is in time, as in every
  other answer of that day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from de06cli import messages
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.records import Plan
from de06cli.tracking import filters
from de06cli.tracking.dates import typed_day
from de06cli.tracking.figures.comparison import Comparison
from de06cli.tracking.figures.statistics import Figures, figures, figures_by
from de06cli.tracking.states import LateStep, Situation, Task, overdue_steps, upcoming_steps
from de06cli.tracking.supplement import Extended, Marked, Supplement, extended, marked, supplement
from de06cli.tracking.terms import By, State


class ReportPeriod(NamedTuple):
    """Days from the first to the last, both of them included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


class ReportComparison(NamedTuple):
    """The figures of the report beside those of an earlier day, which is over."""

    day: date
    figures: Comparison


class TaskResult(NamedTuple):
    """What a period has brought to one task."""

    task: Task
    finished: bool  # in the period
    steps: tuple[Marked, ...]  # done in the period


class Report(NamedTuple):
    """All of it as it was known at the end of the period's last day."""

    period: ReportPeriod
    over: bool  # whether the last day is over
    coming: ReportPeriod  # the next period
    tasks: tuple[Task, ...]  # those that the report is about, in the order of the plans
    total: Figures
    by_plan: tuple[Figures, ...]
    by_agency: tuple[Figures, ...]
    # Results of the period, the earliest first.
    finished: tuple[Task, ...]  # ongoing ones too, whose first phase ended
    done: tuple[Marked, ...]
    results: tuple[TaskResult, ...]  # the two above, a task once: finished ones first
    extended: tuple[Extended, ...]
    # Results of earlier periods that were recorded since; None where no git history is read.
    supplement: Supplement | None
    # Not finished at its end although due until then, most days late first.
    overdue: tuple[Task, ...]
    overdue_steps: tuple[LateStep, ...]
    blocked: tuple[Marked, ...]  # whenever they were
    skipped: tuple[Marked, ...]  # in the period
    # What falls due in the next one, the next first.
    due: tuple[Task, ...]
    due_steps: tuple[LateStep, ...]
    compared: ReportComparison | None = None

    @property
    def blocked_in_time(self) -> tuple[Marked, ...]:
        """The blocked steps of tasks that are not late, which stand in no list of these."""
        late = {task.key for task in self.overdue}
        return tuple(one for one in self.blocked if one.task.key not in late)


def month_until(last: date) -> ReportPeriod:
    """The month that ends with ``last``: a calendar month at its end, from the 15th to the 14th, …

    These are the months of Nghị định 09/2019/NĐ-CP, Điều 12, and those of the calendar alike.
    """
    return ReportPeriod(_months_later(_days_later(last, 1), -1), last)


def following(period: ReportPeriod) -> ReportPeriod:
    """The period that follows: as many months where it is of whole months, else as many days."""
    first = _days_later(period.last, 1)
    months = 12 * (first.year - period.first.year) + first.month - period.first.month
    if months > 0 and _months_later(first, -months) == period.first:
        last = _days_later(_months_later(first, months), -1)
    else:
        last = _days_later(period.last, (period.last - period.first).days + 1)
    return ReportPeriod(first, max(first, last))


def day_before(first: date | None, last: date) -> date:
    """The day before the period from ``first`` to ``last``, one month without a first day."""
    return _days_later(first or month_until(last).first, -1)


def compared_day(text: str, today: date, first: date | None = None) -> date:
    """The day that figures of ``today`` are compared with.

    ``previous`` is the last day of the period before the one from ``first`` to ``today`` (of a month,
    without a first day), ``year`` the same day a year earlier; else ``text`` is a day. Raises
    RefusedValue for a day that is not before ``today``, and for no day.
    """
    match text.strip().casefold():
        case "previous":
            day = day_before(first, today)
        case "year":
            day = _months_later(today, -12)
        case _:
            day = typed_day(text, today)
    if day >= today:
        raise RefusedValue(
            _("Chỉ so sánh được với một ngày trước ngày {today}, không phải ngày {day}.").format(
                today=messages.day(today), day=messages.day(day)
            )
        )
    return day


def report(
    view: Situation,
    tasks: Iterable[Task],
    first: date | None = None,
    *,
    over: bool = False,
    then: Mapping[str, Plan] | None = None,
    earlier: tuple[date, Iterable[Task]] | None = None,
) -> Report:
    """The report of the period from ``first`` to the day of ``view``, one month without a first day.

    ``tasks`` are as they stand in ``view``, whose plans have to be of one day. ``over`` says that this
    day is over. ``then`` has, by its code, each plan of which the state is known that was committed at the
    end of the day before the period; None where none is. ``earlier`` is the day to compare with, and the
    tasks as they stood at its end.
    """
    last = view.today
    period = ReportPeriod(first, last) if first else month_until(last)
    coming = following(period)
    ahead = (coming.last - last).days
    known = list(tasks)
    listed = [_after_its_day(task) for task in known] if over else known
    steps = marked(listed)
    finished = sorted(
        (task for task in listed if period.holds(task.completed_on)),
        key=lambda task: task.completed_on or last,
    )
    done = _in_period(steps, "done", period)
    total = figures(listed, over=over)
    moved = [one for one in extended(listed) if period.holds(one.extension.decided)]
    return Report(
        period=period,
        over=over,
        coming=coming,
        tasks=tuple(listed),
        total=total,
        by_plan=tuple(figures_by(listed, By.PLAN, view.portfolio, over=over)),
        by_agency=tuple(figures_by(listed, By.AGENCY, view.portfolio, over=over)),
        finished=tuple(finished),
        done=done,
        results=_results(finished, done),
        extended=tuple(sorted(moved, key=lambda one: one.extension.decided)),
        supplement=None if then is None else supplement(listed, then, period.first),
        overdue=(*filters.overdue(listed), *filters.upcoming(listed, 0)),
        overdue_steps=(*overdue_steps(listed), *upcoming_steps(listed, 0)),
        blocked=tuple(one for one in steps if one.progress.status == "blocked"),
        skipped=_in_period(steps, "skipped", period),
        due=tuple(task for task in filters.upcoming(listed, ahead) if task.days_left),
        due_steps=tuple(one for one in upcoming_steps(listed, ahead) if one.days_late),
        compared=_compared(total, *earlier) if earlier else None,
    )


def _results(finished: Iterable[Task], done: Iterable[Marked]) -> tuple[TaskResult, ...]:
    """A result a task: those that were finished, then those of which steps were done, in the order of
    the first of these."""
    found = {task.key: TaskResult(task, True, ()) for task in finished}
    for one in done:
        before = found.get(one.task.key) or TaskResult(one.task, False, ())
        found[one.task.key] = before._replace(steps=(*before.steps, one))
    return tuple(found.values())


def _compared(total: Figures, day: date, tasks: Iterable[Task]) -> ReportComparison:
    before = figures(map(_after_its_day, tasks), over=True)
    return ReportComparison(day, Comparison(total, before))


def _after_its_day(task: Task) -> Task:
    """The task once its day is over: what was due on it and is open is late, by no whole day yet."""
    if task.days_left != 0:
        return task
    return task._replace(state=State.OPEN_OVERDUE, days_late=0, days_left=None, due_soon=False)


def _in_period(marks: Iterable[Marked], status: str, period: ReportPeriod) -> tuple[Marked, ...]:
    found = [
        one for one in marks if one.progress.status == status and period.holds(one.progress.date)
    ]
    return tuple(sorted(found, key=lambda one: one.progress.date or period.last))


def _days_later(day: date, days: int) -> date:
    """So many days later, but not beyond the calendar's ends."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last one; not beyond the calendar's ends."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
