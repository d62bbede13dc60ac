"""Figures over tasks: the 2 × 2 table of Báo cáo 1270/BC-TCTTTg (2017) with its rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.states import DONE, OPEN, Task
from de06cli.tracking.terms import By, RowOrder, State

LEVELS = ("central", "province", "district", "commune", "enterprise", "group")


TWO_BY_TWO = (State.DONE_ON_TIME, State.DONE_LATE, State.OPEN_IN_TIME, State.OPEN_OVERDUE)


class Figures(NamedTuple):
    """The counts of a set of tasks, each counted once.

    A rate names its denominator: ``rate_due`` is finished ÷ all over the tasks whose due day has
    passed (as the Government Office counts), ``rate_all`` over all tasks assigned (as provinces do).
    An ongoing task with a deadline counts as finished, one without counts in neither; an undated task
    counts in ``rate_all`` once it is done, a stopped one in neither.
    """

    key: str | None  # a code, a level, a month as 2023-10, a basis, "" for none; None for the total
    total: int
    states: dict[State, int]
    due_soon: int
    due_passed: int  # the denominator of rate_due
    due_passed_finished: int
    rated: int  # the denominator of rate_all
    finished: int

    @property
    def beside(self) -> tuple[State, ...]:
        """The states that stand beside the 2 × 2 table: ongoing, and the others that some task is in."""
        rare = (State.UNDATED, State.STOPPED)
        return (State.ONGOING, *(state for state in rare if self.states[state]))

    @property
    def shown(self) -> tuple[State, ...]:
        """The states that a table of these figures names: the 2 × 2 table and what stands beside it."""
        return (*TWO_BY_TWO, *self.beside)

    @property
    def rate_due(self) -> float | None:
        return self.due_passed_finished / self.due_passed if self.due_passed else None

    @property
    def rate_all(self) -> float | None:
        return self.finished / self.rated if self.rated else None


def figures(tasks: Iterable[Task], key: str | None = None, *, over: bool = False) -> Figures:
    """The figures of ``tasks``, each as of its own day; ``over`` says that these days are over, so that
    what was due on them has fallen due."""
    counted = list(tasks)
    rated = [task for task in counted if _is_rated(task)]
    passed = [task for task in rated if _fallen_due(task, over)]
    return Figures(
        key=key,
        total=len(counted),
        states={state: sum(task.state is state for task in counted) for state in State},
        due_soon=sum(task.due_soon for task in counted),
        due_passed=len(passed),
        due_passed_finished=sum(map(_finished, passed)),
        rated=len(rated),
        finished=sum(map(_finished, rated)),
    )


def _is_rated(task: Task) -> bool:
    if task.state is State.ONGOING:
        return task.model.deadline is not None
    return task.state in DONE or task.state in (State.OPEN_IN_TIME, State.OPEN_OVERDUE)


def _fallen_due(task: Task, over: bool) -> bool:
    due = task.model.due if task.state is State.ONGOING else task.due
    return due is not None and (due < task.today or (over and due == task.today))


def _finished(task: Task) -> bool:
    return task.state in DONE or task.state is State.ONGOING


def figures_by(
    tasks: list[Task], by: By, portfolio: Portfolio, *, over: bool = False
) -> list[Figures]:
    """A row of figures for each plan, agency that leads, level of the leads, month due, group, basis, or
    agency that open tasks wait for.

    A task with several leads counts in the row of each, so rows may add up to more than the total.
    Where there are several plans, an agency's key is ``plan:code``. ``over`` is as for ``figures``.
    """
    plans = portfolio.plans
    several = portfolio.several
    keys_of: Callable[[Task], Iterable[str]]
    match by:
        case By.PLAN:
            order = [plan.heading.code for plan in plans]
            keys_of = lambda task: [task.plan]  # noqa: E731
        case By.AGENCY:
            order = agency_keys(portfolio)
            keys_of = lambda task: [  # noqa: E731
                agency_key(task.plan, code, several) for code in task.model.lead
            ]
        case By.LEVEL:
            order = list(LEVELS)
            keys_of = lambda task: {  # noqa: E731
                portfolio.agency(task.plan, code).level or "" for code in task.model.lead
            }
        case By.MONTH:
            months = {f"{task.due:%Y-%m}" if task.due else "" for task in tasks}
            order = sorted(months, key=lambda month: month or "9999")
            keys_of = lambda task: [f"{task.due:%Y-%m}" if task.due else ""]  # noqa: E731
        case By.WAITING:
            order = agency_keys(portfolio)
            keys_of = lambda task: [  # noqa: E731
                agency_key(task.plan, code, several) for code in waits_for(task)
            ]
        case By.GROUP:
            order = [
                agency_key(plan.heading.code, group.code, several)
                for plan in plans
                for group in plan.groups
            ]
            keys_of = lambda task: [  # noqa: E731
                agency_key(task.plan, task.model.group, several) if task.model.group else ""
            ]
        case By.BASIS:
            order = []
            keys_of = lambda task: [task.model.basis or ""]  # noqa: E731
    groups: dict[str, list[Task]] = {key: [] for key in order}
    for task in tasks:
        for key in dict.fromkeys(keys_of(task)):
            groups.setdefault(key, []).append(task)
    if "" in groups:
        groups[""] = groups.pop("")  # what has none comes last
    return [figures(group, key, over=over) for key, group in groups.items() if group]


def agency_key(plan: str, code: str, several: bool) -> str:
    """What stands for an agency among figures: its code, after its plan's where there are several."""
    return addresses.within(plan if several else None, code)


def agency_keys(portfolio: Portfolio) -> list[str]:
    """The keys of all agencies, in the order of the registers."""
    return [
        agency_key(plan.heading.code, code, portfolio.several)
        for plan in portfolio.plans
        for code in plan.register.by_code
    ]


def waits_for(task: Task) -> tuple[str, ...]:
    """The codes of the agencies that an open task waits for: who acts in its blocked or next step, its
    leads where the step names nobody. None for a task that is not open."""
    if task.state not in OPEN:
        return ()
    step = task.hangs_on
    return tuple(dict.fromkeys((step and step.agencies) or task.model.lead))


def held_up(tasks: Iterable[Task], portfolio: Portfolio) -> dict[str, list[Task]]:
    """The open tasks that wait for an agency, by its key: the tasks behind the rows of ``By.WAITING``."""
    held: dict[str, list[Task]] = {}
    for task in tasks:
        for code in waits_for(task):
            held.setdefault(agency_key(task.plan, code, portfolio.several), []).append(task)
    return held


def ordered(rows: Iterable[Figures], order: RowOrder) -> list[Figures]:
    """The rows, the worst first.

    By OVERDUE those with most overdue tasks; of as many, the one that has finished least of what fell
    due, then the one with most tasks. By RATE those that have finished least of what fell due, where
    nothing did last. By TOTAL those with most tasks.
    """

    def badness(row: Figures) -> tuple[float, ...]:
        rate = 2.0 if row.rate_due is None else row.rate_due
        overdue = -row.states[State.OPEN_OVERDUE]
        match order:
            case RowOrder.OVERDUE:
                return overdue, rate, -row.total
            case RowOrder.RATE:
                return rate, overdue, -row.total
            case RowOrder.TOTAL:
                return -row.total, overdue, rate

    return sorted(rows, key=badness)
