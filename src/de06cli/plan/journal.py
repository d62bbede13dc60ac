"""What this user last wrote, so that it can be taken back. Lives in the user's state directory."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One command's edits: how to take them back, and what the plan must still say for that."""

    before: tuple[Edit, ...]
    after: tuple[Edit, ...]


def record(folder: Path, data: Path, entry: Entry) -> None:
    """Adds an entry for the data file. Raises OSError where the folder can't be written."""
    entries = [*_entries(folder, data), entry][-KEPT:]
    _write(folder, data, entries)


def last(folder: Path, data: Path) -> Entry | None:
    """The latest entry for the data file that was not taken back yet."""
    entries = _entries(folder, data)
    return entries[-1] if entries else None


def forget(folder: Path, data: Path) -> None:
    """Drops the latest entry."""
    _write(folder, data, _entries(folder, data)[:-1])


def _file(folder: Path, data: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(data))).hexdigest()[:32]
    return folder / f"undo-{name}.json"


def _entries(folder: Path, data: Path) -> list[Entry]:
    """The entries kept; a file that can't be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(_file(folder, data).read_text("utf-8"))
        return [
            Entry(
                tuple(_edit(edit) for edit in entry["before"]),
                tuple(_edit(edit) for edit in entry["after"]),
            )
            for entry in kept
        ]
    return []


def _write(folder: Path, data: Path, entries: list[Entry]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _file(folder, data)
    beside = path.with_suffix(f".{os.getpid()}.new")
    text = json.dumps([asdict(entry) for entry in entries], default=date.isoformat)
    beside.write_text(text, "utf-8")
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
