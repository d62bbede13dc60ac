"""``import``: what agencies filled into an exported workbook becomes marks, all of them or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import filling
import pytest
import support
from openpyxl import load_workbook
from openpyxl.comments import Comment

from de06cli.cli.commands.send import output_file
from de06cli.plan.file import locate, writer

HEALTH = "Mô hình 3 (STT 2) Sổ sức khỏe điện tử"
REVIEW = "Mô hình 8 (STT 5) Rà soát dân cư"
FILLED = {
    (3, 1): {"status": "Hoàn thành", "date": date(2024, 1, 5), "by": "trung tam y te", "evidence": "12/BC"},
    (3, 2): {"status": "Vướng mắc", "note": "chờ =\nmáy"},
    (7, 2): {"status": "Chưa thực hiện", "date": None, "note": None},
    (8, 1): {"status": "Đang thực hiện", "date": "9/1/2024"},
}  # fmt: skip


@pytest.fixture
def exported(small, call, tmp_path) -> Path:
    """The small plan's workbook as it leaves the office."""
    assert call("export", "plan.xlsx").returncode == 0
    return tmp_path / "plan.xlsx"


@pytest.fixture
def before(small) -> bytes:
    return small.read_bytes()


def progress_lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if "progress:" in line]


# The way there and back -----------------------------------------------------------------------------


@pytest.mark.parametrize("saved", [lambda path: path, filling.saved_by_libreoffice])
def test_what_was_filled_in_comes_back_and_leaves_again(exported, small, call, saved):
    filling.fill(exported, FILLED)
    answer = call("import", str(saved(exported)), "--yes")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert progress_lines(small) == [
        'progress: {status: done, date: 2023-11-20, by: CAX, evidence: "45/BC-CAX"}',
        'progress: {status: done, date: 2024-01-05, by: TTYT, evidence: "12/BC"}',
        r'progress: {status: blocked, note: "chờ =\nmáy"}',
        'progress: {status: done, date: 2023-11-09, by: VPX, evidence: "9/BC-VPX"}',
        'progress: {status: done, date: 2023-12-30, by: CAX, evidence: "60/BC-CAX"}',
        'progress: {status: skipped, date: 2023-12-01, note: "đã có đài truyền thanh"}',
        "progress: {status: doing, date: 2024-01-09}",
    ]
    assert answer.stdout == (
        "Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động, bước 2: Chưa thực hiện "
        "(trước đó: Vướng mắc 20/12/2023 – máy hỏng).\n"
        f"{HEALTH}, bước 1: Hoàn thành 05/01/2024 – TTYT – 12/BC.\n"
        f"{HEALTH}, bước 2: Vướng mắc – chờ = máy.\n"
        f"{REVIEW}, bước 1: Đang thực hiện 09/01/2024.\n"
        "Mô hình 7, bước tiếp theo: 2. Thu nhận hồ sơ.\n"
        "Mô hình 3, bước tiếp theo: 2. Trả kết quả.\n"
        "Mô hình 8, bước tiếp theo: 1. Rà soát hằng tháng.\n"
    )
    again = call("export", "again.xlsx")
    sheet = load_workbook(exported.parent / "again.xlsx")[filling.STEPS]
    at, rows = filling.columns(sheet), filling.rows(sheet)

    assert again.returncode == 0
    assert [
        [sheet.cell(rows[step], at[field]).value for field in ("status", "by", "evidence", "note")]
        for step in FILLED
    ] == [
        ["Hoàn thành", "TTYT", "12/BC", None],
        ["Vướng mắc", None, None, "chờ =\nmáy"],
        ["Chưa thực hiện", None, None, None],
        ["Đang thực hiện", None, None, None],
    ]


def test_an_unchanged_file_changes_nothing(exported, small, before, call):
    modified = small.stat().st_mtime_ns
    answer = call("import", "plan.xlsx")

    assert (answer.returncode, answer.stdout, answer.stderr) == (
        0,
        "",
        "Không có nội dung nào cần thay đổi.\n",
    )
    assert (small.read_bytes(), small.stat().st_mtime_ns) == (before, modified)


