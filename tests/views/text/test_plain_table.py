"""A table for programs: a header and one line a record, columns padded, nothing wrapped or cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from samples import SHOWN, model, task, tasks

from de06cli import messages
from de06cli.characters import display_width
from de06cli.tracking.figures.statistics import figures
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table
from de06cli.views.text import plain_table

# A text of the source, of evidence, of a note: any characters that a plan's file may hold.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)


def test_columns_are_padded_and_two_spaces_apart():
    assert plain_table.columns(tables.tasks(tasks(*SHOWN[1:]))) == (
        "Mô hình  STT  Nhiệm vụ                        Thời hạn  Chủ trì  Tiến độ  Tình trạng\n"
        "     40   23  Phân tích tình hình du lịch   30/10/2023  PVHTT    ○ 0/1    "
        "Chưa hoàn thành – quá hạn 73 ngày\n"
        "      6    2  Khám chữa bệnh bằng thẻ CCCD  15/01/2024  C06      ○ 0/1    "
        "Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)\n"
        "      8    3  Công chứng, chứng thực        30/12/2023  PC06     ● 1/1    "
        "Hoàn thành đúng hạn\n"
        "     23       LED                           30/12/2023  CAH      ●– 2/2   "
        "Hoàn thành quá hạn 5 ngày\n"
        "     25       Rà soát dân cư                            CSLT     ○ 0/1    "
        "Thường xuyên\n"
    )


def test_columns_in_english():
    messages.use("en")

    assert plain_table.columns(tables.tasks(tasks(*SHOWN[1:3]))) == (
        "Model  Row  Task                                  Due  Lead   Progress  State\n"
        "   40   23  Phân tích tình hình du lịch   30 Oct 2023  PVHTT  ○ 0/1     "
        "73 days overdue\n"
        "    6    2  Khám chữa bệnh bằng thẻ CCCD  15 Jan 2024  C06    ○ 0/1     "
        "Due soon, 4 days left\n"
    )


def test_the_total_is_the_last_line():
    assert plain_table.columns(tables.two_by_two(figures(tasks(*SHOWN)))) == (
        "                                    Trong hạn  Quá hạn      Tổng số\n"
        "Hoàn thành                                  1        1            2\n"
        "Chưa hoàn thành                             1        2            3\n"
        "Thường xuyên                                                      1\n"
        "Tổng số                                                           6\n"
        "Tỷ lệ hoàn thành trên số đến hạn                        50,0% (2/4)\n"
        "Tỷ lệ hoàn thành trên số được giao                      40,0% (2/5)\n"
    )


def test_nothing_is_a_header():
    assert plain_table.columns(tables.tasks([])) == (
        "Mô hình  STT  Nhiệm vụ  Thời hạn  Chủ trì  Tiến độ  Tình trạng\n"
    )


def test_a_long_title_is_neither_cut_nor_wrapped():
    title = "Triển khai nền tảng quản lý lưu trú " * 30

    header, line = plain_table.columns(tables.tasks([task(model(9, title=title))])).splitlines()

    assert title.strip() in line
    assert header.index("Thời hạn") > len(title)


def test_wide_letters_and_marks_without_width_keep_the_columns():
    table = Table(
        (Column("A"), Column("B")),
        tuple(
            (Cell(text), Cell("|"))
            for text in ("thường", "中文", "thươ\u0300ng", "a\u200bb\u0301c\u0308", "ｆｕ")
        ),
    )

    assert plain_table.columns(table).splitlines() == [
        "A       B",
        "thường  |",
        "中文    |",
        "thươ\u0300ng  |",
        "a\u200bb\u0301c\u0308     |",
        "ｆｕ    |",
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="ascii")), min_size=3, max_size=3)))
def test_each_cell_can_be_found_again_at_its_column(rows):
    columns = (Column("Mot"), Column("Hai", right=True), Column("Ba"))
    table = Table(columns, tuple(tuple(map(Cell, row)) for row in rows))

    lines = plain_table.columns(table).splitlines()

    cells = [["Mot", "Hai", "Ba"], *([" ".join(text.split()) for text in row] for row in rows)]
    first, second, _ = (max(map(len, column)) for column in zip(*cells, strict=True))
    assert [
        [line[:first].rstrip(), line[first + 2 : first + 2 + second].lstrip(), line[first + second + 4 :]]
        for line in lines
    ] == cells  # fmt: skip


@settings(deadline=None)
@given(st.lists(texts, min_size=1))
def test_a_record_is_one_line_whatever_it_holds(titles):
    listed = [task(model(number, title=title)) for number, title in enumerate(titles)]

    assert len(plain_table.columns(tables.tasks(listed)).splitlines()) == len(titles) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Tiếng Việt",
        "tiếng",
        "中文",
        "ｆ",
        "a\xadb",
        "\u0600١",
        "☎️",
        "⭐️",
        "한",
        "का",
        "a\u200bb",
        "●◐○✗–",
        "█▓▒░■",
    ],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text):
    assert display_width(text) == cell_len(text)
