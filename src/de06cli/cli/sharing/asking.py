"""What a person is asked while marks are shared: who they are, and which of two marks counts."""

from __future__ import annotations

import re
import sys

from de06cli.characters import visible_name
from de06cli.cli import output
from de06cli.cli.sharing.course import Person
from de06cli.errors import ChangeRefused
from de06cli.messages import _, ngettext
from de06cli.plan import addresses
from de06cli.plan.checks.conflicts import Keep
from de06cli.plan.parts import Progress
from de06cli.plan.sharing.agreeing import Question
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.plans import Choices, Merged
from de06cli.plan.sharing.recording import Identity, keep_identity
from de06cli.views import words
from de06cli.views.contents import background


def person() -> Person:
    """Who is at the terminal; elsewhere nobody."""
    at_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    return Person(_settle, _identify) if at_terminal and output.is_terminal() else nobody()


def nobody() -> Person:
    """Nobody can be asked: what needs an answer is refused, with the way to give it."""
    return Person(_unsettled, _unidentified)


def _unidentified(_clone: Clone, known: Identity) -> None:
    missing = [
        *([] if known.name else ['git config user.name "Nguyễn Văn An"']),
        *([] if known.address else ["git config user.email an@example.vn"]),
    ]
    raise ChangeRefused(
        _(
            "Chưa biết người ghi nhận là ai nên chưa đồng bộ. Hãy chạy, với tên và địa chỉ thư của "
            "mình: {commands}; rồi chạy lại de06 sync."
        ).format(commands="; ".join(missing))
    )


def _identify(clone: Clone, known: Identity) -> None:
    output.say(_("Đồng nghiệp sẽ thấy ai đã ghi nhận. Chỉ hỏi một lần cho thư mục này."))
    name = known.name or _answered(_("Họ và tên:"))
    address = known.address or _answered(_("Địa chỉ thư điện tử:"))
    if not name or not re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", address):
        raise ChangeRefused(
            _("Cần họ tên và địa chỉ thư điện tử, ví dụ an@example.vn; chưa đồng bộ gì.")
        )
    keep_identity(clone, name, address)


def _answered(question: str) -> str:
    output.say(question)
    typed = sys.stdin.buffer.readline().decode("utf-8", "replace").strip()
    return "".join(char for char in typed if char.isprintable() and char not in "<>")


def _unsettled(path: str, found: Merged) -> str:
    if not (found.questions or found.places):
        raise _impossible(path)
    raise ChangeRefused(
        _(
            "Hai người ghi nhận khác nhau ở cùng một chỗ nên chưa gửi gì ({path}). Hãy chạy de06 sync "
            "ở một cửa sổ dòng lệnh để chọn:\n{places}"
        ).format(path=visible_name(path), places="\n".join(_listed(found)))
    )


def _impossible(path: str) -> ChangeRefused:
    return ChangeRefused(
        _(
            "Thay đổi trên máy này và của đồng nghiệp không đi cùng nhau được: gộp lại thì {path} còn "
            "lỗi, nên chưa gửi gì. Hãy xem thay đổi của đồng nghiệp: de06 sync --dry-run; sửa tệp cho "
            "khớp rồi chạy lại de06 sync."
        ).format(path=visible_name(path))
    )


def _settle(path: str, found: Merged) -> str:
    n = len(found.questions) + len(found.places)
    if not n:
        raise _impossible(path)
    output.say(
        ngettext(
            "Có {n} chỗ đồng nghiệp và máy này ghi nhận khác nhau:",
            "Có {n} chỗ đồng nghiệp và máy này ghi nhận khác nhau:",
            n,
        ).format(n=n)
    )
    progress = [
        one.ours
        if _kept(_address(one), _said(one.ours), _said(one.theirs)) is Keep.OURS
        else one.theirs
        for one in found.questions
    ]
    places = [
        _kept(one.where, words.visible(one.ours), words.visible(one.theirs), both=True)
        for one in found.places
    ]
    text = found.resolved(Choices(progress, places))
    if text is None:
        raise _impossible(path)
    return text


def _kept(where: str, ours: str, theirs: str, *, both: bool = False) -> Keep:
    """Which of two versions a person keeps. Raises ChangeRefused for none."""
    output.say(where)
    output.say(_("  1: trên máy này: {said}").format(said=ours))
    output.say(_("  2: của đồng nghiệp: {said}").format(said=theirs))
    if both:
        output.say(_("  3: cả hai"))
    answers = {"1": Keep.OURS, "2": Keep.THEIRS, **({"3": Keep.BOTH} if both else {})}
    while True:
        typed = _answered(_("Giữ bản nào? (gõ số, Enter: dừng, chưa gửi gì)"))
        if typed in answers:
            return answers[typed]
        if not typed:
            raise ChangeRefused(
                _("Đã dừng; chưa gửi gì, các ghi nhận vẫn như trước. Chạy lại: de06 sync")
            )


def _listed(found: Merged) -> list[str]:
    steps = [(_address(one), _said(one.ours), _said(one.theirs)) for one in found.questions]
    lines = [
        (one.where, words.visible(one.ours), words.visible(one.theirs)) for one in found.places
    ]
    said = _("  {place}: trên máy này “{ours}”, của đồng nghiệp “{theirs}”")
    return [
        said.format(place=place, ours=ours, theirs=theirs)
        for place, ours, theirs in [*steps, *lines]
    ]


def _address(question: Question) -> str:
    return f"MH{addresses.written(None, question.model, question.step)}"


def _said(value: Progress | None) -> str:
    return words.visible(background.progress(value))
