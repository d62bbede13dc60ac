"""The commits that changed a file, as git log prints them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from de06cli.named_tuples import NamedTuple

# What is asked of git for each commit, all that ``read_log`` needs.
FORMAT = "--format=%H%x00%an%x00%aI%x00%s%x00%P%x00%ct%x00"


class Commit(NamedTuple):
    """A commit that changed the file. ``path`` is the file's in it, ``path_before`` in its parents."""

    id: str
    author: str
    when: str  # ISO 8601, the author's
    subject: str
    parents: tuple[str, ...]
    path: str
    path_before: str | None  # None where the commit added the file
    removed: bool  # whether the commit took the file away

    @property
    def is_rename(self) -> bool:
        return self.path_before not in (None, self.path)


class Listed(NamedTuple):
    """A commit as `git log` lists it."""

    commit: Commit
    changed: bool  # whether it changed the file; a merge that left it alone is listed too
    moment: int  # the committer's, in seconds


def place_of(one: Listed, among: Sequence[Listed]) -> int:
    """Where a commit belongs by its moment: before the first that is older."""
    older = (place for place, other in enumerate(among) if other.moment < one.moment)
    return next(older, len(among))


# What `git log -z` prints: six fields, then a status and the paths that it is about. A merge that
# leaves the file as one of its parents has it is listed too, with no status. Of a file that began as a
# copy of another (C), what comes before is the other's history.
_ENTRY = re.compile(
    rb"([0-9a-f]{40,64})"
    + rb"\0([^\0]*)" * 4
    + rb"\0([0-9]*)"
    + rb"[\0\n]+(?:(?:([RC])[0-9]+\0([^\0]+)|([A-Z]+))\0([^\0]+))?"
)


def read_log(output: bytes, path: str) -> Iterator[Listed]:
    """The commits in the output of git, newest first. ``path`` is the file's in the newest commit."""
    for entry in _ENTRY.finditer(output):
        commit, *texts, moment, moved, other, status, named = entry.groups()
        author, when, subject, parents = (text.decode("utf-8", "replace") for text in texts)
        added = status == b"A" or moved == b"C"
        here = os.fsdecode(named) if named else path
        path = os.fsdecode(other) if other else here
        known = Commit(
            commit.decode("ascii"),
            author,
            re.sub("Z$", "+00:00", when),  # as older versions of git write it
            subject,
            tuple(parents.split()),
            here,
            None if added else path,
            removed=status is not None and not status.strip(b"D"),
        )
        yield Listed(known, named is not None, int(moment or 0))
        if moved == b"C":
            return
