"""The options that commands share: each command takes what it should, and tells it in its help."""

from __future__ import annotations

import re
from typing import Annotated

import pytest

from de06cli.cli import app
from de06cli.cli.command_table import COMMANDS
from de06cli.cli.options import Common, Filters, Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped

READING = [
    "list", "show", "overdue", "upcoming", "stats", "agencies", "check", "log", "diff",
]  # fmt: skip
FILTERED = [
    "list", "overdue", "upcoming", "stats", "timeline", "export", "report", "mail",
]  # fmt: skip
LISTING = ["list", "overdue", "upcoming", "stats", "agencies"]
FILTERS = [
    "--agency", "--role", "--state", "--due-before", "--due-after", "--search", "--model",
]  # fmt: skip


def options(command: str) -> set[str]:
    """The names of the options that a command takes."""
    return {name for param in app.build(command).params for name in param.opts if "--" in name}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_help_data_and_lang(call, command):
    assert {"--data", "--lang"} <= options(command)
    answer = call(command, "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(f"Cách dùng: de06 {command} [TÙY CHỌN]")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_one_language_and_fits_90_columns(call, command):
    vietnamese = call(command, "--help").stdout
    english = call(command, "--help", "--lang", "en").stdout

    assert english.startswith(f"Usage: de06 {command} [OPTIONS]")
    assert max(map(len, vietnamese.splitlines() + english.splitlines())) <= 90
    for option in options(command):
        assert option in vietnamese
        assert option in english
    assert not re.search(r"\b(Show|Print|the|and)\b", vietnamese)
    assert not re.search(r"\b(Tệp|theo|không|của|là)\b", english)


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_takes_a_day_and_a_revision(command):
    assert {"--as-of", "--rev"} <= options(command)


@pytest.mark.parametrize("command", ["done", "start", "block", "skip", "reset", "extend", "undo"])
def test_marking_commands_refuse_a_revision(small, call, command):
    before = small.read_bytes()

    assert not {"--as-of", "--rev"} & options(command)
    assert call(command, "7", "--rev", "HEAD").returncode == 2
    assert small.read_bytes() == before


@pytest.mark.parametrize("command", FILTERED)
def test_the_filters_are_the_same_everywhere(command):
    assert set(FILTERS) <= options(command)


@pytest.mark.parametrize("command", LISTING)
def test_listing_commands_take_every_form(small, call, command):
    for form in ("table", "json", "csv", "tsv", "md", "ids"):
        answer = call(command, "--format", form)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert "\x1b" not in answer.stdout


# grouped ------------------------------------------------------------------------------------------


class Colour(Common):
    """A group of a test's own."""

    colour: Annotated[str, Option("--colour")] = "đỏ"


def test_a_command_gets_its_options_back_in_groups():
    @grouped
    def command(
        reading: Reading, filters: Filters, n: Annotated[int, Argument(metavar="N")]
    ) -> object:
        return vars(reading), vars(filters), n

    given = {
        "data": ["x.yaml"], "lang": None, "as_of": "today", "rev": None, "strict": True,
        "agency": ["CAH"], "role": None, "state": None, "due_before": None, "due_after": None,
        "search": None, "model": None, "group": None, "n": 3,
    }  # fmt: skip

    assert command(**given) == (
        {name: given[name] for name in ("data", "lang", "as_of", "rev", "strict")},
        {name: given[name] for name in given if name in Filters.__annotations__},
        3,
    )


def test_an_option_of_two_groups_is_one_option_that_both_get():
    @grouped
    def command(first: Reading, second: Colour) -> object:
        return first.data, second.data, second.colour

    given = dict.fromkeys(["data", "lang", "as_of", "rev", "strict"], "x") | {"colour": "xanh"}

    assert command(**given) == ("x", "x", "xanh")
