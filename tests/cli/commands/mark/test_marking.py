"""``start``, ``done``, ``block``, ``skip``, ``reset`` and ``extend``: what is written, printed, asked and
refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import support

from de06cli.plan.file.reader import read

CARD = "Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động"
HEALTH = "Mô hình 3 (STT 2) Sổ sức khỏe điện tử"


def changed(before: bytes, path: Path) -> list[str]:
    """The lines that are not as before: "-" those gone, "+" those come, in their order."""
    old, new = (data.decode().split("\n") for data in (before, path.read_bytes()))
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    return [f"-{line.strip()}" for line in old] + [f"+{line.strip()}" for line in new]


@pytest.fixture
def before(small) -> bytes:
    return small.read_bytes()


# What is written, and what is printed ------------------------------------------------------------------


def test_a_mark_writes_one_line_and_says_what_changed_and_what_is_next(small, before, call):
    answer = call(
        "done", "3.1", "--date", "5/1/2024", "--by", "trung tam y te", "--evidence", "12/BC-TTYT",
        "--note", "đủ: 90% #1",
    )  # fmt: skip

    assert answer.returncode == 0
    assert changed(before, small) == [
        "-progress: {status: doing}",
        (
            "+progress: {status: done, date: 2024-01-05, by: TTYT, "
            'evidence: "12/BC-TTYT", note: "đủ: 90% #1"}'
        ),
    ]
    assert answer.stdout == (
        f"{HEALTH}, bước 1: Hoàn thành 05/01/2024 – TTYT – 12/BC-TTYT – đủ: 90% #1.\n"
        "Mô hình 3, bước tiếp theo: 2. Trả kết quả.\n"
    )
    assert answer.stderr == ""


@pytest.mark.parametrize(
    ("command", "line", "told"),
    [
        (
            ["start", "3.2"],
            "+progress: {status: doing, date: 2024-01-11}",
            "Đang thực hiện 11/01/2024",
        ),
        (
            ["done", "3.2", "--evidence", "1/BC"],
            '+progress: {status: done, date: 2024-01-11, evidence: "1/BC"}',
            "Hoàn thành 11/01/2024 – 1/BC",
        ),
        (
            ["block", "3.2", "--note", "chờ"],
            '+progress: {status: blocked, date: 2024-01-11, note: "chờ"}',
            "Vướng mắc 11/01/2024 – chờ",
        ),
        (
            ["skip", "3.2", "--note", "thừa", "--date", "yesterday"],
            '+progress: {status: skipped, date: 2024-01-10, note: "thừa"}',
            "Không thực hiện 10/01/2024 – thừa",
        ),
    ],
    ids=["start", "done", "block", "skip"],
)
def test_each_verb_writes_its_status(small, before, call, command, line, told):
    answer = call(*command)

    assert changed(before, small) == [line]
    assert answer.stdout.splitlines()[0] == f"{HEALTH}, bước 2: {told}."


def test_reset_takes_the_line_away(small, before, call):
    answer = call("reset", "3.1")

    assert changed(before, small) == ["-progress: {status: doing}"]
    assert answer.stdout == (
        f"{HEALTH}, bước 1: Chưa thực hiện.\nMô hình 3, bước tiếp theo: 1. Nhập hồ sơ.\n"
    )


def test_a_mark_and_its_reset_leave_the_file_as_it_was(small, before, call):
    call("done", "3.2")
    call("reset", "3.2")

    assert small.read_bytes() == before


def test_evidence_may_come_later(small, call):
    call("done", "3.2", "--date", "2024-01-03", "--by", "CAX", "--note", "xong")
    before = small.read_bytes()
    call("done", "3.2", "--evidence", "45/BC")

    assert changed(before, small) == [
        '-progress: {status: done, date: 2024-01-03, by: CAX, note: "xong"}',
        '+progress: {status: done, date: 2024-01-03, by: CAX, evidence: "45/BC", note: "xong"}',
    ]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["done", "7.1"], "bước 1: đã ghi nhận “Hoàn thành 20/11/2023 – CAX – 45/BC-CAX”"),
        (["block", "7.2"], "bước 2: đã ghi nhận “Vướng mắc 20/12/2023 – máy hỏng”"),
    ],
)
def test_marking_the_same_again_changes_nothing_and_says_so(small, before, call, command, said):
    modified = small.stat().st_mtime_ns
    answer = call(*command)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[0] == f"{CARD}, {said}, không thay đổi."
    assert (small.read_bytes(), small.stat().st_mtime_ns) == (before, modified)


def test_the_usual_agency_comes_from_the_environment(small, before, call, monkeypatch):
    monkeypatch.setenv("DE06_AGENCY", "công an xã")
    call("start", "3.2")

    assert changed(before, small) == ["+progress: {status: doing, date: 2024-01-11, by: CAX}"]


def test_a_wrong_usual_agency_is_refused_only_where_it_would_be_written(
    small, before, call, monkeypatch
):
    monkeypatch.setenv("DE06_AGENCY", "CAY")
    refused = call("start", "3.2")

    assert (refused.returncode, small.read_bytes()) == (2, before)
    assert refused.stderr.startswith(
        "Lỗi: Biến DE06_AGENCY: Không có đơn vị nào mang mã hoặc tên “CAY”. Gợi ý:\n"
        "  CAX  Công an xã\n"
    )
    assert call("start", "3.2", "--by", "CAX").returncode == 0
    assert call("reset", "3.2").returncode == 0


def test_today_is_the_plans_day_unless_told(small, before, call, monkeypatch):
    monkeypatch.setenv("DE06_TODAY", "2024-02-29")
    call("start", "3.2", "--date", "hôm qua")

    assert changed(before, small) == ["+progress: {status: doing, date: 2024-02-28}"]


def test_a_note_of_several_lines_is_one_line_in_the_file_and_on_the_screen(small, before, call):
    note = 'dòng 1\n"dòng 2" \\ # {x}: y'
    answer = call("block", "3.2", "--note", note)

    assert changed(before, small) == [
        r'+progress: {status: blocked, date: 2024-01-11, note: "dòng 1\n\"dòng 2\" \\ # {x}: y"}'
    ]
    assert answer.stdout.splitlines()[0] == (
        f'{HEALTH}, bước 2: Vướng mắc 11/01/2024 – dòng 1 "dòng 2" \\ # {{x}}: y.'
    )
    plan = read(small.read_bytes()).plan
    assert plan
    assert plan.models[1].steps[1].progress.note == note


def test_extend_keeps_the_first_deadline_and_adds_a_line(small, before, call):
    answer = call(
        "extend", "7", "29/2/2024", "--document", "15/CV-UBND", "--reason", "chờ máy",
        "--decided", "5/1/2024",
    )  # fmt: skip

    assert changed(before, small) == [
        '+- {to: 2024-02-29, decided: 2024-01-05, document: "15/CV-UBND", reason: "chờ máy"}'
    ]
    assert answer.stdout == (
        f"{CARD}: gia hạn đến 29/02/2024 (lần 2, hạn ban đầu 30/11/2023) – 15/CV-UBND – chờ máy.\n"
    )


def test_a_first_extension_stands_directly_under_the_deadline(small, before, call):
    answer = call("extend", "MH3", "2024-03-31")

    assert changed(before, small) == [
        "+extensions:",
        "+- {to: 2024-03-31, decided: 2024-01-11}",
    ]
    assert b"    deadline: 2024-01-15\n    extensions:\n      - {to: 2024-03" in small.read_bytes()
    assert answer.stdout == f"{HEALTH}: gia hạn đến 31/03/2024 (lần 1, hạn ban đầu 15/01/2024).\n"


def test_the_last_open_step_leaves_none(small, call):
    answer = call("done", "7.2", "--evidence", "46/BC")

    assert (
        answer.stdout.splitlines()[1]
        == "Mô hình 7: các bước đều đã hoàn thành hoặc không thực hiện."
    )


def test_english_tells_it_in_english(small, call):
    answer = call("done", "3.2", "--lang", "en")

    assert answer.stdout == (
        "Model 3 (row 2) Sổ sức khỏe điện tử, step 2: Done 11 Jan 2024.\n"
        "Model 3, next step: 1. Nhập hồ sơ.\n"
    )
    assert answer.stderr == (
        "Note: Model 3, step 2: no evidence yet; add it later with --evidence.\n"
        "Note: Model 3, step 2: still open before it: step 1.\n"
    )


# Several addresses, and bare model numbers --------------------------------------------------------------


def test_several_addresses_are_reported_with_one_next_step_a_model(small, before, call):
    answer = call("done", "3.1", "stt:5.1", "3.2", "--evidence", "1/BC")

    assert answer.returncode == 0
    assert answer.stdout == (
        f"{HEALTH}, bước 1: Hoàn thành 11/01/2024 – 1/BC.\n"
        "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: Hoàn thành 11/01/2024 – 1/BC.\n"
        f"{HEALTH}, bước 2: Hoàn thành 11/01/2024 – 1/BC.\n"
        "Mô hình 3: các bước đều đã hoàn thành hoặc không thực hiện.\n"
        "Mô hình 8: các bước đều đã hoàn thành hoặc không thực hiện.\n"
    )
    assert answer.stderr == ""


@pytest.mark.parametrize("wrong", ["3.9", "99", "stt:99.1", "x"])
def test_one_wrong_address_of_several_refuses_them_all(small, before, call, wrong):
    answer = call("done", "3.1", wrong, "8.1")

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (2, "", before)


def test_one_step_that_can_not_be_written_refuses_them_all(small, call):
    text = small.read_text("utf-8")
    odd = text.replace(
        '  - step: 2\n        text: "Trả', '  - ? step\n        : 2\n        text: "Trả'
    )
    assert odd != text
    small.write_text(odd, "utf-8")
    answer = call("done", "3.1", "3.2")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert small.read_text("utf-8") == odd


def test_a_bare_number_of_one_step_asks_nothing(small, before, call):
    answer = call("start", "8")

    assert answer.returncode == 0
    assert changed(before, small) == ["+progress: {status: doing, date: 2024-01-11}"]


def test_a_bare_number_of_several_steps_needs_yes_where_nobody_can_be_asked(small, before, call):
    refused = call("done", "3")

    assert (refused.returncode, refused.stdout, small.read_bytes()) == (2, "", before)
    assert refused.stderr == (
        "Lệnh này ghi nhận 2 bước, cần xác nhận:\n"
        f"  {HEALTH}\n"
        "    3.1  Nhập hồ sơ.\n"
        "         Hoàn thành 11/01/2024\n"
        "    3.2  Trả kết quả.\n"
        "         Hoàn thành 11/01/2024\n"
        "Thêm --yes nếu đúng, hoặc ghi nhận từng bước, ví dụ de06 done 3.1.\n"
    )
    answer = call("done", "3", "--yes", "--evidence", "1/BC")
    assert answer.returncode == 0
    assert answer.stdout.count("Hoàn thành 11/01/2024 – 1/BC.\n") == 2


def test_two_bare_numbers_are_several_steps_too(small, before, call):
    refused = call("block", "8", "7", "--note", "chờ", "--date", "2024-01-09")

    assert (refused.returncode, small.read_bytes()) == (2, before)
    assert refused.stderr == (
        "Lệnh này ghi nhận 2 bước, cần xác nhận:\n"
        "  Mô hình 8 (STT 5) Rà soát dân cư\n"
        "    8.1  Rà soát hằng tháng.\n"
        "         Vướng mắc 09/01/2024 – chờ\n"
        f"  {CARD}\n"
        "    7.2  Thu nhận hồ sơ.\n"
        "         Vướng mắc 09/01/2024 – chờ (trước đó: Vướng mắc 20/12/2023 – máy hỏng)\n"
        "Thêm --yes nếu đúng, hoặc ghi nhận từng bước, ví dụ de06 block 8.1.\n"
    )


def test_steps_named_one_by_one_need_no_yes(small, call):
    assert call("start", "3.1", "3.2", "8.1").returncode == 0


def test_a_bare_number_without_such_steps_says_so(small, before, call):
    answer = call("done", "5")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Không có bước nào để ghi nhận.\n"
    assert small.read_bytes() == before


# What stands already ----------------------------------------------------------------------------------


def test_marking_a_done_step_again_says_what_stood_there(small, call):
    answer = call("done", "7.1", "--evidence", "46/BC")

    assert answer.stdout.splitlines()[0] == (
        f"{CARD}, bước 1: Hoàn thành 20/11/2023 – CAX – 46/BC "
        "(trước đó: Hoàn thành 20/11/2023 – CAX – 45/BC-CAX)."
    )


def test_what_another_agency_recorded_needs_yes(small, before, call, monkeypatch):
    for command in (
        ["done", "7.1", "--by", "TTYT"],
        ["block", "7.1", "--note", "x", "--by", "TTYT"],
    ):
        refused = call(*command)
        assert (refused.returncode, refused.stdout, small.read_bytes()) == (2, "", before)
        assert refused.stderr.startswith("Lệnh này ghi nhận 1 bước, cần xác nhận:\n")
        assert "– TTYT" in refused.stderr
        assert "(trước đó: Hoàn thành 20/11/2023 – CAX – 45/BC-CAX)" in refused.stderr
    monkeypatch.setenv("DE06_AGENCY", "TTYT")
    assert call("reset", "7.1").returncode == 2
    assert small.read_bytes() == before
    assert call("reset", "7.1", "--yes").returncode == 0


def test_what_ones_own_agency_recorded_or_nobody_is_not_asked_about(small, call, monkeypatch):
    assert call("done", "7.1", "--by", "CAX", "--evidence", "47/BC").returncode == 0
    assert call("done", "7.2", "--by", "TTYT").returncode == 0, "no agency stood there"
    monkeypatch.setenv("DE06_AGENCY", "CAX")
    assert call("reset", "7.1").returncode == 0


# On a terminal ----------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path) -> Callable[..., support.Run]:
    """de06 on a terminal where somebody answers its question; None: the terminal says end of file."""
    pytest.importorskip("termios", reason="terminals are tested on POSIX systems")

    def session(*arguments: str, answer: bytes | None, **changes: str | None) -> support.Run:
        ours, theirs = os.openpty()
        with subprocess.Popen(
            [sys.executable, "-c", LOGIN, "-m", "de06cli", *arguments],
            cwd=tmp_path,
            env=support.environment(tmp_path, **{"TERM": "dumb", **changes}),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            shown = b""
            while b"Enter: kh" not in shown and (chunk := _read(ours)):
                shown += chunk
            os.write(ours, b"\x04" if answer is None else answer)
            while chunk := _read(ours):
                shown += chunk
        os.close(ours)
        text = shown.decode("utf-8", "replace").replace("\r\n", "\n")
        return support.Run(arguments, process.returncode, text, "")

    return session


# Makes the terminal this process's own, so that Ctrl-C reaches it, though a job in the background may
# have these tests started with SIGINT ignored.
LOGIN = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
mode = termios.tcgetattr(0)
mode[3] &= ~termios.ECHO
termios.tcsetattr(0, termios.TCSANOW, mode)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end is closed
        return b""


QUESTION = (
    f"  {HEALTH}\n"
    "    3.1  Nhập hồ sơ.\n         Không thực hiện 11/01/2024 – thừa\n"
    "    3.2  Trả kết quả.\n         Không thực hiện 11/01/2024 – thừa\n"
    "Ghi nhận 2 bước này? (c: có, Enter: không)\n"
)


@pytest.mark.parametrize("answer", ["c", "có", "CO", " yes "])
def test_a_person_is_asked_and_agrees(small, session, answer):
    shown = session("skip", "MH3", "--note", "thừa", answer=f"{answer}\n".encode())

    assert shown.returncode == 0
    assert shown.stdout == (
        f"{QUESTION}"
        f"{HEALTH}\n"
        "  bước 1–2: Không thực hiện 11/01/2024 – thừa\n"
        "  các bước đều đã hoàn thành hoặc không thực hiện\n"
    )


@pytest.mark.parametrize("answer", [b"\n", b"k\n", b"khong\n", b"c\xf3\n", None])
def test_a_person_is_asked_and_anything_else_writes_nothing(small, before, session, answer):
    shown = session("skip", "MH3", "--note", "thừa", answer=answer)

    assert (shown.returncode, small.read_bytes()) == (0, before)
    assert shown.stdout == f"{QUESTION}Đã hủy lệnh; chưa ghi gì.\n"


def test_an_ascii_terminal_can_agree_too(small, session):
    shown = session(
        "skip", "MH3", "--note", "thừa", answer="có\n".encode(),
        LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii",
    )  # fmt: skip

    assert shown.returncode == 0
    assert "Ghi nhan 2 buoc nay? (c: co, Enter: khong)\n" in shown.stdout


def test_an_interrupted_question_writes_nothing(small, before, session):
    shown = session("skip", "MH3", "--note", "thừa", answer=b"\x03")

    assert (shown.returncode, small.read_bytes()) == (130, before)


@pytest.mark.parametrize("option", ["--dry-run", "--yes"])
def test_nobody_is_asked_with(small, terminal, option):
    shown = terminal("done", "3", option)

    assert shown.returncode == 0
    assert "Enter: " not in shown.stderr


def test_a_number_that_is_also_a_row_names_the_model_of_that_row(small, terminal):
    shown = terminal("start", "3", "8", "3.2")

    assert shown.returncode == 0
    assert shown.stderr.splitlines()[0] == (
        "3 là số hiệu; số thứ tự 3 trong phụ lục là Mô hình 5 (STT 3) Thanh toán không tiền mặt "
        "(gõ stt:3)."
    )
    assert "dòng 8" not in shown.stderr


@pytest.mark.parametrize("command", [["start", "MH3", "--yes"], ["start", "stt:3.1"]])
def test_a_number_that_can_be_nothing_else_is_not_explained(small, terminal, command):
    assert "(gõ stt:" not in terminal(*command).stderr


def test_the_hint_at_rows_is_for_people_at_a_terminal(small, call):
    assert call("extend", "3", "2024-03-31").stderr == ""


def test_extending_a_number_that_is_also_a_row_names_the_model_of_that_row(small, terminal):
    assert terminal("extend", "2", "2024-03-31").stderr == (
        "2 là số hiệu; số thứ tự 2 trong phụ lục là Mô hình 3 (STT 2) Sổ sức khỏe điện tử "
        "(gõ stt:2).\n"
    )


# Warnings ---------------------------------------------------------------------------------------------


def test_odd_marks_are_written_with_a_warning(small, before, call):
    answer = call("done", "3.2", "--date", "2023-12-01", "--by", "CAX", "--evidence", "1/BC")

    assert answer.returncode == 0
    assert small.read_bytes() != before
    assert answer.stderr == "Lưu ý: Mô hình 3, bước 2: bước 1 trước đó chưa hoàn thành.\n"


def test_every_warning_is_reported(small, call):
    call("done", "3.1", "--evidence", "1/BC")
    answer = call("done", "3.2", "--date", "2024-01-10", "--by", "CAX")

    assert answer.stderr == (
        "Lưu ý: Mô hình 3, bước 2: chưa có minh chứng; thêm sau bằng --evidence.\n"
        "Lưu ý: Mô hình 3, bước 2: ngày này trước ngày của bước 1.\n"
    )
    other = call("start", "8.1", "--by", "TTYT")
    assert other.stderr == (
        "Lưu ý: Mô hình 8, bước 1: TTYT không có vai trò nào trong mô hình này.\n"
    )


# --dry-run ----------------------------------------------------------------------------------------------


def test_a_dry_run_prints_the_difference_and_writes_nothing(small, before, call, tmp_path):
    answer = call("block", "3", "--note", "chờ", "--dry-run")

    assert (answer.returncode, answer.stderr, small.read_bytes()) == (0, "", before)
    assert answer.stdout == (
        "--- a/data/models.yaml\n"
        "+++ b/data/models.yaml\n"
        "@@ -59,11 +59,12 @@\n"
        "     implementers: [VPX]\n"
        "     steps:\n"
        "       - step: 1\n"
        "-        progress: {status: doing}\n"
        '+        progress: {status: blocked, date: 2024-01-11, note: "chờ"}\n'
        '         text: "Nhập hồ sơ."\n'
        "         agencies: [TTYT]\n"
        "         due: 2024-01-05\n"
        "       - step: 2\n"
        '+        progress: {status: blocked, date: 2024-01-11, note: "chờ"}\n'
        '         text: "Trả kết quả."\n'
        "         agencies: [TTYT, CAX]\n"
        "         due: 2024-01-13\n"
    )
    assert sorted(path.name for path in small.parent.iterdir()) == ["models.yaml"]
    assert call("undo").returncode == 4, "nothing was recorded"


@pytest.mark.parametrize("tool", [["git", "apply", "-"], ["patch", "--binary", "-p1"]])
@pytest.mark.parametrize("variant", ["LF", "CRLF", "BOM with CRLF", "no final newline"])
def test_applying_a_dry_run_gives_what_the_command_would_have_written(
    small, before, call, tmp_path, tool, variant
):
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    if "CRLF" in variant:
        before = before.replace(b"\n", b"\r\n")
    if "BOM" in variant:
        before = b"\xef\xbb\xbf" + before
    if variant == "no final newline":
        before = before.removesuffix(b"\n")
    small.write_bytes(before)
    command = ["done", "8.1", "7.2", "--evidence", "1/BC"]
    patch = call(*command, "--dry-run").stdout.encode()
    subprocess.run(
        tool, cwd=tmp_path, input=patch, env=support.environment(tmp_path), check=True,
        capture_output=True,
    )  # fmt: skip
    applied = small.read_bytes()
    small.write_bytes(before)

    assert call(*command).returncode == 0
    assert small.read_bytes() == applied != before


def test_a_dry_run_of_an_extension_shows_its_lines(small, before, call):
    answer = call("extend", "7", "2024-02-29", "--dry-run")

    assert [line for line in answer.stdout.splitlines() if line[:1] in "+-"][2:] == [
        "+      - {to: 2024-02-29, decided: 2024-01-11}"
    ]
    assert small.read_bytes() == before


def test_a_dry_run_that_would_change_nothing_says_so(small, call):
    answer = call("done", "7.1", "--dry-run")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Không có nội dung nào cần thay đổi.\n"


def test_a_dry_run_is_refused_what_the_mark_is_refused(small, call):
    assert call("skip", "3.2", "--dry-run").returncode == 2
    assert call("done", "3.9", "--dry-run").returncode == 2


# Refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["done"], "Thiếu số hiệu mô hình hoặc bước (ADDRESS). Xem: de06 done --help."),
        (["done", "9.1"], "Không có mô hình 9. Gợi ý: 5, 7, 8. Xem tất cả: de06 list."),
        (["done", "7.3"], "Mô hình 7 không có bước 3; các bước là 1, 2."),
        (["done", "stt:9"], "Phụ lục không có số thứ tự 9. Gợi ý: 3, 4, 5."),
        (
            ["done", "bảy"],
            (
                "“bảy” không phải là số hiệu mô hình hoặc bước. Viết 9 hoặc MH9 (mô hình), 9.2 (bước), "
                "stt:4 (số thứ tự 4 trong phụ lục)."
            ),
        ),
        (
            ["done", "HONQUAN:3.2"],
            "Không có kế hoạch “HONQUAN”; kế hoạch đang dùng là TANKHAI.",
        ),
        (
            ["done", "3.2", "--date", "12/1/2024"],
            "Ngày 12/01/2024 sau hôm nay (11/01/2024); hãy ghi ngày đã thực hiện.",
        ),
        (["done", "3.2", "--date", "30/2/2024"], "Không có ngày 30/2/2024."),
        (
            ["done", "3.2", "--date", ""],
            "“” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay.",
        ),
        (
            ["done", "3.2", "--by", "CA"],
            "Không có đơn vị nào mang mã hoặc tên “CA”. Gợi ý:\n  CAX  Công an xã",
        ),
        (["done", "3.2", "--by", ""], "--by để trống."),
        (["done", "3.2", "--evidence", " "], "--evidence để trống."),
        (["done", "3.2", "--note", ""], "--note để trống."),
        (
            ["done", "3.2", "--note", "a\x1b[31mb"],
            "--note chứa ký tự không được phép (U+001B). Hãy nhập lại.",
        ),
        (
            ["done", "3.2", "--evidence", "1\r2"],
            "--evidence chứa ký tự không được phép (U+000D). Hãy nhập lại.",
        ),
        (
            ["done", "3.2", "--note", "a\u202eb"],
            "--note chứa ký tự không được phép (U+202E). Hãy nhập lại.",
        ),
        (
            ["block", "3.2"],
            'Phải nêu lý do: thêm --note "…" (nội dung vướng mắc hoặc lý do không thực hiện).',
        ),
        (
            ["skip", "7.2"],
            'Phải nêu lý do: thêm --note "…" (nội dung vướng mắc hoặc lý do không thực hiện).',
        ),
        (
            ["extend", "7", "31/12/2023"],
            "Thời hạn mới 31/12/2023 phải sau thời hạn hiện nay (31/12/2023).",
        ),
        (["extend", "7.1", "2024-03-31"], "Gia hạn áp dụng cho cả mô hình: gõ 7."),
        (["extend", "7"], "Thiếu ngày (DATE). Xem: de06 extend --help."),
        (
            ["extend", "7", "2024-03-31", "--decided", "2024-01-12"],
            "Ngày quyết định không được sau hôm nay.",
        ),
        (
            ["extend", "7", "2024-03-31", "--decided", ""],
            "“” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay.",
        ),
        (["extend", "7", "2024-03-31", "--reason", ""], "--reason để trống."),
        (["extend", "7", "2024-03-31", "--document", ""], "--document để trống."),
    ],
    ids=" ".join,
)
def test_what_can_not_be_meant_is_refused_with_what_to_type(small, before, call, command, said):
    answer = call(*command)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Lỗi: {said}\n"
    assert small.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        *([verb, "3.2", "--rev", "HEAD"] for verb in ("start", "done", "block", "skip", "reset")),
        ["extend", "3", "2024-03-31", "--rev", "HEAD"],
        ["undo", "--rev", "HEAD"],
        ["done", "3.2", "--as-of", "today"],
        ["reset", "3.1", "--note", "x"],
    ],
    ids=" ".join,
)
def test_an_option_of_another_command_is_refused(small, before, call, command):
    answer = call(*command)

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (2, "", before)
    assert answer.stderr.startswith(f"Lỗi: Không có tùy chọn {command[-2]}.")
    assert answer.stderr.endswith(f"Xem: de06 {command[0]} --help.\n")


@pytest.mark.parametrize(
    "command", [["done", "9.2"], ["extend", "9", "2024-03-31"], ["reset", "99"], ["undo"]]
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]])
def test_the_packaged_plan_is_not_marked(call, command, dry_run):
    before = support.MODELS_FILE.read_bytes()
    answer = call(*command, *dry_run)

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr == (
        "Lỗi: Bản kế hoạch đi kèm de06 chỉ để xem. "
        "Hãy chạy de06 init trong một thư mục riêng rồi ghi nhận ở đó.\n"
    )
    assert support.MODELS_FILE.read_bytes() == before


def test_a_broken_file_is_not_marked(small, call):
    small.write_text(small.read_text("utf-8").replace("lead: [TTYT]", "lead: [TTYT"), "utf-8")
    before = small.read_bytes()
    answer = call("done", "3.2")

    assert (answer.returncode, answer.stdout, small.read_bytes()) == (3, "", before)
    assert answer.stderr.startswith(
        "Lỗi: data/models.yaml còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:\ndata/models.yaml:59:"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are tested on POSIX systems")
def test_a_named_pipe_is_not_waited_for(tmp_path, call):
    os.mkfifo(tmp_path / "pipe")
    answer = call("done", "3.2", "--data", "pipe")

    assert answer.returncode == 4
    assert answer.stderr == "Lỗi: pipe không phải là tệp thông thường; chưa ghi gì.\n"


# Around the write -------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("output", ["> /dev/full", ">&-"])
def test_a_result_that_can_not_be_printed_does_not_undo_the_mark(small, before, shell, output):
    answer = shell(f"de06 start 3.2 {output}")

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Đã ghi nhận, nhưng không in được kết quả.\n"
    assert changed(before, small) == ["+progress: {status: doing, date: 2024-01-11}"]


# Other terminals --------------------------------------------------------------------------------------

NOTE = "Phòng đợi “kinh phí” – đủ, ạ ữ Đ 日本 🙂"
ASCII = {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    "changes",
    [
        {"LANG": "C.UTF-8"},
        {"LANG": "C"},
        {"LANG": None},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "C", "PYTHONUTF8": "0"},
        ASCII,
        {**ASCII, "PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1258"},
    ],
    ids=lambda changes: " ".join(f"{name}={value}" for name, value in changes.items()),
)
def test_a_vietnamese_note_arrives_as_it_was_typed(small, before, de06, changes):
    answer = subprocess.run(
        [sys.executable, "-m", "de06cli", "block", "3.2", "--note", NOTE],
        cwd=small.parents[1],
        env=support.environment(small.parents[1], **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert changed(before, small) == [
        f'+progress: {{status: blocked, date: 2024-01-11, note: "{NOTE}"}}'
    ]


LATIN_1 = "en_US.ISO-8859-1"


@pytest.fixture
def latin_1(tmp_path) -> dict[str, str]:
    """The variables of a terminal whose locale is Latin-1."""
    if shutil.which("localedef") is None:
        pytest.skip("localedef is not installed")
    folder = tmp_path / "locales"
    folder.mkdir()
    made = subprocess.run(
        ["localedef", "-i", "en_US", "-f", "ISO-8859-1", folder / LATIN_1],
        capture_output=True,
        check=False,
    )
    if not (folder / LATIN_1).exists():
        pytest.skip(f"no Latin-1 locale can be made: {made.stderr.decode()}")
    return {"LOCPATH": str(folder), "LC_ALL": LATIN_1}


def test_utf_8_typed_on_a_latin_1_terminal_is_no_mojibake(small, before, latin_1):
    answer = subprocess.run(
        [
            os.fsencode(sys.executable),
            b"-m",
            b"de06cli",
            b"block",
            b"3.2",
            b"--note",
            NOTE.encode(),
        ],
        cwd=small.parents[1],
        env=support.environment(small.parents[1], **latin_1),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert changed(before, small) == [
        f'+progress: {{status: blocked, date: 2024-01-11, note: "{NOTE}"}}'
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows passes arguments as Unicode")
@pytest.mark.parametrize("changes", [{"LANG": "C.UTF-8"}, {"LANG": "C"}, ASCII])
def test_bytes_that_are_no_utf_8_are_refused(small, before, changes):
    answer = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"de06cli", b"block", b"3.2", b"--note", b"Ph\xf2ng"],
        cwd=small.parents[1],
        env=support.environment(small.parents[1], **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )

    assert (answer.returncode, small.read_bytes()) == (2, before)
    assert b"'Ph\\udcf2ng'" in answer.stderr
