"""Deadlines in all their forms: what is read, and what is asked about instead of guessed."""

from __future__ import annotations

import pytest

from de06cli.drafting.meaning.deadlines import Deadline, read

CERTAIN = {
    "30/10/2023": "2023-10-30",
    "30/12/2023.": "2023-12-30",
    "5/2/2025": "2025-02-05",
    "30-6-2025": "2025-06-30",
    "30.6.2025": "2025-06-30",
    "2025-06-30": "2025-06-30",
    "Ngày 30 tháng 6 năm 2025": "2025-06-30",
    "Trước ngày 30/6/2025": "2025-06-30",
    "Chậm nhất ngày 15/12/2025": "2025-12-15",
    "Hoàn thành trước 31/12/2025": "2025-12-31",
    "Tháng 6/2025": "2025-06",
    "Tháng 06 năm 2025": "2025-06",
    "T6/2025": "2025-06",
    "6/2025": "2025-06",
    "Trong tháng 12/2025": "2025-12",
    "Quý II/2025": "2025-Q2",
    "quý 2 năm 2025": "2025-Q2",
    "Quý IV-2025": "2025-Q4",
    "Năm 2025": "2025",
    "2025": "2025",
    "Trong năm 2025": "2025",
    "Đến năm 2030": "2030",
    "6 tháng đầu năm 2025": "2025-H1",
    "06 tháng cuối năm 2025": "2025-H2",
}
RANGES = {
    "2025-2026": ("2025", "2026"),
    "2025 – 2030": ("2025", "2030"),
    "Giai đoạn 2025 - 2030": ("2025", "2030"),
    "Từ tháng 3 đến tháng 6/2025": ("2025-03", "2025-06"),
    "Từ tháng 3/2025 đến tháng 6/2026": ("2025-03", "2026-06"),
    "Tháng 3 - 6/2025": ("2025-03", "2025-06"),
    "Quý I - Quý III/2025": ("2025-Q1", "2025-Q3"),
    "Quý III, IV/2025": ("2025-Q3", "2025-Q4"),
    "Từ 01/3/2025 đến 30/6/2025": ("2025-03-01", "2025-06-30"),
    "01/2025 - 12/2025": ("2025-01", "2025-12"),
    "Quý I/2025 - Quý II/2026": ("2025-Q1", "2026-Q2"),
    "01/6 - 30/6/2025": ("2025-06-01", "2025-06-30"),
    "Năm 2025 - 2026": ("2025", "2026"),
    "Tháng 6, 7/2025": ("2025-06", "2025-07"),
    "Từ năm 2025 đến năm 2030": ("2025", "2030"),
}


@pytest.mark.parametrize(("printed", "deadline"), CERTAIN.items())
def test_a_plain_deadline_is_read_without_a_question(printed: str, deadline: str) -> None:
    found = read(printed, None)
    assert (str(found.deadline), found.start, found.ongoing, found.doubts) == (
        deadline, None, None, (),
    )  # fmt: skip


@pytest.mark.parametrize(("printed", "range_"), RANGES.items())
def test_a_range_begins_and_ends(printed: str, range_: tuple[str, str]) -> None:
    found = read(printed, None)
    assert (str(found.start), str(found.deadline), found.doubts) == (*range_, ())


@pytest.mark.parametrize("printed", ["Thường xuyên", "thường xuyên.", "Thực hiện thường xuyên"])
def test_what_goes_on_has_no_deadline(printed: str) -> None:
    assert read(printed, 2025) == Deadline(ongoing="thường xuyên")


def test_what_is_reached_and_then_kept_up_has_both() -> None:
    for printed in (
        "Triển khai trước 30/12/2023 và duy trì thường xuyên",
        "trước 30/12/2023 và duy trì thường xuyên",
    ):
        found = read(printed, None)
        assert (str(found.deadline), found.ongoing, found.doubts) == (
            "2023-12-30", "thường xuyên", (),
        )  # fmt: skip


def test_what_hangs_on_something_else_is_kept_in_its_words() -> None:
    assert read("Theo tiến độ của Bộ Công an", 2025) == Deadline(
        undated="Theo tiến độ của Bộ Công an"
    )


@pytest.mark.parametrize("printed", ["Tháng 6", "Quý II", "trước 30/6", "6 tháng đầu năm"])
def test_a_year_that_is_not_printed_is_the_plans_and_asked_about(printed: str) -> None:
    found = read(printed, 2025)
    assert found.deadline
    assert found.deadline.last.year == 2025
    assert "không ghi năm" in found.doubts[0]
    without = read(printed, None)
    assert (without.deadline, without.undated) == (None, printed)
    assert without.doubts


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "-",
        "30/02/2025",
        "Kỳ họp giữa năm 2025",
        "Năm 2025 và các năm tiếp theo",
        "30/6/2025 và 30/12/2025",
        "Trước tháng 6/2025",
        "Trong vòng 30 ngày kể từ ngày ban hành",
        "Sau khi có hướng dẫn của Bộ Công an",
        "Năm học 2025-2026",
        "Quý II/2025 (theo Kế hoạch số 12)",
        "cuối năm 2025",
        "30/12/23",
        "Theo Kế hoạch ngày 12/3/2025",
        "Thường xuyên, báo cáo trước 15/12/2025",
        "Hằng năm",
        "Hàng tháng, trước ngày 25",
        "12 lần",
        "Từ năm 2025",
        "Từ tháng 6/2025",
        "Bắt đầu từ quý II/2025",
        "Tháng 6 và tháng 12/2025",
        "Quý I, III/2025",
        "Tháng 3, 6, 9, 12/2025",
        "31/12 hằng năm",
        "Đã hoàn thành",
        "Tuần 2 tháng 6/2025",
        "2025, 2026",
        "2025 trở đi",
        "Sau ngày 30/6/2025",
        "Đầu năm 2025",
        "Thường xuyên trong năm 2025",
        "Trước và sau 30/6/2025",
        "45 ngày",
        "Ngày 31/6/2025",
        "12/13/2025",
        "khi cần",
    ],
)
def test_what_may_mean_more_is_asked_about(printed: str) -> None:
    found = read(printed, None)
    assert found.doubts
    assert found.deadline or found.undated or found.ongoing


def test_a_duty_recurs_from_the_day_of_the_plan_and_is_asked_about() -> None:
    found = read("Hằng tháng", 2025, recurs_from=True)
    assert (found.every, found.deadline, found.undated) == ("month", None, None)
    assert found.doubts
    assert read("Hằng tháng", 2025).undated == "Hằng tháng"
