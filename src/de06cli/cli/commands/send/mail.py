"""The digest as messages to the agencies: ``mail``."""

from __future__ import annotations

from datetime import datetime, time
from email.utils import getaddresses
from typing import Annotated

import typer

from de06cli.characters import forbidden_in
from de06cli.cli import environment, opening, output, selection
from de06cli.cli.commands.send import output_file, sending
from de06cli.cli.commands.send.output_file import ForceOption, OutputOption
from de06cli.cli.commands.send.sending import Message
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Reading, grouped
from de06cli.delivery import smtp
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan.mailboxes import mailbox
from de06cli.plan.sharing import freshness
from de06cli.tracking import filters
from de06cli.tracking.concerns import concerns, pressing
from de06cli.tracking.figures import statistics
from de06cli.tracking.filters import Query
from de06cli.tracking.states import Task
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.changes import sharing
from de06cli.views.mail import letter, mime
from de06cli.views.mail.letter import LetterSummary
from de06cli.views.mail.mime import Sender

FAILED = 1
NOBODY = Sender("", "de06@localhost")  # shown where nobody is set to send


@grouped
def run(
    reading: Reading,
    chosen: Filters,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="EMAIL", help=N_("Gửi tất cả trong một thư đến địa chỉ này.")),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help=N_("Thêm bảng tổng hợp theo đơn vị."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Chỉ in các thư, không gửi."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=N_("Gửi lại cả thư đã gửi trong ngày."))
    ] = False,
    file: OutputOption = None,
    force: ForceOption = False,
) -> int:
    if file is not None and not dry_run:
        raise RefusedValue(_("--output chỉ dùng với --dry-run."))
    sender = _sender(needed=not dry_run)
    server = None if dry_run else smtp.server(environment.variables())
    readers = _readers(to or [])
    opened = opening.open_plans(reading)
    among = None if summary else filters.pressing_candidates(opened.view)
    tasks = selection.selected(opened, chosen, among)
    summaries = _summaries(opened, tasks) if summary else []
    if readers:
        messages, reached = _to_readers(opened, tasks, readers, summaries), True
    else:
        asked = selection.query(opened, chosen) if chosen.agency else None
        messages, reached = _to_agencies(opened, tasks, asked, summaries)
    notes = _ages(opened) if reading.rev is None else []
    messages = [one._replace(letter=letter.with_notes(one.letter, notes)) for one in messages]
    if not messages and output.is_terminal():
        day = words.day(opened.today)
        output.say(_("Không có thư nào để gửi tính đến ngày {day}.").format(day=day))
    try:
        if server is None:
            _show(opened, messages, sender, file, force=force)
        else:
            reached &= sending.send(opened, messages, sender, server, again=again)
    except (output.Closed, output.Unwritable):
        if reached:
            raise
    if not reached:
        return FAILED
    opened.portfolio.refuse_claimed()  # after the letters about the other plans
    return 0


# What goes to whom --------------------------------------------------------------------------------


def _to_agencies(
    opened: Opened, tasks: list[Task], asked: Query | None, summaries: list[LetterSummary]
) -> tuple[list[Message], bool]:
    """A message to each agency that has an address, and whether every address can be used.

    ``asked`` gives the agencies that may get one; None means all.
    """
    messages, without, usable = [], [], True
    wanted = lambda plan, code: asked is None or code in asked.codes_in_plan(plan)  # noqa: E731
    for concern in concerns(opened.view, tasks, wanted):
        agency = concern.agency
        if not agency.email:
            without += [agency.code] if concern.acting else []
            continue
        addresses = {text: mailbox(text) for text in agency.email}
        for text in (text for text, address in addresses.items() if address is None):
            usable = False
            output.say(
                _("Lỗi: “{text}” của {code} không phải là một địa chỉ thư điện tử.").format(
                    text=words.visible(words.beginning(text, 80)), code=agency.code
                )
            )
        recipients = tuple(dict.fromkeys(filter(None, addresses.values())))
        if recipients:
            written = letter.to_agency(opened.view, concern, summaries)
            messages.append(Message(agency.code, written, recipients, concern.plans))
    if without and (output.is_terminal() or not messages):
        output.say(
            _("Chưa có địa chỉ thư (email trong tệp kế hoạch): {codes}.").format(
                codes=", ".join(dict.fromkeys(without))
            )
        )
    return messages, usable


def _to_readers(
    opened: Opened, tasks: list[Task], readers: tuple[str, ...], summaries: list[LetterSummary]
) -> list[Message]:
    """One message about all late and coming tasks; none where there are none."""
    found = pressing(opened.view, tasks)
    if not found and not summaries:
        return []
    written = letter.to_reader(opened.view, found, summaries)
    return [Message("", written, readers, tuple(range(len(opened.view.days))))]


def _ages(opened: Opened) -> list[str]:
    """Of which state the data are, where the last `sync` of a plan could get no newer ones."""
    files = [file.path for file in opened.portfolio.files if opening.in_repository(file.path)]
    found = [freshness.failure(file, environment.variables()) for file in files]
    return list(dict.fromkeys(sharing.freshness(one) for one in found if one))


def _summaries(opened: Opened, tasks: list[Task]) -> list[LetterSummary]:
    total = statistics.figures(tasks)
    rows = statistics.figures_by(tasks, By.AGENCY, opened.portfolio)
    note = _(
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng "
        "số chỉ tính một lần."
    )
    by_agency = tables.statistics(rows, total, By.AGENCY, opened.portfolio)
    return [
        LetterSummary(_("Tổng hợp"), tables.two_by_two(total)),
        LetterSummary(_("Tổng hợp theo đơn vị chủ trì"), by_agency, note),
    ]


def _sender(*, needed: bool) -> Sender:
    """The sender of the messages: DE06_MAIL_FROM, an address with or without a name before it."""
    text = environment.sender()
    if not text and not needed:
        return NOBODY
    named = getaddresses([text])
    address = mailbox(named[0][1]) if len(named) == 1 else None
    if address is None or forbidden_in(text):
        raise RefusedValue(
            _("DE06_MAIL_FROM phải là một địa chỉ thư điện tử, ví dụ {example}.").format(
                example="Tổ công tác Đề án 06 <to-cong-tac@example.vn>"
            )
        )
    return Sender(named[0][0], address)


def _readers(typed: list[str]) -> tuple[str, ...]:
    addresses = []
    for text in typed:
        address = mailbox(text)
        if address is None:
            raise RefusedValue(
                _("“{text}” không phải là một địa chỉ thư điện tử.").format(text=text)
            )
        addresses.append(address)
    return tuple(dict.fromkeys(addresses))


def _show(
    opened: Opened, messages: list[Message], sender: Sender, file: str | None, *, force: bool
) -> None:
    """Writes the messages without sending them: texts for a person, one mbox for a program or a file.

    They are dated at the beginning of their day, so that the same day gives the same bytes.
    """
    if file is None and output.is_terminal():
        shown = [mime.as_shown(one.letter, sender, one.recipients) for one in messages]
        output.write(f"\n{'─' * 78}\n\n".join(shown))
        return
    moment = datetime.combine(opened.today, time(), sending.zone(opened))
    made = [
        mime.message(one.letter, sender, one.recipients, moment, readable=True) for one in messages
    ]
    mbox = mime.as_mbox(made)
    if file is None:
        output.write_bytes(mbox)
    else:
        output_file.write_file(file, lambda path: path.write_bytes(mbox), force=force)
