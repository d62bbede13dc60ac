"""The longer answers as plain text: blocks wrapped at 78 columns, as a mail client shows them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import LODGING, SHOWN, model, plan, several, step, tasks, view

from de06cli import messages
from de06cli.characters import display_width
from de06cli.plan.cache import lazy
from de06cli.tracking import filters
from de06cli.tracking.states import overdue_steps, upcoming_steps
from de06cli.views.contents import lateness, model_sheet
from de06cli.views.text import wrapped

PLAN = lazy.whole(plan(model(1)))


def shown(number: int = 9, steps: tuple[int, ...] = (), listed=SHOWN) -> str:
    """A model whole, or only some of its steps."""
    found = next(each for each in tasks(*listed) if each.model.model == number)
    return wrapped.sheet(model_sheet.sheet(found, PLAN, frozenset(steps)))


def told(*models, upcoming: bool = False) -> str:
    """The overdue report."""
    seen = view(plan(*models))
    listed = seen.tasks()
    soon = filters.upcoming(listed, 7) if upcoming else []
    steps = overdue_steps(listed)
    return wrapped.digest(lateness.digest(seen, filters.overdue(listed), steps, soon))


# One model whole ----------------------------------------------------------------------------------


def test_a_model_whole():
    assert shown() == (
        """\
Mô hình 9 (STT 4): Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ;
Khách sạn 2-3*

Tình trạng:           Chưa hoàn thành – quá hạn 12 ngày
Thời hạn:             30/12/2023 (đã gia hạn 1 lần, hạn ban đầu 30/11/2023)
Gia hạn:              đến 30/12/2023, quyết định 25/11/2023, 12/CV-UBND, chờ
                      kinh phí
Tiến độ:              ●✗○ 1/3
Cập nhật gần nhất:    05/12/2023
Chủ trì:              CAH – Công an huyện Hớn Quản
                      PVHTT – Phòng Văn hóa và Thông tin
Phối hợp:             PC06 – Phòng PC06, Công an tỉnh
Lực lượng triển khai: CAH – Công an huyện Hớn Quản
                      CSLT – Các cơ sở lưu trú
Doanh nghiệp:         VNPT

Bước 1  ● Hoàn thành 20/11/2023 – CAH – 45/BC-CAH
  Công an huyện phối hợp Phòng Văn hóa thông tin tuyên truyền và hướng dẫn các
  cơ sở lưu trú.
  Đơn vị thực hiện: CAH, PVHTT

Bước 2  ✗ Vướng mắc 05/12/2023 – chờ kinh phí
  Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn
  thực hiện.
  Thời hạn của bước: 15/12/2023 (quá hạn 27 ngày)

Bước 3  ○ Chưa thực hiện
  Các cơ sở lưu trú đăng ký hằng ngày.
  Đơn vị thực hiện: CSLT

Nội dung theo kế hoạch
  Tổ chức thực hiện: Công an huyện: Chủ trì tổ chức triển khai.
                     Phòng VH TT khai thác dữ liệu.
  Hiệu quả:          Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy
                     nã.
  Thiết bị:          Miễn phí trong năm 2023

Theo văn bản gốc
  Thời hạn:             30/11/2023
  Chủ trì:              CAH, Phòng VH&TT
  Phối hợp:             PC06
  Lực lượng triển khai: CAH, các cơ sở lưu trú

Nội dung cần làm rõ
  Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?
"""
    )


def test_only_the_steps_asked_for():
    whole, second = shown(), shown(9, (2,))

    begin, end = whole.index("Bước 1"), whole.index("Nội dung theo kế hoạch")
    assert second == (
        whole[:begin] + whole[whole.index("Bước 2") : whole.index("Bước 3")] + whole[end:]
    )


def test_a_model_with_next_to_nothing():
    assert shown(25) == (
        """\
Mô hình 25: Rà soát dân cư

Tình trạng:        Thường xuyên
Thời hạn:          thường xuyên
Tiến độ:           ○ 0/1
Cập nhật gần nhất: chưa cập nhật
Chủ trì:           CSLT – Các cơ sở lưu trú

Bước 1  ○ Chưa thực hiện
  Tập huấn.
