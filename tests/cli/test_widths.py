"""Text takes the columns that it shows in: letters of several characters, and letters two columns wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
import support

from de06cli.characters import display_width
from de06cli.cli import help as help_pages
from de06cli.cli.command_table import COMMANDS

WIDTHS = [60, 120]
LINES = [
    "", "list", "show 9", "overdue", "steps --next",
    "timeline", "agencies", "stats --by agency", "report",
]  # fmt: skip
Terminal = Callable[..., support.Run]


def shown(terminal: Terminal, line: str, columns: int) -> list[str]:
    return terminal(*line.split(), columns=columns, TERM="dumb").stdout.splitlines()


def change(plan: Path, key: str, text: Callable[[str], str]) -> None:
    """Rewrites the quoted values of a key of the plan's file."""
    pattern = re.compile(rf'(?<=\b{key}: ")[^"]+(?=")')
    plan.write_text(pattern.sub(lambda found: text(found[0]), plan.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("line", LINES)
def test_letters_of_several_characters_are_laid_out_like_those_of_one(plan, terminal, line):
    of_one = {columns: shown(terminal, line, columns) for columns in WIDTHS}
    plan.write_text(normalize("NFD", plan.read_text("utf-8")), "utf-8")

    for columns in WIDTHS:
        of_several = [normalize("NFC", text) for text in shown(terminal, line, columns)]
        assert of_several == of_one[columns]


@pytest.fixture
def wide(plan: Path) -> Path:
    """The shipped plan with wide letters in every title and every name of an agency."""
    for key in ("title", "name", "short"):
        change(plan, key, lambda text: text.replace(" ", " 人口中文 ", 1))
    assert plan.read_text("utf-8").count("人口中文") > 50
    return plan


@pytest.mark.parametrize("line", LINES)
def test_wide_letters_make_no_line_too_wide(wide, terminal, line):
    for columns in WIDTHS:
        lines = shown(terminal, line, columns)

        assert any("人口中文" in text for text in lines)
        assert [text for text in lines if display_width(text) > columns] == []


@pytest.mark.parametrize("columns", [80, 140])
def test_the_marks_of_the_timeline_stand_below_one_another(wide, terminal, columns):
    rows = [text for text in shown(terminal, "timeline", columns) if "│" in text]

    assert len(rows) == 24
    assert len({display_width(text[: text.index("│")]) for text in rows}) == 1


def test_the_states_of_a_list_end_at_the_edge(wide, terminal):
    rows = [text for text in shown(terminal, "list", 80) if re.match(r" ?\d+  ", text)]

    assert len(rows) == 24
    assert {display_width(text) for text in rows} == {80}


@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_help_is_laid_out_by_what_shows(name, monkeypatch):
    def page() -> str:
        return help_pages.help_of_command(name) if name else help_pages.help_of_all()

    plain, say = page(), help_pages._
    monkeypatch.setattr(help_pages, "_", lambda text: normalize("NFD", say(text)))

    assert normalize("NFC", page()) == plain


def test_no_line_of_help_is_too_wide_for_wide_letters(monkeypatch):
    say = help_pages._
    monkeypatch.setattr(help_pages, "_", lambda text: say(text).replace(" ", " 人口中文 "))

    lines = help_pages.help_of_command("list").splitlines()

    assert max(map(display_width, lines)) <= help_pages.WIDTH
