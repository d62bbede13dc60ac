"""The numbers of targets: a value, a goal, what is missing between them.

The file writes digits, and "." before decimals. What could be read in two ways, as 8.432, is refused
with the forms that may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, TypeVar

from de06cli.named_tuples import NamedTuple
from de06cli.plan.parts import Measurement, Target
from de06cli.plan.periods import Period

T = TypeVar("T")
Sign = Literal["≥", ">", "≤", "<", "range"]

MOST_DIGITS = 15  # so many a float keeps exactly
_SIGNS: Final[tuple[tuple[str, Sign], ...]] = (
    (">=", "≥"), ("=>", "≥"), ("≥", "≥"), ("<=", "≤"), ("=<", "≤"), ("≤", "≤"), (">", ">"), ("<", "<"),
)  # fmt: skip


class NotANumber(ValueError):
    """A text that is no number of the file; ``meant`` are the forms that it may stand for, or none."""

    def __init__(self, text: str, meant: tuple[str, ...] = ()) -> None:
        super().__init__(f"not a number: {text}")
        self.text = text
        self.meant = meant


class Value(NamedTuple):
    """A measured value. A share has its two numbers, and ``number`` is its percentage."""

    number: float
    part: int | None = None
    whole: int | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage of something, which only a target in "%" can have."""
        return self.whole is not None


class Goal(NamedTuple):
    """A target to reach. One in words has no sign and no numbers."""

    text: str  # as written
    sign: Sign | None = None
    low: float = 0.0  # the number; the lower one of a range
    high: float = 0.0  # the upper one of a range, else the same number


def number(text: str, *, typed: bool = False) -> float:
    """The number that ``text`` writes: 8432, 69.7; where it is ``typed`` on a command line, 69,7 too.

    Raises NotANumber with the forms meant: 69,7 → 69.7; 8.432 → 8432, 8.43; 1_000 → 1000; 12e3 → 12000.
    """
    whole, point, decimals = text.replace(",", ".").partition(".") if typed else text.partition(".")
    plain = _digits(whole) and (_digits(decimals) if point else True)
    if not plain or _grouped(text.replace(",", ".").split(".")):
        raise NotANumber(text, _meant(text))
    if len(whole.lstrip("0")) + len(decimals) > MOST_DIGITS:
        raise NotANumber(text)
    return float(f"{whole}.{decimals}")


def value(text: str, *, typed: bool = False) -> Value:
    """The value that ``text`` writes, a number or a share as 8432/12100. Raises NotANumber.

    Where it is ``typed``, 69,7 and spaces around the stroke are taken too.
    """
    part, stroke, whole = text.partition("/")
    if not stroke:
        return Value(number(text, typed=typed))
    if typed:
        part, whole = part.strip(), whole.strip()
    of = _share(part, whole)
    if of is None:
        meant = [_whole(part), _whole(whole)]
        raise NotANumber(text, ("/".join(meant),) if all(meant) and _share(*meant) else ())
    return Value(of[0] * 100 / of[1], *of)


def _share(part: str, whole: str) -> tuple[int, int] | None:
    """The two numbers of a share; None where they are none, or nothing is divided by nothing."""
    fit = all(_digits(text) and len(text) <= MOST_DIGITS for text in (part, whole))
    return (int(part), int(whole)) if fit and int(whole) else None


def goal(text: str, unit: str | None = None) -> Goal:
    """The goal that ``text`` writes: ≥ 80, >= 80, < 5, 8 - 10; a number alone means at least that.

    The target's own ``unit`` may follow. A text with other words is a goal in words, without
    distance. Raises NotANumber for a number that the file writes in another way.
    """
    rest = " ".join(text.split())
    if unit and rest.endswith(unit):
        rest = rest.removesuffix(unit).rstrip()
    sign: Sign = "≥"
    for written, meant in _SIGNS:
        if rest.startswith(written):
            sign, rest = meant, rest.removeprefix(written).lstrip()
            break
    else:
        low, dash, high = rest.replace("–", "-").partition("-")
        if dash and _like_a_number(low.strip()) and _like_a_number(high.strip()):
            return _range(text, low.strip(), high.strip())
    if not _like_a_number(rest):
        return Goal(text)
    bound = number(rest)
    return Goal(text, sign, bound, bound)


def _range(text: str, low: str, high: str) -> Goal:
    lower, upper = number(low), number(high)
    if lower > upper:
        raise NotANumber(text, (f"{high} - {low}",))
    return Goal(text, "range", lower, upper)


