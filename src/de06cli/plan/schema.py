"""The doorway to pydantic: values become a plan, its errors become problems, records a JSON Schema.

Only pydantic's engine, ``pydantic_core``, is imported, and given a core schema of the few kinds of types
that the records are declared with. It is what ``pydantic.TypeAdapter(Plan)`` would make of them, as a test
says, at a fifth of the cost: for a command that reads a changed file that was half of its time.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from de06cli.messages import N_, _
from de06cli.plan import findings as f
from de06cli.plan.agencies import nearest
from de06cli.plan.document import clip
from de06cli.plan.findings import Problem
from de06cli.plan.records import About, Plan, Written
from de06cli.plan.written import FORMS, Unfit

Path = tuple[str | int, ...]


def validate(values: object) -> tuple[Plan | None, list[Problem]]:
    """The plan that ``values`` describe, or what keeps them from being one."""
    try:
        return _validator(Plan).validate_python(values), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        mistyped = {
            (*detail["loc"][:-1], guess)
            for detail in details
            if detail["type"] == "extra_forbidden"
            for guess in _guesses(detail["loc"], likeness=0.7)
        }
        # A key that is only misspelt is not missing as well.
        return None, [
            _problem(detail)
            for detail in details
            if not (detail["type"] == "missing" and detail["loc"] in mistyped)
        ]


def valid_part(record: Any, values: object) -> Any:
    """One ``record`` of a plan by itself, None where it is not valid."""
    try:
        return _validator(record).validate_python(values)
    except ValidationError:
        return None


@cache
def _validator(record: Any) -> SchemaValidator:
    return SchemaValidator(_validation_of(record))


def _validation_of(hint: Any) -> Any:
    """The core schema of a record, or of one field's type."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        inner, *marks = typing.get_args(hint)
        schema = _validation_of(inner)
        for mark in marks:
            if isinstance(mark, Written):
                schema = core_schema.no_info_before_validator_function(
                    FORMS[mark.kind].read, schema
                )
        return schema
    if origin is tuple:
        items = [_validation_of(typing.get_args(hint)[0])]
        return core_schema.tuple_schema(items, variadic_item_index=0)
    if origin in {typing.Union, types.UnionType}:
        return core_schema.nullable_schema(_validation_of(_core_optional(hint)))
    if origin is typing.Literal:
        return core_schema.literal_schema([*typing.get_args(hint)])
    if _is_record(hint):
        return _record_validation(hint)
    return _SCALARS[hint]()


_SCALARS: dict[Any, Callable[[], Any]] = {
    int: core_schema.int_schema,
    str: core_schema.str_schema,
    date: core_schema.date_schema,
}


def _record_validation(record: Any) -> Any:
    """Keys and values become the record; a key that it does not know is an error."""
    fields = {
        name: core_schema.typed_dict_field(
            _validation_of(hint), required=name not in record._field_defaults
        )
        for name, hint in _hints(record).items()
    }
    return core_schema.no_info_after_validator_function(
        lambda values: record(**values),
        core_schema.typed_dict_schema(fields, extra_behavior="forbid"),
    )


def _is_record(hint: Any) -> bool:
    return hasattr(hint, "_fields")


# Errors to problems ------------------------------------------------------------------------------


def _problem(detail: Any) -> Problem:
    path: Path = detail["loc"]
    value = detail["input"]
    match detail["type"]:
        case "missing":
            return Problem(
                f.MISSING_KEY,
                path[:-1],
                _("Thiếu khoá bắt buộc “{key}”.").format(key=path[-1]),
                _("Hãy thêm “{key}:”.").format(key=path[-1]),
                at_key=True,
            )
        case "extra_forbidden":
            return _unknown_key(path)
        case "literal_error" if isinstance(value, str):
            return _not_allowed(path, value)
        case "value_error":
            unfit = detail["ctx"]["error"]
            if isinstance(unfit, Unfit):
                code, sentence = unfit.args
                return Problem(
                    code, path, _(sentence).format(value=clip(str(value))), _advice(code, value)
                )
    if value is None and isinstance(path[-1], int):
        return Problem(
            f.NO_TEXT,
            path,
            _("Mục này của “{key}” để trống.").format(key=_last_key(path)),
            _("Hãy điền vào, hoặc xoá mục này."),
        )
    if value is None:
        return Problem(
            f.MISSING_KEY,
            path,
            _("Khoá “{key}” chưa có giá trị.").format(key=_last_key(path)),
            _("Hãy điền giá trị."),
        )
    return Problem(
        f.WRONG_SHAPE,
        path,
        _("Ở đây cần {expected}, không phải {actual}.").format(
            expected=_(_EXPECTED.get(detail["type"], _A_TEXT)), actual=_shape(value)
        ),
        _reshaping(detail["type"], path, value),
    )


