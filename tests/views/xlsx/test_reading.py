"""Reading back a workbook that agencies filled in: what changed in its rows, and what is no such file."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import filling
import pytest
import samples
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from de06cli import messages
from de06cli.errors import De06Error, RefusedValue, UnreadableData
from de06cli.plan import portfolio
from de06cli.tracking.filled import Unreadable, fingerprint
from de06cli.tracking.states import as_of
from de06cli.views.xlsx import reading, workbook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The exported workbook of a model with three steps, in rows 8 to 10."""
    path = tmp_path / "plan.xlsx"
    export(path)
    return path


def export(path: Path) -> None:
    view = as_of(portfolio.single(samples.plan(samples.LODGING)), (samples.TODAY,))
    workbook.write(view, view.tasks(), path)


def changed(path: Path) -> dict[str, dict[str, Any]]:
    """What the requests change, by step."""
    return {request.step: dict(request.changed) for request in reading.read(path)}


def test_a_file_that_nobody_changed_asks_for_nothing(path):
    assert reading.read(path) == []


def test_a_changed_row_is_a_request_with_its_places(path):
    filling.fill(path, {(9, 2): {"status": "Hoàn thành", "date": date(2024, 1, 5), "note": None}})
    (request,) = reading.read(path)

    assert request.changed == {"status": "done", "date": date(2024, 1, 5), "note": None}
    assert (request.sheet, request.plan, request.model, request.step) == (
        "Các bước",
        "HONQUAN",
        "9",
        "2",
    )
    assert request.cells == {
        "plan": "O9", "model": "A9", "step": "D9", "status": "J9", "date": "K9", "by": "L9",
        "evidence": "M9", "note": "N9",
    }  # fmt: skip
    assert request.known == fingerprint(samples.LODGING.steps[1].progress)


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("status", "Đang thực hiện", "doing"),
        ("status", "dang thuc hien", "doing"),
        ("status", " VƯỚNG MẮC ", "blocked"),
        ("status", "Done", "done"),
        ("status", "skipped", "skipped"),
        (
            "status",
            "xong",
            Unreadable(
                "Không hiểu tình trạng “xong”. Hãy chọn: Chưa thực hiện, Đang thực hiện, "
                "Hoàn thành, Vướng mắc, Không thực hiện."
            ),
        ),
        ("date", date(2024, 1, 5), date(2024, 1, 5)),
        ("date", datetime.combine(date(2024, 1, 5), time(13, 30)), date(2024, 1, 5)),
        ("date", "5/1/2024", date(2024, 1, 5)),
        ("date", "2024-01-05", date(2024, 1, 5)),
        ("date", 45296, date(2024, 1, 5)),
        ("date", "30/2/2024", Unreadable("Không có ngày 30/2/2024.")),
        (
            "date",
            "hôm nay",
            Unreadable(
                "“hôm nay” không phải là một ngày. Viết như 2023-10-30, 30/10/2023 hoặc hôm nay."
            ),
        ),
        (
            "date",
            5,
            Unreadable("Ngày 05/01/1900 trước năm 2000; hãy gõ đủ ngày, tháng, năm."),
        ),
        ("date", 10**12, Unreadable("Ô này báo lỗi #VALUE!.")),
        (
            "date",
            time(8),
            Unreadable(
                "“08:00:00” không phải là một ngày. Viết như 2023-10-30, 30/10/2023 hoặc hôm nay."
            ),
        ),
        ("by", "CAH", "CAH"),
        ("evidence", " 45/BC ", "45/BC"),
        ("evidence", 45, "45"),
        ("evidence", 45.0, "45"),
        ("evidence", 4.5, "4.5"),
        ("evidence", date(2024, 5, 12), "12/05/2024"),
        ("note", "dòng 1\ndòng 2", "dòng 1\ndòng 2"),
        ("note", "dòng 1_x000D_\ndòng 2", "dòng 1\ndòng 2"),
        ("note", "=1+1", Unreadable("Ô này là một công thức; hãy gõ thẳng giá trị.")),
        ("note", "#N/A", Unreadable("Ô này báo lỗi #N/A.")),
    ],
    ids=str,
)
def test_a_cell_says_what_a_person_means_by_it(path, field, value, read):
    filling.fill(path, {(9, 3): {field: value}})

    assert changed(path) == {"3": {field: read}}


@pytest.mark.parametrize("value", ["", "  ", None, "Chưa thực hiện", "chua thuc hien", "todo"])
def test_an_untouched_status_may_be_written_in_many_ways(path, value):
    filling.fill(path, {(9, 3): {"status": value, "note": " "}})

    assert reading.read(path) == []


def test_a_day_without_a_days_format_is_a_day(path):
    book = load_workbook(path)
    for row in range(8, 11):
        book[filling.STEPS].cell(row, 11).number_format = "General"
    book.save(path)
    filling.fill(path, {(9, 1): {"date": 45296}, (9, 2): {"date": 10**12}, (9, 3): {"date": -1}})

    assert changed(path) == {
        "1": {"date": date(2024, 1, 5)},
        "2": {"date": Unreadable("Không có ngày 1000000000000.")},
        "3": {"date": Unreadable("Ngày 29/12/1899 trước năm 2000; hãy gõ đủ ngày, tháng, năm.")},
    }


