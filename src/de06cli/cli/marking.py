"""Marking progress: ``start``, ``done``, ``block``, ``skip``, ``reset``, ``extend`` and ``undo``."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from de06cli.cli import completion, folders, opening, output
from de06cli.cli.options import Common, grouped
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.plan import edit as edits
from de06cli.plan import journal, locate, portfolio, writer
from de06cli.plan.characters import forbidden_in
from de06cli.plan.edit import Edit, SetExtensions
from de06cli.plan.locate import Located
from de06cli.plan.records import Extension, Plan
from de06cli.tracking import addresses, marking
from de06cli.tracking.dates import typed_day
from de06cli.tracking.marking import Details, Mark, Verb
from de06cli.views import difference, sentences, words


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class Writing(Common):
    """How a change is made."""

    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Chỉ in phần sẽ đổi, không ghi."))
    ] = False
    yes: Annotated[bool, typer.Option("--yes", help=N_("Không hỏi lại khi ghi nhiều bước."))] = (
        False
    )


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
    _make(target, wanted, writing, partial(sentences.extended, of=of))


@grouped
def undo(writing: Writing) -> None:
    target = _writable(opening.one_file(writing.data))
    entry = _last_written(target.path)
    if entry is None:
        raise ChangeRefused(
            _("Chưa có lần ghi nào của bạn ở {path} để lấy lại.").format(path=target.given)
        )

    def wanted(plan: Plan) -> list[Edit]:
        if any(edits.applied(plan, edit) != plan for edit in entry.after):
            raise ChangeRefused(
                _(
                    "Kế hoạch không còn ghi đúng điều bạn đã ghi lần cuối; không lấy lại. Xem: de06 log."
                )
            )
        return list(entry.before)

    _make(target, wanted, writing, sentences.undone, entry)


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
    _confirm(asked, verb, writing, of)
    made: list[Mark] = []

    def wanted(plan: Plan) -> list[Edit]:
        made[:] = marks(plan)
        if _steps(made) != _steps(asked):
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        return [mark.edit() for mark in made]

    plan = _make(target, wanted, writing, lambda plan, _edits: sentences.marked(made, plan, of))
    for mark in made:
        for doubt in marking.doubts(mark, plan, of):
            output.say(_("Lưu ý: {doubt}").format(doubt=doubt))


def _steps(marks: list[Mark]) -> list[tuple[int, int]]:
    return [(mark.model.model, mark.step.step) for mark in marks]


def _make(
    target: Located,
    wanted: Callable[[Plan], list[Edit]],
    writing: Writing,
    told: Callable[[Plan, Sequence[Edit]], str],
    undone: journal.Entry | None = None,
) -> Plan:
    """Makes the edits, or shows them, and tells what changed in the plan's words.

    ``undone`` is the entry that they take back. Returns the plan with the edits made.
    """
    plans: list[Plan] = []
    made: list[Edit] = []
    written: list[bytes] = []

    def change(data: bytes) -> bytes:
        plan = opening.valid_plan(data, target.given)
        made[:] = wanted(plan)
        written[:] = [edits.edited(data, made)]
        plans[:] = [plan, edits.after(plan, made)]
        return written[0]

    if writing.dry_run:
        data = locate.read_bytes(target)
        shown = difference.unified(data, change(data), target.given)
        if not shown:
            output.say(_("Không có gì để đổi."))
        output.write(shown, utf8=not output.is_terminal())
        return plans[1]
    signal.signal(signal.SIGTERM, _terminated)
    warning = writer.rewrite(target.path, change)
    before, after = plans
    # From here on the change is made: whatever fails is told, and the exit code is 0.
    if undone or before != after:
        _remember(target.path, before, made, undone)
        if store := opening.store():
            portfolio.remember(written[0], after, store)
    if warning:
        output.say(warning)
    try:
        output.write(told(after, made))
    except (output.Unwritable, output.Closed):
        output.say(_("Đã ghi, nhưng không in được kết quả."))
    return after


def _terminated(_number: int, _frame: object) -> None:
    """SIGTERM before the change is made: what was begun is cleaned up on the way out."""
    raise SystemExit(128 + signal.SIGTERM)


def _target(data: list[str] | None, typed: Sequence[str]) -> tuple[Located, Plan, str | None]:
    """The file that the addresses are about, its plan as it is now, and the plan's code if there are
    several."""
    files = opening.located(data)
    _writable(files[0])
    plans = opening.usable(files)
    places = [addresses.resolve(text, plans, surely=True) for text in typed]
    numbers = {plans.plan_at(place.position) for place in places}
    if len(numbers) > 1:
        raise RefusedValue(
            _("Các địa chỉ thuộc {n} kế hoạch. Mỗi lần ghi một kế hoạch.").format(n=len(numbers))
        )
    number = numbers.pop()
    plan = plans.plans[number].plan()
    return _writable(plans.files[number]), plan, plan.plan.code if plans.several else None


def _writable(file: Located) -> Located:
    if file.packaged or locate.is_installed(file.path):
        raise ChangeRefused(
            _(
                "Bản kế hoạch đi kèm de06 chỉ để đọc. Chạy de06 init trong thư mục của bạn rồi ghi ở đó."
            )
        )
    with suppress(OSError):  # whoever reads it tells what is wrong
        if file.path.is_fifo():  # reading it would wait for ever
            raise ChangeRefused(
                _("{path} không phải là một tệp thường; không ghi.").format(path=file.given)
            )
    return file


def _details(given: Marking, plan: Plan, today: date) -> Details:
    return Details(
        date=typed_day(given.date, today) if given.date is not None else None,
        by=opening.agency_code(_typed(given.by, "--by"), plan),
        evidence=_typed(given.evidence, "--evidence"),
        note=_typed(given.note, "--note"),
    )


def _usual_agency(plan: Plan) -> str | None:
    """The agency that DE06_AGENCY names. Raises RefusedValue where the plan has no such agency."""
    try:
        return opening.agency_code(os.environ.get("DE06_AGENCY"), plan)
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


def _confirm(asked: list[Mark], verb: Verb, writing: Writing, of: str | None) -> None:
    """Where model numbers mean more than one step, a person is asked; elsewhere ``--yes`` is needed."""
    changing = [mark for mark in asked if mark.changes]
    meant = sum(not mark.named for mark in changing)
    if meant < 2 or writing.dry_run or writing.yes:
        return
    listed = sentences.asked(changing, of)
    first = words.address(of, changing[0].model.model, changing[0].step.step)
    n = len(changing)
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stderr) and output.is_terminal()):
        raise RefusedValue(
            ngettext("Lệnh này ghi {n} bước:", "Lệnh này ghi {n} bước:", n).format(n=n)
            + f"\n{listed}\n"
            + _("Thêm --yes nếu đúng vậy, hoặc ghi từng bước như {address}.").format(
                address=f"de06 {verb} {first}"
            )
        )
    output.say(listed)
    output.say(ngettext("Ghi {n} bước này? [c/K]", "Ghi {n} bước này? [c/K]", n).format(n=n))
    answer = sys.stdin.buffer.readline().decode("utf-8", "replace")
    if answer.strip().casefold() not in {"c", "co", "có", "y", "yes"}:
        raise ChangeRefused(_("Không ghi gì."))


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _remember(data: Path, before: Plan, made: list[Edit], undone: journal.Entry | None) -> None:
    """Keeps what it takes to undo, or that it was undone; where it can't be kept, that is said."""
    try:
        if undone:
            journal.forget(_state_folder(), data, undone)
            return
        entry = journal.Entry(tuple(edits.inverse(before, edit) for edit in made), tuple(made))
        journal.record(_state_folder(), data, entry)
    except OSError as error:
        reason = error.strerror or str(error)
        output.say(_("Không lưu được để undo: {reason}.").format(reason=reason))


def _last_written(data: Path) -> journal.Entry | None:
    with suppress(OSError):
        return journal.last(_state_folder(), data)
    return None


def _state_folder() -> Path:
    """The user's folder for undo. Raises OSError where the system knows of none."""
    folder = folders.state()
    if folder is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~")
    return folder
