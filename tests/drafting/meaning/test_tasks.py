"""Rows as tasks: groups, rows that a page cut, merged cells, totals and signatures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from de06cli.drafting.plan_draft import Draft, draft
from de06cli.drafting.reading import source_file

HEADS = "STT\tNhiệm vụ\tChủ trì\tThời hạn\n"


def drafted(folder: Path, text: str, name: str = "a.txt") -> Draft:
    (folder / name).write_text(text, "utf-8")
    made = draft(source_file.read(folder / name), "a", (), {})
    assert made is not None
    return made


def listed(made: Draft, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(model.get(key) for key in keys) for model in made.models]


def test_groups_within_groups_have_both_codes(tmp_path: Path) -> None:
    rows = "A\tCải cách\nI\tThể chế\n1\tmột\tX\t2025\nII\tBộ máy\n1\thai\tX\t2025\nB\tSố\n1\tba\tX\t2025\n"
    made = drafted(tmp_path, HEADS + rows)
    assert made.groups == [("A", "Cải cách"), ("A-I", "Thể chế"), ("A-II", "Bộ máy"), ("B", "Số")]
    assert listed(made, "model", "group") == [("1-A-I", "A-I"), ("1-A-II", "A-II"), ("1-B", "B")]


def test_a_number_with_parts_heads_a_group_that_the_next_number_ends(tmp_path: Path) -> None:
    rows = "1\tNhóm\t\t\n1.1\tmột\tX\t2025\n1.2\thai\tX\t2025\n2\tba\tX\t2025\n"
    made = drafted(tmp_path, HEADS + rows)
    assert made.groups == [("1", "Nhóm")]
    assert listed(made, "model", "stt", "group") == [
        ("1-1", "1.1", "1"), ("1-2", "1.2", "1"), (2, 2, None),
    ]  # fmt: skip


def test_letters_after_a_b_are_letters_and_not_roman_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{letter}\tPhần {letter}\t\t\n1\tviệc\tX\t2025\n" for letter in "ABCD")
    assert [group.code for group in drafted(tmp_path, HEADS + rows).groups] == ["A", "B", "C", "D"]


def test_a_row_that_a_page_cut_is_one_task(tmp_path: Path) -> None:
    begun = f"{HEADS}1\tRà soát quy trình\tVăn phòng HĐND\t15/5/2025\n"
    made = drafted(tmp_path, f"{begun}{HEADS}\tliên thông\tvà UBND xã\t\n2\thai\tX\t2025\n")
    assert listed(made, "title") == [("Rà soát quy trình liên thông",), ("hai",)]
    assert made.models[0]["source"]["lead"] == "Văn phòng HĐND và UBND xã"


def test_a_task_over_several_rows_has_a_step_a_row_and_a_question(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>STT<td>Nhiệm vụ<td>Các bước<td>Chủ trì<td>Thời hạn</tr>"
        "<tr><td rowspan=2>1<td rowspan=2>Camera<td>Khảo sát<td>Công an xã<td>31/3/2025</tr>"
        "<tr><td>Lắp đặt<td>UBND xã<td>30/4/2025</tr></table>"
    )
    made = drafted(tmp_path, page, "a.html")
    assert [step["text"] for step in made.models[0]["steps"]] == ["Khảo sát", "Lắp đặt"]
    assert made.models[0]["source"]["deadline"] == "31/3/2025\n30/4/2025"
    assert any("gộp nhiều hàng" in question for question in made.questions[0])
    assert any("nhiều mốc" in question for question in made.questions[0])


def test_tasks_under_one_merged_number_are_tasks_with_a_question(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>STT<td>Nhiệm vụ<td>Chủ trì<td>Thời hạn</tr>"
        "<tr><td rowspan=2>1<td>Một<td rowspan=2>Công an xã<td>2025</tr>"
        "<tr><td>Hai<td>2026</tr></table>"
    )
    made = drafted(tmp_path, page, "a.html")
    assert listed(made, "model", "title", "lead") == [(1, "Một", ["CAX"]), ("1-1", "Hai", ["CAX"])]
    assert made.questions[1]


def test_a_cell_over_two_columns_is_said_once_and_asked_about(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>STT<td>Nhiệm vụ<td>Chủ trì<td>Phối hợp<td>Thời hạn</tr>"
        "<tr><td>1<td>Một<td colspan=2>Các sở, ngành<td>2025</tr></table>"
    )
    made = drafted(tmp_path, page, "a.html")
    assert listed(made, "support") == [(None,)]
    assert any("gộp nhiều cột" in question for question in made.questions[0])


def test_totals_and_signatures_are_no_tasks_and_not_lost(tmp_path: Path) -> None:
    rows = "1\tmột\tX\t2025\n\tTổng cộng: 1 nhiệm vụ\t\t\n\tNơi nhận: như trên\t\t\n"
    made = drafted(tmp_path, HEADS + rows)
    assert len(made.models) == 1
    assert any("Tổng cộng: 1 nhiệm vụ" in question for question in made.questions[0])
    assert "Nơi nhận: như trên" in made.outside


def test_tables_without_numbers_are_numbered_in_their_order(tmp_path: Path) -> None:
    made = drafted(tmp_path, "Nhiệm vụ\tChủ trì\tThời hạn\nmột\tX\t2025\nhai\tX\t2025\n")
    assert listed(made, "model", "stt") == [(1, None), (2, None)]


def test_the_heading_with_most_columns_is_the_heading(tmp_path: Path) -> None:
    text = "PHỤ LỤC\tDANH MỤC\tTHỜI GIAN\t\n(1)\t(2)\t(3)\t(4)\n"
    made = drafted(tmp_path, text + HEADS + "(1)\t(2)\t(3)\t(4)\n1\tmột\tX\t2025\n")
    assert listed(made, "title", "lead") == [("một", ["X"])]


def test_of_two_columns_of_times_the_deadlines_is_taken_and_the_other_kept(tmp_path: Path) -> None:
    heads = "STT\tNhiệm vụ\tThời gian trình\tChủ trì\tThời hạn hoàn thành\n"
    made = drafted(tmp_path, f"{heads}1\tmột\tTháng 3/2025\tX\tTháng 6/2025\n")
    assert str(made.models[0]["deadline"]) == "2025-06"
    assert made.models[0]["extra"] == {"Thời gian trình": "Tháng 3/2025"}
