"""Charts made of letters, for a terminal of a given width: the timeline, and figures as bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from de06cli.characters import display_width, padded
from de06cli.messages import _
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.terms import State
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell
from de06cli.views.contents.timeline import EVERY, Timeline, TimelineRow
from de06cli.views.text import grid

Line = tuple[Cell, ...]  # what stands side by side

DUE, FIRST, FINISHED, MOVED, MISSED, TODAY, NOW = "◆", "◇", "●", "─", "┄", "│", "▼"
BEGUN, RUNNING = "├", "╌"
CUT = "…"
CROSSED = "┼"  # an extension that runs past today
BARS = {
    State.DONE_ON_TIME: Cell("█", tables.DONE),
    State.DONE_LATE: Cell("▓", tables.DONE),
    State.ONGOING: Cell("▒", tables.DONE),
    State.OPEN_IN_TIME: Cell("░"),
    State.OPEN_OVERDUE: Cell("■", tables.LATE),
    State.UNDATED: Cell("·", tables.QUIET),
    State.STOPPED: Cell("×", tables.QUIET),
}
_TITLED, _DATED = 60, 100  # how wide a terminal has to be for titles, and for dates beside them
_NAME = 44  # the most room for a name


# The timeline -------------------------------------------------------------------------------------


def timeline(shown: Timeline, width: int, cut: str = CUT) -> list[Line]:
    """The scale, a line a model and what the marks mean, none wider than ``width``.

    ``cut`` ends a name that does not fit, here and below: not every terminal has one letter for it.
    """
    number = max(display_width(words.model_address(row.task)) for row in shown.rows)
    title = min(_NAME, width * 7 // 20) if width >= _TITLED else 0
    spelled = max(display_width(words.day(row.due)) for row in shown.rows)
    dated = spelled + 1 if width >= _DATED else 0
    before = number + 1 + (title + 1 if title else 0)
    room = max(10, width - before - dated)
    months, ticks = _scale(shown, room)
    indent = Cell(" " * before)
    lines: list[Line] = [(indent, Cell(months, tables.TITLE)), (indent, Cell(ticks, tables.QUIET))]
    for row in shown.rows:
        address = words.model_address(row.task)
        cells = [Cell(" " * (number - display_width(address)) + address + " ")]
        if title:
            name = grid.shortened(row.task.model.title, title, 1, cut)[0]
            cells.append(Cell(padded(name, title + 1), row.tone))
        cells += _marks(row, shown, room, cut)
        if dated:
            day = words.day(row.due)
            cells.append(Cell(" " * (dated - display_width(day)) + day, row.tone))
        lines.append(tuple(cells))
    return [*lines, (), *_side_by_side(_meanings(shown), width)]


def _column(shown: Timeline, day: date, room: int) -> int:
    return int(shown.share(day) * (room - 1))


def _scale(shown: Timeline, room: int) -> tuple[str, str]:
    """As many months as can be read, each above the column of its first day, and the line of ticks."""
    at: dict[int, str] = {}
    for every in EVERY:
        months = [day for day in shown.months if (day.year * 12 + day.month - 1) % every == 0]
        columns = [_column(shown, day, room) for day in months]
        forms = ("%m/%Y", "%m/%y") if every < 12 else ("%Y",)
        for form in forms:
            labels = [_numbered(day, form) for day in months]
            size = max(map(display_width, labels), default=0)
            at = {
                column: label
                for column, label in zip(columns, labels, strict=True)
                if column + display_width(label) <= room
            }
            if all(later - earlier > size for earlier, later in pairwise(columns)):
                return _labelled(at, room), _ticked(at, shown, room)
    return "", _ticked({}, shown, room)


def _numbered(day: date, form: str) -> str:
    """The day in ``form``, of %m, %Y and %y: ``strftime`` writes years before 1000 by the system."""
    return (
        form.replace("%m", f"{day.month:02}")
        .replace("%Y", f"{day.year:04}")
        .replace("%y", f"{day.year % 100:02}")
    )


def _labelled(at: dict[int, str], room: int) -> str:
    line = " " * room
    for column, label in at.items():
        line = line[:column] + label + line[column + len(label) :]
    return line.rstrip()


def _ticked(at: Iterable[int], shown: Timeline, room: int) -> str:
    ticks = ["┬" if column in at else "─" for column in range(room)]
    ticks[_column(shown, shown.today, room)] = NOW
    return "".join(ticks)


def _marks(row: TimelineRow, shown: Timeline, room: int, cut: str) -> list[Cell]:
    """The sign in each column of a model; today's line shows where there is none."""
    columns = [Cell(" ")] * room
    columns[_column(shown, shown.today, room)] = Cell(TODAY, tables.QUIET)
    if row.due is None:
        said = grid.shortened(words.state(row.task.state), room, 1, cut)[0]
        columns[: len(said)] = [Cell(letter, tables.QUIET) for letter in said]
        return _together(columns)

    def fill(one: date, other: date, cell: Cell) -> None:
        begin, end = sorted([_column(shown, one, room), _column(shown, other, room)])
        columns[begin : end + 1] = [cell] * (end + 1 - begin)

    def mark(day: date, cell: Cell) -> None:
        columns[_column(shown, day, room)] = cell

    if row.start:
        fill(row.start, row.deadline or row.due, Cell(RUNNING, tables.QUIET))
        mark(shown.today, Cell(TODAY, tables.QUIET))
    if row.deadline:
        fill(row.deadline, row.due, Cell(MOVED, tables.QUIET))
        now = _column(shown, shown.today, room)
        columns[now] = Cell(CROSSED if columns[now].text == MOVED else TODAY, tables.QUIET)
    if row.missed_until:
        fill(row.due, row.missed_until, Cell(MISSED, tables.LATE))
        if row.completed_on is None:
            mark(shown.today, Cell(TODAY, tables.QUIET))
    if row.start:
        mark(row.start, Cell(BEGUN, tables.QUIET))
    if row.deadline:
        mark(row.deadline, Cell(FIRST, tables.QUIET))
    mark(row.due, Cell(DUE, row.tone))
    if row.completed_on:
        mark(row.completed_on, Cell(FINISHED, tables.DONE))
    return _together(columns)


