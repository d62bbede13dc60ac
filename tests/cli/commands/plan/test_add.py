"""``add``: one more model, step, agency or group, at its place and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import support

MODEL = ("add", "model", "--title", "Lắp camera an ninh", "--lead", "CAX")


def plan_text(path: Path) -> str:
    return path.read_text("utf-8")


def test_a_model_gets_the_next_number_and_stands_last(small, call) -> None:
    before = plan_text(small)

    answer = call(
        *MODEL, "--deadline", "quý 2/2024", "--support", "trung tam y te", "--step", "Khảo sát"
    )

    assert answer.stdout == "Mô hình 9 Lắp camera an ninh: thêm vào.\n"
    assert plan_text(small) == before.rstrip("\n") + "\n" + (
        "  - model: 9\n"
        '    title: "Lắp camera an ninh"\n'
        "    deadline: 2024-Q2\n"
        "    lead: [CAX]\n"
        "    support: [TTYT]\n"
        "    steps:\n"
        "      - step: 1\n"
        '        text: "Khảo sát"\n'
    )
    assert call("check", str(small)).returncode == 0
    assert call("undo").stdout == "Mô hình 9 Lắp camera an ninh: bỏ đi.\n"
    assert plan_text(small) == before


GROUPED = """\
plan: {code: P, title: "P", issued: 2023-01-01, nouns: {model: "Nhiệm vụ"}}
groups:
  - code: I
    title: "Một"
  - code: II
    title: "Hai"
agencies:
  - {code: CAX, name: "Công an xã"}
models:
  - {model: I-1, group: I, title: "a", deadline: 2024-01-01, lead: [CAX]}
  - {model: I-2, group: I, title: "b", deadline: 2024-01-01, lead: [CAX]}
  - {model: II-1, group: II, title: "c", deadline: 2024-01-01, lead: [CAX]}
