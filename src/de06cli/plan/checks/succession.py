"""Agencies that end, and roles that are handed over: who follows whom, and on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from de06cli.characters import clip
from de06cli.messages import _, ngettext
from de06cli.plan import findings
from de06cli.plan.checks.values import Path, Placed, Values, day, items, lacks, mapping, text
from de06cli.plan.declaring import ROLE
from de06cli.plan.fields import names_in
from de06cli.plan.findings import Problem
from de06cli.plan.parts import Handover, Lists, Progress, handed
from de06cli.plan.records import Agency, Ended, Model

ROLES = names_in(Handover, ROLE)
_KEYS = frozenset(Handover._fields)  # with another one, that one is reported


# Errors, on plain values -------------------------------------------------------------------------


def handover_errors(path: Path, model: Values) -> Iterator[Problem]:
    """The errors of a model's handovers: one that names no role, two of a role on one day."""
    seen: set[tuple[date, str]] = set()
    for at, handover in items(model.get("handovers"), (*path, "handovers")):
        if (
            handover.keys() <= _KEYS
            and handover
            and all(lacks(handover, role, Handover) for role in ROLES)
        ):
            yield Problem(
                findings.EMPTY_HANDOVER,
                at,
                _("Lần bàn giao không ghi vai trò nào."),
                _("Thêm lead: [CAX]; hoặc support, implementers."),
            )
        on = day(handover, "on")
        roles = [role for role in ROLES if on and handover.get(role) is not None]
        again = [role for role in roles if on and (on, role) in seen]
        if again:
            yield Problem(
                findings.DUPLICATE_HANDOVER,
                (*at, "on"),
                _("Ngày {on} đã có một lần bàn giao {roles}.").format(
                    on=on, roles=", ".join(again)
                ),
                _("Gộp thành một dòng, hoặc sửa ngày."),
            )
        seen |= {(on, role) for role in roles if on}


def circles(agencies: list[Placed]) -> Iterator[Problem]:
    """The agencies whose successors lead back to themselves, one problem a circle."""
    successors: dict[str, list[str]] = {}
    paths: dict[str, Path] = {}
    for path, agency in agencies:
        code = text(agency, "code")
        if code and code not in paths and (listed := _successors(agency)):
            successors[code], paths[code] = listed, path
    for circle in _circles(successors):
        yield Problem(
            findings.SUCCESSION_CIRCLE,
            (*paths[circle[-1]], "ended", "successor"),
            _("Đơn vị {code} không thể tự tiếp nhận.").format(code=clip(circle[0]))
            if len(circle) == 1
            else _("Việc tiếp nhận đi vòng: {codes}.").format(
                codes=clip(" → ".join([*circle, circle[0]]), 120)
            ),
            _("Ghi successor: mã của đơn vị tiếp nhận sau cùng."),
        )


def _successors(agency: Values) -> list[str]:
    value = mapping(agency.get("ended")).get("successor")
    listed = value if isinstance(value, list) else [value]
    return [code for code in listed if isinstance(code, str)]


