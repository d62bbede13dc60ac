"""The plan as one page for leaders.

Every text is in the page itself; the script only hides and sorts what is there. What the data say is
never part of the script or of the styles, and the page's policy runs no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from de06cli.messages import _
from de06cli.plan.agencies import called, fold
from de06cli.tracking import statistics
from de06cli.tracking.states import Task, View
from de06cli.tracking.statistics import Figures
from de06cli.tracking.terms import By, State
from de06cli.views import digest, sheet, tables, words
from de06cli.views.sheet import Sheet
from de06cli.views.templating import rendered

_TICKS = 8  # at most so many months are named


class Mark(NamedTuple):
    """Where a day stands on the timeline, from 0 to 100."""

    at: float
    text: str


class Row(NamedTuple):
    task: Task
    id: str
    number: str
    title: str
    tone: str
    state: str
    deadline: str
    leads: tuple[str, ...]  # codes, as the filter knows them
    lead_names: tuple[str, ...]
    searched: str  # everything about it, folded
    sheet: Sheet
    first: Mark | None  # the first deadline, where it was extended
    due: Mark | None


def write(view: View, tasks: Iterable[Task], path: Path) -> None:
    """Writes the page of ``tasks`` to ``path``. Raises OSError."""
    path.write_bytes(page(view, list(tasks)).encode())


def page(view: View, tasks: Sequence[Task]) -> str:
    """The whole page."""
    total = statistics.figures(tasks)
    by_agency = statistics.figures_by(list(tasks), By.AGENCY, view.portfolio)
    scale = _Scale(
        [view.today, *(day for task in tasks for day in (task.due, task.model.deadline) if day)]
    )
    rows = [_row(view, task, number, scale) for number, task in enumerate(tasks)]
    return rendered(
        "page.html",
        styles=["base.css", "page.css"],
        script="page.js",
        titles=[words.one_line(plan.heading.title) for plan in view.portfolio.plans],
        as_at=words.as_at(view.today),
        cards=_cards(total),
        two_by_two=tables.two_by_two(total),
        statistics=tables.statistics(by_agency, total, By.AGENCY, view.portfolio),
        bars=[_bar(figures) for figures in by_agency],
        rows=rows,
        scheduled=[row for row in rows if row.due],
        ticks=scale.ticks(),
        today=scale.mark(view.today),
        agencies=_agencies(view, by_agency),
        states=[(state.value, words.state(state)) for state in State],
        count=_("Hiện {shown} trên {total} mô hình"),
    )


def _cards(total: Figures) -> list[tuple[str, str, str, str]]:
    """The figures that leaders look for first: what, how many, of how many, and the tone."""
    late = total.states[State.OPEN_OVERDUE]
    return [
        (_("Tổng số"), words.number(total.total), "", ""),
        (_("Chưa hoàn thành – quá hạn"), words.number(late), "", tables.LATE if late else ""),
        (_("Sắp đến hạn"), words.number(total.due_soon), "", tables.SOON if total.due_soon else ""),
        (
            _("Tỷ lệ hoàn thành / đã đến hạn"),
            words.percent(total.rate_due),
            f"{words.number(total.due_passed_finished)}/{words.number(total.due_passed)}",
            "",
        ),
        (
            _("Tỷ lệ hoàn thành / được giao"),
            words.percent(total.rate_all),
            f"{words.number(total.finished)}/{words.number(total.rated)}",
            "",
        ),
    ]


def _bar(figures: Figures) -> list[tuple[str, float, float, str]]:
    """The parts of an agency's bar: the state, where it begins, how wide it is, what it says."""
    parts, begin = [], 0
    for state in State:
        n = figures.states[state]
        if n:
            told = f"{words.state(state)}: {words.number(n)}"
            at, wide = (round(100 * part / figures.total, 2) for part in (begin, n))
            parts.append((state.value, at, wide, told))
        begin += n
    return parts


def _agencies(view: View, by_agency: Sequence[Figures]) -> list[tuple[str, str]]:
    table = tables.statistics(by_agency, statistics.figures([]), By.AGENCY, view.portfolio)
    return [
        (row.key or "", cells[0].text) for row, cells in zip(by_agency, table.rows, strict=True)
    ]


def _row(view: View, task: Task, number: int, scale: _Scale) -> Row:
    plan = next(
        at for at, each in enumerate(view.portfolio.plans) if each.heading.code == task.plan
    )
    register = view.portfolio.plans[plan].register
    model = task.model
    whole = sheet.sheet(task, register, frozenset())
    involved = [*model.lead, *model.support, *model.implementers]
    texts = [
        whole.number,
        model.title,
        *(name for code in involved for name in called(register.by_code[code])),
        *(text for section in whole.sections for text in (section.title, *(f.text for f in section.fields))),
    ]  # fmt: skip
    return Row(
        task=task,
        id=f"m{number}",
        number=words.model_address(task),
        title=words.one_line(model.title),
        tone=tables.tone(task),
        state=words.task_state(task),
        deadline=digest.deadline(task) or (model.ongoing or ""),
        leads=tuple(
            statistics.agency_key(task.plan, code, task.one_of_many) for code in model.lead
        ),
        lead_names=tuple(words.agency(register.by_code[code]) for code in model.lead),
        searched="|".join(dict.fromkeys(filter(None, map(fold, texts)))),
        sheet=whole,
        first=scale.mark(model.deadline) if model.extensions and model.deadline else None,
        due=scale.mark(task.due) if task.due else None,
    )


class _Scale:
    """The calendar from the first day to the last, with a margin at both ends."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first, self.last = min(days), max(days)
        self.length = max(1, self.last.toordinal() - self.first.toordinal())

    def mark(self, day: date) -> Mark:
        share = (day.toordinal() - self.first.toordinal()) / self.length
        return Mark(round(4 + 92 * share, 2), words.day(day))

    def ticks(self) -> list[Mark]:
        """The beginnings of months, or of every so many of them."""
        begin = self.first.year * 12 + self.first.month
        end = self.last.year * 12 + self.last.month - 1
        every = max(1, -(-(end - begin + 1) // _TICKS))
        days = [date(month // 12, month % 12 + 1, 1) for month in range(begin, end + 1, every)]
        return [Mark(self.mark(day).at, f"{day:%m/%Y}") for day in days]
