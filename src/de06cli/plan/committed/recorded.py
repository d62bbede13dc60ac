"""Who recorded the progress of a step and when, and what was recorded of it before, asked of git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from de06cli.plan.committed.git import Repository
from de06cli.plan.committed.git_call import failed
from de06cli.plan.declaring import Label
from de06cli.plan.file import reader
from de06cli.plan.file.reader import FileReading
from de06cli.plan.parts import Progress
from de06cli.plan.records import Plan

_FURTHER = (
    30  # commits that rewrote a line and changed nothing of what it says, one behind the other
)


class Recorded(NamedTuple):
    """The commit that recorded a progress; ``before`` is what the plan said until then.

    ``commit`` is None for what is in no commit yet.
    """

    commit: str | None
    author: str
    when: datetime
    before: Progress | None


class _Blamed(NamedTuple):
    """The commit that a line of the file is from, and the state before it."""

    line: int
    commit: str
    author: str
    when: datetime
    before: tuple[str, str] | None  # commit and path; None where the commit added the file


def recorded(
    repository: Repository, commit: str | None, path: str, data: bytes, wanted: Sequence[Label]
) -> dict[tuple[Label, int], Recorded]:
    """Who recorded each progress of the ``wanted`` models, by model and step.

    ``data`` are the file's bytes, ``commit`` and ``path`` where they are from; without a commit the file
    as it is now. Raises UnreadableData where git can't read what it should have.
    """
    history = _History(repository)
    reading = reader.read(data)
    if reading.plan is None:
        return {}
    lines = dict(_lines(reading, wanted))
    found = {one.line: one for one in history.blame(commit, path, [*lines.values()])}
    progress = {place: _progress(reading.plan, place) for place in lines}
    return {
        place: history.recorded(found[line], place, progress[place])
        for place, line in lines.items()
        if line in found
    }


class _History:
    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._read = lru_cache(maxsize=16)(self._read_once)

    def recorded(self, found: _Blamed, place: tuple[Label, int], now: Progress | None) -> Recorded:
        """What ``found`` recorded; a commit that only wrote the same in another way is passed over."""
        for _time in range(_FURTHER):
            reading = self._read(*found.before) if found.before else None
            before = _progress(reading.plan, place) if reading and reading.plan else None
            if not (found.before and reading and before == now and now):
                break
            lines = dict(_lines(reading, [place[0]]))
            earlier = self.blame(*found.before, [lines[place]])
            if not earlier:
                break
            found = earlier[0]
        known = found.commit.strip("0")
        return Recorded(found.commit if known else None, found.author, found.when, before)

    def blame(self, commit: str | None, path: str, lines: Sequence[Label]) -> list[_Blamed]:
        """The commits that these lines of the file are from."""
        if not lines:
            return []
        ranges = [part for line in sorted(set(lines)) for part in ("-L", f"{line},{line}")]
        answer = self._repository.git.run(
            self._repository.root, "--literal-pathspecs", "-c", "blame.ignoreRevsFile=",
            "blame", "--line-porcelain", *ranges, *([commit] if commit else []), "--", path,
        )  # fmt: skip
        if answer.returncode:
            raise failed(answer)
        return list(_blamed(answer.stdout))

    def _read_once(self, commit: str, path: str) -> FileReading | None:
        data = self._repository.blob(commit, path)
        return None if data is None else reader.read(data)


def _progress(plan: Plan, place: tuple[Label, int]) -> Progress | None:
    found = (
        step.progress
        for model in plan.models
        if model.model == place[0]
        for step in model.steps
        if step.step == place[1]
    )
    return next(found, None)


def _lines(
    reading: FileReading, wanted: Sequence[Label]
) -> Iterator[tuple[tuple[Label, int], int]]:
    """The line of each progress of the ``wanted`` models."""
    document, plan = reading.document, reading.plan
    for number, model in enumerate(plan.models if plan else ()):
        if model.model not in wanted:
            continue
        for at, step in enumerate(model.steps):
            if step.progress:
                index = document.index_of(("models", number, "steps", at, "progress"), at_key=True)
                yield (model.model, step.step), document.source.place(index).line


_HEAD = re.compile(rb"([0-9a-f]{40,64}) [0-9]+ ([0-9]+)")


def _blamed(output: bytes) -> Iterator[_Blamed]:
    """What git says of each line: a head, then keys with values, then the line behind a tab."""
    keys: dict[bytes, bytes] = {}
    head: re.Match[bytes] | None = None
    for line in output.split(b"\n"):
        if line.startswith(b"\t") and head:
            previous = keys.get(b"previous", b"").split(b" ", 1)
            yield _Blamed(
                int(head[2]),
                head[1].decode("ascii"),
                keys.get(b"author", b"").decode("utf-8", "replace"),
                datetime.fromtimestamp(int(keys.get(b"author-time", b"0")), UTC),
                (previous[0].decode("ascii"), os.fsdecode(previous[1]))
                if len(previous) == 2
                else None,
            )
            keys, head = {}, None
        elif head is None:
            head = _HEAD.match(line)
        else:
            key, _space, value = line.partition(b" ")
            keys[key] = value
