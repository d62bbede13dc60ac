"""The doorway to Rich: records for a person at a terminal. Text wraps between words, nothing is cut."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType

from de06cli.characters import display_width, fitting
from de06cli.tracking.states import LateStep, Task
from de06cli.views import words
from de06cli.views.contents import lines, tables
from de06cli.views.contents.tables import Cell, Named, Table
from de06cli.views.text import grid, task_list
from de06cli.views.text.grid import Line
from de06cli.views.text.terminal_lines import console, in_colours, rendered

if TYPE_CHECKING:  # a list is shown without what others show
    from de06cli.plan.findings import Finding
    from de06cli.views.contents.lateness import Digest
    from de06cli.views.contents.model_sheet import ModelSheet
    from de06cli.views.contents.reports.periodic_report import ReportContents

Shown = RenderableType  # what ``show`` takes

_SEVERITIES = {"error": tables.LATE, "warning": tables.SOON, "note": tables.NOTE}
_QUOTE = "    "
CUT = "…"


def show(*parts: RenderableType) -> None:
    """Prints the parts, one after another."""
    out = console(sys.stdout)
    for part in parts:
        out.print(part)


def columns() -> int:
    """The columns of the terminal at standard output."""
    return console(sys.stdout).width


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
    width = columns()
    below = grid.flow([Cell(caption, tables.QUIET)], width) if caption else []
    return drawing([*grid.lines(table, width, CUT), *below])


def tasks(
    listed: Sequence[Task],
    named: Named = tables.codes,
    cut: str = CUT,
    as_at: str = "",
    counted: str = "",
) -> RenderableType:
    """The tasks in short; below them the meanings of the marks, the day and the counts."""
    width = columns()
    below = [(Cell(text, tables.QUIET),) for text in (*tables.legend(listed), as_at) if text]
    last = grid.wrap(counted, width) if counted else []
    return drawing(
        [
            *task_list.lines(listed, named, width, cut),
            *grid.side_by_side(below, width),
            *((Cell(text, tables.TITLE),) for text in last),
        ]
    )


def drawing(laid_out: Iterable[tuple[Cell, ...]]) -> RenderableType:
    """Lines that were laid out for the terminal's width already."""
    return Group(*map(in_colours, laid_out))


def sheet(sheet: ModelSheet) -> RenderableType:
    """One model whole."""
    from de06cli.views.text import sheet_lines  # noqa: PLC0415 - a list is shown without

    return drawing([*sheet_lines.lines(sheet, columns()), ()])


def digest(digest: Digest, named: Named = tables.codes, cut: str = CUT) -> RenderableType:
    """The overdue report: the tasks of each lead agency under its name, each in full once."""
    from de06cli.views.text import late_list  # noqa: PLC0415

    return drawing(late_list.lines(digest, named, columns(), cut))


def steps(listed: Iterable[LateStep]) -> RenderableType:
    """The steps with a deadline of their own, in models that are in time."""
    from de06cli.views.text import late_list  # noqa: PLC0415

    return drawing(late_list.steps(tuple(listed), columns()))


def report(paper: ReportContents) -> RenderableType:
    """The periodic report: chapters of lists, each list under its heading."""
    width = columns()
    shown = [
        *_wrapped(paper.title.upper(), tables.TITLE, width),
        *(line for text in paper.subject for line in _wrapped(text, tables.TITLE, width)),
        *_wrapped(f"{paper.as_at}.", tables.QUIET, width),
    ]
    for paragraph in paper.opening:
        shown += [(), *_wrapped(paragraph, "", width)]
    for title, lists in paper.chapters:
        shown += [(), *_wrapped(title, tables.HEADING, width)]
        for part in lists:
            shown += [(), *_wrapped(part.heading, tables.TITLE, width)]
            shown += grid.lines(part.table, width, CUT) if part.table else []
    return drawing([*shown, (), *_wrapped(paper.note, tables.QUIET, width)])


def _wrapped(text: str, tone: str, width: int) -> list[Line]:
    return grid.flow([Cell(text, tone)], width)


def findings(
    listed: Sequence[Finding], data: str, source_line: Callable[[int], str]
) -> RenderableType:
    """Findings with the line of the file that each is about, and a caret under the place.

    At most as many as fit into the lines that findings may take, and the number of the others.
    """
    from de06cli.views.text import finding_lines  # noqa: PLC0415

    drawn: list[Line] = []
    whole = columns()
    for number, finding in enumerate(listed):
        shown = _finding(finding, data, source_line(finding.place.line), whole)
        if len(drawn) + len(shown) > finding_lines.MAX_LINES:
            left = finding_lines.left_out(len(listed) - number)
            return drawing([*drawn, *_wrapped(f"{data}: {left}", tables.QUIET, whole)])
        drawn += shown
    return drawing(drawn)


def _finding(finding: Finding, data: str, line: str, width: int) -> list[Line]:
    """One finding with its line."""
    place = finding.place
    tone = _SEVERITIES[finding.severity]
    said = (
        Cell(f"{data}:{place.line}:{place.column} ", tables.QUIET),
        Cell(finding.code, tone),
        Cell(f" {finding.message} {finding.advice}".rstrip()),
    )
    drawn = grid.flow(said, width)
    quoted, caret = _clip_line(line, place.column, max(8, min(64, width - len(_QUOTE))))
    # A note is about something missing or open: its line shows nothing wrong.
    if quoted.strip() and finding.severity != "note":
        drawn += [(Cell(_QUOTE + quoted, tables.QUIET),), (Cell(_QUOTE + caret, tone),)]
    return drawn


def coloured(data: str, counts: Sequence[tuple[str, int, str]]) -> str:
    """The counts of the findings in a file, each in the colour of its severity where there are any.

    For standard error, folded at its width; without colours where that takes none.
    """
    parts = [Cell(f"{data}: ")]
    for severity, n, text in counts:
        parts += [Cell(text, _SEVERITIES[severity] if n else tables.QUIET), Cell(", ")]
    line = lines.Line(tuple(parts[:-1]), hanging=2)
    return rendered([line], sys.stderr, CUT).removesuffix("\n")


def _clip_line(line: str, column: int, width: int) -> tuple[str, str]:
    """The part of a line around a column, "…" for what is left out, and the caret's line beneath it."""
    shown = "".join(char if char.isprintable() else " " for char in line)
    begin = 0
    if display_width(shown) > width:
        while display_width(shown[begin : column - 1]) > width // 2:
            begin += 1
    part = shown[begin:]
    if begin:
        part = "…" + part[1:]
    if display_width(part) > width:
        part = part[: fitting(part, width - 1)] + "…"
    return part, " " * display_width(part[: column - 1 - begin]) + "^"
