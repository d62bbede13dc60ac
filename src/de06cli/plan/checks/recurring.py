"""Recurring duties: how often they are due, from when to when, and the periods that are recorded."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from datetime import date
from typing import TypeGuard

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import findings, periods
from de06cli.plan.agencies import fold
from de06cli.plan.checks.times import mark_errors
from de06cli.plan.checks.values import Path, Values, day, items, lacks, mapping, period, text
from de06cli.plan.declaring import Every
from de06cli.plan.duties import WEEKDAYS, Duty, duty, is_day
from de06cli.plan.findings import Problem
from de06cli.plan.parts import Recurrence
from de06cli.plan.periods import Period, holding
from de06cli.plan.records import Model
from de06cli.plan.validation.notation import OFFSET

# Errors, on plain values -------------------------------------------------------------------------


def errors(path: Path, model: Values, issued: date | None, *, begun: bool) -> Iterator[Problem]:
    """The errors of a duty. ``issued`` is the plan's day; ``begun`` says whether one is written there."""
    if not model.get("recurs"):
        if model.get("periods") and lacks(model, "recurs", Model):
            yield Problem(
                findings.KEYS_AT_ODDS,
                (*path, "periods"),
                _("periods chỉ dùng cho nhiệm vụ định kỳ."),
                _("Thêm recurs: {{every: month}}, hoặc bỏ periods.").format(),
                at_key=True,
            )
        return
    recurs = mapping(model["recurs"])
    if not recurs:
        return  # of another shape, which is reported already
    yield from _beside_recurs(path, model, recurs)
    yield from _days((*path, "recurs"), recurs)
    kept_up_after = model.get("deadline") and model.get("ongoing")
    begins = [
        lacks(recurs, "from", Recurrence),
        *(lacks(model, key, Model) for key in ("start", "assigned")),
    ]
    if all(begins) and not begun and not kept_up_after:
        yield Problem(
            findings.NO_PERIODS,
            (*path, "recurs"),
            _("Nhiệm vụ định kỳ không có ngày bắt đầu."),
            _("Thêm from: 2025-01 vào recurs, hoặc assigned: ngày giao nhiệm vụ."),
            at_key=True,
        )
    owed = _owed(model, recurs, issued)
    if owed and not owed.positions:
        yield Problem(
            findings.NO_PERIODS,
            (*path, "recurs", "until"),
            _("Nhiệm vụ định kỳ kết thúc trước kỳ đầu tiên."),
            _("Hãy xem lại until và ngày bắt đầu."),
        )
    yield from _periods((*path, "periods"), model.get("periods"), text(recurs, "every"), owed)


def _beside_recurs(path: Path, model: Values, recurs: Values) -> Iterator[Problem]:
    if model.get("ongoing"):
        return
    if model.get("deadline"):
        meant = {"every": recurs.get("every"), "until": model["deadline"]}
        written = ", ".join(f"{key}: {value}" for key, value in meant.items() if _is_text(value))
        yield Problem(
            findings.KEYS_AT_ODDS,
            (*path, "deadline"),
            _("deadline không đi cùng recurs khi không có ongoing."),
            _(
                "Ngày kết thúc ghi ở until: viết recurs: {recurs}; có giai đoạn đầu thì thêm "
                "ongoing: thường xuyên."
            ).format(recurs=f"{{{clip(written, 60)}}}"),
            at_key=True,
        )
        return
    for key in ("steps", "progress"):
        if model.get(key):
            yield Problem(
                findings.KEYS_AT_ODDS,
                (*path, key),
                _("Nhiệm vụ định kỳ không có {key}; tiến độ ghi theo kỳ.").format(key=key),
                _(
                    "Ghi vào periods; nếu đây là giai đoạn đầu thì thêm deadline và ongoing: "
                    "thường xuyên."
                ),
                at_key=True,
            )


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


_IN_VIETNAMESE = dict(
    zip(("hai", "ba", "tu", "nam", "sau", "bay", "chunhat"), WEEKDAYS, strict=True)
)


def _days(path: Path, recurs: Values) -> Iterator[Problem]:
    every, written = text(recurs, "every"), text(recurs, "day")
    if not written.strip():
        return
    if recurs.get("after") is not None:
        yield Problem(
            findings.KEYS_AT_ODDS,
            (*path, "day"),
            _("after không đi cùng day."),
            _("after là số ngày sau kỳ, day là ngày trong kỳ; hãy giữ một trong hai."),
            at_key=True,
        )
    if _is_every(every) and not is_day(every, written):
        yield Problem(
            findings.NOT_ALLOWED,
            (*path, "day"),
            _("“{day}” không phải là ngày của every: {every}.").format(
                day=clip(written), every=every
            ),
            _how_to_write_day(every, written[:40]),
        )


