"""Whether every word of a task's cells is in its model: what is not becomes a question of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_WORDS = re.compile(r"[^\W_]+")
# The marks of parts, which the keys of the plan stand for.
_MARKS = re.compile(
    r"(?:Mô hình|Nhiệm vụ|Bước)\s+(?:số\s+)?[0-9]+[a-zđ]?|Tổ chức thực hiện\s*:|Hiệu quả\s*:"
    r"|(?:^|(?<=\s))\(?(?:[0-9]{1,2}|[a-zđ])[.)](?=\s|$)|(?:^|(?<=\s))\([0-9]{1,2}\)",
    re.IGNORECASE | re.MULTILINE,
)


def lost(cells: Sequence[str], values: object) -> list[str]:
    """The words of ``cells`` that stand nowhere in a model's ``values``, in their order."""
    held = Counter(word for text in _texts(values) for word in _WORDS.findall(text))
    marks = Counter(
        word for cell in cells for mark in _MARKS.findall(cell) for word in _WORDS.findall(mark)
    )
    missing: list[str] = []
    for cell in cells:
        for word in _WORDS.findall(cell):
            if held[word]:
                held[word] -= 1
            elif marks[word]:
                marks[word] -= 1
            else:
                missing.append(word)
    return missing


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "review":
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)
