"""Figures of more than one day, and whom tasks wait for, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from de06cli.messages import _
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.figures.comparison import Comparison
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.states import Task
from de06cli.tracking.terms import By, State
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table

_DAYS_SIDE_BY_SIDE = 6  # of a trend by agency on a terminal


# The trend ----------------------------------------------------------------------------------------


def trend(
    moments: Sequence[Moment], by: By | None = None, portfolio: Portfolio | None = None
) -> Table:
    """A row a day; with ``by``, a row for each key and day, its name in front."""
    columns = (
        *([tables.row_column(by)] if by else ()),
        Column(_("Tính đến ngày")),
        Column(_("Tổng số"), right=True),
        Column(_("Hoàn thành"), right=True),
        Column(_("Quá hạn"), right=True),
        Column(_("Sắp đến hạn"), right=True),
        Column(_("Tỷ lệ HT trên số đến hạn"), right=True),
        Column(_("Tỷ lệ HT trên số được giao"), right=True),
    )
    keys = [one.figures.key for one in moments]
    names = tables.row_names(keys, by, portfolio) if by and portfolio else []
    rows = tuple(
        (*([Cell(names[number])] if names else ()), *_moment(one))
        for number, one in enumerate(moments)
    )
    return Table(columns, rows)


def _moment(one: Moment) -> tuple[Cell, ...]:
    row = one.figures
    return (
        Cell(words.day(one.as_of)),
        Cell(words.number(row.total)),
        Cell(words.number(row.finished)),
        _overdue(row),
        Cell(words.number(row.due_soon)),
        *_rates(row),
    )


def _overdue(row: Figures, text: str = "") -> Cell:
    n = row.states[State.OPEN_OVERDUE]
    return Cell(text or words.number(n), tables.LATE if n else "")


def _rates(row: Figures) -> tuple[Cell, Cell]:
    return (
        Cell(tables.rate(row.rate_due, row.due_passed_finished, row.due_passed)),
        Cell(tables.rate(row.rate_all, row.finished, row.rated)),
    )


def overdue_over_time(
    moments: Sequence[Moment], order: Sequence[str | None], by: By, portfolio: Portfolio
) -> Table:
    """The overdue tasks of each row on the latest days, side by side; the rows as ``order`` has them."""
    days = sorted({one.as_of for one in moments})[-_DAYS_SIDE_BY_SIDE:]
    found = {(one.figures.key, one.as_of): one.figures for one in moments}
    columns = (
        tables.row_column(by),
        *(Column(words.day(day), right=True, readable=10) for day in days),
    )
    names = tables.row_names(order, by, portfolio, short=True)
    rows = tuple(
        (Cell(name), *(_overdue_on(found.get((key, day))) for day in days))
        for key, name in zip(order, names, strict=True)
    )
    return Table(columns, rows)


def _overdue_on(row: Figures | None) -> Cell:
    return _overdue(row) if row else Cell("–", tables.QUIET)


# Beside an earlier day ----------------------------------------------------------------------------


def compared(
    total: Comparison, before: date | None, now: date | None, *, soon: bool = True
) -> Table:
    """The counts and rates of two days side by side, a row each, with the change; ``soon`` has the row of
    what is due soon."""
    columns = (
        Column(""),
        Column(words.day(before), right=True),
        Column(words.day(now), right=True),
        Column(_("Tăng, giảm"), right=True),
    )
    then, today = total.before, total.now
    states = dict.fromkeys((*then.shown, *today.shown))
    counts = [
        (_("Tổng số"), then.total, today.total),
        *((words.state(state), then.states[state], today.states[state]) for state in states),
        *([(_("Sắp đến hạn"), then.due_soon, today.due_soon)] if soon else []),
    ]
    rows = [
        (Cell(label), Cell(words.number(old)), Cell(words.number(new)), Cell(_signed(new - old)))
        for label, old, new in counts
    ]
    rates = zip(
        (_("Tỷ lệ hoàn thành trên số đến hạn"), _("Tỷ lệ hoàn thành trên số được giao")),
        _rates(then),
        _rates(today),
        (_points(then.rate_due, today.rate_due), _points(then.rate_all, today.rate_all)),
        strict=True,
    )
    rows += [(Cell(label), old, new, Cell(change)) for label, old, new, change in rates]
    return Table(columns, tuple(rows))


def compared_by(
    rows: Sequence[Comparison],
    total: Comparison,
    by: By,
    portfolio: Portfolio,
    *,
    short: bool = False,
) -> Table:
    """A row an agency, level or month, each figure with its change in brackets."""
    columns = (
        tables.row_column(by),
        Column(_("Tổng số"), right=True),
        Column(_("Hoàn thành"), right=True),
        Column(_("Quá hạn"), right=True),
        Column(_("Sắp đến hạn"), right=True),
        Column(_("Tỷ lệ HT trên số đến hạn"), right=True),
        Column(_("Tỷ lệ HT trên số được giao"), right=True),
    )
    names = tables.row_names([one.now.key for one in rows], by, portfolio, short=short)
    body = tuple((Cell(name), *_compared(one)) for name, one in zip(names, rows, strict=True))
    return Table(columns, body, (Cell(_("Tổng số")), *_compared(total)))


def _compared(one: Comparison) -> tuple[Cell, ...]:
    now, then = one.now, one.before
    late = State.OPEN_OVERDUE
    due, every = _rates(now)
    return (
        Cell(_changed(now.total, then.total)),
        Cell(_changed(now.finished, then.finished)),
        _overdue(now, _changed(now.states[late], then.states[late])),
        Cell(_changed(now.due_soon, then.due_soon)),
        Cell(_with(due.text, _points(then.rate_due, now.rate_due))),
        Cell(_with(every.text, _points(then.rate_all, now.rate_all))),
    )


def _changed(now: int, before: int) -> str:
    return _with(words.number(now), _signed(now - before))


def _with(text: str, change: str) -> str:
    """The text with a change behind it, if there is one: "6 [+1]"."""
    return f"{text} [{change}]" if change not in {"0", "–"} else text


def _signed(change: int) -> str:
    sign = "+" if change > 0 else "-" if change else ""
    return f"{sign}{words.number(abs(change))}"


def _points(before: float | None, now: float | None) -> str:
    """The change of a rate in percentage points, "+16,7"; a dash where one of both is unknown."""
    if before is None or now is None:
        return "–"
    change = round((now - before) * 100, 1)
    text = words.percent(abs(change) / 100).removesuffix("%")
    return f"{'+' if change > 0 else '-'}{text}" if change else "0"


# Whom tasks wait for ------------------------------------------------------------------------------


def waiting(
    rows: Sequence[Figures],
    total: Figures,
    held: Mapping[str, Sequence[Task]],
    portfolio: Portfolio,
    *,
    short: bool = False,
) -> Table:
    """A row an agency that open tasks wait for: how many, how many of them late, and which they are."""
    columns = (
        tables.row_column(By.WAITING),
        Column(_("Số nhiệm vụ"), right=True),
        Column(_("Quá hạn"), right=True),
        Column(_("Sắp đến hạn"), right=True),
        Column(_("Số hiệu"), listed=True, flexible=True, readable=12),
    )
    names = tables.row_names([row.key for row in rows], By.WAITING, portfolio, short=short)
    body = tuple(
        (
            Cell(name),
            *_held(row),
            Cell(", ".join(words.model_address(task) for task in held[row.key or ""])),
        )
        for name, row in zip(names, rows, strict=True)
    )
    return Table(columns, body, (Cell(_("Tổng số")), *_held(total), Cell("")))


def _held(row: Figures) -> tuple[Cell, ...]:
    return Cell(words.number(row.total)), _overdue(row), Cell(words.number(row.due_soon))
