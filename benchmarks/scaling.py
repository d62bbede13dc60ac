"""What de06 costs as plans grow, are edited and are many, each figure beside the goal it has.

    python benchmarks/scaling.py [--models 16800] [--rounds 15] [--other PYTHON]

Warm means that the file is as it was when de06 last read it, cold that de06 never saw it. The usual way
is ``usual.py``. The growth of cold reading is the slope of a line through the logarithms of size and time
from 24 models to the largest plan; what a plan of one model costs is taken off first. 1 is linear.
Beside the commands on one district stand the tools of ``peers.py`` that are installed. PYTHON is the
interpreter of another environment of de06, of another version, which shares the cache with this one.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import peers
import plans
import timing
from timing import DE06, START, Figure, Work

USUAL = Path(__file__).with_name("usual.py")
ASK = ("list", "--agency", "CAH")
MARK = ("done", "9.2", "--date", "2023-12-20", "--evidence", "45/BC-CAH")

Row = tuple[str, Figure, Figure, str]  # work, its figure, what that is compared with, the goal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--models", type=int, choices=plans.SIZES, default=max(plans.SIZES), help="the largest plan"
    )
    parser.add_argument("--rounds", type=int, default=timing.ROUNDS)
    parser.add_argument("--other", help="another environment's interpreter")
    given = parser.parse_args()
    districts = plans.SIZES[given.models]
    print(timing.machine())
    with tempfile.TemporaryDirectory(prefix="de06-scaling-") as scratch:
        print(f"\n{environments(Path(scratch), given.rounds)}", end="", flush=True)
        if given.other:
            print(f"\n{taking_turns(Path(scratch), given.other, given.rounds)}", end="", flush=True)
    with tempfile.TemporaryDirectory(prefix="de06-scaling-") as scratch:
        for number, measure in enumerate((one_district, country, cold, memory)):
            folder = Path(scratch, str(number))
            folder.mkdir()
            print(f"\n{measure(folder, districts, given.rounds)}", end="", flush=True)
            shutil.rmtree(folder)


def de06(home: Path, *arguments: str, **variables: str) -> Work:
    """A command of de06 whose cache and records lie in ``home``."""
    return Work([*DE06, *arguments], timing.environment(home, **variables), home)


def done(work: Work) -> None:
    """Runs what has to be done before something is measured."""
    outcome = timing.run(work)
    if outcome.code:
        sys.exit(f"{' '.join(work.command)}\n{outcome.errors}")


def table(rows: list[Row]) -> str:
    cells = [[work, str(f), f.to(other), goal] for work, f, other, goal in rows]
    notes = timing.failures((work, figure) for work, figure, _other, _goal in rows)
    return timing.markdown(["work", "ms", "ratio", "goal"], cells) + (notes and f"\n{notes}")


# The start of Python -----------------------------------------------------------------------------


def environments(folder: Path, rounds: int) -> str:
    """What the start of Python costs in this environment, to which all ratios are made, and in a bare one."""
    venv.create(folder / "bare")
    bare = Work([str(folder / "bare" / "bin" / "python"), "-c", "pass"], timing.environment(folder))
    f = timing.in_turn({START: timing.start_of_python(folder), "bare": bare}, rounds)
    files = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.pth"))
    return (
        f"{START}: {f[START]} ms here, {f['bare']} ms in an environment without packages; "
        f"here each start reads {', '.join(files) or 'no .pth file'}\n"
    )


def taking_turns(folder: Path, other: str, rounds: int) -> str:
    """Two versions of Python on one cache, beside one of them alone."""
    data = str(plans.write(folder, 1))
    alone, shared = folder / "alone", folder / "shared"
    ask = [*ASK, "--data", data]
    second = Work([other, *DE06[1:], *ask], timing.environment(shared), folder)
    works = {
        START: timing.start_of_python(folder),
        "`list`, one version of Python": de06(alone, *ask),
        "`list`, two in turn": replace(de06(shared, *ask), before=lambda: done(second)),
    }
    for home in (alone, shared):
        home.mkdir()
    f = timing.in_turn(works, rounds)
    _start, one, two = works
    return table([(one, f[one], f[START], ""), (two, f[two], f[one], "1.05 to one")])


# One district ------------------------------------------------------------------------------------


def editor(path: Path) -> Callable[[], None]:
    """A change by hand, another one each time: the last model's equipment gets a number."""
    before, key, after = path.read_text("utf-8").rpartition('\n    equipment: "')
    numbers = count(1)

    def edit() -> None:
        path.write_text(f"{before}{key}({next(numbers)}) {after}", "utf-8", newline="\n")

    return edit


