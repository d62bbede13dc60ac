"""A change of a data file: it is confirmed, proven, written, reported and kept for undo."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, TextIO

from de06cli.cli import environment, opening, output
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import Option
from de06cli.cli.sharing.after_mark import after_mark
from de06cli.errors import Cancelled, ChangeRefused, De06Error, NotConfirmed
from de06cli.messages import N_, _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns, portfolio
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.file import edits, locate, writer
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.locate import Located
from de06cli.plan.memory import undo
from de06cli.plan.records import Plan
from de06cli.views.text import unified


class Writing(Common):
    """How a change is made."""

    dry_run: Annotated[
        bool, Option("--dry-run", help=N_("Chỉ in phần sẽ thay đổi, không ghi."))
    ] = False
    yes: Annotated[bool, Option("--yes", help=N_("Ghi không cần hỏi lại."))] = False


class FileChange(NamedTuple):
    """A change of one file.

    ``wanted`` gives the edits for the plan as it is once the file is locked, ``summary`` the text that
    is printed after they are written. ``undone`` is the entry of undo that they take back, if any.
    ``doubts`` are the notes on the plan after it. ``opened`` is the plan that the change was asked for in.
    """

    target: Located
    wanted: Callable[[Plan], list[Edit]]
    summary: Callable[[Plan, Sequence[Edit]], str]
    undone: undo.UndoEntry | None = None
    doubts: Callable[[Plan], Iterable[str]] = lambda _plan: ()
    opened: LazyPlan | None = None


def writable(file: Located) -> Located:
    """The file, if it is one to write to. Raises ChangeRefused."""
    if file.packaged or locate.is_installed(file.path):
        raise ChangeRefused(
            _(
                "Bản kế hoạch đi kèm de06 chỉ để xem. Hãy chạy de06 init trong một thư mục riêng "
                "rồi ghi nhận ở đó."
            )
        )
    with suppress(OSError):  # the reader of the file reports what is wrong
        if file.path.is_fifo():  # reading it would wait for ever
            raise ChangeRefused(
                _("{path} không phải là tệp thông thường; chưa ghi gì.").format(path=file.shown)
            )
    return file


def confirm(n: int, listed: str, other_way: str, writing: Writing) -> None:
    """Asks a person to confirm ``n`` steps, which ``listed`` shows. Without a terminal, ``--yes`` is needed.

    Raises NotConfirmed, which ends with ``other_way``, without a terminal; Cancelled for a no.
    """
    ask(
        nouns.filled(
            ngettext(
                "Lệnh này ghi nhận {n} {step}, cần xác nhận:",
                "Lệnh này ghi nhận {n} {step}, cần xác nhận:",
                n,
            )
        ).format(n=n),
        listed,
        nouns.filled(
            ngettext(
                "Ghi nhận {n} {step} này? (c: có, Enter: không)",
                "Ghi nhận {n} {step} này? (c: có, Enter: không)",
                n,
            )
        ).format(n=n),
        other_way,
        writing,
    )


def ask(heading: str, listed: str, question: str, other_way: str, writing: Writing) -> None:
    """Shows ``listed`` and asks ``question``. Without a terminal, ``--yes`` is needed.

    Raises NotConfirmed, made of ``heading``, ``listed`` and ``other_way``, without a terminal;
    Cancelled for a no.
    """
    if writing.dry_run or writing.yes:
        return
    if not can_ask():
        raise NotConfirmed(f"{heading}\n{listed}\n{other_way}")
    output.say(listed)
    output.say(question)
    answer = sys.stdin.buffer.readline().decode("utf-8", "replace")
    if answer.strip().casefold() not in {"c", "co", "có", "y", "yes"}:
        raise Cancelled(_("Đã hủy lệnh; chưa ghi gì."))


def can_ask() -> bool:
    """Whether a person sits at the terminal who can be asked."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr) and output.is_terminal()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


class _Making:
    """A change while it is made: the bytes and the plan before it and after it."""

    before: Plan
    after: Plan
    edits: list[Edit]
    found: bytes
    written: bytes

    def __init__(self, change: FileChange) -> None:
        self.change = change
        self.target = change.target

    entry: undo.UndoEntry | None = None  # of undo, once it is kept
    reason = ""  # why the entry could not be kept

    def change_data(self, data: bytes) -> bytes:
        """The bytes after the edit. The entry of undo is kept before the file is written."""
        written = self.edit(data)
        if written != data:
            self._intend()
        return written

    def _intend(self) -> None:
        undone, path = self.change.undone, self.target.path
        try:
            if undone:
                self.entry = undone
                undo.undoing(environment.state_folder(), path, undone, self.written)
                return
            entry = undo.entry(
                edits.inverses(self.before, self.edits), self.edits, self.found, self.written
            )
            self.entry = entry  # a signal may come while it is added
            undo.intend(environment.state_folder(), path, entry)
        except OSError as error:
            self.entry = undone
            self.reason = error.strerror or str(error)

    def withdraw(self) -> None:
        """Removes the entry of undo, since nothing was written."""
        if self.entry and not self.change.undone:
            with suppress(OSError):
                undo.forget(environment.state_folder(), self.target.path, self.entry)

    def edit(self, data: bytes) -> bytes:
        opened = self.change.opened
        reading, self.before = opening.read_to_edit(data, self.target.given, opened)
        self.found = data
        self.edits = self.change.wanted(self.before)
        self.written = edits.edited(data, self.edits, reading or self.before)
        self.after = edits.after(self.before, self.edits)
        return self.written

    def difference(self) -> str:
        data = locate.read_bytes(self.target)
        return unified.unified(data, self.edit(data), self.target.shown)

    def summary(self) -> str:
        return self.change.summary(self.after, self.edits)


