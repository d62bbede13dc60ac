"""``import``: what agencies filled into an exported workbook becomes marks, all of them or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import filling
import pytest
import support
from openpyxl import load_workbook

from de06cli.plan import locate, writer

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
        "Mô hình 7: tiếp theo là bước 2, Thu nhận hồ sơ.\n"
        "Mô hình 3: tiếp theo là bước 2, Trả kết quả.\n"
        "Mô hình 8: tiếp theo là bước 1, Rà soát hằng tháng.\n"
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

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "Không có gì để đổi.\n")
    assert (small.read_bytes(), small.stat().st_mtime_ns) == (before, modified)


def test_importing_again_changes_nothing(exported, small, call):
    filling.fill(exported, FILLED)
    call("import", "plan.xlsx", "--yes")
    once = small.read_bytes()
    again = call("import", "plan.xlsx")

    assert (again.returncode, again.stderr, small.read_bytes()) == (
        0,
        "Không có gì để đổi.\n",
        once,
    )


def test_an_import_is_undone_as_a_whole(exported, small, before, call):
    filling.fill(exported, FILLED)
    call("import", "plan.xlsx", "--yes")
    assert small.read_bytes() != before

    assert call("undo").returncode == 0
    assert small.read_bytes() == before


def test_one_step_is_not_asked_about_and_doubts_are_told(exported, small, call):
    filling.fill(exported, {(3, 2): {"status": "Hoàn thành", "date": date(2024, 1, 5)}})
    answer = call("import", "plan.xlsx")

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == f"{HEALTH}, bước 2: Hoàn thành 05/01/2024."
    assert answer.stderr == (
        "Lưu ý: Mô hình 3, bước 2: chưa có minh chứng; thêm sau bằng --evidence.\n"
        "Lưu ý: Mô hình 3, bước 2: bước 1 trước đó chưa xong.\n"
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
        "Thêm --yes nếu đúng vậy, hoặc --dry-run để xem tệp sẽ đổi thế nào.\n"
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
        "  Các bước!L9: Không có đơn vị nào mang mã hay tên “Công an tỉnh”. Gần nhất: "
        "CAX (Công an xã), TTYT (Trung tâm Y tế), VPX (Văn phòng UBND xã).\n"
        "  Các bước!K10: Thiếu ngày: ghi ngày của văn bản hoặc của quyết định.\n"
        "  Các bước!K11: Ngày 01/02/2024 sau hôm nay (11/01/2024); hãy ghi ngày của việc đã xảy ra.\n"
        "  Các bước!N11: Thiếu ghi chú: vướng mắc gì, hoặc vì sao không thực hiện.\n"
        "  Các bước!M12: Ô này là một công thức; hãy gõ thẳng giá trị.\n"
        "  Các bước!N13: Có ký tự U+2066, không ghi được. Hãy gõ lại.\n"
        "  Các bước!J15: Có ngày, đơn vị, minh chứng hoặc ghi chú mà tình trạng là “Chưa thực hiện”: "
        "hãy chọn tình trạng khác, hoặc xoá các ô ấy.\n"
        "  Các bước!D17: Không có mô hình 9. Gần nhất: 5, 7, 8. Xem tất cả: de06 list.\n"
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


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("none.xlsx", 3, "Lỗi: Không có tệp none.xlsx.\n"),
        (
            "data/models.yaml",
            3,
            (
                "Lỗi: Không đọc được data/models.yaml: "
                "không phải là một tệp xlsx; hãy lưu lại ở dạng .xlsx.\n"
            ),
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_told(small, before, call, file, code, said):
    answer = call("import", file)

    assert (answer.returncode, answer.stderr, small.read_bytes()) == (code, said, before)


def test_the_packaged_plan_is_not_written(call, tmp_path):
    call("export", "plan.xlsx")
    filling.fill(tmp_path / "plan.xlsx", {(9, 2): {"status": "Đang thực hiện"}})
    answer = call("import", "plan.xlsx")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr.startswith("Lỗi: Bản kế hoạch đi kèm de06 chỉ để đọc.")


def test_without_the_library_the_extra_is_named(exported, tmp_path, monkeypatch):
    (tmp_path / "openpyxl.py").write_text("raise ModuleNotFoundError(name='openpyxl')\n")
    for command in (["import", "plan.xlsx"], ["export", "other.xlsx"]):
        answer = support.run(*command, home=tmp_path, PYTHONPATH=str(tmp_path))
        assert (answer.returncode, answer.stderr) == (
            2,
            "Lỗi: Cần thêm thư viện: pip install 'de06cli[office]'.\n",
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
        "Mô hình 8: tiếp theo là bước 1, Rà soát hằng tháng.\n"
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
    assert locate.read_bytes(locate.Located(two[0], "a.yaml")) == before[0]


def test_what_can_not_be_taken_back_is_told_with_what_to_run(two, call, tmp_path, monkeypatch):
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
        "two/a.yaml đã được ghi và không lấy lại được. Chạy: de06 undo --data two/a.yaml.\n"
    )
    monkeypatch.setattr(Path, "replace", replace)
    assert call("undo", "--data", "two/a.yaml").returncode == 0
    assert "status: doing}" not in progress_lines(two[0])[-1]
