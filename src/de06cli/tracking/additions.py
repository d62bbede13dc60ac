"""One record more in a model: a handover, a value of a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from de06cli import messages
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import nouns, quantities
from de06cli.plan.parts import Handover, Lists, Measurement, handed
from de06cli.plan.records import Model
from de06cli.tracking.marking import refuse_stopped


def with_handover(
    model: Model,
    former: str,
    successors: tuple[str, ...],
    on: date,
    document: str | None,
    reason: str | None,
) -> tuple[Handover, ...]:
    """The model's handovers with one more, in which ``successors`` take the place of ``former`` from the
    day ``on``, in the lists in which it stands by then.

    Raises RefusedValue where it stands in none, or where a role is handed over on that day already.
    """
    refuse_stopped(model, on)
    printed = Lists(model.lead, model.support, model.implementers)
    lists = handed(printed, model.handovers, on)
    changed = {
        role: tuple(
            dict.fromkeys(one for code in codes for one in _instead(code, former, successors))
        )
        for role, codes in lists._asdict().items()
        if former in codes
    }
    if not changed:
        raise RefusedValue(
            nouns.filled(_("{agency} không có vai trò nào trong {model} {number}.")).format(
                agency=former, number=model.model
            )
        )
    same_day = [one for one in model.handovers if one.on == on]
    if any(getattr(one, role) is not None for one in same_day for role in changed):
        raise RefusedValue(
            nouns.filled(_("{Model} {number} đã có bàn giao ngày {day}.")).format(
                number=model.model, day=messages.day(on)
            )
        )
    handover = Handover(on, **changed, document=document, reason=reason)
    at = next((at for at, one in enumerate(model.handovers) if one.on > on), len(model.handovers))
    return (*model.handovers[:at], handover, *model.handovers[at:])


def _instead(code: str, former: str, successors: tuple[str, ...]) -> tuple[str, ...]:
    return successors if code == former else (code,)


def typed_amount(text: str) -> str:
    """A value as the file writes it: 69,7 → 69.7. Raises RefusedValue, with the forms that may be meant."""
    written = "".join(text.split())
    try:
        quantities.value(written, typed=True)
    except quantities.NotANumber as error:
        meant = _(" hoặc ").join(error.meant)
        advice = (
            _("Hãy gõ {meant}.").format(meant=meant) if meant else _("Ví dụ: 69,7 hoặc 8432/12100.")
        )
        raise RefusedValue(
            _("“{text}” không rõ là số nào. {advice}").format(text=text.strip(), advice=advice)
        ) from None
    return written.replace(",", ".")


def with_value(values: Sequence[Measurement], value: Measurement) -> tuple[Measurement, ...]:
    """The values of a target with one of its day, at its place; another value of that day is replaced."""
    others = [one for one in values if one.date != value.date]
    at = next((at for at, one in enumerate(others) if one.date > value.date), len(others))
    return (*others[:at], value, *others[at:])
