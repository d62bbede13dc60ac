"""What this user wrote, so that it can be taken back. Lives in the user's state directory.

A file for each plan, to which every entry is added as a line of its own, in one write: marks made at the
same moment keep each other's. A line also says that an entry was taken back.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from de06cli.plan.edit import Edit, SetExtensions, SetProgress
from de06cli.plan.records import Extension, Progress

KEPT = 50  # entries a plan
_LINES = 4 * KEPT  # with so many lines the file is written anew


@dataclass(frozen=True, slots=True)
class Entry:
    """One command's edits: how to take them back, and what the plan must still say for that."""

    before: tuple[Edit, ...]
    after: tuple[Edit, ...]


def record(folder: Path, data: Path, entry: Entry) -> None:
    """Adds an entry for the data file. Raises OSError where the folder can't be written."""
    _add(file_of(folder, data, "undo"), _line(entry))


def last(folder: Path, data: Path) -> Entry | None:
    """The latest entry for the data file that was not taken back yet."""
    entries = _entries(_lines(file_of(folder, data, "undo")))
    return entries[-1] if entries else None


def forget(folder: Path, data: Path, entry: Entry) -> None:
    """Says that the entry was taken back. Raises OSError where the folder can't be written."""
    _add(file_of(folder, data, "undo"), _line(entry, undone=True))


def file_of(folder: Path, data: Path, kind: str) -> Path:
    """Where what is remembered of a data file lies: a file of its own for each ``kind`` of record."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(data))).hexdigest()[:32]
    return folder / f"{kind}-{name}.jsonl"


def _line(entry: Entry, *, undone: bool = False) -> str:
    return json.dumps({**asdict(entry), "undone": undone}, default=date.isoformat)


def _lines(path: Path) -> list[str]:
    """The lines kept; a file that can't be read has none."""
    with suppress(OSError):
        return [line for line in path.read_text("ascii", "replace").split("\n") if line]
    return []


def _entries(lines: list[str]) -> list[Entry]:
    """The entries not taken back, the oldest first; a line that makes no sense is passed over."""
    entries: list[Entry] = []
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):
            kept = json.loads(line)
            before, after = (tuple(map(_edit, kept[name])) for name in ("before", "after"))
            entry = Entry(before, after)
            if not kept["undone"]:
                entries.append(entry)
            elif entry in entries:
                del entries[len(entries) - 1 - entries[::-1].index(entry)]
    return entries


def append(path: Path, line: str) -> None:
    """Adds a line of ASCII in one write. Raises OSError where it can't be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The line end stands before the line, so that one cut short by a full disk spoils no other.
    data = f"\n{line}".encode("ascii")
    with path.open("ab", buffering=0) as file:
        if file.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _add(path: Path, line: str) -> None:
    lines = _lines(path)
    if len(lines) >= _LINES:
        _shorten(path, _entries(lines)[-KEPT:])
    append(path, line)


def _shorten(path: Path, entries: list[Entry]) -> None:
    beside = path.with_suffix(f".{os.getpid()}.new")
    beside.write_text("".join(f"\n{_line(entry)}" for entry in entries), "utf-8")
    beside.replace(path)


def _edit(kept: dict[str, Any]) -> Edit:
    if "step" in kept:
        progress = kept["progress"]
        return SetProgress(kept["model"], kept["step"], progress and Progress(**_dated(progress)))
    extensions = tuple(Extension(**_dated(extension)) for extension in kept["extensions"])
    return SetExtensions(kept["model"], extensions)


def _dated(kept: dict[str, Any]) -> dict[str, Any]:
    days = {"date", "to", "decided"}
    return {
        key: date.fromisoformat(value) if key in days and value else value
        for key, value in kept.items()
    }
