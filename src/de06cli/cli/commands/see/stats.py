"""The plan in figures: ``stats``."""

from __future__ import annotations

from typing import Annotated

import typer

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.options import Filters, Format, FormatOption, Reading, grouped
from de06cli.messages import N_, _, ngettext
from de06cli.tracking import statistics
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    filters: Filters,
    by: Annotated[
        By | None,
        typer.Option(
            "--by",
            help=N_("Mỗi dòng là một kế hoạch, đơn vị, cấp, tháng, nhóm nhiệm vụ hoặc căn cứ."),
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    tasks = selection.selected(opened, filters)
    total = statistics.figures(tasks)
    rows = statistics.figures_by(tasks, by, opened.portfolio) if by else []
    people = format in {None, Format.TABLE} and output.is_terminal()
    if people and by is By.AGENCY:
        rows = tables.worst_first(rows)
    table = (
        tables.statistics(rows, total, by, opened.portfolio, short=people)
        if by
        else tables.two_by_two(total)
    )
    if format in {None, Format.TABLE}:
        caption = words.as_at(opened.today) + "."
        if by in {By.AGENCY, By.LEVEL}:
            caption += " " + _(
                "Nhiệm vụ nhiều đơn vị chủ trì được tính ở từng đơn vị; tổng số tính một lần."
            )
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
        list(json_answer.figures(total)),
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

    width, cut = terminal.console().width, output.as_written(chart.CUT)
    answer.show(terminal.drawing([(), *chart.bars(named, width, cut)]))
