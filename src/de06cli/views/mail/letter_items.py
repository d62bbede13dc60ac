"""The tasks of a letter, each with what its reader has to know of it."""

from __future__ import annotations

from typing import NamedTuple

from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.concerns import HELPING, Pressing
from de06cli.tracking.filters import codes_in
from de06cli.tracking.states import LateStep, Task
from de06cli.tracking.terms import Role
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.contents.lateness import Fact, Item
from de06cli.views.contents.tables import Named


class Writer(NamedTuple):
    """Writes tasks for one agency."""

    code: str  # the reader's; empty for a leader
    named: Named  # what agencies are called

    def items(self, found: Pressing) -> tuple[Item, ...]:
        """Each task once: late ones, those due soon, then those of which only a step is."""
        steps = steps_by_task(found)
        tasks = [*found.late, *found.soon, *(some[0].task for some in steps.values())]
        once = {task.key: task for task in reversed(tasks)}
        return tuple(self._item(task, steps.get(key, [])) for key, task in reversed(once.items()))

    def _item(self, task: Task, steps: list[LateStep]) -> Item:
        facts = [
            _stands(task),
            *self._roles(task),
            lateness.held_up(task),
            *self._waits(task),
            *map(_step, steps),
            *lateness.reported(task, self.named),
            Fact(_("Cập nhật gần nhất"), lateness.updated(task), tables.QUIET),
        ]
        return Item(lateness.task_name(task), tuple(facts))

    def _roles(self, task: Task) -> list[Fact]:
        """Who leads the task beside the reader, and what the reader is in it besides."""
        led = self.code in task.model.lead
        others = [code for code in task.model.lead if code != self.code]
        names = ", ".join(words.holder(code, task, self.named(task.plan, code)) for code in others)
        facts = [Fact(_("Cùng chủ trì") if led else words.role(Role.LEAD), names)] if names else []
        if led and (taken := lateness.taken_from(task, self.code)):
            facts.append(Fact("", words.sentence_start(taken)))
        roles = [role for role in HELPING if self.code in codes_in(task.model, role)]
        if roles and not led:
            own = ", ".join(words.role(role) for role in roles)
            facts.append(Fact(_("Vai trò của đơn vị"), own))
        return facts

    def _waits(self, task: Task) -> list[Fact]:
        waiting = tables.waits_for(task, self.named)
        return [Fact(_("Đang chờ"), waiting)] if waiting else []


def _stands(task: Task) -> Fact:
    """How late a task is, or how soon it is due."""
    if task.days_late is not None:
        return Fact("", lateness.how_late(task), tables.LATE)
    tone = tables.SOON if task.due_soon else tables.QUIET
    return Fact("", lateness.how_soon(task) if task.due else words.task_state(task), tone)


def _step(late: LateStep) -> Fact:
    """A step with a deadline of its own."""
    name = nouns.step(late.step.step, late.task.plan)
    tone = tables.LATE if late.days_late > 0 else tables.SOON
    return Fact(name, lateness.late_or_left(late), tone)


def upcoming(found: Pressing, named: Named) -> list[Item]:
    """The tasks that are due soon, in short, with their steps that have a deadline of their own."""
    steps = steps_by_task(found)
    return [
        Item(
            lateness.task_name(task),
            (
                _stands(task),
                Fact(words.role(Role.LEAD), tables.leads(task, named)),
                *map(_step, steps.get(task.key, ())),
            ),
        )
        for task in found.soon
    ]


def of_steps_alone(found: Pressing) -> Pressing:
    """The steps of tasks that are neither late nor due soon themselves."""
    tasks = {task.key for task in (*found.late, *found.soon)}
    late, soon = (
        tuple(one for one in steps if one.task.key not in tasks)
        for steps in (found.late_steps, found.soon_steps)
    )
    return Pressing(late_steps=late, soon_steps=soon)


def steps_by_task(found: Pressing) -> dict[tuple[str, object], list[LateStep]]:
    """The steps with a deadline of their own that press, by their tasks."""
    steps: dict[tuple[str, object], list[LateStep]] = {}
    for late in (*found.late_steps, *found.soon_steps):
        steps.setdefault(late.task.key, []).append(late)
    return steps


def names(portfolio: Portfolio) -> Named:
    """What letters call agencies: by the short name, else by the whole one."""

    def called(plan: str, code: str) -> str:
        agency = portfolio.agency(plan, code)
        return words.one_line(agency.short or "") or words.agency(agency)

    return called
