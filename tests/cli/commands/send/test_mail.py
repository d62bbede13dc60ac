"""``mail``: what goes to whom, over a real server on this computer."""

from __future__ import annotations

import json
import mailbox
import re
import subprocess
import sys
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

import browsing
import filling
import pytest
import vobject
from openpyxl import load_workbook
from postbox import Postbox

ADDRESSES = {"Văn phòng UBND xã": "vpx@example.vn", "Trung tâm Y tế": "ttyt@example.vn"}


@pytest.fixture
def addressed(small: Path) -> Path:
    """The small plan, in which every agency has an address."""
    return edited(
        small,
        *(
            (f'name: "{name}"', f'name: "{name}"\n    email: {at}')
            for name, at in ADDRESSES.items()
        ),
    )


def edited(path: Path, *changes: tuple[str, str]) -> Path:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, call):
    """A server that takes everything, and the environment that leads to it."""
    with Postbox() as box:
        monkeypatch.setenv("DE06_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("DE06_MAIL_FROM", "Tổ công tác Đề án 06 <to-cong-tac@example.vn>")
        yield box


def text_of(received) -> str:
    return received.message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def subjects(box: Postbox) -> list[str]:
    return [got.message["Subject"] for got in box.received]


# What goes to whom --------------------------------------------------------------------------------

TTYT = """\
Kính gửi: Trung tâm Y tế (TTYT)

Số liệu tính đến ngày 11/01/2024.
Kế hoạch TANKHAI: Kế hoạch xã Tân Khai (xã Tân Khai).

CHỜ ĐƠN VỊ THỰC HIỆN BƯỚC (2)
  Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động
    Quá hạn 11 ngày (thời hạn: 31/12/2023, đã gia hạn 1 lần, hạn ban đầu
    30/11/2023)
    Chủ trì: Công an xã, Văn phòng UBND xã
    Vai trò của đơn vị: Phối hợp
    Bước vướng mắc (từ ngày 20/12/2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Đang chờ: Công an xã, Trung tâm Y tế
    Cập nhật gần nhất: 20/12/2023
  Mô hình 3 (STT 2): Sổ sức khỏe điện tử
    Còn 4 ngày (thời hạn: 15/01/2024)
    Bước tiếp theo: 1. Nhập hồ sơ.
    Đang chờ: Trung tâm Y tế
    Bước 1: hạn 05/01/2024, quá hạn 6 ngày
    Bước 2: hạn 13/01/2024, còn 2 ngày
    Cập nhật gần nhất: chưa cập nhật

Đề nghị đơn vị đã có kết quả thông báo số, ký hiệu văn bản để cập nhật tiến
độ.
Thư gửi tự động theo số liệu của kế hoạch.
"""
VPX = """\
To: Văn phòng UBND xã (VPX)

Figures as of 11 Jan 2024.
Plan TANKHAI: Kế hoạch xã Tân Khai (xã Tân Khai).

LED BY YOU, WAITING FOR OTHERS (1)
  Model 7 (row 1): Cấp thẻ căn cước lưu động
    11 days overdue (due 31 Dec 2023, extended 1 time, original deadline 30
    Nov 2023)
    Also led by: Commune Police
    Blocked step (since 20 Dec 2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Waiting for: Commune Police, Trung tâm Y tế
    Last update: 20 Dec 2023

FOR INFORMATION: TASKS THAT YOUR AGENCY SUPPORTS OR IMPLEMENTS (1)
  Model 3 (row 2): Sổ sức khỏe điện tử
    4 days left (due 15 Jan 2024)
    Lead: Trung tâm Y tế
    Role: Implementer
    Next step: 1. Nhập hồ sơ.
    Waiting for: Trung tâm Y tế
    Last update: not updated yet

If a result is already available, please send the number of its document so
that the progress can be recorded.
This message was generated automatically from the plan's data.
"""


def test_each_agency_gets_what_it_has_to_act_on_and_what_it_should_know(addressed, call, box):
    answer = call("mail")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "Đã gửi CAX <cax@example.vn, truc@example.vn>.\n"
        "Đã gửi VPX <vpx@example.vn>.\n"
        "Đã gửi TTYT <ttyt@example.vn>.\n"
    )
    assert [(got.sender, got.recipients) for got in box.received] == [
        ("to-cong-tac@example.vn", ("cax@example.vn", "truc@example.vn")),
        ("to-cong-tac@example.vn", ("vpx@example.vn",)),
        ("to-cong-tac@example.vn", ("ttyt@example.vn",)),
    ]
    assert subjects(box) == [
        "[TANKHAI] CAX: 1 nhiệm vụ quá hạn, 1 nhiệm vụ sắp đến hạn, 1 bước sắp đến hạn (11/01/2024)",
        "[TANKHAI] VPX: 1 nhiệm vụ quá hạn (11/01/2024)",
        (
            "[TANKHAI] TTYT: 1 nhiệm vụ quá hạn, 1 bước quá hạn, 1 nhiệm vụ sắp đến hạn, 1 bước sắp đến "
            "hạn (11/01/2024)"
        ),
    ]
    assert text_of(box.received[2]) == TTYT
    assert box.connections == 1


