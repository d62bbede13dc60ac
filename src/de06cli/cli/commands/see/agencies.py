"""The register of agencies: ``agencies``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import answer, opening, output
from de06cli.cli.completion import values
from de06cli.cli.options import Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Argument, grouped
from de06cli.messages import _
from de06cli.tracking import assignments
from de06cli.tracking.figures import statistics
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    text: Annotated[str | None, Argument(metavar="[TEXT]", autocompletion=values.agencies)] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    listed = assignments.entries(opened.view, text or "")
    if format in {None, Format.TABLE}:
        shown = tables.agencies(listed, short=output.is_terminal())
        nothing = _("Không có đơn vị nào phù hợp.")
        answer.people(shown, words.as_at(opened.today) + ".", nothing)
        return
    rows = [json_answer.agency(entry) for entry in listed]
    answer.programs(
        format,
        lambda: tables.agencies(listed),
        rows,
        [
            statistics.agency_key(entry.plan, entry.agency.code, entry.one_of_many)
            for entry in listed
        ],
        lambda rows: opened.as_json(agencies=rows),
        json_answer.agency_columns(rows),
    )
