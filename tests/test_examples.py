"""The plan in ``examples``, of another office than the shipped one, through every output.

It has no steps, periods as deadlines, groups, a recurring duty, targets, an agency that ended: nothing in
the code can take the shipped plan for the only kind.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import openpyxl
import pytest
import support
from docx import Document
from pyarrow import parquet

PLAN = support.ROOT / "examples" / "chuyen-doi-so.yaml"
DAY = "2025-11-15"
READING = [
    ("list",),
    ("overdue",),
    ("upcoming", "--within", "60"),
    ("stats",),
    ("stats", "--by", "agency"),
    ("stats", "--by", "group"),
    ("stats", "--by", "basis"),
    ("agencies",),
    ("timeline",),
    ("show", "I-1", "I-4", "II-1", "II-3", "II-4", "II-6", "III-2", "III-3", "III-7"),
    ("report",),
    ("mail", "--dry-run"),
    ("list", "--format", "json"),
    ("list", "--format", "csv"),
    ("list", "--format", "tsv"),
    ("list", "--format", "md"),
    ("list", "--format", "ids"),
]


def said(*command: str, home: Path, lang: str = "vi", day: str = DAY) -> str:
    found = support.run(*command, home=home, DE06_DATA=str(PLAN), DE06_TODAY=day, DE06_LANG=lang)
    assert found.returncode == 0, found.stderr
    return found.stdout + (found.stderr if command[0] == "mail" else "")


def exported(name: str, home: Path, *more: str, lang: str = "vi") -> Path:
    said(*(more or ("export",)), name, home=home, lang=lang)
    return home / name


def in_document(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def in_workbook(path: Path) -> str:
    cells = (cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def in_calendar(path: Path) -> str:
    return path.read_bytes().replace(b"\r\n ", b"").decode()


def test_it_has_no_findings(tmp_path):
    found = support.run("check", str(PLAN), home=tmp_path, DE06_TODAY=DAY)

    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_answer_calls_its_tasks_by_the_nouns_of_another_plan(command, lang, tmp_path):
    text = said(*command, home=tmp_path, lang=lang)

    assert text
    assert not re.search(r"mô hình|\bbước\b|(?<!\d)0/0(?!\d)", text, re.IGNORECASE)
    if lang == "en" and "json" not in command:
        assert not re.search(r"\bmodel \w+-\d|\bstep\b", text, re.IGNORECASE)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("plan.html", lambda path: path.read_text("utf-8")),
        ("plan.xlsx", in_workbook),
        ("plan.docx", in_document),
        ("plan.ics", in_calendar),
    ],
)
def test_nor_does_a_file(name, reading, lang, tmp_path):
    text = reading(exported(name, tmp_path, lang=lang))

    assert "Chi trả trợ cấp an sinh xã hội qua tài khoản" in text
    assert not re.search(r"mô hình|(?<!\d)0/0(?!\d)", text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["report.html", "report.docx", "report.txt"])
def test_nor_does_a_report(name, tmp_path):
    path = exported(name, tmp_path, "report")
    text = in_document(path) if name.endswith("docx") else path.read_text("utf-8")

    assert "Chuyển đổi số – xã Tân Khai" in text
    assert "69,7% (8.432/12.100)" in text
    assert "mô hình" not in text.casefold()


def test_parquet_has_a_row_for_each_with_its_number_as_text(tmp_path):
    folder = exported("plan.parquet", tmp_path)
    rows = [
        row
        for file in sorted(folder.rglob("models/*.parquet"))
        for row in parquet.ParquetFile(file).read().to_pylist()
    ]

    assert [row["number"] for row in rows][:2] == ["I-1", "I-2"]
    assert {row["model"] for row in rows} == {None}
    assert rows[0]["deadline_as"] == "2025-08"


def test_the_list_has_periods_as_the_document_has_them(tmp_path):
    lines = said("list", home=tmp_path).splitlines()

    columns = [re.split(r"\s{2,}", line.strip()) for line in lines]
    due = {row[0]: row[3] for row in columns}
    assert due["I-1"] == "Tháng 8/2025"
    assert due["I-2"] == "Quý III/2025"
    assert due["II-2"] == "Năm 2026"
    assert due["II-6"] == "6 tháng cuối năm 2025"
    assert due["III-3"] == "theo tiến độ của Bộ Công an"
    assert {row[4] for row in columns if row[0] == "II-3"} == {"CAX (tiếp nhận từ CAH)"}
    assert "III-7" not in due  # not assigned yet


def shown(number: str, home: Path, **how: str) -> str:
    """The sheet of a model on one line."""
    return " ".join(said("show", number, home=home, **how).split())


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        ("I-4", ("Hằng tháng, hạn 5 ngày sau kỳ, đến tháng 12/2026", "2 kỳ quá hạn", "2/4 kỳ",
                 "Tháng 9/2025: hạn 05/10/2025, quá hạn 41 ngày")),
        ("I-1", ("Nhiệm vụ I-1 (STT 1)", "I – Nâng cao nhận thức, kỹ năng số", "Cấp trình: UBND xã",
                 "Tháng 8/2025 (31/08/2025)", "● Hoàn thành 08/08/2025 – PVHXH – 12/QĐ-UBND")),
        ("I-3", ("Thời gian bắt đầu: Tháng 9/2025",)),
        ("II-1", ("Chủ trì VP → PKT, 22/QĐ-UBND, phân công lại lĩnh vực đầu tư",
                  "hạn ban đầu Tháng 9/2025")),
        ("II-3", ("CAX – Công an xã Tân Khai (tiếp nhận từ CAH)", "CAH từ ngày 01/03/2025")),
        ("II-4", ("31/10/2025 (“Trong tháng 10 năm 2025”)",)),
        ("II-6", ("Dừng thực hiện: từ ngày 06/10/2025, 37/UBND-VP",)),
        ("III-3", ("theo tiến độ của Bộ Công an", "Mục tiêu: ≥ 80% (Tháng 12/2025); ≥ 95% (Năm 2030)",
                   "Thực hiện: 69,7% (8.432/12.100), 31/10/2025 – CAX – 34/BC-CAX",
                   "Kỳ trước: 66,5% (8.011/12.040)", "Còn thiếu: 10,3%")),
        ("III-7", ("Chưa giao; giao từ ngày 01/12/2025",)),
    ],
)  # fmt: skip
def test_show_says_what_a_plan_of_this_kind_says(number, texts, tmp_path):
    text = shown(number, tmp_path)

    assert [one for one in texts if one not in text] == []


def test_json_says_how_a_target_stands(tmp_path):
    answer = json.loads(said("show", "III-3", "--format", "json", home=tmp_path))

    (target,) = answer["models"][0]["targets"]
    assert target["goal"] == {"2025-12": "≥ 80", "2030": "≥ 95"}
    assert (target["last"]["value"], target["previous"]["value"]) == ("8432/12100", "8011/12040")
    assert target["distance"] == pytest.approx(10.314, abs=0.001)
    assert target["reached"] is False


def test_a_group_is_a_filter_and_a_row_of_figures(tmp_path):
    numbers = said("list", "--group", "ii", "--format", "ids", home=tmp_path).split()
    rows = json.loads(said("stats", "--by", "group", "--format", "json", home=tmp_path))["rows"]
    refused = support.run("list", "--group", "X", home=tmp_path, DE06_DATA=str(PLAN))

    assert numbers == ["II-1", "II-2", "II-3", "II-4", "II-5", "II-6"]
    assert {row["key"]: row["total"] for row in rows} == {"I": 4, "II": 6, "III": 6}
    assert refused.returncode == 2
    assert "III  Dịch vụ công và định danh điện tử" in refused.stderr


def test_groups_come_out_of_the_snapshot_as_out_of_the_file(tmp_path):
    first, again = (said("show", "I-1", home=tmp_path) for _time in range(2))

    assert first == again
    assert "I – Nâng cao nhận thức" in again


def test_the_head_of_a_document_names_the_bodies_of_the_plan(tmp_path):
    text = in_document(exported("report.docx", tmp_path, "report"))

    assert "UBND XÃ TÂN KHAI\nPHÒNG VĂN HÓA - XÃ HỘI" in text
    assert "Tân Khai, ngày 15 tháng 11 năm 2025" in text
    assert "của Phòng Văn hóa - Xã hội)" in text
    assert "ĐỀ ÁN 06" not in text


# Evidence ------------------------------------------------------------------------------------------


@pytest.fixture
def beside(tmp_path) -> Path:
    """A copy of the plan, with documents in its folder and one outside of it."""
    text = PLAN.read_text("utf-8").replace(
        "  issued: 2025-07-15\n", "  issued: 2025-07-15\n  evidence_folder: minh-chung\n"
    )
    (tmp_path / "plan.yaml").write_text(text, "utf-8")
    (tmp_path / "minh-chung").mkdir()
    (tmp_path / "minh-chung" / "12-QĐ-UBND.pdf").write_bytes(b"%PDF")
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    if os.name != "nt":  # where links need rights; a file that is not there is of no use either
        (tmp_path / "minh-chung" / "03-BC-TTHCC.pdf").symlink_to(tmp_path / "secret.pdf")
    return tmp_path


def linked(name: str, home: Path) -> str:
    found = support.run(
        "export", name, home=home, DE06_DATA=str(home / "plan.yaml"), DE06_TODAY=DAY
    )
    assert found.returncode == 0, found.stderr
    path = home / name
    if name.endswith("html"):
        return " ".join(re.findall(r'href="([^"#]+)" rel', path.read_text("utf-8")))
    if name.endswith("xlsx"):
        cells = (c for sheet in openpyxl.load_workbook(path) for row in sheet for c in row)
        return " ".join(cell.hyperlink.target for cell in cells if cell.hyperlink)
    rels = Document(str(path)).part.rels.values()
    return " ".join(rel.target_ref for rel in rels if rel.is_external)


@pytest.mark.parametrize("name", ["plan.html", "plan.xlsx", "plan.docx"])
def test_evidence_opens_by_its_address_or_from_the_folder_and_from_nowhere_else(name, beside):
    links = linked(name, beside)

    assert "https://example.vn/van-ban/41-kh-ubnd" in links
    assert "minh-chung/12-Q%C4%90-UBND.pdf" in links
    assert "BC-TTHCC" not in links  # a symbolic link that leads out


# Nouns ---------------------------------------------------------------------------------------------


@pytest.fixture
def changed(tmp_path) -> Path:
    """A copy of the plan in which a task has steps, for sentences about them."""
    text = PLAN.read_text("utf-8").replace(
        '    output: "Danh sách chi trả qua tài khoản"\n',
        '    output: "Danh sách chi trả qua tài khoản"\n    steps:\n'
        '      - {step: 1, text: "Rà soát danh sách", due: 2025-11-20}\n'
        '      - {step: 2, text: "Mở tài khoản", agencies: [PKT]}\n',
    )
    (tmp_path / "plan.yaml").write_text(text, "utf-8")
    return tmp_path


REFUSED_OR_MARKED = [
    (("done", "9"), "Không có nhiệm vụ 9"),
    (("done", "X.Y"), "không phải là số hiệu nhiệm vụ hoặc việc"),
    (("done", "I-1.1"), "Nhiệm vụ I-1 không có việc."),
    (("done", "III-5.9"), "Nhiệm vụ III-5 không có việc 9; các việc là 1, 2."),
    (("done", "III-5"), "Lệnh này ghi nhận 2 việc, cần xác nhận:"),
    (("reset", "III-5"), "Không có việc nào để ghi nhận."),
    (("done", "III-5.2", "--by", "TYT", "--date", "2025-11-01", "--dry-run"),
     "Nhiệm vụ III-5, việc 2: TYT không có vai trò nào trong nhiệm vụ này."),
    (("done", "III-5.2", "--dry-run"), "Nhiệm vụ III-5, việc 2: việc 1 trước đó chưa hoàn thành."),
    (("done", "I-4"), "Nhiệm vụ I-4 là nhiệm vụ định kỳ; hãy ghi rõ kỳ."),
    (("done", "I-4@2028-01"), "Nhiệm vụ I-4 không có kỳ 2028-01."),
    (("done", "I-1@2025-01"), "Nhiệm vụ I-1 không phải là nhiệm vụ định kỳ."),
    (("done", "II-6"), "Nhiệm vụ II-6 đã dừng thực hiện từ ngày 06/10/2025"),
    (("skip", "II-2", "--note", "x"), "Nhiệm vụ II-2 không có việc; muốn dừng, dùng: de06 stop II-2."),
    (("extend", "III-5.1", "2026-01-31"), "Gia hạn áp dụng cho cả nhiệm vụ: gõ III-5."),
    (("stop", "III-5.1", "--document", "1/QĐ"), "Lệnh này áp dụng cho cả nhiệm vụ: gõ III-5."),
    (("record", "I-1.t1", "5"), "Nhiệm vụ I-1 không có chỉ tiêu."),
    (("record", "III-3.t7", "5"), "Nhiệm vụ III-3 không có chỉ tiêu 7"),
    (("handover", "TYT", "VP", "--model", "I-1"), "TYT không có vai trò nào trong nhiệm vụ I-1."),
    (("steps",), "Rà soát danh sách"),
    (("steps", "--status", "done"), ""),
    (("show", "III-5"), "Việc 1"),
    (("list", "--agency", "PKT"), ""),
    (("mail", "--dry-run"), ""),
    (("report",), ""),
    (("diff",), ""),
    (("check", "--notes", "plan.yaml"), ""),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("command", "text"), REFUSED_OR_MARKED, ids=lambda value: str(value)[:40])
def test_no_sentence_has_the_nouns_of_another_plan(command, text, lang, changed):
    found = support.run(
        *command, home=changed, DE06_DATA=str(changed / "plan.yaml"), DE06_TODAY=DAY, DE06_LANG=lang
    )
    said = " ".join(f"{found.stdout} {found.stderr}".split())

    if lang == "vi":
        assert text in said
        # The headings of piped columns stay, whatever the nouns.
        without_columns = re.sub(r"^Bước STT .*? Chủ trì\b|Hạn của bước", "", said)
        assert not re.search(r"mô hình|\bbước\b", without_columns, re.IGNORECASE)
    else:
        assert not re.search(
            r"\bmodel (?:[IVX]+-\d|number)|\bmodel\b(?! )|\bstep \d", said, re.IGNORECASE
        )


# A workbook that an office fills in ------------------------------------------------------------------


def fill(path: Path, *rows: tuple[str, str | None, dict[str, object]]) -> None:
    """Fills in the rows of a model and, where it has one, a period or step as its cell has it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    heading = next(row for row in sheet if str(row[0].value).startswith("de06:"))
    at = {str(cell.value).removeprefix("de06:"): cell.column for cell in heading if cell.value}
    for model, part, cells in rows:
        (number,) = [
            row[0].row
            for row in sheet.iter_rows(min_row=heading[0].row + 1)
            if (row[at["model"] - 1].value, row[at["step"] - 1].value) == (model, part)
        ]
        for name, value in cells.items():
            sheet.cell(number, at[name]).value = value
    book.save(path)


