"""What needs a decision: what is blocked, and which agencies several late tasks wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Label
from de06cli.plan.parts import Progress, Step
from de06cli.plan.periods import Period
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.figures.statistics import held_up
from de06cli.tracking.states import DONE, Task
from de06cli.tracking.terms import State

MANY = 2  # late tasks that wait for one agency


class Blocked(NamedTuple):
    """A blocked step of a task that goes on; a period of a duty; or a task without steps as a whole."""

    task: Task
    step: Step | None
    period: Period | None
    progress: Progress

    @property
    def agencies(self) -> tuple[str, ...]:
        """The codes of the agencies that act in it: the leads where the step names nobody."""
        return (self.step and self.step.agencies) or self.task.model.lead

    @property
    def days(self) -> int | None:
        """For how many days it has been blocked; None where no day was recorded."""
        since = self.progress.date
        return None if since is None else (self.task.today - since).days


class HeldUp(NamedTuple):
    """Late tasks, and the agencies that every one of them waits for, by their keys."""

    agencies: tuple[str, ...]
    tasks: tuple[Task, ...]


def blocked(tasks: Iterable[Task]) -> list[Blocked]:
    """What is blocked, of the most overdue task first; of one task what has been blocked longest."""
    found = [one for task in tasks if _goes_on(task) for one in _blocked_of(task)]
    return sorted(found, key=_most_pressing_first)


def _goes_on(task: Task) -> bool:
    return task.state not in DONE and task.state is not State.STOPPED


def _blocked_of(task: Task) -> Iterator[Blocked]:
    model = task.model
    for step in model.steps:
        if step.progress and step.progress.status == "blocked":
            yield Blocked(task, step, None, step.progress)
    if model.progress and model.progress.status == "blocked":
        yield Blocked(task, None, None, model.progress)
    for one in model.periods:
        if one.status == "blocked":
            yield Blocked(task, None, one.period, one.progress)


def _most_pressing_first(one: Blocked) -> tuple[int, date, date]:
    task = one.task
    late = task.days_late or 0 if task.state is State.OPEN_OVERDUE else 0
    return -late, task.due or date.max, one.progress.date or date.max


def holding_up(tasks: Iterable[Task], portfolio: Portfolio, least: int = MANY) -> list[HeldUp]:
    """The agencies that at least so many late tasks wait for, those with most tasks first.

    Agencies that the same tasks wait for stand together.
    """
    late = [task for task in tasks if task.state is State.OPEN_OVERDUE]
    together: dict[tuple[tuple[str, Label], ...], HeldUp] = {}
    for key, held in held_up(late, portfolio).items():
        if len(held) < least:
            continue
        keys = tuple(task.key for task in held)
        before = together.get(keys)
        agencies = (*before.agencies, key) if before else (key,)
        together[keys] = HeldUp(agencies, tuple(held))
    return sorted(together.values(), key=lambda one: -len(one.tasks))
