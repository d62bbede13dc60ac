"""de06 and the tools that people would pick instead, on the same work.

    python benchmarks/peers.py [--sizes 24 2400 16800] [--rounds 15]

installs Taskwarrior and hledger from Debian where they are missing and may be installed (root, apt-get)
and todoman from PyPI in an environment of its own, loads the models of ``plans.py`` into each, and asks
all of them in turn which tasks are an agency's and which are late. Every tool's answer is first compared
with the expected one, task by task. Nothing is left behind but the Debian packages.

The peers hold a model as one task with its title, deadline, lead and agencies, which is less than de06
reads. Taskwarrior is measured in two more ways of keeping the plan: with the texts of the steps as
annotations, and with each step as a task, the only one in which a step can be marked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import plans
import timing
from plans import Task
from timing import DE06, NOT_YET, START, Figure, Work

import de06cli

AGENCY = "CAH"
LIST, OVERDUE = f"list --agency {AGENCY}", "overdue"
TASKWARRIOR = "Taskwarrior"
ANNOTATED = "Taskwarrior, steps annotated"
BY_STEPS = "Taskwarrior, a task a step"


@dataclass(frozen=True)
class Question:
    """How a tool is asked, and the same question so that the answer can be read."""

    work: Work
    readable: Work
    address: str = r"MH\d+(?:\.\d+)?"  # a pattern of what names a task in the answer

    def answer(self) -> set[str]:
        """The addresses of the tasks that the tool names."""
        outcome = timing.run(self.readable)
        if outcome.code:
            sys.exit(f"{' '.join(self.readable.command)}\n{outcome.output}{outcome.errors}")
        found = re.findall(self.address, outcome.output, re.MULTILINE)
        return {f"MH{address.removeprefix('MH')}" for address in found}


@dataclass(frozen=True)
class Tool:
    """A tool, and how it is loaded: a folder of its own and the districts give its questions."""

    version: str
    load: Callable[[Path, int], dict[str, Question]]
    tasks: Callable[[int], list[Task]] = plans.models


def expected(question: str, tasks: Sequence[Task]) -> set[str]:
    """The addresses that answer the question."""
    if question == LIST:
        return {task.address for task in tasks if AGENCY in task.agencies}
    return {task.address for task in tasks if task.late}


# de06 --------------------------------------------------------------------------------------------


def de06(**variables: str) -> Tool:
    def load(folder: Path, districts: int) -> dict[str, Question]:
        data = plans.write(folder, districts)
        environment = timing.environment(folder, DE06_DATA=str(data), **variables)

        def question(*arguments: str) -> Question:
            command = [*DE06, *arguments]
            return Question(
                Work(command, environment, folder),
                Work([*command, "--format", "ids"], environment, folder),
                r"^\d+$",
            )

        return {LIST: question("list", "--agency", AGENCY), OVERDUE: question("overdue")}

    return Tool(f"de06 {de06cli.__version__}", load)


# Taskwarrior -------------------------------------------------------------------------------------


def taskwarrior(
    tasks: Callable[[int], list[Task]] = plans.models, *, annotated: bool = False
) -> Tool | None:
    """Taskwarrior: the lead is the project, the agencies are tags."""
    if not on_debian("task", "taskwarrior"):
        return None

    def load(folder: Path, districts: int) -> dict[str, Question]:
        settings, imported = folder / "taskrc", folder / "tasks.json"
        settings.write_text(f"data.location={folder / 'tasks'}\n", "utf-8")
        imported.write_text(json.dumps([as_json(t) for t in tasks(districts)]), "utf-8")
        environment = timing.environment(folder, TASKRC=str(settings))
        subprocess.run(
            ["task", "import", str(imported)], env=environment, capture_output=True, check=True
        )

        def question(*arguments: str) -> Question:
            work = Work(["task", *arguments], environment, folder)
            return Question(work, work)

        return {LIST: question(f"+{AGENCY}", "all"), OVERDUE: question("overdue")}

    def as_json(task: Task) -> dict[str, object]:
        entry: dict[str, object] = {
            "description": f"{task.address} {task.title}",
            "due": f"{task.due:%Y%m%d}T000000Z",
            "entry": "20230801T000000Z",
            "project": task.lead,
            "tags": task.agencies,
        }
        if annotated:
            entry["annotations"] = [
                {"entry": f"20230801T{hour:02}0000Z", "description": text}
                for hour, text in enumerate(task.steps)
            ]
        if task.finished:
            return entry | {"status": "completed", "end": f"{task.finished:%Y%m%d}T000000Z"}
        return entry | {"status": "pending"}

    return Tool(f"Taskwarrior {said_by('task', '--version')}", load, tasks)


# hledger -----------------------------------------------------------------------------------------


def hledger() -> Tool | None:
    """hledger: a task is a dated transaction, its lead the account, its agencies a tag."""
    if not on_debian("hledger", "hledger"):
        return None

    def load(folder: Path, districts: int) -> dict[str, Question]:
        journal = folder / "tasks.journal"
        journal.write_text("\n".join(map(transaction, plans.models(districts))), "utf-8")
        environment = timing.environment(folder, LEDGER_FILE=str(journal))

        def question(*arguments: str) -> Question:
            work = Work(["hledger", "print", *arguments], environment, folder)
            return Question(work, work)

        return {
            LIST: question(rf"tag:agencies=\b{AGENCY}\b"),
            OVERDUE: question("--unmarked", "--end", "today"),
        }

    def transaction(task: Task) -> str:
        mark = "* " if task.finished else ""
        title = task.title.replace(";", ",")  # a semicolon begins a comment
        agencies = " ".join(task.agencies)
        return (
            f"{task.due} {mark}{task.address} {title}\n"
            f"    ; agencies: {agencies}\n"
            f"    ({task.lead})  1\n"
        )

    return Tool(said_by("hledger", "--version").partition(",")[0], load)


# todoman -----------------------------------------------------------------------------------------

TODOMAN_SETTINGS = """\
path = "{folder}/lists/*"
cache_path = "{folder}/cache.sqlite3"
date_format = "%Y-%m-%d"
time_format = ""
"""


def todoman(environment: Path) -> Tool | None:
    """todoman, in a virtual environment: a list a district, a file a task, the agencies are categories."""
    venv.create(environment, with_pip=True)
    program = str(environment / "bin" / "todo")
    pip = [str(environment / "bin" / "pip"), "install", "--quiet", "todoman"]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        return None
    return todoman_at(program)


def todoman_at(program: str) -> Tool:
    """todoman where it is installed."""

    def load(folder: Path, districts: int) -> dict[str, Question]:
        settings = folder / "todoman.py"
        settings.write_text(TODOMAN_SETTINGS.format(folder=folder), "utf-8")
        for task in plans.models(districts):
            listed = folder / "lists" / task.plan
            listed.mkdir(parents=True, exist_ok=True)
            (listed / f"{task.address}.ics").write_text(calendar(task), "utf-8", newline="\r\n")
        variables = timing.environment(folder, TODOMAN_CONFIG=str(settings))

        def question(*arguments: str) -> Question:
            work = Work([program, "list", *arguments], variables, folder)
            return Question(work, work)

        return {
            LIST: question("--category", AGENCY, "--status", "ANY"),
            OVERDUE: question("--due", "-1"),  # hours from now; 0 would be no filter
        }

    def calendar(task: Task) -> str:
        title = re.sub(r"([\\;,])", r"\\\1", task.title)
        state = "STATUS:NEEDS-ACTION"
        if task.finished:
            state = f"STATUS:COMPLETED\nCOMPLETED:{task.finished:%Y%m%d}T000000Z"
        return (
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//de06//benchmarks//EN\nBEGIN:VTODO\n"
            f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, task.address)}\nDTSTAMP:20230801T000000Z\n"
            f"SUMMARY:{task.address} {title}\nDUE;VALUE=DATE:{task.due:%Y%m%d}\n"
            f"CATEGORIES:{','.join(task.agencies)}\n{state}\nEND:VTODO\nEND:VCALENDAR\n"
        )

    return Tool(said_by(program, "--version").replace(", version", ""), load)


# Where the peers come from -----------------------------------------------------------------------


def on_debian(program: str, package: str) -> bool:
    """Whether the program is there, if need be after installing its Debian package."""
    if not shutil.which(program) and shutil.which("apt-get") and os.geteuid() == 0:
        variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run(
                ["apt-get", "-qq", *command], env=variables, capture_output=True, check=False
            )
    return shutil.which(program) is not None


def said_by(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()


def tools(scratch: Path) -> dict[str, Tool | None]:
    return {
        "de06": de06(),
        "de06 without its cache": de06(DE06_CACHE="off"),
        TASKWARRIOR: taskwarrior(),
        ANNOTATED: taskwarrior(annotated=True),
        BY_STEPS: taskwarrior(plans.steps),
        "hledger": hledger(),
        "todoman": todoman(scratch / "venv"),
    }


# Measuring ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """The figures of one question at one size, by tool."""

    figures: dict[str, Figure]
    megabytes: dict[str, float]


def measure(
    compared: dict[str, Tool | None], folder: Path, districts: int, rounds: int
) -> dict[str, Measured]:
    """Loads the tools with the districts' tasks, checks their answers and measures each question."""
    asked = {}
    for number, (name, tool) in enumerate(compared.items()):
        if tool is None:
            continue
        own = folder / str(number)
        own.mkdir(parents=True)
        asked[name] = tool.load(own, districts)
        for wanted, question in asked[name].items():
            if question.answer() != expected(wanted, tool.tasks(districts)):
                sys.exit(f"{name}: another answer to {wanted} than expected, {districts} districts")
    start = timing.start_of_python(folder)
    measured = {}
    for wanted in (LIST, OVERDUE):
        works = {name: questions[wanted].work for name, questions in asked.items()}
        figures = timing.in_turn({START: start, **works}, rounds)
        peaks = {
            name: timing.peak_megabytes(work) for name, work in {START: start, **works}.items()
        }
        measured[wanted] = Measured(figures, peaks)
    return measured


