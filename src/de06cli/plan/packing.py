"""Records as rows, which ``marshal`` writes and reads faster than anything else, and back.

A row is a plain tuple. Days become their proleptic ordinals; everything else is text, numbers, None and
tuples of them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from de06cli.plan.records import Agency, Extension, Heading, Model, Progress, Source, Step

Row = tuple[Any, ...]


def pack_heading(heading: Heading) -> Row:
    return tuple(heading)


def heading(row: Row) -> Heading:
    return Heading(*row)


def pack_agency(agency: Agency) -> Row:
    return tuple(agency)


def agency(row: Row) -> Agency:
    return Agency(*row)


def pack_model(model: Model) -> Row:
    row: list[Any] = [*model]
    row[_DEADLINE] = _ordinal(model.deadline)
    row[_STEPS] = tuple(map(_pack_step, model.steps))
    row[_EXTENSIONS] = tuple(map(_pack_extension, model.extensions))
    row[_SOURCE] = model.source and tuple(model.source)
    return tuple(row)


def model(row: Row) -> Model:
    values = [*row]
    values[_DEADLINE] = _day(row[_DEADLINE])
    values[_STEPS] = tuple([_step(step) for step in row[_STEPS]])
    values[_EXTENSIONS] = tuple([_extension(extension) for extension in row[_EXTENSIONS]])
    values[_SOURCE] = row[_SOURCE] and Source(*row[_SOURCE])
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
    number, text, progress, agencies, due = row
    if progress:
        status, day, *rest = progress
        progress = Progress(status, _day(day), *rest)
    return Step(number, text, progress, agencies, _day(due))


def _pack_extension(extension: Extension) -> Row:
    to, decided, *rest = extension
    return to.toordinal(), decided.toordinal(), *rest


def _extension(row: Row) -> Extension:
    to, decided, *rest = row
    return Extension(date.fromordinal(to), date.fromordinal(decided), *rest)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
