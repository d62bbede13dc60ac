"""Messages are sent one by one; the log of mail keeps which went out, so that nobody gets one twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic, sleep
from typing import NamedTuple
from zoneinfo import ZoneInfo

from de06cli.cli import environment, output
from de06cli.cli.commands.send.interrupts import Interrupts
from de06cli.cli.opening import Opened
from de06cli.delivery.dialogue import LETTER, TURN
from de06cli.delivery.smtp import Connection, Parcel, Server, Unanswered, Undelivered
from de06cli.messages import _
from de06cli.plan.memory import mail_log
from de06cli.plan.memory.mail_log import Delivery, Stage
from de06cli.views.mail import mime
from de06cli.views.mail.letter import Letter
from de06cli.views.mail.mime import Attachment, Sender

_POLL = 0.1  # seconds between two looks whether another process is done


class Message(NamedTuple):
    """A letter and where it goes."""

    about: str  # an agency's code; nothing for a letter about all of them
    letter: Letter
    recipients: tuple[str, ...]  # addresses in ASCII
    plans: tuple[int, ...]  # the numbers of the plans that it is about
    attached: Callable[[], tuple[Attachment, ...]] = tuple  # makes what goes with it

    def to(self, addresses: list[str]) -> str:
        """Its receivers, for people."""
        listed = ", ".join(addresses)
        return f"{self.about} <{listed}>" if self.about else listed


def send(
    opened: Opened, messages: list[Message], sender: Sender, server: Server, *, again: bool
) -> bool:
    """Sends the messages that did not go out on their day yet, or all of them with ``again``.

    Prints which messages went out and which did not; returns whether all did. Raises Unwritable or Closed
    where the answer can't be written and all messages went out.
    """
    outcome = _Outcome([], [], [])
    name = sender.address.rpartition("@")[2]
    with Interrupts() as interrupts:
        try:
            with (
                Connection(server, name) as connection,
                output.progress(_("Gửi thư"), len(messages)) as one_more,
            ):
                sent_before = _SentBefore(opened, max(TURN, LETTER * server.timeout), again=again)
                post = _Post(opened, sender, connection, sent_before, interrupts, outcome)
                for one in messages:
                    post.send(one)
                    one_more()
        except BaseException:
            with suppress(output.Closed, output.Unwritable):
                outcome.say()
            raise
    try:
        outcome.say()
    except (output.Closed, output.Unwritable):
        if not outcome.failures:
            raise
    return not outcome.failures


def zone(opened: Opened) -> ZoneInfo:
    """The time zone in which messages are dated: the first plan's."""
    return ZoneInfo(opened.portfolio.plans[0].heading.timezone)


class _Outcome(NamedTuple):
    """The lines that are printed at the end."""

    before: list[str]  # names of those who had their message already
    sent: list[str]
    failures: list[str]

    def say(self) -> None:
        if self.before:
            output.say(
                _(
                    "Đã gửi trong ngày, không gửi lại: {names}. Muốn gửi lại thì thêm --again."
                ).format(names=", ".join(self.before))
            )
        for failure in self.failures:
            output.say(failure)
        output.write("".join(f"{line}\n" for line in self.sent))


