"""Two states of a file as a unified diff, which ``git apply`` and ``patch`` take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

_CONTEXT = 3

# A change: the lines from ... to ... of the old file are those from ... to ... of the new one.
_Change = tuple[int, int, int, int]


def unified(before: bytes, after: bytes, path: str) -> str:
    """The unified diff of two states of the UTF-8 file at ``path``; nothing where they are the same.

    Line ends and a byte order mark stand in it as they do in the file.
    """
    old, new = _lines(before), _lines(after)
    hunks = "".join(_hunk(group, old, new) for group in _groups(_changes(old, new)))
    given = PurePath(path)
    # A patch may not lead out of the folder that it is applied in.
    name = "/".join(part for part in given.parts if part not in {"..", given.anchor})
    return f"--- a/{name}\n+++ b/{name}\n{hunks}" if hunks else ""


def _lines(data: bytes) -> list[str]:
    *lines, rest = data.decode("utf-8").split("\n")
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """What differs. Edits are few and small, so each one's end is looked for nearby: ``difflib`` would
    take minutes for a large file."""
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        gone, come = next(
            (gone, both - gone)
            for both in range(1, len(old) + len(new) + 1)
            for gone in range(both + 1)
            if _alike(old, i + gone, new, j + both - gone)
        )
        yield i, i + gone, j, j + come
        i, j = i + gone, j + come


def _alike(old: Sequence[str], i: int, new: Sequence[str], j: int) -> bool:
    """Whether both files have the same lines from here, or both end."""
    return i <= len(old) and j <= len(new) and old[i : i + _CONTEXT] == new[j : j + _CONTEXT]


def _groups(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """The changes whose contexts touch, together."""
    group: list[_Change] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(group: list[_Change], old: Sequence[str], new: Sequence[str]) -> str:
    before = min(_CONTEXT, group[0][0])
    behind = min(_CONTEXT, len(old) - group[-1][1])
    at = group[0][0] - before
    lines = []
    for i, to_i, j, to_j in group:
        lines += [_line(" ", line) for line in old[at:i]]
        lines += [_line("-", line) for line in old[i:to_i]]
        lines += [_line("+", line) for line in new[j:to_j]]
        at = to_i
    lines += [_line(" ", line) for line in old[at : at + behind]]
    old_range = _range(group[0][0] - before, group[-1][1] + behind)
    new_range = _range(group[0][2] - before, group[-1][3] + behind)
    return f"@@ -{old_range} +{new_range} @@\n" + "".join(lines)


def _range(begin: int, end: int) -> str:
    """Where lines stand, as a hunk's head says it: the first, counted from 1, and how many."""
    count = end - begin
    return f"{begin + 1}" if count == 1 else f"{begin + bool(count)},{count}"


def _line(sign: str, line: str) -> str:
    return (
        f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
    )