def test_importing_again_changes_nothing(exported, small, call):
    filling.fill(exported, FILLED)
    call("import", "plan.xlsx", "--yes")
    once = small.read_bytes()
    again = call("import", "plan.xlsx")

    assert (again.returncode, again.stderr, small.read_bytes()) == (
        0,
        "Không có nội dung nào cần thay đổi.\n",
        once,
    )


def test_an_import_is_undone_as_a_whole(exported, small, before, call):
    filling.fill(exported, FILLED)
    call("import", "plan.xlsx", "--yes")
    assert small.read_bytes() != before

    assert call("undo").returncode == 0
    assert small.read_bytes() == before


def test_one_step_is_not_asked_about_and_doubts_are_reported(exported, small, call):
    filling.fill(exported, {(3, 2): {"status": "Hoàn thành", "date": date(2024, 1, 5)}})
    answer = call("import", "plan.xlsx")

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == f"{HEALTH}, bước 2: Hoàn thành 05/01/2024."
    assert answer.stderr == (
        "Lưu ý: Mô hình 3, bước 2: chưa có minh chứng; thêm sau bằng --evidence.\n"
        "Lưu ý: Mô hình 3, bước 2: bước 1 trước đó chưa hoàn thành.\n"
    )


def test_several_steps_are_shown_and_need_yes_where_nobody_can_be_asked(
    exported, small, before, call
):
    filling.fill(exported, FILLED)
    answer = call("import", "plan.xlsx")

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (2, "", before)
    assert answer.stderr == (
        "Lệnh này ghi nhận 4 bước, cần xác nhận:\n"
        "  Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động\n"
        "    7.2  Vướng mắc 20/12/2023 – máy hỏng → Chưa thực hiện\n"
        f"  {HEALTH}\n"
        "    3.1  Đang thực hiện → Hoàn thành 05/01/2024 – TTYT – 12/BC\n"
        "    3.2  Chưa thực hiện → Vướng mắc – chờ = máy\n"
        f"  {REVIEW}\n"
        "    8.1  Chưa thực hiện → Đang thực hiện 09/01/2024\n"
        "Thêm --yes nếu đúng, hoặc --dry-run để xem phần sẽ thay đổi trong tệp.\n"
    )


def test_a_dry_run_prints_the_difference_and_writes_nothing(exported, small, before, call):
    filling.fill(exported, {(8, 1): FILLED[8, 1], (3, 2): FILLED[3, 2]})
    answer = call("import", "plan.xlsx", "--dry-run")

    assert (answer.returncode, small.read_bytes()) == (0, before)
    assert [line for line in answer.stdout.splitlines() if line[0] in "+-"] == [
        "--- a/data/models.yaml",
        "+++ b/data/models.yaml",
        r'+        progress: {status: blocked, note: "chờ =\nmáy"}',
        "+        progress: {status: doing, date: 2024-01-09}",
    ]


def test_a_filtered_and_earlier_state_can_be_filled_in_too(small, call, tmp_path):
    call("export", "plan.xlsx", "--agency", "TTYT", "--role", "lead", "--as-of", "2024-01-02")
    filling.fill(tmp_path / "plan.xlsx", {(3, 2): FILLED[3, 2]})

    assert call("import", "plan.xlsx").returncode == 0
    assert r'progress: {status: blocked, note: "chờ =\nmáy"}' in progress_lines(small)


# Nothing is half applied ----------------------------------------------------------------------------


