"""What agencies filled in on a sheet that was exported to them: from its rows to marks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import portfolio
from de06cli.plan.agencies import Register
from de06cli.plan.characters import forbidden_in
from de06cli.plan.records import Plan, Progress, Step
from de06cli.tracking import addresses
from de06cli.tracking.marking import Mark, refuse_later

# The cells of a step that are filled in; the columns of the sheet, and the keys of progress.
FIELDS = ("status", "date", "by", "evidence", "note")


class Unreadable(NamedTuple):
    """What stands for the value of a cell that can't be read."""

    reason: str


class Request(NamedTuple):
    """A row that no longer says what it said when it was exported.

    ``plan``, ``model`` and ``step`` are as they stand in it. ``changed`` holds the fields that differ:
    a status with ``todo`` for no progress, a day, texts; None where a cell was emptied.
    """

    sheet: str
    cells: Mapping[str, str]  # where the fields stand, and ``plan`` and ``step``: J12
    plan: str
    model: str
    step: str
    changed: Mapping[str, Any]
    known: str  # the fingerprint of the progress that was exported

    def trouble(self, field: str, reason: str) -> Trouble:
        return Trouble(self.sheet, self.cells[field], reason)


class Trouble(NamedTuple):
    """A cell that can't be taken over."""

    sheet: str
    cell: str
    reason: str


class Conflict(NamedTuple):
    """A row whose step has another progress in the plan than when the sheet was exported."""

    request: Request
    step: Step

    @property
    def cell(self) -> str:
        return self.request.cells[next(iter(self.request.changed))]


class Answer(NamedTuple):
    """What the requests of one plan come to. Where there is anything but marks, nothing is made."""

    marks: list[Mark]
    troubles: list[Trouble]
    conflicts: list[Conflict]


def fingerprint(progress: Progress | None) -> str:
    """What tells a step's progress from any other that it had or will have."""
    told = json.dumps(progress._asdict(), default=date.isoformat) if progress else ""
    return "p" + hashlib.sha256(told.encode()).hexdigest()[:16]


def answer(requests: Iterable[Request], plan: Plan, today: date) -> Answer:
    """The marks that the requests ask for in ``plan``, in their order, and all that is in their way."""
    found = Answer([], [], [])
    alone, register = portfolio.single(plan), Register(plan.agencies, plan.plan.code)
    asked: dict[tuple[int, int], Request] = {}
    for request in requests:
        try:
            place = addresses.resolve(f"{request.model}.{request.step}", alone)
        except RefusedValue as error:
            found.troubles.append(request.trouble("step", str(error)))
            continue
        step = place.step
        assert step  # noqa: S101 - the address names one
        key = (place.model.model, step.step)
        if other := asked.get(key):
            if other.changed != request.changed:
                found.troubles.append(request.trouble("step", _filled_twice(other)))
            continue
        asked[key] = request
        after, troubles = _after(request, step.progress, register, today)
        if not troubles and after == step.progress:
            continue
        if fingerprint(step.progress) != request.known:
            found.conflicts.append(Conflict(request, step))
        elif troubles:
            found.troubles.extend(troubles)
        else:
            found.marks.append(Mark(place.model, step, after))
    return found


def _filled_twice(other: Request) -> str:
    cell = next(iter(other.changed))
    return _("Bước này đã được điền khác ở {sheet}!{cell}.").format(
        sheet=other.sheet, cell=other.cells[cell]
    )


def _after(
    request: Request, before: Progress | None, register: Register, today: date
) -> tuple[Progress | None, list[Trouble]]:
    """The progress that the row asks for, unless there is trouble."""
    values = before._asdict() if before else dict.fromkeys(FIELDS) | {"status": "todo"}
    troubles = []
    for field, value in request.changed.items():
        try:
            values[field] = _value(field, value, register, today)
        except RefusedValue as error:
            values[field] = Unreadable(str(error))
            troubles.append(request.trouble(field, str(error)))
    troubles += [request.trouble(field, reason) for field, reason in _missing(values)]
    if troubles or values["status"] == "todo":
        return None, troubles
    return Progress(**values), []


def _missing(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the status asks for and the other cells don't say: fields with a sentence."""
    status = values["status"]
    if status == "todo" and any(values[field] for field in FIELDS if field != "status"):
        yield (
            "status",
            _(
                "Có ngày, đơn vị, minh chứng hoặc ghi chú mà tình trạng là “Chưa thực hiện”: "
                "hãy chọn tình trạng khác, hoặc xoá các ô ấy."
            ),
        )
    if status in {"done", "skipped"} and not values["date"]:
        yield "date", _("Thiếu ngày: ghi ngày của văn bản hoặc của quyết định.")
    if status in {"blocked", "skipped"} and not values["note"]:
        yield "note", _("Thiếu ghi chú: vướng mắc gì, hoặc vì sao không thực hiện.")


def _value(field: str, value: Any, register: Register, today: date) -> Any:
    """The field's value as the plan has it. Raises RefusedValue."""
    if isinstance(value, Unreadable):
        raise RefusedValue(value.reason)
    if value is None:
        return None
    if field == "date":
        refuse_later(value, today)
    elif field == "by":
        return _code(value, register)
    elif field != "status" and (bad := forbidden_in(value)):
        raise RefusedValue(
            _("Có ký tự U+{code:04X}, không ghi được. Hãy gõ lại.").format(code=ord(bad))
        )
    return value


def _code(text: str, register: Register) -> str:
    found = register.find(text)
    if found.agency:
        return found.agency.code
    near = ", ".join(f"{agency.code} ({agency.name})" for agency in found.candidates[:3])
    if found.several:
        refused = _("“{text}” có thể là nhiều đơn vị, chưa rõ đơn vị nào: {near}.")
    else:
        refused = _("Không có đơn vị nào mang mã hay tên “{text}”. Gần nhất: {near}.")
    raise RefusedValue(refused.format(text=text, near=near))
