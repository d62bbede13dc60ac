"""What leaders see first in their letter: the headline, what needs a decision, and who is behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.tracking.figures import statistics, trend
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.states import Situation, Task
from de06cli.tracking.terms import By, RowOrder, State
from de06cli.views import words
from de06cli.views.contents import first_screen, tables
from de06cli.views.contents.first_screen import BlockedItem, HeldUpItem
from de06cli.views.contents.lateness import Fact, Item
from de06cli.views.contents.tables import Cell, Column, Table
from de06cli.views.mail.letter import Brief

_WEEKS = 4  # that changes are told of


def brief(
    view: Situation, tasks: Sequence[Task], tasks_on: Callable[[date], Sequence[Task]]
) -> Brief:
    """The brief of ``tasks``; ``tasks_on`` gives them as they stood at the end of an earlier day."""
    moments = trend.latest(tasks, tasks_on, view.today, _WEEKS)
    seen = first_screen.overview(tasks, moments, view.portfolio)
    changes = [words.sentence_start(cell.text) for cell in seen.changes]
    return Brief(
        ("".join(cell.text for cell in seen.headline), *(f"{text}." for text in changes)),
        (*map(_blocked, seen.blocked), *map(_held_up, seen.held_up)),
        behind(view, tasks),
        tuple(one.task for one in seen.blocked),
    )


def _blocked(one: BlockedItem) -> Item:
    stands = "; ".join(filter(None, (one.since, one.late)))
    facts = (
        Fact("", words.sentence_start(stands), tables.LATE),
        Fact(_("Đơn vị thực hiện"), one.agencies),
        Fact(_("Lý do"), one.reason),
        Fact(_("Nhiệm vụ"), words.one_line(one.task.model.title), tables.QUIET),
    )
    return Item(one.name, tuple(fact for fact in facts if fact.text))


def _held_up(one: HeldUpItem) -> Item:
    noun = words.inside(nouns.model("", one.tasks[0].plan).strip())
    numbers = ", ".join(words.model_address(task) for task in one.tasks)
    said = _("{n} quá hạn đang chờ đơn vị").format(n=one.text)
    return Item(one.agencies, (Fact("", f"{said}: {noun} {numbers}", tables.LATE),))


def behind(view: Situation, tasks: Sequence[Task]) -> Table:
    """The agencies that lead something late, the worst first, in as few columns as a phone shows."""
    columns = (
        Column(_("Đơn vị"), flexible=True),
        Column(_("Quá hạn"), right=True),
        Column(_("Hoàn thành"), right=True),
        Column(_("Tổng số"), right=True),
    )
    rows = statistics.figures_by(list(tasks), By.AGENCY, view.portfolio)
    late = [row for row in statistics.ordered(rows, RowOrder.OVERDUE) if _overdue(row)]
    names = first_screen.agency_names([row.key or "" for row in late], view.portfolio)
    body = tuple(
        (
            Cell(name),
            Cell(words.number(_overdue(row)), tables.LATE),
            Cell(words.number(row.finished)),
            Cell(words.number(row.total)),
        )
        for name, row in zip(names, late, strict=True)
    )
    return Table(columns, body)


def _overdue(row: Figures) -> int:
    return row.states[State.OPEN_OVERDUE]
