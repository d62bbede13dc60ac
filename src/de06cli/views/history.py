"""Changes as sentences and as JSON."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from de06cli.messages import N_, _
from de06cli.plan.git import Commit
from de06cli.plan.records import Extension
from de06cli.tracking.changes import Change, Kind
from de06cli.views import sentences, words

_FIELDS = {
    "deadline": N_("thời hạn"),
    "extensions": N_("gia hạn"),
    "due": N_("thời hạn"),
    "ongoing": N_("duy trì"),
    "lead": N_("chủ trì"),
    "support": N_("phối hợp"),
    "implementers": N_("lực lượng triển khai"),
    "agencies": N_("đơn vị làm"),
    "title": N_("tên"),
    "text": N_("lời văn"),
    "organisation": N_("tổ chức thực hiện"),
    "outcome": N_("hiệu quả"),
    "equipment": N_("thiết bị"),
    "companies": N_("doanh nghiệp"),
    "source": N_("bản in"),
    "review": N_("câu hỏi còn mở"),
}
_CLIP = 60


def entry(commit: Commit, changes: list[Change] | None) -> str:
    """A commit with what it changed, a line each."""
    when = datetime.fromisoformat(commit.when)
    text = f"{when:%d/%m/%Y %H:%M}  {commit.author}  {commit.id[:10]}  {commit.subject}\n"
    if changes is None:
        return text + "  " + _("Tệp ở phiên bản này không hợp lệ nên không so sánh được.") + "\n"
    return text + "".join(f"  {sentence(change)}\n" for change in changes)


def sentence(change: Change) -> str:
    """The change in the plan's own words, on one line."""
    name = _name(change)
    if change.kind is Kind.ADDED:
        return _("{name}: thêm vào").format(name=name)
    if change.kind is Kind.REMOVED:
        return _("{name}: bỏ đi").format(name=name)
    if change.kind is Kind.PROGRESS:
        before, after = sentences.progress(change.before), sentences.progress(change.after)
        return f"{name}: {before} → {after}"
    if change.field == "extensions" and change.model:
        return f"{name}: {_extended(change.model.deadline, change.before, change.after)}"
    before, after = _told(change.before), _told(change.after)
    field = _(_FIELDS[change.field]) if change.field in _FIELDS else change.field
    return f"{name}: {field} {before} → {after}"


def _name(change: Change) -> str:
    if change.model and change.step:
        return sentences.step_name(change.model, change.step)
    if change.model:
        return sentences.model_name(change.model)
    if change.agency:
        return _("Đơn vị {code}").format(code=change.agency)
    return _("Kế hoạch")


def _extended(
    deadline: date | None, before: tuple[Extension, ...], after: tuple[Extension, ...]
) -> str:
    """The deadline before and after, and by which document it was extended."""
    due_before = before[-1].to if before else deadline
    due_after = after[-1].to if after else deadline
    text = _("thời hạn") + f" {_told(due_before)} → {_told(due_after)}"
    if len(after) > len(before):
        documents = [part for part in (after[-1].document, after[-1].reason) if part]
        text += " " + " – ".join([_("(gia hạn lần {n})").format(n=len(after)), *documents])
    return text


def _told(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        return ", ".join(_told(item) for item in value) or "–"
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_told(item) for item in asdict(value).values() if item)
    text = words.one_line(str(value))
    return f"“{text if len(text) <= _CLIP else text[: _CLIP - 1] + '…'}”" if " " in text else text


def change_record(change: Change, plan: str, commit: Commit | None) -> dict[str, Any]:
    """The change as JSON; who and when only where a commit made it."""
    return {
        "plan": plan,
        "kind": str(change.kind),
        "model": change.model.model if change.model else None,
        "stt": change.model.stt if change.model else None,
        "step": change.step.step if change.step else None,
        "agency": change.agency,
        "field": change.field,
        "before": _json(change.before),
        "after": _json(change.after),
        "revision": commit.id if commit else None,
        "author": commit.author if commit else None,
        "date": commit.when if commit else None,
        "subject": commit.subject if commit else None,
    }


def _json(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _json(item) for key, item in asdict(value).items()}
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
