"""Lists whose rows are texts by name. A template asks for a text by its name; a table shows all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from de06cli.named_tuples import NamedTuple
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table

Row = dict[str, str]

_TONES = {"days_late": tables.LATE}
_FLEXIBLE = 45  # millimetres from which on a column takes what width a terminal has left


class ListField(NamedTuple):
    """A column of a list."""

    key: str  # of its text in each row
    title: str
    width: int  # in millimetres on paper
    centred: bool = False
    below: str = ""  # the key of a text that stands below the first
    behind: bool = False  # on paper that text goes on in the line of the first, which saves room


def of_columns(table: Table, widths: Mapping[str, int]) -> tuple[ListField, ...]:
    """The columns of a table as those of a list; ``widths`` has their keys with widths in millimetres."""
    named = zip(widths.items(), table.columns, strict=True)
    return tuple(ListField(key, one.title, width, one.right) for (key, width), one in named)


def row(fields: Sequence[ListField], cells: Iterable[Cell]) -> Row:
    """A table's row as texts by the names of the columns; a missing cell is empty."""
    texts = [cell.text for cell in cells]
    return {
        field.key: text for field, text in zip(fields, [*texts, *[""] * len(fields)], strict=False)
    }


def table(fields: Sequence[ListField], rows: Iterable[Row]) -> Table:
    """The list as a table."""
    columns = [
        Column(field.title, right=field.centred, flexible=field.width >= _FLEXIBLE, readable=16)
        for field in fields
    ]
    body = [
        tuple(Cell(_text(each, field), _TONES.get(field.key, "")) for field in fields)
        for each in rows
    ]
    return Table(tuple(columns), tuple(body))


def _text(row: Row, field: ListField) -> str:
    """The text of a cell: its line, and its further line below."""
    first = words.one_line(row[field.key])
    return f"{first}\n{row[field.below]}" if field.below else first
