"""Changes as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from de06cli.messages import _
from de06cli.plan.committed.git_log import Commit
from de06cli.plan.fields import fields
from de06cli.plan.parts import Extension, Source, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model
from de06cli.tracking.changes import Change, ChangeKind, periods_changed
from de06cli.views import period_words, words
from de06cli.views.contents import sentences
from de06cli.views.text.json_answer import plain

_CLIP, _LEAD = (
    60,
    20,
)  # characters of a text, and how many of them before the place where it changed


def entry(
    commit: Commit, when: datetime, changes: list[Change] | None, *, cut: bool = False
) -> str:
    """A commit and its changes, a line each. ``changes`` is None where the file could not be read; ``cut``
    says that the copy of the repository does not hold the state before."""
    author, subject = visible(commit.author), visible(commit.subject)
    head = f"{words.moment(when)}  {author}  {commit.id[:10]}  {subject}"
    lines = [sentence(change) for change in changes or ()]
    return "\n  ".join([head, *(lines or [nothing(changes, cut=cut)])]) + "\n"


def nothing(changes: list[Change] | None, *, cut: bool) -> str:
    """The sentence that says why a commit shows no changes; see ``entry``."""
    if changes is None:
        return _("Tệp ở phiên bản này không hợp lệ nên không so sánh được.")
    if cut:
        return _("Bản sao rút gọn của kho git bắt đầu từ đây; không có bản trước để so sánh.")
    return _("Chỉ thay đổi cách trình bày trong tệp, nội dung không đổi.")


def visible(text: str) -> str:
    """A text from git, which may hold any character; control characters become spaces."""
    return words.one_line("".join(char if char.isprintable() else " " for char in text))


def sentence(change: Change) -> str:
    """The change in the plan's own words, on one line."""
    if change.lost:
        return _("khi gộp đã mất: {what}").format(what=_sentence(change))
    return _sentence(change)


def _sentence(change: Change) -> str:
    if change.kind is ChangeKind.MOVED:
        return moved(change.before, change.after)
    match change.kind:
        case ChangeKind.ADDED:
            return _("{name}: thêm vào").format(name=_name(change))
        case ChangeKind.REMOVED:
            return _("{name}: bỏ đi").format(name=_name(change))
    return f"{_name(change)}: {said(change)}"


def said(change: Change) -> str:
    """The change of a field, without the name of its model or step: "thời hạn 30/12/2023 → 31/03/2024"."""
    match change.kind:
        case _ if change.field == "periods":
            return "; ".join(
                f"{period_words.period(period, inside=True)}: "
                + _arrow(sentences.progress(before), sentences.progress(after))
                for period, before, after in periods_changed(change)
            )
        case _ if change.field == "handovers" and (made := _added(change.before, change.after)):
            return "; ".join(map(sentences.handover, made))
        case _ if change.field == "targets" and (found := [*_measured(change)]):
            return "; ".join(found)
        case _ if change.field == "stopped" and change.after and not change.before:
            return sentences.stop(change.after)
        case ChangeKind.PROGRESS:
            return _arrow(sentences.progress(change.before), sentences.progress(change.after))
        case _ if change.field == "extensions" and change.model:
            return _extended(
                change.model.deadline, change.before or (), change.after or (), lost=change.lost
            )
        case _ if change.field == "source":
            return "; ".join(_cells(change.before or Source(), change.after or Source()))
        case ChangeKind.TEXT if not _is_record(change.before or change.after):
            return f"{_label_of(change)} {_arrow(*_both_texts(change.before, change.after))}"
    return f"{_label_of(change)} {_arrow(_text(change.before), _text(change.after))}"


def _added(before: tuple[Any, ...] | None, after: tuple[Any, ...] | None) -> list[Any]:
    """The records that are new, where no old one is another or gone; else none."""
    old = before or ()
    kept = [one for one in after or () if one in old]
    return [one for one in after or () if one not in old] if len(kept) == len(old) else []


def _measured(change: Change) -> Iterator[str]:
    """The new values of targets, where nothing else of the targets is another; else nothing."""
    before, after = change.before or (), change.after or ()
    if [one._replace(values=()) for one in before] != [one._replace(values=()) for one in after]:
        return
    for old, new in zip(before, after, strict=True):
        for value in new.values:
            if value not in old.values:
                label = f"{_label(Model, 'targets')} {new.target}"
                yield f"{label}: {sentences.measurement(new, value)}"


