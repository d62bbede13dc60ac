"""Records for spreadsheets, scripts and git hosts: csv, tsv, md."""

from __future__ import annotations

import csv as csv_module
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from de06cli.views import words
from de06cli.views.contents.tables import Table

# A spreadsheet takes a text that begins so for a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
# What Markdown, as git hosts read it, takes for more than a letter.
_MARKUP = re.compile(r"[\\`*_\[\]<>|#~&$]")


def csv(records: Sequence[Mapping[str, object]], keys: Sequence[str], delimiter: str = ",") -> str:
    """Separated values as Excel opens them: a byte order mark, texts guarded from formulas.

    Excel takes the ``delimiter`` that the regional settings say: a semicolon where numbers have a comma.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv_module.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([[_guarded(record[key]) for key in keys] for record in records])
    return out.getvalue()


def tsv(records: Sequence[Mapping[str, object]], keys: Sequence[str]) -> str:
    """Tab-separated values, a line a record, whatever the texts hold."""
    lines = ["\t".join(keys)]
    lines += [
        "\t".join(words.one_line(str(_guarded(record[key]))) for key in keys) for record in records
    ]
    return "\n".join(lines) + "\n"


def _guarded(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        value = [f"{key}: {text}" for key, text in value.items()]
    if isinstance(value, list):
        separator = "\n" if any(" " in str(item) for item in value) else ", "
        value = separator.join(map(str, value))
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def markdown(table: Table) -> str:
    """A table that a git host renders, with the columns of the terminal's table. All declared fields are in
    csv, and in ``show``."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    lines = [
        _line(column.title for column in table.columns),
        _line("---:" if column.right else "---" for column in table.columns),
        *(_line(_escaped(cell.text) for cell in row) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", words.one_line(text))