def test_every_cell_that_can_not_be_taken_over_is_named_in_one_run(exported, small, before, call):
    filling.fill(
        exported,
        {
            (7, 1): {"date": "31/2/2024"},
            (7, 2): {"status": "xong rồi", "by": "Công an tỉnh"},
            (3, 1): {"status": "Hoàn thành"},
            (3, 2): {"status": "Không thực hiện", "date": date(2024, 2, 1)},
            (5, 1): {"evidence": "=9/BC"},
            (2, 1): {"note": "a\u2066b"},
            (8, 1): {"evidence": "1/BC"},
        },
    )
    book = load_workbook(exported)
    sheet = book[filling.STEPS]
    sheet["A17"], sheet["D17"], sheet["J17"], sheet["O17"] = 9, 1, "Hoàn thành", "TANKHAI"
    sheet["A18"], sheet["D18"], sheet["J18"], sheet["O18"] = 9, 1, "Hoàn thành", "HONQUAN"
    book.save(exported)
    answer = call("import", "plan.xlsx", "--yes")

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (2, "", before)
    assert answer.stderr == (
        "Lỗi: Chưa ghi gì; hãy xem lại các ô này:\n"
        "  Các bước!O18: Không có kế hoạch “HONQUAN”; kế hoạch đang dùng là TANKHAI.\n"
        "  Các bước!K8: Không có ngày 31/2/2024.\n"
        "  Các bước!J9: Không hiểu tình trạng “xong rồi”. Hãy chọn: Chưa thực hiện, Đang thực hiện, "
        "Hoàn thành, Vướng mắc, Không thực hiện.\n"
        "  Các bước!L9: Không có đơn vị nào mang mã hoặc tên “Công an tỉnh”. Gợi ý: "
        "CAX (Công an xã), TTYT (Trung tâm Y tế), VPX (Văn phòng UBND xã).\n"
        "  Các bước!K10: Thiếu ngày: ghi ngày của văn bản hoặc của quyết định.\n"
        "  Các bước!K11: Ngày 01/02/2024 sau hôm nay (11/01/2024); hãy ghi ngày đã thực hiện.\n"
        "  Các bước!N11: Thiếu ghi chú: nội dung vướng mắc hoặc lý do không thực hiện.\n"
        "  Các bước!M12: Ô này là một công thức; hãy gõ thẳng giá trị.\n"
        "  Các bước!N13: Ô chứa ký tự không được phép (U+2066). Hãy nhập lại.\n"
        "  Các bước!J15: Có ngày, đơn vị, minh chứng hoặc ghi chú nhưng tình trạng là “Chưa thực hiện”: "
        "hãy chọn tình trạng khác, hoặc xóa các ô này.\n"
        "  Các bước!D17: Không có mô hình 9. Gợi ý: 5, 7, 8. Xem tất cả: de06 list.\n"
    )


def test_what_others_reported_since_the_export_is_not_overwritten(exported, small, call):
    filling.fill(exported, FILLED)
    call("done", "3.2", "--date", "2024-01-10", "--evidence", "7/BC")
    call("done", "3.1", "--date", "2024-01-05", "--by", "TTYT", "--evidence", "12/BC")
    changed = small.read_bytes()
    answer = call("import", "plan.xlsx", "--yes")

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (4, "", changed)
    assert answer.stderr == (
        "Lỗi: Chưa ghi gì; hãy xem lại các ô này:\n"
        "  Các bước!J11: kế hoạch đã đổi từ khi xuất, nay là: Hoàn thành 10/01/2024 – 7/BC\n"
    ), "3.1 says by now what the row says"


def test_a_plan_that_changes_while_the_import_asks_is_not_overwritten(
    exported, small, call, monkeypatch
):
    """Somebody else's mark comes between the first look at the plan and the lock."""
    filling.fill(exported, {(8, 1): FILLED[8, 1]})
    rewrite = writer.rewrite

    def late(path, edit):
        text = small.read_text("utf-8")
        small.write_text(
            text.replace(
                '        text: "Rà soát hằng tháng."',
                '        progress: {status: blocked, note: "chờ"}\n'
                '        text: "Rà soát hằng tháng."',
            ),
            "utf-8",
        )
        return rewrite(path, edit)

    monkeypatch.setattr(writer, "rewrite", late)
    answer = call("import", "plan.xlsx")

    assert answer.returncode == 4
    assert "nay là: Vướng mắc – chờ" in answer.stderr
    assert "status: doing, date: 2024-01-09" not in small.read_text("utf-8")