def test_messages_are_dated_now_in_the_plans_zone_and_each_has_a_name_of_its_own(
    addressed, call, box
):
    call("mail")
    call("mail", "--again")

    dates = [parsedate_to_datetime(got.message["Date"]) for got in box.received]
    assert {moment.utcoffset().total_seconds() for moment in dates} == {7 * 3600}
    assert dates[0].year > 2024
    assert len({got.message["Message-ID"] for got in box.received}) == 6


def test_messages_in_english(addressed, call, box):
    call("mail", "--agency", "VPX", "--lang", "en")

    assert subjects(box) == ["[TANKHAI] VPX: 1 task overdue (11 Jan 2024)"]
    assert text_of(box.received[0]) == VPX
    assert box.received[0].message["Content-Language"] == "en"


def test_who_has_nothing_to_act_on_is_informed(addressed, call, box):
    call("mail", "--model", "3", "--agency", "VPX")

    assert subjects(box) == ["[TANKHAI] VPX: để biết, 1 nhiệm vụ sắp đến hạn (11/01/2024)"]
    assert "Đề nghị đơn vị đã có kết quả" not in text_of(box.received[0])


def test_an_agency_that_leads_nothing_is_told_what_waits_for_it(addressed, call, box):
    edited(addressed, ("    lead: [TTYT]\n", "    lead: [VPX]\n"), ("    support: [TTYT]\n", ""))
    call("mail", "--agency", "TTYT")

    text = text_of(box.received[0])
    assert re.findall("^[A-ZĐ].*[(][0-9]+[)]$", text, re.MULTILINE) == [
        "CHỜ ĐƠN VỊ THỰC HIỆN BƯỚC (2)"
    ]
    assert re.findall("^  (Mô hình .*?) ", text, re.MULTILINE) == ["Mô hình 7", "Mô hình 3"]


# The plan's ladder --------------------------------------------------------------------------------


@pytest.fixture
def laddered(addressed):
    """The small plan, whose tasks are reported to VPX from their tenth day late, of which it leads none."""
    ladder = "  due_soon_days: 7\n  escalate: [{late: 10, to: VPX}]\n"
    return edited(addressed, ("  due_soon_days: 7\n", ladder), ("lead: [CAX, VPX]", "lead: [CAX]"))


def test_who_the_ladder_names_gets_a_letter_of_its_own_and_the_others_are_told(laddered, call, box):
    call("mail", "--agency", "CAX", "--agency", "VPX")

    to_lead, to_named = map(text_of, box.received)
    assert "    Báo cáo cấp trên: Văn phòng UBND xã\n" in to_lead
    assert subjects(box)[1] == "[TANKHAI] VPX: báo cáo, 1 nhiệm vụ quá hạn (11/01/2024)"
    assert (
        "BÁO CÁO: NHIỆM VỤ QUÁ HẠN (1)\n  Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động\n"
        in to_named
    )
    assert "    Báo cáo cấp trên: VPX\n" in call("overdue").stdout


def test_before_the_ladders_day_nothing_is_said_of_it(laddered, call, box):
    call("mail", "--as-of", "2024-01-09")

    assert len(box.received) == 3
    assert not any("Báo cáo" in text_of(got) for got in box.received)
    assert "Báo cáo" not in call("overdue", "--as-of", "2024-01-09").stdout
    assert "Báo cáo" in call("overdue", "--as-of", "2024-01-10").stdout


