"""One item more or less in a list of the plan: a group, an agency, a model, or a step of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.declaring import Label
from de06cli.plan.file.document import Document
from de06cli.plan.file.items import lookup, yaml_item
from de06cli.plan.file.items.block_entries import BlockEntries, entries_at
from de06cli.plan.file.nodes import Scalar
from de06cli.plan.file.splicing import Splice, uncertain
from de06cli.plan.parts import Step
from de06cli.plan.records import Agency, Group, Model, Plan

ListName = Literal["groups", "agencies", "models", "steps"]
Item = Group | Agency | Model | Step
RECORDS: dict[str, type[Item]] = {
    "groups": Group, "agencies": Agency, "models": Model, "steps": Step,
}  # fmt: skip


class SetItem(NamedTuple):
    """The list ``name`` of the plan, or of its model ``model``, is to have ``record`` directly behind the
    item ``after`` (its number or code; None: at the beginning), or, unless ``there``, no longer to have it.

    Of the steps behind it, ``moved`` are numbered anew, one higher or lower.
    """

    name: ListName
    record: Item
    after: Label | None = None
    model: Label | None = None
    moved: int = 0
    there: bool = True

    @property
    def key(self) -> Label:
        """The number or the code of the item."""
        key: Label = self.record[0]
        return key


def about(edit: SetItem) -> Label | None:
    """The model that the edit is about; "groups" for a group, whose list may have to be made; else None."""
    if edit.name == "groups":
        return "groups"
    return edit.key if edit.name == "models" else edit.model


def inverse(edit: SetItem) -> SetItem:
    """The edit that takes an edit back."""
    return edit._replace(there=not edit.there)


def applied(plan: Plan, edit: SetItem) -> Plan:
    """The plan with the item, or without it; one that has it already, or not, stays as it is.

    Raises ChangeRefused where another item has its number or code, or where it has changed since.
    """
    if edit.name == "groups":
        return plan._replace(groups=_changed(plan.groups, edit))
    if edit.name == "agencies":
        return plan._replace(agencies=_changed(plan.agencies, edit))
    if edit.name == "models":
        return plan._replace(models=_changed(plan.models, edit))
    at = _model_at(plan, edit)
    model = plan.models[at]._replace(steps=_changed(plan.models[at].steps, edit))
    return plan._replace(models=lookup.replaced_at(plan.models, at, model))


def _model_at(plan: Plan, edit: SetItem) -> int:
    return lookup.model_index(plan, edit.model if edit.model is not None else "")


def _changed(items: tuple[Any, ...], edit: SetItem) -> tuple[Any, ...]:
    found = _place(items, edit.key)
    other = None if found is None else items[found]
    if other == edit.record:
        return items if edit.there else _without(items, found or 0, edit.moved)
    if other is not None and isinstance(other, Step) and other.text != edit.record[1]:
        other = None  # another step has the number
    if other is not None:
        raise ChangeRefused(
            _("Kế hoạch đã có {key} với nội dung khác; chưa ghi gì.").format(key=edit.key)
        )
    if not edit.there:
        return items
    at = _place_behind(items, edit.after)
    return (*items[:at], edit.record, *_renumbered(items[at:], edit.moved, 1))


def _without(items: tuple[Any, ...], at: int, moved: int) -> tuple[Any, ...]:
    return (*items[:at], *_renumbered(items[at + 1 :], moved, -1))


def _renumbered(items: tuple[Any, ...], moved: int, by: int) -> tuple[Any, ...]:
    return (*(one._replace(step=one.step + by) for one in items[:moved]), *items[moved:])


def _place(items: Sequence[Any], key: Label | None) -> int | None:
    return next((at for at, one in enumerate(items) if one[0] == key), None)


def _place_behind(items: Sequence[Any], key: Label | None) -> int:
    """The place behind the item with a number or code, the first one for None."""
    if key is None:
        return 0
    at = _place(items, key)
    if at is None:
        raise ChangeRefused(_("Kế hoạch không còn {key}; chưa ghi gì.").format(key=key))
    return at + 1


def splices(document: Document, plan: Plan, edit: SetItem) -> list[Splice]:
    """What makes the edit in the text: the item in the form of its neighbours, and the steps' numbers.

    Raises ChangeRefused where a place is not certain, or where a comment would be lost.
    """
    if applied(plan, edit) == plan:
        return []
    path: tuple[str | int, ...] = ()
    items: Sequence[Any] = getattr(plan, edit.name, ())
    if edit.name == "steps":
        at = _model_at(plan, edit)
        path, items = ("models", at), plan.models[at].steps
    place = entries_at(document, path)
    if edit.there:
        at = _place_behind(items, edit.after)
        changed, by = _insertion(place, edit, at), 1
    else:
        at = (_place(items, edit.key) or 0) + 1
        changed, by = _removal(place, edit, at - 1), -1
    moved = range(at, at + edit.moved)
    numbers = [_number(document, (*path, "steps", one), items[one].step + by) for one in moved]
    return [changed, *numbers]


def _insertion(place: BlockEntries, edit: SetItem, at: int) -> Splice:
    values = yaml_item.values_of(edit.record, yaml_item.ORDER[edit.name])
    under = "plan" if edit.name == "groups" else next(reversed(place.node.entries))
    on_one_line = place.has_one_line_items(edit.name, at)
    if place.is_in_brackets(edit.name):
        line = yaml_item.flow(values, json_style=place.json_style)
        return place.item_insertion(edit.name, at, line, under)
    layout = place.layout(edit.name)
    if on_one_line or (on_one_line is None and edit.name == "groups"):
        dash = f"{' ' * layout.dash}-{' ' * (layout.keys - 1)}"
        lines = [f"{dash}{yaml_item.flow(values)}"]
    else:
        lines = yaml_item.item(values, layout)
    return place.block_insertion(edit.name, at, lines, under)


def _removal(place: BlockEntries, edit: SetItem, at: int) -> Splice:
    if not place.is_in_brackets(edit.name):
        return place.without_loss(place.block_removal(edit.name, at))
    if len(getattr(place.node.entries[edit.name][1], "items", ())) == 1:
        return place.without_loss(place.removal(edit.name))
    return place.without_loss(place.item_removal(edit.name, at))


def _number(document: Document, path: tuple[str | int, ...], number: int) -> Splice:
    """Another number for a step; quotes around it stay."""
    place = entries_at(document, path)
    node = place.node.entries["step"][1]
    if not isinstance(node, Scalar):
        raise uncertain(document, place.node.start)
    written = place.text[node.start : node.end].rstrip()
    new = written.replace(node.text, str(number))
    return Splice(node.start, node.start + len(written), new)