# The plan changes between export and import ----------------------------------------------------------


def insert_a_step(text: str) -> str:
    return text.replace(
        '- step: 2\n        text: "Trả kết quả', '- step: 3\n        text: "Trả kết quả'
    ).replace(
        '      - step: 3\n        text: "Trả kết quả',
        '      - step: 2\n        text: "Bố trí kinh phí."\n      - step: 3\n        text: "Trả kết quả',
    )


def delete_the_step(text: str) -> str:
    at = text.index('      - step: 2\n        text: "Trả kết quả')
    end = text.index("  - model:", at)
    return text[:at] + text[end:]


def reword_the_step(text: str) -> str:
    return text.replace("Trả kết quả", "Trả kết quả cho dân")


def rename_the_model(text: str) -> str:
    return text.replace("Sổ sức khỏe điện tử", "Bệnh án điện tử")


NO_OTHER = "; không ghi vào bước khác."
CHANGES = {
    insert_a_step: (
        f"bước 3.2 nay có nội dung khác với khi xuất: “Bố trí kinh phí.”{NO_OTHER} "
        "Nội dung đã xuất nay là bước 3.3."
    ),
    delete_the_step: "kế hoạch không còn bước 3.2 đã xuất.",
    reword_the_step: f"bước 3.2 nay có nội dung khác với khi xuất: “Trả kết quả cho dân.”{NO_OTHER}",
    rename_the_model: f"bước 3.2 nay có nội dung khác với khi xuất: “Trả kết quả.”{NO_OTHER}",
}


def as_exported_before(path: Path) -> None:
    """Makes the workbook one of an earlier de06: fingerprints of the progress alone, and no seals."""
    book = load_workbook(path)
    at = filling.columns(book[filling.STEPS])
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value).startswith("de06="):
                    cell.value = None
                elif (
                    sheet.title == filling.STEPS
                    and cell.column == at["known"]
                    and cell.row >= at["row"] + 3
                ):
                    cell.value = str(cell.value or "").partition("t")[0] or None
    book[filling.STEPS].delete_cols(at["seal"])
    book.save(path)