# Attachments --------------------------------------------------------------------------------------


def attachments(received) -> dict[str, bytes]:
    return {part.get_filename(): part.get_content() for part in received.message.iter_attachments()}


def test_an_agency_gets_its_own_sheet_and_what_it_fills_in_is_imported(
    addressed, call, box, tmp_path
):
    assert call("mail", "--agency", "TTYT", "--attach", "xlsx,ics").returncode == 0
    files = attachments(box.received[0])

    assert list(files) == ["TANKHAI-TTYT.xlsx", "TANKHAI-TTYT.ics"]
    sheet = tmp_path / "TANKHAI-TTYT.xlsx"
    sheet.write_bytes(files["TANKHAI-TTYT.xlsx"])
    assert {model for model, _step in filling.rows(load_workbook(sheet)[filling.STEPS])} == {3, 7}
    done = {"status": "Hoàn thành", "date": date(2024, 1, 10), "evidence": "07/BC-TTYT"}
    filling.fill(sheet, {(3, 1): done})
    answer = call("import", str(sheet), "--yes")
    assert answer.returncode == 0, answer.stderr
    shown = json.loads(call("show", "3", "--format", "json").stdout)
    step = shown["models"][0]["steps"][0]
    assert (step["status"], step["date"], step["evidence"]) == ("done", "2024-01-10", "07/BC-TTYT")


def test_the_calendar_of_an_agency_has_its_own_tasks(addressed, call, box):
    call("mail", "--attach", "ics")

    of_agencies = [attachments(got) for got in box.received]
    assert [list(files) for files in of_agencies] == [
        [f"TANKHAI-{code}.ics"] for code in ("CAX", "VPX", "TTYT")
    ]
    calendar = of_agencies[2]["TANKHAI-TTYT.ics"]
    events = vobject.readOne(calendar if isinstance(calendar, str) else calendar.decode())
    assert [one.uid.value for one in events.vevent_list] == [
        "TANKHAI.7@de06", "TANKHAI.3@de06", "TANKHAI.late@de06",
    ]  # fmt: skip
    parts = [part.get_content_type() for part in box.received[2].message.walk()]
    assert parts[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]


def test_to_one_person_everything_is_attached_and_the_same_day_gives_the_same_bytes(
    small, call, terminal
):
    arguments = ("mail", "--dry-run", "--to", "a@example.vn", "--attach", "xlsx", "--attach", "ics")

    assert call(*arguments).stdout == call(*arguments).stdout
    assert terminal(*arguments).stdout.splitlines()[-1] == "Đính kèm: TANKHAI.xlsx, TANKHAI.ics"


def test_what_can_not_be_attached_is_refused(small, call, box):
    answer = call("mail", "--attach", "xlsx,pdf")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Lỗi: Không đính kèm được “pdf”. Các định dạng: xlsx, ics.\n"
    assert box.received == []


@pytest.mark.parametrize(
    ("filters", "agencies"),
    [
        (["--agency", "van phong ubnd xa"], ["VPX"]),
        (["--agency", "CAX", "--agency", "TTYT"], ["CAX", "TTYT"]),
        (["--agency", "VPX", "--role", "implementer"], ["VPX"]),
        (["--agency", "CAX", "--role", "support"], []),
        (["--state", "open_overdue"], ["CAX", "VPX", "TTYT"]),
        (["--state", "due_soon"], ["CAX", "VPX", "TTYT"]),
        (["--due-before", "2023-12-30"], []),
        (["--search", "so suc khoe"], ["CAX", "VPX", "TTYT"]),
        (["--as-of", "2023-12-24"], ["CAX", "VPX", "TTYT"]),
        (["--as-of", "2023-12-14"], ["CAX", "VPX", "TTYT"]),
        (["--as-of", "2023-12-06"], []),
    ],
)
def test_filters_choose_the_tasks_and_agency_the_receivers_too(
    addressed, call, box, filters, agencies
):
    answer = call("mail", *filters)

    assert answer.returncode == 0
    assert [line.split()[2] for line in answer.stdout.splitlines()] == agencies


