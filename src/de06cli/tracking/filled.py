"""From the rows of a sheet that agencies filled in to marks."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from de06cli.characters import forbidden_in
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses, nouns, portfolio
from de06cli.plan.agencies import AgencyRegister
from de06cli.plan.declaring import Label
from de06cli.plan.hashing import sha256
from de06cli.plan.parts import Progress
from de06cli.plan.periods import Period
from de06cli.plan.records import Model, Plan
from de06cli.tracking import places
from de06cli.tracking.marking import Mark, Verb, refuse_later, refuse_stopped, units
from de06cli.tracking.places import Place
from de06cli.tracking.states import duty_of

_NAME = 300  # characters that an agency's name has at most

# The cells of a step that agencies fill in: columns of the sheet, and keys of progress.
FIELDS = ("status", "date", "by", "evidence", "note")


class Unreadable(NamedTuple):
    """Takes the place of a cell's value that de06 cannot read."""

    reason: str


CellValue = str | date | Unreadable | None  # what a cell says, or why it can\'t be read


class Request(NamedTuple):
    """A row that no longer says what it said when it was exported.

    ``plan``, ``model`` and ``step`` are as they stand in it; a period of a duty stands as ``@2025-01`` in
    the column of steps, a task without steps leaves that empty. ``changed`` holds the fields that differ:
    a status with ``todo`` for no progress, a day, texts; None where a cell was emptied.
    """

    sheet: str
    cells: Mapping[str, str]  # where the fields stand, and ``plan`` and ``step``: J12
    plan: str
    model: str
    step: str
    changed: Mapping[str, CellValue]
    known: str  # the fingerprint of what was exported
    said: frozenset[str] = (
        frozenset()
    )  # the row's texts, where its fingerprint is of progress alone

    @property
    def address(self) -> str:
        if self.step.startswith("@"):
            return addresses.of_period(None, self.model, self.step.removeprefix("@"))
        return addresses.written(None, self.model, self.step or None)

    def trouble(self, field: str, reason: str) -> Trouble:
        return Trouble(self.sheet, self.cells[field], reason)


class Trouble(NamedTuple):
    """A cell that de06 cannot import, with the reason."""

    sheet: str
    cell: str
    reason: str


class Stray(NamedTuple):
    """A text outside the cells that agencies fill in; de06 does not import it."""

    sheet: str
    cell: str
    said: str


class Filled(NamedTuple):
    """A workbook that was filled in. Where it is not ``sealed``, an earlier de06 has exported it, and
    what was printed in it may have been changed without anybody knowing."""

    requests: list[Request]
    strays: list[Stray]
    sealed: bool = True
    macros: bool = False


class Conflict(NamedTuple):
    """A row about a step that is not in the plan any more as it was when the sheet was exported: its
    progress is another one, or, where ``moved``, the step is. ``now`` is then the address that has it."""

    request: Request
    stands: Mark | None  # what has the address now
    moved: bool = False
    now: str | None = None

    @property
    def cell(self) -> str:
        return self.request.cells[next(iter(self.request.changed))]


class Answer(NamedTuple):
    """The marks that the requests of one plan ask for; if there is anything else, de06 marks nothing."""

    marks: list[Mark]
    troubles: list[Trouble]
    conflicts: list[Conflict]


def fingerprint(progress: Progress | None, title: str, text: str) -> str:
    """The fingerprint of a step: a checksum of its progress, and one of its text with its model's title.

    A step with another progress or another text has another fingerprint."""
    recorded = json.dumps(progress._asdict(), default=date.isoformat) if progress else ""
    return f"p{_sum(recorded)}t{_sum(json.dumps([_compared(title), _compared(text)]))}"


def _sum(text: str) -> str:
    return sha256(text.encode())[:16]