OLD = (
    "Lưu ý: tệp do phiên bản de06 trước xuất ra, nên không kiểm tra được nội dung đã sửa ngoài ô nền "
    "vàng.\n"
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
def test_another_step_than_the_exported_one_is_never_marked(exported, small, call, change, old):
    filling.fill(exported, {(3, 2): FILLED[3, 2]})
    if old:
        as_exported_before(exported)
    text = small.read_text("utf-8")
    small.write_text(change(text), "utf-8")
    changed = small.read_bytes()
    assert changed.decode() != text
    assert call("check").returncode == 0
    answer = call("import", "plan.xlsx", "--yes")

    told = CHANGES[change].partition(" Nội dung đã xuất")[0] if old else CHANGES[change]
    assert (answer.returncode, answer.stdout, small.read_bytes()) == (4, "", changed)
    assert answer.stderr == (
        f"{OLD if old else ''}Lỗi: Chưa ghi gì; hãy xem lại các ô này:\n  Các bước!J11: {told}\n"
    )


def test_a_workbook_of_an_earlier_version_is_still_read(exported, small, call):
    filling.fill(exported, FILLED)
    as_exported_before(exported)
    answer = call("import", "plan.xlsx", "--yes")

    assert (answer.returncode, answer.stderr) == (0, OLD)
    assert r'progress: {status: blocked, note: "chờ =\nmáy"}' in progress_lines(small)


def test_rows_without_a_conflict_can_be_taken_alone(exported, small, call):
    filling.fill(exported, FILLED)
    call("done", "3.2", "--date", "2024-01-10", "--evidence", "7/BC")
    answer = call("import", "plan.xlsx", "--yes", "--skip-conflicts")

    assert answer.returncode == 0
    assert answer.stderr == (
        "Lưu ý: bỏ qua 1 hàng mà kế hoạch đã đổi từ khi xuất:\n"
        "  Các bước!J11: kế hoạch đã đổi từ khi xuất, nay là: Hoàn thành 10/01/2024 – 7/BC\n"
    )
    assert 'progress: {status: done, date: 2024-01-10, evidence: "7/BC"}' in progress_lines(small)
    assert "progress: {status: doing, date: 2024-01-09}" in progress_lines(small)


def test_a_cell_that_can_not_be_read_is_no_conflict_to_be_skipped(exported, before, small, call):
    filling.fill(exported, FILLED | {(8, 1): {"date": "31/2/2024"}})
    answer = call("import", "plan.xlsx", "--yes", "--skip-conflicts")

    assert (answer.returncode, small.read_bytes()) == (2, before)


def test_what_another_agency_has_recorded_is_shown_and_not_replaced_without_a_yes(
    exported, small, before, call
):
    filling.fill(exported, {(7, 1): {"by": "VPX"}})
    refused = call("import", "plan.xlsx")

    assert (refused.returncode, small.read_bytes()) == (2, before)
    assert (
        "    7.1  Hoàn thành 20/11/2023 – CAX – 45/BC-CAX → Hoàn thành 20/11/2023 – VPX – 45/BC-CAX\n"
    ) in refused.stderr
    assert refused.stderr.endswith("\n7.1 do đơn vị khác ghi nhận. Thêm --yes nếu vẫn thay thế.\n")
    assert call("import", "plan.xlsx", "--yes").returncode == 0
    assert "by: VPX" in "".join(progress_lines(small))


@pytest.mark.parametrize("more", [{}, {(8, 1): {"status": "Đang thực hiện"}}])
def test_marks_and_imports_ask_the_same_about_another_agencys_record(
    exported, small, before, call, more
):
    filling.fill(exported, {(7, 1): {"by": "VPX", "evidence": "9/BC-VPX"}} | more)
    imported = call("import", "plan.xlsx")
    marked = call("done", "7.1", "--by", "VPX", "--evidence", "9/BC-VPX")

    said = "7.1 do đơn vị khác ghi nhận. Thêm --yes nếu vẫn thay thế."
    assert [imported.returncode, marked.returncode, small.read_bytes()] == [2, 2, before]
    assert imported.stderr.splitlines()[-1] == marked.stderr.splitlines()[-1] == said


def test_an_agency_that_completes_its_own_record_is_not_asked(exported, small, call):
    filling.fill(exported, {(7, 1): {"evidence": "46/BC-CAX"}})

    assert call("import", "plan.xlsx").returncode == 0
    assert 'evidence: "46/BC-CAX"' in "".join(progress_lines(small))


# Beside the cells to be filled in ---------------------------------------------------------------------


def edited(path: Path, edit) -> None:
    book = load_workbook(path)
    edit(book, book[filling.STEPS])
    book.save(path)


def put(sheet, cell: str, value) -> None:
    sheet[cell].value = value


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda _b, s: put(s, "H10", date(2024, 3, 31)), "Các bước!H10: 31/03/2024"),
        (lambda _b, s: put(s, "H10", s["H15"].value), "Các bước!H10: "),
        (lambda _b, s: put(s, "E10", "Lập sổ mới"), "Các bước!E10: Lập sổ mới"),
        (lambda _b, s: put(s, "E10", None), "Các bước!E10: đã xóa nội dung"),
        (lambda _b, s: put(s, "E10", "=1+1"), "Các bước!E10: công thức"),
        (lambda _b, s: put(s, "W10", "cột mới"), "Các bước!W10: cột mới"),
        (lambda _b, s: put(s, "E40", "hàng mới"), "Các bước!E40: hàng mới"),
        (lambda _b, s: put(s, "A1", "Gửi CAH"), "Các bước!A1: Gửi CAH"),
        (
            lambda _b, s: setattr(s["N10"], "comment", Comment("Chưa có\nkinh phí", "CAX")),
            "Các bước!N10: nhận xét: Chưa có kinh phí",
        ),
        (
            lambda b, _s: setattr(b["Phụ lục"]["B7"], "comment", Comment("Sai tên", "CAX")),
            "Phụ lục!B7: nhận xét: Sai tên",
        ),
        (lambda _b, s: s.merge_cells("N10:N11"), "Các bước!N10:N11: ô gộp"),
        (lambda b, _s: put(b["Phụ lục"], "J8", date(2024, 3, 31)), "Phụ lục!J8: 31/03/2024"),
        (lambda b, _s: put(b["Phụ lục"], "Z3", "Đã xong"), "Phụ lục!Z3: Đã xong"),
        (lambda b, _s: put(b["Tổng hợp"], "C7", "Đã xong"), "Tổng hợp!C7: Đã xong"),
        (lambda b, _s: put(b["Đơn vị"], "B2", "Tên khác"), "Đơn vị!B2: Tên khác"),
        (
            lambda b, _s: put(b.create_sheet("Ý kiến"), "B2", "Xin lùi hạn"),
            "Ý kiến!B2: Xin lùi hạn",
        ),
    ],
)
def test_what_stands_beside_the_cells_to_be_filled_in_is_listed(
    exported, small, before, call, edit, told
):
    edited(exported, edit)
    answer = call("import", "plan.xlsx")
    first, line, last = answer.stderr.splitlines()

    assert (answer.returncode, small.read_bytes()) == (0, before)
    assert first == "Lưu ý: không nhận 1 chỗ ghi ngoài ô nền vàng:"
    assert line.startswith(f"  {told}")
    assert last == "Các ô nền vàng không có gì mới; chưa ghi gì."


