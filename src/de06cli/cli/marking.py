"""Marking progress: ``start``, ``done``, ``block``, ``skip``, ``reset``, ``extend`` and ``undo``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Annotated

import typer

from de06cli.cli import completion, opening, output, selecting
from de06cli.cli.options import Common, grouped
from de06cli.cli.writing import Change, Writing, ask, confirm, last_written, make, writable
from de06cli.errors import ChangeRefused, De06Error, RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import edit as edits
from de06cli.plan import locate, portfolio
from de06cli.plan.characters import forbidden_in
from de06cli.plan.edit import Edit, SetExtensions
from de06cli.plan.locate import Located
from de06cli.plan.records import Extension, Plan
from de06cli.tracking import addresses, marking
from de06cli.tracking.dates import typed_day
from de06cli.tracking.marking import Details, Mark, Verb
from de06cli.views import sentences, words


class Marking(Common):
    """What the marking commands take."""

    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help=N_("Ngày của việc; không có thì là hôm nay.")),
    ] = None
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="TEXT",
            help=N_("Đơn vị thực hiện; không có thì theo DE06_AGENCY."),
            autocompletion=completion.agencies,
        ),
    ] = None
    evidence: Annotated[
        str | None,
        typer.Option("--evidence", metavar="TEXT", help=N_("Minh chứng: số/ký hiệu văn bản.")),
    ] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("Ghi chú."))] = None


Addresses = Annotated[
    list[str], typer.Argument(metavar="ADDRESS...", autocompletion=completion.addresses)
]


@grouped
def start(address: Addresses, details: Marking, writing: Writing) -> None:
    _mark(Verb.START, address, details, writing)


@grouped
def done(address: Addresses, details: Marking, writing: Writing) -> None:
    _mark(Verb.DONE, address, details, writing)


@grouped
def block(address: Addresses, details: Marking, writing: Writing) -> None:
    _mark(Verb.BLOCK, address, details, writing)


@grouped
def skip(address: Addresses, details: Marking, writing: Writing) -> None:
    _mark(Verb.SKIP, address, details, writing)


@grouped
def reset(address: Addresses, writing: Writing) -> None:
    _mark(Verb.RESET, address, Marking(data=writing.data), writing)


@grouped
def extend(
    model: Annotated[str, typer.Argument(metavar="MODEL", autocompletion=completion.models)],
    to: Annotated[str, typer.Argument(metavar="DATE")],
    writing: Writing,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="TEXT", help=N_("Số/ký hiệu văn bản gia hạn.")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=N_("Lý do gia hạn."))
    ] = None,
    decided: Annotated[
        str | None,
        typer.Option(
            "--decided", metavar="DATE", help=N_("Ngày quyết định; không có thì là hôm nay.")
        ),
    ] = None,
) -> None:
    target, plan, of = _target(writing.data, [model])

    def wanted(plan: Plan) -> list[Edit]:
        today = opening.today(plan.plan.timezone, None)
        decided_on = typed_day(decided, today) if decided is not None else today
        if decided_on > today:
            raise RefusedValue(_("Ngày quyết định không được sau hôm nay."))
        place = addresses.resolve(model, portfolio.single(plan))
        if place.step:
            raise RefusedValue(
                _("Gia hạn là của cả mô hình: viết {model}.").format(
                    model=words.address(of, place.model.model)
                )
            )
        extension = Extension(
            typed_day(to, today),
            decided_on,
            _typed(document, "--document"),
            _typed(reason, "--reason"),
        )
        return [SetExtensions(place.model.model, marking.extended(place.model, extension))]

    _warn_of_row([model], plan, of)
    make(Change(target, wanted, partial(sentences.extended, of=of)), writing)


@grouped
def undo(writing: Writing) -> None:
    target = writable(opening.one_file(writing.data))
    now = opening.valid_plan(locate.read_bytes(target), target.given)
    entry = last_written(target, now)
    if entry is None:
        raise ChangeRefused(
            _("Chưa có lần ghi nào của bạn ở {path} để lấy lại.").format(path=target.shown)
        )

    def wanted(plan: Plan) -> list[Edit]:
        if last_written(target, plan) != entry:
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        if any(edits.applied(plan, edit) != plan for edit in entry.after):
            raise ChangeRefused(
                _(
                    "Kế hoạch không còn ghi đúng điều bạn đã ghi lần cuối; không lấy lại. Xem: de06 log."
                )
            )
        return list(entry.before)

    wanted(now)
    if _is_committed(target, entry.after):
        ask(
            _("Lần ghi nhận này đã có trong kho git, cần xác nhận:"),
            sentences.undone(edits.after(now, entry.before), entry.before).removesuffix("\n"),
            _("Lần ghi nhận này đã có trong kho git. Vẫn hoàn tác? [c/K]"),
            _("Thêm --yes nếu vẫn hoàn tác."),
            writing,
        )
    make(Change(target, wanted, sentences.undone, entry), writing)


def _is_committed(target: Located, made: Sequence[Edit]) -> bool:
    """Whether the last committed state of the file says what an edit made; no git: it does not."""
    from de06cli.plan import git  # noqa: PLC0415 - only undo asks git

    with suppress(De06Error, OSError):
        committed = opening.valid_plan(git.committed(target.path, "HEAD")[0], target.given)
        return any(_says(committed, edit) for edit in made)
    return False


def _says(plan: Plan, edit: Edit) -> bool:
    with suppress(ChangeRefused):  # it has no such step
        return edits.applied(plan, edit) == plan
    return False


def _mark(verb: Verb, typed: list[str], marking_options: Marking, writing: Writing) -> None:
    target, plan, of = _target(writing.data, typed)

    def marks(plan: Plan) -> list[Mark]:
        today = opening.today(plan.plan.timezone, None)
        details = _details(marking_options, plan, today)
        places = [addresses.resolve(text, portfolio.single(plan)) for text in typed]
        usual = None if details.by or verb is Verb.RESET else _usual_agency(plan)
        return marking.marks(places, verb, details, today, usual)

    asked = marks(plan)
    _warn_of_row(typed, plan, of)
    if not asked:
        output.say(_("Không có bước nào để ghi."))
        return
    acting = _acting_agency(marking_options.by, plan)
    _confirm(asked, verb, writing, of, acting)
    made: list[Mark] = []

    def wanted(plan: Plan) -> list[Edit]:
        made[:] = marks(plan)
        if _replaced(made) != _replaced(asked):
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        return [mark.edit() for mark in made]

    change = Change(target, wanted, lambda plan, _edits: sentences.marked(made, plan, of))
    plan = make(change, writing)
    for mark in made:
        for doubt in marking.doubts(mark, plan, of):
            output.say(_("Lưu ý: {doubt}").format(doubt=doubt))


def _replaced(marks: list[Mark]) -> list[tuple[int, int, str | None]]:
    """The steps that are marked, and whose record stands there: what was asked about."""
    return [
        (mark.model.model, mark.step.step, mark.step.progress.by if mark.step.progress else None)
        for mark in marks
    ]


def _target(data: list[str] | None, typed: Sequence[str]) -> tuple[Located, Plan, str | None]:
    """The file that the addresses are about, its plan as it is now, and the plan's code if there are
    several."""
    files = opening.located(data)
    writable(files[0])
    plans = opening.usable(files)
    places = [addresses.resolve(text, plans, surely=True) for text in typed]
    numbers = {plans.plan_at(place.position) for place in places}
    if len(numbers) > 1:
        raise RefusedValue(
            _("Các địa chỉ thuộc {n} kế hoạch. Mỗi lần ghi một kế hoạch.").format(n=len(numbers))
        )
    number = numbers.pop()
    plan = plans.plans[number].plan()
    return writable(plans.files[number]), plan, plan.plan.code if plans.several else None


def _details(given: Marking, plan: Plan, today: date) -> Details:
    return Details(
        date=typed_day(given.date, today) if given.date is not None else None,
        by=selecting.agency_code(_typed(given.by, "--by"), plan),
        evidence=_typed(given.evidence, "--evidence"),
        note=_typed(given.note, "--note"),
    )


def _usual_agency(plan: Plan) -> str | None:
    """The agency that DE06_AGENCY names. Raises RefusedValue where the plan has no such agency."""
    try:
        return selecting.agency_code(os.environ.get("DE06_AGENCY"), plan)
    except RefusedValue as error:
        raise RefusedValue(_("Biến DE06_AGENCY: {reason}").format(reason=error)) from None


def _typed(text: str | None, option: str) -> str | None:
    """What people typed, if the file can hold it."""
    if text is None:
        return None
    if not text.strip():
        raise RefusedValue(_("{option} để trống.").format(option=option))
    if bad := forbidden_in(text):
        raise RefusedValue(
            _("{option} có ký tự U+{code:04X}, không ghi được. Hãy gõ lại.").format(
                option=option, code=ord(bad)
            )
        )
    return text


def _warn_of_row(typed: list[str], plan: Plan, of: str | None) -> None:
    """A bare number may have been meant as a row of the printed table; a person is told."""
    if not output.is_terminal():
        return
    for text in typed:
        number = text.rpartition(":")[2] if of and "stt:" not in text.casefold() else text
        other = marking.model_of_row(plan, number)
        if other:
            output.say(sentences.other_row(int(number), other, of))


def _confirm(
    asked: list[Mark], verb: Verb, writing: Writing, of: str | None, acting: str | None
) -> None:
    """Where model numbers mean more than one step, or another agency's record goes, it is to be
    confirmed."""
    changing = [mark for mark in asked if mark.changes]
    overriding = [mark for mark in changing if mark.overrides(acting)]
    several = sum(not mark.named for mark in changing) > 1
    if not (several or overriding):
        return
    first = words.address(of, changing[0].model.model, changing[0].step.step)
    if overriding:
        first = words.address(of, overriding[0].model.model, overriding[0].step.step)
        other_way = _("{address} do đơn vị khác ghi nhận. Thêm --yes nếu vẫn thay.").format(
            address=first
        )
    else:
        other_way = _("Thêm --yes nếu đúng vậy, hoặc ghi từng bước như {address}.").format(
            address=f"de06 {verb} {first}"
        )
    confirm(len(changing), sentences.asked(changing, of), other_way, writing)


def _acting_agency(given: str | None, plan: Plan) -> str | None:
    """The agency that marks: ``--by``, else DE06_AGENCY where the plan knows it."""
    if given:
        return selecting.agency_code(given, plan)
    with suppress(RefusedValue):
        return _usual_agency(plan)
    return None
