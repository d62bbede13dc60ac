"""One answer in the form asked for: the formats that listing commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

from de06cli.cli import output
from de06cli.cli.opening import Opened
from de06cli.cli.options import Format
from de06cli.messages import _, ngettext
from de06cli.tracking.states import Task
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.lines import Line
from de06cli.views.contents.tables import Table
from de06cli.views.text import plain_table


def terminal() -> ModuleType:
    """The terminal's renderer; Rich is only imported for a person."""
    from de06cli.views.text import terminal  # noqa: PLC0415

    return terminal


def show(*parts: Any) -> None:
    """Shows what the terminal's renderer made. Raises Unwritable where the terminal is gone."""
    try:
        terminal().show(*parts)
    except OSError as error:
        raise output.translated(error) from None


def on_terminal(lines: Iterable[Line]) -> str:
    """Lines as the terminal at standard output is to get them."""
    from de06cli.views.text import terminal_lines  # noqa: PLC0415 - Rich is only for a person

    return terminal_lines.rendered(lines, sys.stdout)


def tasks(opened: Opened, listed: Sequence[Task], form: Format | None, **more: Any) -> None:
    """Tasks in the form asked for; ``more`` are further keys of the JSON answer."""
    if form in {None, Format.TABLE}:
        shown = tables.tasks(listed)
        n = len(listed)
        counted = ngettext("{n} mô hình.", "{n} mô hình.", n).format(n=words.number(n))
        people(shown, f"{counted} {words.as_at(opened.today)}.")
        return
    output.write(in_form(opened, listed, form, **more), utf8=form is Format.CSV)


def in_form(opened: Opened, listed: Sequence[Task], form: Format | None, **more: Any) -> str:
    """Tasks as text in a form for programs; ``more`` are further keys of the JSON answer."""
    from de06cli.views.text import json_answer  # noqa: PLC0415

    return records_in_form(
        form,
        lambda: tables.tasks(listed),
        [json_answer.task(task) for task in listed],
        [words.model_address(task) for task in listed],
        lambda models: opened.as_json(models=models, **more),
        json_answer.task_columns(),
    )


def people(table: Table, caption: str) -> None:
    """A table for its reader: Rich for a person, one line a record for a program."""
    if not output.is_terminal():
        output.write(plain_table.columns(table))
    elif table.rows:
        show(terminal().table(table, caption))
    else:
        output.write(_("Không có gì khớp.") + f" {caption}\n")


def programs(form: Format | None, *of_records: Any) -> None:
    """Writes records in a form that never depends on the terminal; see ``records_in_form``."""
    output.write(records_in_form(form, *of_records), utf8=form is Format.CSV)


def records_in_form(
    form: Format | None,
    table: Callable[[], Table],
    rows: list[dict[str, Any]],
    ids: list[str],
    as_json: Callable[[list[dict[str, Any]]], str],
    keys: list[str],
) -> str:
    """The records as JSON, csv, tsv, a Markdown table or addresses."""
    from de06cli.views.text import delimited  # noqa: PLC0415

    match form:
        case Format.JSON:
            return as_json(rows)
        case Format.CSV:
            return delimited.csv(rows, keys)
        case Format.TSV:
            return delimited.tsv(rows, keys)
        case Format.MD:
            return delimited.markdown(table())
        case Format.IDS:
            return "".join(f"{address}\n" for address in ids)
        case _:
            raise AssertionError(form)
