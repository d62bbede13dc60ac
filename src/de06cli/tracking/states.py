"""What a model is on a given day. A state is derived from steps and dates, never stored.

The states are the 2 × 2 table in which Vietnamese administrations report their tasks (finished or not,
in time or late; the model is Báo cáo 1270/BC-TCTTTg of 2017), with what is kept up, what has no deadline
yet and what was stopped beside it. A task is in time until its last day is over (Bộ luật Dân sự 2015, Điều
148 khoản 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Label
from de06cli.plan.duties import ClosedPeriod, Duty, Standing, duty
from de06cli.plan.parts import CLOSED_STEPS, Lists, Progress, Step, handed
from de06cli.plan.periods import Period
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Ended, Escalation, Model, Plan
from de06cli.tracking.roles import Succession, holders
from de06cli.tracking.terms import State

DONE = frozenset({State.DONE_ON_TIME, State.DONE_LATE})
OPEN = frozenset({State.OPEN_IN_TIME, State.OPEN_OVERDUE, State.UNDATED})


class Task(NamedTuple):
    """A model as it stands at the end of a day. All dates are days of the plan's calendar."""

    plan: str  # the plan's code
    today: date  # which may be another one in a plan of another time zone
    model: Model  # with what is known on the day, and the roles of that day
    state: State
    due: date | None  # extensions counted
    due_soon: bool
    days_late: int | None  # of an overdue model until today, of one done late until its end
    days_left: int | None  # of an open model or a duty in time; 0 on the last day
    completed_on: date | None
    updated_on: date | None  # the latest date of progress
    steps_done: int  # done and skipped ones
    one_of_many: bool = False  # its plan is one of several: its address needs the plan's code
    period: Period | None = None  # of a recurring duty: the one whose due day ``due`` is
    periods_late: int = 0
    replaces: Mapping[
        str, tuple[str, ...]
    ] = {}  # {"CAX": ("CAH",)}: whose part an agency has taken
    succession: Succession | None = (
        None  # of its plan; None where no agency ends and no group has members
    )
    after_handovers: Model | None = None  # before successions, where there are any
    printed: Lists | None = (
        None  # who held the roles at first, where handovers or successions changed it
    )
    issued: date | None = None  # the day of its plan
    reported_to: tuple[
        str, ...
    ] = ()  # the agencies that its plan's ladder names for what is so late

    @property
    def key(self) -> tuple[str, Label]:
        """Which model of which plan it is: the plan's code and the model's number."""
        return self.plan, self.model.model

    @property
    def steps_total(self) -> int:
        return len(self.model.steps)

    @property
    def due_as(self) -> Period | None:
        """The period in which the document sets the deadline; None for a day, and for a duty's period."""
        period = None if self.period else self.model.due_period
        return period if period and period.kind != "day" else None

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
        """The models as they stand, in the order of the plans: those at ``positions``, else all.

        A model that is not assigned by the day is not among them.
        """
        wanted = range(len(self.portfolio)) if positions is None else sorted(positions)
        found: list[Task] = []
        for number, own in groupby(wanted, self.portfolio.plan_at):
            issued, day = self.portfolio.plans[number].heading.issued, self.days[number]
            succession = self.succession(number)
            for model in map(self.portfolio.model, own):
                begins = model.assigned or issued
                if begins is None or begins <= day:
                    found.append(self._task(number, model, succession))
        return found

    def task(self, position: int) -> Task:
        """The model at ``position`` as it stands, be it assigned by then or later."""
        number = self.portfolio.plan_at(position)
        return self._task(number, self.portfolio.model(position), self.succession(number))

    def _task(self, number: int, model: Model, succession: Succession | None) -> Task:
        """How a model of the plan of that number stands."""
        heading, day = self.portfolio.plans[number].heading, self.days[number]
        if self.left_out:
            model = known_by(model, day)
        task = assess(
            model,
            day,
            heading.due_soon_days,
            heading.code,
            one_of_many=self.portfolio.several,
            issued=heading.issued,
        )
        if succession or model.handovers:
            task = with_roles(task, succession)
        return _with_reports(task, heading.escalate) if heading.escalate else task

    def succession(self, plan: int) -> Succession | None:
        """The ended agencies and the groups of the plan of that number; None where there are none."""
        ended, members = self.portfolio.index.successions[plan]
        if not ended and not members:
            return None
        return Succession(
            {code: Ended(date.fromordinal(on), successor) for code, on, successor in ended},
            dict(members),
        )


def _with_reports(task: Task, ladder: Iterable[Escalation]) -> Task:
    """The task with the agencies that it is reported to, after so many days late as the ladder says."""
    if task.state is not State.OPEN_OVERDUE:
        return task
    late = task.days_late or 0
    named = [rung.to for rung in ladder if late >= rung.late]
    if task.succession:
        named = [one for code in named for one in task.succession.present(code, task.today)]
    return task._replace(reported_to=tuple(dict.fromkeys(named)))


def as_of(portfolio: Portfolio, days: tuple[date, ...]) -> Situation:
    """The plans as they were known at the end of their ``days``: what came later is left out."""
    later = sum(portfolio.index.later(number, day) for number, day in enumerate(days))
    return Situation(portfolio, days, later)


