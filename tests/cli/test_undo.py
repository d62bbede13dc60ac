"""``undo``: this user's marks are taken back, the last first, where the plan still says what they wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import support

CARD = "Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động"
HEALTH = "Mô hình 3 (STT 2) Sổ sức khỏe điện tử"

NOTHING = "Lỗi: Không có lần ghi nhận nào ở data/models.yaml để hoàn tác.\n"
OTHERWISE = (
    "Lỗi: Nội dung đã ghi nhận lần gần nhất nay đã thay đổi nên không hoàn tác. Xem: de06 log.\n"
)


@pytest.fixture
def before(small) -> bytes:
    return small.read_bytes()


def rewrite(path, old: str, new: str) -> None:
    """Somebody's edit by hand."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_a_mark_is_taken_back_to_the_byte(small, before, call):
    call("done", "3.2", "--evidence", "1/BC")
    answer = call("undo")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == f"{HEALTH}, bước 2: trở lại Chưa thực hiện.\n"
    assert small.read_bytes() == before


def test_what_the_mark_replaced_is_back(small, before, call):
    call("done", "7.2")
    answer = call("undo")

    assert answer.stdout == f"{CARD}, bước 2: trở lại Vướng mắc 20/12/2023 – máy hỏng.\n"
    assert small.read_bytes() == before


def test_a_reset_is_taken_back(small, before, call):
    call("reset", "7", "--yes")
    answer = call("undo")

    assert answer.stdout == (
        f"{CARD}, bước 1: trở lại Hoàn thành 20/11/2023 – CAX – 45/BC-CAX.\n"
        f"{CARD}, bước 2: trở lại Vướng mắc 20/12/2023 – máy hỏng.\n"
    )
    assert small.read_bytes() == before


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_stay(small, call, end, bom):
    before = bom + small.read_bytes().replace(b"\n", end)
    small.write_bytes(before)
    call("done", "3", "8", "--yes")
    call("extend", "7", "2024-03-31")

    assert call("undo").returncode == call("undo").returncode == 0
    assert small.read_bytes() == before


def test_marks_are_taken_back_the_last_first(small, before, call):
    states = [before]
    for command in (
        ["start", "3.2"],
        ["done", "3.2"],
        ["done", "3.2", "--evidence", "1/BC"],
        ["extend", "3", "2024-02-29", "--document", "2/CV"],
        ["extend", "3", "2024-03-31"],
        ["block", "8.1", "--note", "chờ"],
    ):
        assert call(*command).returncode == 0
        states.append(small.read_bytes())

    assert states.pop() == small.read_bytes()
    while states:
        assert call("undo").returncode == 0
        assert small.read_bytes() == states.pop()
    answer = call("undo")
    assert (answer.returncode, answer.stdout, answer.stderr) == (4, "", NOTHING)


def test_extensions_are_taken_back_one_by_one(small, call):
    call("extend", "7", "2024-02-29")
    call("extend", "3", "2024-02-29")

    assert call("undo").stdout == f"{HEALTH}: thời hạn trở lại 15/01/2024.\n"
    assert call("undo").stdout == f"{CARD}: thời hạn trở lại 31/12/2023.\n"


def test_a_command_on_several_steps_is_one_mark(small, before, call):
    call("start", "8.1")
    one_step = small.read_bytes()
    call("done", "3.1", "3.2", "8.1", "--evidence", "1/BC")

    assert call("undo").stdout.count("trở lại") == 3
    assert small.read_bytes() == one_step


def test_a_mark_that_changed_nothing_is_not_taken_back(small, before, call):
    call("start", "8.1")
    call("done", "7.1")

    assert (
        call("undo").stdout == "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: trở lại Chưa thực hiện.\n"
    )
    assert small.read_bytes() == before


def test_an_undo_is_not_undone(small, before, call):
    call("start", "8.1")
    call("undo")

    assert call("undo").stderr == NOTHING
    assert small.read_bytes() == before


