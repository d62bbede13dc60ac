"""What falls due next: ``upcoming``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.commands.see.own_deadlines import StepsOption, steps_key
from de06cli.cli.options import Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.messages import N_
from de06cli.tracking import filters
from de06cli.tracking.states import upcoming_steps
from de06cli.views.contents import lateness
from de06cli.views.text import wrapped


@grouped
def run(
    reading: Reading,
    chosen: Filters,
    within: Annotated[
        int, Option("--within", metavar="N", min=0, max=36500, help=N_("Số ngày tới."))
    ] = 14,
    steps: StepsOption = False,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    among = filters.upcoming_candidates(opened.view, within)
    tasks = selection.selected(opened, chosen, among)
    soon = filters.upcoming(tasks, within)
    soon_steps = upcoming_steps(tasks, within)
    if format in {None, Format.TABLE}:
        answer.people_tasks(opened, soon, lateness.nothing_soon(within))
    else:
        answer.tasks(opened, soon, format, **steps_key(steps, soon_steps))
    if soon_steps and format in {None, Format.TABLE}:
        if output.is_terminal():
            from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

            answer.show(terminal.steps(soon_steps))
        else:
            output.write(wrapped.steps_block(soon_steps))
