"""Single-line edits of a file that people keep by hand: text in, text out.

An edit splices at the places of nodes and never writes a document anew, so every byte outside the lines
it is about stays. The caller proves the result by reading it again (``proven``); where the place is
not certain the edit is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import Label
from de06cli.plan.file.document import Document, parse
from de06cli.plan.file.items import agency_codes, field_edit, item_edit, lookup, yaml_item
from de06cli.plan.file.items.field_edit import SetField
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.file.items.model_lines import HEAD, ModelLines
from de06cli.plan.file.reader import FileReading, no_collector, read
from de06cli.plan.file.splicing import Entries, Splice, mapping
from de06cli.plan.parts import (
    Extension,
    Handover,
    Measurement,
    PeriodProgress,
    Progress,
    Stop,
    Target,
)
from de06cli.plan.records import Ended, Model, Plan

_BOM = b"\xef\xbb\xbf"


class SetProgress(NamedTuple):
    """Step ``step`` of model ``model``, or the model itself where it has none, is to say ``progress``;
    None makes it unmarked."""

    model: Label
    step: int | None
    progress: Progress | None


class SetExtensions(NamedTuple):
    """Model ``model`` is to have exactly these extensions: one more or one less than it has."""

    model: Label
    extensions: tuple[Extension, ...]


Part = PeriodProgress | Handover | Measurement | Stop


class SetPart(NamedTuple):
    """The field ``name`` of model ``model``, or of its target ``target``, is to hold ``value``.

    ``value`` is the one of ``stopped``, None for none, or the records of a list (``periods``,
    ``handovers``, ``values``), of which one is more, less or another than before.
    """

    model: Label
    name: str
    value: Stop | tuple[PeriodProgress, ...] | tuple[Handover, ...] | tuple[Measurement, ...] | None
    target: int | None = None


class SetEnded(NamedTuple):
    """The agency ``agency`` is to say when it ``ended``; None: it goes on."""

    agency: str
    ended: Ended | None


class RenameAgency(NamedTuple):
    """The agency ``old`` is to have the code ``new`` in every place that means it, and these ``aliases``."""

    old: str
    new: str
    aliases: tuple[str, ...]


Flow = Progress | Extension | Ended | Part  # records that are written on one line
Edit = SetProgress | SetExtensions | SetPart | SetEnded | RenameAgency | SetItem | SetField

# The line under which a field's line is put.
_UNDER = {
    "progress": ("model",),
    "stopped": ("model",),
    "extensions": ("deadline", "undated"),
    "periods": ("recurs",),
    "handovers": ("lead",),
    "values": ("goal",),
}


def edited(data: bytes, edits: Iterable[Edit], before: FileReading | Plan | None = None) -> bytes:
    """The file's bytes with the edits made, proven: read again, they differ by these edits alone.

    ``before`` is what reading ``data`` gave, where somebody has read it to edit it; or its plan alone,
    where that is known: marks are then made without a reading before them, if that is certain. Raises
    ChangeRefused where the file is no valid plan, a place to write is not certain, or the proof fails.
    """
    wanted, written = list(edits), data
    if isinstance(before, Plan):
        return _edited_in_lines(data, wanted, before) or edited(data, wanted)
    reading = before or read(data, edit=True)
    if reading.plan is None:
        raise ChangeRefused(_("Tệp có lỗi; chạy de06 check rồi sửa trước khi ghi."))
    plan, bom = reading.plan, _BOM if data.startswith(_BOM) else b""
    now, later = _one_at_a_time(plan, wanted)
    if later:
        written = edited(edited(data, now, reading), later)
        _prove(plan, written, wanted)
        return written
    for number, layer in enumerate(_layers(wanted)):
        # Between two layers the plan may be one that no file may hold; the proof comes at the end.
        document = parse(written, edit=True) if number else reading.document
        written = bom + _spliced(document, layer, plan)
        plan = after(plan, layer)
    _prove(reading.plan, written, wanted)
    return written


def _edited_in_lines(data: bytes, edits: list[Edit], plan: Plan) -> bytes | None:
    """The same, made of the lines of the models that the edits are about; ``plan`` is what ``data`` says.
    None where that, or the reason why it can't be made, takes a reading of the whole file."""
    by_model: dict[int, list[Edit]] = {}
    try:
        for edit in edits:
            if not isinstance(edit, SetProgress | SetExtensions | SetPart):
                return None
            by_model.setdefault(lookup.model_index(plan, edit.model), []).append(edit)
        written, found = data, ModelLines(data, plan)
        for index in sorted(by_model, reverse=True):
            lines = found.of(index)
            alone = plan._replace(models=(plan.models[index],))
            new = _spliced(lines.document, by_model[index], alone).removeprefix(HEAD)
            written = written[: lines.start] + new + written[lines.end :]
        _prove(plan, written, edits)
    except ChangeRefused:
        return None
    return written


