"""What agencies filled in on a sheet: which marks it asks for, and what keeps them from being made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import samples

from de06cli.plan.parts import Progress
from de06cli.plan.records import Plan
from de06cli.tracking.filled import (
    FIELDS,
    Answer,
    Conflict,
    Request,
    Trouble,
    Unreadable,
    answer,
    fingerprint,
)
from de06cli.tracking.marking import Mark

DONE = Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH")
BLOCKED = Progress("blocked", date(2023, 12, 5), note="chờ kinh phí")
MODEL = samples.model(
    9,
    samples.step(1, "done 2023-11-20", by="CAH", evidence="45/BC-CAH"),
    samples.step(2, "blocked 2023-12-05", note="chờ kinh phí"),
    samples.step(3),
)
CELLS = {
    key: f"{column}12" for key, column in zip(("plan", "step", *FIELDS), "ABCDEFG", strict=True)
}


def request(step: str, known: Progress | None = None, **changed: Any) -> Request:
    """A row that was exported when the step's progress was ``known``."""
    text = {str(of.step): of.text for of in MODEL.steps}.get(step)
    sum_of = fingerprint(known, MODEL.title, text) if text else ""
    return Request("Các bước", CELLS, "HONQUAN", "9", step, changed, sum_of)


def asked(*requests: Request) -> Answer:
    return answer(requests, plan(), samples.TODAY)


def plan() -> Plan:
    return samples.plan(MODEL)


def after(*requests: Request) -> list[tuple[int, Progress | None]]:
    """The steps with the progress that is asked for; nothing may be in the way."""
    found = asked(*requests)
    assert (found.troubles, found.conflicts) == ([], [])
    return [(mark.step.step, mark.after) for mark in found.marks]


@pytest.mark.parametrize(
    ("step", "known", "changed", "progress"),
    [
        ("3", None, {"status": "doing"}, Progress("doing")),
        (
            "3",
            None,
            {"status": "done", "date": date(2024, 1, 11), "by": "công an huyện"},
            Progress("done", date(2024, 1, 11), "CAH"),
        ),
        (
            "3",
            None,
            {"status": "doing", "by": "CAH – Công an huyện Hớn Quản"},
            Progress("doing", by="CAH"),
        ),
        (
            "3",
            None,
            {"status": "skipped", "date": date(2024, 1, 2), "note": "thừa"},
            Progress("skipped", date(2024, 1, 2), note="thừa"),
        ),
        (
            "2",
            BLOCKED,
            {"status": "done", "evidence": "=1+1", "note": None},
            Progress("done", date(2023, 12, 5), evidence="=1+1"),
        ),
        ("2", BLOCKED, {"date": None}, Progress("blocked", note="chờ kinh phí")),
        ("1", DONE, {"by": None, "evidence": None}, Progress("done", date(2023, 11, 20))),
        ("1", DONE, dict.fromkeys(FIELDS) | {"status": "todo"}, None),
    ],
    ids=["start", "done", "as printed", "skip", "no longer blocked", "no date", "emptied", "reset"],
)
def test_a_row_says_the_whole_progress_of_its_step(step, known, changed, progress):
    assert after(request(step, known, **changed)) == [(int(step), progress)]


def test_a_row_that_asks_for_what_is_so_already_changes_nothing():
    assert (
        after(request("1", None, status="done", date=DONE.date, by="CAH", evidence="45/BC-CAH"))
        == []
    )
    assert after(request("2", BLOCKED, note="chờ kinh phí")) == []


def test_rows_stay_in_their_order_and_the_same_step_counts_once():
    twice = request("3", status="doing")
    first = request("2", BLOCKED, note="chờ vốn")

    assert after(twice, first, twice) == [
        (3, Progress("doing")),
        (2, Progress("blocked", date(2023, 12, 5), note="chờ vốn")),
    ]