"""
    )


def test_a_long_heading_of_a_step_hangs():
    note = "chờ kinh phí mua máy quét cho các cơ sở lưu trú trên địa bàn"
    listed = model(9, step(1, "blocked 2024-01-02", by="PVHTT", note=note))

    assert shown(listed=[listed]).endswith(
        """\
Bước 1  ✗ Vướng mắc 02/01/2024 – PVHTT – chờ kinh phí mua máy quét cho các cơ
  sở lưu trú trên địa bàn
  Tập huấn.
"""
    )


def test_a_word_with_a_hyphen_stays_whole():
    code = "Quyết-định-06/QĐ-TTg"

    assert wrapped.wrapped("x" * 70 + " " + code) == "x" * 70 + "\n" + code + "\n"


def test_a_text_keeps_its_own_lines():
    listed = model(9, step(1, text="Rà soát:\n- nhà trọ;\n- nhà nghỉ."))

    assert shown(listed=[listed]).endswith(
        """\
Bước 1  ○ Chưa thực hiện
  Rà soát:
  - nhà trọ;
  - nhà nghỉ.
"""
    )


@pytest.mark.parametrize("listed", SHOWN, ids=lambda listed: f"model {listed.model}")
def test_a_sheet_loses_no_word_and_is_no_wider_than_78_columns(listed):
    text = shown(listed.model)

    assert max(map(display_width, text.splitlines())) <= 78
    wanted = [listed.title, listed.outcome or "", listed.review or "", *listed.organisation]
    wanted += [each.text for each in listed.steps]
    assert {word for each in wanted for word in each.split()} <= set(text.split())


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Mn", "Me"])),
    st.integers(0, 9),
)
def test_wrapping_keeps_every_word_whole(text, indent):
    lines = wrapped.wrapped(text, " " * indent).splitlines()

    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= 78 or len(line.split(" ")) - indent == 1 for line in lines)


# The overdue report -------------------------------------------------------------------------------


def test_the_overdue_report_goes_by_lead_agency():
    assert told(*SHOWN) == (
        """\
2 nhiệm vụ quá hạn tính đến ngày 11/01/2024

PVHTT – Phòng Văn hóa và Thông tin (2)
  Mô hình 40 (STT 23): Phân tích tình hình du lịch
    Quá hạn 73 ngày (thời hạn: 30/10/2023)
    Bước tiếp theo: 1. Tập huấn.
    Cập nhật gần nhất: chưa cập nhật
  Mô hình 9 (STT 4): Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà
    nghỉ; Khách sạn 2-3*
    Quá hạn 12 ngày (thời hạn: 30/12/2023, đã gia hạn 1 lần, hạn ban đầu
    30/11/2023); cùng chủ trì: CAH
    Bước vướng mắc (từ ngày 05/12/2023): 2. Công an huyện phối hợp PC06 tạo
      tài khoản cho cơ sở lưu trú và hướng dẫn thực hiện. (chờ kinh phí)
    Cập nhật gần nhất: 05/12/2023

CAH – Công an huyện Hớn Quản (1)
  Cùng chủ trì, xem ở PVHTT: Mô hình 9
"""
    )


def test_the_overdue_report_in_english():
    messages.use("en")

    assert told(model(9, deadline="2024-01-10", stt=4)) == (
        """\
1 task overdue as of 11 Jan 2024

CAH – Hon Quan District Police (1)
  Model 9 (row 4): Nhiệm vụ 9
    1 day overdue (due 10 Jan 2024)
    Next step: 1. Tập huấn.
    Last update: not updated yet
"""
    )


def test_among_several_plans_a_model_is_shown_with_its_plan():
    late = model(9, stt=4)
    soon = model(8, step(1, due="2024-01-09"), deadline="2024-01-12")
    seen = several(HONQUAN=[late], LOCNINH=[soon])
    listed = seen.tasks()

    digest = lateness.digest(seen, listed[:1], overdue_steps(listed), listed[1:])

    assert wrapped.digest(digest) == (
        """\
1 nhiệm vụ quá hạn tính đến ngày 11/01/2024

