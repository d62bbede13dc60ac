"""Targets: their numbers, the goals and the values of each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import findings, periods, quantities
from de06cli.plan.checks.values import Path, Values, day, items, lacks, text
from de06cli.plan.findings import Problem
from de06cli.plan.parts import Target
from de06cli.plan.quantities import NotANumber
from de06cli.plan.records import Model


def errors(path: Path, model: Values) -> Iterator[Problem]:
    """The errors of a model's targets, on plain values."""
    if not model.get("targets"):
        return
    for at, target in items(model["targets"], (*path, "targets")):
        yield from _goals((*at, "goal"), target.get("goal"), text(target, "unit"))
        yield from _values((*at, "values"), target)


def _goals(path: Path, goal: object, unit: str) -> Iterator[Problem]:
    goals = {path: goal} if not isinstance(goal, dict) else {}
    if isinstance(goal, dict):
        goals = {(*path, key): one for key, one in goal.items()}
        yield from _due_twice(path, goal)
    for at, one in goals.items():
        if not isinstance(one, str) or not one.strip():
            continue  # reported already
        try:
            quantities.goal(one, unit)
        except NotANumber as error:
            yield Problem(
                findings.NOT_A_NUMBER,
                at,
                _("“{value}” không viết đúng dạng số.").format(value=clip(one)),
                how_to_write(one, error),
            )


def _due_twice(path: Path, goals: Values) -> Iterator[Problem]:
    """The goals that end on the day of one above: 2025-12 and 2025."""
    seen: dict[date, str] = {}
    for key in goals:
        try:
            last = periods.parse(key).last
        except ValueError:
            continue  # reported already
        if last in seen:
            yield Problem(
                findings.KEYS_AT_ODDS,
                (*path, key),
                _("Mục tiêu {period} cùng ngày cuối với mục tiêu {other} ở trên.").format(
                    period=key, other=seen[last]
                ),
                _("Hãy giữ một trong hai mục tiêu."),
                at_key=True,
            )
        seen.setdefault(last, key)


def how_to_write(written: str, error: NotANumber) -> str:
    """The advice for a number that the file writes in another way, in the text ``written``."""
    if error.meant:
        forms = (written.replace(error.text, form) for form in error.meant)
        return _("Viết {value}.").format(value=_(" hoặc ").join(map(clip, forms)))
    return _("Viết bằng chữ số, dấu chấm trước phần thập phân, ví dụ 69.7.")


def _values(path: Path, target: Values) -> Iterator[Problem]:
    seen = set()
    percent = text(target, "unit") == "%"
    for at, value in items(target.get("values"), path):
        share = text(value, "value")
        if "/" in share and not percent and (text(target, "unit") or lacks(target, "unit", Target)):
            yield Problem(
                findings.SHARE_WITHOUT_PERCENT,
                (*at, "value"),
                _("Tỷ lệ {value} chỉ dùng khi đơn vị tính là %.").format(value=clip(share)),
                _('Thêm unit: "%" cho chỉ tiêu, hoặc viết một số.'),
            )
        on = day(value, "date")
        if on and on in seen:
            yield Problem(
                findings.DUPLICATE_VALUE,
                (*at, "date"),
                _("Ngày {date} đã có số liệu ở trên.").format(date=on),
                _("Hãy giữ một trong hai dòng."),
            )
        seen.add(on)


def _is_in_words(goal: str, unit: str | None) -> bool:
    """Whether a goal has no number; one that is written in another way is an error already."""
    try:
        return quantities.goal(goal, unit).sign is None
    except quantities.NotANumber:
        return False


def goals_in_words(models: Iterable[tuple[int, Model]]) -> Iterator[Problem]:
    """The goals that have no number, so that nothing can be said of what is missing; on records."""
    for index, model in models:
        for number, target in enumerate(model.targets):
            for period, goal in target.goal:
                if _is_in_words(goal, target.unit):
                    path: Path = ("models", index, "targets", number, "goal")
                    yield Problem(
                        findings.GOAL_IN_WORDS,
                        (*path, str(period)) if period else path,
                        _("Mục tiêu “{goal}” không có số.").format(goal=clip(goal)),
                        _("Số liệu vẫn ghi được; phần còn thiếu không tính được."),
                    )
