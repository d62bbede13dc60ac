"""The models and steps that typed addresses name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses, nouns, periods
from de06cli.plan.addresses import Address
from de06cli.plan.agencies import nearest
from de06cli.plan.cache.index import Index
from de06cli.plan.declaring import Label
from de06cli.plan.parts import Step, Target
from de06cli.plan.periods import Period
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Model


class Place(NamedTuple):
    """A model, or a step, a target or a period of it; ``position`` counts models through all plans from 0."""

    position: int
    model: Model
    step: Step | None = None
    target: Target | None = None
    period: Period | None = None  # as typed: whether the duty owes it is another question


def resolve(text: str, portfolio: Portfolio, *, surely: bool = False) -> Place:
    """The model or step that ``text`` names. Raises RefusedValue where there is none, or several.

    With ``surely``, a file that is missing among the plans may have it too.
    """
    address, positions = _found(text, portfolio)
    codes = [portfolio.heading_at(position).code for position in positions]
    shown = ", ".join(addresses.within(code, text.strip()) for code in codes[:3])
    if len(positions) > 1:
        raise RefusedValue(
            _("{n} kế hoạch có {text}. Hãy viết rõ kế hoạch, ví dụ {shown}.").format(
                n=len(codes), text=text.strip(), shown=shown
            )
        )
    if surely and portfolio.missing and not address.plan:
        raise RefusedValue(
            _(
                "Có tệp không đọc được, nên {text} có thể thuộc nhiều kế hoạch. Hãy viết "
                "rõ {shown}."
            ).format(text=text.strip(), shown=shown)
        )
    model = portfolio.model(positions[0])
    if address.period is not None:
        return Place(positions[0], model, period=_period(address.period, model))
    if address.target is not None:
        return Place(positions[0], model, target=_target(address.target, model))
    if address.step is None:
        return Place(positions[0], model)
    if not model.steps:
        raise RefusedValue(
            nouns.filled(_("{Model} {number} không có {step}.")).format(number=model.model)
        )
    for step in model.steps:
        if step.step == address.step:
            return Place(positions[0], model, step)
    raise RefusedValue(
        nouns.filled(_("{Model} {number} không có {step} {wanted}; các {step} là {steps}.")).format(
            number=model.model,
            wanted=address.step,
            steps=", ".join(str(step.step) for step in model.steps),
        )
    )


def positions(text: str, portfolio: Portfolio) -> list[int]:
    """The models that ``text`` names, in every plan. Raises RefusedValue where there is none."""
    return _found(text, portfolio)[1]


def _found(text: str, portfolio: Portfolio) -> tuple[Address, list[int]]:
    address = addresses.parsed(text)
    if address is None:
        raise RefusedValue(
            nouns.filled(
                _(
                    "“{text}” không phải là số hiệu {model} hoặc {step}. Viết 9 hoặc MH9 ({model}), "
                    "9.2 ({step}), stt:4 (số thứ tự 4 trong phụ lục)."
                )
            ).format(text=text)
        )
    known = _numbers(portfolio.index, address)
    found = known.get(address.number, [])
    if address.plan:
        plan = _plan(address.plan, portfolio)
        found = [position for position in found if portfolio.plan_at(position) == plan]
        known = _numbers(portfolio.plans[plan].index, address)
    if found:
        return address, found
    unknown = _unknown_row if address.row else _unknown_model
    raise unknown(address.number, _as_written(known, address, portfolio))


def _as_written(
    known: dict[Label, list[int]], address: Address, portfolio: Portfolio
) -> list[Label]:
    """The labels as their plan has them: the index has texts in small letters."""
    if all(isinstance(label, int) for label in known):
        return [*known]
    first = portfolio.firsts[_plan(address.plan, portfolio)] if address.plan else 0
    models = [portfolio.model(first + positions[0]) for positions in known.values()]
    labels = [model.stt if address.row else model.model for model in models]
    return [label for label in labels if label is not None]


def _numbers(index: Index, address: Address) -> dict[Label, list[int]]:
    """The positions of models by the kind of number that the address has."""
    return index.rows if address.row else index.numbers


def _plan(typed: str, portfolio: Portfolio) -> int:
    """The number of the plan with this code. Raises UnreadableData where several files claim it."""
    codes = [plan.heading.code for plan in portfolio.plans]
    for number, code in enumerate(codes):
        if unicodedata.normalize("NFC", code).casefold() == typed.casefold():
            return number
    portfolio.refuse_claimed(typed)
    if len(codes) == 1:
        raise RefusedValue(
            _("Không có kế hoạch “{plan}”; kế hoạch đang dùng là {code}.").format(
                plan=typed, code=codes[0]
            )
        )
    raise RefusedValue(
        _("Không có kế hoạch “{plan}”. Gợi ý: {near}.").format(
            plan=typed, near=", ".join(nearest(typed, codes))
        )
    )


def _period(text: str, model: Model) -> Period:
    """The period of a recurring duty. Raises RefusedValue for a text that is none."""
    if model.recurs is None:
        raise RefusedValue(
            nouns.filled(_("{Model} {number} không phải là nhiệm vụ định kỳ.")).format(
                number=model.model
            )
        )
    period = periods.typed(text)
    if period is None:
        raise RefusedValue(
            _("“{text}” không phải là một kỳ (ví dụ 2025-01, 2025-Q1, 2025).").format(text=text)
        )
    return period


def _target(number: int, model: Model) -> Target:
    """The target of that number. Raises RefusedValue where the model has none."""
    for target in model.targets:
        if target.target == number:
            return target
    if not model.targets:
        raise RefusedValue(
            nouns.filled(_("{Model} {number} không có chỉ tiêu.")).format(number=model.model)
        )
    raise RefusedValue(
        nouns.filled(
            _("{Model} {number} không có chỉ tiêu {target}; các chỉ tiêu là {targets}.")
        ).format(
            number=model.model,
            target=number,
            targets=", ".join(f"t{one.target}" for one in model.targets),
        )
    )


def _unknown_row(row: Label, rows: Iterable[Label]) -> RefusedValue:
    known = list(rows)
    if not known:
        return RefusedValue(
            nouns.filled(
                _("Kế hoạch này không ghi số thứ tự trong phụ lục (stt). Hãy gõ số hiệu {model}.")
            )
        )
    return RefusedValue(
        _("Phụ lục không có số thứ tự {row}. Gợi ý: {near}.").format(
            row=row, near=_nearest(row, known)
        )
    )


def _unknown_model(number: Label, known: Iterable[Label]) -> RefusedValue:
    of_letters = isinstance(number, str) and number[0].isalpha()  # Roman numerals: IX, II-3
    written = str(number).upper() if of_letters else number
    return RefusedValue(
        nouns.filled(_("Không có {model} {number}. Gợi ý: {near}. Xem tất cả: de06 list.")).format(
            number=written, near=_nearest(number, known)
        )
    )


def _nearest(number: Label, known: Iterable[Label]) -> str:
    """The three known numbers next to ``number``, in order; those that look most like it, of texts."""
    listed = [*known]
    numbers = [other for other in listed if isinstance(other, int)]
    if isinstance(number, str) or not numbers:
        return ", ".join(nearest(f"{number}", [f"{other}" for other in listed]))
    near = sorted(numbers, key=lambda other: (abs(other - number), other))[:3]
    return ", ".join(map(str, sorted(near)))
