"""Records as plain tuples, which ``marshal`` writes and reads faster than anything else, and back.

Days become their proleptic ordinals; everything else is text, numbers, None and tuples of them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from de06cli.plan.records import Agency, Extension, Heading, Model, Progress, Source, Step

Row = tuple[Any, ...]


def pack_heading(heading: Heading) -> Row:
    return _values(heading)


def heading(row: Row) -> Heading:
    return Heading(*row)


def pack_agency(agency: Agency) -> Row:
    return _values(agency)


def agency(row: Row) -> Agency:
    return Agency(*row)


def pack_model(model: Model) -> Row:
    number, title, deadline, lead, steps, stt, organisation, outcome, extensions, *rest = _values(
        model
    )
    *texts, source, review = rest
    return (
        number,
        title,
        _ordinal(deadline),
        lead,
        tuple(map(_pack_step, steps)),
        stt,
        organisation,
        outcome,
        tuple(map(_pack_extension, extensions)),
        *texts,
        source and _values(source),
        review,
    )


def model(row: Row) -> Model:
    number, title, deadline, lead, steps, stt, organisation, outcome, extensions, *rest = row
    *texts, source, review = rest
    return Model(
        number,
        title,
        _day(deadline),
        lead,
        tuple([_step(step) for step in steps]),
        stt,
        organisation,
        outcome,
        tuple([_extension(extension) for extension in extensions]),
        *texts,
        source and Source(*source),
        review,
    )


def _pack_step(step: Step) -> Row:
    number, text, progress, agencies, due = _values(step)
    if progress:
        status, day, *rest = _values(progress)
        progress = (status, _ordinal(day), *rest)
    return number, text, progress, agencies, _ordinal(due)


def _step(row: Row) -> Step:
    number, text, progress, agencies, due = row
    if progress:
        status, day, *rest = progress
        progress = Progress(status, _day(day), *rest)
    return Step(number, text, progress, agencies, _day(due))


def _pack_extension(extension: Extension) -> Row:
    to, decided, *rest = _values(extension)
    return to.toordinal(), decided.toordinal(), *rest


def _extension(row: Row) -> Extension:
    to, decided, *rest = row
    return Extension(date.fromordinal(to), date.fromordinal(decided), *rest)


def _values(record: Any) -> Row:
    return tuple([getattr(record, name) for name in record.__dataclass_fields__])


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
