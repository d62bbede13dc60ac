"""What comes after a mark: the reminder that it is not shared yet, or sharing it at once."""

from __future__ import annotations

import signal
from collections.abc import Iterable

from de06cli.cli import environment, opening, output
from de06cli.errors import De06Error
from de06cli.messages import _
from de06cli.plan.file.locate import Located


def after_mark(files: Iterable[Located]) -> None:
    """Shares the marks in these files where ``DE06_SYNC`` asks for it; else reminds a person of it.

    The mark is made whatever becomes of this: what fails is one line.
    """
    kept = [file for file in files if opening.in_repository(file.path)]
    if environment.shares_marks():
        _share(kept or list(files))
    elif kept and output.is_terminal() and any(map(_is_shareable, kept)):
        output.say(_("Chưa đồng bộ; chạy: de06 sync"))


def _is_shareable(file: Located) -> bool:
    from de06cli.plan.sharing.clone import has_remote  # noqa: PLC0415 - only a terminal asks git

    try:
        return has_remote(file.path, environment.variables())
    except De06Error:
        return False


def _share(files: list[Located]) -> None:
    from de06cli.cli.sharing import asking, course  # noqa: PLC0415

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the programs that de06 starts can be interrupted
        if hasattr(signal, name):
            signal.signal(signal.Signals[name], lambda _number, _frame: None)
    try:
        course.share(files, asking.nobody())
    except (De06Error, OSError) as error:
        first = str(error).partition("\n")[0]
        output.say(_("Đã ghi nhận nhưng chưa đồng bộ: {reason}").format(reason=first))
        return
    if output.is_terminal():
        output.say(_("Đã đồng bộ."))
