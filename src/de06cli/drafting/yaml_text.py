"""A draft as the text of a data file: the same draft, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from de06cli.drafting.plan_draft import Draft
from de06cli.plan.periods import Period
from de06cli.plan.records import DEFAULT_TIMEZONE, Agency

_WIDTH: Final = 106  # characters of a line
_LONGEST: Final = 100  # of a text that stays in quotes on its key's line
_OUTSIDE: Final = 60  # lines of the document that are kept as comments
_HEAD: Final = """\
# yaml-language-server: $schema=models.schema.json
#
# Bản nháp do de06 draft lập từ văn bản; chưa ai duyệt. Lời văn của văn bản giữ nguyên.
# Chỗ chưa chắc chắn ghi ở review của từng nhiệm vụ: xem xét, sửa cho đúng rồi xóa nội dung đó.
# Mã đơn vị mới do de06 đặt theo chữ cái đầu: giữ, hoặc đổi thành mã quen dùng ở mọi chỗ.
# Sửa xong, chạy: de06 check
"""
_PLAIN: Final = re.compile(
    r"[0-9]+|[0-9]{4}-[0-9A-Z-]{1,5}|(?=[0-9]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_/-]*"
)
_WORDS_OF_YAML: Final = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_AGENCY_KEYS: Final = (
    "code", "name", "short", "name_en", "level", "aliases", "email", "ended", "members",
)  # fmt: skip


def text(draft: Draft) -> str:
    """The whole file."""
    parts = [_HEAD, "".join(_outside(draft.outside)), "\nplan:\n"]
    parts += _lines_of({**draft.heading, "timezone": DEFAULT_TIMEZONE, "due_soon_days": 7}, 2)
    if draft.groups:
        parts.append("\ngroups:\n")
        parts += (f"  - {_flow({'code': code, 'title': title})}\n" for code, title in draft.groups)
    parts.append("\nagencies:\n")
    new = {agency.code for agency in draft.new}
    for agency in draft.agencies:
        parts += _agency(agency, is_new=agency.code in new)
    parts.append("\nmodels:\n")
    for number, model in enumerate(draft.models):
        parts.append("\n" if number else "")
        parts += _item({**model, "review": _numbered(model.get("review", ()))}, 2)
    return "".join(parts)


def _outside(lines: Sequence[str]) -> Iterator[str]:
    """What the document says outside its tables of tasks, as comments."""
    if not lines:
        return
    yield "#\n# Ngoài bảng nhiệm vụ, văn bản còn ghi:\n"
    for line in lines[:_OUTSIDE]:
        for wrapped in _wrapped(line, _WIDTH - 4):
            yield f"#   {wrapped}\n"
    if len(lines) > _OUTSIDE:
        yield f"#   … và {len(lines) - _OUTSIDE} dòng khác.\n"


def _agency(agency: Agency, *, is_new: bool) -> Iterator[str]:
    values: dict[str, object] = {
        key: _plain_value(getattr(agency, key)) for key in _AGENCY_KEYS if hasattr(agency, key)
    }
    lines = list(_item({key: value for key, value in values.items() if value}, 2))
    if is_new:
        lines[0] = f"{lines[0].rstrip()}  # đơn vị mới: cần xác nhận\n"
    yield from lines


def _plain_value(value: object) -> object:
    """A record or a tuple of the register as mappings and lists."""
    fields = getattr(value, "_fields", None)
    if isinstance(value, tuple) and fields and not isinstance(value, Period):
        named = zip(fields, value, strict=True)
        return {name: _plain_value(each) for name, each in named if each not in (None, ())}
    return [_plain_value(each) for each in value] if type(value) is tuple else value


def _numbered(questions: Sequence[str]) -> list[str]:
    """The paragraphs of a review: numbered where there are several."""
    if len(questions) < 2:
        return list(questions)
    return [f"({n}) {question}" for n, question in enumerate(questions, start=1)]


# Values ------------------------------------------------------------------------------------------


def _item(values: Mapping[str, object], indent: int) -> Iterator[str]:
    """A mapping as an item of a list, ``indent`` spaces in."""
    lines = list(_lines_of(values, indent + 2))
    yield f"{' ' * indent}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def _lines_of(values: Mapping[str, object], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(key, value, indent)


def _entry(key: str, value: object, indent: int) -> Iterator[str]:
    """The lines of a key with its value."""
    begin = " " * indent
    if key == "review":
        yield from _review(value if isinstance(value, list) else [], indent)
    elif key == "steps" and isinstance(value, list):
        yield f"{begin}steps:\n"
        for step in value:
            yield from _item(step, indent + 2)
    elif key in {"source", "extra"} and isinstance(value, Mapping):
        yield f"{begin}{key}:\n"
        for name, each in value.items():
            label = name if key == "source" else _quoted(name)
            yield from _text_entry(f"{begin}  {label}:", str(each), indent + 4)
    elif key == "organisation" and isinstance(value, list):
        yield f"{begin}{key}:\n"
        for each in value:
            yield from _text_entry(f"{begin}  -", each, indent + 4)
    elif isinstance(value, str) and key not in {
        "code",
        "group",
        "level",
        "model",
        "timezone",
        "ongoing",
    }:
        yield from _text_entry(f"{begin}{key}:", value, indent + 2)
    else:
        yield f"{begin}{key}: {_flow(value)}\n"


def _review(paragraphs: Iterable[str], indent: int) -> Iterator[str]:
    """The questions, each from a line of its own on, in one folded text."""
    listed = [" ".join(paragraph.split()) for paragraph in paragraphs]
    if not listed:
        return
    if len(listed) == 1 and _fits_in_quotes(listed[0]):
        yield f"{' ' * indent}review: {_quoted(listed[0])}\n"
        return
    yield f"{' ' * indent}review: >-\n"
    for paragraph in listed:
        for line in _wrapped(paragraph, _WIDTH - indent - 2):
            yield f"{' ' * (indent + 2)}{line}\n"


def _text_entry(begin: str, value: str, indent: int) -> Iterator[str]:
    """A text behind its key: in quotes, folded where it is long, line by line where it has lines."""
    if "\n" in value:
        yield f"{begin} |-\n"
        yield from (f"{' ' * indent}{line}\n" for line in value.split("\n"))
    elif not _fits_in_quotes(value):
        yield f"{begin} >-\n"
        yield from (f"{' ' * indent}{line}\n" for line in _wrapped(value, _WIDTH - indent))
    else:
        yield f"{begin} {_quoted(value)}\n"


def _fits_in_quotes(value: str) -> bool:
    """Whether a text stays on its key's line: it is short, and nothing in it has to be escaped."""
    return len(value) <= _LONGEST and '"' not in value and "\\" not in value


def _wrapped(value: str, width: int) -> Iterator[str]:
    """The words of a text on lines; a word that is longer than a line has one of its own."""
    line = ""
    for word in value.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, (Period, int | date)):
        return str(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return _word(str(value))


def _word(value: str) -> str:
    """A code or a text in a line of its own kind."""
    looks_like_number = re.fullmatch(r"[0-9]+[eE][0-9]+", value)
    is_plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS_OF_YAML
    return value if is_plain and not looks_like_number else _quoted(value)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
