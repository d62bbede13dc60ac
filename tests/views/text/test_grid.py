"""Tables in a width: columns, or a block a row; words stay whole, and what is cut ends with a sign."""

from __future__ import annotations

import pytest

from de06cli.characters import display_width
from de06cli.views.contents.tables import Cell, Column, Table
from de06cli.views.text import grid
from de06cli.views.text.folded import hung

NAMES = Table(
    (Column("Số", right=True), Column("Tên", flexible=True, cut=True), Column("Ai", listed=True)),
    (
        (Cell("9"), Cell("Triển khai nền tảng quản lý lưu trú"), Cell("CA huyện, Phòng VH-TT")),
        (Cell("10"), Cell("LED"), Cell("PC06")),
    ),
)


def texts(lines: list[grid.Line]) -> list[str]:
    return ["".join(cell.text for cell in line).rstrip() for line in lines]


def test_a_title_that_may_be_cut_takes_no_more_lines_than_its_row():
    assert texts(grid.grid(NAMES, [2, 16, 14], "…")) == [
        "Số  Tên               Ai",
        "────────────────────────────────────",
        " 9  Triển khai nền    CA huyện,",
        "    tảng quản lý…     Phòng VH-TT",
        "10  LED               PC06",
    ]


def test_where_columns_would_break_words_a_row_is_a_block():
    assert texts(grid.lines(NAMES, 20, "…")) == [
        "Số 9 Triển khai",
        "  nền tảng quản lý",
        "  lưu trú",
        "  Ai: CA huyện,",
        "  Phòng VH-TT",
        "Số 10 LED · Ai: PC06",
    ]


def test_only_a_word_that_no_line_holds_is_broken():
    assert grid.wrap("Phòng Tư pháp-tư-pháp ok", 8) == ["Phòng Tư", "pháp-tư-", "pháp ok"]
    assert grid.wrap("中文字", 4) == ["中文", "字"]
    assert grid.wrap("中", 1) == ["中"]
    assert grid.wrap("", 8) == [""]


def test_cells_that_run_on_as_one_text_keep_their_tones():
    parts = (Cell("bước 1–4: "), Cell("Hoàn thành 15/12/2023 – PVHTT", "done"), Cell(" hết"))

    assert grid.flow(parts, 24, indent=2, hanging=2) == [
        (Cell("  "), Cell("bước 1–4: "), Cell("Hoàn thành", "done")),
        (Cell("    "), Cell("15/12/2023 – PVHTT", "done")),
        (Cell("    "), Cell("hết")),
    ]


@pytest.mark.parametrize("width", [12, 20, 41])
@pytest.mark.parametrize("text", ["日本語の計画 と tiếng Việt " * 4, "tie\u0302\u0301ng " * 18])
def test_wide_letters_and_combining_marks_are_measured_by_the_columns_they_take(text, width):
    rows = texts(grid.flow([Cell(text)], width))

    assert all(display_width(row) <= width for row in rows)
    assert " ".join(rows).split() == text.split() or width == 12
    assert rows == grid.wrap(text, width)
    assert all(display_width(row) <= max(width, 14) for row in hung(text, width).split("\n"))
    assert any(display_width(row) > width - 12 for row in rows)


def test_names_that_fill_a_line_stand_on_it_and_a_comma_has_room():
    assert grid.wrap_names("III-3, III-4", 12) == ["III-3, III-4"]
    assert grid.wrap_names("III-3, III-4", 11) == ["III-3,", "III-4"]
    assert grid.wrap_names("III-3, III-4, II-1", 12) == ["III-3,", "III-4, II-1"]
