"""The register's texts, and those of a document's head."""

from __future__ import annotations

from datetime import date

import pytest
import samples
from samples import LODGING, SHOWN, TODAY, model, step

from de06cli import messages
from de06cli.views.contents import register


def values(*models, place: str | None = None, made_on: date = TODAY):
    made = samples.plan(*models)
    seen = samples.view(made._replace(plan=made.plan._replace(place=place)))
    return register.values(seen, seen.tasks(), made_on)


def test_a_row_of_the_register():
    (row,) = values(LODGING)["tasks"]

    assert row == {
        "plan": "HONQUAN",
        "number": "9",
        "stt": "4",
        "title": "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
        "task": "Mô hình 9: Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
        "lead": "CAH, PVHTT",
        "support": "PC06",
        "implementers": "CAH, CSLT",
        "due": "30/12/2023",
        "deadline": "30/12/2023 (đã gia hạn 1 lần, hạn ban đầu 30/11/2023)",
        "progress": "1/3 bước",
        "state": "Chưa hoàn thành – quá hạn 12 ngày",
        "days_late": "12",
        "completed_on": "",
        "updated_on": "05/12/2023",
        "held_up": (
            "Bước vướng mắc (từ ngày 05/12/2023): 2. Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu "
            "trú và hướng dẫn thực hiện. (chờ kinh phí)"
        ),
        "results": "45/BC-CAH (20/11/2023)",
        "notes": ("đã gia hạn 1 lần, hạn ban đầu 30/11/2023\nBước 2 – Vướng mắc: chờ kinh phí"),
    }


def test_a_document_shows_up_once_and_what_is_kept_up_says_so():
    listed = model(
        1,
        step(1, "done 2023-12-01", evidence="45/BC"),
        step(2, "done 2023-12-01", evidence="45/BC"),
        step(3, "doing", evidence="46/BC"),
        ongoing="thường xuyên",
    )
    (row,) = values(listed)["tasks"]

    assert row["results"] == "45/BC (01/12/2023)\n46/BC"
    assert row["notes"] == "sau đó duy trì thường xuyên"


def test_the_codes_in_the_register_are_explained_once_in_the_order_of_the_plans():
    assert [one["code"] for one in values(*SHOWN)["agencies"]] == [
        "C06", "PC06", "CAH", "PVHTT", "CSLT",
    ]  # fmt: skip
    seen = samples.several(MOT=[model(1)], HAI=[model(2, lead=("PC06",), support=("CAH",))])
    assert register.values(seen, seen.tasks(), TODAY)["agencies"] == [
        {"code": "CAH", "name": "Công an huyện Hớn Quản"},
        {"code": "PC06", "name": "Phòng PC06, Công an tỉnh"},
    ]


@pytest.mark.parametrize(
    ("place", "issuer", "locality"),
    [
        ("huyện Hớn Quản, tỉnh Bình Phước", "UBND HUYỆN HỚN QUẢN", "Hớn Quản"),
        ("Thị xã Bình Long", "UBND THỊ XÃ BÌNH LONG", "Bình Long"),
        ("Quận 1, TP.HCM", "UBND QUẬN 1", "Quận 1"),
        ("xã  Tân\n Khai", "UBND XÃ TÂN KHAI", "Tân Khai"),
        ("xã", "UBND XÃ", "xã"),
        ("Hớn Quản", "UBND HỚN QUẢN", "Hớn Quản"),
        (None, register.BLANK, register.BLANK),
        (", tỉnh Bình Phước", register.BLANK, register.BLANK),
    ],
)
def test_who_issues_a_document_and_where(place, issuer, locality):
    told = values(LODGING, place=place)

    assert (told["issuer"], told["locality"]) == (issuer, locality)


def test_of_several_plans_the_office_writes_in_itself_who_issues_it():
    seen = samples.several(MOT=[model(1)], HAI=[model(1)])
    told = register.values(seen, seen.tasks(), TODAY)

    assert (told["issuer"], told["title"]) == (register.BLANK, "2 kế hoạch")
    assert [(row["number"], row["title"], row["task"]) for row in told["tasks"]] == [
        ("1", "MOT: Nhiệm vụ 1", "Mô hình MOT:1: Nhiệm vụ 1"),
        ("1", "HAI: Nhiệm vụ 1", "Mô hình HAI:1: Nhiệm vụ 1"),
    ]


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2024, 2, 5), "ngày 05 tháng 02 năm 2024", "5 February 2024"),
        (date(2024, 3, 5), "ngày 05 tháng 3 năm 2024", "5 March 2024"),
        (date(2024, 12, 15), "ngày 15 tháng 12 năm 2024", "15 December 2024"),
        (date(1, 1, 1), "ngày 01 tháng 01 năm 0001", "1 January 0001"),
    ],
)
def test_the_day_of_a_document(day, vi, en):
    assert register.long_day(day) == vi
    messages.use("en")
    assert register.long_day(day) == en


def test_only_agencies_that_have_no_short_name_are_explained():
    made = samples.plan(LODGING)
    agencies = tuple(
        one._replace(short="CA huyện") if one.code == "CAH" else one for one in made.agencies
    )
    seen = samples.view(made._replace(agencies=agencies))

    texts = register.values(seen, seen.tasks(), TODAY)

    assert texts["tasks"][0]["lead"] == "CA huyện, PVHTT"
    assert [one["code"] for one in texts["agencies"]] == ["PC06", "PVHTT"]
