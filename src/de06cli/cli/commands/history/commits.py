"""What each commit changed in a plan, and what a merge lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from de06cli.plan.committed.git import Repository
from de06cli.plan.committed.git_log import Commit
from de06cli.plan.file import reader
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change, ChangeKind, changes, common, lost, moved


class CommitChanges(NamedTuple):
    """A commit, when it was made in the plan's time zone, and what it changed."""

    commit: Commit
    when: datetime
    changes: list[Change] | None  # None where its file could not be read
    cut: bool = False  # this copy of the repository does not hold what was before


def changes_by_commit(
    repository: Repository, until: str | None, zone: ZoneInfo, first: date, last: date
) -> Iterator[CommitChanges]:
    """What each commit up to ``until`` changed, of those made from the ``first`` day to the ``last``.

    Days are those of ``zone``. A merge is given with its own changes and with what it lost; a merge
    without either is left out. Raises UnreadableData where git can't read a commit or a file.
    """
    listed = repository.history(until, all_merges=True)
    cut = repository.cut()
    is_cut = any(one.id in cut for one in listed)
    states = _States(repository, listed)
    for number, commit in enumerate(listed):
        when = datetime.fromisoformat(commit.when).astimezone(zone)
        if not first <= when.date() <= last:
            continue
        if len(commit.parents) > 1:
            found = _of_merge(commit, listed[number + 1 :], states)
            if found is None or found:
                yield CommitChanges(commit, when, found)
            continue
        found = _of_commit(commit, listed[number + 1 :], states)
        if found == [Change(ChangeKind.ADDED)] and (
            commit.id in cut or (is_cut and commit.path_before)
        ):
            yield CommitChanges(commit, when, [], cut=True)
        else:
            yield CommitChanges(commit, when, found)


class _States:
    """The states of the file in git; a state is read once as long as neighbouring commits need it."""

    def __init__(self, repository: Repository, listed: Sequence[Commit]) -> None:
        self._repository = repository
        self._names = dict.fromkeys(one.path_before or one.path for one in listed)
        places = [
            place
            for one in listed
            for place in (
                (one.id, one.path),
                *((parent, one.path_before or one.path) for parent in one.parents),
            )
        ]
        self._ids = dict(zip(places, repository.blob_ids(places), strict=True))
        # Only neighbours are read again: the rest of a long history is not kept.
        self._read = lru_cache(maxsize=32)(self._read_once)

    def id(self, commit: str, path: str) -> str | None:
        """The id of the file's content in a commit, under any of its names; None where it has none."""
        for name in dict.fromkeys([path, *self._names]):
            place = (commit, name)
            if place not in self._ids:
                (self._ids[place],) = self._repository.blob_ids([place])
            if self._ids[place]:
                return self._ids[place]
        self._repository.blob(commit, path)  # raises where the file is there and can't be read
        return None

    def plan(self, commit: str, path: str) -> Plan | None:
        """The plan in a commit; None where there is none, or no valid one."""
        content = self.id(commit, path)
        return self._read(content) if content else None

    def bases(self, commit: Commit) -> list[str]:
        return self._repository.merge_bases(commit.parents)

    def _read_once(self, content: str) -> Plan | None:
        return reader.read(self._repository.content(content)).plan


def _of_commit(commit: Commit, older: Sequence[Commit], states: _States) -> list[Change] | None:
    """What a commit changed, compared with the nearest state before it that could be read."""
    if commit.removed:
        return [Change(ChangeKind.REMOVED)]
    after = states.plan(commit.id, commit.path)
    if after is None:
        return None
    if commit.path_before is None or not commit.parents:
        return [Change(ChangeKind.ADDED)]
    before = states.plan(commit.parents[0], commit.path_before) or _readable(older, states)
    found = changes(before, after) if before else [Change(ChangeKind.ADDED)]
    return [*found, *moved(commit.path_before, commit.path)]


def _readable(older: Sequence[Commit], states: _States) -> Plan | None:
    plans = (states.plan(one.id, one.path) for one in older if not one.removed)
    return next((plan for plan in plans if plan), None)


def _of_merge(commit: Commit, older: Sequence[Commit], states: _States) -> list[Change] | None:
    """What a merge did beyond its parents, and what of theirs it lost."""
    if commit.removed:
        return [Change(ChangeKind.REMOVED)]
    path = commit.path_before or commit.path
    own = states.id(commit.id, commit.path)
    contents = [states.id(parent, path) for parent in commit.parents]
    if own is None or set(contents) == {own}:
        return []
    bases = states.bases(commit)
    if own in contents and {*contents} - {own} <= {states.id(base, path) for base in bases}:
        return []  # one side alone changed the file
    after = states.plan(commit.id, commit.path)
    if after is None:
        return [] if own in contents else None
    sides = [states.plan(parent, path) for parent in commit.parents]
    known = [side for side in sides if side]
    compared = [changes(side, after) for side in known]
    if len(known) < len(sides) and (before := _readable(older, states)):
        compared.append(changes(before, after))
    ancestors = [plan for base in bases if (plan := states.plan(base, path))]
    gone = lost(ancestors, known, after) if len(known) == len(sides) else []
    return [*common(compared or [[Change(ChangeKind.ADDED)]]), *gone]
