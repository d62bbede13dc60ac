"""Characters that no value may hold, since they are no text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from de06cli import characters
from de06cli.characters import (
    CUT,
    clip,
    display_width,
    forbidden_in,
    in_bytes,
    is_narrow,
    name,
    odd_in,
    one_line,
    visible,
    visible_name,
)


@pytest.mark.parametrize(
    "value", ["", "Công an huyện", "hai\ndòng", "cột\tcột", "🙂", "\u2028", "\ufeff"], ids=ascii
)
def test_a_value_may_hold_text_with_tabs_and_line_feeds(value: str) -> None:
    assert forbidden_in(value) is None


@pytest.mark.parametrize(
    "character", ["\0", "\r", "\x0b", "\x1b", "\x85", "\u202e", "\ud800"], ids=ascii
)
def test_the_first_character_that_a_value_must_not_hold_is_reported(character: str) -> None:
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


def test_one_line_has_single_spaces():
    assert one_line("  Nhà trọ;\n\tNhà\u2028nghỉ\u00a0") == "Nhà trọ; Nhà nghỉ"


@pytest.mark.parametrize(
    ("text", "limit", "beginning"),
    [
        ("Nhà trọ", 7, "Nhà trọ"),
        ("Nhà trọ; Nhà nghỉ", 13, "Nhà trọ; Nhà…"),
        ("Nhà trọ; Nhà nghỉ", 12, "Nhà trọ…"),  # no mark is left hanging
        ("Nhà trọ – Nhà nghỉ", 12, "Nhà trọ…"),
        ("Nhà\ntrọ", 7, "Nhà trọ"),
        ("conganhuyenhonquan", 8, "conganh…"),  # one long word
        ("", 5, ""),
    ],
)
def test_a_beginning_ends_with_a_whole_word(text, limit, beginning):
    assert characters.beginning(text, limit) == beginning


@settings(deadline=None)
@given(st.text(), st.integers(2, 40))
@example("00\u093a", 2)
@example("ab\u093ac", 2)  # a mark that takes no column
@example("字字", 2)
def test_a_beginning_is_no_longer_than_its_limit(text, limit):
    found = characters.beginning(text, limit)

    assert display_width(found) <= limit
    assert one_line(text).startswith(found.removesuffix("…"))


@pytest.mark.parametrize("block", range(0x21), ids="{:02x}xx".format)
def test_a_text_is_narrow_where_each_of_its_characters_takes_one_column(block):
    every = [*map(chr, range(block << 8, (block + 1) << 8))]
    one_column = [char for char in every if display_width(f"{char}字") == 3]

    assert [char for char in every if is_narrow(char)] == one_column
    assert is_narrow("".join(one_column))


def test_what_steers_a_terminal_becomes_visible():
    assert visible("a\x1b[31mb\x07\x9bc\u202ed\r\x00\x7fe") == "a�[31mb��c�d���e"


def test_what_is_only_read_stays():
    text = "Đề án 06\n\tNFD: e\u0302\u0301, 中文, 🇻🇳, a\u200bb, [red], &lt;"

    assert visible(text) == text


@given(st.text(), st.integers(3, 30))
def test_a_text_in_bytes_is_no_longer_than_its_limit(text, limit):
    found = in_bytes(text, limit)

    assert len(found.encode("utf-8", "replace")) <= limit
    assert found == text or (found.endswith(CUT) and text.startswith(found.removesuffix(CUT)))


def test_a_text_in_bytes_keeps_whole_letters():
    assert in_bytes("Nhà trọ", 10) == "Nhà trọ"
    assert in_bytes("Nhà trọ", 9) == "Nhà t…"
    assert in_bytes("ẩẩẩ", 8) == "ẩ…"


def test_a_clipped_text_is_not_read_to_its_end():
    assert clip("a \n b", 5) == "a b"
    assert clip("Nhà trọ ở xã", 8) == "Nhà trọ…"
    assert clip(" " * 10**8 + "a", 60) == " …"


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
