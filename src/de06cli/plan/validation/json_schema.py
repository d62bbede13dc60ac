"""The JSON Schema of a data file, for editors: what the records declare, in the language spoken now."""

from __future__ import annotations

import types
import typing

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import About, Written
from de06cli.plan.fields import key_of
from de06cli.plan.records import Plan
from de06cli.plan.validation.declared import core_optional, hints, is_record
from de06cli.plan.validation.notation import FORMS

JsonSchema = dict[str, object]


def json_schema() -> JsonSchema:
    """The JSON Schema of the data file, described in the language spoken now.

    It says what an editor can help with; ``check`` alone knows the rules between fields.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": _("Tệp kế hoạch của de06"),
        **_record_schema(Plan),
    }


def _record_schema(record: type[NamedTuple]) -> JsonSchema:
    return {
        "type": "object",
        "properties": {name: _schema_of(hint) for name, hint in hints(record).items()},
        "required": [key_of(name) for name in record._fields if name not in record._field_defaults],
        "additionalProperties": False,
    }


def _schema_of(hint: object) -> JsonSchema:
    """The schema of one field's type; ``About`` describes it."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        inner, *marks = typing.get_args(hint)
        schema = _schema_of(inner)
        for mark in marks:
            if isinstance(mark, Written):
                schema |= FORMS[mark.kind].schema
            elif isinstance(mark, About):
                schema = {"description": _(mark.description)} | schema
        return schema
    if origin is tuple:
        return {"type": "array", "items": _schema_of(typing.get_args(hint)[0])}
    if origin in {typing.Union, types.UnionType}:
        if type(None) not in typing.get_args(hint):
            return {}
        return _or_null(_schema_of(core_optional(hint)))
    if origin is typing.Literal:
        return {"enum": list(typing.get_args(hint))}
    if is_record(hint):
        return _record_schema(hint)
    return {"type": "string"}


def _or_null(schema: JsonSchema) -> JsonSchema:
    if "enum" in schema:
        return schema | {"enum": [*_listed(schema["enum"]), None]}
    return schema | {"type": [*_listed(schema["type"]), "null"]}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
