"""The models along the calendar: ``timeline``."""

from __future__ import annotations

from de06cli.cli import answering, opening, output, selecting
from de06cli.cli.options import Filters, Format, FormatOption, Reading, grouped
from de06cli.messages import _
from de06cli.views import plain, words
from de06cli.views import timeline as timelines


@grouped
def timeline(
    reading: Reading,
    filters: Filters,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    shown = timelines.timeline(selecting.selected(opened, filters), opened.today)
    if format not in {None, Format.TABLE}:
        answering.tasks(opened, [row.task for row in shown.rows], format)
    elif not output.is_terminal():
        output.write(plain.columns(timelines.table(shown)))
    elif shown.rows:
        from de06cli.views import chart  # noqa: PLC0415 - only a person sees one

        terminal = answering.terminal()
        width, cut = terminal.console().width, output.as_written(chart.CUT)
        answering.show(terminal.drawing(chart.timeline(shown, width, cut)))
    else:
        output.write(_("Không có gì khớp.") + f" {words.as_at(opened.today)}.\n")
