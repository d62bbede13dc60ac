"""One more model, step, agency or group: what it says, where it stands, and what refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from de06cli.characters import clip
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.agencies import called, fold
from de06cli.plan.declaring import Label
from de06cli.plan.file.items import agency_codes
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.parts import Step
from de06cli.plan.records import Agency, Group, Model, Plan
from de06cli.plan.validation.fitting import fitted_value
from de06cli.plan.validation.notation import is_code


def new_model(plan: Plan, model: Model, after: Label | None) -> SetItem:
    """The edit that adds a model: behind the model ``after``, else behind the last one of its group, else
    at the end.

    Raises RefusedValue where its number is taken, or where its time and its steps cannot go together.
    """
    _refuse_number(plan, model.model)
    _refuse_times(plan, model)
    if after is None:
        of_group = [one.model for one in plan.models if one.group == model.group]
        after = of_group[-1] if model.group and of_group else plan.models[-1].model
    return SetItem("models", model, after)


def next_number(plan: Plan, group: str | None) -> Label:
    """The number after the last one: II-4 where the group's numbers are II-1 to II-3, else 25 of 24."""
    own = [str(one.model) for one in plan.models if group and one.group == group]
    parted = [re.fullmatch(r"(.+-)([0-9]+)", number) for number in own]
    begins = {match[1] for match in parted if match}
    if own and all(parted) and len(begins) == 1:
        most = max(int(match[2]) for match in parted if match)
        return f"{begins.pop()}{most + 1}"
    return max((one.model for one in plan.models if isinstance(one.model, int)), default=0) + 1


def number_from(text: str) -> Label:
    """The number of a model as typed: 25, MH25, II-4, 1a. Raises RefusedValue for anything else."""
    bare = re.sub(r"^\s*mh\s*(?=[0-9])", "", text.strip(), flags=re.IGNORECASE)
    try:
        number: object = fitted_value(Model, "model", bare)
    except ValueError:
        number = None
    if not isinstance(number, int | str):
        raise RefusedValue(
            _("“{text}” không phải là số hiệu (ví dụ 25, 1a, II-3).").format(text=clip(text))
        )
    return number


def new_step(model: Model, step: Step, after: int | None) -> SetItem:
    """The edit that adds a step to a model: behind its step ``after`` (0: before the first), else at the end.

    Its number is given here; steps behind it move on as far as their numbers would be taken. Raises
    RefusedValue where the model has no such step, or cannot have steps.
    """
    _refuse_steps(model)
    numbers = [one.step for one in model.steps]
    if after is None:
        after = numbers[-1] if numbers else 0
    if after not in {0, *numbers}:
        raise RefusedValue(
            nouns.filled(
                _("{Model} {number} không có {step} {wanted}; các {step} là {steps}.")
            ).format(number=model.model, wanted=after, steps=", ".join(map(str, numbers)) or "–")
        )
    if any(fold(one.text) == fold(step.text) for one in model.steps):
        raise RefusedValue(
            nouns.filled(_("{Model} {number} đã có {step} với nội dung này; chưa ghi gì.")).format(
                number=model.model
            )
        )
    at = numbers.index(after) + 1 if after in numbers else 0
    number = after + 1
    moved, taken = 0, number
    while at + moved < len(numbers) and numbers[at + moved] == taken:
        moved, taken = moved + 1, taken + 1
    behind = after if after in numbers else None
    return SetItem("steps", step._replace(step=number), behind, model.model, moved)


def renumbered(model: Model, edit: SetItem) -> list[tuple[Step, int]]:
    """The steps of ``model``, as it is before the edit, that have another number after it, with that."""
    numbers = [one.step for one in model.steps]
    at = numbers.index(edit.after) + 1 if edit.after in numbers else 0
    return [(one, one.step + 1) for one in model.steps[at : at + edit.moved]]


def named_steps(model: Model, moved: Sequence[tuple[Step, int]]) -> Iterator[str]:
    """The texts of a model that name one of these steps by its number, as people write it."""
    numbers = {str(step.step) for step, _now in moved}
    texts = [model.review, *(one.text for one in model.steps)]
    texts += [one.progress.note for one in model.steps if one.progress]
    texts += [one.reason for one in model.extensions]
    for text in texts:
        found = re.findall(r"bước\s+(?:số\s+|thứ\s+)?([0-9]+)", text or "", re.IGNORECASE)
        if text and numbers.intersection(found):
            yield text