def test_what_is_filled_in_is_taken_over_beside_what_is_not(exported, small, call):
    filling.fill(exported, {(8, 1): FILLED[8, 1]})
    edited(exported, lambda _b, s: put(s, "H10", date(2024, 3, 31)))
    answer = call("import", "plan.xlsx")

    assert answer.returncode == 0
    assert answer.stderr.splitlines()[:2] == [
        "Lưu ý: không nhận 1 chỗ ghi ngoài ô nền vàng:",
        "  Các bước!H10: 31/03/2024",
    ]
    assert "progress: {status: doing, date: 2024-01-09}" in progress_lines(small)


def test_a_sheet_saved_by_libreoffice_or_sorted_has_nothing_beside_its_cells(exported, call):
    edited(exported, lambda b, _s: b["Phụ lục"].move_range("A7:Q7", rows=30))
    saved = filling.saved_by_libreoffice(exported)

    assert call("import", str(saved)).stderr == "Không có nội dung nào cần thay đổi.\n"


def test_a_value_in_a_merged_cell_is_of_no_step(exported, small, before, call):
    filling.fill(exported, {(3, 1): {"status": "Đang thực hiện", "note": "chờ máy"}})
    edited(exported, lambda _b, s: s.merge_cells("N10:N11"))
    answer = call("import", "plan.xlsx", "--yes")

    assert (answer.returncode, small.read_bytes()) == (2, before)
    assert (
        "  Các bước!N10: Ô này nằm trong vùng ô gộp N10:N11; hãy bỏ gộp rồi điền từng ô.\n"
    ) in answer.stderr


def test_a_long_list_is_cut_short_and_steers_no_terminal(exported, call):
    def edit(book, _sheet) -> None:
        other = book.create_sheet("Ý kiến")
        for row in range(1, 151):
            other.cell(row, 1).value = f"{row} \u202eđảo"

    edited(exported, edit)
    lines = call("import", "plan.xlsx").stderr.splitlines()

    assert lines[0] == "Lưu ý: không nhận 150 chỗ ghi ngoài ô nền vàng:"
    assert lines[1] == "  Ý kiến!A1: 1 \ufffdđảo"
    assert lines[101:] == ["  … và 50 chỗ khác.", "Các ô nền vàng không có gì mới; chưa ghi gì."]