def _spliced(document: Document, edits: Sequence[Edit], plan: Plan) -> bytes:
    """The document's text with edits made at once; ``plan`` is what it says."""
    if document.value is None:
        raise _unproven()
    with no_collector():
        found = [one for edit in _anchored(edits) for one in _splices(document, plan, edit)]
    text = document.source.text
    places = sorted(enumerate(found), key=lambda one: (one[1].start, one[1].end, one[0]))
    for _number, splice in reversed(places):  # of two at one place the second is made first
        text = text[: splice.start] + splice.text + text[splice.end :]
    # Half a surrogate pair goes through, so that the proof refuses it.
    return text.encode("utf-8", "surrogatepass")


def _layers(edits: Sequence[Edit]) -> list[list[Edit]]:
    """The edits in layers that can each be made at once: an item or a field is alone in its model there,
    and a group in the list of groups."""
    layers: list[list[Edit]] = [[]]
    last: dict[Label, tuple[int, bool]] = {}
    for edit in edits:
        model = item_edit.about(edit) if isinstance(edit, SetItem) else _model_of(edit)
        alone = isinstance(edit, SetItem | SetField)
        number = 0
        if model is not None:
            if model in last:
                number = last[model][0] + (alone or last[model][1])
            last[model] = number, alone
        if number == len(layers):
            layers.append([])
        layers[number].append(edit)
    return layers


def _model_of(edit: Edit) -> Label | None:
    return None if isinstance(edit, SetEnded | RenameAgency) else edit.model


def _anchored(edits: Sequence[Edit]) -> Iterable[Edit]:
    """The edits; an item behind another new one is put where that one is."""
    anchors: dict[tuple[str, Label], Label | None] = {}
    for edit in edits:
        if isinstance(edit, SetItem) and edit.there and edit.name != "steps":
            after = edit.after
            while after is not None and (edit.name, after) in anchors:
                after = anchors[edit.name, after]
            anchors[edit.name, edit.key] = after
            yield edit._replace(after=after)
        else:
            yield edit