_A_TEXT = N_("một lời văn")
_EXPECTED = {
    "dict_type": N_("các khoá (khoá: giá trị)"),
    "tuple_type": N_("một danh sách [a, b]"),
    "int_type": N_("một số"),
    "date_type": N_("một ngày"),
    "literal_error": N_("một từ cho sẵn"),
}


def _shape(value: object) -> str:
    if isinstance(value, str):
        return _("lời văn “{text}”").format(text=clip(value, 30))
    if isinstance(value, list):
        return _("một danh sách")
    if isinstance(value, dict):
        return _("các khoá (khoá: giá trị)")
    return _("một giá trị không đọc được")


def _reshaping(kind: str, path: Path, value: object) -> str:
    """What to write instead of a value of the wrong shape."""
    if kind == "string_type" and isinstance(value, dict):
        return _("Lời văn có dấu hai chấm phải đặt trong dấu nháy.")
    if (
        kind == "tuple_type"
        and isinstance(value, str)
        and len(value) <= 60
        and re.fullmatch(r"\w[\w ]*(, ?\w[\w ]*)*", value)
        and _type_at(path) is str
    ):
        return _("Viết {value}.").format(value=f"[{value}]")
    return _("Hãy xem cách ghi ở đầu tệp mẫu.")


def _advice(code: str, value: Any) -> str:
    if code == f.NOT_A_NUMBER:
        return _("Viết nhiều nhất chín chữ số, không có số 0 đứng đầu.")
    if code == f.NOT_A_DATE:
        if meant := _day_meant(value.strip()):
            return _("Viết {value}.").format(value=meant.isoformat())
        return _("Viết như 2023-12-30.")
    if value == []:  # lists that may be empty are told nothing
        return _("Hãy điền vào.")
    return _("Hãy điền vào, hoặc xoá khoá nếu không bắt buộc.")


def _day_meant(text: str) -> date | None:
    """The day of a date written day first, or without its zeros; None where there is no such day."""
    if found := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\.?", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_key(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


def _unknown_key(path: Path) -> Problem:
    key = clip(str(path[-1]))
    return Problem(
        f.UNKNOWN_KEY,
        path,
        _("Không có khoá “{key}”.").format(key=key),
        _("Khoá gần nhất là “{guess}”. Các khoá dùng được: {known}.").format(
            guess=_guesses(path)[0], known=", ".join(_keys_at(path[:-1]))
        ),
        at_key=True,
    )


def _guesses(path: Path, likeness: float = 0.0) -> list[str]:
    """The known key that looks most like the unknown one at the end of ``path``, if it does so."""
    return nearest(str(path[-1]), _keys_at(path[:-1]), 1, likeness)


def _not_allowed(path: Path, value: str) -> Problem:
    allowed = _allowed_at(path)
    return Problem(
        f.NOT_ALLOWED,
        path,
        _("“{value}” không phải là giá trị của “{key}”.").format(
            value=clip(value), key=_last_key(path)
        ),
        _("Gần nhất là “{guess}”. Các giá trị dùng được: {allowed}.").format(
            guess=nearest(value, allowed, 1)[0], allowed=", ".join(allowed)
        ),
    )


# Walking the declaration -------------------------------------------------------------------------


@cache
def _hints(record: Any) -> dict[str, Any]:
    return typing.get_type_hints(record, include_extras=True)


def _core(hint: Any) -> Any:
    """The type inside ``Annotated``, an optional or a tuple: a record, a Literal or a scalar."""
    while True:
        origin = typing.get_origin(hint)
        if origin is typing.Annotated or origin is tuple:
            hint = typing.get_args(hint)[0]
        elif origin in {typing.Union, types.UnionType}:
            hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        else:
            return hint


def _type_at(path: Path) -> Any:
    kind: Any = Plan
    for part in path:
        if isinstance(part, str):
            kind = _core(_hints(kind)[part])
    return kind


def _keys_at(path: Path) -> list[str]:
    return [*_type_at(path)._fields]


def _allowed_at(path: Path) -> list[str]:
    return list(typing.get_args(_type_at(path)))


# JSON Schema -------------------------------------------------------------------------------------


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the data file, described in the language spoken now.

    It says what an editor can help with; ``check`` alone knows the rules between fields.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": _("Kế hoạch triển khai của de06"),
        **_record_schema(Plan),
    }


def _record_schema(record: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _schema_of(hint) for name, hint in _hints(record).items()},
        "required": [name for name in record._fields if name not in record._field_defaults],
        "additionalProperties": False,
    }


def _schema_of(hint: Any) -> dict[str, Any]:
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
        return _or_null(_schema_of(_core_optional(hint)))
    if origin is typing.Literal:
        return {"enum": list(typing.get_args(hint))}
    if _is_record(hint):
        return _record_schema(hint)
    return {"type": "string"}


def _core_optional(hint: Any) -> Any:
    return next(arg for arg in typing.get_args(hint) if arg is not type(None))


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema | {"type": [*kinds, "null"]}
