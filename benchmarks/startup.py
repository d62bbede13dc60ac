"""What a command costs from start to exit, in starts of the interpreter.

    python benchmarks/startup.py

Each command runs as its own process, piped, warm, in turn with ``python -c pass``; the figures are
medians of 15 and their ratios to the interpreter's own start.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import de06cli

ROUNDS = 15
ROOT = Path(__file__).parents[1]
RUN = [sys.executable, "-m", "de06cli"]
BASE = "python -c pass"

COMMANDS: dict[str, tuple[list[str], dict[str, str]]] = {
    BASE: ([sys.executable, "-c", "pass"], {}),
    "import typer": ([sys.executable, "-c", "import typer"], {}),
    "de06 --help": ([*RUN, "--help"], {}),
    "de06 list --help": ([*RUN, "list", "--help"], {}),
    "de06 list --agency CAH": ([*RUN, "list", "--agency", "CAH"], {}),
    "de06 overdue": ([*RUN, "overdue"], {}),
    "de06 list --agency C<TAB>": ([*RUN, "list", "--agency", "C"], {"_DE06_COMPLETE": "1"}),
    "de06 check": ([*RUN, "check"], {}),
}


def milliseconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one process."""
    begin = time.perf_counter()
    subprocess.run(
        command,
        env=os.environ | environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return (time.perf_counter() - begin) * 1000


def measure() -> dict[str, float]:
    """The median of each command in milliseconds; the commands take turns, so that load is shared."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for command, environment in COMMANDS.values():
        milliseconds(command, environment)
    for _ in range(ROUNDS):
        for name, (command, environment) in COMMANDS.items():
            times[name].append(milliseconds(command, environment))
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    medians = measure()
    print(f"de06 {de06cli.__version__}, typer {version('typer')}, Python {sys.version.split()[0]}")
    print(f"\n| {'command':28} | {'ms':>6} | {'ratio':>6} |\n|{'-' * 30}|{'-' * 7}:|{'-' * 7}:|")
    for name, median in medians.items():
        print(f"| {name:28} | {median:6.0f} | {median / medians[BASE]:6.1f} |")


if __name__ == "__main__":
    main()