def test_days_may_count_from_1904(path):
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    filling.fill(path, {(9, 3): {"date": date(2024, 1, 5)}})

    assert changed(path) == {"3": {"date": date(2024, 1, 5)}}


def test_a_file_in_english_is_read_in_vietnamese_and_the_other_way_round(tmp_path):
    path = tmp_path / "plan.xlsx"
    messages.use("en")
    export(path)
    filling.fill(path, {(9, 3): {"status": "Doing"}}, "Steps")
    assert changed(path) == {"3": {"status": "doing"}}
    messages.use("vi")
    assert changed(path) == {"3": {"status": "doing"}}


def test_rows_may_be_sorted_and_columns_moved(path):
    book = load_workbook(path)
    sheet = book[filling.STEPS]
    sheet.move_range("A8:U8", rows=5)
    sheet.insert_cols(3)
    sheet.title = "Gửi lại"
    book.save(path)
    filling.fill(path, {(9, 1): {"evidence": "46/BC"}}, "Gửi lại")
    (request,) = reading.read(path)

    assert (request.sheet, request.step, request.cells["evidence"]) == ("Gửi lại", "1", "N13")


def test_rows_below_the_table_and_filled_in_twice_are_requests_too(path):
    book = load_workbook(path)
    sheet = book[filling.STEPS]
    sheet["A12"], sheet["D12"], sheet["J12"] = 9, 8, "Hoàn thành"
    sheet["N14"] = "ghi thêm"
    book.copy_worksheet(sheet)
    book.save(path)

    assert [(request.sheet, request.step) for request in reading.read(path)] == [
        ("Các bước", "8"),
        ("Các bước", ""),
        ("Các bước Copy", "8"),
        ("Các bước Copy", ""),
    ]


def test_a_file_saved_by_libreoffice_asks_for_the_same(path):
    filling.fill(
        path,
        {
            (9, 2): {"status": "Hoàn thành", "date": date(2024, 1, 5), "note": None},
            (9, 3): {"status": "Vướng mắc", "date": "6/1/2024", "note": "+1 dòng 1\ndòng 2"},
        },
    )
    saved = filling.saved_by_libreoffice(path)

    assert reading.read(saved) == reading.read(path)


# What is no such file -------------------------------------------------------------------------------


def refusal(path: Path) -> tuple[type[De06Error], str]:
    with pytest.raises(De06Error) as refused:
        reading.read(path)
    return refused.type, str(refused.value).replace(str(path), "FILE")


NO_WORKBOOK = "Không đọc được FILE: không phải là một tệp xlsx; hãy lưu lại ở dạng .xlsx."


def test_what_is_not_there_or_no_workbook_is_told(tmp_path):
    assert refusal(tmp_path / "x.xlsx") == (UnreadableData, "Không có tệp FILE.")
    assert refusal(tmp_path) == (UnreadableData, "Không đọc được FILE: Is a directory.")
    text = tmp_path / "text.xlsx"
    text.write_text("STT;NHIỆM VỤ\n", "utf-8")
    assert refusal(text) == (UnreadableData, NO_WORKBOOK)
    archive = tmp_path / "archive.xlsx"
    with ZipFile(archive, "w") as file:
        file.writestr("a.txt", "a")
    assert refusal(archive) == (UnreadableData, NO_WORKBOOK)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/worksheets/sheet2.xml"]
)
@pytest.mark.parametrize("data", [b"", b"<a", b"\xff\xfe\x00"])
def test_a_damaged_workbook_is_told(path, part, data):
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, kept in parts.items():
            archive.writestr(name, data if name == part else kept)

    assert refusal(path)[1].startswith(("Không đọc được FILE: ", "FILE không có trang các bước"))


def test_an_archive_that_would_unpack_to_too_much_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("a", "w") as member:
        for _part in range(257):
            member.write(bytes(1 << 20))

    assert refusal(path) == (UnreadableData, "Không đọc được FILE: tệp quá lớn.")


def test_another_workbook_and_one_without_its_hidden_columns_are_refused(path, tmp_path):
    other = tmp_path / "other.xlsx"
    Workbook().save(other)
    book = load_workbook(path)
    book[filling.STEPS].delete_cols(21)
    book.save(path)
    told = (
        "FILE không có trang các bước do de06 export ghi ra, hoặc đã mất các cột ẩn. "
        "Hãy xuất lại rồi điền vào tệp mới."
    )

    assert refusal(other) == (RefusedValue, told)
    assert refusal(path) == (RefusedValue, told)


def test_entities_are_not_expanded(path):
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"]
    assert b"45/BC-CAH" in sheet
    parts["xl/worksheets/sheet2.xml"] = bomb + b"]>" + sheet.replace(b"45/BC-CAH", b"&j;")
    with ZipFile(path, "w") as archive:
        for name, kept in parts.items():
            archive.writestr(name, kept)

    assert refusal(path)[0] is UnreadableData
