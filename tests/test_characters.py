"""Characters that no value may hold, since they are no text."""

from __future__ import annotations

import pytest

from de06cli.characters import forbidden_in, visible_name


@pytest.mark.parametrize(
    "value", ["", "Công an huyện", "hai\ndòng", "cột\tcột", "🙂", "\u2028", "\ufeff"], ids=ascii
)
def test_a_value_may_hold_text_with_tabs_and_line_feeds(value: str) -> None:
    assert forbidden_in(value) is None


@pytest.mark.parametrize(
    "character", ["\0", "\r", "\x0b", "\x1b", "\x85", "\u202e", "\ud800"], ids=ascii
)
def test_the_first_character_that_a_value_must_not_hold_is_told(character: str) -> None:
    assert forbidden_in(f"một\t{character}\x07") == character


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("kế hoạch – [1] “x” 🙂.yaml", "kế hoạch – [1] “x” 🙂.yaml"),
        ("a\nLỗi: b\t\r", "a\ufffdLỗi: b\ufffd\ufffd"),
        ("\x1b[31m\x07\x7f\x9b", "\ufffd[31m\ufffd\ufffd\ufffd"),
        ("a\u202elmay\u2066", "a\ufffdlmay\ufffd"),
        ("a\u200bb\u2028c\ufeff", "a\ufffdb\ufffdc\ufffd"),
    ],
    ids=ascii,
)
def test_a_name_steers_nothing_and_stays_on_its_line(name: str, shown: str) -> None:
    assert visible_name(name) == shown
