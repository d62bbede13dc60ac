"""Characters that no value may hold, since they are no text."""

from __future__ import annotations

import pytest

from de06cli.plan.characters import forbidden_in


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
