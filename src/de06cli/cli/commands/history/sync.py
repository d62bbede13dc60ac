"""Marks shared with colleagues through git: ``sync``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from de06cli.cli import environment, opening, output
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.cli.sharing import asking, course
from de06cli.cli.sharing.course import Shared
from de06cli.errors import De06Error, UnreadableData
from de06cli.messages import N_, _, ngettext
from de06cli.plan.file.locate import Located
from de06cli.plan.sharing import freshness
from de06cli.views import words
from de06cli.views.contents.changes import sharing


@grouped
def run(
    common: Common,
    dry_run: Annotated[
        bool, Option("--dry-run", help=N_("Chỉ in nội dung sẽ gửi và nhận, không làm gì."))
    ] = False,
) -> None:
    files = opening.located(common.data)
    try:
        shared = (
            course.foresee(files, asking.nobody())
            if dry_run
            else course.share(files, asking.person())
        )
    except De06Error as error:
        reason = str(error).partition("\n")[0]
        if not dry_run:
            for file in files:
                freshness.note_failure(file.path, environment.variables(), reason)
        failed_to_fetch = isinstance(error, UnreadableData)
        if (failed_to_fetch or not output.errors_are_read()) and (said := _freshness(files)):
            raise type(error)(f"{error}\n{said}") from None
        raise
    if not dry_run:
        for file in files:
            freshness.note_success(file.path, environment.variables())
    _show(shared, dry_run=dry_run)


def _freshness(files: Sequence[Located]) -> str:
    """Of which state the data are that are there all the same; nothing where that is not known.

    A server whose network fails sends its digest with this line. To a person at a terminal whose marks were
    refused for another reason it says nothing new.
    """
    found = freshness.of(files[0].path, environment.variables())
    return sharing.freshness(found) if found else ""


def _show(shared: Shared, *, dry_run: bool) -> None:
    parts = []
    if shared.recorded:
        n = len(shared.recorded)
        heading = (
            ngettext("Sẽ gửi {n} thay đổi:", "Sẽ gửi {n} thay đổi:", n)
            if dry_run
            else ngettext("Đã gửi {n} thay đổi:", "Đã gửi {n} thay đổi:", n)
        )
        parts += [heading.format(n=n), *_indented(shared.recorded)]
    elif shared.sent:
        parts.append(
            _("Sẽ gửi các ghi nhận đã lưu từ trước.")
            if dry_run
            else _("Đã gửi các ghi nhận đã lưu từ trước.")
        )
    if shared.received:
        n = len(shared.received)
        heading = (
            ngettext("Sẽ nhận {n} thay đổi của {names}:", "Sẽ nhận {n} thay đổi của {names}:", n)
            if dry_run
            else ngettext(
                "Đã nhận {n} thay đổi của {names}:", "Đã nhận {n} thay đổi của {names}:", n
            )
        )
        names = ", ".join(shared.authors) or _("đồng nghiệp")
        parts += [heading.format(n=n, names=names), *_indented(shared.received)]
    if shared.questions:
        output.say(shared.questions)
    if not parts and output.is_terminal():
        parts.append(_("Không có gì để đồng bộ: mọi thay đổi đã được gửi và nhận."))
    output.write("".join(f"{words.visible(part)}\n" for part in parts))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in sharing.listed(lines)]
