"""The agencies of the plans, each with the models that name it."""

from __future__ import annotations

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Label
from de06cli.plan.records import Agency
from de06cli.tracking.filters import codes_in
from de06cli.tracking.states import Situation
from de06cli.tracking.terms import Role


class Assignments(NamedTuple):
    """An agency of a plan's register, with the numbers of the models that name it in each role."""

    plan: str  # the plan's code
    agency: Agency
    models: dict[Role, list[Label]]
    one_of_many: bool  # plans


def entries(view: Situation, text: str) -> list[Assignments]:
    """The agencies with ``text`` anywhere in their code, names or aliases, plan by plan.

    Who holds a role is asked of the day: a task that was handed over counts with whom it went to.
    """
    named: dict[tuple[str, str, Role], list[Label]] = {}
    for task in view.tasks():
        for role in Role:
            for code in codes_in(task.model, role):
                named.setdefault((task.plan, code, role), []).append(task.model.model)
    return [
        Assignments(
            plan.heading.code,
            agency,
            {role: named.get((plan.heading.code, agency.code, role), []) for role in Role},
            view.portfolio.several,
        )
        for plan in view.portfolio.plans
        for agency in plan.register.search(text)
    ]
