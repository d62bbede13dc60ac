"""What a command imports: nothing that its answer does not need, since imports are most of its time."""

from __future__ import annotations

import subprocess
import sys

import pytest
import support

ASK = """\
import sys
from de06cli.cli.main import run
code = run(sys.argv[1:])
print(code, *sorted(sys.modules), file=sys.stderr)
"""
HEAVY = {"rich", "yaml", "pydantic", "filelock", "platformdirs", "email", "openpyxl", "docx"}
READER = {"yaml", "pydantic", "email"}  # pydantic looks for plug-ins, which brings email


def imported(*arguments: str, cwd, **changes: str) -> set[str]:
    """The modules that de06 has imported by the end of a command, which has to succeed."""
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
    code, *modules = asked.stderr.splitlines()[-1].split(" ")
    assert code == "0"
    return set(modules)


def commands(modules: set[str]) -> set[str]:
    """The modules of commands among them."""
    families = ("checking", "deadlines", "figures", "history", "listing", "marking", "starting")
    return {name for name in families if f"de06cli.cli.{name}" in modules}


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


@pytest.mark.parametrize(
    ("arguments", "family"),
    [
        (["list"], "listing"),
        (["list", "--format", "json"], "listing"),
        (["show", "9"], "listing"),
        (["overdue"], "deadlines"),
        (["stats", "--by", "agency"], "figures"),
        (["check"], "checking"),
    ],
)
def test_a_reading_command_imports_what_its_answer_needs(plan, arguments, family):
    modules = imported(*arguments, cwd=plan.parents[1])

    assert modules & HEAVY <= READER
    assert commands(modules) == {family}
    assert {"asyncio", "smtplib", "urllib.request"} & modules == set()


@pytest.mark.parametrize("words", [["list", "--agency", "CA"], ["l"], ["list", "--"]])
def test_a_completion_imports_no_renderer(plan, words):
    modules = imported(*words, cwd=plan.parents[1], _DE06_COMPLETE="1")

    assert modules & HEAVY <= READER
    assert len(commands(modules)) <= 1


def test_only_rev_asks_git(plan):
    """The boundary that keeps a plain answer from starting other processes."""
    without = imported("list", cwd=plan.parents[1])
    support.git(plan.parents[1], "init", "-q")
    support.git(plan.parents[1], "add", "data")
    support.git(plan.parents[1], "commit", "-q", "-m", "Kế hoạch")

    assert "de06cli.plan.git" not in without
    assert "de06cli.plan.git" in imported("list", "--rev", "HEAD", cwd=plan.parents[1])
