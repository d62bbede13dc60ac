"""One answer in the form asked for: the formats that listing commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from de06cli import characters
from de06cli.cli import output
from de06cli.cli.opening import Opened
from de06cli.cli.options import Format
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.tracking.states import Task
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.lines import Line
from de06cli.views.contents.tables import Table
from de06cli.views.text import plain_table

if TYPE_CHECKING:
    from de06cli.views.text.json_answer import JsonRecord
    from de06cli.views.text.terminal import Shown

DELIMITERS = (",", ";", "|")


def show(*parts: Shown) -> None:
    """Shows what the terminal's renderer made. Raises Unwritable where the terminal is gone."""
    from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

    try:
        terminal.show(*parts)
    except OSError as error:
        raise output.translated(error) from None


def on_terminal(lines: Iterable[Line]) -> str:
    """The lines as text for the terminal at standard output, wrapped at its width."""
    from de06cli.views.text import terminal_lines  # noqa: PLC0415 - Rich is only for a person

    return terminal_lines.rendered(lines, sys.stdout, output.as_written(characters.CUT))


def tasks(opened: Opened, listed: Sequence[Task], form: Format | None, **more: object) -> None:
    """Writes tasks in the form asked for; ``more`` are further keys of the JSON answer."""
    if form in {None, Format.TABLE}:
        people_tasks(opened, listed)
        return
    output.write(in_form(opened, listed, form, ascii_only=None, **more), utf8=form is Format.CSV)


def people_tasks(opened: Opened, listed: Sequence[Task], nothing: str = "") -> None:
    """Writes tasks: a short table with counts for a person, one line a task for a program.

    ``nothing`` is the sentence for a person where there are none.
    """
    if not output.is_terminal():
        output.write(plain_table.columns(tables.tasks(listed)))
        return
    from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

    portfolio = opened.portfolio
    as_at = f"{words.as_at(opened.today)}."
    if listed:
        counted = tables.counted(listed, tables.within(portfolio))
        cut = output.as_written(terminal.CUT)
        named = tables.short_names(portfolio)
        show(terminal.tasks(listed, named, cut, as_at, counted))
    else:
        output.write_sentences(f"{nothing or _('Không có nhiệm vụ nào phù hợp.')} {as_at}\n")


def in_form(
    opened: Opened,
    listed: Sequence[Task],
    form: Format | None,
    *,
    ascii_only: bool | None = None,
    **more: object,
) -> str:
    """Tasks as text in a form for programs; ``more`` are further keys of the JSON answer."""
    from de06cli.views.text import json_answer  # noqa: PLC0415

    rows = [json_answer.task(task) for task in listed]
    return records_in_form(
        form,
        lambda: tables.tasks(listed),
        rows,
        [words.model_address(task) for task in listed],
        lambda models: opened.as_json(ascii_only=ascii_only, models=models, **more),
        json_answer.task_columns(rows),
    )


def separated(listed: Sequence[Task], delimiter: str, *, of_csv: bool) -> str:
    """Tasks as csv with ``delimiter`` between the columns.

    Raises RefusedValue for a delimiter that spreadsheets do not read, and for another form.
    """
    if not of_csv:
        raise csv_alone()
    if delimiter not in DELIMITERS:
        raise RefusedValue(
            _("--delimiter phải là một trong: {known}.").format(
                known=" ".join(f'"{known}"' for known in DELIMITERS)
            )
        )
    from de06cli.views.text import delimited, json_answer  # noqa: PLC0415

    rows = [json_answer.task(task) for task in listed]
    return delimited.csv(rows, json_answer.task_columns(rows), delimiter)


def csv_alone() -> RefusedValue:
    """That only csv has a delimiter of choice."""
    return RefusedValue(_("--delimiter chỉ dùng với csv."))


def people(table: Table, caption: str, nothing: str = "") -> None:
    """Writes a table: by Rich for a person, one line a record for a program.

    ``nothing`` is the sentence for a person where the table has no row; left out, it is about tasks.
    """
    if not output.is_terminal():
        output.write(plain_table.columns(table))
    elif table.rows:
        from de06cli.views.text import terminal  # noqa: PLC0415

        show(terminal.table(table, caption))
    else:
        output.write_sentences(f"{nothing or _('Không có nhiệm vụ nào phù hợp.')} {caption}\n")


def programs(
    form: Format | None,
    table: Callable[[], Table],
    rows: list[JsonRecord],
    ids: list[str],
    as_json: Callable[[list[JsonRecord]], str],
    keys: list[str],
) -> None:
    """Writes records in a form that never depends on the terminal; see ``records_in_form``."""
    text = records_in_form(form, table, rows, ids, as_json, keys)
    output.write(text, utf8=form is Format.CSV)


def records_in_form(
    form: Format | None,
    table: Callable[[], Table],
    rows: list[JsonRecord],
    ids: list[str],
    as_json: Callable[[list[JsonRecord]], str],
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
