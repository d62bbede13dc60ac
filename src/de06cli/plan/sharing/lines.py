"""Three texts joined by lines where git stops: changes of neighbouring lines, and lines put in one place.

git takes changes that touch for a contradiction. Here only those of the same lines are one; who joins a
plan proves the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


class _Change(NamedTuple):
    """Lines ``start`` to ``end`` of the base are to be ``lines``."""

    start: int
    end: int
    lines: list[str]

    @property
    def adds(self) -> bool:
        return self.start == self.end


def joined(base: str, ours: str, theirs: str) -> str | None:
    """The base with the changes of both sides; None where both changed the same lines.

    What both put in one place stands one behind the other, ours first.
    """
    lines = base.splitlines(keepends=True)
    changes = sorted(
        [
            *((change, 0) for change in _changes(lines, ours.splitlines(keepends=True))),
            *((change, 1) for change in _changes(lines, theirs.splitlines(keepends=True))),
        ],
        key=lambda one: (one[0].start, not one[0].adds, one[1]),
    )
    parts: list[str] = []
    at, last = 0, None
    for change, _side in changes:
        if change == last:
            continue
        if change.start < at:
            return None
        parts += lines[at : change.start]
        parts += change.lines
        at, last = change.end, change
    return "".join([*parts, *lines[at:]])


def _changes(base: list[str], side: list[str]) -> Iterator[_Change]:
    """What a side changed. Lines that begin or end both are left out of the comparison, which is slow."""
    begin = 0
    while begin < min(len(base), len(side)) and base[begin] == side[begin]:
        begin += 1
    end = 0
    while end < min(len(base), len(side)) - begin and base[-1 - end] == side[-1 - end]:
        end += 1
    old, new = base[begin : len(base) - end], side[begin : len(side) - end]
    for tag, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and j - i == n - k:  # a line for a line
            for one in range(j - i):
                yield _Change(begin + i + one, begin + i + one + 1, [new[k + one]])
        elif tag != "equal":
            yield _Change(begin + i, begin + j, new[k:n])
