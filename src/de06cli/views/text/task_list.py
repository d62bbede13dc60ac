"""The register of tasks on a terminal: on a wide one a row a task, else two lines a task."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.characters import display_width
from de06cli.messages import _
from de06cli.tracking.states import Task
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Named
from de06cli.views.text import grid
from de06cli.views.text.grid import Line

# How wide a terminal has to be for a row a task, and for whom each waits for.
_ROWS, _WAITING = 112, 130


def lines(listed: Sequence[Task], named: Named, width: int, cut: str) -> list[Line]:
    """The tasks, none of the lines wider than ``width``; ``cut`` ends a title that is shortened."""
    if width >= _ROWS:
        table = tables.short_tasks(listed, named, waiting=width >= _WAITING)
        if sizes := grid.widths(table, width):
            return grid.grid(table, sizes, cut)
    return _cards(listed, named, width, cut)


def _cards(listed: Sequence[Task], named: Named, width: int, cut: str) -> list[Line]:
    """Two lines a task: its number and title with its state at the end, and below it the rest."""
    margin = before(listed)
    drawn: list[Line] = []
    for task in listed:
        drawn += headed(task, margin, width, cut)
        rest = about(task, tables.leads(task, named))
        below = grid.side_by_side(rest, width, " " * margin)
        waiting = tables.waits_for(task, named, short=True)
        if waiting:  # where there is room
            rest.append((Cell(_("Đang chờ") + ": ", tables.QUIET), Cell(waiting)))
            with_waiting = grid.side_by_side(rest, width, " " * margin)
            below = with_waiting if len(with_waiting) == len(below) else below
        drawn += below
    return drawn


def before(listed: Sequence[Task]) -> int:
    """The width of the column of numbers, in columns of the terminal, with the gap behind it."""
    return max(display_width(words.model_address(task)) for task in listed) + grid.GAP


def headed(task: Task, margin: int, width: int, cut: str = "") -> list[Line]:
    """The number and the title, with the state beside it, or below it where there is little room.

    Without ``cut`` the title stands whole, else it takes one line, or two on a narrow terminal.
    """
    state = Cell(words.short_state(task), tables.tone(task))
    address = words.model_address(task)
    room = width - margin - display_width(state.text) - grid.GAP
    beside = room >= _TITLE
    size, height = (room, 1) if beside else (width - margin, 2)
    title = words.one_line(task.model.title)
    texts = grid.shortened(title, size, height, cut) if cut else grid.wrap(title, size)
    drawn: list[Line] = []
    for number, text in enumerate(texts):
        begin = "" if number else address
        line = [Cell(" " * (margin - grid.GAP - display_width(begin))), Cell(begin, tables.TITLE)]
        line += [Cell(" " * grid.GAP), Cell(text)]
        if beside and number == 0:
            line += [Cell(" " * (room - display_width(text) + grid.GAP)), state]
        drawn.append(tuple(line))
    return drawn if beside else [*drawn, (Cell(" " * margin), state)]


def about(task: Task, leads: str = "") -> list[Line]:
    """What stands below a title, part by part."""
    done = tables.DONE if words.is_closed(task) else ""
    stt = "" if task.model.stt is None else _("STT {stt}").format(stt=task.model.stt)
    parts = (
        Cell(tables.due(task), tables.tone(task)),
        Cell(leads),
        Cell(words.step_marks(task), done),
        Cell(stt, tables.QUIET),
    )
    return [(part,) for part in parts if part.text]


_TITLE = 36  # columns of a title that say which task is meant