def one_district(folder: Path, _districts: int, rounds: int) -> str:
    """A district's plan: asked, edited and marked."""

    def own(name: str) -> tuple[Path, str, Callable[[], None]]:
        home = folder / name
        home.mkdir()
        path = plans.write(home, 1)
        return home, str(path), editor(path)

    works = {START: timing.start_of_python(folder)}

    home, data, _edit = own("warm")
    warm = de06(home, *ASK, "--data", data)
    works["`list --agency CAH`"] = warm
    works["the same on a terminal"] = replace(warm, terminal=True)
    for command in ("overdue", "upcoming", "stats"):
        works[f"`{command}`"] = de06(home, command, "--data", data)
    asking = de06(home, "list", "--data", data, "--agency", "C", _DE06_COMPLETE="1")
    works["a completion of `--agency`"] = asking
    works["`--help`"] = de06(home, "--help")

    home, data, edit = own("edited")
    asked = de06(home, *ASK, "--data", data)
    works["`list`, first run after an edit"] = replace(asked, before=edit)

    for name, timed_mark in (("`done 9.2`", True), ("`list`, first run after `done`", False)):
        home, data, edit = own(f"marked {timed_mark}")
        asked, mark, reset = (
            de06(home, *words, "--data", data) for words in (ASK, MARK, ("reset", "9.2"))
        )
        preparation = [reset, asked] if timed_mark else [reset, asked, mark]
        timed = mark if timed_mark else asked

        def prepare(edit: Callable[[], None] = edit, runs: list[Work] = preparation) -> None:
            edit()
            for work in runs:
                done(work)

        works[name] = replace(timed, before=prepare)

    works |= dict(installed_peers(folder))
    figures = timing.in_turn(works, rounds)
    return f"{plans.MODELS_EACH} models, ratios to {START}\n\n" + table(
        [(name, figures[name], figures[START], GOALS.get(name, "")) for name in works]
    )


GOALS = {
    "`list --agency CAH`": "3.9",
    "the same on a terminal": "6.5",
    "`overdue`": "3.9",
    "`upcoming`": "3.9",
    "`stats`": "3.9",
    "a completion of `--agency`": "3.5",
    "`--help`": "4.4",
    "`list`, first run after an edit": "7",
    "`done 9.2`": "8",
    "`list`, first run after `done`": "3.9",
}


def installed_peers(folder: Path) -> Iterator[tuple[str, Work]]:
    """The same question to the tools that are installed already."""
    known = {
        "task": lambda: peers.taskwarrior(plans.steps),
        "hledger": peers.hledger,
        "todo": lambda: peers.todoman_at("todo"),
    }
    for program, made in known.items():
        tool = made() if shutil.which(program) else None
        if tool:
            home = folder / program
            home.mkdir()
            yield f"{tool.version}: {peers.LIST}", tool.load(home, 1)[peers.LIST].work


# Many plans --------------------------------------------------------------------------------------


def country(folder: Path, districts: int, rounds: int) -> str:
    """The same models in one file and in a file a district."""
    whole = str(plans.write(folder, districts))
    many = plans.write_country(folder, districts)
    changed = folder / "changed"
    changed.mkdir()
    others = plans.write_country(changed, districts)
    edit = editor(others / f"{plans.code_of((districts + 1) // 2)}.yaml")
    after = de06(changed, *ASK, "--data", str(others))
    works = {
        START: timing.start_of_python(folder),
        "`list`, one file": de06(folder, *ASK, "--data", whole),
        "`list`, a file a district": de06(folder, *ASK, "--data", str(many)),
        "`overdue`, one file": de06(folder, "overdue", "--data", whole),
        "`overdue`, a file a district": de06(folder, "overdue", "--data", str(many)),
        "`list`, one of the files changed": replace(after, before=edit),
    }
    f = timing.in_turn(works, rounds)
    start, *rest = works
    rows: list[Row] = [(start, f[start], f[start], "")]
    goals = ("", "", "", "1.25 to one file", "15")
    for name, goal in zip(rest, goals, strict=True):
        compared = f["`overdue`, one file"] if "one file" in goal else f[START]
        rows.append((name, f[name], compared, goal))
    title = f"{districts} districts of {plans.MODELS_EACH} models, warm, ratios to {START}"
    return f"{title} where the goal says no other\n\n{table(rows)}"