HONQUAN:CAH – Công an huyện Hớn Quản (1)
  Mô hình HONQUAN:9 (STT 4): Nhiệm vụ 9
    Quá hạn 12 ngày (thời hạn: 30/12/2023)
    Bước tiếp theo: 1. Tập huấn.
    Cập nhật gần nhất: chưa cập nhật

Bước quá hạn
  Mô hình LOCNINH:8, bước 1: Tập huấn. – hạn 09/01/2024, quá hạn 2 ngày

Đến hạn trong 7 ngày tới
  Mô hình LOCNINH:8: Nhiệm vụ 8
    Còn 1 ngày (thời hạn: 12/01/2024); chủ trì: CAH
"""
    )


def test_steps_past_their_own_day_stand_in_a_block_of_their_own():
    late = step(2, text="Nhập hồ sơ.", due="2024-01-10")

    assert told(model(9, step(1), late, deadline="2024-02-01")) == (
        """\
0 nhiệm vụ quá hạn tính đến ngày 11/01/2024

Bước quá hạn
  Mô hình 9, bước 2: Nhập hồ sơ. – hạn 10/01/2024, quá hạn 1 ngày
"""
    )


def test_what_falls_due_next_comes_last_where_it_is_asked_for():
    shared = model(7, title=LODGING.title, deadline="2024-01-18", lead=("CAH", "PVHTT"), stt=1)

    assert told(SHOWN[2], shared, upcoming=True) == (
        """\
0 nhiệm vụ quá hạn tính đến ngày 11/01/2024

Đến hạn trong 7 ngày tới
  Mô hình 6 (STT 2): Khám chữa bệnh bằng thẻ CCCD
    Còn 4 ngày (thời hạn: 15/01/2024); chủ trì: C06
  Mô hình 7 (STT 1): Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà
    nghỉ; Khách sạn 2-3*
    Còn 7 ngày (thời hạn: 18/01/2024); chủ trì: CAH, PVHTT
"""
    )


def test_upcoming_steps_say_how_many_days_are_left():
    listed = tasks(
        model(9, step(1, due="2024-01-11"), step(2, due="2024-01-12"), deadline="2024-02-01"),
        model(8, step(1, text=LODGING.steps[1].text, due="2024-01-20"), deadline="2024-02-01"),
    )

    assert wrapped.steps_block(upcoming_steps(listed, within=14)) == (
        """
Bước sắp đến hạn
  Mô hình 9, bước 1: Tập huấn. – hạn 11/01/2024, đến hạn hôm nay
  Mô hình 9, bước 2: Tập huấn. – hạn 12/01/2024, còn 1 ngày
  Mô hình 8, bước 1: Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu
    trú và hướng dẫn thực hiện. – hạn 20/01/2024, còn 9 ngày
"""
    )


def test_no_steps_are_no_block():
    assert wrapped.steps_block([]) == ""


def test_texts_are_data():
    hostile = model(
        9,
        step(1, "blocked", "[b]=1+1[/b]", note="{0} %s"),
        title="[red]đỏ[/red] {name} <b>",
        deadline="2024-01-10",
    )

    assert told(hostile) == (
        """\
1 nhiệm vụ quá hạn tính đến ngày 11/01/2024

CAH – Công an huyện Hớn Quản (1)
  Mô hình 9: [red]đỏ[/red] {name} <b>
    Quá hạn 1 ngày (thời hạn: 10/01/2024)
    Bước vướng mắc: 1. [b]=1+1[/b] ({0} %s)
    Cập nhật gần nhất: chưa cập nhật
"""
    )


@pytest.mark.parametrize(
    ("word", "columns"), [("nghiệp", 6), ("nghie\u0323\u0302p", 6), ("処理", 4)]
)
def test_a_line_is_as_wide_as_what_is_seen_of_it(word, columns):
    text = wrapped.wrapped(" ".join([word] * 40))
    fit = (78 + 1) // (columns + 1)

    assert text.splitlines()[0] == " ".join([word] * fit)


def test_wide_letters_are_measured_by_the_columns_they_take():
    text = "計画 " * 30

    assert max(map(display_width, wrapped.wrapped(text).splitlines())) <= wrapped.WIDTH
