"""The plan as one page for leaders.

Every text is in the page itself; the script only hides and sorts what is there. What the data say is
never part of the script or of the styles, and the page's policy runs no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from de06cli.messages import _
from de06cli.plan import nouns
from de06cli.plan.agencies import called
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.states import Situation, Task
from de06cli.tracking.terms import By, State
from de06cli.views import words
from de06cli.views.contents import lateness, model_sheet, register, tables
from de06cli.views.contents.model_sheet import ModelSheet
from de06cli.views.contents.tables import Table
from de06cli.views.links import Links, parts
from de06cli.views.page import drawing
from de06cli.views.page.templating import rendered

_TITLE = 60  # of a title on the timeline; the register holds it whole


class Card(NamedTuple):
    """A figure that leaders look for first; ``state`` is what the register then shows."""

    name: str
    number: str
    of: str = ""
    tone: str = ""
    state: str | None = None


class PageSummary(NamedTuple):
    """A table of figures with a bar a row."""

    field: str  # of the register's filter
    title: str
    table: Table
    bars: list[list[drawing.Span]]
    keys: list[str | None]


class PageRow(NamedTuple):
    """A model in the register."""

    task: Task
    id: str
    number: str
    deadline: str
    leads: tuple[tuple[str, str], ...]  # keys, as the filter knows them, and names
    also: str  # what its agencies are called besides
    urgency: str  # by which states are put in order
    links: dict[str, str]  # where its evidence opens
    closed: int  # per cent of the steps, or of the periods so far
    sheet: ModelSheet


def write(view: Situation, tasks: Iterable[Task], path: Path) -> None:
    """Writes the page of ``tasks`` to ``path``. Raises OSError."""
    path.write_bytes(page(view, list(tasks), path.parent).encode())


def page(view: Situation, tasks: Sequence[Task], folder: Path | None = None) -> str:
    """The whole page; ``folder`` is where it will lie, from where its links to documents start."""
    found = Links(view, folder)
    several = view.portfolio.several
    total = statistics.figures(tasks)
    plans = {plan.heading.code: plan for plan in view.portfolio.plans}
    by_agency = _summary(view, tasks, By.AGENCY, _("Tiến độ theo đơn vị chủ trì"))
    by_plan = _summary(view, tasks, By.PLAN, _("Tiến độ theo kế hoạch"))
    return rendered(
        "page.html",
        styles=["base.css", "page.css"],
        script="page.js",
        several=several,
        title=register.progress_title(view),
        place=_place(view),
        as_at=words.as_at(view.today),
        cards=_cards(total),
        two_by_two=tables.two_by_two(total),
        bar_of_all=drawing.bar(total, total.total),
        legend=[(state.value, words.state(state), total.states[state]) for state in total.shown],
        timeline=drawing.timeline_of(tasks, view.today),
        today=words.day(view.today),
        summaries=[by_plan, by_agency] if several else [by_agency],
        rows=[_row(task, plans[task.plan], found) for task in tasks],
        filters=_filters(total.shown, by_agency, by_plan if several else None),
        id=_id,
        short=lambda text: words.beginning(text, _TITLE),
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


def _cards(total: Figures) -> list[Card]:
    late, soon = total.states[State.OPEN_OVERDUE], total.due_soon
    due = f"{words.number(total.due_passed_finished)}/{words.number(total.due_passed)}"
    rated = f"{words.number(total.finished)}/{words.number(total.rated)}"
    return [
        Card(_("Tổng số"), words.number(total.total), state=""),
        Card(
            words.state(State.OPEN_OVERDUE),
            words.number(late),
            tone=tables.LATE if late else "",
            state=State.OPEN_OVERDUE,
        ),
        Card(
            _("Sắp đến hạn"),
            words.number(soon),
            tone=tables.SOON if soon else "",
            state="due_soon",
        ),
        Card(_("Tỷ lệ hoàn thành trên số đến hạn"), words.percent(total.rate_due), due),
        Card(_("Tỷ lệ hoàn thành trên số được giao"), words.percent(total.rate_all), rated),
    ]


def _summary(view: Situation, tasks: Sequence[Task], by: By, title: str) -> PageSummary:
    figures = statistics.figures_by(list(tasks), by, view.portfolio)
    table = tables.statistics(figures, statistics.figures(tasks), by, view.portfolio)
    most = max((row.total for row in figures), default=0)
    bars = [drawing.bar(row, most) for row in figures]
    return PageSummary(by.value, title, table, bars, [row.key for row in figures])


def _filters(
    shown: Iterable[State], by_agency: PageSummary, by_plan: PageSummary | None
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """A filter of the register: the field's name, its label, its choices."""
    states = [(state.value, words.state(state)) for state in shown]
    states.append(("due_soon", _("Sắp đến hạn")))
    chosen = [("agency", _("Chủ trì"), _choices(by_agency)), ("state", _("Tình trạng"), states)]
    return [("plan", _("Kế hoạch"), _choices(by_plan)), *chosen] if by_plan else chosen


def _choices(summary: PageSummary) -> list[tuple[str, str]]:
    names = [row[0].text for row in summary.table.rows]
    return [(key or "", name) for key, name in zip(summary.keys, names, strict=True)]


def _row(task: Task, plan: LazyPlan, found: Links) -> PageRow:
    model, register = task.model, plan.register
    involved = [register.by_code[code] for code in model.agencies]
    return PageRow(
        task=task,
        id=_id(task),
        number=words.model_address(task),
        deadline=lateness.deadline(task) or model.ongoing or _("không có"),
        leads=tuple(
            (
                statistics.agency_key(task.plan, code, task.one_of_many),
                words.holder(code, task, words.agency(register.by_code[code])),
            )
            for code in model.lead
        ),
        also="; ".join(dict.fromkeys(name for agency in involved for name in called(agency)[1:])),
        urgency=_urgency(task),
        closed=_closed_share(task),
        links=found.of_task(task),
        sheet=model_sheet.sheet(task, plan, frozenset()),
    )


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