class _Post(NamedTuple):
    """What it takes to send one message after another."""

    opened: Opened
    sender: Sender
    connection: Connection
    sent_before: _SentBefore
    interrupts: Interrupts
    outcome: _Outcome

    def send(self, one: Message) -> None:
        """Sends a message to those who did not get it yet, unless another process is sending it."""
        if not self.sent_before.left(one):
            self.outcome.before.append(one.about or ", ".join(one.recipients))
            return
        with self.sent_before.turn(one) as mine:
            left = self.sent_before.left(one)
            if not left:
                self.outcome.before.append(one.about or ", ".join(one.recipients))
                return
            if not mine:
                self._failed(one, dict.fromkeys(left, _("một lần gửi khác đang chạy chưa xong")))
                return
            if unsure := self.sent_before.unsure(one, left):
                self.outcome.failures.append(
                    _(
                        "Chưa rõ {to} đã nhận được thư hay chưa: lần gửi trước bị ngắt giữa chừng."
                        " Không gửi lại; muốn gửi lại thì thêm --again."
                    ).format(to=one.to(unsure))
                )
            if to := [address for address in left if address not in unsure]:
                self._hand_over(one, to)

    def _hand_over(self, one: Message, to: list[str]) -> None:
        """Hands the message over. From the moment when the server may have it until the log says so, no
        signal ends the process."""
        handed: list[str] = []
        with self.interrupts.held() as hold:

            def handing_over(accepted: list[str]) -> None:
                hold(self.connection.hurry)
                handed.extend(accepted)
                self.sent_before.add(one, accepted, Stage.HANDED_OVER)

            parcel = Parcel(self.sender.address, to, self._made(one), handing_over)
            try:
                refused = self.connection.deliver(parcel)
            except Undelivered as error:
                refused = dict.fromkeys(to, error.args[0])
                # A person who interrupted may not read the last lines: the next process repeats them.
                given_up = isinstance(error, Unanswered) and self.interrupts.arrived
                if handed and not given_up:
                    self.sent_before.add(one, handed, Stage.REFUSED)
            else:
                if handed:
                    self.sent_before.add(one, handed, Stage.SENT)
                    self.outcome.sent.append(_("Đã gửi {to}.").format(to=one.to(handed)))
            self._failed(one, refused)

    def _made(self, one: Message) -> bytes:
        moment = environment.now().astimezone(zone(self.opened))
        made = mime.message(
            one.letter, self.sender, one.recipients, moment, readable=False, attached=one.attached()
        )
        return made.as_bytes()

    def _failed(self, one: Message, refused: dict[str, str]) -> None:
        self.outcome.failures.extend(
            _("Chưa gửi được {to}: {reason}.").format(to=one.to([address]), reason=reason)
            for address, reason in refused.items()
        )


class _SentBefore:
    """The messages that went out before. Where the log can't be written, a warning says so once."""

    def __init__(self, opened: Opened, patience: float, *, again: bool) -> None:
        """``patience`` is the longest time to wait for another process, in seconds."""
        files = [file.path for file in opened.portfolio.files]
        self._plans = list(zip(files, opened.view.days, strict=True))
        self._patience = patience
        self._again = again
        self._warned = False

    def left(self, one: Message) -> list[str]:
        """The addresses that did not get the message for each of its plans."""
        if self._again:
            return list(one.recipients)
        known = self._known(one)
        return [
            address
            for address in one.recipients
            if any(stage is not Stage.SENT for stage in self._stages(one, address, known))
        ]

    def unsure(self, one: Message, addresses: list[str]) -> list[str]:
        """The addresses that a process may have reached before it died. Only the process whose turn it is can
        know."""
        if self._again:
            return []
        known = self._known(one)
        return [
            address
            for address in addresses
            if Stage.HANDED_OVER in self._stages(one, address, known)
        ]

    def _known(self, one: Message) -> list[dict[Delivery, Stage]]:
        try:
            folder = environment.state_folder()
        except OSError:
            return [{} for _number in one.plans]
        return [mail_log.stages(folder, *self._plans[number]) for number in one.plans]

    def _stages(
        self, one: Message, address: str, known: list[dict[Delivery, Stage]]
    ) -> list[Stage | None]:
        """How far the message to an address came, for each of its plans."""
        return [
            stages.get(Delivery(self._plans[number][1], one.about, address))
            for number, stages in zip(one.plans, known, strict=True)
        ]

    @contextmanager
    def turn(self, one: Message) -> Iterator[bool]:
        """Yields whether this process alone is sending. Waits for another process until that has sent the
        message, at most for the patience."""
        end = monotonic() + self._patience
        while True:
            with ExitStack() as held:
                mine = self._alone(one, held)
                if mine or not self.left(one) or monotonic() > end:
                    yield mine
                    return
            sleep(_POLL)

    def _alone(self, one: Message, held: ExitStack) -> bool:
        files = [self._plans[number][0] for number in one.plans]
        try:
            return held.enter_context(mail_log.alone(environment.state_folder(), files))
        except OSError as error:
            self._warn(error)
            return True

    def add(self, one: Message, addresses: list[str], stage: Stage) -> None:
        try:
            for number in one.plans:
                file, day = self._plans[number]
                deliveries = [Delivery(day, one.about, address) for address in addresses]
                mail_log.record(environment.state_folder(), file, deliveries, stage)
        except OSError as error:
            self._warn(error)

    def _warn(self, error: OSError) -> None:
        if not self._warned:
            output.say(
                _("Không lưu được danh sách thư đã gửi: {reason}; chạy lại sẽ gửi lần nữa.").format(
                    reason=error.strerror or str(error)
                )
            )
        self._warned = True
