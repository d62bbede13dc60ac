"""The plan in figures: ``stats``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.options import Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.tracking.figures import statistics
from de06cli.tracking.states import Task
from de06cli.tracking.terms import By, Every, RowOrder
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    filters: Filters,
    by: Annotated[
        By | None,
        Option(
            "--by",
            help=N_(
                "Mỗi dòng là một kế hoạch, đơn vị, cấp, tháng, nhóm, căn cứ hoặc đơn vị đang chờ."
            ),
        ),
    ] = None,
    sort: Annotated[
        RowOrder | None,
        Option("--sort", help=N_("Thứ tự các dòng của --by; mặc định: theo danh sách.")),
    ] = None,
    every: Annotated[
        Every | None,
        Option("--every", help=N_("Số liệu cuối mỗi tuần, tháng hoặc quý đến hết --as-of.")),
    ] = None,
    first: Annotated[
        str | None,
        Option(
            "--from",
            metavar="DATE",
            help=N_("Với --every: kỳ đầu là kỳ có ngày này; mặc định: ngày đầu có phát sinh."),
        ),
    ] = None,
    compare: Annotated[
        str | None,
        Option(
            "--compare",
            metavar="DATE",
            help=N_("So với một ngày trước đó; previous: một tháng trước, year: một năm trước."),
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    _refuse_what_does_not_go_together(by, sort, every, first, compare)
    opened = opening.open_plans(reading)
    if every or compare:
        from de06cli.cli.commands.see import over_time  # noqa: PLC0415 - one day needs none of it

        asked = over_time.Rows(by, sort)
        if every:
            over_time.show_trend(opened, filters, every, first, asked, format)
        elif compare:
            over_time.show_comparison(opened, filters, compare, asked, format)
        return
    tasks = selection.selected(opened, filters)
    if by is By.WAITING:
        _show_waiting(opened, tasks, sort, format)
        return
    total = statistics.figures(tasks)
    rows = statistics.figures_by(tasks, by, opened.portfolio) if by else []
    people = format in {None, Format.TABLE} and output.is_terminal()
    if order := _order(by, sort, people=people):
        rows = statistics.ordered(rows, order)
    table = (
        tables.statistics(rows, total, by, opened.portfolio, short=people)
        if by
        else tables.two_by_two(total)
    )
    if format in {None, Format.TABLE}:
        caption = words.as_at(opened.today) + "."
        if by in {By.AGENCY, By.LEVEL}:
            caption += " " + words.counted_under_each()
        if people and by is By.AGENCY and rows:
            caption += _without_tasks(len(rows), opened)
        answer.people(table, caption)
        if output.is_terminal() and total.total:
            _show_bars(
                [(cells[0].text, row) for cells, row in zip(table.rows, rows, strict=True)]
                if by
                else [("", total)]
            )
        return
    answer.programs(
        format,
        lambda: table,
        [json_answer.figures(row) for row in (rows if by else [total])],
        [row.key or "" for row in rows],
        lambda _rows: opened.as_json(
            rows=[json_answer.figures(row) for row in rows], total=json_answer.figures(total)
        ),
        json_answer.figure_columns(total),
    )


def _refuse_what_does_not_go_together(
    by: By | None,
    sort: RowOrder | None,
    every: Every | None,
    first: str | None,
    compare: str | None,
) -> None:
    """Raises RefusedValue for options of which one has no meaning beside, or without, another."""
    if every and compare:
        raise RefusedValue(_("Chỉ dùng một trong hai tùy chọn --every và --compare."))
    if first and not every:
        raise RefusedValue(_("--from chỉ dùng cùng --every, ví dụ --every week."))
    if sort and not by:
        raise RefusedValue(_("--sort chỉ dùng cùng --by, ví dụ --by agency."))


def _order(by: By | None, sort: RowOrder | None, *, people: bool) -> RowOrder | None:
    """The order asked for; a person reads agencies the worst first."""
    return sort or (RowOrder.OVERDUE if people and by in {By.AGENCY, By.WAITING} else None)


def _show_waiting(
    opened: opening.Opened, tasks: list[Task], sort: RowOrder | None, form: Format | None
) -> None:
    """Writes whom open tasks wait for; those that are not open are in no row and in no total."""
    from de06cli.views.contents import figure_tables  # noqa: PLC0415 - most figures do without

    held = statistics.held_up(tasks, opened.portfolio)
    total = statistics.figures(task for task in tasks if statistics.waits_for(task))
    rows = statistics.figures_by(tasks, By.WAITING, opened.portfolio)
    people = form in {None, Format.TABLE} and output.is_terminal()
    if order := _order(By.WAITING, sort, people=people):
        rows = statistics.ordered(rows, order)
    table = figure_tables.waiting(rows, total, held, opened.portfolio, short=people)
    if form in {None, Format.TABLE}:
        caption = _(
            "Nhiệm vụ chờ nhiều đơn vị được tính cho từng đơn vị; dòng Tổng số chỉ tính một lần."
        )
        answer.people(table, f"{words.as_at(opened.today)}. {caption}")
        return
    records = [json_answer.waiting(row, held[row.key or ""]) for row in rows]
    answer.programs(
        form,
        lambda: table,
        records,
        [row.key or "" for row in rows],
        lambda listed: opened.as_json(rows=listed, total=json_answer.figures(total)),
        [*json_answer.figure_columns(total), "models"],
    )


def _without_tasks(shown: int, opened: opening.Opened) -> str:
    """Says how many agencies have no row because they lead no task."""
    every = sum(len(plan.register.agencies) for plan in opened.portfolio.plans)
    n = every - shown
    if not n:
        return ""
    return " " + ngettext(
        "{n} đơn vị khác không chủ trì nhiệm vụ nào trong số này.",
        "{n} đơn vị khác không chủ trì nhiệm vụ nào trong số này.",
        n,
    ).format(n=words.number(n))


def _show_bars(named: list[tuple[str, statistics.Figures]]) -> None:
    from de06cli.views.text import chart, terminal  # noqa: PLC0415 - only a person sees one

    width, cut = terminal.columns(), output.as_written(chart.CUT)
    answer.show(terminal.drawing([(), *chart.bars(named, width, cut)]))