def table(compared: Sequence[str], sizes: dict[int, Measured]) -> str:
    """The figures of one question: a row a size and tool."""
    ratios_to = (TASKWARRIOR, ANNOTATED, BY_STEPS)
    rows = []
    for size, measured in sizes.items():
        for name in (START, *compared):
            figure = measured.figures.get(name, Figure())
            peak = measured.megabytes.get(name)
            above = None if peak is None else max(0, peak - measured.megabytes[START])
            rows.append(
                [
                    f"{size:,}",
                    name,
                    str(figure),
                    figure.to(measured.figures[START]),
                    *(figure.to(measured.figures.get(peer, Figure())) for peer in ratios_to),
                    NOT_YET if above is None else f"{above:.0f}",
                ]
            )
    header = ["models", "tool", "ms", "/ start", "/ Task", "/ annotated", "/ by step", "MB"]
    return timing.markdown(header, rows, left=2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", choices=plans.SIZES, default=[*plans.SIZES])
    parser.add_argument("--rounds", type=int, default=timing.ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="de06-peers-") as scratch:
        compared = tools(Path(scratch))
        by_size = {}
        for size in given.sizes:
            print(f"{size:,} models …", file=sys.stderr)
            folder = Path(scratch, str(size))
            by_size[size] = measure(compared, folder, plans.SIZES[size], given.rounds)
            shutil.rmtree(folder)
    print(timing.machine())
    print(", ".join(dict.fromkeys(tool.version for tool in compared.values() if tool)))
    for name in [name for name, tool in compared.items() if not tool]:
        print(f"{name} could not be had.")
    print(
        "\nMedians in ms, in brackets the number of runs where they were fewer than usual; ratios to the "
        "start of Python\nand to Taskwarrior's three rows; MB: peak memory above that of the start of Python."
    )
    for question in (LIST, OVERDUE):
        print(f"\n### `{question}`\n")
        print(table([*compared], {size: by_size[size][question] for size in by_size}), end="")


if __name__ == "__main__":
    main()
