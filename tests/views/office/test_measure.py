"""The room that texts take in Times New Roman."""

from __future__ import annotations

import pytest

from de06cli.views.office import measure


def test_a_text_is_as_wide_as_its_letters_whatever_marks_they_bear():
    assert measure.width("ab W") == pytest.approx(0.444 + 0.5 + 0.25 + 0.944)
    assert measure.width("Thường") == measure.width("Thuong")
    assert measure.width("đ") == 0.5
    assert measure.width("中") == 1
    assert measure.width("ab", bold=True) > measure.width("ab")


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [
        ("", 5, 1),
        ("aaa bbb", 5, 1),
        ("bbbb bbbb bbbb", 4.5, 2),
        ("bbbb bbbb bbbb", 2, 3),
        ("bbbb\n\nbbbb", 5, 3),
        ("b" * 21, 5, 3),
        ("a " + "b" * 21, 5, 4),
    ],
)
def test_lines_break_between_words_and_within_what_is_too_long(text, room, count):
    assert measure.lines(text, room) == count
