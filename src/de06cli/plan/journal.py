"""What this user wrote, so that it can be taken back. Lives in the user's state directory.

A file for each plan, to which every entry is added as a line of its own, in one write: marks made at the
same moment keep each other's. A line also says that an entry was taken back.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from de06cli.plan import ledger
from de06cli.plan.edit import Edit, SetExtensions, SetProgress
from de06cli.plan.records import Extension, Progress

KEPT = 50  # entries a plan
_LINES = 4 * KEPT  # with so many lines the file is written anew


class Entry(NamedTuple):
    """One command's edits: how to take them back, and what the plan must still say for that."""

    before: tuple[Edit, ...]
    after: tuple[Edit, ...]


def record(folder: Path, data: Path, entry: Entry) -> None:
    """Adds an entry for the data file. Raises OSError where the folder can't be written."""
    _add(ledger.file_of(folder, data, "undo"), _line(entry))


def last(folder: Path, data: Path) -> Entry | None:
    """The latest entry for the data file that was not taken back yet."""
    entries = _entries(ledger.lines(ledger.file_of(folder, data, "undo")))
    return entries[-1] if entries else None


def forget(folder: Path, data: Path, entry: Entry) -> None:
    """Says that the entry was taken back. Raises OSError where the folder can't be written."""
    _add(ledger.file_of(folder, data, "undo"), _line(entry, undone=True))


def _line(entry: Entry, *, undone: bool = False) -> str:
    kept = {name: [_named(edit) for edit in edits] for name, edits in entry._asdict().items()}
    return json.dumps({**kept, "undone": undone}, default=date.isoformat)


def _named(value: Any) -> Any:
    """The value with each record in it as its fields' names and values."""
    if hasattr(value, "_fields"):
        return {name: _named(part) for name, part in value._asdict().items()}
    return [_named(part) for part in value] if isinstance(value, tuple) else value


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


def _add(path: Path, line: str) -> None:
    lines = ledger.lines(path)
    if len(lines) >= _LINES:
        ledger.rewrite(path, [_line(entry) for entry in _entries(lines)[-KEPT:]])
    ledger.append(path, line)


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
