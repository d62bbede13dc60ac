"""One model whole, as labelled texts in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from de06cli.messages import _
from de06cli.plan.agencies import AgencyRegister
from de06cli.plan.fields import fields
from de06cli.plan.records import BACKGROUND, PRINTED, Extension, Source, Step
from de06cli.tracking.states import Task, status, step_days_late
from de06cli.views import words
from de06cli.views.contents import background, lateness, tables


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


def sheet(task: Task, register: AgencyRegister, steps: frozenset[int]) -> ModelSheet:
    """Everything that the plan says of a model. ``steps`` names the ones asked for, empty for all."""
    model = task.model
    shown = [step for step in model.steps if not steps or step.step in steps]
    about = [
        SheetField(_("Tình trạng"), words.task_state(task), tables.tone(task)),
        SheetField(_("Thời hạn"), _due(task), tables.tone(task)),
        *(SheetField(_("Gia hạn"), _extension(extension)) for extension in model.extensions),
        SheetField(_("Tiến độ"), words.step_marks(task)),
        SheetField(_("Cập nhật gần nhất"), lateness.updated(task)),
        *_agencies(_("Chủ trì"), model.lead, register),
        *_agencies(_("Phối hợp"), model.support, register),
        *_agencies(_("Lực lượng triển khai"), model.implementers, register),
        *_texts(_("Doanh nghiệp"), model.companies),
    ]
    sections = [
        SheetSection("", tuple(about)),
        *(_step(step, task.today) for step in shown),
        SheetSection(_("Nội dung theo kế hoạch"), tuple(_background(model, PRINTED, BACKGROUND))),
        SheetSection(_("Theo văn bản gốc"), tuple(_source(model.source or Source())), short=True),
        SheetSection(_("Nội dung cần làm rõ"), tuple(_texts("", [model.review])), tables.SOON),
    ]
    return ModelSheet(
        words.task_number(task), words.one_line(model.title), tuple(s for s in sections if s.fields)
    )


def _due(task: Task) -> str:
    text = lateness.deadline(task) or _("không có")
    model = task.model
    if model.ongoing and model.deadline:
        text += ", " + _("sau đó duy trì {how}").format(how=model.ongoing)
    elif model.ongoing:
        text = model.ongoing
    return text


def _extension(extension: Extension) -> str:
    text = _("đến {to}, quyết định {decided}").format(
        to=words.day(extension.to), decided=words.day(extension.decided)
    )
    parts = (text, extension.document, extension.reason, *background.lines(extension))
    return ", ".join(part for part in parts if part)


def _agencies(label: str, codes: Iterable[str], register: AgencyRegister) -> list[SheetField]:
    names = [f"{code} – {words.agency(register.by_code[code])}" for code in codes]
    return _texts(label, names)


def _texts(label: str, texts: Iterable[str | None]) -> list[SheetField]:
    """A field a text; only the first carries the label."""
    kept = [text for text in texts if text]
    return [SheetField(label if number == 0 else "", text) for number, text in enumerate(kept)]


def _step(step: Step, today: date) -> SheetSection:
    key = status(step)
    progress = step.progress
    parts = [words.status(key)]
    if progress:
        parts[0] += f" {words.day(progress.date)}" if progress.date else ""
        parts += [part for part in (progress.by, progress.evidence, progress.note) if part]
    name = _("Bước {step}").format(step=step.step)
    title = f"{name}  {words.STEP_MARKS[key]} " + " – ".join(parts)
    fields = [SheetField("", step.text)]
    if step.agencies:
        fields.append(SheetField(_("Đơn vị thực hiện"), ", ".join(step.agencies)))
    if step.due:
        late = step_days_late(step, today)
        text = words.day(step.due)
        if late:
            text += " " + _("(quá hạn {days})").format(days=words.days(late))
        fields.append(SheetField(_("Thời hạn của bước"), text, tables.LATE if late else ""))
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