def _compared(text: str) -> str:
    """A text without regard to where its lines break."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def answer(requests: Iterable[Request], plan: Plan, today: date) -> Answer:
    """The marks that the requests ask for in ``plan``, in their order, and every cell that prevents one."""
    found = Answer([], [], [])
    alone, register = portfolio.single(plan), AgencyRegister(plan.agencies, plan.plan.code)
    steps = _Steps(plan)
    asked: dict[tuple[Label, int | Period | None], Request] = {}
    for request in requests:
        try:
            place = places.resolve(request.address, alone)
            stands = _stands(place, plan.plan.issued)
        except RefusedValue as error:
            if request.known:  # it was there when the sheet was exported
                found.conflicts.append(Conflict(request, None, True, steps.find(request)))
            else:
                found.troubles.append(request.trouble("step", str(error)))
            continue
        if not _is_about(request, place.model, stands.text):
            found.conflicts.append(Conflict(request, stands, True, steps.find(request)))
            continue
        step, before = place.step, stands.before
        key = (place.model.model, step.step if step else place.period)
        if other := asked.get(key):
            if other.changed != request.changed:
                found.troubles.append(request.trouble("step", _filled_twice(other)))
            continue
        asked[key] = request
        after, troubles = _after(request, before, register, today)
        if not troubles and after == before:
            continue
        now = fingerprint(before, place.model.title, stands.text)
        if _of_progress(now) != _of_progress(request.known):
            found.conflicts.append(Conflict(request, stands))
        elif refused := _refused(place, after, plan, today):
            found.troubles.append(request.trouble(next(iter(request.changed)), refused))
        elif troubles:
            found.troubles.extend(troubles)
        else:
            found.marks.append(stands._replace(after=after))
    return found


def _stands(place: Place, issued: date | None) -> Mark:
    """What a row is about, before any change. Raises RefusedValue for a model that has parts."""
    model = place.model
    if not place.step and not place.period and (model.steps or duty_of(model, issued)):
        raise RefusedValue(
            nouns.filled(_("Thiếu {step} hoặc kỳ của {model} {number}.")).format(number=model.model)
        )
    return Mark(model, place.step, None, period=place.period)


def _refused(place: Place, after: Progress | None, plan: Plan, today: date) -> str | None:
    """Why the model takes no such mark: it was stopped, does not owe the period, has no steps to skip."""
    verb = Verb.SKIP if after and after.status == "skipped" else Verb.DONE
    try:
        refuse_stopped(place.model, today)
        units(place, verb, today, plan.plan.issued)
    except RefusedValue as error:
        return str(error)
    return None


def _of_progress(known: str) -> str:
    return known.partition("t")[0]


def _of_texts(known: str) -> str:
    return known.partition("t")[2]


def _is_about(request: Request, model: Model, said: str) -> bool:
    """Whether the row was exported for what this step says, ``said``: by its fingerprint, in which the texts
    are missing where an earlier de06 wrote it, or by the texts that the row shows. A row that was typed
    below the table has neither."""
    if not request.known:
        return True
    if texts := _of_texts(request.known):
        return texts == _of_texts(fingerprint(None, model.title, said))
    return all(_is_said(text, request.said) for text in (model.title, said) if text)


def _is_said(text: str, said: frozenset[str]) -> bool:
    """Whether a row shows the text, or as much of it as a cell holds."""
    whole = _compared(text)
    if whole in said:
        return True
    beginning = whole[:_IN_A_CELL]
    return len(whole) > _IN_A_CELL and any(one.startswith(beginning) for one in said)


_IN_A_CELL = 16_000  # characters that every cell holds


class _Steps:
    """The steps of a plan by what they say."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def _by_texts(self) -> dict[str, str]:
        return {
            _of_texts(fingerprint(None, model.title, step.text)): addresses.written(
                None, model.model, step.step
            )
            for model in self._plan.models
            for step in model.steps
        }

    def find(self, request: Request) -> str | None:
        """The address of the step that the row was exported for, where it has another one now."""
        return self._by_texts.get(_of_texts(request.known)) if _of_texts(request.known) else None


def _filled_twice(other: Request) -> str:
    cell = next(iter(other.changed))
    return nouns.filled(_("{Step} này đã được điền khác ở {sheet}!{cell}.")).format(
        sheet=other.sheet, cell=other.cells[cell]
    )


def _after(
    request: Request, before: Progress | None, register: AgencyRegister, today: date
) -> tuple[Progress | None, list[Trouble]]:
    """The progress that the row asks for, or the cells that are wrong."""
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
    """The fields that the status needs and the row leaves empty, each with a sentence."""
    status = values["status"]
    if status == "todo" and any(values[field] for field in FIELDS if field != "status"):
        yield (
            "status",
            _(
                "Có ngày, đơn vị, minh chứng hoặc ghi chú nhưng tình trạng là “Chưa thực "
                "hiện”: hãy chọn tình trạng khác, hoặc xóa các ô này."
            ),
        )
    if status in {"done", "skipped"} and not values["date"]:
        yield "date", _("Thiếu ngày: ghi ngày của văn bản hoặc của quyết định.")
    if status in {"blocked", "skipped"} and not values["note"]:
        yield "note", _("Thiếu ghi chú: nội dung vướng mắc hoặc lý do không thực hiện.")


def _value(field: str, value: Any, register: AgencyRegister, today: date) -> Any:
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
            _("Ô chứa ký tự không được phép (U+{code:04X}). Hãy nhập lại.").format(code=ord(bad))
        )
    return value


def _code(text: str, register: AgencyRegister) -> str:
    if len(text) > _NAME:
        raise RefusedValue(_("Tên đơn vị dài quá {n} ký tự.").format(n=_NAME))
    found = register.find(text)
    if found.agency:
        return found.agency.code
    near = ", ".join(f"{agency.code} ({agency.name})" for agency in found.candidates[:3])
    if found.several:
        refused = _("“{text}” có thể là nhiều đơn vị, chưa rõ đơn vị nào: {near}.")
    else:
        refused = _("Không có đơn vị nào mang mã hoặc tên “{text}”. Gợi ý: {near}.")
    raise RefusedValue(refused.format(text=text, near=near))