"""


def test_a_model_stands_last_in_its_group_with_its_number(small, call) -> None:
    small.write_text(GROUPED, "utf-8")

    call(*MODEL, "--group", "i", "--every", "month", "--basis", "12/KH-UBND")

    line = (
        '  - {model: I-3, group: I, title: "Lắp camera an ninh", basis: "12/KH-UBND", '
        "recurs: {every: month}, lead: [CAX]}\n"
    )
    second = GROUPED.splitlines(keepends=True)[9 + 1]
    assert plan_text(small) == GROUPED.replace(second, second + line)


def test_a_group_is_written_as_the_ones_before_it(small, call) -> None:
    small.write_text(GROUPED, "utf-8")

    answer = call("add", "group", "III", "--title", "Ba", "--after", "i")

    assert answer.stdout == "Nhóm III: thêm vào.\n"
    before = '    title: "Một"\n'
    assert plan_text(small) == GROUPED.replace(before, f'{before}  - code: III\n    title: "Ba"\n')


def test_a_step_between_two_others_asks_and_renumbers(small, call) -> None:
    before = plan_text(small)

    asked = call("add", "step", "7", "--title", "Thông báo", "--after", "7.1")

    assert asked.returncode == 2
    assert "7.2 → 7.3  Thu nhận hồ sơ." in asked.stderr
    assert plan_text(small) == before

    answer = call(
        "add", "step", "7", "--title", "Thông báo", "--after", "1", "--agency", "van phong ubnd xa",
        "--deadline", "1/12/2023", "--yes",
    )  # fmt: skip

    assert answer.stdout == (
        "Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động, bước 2: thêm vào, 1 bước sau được đánh số lại.\n"
    )
    step = '      - step: 2\n        text: "Thông báo"\n        agencies: [VPX]\n        due: 2023-12-01\n'
    second, third = (f"      - step: {n}\n        progress: {{status: blocked" for n in (2, 3))
    assert plan_text(small) == before.replace(second, step + third, 1)
    assert "máy hỏng" in call("show", "7.3").stdout
    assert call("undo").returncode == 0
    assert plan_text(small) == before


def test_texts_that_name_a_renumbered_step_are_pointed_out(small, call) -> None:
    small.write_text(plan_text(small).replace("máy hỏng", "chờ bước 2, bước 20"), "utf-8")

    answer = call("add", "step", "7", "--title", "Mới", "--after", "0", "--yes")

    assert (
        "Lưu ý: số của bước đã thay đổi, hãy xem lại: “chờ bước 2, bước 20”.\n"
    ) in answer.stderr


def test_the_dry_run_shows_the_difference_alone(small, call) -> None:
    before = plan_text(small)

    answer = call("add", "agency", "SYT", "--title", "Sở Y tế", "--level", "province",
                  "--alias", "Sở YT", "--short", "SYT tỉnh", "--dry-run")  # fmt: skip

    assert answer.stdout.splitlines()[6:11] == [
        "+  - code: SYT",
        '+    name: "Sở Y tế"',
        '+    short: "SYT tỉnh"',
        "+    level: province",
        '+    aliases: ["Sở YT"]',
    ]
    assert plan_text(small) == before


REFUSED = [
    (("model", "7", "--lead", "CAX", "--title", "x", "--deadline", "2024"), "đã có số hiệu 7"),
    (("model", "MH7", "--lead", "CAX", "--title", "x", "--deadline", "2024"), "đã có số hiệu 7"),
    (("model", "a/b", "--lead", "CAX", "--title", "x", "--deadline", "2024"), "không phải là số hiệu"),
    (("model", "--title", "x", "--deadline", "2024"), "thêm --lead"),
    (("model", "--lead", "CAX", "--deadline", "2024"), "thêm --title"),
    (("model", "--lead", "CAX", "--title", "x"), "Thiếu thời hạn"),
    (("model", "--lead", "CAX", "--title", "x", "--deadline", "2024", "--undated", "y"), "--undated"),
    (("model", "--lead", "CAX", "--title", "x", "--every", "month"), "thêm --assigned"),
    (("model", "--lead", "Công an", "--title", "x", "--deadline", "2024"), "CAX"),
    (("model", "--lead", "CAX", "--title", "x\x07", "--deadline", "2024"), "U+0007"),
    (("model", "--lead", "CAX", "--title", " ", "--deadline", "2024"), "--title để trống"),
    (("model", "--lead", "CAX", "--title", "x", "--deadline", "2024", "--group", "I"), "Không có nhóm"),
    (("model", "--lead", "CAX", "--title", "x", "--deadline", "2024", "--after", "99"), "99"),
    (("step", "--title", "x"), "Thiếu MODEL"),
    (("step", "7", "--title", "x", "--after", "9"), "không có bước 9"),
    (("step", "7", "--title", "lập danh sách"), "đã có bước với nội dung này"),
    (("step", "7", "--title", "x", "--lead", "CAX"), "--lead không dùng với add step"),
    (("agency", "cax", "--title", "x"), "CAX – Công an xã"),
    (("agency", "A B", "--title", "x"), "không phải là mã"),
    (("agency", "SYT", "--title", "công an XÃ"), "CAX – Công an xã"),
    (("agency", "SYT", "--title", "Sở Y tế", "--after", "ABC"), "ABC"),
    (("group", "stt", "--title", "x"), "không phải là mã"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), REFUSED)
def test_what_is_refused_leaves_the_file_as_it_was(typed, said, small, call) -> None:
    before = small.read_bytes()

    answer = call("add", *typed)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert small.read_bytes() == before


def test_number_and_code_are_taken_in_either_case(small, call) -> None:
    small.write_text(GROUPED, "utf-8")

    number = call("add", "model", "i-2", "--lead", "CAX", "--title", "x", "--deadline", "2024")
    group = call("add", "group", "ii", "--title", "x")

    assert (number.returncode, group.returncode) == (2, 2)
    assert plan_text(small) == GROUPED


def test_the_packaged_copy_and_a_broken_file_are_left_alone(small, call, tmp_path) -> None:
    broken = small.read_bytes() + b"  - model: 7\n"
    small.write_bytes(broken)
    assert call(*MODEL, "--deadline", "2024").returncode == 3
    assert small.read_bytes() == broken
    small.unlink()
    assert call(*MODEL, "--deadline", "2024").returncode == 4


def test_a_model_with_its_own_progress_and_a_duty_have_no_steps(small, call) -> None:
    text = GROUPED.replace("model: I-1,", "model: I-1, progress: {status: doing},")
    text = text.replace('title: "c", deadline: 2024-01-01', 'title: "c", recurs: {every: month}')
    small.write_text(text, "utf-8")

    own = call("add", "step", "I-1", "--title", "x")
    duty = call("add", "step", "II-1", "--title", "x")

    assert (own.returncode, duty.returncode) == (2, 2)
    assert "de06 reset I-1" in own.stderr
    assert "nhiệm vụ định kỳ" in duty.stderr


def test_diff_and_log_show_what_was_added(repository, call, monkeypatch) -> None:
    monkeypatch.chdir(repository)
    call("add", "agency", "SYT", "--title", "Sở Y tế")
    call("add", "step", "9", "--title", "Nghiệm thu", "--after", "1", "--yes")
    call("add", "model", "--title", "Lắp camera", "--lead", "SYT", "--deadline", "2024")

    said = call("diff").stdout

    assert "Đơn vị SYT: thêm vào" in said
    assert "Mô hình 44 Lắp camera: thêm vào" in said
    assert "bước 2: thêm vào" in said
    assert (
        "bước 3: nội dung" not in said
    )  # the steps behind it have moved on, and say what they said


@pytest.mark.skipif(os.name == "nt", reason="shares of Windows are tested by themselves")
def test_ten_processes_that_add_at_once_all_succeed(small, tmp_path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "de06cli", "add", "agency", f"A{n}", "--title", f"Đơn vị {n}"],
            cwd=tmp_path,
            env=support.environment(tmp_path),
            stdout=subprocess.DEVNULL,
        )
        for n in range(10)
    ]

    assert [process.wait(120) for process in running] == [0] * 10
    assert sum(f"code: A{n}\n" in plan_text(small) for n in range(10)) == 10