def make(change: FileChange, writing: Writing) -> Plan:
    """Makes a change and prints its summary or, in a dry run, its difference. Returns the plan after it."""
    return make_all([change], writing)[0]


def make_all(changes: Sequence[FileChange], writing: Writing) -> list[Plan]:
    """Makes all changes or none, each in a file of its own. Returns the plans after them, in this order."""
    making = [_Making(change) for change in changes]
    if writing.dry_run:
        shown = "".join(one.difference() for one in making)
        if not shown:
            output.say(_("Không có nội dung nào cần thay đổi."))
        if output.is_terminal():
            from de06cli.views.text import terminal_lines  # noqa: PLC0415 - Rich is only for a person

            shown = terminal_lines.difference(shown, sys.stdout)
        output.write(shown, utf8=not output.is_terminal())
        _tell_doubts(making)
        return [one.after for one in making]
    if len(making) > 1:  # a refused change is known before the first file is written
        for one in making:
            one.edit(locate.read_bytes(one.target))
    _end_on_signals()
    warnings = _write(making)
    # From here on the change is made: a failure is reported, and the exit code is 0.
    for one in making:
        _remember(one)
    for warning in warnings:
        output.say(warning)
    try:
        output.write_sentences("".join(one.summary() for one in making))
    except (output.Unwritable, output.Closed):
        output.say(_("Đã ghi nhận, nhưng không in được kết quả."))
    _tell_doubts(making)
    if changed := [one.target for one in making if one.written != one.found]:
        after_mark(changed)
    return [one.after for one in making]


def _tell_doubts(making: Sequence[_Making]) -> None:
    for one in making:
        for doubt in one.change.doubts(one.after):
            output.say(_("Lưu ý: {doubt}").format(doubt=doubt))


def _end_on_signals() -> None:
    """Makes TERM and HUP end the process by an exception, so that begun work is cleaned up."""
    signal.signal(signal.SIGTERM, _terminated)
    hangup = getattr(signal, "SIGHUP", None)  # unknown on Windows; ignored under nohup
    if hangup and signal.getsignal(hangup) is not signal.SIG_IGN:
        signal.signal(hangup, _terminated)


def _terminated(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _write(making: Sequence[_Making]) -> list[str]:
    """Writes all files, or leaves all as they were; returns the warnings of the writer."""
    warnings = []
    for number, one in enumerate(making):
        try:
            warnings.append(writer.rewrite(one.target.path, one.change_data))
        except BaseException:
            one.withdraw()
            for written in reversed(making[:number]):
                _take_back(written)
            raise
    return [warning for warning in warnings if warning]


def _take_back(one: _Making) -> None:
    """Gives a file its bytes back, unless somebody has changed it since."""

    def change(data: bytes) -> bytes:
        if data != one.written:
            raise ChangeRefused
        return one.found

    try:
        writer.rewrite(one.target.path, change)
        one.withdraw()
    except De06Error:
        _remember(one)
        output.say(
            _(
                "{path} đã được ghi và không hoàn tác được ngay. Hãy chạy: de06 undo --data {path}."
            ).format(path=one.target.shown)
        )


def _remember(one: _Making) -> None:
    """Confirms the entry of undo, or says that there is none; keeps the plan in the cache."""
    undone = one.change.undone
    if one.written == one.found:
        return
    data = one.target.path
    try:
        if undone:
            undo.forget(environment.state_folder(), data, undone)
        elif one.entry:
            undo.confirm(environment.state_folder(), data, one.entry)
        elif one.reason:
            undo.lose(_state_folder(), data)
    except OSError as error:
        one.reason = error.strerror or str(error) if undone else one.reason
    if one.reason:
        output.say(
            _("Lần ghi nhận này sẽ không hoàn tác được: {reason}.").format(reason=one.reason)
            if not undone
            else _("Đã hoàn tác, nhưng không lưu được việc này: {reason}.").format(
                reason=one.reason
            )
        )
    if store := opening.store():
        portfolio.remember(one.written, one.after, store)


def _state_folder() -> Path | None:
    with suppress(OSError):
        return environment.state_folder()
    return None


def last_written(target: Located, plan: Plan) -> undo.UndoEntry | None:
    """The last change that this user made in the data file and has not undone; None if there is none.

    ``plan`` is the plan as the file says it now. Raises ChangeRefused where a later change could not be
    kept for undo.
    """
    folder = _state_folder()
    if folder is None:
        return None
    if undo.is_lost(folder, target.path) and undo.last(folder, target.path):
        raise ChangeRefused(
            _(
                "Lần ghi nhận gần nhất ở {path} không lưu được để hoàn tác; các lần trước đó cũng "
                "không hoàn tác. Xem: de06 log."
            ).format(path=target.given)
        )
    return undo.latest(folder, target.path, locate.read_bytes(target), plan)
