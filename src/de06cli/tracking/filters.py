"""Which tasks a question is about: different filters are "and", a repeated one is "or"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from de06cli.named_tuples import NamedTuple
from de06cli.plan.agencies import fold
from de06cli.plan.cache.index import Index
from de06cli.plan.declaring import Label
from de06cli.plan.fields import searched_texts
from de06cli.plan.records import Model
from de06cli.tracking.roles import answers_for, finders
from de06cli.tracking.states import DONE, OPEN, Situation, Task
from de06cli.tracking.terms import Role, Sort, State

COLUMNS = (Role.LEAD, Role.SUPPORT, Role.IMPLEMENTER)
# The words for several states.
STATE_GROUPS: dict[str, Callable[[Task], bool]] = {
    "open": lambda task: task.state in OPEN,
    "done": lambda task: task.state in DONE,
    "due_soon": lambda task: task.due_soon,
}


class Query(NamedTuple):
    """What to select; an empty filter selects everything. Days are included."""

    agencies: frozenset[str] = frozenset()  # codes, in whichever plan
    own_agencies: frozenset[tuple[str, str]] = frozenset()  # a plan's code and an agency's in it
    roles: frozenset[Role] = frozenset()  # without any: the three columns
    states: frozenset[str] = frozenset()
    due_before: date | None = None
    due_after: date | None = None
    search: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()  # codes, in small letters

    @property
    def every_code(self) -> frozenset[str]:
        """The agencies asked for, those of a single plan too."""
        return self.agencies | {code for _plan, code in self.own_agencies}

    def codes_in_plan(self, plan: str) -> frozenset[str]:
        """The agencies asked for in a plan."""
        return self.agencies | {code for of, code in self.own_agencies if of == plan}


def codes_in(model: Model, role: Role) -> set[str]:
    """The agencies that the model names in ``role``."""
    match role:
        case Role.LEAD:
            return set(model.lead)
        case Role.SUPPORT:
            return set(model.support)
        case Role.IMPLEMENTER:
            return set(model.implementers)
        case Role.STEP:
            return set(model.step_agencies)


def found_by(task: Task, role: Role) -> set[str]:
    """The agencies by which the task is found in ``role``: who holds it, whom they follow, and the
    members of a group that holds it."""
    if task.succession is None:
        return codes_in(task.model, role)
    named = codes_in(task.after_handovers or task.model, role)
    return set(finders(named, task.succession, task.today))


def candidates(query: Query, view: Situation) -> set[int] | None:
    """The positions of the models that may name an agency of the query; None where it asks for none."""
    if not query.every_code:
        return None
    index = view.portfolio.index
    roles = query.roles or COLUMNS
    found: set[int] = set()
    for code in query.every_code | _answered_for(query.every_code, view):
        if any(role in roles for role in COLUMNS):
            found.update(index.columns.get(code, ()))
        if Role.STEP in roles:
            found.update(index.steps.get(code, ()))
    return found


def _answered_for(codes: frozenset[str], view: Situation) -> set[str]:
    """The agencies that ended, or groups, whose tasks these agencies find on the day."""
    found: set[str] = set()
    for number, day in enumerate(view.days):
        succession = view.succession(number)
        if succession:
            changing = {*succession.ended, *succession.members}
            for code in codes:
                found |= answers_for(code, changing, succession, day).keys()
    return found


def overdue_candidates(view: Situation) -> set[int] | None:
    """The positions of the models that may be overdue, or a step of which may be; None for all."""
    return _due_candidates(view, date.min, max(view.days))


def upcoming_candidates(view: Situation, within: int) -> set[int] | None:
    """The positions of the models that may fall due within ``within`` days; None for all."""
    first, last = min(view.days), max(view.days)
    return _due_candidates(view, first, last + timedelta(days=min(within, (date.max - last).days)))


def pressing_candidates(view: Situation) -> set[int] | None:
    """The positions of the models that may be late, or due soon in the longest of the plans' due_soon_days;
    None for all."""
    within = max(plan.heading.due_soon_days for plan in view.portfolio.plans)
    late, soon = overdue_candidates(view), upcoming_candidates(view, within)
    return None if late is None or soon is None else late | soon


def _due_candidates(view: Situation, first: date, last: date) -> set[int] | None:
    if view.left_out:  # the index counts what was recorded later
        return None
    index = view.portfolio.index
    return {*index.due_between(first, last), *index.own_dues}


def select(tasks: Iterable[Task], query: Query) -> list[Task]:
    """The tasks that the query asks for, in their order."""
    words = [fold(text) for text in query.search]
    return [task for task in tasks if _matches(task, query, words)]


def _matches(task: Task, query: Query, words: list[str]) -> bool:
    model = task.model
    if (query.agencies or query.own_agencies) and not any(
        query.codes_in_plan(task.plan) & found_by(task, role) for role in query.roles or COLUMNS
    ):
        return False
    if query.states and not any(_in_state(task, state) for state in query.states):
        return False
    if query.groups and (model.group or "").casefold() not in query.groups:
        return False
    if query.due_before and not (task.due and task.due <= query.due_before):
        return False
    if query.due_after and not (task.due and task.due >= query.due_after):
        return False
    return not words or any(word in searched(model) for word in words)


def found_through(tasks: Iterable[Task], query: Query) -> dict[str, list[str]]:
    """The agencies asked for that no column of some found task names, each with the codes in its place
    there: who has taken its part by the day, or a group that it belongs to."""
    through: dict[str, dict[str, None]] = {}
    for task in tasks:
        if task.succession is None:
            continue
        columns = [code for role in COLUMNS for code in codes_in(task.model, role)]
        asked = sorted(query.codes_in_plan(task.plan))
        if not set(asked).isdisjoint(columns):
            continue
        for code in asked:
            line = set(task.succession.chain(code, task.today))
            for other in columns:
                members = task.succession.members.get(other, ())
                if other in line or not line.isdisjoint(members):
                    through.setdefault(code, {})[other] = None
    return {code: [*others] for code, others in through.items()}


def _in_state(task: Task, state: str) -> bool:
    group = STATE_GROUPS.get(state)
    return group(task) if group else task.state == state


def searched(model: Model) -> str:
    """Everything of a model that a search looks at, folded."""
    return "\n".join(map(fold, searched_texts(model)))


def named_in_steps_only(agencies: Iterable[str], index: Index) -> list[int]:
    """The positions of the models whose steps name one of the agencies while no column names any."""
    in_steps = {position for code in agencies for position in index.steps.get(code, ())}
    return sorted(in_steps.difference(*(index.columns.get(code, ()) for code in agencies)))


def ordered(tasks: Iterable[Task], sort: Sort | None) -> list[Task]:
    """The tasks in the order asked for; without one, as they are printed."""
    listed = list(tasks)
    match sort:
        case Sort.DUE:
            return sorted(listed, key=lambda task: task.due or date.max)
        case Sort.MODEL:
            return sorted(listed, key=lambda task: (task.plan, by_number(task.model.model)))
        case Sort.LEAD:
            return sorted(listed, key=lambda task: task.model.lead[0])
        case Sort.LATE:
            return sorted(listed, key=_most_late_first)
    return listed


def by_number(label: Label) -> list[tuple[int, int, str]]:
    """A key that sorts models as people count: 2, 10, 10a, I-2, I-10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", str(label).casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _most_late_first(task: Task) -> tuple[int, date]:
    return -(task.days_late or 0), task.due or date.max


def overdue(tasks: Iterable[Task]) -> list[Task]:
    """The open tasks whose due day has passed, most days late first."""
    late = [task for task in tasks if task.state is State.OPEN_OVERDUE]
    return sorted(late, key=_most_late_first)


def upcoming(tasks: Iterable[Task], within: int) -> list[Task]:
    """The open tasks that fall due within ``within`` days, those of today too, the next first."""
    soon = [task for task in tasks if task.days_left is not None and task.days_left <= within]
    return sorted(soon, key=lambda task: task.due or date.max)


def due_soon(tasks: Iterable[Task]) -> list[Task]:
    """The open tasks that fall due within the days that their plan calls soon, the next first."""
    return sorted((task for task in tasks if task.due_soon), key=lambda task: task.due or date.max)
