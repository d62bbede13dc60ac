"""What a model is on a given day. A state is derived from steps and dates, never stored.

The states are the 2 × 2 table in which Vietnamese administrations report their tasks (finished or not,
in time or late; the model is Báo cáo 1270/BC-TCTTTg of 2017), and ``ongoing`` beside it. A task is in time
until its last day is over (Bộ luật Dân sự 2015, Điều 148 khoản 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from de06cli.plan.cache.index import CLOSED_STEPS
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Model, Plan, Step
from de06cli.tracking.terms import State

DONE = frozenset({State.DONE_ON_TIME, State.DONE_LATE})
OPEN = frozenset({State.OPEN_IN_TIME, State.OPEN_OVERDUE})


class Task(NamedTuple):
    """A model as it stands at the end of a day. All dates are days of the plan's calendar."""

    plan: str  # the plan's code
    today: date  # which may be another one in a plan of another time zone
    model: Model
    state: State
    due: date | None  # extensions counted
    due_soon: bool
    days_late: int | None  # of an overdue model until today, of one done late until its end
    days_left: int | None  # of an open model in time; 0 on its last day
    completed_on: date | None
    updated_on: date | None  # the latest date of progress
    steps_done: int  # done and skipped ones
    one_of_many: bool = False  # its plan is one of several: its address needs the plan's code

    @property
    def steps_total(self) -> int:
        return len(self.model.steps)

    @property
    def hangs_on(self) -> Step | None:
        """The first blocked step, else the first open one; None when all are closed."""
        first_open = None
        for step in self.model.steps:
            stands = status(step)
            if stands == "blocked":
                return step
            if first_open is None and stands not in CLOSED_STEPS:
                first_open = step
        return first_open


class LateStep(NamedTuple):
    """A step whose own deadline concerns somebody while its model is in time."""

    task: Task
    step: Step
    days_late: int  # negative: days left


class Situation(NamedTuple):
    """Plans as of a day: each plan's own, since they may lie in different time zones."""

    portfolio: Portfolio
    days: tuple[date, ...]  # of each plan
    left_out: int  # progress and extensions that came later

    @property
    def today(self) -> date:
        """The day of the first plan."""
        return self.days[0]

    def tasks(self, positions: Iterable[int] | None = None) -> list[Task]:
        """The models as they stand, in the order of the plans: those at ``positions``, else all."""
        wanted = range(len(self.portfolio)) if positions is None else sorted(positions)
        return [self.task(position) for position in wanted]

    def task(self, position: int) -> Task:
        number = self.portfolio.plan_at(position)
        heading, day = self.portfolio.plans[number].heading, self.days[number]
        model = self.portfolio.model(position)
        if self.left_out:
            model = known_by(model, day)
        return assess(
            model, day, heading.due_soon_days, heading.code, one_of_many=self.portfolio.several
        )


def as_of(portfolio: Portfolio, days: tuple[date, ...]) -> Situation:
    """The plans as they were known at the end of their ``days``: what came later is left out."""
    later = sum(portfolio.index.later(number, day) for number, day in enumerate(days))
    return Situation(portfolio, days, later)


def known_by(model: Model, day: date) -> Model:
    """The model without progress dated after ``day`` and extensions decided after it."""
    steps = tuple(
        step._replace(progress=None)
        if step.progress and step.progress.date and step.progress.date > day
        else step
        for step in model.steps
    )
    extensions = tuple(ext for ext in model.extensions if ext.decided <= day)
    return model._replace(steps=steps, extensions=extensions)


def plan_known_by(plan: Plan, day: date) -> Plan:
    """The whole plan without what was recorded after ``day``."""
    return plan._replace(models=tuple(known_by(model, day) for model in plan.models))


def status(step: Step) -> str:
    """The step's status; ``todo`` where nothing was reported."""
    return step.progress.status if step.progress else "todo"


def completed_on(model: Model) -> date | None:
    """The day of the last closing step, when all are closed and at least one of them is done."""
    statuses = [status(step) for step in model.steps]
    if not CLOSED_STEPS.issuperset(statuses) or "done" not in statuses:
        return None
    return max(step.progress.date for step in model.steps if step.progress and step.progress.date)


def assess(
    model: Model, today: date, due_soon_days: int, plan: str, *, one_of_many: bool = False
) -> Task:
    """The model's state at the end of ``today``. ``due_soon_days`` are calendar days."""
    due = model.due
    finished = completed_on(model)
    state = _state(model, due, finished, today)
    days_late = days_left = None
    if due and state is State.OPEN_OVERDUE:
        days_late = (today - due).days
    elif due and finished and state is State.DONE_LATE:
        days_late = (finished - due).days
    elif due and state is State.OPEN_IN_TIME:
        days_left = (due - today).days
    dates = [step.progress.date for step in model.steps if step.progress and step.progress.date]
    return Task(
        plan=plan,
        today=today,
        model=model,
        state=state,
        due=due,
        due_soon=days_left is not None and days_left <= due_soon_days,
        days_late=days_late,
        days_left=days_left,
        completed_on=finished,
        updated_on=max(dates, default=None),
        steps_done=sum(status(step) in CLOSED_STEPS for step in model.steps),
        one_of_many=one_of_many,
    )


def _state(model: Model, due: date | None, finished: date | None, today: date) -> State:
    if model.ongoing and (finished or due is None):
        return State.ONGOING
    if finished:
        return State.DONE_LATE if due and finished > due else State.DONE_ON_TIME
    return State.OPEN_OVERDUE if due and today > due else State.OPEN_IN_TIME


def step_days_late(step: Step, today: date) -> int | None:
    """By how many days a step missed its own deadline, open or closed; None when it did not."""
    if step.due is None:
        return None
    closed = step.progress.date if step.progress and status(step) in CLOSED_STEPS else None
    late = ((closed or today) - step.due).days
    return late if late > 0 else None


def overdue_steps(tasks: list[Task]) -> list[LateStep]:
    """The open steps past their own deadline in models that are not overdue, most late first."""
    late = [
        LateStep(task, step, (task.today - step.due).days)
        for task, step in _open_steps_of_models_in_time(tasks)
        if step.due and step.due < task.today
    ]
    return sorted(late, key=lambda item: -item.days_late)


def upcoming_steps(tasks: list[Task], within: int) -> list[LateStep]:
    """The open steps whose own deadline falls within ``within`` days, the next first."""
    soon = [
        LateStep(task, step, (task.today - step.due).days)
        for task, step in _open_steps_of_models_in_time(tasks)
        if step.due and 0 <= (step.due - task.today).days <= within
    ]
    return sorted(soon, key=lambda item: -item.days_late)


def _open_steps_of_models_in_time(tasks: list[Task]) -> list[tuple[Task, Step]]:
    return [
        (task, step)
        for task in tasks
        if task.state is State.OPEN_IN_TIME
        for step in task.model.steps
        if status(step) not in CLOSED_STEPS
    ]
