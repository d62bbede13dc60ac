"""The figures of several days: the trend and the comparison of ``stats``."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from de06cli.cli import answer, output, selection
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Format
from de06cli.messages import _
from de06cli.tracking import filters
from de06cli.tracking.dates import typed_day
from de06cli.tracking.figures import comparison, statistics, trend
from de06cli.tracking.figures.comparison import Comparison
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.report_period import compared_day
from de06cli.tracking.states import Situation, Task, as_of
from de06cli.tracking.terms import By, Every, RowOrder
from de06cli.views import words
from de06cli.views.contents import figure_tables
from de06cli.views.text import json_answer


class Rows(NamedTuple):
    """What the figures of one day are asked for: by what, and in which order."""

    by: By | None
    order: RowOrder | None

    def of(self, tasks: list[Task], opened: Opened) -> list[Figures]:
        rows = statistics.figures_by(tasks, self.by, opened.portfolio) if self.by else []
        return statistics.ordered(rows, self.order) if self.order else rows


class SelectedDays:
    """The tasks that the filters select on each day; the models that they can be about are found once."""

    def __init__(self, opened: Opened, chosen: Filters, by: By | None) -> None:
        self._opened = opened
        self._query = selection.query(opened, chosen)
        self._positions = selection.positions(opened.view, chosen, self._query)
        self._waiting = by is By.WAITING

    def view(self, day: date) -> Situation:
        """The plans at the end of ``day``; those asked about where it is their day."""
        view = self._opened.view
        return view if day == view.today else as_of(view.portfolio, (day,) * len(view.days))

    def tasks(self, day: date) -> list[Task]:
        selected = filters.select(self.view(day).tasks(self._positions), self._query)
        return [task for task in selected if not self._waiting or statistics.waits_for(task)]

    def begin(self) -> date:
        """The first day on which anything happened or was due, whatever state is asked for."""
        anyhow = self._query._replace(states=frozenset())
        view = self._opened.view
        selected = filters.select(view.tasks(self._positions), anyhow)
        return trend.begin((task.model for task in selected), view.today)


def show_trend(
    opened: Opened,
    chosen: Filters,
    every: Every,
    first: str | None,
    asked: Rows,
    form: Format | None,
) -> None:
    """Writes the trend in the form asked for."""
    selected = SelectedDays(opened, chosen, asked.by)
    begin = typed_day(first, opened.today) if first else selected.begin()
    days = trend.days(begin, opened.today, every)
    totals: list[Moment] = []
    rows: list[Moment] = []
    with output.progress(_("Tính số liệu"), len(days)) as counted:
        for day in days:
            tasks = selected.tasks(day)
            totals.append(Moment(day, statistics.figures(tasks)))
            rows += [Moment(day, row) for row in asked.of(tasks, opened)]
            counted()
    by = asked.by
    listed = rows if by else totals
    table = figure_tables.trend(listed, by, opened.portfolio)
    if form in {None, Format.TABLE}:
        caption = f"{words.as_at(opened.today)}."
        if by and output.is_terminal():
            latest = [one.figures for one in rows if one.as_of == opened.today]
            order = statistics.ordered(latest, asked.order or RowOrder.OVERDUE)
            keys = dict.fromkeys([row.key for row in order] + [one.figures.key for one in rows])
            table = figure_tables.overdue_over_time(rows, list(keys), by, opened.portfolio)
            caption = _("Số nhiệm vụ quá hạn.") + f" {caption}"
        answer.people(table, caption)
        if output.is_terminal():
            _show_bars(totals)
        return
    answer.programs(
        form,
        lambda: table,
        [json_answer.moment(one, keyed=by is not None) for one in listed],
        [_address(one) for one in listed],
        lambda records: opened.as_json(rows=records, total=json_answer.figures(totals[-1].figures)),
        [*(["key"] if by else []), *json_answer.TREND_KEYS],
    )


def _address(one: Moment) -> str:
    day = one.as_of.isoformat()
    return day if one.figures.key is None else f"{one.figures.key} {day}"


def _show_bars(totals: list[Moment]) -> None:
    from de06cli.views.text import chart, terminal  # noqa: PLC0415 - only a person sees one

    bars = chart.overdue_bars(totals, terminal.columns())
    if bars:
        answer.show(terminal.drawing([(), *bars]))


def show_comparison(
    opened: Opened, chosen: Filters, compare: str, asked: Rows, form: Format | None
) -> None:
    """Writes the figures beside those of the earlier day that ``compare`` means, in the form asked for.

    Raises RefusedValue for no earlier day.
    """
    day = compared_day(compare, opened.today)
    selected = SelectedDays(opened, chosen, asked.by)
    now, before = selected.tasks(opened.today), selected.tasks(day)
    total = Comparison(statistics.figures(now), statistics.figures(before))
    people = form in {None, Format.TABLE} and output.is_terminal()
    wanted = asked
    if people and asked.order is None and asked.by in {By.AGENCY, By.WAITING}:
        wanted = asked._replace(order=RowOrder.OVERDUE)
    rows = comparison.compared(wanted.of(now, opened), wanted.of(before, opened))
    by, plans = asked.by, opened.portfolio
    table = (
        figure_tables.compared_by(rows, total, by, plans, short=people)
        if by
        else figure_tables.compared(total, day, opened.today)
    )
    if form in {None, Format.TABLE}:
        caption = _("{as_at}, so với ngày {day}.").format(
            as_at=words.as_at(opened.today), day=words.day(day)
        )
        answer.people(table, caption)
        return
    listed = rows if by else [total]
    answer.programs(
        form,
        lambda: table,
        [json_answer.flat_comparison(one) for one in listed],
        [one.now.key or "" for one in listed],
        lambda _records: opened.as_json(
            compared_to=json_answer.iso(day),
            rows=[json_answer.comparison(one) for one in rows],
            total=json_answer.comparison(total),
        ),
        list(json_answer.flat_comparison(total)),
    )
