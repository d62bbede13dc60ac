"""The plan as one page for leaders.

Every text is in the page itself; the script only hides and sorts what is there. What the data say is
never part of the script, and of the styles only the running head of paper; the page's policy runs no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from de06cli.messages import _, ngettext
from de06cli.plan import nouns
from de06cli.plan.agencies import called
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.declaring import Label
from de06cli.tracking.figures import pressing, statistics, trend
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.states import Situation, Task, as_of
from de06cli.tracking.terms import By, RowOrder, State
from de06cli.views import words
from de06cli.views.contents import deadlines, first_screen, lateness, model_sheet, register, tables
from de06cli.views.contents.first_screen import BlockedItem, HeldUpItem
from de06cli.views.contents.model_sheet import ModelSheet
from de06cli.views.contents.tables import Cell, Table
from de06cli.views.links import Links, parts
from de06cli.views.page import drawing
from de06cli.views.page.templating import rendered

_WORST = 8  # agencies on the first screen
_DECIDED = 5  # things of a kind that need a decision

TasksOn = Callable[
    [date], list[Task]
]  # the tasks that a page is about, as they stood at the end of a day


class FirstScreen(NamedTuple):
    """What a leader sees first: sentences, what needs a decision, the worst agencies, the trend."""

    headline: tuple[Cell, ...]
    changes: list[Cell]
    blocked: list[BlockedItem]
    more_blocked: int
    held_up: list[HeldUpItem]
    worst: list[SummaryRow]
    others: str  # what is to be said of the other agencies
    shared: str  # and of tasks that several of them lead
    kept_up: str  # of which tasks that go on the finished ones are
    trend: drawing.DrawnTrend | None


class SummaryCell(NamedTuple):
    text: str
    tone: str
    key: str  # by which rows are put in order


class SummaryRow(NamedTuple):
    """A row of figures with its bar."""

    key: str  # of the register's filter
    name: str
    full: str  # the whole name, and how many tasks are overdue
    overdue: str
    bar: list[drawing.Span]
    cells: list[SummaryCell]


class PageSummary(NamedTuple):
    """A table of figures with a bar a row; ``field`` is that of the register's filter."""

    field: str
    title: str
    table: Table
    rows: list[SummaryRow]


class PageRow(NamedTuple):
    """A model in the register."""

    task: Task
    id: str
    number: str
    deadline: str
    leads: tuple[tuple[str, str], ...]  # keys, as the filter knows them, and short names
    waiting: tuple[str, ...]  # the keys of the agencies that it waits for
    blocked: bool
    also: str  # what its agencies are called besides
    urgency: str  # by which states are put in order
    links: dict[str, str]  # where its evidence opens
    closed: int  # per cent of the steps, or of the periods so far
    sheet: ModelSheet


class PageFile(NamedTuple):
    """A file that lies beside the page: a calendar, the data."""

    name: str
    address: str  # relative to the page


def write(
    view: Situation, tasks: Iterable[Task], path: Path, tasks_on: TasksOn | None = None
) -> None:
    """Writes the page of ``tasks`` to ``path``. Raises OSError."""
    path.write_bytes(page(view, list(tasks), path.parent, tasks_on).encode())


