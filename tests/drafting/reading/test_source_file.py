"""Every kind of document gives the same shape: tables of cells, merged ones at each of their places."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import annexes
import docx
import openpyxl
import pytest
import support
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from de06cli.drafting.reading import pasted, source_file
from de06cli.errors import UnreadableData


def texts(path: Path, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in source_file.read(path).tables[table].rows]


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_merged_cell_stands_at_each_of_its_places_with_one_anchor(tmp_path: Path) -> None:
    page = "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    table = source_file.read(written(tmp_path / "a.html", page)).tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [["a", "a", "b"], ["a", "a", "c"]]
    assert {cell.anchor for row in table.rows for cell in row if cell.text == "a"} == {(0, 0)}
    assert table.rows[1][2].place == "bảng 1, dòng 2, cột 3"


def test_word_tables_give_merged_cells_numbers_and_lines(tmp_path: Path) -> None:
    path = annexes.two_annexes(tmp_path / "a.docx")
    first, second = texts(path, 1), texts(path, 2)
    assert [row[0] for row in first] == ["STT", "1.", "2.", "3."]
    assert [row[0] for row in second] == ["STT", "1.", "2.", "3."]
    assert texts(path)[0][1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "gộp"
    table.cell(1, 1).text = "b"
    document.save(str(tmp_path / "b.docx"))
    assert texts(tmp_path / "b.docx") == [["gộp", ""], ["gộp", "b"], ["gộp", ""]]


def test_tracked_changes_are_read_as_if_accepted_and_said(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    paragraph.add_run("Thời hạn ")
    for tag, word, text in (("del", "delText", "30/6"), ("ins", "t", "30/9")):
        paragraph._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:{word}>{text}</w:{word}></w:r></w:{tag}>")
        )
    document.save(str(tmp_path / "a.docx"))
    read = source_file.read(tmp_path / "a.docx")
    assert read.tables[0].rows[0][0].text == "Thời hạn 30/9"
    assert "Track Changes" in read.remarks[0]


def test_workbooks_give_days_and_months_as_they_are_shown(tmp_path: Path) -> None:
    from datetime import date

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["x", date(2025, 6, 1), date(2025, 6, 30), date(2025, 1, 1), 7, 1.5, 0.8, True])
    forms = {"B": "mm/yyyy", "C": "dd/mm/yyyy", "D": "yyyy", "G": "0%"}
    for column, form in forms.items():
        sheet[f"{column}1"].number_format = form
    sheet.append(["a\nb"])
    sheet.merge_cells("A2:C2")
    book.save(tmp_path / "a.xlsx")
    table = source_file.read(tmp_path / "a.xlsx").tables[0]
    assert [cell.text for cell in table.rows[0]] == [
        "x", "06/2025", "30/06/2025", "2025", "7", "1.5", "80%", "TRUE",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1]][:4] == ["a\nb", "a\nb", "a\nb", ""]
    assert table.rows[0][1].place == "Sheet!B1"


def test_a_strict_workbook_is_read_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["STT", "Nhiệm vụ"])
    book.save(tmp_path / "a.xlsx")
    strict = tmp_path / "strict.xlsx"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for used, by in (
                (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                 b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
                (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
            ):  # fmt: skip
                part = part.replace(used, by)
            new.writestr(name, part)
    assert texts(strict) == [["STT", "Nhiệm vụ"]]


def test_markdown_keeps_bars_and_drops_stress(tmp_path: Path) -> None:
    text = "# Tên\n\n| a | b |\n|---|:-:|\n| **x** \\| y | `c`<br>d |\n\nsau\n"
    read = source_file.read(written(tmp_path / "a.md", text))
    assert [[cell.text for cell in row] for row in read.tables[0].rows] == [
        ["a", "b"], ["x | y", "c\nd"],
    ]  # fmt: skip
    assert (read.tables[0].before, read.after) == (("Tên",), ("sau",))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_is_cut_at_the_sign_that_it_uses(tmp_path: Path, sign: str) -> None:
    rows = [["STT", "Nhiệm vụ", "Thời hạn"], ["1", f'"a{sign} b"', "2025"]]
    path = written(tmp_path / "a.csv", "\r\n".join(sign.join(row) for row in rows))
    assert texts(path) == [
        ["STT", "Nhiệm vụ", "Thời hạn"],
        ["1", " ".join(f"a{sign} b".split()), "2025"],
    ]


def test_utf16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    for form in ("utf-16", "utf-8-sig"):
        path = tmp_path / f"{form}.txt"
        path.write_bytes("TT\tNhiệm vụ\n1\tHọp".encode(form))
        assert texts(path) == [["TT", "Nhiệm vụ"], ["1", "Họp"]]


def test_pasted_rows_broken_into_lines_are_put_together() -> None:
    table = pasted.read("TT\tViệc\tHạn\n1\tmột\nhai\t2025\n\n2\tba\t2026\nsau\n").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["TT", "Việc", "Hạn"], ["1", "một\nhai", "2025"], ["2", "ba", "2026\nsau"],
    ]  # fmt: skip
    assert table.rows[1][1].place == "dòng 2, cột 2"


def test_cells_that_a_spreadsheet_quoted_are_whole() -> None:
    table = pasted.read('TT\tViệc\tHạn\n1\t"một\nhai ""x"""\t2025\n').tables[0]
    assert [cell.text for cell in table.rows[1]] == ["1", 'một\nhai "x"', "2025"]


def test_spans_without_end_are_refused(tmp_path: Path) -> None:
    page = "<table>" + "<tr><td rowspan=999 colspan=999>a</td></tr>" * 5 + "</table>"
    with pytest.raises(UnreadableData):
        source_file.read(written(tmp_path / "a.html", page))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx:MS Word 2007 XML", "html"])
def test_what_libreoffice_makes_of_a_document_is_read_alike(tmp_path: Path, form: str) -> None:
    from de06cli.drafting.plan_draft import draft

    path = annexes.resolution(tmp_path / "goc.docx")
    folder = tmp_path / "moi"
    subprocess.run(
        ["soffice", "--headless", "--convert-to", form, "--outdir", folder, path],
        env=support.environment(tmp_path), check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (again,) = folder.iterdir()
    first, second = (draft(source_file.read(each), "a", (), {}) for each in (path, again))
    assert first is not None
    assert second is not None
    assert second.models == first.models
