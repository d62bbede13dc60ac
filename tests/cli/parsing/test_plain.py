"""The reader of plain command lines: what it reads is what Typer reads, and all else is Typer's."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

import pytest
import support
import typer
from typer.exceptions import TyperException

from de06cli.cli import app, output
from de06cli.cli.command_table import COMMANDS, command
from de06cli.cli.parsing import plain
from de06cli.cli.parsing.declared import CommandFunction, Parameter

LINES = 20_000
WORDS = [
    "9", "9.2", "stt:4", "CAH", "Phòng Tư pháp", "007", "40000", "1234567890", "٣", "1.5", "x=y", "today",
    "a b", "", "-", "--", "-x", "-1", "--agen", "--khong-co", "--lang", "vi", "json", "JSON", "--help",
    "-o", "--strict=1", "--yes=", "--no-strict", "--data=", "--format=json", "--agency=-x",
]  # fmt: skip


@pytest.fixture
def answering(monkeypatch):
    """Commands that only return what they were given, and help that goes nowhere."""
    monkeypatch.setattr(CommandFunction, "__call__", lambda _self, **given: given)
    monkeypatch.setattr(output, "write", lambda _text: None)


def lines(random: Random, parameters: list[Parameter]) -> Iterator[str]:
    """A command line for a command with these parameters: mostly sensible, sometimes odd."""
    oddness = random.choice([0, 0, 0.05, 0.3])
    for argument in parameters:
        if not argument.names and random.random() < 0.8:
            fitting = argument.choices or WORDS[:8]
            yield from random.choices(fitting, k=random.randint(1, 3 if argument.repeats else 1))
    for _time in range(random.randint(0, 5)):
        option = random.choice([each for each in parameters if each.names])
        value = random.choice([*option.choices, "7"] if option.choices else WORDS[:12])
        if random.random() < oddness:
            yield random.choice(WORDS)
        elif not option.takes_value:
            yield random.choice(option.names)
        elif random.random() < 0.2:
            yield f"{random.choice(option.names)}={value}"
        else:
            yield from (random.choice(option.names), value)


@cache
def built(name: str):
    return app.build(name)


def of_typer(name: str, words: list[str]) -> object:
    """What Typer would call the command with; "help" where it shows its help, an error that it finds."""
    try:
        with built(name).make_context(f"de06 {name}", list(words)) as context:
            return context.command.invoke(context)
    except typer.Exit:
        return "help"
    except TyperException as error:
        return error


def test_what_it_reads_is_what_typer_reads(answering):
    random = Random("plain")
    read: Counter[str] = Counter()
    for number in range(LINES):
        name = [*COMMANDS][number % len(COMMANDS)]
        words = [*lines(random, command(name).parameters)]
        if random.random() < 0.1:
            random.shuffle(words)
        given = plain.read([name, *words])
        if given is not None:
            read[name] += 1
            expected = of_typer(name, words)
            assert repr("help" if given.pop("help") else given) == repr(expected), (name, words)

    assert read.keys() == COMMANDS.keys()
    assert min(read.values()) > LINES / len(COMMANDS) / 5, read


@pytest.mark.parametrize(
    "words",
    [
        [], ["lst"], ["--lang", "en", "list"], ["list", "thừa"], ["list", "--agency"],
        ["list", "--agency", ""], ["list", "--agency", "--role"], ["list", "--agen", "CAH"],
        ["list", "--role", "LEAD"], ["list", "--strict=1"], ["list", "--"], ["list", "-"], ["show"],
        ["upcoming", "--within", "-1"], ["upcoming", "--within", "36501"],
        ["upcoming", "--within", "٣"], ["draft", "x", "-o", "y"], ["list", "--agency", "-x"],
        ["merge-driver", "a", "b", "c"], ["--version"], ["--show-completion", "bash"],
    ],
)  # fmt: skip
def test_it_declines_what_is_not_plain(words):
    assert plain.read(words) is None


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--agency", "CAH", "--role=lead"], ["overdue"], ["done", "9.1", "--by", "CAH", "9.3"],
        ["upcoming", "--within", "36500"], ["handover", "CAH", "PC06", "VP", "--model", "9"],
    ],
)  # fmt: skip
def test_it_reads_what_people_type_most(words):
    assert plain.read(words) is not None


def test_without_it_de06_answers_the_same(plan):
    """Its module deleted, Typer parses everything."""
    without = (
        "import sys; sys.modules['de06cli.cli.parsing.plain'] = None\n"
        "from de06cli.cli.main import main; main()"
    )
    for words in (
        ["list", "--agency", "CAH"],
        ["--help"],
        ["show", "--help"],
        ["done", "9.2", "--dry-run"],
    ):
        (answer, slow) = (
            subprocess.run(
                [sys.executable, *how, *words],
                cwd=plan.parents[1],
                env=support.environment(plan.parents[1]),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            for how in (["-m", "de06cli"], ["-c", without])
        )
        assert answer.returncode == slow.returncode == 0
        assert answer.stdout == slow.stdout
