"""What two people added to a plan, agencies, groups and models, as edits that all three versions take.

Once each version has the additions of both in one order, neighbouring lines contradict no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.plan.declaring import Label
from de06cli.plan.file.items.item_edit import Item, ListName, SetItem
from de06cli.plan.records import Plan


def additions(base: Plan, ours: Plan, theirs: Plan) -> list[SetItem]:
    """The items that are not in ``base``; none of a list in which both have one number or code and say
    different things of it."""
    return [
        *_joined("groups", base.groups, ours.groups, theirs.groups),
        *_joined("agencies", base.agencies, ours.agencies, theirs.agencies),
        *_joined("models", base.models, ours.models, theirs.models),
    ]


def _joined(
    name: ListName, base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> list[SetItem]:
    """Ours behind what they stand behind, then theirs: behind ours where both stand at one place."""
    known = {item[0] for item in base}
    mine = {item[0]: item for item in ours if item[0] not in known}
    other = {item[0]: item for item in theirs if item[0] not in known}
    if not mine or not other or any(other.get(key, item) != item for key, item in mine.items()):
        return []
    made = [SetItem(name, item, after) for item, after in _placed(ours) if item[0] in mine]
    order: list[Label] = [item[0] for item in ours]
    for item, after in _placed(theirs):
        key: Label = item[0]
        if key in known or key in mine:
            continue
        at = order.index(after) + 1 if after in order else 0
        while at < len(order) and order[at] in mine:
            at += 1
        order.insert(at, key)
        made.append(SetItem(name, item, order[at - 1] if at else None))
    return made


def _placed(items: Sequence[Item]) -> list[tuple[Item, Label | None]]:
    """Each item with the number or code of the one before it."""
    keys: list[Label | None] = [None, *(item[0] for item in items)]
    return list(zip(items, keys, strict=False))
