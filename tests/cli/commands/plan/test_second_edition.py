"""``draft`` beside a plan: what a new edition of its document changes, shown and applied as confirmed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import support

from de06cli.plan.file.reader import read
from de06cli.plan.records import Model

SOURCE = support.ROOT / "tests" / "data" / "source" / "phu-luc-1.txt"
HEAD = "| STT | Nhiệm vụ | Thời hạn | Chủ trì | Phối hợp | Sản phẩm |\n|---|---|---|---|---|---|\n"
FIRST = """\
| 1 | Lắp camera an ninh tại các ngã tư | 30/6/2025 | Công an xã | Văn phòng | Hệ thống camera |
| 2 | Cấp tài khoản định danh cho học sinh | Quý II/2025 | Công an xã | | |
| 3 | Số hóa sổ hộ tịch từ năm 1976 | 31/12/2025 | Văn phòng | Công an xã | Kho dữ liệu |
| 4 | Tuyên truyền lưu động trên loa truyền thanh | Thường xuyên | Văn phòng | | |
| 5 | Xây dựng trang thông tin điện tử | 30/9/2025 | Văn phòng | | Trang thông tin |
"""
ISSUED = "KẾ HOẠCH\nChuyển đổi số\n(Ban hành kèm theo Quyết định số {number} ngày {day})\n\n"
SECOND = """\
| 1 | Lắp camera an ninh tại các ngã tư và chợ | 30/9/2025 | Công an xã | Văn phòng | Hệ thống camera |
| 2 | Tuyên truyền lưu động trên loa truyền thanh | Thường xuyên | Văn phòng | | |
| 3 | Số hóa sổ hộ tịch từ năm 1976 | 31/12/2025 | Công an xã | Văn phòng | Kho dữ liệu |
| 4 | Cấp tài khoản định danh cho học sinh | 31/5/2025 | Công an xã | Trạm Y tế | |
| 5 | Trả kết quả hồ sơ qua bưu chính công ích | 30/11/2025 | Trạm Y tế | | |
"""


@pytest.fixture
def office(tmp_path: Path, call, monkeypatch) -> Path:
    """A plan out of the first edition, with marks and a comment of its own, and the second edition."""
    monkeypatch.setenv("DE06_TODAY", "2025-05-20")
    first = tmp_path / "lan-1.md"
    first.write_text(ISSUED.format(number="05/QĐ-UBND", day="13/01/2025") + HEAD + FIRST, "utf-8")
    second = tmp_path / "lan-2.md"
    second.write_text(ISSUED.format(number="45/QĐ-UBND", day="12/5/2025") + HEAD + SECOND, "utf-8")
    assert call("draft", "lan-1.md", "-o", "data/models.yaml").returncode == 0
    plan = tmp_path / "data" / "models.yaml"
    text = plan.read_text("utf-8").replace("  - model: 3\n", "  - model: 3  # theo dõi riêng\n")
    plan.write_text(
        text.replace("    deadline: 2025-Q2\n", "    deadline: 2025-Q2   # hạn cũ\n"),
        "utf-8",
        newline="\n",
    )
    assert call("done", "4", "--date", "1/3/2025", "--evidence", "07/BC-VP").returncode == 0
    assert call("start", "1").returncode == 0
    return plan  # fmt: skip


def models(path: Path) -> dict[object, Model]:
    plan = read(path.read_bytes()).plan
    assert plan is not None
    return {model.model: model for model in plan.models}


def test_an_unchanged_document_changes_nothing(plan, call) -> None:
    before = plan.read_bytes()

    shown = call("draft", str(SOURCE))
    updated = call("draft", str(SOURCE), "--update", "--document", "12/QĐ-UBND", "--yes")

    nothing = (
        "Văn bản mới so với kế hoạch: 0 nhiệm vụ thêm mới, 0 nhiệm vụ không còn, "
        "0 nhiệm vụ thay đổi, 0 nội dung cần làm rõ.\n"
    )
    assert (shown.returncode, shown.stdout) == (0, nothing)
    assert (updated.returncode, updated.stdout) == (0, "")
    assert plan.read_bytes() == before


def test_what_changes_is_said_in_the_words_of_diff(office, call) -> None:
    before = office.read_bytes()

    answer = call("draft", "lan-2.md", "--document", "45/QĐ-UBND")

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == (
        "Văn bản mới so với kế hoạch: 1 nhiệm vụ thêm mới, 1 nhiệm vụ không còn, "
        "4 nhiệm vụ thay đổi, 0 nội dung cần làm rõ."
    )
    for said in (
        "Nhiệm vụ 1 (STT 1) Lắp camera an ninh tại các ngã tư và chợ: tên",
        "thời hạn 30/06/2025 → 30/09/2025 (gia hạn lần 1) – 45/QĐ-UBND",
        "Nhiệm vụ 2 (STT 4) Cấp tài khoản định danh cho học sinh: thời hạn Quý II/2025 → 31/05/2025",
        "Nhiệm vụ 6 (STT 5) Trả kết quả hồ sơ qua bưu chính công ích: thêm vào",
        "Nhiệm vụ 5 (STT 5) Xây dựng trang thông tin điện tử: dừng thực hiện",
        "Nhiệm vụ 3 (STT 3) Số hóa sổ hộ tịch từ năm 1976: bàn giao",
        "Đơn vị TYT: thêm vào",
    ):
        assert said in answer.stdout, answer.stdout
    assert office.read_bytes() == before


def test_what_is_confirmed_is_applied_and_what_people_wrote_stays(office, call) -> None:
    before = office.read_bytes()

    answer = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND", "--yes")

    assert answer.returncode == 0, answer.stderr
    text = office.read_text("utf-8")
    assert "  - model: 3  # theo dõi riêng\n" in text
    assert "   # hạn cũ\n" in text
    now = models(office)
    assert [*now] == [1, 2, 3, 4, 5, 6] or [*now] == [1, 2, 6, 3, 4, 5]
    assert now[1].progress.status == "doing"
    assert now[4].progress.evidence == "07/BC-VP"
    assert (str(now[1].deadline), str(now[1].extensions[0].to)) == ("2025-06-30", "2025-09-30")
    assert str(now[1].extensions[0].decided) == "2025-05-12"
    assert now[1].source.deadline == "30/9/2025"
    assert str(now[2].deadline) == "2025-05-31"
    assert (now[2].stt, now[2].source.deadline) == (4, "31/5/2025")
    assert now[3].lead == ("VP",)
    assert now[3].handovers[0].lead == ("CAX",)
    assert now[3].handovers[0].support == ("VP",)
    assert now[3].source.lead == "Công an xã"
    assert now[5].stopped.document == "45/QĐ-UBND"
    assert (str(now[6].assigned), now[6].lead) == ("2025-05-12", ("TYT",))
    assert call("check").returncode == 0

    again = call("draft", "lan-2.md")
    assert "0 nhiệm vụ thêm mới, 0 nhiệm vụ không còn, 0 nhiệm vụ thay đổi" in again.stdout

    assert call("undo").returncode == 0
    assert office.read_bytes() == before


def test_without_a_person_and_without_yes_nothing_is_applied(office, call) -> None:
    before = office.read_bytes()

    answer = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND")
    unnamed = call("draft", "lan-2.md", "--update", "--yes")

    assert (answer.returncode, unnamed.returncode) == (2, 2)
    assert "Thêm --yes" in answer.stderr
    assert "--document" in unnamed.stderr
    assert office.read_bytes() == before


def test_the_dry_run_shows_the_lines_that_would_change(office, call) -> None:
    before = office.read_bytes()

    answer = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND", "--dry-run")

    assert "+    handovers:\n" in answer.stdout
    assert '+      - {to: 2025-09-30, decided: 2025-05-12, document: "45/QĐ-UBND"}' in answer.stdout
    assert office.read_bytes() == before


def second(office: Path, *rows: str) -> None:
    folder = office.parents[1]
    (folder / "lan-2.md").write_text(
        ISSUED.format(number="45/QĐ-UBND", day="12/5/2025") + HEAD + "\n".join(rows) + "\n", "utf-8"
    )


def test_a_task_that_may_be_another_one_is_a_question(office, call) -> None:
    rows = FIRST.splitlines()
    rows[1] = "| 2 | Cấp thẻ cho người cao tuổi | 31/5/2025 | Công an xã | | |"
    second(office, *rows)

    answer = call("draft", "lan-2.md")
    as_new = call("draft", "lan-2.md", "--match", "2=new")
    as_same = call("draft", "lan-2.md", "--match", "2=2")

    assert "1 nội dung cần làm rõ" in answer.stdout
    assert "--match 2=SỐ hoặc --match 2=new" in answer.stdout
    assert "dừng thực hiện" not in answer.stdout
    assert "1 nhiệm vụ thêm mới, 1 nhiệm vụ không còn" in as_new.stdout
    assert "0 nhiệm vụ thêm mới, 0 nhiệm vụ không còn, 1 nhiệm vụ thay đổi" in as_same.stdout


@pytest.mark.parametrize("typed", ["9=1", "1", "1=99", "1=x/y"])
def test_a_match_that_names_nothing_is_refused(typed, office, call) -> None:
    assert call("draft", "lan-2.md", "--match", typed).returncode == 2


def test_a_cell_that_is_left_empty_is_a_question_and_no_deletion(office, call) -> None:
    rows = FIRST.splitlines()
    rows[0] = "| 1 | Lắp camera an ninh tại các ngã tư | | | Văn phòng | |"
    second(office, *rows)
    before = office.read_bytes()

    answer = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND", "--yes")

    shown = call("draft", "lan-2.md").stdout
    assert answer.returncode == 0
    assert "không ghi thời hạn" in shown
    assert "không ghi đơn vị chủ trì" in shown
    assert "để trống “Hệ thống camera”" in shown
    assert models(office)[1].due == models_of(before)[1].due
    assert models(office)[1].output == "Hệ thống camera"


def models_of(data: bytes) -> dict[object, Model]:
    return {model.model: model for model in read(data).plan.models}


def test_a_deadline_of_another_kind_is_a_question(office, call) -> None:
    rows = FIRST.splitlines()
    rows[0] = rows[0].replace("30/6/2025", "Hằng tháng")
    rows[3] = rows[3].replace("Thường xuyên", "31/12/2025")
    second(office, *rows)

    shown = call("draft", "lan-2.md").stdout

    assert "nay là “Hằng tháng”: hãy sửa trực tiếp trong tệp" in shown
    assert (
        "Nhiệm vụ 4 (STT 4) Tuyên truyền lưu động trên loa truyền thanh: thời hạn – → 31/12/2025"
    ) in shown, shown


def test_several_new_tasks_stand_in_the_order_of_the_document(office, call) -> None:
    rows = FIRST.splitlines()
    rows[2:2] = [
        f"| | Việc hoàn toàn mới số {n}{n}{n} | 31/12/2025 | Công an xã | | |" for n in (7, 8)
    ]
    second(office, *rows)

    shown = call("draft", "lan-2.md")
    applied = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND", "--yes")

    assert shown.returncode == 0
    assert shown.stdout.count("thêm vào") == 2
    assert applied.returncode == 0
    titles = [model.title[-3:] for model in models(office).values()]
    assert titles[1:5] == ["inh", "777", "888", "976"]


STEPS = """\
| STT | Nhiệm vụ | Các bước | Thời hạn | Chủ trì |
|---|---|---|---|---|
| 1 | Lắp camera | {steps} | 30/6/2025 | Công an xã |
"""


def test_steps_are_added_in_their_place_and_none_is_deleted(tmp_path, call, monkeypatch) -> None:
    monkeypatch.setenv("DE06_TODAY", "2025-05-20")
    first = "- Bước 1: Khảo sát vị trí.<br>- Bước 2: Mua sắm thiết bị.<br>- Bước 3: Nghiệm thu."
    later = (
        "- Bước 1: Khảo sát vị trí.<br>- Bước 2: Phê duyệt thiết kế.<br>- Bước 3: Trình dự toán."
        "<br>- Bước 4: Mua sắm thiết bị, phần mềm."
    )
    (tmp_path / "1.md").write_text(STEPS.format(steps=first), "utf-8")
    (tmp_path / "2.md").write_text(STEPS.format(steps=later), "utf-8")
    call("draft", "1.md", "-o", "data/models.yaml")
    call("done", "1.2", "--date", "1/5/2025", "--evidence", "07/BC")
    plan = tmp_path / "data" / "models.yaml"
    before = plan.read_bytes()

    answer = call(
        "draft", "2.md", "--update", "--document", "45/QĐ", "--decided", "2/5/2025", "--yes"
    )

    assert answer.returncode == 0, answer.stderr
    assert "bước 3 không còn trong văn bản mới; nếu bỏ, ghi de06 skip 1.5" in answer.stdout
    steps = models(plan)[1].steps
    assert [(one.step, one.text, one.progress is not None) for one in steps] == [
        (1, "Khảo sát vị trí.", False),
        (2, "Phê duyệt thiết kế.", False),
        (3, "Trình dự toán.", False),
        (4, "Mua sắm thiết bị, phần mềm.", True),
        (5, "Nghiệm thu.", False),
    ]
    assert call("undo").returncode == 0
    assert plan.read_bytes() == before  # fmt: skip


def test_a_first_draft_takes_none_of_the_options_of_an_update(tmp_path, call) -> None:
    (tmp_path / "1.md").write_text(HEAD + FIRST, "utf-8")

    for option in ("--update", "--document=12", "--decided=1/1/2024", "--match=1=1"):
        answer = call("draft", "1.md", option)
        assert (answer.returncode, answer.stdout) == (2, "")
    assert call("draft", "1.md").stdout.startswith("# yaml-language-server")


def test_a_person_confirms_task_by_task(office, tmp_path) -> None:
    pty = pytest.importorskip("pty", reason="terminals are tested on POSIX systems")
    ours, theirs = pty.openpty()
    os.write(ours, b"c\n\n\n\n\n\n")  # yes to the first task, no to all others
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "de06cli",
            "draft",
            "lan-2.md",
            "--update",
            "--document",
            "45/QĐ-UBND",
        ],
        cwd=tmp_path,
        env=support.environment(tmp_path, DE06_TODAY="2025-05-20"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(ours)

    assert process.returncode == 0, shown.decode()
    assert shown.decode().count("Áp dụng? (c: có, Enter: không)") == 6
    now = models(office)
    assert str(now[1].extensions[0].to) == "2025-09-30"
    assert [*now] == [1, 2, 3, 4, 5]
    assert (now[3].handovers, now[5].stopped, str(now[2].deadline)) == ((), None, "2025-Q2")


def test_a_document_of_a_later_day_is_shown_and_not_applied(office, call, monkeypatch) -> None:
    monkeypatch.setenv("DE06_TODAY", "2025-05-11")
    before = office.read_bytes()

    shown = call("draft", "lan-2.md")
    applied = call("draft", "lan-2.md", "--update", "--document", "45/QĐ-UBND", "--yes")

    assert (shown.returncode, applied.returncode) == (0, 2)
    assert "không được sau hôm nay" in applied.stderr
    assert office.read_bytes() == before
