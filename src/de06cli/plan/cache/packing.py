"""Records as rows, which ``marshal`` writes and reads faster than anything else, and back.

A row is a plain tuple. Days become their proleptic ordinals; everything else is text, numbers, None and
tuples of them. What is made of a row that is none of its record raises TypeError or ValueError.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from de06cli.plan.records import Agency, Extension, Heading, Model, Progress, Source, Step

Row = tuple[Any, ...]


class _Shape(NamedTuple):
    """What the rows of a record are like: each field's types, and which fields hold texts."""

    kinds: tuple[tuple[type, ...], ...]
    texts: tuple[int, ...]


def _shape(record: type) -> _Shape:
    annotations = [*record.__annotations__.values()]
    texts = [number for number, one in enumerate(annotations) if _holds_texts(one)]
    return _Shape(tuple(map(_kinds, annotations)), tuple(texts))


def _kinds(annotation: Any) -> tuple[type, ...]:
    """The types of a field's values in a row."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(annotation.__origin__)
    if origin in (Union, UnionType):
        return tuple(kind for one in get_args(annotation) for kind in _kinds(one))
    if origin is Literal:
        return (str,)
    if origin is tuple or issubclass(annotation, tuple):
        return (tuple,)
    return (int,) if annotation is date else (annotation,)


def _holds_texts(annotation: Any) -> bool:
    while get_origin(annotation) is Annotated:
        annotation = annotation.__origin__
    return get_origin(annotation) is tuple and _kinds(get_args(annotation)[0]) == (str,)


def _checked(row: Sequence[Any], shape: _Shape) -> Sequence[Any]:
    """The row, if it is one of such a record. Raises TypeError."""
    if len(row) != len(shape.kinds) or not all(map(isinstance, row, shape.kinds)):
        raise TypeError(row)
    for number in shape.texts:
        "".join(row[number])  # raises it for what is no text
    return row


def pack_heading(heading: Heading) -> Row:
    return tuple(heading)


def heading(row: Row) -> Heading:
    return Heading(*_checked(row, _HEADING))


def pack_agency(agency: Agency) -> Row:
    return tuple(agency)


def agency(row: Row) -> Agency:
    return Agency(*_checked(row, _AGENCY))


def pack_model(model: Model) -> Row:
    row: list[Any] = [*model]
    row[_DEADLINE] = _ordinal(model.deadline)
    row[_STEPS] = tuple(map(_pack_step, model.steps))
    row[_EXTENSIONS] = tuple(map(_pack_extension, model.extensions))
    row[_SOURCE] = model.source and tuple(model.source)
    return tuple(row)


def model(row: Row) -> Model:
    values = [*_checked(row, _MODEL)]
    values[_DEADLINE] = _day(row[_DEADLINE])
    values[_STEPS] = tuple([_step(step) for step in row[_STEPS]])
    values[_EXTENSIONS] = tuple([_extension(extension) for extension in row[_EXTENSIONS]])
    values[_SOURCE] = row[_SOURCE] and Source(*_checked(row[_SOURCE], _SOURCE_CELLS))
    return Model(*values)


_DEADLINE, _STEPS, _EXTENSIONS, _SOURCE = map(
    Model._fields.index, ("deadline", "steps", "extensions", "source")
)


def _pack_step(step: Step) -> Row:
    number, text, progress, agencies, due = step
    return number, text, progress and _pack_progress(progress), agencies, _ordinal(due)


def _pack_progress(progress: Progress) -> Row:
    status, day, *rest = progress
    return status, _ordinal(day), *rest


def _step(row: Row) -> Step:
    number, text, progress, agencies, due = _checked(row, _STEP)
    if progress:
        status, day, *rest = _checked(progress, _PROGRESS)
        progress = Progress(status, _day(day), *rest)
    return Step(number, text, progress, agencies, _day(due))


def _pack_extension(extension: Extension) -> Row:
    to, decided, *rest = extension
    return to.toordinal(), decided.toordinal(), *rest


def _extension(row: Row) -> Extension:
    to, decided, *rest = _checked(row, _EXTENSION)
    return Extension(date.fromordinal(to), date.fromordinal(decided), *rest)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


_HEADING, _AGENCY, _MODEL, _STEP, _PROGRESS, _EXTENSION, _SOURCE_CELLS = map(
    _shape, (Heading, Agency, Model, Step, Progress, Extension, Source)
)
