"""Marks shared with colleagues: recorded, fetched, joined, checked, sent; again when somebody was faster."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import visible_name
from de06cli.cli import environment, opening, output
from de06cli.cli.sharing import begun
from de06cli.errors import ChangeRefused, RefusedValue, UnreadableData
from de06cli.messages import _
from de06cli.plan.file import locate, lock, reader
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.plan.sharing import companions, driver, exchange, joining, recording, taking
from de06cli.plan.sharing.clone import Clone, clone_around
from de06cli.plan.sharing.exchange import Sent
from de06cli.plan.sharing.joining import Settle
from de06cli.tracking.changes import Change, ChangeKind, changes
from de06cli.views.contents.changes import sharing

_ATTEMPTS = 10
_PAUSE = 0.2  # seconds, before an attempt after somebody was faster; grows with their number
_LOCK_SECONDS = 60.0


class Person(NamedTuple):
    """How a person is asked; each function raises ChangeRefused where nobody can be asked."""

    settle: Settle  # which of two contradicting marks counts
    identity: Callable[[Clone, recording.Identity], None]  # who the user is, stored for the folder


class Shared(NamedTuple):
    """What was shared: the changes recorded here and those of colleagues, a line each."""

    recorded: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # of what was received
    sent: bool = False  # whether anything went out
    questions: str = ""  # what would have to be asked, in words


class _Course:
    """The files of one repository on their way to colleagues and back."""

    def __init__(self, files: Sequence[Located], clone: Clone, person: Person) -> None:
        self.files = {recording.own_path(clone, file.path): file for file in files}
        self.clone = clone
        self.person = person
        self.recorded: list[str] = []
        self.received: list[str] = []
        self.authors: list[str] = []

    @property
    def several(self) -> bool:
        return len(self.files) > 1

    def shared(self, *, sent: bool) -> Shared:
        return Shared(tuple(self.recorded), tuple(self.received), tuple(self.authors), sent)

    def run(self) -> Shared:
        """One attempt after the other, until what is here is what everybody has."""
        taking.finish(self.clone)
        begun.settle(self.clone, self.files, self.person.settle)
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(random.uniform(0, _PAUSE * attempt))  # noqa: S311 - no secret
            try:
                sent = self._attempt()
            except taking.Meanwhile:
                continue
            if sent is not None:
                return self.shared(sent=sent)
        raise ChangeRefused(
            _(
                "Đồng nghiệp đang gửi liên tục nên chưa gửi được; các ghi nhận vẫn ở trên máy này. "
                "Hãy chạy lại de06 sync sau ít phút."
            )
        )

    def _attempt(self) -> bool | None:
        """Whether anything was sent; None where somebody was faster."""
        self.recorded += record(self.clone, self.files, self.person)
        theirs = _fetched(self.clone)
        before = len(self.received)
        if theirs:
            self._take(theirs)
        head = self.clone.commit("HEAD")
        to_send = head is not None and head != theirs
        if to_send or len(self.received) > before:
            self._check()
        if head is None or not to_send:
            return False
        with output.working(_("Gửi đến kho chung")):
            return True if exchange.push(self.clone, head) is Sent.DONE else None

    def _take(self, theirs: str) -> None:
        clone, head = self.clone, self.clone.commit("HEAD")
        if head is None:
            raise ChangeRefused(_nothing_in_common())
        if clone.is_ancestor(theirs, head):
            return
        new = theirs
        if not clone.is_ancestor(head, theirs):
            self._need_identity()
            said = _("Gộp ghi nhận của đồng nghiệp") + "\n"
            new = joining.join(clone, head, theirs, self.person.settle, said)
        taking.take_in(clone, head, new)
        for path in self.files:
            self.received += told(clone, head, new, path, several=self.several)
        self.authors += [name for name in authors(clone, head, theirs) if name not in self.authors]

    def _need_identity(self) -> None:
        known = recording.identity(self.clone)
        if not known.is_known:
            self.person.identity(self.clone, known)

    def _check(self) -> None:
        """Raises ChangeRefused where a plan as it would be sent is not valid."""
        for path, file in self.files.items():
            blob = self.clone.blob("HEAD", path)
            try:
                if blob:
                    opening.valid_plan(self.clone.content(blob), file.given)
            except UnreadableData as error:
                raise ChangeRefused(
                    _(
                        "Kế hoạch sau khi gộp còn lỗi nên chưa gửi gì. Hãy sửa trong tệp rồi chạy "
                        "lại de06 sync.\n{findings}"
                    ).format(findings=error)
                ) from None


def share(files: Sequence[Located], person: Person) -> Shared:
    """Shares what these files hold. Raises RefusedValue, UnreadableData or ChangeRefused, as the exit
    code of `sync` is to be; marks stay where they are then, and nothing half done is published."""
    clone = _clone_of(files)
    paths = [file.path for file in files]
    driver.install(clone.root, paths, environment.variables(), environment.program())
    with _alone(clone):
        return _Course(files, clone, person).run()


def foresee(files: Sequence[Located], nobody: Person) -> Shared:
    """What ``share`` would record and receive, as far as that can be known without doing it."""
    clone = _clone_of(files)
    own = {recording.own_path(clone, file.path): file for file in files}
    if clone.is_merging() or joining.unmerged(clone):
        raise ChangeRefused(begun.refusal())
    several = len(own) > 1
    recorded = [line for path in _changed(clone, own) for line in _lines(clone, own, path, several)]
    theirs, head = _fetched(clone), clone.commit("HEAD")
    if theirs is None or head is None or clone.is_ancestor(theirs, head):
        return Shared(tuple(recorded), sent=bool(recorded) or head != theirs)
    base = clone.ask("merge-base", head, theirs).stdout.decode("ascii").strip() or head
    received = [line for path in own for line in told(clone, base, theirs, path, several=several)]
    sent = bool(recorded) or not clone.is_ancestor(head, theirs)
    questions = [_questions(clone, own[path], path, base, theirs, nobody) for path in own]
    return Shared(
        tuple(recorded),
        tuple(received),
        tuple(authors(clone, head, theirs)),
        sent,
        "\n".join(filter(None, questions)),
    )


def _questions(
    clone: Clone, file: Located, path: str, base: str, theirs: str, nobody: Person
) -> str:
    """What joining this file would ask; nothing where all goes together."""
    blobs = [clone.blob(commit, path) for commit in (base, theirs)]
    if None in blobs or blobs[0] == blobs[1]:
        return ""
    old, new = (clone.content(blob or "").decode("utf-8", "replace") for blob in blobs)
    here = locate.read_bytes(file).decode("utf-8", "replace")
    try:
        joining.merged_plan(clone, path, old, here, new, nobody.settle)
    except ChangeRefused as error:
        return str(error)
    return ""


def _fetched(clone: Clone) -> str | None:
    with output.working(_("Nhận từ kho chung")):
        return exchange.fetch(clone)


def record(clone: Clone, files: dict[str, Located], person: Person) -> list[str]:
    """Puts what was changed in these files into the history; returns the changes, a line each.

    Raises UnreadableData where a changed plan is not valid: nothing is recorded then.
    """
    changed = _changed(clone, files)
    if not changed:
        return []
    lines = [line for path in changed for line in _lines(clone, files, path, len(files) > 1)]
    known = recording.identity(clone)
    if not known.is_known:
        person.identity(clone, known)
    more = companions.of_init(clone, [clone.root / path for path in changed])
    recording.record(clone, [*changed, *more], sharing.message(lines))
    return lines or [_("Kế hoạch: sửa cách trình bày, nội dung không đổi")]


def _changed(clone: Clone, files: dict[str, Located]) -> list[str]:
    there = [path for path in files if (clone.root / path).exists()]
    return recording.changed(clone, there) if there else []


def _lines(clone: Clone, files: dict[str, Located], path: str, several: bool) -> list[str]:
    file = files[path]
    after = opening.valid_plan(locate.read_bytes(file), file.given)
    of = after.plan.code if several else None
    before = _plan_in(clone, "HEAD", path)
    if before is None and clone.blob("HEAD", path):
        return [sharing.repaired(of)]
    found = changes(before, after) if before else [Change(ChangeKind.ADDED)]
    return [sharing.recorded(one, of) for one in found]


def told(clone: Clone, old: str, new: str, path: str, *, several: bool) -> list[str]:
    """What changed in a plan between two commits, a line each."""
    if clone.blob(old, path) == clone.blob(new, path):
        return []
    before, after = _plan_in(clone, old, path), _plan_in(clone, new, path)
    if before is None or after is None:
        return [_("Tệp {path}").format(path=visible_name(path))]
    of = after.plan.code if several else None
    return [sharing.recorded(one, of) for one in changes(before, after)]


def authors(clone: Clone, old: str, new: str) -> list[str]:
    """Who made the commits that one has and the other has not, each once."""
    listed = clone.ask("log", "--no-merges", "--format=%an", f"{old}..{new}", "--")
    return list(dict.fromkeys(listed.stdout.decode("utf-8", "replace").split("\n")[:-1]))


def _plan_in(clone: Clone, commit: str, path: str) -> Plan | None:
    blob = clone.blob(commit, path)
    return reader.read(clone.content(blob)).plan if blob else None


def _clone_of(files: Sequence[Located]) -> Clone:
    if any(file.packaged or locate.is_installed(file.path) for file in files):
        raise RefusedValue(
            _(
                "Bản kế hoạch đi kèm de06 chỉ để xem nên không đồng bộ. Hãy lấy kế hoạch chung về "
                "bằng git clone ĐỊA-CHỈ, rồi chạy de06 sync trong thư mục đó."
            )
        )
    return clone_around([file.path for file in files], environment.variables())


@contextmanager
def _alone(clone: Clone) -> Iterator[None]:
    """Keeps a second `sync` of the same copy waiting."""
    try:
        with lock.held(
            clone.folder / "de06-sync.lock", Path(clone.folder, "config"), _LOCK_SECONDS
        ):
            yield
    except lock.Busy as busy:
        raise ChangeRefused(
            _(
                "Một lệnh de06 sync khác đang chạy ở thư mục này{holder}. Hãy đợi rồi chạy lại."
            ).format(holder=busy.args[0] and f" ({busy.args[0]})")
        ) from None
    except OSError as error:
        raise ChangeRefused(
            _("Không ghi được vào kho git ở {path}: {reason}.").format(
                path=visible_name(clone.folder), reason=error.strerror or error
            )
        ) from None


def _nothing_in_common() -> str:
    return _(
        "Kho này và kho chung không cùng một lịch sử nên không gộp được. Hãy lấy kế hoạch chung về "
        "bằng git clone ĐỊA-CHỈ rồi ghi nhận ở đó."
    )