def new_agency(plan: Plan, agency: Agency, after: str | None) -> SetItem:
    """The edit that adds an agency: behind the agency ``after``, else at the end.

    Raises RefusedValue where its code or one of its names means an agency already.
    """
    refuse_code(plan, agency.code)
    for name in called(agency)[1:]:
        _refuse_name(plan, name)
    return SetItem("agencies", agency, after or plan.agencies[-1].code)


def new_group(plan: Plan, group: Group, after: str | None) -> SetItem:
    """The edit that adds a group: behind the group ``after``, else at the end.

    Raises RefusedValue where there is a group with its code or its title.
    """
    if not is_code(group.code):
        raise _no_code(group.code)
    for other in plan.groups:
        if fold(other.code) == fold(group.code) or fold(other.title) == fold(group.title):
            raise RefusedValue(
                _("Kế hoạch đã có nhóm {code} – {title}.").format(
                    code=other.code, title=clip(other.title)
                )
            )
    last = plan.groups[-1].code if plan.groups else None
    return SetItem("groups", group, after or last)


def refuse_code(plan: Plan, code: str, of: str | None = None) -> None:
    """Raises RefusedValue for what is no code, or means something already; ``of`` is whose new code it is."""
    if not is_code(code):
        raise _no_code(code)
    _refuse_name(plan, code, of)
    if code in agency_codes.used(plan):
        raise RefusedValue(_("Mã {code} đã được dùng; hãy chọn mã khác.").format(code=clip(code)))


def _no_code(code: str) -> RefusedValue:
    return RefusedValue(
        _("“{code}” không phải là mã đơn vị: chỉ dùng chữ, số, “-”, “_”, “.”.").format(
            code=clip(code)
        )
    )


def _refuse_name(plan: Plan, name: str, of: str | None = None) -> None:
    for other in plan.agencies:
        if other.code != of and fold(name) in map(fold, called(other)):
            raise RefusedValue(
                _("“{code}” đã chỉ đơn vị {other}; hãy chọn mã khác.").format(
                    code=clip(name), other=f"{other.code} – {clip(other.name)}"
                )
            )


def _refuse_number(plan: Plan, number: Label) -> None:
    for other in plan.models:
        if str(other.model).casefold() == str(number).casefold():
            raise RefusedValue(
                _("Kế hoạch đã có số hiệu {number}: {title}. Hãy chọn số hiệu khác.").format(
                    number=other.model, title=clip(other.title)
                )
            )


def _refuse_times(plan: Plan, model: Model) -> None:
    """Raises RefusedValue where the time of a model is missing, or cannot be of these kinds together."""
    said = {
        name
        for name in ("deadline", "ongoing", "undated", "recurs")
        if getattr(model, name) is not None
    }
    if not said:
        raise RefusedValue(_("Thiếu thời hạn: thêm --deadline, --ongoing, --every hoặc --undated."))
    if (said & {"undated"} and len(said) > 1) or said == {"deadline", "recurs"}:
        raise RefusedValue(
            _("--undated đứng riêng; --deadline và --every chỉ đi cùng nhau khi có --ongoing.")
        )
    if model.recurs and not (model.assigned or plan.plan.issued or model.deadline):
        raise RefusedValue(_("Nhiệm vụ định kỳ cần ngày bắt đầu: thêm --assigned NGÀY."))
    if model.steps and model.recurs and not model.deadline:
        raise _without_steps(model.model)


def _refuse_steps(model: Model) -> None:
    if model.progress:
        raise RefusedValue(
            _(
                "{model} đang có tiến độ của cả nhiệm vụ nên chưa thêm bước được. "
                "Hãy chạy de06 reset {model} rồi ghi nhận theo từng bước."
            ).format(model=model.model)
        )
    if model.recurs and not (model.deadline and model.ongoing):
        raise _without_steps(model.model)


def _without_steps(number: Label) -> RefusedValue:
    return RefusedValue(
        _("{model} là nhiệm vụ định kỳ: không có bước, ghi nhận theo từng kỳ.").format(model=number)
    )
