"""The doorway to Rich: records for a person at a terminal. Text wraps between words, nothing is cut."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable

from rich import box
from rich.console import Console, Group, JustifyMethod, RenderableType
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
_NARROW = 60  # below, a record is a block instead of a row
_GAP = 2


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
    width = console().width
    body = _blocks(table) if width < _NARROW else _grid(table, width)
    return Group(body, Text(caption, style="dim")) if caption else body


def _grid(
    table: Table, width: int, widths: list[int] | None = None, *, header: bool = True
) -> RichTable:
    grid = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=header,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        header_style="bold",
    )
    for column, size in zip(table.columns, widths or _widths(table, width), strict=True):
        justify: JustifyMethod = "right" if column.right else "left"
        grid.add_column(Text(column.title), justify=justify, width=size, overflow="fold")
    for row in table.rows:
        grid.add_row(*map(_text, row))
    if table.total:
        grid.add_section()
        grid.add_row(*(Text(cell.text, style="bold") for cell in table.total))
    return grid


def _widths(table: Table, width: int) -> list[int]:
    """The columns' widths, in sum at most ``width`` where whole words allow it.

    Each column is as wide as its cells. Where that is too much, the flexible ones give way to a fair
    share, then the others to a readable width, then all to their longest word.
    """
    rows = [*table.rows, *([table.total] if table.total else [])]
    natural, least = [], []
    for number, column in enumerate(table.columns):
        cells = [row[number].text for row in rows]
        words_of = " ".join([column.title, *cells]).split()
        least.append(max(map(plain.display_width, words_of), default=1))
        natural.append(max([least[-1], *map(plain.display_width, cells)]))
    flexible = [column.flexible for column in table.columns]
    fair = max(28, width * 2 // 5) // max(1, sum(flexible))
    first = [fair if flex else size for size, flex in zip(natural, flexible, strict=True)]
    second = [fair if column.flexible else column.readable for column in table.columns]
    room = width - _GAP * (len(natural) - 1)
    widths = natural
    for limits in (first, second, least):
        floors = [max(pair) for pair in zip(limits, least, strict=True)]
        widths = _shrunk(widths, floors, room)
    return widths


def _shrunk(widths: list[int], floors: list[int], room: int) -> list[int]:
    """The widths made to fit into ``room``, always taking from the one with most above its floor."""
    shrunk = widths[:]
    while sum(shrunk) > room:
        spare = [size - floor for size, floor in zip(shrunk, floors, strict=True)]
        if max(spare) <= 0:
            break
        shrunk[spare.index(max(spare))] -= 1
    return shrunk


def _text(cell: Cell) -> Text:
    return Text(cell.text, style=_STYLES[cell.tone])


def _blocks(table: Table) -> Group:
    blocks = []
    for row in [*table.rows, *([table.total] if table.total else [])]:
        lines = Text()
        for column, cell in zip(table.columns, row, strict=True):
            if cell.text:
                lines.append(f"{column.title}: " if column.title else "", style="dim")
                lines.append(f"{cell.text}\n", style=_STYLES[cell.tone])
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
    """The overdue report: the tasks of each lead agency under its name, in one set of columns."""
    parts: list[RenderableType] = [Text(digest.heading, style="bold red")]
    by_group = [_late_table(group.tasks, group.agency.code) for group in digest.groups]
    width = console().width
    if by_group:
        every = Table(by_group[0].columns, tuple(row for table in by_group for row in table.rows))
        widths = _widths(every, width)
    for number, (group, table_of) in enumerate(zip(digest.groups, by_group, strict=True)):
        title = Text("\n")
        title.append(group.agency.code, style="bold cyan")
        title.append(f" – {words.agency(group.agency)} ({len(group.tasks)})")
        narrow = width < _NARROW
        body = _blocks(table_of) if narrow else _grid(table_of, width, widths, header=number == 0)
        parts += [title, body]
    if digest.steps:
        parts.append(steps(digest.steps))
    if digest.upcoming:
        days = words.days(digest.within)
        title = Text("\n" + _("Đến hạn trong {days} tới").format(days=days), style="bold yellow")
        parts += [title, table(tables.tasks(digest.upcoming))]
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
