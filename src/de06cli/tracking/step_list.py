"""Steps one by one, whichever models they are of: who acts, what is next, what does not move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from de06cli.named_tuples import NamedTuple
from de06cli.plan.parts import CLOSED_STEPS, Progress, Step
from de06cli.plan.periods import Period
from de06cli.tracking.filters import COLUMNS, Query, codes_in
from de06cli.tracking.states import OPEN, Task
from de06cli.tracking.terms import Role, StepStatus


class ListedStep(NamedTuple):
    """A step of a task, a period of a duty or, with neither, a task without steps, on the task's day."""

    task: Task
    step: Step | None
    period: Period | None = None

    @property
    def progress(self) -> Progress | None:
        if self.step:
            return self.step.progress
        model = self.task.model
        if not self.period:
            return model.progress
        return next((one.progress for one in model.periods if one.period == self.period), None)

    @property
    def status(self) -> str:
        """``todo`` where nothing was reported."""
        return self.progress.status if self.progress else "todo"

    @property
    def since(self) -> date | None:
        """The day of the status; None where nothing, or no day, was reported."""
        return self.progress.date if self.progress else None

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who acts: of what is no step, its task's leads."""
        return self.step.agencies if self.step else self.task.model.lead


class StepQuery(NamedTuple):
    """What a step has to be; an empty filter takes every step, several filters are "and"."""

    statuses: frozenset[StepStatus] = frozenset()  # one of these
    next_only: bool = False  # what an open task waits for
    stale_days: int | None = None  # open, and its status as old as this many days, or older
    lacks_evidence: Callable[[str, Progress], bool] | None = (
        None  # of this plan, with this progress
    )


def acting(query: Query) -> Query:
    """The query of tasks with ``--agency`` read as steps read it: without a role, who acts."""
    return query if query.roles else query._replace(roles=frozenset({Role.STEP}))


def listed(tasks: Iterable[Task], query: Query, wanted: StepQuery) -> list[ListedStep]:
    """The steps of ``tasks`` that the queries ask for, in the order of the plans.

    ``query`` is the one that selected the tasks, after ``acting``: where it names agencies, a step has to
    name one of them, or its model in one of the columns asked for.
    """
    return [one for one in _candidates(tasks, wanted) if _matches(one, query, wanted)]


def _candidates(tasks: Iterable[Task], wanted: StepQuery) -> Iterator[ListedStep]:
    for task in tasks:
        if not wanted.next_only:
            yield from (ListedStep(task, step) for step in task.model.steps)
            if wanted.lacks_evidence:
                yield from _without_steps(task)
        elif task.state in OPEN and (step := task.hangs_on):
            yield ListedStep(task, step)


def _without_steps(task: Task) -> Iterator[ListedStep]:
    """What was reported of a task without steps and of a duty's periods."""
    if task.model.progress:
        yield ListedStep(task, None)
    yield from (ListedStep(task, None, one.period) for one in task.model.periods)


def _matches(one: ListedStep, query: Query, wanted: StepQuery) -> bool:
    stands, progress = one.status, one.progress
    if query.every_code and not _concerns(one, query):
        return False
    if wanted.statuses and not any(_has(stands, asked) for asked in wanted.statuses):
        return False
    lacks = wanted.lacks_evidence
    if lacks and not (progress and lacks(one.task.plan, progress)):
        return False
    if wanted.stale_days is None:
        return True
    if stands in CLOSED_STEPS or one.since is None:
        return False
    return (one.task.today - one.since).days >= wanted.stale_days


def _has(stands: str, asked: StepStatus) -> bool:
    return stands not in CLOSED_STEPS if asked is StepStatus.OPEN else stands == asked


def _concerns(one: ListedStep, query: Query) -> bool:
    codes = query.codes_in_plan(one.task.plan)
    if Role.STEP in query.roles and not codes.isdisjoint(one.agencies):
        return True
    columns = query.roles & set(COLUMNS)
    return any(codes & codes_in(one.task.model, role) for role in columns)