def _circles(successors: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The circles that a walk from each agency in turn closes; each arrow is walked once."""
    finished: set[str] = set()
    for start in successors:
        way: dict[str, Iterator[str]] = {}
        waiting = [start]
        while waiting:
            code = waiting[-1]
            if code not in way and code not in finished:
                way[code] = iter(successors.get(code, ()))
            following = next(way[code], None) if code in way else None
            if following is None:
                finished.add(code)
                way.pop(code, None)
                waiting.pop()
            elif following in way:
                codes = [*way]
                yield codes[codes.index(following) :]
            elif following not in finished:
                waiting.append(following)


# Warnings, on records ----------------------------------------------------------------------------


def ends(agencies: Iterable[tuple[int, Agency]]) -> dict[str, tuple[int, Ended]]:
    """The agencies that end, with their places in the register."""
    return {agency.code: (index, agency.ended) for index, agency in agencies if agency.ended}


def warnings(
    agencies: Iterable[tuple[int, Agency]],
    models: Iterable[tuple[int, Model]],
    today: date,
    issued: date | None,
) -> Iterator[Problem]:
    """What is said of agencies after their end, and what they leave behind. Days are the plan's."""
    ended = ends(agencies)
    if not ended:
        return
    yield from _ended_before(ended)
    left: Counter[str] = Counter()
    for index, model in models:
        path = ("models", index)
        for at, code, on in _named(path, model, issued):
            if code in ended and on >= ended[code][1].on:
                yield _after_end(at, code, on, ended[code][1])
        left.update(_holders_without_successor(model, ended, today))
    for code, count in left.items():
        yield _with_tasks(code, count, *ended[code])


def _ended_before(ended: Mapping[str, tuple[int, Ended]]) -> Iterator[Problem]:
    for code, (index, end) in ended.items():
        for successor in end.successor:
            other = ended.get(successor)
            if other and other[1].on <= end.on and successor != code:
                yield Problem(
                    findings.ENDED_BEFORE,
                    ("agencies", index, "ended", "successor"),
                    _(
                        "{successor} tiếp nhận từ {on}, nhưng đã kết thúc hoạt động từ {end}."
                    ).format(successor=clip(successor), on=end.on, end=other[1].on),
                    _("Hãy xem lại hai ngày on; nhiệm vụ được tính cho đơn vị tiếp theo."),
                )


def _named(path: Path, model: Model, issued: date | None) -> Iterator[tuple[Path, str, date]]:
    """Every place of a model that names an agency on a day: roles, handovers, records."""
    begins = model.assigned or issued
    for role in ROLES if begins else ():
        for index, code in enumerate(getattr(model, role)):
            if begins:
                yield (*path, role, index), code, begins
    for number, handover in enumerate(model.handovers):
        for role in ROLES:
            for index, code in enumerate(getattr(handover, role) or ()):
                yield (*path, "handovers", number, role, index), code, handover.on
    yield from _recorded(path, model)


def _recorded(path: Path, model: Model) -> Iterator[tuple[Path, str, date]]:
    """Who reported on which day: progress, periods, values."""
    marks: list[tuple[Path, Progress | None]] = [
        ((*path, "steps", index, "progress", "by"), step.progress)
        for index, step in enumerate(model.steps)
    ]
    marks.append(((*path, "progress", "by"), model.progress))
    marks += [
        ((*path, "periods", index, "by"), one.progress) for index, one in enumerate(model.periods)
    ]
    for at, mark in marks:
        if mark and mark.by and mark.date:
            yield at, mark.by, mark.date
    for number, target in enumerate(model.targets):
        for index, value in enumerate(target.values):
            if value.by:
                yield (*path, "targets", number, "values", index, "by"), value.by, value.date


def _after_end(at: Path, code: str, on: date, end: Ended) -> Problem:
    successors = ", ".join(map(clip, end.successor))
    return Problem(
        findings.AFTER_END,
        at,
        _("{code} được ghi ở ngày {date}, nhưng đã kết thúc hoạt động từ {on}.").format(
            code=clip(code), date=on, on=end.on
        ),
        _("Viết {value}, hoặc xem lại ngày.").format(value=successors)
        if successors
        else _("Hãy xem lại đơn vị, hoặc ngày."),
    )


def _holders_without_successor(
    model: Model, ended: Mapping[str, tuple[int, Ended]], today: date
) -> set[str]:
    """The agencies that hold a role of an unfinished model, have ended and have nobody after them."""
    stopped = model.stopped and model.stopped.on <= today
    if stopped or (model.completed_on and not model.ongoing):
        return set()
    lists = handed(Lists(model.lead, model.support, model.implementers), model.handovers, today)
    waiting = [code for codes in lists for code in codes]
    reached: set[str] = set()
    left: set[str] = set()
    while waiting:
        code = waiting.pop()
        end = ended.get(code)
        if code in reached or end is None or end[1].on > today:
            continue
        reached.add(code)
        waiting += end[1].successor
        if not end[1].successor:
            left.add(code)
    return left


def _with_tasks(code: str, count: int, index: int, end: Ended) -> Problem:
    return Problem(
        findings.ENDED_WITH_TASKS,
        ("agencies", index, "ended"),
        ngettext(
            "{code} kết thúc hoạt động từ {on}, chưa có đơn vị tiếp nhận, còn {n} nhiệm vụ.",
            "{code} kết thúc hoạt động từ {on}, chưa có đơn vị tiếp nhận, còn {n} nhiệm vụ.",
            count,
        ).format(code=clip(code), on=end.on, n=count),
        _("Thêm successor: mã đơn vị tiếp nhận, hoặc bàn giao từng nhiệm vụ bằng de06 handover."),
    )
