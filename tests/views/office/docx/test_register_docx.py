"""The register as a Word document, opened again by another program."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
import samples
import wordfiles
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from samples import SHOWN, TODAY, model, step

from de06cli import messages
from de06cli.plan.records import Model
from de06cli.views.office.docx import register_docx

HOSTILE = [
    "{{ 7*7 }} {% for x in y %} {# không #} {_{ title }_} {_% endif %_}",
    "{%tr endfor %} {{ tasks }} {%p if x %}",
    "<w:p><w:r/></w:p> </w:t> &amp; &#65; ]]> <!-- -->",
    "\ufffe\uffff\u200e",
    "שלום مرحبا \u200fabc",
    "x" * 40_000,
    '=HYPERLINK("http://example.vn") [red] _x000D_',
    "😀 \U0001f1fb\U0001f1f3",
]


def written(path: Path, *models: Model, today: date = TODAY) -> Document:
    made = samples.plan(*models)
    heading = made.plan._replace(place="huyện Hớn Quản, tỉnh Bình Phước")
    seen = samples.view(made._replace(plan=heading), today)
    register_docx.write(seen, seen.tasks(), path)
    return docx.Document(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.docx"


def test_the_register_whole(path):
    assert wordfiles.lines(written(path, *SHOWN)) == [
        (
            "UBND HUYỆN HỚN QUẢN\n | "
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        ),
        "Số:          /…… | Hớn Quản, ngày 11 tháng 01 năm 2024",
        "DANH MỤC NHIỆM VỤ",
        "Kế hoạch",
        "(Số liệu tính đến ngày 11/01/2024)",
        (
            "STT | Nội dung nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Tiến độ | Tình trạng | "
            "Kết quả (số, ký hiệu văn bản) | Ghi chú"
        ),
        (
            "4 | Mô hình 9: Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3* | "
            "CAH, PVHTT | PC06 | 30/12/2023 | 1/3 bước | Chưa hoàn thành – quá hạn 12 ngày | "
            "45/BC-CAH (20/11/2023) | "
            "đã gia hạn 1 lần, hạn ban đầu 30/11/2023\nBước 2 – Vướng mắc: chờ kinh phí"
        ),
        (
            "23 | Mô hình 40: Phân tích tình hình du lịch | PVHTT |  | 30/10/2023 | 0/1 bước | "
            "Chưa hoàn thành – quá hạn 73 ngày |  | "
        ),
        (
            "2 | Mô hình 6: Khám chữa bệnh bằng thẻ CCCD | C06 |  | 15/01/2024 | 0/1 bước | "
            "Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày) |  | "
        ),
        (
            "3 | Mô hình 8: Công chứng, chứng thực | PC06 |  | 30/12/2023 | 1/1 bước | "
            "Hoàn thành đúng hạn |  | "
        ),
        (
            " | Mô hình 23: LED | CAH |  | 30/12/2023 | 2/2 bước | Hoàn thành quá hạn 5 ngày |  | "
            "Bước 2 – Không thực hiện: thừa"
        ),
        " | Mô hình 25: Rà soát dân cư | CSLT |  | thường xuyên | 0/1 bước | Thường xuyên |  | ",
        (
            "Chữ viết tắt: C06: Cục C06; PC06: Phòng PC06, Công an tỉnh; CAH: Công an huyện Hớn Quản; "
            "PVHTT: Phòng Văn hóa và Thông tin; CSLT: Các cơ sở lưu trú."
        ),
        "Nơi nhận:\n- ……………………;\n- Lưu: VT. | ………………………………\n\n\n\n………………………………",
    ]


def test_the_paper_is_as_the_decree_wants_it(path):
    document = written(path, *SHOWN)
    (section,) = document.sections
    lengths = (
        section.page_width, section.page_height, section.top_margin, section.bottom_margin,
        section.left_margin, section.right_margin,
    )  # fmt: skip

    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [round(length.mm) for length in lengths if length] == [297, 210, 20, 20, 30, 15]
    numbered, first = section.header.paragraphs[0], section.first_page_header.paragraphs[0]
    assert section.different_first_page_header_footer
    assert [field.get(qn("w:instr")) for field in numbered._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert numbered.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert first.text == ""
    table = document.tables[1]
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * 6
    widths = [cell.width.mm for cell in table.rows[1].cells if cell.width]
    assert sum(widths) == pytest.approx(252, abs=0.5)


def test_every_letter_is_times_new_roman_and_black_and_those_of_the_table_are_of_12_points(path):
    document = written(path, *SHOWN)
    styles = document.styles

    for name in ("Normal", "Heading 1", "Heading 2"):
        assert set(styles[name].element.rPr.rFonts.attrib.values()) == {"Times New Roman"}
        assert str(styles[name].font.color.rgb) == "000000"
        assert styles[name].font.size.pt == 13
    used = {
        paragraph.style.name
        for row in document.tables[1].rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    }
    assert used == {"de06 cell", "de06 cell heading"}
    assert {styles[name].font.size.pt for name in used} == {12}
    assert {styles[name].base_style.name for name in used} == {"Normal"}
    assert re.findall(r"asciiTheme|<w:color ", document._element.xml) == []


def test_the_same_day_of_a_plan_gives_the_same_bytes_whenever_it_is_written(tmp_path):
    first, again = tmp_path / "first.docx", tmp_path / "again.docx"
    written(first, *SHOWN)
    document = written(again, *SHOWN)

    assert first.read_bytes() == again.read_bytes()
    with ZipFile(again) as members:
        assert {member.date_time for member in members.infolist()} == {(2024, 1, 11, 0, 0, 0)}
    properties = document.core_properties
    assert {f"{day:%Y-%m-%d %H:%M}" for day in (properties.created, properties.modified)} == {
        "2024-01-11 00:00"
    }
    assert (properties.title, properties.author, properties.language) == (
        "Danh mục nhiệm vụ",
        "de06",
        "vi",
    )
    assert (properties.comments, properties.last_modified_by) == ("", "")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1979, 12, 31), date(9999, 12, 31)])
def test_any_day_of_the_calendar_has_its_register(path, day):
    document = written(path, model(1), today=day)

    assert f"(Số liệu tính đến ngày {day:%d/%m/%Y})" in wordfiles.lines(document)
    assert document.core_properties.created


def test_the_register_speaks_english(path):
    messages.use("en")
    told = wordfiles.lines(written(path, samples.LODGING))

    assert told[0] == (
        "PEOPLE'S COMMITTEE OF HUYỆN HỚN QUẢN\n | "
        "SOCIALIST REPUBLIC OF VIET NAM\nIndependence - Freedom - Happiness\n"
    )
    assert told[2:6] == [
        "TASK REGISTER",
        "Kế hoạch",
        "(Figures as of 11 Jan 2024)",
        "Row | Task | Lead | Support | Due | Progress | State | Result (document number) | Note",
    ]


def test_a_register_without_tasks_is_a_heading(path):
    seen = samples.view(samples.plan(model(1)))
    register_docx.write(seen, [], path)

    assert len(docx.Document(path).tables[1].rows) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_stays_the_text_that_it_is(path, text):
    done, blocked = step(1, "done 2024-01-02", text, evidence=text), step(2, "blocked", note=text)
    document = written(path, model(1, done, blocked, title=text))
    shown = re.sub("[\ufffe\uffff]", "\ufffd", text)

    row = document.tables[1].rows[1].cells
    assert len(document.tables[1].rows) == 2
    assert row[1].text == f"Mô hình 1: {shown}"
    assert row[7].text == f"{shown} (02/01/2024)"
    assert row[8].text == f"Bước 2 – Vướng mắc: {shown}"


def test_lines_and_tabs_of_a_note_are_kept(path):
    document = written(path, model(1, step(1, "blocked", note="một\n\thai\n  ba")))

    assert document.tables[1].rows[1].cells[8].text == "Bước 1 – Vướng mắc: một\n\thai\n  ba"


def test_another_program_prints_it_with_its_heading_on_each_page_and_no_number_on_the_first(path):
    written(path, *(model(number, stt=number) for number in range(1, 41)))
    pages = wordfiles.pages(path)

    assert len(pages) > 2
    for number, text in enumerate(pages[:-1], start=1):
        assert "Nội dung nhiệm vụ" in text
        assert text.split()[0] == ("UBND" if number == 1 else str(number))
    assert sum(text.count("Mô hình ") for text in pages) == 40