@pytest.fixture
def office(tmp_path):
    """A copy of the plan with its workbook, and a function that runs a command on it."""
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(PLAN.read_bytes())

    def run(*command: str):
        return support.run(*command, home=tmp_path, DE06_DATA=str(plan), DE06_TODAY=DAY)

    assert run("export", "plan.xlsx").returncode == 0
    return plan, tmp_path / "plan.xlsx", run


DONE = {"status": "Hoàn thành", "date": "10/11/2025", "by": "VP", "evidence": "61/BC-UBND"}


def test_tasks_without_steps_and_open_periods_come_back_filled_in(office):
    plan, book, run = office
    blocked = {"status": "Vướng mắc", "date": "12/11/2025", "note": "chờ tỉnh"}
    fill(book, ("I-4", "@2025-09", DONE), ("I-4", "@2025-10", DONE), ("II-5", None, blocked))

    found = run("import", str(book), "--yes")

    assert (found.returncode, found.stdout.count("\n")) == (0, 3), found.stderr
    before, after = (path.read_text("utf-8").splitlines() for path in (PLAN, plan))
    assert [line.strip() for line in after if line not in before] == [
        '- {period: 2025-09, status: done, date: 2025-11-10, by: VP, evidence: "61/BC-UBND"}',
        '- {period: 2025-10, status: done, date: 2025-11-10, by: VP, evidence: "61/BC-UBND"}',
        'progress: {status: blocked, date: 2025-11-12, note: "chờ tỉnh"}',
    ]
    assert [line for line in before if line not in after] == []
    assert run("undo", "--yes").returncode == 0
    assert plan.read_bytes() == PLAN.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Kết nối hệ thống của xã", "Tách hệ thống của xã", "II-5 nay có nội dung khác"),
        ("  - model: II-5\n", '  - model: II-5\n    progress: {status: doing, date: 2025-11-01}\n',
         "kế hoạch đã đổi từ khi xuất, nay là: Đang thực hiện"),
        ("  - model: II-5\n", '  - model: II-5\n    stopped: {on: 2025-11-10, document: "1/UBND"}\n',
         "Nhiệm vụ II-5 đã dừng thực hiện từ ngày 10/11/2025"),
        ("  - model: II-5\n", "  - model: II-9\n", "không còn việc II-5"),
    ],
)  # fmt: skip
def test_a_task_that_changed_meanwhile_is_not_marked(old, new, said, office):
    plan, book, run = office
    fill(book, ("II-5", None, DONE))
    changed = PLAN.read_text("utf-8").replace(old, new)
    plan.write_text(changed, "utf-8")

    found = run("import", str(book))

    assert found.returncode in {2, 4}
    assert said in " ".join(found.stderr.split())
    assert plan.read_text("utf-8") == changed


