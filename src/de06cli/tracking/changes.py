"""What changed between two states of a plan: steps marked, deadlines moved, roles and texts changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from de06cli.plan.records import Agency, Model, Plan, Step


class Kind(StrEnum):
    PROGRESS = "progress"
    DEADLINE = "deadline"
    ROLE = "role"
    TEXT = "text"
    ADDED = "added"
    REMOVED = "removed"


class Change(NamedTuple):
    """One thing that is not as it was. ``before`` and ``after`` are the values of ``field``.

    Without ``model`` it is about the plan as a whole or, with ``agency``, about the register. What was
    added or removed is a model, a step or an agency, and has no ``field``.
    """

    kind: Kind
    model: Model | None = None  # as it is after, or as it was before it was removed
    step: Step | None = None
    agency: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What the change is about and what it comes to: the same in two comparisons means the same."""
        model = self.model.model if self.model else None
        step = self.step.step if self.step else None
        return (self.kind, model, step, self.agency, self.field, self.after)

    def concerns(self, agencies: frozenset[str]) -> bool:
        """Whether one of the agencies has a part in the model, or made the progress."""
        if self.agency in agencies:
            return True
        if self.model is None:
            return False
        named = {*self.model.lead, *self.model.support, *self.model.implementers}
        if self.kind is Kind.ROLE:
            named |= {*self.before, *self.after}
        if self.step:
            named |= set(self.step.agencies)
        if self.kind is Kind.PROGRESS:
            named |= {progress.by for progress in (self.before, self.after) if progress}
        return bool(agencies & named)


_KINDS = {
    "progress": Kind.PROGRESS,
    "deadline": Kind.DEADLINE,
    "extensions": Kind.DEADLINE,
    "due": Kind.DEADLINE,
    "ongoing": Kind.DEADLINE,
    "lead": Kind.ROLE,
    "support": Kind.ROLE,
    "implementers": Kind.ROLE,
    "agencies": Kind.ROLE,
}


def changes(before: Plan, after: Plan) -> list[Change]:
    """Everything that differs between two states of a plan, models in the order of ``after``."""
    return [
        *_fields(before.plan, after.plan),
        *_agencies(before.agencies, after.agencies),
        *_models(before.models, after.models),
    ]


def common(comparisons: Sequence[list[Change]]) -> list[Change]:
    """The changes that every comparison has: what a merge did beyond its parents."""
    first, *others = comparisons
    keys = [{change.key for change in other} for other in others]
    return [change for change in first if all(change.key in known for known in keys)]


def _models(before: Iterable[Model], after: Iterable[Model]) -> Iterator[Change]:
    old = {model.model: model for model in before}
    new = {model.model: model for model in after}
    for number, model in new.items():
        if number not in old:
            yield Change(Kind.ADDED, model)
            continue
        for change in _fields(old[number], model, skip=("steps",)):
            yield _about(change, model)
        yield from _steps(model, old[number].steps, model.steps)
    for number, model in old.items():
        if number not in new:
            yield Change(Kind.REMOVED, model)


def _steps(model: Model, before: Iterable[Step], after: Iterable[Step]) -> Iterator[Change]:
    old = {step.step: step for step in before}
    new = {step.step: step for step in after}
    for number, step in new.items():
        if number not in old:
            yield Change(Kind.ADDED, model, step)
            continue
        for change in _fields(old[number], step):
            yield _about(change, model, step)
    for number, step in old.items():
        if number not in new:
            yield Change(Kind.REMOVED, model, step)


def _agencies(before: Iterable[Agency], after: Iterable[Agency]) -> Iterator[Change]:
    old = {agency.code: agency for agency in before}
    new = {agency.code: agency for agency in after}
    for code, agency in new.items():
        if code not in old:
            yield Change(Kind.ADDED, agency=code, after=agency)
            continue
        for change in _fields(old[code], agency):
            yield Change(Kind.TEXT, None, None, code, change.field, change.before, change.after)
    for code, agency in old.items():
        if code not in new:
            yield Change(Kind.REMOVED, agency=code, before=agency)


def _fields(before: Any, after: Any, skip: tuple[str, ...] = ()) -> Iterator[Change]:
    for name, old, new in zip(after._fields, before, after, strict=True):
        if name not in skip and old != new:
            yield Change(_KINDS.get(name, Kind.TEXT), field=name, before=old, after=new)


def _about(change: Change, model: Model, step: Step | None = None) -> Change:
    return Change(change.kind, model, step, None, change.field, change.before, change.after)