def test_edits_made_elsewhere_since_are_kept(small, call):
    call("done", "3.2")
    rewrite(small, 'text: "Nhập hồ sơ."', 'text: "Nhập hồ sơ giấy."  # theo 3/CV')
    rewrite(small, "deadline: 2023-10-30", "deadline: 2023-10-31")
    rewrite(small, "models:\n", "\n# các mô hình\nmodels:\n")
    expected = small.read_bytes().replace(
        b"        progress: {status: done, date: 2024-01-11}\n", b""
    )

    assert call("undo").returncode == 0
    assert small.read_bytes() == expected


def test_another_writing_of_the_same_is_the_same(small, before, call):
    call("done", "3.2")
    rewrite(
        small,
        "        progress: {status: done, date: 2024-01-11}",
        "        progress:\n          date: '2024-01-11'  # hôm nay\n          status: done",
    )

    assert call("undo").returncode == 0
    assert small.read_bytes() == before.replace(
        b'      - step: 2\n        text: "Tr\xe1\xba\xa3',
        '      - step: 2\n        # hôm nay\n        text: "Trả'.encode(),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2024-01-11}", "date: 2024-01-10}"),
        ("date: 2024-01-11}", 'date: 2024-01-11, note: "thêm"}'),
        ("        progress: {status: done, date: 2024-01-11}\n", ""),
    ],
    ids=["another day", "a note more", "gone"],
)
def test_a_step_that_says_something_else_by_now_is_left_alone(small, call, old, new):
    call("done", "3.2")
    rewrite(small, old, new)
    edited = small.read_bytes()
    answer = call("undo")

    assert (answer.returncode, answer.stdout, answer.stderr) == (4, "", OTHERWISE)
    assert small.read_bytes() == edited

    rewrite(small, new or '        text: "Trả', old + ("" if new else '        text: "Trả'))
    assert call("undo").returncode == 0, "it says again what was written"


def test_one_step_of_several_that_changed_keeps_them_all(small, call):
    call("start", "3.2", "8.1")
    call("done", "8.1")
    rewrite(small, "{status: done, date: 2024-01-11}", "{status: done, date: 2024-01-09}")
    edited = small.read_bytes()

    assert call("undo").stderr == OTHERWISE
    assert small.read_bytes() == edited


def test_an_extension_that_another_followed_is_left_alone(small, call, monkeypatch, tmp_path):
    call("extend", "3", "2024-02-29")
    with monkeypatch.context() as somebody:
        somebody.setenv(support.HOME, str(tmp_path / "other"))
        call("extend", "3", "2024-03-31")
    before = small.read_bytes()

    assert (call("undo").stderr, small.read_bytes()) == (OTHERWISE, before)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - model: 3\n", "  - model: 4\n", "Kế hoạch không còn mô hình 3; chưa ghi gì."),
        ('- step: 2\n        progress: {status: done, date: 2024-01-11}\n        text: "Trả',
         '- step: 4\n        progress: {status: done, date: 2024-01-11}\n        text: "Trả',
         "Mô hình 3 không còn bước 2; chưa ghi gì."),
    ],
    ids=["model", "step"],
)  # fmt: skip
def test_what_is_no_longer_there_is_said(small, call, old, new, said):
    call("done", "3.2")
    rewrite(small, old, new)
    edited = small.read_bytes()
    answer = call("undo")

    assert (answer.returncode, answer.stderr) == (4, f"Lỗi: {said}\n")
    assert small.read_bytes() == edited


def test_each_user_takes_back_only_what_is_theirs(small, call, monkeypatch, tmp_path):
    call("start", "3.2")
    with monkeypatch.context() as somebody:
        somebody.setenv(support.HOME, str(tmp_path / "other"))
        call("start", "8.1")
        assert call("undo").stdout.startswith("Mô hình 8 ")
        assert call("undo").stderr == NOTHING

    assert call("undo").stdout.startswith("Mô hình 3 ")