def test_a_period_and_a_task_that_cannot_take_the_mark_say_so(office):
    plan, book, run = office
    skipped = {"status": "Không thực hiện", "date": "10/11/2025", "note": "không cần"}
    fill(book, ("II-5", None, skipped), ("I-4", "@2025-11", DONE))
    text = PLAN.read_text("utf-8").replace("until: 2026-12", "until: 2025-10")
    plan.write_text(text, "utf-8")

    found = run("import", str(book), "--yes")

    assert found.returncode == 2
    assert "muốn dừng, dùng: de06 stop II-5" in found.stderr
    assert "Nhiệm vụ I-4 không có kỳ 2025-11." in found.stderr
    assert plan.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("agency", "line"),
    [
        ("cong an huyen", "CAH (qua CAX)"),
        ("TTHCC", "TTHCC (qua CACDV)"),
        ("CAX", None),
        ("TYT", None),
    ],
)
def test_who_is_found_through_a_successor_or_a_group_is_named_in_one_line(agency, line, tmp_path):
    found = support.run(
        "list", "--agency", agency, home=tmp_path, DE06_DATA=str(PLAN), DE06_TODAY=DAY
    )

    assert found.returncode == 0
    said = [one for one in found.stderr.splitlines() if "tiếp nhận" in one]
    assert said == ([f"Tính cả đơn vị tiếp nhận hoặc nhóm có đơn vị: {line}."] if line else [])


def test_titles_of_files_name_the_programme(tmp_path):
    book = openpyxl.load_workbook(exported("plan.xlsx", tmp_path))
    document = in_document(exported("plan.docx", tmp_path))

    assert book.worksheets[0]["A1"].value == "Tiến độ Chuyển đổi số – xã Tân Khai"
    assert "Phụ lục – Nhiệm vụ chuyển đổi số" in book.worksheets[0]["A2"].value
    assert "Chuyển đổi số – xã Tân Khai\nPhụ lục – Nhiệm vụ chuyển đổi số" in document