def _together(columns: Iterable[Cell]) -> list[Cell]:
    """Neighbours of the same tone as one cell."""
    joined: list[Cell] = []
    for cell in columns:
        if joined and joined[-1].tone == cell.tone:
            joined[-1] = Cell(joined[-1].text + cell.text, cell.tone)
        else:
            joined.append(cell)
    return joined


def _meanings(shown: Timeline) -> list[Line]:
    """The meanings of the marks that are in use."""
    rows = shown.rows
    today = Cell(f"{NOW} " + _("hôm nay, {day}").format(day=words.day(shown.today)), tables.QUIET)
    known = [
        (True, today),
        (
            any(row.start for row in rows),
            Cell(f"{BEGUN}{RUNNING}{RUNNING} " + _("bắt đầu"), tables.QUIET),
        ),
        (any(row.due for row in rows), Cell(f"{DUE} " + _("thời hạn"))),
        (
            any(row.missed_until for row in rows),
            Cell(f"{DUE}{MISSED}{MISSED} " + _("quá hạn"), tables.LATE),
        ),
        (
            any(row.deadline for row in rows),
            Cell(f"{FIRST}{MOVED}{MOVED}{DUE} " + _("gia hạn"), tables.QUIET),
        ),
        (
            any(row.completed_on for row in rows),
            Cell(f"{FINISHED} " + _("hoàn thành"), tables.DONE),
        ),
    ]
    return [(cell,) for there, cell in known if there]


# Figures ------------------------------------------------------------------------------------------


