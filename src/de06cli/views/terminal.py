"""The doorway to Rich: records for a person at a terminal. Text wraps between words, nothing is cut."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from de06cli.messages import _
from de06cli.plan.findings import Finding, Severity
from de06cli.tracking.states import LateStep, Task
from de06cli.views import digest as digests
from de06cli.views import plain, tables, words
from de06cli.views.digest import Digest
from de06cli.views.sheet import Sheet
from de06cli.views.tables import Cell, Table

_STYLES = {
    tables.LATE: "bold red",
    tables.SOON: "yellow",
    tables.DONE: "green",
    tables.QUIET: "dim",
    "": "",
}
_SEVERITIES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "cyan",
}
_NARROW = 70  # below, a record is a block instead of a row


def console() -> Console:
    """Standard output as Rich sees it; what people typed is never markup or an emoji name."""
    return Console(
        file=sys.stdout,
        markup=False,
        emoji=False,
        highlight=False,
        no_color=bool(os.environ.get("NO_COLOR")) or None,
        soft_wrap=False,
    )


def show(*parts: RenderableType) -> None:
    """Prints the parts, one after another."""
    out = console()
    for part in parts:
        out.print(part)


def table(table: Table, caption: str = "") -> RenderableType:
    """The table fitted to the terminal's width; on a narrow one each row becomes a block."""
    body = _blocks(table) if console().width < _NARROW else _grid(table)
    return Group(body, Text(caption, style="dim")) if caption else body


def _grid(table: Table) -> RichTable:
    grid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    for number, column in enumerate(table.columns):
        grid.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            ratio=None,
            overflow="fold",
            min_width=_longest_word(table, number),
            vertical="top",
        )
    for row in table.rows:
        grid.add_row(*map(_text, row))
    if table.total:
        grid.add_section()
        grid.add_row(*(Text(cell.text, style="bold") for cell in table.total))
    return grid


def _longest_word(table: Table, number: int) -> int:
    """The width below which a column would break inside a word."""
    cells = [table.columns[number].title, *(row[number].text for row in table.rows)]
    longest = max((plain.display_width(word) for cell in cells for word in cell.split()), default=1)
    return min(longest, 24)


def _text(cell: Cell) -> Text:
    return Text(cell.text, style=_STYLES[cell.tone])


def _blocks(table: Table) -> Group:
    blocks: list[RenderableType] = []
    for row in [*table.rows, *([table.total] if table.total else [])]:
        lines = Text()
        for column, cell in zip(table.columns, row, strict=True):
            if not cell.text:
                continue
            label = f"{column.title}: " if column.title else ""
            lines.append(label, style="dim")
            lines.append(cell.text, style=_STYLES[cell.tone])
            lines.append("\n")
        blocks.append(lines)
    return Group(*blocks)


def sheet(sheet: Sheet) -> RenderableType:
    """One model whole."""
    parts: list[RenderableType] = [
        Text(sheet.number, style="bold cyan"),
        Text(sheet.title, style="bold"),
    ]
    for section in sheet.sections:
        parts.append(Text(""))
        if section.title:
            parts.append(Text(section.title, style=_STYLES[section.tone] or "bold"))
        labels = any(field.label for field in section.fields)
        grid = RichTable.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        plain_fields = RichTable.grid()
        for field in section.fields:
            body = Text(field.text, style=_STYLES[field.tone])
            if labels and (field.label or field is not section.fields[0]):
                grid.add_row(field.label, body)
            else:
                plain_fields.add_row(body)
        indent = 2 if section.title else 0
        if plain_fields.row_count:
            parts.append(Padding(plain_fields, (0, 0, 0, indent)))
        if grid.row_count:
            parts.append(Padding(grid, (0, 0, 0, indent)))
    parts.append(Text(""))
    return Group(*parts)


def digest(digest: Digest) -> RenderableType:
    """The overdue report: a table a lead agency."""
    parts: list[RenderableType] = [Text(digest.heading, style="bold red")]
    for group in digest.groups:
        title = Text("\n")
        title.append(group.agency.code, style="bold cyan")
        title.append(f" – {words.agency(group.agency)} ({len(group.tasks)})")
        parts += [title, table(_late_table(group.tasks, group.agency.code))]
    if digest.steps:
        parts.append(steps(digest.steps))
    if digest.upcoming:
        days = words.days(digest.within)
        parts += [
            Text(_("Đến hạn trong {days} tới").format(days=days), style="bold yellow"),
            table(tables.tasks(digest.upcoming)),
        ]
    return Group(*parts)


def _late_table(tasks: Iterable[Task], code: str) -> Table:
    columns = (
        tables.Column(_("Mô hình"), right=True),
        tables.Column(_("STT"), right=True),
        tables.Column(_("Nhiệm vụ"), flexible=True),
        tables.Column(_("Thời hạn"), right=True),
        tables.Column(_("Quá hạn (ngày)"), right=True),
        tables.Column(_("Bước đang vướng"), flexible=True),
        tables.Column(_("Cập nhật cuối")),
    )
    rows = []
    for task in tasks:
        title = words.one_line(task.model.title)
        if also := digests.also_led_by(task, code):
            title += f" ({also})"
        rows.append(
            (
                Cell(str(task.model.model)),
                Cell("" if task.model.stt is None else str(task.model.stt), tables.QUIET),
                Cell(title),
                Cell(digests.deadline(task)),
                Cell(words.number(task.days_late or 0), tables.LATE),
                Cell(_short(digests.hangs_on(task))),
                Cell(digests.updated(task), tables.QUIET),
            )
        )
    return Table(columns, tuple(rows))


def _short(text: str, limit: int = 90) -> str:
    """The text's first words; `de06 show` has the whole."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def steps(listed: Iterable[LateStep]) -> RenderableType:
    """The steps with a deadline of their own, in models that are in time."""
    late = list(listed)
    if not late:
        return Text()
    lines = Text("\n" + plain.step_block_title(late) + "\n", style="bold")
    for item in late:
        tone = tables.LATE if item.days_late > 0 else tables.SOON
        lines.append(f"  {plain.step_name(item)} – ", style="not bold")
        lines.append(plain.late_or_left(item) + "\n", style=_STYLES[tone])
    return lines


def findings(
    listed: Iterable[Finding], data: str, source_line: Callable[[int], str]
) -> RenderableType:
    """Findings with the line of the file that each is about, and a caret under the place."""
    parts: list[RenderableType] = []
    for finding in listed:
        place = finding.place
        line = Text(f"{data}:{place.line}:{place.column} ", style="dim")
        line.append(finding.code, style=_SEVERITIES[finding.severity])
        line.append(f" {finding.message}")
        if finding.advice:
            line.append(f" {finding.advice}", style="italic")
        parts.append(line)
        quoted, caret = _clip_line(source_line(place.line), place.column)
        if quoted.strip():
            parts.append(Text(f"    {quoted}", style="dim", overflow="ellipsis", no_wrap=True))
            parts.append(Text(f"    {caret}", style=_SEVERITIES[finding.severity]))
    return Group(*parts)


def _clip_line(line: str, column: int, width: int = 64) -> tuple[str, str]:
    """The part of a line around a column, and the caret's line beneath it."""
    text = "".join(char if char.isprintable() else " " for char in line)
    begin = max(0, column - 1 - width // 2) if len(text) > width else 0
    part = text[begin : begin + width]
    before = part[: column - 1 - begin]
    return part, " " * plain.display_width(before) + "^"
