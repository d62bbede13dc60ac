"""Single-line edits of a file that people keep by hand: text in, text out.

An edit splices at the places of nodes and never writes a document anew, so every byte outside the lines
it is about stays. The caller proves the result by reading it again (``proven``); where the place is
not certain the edit is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.fields import fields
from de06cli.plan.file.document import Document, Mapping
from de06cli.plan.file.reader import FileReading, no_collector, read
from de06cli.plan.file.splicing import Entries, Splice, uncertain
from de06cli.plan.records import Extension, Model, Plan, Progress

_BOM = b"\xef\xbb\xbf"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")


class SetProgress(NamedTuple):
    """Step ``step`` of model ``model`` is to say ``progress``; None makes it unmarked."""

    model: int
    step: int
    progress: Progress | None


class SetExtensions(NamedTuple):
    """Model ``model`` is to have exactly these extensions: one more or one less than it has."""

    model: int
    extensions: tuple[Extension, ...]


Edit = SetProgress | SetExtensions


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
    model = plan.models[_model_index(plan, edit.model)]
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, model.extensions)
    return SetProgress(edit.model, edit.step, model.steps[_step_index(model, edit.step)].progress)


def after(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan with all edits made, as a record."""
    for edit in edits:
        plan = applied(plan, edit)
    return plan


def applied(plan: Plan, edit: Edit) -> Plan:
    """The plan with the edit made, as a record."""
    models = list(plan.models)
    index = _model_index(plan, edit.model)
    model = models[index]
    if isinstance(edit, SetExtensions):
        models[index] = model._replace(extensions=edit.extensions)
    else:
        steps = list(model.steps)
        at = _step_index(model, edit.step)
        steps[at] = steps[at]._replace(progress=edit.progress)
        models[index] = model._replace(steps=tuple(steps))
    return plan._replace(models=tuple(models))


def _model_index(plan: Plan, number: int) -> int:
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


def _splices(reading: FileReading, plan: Plan, edit: Edit) -> list[Splice]:
    index = _model_index(plan, edit.model)
    model = plan.models[index]
    document = reading.document
    if isinstance(edit, SetExtensions):
        return _extension_splices(_mapping(document, ("models", index)), edit, model.extensions)
    at = _step_index(model, edit.step)
    if model.steps[at].progress == edit.progress:
        return []
    place = _mapping(document, ("models", index, "steps", at))
    if edit.progress is None:
        return [place.without_loss(place.removal("progress"))]
    value = flow(edit.progress, place.json_style)
    return [place.without_loss(place.setting("progress", value, after="step"))]


def _extension_splices(
    place: Entries, edit: SetExtensions, before: tuple[Extension, ...]
) -> list[Splice]:
    if edit.extensions == before:
        return []
    if not edit.extensions:
        splice = place.removal("extensions")
    elif len(edit.extensions) < len(before):
        splice = place.item_removal("extensions")
    else:
        value = flow(edit.extensions[-1], place.json_style)
        splice = place.appending("extensions", value, "deadline")
    return [place.without_loss(splice)]


def _mapping(document: Document, path: tuple[str | int, ...]) -> Entries:
    node = document.part(path)
    if not isinstance(node, Mapping):
        raise uncertain(document, 0)
    return Entries(document, node)


# Writing a record --------------------------------------------------------------------------------


def flow(record: Progress | Extension, json_style: bool = False) -> str:
    """The record as one line of YAML's flow style: ``{status: done, date: 2023-11-20}``.

    ``json_style`` quotes the keys and every value, as in a file that is JSON.
    """
    pairs = []
    kind: type = record.__class__
    for field, value in zip(fields(kind).values(), record, strict=True):
        if value is not None and value != ():
            key = f'"{field.name}"' if json_style else field.name
            pairs.append(f"{key}: {_flow_value(value, json_style or field.prose)}")
    return "{" + ", ".join(pairs) + "}"


def _flow_value(value: str | int | date | tuple[str, ...], quoted: bool) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_scalar(one, quoted) for one in value) + "]"
    return str(value) if isinstance(value, int) else _scalar(value, quoted)


def _scalar(value: str | date, quoted: bool) -> str:
    text = value.isoformat() if isinstance(value, date) else value
    if not quoted and _PLAIN.fullmatch(text) and text not in {"null", "Null", "NULL"}:
        return text
    # JSON's escapes are YAML's; the separators of lines and what no file may hold must not stand as they are.
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", escaped
    )
