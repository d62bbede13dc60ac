"""Tables in a width: columns, or a block a row; words stay whole, and what is cut ends with a sign."""

from __future__ import annotations

from de06cli.views.contents.tables import Cell, Column, Table
from de06cli.views.text import grid

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
