"""Records as rows, which ``marshal`` writes and reads faster than anything else, and back.

A row is a plain tuple, with a record's fields in the order of their declaration. Days become their
proleptic ordinals, periods the text of the file, and records rows; everything else is text, numbers, None
and tuples of texts.
What is made of a row that is none of its record raises TypeError or ValueError. How each record is packed
follows from ``plan/fields.py`` and is worked out once, when the first of its class comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from typing import Any, TypeVar
from zlib import crc32

from de06cli.plan import periods
from de06cli.plan.fields import Field, FieldKind, fields
from de06cli.plan.parts import (
    Extension,
    Handover,
    Measurement,
    PeriodProgress,
    Progress,
    Recurrence,
    Source,
    Step,
    Stop,
    Target,
)
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Ended, Escalation, Group, Heading, Model, Nouns

Row = tuple[Any, ...]
_Record = TypeVar("_Record", bound=tuple[Any, ...])
_Convert = Callable[[Any], Any]


def layout(records: Iterable[Any]) -> int:
    """Another number where one of the records has another field, or has them in another order: what
    older rows say by their places is not what such a record asks for."""
    return crc32(repr([record._fields for record in records]).encode())


RECORDS = (
    *(
        Heading,
        Nouns,
        Escalation,
        Group,
        Agency,
        Ended,
        Model,
        Step,
        Progress,
        Extension,
        Source,
    ),
    *(Handover, Stop, Recurrence, PeriodProgress, Target, Measurement),
)
LAYOUT = layout(RECORDS)


def pack(record: tuple[Any, ...]) -> Row:
    """The row of a record."""
    return _packing(record.__class__)(record)


def unpack(record: type[_Record], row: Row) -> _Record:
    """The record of a row. Raises TypeError or ValueError where the row is none of such a record."""
    unpacked: _Record = _unpacking(record)(row)
    return unpacked


@cache
def _packing(record: type) -> Callable[[tuple[Any, ...]], Row]:
    """Packs the records of a class."""
    listed = enumerate(fields(record).values())
    packers = [(at, _packer(field)) for at, field in listed if field.kind in _ROWS_OTHERWISE]

    def packed(record: tuple[Any, ...]) -> Row:
        row: list[Any] = [*record]
        for at, packer in packers:
            if row[at] is not None:
                row[at] = packer(row[at])
        return tuple(row)

    return packed


@cache
def _unpacking(record: type[tuple[Any, ...]]) -> Callable[[Row], Any]:
    """Unpacks rows of the records of a class."""
    listed = [*fields(record).values()]
    kinds = tuple(map(_kinds, listed))
    texts = [at for at, field in enumerate(listed) if field.kind is FieldKind.TEXTS]
    unpackers = [
        (at, _unpacker(field)) for at, field in enumerate(listed) if field.kind in _ROWS_OTHERWISE
    ]
    of_values = partial(tuple.__new__, record)  # there are as many as it has fields

    def unpacked(row: Row) -> tuple[Any, ...]:
        if len(row) != len(kinds) or not all(map(isinstance, row, kinds)):
            raise TypeError(row)
        for at in texts:
            "".join(row[at] or ())  # raises it for what is no text
        values = [*row]
        for at, unpacker in unpackers:
            if values[at] is not None:
                values[at] = unpacker(values[at])
        return of_values(values)

    return unpacked


_TYPES: dict[FieldKind, type] = {
    FieldKind.NUMBER: int,
    FieldKind.DAY: int,
    FieldKind.TEXT: str,
    FieldKind.TEXTS: tuple,
    FieldKind.PAIRS: tuple,
    FieldKind.RECORD: tuple,
    FieldKind.RECORDS: tuple,
}
_TWO_TYPES = {FieldKind.LABEL: (int, str), FieldKind.PERIOD: (int, str)}
_ROWS_OTHERWISE = {
    FieldKind.DAY,
    FieldKind.PERIOD,
    FieldKind.PAIRS,
    FieldKind.RECORD,
    FieldKind.RECORDS,
}


def _kinds(field: Field) -> tuple[type, ...]:
    """The types of a field's values in a row."""
    own = _TWO_TYPES.get(field.kind) or (_TYPES[field.kind],)
    return (*own, type(None)) if field.optional else own


def _packer(field: Field) -> _Convert:
    if field.kind is FieldKind.DAY:
        return date.toordinal
    if field.kind is FieldKind.PERIOD:
        return _period_packed
    if field.kind is FieldKind.PAIRS:
        return lambda pairs: tuple((_pair_packed(key), text) for key, text in pairs)
    one = _packing(field.record)
    return one if field.kind is FieldKind.RECORD else lambda records: tuple(map(one, records))


def _unpacker(field: Field) -> _Convert:
    if field.kind is FieldKind.DAY:
        return date.fromordinal
    if field.kind is FieldKind.PERIOD:
        return _period_unpacked
    if field.kind is FieldKind.PAIRS:
        return _goals_unpacked if field.written == "goals" else _pairs_unpacked
    one = _unpacking(field.record)
    return one if field.kind is FieldKind.RECORD else lambda rows: tuple(map(one, rows))


def _period_packed(period: Period) -> int | str:
    return period.first.toordinal() if period.kind == "day" else str(period)


def _period_unpacked(row: int | str) -> Period:
    return Period("day", date.fromordinal(row)) if isinstance(row, int) else periods.parse(row)


def _pair_packed(key: Period | str | None) -> int | str | None:
    return _period_packed(key) if isinstance(key, Period) else key


def _all_texts(*values: str) -> None:
    """Raises TypeError for what is no text."""
    "".join(values)


def _pairs_unpacked(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    for key, text in rows:
        _all_texts(key, text)
    return rows


def _goals_unpacked(
    rows: tuple[tuple[int | str | None, str], ...],
) -> tuple[tuple[Period | None, str], ...]:
    for _key, text in rows:
        _all_texts(text)
    return tuple((None if key is None else _period_unpacked(key), text) for key, text in rows)
