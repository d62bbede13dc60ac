"""What is late, by lead agency: ``overdue``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.commands.see.own_deadlines import StepsOption, steps_key
from de06cli.cli.options import Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.messages import N_, _
from de06cli.tracking import filters
from de06cli.tracking.concerns import pressing
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.text import wrapped

FOUND = 1


@grouped
def run(
    reading: Reading,
    chosen: Filters,
    upcoming: Annotated[
        bool, Option("--upcoming", help=N_("Thêm nhiệm vụ sắp đến hạn vào cuối."))
    ] = False,
    steps: StepsOption = False,
    exit_code: Annotated[
        bool, Option("--exit-code", help=N_("Trả về mã 1 khi có nhiệm vụ quá hạn."))
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> int:
    opened = opening.open_plans(reading)
    candidates = filters.pressing_candidates if upcoming else filters.overdue_candidates
    tasks = selection.selected(opened, chosen, candidates(opened.view))
    found = pressing(opened.view, tasks)
    soon = (found.soon, found.soon_steps) if upcoming else ((), ())
    asked = selection.query(opened, chosen).codes_in_plan
    soon_tasks, soon_steps = soon
    digest = lateness.digest(
        opened.view, found.late, found.late_steps, soon_tasks, soon_steps, asked
    )
    if format not in {None, Format.TABLE}:
        answer.tasks(opened, found.late, format, **steps_key(steps, found.late_steps))
    elif output.is_terminal():
        if digest:
            from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

            named = tables.short_names(opened.portfolio)
            cut = output.as_written(terminal.CUT)
            answer.show(terminal.digest(digest, named, cut))
        else:
            day = words.day(opened.today)
            nothing = _("Không có nhiệm vụ quá hạn tính đến ngày {day}.").format(day=day)
            output.write_sentences(f"{nothing}\n")
    elif digest or format is Format.TABLE:
        output.write(wrapped.digest(digest))
    return FOUND if exit_code and (found.late or found.late_steps) else 0
