"""The plan in figures: ``stats`` and ``agencies``."""

from __future__ import annotations

from typing import Annotated

import typer

from de06cli.cli import answering, completion, opening, output, selecting
from de06cli.cli.options import Filters, Format, FormatOption, Reading, grouped
from de06cli.messages import N_, _
from de06cli.tracking import registers, statistics
from de06cli.tracking.terms import By
from de06cli.views import records, tables, words


@grouped
def stats(
    reading: Reading,
    filters: Filters,
    by: Annotated[
        By | None,
        typer.Option("--by", help=N_("Mỗi dòng là một kế hoạch, đơn vị, cấp hoặc tháng.")),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    tasks = selecting.selected(opened, filters)
    total = statistics.figures(tasks)
    rows = statistics.figures_by(tasks, by, opened.portfolio) if by else []
    table = tables.statistics(rows, total, by, opened.portfolio) if by else tables.two_by_two(total)
    if format in {None, Format.TABLE}:
        caption = words.as_at(opened.today) + "."
        if by in {By.AGENCY, By.LEVEL}:
            caption += " " + _(
                "Mô hình nhiều đơn vị chủ trì được tính ở từng đơn vị; tổng số tính một lần."
            )
        answering.people(table, caption)
        if output.is_terminal() and total.total:
            _show_bars(
                [(cells[0].text, row) for cells, row in zip(table.rows, rows, strict=True)]
                if by
                else [("", total)]
            )
        return
    answering.programs(
        format,
        lambda: table,
        [records.figures(row) for row in (rows if by else [total])],
        [row.key or "" for row in rows],
        lambda _rows: opened.as_json(
            rows=[records.figures(row) for row in rows], total=records.figures(total)
        ),
        list(records.figures(total)),
    )


def _show_bars(named: list[tuple[str, statistics.Figures]]) -> None:
    from de06cli.views import chart  # noqa: PLC0415 - only a person sees one

    terminal = answering.terminal()
    width, cut = terminal.console().width, output.as_written(chart.CUT)
    answering.show(terminal.drawing([(), *chart.bars(named, width, cut)]))


@grouped
def agencies(
    reading: Reading,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", autocompletion=completion.agencies)
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    listed = registers.entries(opened.view, text or "")
    if format in {None, Format.TABLE}:
        answering.people(tables.agencies(listed), words.as_at(opened.today) + ".")
        return
    answering.programs(
        format,
        lambda: tables.agencies(listed),
        [records.agency(entry) for entry in listed],
        [
            statistics.agency_key(entry.plan, entry.agency.code, entry.one_of_many)
            for entry in listed
        ],
        lambda rows: opened.as_json(agencies=rows),
        records.agency_columns(),
    )
