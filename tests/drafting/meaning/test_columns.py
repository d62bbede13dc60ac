"""Headings in the forms that offices use, and what stands below them."""

from __future__ import annotations

import pytest

from de06cli.drafting.meaning.columns import key_of, key_of_joined

HEADINGS = {
    "number": ["STT", "TT", "Số TT", "Stt.", "Số thứ tự"],
    "title": ["Nhiệm vụ", "NỘI DUNG", "Tên nhiệm vụ", "Nhiệm vụ, giải pháp", "Chỉ tiêu", "Mô hình",
              "Nội dung công việc", "Nội dung nhiệm vụ", "Tên mô hình", "Công việc"],
    "deadline": ["Thời gian", "Thời hạn", "Thời gian hoàn thành", "Tiến độ", "Hoàn thành trước ngày",
                 "Thời hạn hoàn thành", "Thời gian thực hiện", "Hạn hoàn thành", "Tiến độ thực hiện"],
    "lead": ["Chủ trì", "Cơ quan chủ trì", "Đơn vị chủ trì", "Đơn vị thực hiện", "CQ chủ trì",
             "Cơ quan, đơn vị chủ trì", "Cơ quan thực hiện", "Đơn vị đầu mối"],
    "support": ["Phối hợp", "Cơ quan phối hợp", "Đơn vị phối hợp", "Cơ quan, đơn vị phối hợp"],
    "implementers": ["Lực lượng", "Lực lượng triển khai", "Lực lượng tham gia"],
    "output": ["Sản phẩm", "Kết quả", "Sản phẩm đầu ra", "Kết quả đạt được", "Kết quả/Sản phẩm",
               "Dự kiến sản phẩm", "Sản phẩm, kết quả"],
    "basis": ["Căn cứ", "Căn cứ pháp lý", "Văn bản giao nhiệm vụ"],
    "equipment": ["Thiết bị", "Trang thiết bị", "THIẾT BỊ"],
    "outcome": ["Hiệu quả"],
    "organisation": ["Tổ chức thực hiện"],
    "steps": ["Các bước thực hiện", "Cách thức thực hiện", "Các bước"],
    "companies": ["Các doanh nghiệp có giải pháp triển khai", "Doanh nghiệp"],
    "roles": ["Cơ quan chủ trì, phối hợp", "Phân công thực hiện", "Chủ trì/Phối hợp"],
    "extra": ["Ghi chú", "Cấp trình", "Kinh phí", "Nguồn kinh phí", "Lãnh đạo phụ trách", "Đơn vị tính",
              "Tình hình thực hiện"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "heading"), [(key, heading) for key, all_ in HEADINGS.items() for heading in all_]
)
def test_a_heading_is_known_in_the_forms_that_offices_use(key: str, heading: str) -> None:
    assert key_of(heading) == key
    assert key_of(heading.upper()) == key


def test_another_heading_is_not_guessed() -> None:
    assert [key_of(text) for text in ("Địa bàn", "Mã", "", "x" * 200)] == [None] * 4


@pytest.mark.parametrize(
    ("upper", "leaf", "key"),
    [
        ("Phân công thực hiện", "Chủ trì", "lead"),
        ("Phân công", "Lực lượng triển khai", "implementers"),
        ("Thời gian", "Bắt đầu", "start"),
        ("Thời gian", "Kết thúc", "deadline"),
        ("Cơ quan", "Phối hợp", "support"),
    ],
)
def test_a_heading_in_two_levels_is_known_by_both(upper: str, leaf: str, key: str) -> None:
    assert key_of_joined(upper, leaf) == key
