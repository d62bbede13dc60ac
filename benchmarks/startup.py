"""What a command costs from start to exit, in starts of the interpreter.

    python benchmarks/startup.py [PROGRAM ...]

Each command asks the shipped plan in a process of its own, piped, warm, in turn with ``python -c pass``.
Each further PROGRAM (de06 of another environment, or as one folder) lists the same beside it.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import timing
from timing import DE06, START, Work

import de06cli

ROOT = Path(__file__).parents[1]


def works(home: Path, programs: list[str]) -> dict[str, Work]:
    def de06(*arguments: str, **variables: str) -> Work:
        return Work([*DE06, *arguments], timing.environment(home, **variables), ROOT)

    return {
        START: timing.start_of_python(home),
        "import typer": Work([sys.executable, "-c", "import typer"], timing.environment(home)),
        "de06 --help": de06("--help"),
        "de06 list --help": de06("list", "--help"),
        "de06 list --agency CAH": de06("list", "--agency", "CAH"),
        "de06 overdue": de06("overdue"),
        "de06 list --agency C<TAB>": de06("list", "--agency", "C", _DE06_COMPLETE="1"),
        "de06 check": de06("check"),
        "de06 --lang en list, parsed by Typer": de06("--lang", "en", "list"),
    } | {
        f"{program} list --agency CAH": Work(
            [program, "list", "--agency", "CAH"], timing.environment(home), ROOT
        )
        for program in programs
    }


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="de06-startup-") as home:
        figures = timing.in_turn(works(Path(home), sys.argv[1:]))
    print(timing.machine())
    print(f"de06 {de06cli.__version__}, typer {version('typer')}\n")
    rows = [[name, str(figure), figure.to(figures[START])] for name, figure in figures.items()]
    print(timing.markdown(["command", "ms", "ratio"], rows), end="")
    print(timing.failures(figures.items()), end="")


if __name__ == "__main__":
    main()
