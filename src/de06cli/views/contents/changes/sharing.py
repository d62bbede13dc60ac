"""What is shared, in the plan's words: the message of a commit, and what a person reads of it."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.messages import _, ngettext
from de06cli.plan import addresses
from de06cli.plan.sharing.freshness import Freshness
from de06cli.tracking.changes import Change, ChangeKind
from de06cli.views import words
from de06cli.views.contents import sentences
from de06cli.views.contents.changes import history

_SUBJECT = 100  # characters of a message's first line
_LISTED = 200  # changes that a message, or an answer, lists


def recorded(change: Change, of: str | None = None) -> str:
    """A change as it was recorded: "MH9.2: Hoàn thành 20/11/2023 – CAH – 45/BC-CAH".

    ``of`` is the plan's code where there are several plans.
    """
    if change.model is None:
        return words.one_line(addresses.within(of, history.sentence(change)))
    step = change.step.step if change.step else None
    number = addresses.written(None, change.model.model, step)
    place = addresses.within(of, f"MH{number}" if number[:1].isdigit() else number)
    return words.one_line(f"{place}: {_what(change)}")


def repaired(of: str | None) -> str:
    """That a plan can be read again, whose committed state could not; what else changed is not known."""
    return words.one_line(addresses.within(of, _("Kế hoạch: sửa các lỗi của tệp")))


def _what(change: Change) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            return _("thêm vào")
        case ChangeKind.REMOVED:
            return _("bỏ đi")
        case ChangeKind.PROGRESS:
            return sentences.progress(change.after)
    return history.said(change)


def message(lines: Sequence[str]) -> str:
    """The message of a commit that records these changes, each told on a line."""
    if not lines:
        return _("Kế hoạch: sửa cách trình bày, nội dung không đổi") + "\n"
    if len(lines) == 1:
        first = words.beginning(lines[0], _SUBJECT)
        return first + "\n" + (f"\n{lines[0]}\n" if first != lines[0] else "")
    places = dict.fromkeys(line.partition(": ")[0] for line in lines)
    subject = ngettext("{n} ghi nhận: {places}", "{n} ghi nhận: {places}", len(lines)).format(
        n=len(lines), places=", ".join(places)
    )
    body = "".join(f"- {line}\n" for line in listed(lines))
    return f"{words.beginning(subject, _SUBJECT)}\n\n{body}"


def listed(lines: Sequence[str]) -> list[str]:
    """The lines; of very many the first, and how many more there are."""
    if len(lines) <= _LISTED:
        return list(lines)
    n = len(lines) - _LISTED
    more = ngettext("và {n} thay đổi khác", "và {n} thay đổi khác", n).format(n=n)
    return [*lines[:_LISTED], more]


def freshness(found: Freshness) -> str:
    """Of which state the data are, and why there is no newer one where that is known."""
    said = _("Số liệu đang dùng là của phiên bản {revision}, {author} lưu ngày {day}.").format(
        revision=found.revision,
        author=history.visible(found.author),
        day=words.moment(found.when),
    )
    if not found.reason:
        return said
    first = history.visible(found.reason).partition(". ")[0].removesuffix(".")
    return f"{said} " + _("Chưa có số liệu mới hơn: {reason}.").format(reason=first)
