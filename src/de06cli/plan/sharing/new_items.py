"""What two people added to a plan: agencies, groups, models and steps, as edits that all versions take."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.plan.declaring import Label
from de06cli.plan.file.items.item_edit import Item, ListName, SetItem
from de06cli.plan.parts import step_pairs
from de06cli.plan.records import Model, Plan


def additions(base: Plan, ours: Plan, theirs: Plan) -> list[SetItem]:
    """The items that are not in ``base``. Two of one number or code that differ are left out."""
    made: list[SetItem] = []
    made += _joined("groups", base.groups, ours.groups, theirs.groups)
    made += _joined("agencies", base.agencies, ours.agencies, theirs.agencies)
    made += _joined("models", base.models, ours.models, theirs.models)
    sides = [{model.model: model for model in plan.models} for plan in (ours, theirs)]
    for model in base.models:
        mine, other = (side.get(model.model) for side in sides)
        if mine and other:
            made += _new_steps(model, mine, other) or _new_steps(model, other, mine)
    return made


def _joined(
    name: ListName, base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> list[SetItem]:
    """Ours behind what they stand behind, then theirs: behind ours where both stand at one place."""
    known = {item[0] for item in base}
    mine = {item[0]: item for item in ours if item[0] not in known}
    made = [SetItem(name, item, after) for item, after in _placed(ours) if item[0] in mine]
    order = [item[0] for item in ours]
    for item, after in _placed(theirs):
        key: Label = item[0]
        if key in known or key in mine:
            continue
        at = order.index(after) + 1 if after in order else len(order)
        while at < len(order) and order[at] in mine:
            at += 1
        order.insert(at, key)
        made.append(SetItem(name, item, order[at - 1] if at else None))
    others = {item[0]: item for item in theirs}
    return [
        edit
        for edit in made
        if others.get(edit.key, edit.record) == mine.get(edit.key, edit.record)
    ]


def _placed(items: Sequence[Item]) -> list[tuple[Item, Label | None]]:
    """Each item with the number or code of the one before it."""
    keys: list[Label | None] = [None, *(item[0] for item in items)]
    return list(zip(items, keys, strict=False))


def _new_steps(base: Model, now: Model, other: Model) -> list[SetItem]:
    """The steps that ``now`` has and ``base`` has not, where ``other`` has the steps of ``base``; none where
    steps were removed or reordered too."""
    texts = [(step.step, step.text) for step in base.steps]
    if [(step.step, step.text) for step in other.steps] != texts:
        return []
    pairs = step_pairs(base.steps, now.steps)
    kept = [(was.step, was.text) for _step, was in pairs if was]
    if kept != texts or any(was and was.text != step.text for step, was in pairs):
        return []
    numbers = [step.step for step in base.steps]
    made = []
    for at, (step, was) in enumerate(pairs):
        if was is None:
            moved = 0
            while at + moved < len(numbers) and numbers[at + moved] == step.step + moved:
                moved += 1
            after = numbers[at - 1] if at else None
            made.append(SetItem("steps", step, after, now.model, moved))
            behind = (number + 1 for number in numbers[at : at + moved])
            numbers = [*numbers[:at], step.step, *behind, *numbers[at + moved :]]
    return made if numbers == [step.step for step in now.steps] else []
