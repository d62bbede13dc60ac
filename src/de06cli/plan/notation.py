"""How each kind of value is written in the file: how de06 reads it, and its JSON Schema for editors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from de06cli.characters import plain
from de06cli.messages import N_
from de06cli.plan import findings


class Unfit(ValueError):
    """A value that is not written as its kind asks; ``args`` are a finding's code and a sentence."""


NUMBER = r"0|[1-9][0-9]{0,8}"


def _read_number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(NUMBER, value):
            raise Unfit(
                findings.NOT_A_NUMBER, N_("“{value}” không phải là số nguyên (ví dụ 1, 9, 24).")
            )
        return int(value)
    return value


def _read_date(value: object) -> object:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit(
                findings.NOT_A_DATE,
                N_("“{value}” không phải là ngày hợp lệ theo dạng năm-tháng-ngày."),
            ) from None
    return value


def _read_text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise Unfit(findings.NO_TEXT, N_("Nội dung để trống."))
    return value


# Letters of Vietnamese and its neighbours, digits, "-", "_" and ".": nothing that cannot be seen, that
# another letter looks like, or that a shell, a path or an address takes for its own.
_LETTERS = r"A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff"
CODE = rf"^(?![sS][tT][tT]$)[{_LETTERS}][{_LETTERS}_.\-]*$"


def is_code(value: str) -> bool:
    return re.fullmatch(CODE, value) is not None


def _read_code(value: object) -> object:
    if isinstance(_read_text(value), str) and not is_code(str(value)):
        raise Unfit(findings.BAD_CODE, N_("“{value}” không dùng làm mã được."))
    return value


def code_from(value: str) -> str:
    """The code that is nearest to a text; "" where nothing of it may stand in one."""
    bare = "".join(char for char in plain(value[:60]).strip() if not unicodedata.combining(char))
    code = re.sub(rf"[^{_LETTERS}_.\-]+", "-", bare).strip("-_.")
    return code if is_code(code) else ""


def _read_list(value: object) -> object:
    return () if value is None else value


def _read_one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else _read_list(value)


def _read_at_least_one(value: object) -> object:
    if value == []:
        raise Unfit(findings.NO_TEXT, N_("Danh sách phải có ít nhất một mục."))
    return value


class Form(NamedTuple):
    """A kind of value: ``read`` makes it of what YAML gave, ``schema`` is for JSON Schema."""

    read: Callable[[object], object]
    schema: dict[str, object]


FORMS = {
    # In an editor a plain 9 is a number, and a plain 2023-12-30 a text.
    "number": Form(
        _read_number,
        {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": 999_999_999,
            "pattern": "^(0|[1-9][0-9]{0,8})$",
        },
    ),
    "day": Form(_read_date, {"type": "string", "format": "date"}),
    "text": Form(_read_text, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    "word": Form(_read_text, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    "code": Form(_read_code, {"type": ["string", "number", "boolean"], "pattern": CODE}),
    "list": Form(_read_list, {"type": ["array", "null"]}),
    "one or more": Form(_read_one_or_more, {"type": ["array", "string", "null"]}),
    "at least one": Form(_read_at_least_one, {"type": "array", "minItems": 1}),
}
