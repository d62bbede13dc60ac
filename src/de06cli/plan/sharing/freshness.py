"""Of which state the data of a copy are, and why they are no newer when the last `sync` failed.

What failed is noted in git's folder, for the letters that are sent afterwards, and counts until a `sync`
succeeds or the copy moves on in another way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from de06cli.errors import De06Error
from de06cli.plan.committed.git import Repository, root_of
from de06cli.plan.committed.git_call import Git
from de06cli.plan.records import DEFAULT_TIMEZONE

_NAME = "de06-freshness"


class Freshness(NamedTuple):
    """The newest recorded state of a file: its commit's short id, who recorded it and when (local time).

    ``reason`` is why there is no newer one, "" where nothing failed.
    """

    revision: str
    author: str
    when: datetime
    reason: str = ""


def of(file: Path, variables: Mapping[str, str]) -> Freshness | None:
    """The state of a file; None where git does not know it. A failure is asked for with ``failure``."""
    with suppress(De06Error, OSError, IndexError):
        newest = Repository.around(file, variables).history()[0]
        when = datetime.fromisoformat(newest.when).astimezone(ZoneInfo(DEFAULT_TIMEZONE))
        return Freshness(newest.id[:10], newest.author, when)
    return None


def failure(file: Path, variables: Mapping[str, str]) -> Freshness | None:
    """The state of a file whose last `sync` failed, with the reason; None where none failed."""
    with suppress(De06Error, OSError, ValueError, TypeError, KeyError):
        note, head = _places(file, variables)
        if not note.exists():
            return None
        said = json.loads(note.read_text("utf-8"))
        found = of(file, variables)
        if found and said["head"] == head and not _is_fetched(note):
            return found._replace(reason=str(said["reason"]))
    return None


def note_failure(file: Path, variables: Mapping[str, str], reason: str) -> None:
    """Notes that a `sync` of this file failed. Where that can't be noted, nothing is."""
    with suppress(De06Error, OSError):
        note, head = _places(file, variables)
        note.write_text(json.dumps({"head": head, "reason": reason}), "utf-8")


def note_success(file: Path, variables: Mapping[str, str]) -> None:
    """Takes the note of a failure back."""
    with suppress(De06Error, OSError):
        _places(file, variables)[0].unlink(missing_ok=True)


def _places(file: Path, variables: Mapping[str, str]) -> tuple[Path, str]:
    """The note's path, and the commit that the copy is at. Raises De06Error without a repository."""
    git = Git(variables)
    root = root_of(file.resolve().parent, git)
    said = os.fsdecode(git.run(root, "rev-parse", "--absolute-git-dir", "HEAD").stdout).splitlines()
    if len(said) != 2:
        raise FileNotFoundError(file)
    return Path(said[0], _NAME), said[1]


def _is_fetched(note: Path) -> bool:
    """Whether git itself has reached the server since; where it fails it leaves an empty file."""
    fetched = note.with_name("FETCH_HEAD")
    if not fetched.exists() or not fetched.stat().st_size:
        return False
    return fetched.stat().st_mtime > note.stat().st_mtime