def test_nothing_to_tell_sends_nothing_and_says_nothing(addressed, call, box, terminal):
    answer = call("mail", "--model", "8")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert (box.received, box.connections) == ([], 0)
    shown = terminal("mail", "--model", "8", "--dry-run")
    assert (shown.stdout, shown.stderr) == (
        "",
        "Không có thư nào để gửi tính đến ngày 11/01/2024.\n",
    )


def test_agencies_without_an_address_are_named_where_nobody_gets_anything(small, call, box):
    edited(small, ("    email: [cax@example.vn, truc@example.vn]\n", ""))
    answer = call("mail")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Chưa có địa chỉ thư (email trong tệp kế hoạch): CAX, VPX, TTYT.\n"


def test_agencies_without_an_address_do_not_make_cron_write_each_time(small, call, box):
    answer = call("mail")

    assert (answer.stdout, answer.stderr) == ("Đã gửi CAX <cax@example.vn, truc@example.vn>.\n", "")


def test_an_address_that_is_none_is_reported_and_the_others_get_theirs(addressed, call, box):
    edited(
        addressed,
        ("email: vpx@example.vn", r'email: "vpx@example.vn\nBcc: x@example.vn"'),
        ("truc@example.vn", "trực@example.vn"),
    )
    answer = call("mail")

    assert answer.returncode == 1
    assert answer.stderr == (
        "Lỗi: “trực@example.vn” của CAX không phải là một địa chỉ thư điện tử.\n"
        "Lỗi: “vpx@example.vn Bcc: x@example.vn” của VPX không phải là một địa chỉ thư điện tử.\n"
    )
    assert [got.recipients for got in box.received] == [("cax@example.vn",), ("ttyt@example.vn",)]


def test_names_and_codes_that_people_typed_stay_texts(addressed, call, box):
    text = addressed.read_text("utf-8")
    text = text.replace(
        'title: "Kế hoạch xã Tân Khai"', r'title: "T\nBcc: =?utf-8?q?a=0D=0ABcc:_b?="'
    )
    text = text.replace('name: "Công an xã"', r'name: "<b>Công an</b>\nBcc: x@example.vn"')
    addressed.write_text(text, "utf-8")
    call("mail", "--agency", "CAX")

    message = box.received[0].message
    assert "Bcc" not in message
    assert message["Subject"].startswith("[TANKHAI] CAX: ")
    assert box.received[0].recipients == ("cax@example.vn", "truc@example.vn")
    html = message.get_body(("html",)).get_content()
    assert "Kính gửi: &lt;b&gt;Công an&lt;/b&gt; Bcc: x@example.vn (CAX)" in html


# To one person ------------------------------------------------------------------------------------

EVERYTHING = """\
2/4 nhiệm vụ đã hoàn thành (50,0%). 1 nhiệm vụ quá hạn (tuần trước: 1). 1
nhiệm vụ đến hạn trong 7 ngày tới, 1 bước vướng mắc.

Số liệu tính đến ngày 11/01/2024.
Kế hoạch TANKHAI: Kế hoạch xã Tân Khai (xã Tân Khai).
So với cuối tuần trước (07/01/2024): không đổi.
So với bốn tuần trước (17/12/2023): hoàn thành tăng 1, quá hạn tăng 1.

CẦN QUYẾT ĐỊNH (1)
  Mô hình 7, bước 2
    Vướng mắc từ 20/12/2023 (22 ngày); quá hạn 11 ngày
    Đơn vị thực hiện: CAX, TTYT
    Lý do: máy hỏng
    Nhiệm vụ: Cấp thẻ căn cước lưu động

ĐƠN VỊ CÓ NHIỆM VỤ QUÁ HẠN
Đơn vị  Quá hạn  Hoàn thành  Tổng số
CAX           1           1        3
VPX           1           1        2

TỔNG HỢP
                                    Trong hạn  Quá hạn      Tổng số
Hoàn thành                                  1        1            2
Chưa hoàn thành                             1        1            2
Thường xuyên                                                      1
Tổng số                                                           5
Tỷ lệ hoàn thành trên số đến hạn                        66,7% (2/3)
Tỷ lệ hoàn thành trên số được giao                      50,0% (2/4)

ĐẾN HẠN TRONG 7 NGÀY TỚI (1)
  Mô hình 3 (STT 2): Sổ sức khỏe điện tử
    Còn 4 ngày (thời hạn: 15/01/2024)
    Chủ trì: Trung tâm Y tế
    Bước 1: hạn 05/01/2024, quá hạn 6 ngày
    Bước 2: hạn 13/01/2024, còn 2 ngày

Thư gửi tự động theo số liệu của kế hoạch.
"""


