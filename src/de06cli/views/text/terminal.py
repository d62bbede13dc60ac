"""The doorway to Rich: records for a person at a terminal. Text wraps between words, nothing is cut."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from de06cli.tracking.states import LateStep
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Table
from de06cli.views.text import finding_lines

if TYPE_CHECKING:  # a list is shown without what others show
    from de06cli.plan.findings import Finding
    from de06cli.views.contents.lateness import Digest
    from de06cli.views.contents.model_sheet import ModelSheet
    from de06cli.views.contents.periodic_report import Paper

Shown = RenderableType  # what ``show`` takes

_STYLES = {
    tables.LATE: "bold red",
    tables.SOON: "yellow",
    tables.DONE: "green",
    tables.QUIET: "dim",
    tables.TITLE: "bold",
    "": "",
}
_SEVERITIES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_QUOTE = "    "
_GAP = 2
_COMFORTABLE = 60  # as wide as a text need be for others to stand on one line


def console() -> Console:
    """Standard output as Rich sees it; what people typed is never markup or an emoji name."""
    size = shutil.get_terminal_size()  # Rich takes every dumb terminal for one of 80 columns
    return Console(
        file=sys.stdout,
        width=size.columns,
        height=size.lines,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )


def show(*parts: RenderableType) -> None:
    """Prints the parts, one after another."""
    out = console()
    for part in parts:
        out.print(part)


class Bar:
    """How much of ``total`` is done, on standard error; it is gone when it stops.

    With None it only moves, to show that something is being done.
    """

    def __init__(self, told: str, total: int | None) -> None:
        from rich import progress  # noqa: PLC0415 - most answers take less than a second

        out = Console(stderr=True)
        self._shown = progress.Progress(
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TimeElapsedColumn() if total is None else progress.TimeRemainingColumn(),
            console=out,
            transient=True,
            disable=out.is_dumb_terminal,
        )
        self._task = self._shown.add_task(words.visible(told), total=total)
        self._shown.start()

    def tell(self, done: int) -> None:
        self._shown.update(self._task, completed=done)

    def stop(self) -> None:
        self._shown.stop()


def table(table: Table, caption: str = "") -> RenderableType:
    """The table fitted to the terminal's width; on a narrow one each row becomes a block."""
    widths = _widths(table, console().width)
    told = [_text(caption, "dim")] if caption else []
    return Group(_grid(table, widths), *told) if widths else Group(_blocks(table), Text(), *told)


