"""All fields of single models: ``show``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from de06cli.cli import answer, opening, output
from de06cli.cli.commands.see.history_of_steps import recorded_steps
from de06cli.cli.completion import values
from de06cli.cli.options import Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.messages import N_
from de06cli.tracking import places
from de06cli.views.contents import model_sheet
from de06cli.views.text import json_answer, wrapped


class ShowFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


@grouped
def run(
    reading: Reading,
    address: Annotated[
        list[str],
        Argument(metavar="ADDRESS...", autocompletion=values.addresses),
    ],
    format: Annotated[  # noqa: A002 - the option's own name
        ShowFormat | None, Option("--format", help=N_("Định dạng kết quả; mặc định: table."))
    ] = None,
) -> None:
    opened = opening.open_plans(reading)
    asked: dict[int, set[int]] = {}
    for text in address:
        place = places.resolve(text, opened.portfolio)
        steps = asked.setdefault(place.position, set())
        steps |= {place.step.step} if place.step else {step.step for step in place.model.steps}
    positions = sorted(asked)
    tasks = [opened.view.task(position) for position in positions]
    recorded = recorded_steps(opened, tasks)
    if format is ShowFormat.JSON:
        models = [json_answer.task(task) for task in tasks]
        rows = [
            json_answer.recorded(task.plan, task.model.model, step, found)
            for task, of_task in zip(tasks, recorded, strict=True)
            for step, found in of_task.items()
        ]
        output.write(opened.as_json(models=models, recorded=rows))
        return
    sheets = [
        model_sheet.sheet(
            task,
            opened.portfolio.plan_coded(task.plan),
            frozenset(asked[position]),
            of_task,
            ZoneInfo(opened.portfolio.plan_coded(task.plan).heading.timezone),
        )
        for position, task, of_task in zip(positions, tasks, recorded, strict=True)
    ]
    if output.is_terminal():
        from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

        answer.show(*map(terminal.sheet, sheets))
    else:
        output.write("\n".join(map(wrapped.sheet, sheets)))
