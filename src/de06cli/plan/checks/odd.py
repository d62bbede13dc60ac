"""The odd characters behind a finding: what cannot be seen, or looks like something else, is named."""

from __future__ import annotations

import re

from de06cli.characters import is_odd, name, odd_in
from de06cli.messages import _
from de06cli.plan.file.text import SourceText

_NAMED = 2  # characters that one finding names
_LONGEST = 2_000  # characters of a key, a value or a line that are looked at
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_BEGINS = re.compile(r"(?:^|[\[{,:\-]|：)\s*$")  # where a value or a key may begin


def in_span(source: SourceText, begin: int, end: int) -> str:
    """The sentence about the odd characters of a key or a value; "" if there are none."""
    text = source.text[begin : min(end, begin + _LONGEST)]
    return _sentence(source, [(begin + odd.at, odd.char) for odd in odd_in(text)])


def in_value(source: SourceText, begin: int, value: str) -> str:
    """The same for characters that the text only has as escapes: they stand where the value begins."""
    return _sentence(source, [(begin, odd.char) for odd in odd_in(value[:_LONGEST])])


def in_lines(source: SourceText, numbers: list[int]) -> str:
    """The sentence about the odd characters that YAML stumbles over in the first line that has any.

    What stands between plain quotes is prose and no cause; so are dashes and curved quotes inside a text.
    """
    for number in dict.fromkeys(numbers):
        if not 1 <= number <= source.lines:
            continue
        line = source.line(number)[:_LONGEST]
        found = _in_line(line)
        if number != numbers[0]:  # of the lines around, only what stands in place of a key
            found = [(index, char) for index, char in found if ": " not in line[:index]]
        if found:
            begin = source.index_of_line(number)
            return _sentence(source, [(begin + index, char) for index, char in found])
    return ""


def _in_line(line: str) -> list[tuple[int, str]]:
    if line.isascii():
        return []
    # Prose keeps its place, and says nothing.
    bare = _QUOTED.sub(lambda match: "x" * len(match[0]), line)
    if (comment := re.search(r"(?:^|\s)#", bare)) is not None:
        bare = bare[: comment.start()]
    first: dict[str, int] = {}
    for index, char in enumerate(bare):
        if char > "\x7f" and char not in first and is_odd(char) and _is_cause(bare, index):
            first[char] = index
    return [(index, char) for char, index in first.items()]


_IN_PROSE = frozenset("“”„‘’«»–—‐…·•′″")


def _is_cause(line: str, index: int) -> bool:
    return line[index] not in _IN_PROSE or _BEGINS.search(line[:index]) is not None


def _sentence(source: SourceText, found: list[tuple[int, str]]) -> str:
    if not found:
        return ""
    named = [
        _("{name} ở cột {column}").format(name=name(char), column=source.place(index).column)
        for index, char in found[:_NAMED]
    ]
    return _("Có {characters}.").format(characters="; ".join(named))
