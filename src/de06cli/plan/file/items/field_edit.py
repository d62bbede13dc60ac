"""Another value for a field of a model, of one of its steps, or for one of its printed cells."""

from __future__ import annotations

from typing import Any, NamedTuple

from de06cli.plan.declaring import Label
from de06cli.plan.fields import FieldKind, fields, key_of
from de06cli.plan.file.document import Document
from de06cli.plan.file.items import lookup, yaml_item
from de06cli.plan.file.items.block_entries import entries_at
from de06cli.plan.file.splicing import Splice
from de06cli.plan.parts import Source, Step
from de06cli.plan.records import Model, Plan


class SetField(NamedTuple):
    """The field ``name`` of model ``model``, or of its step ``step``, is to hold ``value``; None or an empty
    list: nothing.

    ``within`` is "source" or "extra" where the field is a cell of these, by its key or heading. ``instead``
    is another field of the model, whose place and line this one takes.
    """

    model: Label
    name: str
    value: Any
    step: int | None = None
    within: str = ""
    instead: str = ""


def applied(plan: Plan, edit: SetField) -> Plan:
    """The plan with the field's value. Raises ChangeRefused where there is no such model or step."""
    at = lookup.model_index(plan, edit.model)
    return plan._replace(
        models=lookup.replaced_at(plan.models, at, _changed(plan.models[at], edit))
    )


def _changed(model: Model, edit: SetField) -> Model:
    if edit.step is not None:
        at = lookup.step_index(model, edit.step)
        step = model.steps[at]._replace(**{edit.name: edit.value})
        return model._replace(steps=lookup.replaced_at(model.steps, at, step))
    if edit.within == "source":
        source = (model.source or Source())._replace(**{edit.name: edit.value})
        return model._replace(source=source if any(source) else None)
    if edit.within == "extra":
        pairs = {**dict(model.extra), edit.name: edit.value}
        return model._replace(extra=tuple((key, text) for key, text in pairs.items() if text))
    changed: dict[str, Any] = {edit.instead: None} if edit.instead else {}
    changed[edit.name] = edit.value
    return model._replace(**changed)


def value_of(plan: Plan, edit: SetField) -> Any:
    """What the plan says where the edit says its value."""
    model = plan.models[lookup.model_index(plan, edit.model)]
    if edit.step is not None:
        return getattr(model.steps[lookup.step_index(model, edit.step)], edit.name)
    if edit.within == "source":
        return getattr(model.source, edit.name) if model.source else None
    if edit.within == "extra":
        return dict(model.extra).get(edit.name)
    return getattr(model, edit.name)


def label(edit: SetField) -> str:
    """What the field is called; a message, or the heading of the document's column."""
    if edit.within == "extra":
        return edit.name
    record: type = Source if edit.within else Step if edit.step is not None else Model
    return fields(record)[edit.name].label


def inverse(plan: Plan, edit: SetField) -> SetField:
    """The edit that takes an edit back; ``plan`` is the plan before it."""
    if edit.instead:
        model = plan.models[lookup.model_index(plan, edit.model)]
        value = getattr(model, edit.instead)
        return edit._replace(name=edit.instead, value=value, instead=edit.name)
    return edit._replace(value=value_of(plan, edit))


def splices(document: Document, plan: Plan, edit: SetField) -> list[Splice]:
    """What makes the edit in the text. Raises ChangeRefused where a place is not certain."""
    if applied(plan, edit) == plan:
        return []
    at = lookup.model_index(plan, edit.model)
    path: tuple[str | int, ...] = ("models", at)
    order, value, key = yaml_item.ORDER["models"], edit.value, key_of(edit.name)
    if edit.step is not None:
        path = (*path, "steps", lookup.step_index(plan.models[at], edit.step))
        order = yaml_item.ORDER["steps"]
    elif edit.within:
        after = getattr(applied(plan, edit).models[at], edit.within)
        if not after or not getattr(plan.models[at], edit.within):
            value, key = after, edit.within  # the first cell, or the last one that goes
        else:
            path, order = (*path, edit.within), Source._fields
    place = entries_at(document, path)
    if value is None or value == ():
        return [place.without_loss(place.removal(key))]
    written = _plain(plan.models[at], edit, key, value)
    under = _under(key, order, list(place.node.entries))
    if place.node.flow:
        line = yaml_item.flow(
            written, prose=key in yaml_item.prose_keys(), json_style=place.json_style
        )
        return [place.without_loss(place.setting(key, line, under))]
    layout = place.layout(key)
    label = key if edit.within != "extra" or key == "extra" else yaml_item.quoted(key)
    lines = yaml_item.entry(key, written, place.indent, layout)
    if edit.instead:
        splice = place.lines_setting(key_of(edit.instead), lines, under, label)
        name = place.node.entries[key_of(edit.instead)][0]
        return [place.without_loss(splice._replace(start=name.start, text=f"{key}:{splice.text}"))]
    return [place.without_loss(place.lines_setting(key, lines, under, label))]


def _plain(model: Model, edit: SetField, key: str, value: Any) -> object:
    """The value as the file's keys, lists and texts."""
    if edit.within and key not in {"source", "extra"}:
        return value
    record: Any = model.steps[0] if edit.step is not None else model
    field = next(one for one in fields(record.__class__).values() if one.key == key)
    if field.kind is FieldKind.PERIOD or not isinstance(value, tuple):
        return value
    return yaml_item.values_of(record._replace(**{field.name: value}))[key]


def _under(key: str, order: tuple[str, ...], there: list[str]) -> str:
    """The key of a mapping under which another one reads best."""
    before = order[: order.index(key)] if key in order else order
    return next((one for one in reversed(before) if one in there), there[-1])