def page(
    view: Situation,
    tasks: Sequence[Task],
    folder: Path | None = None,
    tasks_on: TasksOn | None = None,
    beside: Sequence[PageFile] = (),
) -> str:
    """The whole page; ``folder`` is where it will lie, from where its links to documents start.

    ``tasks_on`` gives the tasks of an earlier day, for the trend; without it, the models of ``tasks`` as
    they stood then. ``beside`` are files that lie in the same folder.
    """
    found = Links(view, folder)
    several = view.portfolio.several
    total = statistics.figures(tasks)
    plans = {plan.heading.code: plan for plan in view.portfolio.plans}
    by_agency = _summary(view, tasks, By.AGENCY, _("Tiến độ theo đơn vị chủ trì"))
    by_plan = _summary(view, tasks, By.PLAN, _("Tiến độ theo kế hoạch"))
    as_at = words.as_at(view.today)
    return rendered(
        "page.html",
        styles=["colours.css", "base.css", "first.css", "page.css"],
        script="page.js",
        running=(register.progress_title(view), as_at),
        several=several,
        title=register.progress_title(view),
        place=_place(view),
        as_at=as_at,
        first=_first_screen(view, tasks, total, by_agency, tasks_on),
        bar_of_all=drawing.bar(total, total.total),
        legend=[
            (state.value, words.state(state), total.states[state])
            for state in drawing.ORDER
            if state in total.shown
        ],
        timeline=drawing.timeline_of(tasks, view.today),
        today=words.day(view.today),
        summaries=[by_plan, by_agency] if several else [by_agency],
        rows=[_row(task, plans[task.plan], found) for task in tasks],
        filters=_filters(view, tasks, total.shown, by_agency, by_plan if several else None),
        marks=tables.legend(tasks),
        beside=beside,
        id=_id,
        closed=_closed_share,
        leads=partial(tables.leads, named=tables.short_names(view.portfolio)),
        words=words,
        nouns=nouns,
        parts=parts,
        tables=tables,
    )


def _place(view: Situation) -> str:
    if view.portfolio.several:
        return ""
    heading = view.portfolio.plans[0].heading
    title = words.one_line(heading.title) if heading.programme else ""
    return " – ".join(filter(None, (title, heading.place)))


# The first screen ---------------------------------------------------------------------------------


def _first_screen(
    view: Situation,
    tasks: Sequence[Task],
    total: Figures,
    by_agency: PageSummary,
    tasks_on: TasksOn | None,
) -> FirstScreen:
    if tasks_on is None:
        tasks_on = partial(_same_models, view, {task.key for task in tasks})
    moments = trend.latest(tasks, tasks_on, view.today)
    seen = first_screen.overview(tasks, moments, view.portfolio)
    late = [row for row in by_agency.rows if row.overdue]
    return FirstScreen(
        headline=seen.headline,
        changes=seen.changes,
        blocked=seen.blocked[:_DECIDED],
        more_blocked=max(0, len(seen.blocked) - _DECIDED),
        held_up=seen.held_up[:_DECIDED],
        worst=late[:_WORST],
        others=_others(len(late), len(by_agency.rows)),
        shared=first_screen.counted_for_each(tasks),
        kept_up=first_screen.kept_up(total),
        trend=drawing.overdue_line(moments) if seen.before else None,
    )


def _same_models(view: Situation, models: AbstractSet[tuple[str, Label]], day: date) -> list[Task]:
    then = as_of(view.portfolio, (day,) * len(view.days))
    return [task for task in then.tasks() if task.key in models]


def _others(late: int, all_of_them: int) -> str:
    if late > _WORST:
        n = late - _WORST
        text = ngettext(
            "… và {n} đơn vị khác có nhiệm vụ quá hạn",
            "… và {n} đơn vị khác có nhiệm vụ quá hạn",
            n,
        )
        return text.format(n=words.number(n))
    n = all_of_them - late
    text = ngettext(
        "{n} đơn vị chủ trì khác không có nhiệm vụ quá hạn",
        "{n} đơn vị chủ trì khác không có nhiệm vụ quá hạn",
        n,
    )
    return text.format(n=words.number(n)) if n else ""


# Figures ------------------------------------------------------------------------------------------


def _summary(view: Situation, tasks: Sequence[Task], by: By, title: str) -> PageSummary:
    """The rows with most overdue tasks first."""
    plans = view.portfolio
    figures = statistics.ordered(statistics.figures_by(list(tasks), by, plans), RowOrder.OVERDUE)
    table = tables.statistics(figures, statistics.figures(tasks), by, plans, short=True)
    keys = [row.key for row in figures]
    full = tables.row_names(keys, by, plans)
    most = max((row.total for row in figures), default=0)
    rows = [
        SummaryRow(
            key=figure.key or "",
            name=cells[0].text,
            full=name,
            overdue=words.number(n) if (n := figure.states[State.OPEN_OVERDUE]) else "",
            bar=drawing.bar(figure, most),
            cells=_cells(figure, cells[1:]),
        )
        for figure, cells, name in zip(figures, table.rows, full, strict=True)
    ]
    return PageSummary(by.value, title, table, rows)


