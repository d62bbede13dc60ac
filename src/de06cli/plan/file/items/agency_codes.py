"""Every place of a plan that means an agency by its code: in its records and in its text.

The places are found by the declarations of the fields: the roles of models, steps and handovers, ``by`` of
whatever was recorded, ``successor``, ``members`` and to whom a late task is reported. A printed cell is no
such place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from de06cli.plan.declaring import ROLE
from de06cli.plan.fields import Field, FieldKind, fields
from de06cli.plan.file.document import Document
from de06cli.plan.file.nodes import Scalar, Sequence
from de06cli.plan.file.splicing import Splice, uncertain
from de06cli.plan.records import Agency, Plan

Path = tuple[str | int, ...]
_Record = TypeVar("_Record", bound=tuple[Any, ...])
_CODES = frozenset({"by", "to", "successor", "members"})


def used(plan: Plan) -> frozenset[str]:
    """Every code that the plan gives to an agency or means one by."""
    return frozenset(code for _path, code in places(plan))


def places(record: tuple[Any, ...], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every code of an agency in a record, with the keys and places that lead to it, in their order."""
    for field in fields(record.__class__).values():
        value, here = getattr(record, field.name), (*path, field.key)
        if not value:
            continue
        if field.kind is FieldKind.RECORD:
            yield from places(value, here)
        elif field.kind is FieldKind.RECORDS:
            for at, part in enumerate(value):
                yield from places(part, (*here, at))
        elif not _means_agencies(record.__class__, field):
            continue
        elif field.kind is FieldKind.TEXTS:
            yield from (((*here, at), code) for at, code in enumerate(value))
        else:
            yield here, value


def replaced(record: _Record, old: str, new: str) -> _Record:
    """The record with another code in every place that says ``old``."""
    changed = {}
    for field in fields(record.__class__).values():
        value = getattr(record, field.name)
        if not value:
            continue
        if field.kind is FieldKind.RECORD:
            changed[field.name] = replaced(value, old, new)
        elif field.kind is FieldKind.RECORDS:
            changed[field.name] = tuple(replaced(part, old, new) for part in value)
        elif not _means_agencies(record.__class__, field):
            continue
        elif field.kind is FieldKind.TEXTS:
            changed[field.name] = tuple(new if code == old else code for code in value)
        elif value == old:
            changed[field.name] = new
    return record._replace(**changed) if changed else record  # type: ignore[attr-defined]


def _means_agencies(record: type, field: Field) -> bool:
    if field.kind not in {FieldKind.TEXT, FieldKind.TEXTS}:
        return False
    own_code = record is Agency and field.name == "code"
    return own_code or field.part == ROLE or field.name in _CODES


def splices(document: Document, plan: Plan, old: str, written: str) -> list[Splice]:
    """What puts ``written`` in place of the code ``old`` in the text; quotes around it stay.

    Raises ChangeRefused where a code is written in a way that leaves its place uncertain.
    """
    return [_splice(document, path, written) for path, code in places(plan) if code == old]


def _splice(document: Document, path: Path, written: str) -> Splice:
    node = document.part(path[:-1])
    at = path[-1]
    if isinstance(node, Sequence) and isinstance(at, int):
        node = node.items[at]
    elif not (isinstance(node, Scalar) and at == 0):  # one code stands for a list of one
        node = document.part(path)
    if not isinstance(node, Scalar):
        raise uncertain(document, 0)
    found = document.source.text[node.start : node.end].rstrip()
    quotes = re.fullmatch(r"([\"'])[^\"']*\1", found)
    if quotes:
        inside = written.strip('"')
        return Splice(node.start, node.start + len(found), f"{quotes[1]}{inside}{quotes[1]}")
    if found != node.text:
        raise uncertain(document, node.start)
    return Splice(node.start, node.start + len(found), written)