def _is_record(value: Any) -> bool:
    return hasattr(value, "_fields")


def moved(before: str, after: str) -> str:
    """The sentence that the file has another name, or lies in another folder."""
    same_name = before.rsplit("/", 1)[-1] == after.rsplit("/", 1)[-1]
    text = _("Chuyển tệp: {change}") if same_name else _("Đổi tên tệp: {change}")
    return text.format(change=_arrow(visible(before), visible(after)))


def _name(change: Change) -> str:
    if change.model and change.step:
        return sentences.step_name(change.model, change.step)
    if change.model:
        return sentences.model_name(change.model)
    if change.agency:
        return _("Đơn vị {code}").format(code=change.agency)
    return _("Kế hoạch")


def _label_of(change: Change) -> str:
    record: Any = Agency if change.agency else Heading
    if change.model:
        record = Step if change.step else Model
    return _label(record, change.field or "")


def _label(record: Any, field: str) -> str:
    """What a field of a class of records is called inside a sentence."""
    return words.inside(_(fields(record)[field].label))


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"


def _extended(
    deadline: Period | None,
    before: tuple[Extension, ...],
    after: tuple[Extension, ...],
    *,
    lost: bool,
) -> str:
    """The deadline before and after, and by which document it was extended, now or before it was
    ``lost``."""
    due_before = before[-1].to if before else deadline
    due_after = after[-1].to if after else deadline
    if due_before == due_after:
        return f"{_label(Model, 'extensions')} {_arrow(_text(before), _text(after))}"
    text = f"{_label(Model, 'deadline')} {_arrow(_text(due_before), _text(due_after))}"
    extended = before if lost else after
    if len(extended) > len(after if lost else before):
        documents = [part for part in (extended[-1].document, extended[-1].reason) if part]
        # The first day of a task that had none is no extension.
        n = len(extended) - (deadline is None)
        times = " " + _("(gia hạn lần {n})").format(n=n) if n else ""
        text += times + "".join(f" – {words.one_line(part)}" for part in documents)
    return text


def _cells(before: Source, after: Source) -> Iterator[str]:
    """The printed cells that differ."""
    for name, old, new in zip(Source._fields, before, after, strict=True):
        if old != new:
            label = f"{_label(Model, 'source')} ({_label(Source, name)})"
            yield f"{label} {_arrow(*_both_texts(old, new))}"


def _both_texts(before: Any, after: Any) -> tuple[str, str]:
    """Two values; long texts are clipped to the place where they part."""
    old, new = _text(before), _text(after)
    pairs = zip(old, new, strict=False)
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
    begin = 0
    if max(len(old), len(new)) > _CLIP and same > _CLIP - _LEAD:
        begin = old.rfind(" ", 0, same - _LEAD) + 1
    return _clipped(old, begin), _clipped(new, begin)


def _clipped(text: str, begin: int) -> str:
    part = words.beginning(text[begin:], _CLIP)
    if begin:
        part = f"…{part}"
    return f"“{part}”" if " " in part else part


def _text(value: Any) -> str:
    if not value and value != 0:
        return "–"
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Period):
        return period_words.deadline(value)
    if _is_record(value):
        return " – ".join(_text(item) for item in value if item)
    if isinstance(value, tuple):
        return ", ".join(_text(item) for item in value)
    return words.one_line(str(value))


def change_record(change: Change, plan: str, commit: Commit | None) -> dict[str, Any]:
    """The change as JSON; who and when only where a commit made it. What a merge lost is of the kind
    "lost": ``before`` was recorded, ``after`` is left."""
    return {
        "plan": plan,
        "kind": "lost" if change.lost else str(change.kind),
        "model": change.model.model if change.model else None,
        "stt": change.model.stt if change.model else None,
        "step": change.step.step if change.step else None,
        "agency": change.agency,
        "field": change.field,
        "before": plain(change.before),
        "after": plain(change.after),
        "revision": commit.id if commit else None,
        "author": commit.author if commit else None,
        "date": commit.when if commit else None,
        "subject": commit.subject if commit else None,
    }
