"""Sending messages one by one, and keeping in mind which went out, so that nobody gets one twice."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from de06cli.cli import opening, output
from de06cli.cli.opening import Opened
from de06cli.cli.smtp import Connection, Server, Undelivered
from de06cli.messages import _
from de06cli.plan import sent
from de06cli.plan.sent import Delivery
from de06cli.views import mail
from de06cli.views.letters import Letter
from de06cli.views.mail import Sender


class Message(NamedTuple):
    """A letter and where it goes."""

    about: str  # an agency's code; nothing for a letter about all of them
    letter: Letter
    recipients: tuple[str, ...]  # addresses in ASCII
    plans: tuple[int, ...]  # the numbers of the plans that it is about

    def to(self, addresses: list[str]) -> str:
        """Its receivers, for people."""
        listed = ", ".join(addresses)
        return f"{self.about} <{listed}>" if self.about else listed


def send(
    opened: Opened, messages: list[Message], sender: Sender, server: Server, *, again: bool
) -> bool:
    """Sends what did not go out on that day yet, or everything ``again``.

    Tells what went out and what did not; returns whether everybody was reached.
    """
    ledger = _Ledger(opened)
    waiting = [
        (one, [to for to in one.recipients if again or not ledger.has(one, to)]) for one in messages
    ]
    if before := [one.about or ", ".join(one.recipients) for one, to in waiting if not to]:
        output.say(
            _("Đã gửi trong ngày, không gửi lại: {names}. Muốn gửi lại thì thêm --again.").format(
                names=", ".join(before)
            )
        )
    told, failures = [], []
    try:
        with (
            Connection(server, sender.address.rpartition("@")[2]) as connection,
            output.progress(_("Gửi thư"), len(waiting)) as one_more,
        ):
            for one, to in waiting:
                refused = _deliver(connection, opened, one, to, sender) if to else {}
                if reached := [address for address in to if address not in refused]:
                    ledger.add(one, reached)
                    told.append(_("Đã gửi {to}.").format(to=one.to(reached)))
                failures += [
                    _("Chưa gửi được {to}: {reason}.").format(to=one.to([address]), reason=reason)
                    for address, reason in refused.items()
                ]
                one_more()
    finally:
        for failure in failures:
            output.say(failure)
        output.write("".join(f"{line}\n" for line in told))
    return not failures


def zone(opened: Opened) -> ZoneInfo:
    """The time zone in which messages are dated: the first plan's."""
    return ZoneInfo(opened.portfolio.plans[0].heading.timezone)


def _deliver(
    connection: Connection, opened: Opened, one: Message, to: list[str], sender: Sender
) -> dict[str, str]:
    """Hands one message over; who did not get it, and why."""
    moment = opening.now().astimezone(zone(opened))
    made = mail.message(one.letter, sender, one.recipients, moment, readable=False)
    try:
        return connection.deliver(sender.address, to, made.as_bytes())
    except Undelivered as error:
        return dict.fromkeys(to, error.args[0])


class _Ledger:
    """What went out before; where that can't be kept, it is said once."""

    def __init__(self, opened: Opened) -> None:
        files = [file.path for file in opened.portfolio.files]
        self._plans = list(zip(files, opened.view.days, strict=True))
        self._known: dict[int, set[Delivery]] = {}
        self._told = False

    def has(self, one: Message, address: str) -> bool:
        """Whether a message about the same went to the address before, for each of its plans."""
        return all(
            Delivery(self._plans[number][1], one.about, address) in self._of(number)
            for number in one.plans
        )

    def _of(self, number: int) -> set[Delivery]:
        if number not in self._known:
            try:
                self._known[number] = sent.deliveries(opening.state_folder(), *self._plans[number])
            except OSError:
                self._known[number] = set()
        return self._known[number]

    def add(self, one: Message, addresses: list[str]) -> None:
        try:
            for number in one.plans:
                file, day = self._plans[number]
                for address in addresses:
                    sent.record(opening.state_folder(), file, Delivery(day, one.about, address))
        except OSError as error:
            if not self._told:
                reason = error.strerror or str(error)
                output.say(
                    _("Không ghi nhớ được là đã gửi: {reason}; chạy lại sẽ gửi lần nữa.").format(
                        reason=reason
                    )
                )
            self._told = True
