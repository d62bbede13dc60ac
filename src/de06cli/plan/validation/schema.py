"""The doorway to pydantic: values become a plan, its errors become problems.

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
from functools import cache, lru_cache

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError, core_schema

from de06cli.characters import bare_key, clip, plain
from de06cli.messages import N_, _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings
from de06cli.plan.agencies import nearest
from de06cli.plan.checks.values import Path
from de06cli.plan.declaring import Written
from de06cli.plan.fields import key_of
from de06cli.plan.findings import Problem
from de06cli.plan.periods import Period
from de06cli.plan.records import Plan
from de06cli.plan.validation import meant
from de06cli.plan.validation.declared import (
    allowed_at,
    core_optional,
    hint_at,
    is_prose,
    is_record,
    keys_at,
    kinds,
    type_at,
)
from de06cli.plan.validation.notation import FORMS, NUMBER, Unfit, code_from, is_code


def validate(values: object) -> tuple[Plan | None, list[Problem]]:
    """The plan that ``values`` describe, or what keeps them from being one."""
    try:
        return _validator(Plan).validate_python(values), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
        mistyped = {
            (*path[:-1], guess)
            for path in unknown[:_ADVISED]
            for guess in _guesses(path, likeness=_MISTYPED)
        }
        renamed = _renamed(details)
        mistyped |= {(*path[:-1], key) for path, key in renamed.items()}
        # A key that is only misspelt is not missing as well.
        return None, [
            _problem(detail, renamed, advised=number < _ADVISED)
            for number, detail in enumerate(details)
            if not (detail["type"] == "missing" and detail["loc"] in mistyped)
        ]


def _renamed(details: list[ErrorDetails]) -> dict[Path, str]:
    """The unknown keys that stand for a missing one: its value is under them, as ``date:`` for ``on:``."""
    missing: dict[Path, list[str]] = {}
    for detail in details[:_ADVISED]:
        if detail["type"] == "missing":
            missing.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    found: dict[Path, str] = {}
    for detail in details[:_ADVISED]:
        path = detail["loc"]
        keys = missing.get(path[:-1], [])
        if detail["type"] != "extra_forbidden" or len(keys) != 1:
            continue
        if _fitting((*path[:-1], keys[0]), detail["input"]) and not _guesses(path, _MISTYPED):
            found[path] = keys.pop()
    return found


def _fitting(path: Path, value: object) -> str | None:
    """How the value, a day or a word that is given, is written at ``path``; None if it is none."""
    if not isinstance(value, str):
        return None
    if allowed := allowed_at(path):
        return meant.word(value, allowed)
    day = meant.day(value) if kinds(hint_at(path)) == ["day"] else None
    return day.isoformat() if day else None


@cache
def _validator(record: type[NamedTuple]) -> SchemaValidator:
    return SchemaValidator(_validation_of(record))


def _validation_of(hint: object) -> core_schema.CoreSchema:
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
        first, *others = typing.get_args(hint)
        if others != [...]:
            return core_schema.tuple_schema([_validation_of(part) for part in (first, *others)])
        return core_schema.tuple_schema([_validation_of(first)], variadic_item_index=0)
    if origin in {typing.Union, types.UnionType}:
        if type(None) not in typing.get_args(hint):  # a number or a text
            return core_schema.union_schema(
                [*map(_validation_of, typing.get_args(hint))],
                custom_error_type="label_type",
                custom_error_message="a number or a text",
            )
        return core_schema.nullable_schema(_validation_of(core_optional(hint)))
    if origin is typing.Literal:
        return core_schema.literal_schema([*typing.get_args(hint)])
    if is_record(hint):
        return _record_validation(hint)
    return _SCALARS[hint]


_SCALARS: dict[object, core_schema.CoreSchema] = {
    int: core_schema.int_schema(),
    str: core_schema.str_schema(),
    date: core_schema.date_schema(),
    Period: core_schema.is_instance_schema(Period),
}


def _record_validation(record: type[NamedTuple]) -> core_schema.CoreSchema:
    """Keys and values become the record; a key that it does not know is an error."""
    make: Callable[..., object] = record
    typed = {
        key_of(name): core_schema.typed_dict_field(
            _validation_of(hint), required=name not in record._field_defaults
        )
        for name, hint in _annotations(record).items()
    }
    kept = {key_of(name): name for name in record._fields if key_of(name) != name}

    def made(values: dict[str, object]) -> object:
        return make(**{kept.get(key, key): value for key, value in values.items()})

    return core_schema.no_info_after_validator_function(
        made if kept else lambda values: make(**values),
        core_schema.typed_dict_schema(typed, extra_behavior="forbid"),
    )


def _annotations(record: type[NamedTuple]) -> dict[str, object]:
    return record.__annotations__


# Errors to problems ------------------------------------------------------------------------------


_ADVISED = 1_000  # problems that get an advice; nobody reads more of them


def _problem(detail: ErrorDetails, renamed: dict[Path, str], *, advised: bool) -> Problem:
    path: Path = detail["loc"]
    value = detail["input"]
    match detail["type"]:
        case "missing":
            return Problem(
                findings.MISSING_KEY,
                path[:-1],
                _("Thiếu khóa bắt buộc “{key}”.").format(key=path[-1]),
                _("Hãy thêm “{key}:”.").format(key=path[-1]),
                at_key=True,
            )
        case "extra_forbidden":
            return _unknown_key(path, renamed.get(path), advised=advised)
        case "literal_error" if isinstance(value, str):
            return _not_allowed(path, value, advised=advised)
        case "value_error":
            unfit = detail["ctx"]["error"]
            if isinstance(unfit, Unfit):
                return _unfit(path, value, unfit, advised=advised)
    if value is None and isinstance(path[-1], int):
        return Problem(
            findings.NO_TEXT,
            path,
            _("Mục này của “{key}” để trống.").format(key=_last_key(path)),
            _("Hãy điền vào, hoặc xóa mục này."),
        )
    if value is None:
        return Problem(
            findings.MISSING_KEY,
            path,
            _("Khóa “{key}” chưa có giá trị.").format(key=_last_key(path)),
            _("Hãy điền giá trị."),
        )
    return Problem(
        findings.WRONG_SHAPE,
        path,
        _("Ở đây cần {expected}, không phải {actual}.").format(
            expected=_(_EXPECTED.get(detail["type"], _A_TEXT)), actual=_shape(value)
        ),
        _reshaping(detail["type"], path, value),
    )


def _unfit(path: Path, value: object, unfit: Unfit, *, advised: bool) -> Problem:
    """The problem of a value, or of the entry in it, that is not written as its kind asks."""
    if unfit.key is not None:
        path, value = (*path, unfit.key), unfit.key
    return Problem(
        unfit.code,
        path,
        _(unfit.sentence).format(value=clip(str(value))),
        _advice(unfit, path, value) if advised else "",
        at_key=unfit.key is not None,
    )


_A_TEXT = N_("một đoạn chữ")
_EXPECTED = {
    "dict_type": N_("các khóa (khóa: giá trị)"),
    "tuple_type": N_("một danh sách [a, b]"),
    "int_type": N_("một số"),
    "date_type": N_("một ngày"),
    "label_type": N_("một số hoặc một đoạn chữ"),
    "is_instance_of": N_("một ngày hoặc một kỳ"),
    "literal_error": N_("một từ cho sẵn"),
}


def _shape(value: object) -> str:
    if isinstance(value, str):
        return _("đoạn chữ “{text}”").format(text=clip(value, 30))
    if isinstance(value, list):
        return _("một danh sách")
    if isinstance(value, dict):
        return _("các khóa (khóa: giá trị)")
    return _("một giá trị không đọc được")


def _reshaping(kind: str, path: Path, value: object) -> str:
    """The advice for a value of the wrong shape."""
    if kind == "string_type" and isinstance(value, dict):
        return _("Đoạn chữ có dấu hai chấm phải đặt trong dấu nháy.")
    if (
        kind == "tuple_type"
        and isinstance(value, str)
        and len(value) <= 60
        and re.fullmatch(r"\w[\w ]*(, ?\w[\w ]*)*", value)
        and type_at(path) is str
    ):
        if is_prose((*path, 0)) or all(is_code(part.strip()) for part in value.split(",")):
            return _("Viết {value}.").format(value=f"[{value}]")
        return _("Viết mã đơn vị trong ngoặc vuông, ví dụ [CAH, PC06].")
    if kind == "dict_type" and (written := _as_record(path, value)):
        return _("Viết {value}.").format(value=written)
    return _("Hãy xem cách ghi ở đầu tệp mẫu.")


def _as_record(path: Path, value: object) -> str | None:
    """The record whose one required key has the value, None where it is none: {on: 2025-11-03}."""
    record = type_at(path)
    if not is_record(record):
        return None
    required = [key_of(name) for name in record._fields if name not in record._field_defaults]
    fitting = _fitting((*path, required[0]), value) if len(required) == 1 else None
    return f"{{{required[0]}: {fitting}}}" if fitting else None


def _advice(unfit: Unfit, path: Path, value: object) -> str:
    text, code = str(value), unfit.code
    if unfit.meant:
        return _("Viết {value}.").format(value=_(" hoặc ").join(map(clip, unfit.meant)))
    if code == findings.NOT_A_NUMBER:
        digits = plain(text[:14]).strip(" \"'")
        if digits != text and re.fullmatch(NUMBER, digits):
            return _("Viết {value}.").format(value=digits)
        if unfit.advice:
            return _(unfit.advice)
        return _("Viết nhiều nhất chín chữ số, không có số 0 đứng đầu.")
    if code == findings.NOT_A_DATE:
        form = "period" if unfit.key is not None else kinds(hint_at(path))[-1]
        return meant.how_to_write(text, _last_key(path), form)
    if code == findings.BAD_CODE:
        rule = _("Mã gồm chữ, số, “-”, “_”, “.”, bắt đầu bằng chữ hoặc số, và không phải là stt.")
        better = code_from(text)
        return f"{_('Viết {value}.').format(value=better)} {rule}" if better else rule
    if code == findings.WRONG_SHAPE:
        return (
            _("Hãy điền vào, hoặc xóa mục này.")
            if unfit.key
            else _("Hãy xem cách ghi ở đầu tệp mẫu.")
        )
    if value == []:  # a list that may be empty has no finding
        return _("Hãy điền vào.")
    return _("Hãy điền vào, hoặc xóa khóa nếu không bắt buộc.")


def _last_key(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


def _unknown_key(path: Path, renamed: str | None, *, advised: bool) -> Problem:
    message = _("Không có khóa “{key}”.").format(key=clip(str(path[-1])))
    if not advised:
        return Problem(findings.UNKNOWN_KEY, path, message, at_key=True)
    advice = _("Gợi ý: {guess}. Các khóa dùng được: {known}.").format(
        guess=renamed or _guesses(path)[0], known=", ".join(keys_at(path[:-1]))
    )
    return Problem(findings.UNKNOWN_KEY, path, message, advice, at_key=True)


_MISTYPED = 0.7  # the likeness from which an unknown key stands for a known one


def _guesses(path: Path, likeness: float = 0.0) -> list[str]:
    """The known key that looks most like the unknown one at the end of ``path``, if it does so."""
    return _nearest_key(str(path[-1]), tuple(keys_at(path[:-1])), likeness)


@lru_cache(maxsize=1024)
def _nearest_key(key: str, known: tuple[str, ...], likeness: float) -> list[str]:
    return nearest(bare_key(key), known, 1, likeness)


def _not_allowed(path: Path, value: str, *, advised: bool) -> Problem:
    allowed = allowed_at(path)
    guess = meant.word(value, allowed) if advised else None
    listed = _("Các giá trị dùng được: {allowed}.").format(allowed=", ".join(allowed))
    return Problem(
        findings.NOT_ALLOWED,
        path,
        _("“{value}” không phải là giá trị của “{key}”.").format(
            value=clip(value), key=_last_key(path)
        ),
        f"{_('Viết {value}.').format(value=guess)} {listed}" if guess else listed,
    )
