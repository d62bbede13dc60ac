"""Reading back a workbook that agencies filled in: what changed in its rows, and what is no such file."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import filling
import pytest
import samples
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from de06cli import messages
from de06cli.drafting.reading import workbook as source
from de06cli.errors import De06Error, RefusedValue, UnreadableData
from de06cli.plan import portfolio
from de06cli.tracking.filled import Filled, Unreadable, fingerprint
from de06cli.tracking.states import as_of
from de06cli.views.office.xlsx import package, reading, workbook


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
    return {request.step: dict(request.changed) for request in reading.read(path).requests}


def test_a_file_that_nobody_changed_asks_for_nothing(path):
    assert reading.read(path) == Filled([], [])


@pytest.mark.parametrize("read", [reading.read, source.read], ids=["import", "draft"])
def test_a_file_that_was_read_is_let_go_of(path, read, monkeypatch):
    archives = []

    def opened(path: Path) -> ZipFile:
        archives.append(ZipFile(path))
        return archives[-1]

    monkeypatch.setattr(package, "ZipFile", opened)
    read(path)

    assert [archive.fp for archive in archives] == [None]  # closed, so that Windows can replace it


def test_a_changed_row_is_a_request_with_its_places(path):
    filling.fill(path, {(9, 2): {"status": "Hoàn thành", "date": date(2024, 1, 5), "note": None}})
    (request,) = reading.read(path).requests

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
    assert request.known == fingerprint(
        samples.LODGING.steps[1].progress, samples.LODGING.title, samples.LODGING.steps[1].text
    )


def turned(kind: str, shown: str) -> Unreadable:
    return Unreadable(
        f"Chữ đã gõ đã thành {kind} ({shown}); hãy định dạng ô là Văn bản (Text) rồi gõ lại."
    )


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
                "“hôm nay” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay."
            ),
        ),
        (
            "date",
            5,
            Unreadable("Ngày 05/01/1900 trước năm 2000; hãy gõ đủ ngày, tháng, năm."),
        ),
        ("date", 10**12, Unreadable("Không có ngày 1000000000000.")),
        ("date", True, Unreadable("Ô này là giá trị đúng/sai (TRUE), không phải là ngày.")),
        *(
            (
                "date",
                typed,
                Unreadable(
                    f"“{typed}” không phải là một ngày; nếu là ngày 20/11/2023, hãy gõ 20/11/2023."
                ),
            )
            for typed in (
                "20.11.2023",
                "2023/11/20",
                "20/11/23",
                "ngày 20/11/2023",
                "20231120",
                "45250",
            )
        ),
        (
            "date",
            20231120,
            Unreadable(
                "“20231120” không phải là một ngày; nếu là ngày 20/11/2023, hãy gõ 20/11/2023."
            ),
        ),
        (
            "date",
            time(8),
            Unreadable("Ô này là giờ (08:00), không phải là ngày; hãy gõ đủ ngày, tháng, năm."),
        ),
        ("by", "CAH", "CAH"),
        ("evidence", " 45/BC ", "45/BC"),
        ("evidence", 45, "45"),
        ("evidence", 45.0, "45"),
        *(
            (field, value, turned(kind, shown))
            for field in ("evidence", "note")
            for value, kind, shown in (
                (4.5, "một số", "4.5"),
                (date(2024, 5, 12), "một ngày", "12/05/2024"),
                (datetime.combine(date(2024, 5, 12), time(8, 30)), "một ngày", "12/05/2024"),
                (time(4, 5), "giờ", "04:05"),
                (12345678901234567, "một số đã làm tròn", "12345678901234570"),
                (-5, "một số", "-5"),
                (True, "giá trị đúng/sai", "TRUE"),
            )
        ),
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

    assert reading.read(path) == Filled([], [])


def test_a_number_without_a_days_format_is_no_day_but_one_is_proposed(path):
    book = load_workbook(path)
    for row in range(8, 11):
        book[filling.STEPS].cell(row, 11).number_format = "General"
    book.save(path)
    filling.fill(path, {(9, 1): {"date": 45250}, (9, 2): {"date": 10**12}, (9, 3): {"date": -1}})

    assert changed(path) == {
        "1": {
            "date": Unreadable(
                "“45250” không phải là một ngày; nếu là ngày 20/11/2023, hãy gõ 20/11/2023."
            )
        },
        "2": {"date": Unreadable("1000000000000 là một số, không phải là ngày.")},
        "3": {"date": Unreadable("-1 là một số, không phải là ngày.")},
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
    sheet.move_range("A8:V8", rows=5)
    sheet.insert_cols(3)
    sheet.title = "Gửi lại"
    book.save(path)
    filling.fill(path, {(9, 1): {"evidence": "46/BC"}}, "Gửi lại")
    (request,) = reading.read(path).requests

    assert (request.sheet, request.step, request.cells["evidence"]) == ("Gửi lại", "1", "N13")


def test_rows_below_the_table_and_filled_in_twice_are_requests_too(path):
    book = load_workbook(path)
    sheet = book[filling.STEPS]
    sheet["A12"], sheet["D12"], sheet["J12"] = 9, 8, "Hoàn thành"
    sheet["N14"] = "ghi thêm"
    book.copy_worksheet(sheet)
    book.save(path)

    assert [(request.sheet, request.step) for request in reading.read(path).requests] == [
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


OPEN_AND_SAVE = "hãy mở bằng Excel hoặc LibreOffice rồi lưu lại ở dạng .xlsx"


def unread(path: Path) -> str:
    """Why a file is none that can be read."""
    kind, told = refusal(path)
    assert kind is UnreadableData
    return told.removeprefix("Không đọc được FILE: ")


def test_what_is_not_there_or_no_file_is_reported(tmp_path):
    assert refusal(tmp_path / "x.xlsx") == (UnreadableData, "Không có tệp FILE.")
    assert unread(tmp_path) == "là một thư mục."


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_a_pipe_is_reported_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert unread(tmp_path / "pipe.xlsx") == "không phải là tệp thông thường."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "tệp rỗng (0 byte); hãy đề nghị đơn vị gửi lại tệp."),
        (
            bytes(512),
            "tệp chỉ toàn byte 0 (chép hoặc đồng bộ chưa xong); hãy đề nghị đơn vị gửi lại tệp.",
        ),
        (
            "STT;NHIỆM VỤ\n".encode(),
            (
                "là tệp văn bản (ví dụ csv), không phải là sổ xlsx; "
                "hãy điền vào chính tệp .xlsx đã xuất."
            ),
        ),
        (
            b"\n<!DOCTYPE HTML><html><table></table></html>",
            f"là một trang web (HTML) mang tên .xlsx; {OPEN_AND_SAVE}.",
        ),
        (
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>',
            f"là một trang web (HTML) mang tên .xlsx; {OPEN_AND_SAVE}.",
        ),
        (b"MIME-Version: 1.0\n", f"là một trang web (MHTML) mang tên .xlsx; {OPEN_AND_SAVE}."),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            f"là bảng tính XML 2003; {OPEN_AND_SAVE}.",
        ),
        (b"%PDF-1.7\n", "là tệp PDF; hãy đề nghị đơn vị gửi lại tệp .xlsx đã điền."),
        (b"7z\xbc\xaf\x27\x1c\x00", f"không phải là một tệp xlsx; {OPEN_AND_SAVE}."),
    ],
    ids=str,
)
def test_a_file_that_only_has_the_name_of_a_workbook_is_shown_for_what_it_is(tmp_path, data, why):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)

    assert unread(path) == why


@pytest.mark.parametrize(
    ("streams", "why"),
    [
        (["EncryptionInfo", "EncryptedPackage"], "tệp có mật khẩu; hãy bỏ mật khẩu"),
        (["Workbook"], f"là tệp Excel đời cũ (.xls); {OPEN_AND_SAVE}."),
        (["WordDocument"], "là tệp Word đời cũ (.doc), không phải là sổ xlsx."),
        ([], f"là tệp Office đời cũ; {OPEN_AND_SAVE}."),
    ],
)
def test_an_office_file_of_the_old_kind_is_shown_by_its_streams(tmp_path, streams, why):
    path = tmp_path / "plan.xlsx"
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in streams)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names)

    assert unread(path).startswith(why)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("xls", f"là tệp Excel đời cũ (.xls); {OPEN_AND_SAVE}."),
        ("ods", f"là bảng tính OpenDocument (.ods); {OPEN_AND_SAVE}."),
        ("fods", f"là bảng tính OpenDocument (.fods); {OPEN_AND_SAVE}."),
        ("html", f"là một trang web (HTML) mang tên .xlsx; {OPEN_AND_SAVE}."),
        ("pdf", "là tệp PDF; hãy đề nghị đơn vị gửi lại tệp .xlsx đã điền."),
    ],
)
def test_what_libreoffice_saves_in_another_form_is_reported(path, form, why):
    saved = filling.saved_by_libreoffice(path, form)

    assert unread(saved.rename(saved.with_suffix(".xlsx"))) == why


def test_a_workbook_that_is_cut_off_is_reported(path):
    path.write_bytes(path.read_bytes()[:-2000])

    assert (
        unread(path)
        == "tệp bị cắt cụt hoặc hỏng (tải về hay chép chưa xong); hãy đề nghị đơn vị gửi lại tệp."
    )


@pytest.mark.parametrize("name", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_an_owner_file_names_the_workbook_that_is_meant(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x05Admin")

    assert unread(tmp_path / name) == (
        "là tệp khóa mà Excel hoặc LibreOffice để lại khi mở sổ; hãy nhập chính tệp này: plan.xlsx."
    )


@pytest.mark.parametrize(
    ("members", "why"),
    [
        (["a.txt"], f"là tệp nén (zip), không phải là sổ xlsx; {OPEN_AND_SAVE}."),
        (["cah.xlsx", "pc06.xlsx"], "là tệp nén chứa cah.xlsx, pc06.xlsx; hãy giải nén"),
        (["[Content_Types].xml", "word/document.xml"], "là tệp Word, không phải là sổ xlsx; "),
        (["[Content_Types].xml", "ppt/presentation.xml"], "là tệp PowerPoint, "),
        (
            ["[Content_Types].xml", "xl/workbook.bin"],
            f"là sổ Excel nhị phân (.xlsb); {OPEN_AND_SAVE}.",
        ),
        (["Index/Document.iwa"], "là bảng tính Numbers; "),
    ],
)
def test_another_archive_is_shown_for_what_it_is(tmp_path, members, why):
    path = tmp_path / "plan.xlsx"
    with ZipFile(path, "w") as file:
        for name in members:
            file.writestr(name, "<a/>")

    assert unread(path).startswith(why)


def test_a_workbook_in_the_strict_form_is_read(path):
    """Excel's "Strict Open XML" says the same in other namespaces, and writes days out."""
    filling.fill(path, {(9, 3): {"status": "Đang thực hiện", "date": date(2024, 1, 5)}})
    before = reading.read(path)
    changes = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            for old, new in changes.items():
                data = data.replace(old, new)  # noqa: PLW2901
            data = re.sub(rb't="n"><v>45296</v>', b't="d"><v>2024-01-05</v>', data)  # noqa: PLW2901
            archive.writestr(name, data)

    assert [request.changed for request in before.requests] == [
        {"status": "doing", "date": date(2024, 1, 5)}
    ]
    assert reading.read(path) == before


def test_a_workbook_with_macros_is_read_and_says_so(path):
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61")

    assert reading.read(path) == Filled([], [], macros=True)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"])
@pytest.mark.parametrize("data", [b"", b"<a", b"\xff\xfe\x00"])
def test_a_damaged_workbook_is_reported(path, part, data):
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, kept in parts.items():
            archive.writestr(name, data if name == part else kept)

    assert refusal(path)[1].startswith(
        ("Không đọc được FILE: ", "FILE không có trang tính “Các bước”")
    )


def test_another_workbook_and_one_without_its_hidden_columns_are_refused(path, tmp_path):
    other = tmp_path / "other.xlsx"
    Workbook().save(other)
    book = load_workbook(path)
    book[filling.STEPS].delete_cols(21)
    book.save(path)
    told = (
        "FILE không có trang tính “Các bước” do de06 export tạo, hoặc đã mất các cột ẩn. "
        "Hãy xuất lại rồi điền vào tệp mới. Nếu tệp có bảng nhiệm vụ của một văn bản, "
        "lập kế hoạch từ tệp đó: de06 draft FILE."
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
