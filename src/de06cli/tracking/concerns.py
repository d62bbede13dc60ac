"""What is late or soon, and which agencies it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from de06cli.named_tuples import NamedTuple
from de06cli.plan.records import Agency
from de06cli.tracking import filters
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
    """What is late or due soon for one agency.

    Where several plans call an agency the same, and its mail goes to the same addresses, it is one.
    """

    agency: Agency
    plans: tuple[int, ...]  # the numbers of the plans that this comes from
    acting: Pressing  # the tasks that it leads; the steps of these, and those in which it acts
    informed: Pressing  # the tasks that it supports or implements


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
            acting, informed = _acting(found, agency.code), _informed(found, agency.code)
            if acting or informed:
                where = sorted(agency.email) or [plan.heading.code]
                concern = Concern(agency, (number,), acting, informed)
                of_agencies.setdefault((agency.code, *where), []).append(concern)
    return [
        Concern(
            same[0].agency,
            tuple(number for one in same for number in one.plans),
            _merged([one.acting for one in same]),
            _merged([one.informed for one in same]),
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


def _acting(found: Pressing, code: str) -> Pressing:
    def led(tasks: Sequence[Task]) -> tuple[Task, ...]:
        return tuple(task for task in tasks if code in task.model.lead)

    def its(steps: Sequence[LateStep]) -> tuple[LateStep, ...]:
        return tuple(
            late for late in steps if code in late.step.agencies or code in late.task.model.lead
        )

    return Pressing(led(found.late), led(found.soon), its(found.late_steps), its(found.soon_steps))


def _informed(found: Pressing, code: str) -> Pressing:
    def helped(tasks: Sequence[Task]) -> tuple[Task, ...]:
        return tuple(
            task
            for task in tasks
            if code not in task.model.lead
            and any(code in filters.codes_in(task.model, role) for role in HELPING)
        )

    return Pressing(helped(found.late), helped(found.soon))


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
