"""The longer answers as plain text of 78 columns, as a mail client or a pager shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from de06cli.tracking.states import LateStep
from de06cli.views import digest as digests
from de06cli.views import words
from de06cli.views.digest import Digest, Item
from de06cli.views.plain import display_width
from de06cli.views.sheet import Sheet

WIDTH = 78


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """The text wrapped at 78 columns between words; its own line breaks are kept."""
    hanging = indent if hanging is None else hanging
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        begin = hanging if lines else indent
        if len(line) + max(len(indent), len(hanging)) <= WIDTH:
            lines.append((begin + line.strip()).rstrip())
        else:
            lines += _filled(line.expandtabs(1).strip().split(" "), begin, hanging)
    return "\n".join(lines) + "\n"


def _filled(words_of_line: list[str], begin: str, hanging: str) -> Iterator[str]:
    """As many of the words on each line as fit by the columns they take, which ``textwrap`` can't tell."""
    kept: list[str] = []
    used = display_width(begin)
    for word in words_of_line:
        width = display_width(word)
        if kept and used + width > WIDTH:
            yield begin + " ".join(kept)
            begin, kept, used = hanging, [], display_width(hanging)
        kept.append(word)
        used += width + 1
    yield (begin + " ".join(kept)).rstrip()


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
        code = group.agency.code
        parts += [
            "\n",
            wrapped(f"{group.address} – {words.agency(group.agency)} ({len(group.tasks)})"),
            *(item(digests.late_item(task, code)) for task in group.tasks),
        ]
    parts.append(steps_block(digest.steps))
    if digest.upcoming:
        parts += [
            "\n",
            wrapped(digests.upcoming_title(digest.within)),
            *(item(digests.upcoming_item(task)) for task in digest.upcoming),
        ]
    parts.append(steps_block(digest.upcoming_steps))
    return "".join(parts)


def item(told: Item) -> str:
    """A task or a step: its title, below it what there is to say."""
    facts = (
        wrapped(f"{fact.label}: {fact.text}", "    ", "      ")
        if fact.label
        else wrapped(fact.text, "    ")
        for fact in told.facts
    )
    return wrapped(told.title, "  ", "    ") + "".join(facts)


def steps_block(steps: Iterable[LateStep]) -> str:
    """The steps with a deadline of their own, in models that are in time."""
    listed = list(steps)
    if not listed:
        return ""
    text = "\n" + wrapped(digests.step_block_title(listed))
    for late in listed:
        text += wrapped(f"{digests.step_name(late)} – {digests.late_or_left(late)}", "  ", "    ")
    return text
