"""Which messages went out on which day. Lives in the user's state directory, beside the undo records.

A file for each plan, to which each delivery is added as a line of its own, in one write, and a lock beside
it. A message is written down twice: before a server gets it, and when the server has answered. One that
was only handed over is of a process that died meanwhile: nobody knows whether it arrived.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from de06cli.plan.memory import line_file

KEPT = 5000  # lines a plan, two or three a delivery; with twice as many the file is written anew


class Stage(StrEnum):
    """How far a message came."""

    HANDED_OVER = "handed over"  # to a server that did not answer yet
    REFUSED = "refused"  # or lost on its way, and reported
    SENT = "sent"  # the server took it


class Delivery(NamedTuple):
    """A message of a day."""

    day: date
    about: str  # an agency's code; nothing for a message about all of them
    address: str


def stages(folder: Path, data: Path, day: date) -> dict[Delivery, Stage]:
    """How far the messages of ``day`` about the data file came; a senseless line is passed over."""
    found: dict[Delivery, Stage] = {}
    begin = f'["{day.isoformat()}"'
    for line in line_file.lines(line_file.file_of(folder, data, "mail")):
        if line.startswith(begin) and (read := _read(line)):
            delivery, stage = read
            found[delivery] = stage
    return found


def record(folder: Path, data: Path, deliveries: Iterable[Delivery], stage: Stage) -> None:
    """Adds deliveries that came so far. Raises OSError where the folder can't be written."""
    path = line_file.file_of(folder, data, "mail")
    lines = line_file.lines(path)
    if len(lines) >= 2 * KEPT:
        line_file.rewrite(path, lines[-KEPT:])
    line_file.append(path, "\n".join(_line(delivery, stage) for delivery in deliveries))


@contextmanager
def alone(folder: Path, data: Iterable[Path]) -> Iterator[bool]:
    """Whether no other process of this user is sending about one of the data files, while it lasts.

    The system frees a lock whose holder dies. Raises OSError where there can't be one.
    """
    locks = sorted({line_file.file_of(folder, file, "mail").with_suffix(".lock") for file in data})
    with ExitStack() as held:
        yield all(held.enter_context(line_file.locked(lock)) for lock in locks)


def _line(delivery: Delivery, stage: Stage) -> str:
    day, about, address = delivery
    fields = [day.isoformat(), about, address]  # as it was written before there were stages
    return json.dumps(fields if stage is Stage.SENT else [*fields, stage])


def _read(line: str) -> tuple[Delivery, Stage] | None:
    with suppress(ValueError, TypeError):
        day, about, address, *stage = json.loads(line)
        [known] = map(Stage, stage or [Stage.SENT])
        return Delivery(date.fromisoformat(day), str(about), str(address)), known
    return None