@pytest.mark.parametrize(
    ("step", "known", "changed", "cell", "reason"),
    [
        ("9", None, {"status": "doing"}, "B12", "Mô hình 9 không có bước 9; các bước là 1, 2, 3."),
        (
            "",
            None,
            {"status": "doing"},
            "B12",
            "Thiếu bước hoặc kỳ của mô hình 9.",
        ),
        (
            "3",
            None,
            {"status": "done"},
            "D12",
            "Thiếu ngày: ghi ngày của văn bản hoặc của quyết định.",
        ),
        (
            "3",
            None,
            {"status": "blocked"},
            "G12",
            "Thiếu ghi chú: nội dung vướng mắc hoặc lý do không thực hiện.",
        ),
        (
            "2",
            BLOCKED,
            {"note": None},
            "G12",
            "Thiếu ghi chú: nội dung vướng mắc hoặc lý do không thực hiện.",
        ),
        (
            "3",
            None,
            {"evidence": "45/BC"},
            "C12",
            (
                "Có ngày, đơn vị, minh chứng hoặc ghi chú nhưng tình trạng là “Chưa thực hiện”: "
                "hãy chọn tình trạng khác, hoặc xóa các ô này."
            ),
        ),
        (
            "1",
            DONE,
            {"status": "todo"},
            "C12",
            (
                "Có ngày, đơn vị, minh chứng hoặc ghi chú nhưng tình trạng là “Chưa thực hiện”: "
                "hãy chọn tình trạng khác, hoặc xóa các ô này."
            ),
        ),
        (
            "3",
            None,
            {"status": "doing", "date": date(2024, 1, 12)},
            "D12",
            "Ngày 12/01/2024 sau hôm nay (11/01/2024); hãy ghi ngày đã thực hiện.",
        ),
        (
            "3",
            None,
            {"status": "doing", "by": "CAH – Phòng PC06, Công an tỉnh"},
            "E12",
            (
                "“CAH – Phòng PC06, Công an tỉnh” có thể là nhiều đơn vị, chưa rõ đơn vị nào: "
                "CAH (Công an huyện Hớn Quản), PC06 (Phòng PC06, Công an tỉnh)."
            ),
        ),
        (
            "3",
            None,
            {"status": "doing", "by": "công an"},
            "E12",
            (
                "Không có đơn vị nào mang mã hoặc tên “công an”. Gợi ý: "
                "CAH (Công an huyện Hớn Quản), PC06 (Phòng PC06, Công an tỉnh)."
            ),
        ),
        (
            "3",
            None,
            {"status": "doing", "note": "a\u202eb"},
            "G12",
            "Ô chứa ký tự không được phép (U+202E). Hãy nhập lại.",
        ),
        ("3", None, {"status": Unreadable("Không rõ.")}, "C12", "Không rõ."),
        ("3", None, {"status": "done", "date": Unreadable("Không rõ.")}, "D12", "Không rõ."),
    ],
    ids=str,
)
def test_what_can_not_be_meant_is_reported_with_its_cell(step, known, changed, cell, reason):
    assert asked(request(step, known, **changed)) == Answer(
        [], [Trouble("Các bước", cell, reason)], []
    )


def test_everything_wrong_is_reported_at_once():
    wrong = request("3", status="skipped", by="XYZ")
    found = asked(wrong, request("2", BLOCKED, note="chờ vốn"), request("7", status="doing"))

    assert [trouble.cell for trouble in found.troubles] == ["E12", "D12", "G12", "B12"]
    assert [mark.step.step for mark in found.marks] == [2]


def test_a_step_that_is_filled_in_twice_in_different_ways_is_refused():
    found = asked(request("3", status="doing"), request("3", status="blocked", note="chờ"))

    assert found.troubles == [
        Trouble("Các bước", "B12", "Bước này đã được điền khác ở Các bước!C12.")
    ]


@pytest.mark.parametrize("known", [None, DONE])
def test_a_step_that_others_reported_since_the_export_is_a_conflict(known):
    row = request("2", known, evidence="7/BC", note="chờ vốn")
    found = asked(row)

    assert found == Answer([], [], [Conflict(row, Mark(MODEL, MODEL.steps[1], None))])
    assert found.conflicts[0].cell == "F12"


def test_a_conflict_is_not_told_as_what_the_mixture_would_lack():
    assert asked(request("3", DONE, evidence="7/BC")).troubles == []


@pytest.mark.parametrize(
    "other",
    [
        None,
        Progress("done", date(2023, 11, 21), "CAH", "45/BC-CAH"),
        Progress("done", date(2023, 11, 20), "CAH", note="45/BC-CAH"),
        Progress("doing", date(2023, 11, 20), "CAH", "45/BC-CAH"),
    ],
)
def test_fingerprints_tell_progress_apart(other):
    assert fingerprint(other, "Lưu trú", "Tạo tài khoản") != fingerprint(
        DONE, "Lưu trú", "Tạo tài khoản"
    )


def test_a_fingerprint_knows_what_the_step_says_and_not_where_its_lines_break():
    known = fingerprint(DONE, "Lưu trú", "Tạo tài khoản")

    assert known == fingerprint(
        Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH"), "Lưu trú", "Tạo\n  tài khoản "
    )
    assert known != fingerprint(DONE, "Lưu trú", "Tạo tài khoản mới")
    assert known != fingerprint(DONE, "Lưu trú khác", "Tạo tài khoản")
    assert fingerprint(DONE, "a", "b c") != fingerprint(DONE, "a b", "c")
