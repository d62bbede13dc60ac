"""The longer answers as plain text of 78 columns, as a mail client or a pager shows them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from de06cli.messages import _
from de06cli.tracking.states import LateStep, Task
from de06cli.views import digest as digests
from de06cli.views import words
from de06cli.views.digest import Digest
from de06cli.views.plain import display_width
from de06cli.views.sheet import Sheet

WIDTH = 78


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """The text wrapped at 78 columns between words; its own line breaks are kept."""
    hanging = indent if hanging is None else hanging
    lines = []
    for number, line in enumerate(text.splitlines() or [""]):
        if len(line) + max(len(indent), len(hanging)) <= WIDTH and line.strip():
            lines.append((hanging if number else indent) + line.strip())
            continue
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=indent if number == 0 else hanging,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines) + "\n"


def sheet(sheet: Sheet) -> str:
    """One model whole: labels in a column, their texts beside them."""
    text = wrapped(f"{sheet.number}: {sheet.title}")
    for section in sheet.sections:
        text += "\n" + (wrapped(section.title, hanging="  ") if section.title else "")
        indent = "  " if section.title else ""
        label_width = max(display_width(field.label) for field in section.fields)
        for number, field in enumerate(section.fields):
            if label_width == 0 or (number == 0 and not field.label):
                text += wrapped(field.text, indent)
                continue
            padding = " " * (label_width - display_width(field.label))
            beside = indent + " " * (label_width + 2)
            first = f"{indent}{field.label}{':' if field.label else ' '}{padding} "
            text += wrapped(field.text, first, beside)
    return text


def digest(digest: Digest) -> str:
    """The overdue report: a block a lead agency."""
    parts = [wrapped(digest.heading)]
    for group in digest.groups:
        title = f"{group.address} – {words.agency(group.agency)} ({len(group.tasks)})"
        parts += ["\n", wrapped(title)]
        parts += [_late_task(task, group.agency.code) for task in group.tasks]
    parts.append(steps_block(digest.steps))
    if digest.upcoming:
        days = words.days(digest.within)
        parts += ["\n", wrapped(_("Đến hạn trong {days} tới").format(days=days))]
        for task in digest.upcoming:
            parts += [
                wrapped(f"{_task_name(task)} – {', '.join(task.model.lead)}", "  ", "    "),
                wrapped(_("Thời hạn") + f": {digests.deadline(task)}", "    "),
            ]
    return "".join(parts)


def _task_name(task: Task) -> str:
    stt = "" if task.model.stt is None else " " + _("(STT {stt})").format(stt=task.model.stt)
    number = _("Mô hình {model}").format(model=words.model_address(task))
    return f"{number}{stt}: {words.one_line(task.model.title)}"


def _late_task(task: Task, code: str) -> str:
    late = _("Quá hạn {days}; hạn {due}").format(
        days=words.days(task.days_late or 0), due=digests.deadline(task)
    )
    also = digests.also_led_by(task, code)
    return "".join(
        [
            wrapped(_task_name(task), "  ", "    "),
            wrapped(late + (f"; {also}" if also else ""), "    "),
            wrapped(_("Bước đang vướng") + f": {digests.hangs_on(task)}", "    ", "      "),
            wrapped(_("Cập nhật cuối") + f": {digests.updated(task)}", "    "),
        ]
    )


def steps_block(steps: Iterable[LateStep]) -> str:
    """The steps with a deadline of their own, in models that are in time."""
    listed = list(steps)
    if not listed:
        return ""
    text = "\n" + wrapped(digests.step_block_title(listed))
    for late in listed:
        text += wrapped(f"{digests.step_name(late)} – {digests.late_or_left(late)}", "  ", "    ")
    return text
