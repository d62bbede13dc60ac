"""What the words around the tables say of the plan: its title, its day, its year, its number of tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

_TITLE = re.compile(
    r"(?:phụ lục|kế hoạch|danh mục|chương trình|bảng|biểu|nghị quyết|phân công|tiến độ|nhiệm vụ)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"ngày\s+(?P<d>[0-9]{1,2})\s*(?:/|-|tháng)\s*(?P<m>[0-9]{1,2})\s*(?:/|-|năm)\s*(?P<y>20[0-9]{2})\b",
    re.IGNORECASE,
)
_OF_ISSUE = re.compile(r"kèm theo|ban hành|^\(|,\s*ngày", re.IGNORECASE)
_DECLARED = re.compile(
    r"(?<![0-9/.\-])(?P<n>[0-9]{1,4})\s+(?:mô hình|nhiệm vụ|nội dung|chỉ tiêu|công việc|đầu việc)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:(?<![0-9/])|(?<=[IV]/))(20[0-9]{2})(?![0-9/])")
_LONGEST = 250  # characters of a title

_Value = TypeVar("_Value")


class Said(NamedTuple):
    """``declared`` are the numbers of tasks that the text says, each once."""

    title: str = ""
    issued: date | None = None
    year: int | None = None
    declared: tuple[int, ...] = ()


def read(lines: Sequence[str]) -> Said:
    """What the ``lines`` before the first table say, as far as they say one thing."""
    issued = _one({day for line in lines if _OF_ISSUE.search(line) for day in _days(line)})
    title = _title(lines)
    years = {int(year) for year in _YEAR.findall(title)}
    years = years or ({issued.year} if issued else set())
    declared = dict.fromkeys(
        int(match["n"]) for line in lines for match in _DECLARED.finditer(line)
    )
    return Said(title, issued, _one(years), tuple(declared))


def _one(values: set[_Value]) -> _Value | None:
    return next(iter(values)) if len(values) == 1 else None


def _days(line: str) -> list[date]:
    days = []
    for match in _ISSUED.finditer(line):
        try:
            days.append(date(int(match["y"]), int(match["m"]), int(match["d"])))
        except ValueError:
            continue
    return days


def _title(lines: Sequence[str]) -> str:
    """The line that names the plan; below "PHỤ LỤC I" stands what it is about."""
    for index, line in enumerate(lines):
        if not _TITLE.match(line):
            continue
        parts = [line]
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if len(line) <= 20 and following and not following.startswith("("):
            parts.append(following)
        return " – ".join(part.strip().rstrip(".:;") for part in parts)[:_LONGEST]
    return ""
