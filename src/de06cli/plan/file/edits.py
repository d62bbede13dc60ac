"""Single-line edits of a file that people keep by hand: text in, text out.

An edit splices at the places of nodes and never writes a document anew, so every byte outside the lines
it is about stays. The caller proves the result by reading it again (``proven``); where the place is
not certain the edit is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.declaring import Label
from de06cli.plan.file import agency_codes
from de06cli.plan.file.document import Document, Mapping
from de06cli.plan.file.items import yaml_item
from de06cli.plan.file.reader import FileReading, no_collector, read
from de06cli.plan.file.splicing import Entries, Splice, uncertain
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

_Item = TypeVar("_Item")

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
Edit = SetProgress | SetExtensions | SetPart | SetEnded | RenameAgency

# The line under which a field's line is put.
_UNDER = {
    "progress": ("model",),
    "stopped": ("model",),
    "extensions": ("deadline", "undated"),
    "periods": ("recurs",),
    "handovers": ("lead",),
    "values": ("goal",),
}


def edited(data: bytes, edits: Iterable[Edit], before: FileReading | None = None) -> bytes:
    """The file's bytes with the edits made, proven: read again, they differ by these edits alone.

    ``before`` is what reading ``data`` gave, where somebody has read it to edit it. Raises ChangeRefused
    where the file is not a valid plan, where a place to write is not certain, or where the proof fails.
    """
    before = before or read(data, edit=True)
    if before.plan is None:
        raise ChangeRefused(_("Tệp có lỗi; chạy de06 check rồi sửa trước khi ghi."))
    wanted = list(edits)
    with no_collector():
        splices = [splice for edit in wanted for splice in _splices(before, before.plan, edit)]
    text = before.document.source.text
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end), reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    # Half a surrogate pair goes through, so that the proof refuses it.
    encoded = text.encode("utf-8", "surrogatepass")
    written = (_BOM if data.startswith(_BOM) else b"") + encoded
    _prove(before.plan, written, wanted)
    return written


def _prove(before: Plan, data: bytes, edits: list[Edit]) -> None:
    if read(data).plan != after(before, edits):
        raise ChangeRefused(
            _(
                "Chỗ này trong tệp được viết khác thường, không bảo đảm chỉ thay đổi "
                "đúng nội dung yêu cầu nên chưa ghi gì. Hãy sửa trực tiếp trong tệp rồi "
                "chạy de06 check."
            )
        )


def inverse(plan: Plan, edit: Edit) -> Edit:
    """The edit that takes ``edit`` back; ``plan`` is the plan before it."""
    if isinstance(edit, RenameAgency):
        agency = plan.agencies[_agency_index(plan, edit.old)]
        return RenameAgency(edit.new, edit.old, agency.aliases)
    if isinstance(edit, SetEnded):
        return SetEnded(edit.agency, plan.agencies[_agency_index(plan, edit.agency)].ended)
    model = plan.models[_model_index(plan, edit.model)]
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, model.extensions)
    if isinstance(edit, SetPart):
        holder = model if edit.target is None else model.targets[_target_index(model, edit.target)]
        return edit._replace(value=getattr(holder, edit.name))
    if edit.step is None:
        return SetProgress(edit.model, None, model.progress)
    return SetProgress(edit.model, edit.step, model.steps[_step_index(model, edit.step)].progress)


def after(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan with all edits made, as a record."""
    for edit in edits:
        plan = applied(plan, edit)
    return plan


def applied(plan: Plan, edit: Edit) -> Plan:
    """The plan with the edit made, as a record."""
    if isinstance(edit, RenameAgency):
        return _renamed(plan, edit)
    if isinstance(edit, SetEnded):
        at = _agency_index(plan, edit.agency)
        agency = plan.agencies[at]._replace(ended=edit.ended)
        return plan._replace(agencies=_with(plan.agencies, at, agency))
    index = _model_index(plan, edit.model)
    return plan._replace(models=_with(plan.models, index, _edited(plan.models[index], edit)))


def _renamed(plan: Plan, edit: RenameAgency) -> Plan:
    """The plan with a code in place of another; one that has it already stays as it is."""
    codes = {agency.code for agency in plan.agencies}
    if edit.old in codes and edit.new in agency_codes.used(plan):
        raise ChangeRefused(_("Kế hoạch đã có mã {code}; chưa ghi gì.").format(code=edit.new))
    renamed = agency_codes.replaced(plan, edit.old, edit.new)
    at = _agency_index(renamed, edit.new)
    agency = renamed.agencies[at]._replace(aliases=edit.aliases)
    return renamed._replace(agencies=_with(renamed.agencies, at, agency))


