"""What is late on a terminal, by lead agency: the digest of ``overdue``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06cli.messages import _
from de06cli.tracking.states import LateStep, Task
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.contents.lateness import AgencyGroup, Digest, Fact
from de06cli.views.contents.tables import Cell, Named
from de06cli.views.text import grid, task_list
from de06cli.views.text.grid import Line


def lines(digest: Digest, named: Named, width: int, cut: str) -> list[Line]:
    """The digest, none of its lines wider than ``width``; ``cut`` ends a title that is shortened."""
    drawn = _wrapped(Cell(digest.heading, tables.ALARM), width)
    for group in digest.groups:
        drawn += [(), *_group(group, named, width)]
    drawn += steps(digest.steps, width)
    if digest.upcoming:
        title = Cell(lateness.upcoming_title(digest.within), tables.SOON)
        drawn += [(), *_wrapped(title, width), *task_list.lines(digest.upcoming, named, width, cut)]
    return [*drawn, *steps(digest.upcoming_steps, width)]


def _group(group: AgencyGroup, named: Named, width: int) -> Iterator[Line]:
    heading = f"{group.address} – {words.agency(group.agency)} ({len(group.tasks)})"
    yield from _wrapped(Cell(heading, tables.HEADING), width)
    if group.full:
        before = task_list.before(group.full)
        for task in group.full:
            yield from _task(task, group.agency.code, named, before, width)
    for line in lateness.named_elsewhere(group):
        yield from _wrapped(Cell(line), width, "  ")


def _task(task: Task, code: str, named: Named, before: int, width: int) -> Iterator[Line]:
    """The lines of a task: its title, its state, and the step for which it waits."""
    indent = " " * before
    others = ", ".join(named(task.plan, lead) for lead in task.model.lead if lead != code)
    yield from task_list.headed(task, before, width)
    parts = [
        *task_list.about(task),
        *([_labelled(_("Cùng chủ trì"), others)] if others else ()),
        _labelled(_("Cập nhật gần nhất"), lateness.updated(task)),
    ]
    if waiting := tables.waits_for(task, named):
        parts.append(_labelled(_("Đang chờ"), waiting))
    parts += [_labelled(fact.label, fact.text) for fact in lateness.reported(task, named)]
    yield from grid.side_by_side(parts, width, indent)
    yield from _fact(lateness.held_up(task), width, indent)


def _labelled(label: str, text: str) -> Line:
    return (Cell(f"{label}: ", tables.QUIET), Cell(text))


def _fact(fact: Fact, width: int, indent: str) -> Iterator[Line]:
    first, *more = grid.wrap(f"{fact.label}: {fact.text}", width - len(indent))
    label, text = first[: len(fact.label) + 1], first[len(fact.label) + 1 :]
    if label == f"{fact.label}:":
        yield (Cell(indent), Cell(label, fact.tone or tables.QUIET), Cell(text))
    else:
        yield (Cell(indent), Cell(first, fact.tone))
    for line in more:
        yield (Cell(indent), Cell(line))


def steps(listed: Sequence[LateStep], width: int) -> list[Line]:
    """The steps with a deadline of their own, in models that are in time, below a free line."""
    if not listed:
        return []
    drawn = [(), *_wrapped(Cell(lateness.step_block_title(list(listed)), tables.TITLE), width)]
    for late in listed:
        tone = tables.LATE if late.days_late > 0 else tables.SOON
        stands = lateness.late_or_left(late)
        first, *more = grid.wrap(f"{lateness.step_name(late)} – {stands}", width - 2)
        texts = [first, *more]
        for number, text in enumerate(texts):
            begin = Cell("  " if number else "– ")
            if text.endswith(stands):
                drawn.append((begin, Cell(text.removesuffix(stands)), Cell(stands, tone)))
            else:
                drawn.append((begin, Cell(text)))
    return drawn


def _wrapped(cell: Cell, width: int, indent: str = "") -> list[Line]:
    texts = grid.wrap(cell.text, width - len(indent))
    return [(Cell(indent), Cell(text, cell.tone)) for text in texts]
