"""What the declaration of the records says of a place in the file: the type there, its keys, its words."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import TypeGuard

from de06cli.named_tuples import NamedTuple
from de06cli.plan.checks.values import Path
from de06cli.plan.declaring import Written
from de06cli.plan.fields import key_of
from de06cli.plan.periods import Period
from de06cli.plan.records import Plan


def is_prose(path: Path) -> bool:
    """Whether a text at ``path`` is prose, in which a "#" may well be meant."""
    return bool(_PROSE & {*_kinds_at(path)}) or "pairs" in _kinds_at(path[:-1])


_PROSE = {"text", "goals"}


def _kinds_at(path: Path) -> list[str]:
    try:
        return kinds(hint_at(path))
    except (KeyError, AttributeError, StopIteration, IndexError):
        return []  # under a key that is not known


def kinds(hint: object) -> list[str]:
    """How a type is written, by names of ``plan/validation/notation.py``, the outermost first."""
    return [mark.kind for mark in marks(hint) if isinstance(mark, Written)]


def hint_at(path: Path) -> object:
    """The declared type of a value, with what is written beside it."""
    hint: object = Plan
    for part in path:
        hint = hints(core(hint))[part] if isinstance(part, str) else item(hint)
    return hint


def item(hint: object) -> object:
    """The type of a list's items."""
    while typing.get_origin(hint) is not tuple:
        hint = typing.get_args(hint)[0]
    return typing.get_args(hint)[0]


def marks(hint: object) -> list[object]:
    """What is written beside a type, and beside the type inside an optional one."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        inner, *beside = typing.get_args(hint)
        return [*beside, *marks(inner)]
    if origin in {typing.Union, types.UnionType}:
        return marks(core_optional(hint))
    return []


@cache
def hints(record: object) -> dict[str, object]:
    """The types of a record's fields, by their keys in the file."""
    declared = typing.get_type_hints(record, include_extras=True)
    return {key_of(name): hint for name, hint in declared.items()}


def core(hint: object) -> object:
    """The type inside ``Annotated``, an optional or a tuple: a record, a Literal or a scalar."""
    while True:
        origin = typing.get_origin(hint)
        if origin is typing.Annotated or origin is tuple:
            hint = typing.get_args(hint)[0]
        elif origin in {typing.Union, types.UnionType}:
            hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        else:
            return hint


def type_at(path: Path) -> object:
    kind: object = Plan
    for part in path:
        if isinstance(part, str):
            kind = core(hints(kind)[part])
    return kind


def keys_at(path: Path) -> list[str]:
    kind = type_at(path)
    return [*hints(kind)] if is_record(kind) else []


def allowed_at(path: Path) -> list[str]:
    return list(typing.get_args(type_at(path)))


def core_optional(hint: object) -> object:
    return next(arg for arg in typing.get_args(hint) if arg is not type(None))


def is_record(hint: object) -> TypeGuard[type[NamedTuple]]:
    return hasattr(hint, "_fields") and hint is not Period
