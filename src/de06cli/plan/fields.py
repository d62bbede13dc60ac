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
from typing import Any

from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import About, Written
from de06cli.plan.periods import Period


class FieldKind(StrEnum):
    """What a field holds."""

    NUMBER = "number"
    LABEL = "label"  # a number or a text
    DAY = "day"
    PERIOD = "period"
    TEXT = "text"
    PAIRS = "pairs"  # of texts, or of a period and a text
    TEXTS = "texts"
    RECORD = "record"
    RECORDS = "records"


class Field(NamedTuple):
    """A field of a record. ``label`` and ``description`` are messages; ``written`` is a name of
    ``plan/validation/notation.py``, none for one of some words."""

    name: str  # of the record's attribute; ``key`` is that of the file
    kind: FieldKind
    label: str
    description: str
    section: str
    searched: bool  # --search looks at it: a text that is prose, or a record of such
    written: str
    optional: bool  # None stands for nothing
    part: str  # what a change of it is about
    record: Any = None  # the class of what it holds, for records
    one_will_do: bool = False  # one text may stand in place of a list

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def prose(self) -> bool:
        """Whether it holds sentences, which may hold any character."""
        return self.written == "text"


def key_of(name: str) -> str:
    """The key of the file for an attribute of a record: Python keeps some words, as "from", for itself."""
    return name.removesuffix("_")


@cache
def fields(record: Any) -> dict[str, Field]:
    """The fields of a class of records by name, in the order of its declaration."""
    return {name: _field(name, hint) for name, hint in record.__annotations__.items()}


def _field(name: str, hint: Any) -> Field:
    about = next(mark for mark in typing.get_args(hint)[1:] if isinstance(mark, About))
    core = _core(hint)
    holds_records = hasattr(core.type, "_fields") and core.type is not Period
    kind = _kind(core, holds_records=holds_records)
    return Field(
        name,
        kind,
        about.label,
        about.description,
        about.section,
        about.searched and (holds_records or core.written in {"text", "pairs"}),
        core.written,
        core.optional,
        about.part,
        core.type if holds_records else None,
        core.one_will_do,
    )


_KINDS = {
    "number": FieldKind.NUMBER,
    "offset": FieldKind.NUMBER,
    "model label": FieldKind.LABEL,
    "row label": FieldKind.LABEL,
    "day": FieldKind.DAY,
    "period": FieldKind.PERIOD,
    "own period": FieldKind.PERIOD,
    "pairs": FieldKind.PAIRS,
    "goals": FieldKind.PAIRS,
}


class _Core(NamedTuple):
    """What a declared type comes to: the type of one value, whether there may be several, or none."""

    type: Any
    several: bool
    optional: bool
    written: str
    one_will_do: bool


def _kind(core: _Core, *, holds_records: bool) -> FieldKind:
    if holds_records:
        return FieldKind.RECORDS if core.several else FieldKind.RECORD
    if core.several and core.written not in _KINDS:
        return FieldKind.TEXTS
    return _KINDS.get(core.written, FieldKind.TEXT)


def _core(hint: Any) -> _Core:
    several = optional = one_will_do = False
    written = ""
    while origin := typing.get_origin(hint):
        if origin is typing.Annotated:
            hint, *marks = typing.get_args(hint)
            written = next((mark.kind for mark in marks if isinstance(mark, Written)), written)
            one_will_do = one_will_do or written == "one or more"
        elif origin is tuple:
            several, hint = True, typing.get_args(hint)[0]
        elif origin in {typing.Union, types.UnionType}:
            optional = optional or type(None) in typing.get_args(hint)
            hint = next(part for part in typing.get_args(hint) if part is not type(None))
        else:  # one of some words
            break
    return _Core(hint, several, optional, written, one_will_do)


def names_in(record: Any, part: str) -> tuple[str, ...]:
    """The names of the record's fields of which a change is about this ``part``."""
    return tuple(field.name for field in fields(record).values() if field.part == part)


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
        elif field.kind is FieldKind.PAIRS:
            yield from (text for _heading, text in value)
        else:
            yield from (value,) if field.kind is FieldKind.TEXT else value
