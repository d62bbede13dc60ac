"""Characters that no value may hold, since they are no text."""

from __future__ import annotations

import pytest

from de06cli.characters import forbidden_in, name, odd_in, visible_name


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


def test_what_may_be_printed_is_not_forbidden():
    """The quick answer is that of the search."""
    assert not [
        char
        for char in map(chr, range(0x110000))
        if char.isprintable() and forbidden_in(f"\t{char}")
    ]


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("d\u0585ne", "chữ của bảng chữ cái khác (U+0585)"),  # Armenian
        ("\u13afAH", "chữ của bảng chữ cái khác (U+13AF)"),  # Cherokee
        ("do\u0131ng", "chữ của bảng chữ cái khác (U+0131)"),  # a Turkish i
        ("le\u0251d", "chữ của bảng chữ cái khác (U+0251)"),
        ("C\u0410H", "chữ Kirin (Cyrillic) giống chữ La-tinh (U+0410)"),
        ("CA\uff28", "ký tự toàn khổ hoặc biến thể (U+FF28)"),
    ],
    ids=ascii,
)
def test_a_letter_of_another_alphabet_in_a_word_is_named(word, named):
    assert [name(odd.char) for odd in odd_in(word)] == [named]


@pytest.mark.parametrize("text", ["PVHTT-Đồng_Nơ.ữ", "Sở Ngoại vụ 外务", "địa điểm", "警察"])
def test_vietnamese_words_and_prose_of_any_script_have_nothing_odd(text):
    assert odd_in(text) == []
