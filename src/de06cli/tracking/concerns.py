"""What is late or soon, and which agencies it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Label
from de06cli.plan.records import Agency
from de06cli.tracking import filters
from de06cli.tracking.figures.statistics import waits_for
from de06cli.tracking.states import LateStep, Situation, Task, overdue_steps, upcoming_steps
from de06cli.tracking.terms import Role


class Pressing(NamedTuple):
    """What is late, most days late first, and what is due soon, the next first.

    The steps are those with a deadline of their own, in tasks that are in time.
    """

    late: tuple[Task, ...] = ()
    soon: tuple[Task, ...] = ()
    late_steps: tuple[LateStep, ...] = ()
    soon_steps: tuple[LateStep, ...] = ()

    def __bool__(self) -> bool:
        return any(self[:])


class Concern(NamedTuple):
    """What is late or due soon for one agency, in blocks: each task stands in the first that it belongs to.

    Where several plans call an agency the same, and its mail goes to the same addresses, it is one.
    """

    agency: Agency
    plans: tuple[int, ...]  # the numbers of the plans that this comes from
    waiting: Pressing  # it acts in the next step, or in a step with a deadline of its own
    leading: Pressing  # it leads the task, and somebody else acts
    reported: Pressing  # so late that the plan's ladder names the agency
    informed: Pressing  # it supports or implements the task

    @property
    def acting(self) -> Pressing:
        """What the agency is asked to do something about."""
        return _merged([self.waiting, self.leading])

    @property
    def everything(self) -> Pressing:
        return _merged([self.waiting, self.leading, self.reported, self.informed])


def pressing(view: Situation, tasks: Iterable[Task]) -> Pressing:
    """What of ``tasks`` is late or soon, each plan by its own day and its own number of days."""
    return _merged([found for _number, found in _by_plan(view, tasks)])


def concerns(
    view: Situation,
    tasks: Iterable[Task],
    wanted: Callable[[str, str], bool] = lambda _plan, _code: True,
) -> list[Concern]:
    """Each agency that something late or soon among ``tasks`` concerns, in the order of the registers.

    ``wanted`` says of a plan's code and an agency's whether that agency is asked about.
    """
    of_agencies: dict[tuple[str, ...], list[Concern]] = {}
    for number, found in _by_plan(view, tasks):
        plan = view.portfolio.plans[number]
        asked = (one for one in plan.register.agencies if wanted(plan.heading.code, one.code))
        for agency in asked:
            blocks = _blocks(found, agency.code)
            if any(blocks):
                where = sorted(agency.email) or [plan.heading.code]
                concern = Concern(agency, (number,), *blocks)
                of_agencies.setdefault((agency.code, *where), []).append(concern)
    return [
        Concern(
            same[0].agency,
            tuple(number for one in same for number in one.plans),
            *(
                _merged(blocks)
                for blocks in zip(
                    *((one.waiting, one.leading, one.reported, one.informed) for one in same),
                    strict=True,
                )
            ),
        )
        for same in of_agencies.values()
    ]


def _by_plan(view: Situation, tasks: Iterable[Task]) -> Iterator[tuple[int, Pressing]]:
    """The numbers of the plans in which something presses, and what."""
    own: dict[str, list[Task]] = {}
    for task in tasks:
        own.setdefault(task.plan, []).append(task)
    for number, plan in enumerate(view.portfolio.plans):
        found = _of_plan(own.get(plan.heading.code, []), plan.heading.due_soon_days)
        if found:
            yield number, found


def _of_plan(tasks: list[Task], within: int) -> Pressing:
    return Pressing(
        tuple(filters.overdue(tasks)),
        tuple(filters.due_soon(tasks)),
        tuple(overdue_steps(tasks)),
        tuple(upcoming_steps(tasks, within)),
    )


def _blocks(found: Pressing, code: str) -> tuple[Pressing, Pressing, Pressing, Pressing]:
    """What of ``found`` belongs into each of an agency's blocks."""
    own_steps: dict[_Key, list[LateStep]] = {}
    for late in (*found.late_steps, *found.soon_steps):
        own_steps.setdefault(late.task.key, []).append(late)
    tasks = {task.key: task for task in (*found.late, *found.soon)}
    of_steps = {late.task.key: late.task for steps in own_steps.values() for late in steps}
    blocks: dict[_Key, int] = {}
    for key, task in {**of_steps, **tasks}.items():
        steps = own_steps.get(key, [])
        if (key in tasks and code in _waited_for(task)) or any(_acts(late, code) for late in steps):
            blocks[key] = 0
        elif code in task.model.lead:
            blocks[key] = 1
        elif code in task.reported_to:
            blocks[key] = 2
        elif key in tasks and any(code in filters.codes_in(task.model, role) for role in HELPING):
            blocks[key] = 3

    def block(number: int) -> Pressing:
        def its(listed: Sequence[Task]) -> tuple[Task, ...]:
            return tuple(task for task in listed if blocks.get(task.key) == number)

        def own(steps: Sequence[LateStep]) -> tuple[LateStep, ...]:
            return tuple(
                late
                for late in steps
                if blocks.get(late.task.key) == number
                and (_acts(late, code) or code in late.task.model.lead)
            )

        return Pressing(
            its(found.late), its(found.soon), own(found.late_steps), own(found.soon_steps)
        )

    return block(0), block(1), block(2), block(3)


_Key = tuple[str, Label]  # of a plan and of a model in it


def _waited_for(task: Task) -> set[str]:
    return _present(task, waits_for(task))


def _acts(late: LateStep, code: str) -> bool:
    return code in _present(late.task, late.step.agencies or late.task.model.lead)


def _present(task: Task, codes: Iterable[str]) -> set[str]:
    """The agencies that stand in the place of these on the task's day."""
    if task.succession is None:
        return set(codes)
    return {one for code in codes for one in task.succession.present(code, task.today)}


HELPING = (Role.SUPPORT, Role.IMPLEMENTER)


def _merged(several: Sequence[Pressing]) -> Pressing:
    def by_days_late(steps: Iterable[LateStep]) -> tuple[LateStep, ...]:
        return tuple(sorted(steps, key=lambda late: -late.days_late))

    return Pressing(
        tuple(filters.overdue(task for one in several for task in one.late)),
        tuple(filters.due_soon(task for one in several for task in one.soon)),
        by_days_late(late for one in several for late in one.late_steps),
        by_days_late(late for one in several for late in one.soon_steps),
    )