def test_one_person_gets_everything_in_one_message(small, call, box):
    answer = call("mail", "--to", "chu-tich@example.vn", "--summary")

    assert (answer.returncode, answer.stdout) == (0, "Đã gửi chu-tich@example.vn.\n")
    [got] = box.received
    assert got.recipients == ("chu-tich@example.vn",)
    assert got.message["Subject"] == (
        "[TANKHAI] 1 nhiệm vụ quá hạn, 1 bước quá hạn, 1 nhiệm vụ sắp đến hạn,"
        " 1 bước sắp đến hạn (11/01/2024)"
    )
    assert text_of(got) == EVERYTHING


def test_leaders_read_each_task_once(plan, call, box):
    call("mail", "--to", "chu-tich@example.vn", "--as-of", "2023-12-26")

    text = text_of(box.received[0])
    named = re.findall(r"^  Mô hình (\d+)", text, re.MULTILINE)
    late = json.loads(call("overdue", "--as-of", "2023-12-26", "--format", "json").stdout)["models"]
    assert len(named) == len(set(named)) > len(late) > 5
    assert {str(one["model"]) for one in late} <= set(named)


def test_on_a_phone_the_letter_to_leaders_needs_no_moving_sideways(plan, call, box, tmp_path):
    call("mail", "--to", "chu-tich@example.vn", "--summary", "--as-of", "2023-12-26")
    page = tmp_path / "thu.html"
    page.write_text(box.received[0].message.get_body(("html",)).get_content(), "utf-8")

    wider = (
        "[...document.querySelectorAll('div')].filter(e => e.scrollWidth > e.clientWidth).length"
    )
    narrow = {"width": 390, "height": 800}
    with browsing.chromium() as browser, browsing.opened(browser, page, viewport=narrow) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        assert shown.evaluate(wider) == 0


def test_the_leaders_table_goes_out_even_when_nothing_is_late(small, call, box):
    call("mail", "--to", "chu-tich@example.vn", "--model", "8")
    assert box.received == []

    call("mail", "--to", "chu-tich@example.vn", "--model", "8", "--summary")
    assert subjects(box) == ["[TANKHAI] không có nhiệm vụ quá hạn hoặc sắp đến hạn (11/01/2024)"]
    assert " Không có nhiệm vụ quá hạn. " in text_of(box.received[0])


def test_a_summary_can_go_to_the_agencies_too(addressed, call, box):
    call("mail", "--agency", "TTYT", "--summary")

    assert text_of(box.received[0]).startswith(TTYT.partition("\nĐề nghị đơn vị đã có")[0])
    assert "\nTỔNG HỢP\n" in text_of(box.received[0])


@pytest.mark.parametrize(
    ("filters", "figures"),
    [
        ([], (1, 1, 1, 1, 1, 5)),
        (["--agency", "TTYT"], (0, 0, 1, 1, 0, 2)),
        (["--agency", "TTYT – Trung tâm Y tế"], (0, 0, 1, 1, 0, 2)),
        (["--agency", "TTYT", "--role", "lead"], (0, 0, 1, 0, 0, 1)),
        (["--state", "done_late"], (0, 1, 0, 0, 0, 1)),
        (["--state", "open"], (0, 0, 1, 1, 0, 2)),
        (["--due-before", "2023-12-30"], (1, 1, 0, 0, 0, 2)),
        (["--due-after", "2023-12-31"], (0, 0, 1, 1, 0, 2)),
        (["--search", "so suc khoe"], (0, 0, 1, 0, 0, 1)),
        (["--model", "7", "--model", "2"], (1, 0, 0, 1, 0, 2)),
        (["--as-of", "2023-10-01"], (0, 0, 4, 0, 1, 5)),
    ],
    ids=str,
)
def test_the_summary_is_of_what_the_filters_choose(small, call, filters, figures):
    answer = call("mail", "--to", "a@example.vn", "--summary", "--dry-run", *filters)

    done, done_late, in_time, overdue, ongoing, total = figures
    rows = {
        "Hoàn thành": [done, done_late, done + done_late],
        "Chưa hoàn thành": [in_time, overdue, in_time + overdue],
        "Thường xuyên": [ongoing],
        "Tổng số": [total],
    }
    lines = answer.stdout.partition("\nTỔNG HỢP\n")[2].splitlines()[1:]
    cells = {line[:20].strip(): line[20:].split() for line in lines[:4]}
    assert {name: [int(cell) for cell in cells[name]] for name in rows} == rows


