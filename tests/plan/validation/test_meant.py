"""What somebody meant who typed what the file does not take: advice that is true, or none."""

from __future__ import annotations

import typing

import pytest

from de06cli.plan.declaring import Level, Status
from de06cli.plan.validation import meant

LEVELS = typing.get_args(Level)
STATUSES = typing.get_args(Status)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        *((text, "2025-06-30") for text in ("2025-Q2", "quý 2/2025", "Quý II năm 2025", "Q2/2025")),
        *((text, "2025-06-30") for text in ("6/2025", "tháng 6/2025", "2025-06", "2025-H1")),
        *((text, "2025-12-31") for text in ("2025", "năm 2025", "hết năm 2025")),
        ("6 tháng đầu năm 2025", "2025-06-30"),
        ("trong tháng 2/2024", "2024-02-29"),
        ("2025-W05", "2025-02-02"),
        ("tuần 5/2025", "2025-02-02"),
        ("quý 2", "YYYY-06-30"),
    ],
)
def test_a_period_ends_on_its_last_day(written: str, last: str) -> None:
    assert meant.last_day(written) == last
    assert meant.how_to_write(written, "deadline") == (
        f"Ở đây cần một ngày; ngày cuối của kỳ này là {last}."
    )


@pytest.mark.parametrize(
    "written", ["quý 5", "tháng 13/2025", "2025-W60", "0000", "cuối năm", "x" * 640_000]
)
def test_what_is_no_period_ends_on_no_day(written: str) -> None:
    assert meant.how_to_write(written, "deadline") == "Viết theo dạng 2023-12-30."


def test_of_two_days_none_is_chosen() -> None:
    assert meant.day("từ 1/1/2023 đến 30/12/2023") is None


def test_work_that_is_kept_up_has_a_key_of_its_own() -> None:
    assert "ongoing" in meant.how_to_write("thường xuyên", "deadline")
    assert "ongoing" not in meant.how_to_write("thường xuyên", "date")


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("trung ương", "central"), ("tỉnh", "province"), ("Huyện", "district"),
        ("xã", "commune"), ("phường", "commune"), ("thị trấn", "commune"),
        ("cấp xã", "commune"), ("doanh nghiệp", "enterprise"), ("nhóm", "group"),
        ("communе", "commune"), ("distric", "district"), ("xyz", None),
    ],
)  # fmt: skip
def test_a_level_is_understood_in_vietnamese(typed: str, level: str | None) -> None:
    assert meant.word(typed, LEVELS) == level


@pytest.mark.parametrize(
    ("typed", "status"),
    [("hoàn thành", "done"), ("Done", "done"), ("đang làm", "doing"), ("vướng", "blocked")],
)
def test_a_status_is_understood_in_vietnamese(typed: str, status: str) -> None:
    assert meant.word(typed, STATUSES) == status
