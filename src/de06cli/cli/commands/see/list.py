"""The register of models, a row each: ``list``."""

from __future__ import annotations

from typing import Annotated

import typer

from de06cli.cli import answer, opening, selection
from de06cli.cli.options import Filters, FormatOption, Reading, grouped
from de06cli.messages import N_
from de06cli.tracking.filters import ordered
from de06cli.tracking.terms import Sort


@grouped
def run(
    reading: Reading,
    filters: Filters,
    sort: Annotated[
        Sort | None, typer.Option("--sort", help=N_("Thứ tự; mặc định: theo văn bản gốc."))
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    tasks = ordered(selection.selected(opened, filters), sort)
    answer.tasks(opened, tasks, format)
