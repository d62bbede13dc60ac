"""Letters as mail: headers that nothing can be slipped into, plain text, and the same in HTML."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from email import policy
from email.generator import BytesGenerator
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parsedate_to_datetime
from io import BytesIO
from typing import NamedTuple

from de06cli.characters import display_width
from de06cli.messages import _, language
from de06cli.views import words
from de06cli.views.mail import letter_html
from de06cli.views.mail.letter import Letter, LetterSection, LetterSummary
from de06cli.views.text import plain_table
from de06cli.views.text.wrapped import WIDTH, item, wrapped

# As every server takes it: seven bits, lines that end in CRLF.
_ON_THE_WIRE = policy.SMTP.clone(cte_type="7bit")
# As people read it in a file.
_READABLE = policy.default.clone(utf8=True, max_line_length=0)


class Sender(NamedTuple):
    name: str  # may be empty
    address: str


class Attachment(NamedTuple):
    """A file that goes with a letter."""

    name: str
    kind: str  # "text/calendar"
    data: bytes


def message(
    letter: Letter,
    sender: Sender,
    recipients: Sequence[str],
    moment: datetime,
    *,
    readable: bool,
    attached: Sequence[Attachment] = (),
) -> EmailMessage:
    """The letter as a message of ``moment``, an aware datetime; the same input makes the same bytes.

    ``recipients`` are addresses in ASCII. ``readable`` leaves headers and texts in UTF-8.
    """
    made = EmailMessage(_READABLE if readable else _ON_THE_WIRE)
    text = as_text(letter)
    digests = [hashlib.sha256(one.data).hexdigest() for one in attached]
    content = "\0".join(
        [sender.address, *recipients, moment.isoformat(), letter.subject, text, *digests]
    )
    key = hashlib.sha256(content.encode("utf-8")).hexdigest()[:32]
    made["From"] = _Header.of("From", sender.name, f"<{sender.address}>", readable=readable)
    made["To"] = ", ".join(recipients)
    made["Subject"] = _Header.of("Subject", letter.subject, readable=readable)
    made["Date"] = format_datetime(moment)
    made["Message-ID"] = f"<{key}@{sender.address.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    encoding = "8bit" if readable else "base64"
    made.set_content(text, cte=encoding)
    made.add_alternative(letter_html.page(letter), subtype="html", cte=encoding)
    for one in attached:
        main, _slash, sub = one.kind.partition("/")
        made.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
    parts = [part for part in made.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"de06-{key}{f'-{number}' if number else ''}")
    made["Content-Language"] = language()
    return made


class _Header(str):
    """A header in its final form.

    Left to itself, the library takes a text that looks like an encoded word for one, and decodes it.
    """

    __slots__ = ("name",)
    name: str

    @classmethod
    def of(cls, name: str, text: str, behind: str = "", *, readable: bool) -> _Header:
        line, space = words.visible(words.one_line(text)), " "
        if line and not (readable and "=?" not in line):
            end = "\n" if readable else "\r\n"
            line, space = Header(line, "utf-8", header_name=name).encode(linesep=end), f"{end} "
        made = cls(space.join(part for part in (line, behind) if part))
        made.name = name
        return made

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def as_text(letter: Letter) -> str:
    """The letter as plain text of 78 columns."""
    parts = [wrapped(letter.greeting), "\n"] if letter.greeting else []
    parts += [wrapped(paragraph) for paragraph in letter.opening]
    parts += [
        _section(part) if isinstance(part, LetterSection) else _summary(part)
        for part in letter.parts
    ]
    parts += ["\n", *map(wrapped, letter.closing)]
    return words.visible("".join(parts))


def _section(section: LetterSection) -> str:
    items = "".join(map(item, section.items))
    return f"\n{wrapped(section.heading(str.upper))}{items}"


def _summary(summary: LetterSummary) -> str:
    """A table as it stands, if it is narrow enough; else a paragraph a row."""
    table = summary.table
    text = plain_table.columns(table)
    if max(map(display_width, text.splitlines())) > WIDTH:
        rows = [*table.rows, *([table.total] if table.total else [])]
        titles = [column.title for column in table.columns]
        text = "".join(
            wrapped(
                f"{row[0].text}: "
                + "; ".join(
                    f"{title} {cell.text}" for title, cell in zip(titles[1:], row[1:], strict=True)
                ),
                "  ",
                "    ",
            )
            for row in rows
        )
    note = wrapped(summary.note) if summary.note else ""
    return f"\n{wrapped(summary.title.upper())}{text}{note}"


def as_mbox(messages: Iterable[EmailMessage]) -> bytes:
    """Messages one after another, as mail programs open them from a file."""
    written = BytesIO()
    for made in messages:
        moment = parsedate_to_datetime(made["Date"])
        made.set_unixfrom(f"From de06 {time.asctime(moment.timetuple())}")
        BytesGenerator(written, mangle_from_=True, policy=made.policy).flatten(made, unixfrom=True)
        written.write(b"\n")
    return written.getvalue()


def as_shown(
    letter: Letter,
    sender: Sender,
    recipients: Sequence[str],
    attached: Sequence[Attachment] = (),
) -> str:
    """A message as a person checks it before it is sent: its main headers, its text, and the names of the
    files that go with it."""
    name = f"{sender.name} <{sender.address}>" if sender.name else sender.address
    head = f"From: {name}\nTo: {', '.join(recipients)}\nSubject: {letter.subject}\n"
    text = f"{words.visible(head)}\n{as_text(letter)}"
    if not attached:
        return text
    names = ", ".join(one.name for one in attached)
    return text + "\n" + wrapped(_("Đính kèm: {names}").format(names=names))
