"""The places of what an edit names by its number or code."""

from __future__ import annotations

from typing import TypeVar

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.declaring import Label
from de06cli.plan.records import Model, Plan

_Item = TypeVar("_Item")


def replaced_at(items: tuple[_Item, ...], at: int, item: _Item) -> tuple[_Item, ...]:
    """The items with another one at a place."""
    return (*items[:at], item, *items[at + 1 :])


def model_index(plan: Plan, number: Label) -> int:
    """The place of a model in its plan. Raises ChangeRefused where there is none, as all below."""
    for index, model in enumerate(plan.models):
        if model.model == number:
            return index
    raise ChangeRefused(
        nouns.filled(_("Kế hoạch không còn {model} {number}; chưa ghi gì.")).format(number=number)
    )


def step_index(model: Model, number: int) -> int:
    for index, step in enumerate(model.steps):
        if step.step == number:
            return index
    raise ChangeRefused(
        nouns.filled(_("{Model} {number} không còn {step} {wanted}; chưa ghi gì.")).format(
            number=model.model, wanted=number
        )
    )


def agency_index(plan: Plan, code: str) -> int:
    for index, agency in enumerate(plan.agencies):
        if agency.code == code:
            return index
    raise ChangeRefused(_("Kế hoạch không còn đơn vị {code}; chưa ghi gì.").format(code=code))


def target_index(model: Model, number: int) -> int:
    for index, target in enumerate(model.targets):
        if target.target == number:
            return index
    raise ChangeRefused(
        nouns.filled(_("{Model} {number} không còn chỉ tiêu {target}; chưa ghi gì.")).format(
            number=model.model, target=number
        )
    )
