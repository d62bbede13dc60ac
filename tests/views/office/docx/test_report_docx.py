"""The periodic report as a Word document, opened again by another program."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import samples
import wordfiles
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from samples import SHOWN, TODAY, extension, model, step

from de06cli import messages
from de06cli.tracking.report_period import report as reported
from de06cli.tracking.states import Situation
from de06cli.views.office.docx import report_docx

MODELS = (
    *SHOWN,
    model(
        2,
        step(1, due="2024-01-10", text="Khảo sát."),
        step(2, "skipped 2024-01-03", note="đã có"),
        deadline="2024-02-01",
        extensions=(extension("2024-02-02", "2024-01-05", document="13/CV", reason="thiếu máy"),),
        title="Cấp thẻ",
        stt=9,
    ),
)


def written(
    path: Path, seen: Situation, made_on: date = TODAY, template: Path | None = None, **known: Any
) -> Document:
    report_docx.write(seen, reported(seen, seen.tasks(), **known), made_on, path, template)
    return docx.Document(path)


def of(*models) -> Situation:
    return samples.view(samples.plan(*models))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.docx"


def test_the_report_whole(path):
    assert wordfiles.lines(written(path, of(*MODELS))) == [
        ("……………………\n | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"),
        "Số:          /BC-…… | ……………………, ngày 11 tháng 01 năm 2024",
        "BÁO CÁO",
        "Kết quả thực hiện Kế hoạch",
        "(từ ngày 12/12/2023 đến ngày 11/01/2024)",
        "(Số liệu tính đến ngày 11/01/2024)",
        (
            "Đến hết ngày 11/01/2024, 2/6 nhiệm vụ đã hoàn thành (33,3%). 2 nhiệm vụ quá hạn, nhiều "
            "nhất ở PVHTT (2), CAH (1). 1 bước vướng mắc. Trong kỳ có 2 nhiệm vụ hoàn thành, 2 bước "
            "hoàn thành, 1 lần gia hạn. Kỳ tới có 2 nhiệm vụ đến hạn."
        ),
        (
            "Chữ viết tắt: HT: hoàn thành; C06: Cục C06; PC06: Phòng PC06, Công an tỉnh; CAH: Công "
            "an huyện Hớn Quản; PVHTT: Phòng Văn hóa và Thông tin."
        ),
        "I. Kết quả trong kỳ (từ ngày 12/12/2023 đến ngày 11/01/2024)",
        "1. Tình hình chung",
        " | Trong hạn | Quá hạn | Tổng số",
        "Hoàn thành | 1 | 1 | 2",
        "Chưa hoàn thành | 2 | 2 | 4",
        "Thường xuyên |  |  | 1",
        "Tổng số |  |  | 7",
        "Tỷ lệ hoàn thành trên số đến hạn |  |  | 50,0% (2/4)",
        "Tỷ lệ hoàn thành trên số được giao |  |  | 33,3% (2/6)",
        "2. Nhiệm vụ hoàn thành: 2",
        "Mô hình | Nhiệm vụ | Ngày hoàn thành | Tình trạng",
        "8 | Công chứng, chứng thực – PC06 | 28/12/2023 | HT đúng hạn",
        "23 | LED – CAH | 04/01/2024 | HT quá hạn 5 ngày",
        "3. Gia hạn: 1",
        "Mô hình | Nhiệm vụ | Hạn cũ | Hạn mới | Văn bản",
        "2 | Cấp thẻ – Lý do: thiếu máy | 01/02/2024 | 02/02/2024 | 13/CV, 05/01/2024",
        "II. Tồn tại, hạn chế và nguyên nhân",
        "1. Nhiệm vụ quá hạn: 2",
        "Mô hình | Nhiệm vụ | Thời hạn | Số ngày quá hạn",
        "40 | Phân tích tình hình du lịch – PVHTT. Bước tiếp theo: 1 | 30/10/2023 | 73",
        (
            "9 | Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn… – CAH, PVHTT. "
            "Bước vướng mắc (từ ngày 05/12/2023): 2, chờ kinh phí. Đã gia hạn 1 lần, hạn ban đầu "
            "30/11/2023 | 30/12/2023 | 12"
        ),
        "2. Bước quá hạn của nhiệm vụ còn trong hạn: 1",
        "Bước | Nhiệm vụ | Đơn vị | Thời hạn | Số ngày quá hạn",
        "2.1 | Cấp thẻ\nKhảo sát. | CAH | 10/01/2024 | 1",
        "3. Bước không thực hiện: 1",
        "Bước | Nhiệm vụ | Đơn vị | Ngày | Lý do",
        "2.2 | Cấp thẻ\nTập huấn. | CAH | 03/01/2024 | đã có",
        "III. Nhiệm vụ kỳ tới (từ ngày 12/01/2024 đến ngày 11/02/2024)",
        "1. Nhiệm vụ đến hạn: 2",
        "Mô hình | Nhiệm vụ | Thời hạn",
        "6 | Khám chữa bệnh bằng thẻ CCCD – C06. Bước tiếp theo: 1 | 15/01/2024",
        "2 | Cấp thẻ – CAH. Bước tiếp theo: 1. Đã gia hạn 1 lần, hạn ban đầu 01/02/2024 | 02/02/2024",
        "IV. Kiến nghị, đề xuất",
        "……………………",
        "Trên đây là báo cáo kết quả thực hiện (chi tiết tại các Phụ lục kèm theo)./.",
        "Nơi nhận:\n- ……………………;\n- Lưu: VT. | ………………………………\n\n\n\n………………………………",
        "Phụ lục I",
        "TỔNG HỢP TÌNH HÌNH THỰC HIỆN",
        "(Kèm theo Báo cáo số ……/BC-…… ngày 11 tháng 01 năm 2024 của ……………………)",
        "Tổng hợp theo đơn vị chủ trì",
        (
            "Đơn vị | Tổng số | HT đúng hạn | HT quá hạn | Chưa HT trong hạn | Chưa HT quá hạn | "
            "Thường xuyên | Tỷ lệ HT trên số đến hạn | Tỷ lệ HT trên số được giao | Ghi chú"
        ),
        "PVHTT – Phòng Văn hóa và Thông tin | 2 | 0 | 0 | 0 | 2 | 0 | 0,0% (0/2) | 0,0% (0/2) | ",
        "CAH – Công an huyện Hớn Quản | 3 | 0 | 1 | 1 | 1 | 0 | 50,0% (1/2) | 33,3% (1/3) | ",
        "PC06 – Phòng PC06, Công an tỉnh | 1 | 1 | 0 | 0 | 0 | 0 | 100,0% (1/1) | 100,0% (1/1) | ",
        "C06 – Cục C06 | 1 | 0 | 0 | 1 | 0 | 0 | – | 0,0% (0/1) | ",
        "CSLT – Các cơ sở lưu trú | 1 | 0 | 0 | 0 | 0 | 1 | – | – | ",
        "Tổng số | 7 | 1 | 1 | 2 | 2 | 1 | 50,0% (2/4) | 33,3% (2/6) | ",
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng số chỉ tính một lần.",
        "Phụ lục II",
        "KẾT QUẢ TRONG KỲ THEO NHIỆM VỤ",
        "(Kèm theo Báo cáo số ……/BC-…… ngày 11 tháng 01 năm 2024 của ……………………)",
        "Mô hình | Nhiệm vụ | Đơn vị, minh chứng",
        "8 | Công chứng, chứng thực\n1. Tập huấn. | PC06\n28/12/2023",
        "23 | LED\n1. Tập huấn. | CAH\n04/01/2024",
    ]


def test_of_the_empty_lists_only_those_that_everybody_asks_about_have_a_heading(path):
    document = written(path, of(model(1, deadline="2030-01-01")))

    told = wordfiles.lines(document)
    assert [line for line in told if line.endswith(": không có")] == [
        "2. Nhiệm vụ hoàn thành: không có",
        "1. Nhiệm vụ quá hạn: không có",
        "1. Nhiệm vụ đến hạn: không có",
    ]
    assert len(document.tables) == 4  # the head, the figures, the foot, the agencies


LATE_RECORD = model(1, step(1, "done 2023-12-11", evidence="61/BC"), step(2), deadline="2030-01-01")
SUPPLEMENT = [
    "3. Ghi nhận bổ sung (kết quả của kỳ trước): 1",
    "Mô hình, bước | Nhiệm vụ | Đơn vị | Ngày | Kết quả",
    "Bước 1.1 | Nhiệm vụ 1\nTập huấn. | CAH | 11/12/2023 | Hoàn thành: 61/BC",
]


def test_what_was_recorded_too_late_for_its_own_report_stands_below_the_results(path):
    then = {"HONQUAN": samples.plan(model(1, step(1), step(2)))}
    told = wordfiles.lines(written(path, of(LATE_RECORD), then=then))

    at = told.index("2. Nhiệm vụ hoàn thành: không có")
    assert told[at + 1 : at + 5] == [*SUPPLEMENT, "II. Tồn tại, hạn chế và nguyên nhân"]


def test_the_form_with_its_tags_has_the_supplement_of_a_report_that_knows_it(path, tmp_path):
    form = tmp_path / "form.docx"
    report_docx.write_form(form)
    then = {"HONQUAN": samples.plan(model(1, step(1), step(2)))}
    known = wordfiles.lines(written(path, of(LATE_RECORD), template=form, then=then))
    none = wordfiles.lines(written(path, of(LATE_RECORD), template=form, then={}))
    unknown = wordfiles.lines(written(path, of(LATE_RECORD), template=form))

    assert [line for line in known if line in SUPPLEMENT] == SUPPLEMENT
    assert [line for line in [*none, *unknown] if "bổ sung" in line] == []


def test_what_was_due_on_the_last_day_is_called_late_once_that_is_over(path):
    last = of(model(1, deadline="2024-01-11"))
    over = wordfiles.lines(written(path, last, over=True))
    lasting = wordfiles.lines(written(path, last))

    at = over.index("1. Nhiệm vụ quá hạn: 1")
    assert over[at + 2] == "1 | Nhiệm vụ 1 – CAH. Bước tiếp theo: 1 | 11/01/2024 | 0"
    assert "1. Nhiệm vụ quá hạn hoặc đến hạn ngày cuối kỳ: 1" in lasting


def test_the_summary_lies_across_and_appendices_are_numbered_by_themselves(path):
    document = written(path, of(*MODELS))
    upright, across, steps = document.sections

    assert [section.orientation for section in (upright, across, steps)] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in (upright, across, steps):
        wide, high = sorted((section.page_width.mm, section.page_height.mm))
        assert (round(wide), round(high)) == (210, 297)
        assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
        assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
        assert section.different_first_page_header_footer
    for section in (across, steps):
        numbers = section._sectPr.find(qn("w:pgNumType"))
        assert numbers.get(qn("w:start")) == "1"
        assert section.header.is_linked_to_previous


def test_headings_are_headings(path):
    styled = [
        (paragraph.style.name, paragraph.text)
        for paragraph in written(path, of(*MODELS)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]

    assert styled[:3] == [
        ("Heading 1", "I. Kết quả trong kỳ (từ ngày 12/12/2023 đến ngày 11/01/2024)"),
        ("Heading 2", "1. Tình hình chung"),
        ("Heading 2", "2. Nhiệm vụ hoàn thành: 2"),
    ]


def test_every_list_repeats_its_heading(path):
    head, *lists, _foot, summary, steps = written(path, of(*MODELS)).tables

    assert len(lists) == 7
    for table in (*lists, summary, steps):
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert not head.rows[0]._tr.xpath("w:trPr/w:tblHeader")


def test_a_report_of_last_month_is_of_today_and_its_figures_of_then(path):
    seen = samples.view(samples.plan(*MODELS), date(2023, 12, 31))
    told = wordfiles.lines(written(path, seen, made_on=date(2024, 2, 5)))

    assert told[1] == "Số:          /BC-…… | ……………………, ngày 05 tháng 02 năm 2024"
    assert told[3:6] == [
        "Kết quả thực hiện Kế hoạch",
        "(từ ngày 01/12/2023 đến ngày 31/12/2023)",
        "(Số liệu tính đến ngày 31/12/2023)",
    ]


def test_the_same_report_gives_the_same_bytes(tmp_path):
    first, again = tmp_path / "first.docx", tmp_path / "again.docx"
    written(first, of(*MODELS))
    written(again, of(*MODELS))

    assert first.read_bytes() == again.read_bytes()


def test_several_plans_have_a_summary_of_their_own(path):
    seen = samples.several(MOT=[model(1, step(1, "done 2024-01-02"))], HAI=[model(1)])
    told = wordfiles.lines(written(path, seen))

    at = told.index("Tổng hợp theo kế hoạch")
    assert [line.split(" | ")[:2] for line in told[at + 1 : at + 5]] == [
        ["Kế hoạch", "Tổng số"],
        ["MOT – Kế hoạch", "1"],
        ["HAI – Kế hoạch", "1"],
        ["Tổng số", "2"],
    ]


def test_the_report_speaks_english(path):
    messages.use("en")
    told = wordfiles.lines(written(path, of(*MODELS)))

    assert told[2:10] == [
        "REPORT",
        "Results of Kế hoạch",
        "(from 12 Dec 2023 to 11 Jan 2024)",
        "(Figures as of 11 Jan 2024)",
        (
            "By the end of 11 Jan 2024, 2 of 6 tasks were completed (33.3%). 2 tasks overdue, most of "
            "them with PVHTT (2), CAH (1). 1 step is blocked. In the period: 2 tasks completed, 2 "
            "steps completed, 1 extension. 2 tasks are due in the next period."
        ),
        (
            "Abbreviations: C06: Department C06; PC06: Phòng PC06, Công an tỉnh; CAH: Hon Quan "
            "District Police; PVHTT: Phòng Văn hóa và Thông tin."
        ),
        "I. Results in the period (from 12 Dec 2023 to 11 Jan 2024)",
        "1. Overview",
    ]
    assert "Details are in the attached appendices." in told


def test_another_program_prints_it(path):
    written(path, of(*MODELS))
    pages = wordfiles.pages(path)

    assert pages[0].split()[0] == "……………………"
    assert pages[1].split()[0] == "2"
    assert [page.split()[:3] for page in pages[-2:]] == [["Phụ", "lục", "I"], ["Phụ", "lục", "II"]]
    assert "\n".join(pages).count("Khám chữa bệnh bằng thẻ") == 1
