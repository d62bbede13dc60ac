"""What several amendments need when they are made together: agencies, groups, places and printed numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06cli.drafting.edition.amendments import Edition
from de06cli.plan.declaring import Label
from de06cli.plan.file.edits import Edit, SetPart
from de06cli.plan.file.items import agency_codes
from de06cli.plan.file.items.field_edit import SetField
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.parts import Lists
from de06cli.plan.records import Model, Plan


def needed(plan: Plan, new: Plan, edits: Sequence[Edit]) -> list[Edit]:
    """The new groups and agencies that edits name, as edits that come before them."""
    found: list[Edit] = []
    codes = {code for edit in edits for code in _codes(edit)}
    titles = {group.code for group in plan.groups}
    wanted = {code for edit in edits if (code := _group_of(edit))}
    after: Label | None = plan.groups[-1].code if plan.groups else None
    for group in new.groups:
        if group.code in wanted and group.code not in titles:
            found.append(SetItem("groups", group, after))
            after = group.code
    known = {agency.code for agency in plan.agencies}
    behind: Label = plan.agencies[-1].code
    for agency in new.agencies:
        if agency.code in codes and agency.code not in known:
            found.append(SetItem("agencies", agency, behind))
            behind = agency.code
    return found


def anchored(plan: Plan, edition: Edition, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, each new task behind one that the plan has, or that stands before it among the edits."""
    before = {
        edit.key: edit.after
        for one in edition.amendments
        for edit in one.edits
        if isinstance(edit, SetItem) and edit.name == "models"
    }
    known: set[Label | None] = {model.model for model in plan.models}
    found: list[Edit] = []
    for edit in edits:
        if isinstance(edit, SetItem) and edit.name == "models":
            after = edit.after
            while after is not None and after not in known:
                after = before.get(after)
            known.add(edit.key)
            found.append(edit._replace(after=after))
        else:
            found.append(edit)
    return found


def freed_rows(plan: Plan, edits: Sequence[Edit]) -> list[Edit]:
    """What takes a printed number from the tasks whose number another task has after the edits."""
    given: dict[Label, Label] = {}
    for edit in edits:
        if isinstance(edit, SetField) and edit.name == "stt":
            given[edit.value] = edit.model
        elif isinstance(edit, SetItem) and isinstance(edit.record, Model) and edit.record.stt:
            given[edit.record.stt] = edit.record.model
    set_anew = set(given.values())
    return [
        SetField(model.model, "stt", None)
        for model in plan.models
        if model.stt in given and model.model not in set_anew
    ]


def _codes(edit: Edit) -> Iterator[str]:
    """The codes of agencies that an edit names."""
    if isinstance(edit, SetItem):
        yield from (code for _path, code in agency_codes.places(edit.record))
    elif isinstance(edit, SetPart) and isinstance(edit.value, tuple):
        for part in edit.value:
            if isinstance(part, tuple):
                yield from (code for _path, code in agency_codes.places(part))
    elif isinstance(edit, SetField) and edit.name in Lists._fields and not edit.within:
        yield from edit.value


def _group_of(edit: Edit) -> str | None:
    if isinstance(edit, SetItem) and isinstance(edit.record, Model):
        return edit.record.group
    if isinstance(edit, SetField) and edit.name == "group":
        return str(edit.value)
    return None
