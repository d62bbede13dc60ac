"""Texts that a comma ends: in braces, what stands behind it is read as a key of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import quantities
from de06cli.plan.file.nodes import Mapping, Node, Scalar
from de06cli.plan.quantities import NotANumber

_LONGEST = 120  # characters of a text that is written out in its quotes


def advice(source: str, parent: Node | None, name: str, prose: Callable[[str], bool]) -> str | None:
    """What to write where the unknown key ``name`` of ``parent``, in ``source``, is the rest of a text.

    ``prose`` says which keys hold texts. None where it is no such rest, "" where the text is reported.
    """
    if not isinstance(parent, Mapping) or not parent.flow or not _is_rest(parent, name):
        return None
    keys = [*parent.entries]
    at = first = keys.index(name)
    while first and _is_rest(parent, keys[first]):
        first -= 1
    cut = parent.entries[keys[first]][1]
    if first == at or not isinstance(cut, Scalar) or not isinstance(cut.value, str):
        return None
    rests = [*takewhile(lambda key: _is_rest(parent, key), keys[first + 1 :])]
    behind = source[cut.end : parent.entries[rests[-1]][0].end]
    text = " ".join(f"{cut.text}{behind}".split())
    numbers = _numbers(text)
    if not numbers and not prose(keys[first]):
        return None
    if first < at - 1:
        return ""
    quoted = f"{keys[first]}: {_quoted(clip(text, _LONGEST))}"
    if numbers and not prose(keys[first]):
        return _("Viết {value}.").format(value=numbers)
    if numbers:
        return _("Viết {value}, hoặc đặt trong dấu nháy nếu là đoạn chữ: {quoted}.").format(
            value=numbers, quoted=quoted
        )
    return _("Dấu phẩy kết thúc đoạn chữ ở đây; hãy đặt cả câu trong dấu nháy: {quoted}.").format(
        quoted=quoted
    )


def _numbers(text: str) -> str:
    """The forms of the file for a number with a comma, its sign in front kept; "" where it is none."""
    bare = text.lstrip("≥≤<>= ")
    if not re.fullmatch(r"[0-9][0-9.,]*(/[0-9.,]+)?%?", bare):
        return ""
    try:
        quantities.value(bare)
    except NotANumber as error:
        sign = text.removesuffix(bare)
        return _(" hoặc ").join(f"{sign}{form}" for form in error.meant)
    return ""


def _is_rest(parent: Mapping, name: str) -> bool:
    """Whether the key stands there without a colon, as the rest of a text does."""
    key, value = parent.entries[name]
    return (
        key.plain and isinstance(value, Scalar) and value.value is None and value.start == value.end
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
