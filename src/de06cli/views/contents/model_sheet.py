"""One model whole, as labelled texts in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import duties, nouns
from de06cli.plan.agencies import AgencyRegister
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.declaring import BACKGROUND, PRINTED
from de06cli.plan.fields import fields
from de06cli.plan.parts import (
    Extension,
    Handover,
    Lists,
    Progress,
    Source,
    Step,
    Stop,
    Target,
    handed,
)
from de06cli.plan.records import Model
from de06cli.tracking.filters import COLUMNS
from de06cli.tracking.states import Task, closed_periods, duty_of, status, step_days_late
from de06cli.tracking.terms import State
from de06cli.views import duty_words, period_words, target_words, words
from de06cli.views.contents import background, deadlines, lateness, tables

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from de06cli.plan.committed.recorded import Recorded


class SheetField(NamedTuple):
    label: str
    text: str
    tone: str = ""


class SheetSection(NamedTuple):
    title: str
    fields: tuple[SheetField, ...]
    tone: str = ""
    step: bool = False
    short: bool = False  # its texts are short enough to stand side by side


class ModelSheet(NamedTuple):
    number: str
    title: str
    sections: tuple[SheetSection, ...]


_STATUS_TONES = {"done": tables.DONE, "blocked": tables.LATE, "skipped": tables.QUIET}


def sheet(
    task: Task,
    plan: LazyPlan,
    steps: frozenset[int],
    recorded: Mapping[int, Recorded] = MappingProxyType({}),
    zone: ZoneInfo | None = None,
) -> ModelSheet:
    """Everything that the plan says of a model. ``steps`` names the ones asked for, empty for all.

    ``recorded`` is who recorded each step, told in the time ``zone``.
    """
    model, register = task.model, plan.register
    shown = [step for step in model.steps if not steps or step.step in steps]
    about = [
        SheetField(_("Tình trạng"), _state(task), tables.tone(task)),
        *_texts(_("Dừng thực hiện"), [_stop(model.stopped) if model.stopped else None]),
        SheetField(_("Thời hạn"), _due(task), tables.tone(task)),
        *_extensions(model),
        *_texts(_("Thời gian bắt đầu"), [period_words.deadline(model.start)]),
        *_texts(_("Ngày giao"), [words.day(model.assigned)]),
        *_texts(_("Định kỳ"), [duty_words.recurrence(model.recurs) if model.recurs else None]),
        *_texts(_("Nhóm nhiệm vụ"), [_group(model.group, plan)]),
        SheetField(_("Tiến độ"), _progress(task)),
        SheetField(_("Cập nhật gần nhất"), lateness.updated(task)),
        *_agencies(_("Chủ trì"), model.lead, task, register),
        *_agencies(_("Phối hợp"), model.support, task, register),
        *_agencies(_("Lực lượng triển khai"), model.implementers, task, register),
        *_texts(_("Bàn giao"), _handovers(task)),
        *_texts(_("Kết thúc hoạt động"), _ended(task, register)),
        *_texts(_("Doanh nghiệp"), model.companies),
    ]
    sections = [
        SheetSection("", tuple(about)),
        *(_step(step, task, _who_recorded(recorded.get(step.step), zone)) for step in shown),
        SheetSection(_("Các kỳ"), tuple(_periods(task))),
        *(_target(task, target) for target in model.targets),
        SheetSection(
            _("Nội dung theo kế hoạch"),
            (*_background(model, PRINTED, BACKGROUND), *_background(model.progress, BACKGROUND)),
        ),
        SheetSection(_("Theo văn bản gốc"), tuple(_source(model.source or Source())), short=True),
        SheetSection(_("Nội dung cần làm rõ"), tuple(_texts("", [model.review])), tables.SOON),
    ]
    return ModelSheet(
        words.task_number(task), words.one_line(model.title), tuple(s for s in sections if s.fields)
    )


def _state(task: Task) -> str:
    begins = task.model.assigned or task.issued
    if begins and begins > task.today:
        return _("Chưa giao; giao từ ngày {day}").format(day=words.day(begins))
    late = deadlines.late_periods(task)
    if late:
        return f"{words.task_state(task)} ({late})"
    if task.state is State.OPEN_IN_TIME and task.days_left and not task.due_soon:
        left = words.days(task.days_left)
        return _("Chưa hoàn thành – trong hạn (còn {days})").format(days=left)
    return words.task_state(task)


def _stop(stopped: Stop) -> str:
    text = _("từ ngày {day}").format(day=words.day(stopped.on))
    return ", ".join(filter(None, (text, stopped.document, stopped.reason)))


def _due(task: Task) -> str:
    text = lateness.deadline(task) or _("không có")
    model = task.model
    if model.ongoing and model.deadline:
        text += ", " + _("sau đó duy trì {how}").format(how=model.ongoing)
    elif model.ongoing and task.period is None:
        text = model.ongoing
    return text


def _group(code: str | None, plan: LazyPlan) -> str | None:
    titles = [group.title for group in plan.groups if group.code == code]
    return f"{code} – {words.one_line(titles[0])}" if titles else code


def _progress(task: Task) -> str:
    """The marks of the steps; of a model without steps, what was recorded of it."""
    progress = task.model.progress
    if progress is None:
        marks = words.step_marks(task)
        return marks if task.model.steps or task.model.recurs else f"{marks} {words.status('todo')}"
    return f"{words.step_marks(task)} {_recorded(progress)}"


def _recorded(progress: Progress) -> str:
    said = f"{words.status(progress.status)} {words.day(progress.date)}".strip()
    parts = (said, progress.by, progress.evidence, progress.note)
    return " – ".join(part for part in parts if part)


def _handovers(task: Task) -> Iterator[str]:
    """The handovers in the order of their days, each with who had the role until then."""
    model = task.model
    before = task.printed or Lists(model.lead, model.support, model.implementers)
    for one in sorted(model.handovers, key=lambda each: each.on):
        yield _handover(one, before)
        before = handed(before, [one], one.on)


def _handover(one: Handover, before: Lists) -> str:
    roles = [
        f"{words.role(role)} {', '.join(former)} → {', '.join(codes)}"
        for role, former, codes in zip(COLUMNS, before, one[1:4], strict=True)
        if codes is not None
    ]
    text = _("từ ngày {day}").format(day=words.day(one.on))
    return ", ".join(filter(None, (f"{text}: {'; '.join(roles)}", one.document, one.reason)))


def _ended(task: Task, register: AgencyRegister) -> Iterator[str]:
    """Who held a role and has ended, until when, and who follows."""
    of_model = task.after_handovers or task.model
    printed = [code for codes in task.printed or () for code in codes]
    named = dict.fromkeys((*printed, *of_model.agencies, *of_model.step_agencies))
    for code in named:
        ended = register.by_code[code].ended
        if ended is None or ended.on > task.today:
            continue
        text = _("{agency} từ ngày {day}").format(agency=code, day=words.day(ended.on))
        if ended.successor:
            text += ", " + _("tiếp nhận: {codes}").format(codes=", ".join(ended.successor))
        yield f"{text} ({ended.document})" if ended.document else text


_MOST_LATE = 12  # periods that are named one by one


def _periods(task: Task) -> Iterator[SheetField]:
    """The recorded periods of a duty, and those that are late, in their order."""
    model = task.model
    owed = duty_of(model, task.issued)
    late = list(islice(owed.late(task.today, closed_periods(model)), _MOST_LATE)) if owed else []
    recorded = {one.period: one for one in model.periods}
    for period in sorted({*recorded, *late}, key=lambda one: one.last):
        label, one = period_words.period(period), recorded.get(period)
        said = [f"{words.STEP_MARKS[one.status]} {_recorded(one.progress)}"] if one else []
        if period in late and owed:
            due = duties.due_day(owed.recurs, period)
            days = words.days((task.today - due).days)
            said.append(_("hạn {due}, quá hạn {days}").format(due=words.day(due), days=days))
        yield SheetField(label, "; ".join(said), tables.LATE if period in late else "")
        for line in background.lines(one):
            yield SheetField("", line)


def _target(task: Task, target: Target) -> SheetSection:
    name = _("Chỉ tiêu {number}: {name}").format(
        number=target.target, name=words.one_line(target.name or task.model.title)
    )
    return SheetSection(
        name,
        tuple(SheetField(label, text) for label, text in target_words.facts(target, task.today)),
    )


def _extensions(model: Model) -> Iterator[SheetField]:
    """Each extension; the first day of a task that had none is no extension."""
    for number, extension in enumerate(model.extensions):
        first = number == 0 and model.deadline is None
        yield SheetField(_("Xác định thời hạn") if first else _("Gia hạn"), _extension(extension))


def _extension(extension: Extension) -> str:
    text = _("đến {to}, quyết định {decided}").format(
        to=period_words.deadline(extension.to), decided=words.day(extension.decided)
    )
    parts = (text, extension.document, extension.reason, *background.lines(extension))
    return ", ".join(part for part in parts if part)


def _agencies(
    label: str, codes: Iterable[str], task: Task, register: AgencyRegister
) -> list[SheetField]:
    names = [
        words.holder(code, task, f"{code} – {words.agency(register.by_code[code])}")
        for code in codes
    ]
    return _texts(label, names)


def _texts(label: str, texts: Iterable[str | None]) -> list[SheetField]:
    """A field a text; only the first carries the label."""
    kept = [text for text in texts if text]
    return [SheetField(label if number == 0 else "", text) for number, text in enumerate(kept)]


def _who_recorded(found: Recorded | None, zone: ZoneInfo | None) -> list[SheetField]:
    """Who recorded a step and when, and what was said of it before."""
    if found is None:
        return []
    who = words.one_line("".join(char if char.isprintable() else " " for char in found.author))
    text = (
        f"{found.when.astimezone(zone):%d/%m/%Y %H:%M} – {who} – {found.commit[:10]}"
        if found.commit
        else _("trên máy này, chưa đồng bộ")
    )
    fields = [SheetField(_("Ghi nhận"), text)]
    if found.before:
        fields.append(SheetField(_("Trước đó"), background.progress(found.before)))
    return fields


def _step(step: Step, task: Task, recorded: Sequence[SheetField] = ()) -> SheetSection:
    today, plan = task.today, task.plan
    key = status(step)
    progress = step.progress
    parts = [words.status(key)]
    if progress:
        parts[0] += f" {words.day(progress.date)}" if progress.date else ""
        parts += [part for part in (progress.by, progress.evidence, progress.note) if part]
    name = nouns.step(step.step, plan)
    title = f"{name}  {words.STEP_MARKS[key]} " + " – ".join(parts)
    fields = [SheetField("", step.text)]
    if step.agencies:
        fields.append(SheetField(_("Đơn vị thực hiện"), ", ".join(step.agencies)))
    if step.due:
        late = step_days_late(step, today)
        text = words.day(step.due)
        if late:
            text += " " + _("(quá hạn {days})").format(days=words.days(late))
        label = nouns.filled(_("Thời hạn của {step}"), plan)
        fields.append(SheetField(label, text, tables.LATE if late else ""))
    fields += recorded
    fields += [*_background(step, BACKGROUND), *_background(progress, BACKGROUND)]
    return SheetSection(title, tuple(fields), _STATUS_TONES.get(key, ""), step=True)


def _background(record: tuple[Any, ...] | None, *sections: str) -> Iterator[SheetField]:
    """The declared texts that have no place of their own."""
    for label, texts in background.labelled(record, *sections) if record else ():
        yield from _texts(label, texts)


def _source(source: Source) -> list[SheetField]:
    return [
        printed
        for field in fields(Source).values()
        for printed in _texts(_(field.label), [getattr(source, field.name)])
    ]
