"""The doorway to Rich: records for a person at a terminal. Text wraps between words, nothing is cut."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.text import Text

from de06cli.tracking.states import LateStep, Task
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Named, Table
from de06cli.views.text import finding_lines, grid, late_list, sheet_lines, task_list
from de06cli.views.text.plain_table import display_width
from de06cli.views.text.terminal_lines import AMBER, BLUE, GREY, RED, STYLES

if TYPE_CHECKING:  # a list is shown without what others show
    from de06cli.plan.findings import Finding
    from de06cli.views.contents.lateness import Digest
    from de06cli.views.contents.model_sheet import ModelSheet
    from de06cli.views.contents.reports.periodic_report import ReportContents

Shown = RenderableType  # what ``show`` takes

_SEVERITIES = {"error": f"bold {RED}", "warning": AMBER, "note": BLUE}
_QUOTE = "    "
CUT = "…"


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
    """A bar on standard error, behind ``label``, of ``total`` pieces of work; ``stop`` removes it.

    Without a total the bar only moves.
    """

    def __init__(self, label: str, total: int | None) -> None:
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
        self._task = self._shown.add_task(words.visible(label), total=total)
        self._shown.start()

    def update(self, done: int) -> None:
        self._shown.update(self._task, completed=done)

    def stop(self) -> None:
        self._shown.stop()


def table(table: Table, caption: str = "") -> RenderableType:
    """The table fitted to the terminal's width; on a narrow one each row becomes a block."""
    below = [_text(caption, GREY)] if caption else []
    return Group(drawing(grid.lines(table, console().width, CUT)), *below)


def tasks(
    listed: Sequence[Task],
    named: Named = tables.codes,
    cut: str = CUT,
    as_at: str = "",
    counted: str = "",
) -> RenderableType:
    """The tasks in short; below them the meanings of the marks, the day and the counts."""
    width = console().width
    below = [(Cell(text, tables.QUIET),) for text in (tables.legend(listed), as_at) if text]
    last = grid.wrap(counted, width) if counted else []
    return drawing(
        [
            *task_list.lines(listed, named, width, cut),
            *grid.side_by_side(below, width),
            *((Cell(text, tables.TITLE),) for text in last),
        ]
    )


def _text(text: str, style: str = "") -> Text:
    """The text as Rich's own; what would control the terminal shows as a sign of its own."""
    return Text(words.visible(text), style=style)


def drawing(lines: Iterable[tuple[Cell, ...]]) -> RenderableType:
    """Lines that were laid out for the terminal's width already."""
    drawn = []
    for line in lines:
        text = Text(no_wrap=True, overflow="crop")
        for cell in line:
            text.append_text(_text(cell.text, STYLES[cell.tone]))
        drawn.append(text)
    return Group(*drawn)


def sheet(sheet: ModelSheet) -> RenderableType:
    """One model whole."""
    return drawing([*sheet_lines.lines(sheet, console().width), ()])


def digest(digest: Digest, named: Named = tables.codes, cut: str = CUT) -> RenderableType:
    """The overdue report: the tasks of each lead agency under its name, each in full once."""
    return drawing(late_list.lines(digest, named, console().width, cut))


def steps(listed: Iterable[LateStep]) -> RenderableType:
    """The steps with a deadline of their own, in models that are in time."""
    return drawing(late_list.steps(tuple(listed), console().width))


def report(paper: ReportContents) -> RenderableType:
    """The periodic report: chapters of lists, each list under its heading."""
    parts: list[RenderableType] = [
        *(_text(text, "bold") for text in (paper.title.upper(), *paper.subject)),
        _text(f"{paper.as_at}.", GREY),
    ]
    for paragraph in paper.opening:
        parts += [Text(), _text(paragraph)]
    for title, lists in paper.chapters:
        parts += [Text(), _text(title, f"bold {BLUE}")]
        for part in lists:
            parts += [Text(), _text(part.heading, "bold")]
            parts += [table(part.table)] if part.table else []
    return Group(*parts, Text(), _text(paper.note, GREY))


def findings(
    listed: Sequence[Finding], data: str, source_line: Callable[[int], str]
) -> RenderableType:
    """Findings with the line of the file that each is about, and a caret under the place.

    At most as many as fit into the lines that findings may take, and the number of the others.
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
            return Group(*parts, _text(f"{data}: {left}", GREY))
        parts += shown
    return Group(*parts)


def _finding(
    finding: Finding, data: str, line: str, width: int, out: Console
) -> tuple[list[RenderableType], int]:
    """One finding with its line, and how many lines of the terminal it takes."""
    place = finding.place
    tone = _SEVERITIES[finding.severity]
    said = Text.assemble(
        _text(f"{data}:{place.line}:{place.column} ", GREY),
        _text(finding.code, tone),
        _text(f" {finding.message}"),
        _text(f" {finding.advice}" if finding.advice else "", "italic"),
    )
    parts: list[RenderableType] = [said]
    quoted, caret = _clip_line(line, place.column, width)
    # A note is about something missing or open: its line shows nothing wrong.
    if quoted.strip() and finding.severity != "note":
        parts.append(Text(_QUOTE + quoted, GREY, overflow="crop", no_wrap=True))
        parts.append(Text(_QUOTE + caret, tone, overflow="crop", no_wrap=True))
    return parts, len(said.wrap(out, out.width)) + len(parts) - 1


def coloured(counts: Sequence[tuple[str, int, str]]) -> str:
    """The counts of findings in words, each in the colour of its severity where there are any.

    For standard error; without colours where that takes none.
    """
    out = Console(file=sys.stderr, width=400, markup=False, emoji=False, highlight=False)
    said = Text(", ").join(
        _text(text, _SEVERITIES[severity] if n else GREY) for severity, n, text in counts
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
    return part, " " * display_width(part[: column - 1 - begin]) + "^"
