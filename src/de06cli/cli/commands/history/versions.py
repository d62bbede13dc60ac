"""What ``log`` and ``diff`` share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from de06cli.cli import output, selection
from de06cli.cli.completion import values
from de06cli.messages import N_, _
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change


class HistoryFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


HistoryFormatOption = Annotated[
    HistoryFormat | None, typer.Option("--format", help=N_("Dạng kết quả: table hoặc json."))
]


AgencyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--agency",
        metavar="TEXT",
        help=N_("Chỉ việc của đơn vị này."),
        autocompletion=values.agencies,
    ),
]


def named_file(given: str, revision: str | None) -> str:
    """The file as its findings name it."""
    return given if revision is None else f"{revision}:{given}"


def print_history(text: str, format: HistoryFormat | None) -> None:  # noqa: A002 - the option's own name
    """An empty answer is one line for a person, or where a format is asked for; else nothing."""
    if not text and (format or output.is_terminal()):
        text = _("Không có gì thay đổi.") + "\n"
    output.write(text)


def codes_of(typed: list[str] | None, plan: Plan) -> frozenset[str]:
    codes = (selection.agency_code(text, plan) for text in typed or ())
    return frozenset(code for code in codes if code)


def chosen_changes(found: list[Change], agencies: frozenset[str]) -> list[Change]:
    return [change for change in found if not agencies or change.concerns(agencies)]