def _cells(row: Figures, cells: Sequence[Cell]) -> list[SummaryCell]:
    """The figures of a row: a zero is left out, and each has the number that it is put in order by."""
    counts, rates = cells[:-2], (row.rate_due, row.rate_all)
    shown = [
        SummaryCell("" if cell.text == "0" else cell.text, cell.tone, _digits(cell.text))
        for cell in counts
    ]
    shown += [
        SummaryCell(cell.text, cell.tone, "" if rate is None else str(round(rate * 10_000)))
        for cell, rate in zip(cells[-2:], rates, strict=True)
    ]
    return shown


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


# The register -------------------------------------------------------------------------------------


def _filters(
    view: Situation,
    tasks: Sequence[Task],
    shown: Iterable[State],
    by_agency: PageSummary,
    by_plan: PageSummary | None,
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """A filter of the register: the field's name, its label, its choices."""
    states = [(state.value, words.state(state)) for state in shown]
    states.append(("due_soon", _("Sắp đến hạn")))
    states.append(("blocked", nouns.filled(_("Có {step} vướng mắc"))))
    waiting = statistics.figures_by(
        [task for task in tasks if statistics.waits_for(task)], By.WAITING, view.portfolio
    )
    keys = [row.key or "" for row in waiting]
    names = tables.row_names(keys, By.WAITING, view.portfolio)
    chosen = [
        ("agency", _("Chủ trì"), _choices(by_agency)),
        ("waiting", _("Đang chờ"), list(zip(keys, names, strict=True))),
        ("state", _("Tình trạng"), states),
    ]
    return [("plan", _("Kế hoạch"), _choices(by_plan)), *chosen] if by_plan else chosen


def _choices(summary: PageSummary) -> list[tuple[str, str]]:
    """The keys and the whole names, in the order of the keys."""
    return sorted((row.key, row.full) for row in summary.rows)


def _row(task: Task, plan: LazyPlan, found: Links) -> PageRow:
    model, register = task.model, plan.register
    involved = [register.by_code[code] for code in model.agencies]
    return PageRow(
        task=task,
        id=_id(task),
        number=words.model_address(task),
        deadline=_deadline(task),
        leads=tuple(
            (_key(task, code), words.holder(code, task, words.short(register.by_code[code])))
            for code in model.lead
        ),
        waiting=tuple(_key(task, code) for code in statistics.waits_for(task)),
        blocked=bool(pressing.blocked([task])),
        also="; ".join(dict.fromkeys(name for agency in involved for name in called(agency)[1:])),
        urgency=_urgency(task),
        closed=_closed_share(task),
        links=found.of_task(task),
        sheet=model_sheet.sheet(task, plan, frozenset()),
    )


def _deadline(task: Task) -> str:
    """The deadline, and that it was moved; by how often and from when, the details say."""
    text = deadlines.long(task)
    if not text:
        return task.model.ongoing or _("không có")
    return f"{text} {_('(gia hạn)')}" if lateness.was_extended(task) else text


def _key(task: Task, code: str) -> str:
    return statistics.agency_key(task.plan, code, task.one_of_many)


def _closed_share(task: Task) -> int:
    if task.model.steps:
        return round(100 * task.steps_done / task.steps_total)
    return {"done": 100, "doing": 50}.get(words.own_status(task), 0)


def _id(task: Task) -> str:
    return f"MH{words.model_address(task)}"


def _urgency(task: Task) -> str:
    """The sort key of the register: late tasks, most days late first, then open ones, then finished ones."""
    order = (
        State.OPEN_OVERDUE,
        State.OPEN_IN_TIME,
        State.DONE_LATE,
        State.DONE_ON_TIME,
        State.ONGOING,
        State.UNDATED,
        State.STOPPED,
    )
    days = task.days_left if task.days_left is not None else 10**7 - (task.days_late or 0)
    return f"{order.index(task.state)} {days}"
