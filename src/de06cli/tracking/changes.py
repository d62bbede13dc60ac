"""What changed between two states of a plan: steps marked, deadlines moved, roles and texts changed."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from de06cli.plan.fields import fields
from de06cli.plan.parts import Progress, Step, step_pairs
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Model, Plan


class ChangeKind(StrEnum):
    PROGRESS = "progress"
    DEADLINE = "deadline"
    ROLE = "role"
    TEXT = "text"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # the plan's file: its path before and after


class Change(NamedTuple):
    """One thing that is not as it was. ``before`` and ``after`` are the values of ``field``.

    Without ``model`` it is about the plan as a whole or, with ``agency``, about the register. What was
    added or removed is a model, a step or an agency, and has no ``field``.
    """

    kind: ChangeKind
    model: Model | None = None  # as it is after, or as it was before it was removed
    step: Step | None = None
    agency: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    lost: bool = False  # a merge lost it: ``before`` was recorded on one side, ``after`` is left

    @property
    def subject(self) -> tuple[Hashable, ...]:
        """What the change is about, from the whole to the part."""
        if self.agency:
            return ("agency", self.agency, *([self.field] if self.field else []))
        model = [self.model.model] if self.model else []
        step = [("step", self.step.step)] if self.step else []
        return ("models" if model else "plan", *model, *step, *([self.field] if self.field else []))

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The change's subject and its result; two changes with the same pair are the same change."""
        model = self.model.model if self.model else None
        step = self.step.step if self.step else None
        return (self.kind, model, step, self.agency, self.field, self.after)

    def concerns(self, agencies: frozenset[str]) -> bool:
        """Whether one of the agencies has a part in the model, or made the progress."""
        if self.agency in agencies:
            return True
        if self.model is None:
            return False
        named = set(self.model.agencies)
        if self.kind is ChangeKind.ROLE:
            named |= {*(self.before or ()), *(self.after or ())}
        if self.step:
            named |= set(self.step.agencies)
        if self.kind is ChangeKind.PROGRESS:
            named |= {record.by for value in (self.before, self.after) for record in _each(value)}
        return bool(agencies & named)


def _each(value: Any) -> tuple[Any, ...]:
    """The records of a progress, which is one, or of the periods of a duty, which are many."""
    if isinstance(value, Progress):
        return (value,)
    return value or ()


def periods_changed(change: Change) -> Iterator[tuple[Period, Progress | None, Progress | None]]:
    """The periods of a duty whose record is not as it was, with the progress before and after."""
    before = {one.period: one.progress for one in change.before or ()}
    after = {one.period: one.progress for one in change.after or ()}
    for period in sorted(before.keys() | after.keys(), key=lambda period: period.first):
        if before.get(period) != after.get(period):
            yield period, before.get(period), after.get(period)


def changes(before: Plan, after: Plan, *, by_number: bool = False) -> list[Change]:
    """Everything that differs between two states of a plan, models in the order of ``after``.

    A step that says the same under another number is the same step, except ``by_number``.
    """
    return [
        *_fields(before.plan, after.plan),
        *_agencies(before.agencies, after.agencies),
        *_models(before.models, after.models, by_number=by_number),
    ]


def common(comparisons: Sequence[list[Change]]) -> list[Change]:
    """The changes that every comparison has: what a merge did beyond its parents."""
    first, *others = comparisons
    keys = [{change.key for change in other} for other in others]
    return [change for change in first if all(change.key in known for known in keys)]


def moved(before: str, after: str) -> list[Change]:
    """The change of the plan's path, if the file was moved."""
    return (
        [Change(ChangeKind.MOVED, field="path", before=before, after=after)]
        if before != after
        else []
    )


