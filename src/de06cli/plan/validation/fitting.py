"""Values that fit the declaration of the records become records, without pydantic.

Most readings are of files without an error, and importing pydantic would cost them more than all else does.
What does not fit a plan here is not wrong yet: ``schema.py`` decides, and says why. What fits is the same
record there, as a test says.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from de06cli.plan.declaring import Written
from de06cli.plan.fields import key_of
from de06cli.plan.validation.declared import core_optional, is_record
from de06cli.plan.validation.notation import FORMS

_Record = TypeVar("_Record", bound=tuple[Any, ...])
_Read = Callable[[Any], Any]


def fitted(record: type[_Record], values: object) -> _Record | None:
    """The record that ``values`` describe; None where they may not fit it."""
    try:
        found: _Record = _reader(record)(values)
    except (KeyError, TypeError, ValueError):
        return None
    return found


def fitted_value(record: type[tuple[Any, ...]], name: str, value: object) -> object:
    """What a field of a record holds for a value of the file. Raises ValueError where it may not fit."""
    try:
        return _reader(record.__annotations__[name])(value)
    except (KeyError, TypeError) as error:
        raise ValueError(name) from error


@cache
def _reader(hint: Any) -> _Read:
    """Makes a value of a type of what YAML gave; KeyError, TypeError or ValueError: it may not fit."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        inner, *marks = parts
        read = _reader(inner)
        for mark in marks:
            if isinstance(mark, Written):
                read = _written(FORMS[mark.kind].read, read)
        return read
    if origin is tuple:
        return _list(_reader(parts[0])) if parts[1:] == (...,) else _row([*map(_reader, parts)])
    if origin in {typing.Union, types.UnionType} and type(None) in parts:
        return _optional(_reader(core_optional(hint)))
    if origin is typing.Literal:
        return {word: word for word in parts}.__getitem__
    if is_record(hint):
        return _record(hint)
    return _scalar(parts or (hint,))


def _written(written: _Read, inner: _Read) -> _Read:
    return lambda value: inner(written(value))


def _optional(inner: _Read) -> _Read:
    return lambda value: None if value is None else inner(value)


def _list(item: _Read) -> _Read:
    def read(values: Any) -> tuple[Any, ...]:
        if type(values) is not list and type(values) is not tuple:
            raise TypeError(values)
        return tuple(map(item, values))

    return read


def _row(columns: list[_Read]) -> _Read:
    def read(values: Any) -> tuple[Any, ...]:
        if type(values) is not tuple:
            raise TypeError(values)
        return tuple(column(value) for column, value in zip(columns, values, strict=True))

    return read


def _record(record: Any) -> _Read:
    keys = {key_of(name): (name, _reader(hint)) for name, hint in record.__annotations__.items()}

    def read(values: Any) -> Any:
        if type(values) is not dict:
            raise TypeError(values)
        given = {}
        for key, value in values.items():
            name, reader = keys[key]
            given[name] = reader(value)
        return record(**given)

    return read


def _scalar(kinds: tuple[type, ...]) -> _Read:
    def read(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(value)
        return value

    return read