# Several plans ------------------------------------------------------------------------------------


@pytest.mark.parametrize("agency", ["VPX", "van phong ubnd xa"])
def test_an_agency_of_several_plans_gets_one_message(addressed, call, box, agency):
    other = addressed.with_name("minhhung.yaml")
    other.write_text(addressed.read_text("utf-8").replace("TANKHAI", "MINHHUNG"), "utf-8")
    third = addressed.with_name("thanhan.yaml")
    third.write_text(
        addressed.read_text("utf-8").replace("TANKHAI", "THANHAN").replace("vpx@", "khac@"), "utf-8"
    )
    call("mail", "--agency", agency, "--data", str(addressed.parent))

    assert [(got.recipients, got.message["Subject"]) for got in box.received] == [
        (("vpx@example.vn",), "[MINHHUNG, TANKHAI] VPX: 2 nhiệm vụ quá hạn (11/01/2024)"),
        (("khac@example.vn",), "[THANHAN] VPX: 1 nhiệm vụ quá hạn (11/01/2024)"),
    ]
    text = text_of(box.received[0])
    assert "Kế hoạch MINHHUNG: Kế hoạch xã Tân Khai (xã Tân Khai).\nKế hoạch TANKHAI: " in text
    assert "\n  Mô hình MINHHUNG:7 (STT 1): Cấp thẻ" in text
    assert "\n  Mô hình TANKHAI:7 (STT 1): Cấp thẻ" in text


# Shown, not sent ----------------------------------------------------------------------------------


def test_a_dry_run_prints_whole_messages_needs_no_server_and_is_the_same_each_time(
    addressed, call, tmp_path
):
    first, second = call("mail", "--dry-run"), call("mail", "--dry-run")

    assert (first.returncode, first.stderr, first.stdout) == (0, "", second.stdout)
    file = tmp_path / "thu.mbox"
    file.write_text(first.stdout, "utf-8")
    box = mailbox.mbox(file)
    assert [message["To"] for message in box] == [
        "cax@example.vn, truc@example.vn",
        "vpx@example.vn",
        "ttyt@example.vn",
    ]
    assert {message["Date"] for message in box} == {"Thu, 11 Jan 2024 00:00:00 +0700"}
    assert box[2].get_payload()[0].get_payload(decode=True).decode() == TTYT
    box.close()


def test_a_dry_run_goes_into_a_file_as_it_goes_into_a_pipe(addressed, call, tmp_path):
    printed = call("mail", "--dry-run")
    saved = call("mail", "--dry-run", "--output", "thu.mbox")
    again = call("mail", "--dry-run", "--output", "thu.mbox")
    sent = call("mail", "--output", "other.mbox")

    assert (saved.returncode, saved.stdout) == (0, "")
    assert (tmp_path / "thu.mbox").read_bytes() == printed.stdout.encode()
    assert (again.returncode, again.stderr) == (
        4,
        "Lỗi: thu.mbox đã có. Thêm --force để ghi đè.\n",
    )
    assert (sent.returncode, sent.stderr) == (2, "Lỗi: --output chỉ dùng với --dry-run.\n")


def test_a_dry_run_remembers_nothing_and_shows_what_was_sent_already(addressed, call, box):
    call("mail", "--dry-run")
    call("mail")
    assert len(box.received) == 3
    assert call("mail", "--dry-run").stdout.count("\nMessage-ID: ") == 3


