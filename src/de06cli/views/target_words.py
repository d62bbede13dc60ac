"""Targets in words: goal, last value, the one before, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import quantities
from de06cli.plan.parts import Measurement, Target
from de06cli.views import period_words, quantity_words, words

NONE = "–"


class TargetRow(NamedTuple):
    """A target on a day, in texts of one line."""

    goal: str
    previous: str
    last: str
    missing: str


def row(target: Target, day: date, before: date | None = None) -> TargetRow:
    """Where ``target`` stands at the end of ``day``; ``before`` is the end of the period before."""
    stands = quantities.target_standing(target, day, before)
    by = f" ({period_words.period(stands.by)})" if stands.by else ""
    missing = NONE
    if stands.distance is not None:
        missing = _missing(stands.distance, target.unit, reached=bool(stands.reached))
    return TargetRow(
        goal(stands.goal, target.unit) + by,
        amount(stands.previous, target),
        amount(stands.last, target),
        missing,
    )


def _missing(distance: float, unit: str | None, *, reached: bool) -> str:
    return _("đạt") if reached else quantity_words.missing(distance, unit)


def goal(of: quantities.Goal, unit: str | None) -> str:
    """The goal with its unit: "≥ 80%", "8 – 10"; one in words as the plan has it."""
    if of.sign is None:
        return words.one_line(of.text)
    high = quantity_words.missing(of.high, unit)
    if of.sign == "range":
        return f"{quantity_words.decimal(of.low)} – {high}"
    return f"{of.sign} {high}"


def amount(measured: Measurement | None, target: Target) -> str:
    """A value with its unit; a dash for none."""
    if measured is None:
        return NONE
    return quantity_words.quantity(quantities.value(measured.value), target.unit)


def facts(target: Target, day: date) -> Iterator[tuple[str, str]]:
    """All that there is to say of a target, by labels: every goal, the last two values, the distance."""
    stands, texts = quantities.target_standing(target, day), row(target, day)
    others = [
        goal(quantities.goal(text, target.unit), target.unit) + f" ({period_words.period(by)})"
        for by, text in target.goal
        if by and by != stands.by
    ]
    yield _("Mục tiêu"), "; ".join([texts.goal, *others])
    if target.unit and target.unit != "%":
        yield _("Đơn vị tính"), target.unit
    yield _("Thực hiện"), _measured(stands.last, target)
    if stands.previous:
        yield _("Kỳ trước"), _measured(stands.previous, target)
    yield _("Còn thiếu"), texts.missing


def _measured(one: Measurement | None, target: Target) -> str:
    if one is None:
        return _("chưa có số liệu")
    parts = (f"{amount(one, target)}, {words.day(one.date)}", one.by, one.evidence, one.note)
    return " – ".join(words.one_line(part) for part in parts if part)
