"""What one mark costs, from the shipped plan to one of 16,800 models, beside a whole-file dump.

    python benchmarks/marking.py [--models 24 2400 16800] [--rounds 15]

Each ``done 9.2`` finds the file as it was at the start: it locks, reads, splices one line, reads the result
again to prove it, and replaces the file. Beside it stands the usual way to change a YAML file and keep its
comments: ruamel.yaml loads all, sets the same progress and dumps all, with no lock, schema or proof, and
with other lines changed too; how many is counted. ruamel.yaml is left out where it is not installed
(``pip install ruamel.yaml``), and from 2,400 models on it runs once.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import plans
import timing
from timing import DE06, NOT_YET, START, Figure, Work

import de06cli

MARK = ("done", "9.2", "--date", "2023-11-20", "--by", "CAH", "--evidence", "45/BC-CAH")
ONCE = 2_400  # the models from which on ruamel.yaml takes a minute and more

DUMP = """
import sys
from ruamel.yaml import YAML
yaml = YAML()
yaml.preserve_quotes = True
yaml.indent(mapping=2, sequence=4, offset=2)
yaml.width = 110
path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    plan = yaml.load(file)
model = next(model for model in plan["models"] if model["model"] == 9)
step = next(step for step in model["steps"] if step["step"] == 2)
progress = yaml.map(status="done", date="2023-11-20", by="CAH", evidence="45/BC-CAH")
progress.fa.set_flow_style()
step.insert(1, "progress", progress)
with open(path, "w", encoding="utf-8") as file:
    yaml.dump(plan, file)
"""


@dataclass(frozen=True)
class Row:
    """One way to make the mark in a plan of one size."""

    figure: Figure
    changed: str  # lines added and removed


def plan_of(folder: Path, models: int) -> Path:
    """The plan to mark: the shipped one, or that many models made from it, step 9.2 unmarked."""
    if models != plans.MODELS_EACH:
        return plans.write(folder, models // plans.MODELS_EACH)
    path = folder / plans.SHIPPED.name
    shutil.copyfile(plans.SHIPPED, path)
    return path


def on(work: Work, original: Path, path: Path) -> Work:
    """The work on a fresh copy of the plan each time."""

    def fresh() -> None:
        shutil.copyfile(original, path)

    return Work(work.command, work.environment, before=fresh)


def lines_changed(original: Path, path: Path) -> str:
    """How many lines are gone and new; of a large file too many to compare."""
    before, after = (file.read_text("utf-8").splitlines() for file in (original, path))
    if len(before) > 10_000 and len(after) != len(before) + 1:
        return NOT_YET
    differences = [line[0] for line in difflib.unified_diff(before, after, n=0) if line[0] in "+-"]
    return f"{len(differences) - 2:,}"  # without the two of the heading


def ways(folder: Path, models: int, rounds: int) -> tuple[Figure, dict[str, Row]]:
    """The interpreter's start, and every way to make the mark."""
    original = plan_of(folder, models)
    path = folder / "marked.yaml"
    environment = timing.environment(folder)
    mark = on(Work([*DE06, *MARK, "--data", str(path)], environment), original, path)
    dump = on(Work([sys.executable, "-c", DUMP, str(path)], environment), original, path)
    start = timing.start_of_python(folder)

    figures = timing.in_turn({START: start, "de06": mark}, rounds)
    rows = {"`de06 done 9.2`": Row(figures["de06"], lines_changed(original, path))}
    if ruamel_version() == NOT_YET:
        dumped = Figure(failure="pip install ruamel.yaml")
    elif models < ONCE:
        dumped = timing.in_turn({"ruamel": dump}, rounds)["ruamel"]
    else:
        outcome = timing.run(dump)
        dumped = Figure(outcome.milliseconds, 1, outcome.errors)
    changed = NOT_YET if dumped.failure else lines_changed(original, path)
    rows["ruamel.yaml, load and dump"] = Row(dumped, changed)
    return figures[START], rows


def ruamel_version() -> str:
    try:
        return version("ruamel.yaml")
    except PackageNotFoundError:
        return NOT_YET


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", type=int, nargs="+", default=list(plans.SIZES))
    parser.add_argument("--rounds", type=int, default=timing.ROUNDS)
    asked = parser.parse_args()
    cells = []
    notes = ""
    for models in asked.models:
        with tempfile.TemporaryDirectory(prefix="de06-marking-") as folder:
            start, rows = ways(Path(folder), models, asked.rounds)
        for way, row in rows.items():
            cells.append([way, f"{models:,}", str(row.figure), row.figure.to(start), row.changed])
        notes = notes or timing.failures((way, row.figure) for way, row in rows.items())
    print(timing.machine())
    print(f"de06 {de06cli.__version__}, ruamel.yaml {ruamel_version()}; ratios to {START}\n")
    print(timing.markdown(["mark", "models", "ms", "ratio", "lines changed"], cells), end="")
    print(notes, end="")


if __name__ == "__main__":
    main()
