"""Whole processes measured in turn, and their figures as Markdown tables.

A figure is the median wall time from start to exit of a process whose output is read to its end. The
processes of one table take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import fcntl
import os
import platform
import pty
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROUNDS = 15
SLOW, VERY_SLOW = 2_000, 8_000  # milliseconds from which 5 and 3 runs do
NOT_YET = "–"

START = "python -c pass"
DE06 = (sys.executable, "-m", "de06cli")


def _nothing() -> None:
    """What most work needs before it."""


@dataclass(frozen=True)
class Work:
    """A process to measure."""

    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path = Path("/")
    before: Callable[[], object] = _nothing  # comes before every run and is not timed
    terminal: bool = False  # its output goes to a terminal, else through a pipe


@dataclass(frozen=True)
class Figure:
    """The median of a work, or why there is none."""

    milliseconds: float | None = None
    runs: int = 0
    failure: str = ""

    def __str__(self) -> str:
        """The milliseconds, with the number of runs in brackets where they were fewer."""
        if self.milliseconds is None:
            return NOT_YET
        few = f" ({self.runs})" if self.runs < ROUNDS else ""
        return f"{self.milliseconds:,.{0 if self.milliseconds >= 10 else 1}f}{few}"

    def to(self, other: Figure) -> str:
        """The ratio to another figure."""
        if not self.milliseconds or not other.milliseconds:
            return NOT_YET
        ratio = self.milliseconds / other.milliseconds
        return f"{ratio:,.1f}" if ratio >= 1 else f"{ratio:.2f}"


@dataclass(frozen=True)
class Outcome:
    """One run of a process."""

    milliseconds: float
    code: int
    output: str
    errors: str = field(repr=False)


def environment(home: Path, **variables: str) -> dict[str, str]:
    """An environment in which every cache and record stays below ``home``."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **variables}


def start_of_python(home: Path) -> Work:
    """The start of the interpreter, which ratios are made to."""
    return Work([sys.executable, "-c", "pass"], environment(home))


def run(work: Work) -> Outcome:
    """Runs the work once, with what comes before it."""
    work.before()
    return _on_a_terminal(work) if work.terminal else _piped(work)


def _piped(work: Work) -> Outcome:
    begin = time.perf_counter()
    done = subprocess.run(
        work.command,
        env=work.environment,
        cwd=work.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    taken = (time.perf_counter() - begin) * 1000
    return Outcome(taken, done.returncode, done.stdout.decode(), done.stderr.decode())


def _on_a_terminal(work: Work) -> Outcome:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    said = bytearray()
    begin = time.perf_counter()
    process = subprocess.Popen(
        work.command,
        env={**work.environment, "TERM": "xterm-256color"},
        cwd=work.folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not some:
            break
        said += some
    code = process.wait()
    taken = (time.perf_counter() - begin) * 1000
    os.close(ours)
    return Outcome(taken, code, said.decode(), "")


def in_turn(works: Mapping[str, Work], rounds: int = ROUNDS) -> dict[str, Figure]:
    """The figure of every work. Two runs, not counted, come first; one that fails there has no figure."""
    figures = {}
    runs = {}
    for name, work in works.items():
        outcomes = [run(work), run(work)]
        if failed := [outcome for outcome in outcomes if outcome.code]:
            said = (failed[0].errors or failed[0].output).strip() or f"exit code {failed[0].code}"
            figures[name] = Figure(failure=said.splitlines()[-1])
        else:
            runs[name] = min(rounds, _enough(outcomes[-1].milliseconds))
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, wanted in runs.items():
            if turn < wanted:
                taken[name].append(run(works[name]).milliseconds)
    for name, times in taken.items():
        figures[name] = Figure(statistics.median(times), len(times))
    return figures


def _enough(milliseconds: float) -> int:
    if milliseconds >= VERY_SLOW:
        return 3
    return 5 if milliseconds >= SLOW else ROUNDS


# A child's peak is at least what its parent held when it was started, so a small parent starts it.
_PEAK_OF = """
import os, sys
_, _, used = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0)
print(used.ru_maxrss, file=sys.stderr)
"""


def peak_megabytes(work: Work) -> float:
    """The most memory that the process of a work held at a time, its output piped."""
    work.before()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _PEAK_OF, *work.command],
        env=work.environment,
        cwd=work.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    kilobytes = int(done.stderr.splitlines()[-1])
    return kilobytes / 1024


def failures(figures: Iterable[tuple[str, Figure]]) -> str:
    """A line for each work that could not be run."""
    return "".join(f"{NOT_YET} {name}: {f.failure}\n" for name, f in figures if f.failure)


def machine() -> str:
    """What the figures hold for: processor, system, Python, day."""
    processor = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.exists():
        names = [line for line in about.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    day = datetime.now(UTC).date()
    return (
        f"{os.cpu_count()} cores of {processor}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {day}"
    )


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """A Markdown table, its first ``left`` columns to the left and the others to the right."""
    cells = [list(header), *(list(row) for row in rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(header))]

    def line(row: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if column >= left else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |\n"

    rule = [
        f"{'-' * (width - 1)}{':' if column >= left else '-'}"
        for column, width in enumerate(widths)
    ]
    return line(cells[0]) + line(rule) + "".join(map(line, cells[1:]))
