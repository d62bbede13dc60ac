"""The digest as messages to the agencies: ``mail``."""

from __future__ import annotations

from datetime import datetime, time
from email.utils import getaddresses
from functools import partial
from typing import Annotated

from de06cli.characters import forbidden_in
from de06cli.cli import environment, opening, output, selection
from de06cli.cli.commands.send import attachments, output_file, sending
from de06cli.cli.commands.send.output_file import ForceOption, OutputOption
from de06cli.cli.commands.send.sending import Message
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Reading
from de06cli.cli.parsing.declared import Option, grouped
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
from de06cli.tracking.terms import Role
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.changes import sharing
from de06cli.views.mail import brief, letter, mime
from de06cli.views.mail.letter import Brief, LetterSummary
from de06cli.views.mail.mime import Sender

FAILED = 1
NOBODY = Sender("", "de06@localhost")  # shown where nobody is set to send


@grouped
def run(
    reading: Reading,
    chosen: Filters,
    to: Annotated[
        list[str] | None,
        Option("--to", metavar="EMAIL", help=N_("Gửi tất cả trong một thư đến địa chỉ này.")),
    ] = None,
    summary: Annotated[
        bool, Option("--summary", help=N_("Thêm bảng tổng hợp theo đơn vị."))
    ] = False,
    dry_run: Annotated[bool, Option("--dry-run", help=N_("Chỉ in các thư, không gửi."))] = False,
    again: Annotated[bool, Option("--again", help=N_("Gửi lại cả thư đã gửi trong ngày."))] = False,
    attach: Annotated[
        list[str] | None,
        Option(
            "--attach",
            metavar="xlsx,ics",
            help=N_(
                "Đính kèm nhiệm vụ của từng đơn vị: bảng tính để cập nhật rồi nhập lại bằng import, "
                "lịch thời hạn."
            ),
        ),
    ] = None,
    file: OutputOption = None,
    force: ForceOption = False,
) -> int:
    if file is not None and not dry_run:
        raise RefusedValue(_("--output chỉ dùng với --dry-run."))
    sender = _sender(needed=not dry_run)
    server = None if dry_run else smtp.server(environment.variables())
    readers = _readers(to or [])
    kinds = attachments.kinds(attach or [])
    opened = opening.open_plans(reading)
    asked = selection.query(opened, chosen) if chosen.agency and not readers else None
    counted, chosen = chosen, _with_steps(chosen) if readers else _without_agency(chosen)
    among = None if summary or readers or kinds else filters.pressing_candidates(opened.view)
    tasks = selection.selected(opened, chosen, among)
    summaries = _summaries(opened, selection.selected(opened, counted)) if summary else []
    if readers:
        earlier = partial(selection.selected_on, opened, chosen)
        letter_brief = brief.brief(opened.view, tasks, earlier)
        # The brief names the agencies that are behind: of the summary only the figures are left.
        messages = _to_readers(opened, tasks, readers, letter_brief, summaries[:1])
        reached = True
    else:
        messages, reached = _to_agencies(opened, tasks, asked, summaries)
    if kinds:
        messages = [
            one._replace(attached=partial(attachments.made, opened, tasks, one, kinds))
            for one in messages
        ]
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


def _without_agency(chosen: Filters) -> Filters:
    """The filters of tasks for letters to agencies: what concerns an agency, its letter says, unless a
    role was asked for."""
    return chosen if chosen.role else Filters(**(vars(chosen) | {"agency": None}))


def _with_steps(chosen: Filters) -> Filters:
    """The filters, by which an agency is found as the one that acts in a step too: others wait for it."""
    if not chosen.agency or chosen.role:
        return chosen
    return Filters(**(vars(chosen) | {"role": list(Role)}))


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
            without += [agency.code] if concern.acting or concern.reported else []
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
    opened: Opened,
    tasks: list[Task],
    readers: tuple[str, ...],
    letter_brief: Brief,
    summaries: list[LetterSummary],
) -> list[Message]:
    """One message about all late and coming tasks; none where there are none."""
    found = pressing(opened.view, tasks)
    if not found and not summaries:
        return []
    written = letter.to_reader(opened.view, found, letter_brief, summaries)
    return [Message("", written, readers, tuple(range(len(opened.view.days))))]


def _ages(opened: Opened) -> list[str]:
    """Of which state the data are, where the last `sync` of a plan could get no newer ones."""
    files = [file.path for file in opened.portfolio.files if opening.in_repository(file.path)]
    found = [freshness.failure(file, environment.variables()) for file in files]
    return list(dict.fromkeys(sharing.freshness(one) for one in found if one))


def _summaries(opened: Opened, tasks: list[Task]) -> list[LetterSummary]:
    note = words.counted_under_each()
    by_agency = brief.behind(opened.view, tasks)
    return [
        LetterSummary(_("Tổng hợp"), tables.two_by_two(statistics.figures(tasks))),
        *(
            [LetterSummary(_("Đơn vị có nhiệm vụ quá hạn"), by_agency, note)]
            if by_agency.rows
            else []
        ),
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
        shown = [
            mime.as_shown(one.letter, sender, one.recipients, one.attached()) for one in messages
        ]
        output.write(f"\n{'─' * 78}\n\n".join(shown))
        return
    moment = datetime.combine(opened.today, time(), sending.zone(opened))
    made = [
        mime.message(
            one.letter, sender, one.recipients, moment, readable=True, attached=one.attached()
        )
        for one in messages
    ]
    mbox = mime.as_mbox(made)
    if file is None:
        output.write_bytes(mbox)
    else:
        output_file.write_file(file, lambda path: path.write_bytes(mbox), force=force)
