"""What was done before a period, but recorded too late for the report of its own time.

Each report lists what is dated in its own period, so without this list (“Ghi nhận bổ sung”) such a result
would stand in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from de06cli.named_tuples import NamedTuple
from de06cli.plan.parts import (
    CLOSED_STEPS,
    Extension,
    Handover,
    Measurement,
    PeriodProgress,
    Progress,
    Step,
    Stop,
    Target,
)
from de06cli.plan.periods import Period
from de06cli.plan.records import Model, Plan
from de06cli.tracking.states import Task, status


class Marked(NamedTuple):
    """A step with its recorded progress."""

    task: Task
    step: Step
    progress: Progress


class Extended(NamedTuple):
    """An extension of a task's deadline."""

    task: Task
    before: Period | None  # the deadline until then
    extension: Extension


What = Progress | PeriodProgress | Measurement | Stop | Handover


class RecordedLater(NamedTuple):
    """What plans of other offices record on a task: its own mark, a period, a value, a stop, a handover."""

    task: Task
    day: date
    what: What
    target: Target | None = None  # of a value


class Supplement(NamedTuple):
    """Records that the earlier plans did not hold yet, the earliest first."""

    closed: tuple[Marked, ...] = ()  # done and skipped steps
    extended: tuple[Extended, ...] = ()
    others: tuple[RecordedLater, ...] = ()

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.closed) + len(self.extended) + len(self.others)


def marked(tasks: Iterable[Task]) -> list[Marked]:
    """The steps with progress, in the order of the tasks."""
    return [
        Marked(task, step, step.progress)
        for task in tasks
        for step in task.model.steps
        if step.progress
    ]


def extended(tasks: Iterable[Task]) -> list[Extended]:
    """The extensions, each with the deadline before it, in the order of the tasks."""
    found = []
    for task in tasks:
        before = task.model.deadline
        for extension in task.model.extensions:
            found.append(Extended(task, before, extension))
            before = extension.to
    return found


def supplement(tasks: Iterable[Task], then: Mapping[str, Plan], first: date) -> Supplement:
    """What is dated before ``first`` and was not recorded in ``then``.

    ``then`` has, by its code, each plan as its file was committed when the day before ``first`` ended. A
    plan without such a state has no part in it.
    """
    of_then = {code: _Former(plan.models) for code, plan in then.items()}
    pairs = [(task, of_then[task.plan].model(task.model)) for task in tasks if task.plan in then]
    closed = [one for task, model in pairs for one in _closed_since(task, model, first)]
    moved = [one for task, model in pairs for one in _extended_since(task, model, first)]
    others = [one for task, model in pairs for one in _recorded_since(task, model, first)]
    return Supplement(
        tuple(sorted(closed, key=lambda one: one.progress.date or first)),
        tuple(sorted(moved, key=lambda one: one.extension.decided)),
        tuple(sorted(others, key=lambda one: one.day)),
    )


def _closed_since(task: Task, then: Model | None, first: date) -> list[Marked]:
    """The steps closed before ``first`` that ``then`` does not have as closed."""
    return [
        one
        for one in marked([task])
        if one.progress.status in CLOSED_STEPS
        and one.progress.date
        and one.progress.date < first
        and not _was_closed(one.step, task.model.steps, then)
    ]


def _extended_since(task: Task, then: Model | None, first: date) -> list[Extended]:
    """The extensions decided before ``first`` that ``then`` does not have."""
    known = {(extension.to, extension.decided) for extension in then.extensions} if then else set()
    return [
        one
        for one in extended([task])
        if one.extension.decided < first and (one.extension.to, one.extension.decided) not in known
    ]


def _recorded_since(task: Task, then: Model | None, first: date) -> list[RecordedLater]:
    """What else is dated before ``first`` and not in ``then``. A date or document put right is not new."""
    known = {key for key, _one in _records(task, then)} if then else set()
    return [one for key, one in _records(task, task.model) if one.day < first and key not in known]


def _records(task: Task, model: Model) -> Iterator[tuple[object, RecordedLater]]:
    """Each record of ``model``, with what makes it the same one in another state of the plan."""
    own = model.progress
    if own and own.date and own.status in CLOSED_STEPS:
        yield "progress", RecordedLater(task, own.date, own)
    for period in model.periods:
        if period.date and period.status in CLOSED_STEPS:
            yield period.period, RecordedLater(task, period.date, period)
    for target in model.targets:
        for value in target.values:
            yield (target.target, value.date), RecordedLater(task, value.date, value, target)
    if model.stopped:
        yield "stopped", RecordedLater(task, model.stopped.on, model.stopped)
    for handover in model.handovers:
        yield handover[:4], RecordedLater(task, handover.on, handover)


def _was_closed(step: Step, now: Sequence[Step], then: Model | None) -> bool:
    """Whether ``then`` has the step as closed. Numbers change when a step is inserted, so the wording
    decides first; a wording changes too, so the number does where neither wording is found again."""
    if then is None:
        return False
    before = next((old for old in then.steps if old.step == step.step), None)
    if before is None or before.text != step.text:
        alike = next((old for old in then.steps if old.text == step.text), None)
        moved = before is not None and any(other.text == before.text for other in now)
        before = alike or (None if moved else before)
    return before is not None and status(before) in CLOSED_STEPS


class _Former:
    """The models of an earlier state of a plan."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._by_title = {model.title: model for model in models}
        self._by_number = {model.model: model for model in models}

    def model(self, now: Model) -> Model | None:
        """What became ``now``: the model of its title, else that of its number."""
        same = self._by_number.get(now.model)
        if same and same.title == now.title:
            return same
        return self._by_title.get(now.title) or same
