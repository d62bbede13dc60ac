"""Which messages went out on which day. Lives in the user's state directory, beside the undo records.

A file for each plan, to which each delivery is added as a line of its own, in one write.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from de06cli.plan import ledger

KEPT = 5000  # deliveries a plan; with twice as many the file is written anew


class Delivery(NamedTuple):
    """A message of a day that a server took."""

    day: date
    about: str  # an agency's code; nothing for a message about all of them
    address: str


def deliveries(folder: Path, data: Path, day: date) -> set[Delivery]:
    """What went out on ``day`` about the data file; a line that makes no sense is passed over."""
    read = map(_read, ledger.lines(ledger.file_of(folder, data, "mail")))
    return {delivery for delivery in read if delivery and delivery.day == day}


def record(folder: Path, data: Path, delivery: Delivery) -> None:
    """Adds a delivery. Raises OSError where the folder can't be written."""
    path = ledger.file_of(folder, data, "mail")
    lines = ledger.lines(path)
    if len(lines) >= 2 * KEPT:
        ledger.rewrite(path, lines[-KEPT:])
    day, about, address = delivery
    ledger.append(path, json.dumps([day.isoformat(), about, address]))


def _read(line: str) -> Delivery | None:
    with suppress(ValueError, TypeError):
        day, about, address = json.loads(line)
        return Delivery(date.fromisoformat(day), str(about), str(address))
    return None
