"""What a person is asked while marks are shared: who they are, and which of two marks counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from de06cli.cli import output
from de06cli.cli.sharing.course import Person
from de06cli.errors import ChangeRefused
from de06cli.messages import _, ngettext
from de06cli.plan.merging import Merged
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.recording import Identity, keep_identity


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
    raise ChangeRefused(path)


def _settle(path: str, found: Merged) -> str:
    raise ChangeRefused(path)
