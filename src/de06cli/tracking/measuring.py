"""Values of targets: as they are typed, and at their place among those of other days."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import quantities
from de06cli.plan.parts import Measurement


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
