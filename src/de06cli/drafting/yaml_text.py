"""A draft as the text of a data file: the same draft, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from de06cli.characters import one_line
from de06cli.drafting.plan_draft import Draft
from de06cli.plan.file.items import yaml_item
from de06cli.plan.records import DEFAULT_TIMEZONE, Agency

_OUTSIDE: Final = 60  # lines of the document that are kept as comments
_HEAD: Final = """\
# yaml-language-server: $schema=models.schema.json
#
# Bản nháp do de06 draft lập từ văn bản; chưa ai duyệt. Lời văn của văn bản giữ nguyên.
# Chỗ chưa chắc chắn ghi ở review của từng nhiệm vụ: xem xét, sửa cho đúng rồi xóa nội dung đó.
# Mã đơn vị mới do de06 đặt theo chữ cái đầu: giữ, hoặc đổi thành mã quen dùng ở mọi chỗ.
# Sửa xong, chạy: de06 check
"""
_LAYOUT: Final = yaml_item.Placing()


def text(draft: Draft) -> str:
    """The whole file."""
    heading = {**draft.heading, "timezone": DEFAULT_TIMEZONE, "due_soon_days": 7}
    parts = [_HEAD, "".join(_outside(draft.outside)), "\nplan:\n"]
    parts += _ended(yaml_item.lines_of(heading, 2, _LAYOUT))
    if draft.groups:
        parts.append("\ngroups:\n")
        named = ({"code": code, "title": title} for code, title in draft.groups)
        parts += (f"  - {yaml_item.flow(each)}\n" for each in named)
    parts.append("\nagencies:\n")
    new = {agency.code for agency in draft.new}
    for agency in draft.agencies:
        parts += _agency(agency, is_new=agency.code in new)
    parts.append("\nmodels:\n")
    for number, model in enumerate(draft.models):
        parts.append("\n" if number else "")
        parts += _item({**model, "review": _numbered(model.get("review", ()))})
    return "".join(parts)


def _item(values: Mapping[str, object]) -> list[str]:
    said = {key: _tidy(value) for key, value in values.items() if value not in ("", [])}
    return _ended(yaml_item.item(said, _LAYOUT))


def _ended(lines: Iterable[str]) -> list[str]:
    return [f"{line}\n" for line in lines]


def _outside(lines: Sequence[str]) -> Iterator[str]:
    """What the document says outside its tables of tasks, as comments."""
    if not lines:
        return
    yield "#\n# Ngoài bảng nhiệm vụ, văn bản còn ghi:\n"
    for line in lines[:_OUTSIDE]:
        for wrapped in yaml_item.wrapped(line, yaml_item.WIDTH - 4):
            yield f"#   {wrapped}\n"
    if len(lines) > _OUTSIDE:
        yield f"#   … và {len(lines) - _OUTSIDE} dòng khác.\n"


def _agency(agency: Agency, *, is_new: bool) -> list[str]:
    lines = _item(yaml_item.values_of(agency, yaml_item.ORDER["agencies"]))
    if is_new:
        lines[0] = f"{lines[0].rstrip()}  # đơn vị mới: cần xác nhận\n"
    return lines


def _numbered(questions: Sequence[str]) -> list[str]:
    """The paragraphs of a review: numbered where there are several."""
    if len(questions) < 2:
        return list(questions)
    return [f"({n}) {question}" for n, question in enumerate(questions, start=1)]


def _tidy(value: object) -> object:
    """A value whose texts have one space between words; lines of a text stay lines."""
    if isinstance(value, str):
        return value if "\n" in value else one_line(value)
    if isinstance(value, Mapping):
        return {key: _tidy(each) for key, each in value.items()}
    return [_tidy(each) for each in value] if isinstance(value, list) else value