def test_a_person_sees_the_texts(addressed, terminal):
    shown = terminal("mail", "--dry-run", "--agency", "TTYT", "--agency", "VPX", columns=100)

    first, second = shown.stdout.split(f"\n{'─' * 78}\n\n")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert first.startswith("From: de06@localhost\nTo: vpx@example.vn\nSubject: [TANKHAI] VPX: ")
    assert second.endswith(f"\n\n{TTYT}")


# Once a day ---------------------------------------------------------------------------------------


def test_a_message_goes_out_once_a_day(addressed, call, box):
    call("mail")
    answer = call("mail")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == (
        "Đã gửi trong ngày, không gửi lại: CAX, VPX, TTYT. Muốn gửi lại thì thêm --again.\n"
    )
    assert (len(box.received), box.connections) == (3, 1)

    assert call("mail", "--again").stdout.count("Đã gửi") == 3
    assert call("mail", "--as-of", "2024-01-10").stdout.count("Đã gửi") == 3
    assert len(box.received) == 9


def test_everything_to_one_person_counts_by_itself(addressed, call, box):
    call("mail")
    assert call("mail", "--to", "vpx@example.vn").stdout == "Đã gửi vpx@example.vn.\n"
    again = call("mail", "--to", "vpx@example.vn", "--to", "b@example.vn")

    assert again.stdout == "Đã gửi b@example.vn.\n"
    assert box.received[-1].recipients == ("b@example.vn",)
    assert box.received[-1].message["To"] == "vpx@example.vn, b@example.vn"


def test_two_agencies_with_one_address_both_get_theirs(addressed, call, box):
    edited(addressed, ("ttyt@example.vn", "vpx@example.vn"))

    assert call("mail").stdout.splitlines()[1:] == [
        "Đã gửi VPX <vpx@example.vn>.",
        "Đã gửi TTYT <vpx@example.vn>.",
    ]


def test_what_cannot_be_remembered_is_reported_once_and_sent(addressed, call, box, tmp_path):
    (tmp_path / ".local").write_text("")
    with pytest.raises(OSError) as refused:  # noqa: PT011 - each system has words of its own
        (tmp_path / ".local" / "de06").mkdir(parents=True, exist_ok=True)
    reason = refused.value.strerror
    first, second = call("mail"), call("mail")

    assert (first.returncode, second.returncode, len(box.received)) == (0, 0, 6)
    assert (
        first.stderr
        == second.stderr
        == f"Không lưu được danh sách thư đã gửi: {reason}; chạy lại sẽ gửi lần nữa.\n"
    )


# The environment ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [None, "", "công an", "a@x.vn, b@x.vn", "a@x.vn\nBcc: b@x.vn", "Tổ <công-tác@x.vn>"]
)
def test_a_sender_is_one_address(addressed, call, box, monkeypatch, value):
    monkeypatch.delenv("DE06_MAIL_FROM")
    if value is not None:
        monkeypatch.setenv("DE06_MAIL_FROM", value)
    answer = call("mail")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        "Lỗi: DE06_MAIL_FROM phải là một địa chỉ thư điện tử, ví dụ Tổ công tác Đề án 06 "
        "<to-cong-tac@example.vn>.\n"
    )
    assert box.connections == 0


def test_a_reader_is_an_address(addressed, call, box):
    answer = call("mail", "--to", "chủ tịch")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Lỗi: “chủ tịch” không phải là một địa chỉ thư điện tử.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no cron")
def test_cron_needs_nothing_but_the_variables(addressed, box):
    """As cron runs it: a shell with next to no environment."""
    line = (
        f"cd {addressed.parents[1]} && DE06_TODAY=2024-01-11 HOME={addressed.parents[1]}"
        f" DE06_SMTP_URL=smtp://127.0.0.1:{box.port} DE06_MAIL_FROM=to@example.vn"
        f" {sys.executable} -m de06cli mail > /dev/null"
    )
    answer = subprocess.run(
        ["env", "-i", "/bin/sh", "-c", line], capture_output=True, encoding="utf-8", check=False
    )

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert len(box.received) == 3
