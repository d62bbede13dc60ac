"""What is late and what comes next: ``overdue`` and ``upcoming``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from de06cli.cli import answering, opening, output, selecting
from de06cli.cli.options import Filters, Format, FormatOption, Reading, grouped
from de06cli.messages import N_, _
from de06cli.tracking import filters as chosen
from de06cli.tracking.concerns import pressing
from de06cli.tracking.states import LateStep, upcoming_steps
from de06cli.views import digest as digests
from de06cli.views import words, wrapped

FOUND = 1

StepsOption = Annotated[
    bool, typer.Option("--steps", help=N_("Trong JSON: thêm các bước có hạn riêng."))
]


@grouped
def overdue(
    reading: Reading,
    filters: Filters,
    upcoming: Annotated[
        bool, typer.Option("--upcoming", help=N_("Thêm việc sắp đến hạn vào cuối."))
    ] = False,
    steps: StepsOption = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=N_("Thoát với mã 1 khi có việc quá hạn."))
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> int:
    opened = opening.open_plans(reading)
    candidates = chosen.pressing_candidates if upcoming else chosen.overdue_candidates
    tasks = selecting.selected(opened, filters, candidates(opened.view))
    found = pressing(opened.view, tasks)
    soon = (found.soon, found.soon_steps) if upcoming else ()
    digest = digests.digest(opened.view, found.late, found.late_steps, *soon)
    if format not in {None, Format.TABLE}:
        answering.tasks(opened, found.late, format, **_steps_key(steps, found.late_steps))
    elif output.is_terminal():
        if digest:
            answering.show(answering.terminal().digest(digest))
        else:
            day = words.day(opened.today)
            output.write(_("Không có việc quá hạn tính đến {day}.").format(day=day) + "\n")
    elif digest or format is Format.TABLE:
        output.write(wrapped.digest(digest))
    return FOUND if exit_code and (found.late or found.late_steps) else 0


@grouped
def upcoming(
    reading: Reading,
    filters: Filters,
    within: Annotated[
        int, typer.Option("--within", metavar="N", min=0, max=36500, help=N_("Số ngày tới."))
    ] = 14,
    steps: StepsOption = False,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    among = chosen.upcoming_candidates(opened.view, within)
    tasks = selecting.selected(opened, filters, among)
    soon = chosen.upcoming(tasks, within)
    soon_steps = upcoming_steps(tasks, within)
    answering.tasks(opened, soon, format, **_steps_key(steps, soon_steps))
    if soon_steps and format in {None, Format.TABLE}:
        if output.is_terminal():
            answering.show(answering.terminal().steps(soon_steps))
        else:
            output.write(wrapped.steps_block(soon_steps))


def _steps_key(wanted: bool, steps: Sequence[LateStep]) -> dict[str, list[dict[str, object]]]:
    if not wanted:
        return {}
    from de06cli.views import records  # noqa: PLC0415 - for JSON only

    return {"steps": [records.late_step(late) for late in steps]}
