"""The longer answers as plain text of 78 columns, as a mail client or a pager shows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from de06cli.characters import display_width, is_narrow
from de06cli.tracking.states import LateStep
from de06cli.views import words
from de06cli.views.contents import lateness
from de06cli.views.contents.lateness import Digest, Fact, Item
from de06cli.views.contents.tables import Table
from de06cli.views.text import plain_table

if TYPE_CHECKING:
    from de06cli.views.contents.model_sheet import ModelSheet
    from de06cli.views.contents.reports.periodic_report import ReportContents

WIDTH = 78


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """The text wrapped at 78 columns between words; its own line breaks are kept."""
    hanging = indent if hanging is None else hanging
    room = min(_beside(indent), _beside(hanging))
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        begin = hanging if lines else indent
        if display_width(line) <= room:
            lines.append((begin + line.strip()).rstrip())
        else:
            lines += _filled(line.expandtabs(1).strip(), begin, hanging)
    return "\n".join(lines) + "\n"


@cache
def _beside(indent: str) -> int:
    """How many columns an indent leaves."""
    return WIDTH - display_width(indent)


def _filled(text: str, begin: str, hanging: str) -> Iterator[str]:
    """Lines of as many words as fit."""
    narrow = is_narrow(text)
    while True:
        room = _beside(begin)
        fit = room if narrow else _fitting(text, room)
        cut = len(text) if len(text) <= fit else text.rfind(" ", 0, fit + 1)
        if cut < 0:  # a word that is longer has a line to itself
            cut = text.find(" ", fit)
        if cut in {-1, len(text)}:
            yield (begin + text).rstrip()
            return
        yield begin + text[:cut].rstrip()
        text, begin = text[cut:].lstrip(), hanging


def _fitting(text: str, columns: int) -> int:
    """How many of the text's characters fit into so many columns."""
    return bisect_right([*accumulate(map(display_width, text))], columns)


def sheet(sheet: ModelSheet) -> str:
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
        heading = f"{group.address} – {words.agency(group.agency)} ({len(group.tasks)})"
        parts += ["\n", wrapped(heading)]
        parts += [item(lateness.late_item(task, group.agency.code)) for task in group.full]
        parts += [wrapped(line, "  ", "    ") for line in lateness.named_elsewhere(group)]
    parts.append(steps_block(digest.steps))
    if digest.upcoming:
        parts += [
            "\n",
            wrapped(lateness.upcoming_title(digest.within)),
            *(item(lateness.upcoming_item(task)) for task in digest.upcoming),
        ]
    parts.append(steps_block(digest.upcoming_steps))
    return "".join(parts)


def item(shown: Item) -> str:
    """A task or a step: its title and, below it, its facts."""
    return wrapped(shown.title, "  ", "    ") + "".join(map(_fact, shown.facts))


def _fact(fact: Fact) -> str:
    if fact.label:
        return wrapped(f"{fact.label}: {fact.text}", "    ", "      ")
    return wrapped(fact.text, "    ")


def steps_block(steps: Iterable[LateStep]) -> str:
    """The steps with a deadline of their own, in models that are in time."""
    listed = list(steps)
    if not listed:
        return ""
    text = "\n" + wrapped(lateness.step_block_title(listed))
    for late in listed:
        text += wrapped(f"{lateness.step_name(late)} – {lateness.late_or_left(late)}", "  ", "    ")
    return text


def report(contents: ReportContents) -> str:
    """The periodic report: chapters of lists, each list under its heading."""
    parts = [
        wrapped(text) for text in (contents.title.upper(), *contents.subject, f"{contents.as_at}.")
    ]
    for paragraph in contents.opening:
        parts += ["\n", wrapped(paragraph)]
    for title, lists in contents.chapters:
        parts += ["\n", wrapped(title, hanging="   ")]
        for part in lists:
            parts += ["\n", wrapped(part.heading, hanging="   ")]
            if part.table:
                parts.append(listed(part.table))
    return "".join([*parts, "\n", wrapped(contents.note)])


def listed(table: Table) -> str:
    """A table, a line a row where all lines fit; else a block a row: the first cell, and below it the other
    cells behind the titles of their columns."""
    lines = plain_table.columns(table).splitlines()
    plainly = not any("\n" in cell.text for row in table.rows for cell in row)
    if plainly and max(map(display_width, lines)) <= WIDTH - 2:
        return "".join(f"  {line}\n" for line in lines)
    # What a row is about are the texts up to the first long one.
    about = next((at for at, column in enumerate(table.columns, 1) if column.flexible), 1)
    blocks = []
    for row in (*table.rows, *([table.total] if table.total else ())):
        texts = [cell.text for cell in row]
        if table.columns[0].right:
            texts[0] = f"{table.columns[0].title} {texts[0]}"
        rest = [
            f"{column.title}: {words.one_line(text)}"
            for column, text in zip(table.columns[about:], texts[about:], strict=True)
            if text not in {"", "0"}
        ]
        blocks.append(wrapped(" – ".join(filter(None, texts[:about])), "  ", "    "))
        blocks.append(wrapped("; ".join(rest), "    "))
    return "".join(blocks)
