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
    which ``record`` gives what declares it."""

    def column(field: Field) -> SheetColumn:
        style, width = _STYLES.get(field.kind, ("text", 20))
        return SheetColumn(_(field.label), width, style, partial(_declared, record, field.name))

    return [column(field) for field in background.used(map(record, rows))]


def _declared(record: Callable[[Any], tuple[Any, ...] | None], name: str, row: Any) -> Value:
    value: Any = getattr(record(row), name, None)  # of a step without progress there is none
    return "\n".join(value) if isinstance(value, tuple) else value
