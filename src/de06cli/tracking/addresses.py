"""How people name a model or a step: 9, MH9, 9.2, stt:4, HONQUAN:9.2."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan.records import Model, Plan, Step

_ADDRESS = re.compile(
    r"(?:(?P<plan>(?!stt:)[^:\s]+):)?"
    r"(?:stt:(?P<stt>[0-9]{1,9})|(?:mh|mô hình|mo hinh)?\s*(?P<model>[0-9]{1,9}))"
    r"(?:\.(?P<step>[0-9]{1,9}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A model of a plan, or one of its steps."""

    model: Model
    step: Step | None


def resolve(text: str, plan: Plan) -> Place:
    """The model or step that ``text`` names in ``plan``. Raises RefusedValue where there is none."""
    match = _ADDRESS.fullmatch(unicodedata.normalize("NFC", text.strip()))
    if match is None:
        raise RefusedValue(
            _(
                "“{text}” không phải là địa chỉ. Viết 9 hoặc MH9 (mô hình), 9.2 (bước), "
                "stt:4 (dòng 4 của bảng in)."
            ).format(text=text)
        )
    code = plan.plan.code
    if match["plan"] and match["plan"].casefold() != code.casefold():
        raise RefusedValue(
            _("Không có kế hoạch “{plan}”; kế hoạch đang dùng là {code}.").format(
                plan=match["plan"], code=code
            )
        )
    model = _model(match, plan)
    if match["step"] is None:
        return Place(model, None)
    number = int(match["step"])
    for step in model.steps:
        if step.step == number:
            return Place(model, step)
    raise RefusedValue(
        _("Mô hình {model} không có bước {step}; các bước là {steps}.").format(
            model=model.model, step=number, steps=", ".join(str(step.step) for step in model.steps)
        )
    )


def _model(match: re.Match[str], plan: Plan) -> Model:
    if match["stt"] is not None:
        row = int(match["stt"])
        for model in plan.models:
            if model.stt == row:
                return model
        rows = [model.stt for model in plan.models if model.stt is not None]
        if not rows:
            raise RefusedValue(
                _("Kế hoạch này không ghi số dòng của bảng in (stt). Hãy gõ số mô hình.")
            )
        raise RefusedValue(
            _("Bảng in không có dòng {row}. Gần nhất: {near}.").format(
                row=row, near=_nearest(row, rows)
            )
        )
    number = int(match["model"])
    for model in plan.models:
        if model.model == number:
            return model
    raise RefusedValue(
        _("Không có mô hình {model}. Gần nhất: {near}. Xem tất cả: de06 list.").format(
            model=number, near=_nearest(number, [model.model for model in plan.models])
        )
    )


def _nearest(number: int, known: Iterable[int]) -> str:
    """The three known numbers next to ``number``, in order."""
    near = sorted(known, key=lambda other: (abs(other - number), other))[:3]
    return ", ".join(map(str, sorted(near)))