def test_each_plan_has_marks_of_its_own(small, call, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_bytes(small.read_bytes())
    call("start", "3.2")
    call("start", "8.1", "--data", "other.yaml")

    assert call("undo").stdout.startswith("Mô hình 3 ")
    assert call("undo", "--data", "other.yaml").stdout.startswith("Mô hình 8 ")


def test_a_plan_is_the_same_by_another_path(small, before, call, tmp_path):
    support.symlink(tmp_path / "link.yaml", small)
    call("start", "3.2", "--data", "link.yaml")

    assert call("undo").returncode == 0
    assert small.read_bytes() == before


def test_a_plan_that_was_moved_has_no_marks_to_take_back(small, call, tmp_path):
    call("start", "3.2")
    small.rename(tmp_path / "moved.yaml")
    moved = (tmp_path / "moved.yaml").read_bytes()
    answer = call("undo", "--data", "moved.yaml")

    assert (answer.returncode, answer.stderr) == (4, NOTHING.replace("data/models", "moved"))
    assert (tmp_path / "moved.yaml").read_bytes() == moved


def test_a_dry_run_shows_what_would_be_taken_back(small, before, call):
    call("start", "3.2")
    marked = small.read_bytes()
    answer = call("undo", "--dry-run")

    assert [line for line in answer.stdout.splitlines() if line[0] in "+-"] == [
        "--- a/data/models.yaml",
        "+++ b/data/models.yaml",
        "-        progress: {status: doing, date: 2024-01-11}",
    ]
    assert small.read_bytes() == marked
    assert call("undo").returncode == 0
    assert small.read_bytes() == before


def test_an_invalid_file_is_left_alone(small, call):
    call("start", "3.2")
    rewrite(small, "lead: [TTYT]", "lead: TTYT, CAX")
    edited = small.read_bytes()

    assert (call("undo").returncode, small.read_bytes()) == (3, edited)


def test_english_says_it_in_english(small, call):
    call("done", "7.2")
    call("extend", "7", "2024-02-29")
    name = "Model 7 (row 1) Cấp thẻ căn cước lưu động"

    assert call("undo", "--lang", "en").stdout == f"{name}: deadline back to 31 Dec 2023.\n"
    assert call("undo", "--lang", "en").stdout == (
        f"{name}, step 2: back to Blocked 20 Dec 2023 – máy hỏng.\n"
    )
    assert call("undo", "--lang", "en").stderr == (
        "Error: There is nothing in data/models.yaml to undo.\n"
    )


# The record -------------------------------------------------------------------------------------------


def test_a_mark_without_a_place_for_its_record_is_made_with_a_warning(
    small, before, call, monkeypatch
):
    monkeypatch.setenv(support.HOME, str(small))
    answer = call("start", "8.1")

    assert answer.returncode == 0
    assert small.read_bytes() != before
    told, _colon, why = answer.stderr.partition(": ")
    assert told == "Lần ghi nhận này sẽ không hoàn tác được"
    assert why == "Not a directory.\n" or os.name == "nt"
    assert (call("undo").returncode, call("undo").stderr) == (4, NOTHING)


def no_home(*_arguments: object, **_options: object) -> Path:
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("place", [no_home, lambda *_, **__: Path("~/.local/state/de06")])
def test_a_user_without_a_home_can_mark(small, before, call, monkeypatch, tmp_path, place):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("platformdirs.user_state_path", place)
    monkeypatch.setattr("platformdirs.user_cache_path", place)
    answer = call("start", "8.1")

    assert (answer.returncode, small.read_bytes() != before) == (0, True)
    assert answer.stderr == "Lần ghi nhận này sẽ không hoàn tác được: No such file or directory.\n"
    assert call("undo").stderr == NOTHING
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_record_that_is_full_does_not_undo_the_change(small, before, call, shell, tmp_path):
    if sys.platform != "linux":
        pytest.skip("the record's place and the limit are those of Linux")
    call("start", "3.2")
    (record,) = (tmp_path / ".local" / "state" / "de06").iterdir()
    record.write_bytes(b"\n" * 200_000 + record.read_bytes())
    answer = shell("ulimit -f 64; de06 undo")

    assert answer.returncode == 0
    assert answer.stdout == f"{HEALTH}, bước 2: trở lại Chưa thực hiện.\n"
    assert answer.stderr == "Đã hoàn tác, nhưng không lưu được việc này: File too large.\n"
    assert small.read_bytes() == before
    assert call("undo").stderr == OTHERWISE


def test_a_spoiled_record_counts_as_none(small, call, tmp_path):
    call("start", "3.2")
    for path in tmp_path.rglob("undo-*"):
        path.write_bytes(b"\x00\xff{")
    marked = small.read_bytes()

    assert (call("undo").stderr, small.read_bytes()) == (NOTHING, marked)
    call("start", "8.1")
    assert call("undo").returncode == 0
    assert small.read_bytes() == marked


def test_marks_made_at_the_same_time_can_all_be_taken_back(small, before, call, tmp_path):
    marks = [["3.1"], ["3.2"], ["8.1"], ["7.2"]]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "de06cli", "done", *mark],
            cwd=tmp_path,
            env=support.environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for mark in marks
    ]
    assert [process.wait() for process in running] == [0] * len(marks)

    assert [call("undo").returncode for _mark in marks] == [0] * len(marks)
    assert small.read_bytes() == before
    assert call("undo").stderr == NOTHING


