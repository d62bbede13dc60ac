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
from de06cli.plan.records import Progress
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.plans import Merged, Question
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
    raise ChangeRefused(
        _(
            "Hai người ghi nhận khác nhau ở cùng một chỗ nên chưa gửi gì ({path}). Hãy chạy de06 sync "
            "ở một cửa sổ dòng lệnh để chọn:\n{places}"
        ).format(path=visible_name(path), places=_listed(path, found))
    )


def _settle(path: str, found: Merged) -> str:
    if not found.questions:
        return _unsettled(path, found)
    n = len(found.questions)
    output.say(
        ngettext(
            "Có {n} chỗ đồng nghiệp và máy này ghi nhận khác nhau:",
            "Có {n} chỗ đồng nghiệp và máy này ghi nhận khác nhau:",
            n,
        ).format(n=n)
    )
    text = found.resolved([_chosen(one) for one in found.questions])
    return text if text is not None else _unsettled(path, found)


def _chosen(question: Question) -> Progress | None:
    output.say(_place(question))
    output.say(_("  1: trên máy này: {said}").format(said=_said(question.ours)))
    output.say(_("  2: của đồng nghiệp: {said}").format(said=_said(question.theirs)))
    while True:
        typed = _answered(_("Giữ bản nào? (1 hoặc 2, Enter: dừng, chưa gửi gì)"))
        if typed in {"1", "2"}:
            return question.ours if typed == "1" else question.theirs
        if not typed:
            raise ChangeRefused(
                _("Đã dừng; chưa gửi gì, các ghi nhận vẫn như trước. Chạy lại: de06 sync")
            )


def _listed(path: str, found: Merged) -> str:
    if not found.questions:
        return _("  {path}: hai người sửa cùng một đoạn").format(path=visible_name(path))
    return "\n".join(
        _("  {place}: trên máy này “{ours}”, của đồng nghiệp “{theirs}”").format(
            place=_place(one), ours=_said(one.ours), theirs=_said(one.theirs)
        )
        for one in found.questions
    )


def _place(question: Question) -> str:
    return f"MH{addresses.written(None, question.model, question.step)}"


def _said(value: Progress | None) -> str:
    return words.visible(background.progress(value))
