"""What a command imports: nothing that its answer does not need, since imports are most of its time."""

from __future__ import annotations

import subprocess
import sys

import pytest
import support

from de06cli.cli.command_table import COMMANDS

ASK = """\
import sys
from de06cli.cli.main import run
code = run(sys.argv[1:])
import typing
slow = [n for n, m in sys.modules.items() if getattr(m, "NamedTuple", None) is typing.NamedTuple]
print(code, *sorted(sys.modules), *(f"NamedTuple of {name}" for name in slow), sep="|", file=sys.stderr)
"""
HEAVY = {
    "rich", "yaml", "pydantic", "pydantic_core", "filelock", "platformdirs", "pyarrow", "email",
    "openpyxl", "docx", "docxtpl", "jinja2",
}  # fmt: skip
# Elsewhere the user's folders are asked of a library.
SNAPSHOTS = set() if sys.platform == "linux" else {"platformdirs"}
# What the parser brings, and what the standard library brings along for it and for the library of folders.
PARSER = {"typer", "inspect", "tempfile", "gettext", "uuid"}
if sys.platform == "win32":  # whose time zones come from a package, and by importlib.resources
    PARSER.remove("tempfile")
# Of the standard library: each a twentieth to a tenth of a short command.
COSTLY = set() if sys.platform == "win32" else {"pathlib", "zoneinfo", "urllib.parse"}
READER = {"yaml"}
REFUSAL = {"pydantic_core"}  # of pydantic only the engine, where something does not fit