def _how_to_write_day(every: Every, written: str) -> str:
    folded = fold(written)
    if every == "week":
        name = folded.removeprefix("thu")
        number = WEEKDAYS[int(name) - 2] if re.fullmatch("[2-7]", name) else ""
        meant = number or _IN_VIETNAMESE.get(name, "") or folded[:3]
        if meant in WEEKDAYS:
            return _("Viết {value}.").format(value=meant)
        return _("Viết mon, tue, wed, thu, fri, sat hoặc sun.")
    if every == "year":
        numbers = re.fullmatch(r"\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*", written)
        for first, second in (numbers.groups(), numbers.groups()[::-1]) if numbers else ():
            if is_day(every, f"{int(first):02}-{int(second):02}"):
                return _("Viết {value}.").format(value=f"{int(first):02}-{int(second):02}")
        return _("Viết tháng-ngày, ví dụ 11-30.")
    return _("Viết một số từ 1 đến 31; 31 là ngày cuối tháng.")


def _is_every(value: str) -> TypeGuard[Every]:
    return value in typing.get_args(Every)


def _owed(model: Values, recurs: Values, issued: date | None) -> Duty | None:
    """The duty that the values describe, whatever its first phase; None while they can't be read."""
    every, on, after = text(recurs, "every"), text(recurs, "day"), text(recurs, "after")
    bounds = {key: period(recurs, key) for key in ("from", "until")}
    unread = any(recurs.get(key) and bound is None for key, bound in bounds.items())
    if not _is_every(every) or unread or (on and (after or not is_day(every, on))):
        return None
    if after and not re.fullmatch(OFFSET, after):
        return None
    start = period(model, "start")
    begins = start.first if start else day(model, "assigned") or issued
    if bounds["from"] is None and begins is None:
        return None
    rule = Recurrence(
        every, int(after) if after else None, on or None, bounds["from"], bounds["until"]
    )
    return duty(rule, begins or date.min)


def _periods(path: Path, listed: object, every: str, owed: Duty | None) -> Iterator[Problem]:
    seen: set[Period] = set()
    for at, item in items(listed, path):
        yield from mark_errors(at, item)
        found = period(item, "period")
        if found is None or found.kind == "day":
            continue
        place = (*at, "period")
        if _is_every(every) and found.kind != every:
            yield Problem(
                findings.NOT_ITS_PERIOD,
                place,
                _("Kỳ {period} không phải là kỳ của every: {every}.").format(
                    period=found, every=every
                ),
                _("Viết theo dạng {value}.").format(value=holding(every, found.last)),
            )
        elif found in seen:
            yield Problem(
                findings.DUPLICATE_PERIOD,
                place,
                _("Kỳ {period} đã có ở trên.").format(period=found),
                _("Hãy giữ một trong hai dòng."),
            )
        elif owed and owed.positions and not owed.has(found):
            yield _outside(place, found, owed)
        seen.add(found)


def _outside(place: Path, found: Period, owed: Duty) -> Problem:
    if owed.first and found.first < owed.first.first:
        message = _("Kỳ {period} trước kỳ đầu tiên của nhiệm vụ, {first}.").format(
            period=found, first=owed.first
        )
    else:
        message = _("Kỳ {period} sau kỳ cuối của nhiệm vụ, {last}.").format(
            period=found, last=owed.last
        )
    advice = _("Hãy sửa kỳ, hoặc from và until của recurs.")
    return Problem(findings.NOT_ITS_PERIOD, place, message, advice)


# Warnings, on records ----------------------------------------------------------------------------


def warnings(path: Path, model: Model) -> Iterator[Problem]:
    """The periods of a duty that begin before its first phase has ended: they do not count."""
    done = model.completed_on if model.deadline and model.ongoing and model.recurs else None
    for index, one in enumerate(model.periods if done else ()):
        if done and one.period.first <= done:
            yield Problem(
                findings.PERIOD_NOT_OWED,
                (*path, "periods", index, "period"),
                _(
                    "Kỳ {period} bắt đầu trước khi giai đoạn đầu hoàn thành ({date}); không được tính."
                ).format(period=one.period, date=done),
                _("Kỳ đầu tiên là {period}.").format(
                    period=periods.holding(one.period.kind, done).next
                ),
            )
