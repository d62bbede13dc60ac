"""The numbers of targets as people read them: 69,7% (8.432/12.100), 1.200 hồ sơ."""

from __future__ import annotations

from de06cli.messages import language
from de06cli.plan.quantities import Value
from de06cli.views import words


def decimal(number: float) -> str:
    """The number with its thousands marked and the decimals that it has: 8.432,5 in Vietnamese."""
    text = f"{number:,.15f}"
    for decimals in range(15):
        shorter = f"{number:,.{decimals}f}"
        if float(shorter.replace(",", "")) == number:
            text = shorter
            break
    return text.translate({ord(","): ".", ord("."): ","}) if language() == "vi" else text


def quantity(value: Value, unit: str | None = None) -> str:
    """The value with its unit; a share as a percentage, with its two numbers behind it."""
    if value.part is not None and value.whole is not None:
        share = words.percent(value.part / value.whole)
        return f"{share} ({words.number(value.part)}/{words.number(value.whole)})"
    return _in(unit, value.number)


def missing(number: float, unit: str | None = None) -> str:
    """The distance to a goal, with its unit: 10,3%; 200 hồ sơ.

    Of "%" one decimal is kept, or as many as it takes not to print 0 for what is not reached.
    """
    if unit == "%":
        number = next((short for n in (1, 2, 3) if (short := round(number, n))), number)
    return _in(unit, number)


def _in(unit: str | None, number: float) -> str:
    """A number with its unit, "%" close to it."""
    if not unit:
        return decimal(number)
    return decimal(number) + (unit if unit == "%" else f" {unit}")