def known_by(model: Model, day: date) -> Model:
    """The model without progress and values dated after ``day``, and extensions decided after it."""
    return model._replace(
        steps=tuple(step._replace(progress=_by(step.progress, day)) for step in model.steps),
        progress=_by(model.progress, day),
        periods=tuple(one for one in model.periods if one.date is None or one.date <= day),
        extensions=tuple(ext for ext in model.extensions if ext.decided <= day),
        targets=tuple(
            target._replace(values=tuple(one for one in target.values if one.date <= day))
            for target in model.targets
        ),
    )


def _by(progress: Progress | None, day: date) -> Progress | None:
    return None if progress and progress.date and progress.date > day else progress


def plan_known_by(plan: Plan, day: date) -> Plan:
    """The whole plan without what was recorded after ``day``."""
    return plan._replace(models=tuple(known_by(model, day) for model in plan.models))


def status(step: Step) -> str:
    """The step's status; ``todo`` where nothing was reported."""
    return step.progress.status if step.progress else "todo"


def assess(
    model: Model,
    today: date,
    due_soon_days: int,
    plan: str,
    *,
    one_of_many: bool = False,
    issued: date | None = None,
) -> Task:
    """The model's state at the end of ``today``. ``due_soon_days`` are calendar days; ``issued`` is the
    day of the plan, from which a duty without a beginning of its own counts."""
    stop = model.stopped if model.stopped and model.stopped.on <= today else None
    counted = known_by(model, stop.on) if stop else model
    finished = counted.completed_on
    standing = _duty_standing(counted, today, issued)
    if standing and standing.finished and not counted.ongoing:
        finished = standing.completed_on
    due = standing.due if standing and standing.period else counted.due
    state = _state(counted, standing, due, finished, today)
    if stop and (finished is None or counted.ongoing):
        state = State.STOPPED
    days_late = days_left = None
    if due and state is State.OPEN_OVERDUE:
        days_late = (today - due).days
    elif due and finished and state is State.DONE_LATE:
        days_late = (finished - due).days
    elif due and (state is State.OPEN_IN_TIME or (standing and state is State.ONGOING)):
        days_left = (due - today).days if due >= today else None
    dates = [mark.date for mark in (*counted.marks, *counted.periods) if mark and mark.date]
    return Task(
        plan=plan,
        today=today,
        model=counted,
        state=state,
        due=due,
        due_soon=days_left is not None and days_left <= due_soon_days,
        days_late=days_late,
        days_left=days_left,
        completed_on=finished,
        updated_on=max(dates, default=None),
        steps_done=sum(status(step) in CLOSED_STEPS for step in model.steps),
        one_of_many=one_of_many,
        period=standing.period if standing else None,
        periods_late=standing.late if standing else 0,
        issued=issued,
    )


def duty_of(model: Model, issued: date | None) -> Duty | None:
    """The periods of a model that recurs; None for another, and while its first phase is open."""
    if model.recurs is None:
        return None
    phase_end = model.completed_on if model.ongoing and model.deadline else None
    if model.deadline and phase_end is None:
        return None
    begins = begins_on(model, issued) or phase_end
    if begins is None:
        return None
    return duty(model.recurs, begins, phase_end)


def begins_on(model: Model, issued: date | None) -> date | None:
    """The day that a duty counts from: that of ``from``, else of ``start``, ``assigned`` or ``issued``."""
    if model.recurs and model.recurs.from_:
        return model.recurs.from_.first
    return model.start.first if model.start else model.assigned or issued


def closed_periods(model: Model) -> list[ClosedPeriod]:
    """The periods that are done or skipped."""
    return [
        ClosedPeriod(one.period, one.date, one.status == "done")
        for one in model.periods
        if one.date and one.status in CLOSED_STEPS
    ]


def _duty_standing(model: Model, today: date, issued: date | None) -> Standing | None:
    owed = duty_of(model, issued)
    return owed.standing(today, closed_periods(model)) if owed else None


def _state(
    model: Model, standing: Standing | None, due: date | None, finished: date | None, today: date
) -> State:
    """The first that holds, of those of a model that was not stopped."""
    if standing and standing.late:
        return State.OPEN_OVERDUE
    if model.ongoing and (finished or model.due is None):
        return State.ONGOING
    if finished:
        return State.DONE_LATE if due and finished > due else State.DONE_ON_TIME
    if standing:
        return State.ONGOING
    if due is None:
        return State.UNDATED
    return State.OPEN_OVERDUE if today > due else State.OPEN_IN_TIME


def with_roles(task: Task, succession: Succession | None) -> Task:
    """The task with those who hold its roles on its day, and act in its steps."""
    model = task.model
    printed = Lists(model.lead, model.support, model.implementers)
    lists = handed(printed, model.handovers, task.today)
    after_handovers = model._replace(**lists._asdict()) if model.handovers else model
    if succession is None:
        return task._replace(model=after_handovers, printed=printed)
    held = holders(lists, (), succession, task.today)
    replaces = dict(held.replaces)
    steps = []
    for step in model.steps:
        acting = holders(Lists(step.agencies), (), succession, task.today)
        replaces = {**acting.replaces, **replaces}
        steps.append(step._replace(agencies=acting.lead))
    return task._replace(
        model=model._replace(
            lead=held.lead,
            support=held.support,
            implementers=held.implementers,
            steps=tuple(steps),
        ),
        replaces=replaces,
        succession=succession,
        after_handovers=after_handovers,
        printed=printed,
    )


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