def _one_at_a_time(plan: Plan, edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """The edits with one change of each list of periods, and those that make the other changes of these
    lists, once that is written."""
    now: list[Edit] = []
    later: list[Edit] = []
    for edit in edits:
        if isinstance(edit, SetPart) and edit.name == "periods" and isinstance(edit.value, tuple):
            before = plan.models[lookup.model_index(plan, edit.model)].periods
            value = _nearer(before, edit.value)
            if value != edit.value:
                later.append(edit)
                edit = edit._replace(value=value)  # noqa: PLW2901 - its first change
        now.append(edit)
    return now, later


def _nearer(before: Sequence[Any], wanted: Sequence[Any]) -> tuple[Any, ...]:
    """The list ``before`` with one change on the way to ``wanted``."""
    at = _first_other(before, wanted)
    if len(before) > len(wanted):
        return (*before[:at], *before[at + 1 :])
    left = before[at:] if len(before) < len(wanted) else before[at + 1 :]
    return (*before[:at], *wanted[at : at + 1], *left)


def _prove(before: Plan, data: bytes, edits: list[Edit]) -> None:
    if read(data).plan != after(before, edits):
        raise _unproven()


def _unproven() -> ChangeRefused:
    return ChangeRefused(
        _(
            "Chỗ này trong tệp được viết khác thường, không bảo đảm chỉ thay đổi "
            "đúng nội dung yêu cầu nên chưa ghi gì. Hãy sửa trực tiếp trong tệp rồi "
            "chạy de06 check."
        )
    )


def inverses(plan: Plan, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that take edits back, in the order in which they have to be made.

    Marks do not depend on each other and keep their order; items and fields are taken back the last first.
    """
    found = []
    for edit in edits:
        found.append(inverse(plan, edit))
        plan = applied(plan, edit)
    built = any(isinstance(edit, SetItem | SetField) for edit in edits)
    return found[::-1] if built else found


def inverse(plan: Plan, edit: Edit) -> Edit:
    """The edit that takes ``edit`` back; ``plan`` is the plan before it."""
    if isinstance(edit, SetItem):
        return item_edit.inverse(edit)
    if isinstance(edit, SetField):
        return field_edit.inverse(plan, edit)
    if isinstance(edit, RenameAgency):
        agency = plan.agencies[lookup.agency_index(plan, edit.old)]
        return RenameAgency(edit.new, edit.old, agency.aliases)
    if isinstance(edit, SetEnded):
        return SetEnded(edit.agency, plan.agencies[lookup.agency_index(plan, edit.agency)].ended)
    model = plan.models[lookup.model_index(plan, edit.model)]
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, model.extensions)
    if isinstance(edit, SetPart):
        holder = (
            model if edit.target is None else model.targets[lookup.target_index(model, edit.target)]
        )
        return edit._replace(value=getattr(holder, edit.name))
    if edit.step is None:
        return SetProgress(edit.model, None, model.progress)
    return SetProgress(
        edit.model, edit.step, model.steps[lookup.step_index(model, edit.step)].progress
    )


def after(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan with all edits made, as a record."""
    for edit in edits:
        plan = applied(plan, edit)
    return plan


def applied(plan: Plan, edit: Edit) -> Plan:
    """The plan with the edit made, as a record."""
    if isinstance(edit, SetItem):
        return item_edit.applied(plan, edit)
    if isinstance(edit, SetField):
        return field_edit.applied(plan, edit)
    if isinstance(edit, RenameAgency):
        return _renamed(plan, edit)
    if isinstance(edit, SetEnded):
        at = lookup.agency_index(plan, edit.agency)
        agency = plan.agencies[at]._replace(ended=edit.ended)
        return plan._replace(agencies=lookup.replaced_at(plan.agencies, at, agency))
    index = lookup.model_index(plan, edit.model)
    return plan._replace(
        models=lookup.replaced_at(plan.models, index, _edited(plan.models[index], edit))
    )


def _renamed(plan: Plan, edit: RenameAgency) -> Plan:
    """The plan with a code in place of another; one that has it already stays as it is."""
    codes = {agency.code for agency in plan.agencies}
    if edit.old in codes and edit.new in agency_codes.used(plan):
        raise ChangeRefused(_("Kế hoạch đã có mã {code}; chưa ghi gì.").format(code=edit.new))
    renamed = agency_codes.replaced(plan, edit.old, edit.new)
    at = lookup.agency_index(renamed, edit.new)
    agency = renamed.agencies[at]._replace(aliases=edit.aliases)
    return renamed._replace(agencies=lookup.replaced_at(renamed.agencies, at, agency))


def _edited(model: Model, edit: SetProgress | SetExtensions | SetPart) -> Model:
    if isinstance(edit, SetExtensions):
        return model._replace(extensions=edit.extensions)
    if isinstance(edit, SetPart):
        changed: dict[str, Any] = {edit.name: edit.value}
        if edit.target is None:
            return model._replace(**changed)
        at = lookup.target_index(model, edit.target)
        target = model.targets[at]._replace(**changed)
        return model._replace(targets=lookup.replaced_at(model.targets, at, target))
    if edit.step is None:
        return model._replace(progress=edit.progress)
    at = lookup.step_index(model, edit.step)
    step = model.steps[at]._replace(progress=edit.progress)
    return model._replace(steps=lookup.replaced_at(model.steps, at, step))


def _splices(document: Document, plan: Plan, edit: Edit) -> list[Splice]:
    if isinstance(edit, SetItem):
        return item_edit.splices(document, plan, edit)
    if isinstance(edit, SetField):
        return field_edit.splices(document, plan, edit)
    if isinstance(edit, RenameAgency):
        return _renaming(document, plan, edit)
    if isinstance(edit, SetEnded):
        at = lookup.agency_index(plan, edit.agency)
        place = mapping(document, ("agencies", at))
        return _setting(place, "ended", plan.agencies[at].ended, edit.ended, "name")
    index = lookup.model_index(plan, edit.model)
    model = plan.models[index]
    place = mapping(document, ("models", index))
    if isinstance(edit, SetExtensions):
        return _list_splices(place, "extensions", model.extensions, edit.extensions)
    if isinstance(edit, SetPart):
        return _part_splices(document, index, model, edit)
    if edit.step is None:
        return _setting(place, "progress", model.progress, edit.progress, "model")
    at = lookup.step_index(model, edit.step)
    place = mapping(document, ("models", index, "steps", at))
    return _setting(place, "progress", model.steps[at].progress, edit.progress, "step")


def _renaming(document: Document, plan: Plan, edit: RenameAgency) -> list[Splice]:
    at = lookup.agency_index(plan, edit.old)
    splices = agency_codes.splices(
        document, plan, edit.old, yaml_item.scalar(edit.new, quote=False)
    )
    place = mapping(document, ("agencies", at))
    before = plan.agencies[at].aliases
    after = [yaml_item.quoted(alias) for alias in edit.aliases]
    if edit.aliases == before:
        return splices
    if not after:
        splice = place.removal("aliases")
    elif not before:
        splice = place.setting("aliases", f"[{', '.join(after)}]", after="name")
    elif len(after) < len(before):
        splice = place.item_removal("aliases", _first_other(before, edit.aliases))
    elif len(after) == len(before):
        other = _first_other(before, edit.aliases)
        splice = place.item_replacement("aliases", other, after[other])
    else:
        splice = place.appending("aliases", after[-1], after="name")
    return [*splices, place.without_loss(splice)]


def _first_other(before: Sequence[object], after: Sequence[object]) -> int:
    """The place of the first item that two lists do not share."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((at for at, pair in pairs if pair[0] != pair[1]), min(len(before), len(after)))


def _part_splices(document: Document, index: int, model: Model, edit: SetPart) -> list[Splice]:
    path: tuple[str | int, ...] = ("models", index)
    holder: Model | Target = model
    if edit.target is not None:
        at = lookup.target_index(model, edit.target)
        path, holder = (*path, "targets", at), model.targets[at]
    place, before = mapping(document, path), getattr(holder, edit.name)
    value = edit.value
    if value is None or isinstance(value, Stop):
        return _setting(place, edit.name, before, value, *_UNDER[edit.name])
    return _list_splices(place, edit.name, before, value)


def _setting(
    place: Entries, key: str, before: Flow | None, after: Flow | None, under: str
) -> list[Splice]:
    """What makes one record of another."""
    if before == after:
        return []
    if after is None:
        return [place.without_loss(place.removal(key))]
    splice = place.setting(key, flow(after, place.json_style), after=under)
    return [place.without_loss(splice)]


def _list_splices(
    place: Entries, key: str, before: Sequence[Flow], after: Sequence[Flow]
) -> list[Splice]:
    """What makes one list of another that has one record more, less or in another form."""
    if before == after:
        return []
    if not after:
        return [place.without_loss(place.removal(key))]
    at = _first_other(before, after)
    if len(after) < len(before):
        splice = place.item_removal(key, at)
    else:
        value = flow(after[at], place.json_style)
        if len(after) == len(before):
            splice = place.item_replacement(key, at, value)
        else:
            under = next(name for name in _UNDER[key] if name in place.node.entries)
            splice = place.item_insertion(key, at, value, under)
    return [place.without_loss(splice)]


# Writing a record --------------------------------------------------------------------------------


def flow(record: Flow, json_style: bool = False) -> str:
    """The record as one line of YAML's flow style: ``{status: done, date: 2023-11-20}``.

    ``json_style`` quotes the keys and every value, as in a file that is JSON.
    """
    return yaml_item.flow(yaml_item.values_of(record), json_style=json_style)