def _like_a_number(text: str) -> bool:
    """Whether somebody meant a number by it: digits, with nothing but points, commas and their like."""
    return any(char.isdigit() for char in text) and all(
        char.isdigit() or char in ".,_eE+'" for char in text
    )


def reached(of: Goal, number: float) -> bool | None:
    """Whether ``number`` reaches the goal; at the bound of < and > it does not. None for words."""
    if of.sign is None:
        return None
    if of.sign == "<":
        return number < of.high
    if of.sign == ">":
        return number > of.low
    return missing(of, number) == 0


def missing(of: Goal, number: float) -> float | None:
    """How much is missing to the goal, never negative: 0 at its bound and beyond. None for words."""
    if of.sign is None:
        return None
    below = of.low - number if of.sign not in ("<", "≤") else 0.0
    above = number - of.high if of.sign in ("<", "≤", "range") else 0.0
    most = max(below, above, 0.0)
    return round(most, 6) or most  # 80 - 69.7 is 10.299999999999997 for a float


def milestone(goals: Iterable[tuple[Period, T]], day: date) -> tuple[Period, T]:
    """The goal of ``day``: the first whose last day has not passed, else the last. Needs one at least."""
    ordered = sorted(goals, key=lambda one: one[0].last)
    return next((one for one in ordered if one[0].last >= day), ordered[-1])


def latest(values: Iterable[tuple[date, T]], day: date) -> tuple[T | None, T | None]:
    """The latest value by ``day``, and the one before it; None where there is none."""
    known = sorted((one for one in values if one[0] <= day), key=lambda one: one[0])
    last = known[-1][1] if known else None
    return last, known[-2][1] if len(known) > 1 else None


class TargetStanding(NamedTuple):
    """Where a target stands on a day."""

    goal: Goal  # that of the day
    by: Period | None  # until when it is to be reached; None: with the model
    last: Measurement | None
    previous: Measurement | None
    distance: float | None  # what is missing; None without a value or for a goal in words
    reached: bool | None  # None as for ``distance``


def target_standing(target: Target, day: date, before: date | None = None) -> TargetStanding:
    """Where ``target`` stands at the end of ``day``; the previous value is the latest by ``before``, else
    the one before the last."""
    dated = [(period, text) for period, text in target.goal if period]
    by, text = milestone(dated, day) if dated else target.goal[0]
    aim = goal(text, target.unit)
    values = [(one.date, one) for one in target.values]
    last, previous = latest(values, day)
    if before:
        previous = latest(values, before)[0]
    if last is None or aim.sign is None:
        return TargetStanding(aim, by, last, previous, None, None)
    reading = value(last.value).number
    return TargetStanding(aim, by, last, previous, missing(aim, reading), reached(aim, reading))


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _grouped(parts: list[str]) -> bool:
    """Whether the parts around points may be thousands: 8 and 432, 1 and 234 and 567; not 0 and 432."""
    first, *others = parts
    few = _digits(first) and len(first) <= 3 and not first.startswith("0")
    return few and bool(others) and all(_digits(part) and len(part) == 3 for part in others)


def _whole(text: str) -> str:
    """The digits of a whole number whose thousands are marked; nothing where it is none."""
    for mark in ".,_ '":
        parts = text.split(mark)
        if _grouped(parts):
            return "".join(parts)
    return text if _digits(text) else ""


def _meant(text: str) -> tuple[str, ...]:
    """The forms of the file that a number written otherwise may stand for."""
    bare = text.strip().removesuffix("%").rstrip().removeprefix("+")
    whole = _whole(bare)
    if whole and bare.count(".") + bare.count(",") == 1:
        return (whole, f"{float(bare.replace(',', '.')):.2f}")
    if not whole and (power := _power(bare)):
        return (power,)
    form = whole or _decimal(bare)
    return (form,) if form and form != text else ()


def _decimal(text: str) -> str:
    """A number with decimals behind the last of its marks: 69,7 and 1.234,5; nothing where it is none."""
    mark = max(".,", key=text.rfind)
    whole, point, decimals = text.rpartition(mark)
    digits = _whole(whole) if whole else "0"
    if not point or not digits or not (_digits(decimals) or not decimals):
        return ""
    return f"{digits}.{decimals}" if decimals else digits


def _power(text: str) -> str:
    """12e3 written out; nothing where it is no small whole number."""
    base, _e, power = text.casefold().partition("e")
    if not (_digits(base) and _digits(power.removeprefix("+")) and len(base) <= MOST_DIGITS):
        return ""
    zeros = power.removeprefix("+")
    return base + "0" * int(zeros) if len(zeros) <= 2 and int(zeros) <= 12 else ""
