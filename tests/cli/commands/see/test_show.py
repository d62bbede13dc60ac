"""``show``: one model whole, or some of its steps."""

from __future__ import annotations

import json

import pytest

SHEET = """\
Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động

Tình trạng:           Chưa hoàn thành – quá hạn 11 ngày
Thời hạn:             31/12/2023 (đã gia hạn 1 lần, hạn ban đầu 30/11/2023)
Gia hạn:              đến 31/12/2023, quyết định 28/11/2023, 12/CV-UBND, chờ
                      thiết bị
Tiến độ:              ●✗ 1/2
Cập nhật gần nhất:    20/12/2023
Chủ trì:              CAX – Công an xã
                      VPX – Văn phòng UBND xã
Phối hợp:             TTYT – Trung tâm Y tế
Lực lượng triển khai: CAX – Công an xã
Doanh nghiệp:         VNPT

Bước 1  ● Hoàn thành 20/11/2023 – CAX – 45/BC-CAX
  Lập danh sách.
  Đơn vị thực hiện: CAX

Bước 2  ✗ Vướng mắc 20/12/2023 – máy hỏng
  Thu nhận hồ sơ.
  Đơn vị thực hiện:  CAX, TTYT
  Thời hạn của bước: 15/12/2023 (quá hạn 27 ngày)

Nội dung theo kế hoạch
  Tổ chức thực hiện: Công an xã: chủ trì.
                     Văn phòng: bố trí địa điểm.
  Hiệu quả:          Mọi người dân có thẻ.
  Thiết bị:          01 bộ thu nhận lưu động

Theo văn bản gốc
  Thời hạn:             30/11/2023
  Chủ trì:              Công an, VP
  Phối hợp:             TT Y tế
  Lực lượng triển khai: Công an

Nội dung cần làm rõ
  Cấp cho người già trước?
"""


@pytest.mark.parametrize("address", ["7", "MH7", "mh7", "stt:1", "TANKHAI:7"])
def test_a_model_is_reported_whole(small, call, address):
    answer = call("show", address)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, SHEET, "")


def test_one_step_of_a_model(small, call):
    one, two = "\nBước 1  ●", "\nBước 2  ✗"
    begin, end = SHEET.index(one), SHEET.index(two)

    assert call("show", "7.2").stdout == SHEET[:begin] + SHEET[end:]
    assert call("show", "7.1", "7.2").stdout == SHEET


def test_several_models_come_in_the_printed_order(small, call):
    lines = call("show", "8", "7", "5", "7").stdout.splitlines()

    assert [line for line in lines if line.startswith("Mô hình ")] == [
        "Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động",
        "Mô hình 5 (STT 3): Thanh toán không tiền mặt",
        "Mô hình 8 (STT 5): Rà soát dân cư",
    ]


def test_json_is_that_of_the_list(small, call):
    """Which ``test_listing.py`` compares whole; a step's address means its model. Who recorded what
    stands behind it."""
    listed = json.loads(call("list", "--model", "7", "--model", "8", "--format", "json").stdout)

    shown = json.loads(call("show", "8", "7.2", "--format", "json").stdout)

    assert list(shown.items()) == [*listed.items(), ("recorded", [])]


def test_piped_it_wraps_at_78_columns(plan, call):
    assert max(map(len, call("show", "9", "28", "40").stdout.splitlines())) in range(70, 79)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("99", "Không có mô hình 99. Gợi ý: 39, 40, 43. Xem tất cả: de06 list."),
        ("9.7", "Mô hình 9 không có bước 7; các bước là 1, 2, 3."),
        ("stt:99", "Phụ lục không có số thứ tự 99. Gợi ý: 22, 23, 24."),
        ("X:9", "Không có kế hoạch “X”; kế hoạch đang dùng là HONQUAN."),
        (
            "chín",
            (
                "“chín” không phải là số hiệu mô hình hoặc bước. "
                "Viết 9 hoặc MH9 (mô hình), 9.2 (bước), stt:4 (số thứ tự 4 trong phụ lục)."
            ),
        ),
    ],
)
def test_what_the_plan_does_not_have_is_refused(plan, call, address, said):
    answer = call("show", address)

    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"Lỗi: {said}\n")


def test_there_is_no_form_for_spreadsheets(small, call):
    answer = call("show", "7", "--format", "csv")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Lỗi: Giá trị của --format phải là một trong: table, json.\n"
