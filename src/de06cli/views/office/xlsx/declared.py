"""Columns for the fields that a sheet has no other place for, by the labels that they are declared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from de06cli.messages import _
from de06cli.plan.fields import Field, FieldKind
from de06cli.views.contents import background
from de06cli.views.office.xlsx.paper import SheetColumn, Value

_STYLES = {FieldKind.DAY: ("day", 12), FieldKind.NUMBER: ("number", 9)}


def columns(
    record: Callable[[Any], tuple[Any, ...] | None], rows: Sequence[Any]
) -> list[SheetColumn]:
    """A column for each field that has no other place in a sheet and is used in one of the rows, of
    which ``record`` gives what declares it. Pairs have a column a heading, as the document prints them."""
    return [
        column
        for field in background.used(map(record, rows))
        for column in (
            _of_pairs(record, field, rows)
            if field.kind is FieldKind.PAIRS
            else [_column(record, field)]
        )
    ]


def _column(record: Callable[[Any], tuple[Any, ...] | None], field: Field) -> SheetColumn:
    style, width = _STYLES.get(field.kind, ("text", 20))
    return SheetColumn(_(field.label), width, style, partial(_declared, record, field))


def _of_pairs(
    record: Callable[[Any], tuple[Any, ...] | None], field: Field, rows: Sequence[Any]
) -> list[SheetColumn]:
    every = [getattr(record(row), field.name, ()) for row in rows]
    headings = dict.fromkeys(heading for pairs in every for heading, _text in pairs)
    return [
        SheetColumn(heading, 20, "text", partial(_under, record, field.name, heading))
        for heading in headings
    ]


def _under(
    record: Callable[[Any], tuple[Any, ...] | None], name: str, heading: str, row: Any
) -> Value:
    return dict(getattr(record(row), name, ())).get(heading)


def _declared(record: Callable[[Any], tuple[Any, ...] | None], field: Field, row: Any) -> Value:
    if field.kind in _STYLES:
        value: Value = getattr(record(row), field.name, None)
        return value
    return "\n".join(background.texts(record(row), field)) or None
