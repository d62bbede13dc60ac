"""Tables: which cells a record has, and the tone of each."""

from __future__ import annotations

import pytest
from samples import SHOWN, model, plan, several, step, task, tasks, view

from de06cli.tracking.assignments import entries
from de06cli.tracking.figures.statistics import figures, figures_by
from de06cli.tracking.terms import By
from de06cli.views.contents import tables

SEEN = view(plan(*SHOWN))
LISTED = SEEN.tasks()
LATE, SOON, DONE, QUIET = tables.LATE, tables.SOON, tables.DONE, tables.QUIET


def texts(table: tables.Table) -> list[list[str]]:
    """The titles, the cells of each row, and the total where there is one."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [
        [column.title for column in table.columns],
        *([cell.text for cell in row] for row in rows),
    ]


def tones(table: tables.Table) -> list[list[str]]:
    return [[cell.tone for cell in row] for row in table.rows]


def test_the_register_has_a_row_a_model():
    assert texts(tables.tasks(LISTED)) == [
        ["Mô hình", "STT", "Nhiệm vụ", "Thời hạn", "Chủ trì", "Tiến độ", "Tình trạng"],
        [
            "9", "4", "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
            "30/12/2023", "CAH, PVHTT", "●✗○ 1/3", "Chưa hoàn thành – quá hạn 12 ngày",
        ],
        [
            "40", "23", "Phân tích tình hình du lịch",
            "30/10/2023", "PVHTT", "○ 0/1", "Chưa hoàn thành – quá hạn 73 ngày",
        ],
        [
            "6", "2", "Khám chữa bệnh bằng thẻ CCCD",
            "15/01/2024", "C06", "○ 0/1", "Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)",
        ],
        ["8", "3", "Công chứng, chứng thực", "30/12/2023", "PC06", "● 1/1", "Hoàn thành đúng hạn"],
        ["23", "", "LED", "30/12/2023", "CAH", "●– 2/2", "Hoàn thành quá hạn 5 ngày"],
        ["25", "", "Rà soát dân cư", "", "CSLT", "○ 0/1", "Thường xuyên"],
    ]  # fmt: skip


def test_the_register_shows_what_is_late_soon_and_done():
    assert tones(tables.tasks(LISTED)) == [
        ["", QUIET, "", LATE, "", "", LATE],
        ["", QUIET, "", LATE, "", "", LATE],
        ["", QUIET, "", SOON, "", "", SOON],
        ["", QUIET, "", DONE, "", DONE, DONE],
        ["", QUIET, "", DONE, "", DONE, DONE],
        ["", QUIET, "", DONE, "", "", DONE],
    ]


def test_what_is_neither_late_nor_soon_has_no_tone():
    assert tables.tone(task(model(9, step(1, "doing"), deadline="2024-02-01"))) == ""


def test_the_two_by_two_table_adds_up():
    table = tables.two_by_two(figures(LISTED))

    assert texts(table) == [
        ["", "Trong hạn", "Quá hạn", "Tổng số"],
        ["Hoàn thành", "1", "1", "2"],
        ["Chưa hoàn thành", "1", "2", "3"],
        ["Thường xuyên", "", "", "1"],
        ["Tổng số", "", "", "6"],
        ["Tỷ lệ hoàn thành trên số đến hạn", "", "", "50,0% (2/4)"],
        ["Tỷ lệ hoàn thành trên số được giao", "", "", "40,0% (2/5)"],
    ]
    assert tones(table)[:2] == [["", "", DONE, ""], ["", "", LATE, ""]]


def test_the_two_by_two_table_of_nothing_has_no_rates():
    table = tables.two_by_two(figures([]))

    assert [row[-1] for row in texts(table)] == ["Tổng số", "0", "0", "0", "0", "–", "–"]
    assert tones(table)[:2] == [["", "", "", ""], ["", "", "", ""]]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (
            By.PLAN,
            [
                ["Kế hoạch"],
                ["HONQUAN – Kế hoạch",
                 "6", "1", "1", "1", "2", "1", "50,0% (2/4)", "40,0% (2/5)"],
            ],
        ),
        (
            By.AGENCY,
            [
                ["Đơn vị"],
                ["C06 – Cục C06", "1", "0", "0", "1", "0", "0", "–", "0,0% (0/1)"],
                ["PC06 – Phòng PC06, Công an tỉnh",
                 "1", "1", "0", "0", "0", "0", "100,0% (1/1)", "100,0% (1/1)"],
                ["CAH – Công an huyện Hớn Quản",
                 "2", "0", "1", "0", "1", "0", "50,0% (1/2)", "50,0% (1/2)"],
                ["PVHTT – Phòng Văn hóa và Thông tin",
                 "2", "0", "0", "0", "2", "0", "0,0% (0/2)", "0,0% (0/2)"],
                ["CSLT – Các cơ sở lưu trú", "1", "0", "0", "0", "0", "1", "–", "–"],
            ],
        ),
        (
            By.LEVEL,
            [
                ["Cấp"],
                ["Trung ương", "1", "0", "0", "1", "0", "0", "–", "0,0% (0/1)"],
                ["Tỉnh", "1", "1", "0", "0", "0", "0", "100,0% (1/1)", "100,0% (1/1)"],
                ["Huyện", "3", "0", "1", "0", "2", "0", "33,3% (1/3)", "33,3% (1/3)"],
                ["(không ghi)", "1", "0", "0", "0", "0", "1", "–", "–"],
            ],
        ),
        (
            By.MONTH,
            [
                ["Tháng đến hạn"],
                ["10/2023", "1", "0", "0", "0", "1", "0", "0,0% (0/1)", "0,0% (0/1)"],
                ["12/2023", "3", "1", "1", "0", "1", "0", "66,7% (2/3)", "66,7% (2/3)"],
                ["01/2024", "1", "0", "0", "1", "0", "0", "–", "0,0% (0/1)"],
                ["(không thời hạn)", "1", "0", "0", "0", "0", "1", "–", "–"],
            ],
        ),
    ],
)  # fmt: skip
def test_the_table_laid_flat_has_a_total_that_counts_a_task_once(by, rows):
    by_key = figures_by(LISTED, by, SEEN.portfolio)

    table = tables.statistics(by_key, figures(LISTED), by, SEEN.portfolio)

    rows[0] += [
        "Tổng số", "HT đúng hạn", "HT quá hạn", "Chưa HT trong hạn", "Chưa HT quá hạn",
        "Thường xuyên", "Tỷ lệ HT trên số đến hạn", "Tỷ lệ HT trên số được giao",
    ]  # fmt: skip
    total = ["Tổng số", "6", "1", "1", "1", "2", "1", "50,0% (2/4)", "40,0% (2/5)"]
    assert texts(table) == [*rows, total]


def test_only_what_is_open_and_late_has_a_tone_among_the_figures():
    rows = figures_by(LISTED, By.LEVEL, SEEN.portfolio)

    table = tables.statistics(rows, figures(LISTED), By.LEVEL, SEEN.portfolio)

    plain = ["", "", "", "", "", "", "", "", ""]
    assert tones(table) == [plain, plain, ["", "", "", "", "", LATE, "", "", ""], plain]


def test_the_register_of_agencies_has_the_numbers_of_their_models():
    assert texts(tables.agencies(entries(SEEN, ""))) == [
        ["Mã", "Tên", "Cấp", "Chủ trì", "Phối hợp", "Lực lượng triển khai"],
        ["C06", "Cục C06", "Trung ương", "6", "", ""],
        ["PC06", "Phòng PC06, Công an tỉnh", "Tỉnh", "8", "9", ""],
        ["CAH", "Công an huyện Hớn Quản", "Huyện", "9, 23", "", "9"],
        ["PVHTT", "Phòng Văn hóa và Thông tin", "Huyện", "9, 40", "", ""],
        ["CSLT", "Các cơ sở lưu trú", "", "25", "", "9"],
    ]


def test_several_plans_have_a_column_for_the_plan():
    seen = several(HONQUAN=[model(9)], LOCNINH=[model(9, lead=("PC06",)), model(8)])

    assert [row[:3] for row in texts(tables.tasks(seen.tasks()))] == [
        ["Kế hoạch", "Mô hình", "STT"],
        ["HONQUAN", "9", ""],
        ["LOCNINH", "9", ""],
        ["LOCNINH", "8", ""],
    ]
    assert [[*row[:2], row[4]] for row in texts(tables.agencies(entries(seen, "huyen")))] == [
        ["Kế hoạch", "Mã", "Chủ trì"],
        ["HONQUAN", "CAH", "9"],
        ["LOCNINH", "CAH", "8"],
    ]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.PLAN, ["HONQUAN – Kế hoạch", "LOCNINH – Kế hoạch"]),
        (
            By.AGENCY,
            [
                "HONQUAN:CAH – Công an huyện Hớn Quản",
                "LOCNINH:PC06 – Phòng PC06, Công an tỉnh",
                "LOCNINH:CAH – Công an huyện Hớn Quản",
            ],
        ),
        (By.LEVEL, ["Tỉnh", "Huyện"]),
    ],
)
def test_the_rows_of_several_plans_tell_the_plan(by, names):
    seen = several(HONQUAN=[model(9)], LOCNINH=[model(9, lead=("PC06",)), model(8)])
    rows = figures_by(seen.tasks(), by, seen.portfolio)

    table = tables.statistics(rows, figures(seen.tasks()), by, seen.portfolio)

    assert [row[0].text for row in table.rows] == names


def test_a_title_stands_on_one_line():
    table = tables.tasks(tasks(model(9, title="Nhà trọ;\n  Nhà nghỉ")))

    assert table.rows[0][2].text == "Nhà trọ; Nhà nghỉ"


def test_a_table_of_nothing_still_has_its_columns():
    assert texts(tables.tasks([]))[0][0] == "Mô hình"
    assert tables.tasks([]).rows == ()
