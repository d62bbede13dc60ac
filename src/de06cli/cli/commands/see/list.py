"""The register of models, a row each: ``list``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.options import DelimiterOption, Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.messages import N_
from de06cli.tracking.filters import ordered
from de06cli.tracking.terms import Sort


@grouped
def run(
    reading: Reading,
    filters: Filters,
    sort: Annotated[
        Sort | None, Option("--sort", help=N_("Thứ tự; mặc định: theo văn bản gốc."))
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
    delimiter: DelimiterOption = None,
) -> None:
    opened = opening.open_plans(reading)
    tasks = ordered(selection.selected(opened, filters), sort)
    if delimiter is None:
        answer.tasks(opened, tasks, format)
    else:
        output.write(answer.separated(tasks, delimiter, of_csv=format is Format.CSV), utf8=True)
