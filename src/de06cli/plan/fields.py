"""What the records' declarations say of each field: its kind, its label, where it is shown and searched.

A field is declared once, in ``plan/records.py``; JSON, csv, tsv, parquet, ``show``, the page, ``--search``,
history and snapshots are derived from what is found here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from de06cli.plan.records import About, Written


class FieldKind(StrEnum):
    """What a field holds."""

    NUMBER = "number"
    DAY = "day"
    TEXT = "text"
    TEXTS = "texts"
    RECORD = "record"
    RECORDS = "records"


class Field(NamedTuple):
    """A field of a record. ``label`` and ``description`` are messages."""

    name: str
    kind: FieldKind
    label: str
    description: str
    section: str
    searched: bool  # --search looks at it: a text that is prose, or a record of such
    record: Any = None  # the class of what it holds, for records


@cache
def fields(record: Any) -> dict[str, Field]:
    """The fields of a class of records by name, in the order of its declaration."""
    return {name: _field(name, hint) for name, hint in record.__annotations__.items()}


def _field(name: str, hint: Any) -> Field:
    about = next(mark for mark in typing.get_args(hint)[1:] if isinstance(mark, About))
    several, core, written = _core(hint)
    if hasattr(core, "_fields"):
        kind = FieldKind.RECORDS if several else FieldKind.RECORD
        return Field(
            name, kind, about.label, about.description, about.section, about.searched, core
        )
    kind = _KINDS.get(written, FieldKind.TEXT)
    if several:
        kind = FieldKind.TEXTS
    searched = about.searched and written == "text"
    return Field(name, kind, about.label, about.description, about.section, searched)


_KINDS = {"number": FieldKind.NUMBER, "day": FieldKind.DAY}


def _core(hint: Any) -> tuple[bool, Any, str]:
    """Whether the type holds several values, the type of one, and how one is written."""
    several, written = False, ""
    while origin := typing.get_origin(hint):
        if origin is typing.Annotated:
            hint, *marks = typing.get_args(hint)
            written = next((mark.kind for mark in marks if isinstance(mark, Written)), written)
        elif origin is tuple:
            several, hint = True, typing.get_args(hint)[0]
        elif origin in {typing.Union, types.UnionType}:
            hint = next(part for part in typing.get_args(hint) if part is not type(None))
        else:  # one of some words
            break
    return several, hint, written


def searched_texts(record: tuple[Any, ...]) -> Iterator[str]:
    """Every text of a record, and of the records in it, that a search looks at."""
    for field in fields(record.__class__).values():
        value = getattr(record, field.name)
        if not value or not field.searched:
            continue
        if field.kind is FieldKind.RECORD:
            yield from searched_texts(value)
        elif field.kind is FieldKind.RECORDS:
            for part in value:
                yield from searched_texts(part)
        else:
            yield from (value,) if field.kind is FieldKind.TEXT else value