def lost(bases: Sequence[Plan], sides: Sequence[Plan], merged: Plan) -> list[Change]:
    """What one of the ``sides`` of a merge had recorded since the ``bases``, their common ancestors, and
    ``merged`` has not: there it is as before, or as another side has it.

    What the merge itself made of it, a value that neither had, is not lost. As git's own merge does by
    lines, this compares thing by thing; so a conflict between two sides names what was given up.
    """
    kept = [_subjects(changes(state, merged, by_number=True)) for state in (*bases, *sides)]
    found: dict[tuple[Hashable, ...], Change] = {}
    for number, side in enumerate(sides):
        missing = {change.subject: change for change in changes(side, merged, by_number=True)}
        others = [
            *kept[: len(bases)],
            *kept[len(bases) :][:number],
            *kept[len(bases) + number + 1 :],
        ]
        for change in _recorded(bases, side):
            whole = change.kind is ChangeKind.ADDED
            gone = _touches(missing.keys(), change, whole=whole)
            if gone and not all(_touches(other, change, whole=whole) for other in others):
                now = missing.get(change.subject)
                left = now.after if now and now.field else None
                found.setdefault(
                    change.key, change._replace(before=change.after, after=left, lost=True)
                )
    return [*found.values()]


def _recorded(bases: Sequence[Plan], side: Plan) -> list[Change]:
    """What a side changed, whichever of the common ancestors it is compared with."""
    return common([changes(base, side, by_number=True) for base in bases]) if bases else []


def _subjects(found: Iterable[Change]) -> frozenset[tuple[Hashable, ...]]:
    return frozenset(change.subject for change in found)


def _touches(subjects: Collection[tuple[Hashable, ...]], change: Change, *, whole: bool) -> bool:
    """Whether the change's subject is among these: itself, what it is a part of or, with ``whole``, a
    part of it."""
    own = change.subject
    if any(own[:length] in subjects for length in range(2, len(own) + 1)):
        return True
    return whole and any(other[: len(own)] == own for other in subjects)


def _models(
    before: Iterable[Model], after: Iterable[Model], *, by_number: bool
) -> Iterator[Change]:
    old = {model.model: model for model in before}
    new = {model.model: model for model in after}
    for number, model in new.items():
        if number not in old:
            yield Change(ChangeKind.ADDED, model)
            continue
        for change in _fields(old[number], model, skip=("steps",)):
            yield _about(change, model)
        yield from _steps(model, old[number].steps, model.steps, by_number=by_number)
    for number, model in old.items():
        if number not in new:
            yield Change(ChangeKind.REMOVED, model)


def _steps(
    model: Model, before: Sequence[Step], after: Sequence[Step], *, by_number: bool
) -> Iterator[Change]:
    """What became of the steps. One that says the same under another number has moved on, which is a change
    of its own only where no step was added or removed."""
    pairs = (_pairs_by_number if by_number else step_pairs)(before, after)
    for now, old in pairs:
        if old is None:
            yield Change(ChangeKind.ADDED, model, now)
            continue
        for change in _fields(old, now, skip=("step",) if len(before) != len(after) else ()):
            yield _about(change, model, now)
    known = [old for _now, old in pairs if old is not None]
    for step in before:
        if step not in known:
            yield Change(ChangeKind.REMOVED, model, step)


def _pairs_by_number(
    before: Sequence[Step], after: Sequence[Step]
) -> list[tuple[Step, Step | None]]:
    old = {step.step: step for step in before}
    return [(step, old.get(step.step)) for step in after]


def _agencies(before: Iterable[Agency], after: Iterable[Agency]) -> Iterator[Change]:
    old = {agency.code: agency for agency in before}
    new = {agency.code: agency for agency in after}
    for code, agency in new.items():
        if code not in old:
            yield Change(ChangeKind.ADDED, agency=code, after=agency)
            continue
        for change in _fields(old[code], agency):
            yield Change(
                ChangeKind.TEXT, None, None, code, change.field, change.before, change.after
            )
    for code, agency in old.items():
        if code not in new:
            yield Change(ChangeKind.REMOVED, agency=code, before=agency)


def _fields(before: Any, after: Any, skip: tuple[str, ...] = ()) -> Iterator[Change]:
    for name, old, new in zip(after._fields, before, after, strict=True):
        if name not in skip and old != new:
            part = fields(after.__class__)[name].part
            kind = ChangeKind(part) if part else ChangeKind.TEXT
            yield Change(kind, field=name, before=old, after=new)


def _about(change: Change, model: Model, step: Step | None = None) -> Change:
    return Change(change.kind, model, step, None, change.field, change.before, change.after)
