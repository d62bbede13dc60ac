"""The fields of a record besides time, roles and progress, under the labels that they declare.

A field declared with ``section=BACKGROUND`` in ``plan/records.py`` is shown from here: by ``show``, the page,
the workbook and the register, in the records in which it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import BACKGROUND
from de06cli.plan.fields import Field, FieldKind, fields
from de06cli.plan.parts import Progress
from de06cli.views import words


class Labelled(NamedTuple):
    """The label of a field and its texts, without the empty ones."""

    label: str
    texts: tuple[str, ...]


def labelled(record: tuple[Any, ...], *sections: str) -> Iterator[Labelled]:
    """The fields of the ``sections`` that are not empty in the record, in the order of declaration."""
    for field in fields(record.__class__).values():
        if field.section not in sections:
            continue
        if field.kind is FieldKind.PAIRS:  # each under its own heading
            pairs = getattr(record, field.name)
            yield from (Labelled(heading, (text,)) for heading, text in pairs if text)
        elif found := texts(record, field):
            yield Labelled(_(field.label), found)


def lines(record: tuple[Any, ...] | None) -> list[str]:
    """The record's background, a line a field: "Sản phẩm: 12 báo cáo; 1 tờ trình"."""
    found = labelled(record, BACKGROUND) if record else ()
    return [f"{label}: {'; '.join(map(words.one_line, texts))}" for label, texts in found]


def texts(record: tuple[Any, ...] | None, field: Field) -> tuple[str, ...]:
    """The texts of a field, without the empty ones."""
    value = getattr(record, field.name, None)  # of a step without progress there is none
    return tuple(filter(None, _texts(field, value)))


def used(records: Iterable[tuple[Any, ...] | None]) -> list[Field]:
    """The fields of the background that one of the records uses. All records are of one class."""
    found: dict[str, Field] = {}
    order: dict[str, Field] = {}
    for record in filter(None, records):
        order = fields(record.__class__)
        for field in order.values():
            if field.section == BACKGROUND and any(_texts(field, getattr(record, field.name))):
                found[field.name] = field
    return [field for field in order.values() if field.name in found]


def _texts(field: Field, value: Any) -> tuple[str, ...]:
    if field.kind is FieldKind.TEXTS:
        texts: tuple[str, ...] = value or ()
        return texts
    if isinstance(value, date):
        return (words.day(value),)
    if field.kind is FieldKind.PAIRS:
        return tuple(f"{key}: {text}" for key, text in value)
    return () if value is None else (str(value),)


def progress(value: Progress | None) -> str:
    """The progress of a step on one line: "Hoàn thành 20/11/2023 – CAH – 45/BC-CAH"."""
    if value is None:
        return words.status("todo")
    said = f"{words.status(value.status)} {words.day(value.date)}".strip()
    more = (words.one_line(part) for part in (value.by, value.evidence, value.note) if part)
    return " – ".join([said, *more, *lines(value)])