def _edited(model: Model, edit: SetProgress | SetExtensions | SetPart) -> Model:
    if isinstance(edit, SetExtensions):
        return model._replace(extensions=edit.extensions)
    if isinstance(edit, SetPart):
        changed: dict[str, Any] = {edit.name: edit.value}
        if edit.target is None:
            return model._replace(**changed)
        at = _target_index(model, edit.target)
        target = model.targets[at]._replace(**changed)
        return model._replace(targets=_with(model.targets, at, target))
    if edit.step is None:
        return model._replace(progress=edit.progress)
    at = _step_index(model, edit.step)
    step = model.steps[at]._replace(progress=edit.progress)
    return model._replace(steps=_with(model.steps, at, step))


def _with(items: tuple[_Item, ...], at: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:at], item, *items[at + 1 :])


def _model_index(plan: Plan, number: Label) -> int:
    for index, model in enumerate(plan.models):
        if model.model == number:
            return index
    raise ChangeRefused(_("Kế hoạch không còn mô hình {model}; chưa ghi gì.").format(model=number))


def _step_index(model: Model, number: int) -> int:
    for index, step in enumerate(model.steps):
        if step.step == number:
            return index
    raise ChangeRefused(
        _("Mô hình {model} không còn bước {step}; chưa ghi gì.").format(
            model=model.model, step=number
        )
    )


def _agency_index(plan: Plan, code: str) -> int:
    for index, agency in enumerate(plan.agencies):
        if agency.code == code:
            return index
    raise ChangeRefused(_("Kế hoạch không còn đơn vị {code}; chưa ghi gì.").format(code=code))


def _target_index(model: Model, number: int) -> int:
    for index, target in enumerate(model.targets):
        if target.target == number:
            return index
    raise ChangeRefused(
        _("Mô hình {model} không còn chỉ tiêu {target}; chưa ghi gì.").format(
            model=model.model, target=number
        )
    )


def _splices(reading: FileReading, plan: Plan, edit: Edit) -> list[Splice]:
    document = reading.document
    if isinstance(edit, RenameAgency):
        return _renaming(document, plan, edit)
    if isinstance(edit, SetEnded):
        at = _agency_index(plan, edit.agency)
        place = _mapping(document, ("agencies", at))
        return _setting(place, "ended", plan.agencies[at].ended, edit.ended, "name")
    index = _model_index(plan, edit.model)
    model = plan.models[index]
    place = _mapping(document, ("models", index))
    if isinstance(edit, SetExtensions):
        return _list_splices(place, "extensions", model.extensions, edit.extensions)
    if isinstance(edit, SetPart):
        return _part_splices(document, index, model, edit)
    if edit.step is None:
        return _setting(place, "progress", model.progress, edit.progress, "model")
    at = _step_index(model, edit.step)
    place = _mapping(document, ("models", index, "steps", at))
    return _setting(place, "progress", model.steps[at].progress, edit.progress, "step")


def _renaming(document: Document, plan: Plan, edit: RenameAgency) -> list[Splice]:
    at = _agency_index(plan, edit.old)
    splices = agency_codes.splices(
        document, plan, edit.old, yaml_item.scalar(edit.new, quote=False)
    )
    place = _mapping(document, ("agencies", at))
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
        at = _target_index(model, edit.target)
        path, holder = (*path, "targets", at), model.targets[at]
    place, before = _mapping(document, path), getattr(holder, edit.name)
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


def _mapping(document: Document, path: tuple[str | int, ...]) -> Entries:
    node = document.part(path)
    if not isinstance(node, Mapping):
        raise uncertain(document, 0)
    return Entries(document, node)


# Writing a record --------------------------------------------------------------------------------


def flow(record: Flow, json_style: bool = False) -> str:
    """The record as one line of YAML's flow style: ``{status: done, date: 2023-11-20}``.

    ``json_style`` quotes the keys and every value, as in a file that is JSON.
    """
    return yaml_item.flow(yaml_item.values_of(record), json_style=json_style)