def imported(*arguments: str, cwd, code: str = "0", **changes: str) -> set[str]:
    """The modules that de06 has imported by the end of a command, which has to end with ``code``."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        cwd=cwd,
        env=support.environment(cwd, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    ended, *modules = asked.stderr.splitlines()[-1].split("|")
    assert ended == code
    return set(modules)


def commands(modules: set[str]) -> set[str]:
    """The modules of commands among them."""
    of_commands = {f"de06cli.cli.commands.{entry.module}": name for name, entry in COMMANDS.items()}
    return {of_commands[module] for module in modules & of_commands.keys()}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["--show-completion", "bash"]])
def test_what_needs_no_plan_imports_no_reader(plan, arguments):
    modules = imported(*arguments, cwd=plan.parents[1])

    assert modules & HEAVY == set()
    assert commands(modules) == set()


@pytest.mark.parametrize("command", ["list", "overdue", "stats"])
def test_the_help_of_a_command_imports_no_reader(plan, command):
    modules = imported(command, "--help", cwd=plan.parents[1])

    assert modules & HEAVY == set()
    assert len(commands(modules)) == 1


reading = pytest.mark.parametrize(
    ("arguments", "family"),
    [
        (["list"], "list"),
        (["list", "--agency", "CAH", "--role", "lead", "--sort", "due"], "list"),
        (["list", "--as-of", "2023-12-01"], "list"),
        (["list", "--format", "json"], "list"),
        (["list", "--format", "csv"], "list"),
        (["show", "9"], "show"),
        (["overdue"], "overdue"),
        (["upcoming", "--within", "30"], "upcoming"),
        (["stats"], "stats"),
        (["stats", "--by", "agency"], "stats"),
        (["agencies", "an"], "agencies"),
        (["export", "-", "--format", "md"], "export"),
        (["report"], "report"),
    ],
)


@reading
def test_a_reading_command_imports_what_its_answer_needs(plan, arguments, family):
    modules = imported(*arguments, cwd=plan.parents[1])

    assert modules & HEAVY == READER | SNAPSHOTS
    assert commands(modules) == {family}
    assert {"asyncio", "smtplib", "urllib.request"} & modules == set()


@reading
def test_an_unchanged_plan_is_not_read_again(plan, arguments, family):
    imported("list", cwd=plan.parents[1])
    modules = imported(*arguments, cwd=plan.parents[1])

    assert modules & (HEAVY | PARSER) == SNAPSHOTS
    assert modules & COSTLY == set() or family in {"show", "export", "report"}
    assert not {"de06cli.plan.file.reader", "de06cli.plan.file.text"} & modules
    slow = {name for name in modules if name.startswith("NamedTuple of de06cli")}
    if sys.version_info < (3, 14):  # whose own costs nothing before it is asked for
        assert slow == set(), "take it from de06cli.named_tuples"
    assert commands(modules) == {family}


def test_of_several_plans_the_unchanged_ones_are_not_read_again(plan):
    other = plan.with_name("other.yaml")
    other.write_text(support.MODELS_TEXT.replace("HONQUAN", "LOCNINH"), "utf-8")
    several = ["overdue", "--data", "data/models.yaml", "--data", "data/other.yaml"]
    imported(*several, cwd=plan.parents[1])

    assert imported(*several, cwd=plan.parents[1]) & HEAVY == SNAPSHOTS


def test_what_a_mark_has_written_is_not_read_again(plan):
    imported("done", "9.2", cwd=plan.parents[1])

    assert imported("list", cwd=plan.parents[1]) & HEAVY == SNAPSHOTS


def test_without_snapshots_no_folder_is_asked_for(plan):
    modules = imported("list", cwd=plan.parents[1], DE06_CACHE="off")

    assert modules & HEAVY == READER


def test_a_check_reads_the_file_itself(plan):
    imported("list", cwd=plan.parents[1])
    modules = imported("check", cwd=plan.parents[1])

    assert modules & HEAVY == READER
    assert commands(modules) == {"check"}


def test_pydantic_says_why_a_plan_is_none(plan):
    broken = support.MODELS_TEXT.replace("  - model: 9\n", "  - model: chín\n")
    plan.write_text(broken, "utf-8")
    modules = imported("check", cwd=plan.parents[1], code="1")

    assert modules & HEAVY == READER | REFUSAL


def test_a_mark_imports_no_pydantic(plan):
    assert imported("done", "9.2", cwd=plan.parents[1]) & REFUSAL == set()


@pytest.mark.parametrize("words", [["list", "--agency", "CA"], ["l"], ["list", "--"]])
def test_a_completion_imports_no_renderer(plan, words):
    first, again = (imported(*words, cwd=plan.parents[1], _DE06_COMPLETE="1") for _time in range(2))

    assert first & HEAVY <= READER | SNAPSHOTS
    assert again & (HEAVY | PARSER) <= SNAPSHOTS
    assert len(commands(first)) <= 1


@pytest.mark.parametrize(
    "words", [["--help"], ["list", "--help"], ["export", "--lang", "en", "--help"]]
)
def test_help_imports_no_parser(plan, words):
    assert "typer" not in imported(*words, cwd=plan.parents[1])


@pytest.mark.parametrize(
    "words", [["--lang", "en", "list"], ["--version"], ["list", "--lang=vi", "--"]]
)
def test_what_is_not_plain_is_parsed_by_typer(plan, words):
    assert "typer" in imported(*words, cwd=plan.parents[1])


def test_on_a_terminal_a_list_brings_rich_and_nothing_that_packs_archives(plan, terminal):
    terminal("list")
    said = terminal("list", PYTHONPROFILEIMPORTTIME="1").stderr
    modules = {line.rpartition("|")[2].strip() for line in said.splitlines()}

    assert modules & {"rich.console", "shutil", "bz2", "lzma"} == {"rich.console"}


def test_only_rev_asks_git(plan):
    """The boundary that keeps a plain answer from starting other processes."""
    without = imported("list", cwd=plan.parents[1])
    support.git(plan.parents[1], "init", "-q")
    support.git(plan.parents[1], "add", "data")
    support.git(plan.parents[1], "commit", "-q", "-m", "Kế hoạch")

    assert "de06cli.plan.committed.git" not in without
    assert "de06cli.plan.committed.git" in imported("list", "--rev", "HEAD", cwd=plan.parents[1])
