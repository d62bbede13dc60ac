"""Which messages went out on which day. Lives in the user's state directory, beside the undo records.

A file for each plan, to which each delivery is added as a line of its own, in one write.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from de06cli.plan.journal import append, file_of

KEPT = 5000  # deliveries a plan; with twice as many the file is written anew


class Delivery(NamedTuple):
    """A message of a day that a server took."""

    day: date
    about: str  # an agency's code; nothing for a message about all of them
    address: str


def deliveries(folder: Path, data: Path, day: date) -> set[Delivery]:
    """What went out on ``day`` about the data file; a line that makes no sense is passed over."""
    return {
        known for line in _lines(_file(folder, data)) if (known := _read(line)) and known.day == day
    }


def record(folder: Path, data: Path, delivery: Delivery) -> None:
    """Adds a delivery. Raises OSError where the folder can't be written."""
    path = _file(folder, data)
    lines = _lines(path)
    if len(lines) >= 2 * KEPT:
        beside = path.with_suffix(f".{os.getpid()}.new")
        beside.write_text("".join(f"\n{line}" for line in lines[-KEPT:]), "ascii")
        beside.replace(path)
    append(path, json.dumps([delivery.day.isoformat(), delivery.about, delivery.address]))


def _file(folder: Path, data: Path) -> Path:
    return file_of(folder, data, "mail")


def _lines(path: Path) -> list[str]:
    with suppress(OSError):
        return [line for line in path.read_text("ascii", "replace").split("\n") if line]
    return []


def _read(line: str) -> Delivery | None:
    with suppress(ValueError, TypeError):
        day, about, address = json.loads(line)
        return Delivery(date.fromisoformat(day), str(about), str(address))
    return None
