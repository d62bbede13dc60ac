"""The models along the calendar: ``timeline``."""

from __future__ import annotations

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.options import Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import grouped
from de06cli.messages import _
from de06cli.views import words
from de06cli.views.contents import timeline
from de06cli.views.text import plain_table


@grouped
def run(
    reading: Reading,
    filters: Filters,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    shown = timeline.timeline(selection.selected(opened, filters), opened.today)
    if format not in {None, Format.TABLE}:
        answer.tasks(opened, [row.task for row in shown.rows], format)
    elif not output.is_terminal():
        output.write(plain_table.columns(timeline.table(shown)))
    elif shown.rows:
        from de06cli.views.text import chart, terminal  # noqa: PLC0415 - only a person sees one

        width, cut = terminal.columns(), output.as_written(chart.CUT)
        answer.show(terminal.drawing(chart.timeline(shown, width, cut)))
    else:
        output.write_sentences(
            _("Không có nhiệm vụ nào phù hợp.") + f" {words.as_at(opened.today)}.\n"
        )
