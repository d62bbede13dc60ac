"""Progress that agencies filled into an exported workbook: ``import``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from de06cli.cli import opening, output
from de06cli.cli.documents import optional
from de06cli.cli.options import grouped
from de06cli.cli.writing import Change, Writing, confirm, make_all, writable
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import _
from de06cli.plan.characters import visible_name
from de06cli.plan.edit import Edit
from de06cli.plan.locate import Located
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Plan
from de06cli.tracking import filled, marking
from de06cli.tracking.filled import Answer, Conflict, Request, Trouble
from de06cli.tracking.marking import Mark
from de06cli.views import sentences


@grouped
def import_file(file: Annotated[str, typer.Argument(metavar="FILE")], writing: Writing) -> None:
    reading = optional("xlsx.reading", "office")
    with output.working(_("Đọc {path}").format(path=visible_name(file))):
        requests = reading.read(Path(file))
    files = opening.located(writing.data)
    plans = opening.usable(files)
    batches, lost = _by_plan(requests, plans)
    asked = [_answer(batch.requests, batch.plan) for batch in batches]
    _refuse(asked, lost)
    batches, marks = _changing(batches, [answer.marks for answer in asked])
    if not marks:
        output.say(_("Không có gì để đổi."))
        return
    for batch in batches:
        writable(batch.target)
    several = len(batches) > 1
    _confirm(batches, marks, writing)
    made = make_all([_change(batch, several=several) for batch in batches], writing)
    for plan, of_plan in zip(made, marks, strict=True):
        for mark in of_plan:
            for doubt in marking.doubts(mark, plan):
                output.say(_("Lưu ý: {doubt}").format(doubt=doubt))


class _Batch(NamedTuple):
    """The rows about one plan, and where it is written."""

    target: Located
    plan: Plan
    requests: list[Request]


def _by_plan(requests: Sequence[Request], plans: Portfolio) -> tuple[list[_Batch], list[Trouble]]:
    """The requests by plan, in the order of the plans, and those of plans that are not in use."""
    codes = {plan.heading.code.casefold(): at for at, plan in enumerate(plans.plans)}
    by_plan: dict[int, list[Request]] = {}
    lost = []
    for request in requests:
        plans.refuse_claimed(request.plan)
        at = codes.get(request.plan.casefold())
        if at is None and not request.plan and not plans.several:
            at = 0
        if at is None:
            known = ", ".join(plan.heading.code for plan in plans.plans[:3])
            reason = _("Không có kế hoạch “{plan}”; kế hoạch đang dùng là {code}.").format(
                plan=request.plan, code=known
            )
            lost.append(request.trouble("plan", reason))
        else:
            by_plan.setdefault(at, []).append(request)
    batches = [
        _Batch(plans.files[at], plans.plans[at].plan(), by_plan[at]) for at in sorted(by_plan)
    ]
    return batches, lost


def _answer(requests: Sequence[Request], plan: Plan) -> Answer:
    return filled.answer(requests, plan, opening.today(plan.plan.timezone, None))


def _refuse(answers: Sequence[Answer], lost: Sequence[Trouble] = ()) -> None:
    """Raises RefusedValue or ChangeRefused with every cell that keeps the marks from being made."""
    troubles: list[Trouble] = [*lost, *(found for one in answers for found in one.troubles)]
    conflicts: list[Conflict] = [found for one in answers for found in one.conflicts]
    lines = [*map(sentences.trouble, troubles), *map(sentences.conflict, conflicts)]
    if not lines:
        return
    kind = RefusedValue if troubles else ChangeRefused
    raise kind("\n".join([_("Chưa ghi gì; hãy xem lại các ô này:"), *lines]))


def _changing(
    batches: Sequence[_Batch], marks: Sequence[list[Mark]]
) -> tuple[list[_Batch], list[list[Mark]]]:
    """The batches that change anything, and their marks."""
    pairs = [(batch, of_plan) for batch, of_plan in zip(batches, marks, strict=True) if of_plan]
    return [batch for batch, _marks in pairs], [of_plan for _batch, of_plan in pairs]


def _confirm(batches: Sequence[_Batch], marks: Sequence[list[Mark]], writing: Writing) -> None:
    n = sum(map(len, marks))
    if n < 2:
        return
    listed = "".join(
        _headed(f"{sentences.wanted(of_plan)}\n", batch.plan, several=len(batches) > 1)
        for batch, of_plan in zip(batches, marks, strict=True)
    )
    other_way = _("Thêm --yes nếu đúng vậy, hoặc --dry-run để xem tệp sẽ đổi thế nào.")
    confirm(n, listed.removesuffix("\n"), other_way, writing)


def _headed(text: str, plan: Plan, *, several: bool) -> str:
    """The text, below its plan's name where there are several plans."""
    return f"{plan.plan.code} – {plan.plan.title}\n{text}" if several else text


def _change(batch: _Batch, *, several: bool) -> Change:
    """The change of one plan, asked for again once its file is locked."""
    made: list[Mark] = []

    def wanted(plan: Plan) -> list[Edit]:
        answer = _answer(batch.requests, plan)
        _refuse([answer])
        made[:] = answer.marks
        return [mark.edit() for mark in made]

    def told(plan: Plan, _edits: Sequence[Edit]) -> str:
        return _headed(sentences.marked(made, plan), plan, several=several)

    return Change(batch.target, wanted, told)