def _grid(table: Table, widths: list[int], *, header: bool = True) -> RichTable:
    grid = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=header,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),
        header_style="bold",
    )
    for column, size in zip(table.columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.right else "left"
        grid.add_column(_text(column.title), justify=justify, width=size, overflow="fold")
    for row in table.rows:
        grid.add_row(*(_text(cell.text, _STYLES[cell.tone]) for cell in row))
    if table.total:
        grid.add_section()
        grid.add_row(*(_text(cell.text, "bold") for cell in table.total))
    return grid


def _widths(table: Table, width: int) -> list[int] | None:
    """The columns' widths, in sum at most ``width``; None where they can't be without breaking a word.

    Each column is as wide as its cells and its title. Where that is too much, the flexible ones give
    way to a comfortable width, then the titles wrap, then the flexible ones give way to a fair share,
    then all to what is still good to read.
    """
    rows = [*table.rows, *([table.total] if table.total else [])]
    room = width - _GAP * (len(table.columns) - 1)
    flexible = sum(column.flexible for column in table.columns) or 1
    fair = max(28, width * 2 // 5) // flexible
    comfortable = _COMFORTABLE // flexible
    least, natural, steps = [], [], []
    for number, column in enumerate(table.columns):
        cells = [line for row in rows for line in row[number].text.splitlines()]
        longest = max(map(cell_len, " ".join([column.title, *cells]).split()), default=1)
        of_cells = max(map(cell_len, cells), default=1)
        of_all = max(of_cells, cell_len(column.title))
        least.append(longest)
        natural.append(max(of_all, longest))
        steps.append(
            (comfortable, comfortable, fair, fair, column.readable)
            if column.flexible
            else (of_all, of_cells, of_cells, column.readable, column.readable)
        )
    widths = natural
    for limits in zip(*steps, strict=True):
        widths = _shrunk(widths, list(map(max, limits, least)), room)
    return widths if sum(widths) <= room else None


def _shrunk(widths: list[int], floors: list[int], room: int) -> list[int]:
    """The widths made to fit into ``room``, always taking from the one with most above its floor."""
    shrunk = widths[:]
    while sum(shrunk) > room:
        spare = [size - floor for size, floor in zip(shrunk, floors, strict=True)]
        if max(spare) <= 0:
            break
        shrunk[spare.index(max(spare))] -= 1
    return shrunk


def _text(text: str, style: str = "") -> Text:
    """The text as Rich's own; what would control the terminal shows as a sign of its own."""
    return Text(words.visible(text), style=style)


def _blocks(table: Table) -> Group:
    """A block of lines a row, each line a cell with its column's title."""
    blocks: list[RenderableType] = []
    for row in [*table.rows, *([table.total] if table.total else [])]:
        if blocks:
            blocks.append(Text())
        for column, cell in zip(table.columns, row, strict=True):
            if cell is row[0] and (row is table.total or not column.title):
                blocks.append(_text(cell.text, "bold"))
            elif cell.text:
                label = _text(f"{column.title}: ", "dim")
                blocks.append(Text.assemble(label, _text(cell.text, _STYLES[cell.tone])))
    return Group(*blocks)


def drawing(lines: Iterable[tuple[Cell, ...]]) -> RenderableType:
    """Lines that were laid out for the terminal's width already."""
    drawn = []
    for line in lines:
        text = Text(no_wrap=True, overflow="crop")
        for cell in line:
            text.append_text(_text(cell.text, _STYLES[cell.tone]))
        drawn.append(text)
    return Group(*drawn)


def sheet(sheet: ModelSheet) -> RenderableType:
    """One model whole."""
    parts: list[RenderableType] = [
        _text(sheet.number, "bold cyan"),
        _text(sheet.title, "bold"),
    ]
    for section in sheet.sections:
        parts.append(Text(""))
        if section.title:
            parts.append(_text(section.title, _STYLES[section.tone] or "bold"))
        labels = any(field.label for field in section.fields)
        grid = RichTable.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        plain_fields = RichTable.grid()
        for field in section.fields:
            body = _text(field.text, _STYLES[field.tone])
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
    from de06cli.views.contents import lateness  # noqa: PLC0415

    parts: list[RenderableType] = [_text(digest.heading, "bold red")]
    by_group = [lateness.late_table(group.tasks, group.agency.code) for group in digest.groups]
    widths = None
    if by_group:
        every = Table(by_group[0].columns, tuple(row for table in by_group for row in table.rows))
        widths = _widths(every, console().width)
    for number, (group, table_of) in enumerate(zip(digest.groups, by_group, strict=True)):
        name = f" – {words.agency(group.agency)} ({len(group.tasks)})"
        title = Text.assemble(_text(group.address, "bold cyan"), _text(name))
        body = _grid(table_of, widths, header=number == 0) if widths else _blocks(table_of)
        parts += [Text(), title, body]
    if digest.steps:
        parts.append(steps(digest.steps))
    if digest.upcoming:
        title = _text(lateness.upcoming_title(digest.within), "bold yellow")
        parts += [Text(), title, table(tables.tasks(digest.upcoming))]
    if digest.upcoming_steps:
        parts.append(steps(digest.upcoming_steps))
    return Group(*parts)


def steps(listed: Iterable[LateStep]) -> RenderableType:
    """The steps with a deadline of their own, in models that are in time."""
    from de06cli.views.contents import lateness  # noqa: PLC0415

    late = list(listed)
    if not late:
        return Text()
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    for item in late:
        tone = tables.LATE if item.days_late > 0 else tables.SOON
        told = _text(lateness.late_or_left(item), _STYLES[tone])
        grid.add_row("–", Text.assemble(_text(f"{lateness.step_name(item)} – "), told))
    return Group(Text(), _text(lateness.step_block_title(late), "bold"), grid)


def report(paper: Paper) -> RenderableType:
    """The periodic report: chapters of lists, each list under its heading."""
    parts: list[RenderableType] = [
        *(_text(text, "bold") for text in (paper.title.upper(), *paper.subject)),
        _text(f"{paper.as_at}.", "dim"),
    ]
    for title, lists in paper.chapters:
        parts += [Text(), _text(title, "bold cyan")]
        for told in lists:
            parts += [Text(), _text(told.heading, "bold")]
            parts += [table(told.table)] if told.table else []
    return Group(*parts, Text(), _text(paper.note, "dim"))


def findings(
    listed: Sequence[Finding], data: str, source_line: Callable[[int], str]
) -> RenderableType:
    """Findings with the line of the file that each is about, and a caret under the place.

    No more than fit into the lines that findings may take; of the others, the number.
    """
    parts: list[RenderableType] = []
    out = console()
    width = max(8, min(64, out.width - len(_QUOTE)))
    lines = 0
    for number, finding in enumerate(listed):
        shown, height = _finding(finding, data, source_line(finding.place.line), width, out)
        lines += height
        if lines > finding_lines.MAX_LINES:
            left = finding_lines.left_out(len(listed) - number)
            return Group(*parts, _text(f"{data}: {left}", "dim"))
        parts += shown
    return Group(*parts)


def _finding(
    finding: Finding, data: str, line: str, width: int, out: Console
) -> tuple[list[RenderableType], int]:
    """One finding with its line, and how many lines of the terminal it takes."""
    place = finding.place
    tone = _SEVERITIES[finding.severity]
    said = Text.assemble(
        _text(f"{data}:{place.line}:{place.column} ", "dim"),
        _text(finding.code, tone),
        _text(f" {finding.message}"),
        _text(f" {finding.advice}" if finding.advice else "", "italic"),
    )
    parts: list[RenderableType] = [said]
    quoted, caret = _clip_line(line, place.column, width)
    # A note is about something missing or open: its line shows nothing wrong.
    if quoted.strip() and finding.severity != "note":
        parts.append(Text(_QUOTE + quoted, "dim", overflow="crop", no_wrap=True))
        parts.append(Text(_QUOTE + caret, tone, overflow="crop", no_wrap=True))
    return parts, len(said.wrap(out, out.width)) + len(parts) - 1


def coloured(counts: Sequence[tuple[str, int, str]]) -> str:
    """The counts of findings in words, each in the colour of its severity where there are any.

    For standard error; without colours where that takes none.
    """
    out = Console(file=sys.stderr, width=400, markup=False, emoji=False, highlight=False)
    said = Text(", ").join(
        _text(text, _SEVERITIES[severity] if n else "dim") for severity, n, text in counts
    )
    with out.capture() as captured:
        out.print(said, end="")
    return captured.get()


def _clip_line(line: str, column: int, width: int) -> tuple[str, str]:
    """The part of a line around a column, "…" for what is left out, and the caret's line beneath it."""
    begin = max(0, column - 1 - width // 2) if len(line) > width else 0
    part = line[begin : begin + width]
    part = "".join(char if char.isprintable() else " " for char in part)
    if begin:
        part = "…" + part[1:]
    if begin + width < len(line):
        part = part[:-1] + "…"
    return part, " " * cell_len(part[: column - 1 - begin]) + "^"