# Cold --------------------------------------------------------------------------------------------


def cold(folder: Path, districts: int, rounds: int) -> str:
    """Files that de06 never saw, in ever larger sizes, beside the usual way to read them."""
    rows = []
    taken: dict[int, Figure] = {}
    for models in _sizes(districts):
        path = plans.write(folder, max(1, models // plans.MODELS_EACH))
        if models == 1:
            path = _first_model(path, folder / "1.yaml")
        cache = folder / "cache"
        ask = ("list", "--model", "1", "--data", str(path))
        fresh = de06(folder, *ask, XDG_CACHE_HOME=str(cache))
        works = {
            "cold": replace(fresh, before=_emptied(cache)),
            "off": de06(folder, *ask, DE06_CACHE="off"),
            "usual": Work([sys.executable, str(USUAL), str(path)], timing.environment(folder)),
        }
        f = timing.in_turn(works, rounds)
        taken[models] = f["cold"]
        goal = "0.3" if models == max(plans.SIZES) else ""
        ratios = [f["cold"].to(f["usual"]), f["off"].to(f["usual"])]
        rows.append([f"{models:,}", str(f["usual"]), str(f["cold"]), str(f["off"]), *ratios, goal])
    header = ["models", "usual", "cold", "cache off", "cold / usual", "off / usual", "goal"]
    return (
        f"Read cold, ms\n\n{timing.markdown(header, rows)}\n"
        f"Growth of cold reading from 24 models on: n^{_exponent(taken):.2f}\n"
    )


def _sizes(districts: int) -> Iterator[int]:
    yield 1
    for size in (1, 10, 100, 700):
        if size <= districts:
            yield size * plans.MODELS_EACH


def _first_model(district: Path, path: Path) -> Path:
    """A plan at ``path`` of a district's first model alone, and all of its agencies."""
    begin = "\n  - model: "
    path.write_text(begin.join(district.read_text("utf-8").split(begin, 2)[:2]) + "\n", "utf-8")
    return path


def _emptied(cache: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(cache, ignore_errors=True)


def _exponent(taken: dict[int, Figure]) -> float:
    """The slope between the logarithms of size and of time above that of a plan of one model."""
    floor = taken[1].milliseconds or 0
    points = [
        (math.log(size - 1), math.log(figure.milliseconds - floor))
        for size, figure in taken.items()
        if size > 1 and figure.milliseconds and figure.milliseconds > floor
    ]
    if len(points) < 2:
        return math.nan
    return statistics.linear_regression(*zip(*points, strict=True)).slope


# Memory ------------------------------------------------------------------------------------------


def memory(folder: Path, districts: int, _rounds: int) -> str:
    """The peak of one process, by the size of the plan."""
    rows = []
    base = timing.peak_megabytes(timing.start_of_python(folder))
    for size in sorted({1, districts}):
        data = str(plans.write(folder, size))
        for name, words in (("list --agency CAH", ASK), ("overdue", ("overdue",))):
            warm = de06(folder, *words, "--data", data)
            off = de06(folder, *words, "--data", data, DE06_CACHE="off")
            for _twice in range(2):  # a file that was just written is looked at again
                done(warm)
            peaks = [timing.peak_megabytes(work) - base for work in (warm, off)]
            goal = "30" if words is ASK and size == plans.DISTRICTS else ""
            models = f"{size * plans.MODELS_EACH:,}"
            rows.append([f"`{name}`", models, *(f"{peak:.0f}" for peak in peaks), goal])
    header = ["work", "models", "warm", "cache off", "goal"]
    return f"Peak memory above that of {START}, MB\n\n{timing.markdown(header, rows)}"


if __name__ == "__main__":
    main()
