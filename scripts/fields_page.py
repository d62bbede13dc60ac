"""The page docs/data-file.md: every key of a plan's file, as the JSON Schema describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from answers import printed, table

Schema = dict[str, Any]

_HEAD = {
    "vi": """\
# Tệp kế hoạch

Trang này do `scripts/docs.py` viết từ chính de06: mọi khóa của tệp, như `de06 schema` mô tả. Khóa đánh dấu ✓
là bắt buộc. Ví dụ và cách sửa: [Người giữ kế hoạch](huong-dan/ke-hoach.md).
""",
    "en": """\
# The plan's file

`scripts/docs.py` writes this page from de06 itself: every key of the file, as `de06 schema` describes it. A
key marked ✓ is required. Examples and how to edit: [Keeper of the plan](huong-dan/ke-hoach.en.md).
""",
}
_HEADS = {
    "vi": ("khóa", "bắt buộc", "dạng", "ý nghĩa"),
    "en": ("key", "required", "form", "meaning"),
}
_FORMS = {
    "list": ("danh sách", "list"),
    "record": ("nhóm khóa", "keys"),
    "records": ("danh sách, mỗi mục một nhóm khóa", "list, each with keys"),
    "pairs": ("tên: chữ", "name: text"),
    "day": ("ngày", "day"),
    "time": ("ngày hoặc kỳ", "day or period"),
    "period": ("kỳ", "period"),
    "number": ("số", "number"),
    "code": ("mã", "code"),
    "text": ("chữ", "text"),
    "texts": ("chữ hoặc danh sách", "text or list"),
    "goal": ("mức, hoặc ngày: mức", "value, or day: value"),
}
_TIME, _PERIOD = "|[0-9]{2}|Q[1-4]", "^[0-9]{4}(-(W"


def page(lang: str) -> str:
    """The whole page, in Vietnamese or English."""
    schema = json.loads(printed(["schema"], lang))
    parts = [_part(path, record, lang) for path, record in _records("", schema)]
    return _HEAD[lang] + "".join(parts)


def _records(path: str, record: Schema) -> Iterator[tuple[str, Schema]]:
    """The record at ``path`` and those in it, each with its path as it is typed."""
    yield path, record
    for key, field in record["properties"].items():
        inner = field.get("items", field)
        if "properties" in inner:
            yield from _records(f"{path}.{key}".removeprefix("."), inner)


def _part(path: str, record: Schema, lang: str) -> str:
    rows = [
        (
            f"`{key}`",
            "✓" if key in record["required"] else "",
            _form(field, lang),
            field.get("description", ""),
        )
        for key, field in record["properties"].items()
    ]
    heading = f"## `{path}`" if path else {"vi": "## Cả tệp", "en": "## The whole file"}[lang]
    return f"\n{heading}\n\n{table(_HEADS[lang], rows)}"


def _form(field: Schema, lang: str) -> str:
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"] if value is not None)
    return _FORMS[_kind(field)][lang == "en"]


def _kind(field: Schema) -> str:
    types, pattern = field["type"], field.get("pattern", "")
    if "items" in field and "string" in types:
        return "texts"
    if "items" in field:
        return "records" if "properties" in field["items"] else "list"
    if "properties" in field:
        return "record"
    if "propertyNames" in field:
        return "goal"
    if "object" in types:
        return "pairs"
    if field.get("format") == "date":
        return "day"
    if _TIME in pattern:
        return "period" if pattern.startswith(_PERIOD) else "time"
    if "integer" in types and "string" in types and "A-Z" not in pattern:
        return "number"
    return "code" if "sS" in pattern else "text"