def bars(named: Sequence[tuple[str, Figures]], width: int, cut: str = CUT) -> list[Line]:
    """A bar a row, as long as its tasks are many and parted by their states; none for no tasks."""
    most = max((row.total for _name, row in named), default=0)
    if not most:
        return []
    numbers = [words.number(row.total) for _name, row in named]
    beside = max(map(display_width, numbers)) + 1
    name = min(max(display_width(name) for name, _row in named), _NAME, width * 2 // 5)
    before = name + 1 if name else 0
    room = max(5, width - before - beside)
    lines: list[Line] = [
        (
            *([Cell(padded(grid.shortened(label, name, 1, cut)[0], name + 1))] if name else []),
            *_parts(row, room * row.total / most),
            Cell(f" {number}", tables.QUIET),
        )
        for (label, row), number in zip(named, numbers, strict=True)
    ]
    return [*lines, (), *_side_by_side(_states(named), width)]


def _parts(row: Figures, length: float) -> list[Cell]:
    """A row's bar: each part ends at the column next to where it should; none vanishes."""
    there = [(cell, row.states[state]) for state, cell in BARS.items() if row.states[state]]
    whole = max(len(there), round(length))
    cells, begin, counted = [], 0, 0
    for number, (cell, count) in enumerate(there, start=1):
        counted += count
        end = max(begin + 1, round(whole * counted / row.total))
        end = min(end, whole - (len(there) - number))
        cells.append(Cell(cell.text * (end - begin), cell.tone))
        begin = end
    return cells


def _states(named: Sequence[tuple[str, Figures]]) -> list[Line]:
    """The states that there are; of a single row, how many are in each."""
    meanings: list[Line] = []
    heads = tables.state_heads(short=True)
    for state, cell in BARS.items():
        counts = [row.states[state] for _name, row in named]
        if any(counts):
            count = f" {words.number(counts[0])}" if len(counts) == 1 else ""
            meanings.append((cell, Cell(f" {heads.get(state) or words.state(state)}{count}")))
    return meanings


def overdue_bars(moments: Sequence[Moment], width: int) -> list[Line]:
    """A bar a day, as long as the overdue tasks are many; none where there never was one."""
    counts = [one.figures.states[State.OPEN_OVERDUE] for one in moments]
    most = max(counts, default=0)
    if not most:
        return []
    dates = [words.day(one.as_of) for one in moments]
    dated = max(map(display_width, dates))
    room = max(5, min(_NAME, width - dated - 2 - display_width(words.number(most))))
    bar = BARS[State.OPEN_OVERDUE]
    lines: list[Line] = [(Cell(words.state(State.OPEN_OVERDUE), tables.TITLE),)]
    for day, n in zip(dates, counts, strict=True):
        length = max(1, round(room * n / most)) if n else 0
        lines.append(
            (
                Cell(padded(day, dated + 1)),
                *([Cell(bar.text * min(length, room), bar.tone)] if n else []),
                Cell(f" {words.number(n)}", tables.QUIET),
            )
        )
    return lines


# Both ---------------------------------------------------------------------------------------------


def _side_by_side(meanings: Iterable[Line], width: int) -> list[Line]:
    """The meanings side by side on one line where it holds them, else on as many as they need."""
    listed = list(meanings)
    sizes = [sum(display_width(cell.text) for cell in meaning) for meaning in listed]
    spare = width - sum(sizes)
    gap = 2 if 2 * (len(sizes) - 1) <= spare < 3 * (len(sizes) - 1) else 3
    lines: list[list[Cell]] = [[]]
    taken = 0
    for meaning, size in zip(listed, sizes, strict=True):
        if taken and taken + gap + size > width:
            lines.append([])
            taken = 0
        if taken:
            lines[-1].append(Cell(" " * gap))
            taken += gap
        lines[-1] += meaning
        taken += size
    return [tuple(line) for line in lines]