# Never an older mark ----------------------------------------------------------------------------------

# Runs de06, which is killed just before or just after the data file is renamed into place.
KILLED = """
import os, signal, sys
from pathlib import Path
from de06cli.cli import main

replace, moment, number = Path.replace, sys.argv.pop(1), int(sys.argv.pop(1))

def killed(self, target):
    ours = str(target).endswith("models.yaml")
    if ours and moment == "before":
        os.kill(os.getpid(), number)
    done = replace(self, target)
    if ours and moment == "after":
        os.kill(os.getpid(), number)
    return done

Path.replace = killed
main.main()
"""


def killed(tmp_path: Path, moment: str, number: int, *arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", KILLED, moment, str(int(number)), *arguments],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_a_mark_that_was_killed_after_it_was_made_is_the_one_taken_back(small, call, tmp_path):
    call("start", "8.1")
    one = small.read_bytes()
    killed(tmp_path, "after", signal.SIGKILL, "done", "3.2")
    assert small.read_bytes() != one

    assert call("undo").returncode == 0
    assert small.read_bytes() == one


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("edited", [False, True])
def test_a_mark_that_was_killed_before_it_was_made_is_passed_over(
    small, before, call, tmp_path, edited
):
    call("start", "8.1")
    one = small.read_bytes()
    killed(tmp_path, "before", signal.SIGKILL, "done", "3.2")
    assert small.read_bytes() == one
    if edited:
        rewrite(small, "models:\n", "# sửa\nmodels:\n")

    assert call("undo").stdout.startswith("Mô hình 8 ")
    assert small.read_bytes().replace("# sửa\n".encode(), b"") == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_a_signal_comes_before_the_mark_or_too_late(small, before, call, tmp_path, name):
    call("start", "8.1")
    one = small.read_bytes()
    number = signal.Signals[name]
    assert killed(tmp_path, "after", number, "done", "3.2") == 0
    assert call("undo").returncode == 0
    assert small.read_bytes() == one


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_an_undo_that_was_killed_after_it_was_made_is_not_made_twice(small, before, call, tmp_path):
    call("start", "8.1")
    call("done", "3.2")
    killed(tmp_path, "after", signal.SIGKILL, "undo")

    assert call("undo").stdout.startswith("Mô hình 8 ")
    assert small.read_bytes() == before


def test_after_a_mark_that_could_not_be_kept_no_older_one_is_taken_back(
    small, before, call, tmp_path, monkeypatch
):
    call("start", "8.1")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(support.HOME if os.name == "nt" else "XDG_STATE_HOME", str(small))
        assert "sẽ không hoàn tác được" in call("done", "3.2").stderr
    marked = small.read_bytes()
    answer = call("undo")
    assert (answer.returncode, small.read_bytes()) == (4, marked)
    assert "không lưu được để hoàn tác" in answer.stderr

    call("done", "7.2", "--evidence", "9/BC")
    assert call("undo").returncode == 0, "what is later than it is taken back"
    assert small.read_bytes() == marked
    assert (call("undo").returncode, small.read_bytes()) == (4, marked)


@pytest.mark.parametrize("damage", [b"[" * 100_000, b'{"a":' * 100_000, b"\x00\xff" * 9999])
def test_a_damaged_record_ends_no_command(small, before, call, tmp_path, damage):
    call("start", "3.2")
    for path in tmp_path.rglob("undo-*"):
        path.write_bytes(path.read_bytes() + b"\n" + damage)

    assert call("start", "8.1").returncode == 0
    assert [call("undo").returncode, call("undo").returncode] == [0, 0]
    assert small.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes on Windows")
def test_a_record_that_is_a_folder_or_a_pipe_ends_no_command(small, call, tmp_path):
    call("start", "3.2")
    (path,) = tmp_path.rglob("undo-*")
    path.unlink()
    os.mkfifo(path)
    assert call("start", "8.1").returncode == 0
    assert call("undo").returncode == 4


def test_what_is_committed_already_needs_yes(small, before, call, tmp_path):
    support.git(tmp_path, "init", "-q", "--template=")
    support.git(tmp_path, "add", "data/models.yaml")
    support.git(tmp_path, "commit", "-q", "-m", "kế hoạch")
    call("done", "3.2")
    assert call("undo").returncode == 0, "not committed yet"
    call("done", "3.2")
    marked = small.read_bytes()
    support.git(tmp_path, "commit", "-q", "-a", "-m", "ghi")
    answer = call("undo")

    assert (answer.returncode, small.read_bytes()) == (2, marked)
    assert answer.stderr == (
        "Lần ghi nhận này đã có trong kho git, cần xác nhận:\n"
        f"{HEALTH}, bước 2: trở lại Chưa thực hiện.\n"
        "Thêm --yes nếu vẫn hoàn tác.\n"
    )
    assert call("undo", "--yes").returncode == 0
    assert small.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are tested on POSIX systems")
@pytest.mark.parametrize("answer", ["c", "", "k"])
def test_what_is_committed_already_asks_a_person(small, before, call, tmp_path, answer):
    support.git(tmp_path, "init", "-q", "--template=")
    call("done", "3.2")
    support.git(tmp_path, "add", "data/models.yaml")
    support.git(tmp_path, "commit", "-q", "-m", "ghi")
    marked = small.read_bytes()
    code, shown = asked_on_a_terminal(tmp_path, f"{answer}\n", "undo")

    assert f"{HEALTH}, bước 2: trở lại Chưa thực hiện." in shown
    assert "Lần ghi nhận này đã có trong kho git. Vẫn hoàn tác? (c: có, Enter: không)" in shown
    assert code == 0
    assert small.read_bytes() == (before if answer == "c" else marked)
    assert ("Đã hủy lệnh; chưa ghi gì." in shown) is (answer != "c")


def asked_on_a_terminal(home: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """The exit code of a command on a terminal at which ``typed`` is the answer, and what it shows."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=home,
        env=support.environment(home, TERM="dumb", COLUMNS="200"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        with suppress(OSError):  # the other end is closed
            while data := os.read(ours, 65536):
                shown += data
    os.close(ours)
    return process.returncode, shown.decode("utf-8").replace("\r\n", "\n")