def test_a_workbook_that_is_open_elsewhere_is_reported(exported, tmp_path, call):
    (tmp_path / "~$plan.xlsx").write_bytes(b"\x05Admin" + bytes(49))

    assert call("import", "plan.xlsx").stderr == (
        "Lưu ý: plan.xlsx đang mở ở nơi khác, người dùng Admin (~$plan.xlsx).\n"
        "Không có nội dung nào cần thay đổi.\n"
    )


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("none.xlsx", 3, "Lỗi: Không có tệp none.xlsx.\n"),
        (
            "data/models.yaml",
            3,
            (
                "Lỗi: Không đọc được data/models.yaml: là tệp văn bản (ví dụ csv), không phải là sổ "
                "xlsx; hãy điền vào chính tệp .xlsx đã xuất.\n"
            ),
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_reported(small, before, call, file, code, said):
    answer = call("import", file)
    stderr = answer.stderr.replace(os.sep, "/")

    assert (answer.returncode, stderr, small.read_bytes()) == (code, said, before)


def test_the_packaged_plan_is_not_written(call, tmp_path):
    call("export", "plan.xlsx")
    filling.fill(tmp_path / "plan.xlsx", {(9, 2): {"status": "Đang thực hiện"}})
    answer = call("import", "plan.xlsx")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr.startswith("Lỗi: Bản kế hoạch đi kèm de06 chỉ để xem.")


def test_without_the_library_the_line_that_installs_it_is_named(exported, tmp_path, monkeypatch):
    (tmp_path / "openpyxl.py").write_text("raise ModuleNotFoundError(name='openpyxl')\n")
    for command in (["import", "plan.xlsx"], ["export", "other.xlsx"]):
        answer = support.run(*command, home=tmp_path, PYTHONPATH=str(tmp_path))
        assert (answer.returncode, answer.stderr) == (
            2,
            f"Lỗi: Cần thêm thư viện: {output_file.installing('office')}.\n",
        )


# Several plans --------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path, small) -> list[Path]:
    """Two plans in ``two``, the second with the code LOCNINH."""
    folder = tmp_path / "two"
    folder.mkdir()
    text = small.read_text("utf-8")
    files = [folder / "a.yaml", folder / "b.yaml"]
    files[0].write_text(text, "utf-8")
    files[1].write_text(text.replace("code: TANKHAI", "code: LOCNINH"), "utf-8")
    return files


def fill_both(path: Path) -> None:
    """Step 8.1 of both plans is filled in, in rows 16 and 24."""
    book = load_workbook(path)
    sheet = book[filling.STEPS]
    status = filling.columns(sheet)["status"]
    for row in (15, 23):
        sheet.cell(row, status).value = "Đang thực hiện"
    book.save(path)


def test_each_plan_is_written_to_its_own_file(two, call, tmp_path):
    call("export", "both.xlsx", "--data", "two")
    fill_both(tmp_path / "both.xlsx")
    refused = call("import", "both.xlsx", "--data", "two")
    answer = call("import", "both.xlsx", "--data", "two", "--yes")

    assert refused.returncode == 2
    assert refused.stderr.startswith(
        "Lệnh này ghi nhận 2 bước, cần xác nhận:\n"
        "TANKHAI – Kế hoạch xã Tân Khai\n"
        f"  {REVIEW}\n"
        "    8.1  Chưa thực hiện → Đang thực hiện\n"
        "LOCNINH – Kế hoạch xã Tân Khai\n"
    )
    assert answer.returncode == 0
    assert answer.stdout == "".join(
        f"{code} – Kế hoạch xã Tân Khai\n"
        f"{REVIEW}, bước 1: Đang thực hiện.\n"
        "Mô hình 8, bước tiếp theo: 1. Rà soát hằng tháng.\n"
        for code in ("TANKHAI", "LOCNINH")
    )
    assert [progress_lines(path)[-1] for path in two] == ["progress: {status: doing}"] * 2
    assert [call("undo", "--data", str(path)).returncode for path in two] == [0, 0]
    assert "progress: {status: doing}" not in progress_lines(two[1])[-1]


def test_a_plan_that_refuses_keeps_the_others_from_being_written(two, call, tmp_path):
    call("export", "both.xlsx", "--data", "two")
    fill_both(tmp_path / "both.xlsx")
    call("block", "8.1", "--note", "chờ", "--data", str(two[1]))
    before = [path.read_bytes() for path in two]
    answer = call("import", "both.xlsx", "--data", "two", "--yes")

    assert answer.returncode == 4
    assert answer.stderr.splitlines()[1] == (
        "  Các bước!K23: kế hoạch đã đổi từ khi xuất, nay là: Vướng mắc 11/01/2024 – chờ"
    )
    assert [path.read_bytes() for path in two] == before


def test_a_file_that_fails_to_be_written_takes_the_others_back(two, call, tmp_path, monkeypatch):
    call("export", "both.xlsx", "--data", "two")
    fill_both(tmp_path / "both.xlsx")
    before = [path.read_bytes() for path in two]
    replace = Path.replace

    def full(self, target):
        if Path(target).name == "b.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    answer = call("import", "both.xlsx", "--data", "two", "--yes")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert "No space left on device" in answer.stderr
    assert [path.read_bytes() for path in two] == before
    monkeypatch.undo()
    assert locate.read_bytes(locate.Located(str(two[0]), "a.yaml")) == before[0]


def test_what_can_not_be_taken_back_is_reported_with_what_to_run(two, call, tmp_path, monkeypatch):
    call("export", "both.xlsx", "--data", "two")
    fill_both(tmp_path / "both.xlsx")
    before = two[1].read_bytes()
    replace = Path.replace

    def full(self, target):
        if Path(target).name == "b.yaml":
            two[0].write_text(two[0].read_text("utf-8") + "# sửa tay\n", "utf-8")
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    answer = call("import", "both.xlsx", "--data", "two", "--yes")

    assert (answer.returncode, two[1].read_bytes()) == (4, before)
    assert answer.stderr.startswith(
        "two/a.yaml đã được ghi và không hoàn tác được ngay. Hãy chạy: de06 undo --data two/a.yaml.\n"
    )
    monkeypatch.setattr(Path, "replace", replace)
    assert call("undo", "--data", "two/a.yaml").returncode == 0
    assert "status: doing}" not in progress_lines(two[0])[-1]


STOPPED = """
import os, sys
from pathlib import Path
from de06cli.cli import main

replace, name, moment, number = Path.replace, *sys.argv[1:3], int(sys.argv[3])
del sys.argv[1:4]

def stopped(self, target):
    here = Path(target).name == name
    if here and moment == "before":
        os.kill(os.getpid(), number)
    done = replace(self, target)
    if here and moment == "after":
        os.kill(os.getpid(), number)
    return done

Path.replace = stopped
main.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP", "SIGTERM", "SIGINT"])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("file", ["a.yaml", "b.yaml"])
def test_an_import_that_is_stopped_wrote_all_plans_or_none_or_is_undone(
    two, call, tmp_path, file, moment, name
):
    call("export", "both.xlsx", "--data", "two")
    fill_both(tmp_path / "both.xlsx")
    before = [path.read_bytes() for path in two]
    stop = [file, moment, str(int(signal.Signals[name]))]
    ended = subprocess.run(
        [sys.executable, "-c", STOPPED, *stop, "import", "both.xlsx", "--data", "two", "--yes"],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    ).returncode
    written = [path.read_bytes() != old for path, old in zip(two, before, strict=True)]

    if name != "SIGKILL":
        assert (len({*written}), ended != 0) == (1, not all(written))
    for path, is_new in zip(two, written, strict=True):
        assert call("undo", "--data", str(path)).returncode == (0 if is_new else 4)
    assert [path.read_bytes() for path in two] == before
    assert {path.name for path in (tmp_path / "two").iterdir()} <= {
        "a.yaml", "a.yaml.lock", "b.yaml", "b.yaml.lock"
    } or name == "SIGKILL"  # fmt: skip
