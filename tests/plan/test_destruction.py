"""Marks tried to destruction, in processes of their own: killed, interrupted, out of space, all at once.

Afterwards the file is the old one or the new one, whole, the exit code has told which, and nothing lies
about that the next mark does not clean up.
"""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import support
from filelock import FileLock

from de06cli.plan.file.edits import Edit, SetExtensions, SetProgress, edited
from de06cli.plan.file.reader import read
from de06cli.plan.file.writer import lock_path
from de06cli.plan.records import Extension, Progress

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, signals and limits are POSIX's")

TODAY = date(2024, 1, 11)
SMALL = """\
plan: {code: HQ, title: Kế hoạch}
agencies:
  - {code: CAH, name: Công an huyện}
models:
  - model: 9
    title: Lưu trú  # ở Hớn Quản
    deadline: 2023-12-30
    lead: [CAH]
    steps:
      - step: 1
        text: Tuyên truyền
      - step: 2
        text: Mở lớp
"""
DONE = SetProgress(9, 2, Progress("done", TODAY))
EXTENDED = SetExtensions(9, (Extension(date(2024, 6, 30), TODAY),))
NEXT = SetProgress(9, 1, Progress("doing", TODAY))
FILES = ["models.yaml", "models.yaml.lock"]
RENAME = "replace models.yaml"  # the operation that makes the change


def after(text: str, *edits: Edit) -> str:
    return edited(text.encode(), edits).decode()


# At every file operation -----------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A plan of two steps, in a home of its own."""
    path = tmp_path / "home" / "data" / "models.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SMALL, "utf-8")
    return path


def tried(trouble: str, plan: Path, *arguments: str) -> list[dict[str, Any]]:
    """What came of the command with the trouble at its first operation, at its second, and so on; last
    without it."""
    home = plan.parents[1]
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("fault.py"), trouble, home, *arguments],
        cwd=home.parent,
        env=support.environment(home, DE06_DATA=str(plan)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    operations = [outcome["operation"] for outcome in outcomes]
    # The tests are about something as long as these are among what was hit.
    assert {"open", "read", "write", "flock", "fsync", "fchmod", RENAME} <= set(operations)
    assert (outcomes[-1]["operation"], outcomes[-1]["code"]) == ("", 0)
    return outcomes


COMMANDS = {
    "done": (["done", "9.2"], DONE),
    "extend": (["extend", "9", "30/6/2024"], EXTENDED),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_any_operation_the_file_is_the_old_or_the_new_one(small, command):
    arguments, edit = COMMANDS[command]
    old, new = SMALL, after(SMALL, edit)
    seen = []
    for outcome in tried("kill", small, *arguments)[:-1]:
        assert outcome["code"] == -signal.SIGKILL
        assert outcome["text"] in {old, new}
        assert outcome["next text"] == after(outcome["text"], NEXT)
        assert outcome["next beside"] == FILES
        seen.append(outcome["text"])
    assert seen == sorted(seen, key=[old, new].index)  # once it is made it stays
    assert {old, new} == set(seen)


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EDQUOT"])
def test_where_any_operation_fails_the_exit_code_says_whether_the_file_changed(small, error):
    new = after(SMALL, DONE)
    for outcome in tried(error, small, "done", "9.2"):
        made = outcome["code"] == 0
        assert outcome["text"] == (new if made else SMALL), outcome
        assert outcome["code"] in {0, 3, 4}, outcome
        assert set(outcome["beside"]) <= set(FILES), outcome
        if not made:
            assert re.fullmatch(r"(.+\n)*Lỗi: .+\n", outcome["errors"]), outcome


def test_where_an_operation_of_an_undo_fails_the_exit_code_tells_too(small):
    home = small.parents[1]
    assert support.run("done", "9.2", home=home).returncode == 0
    new = small.read_text("utf-8")
    for outcome in tried("EIO", small, "undo"):
        assert outcome["text"] == (new if outcome["code"] else SMALL), outcome
        assert outcome["code"] in {0, 3, 4}, outcome
        assert outcome["beside"] == FILES, outcome


@pytest.mark.parametrize("name", ["int", "term", "hup"])
def test_a_signal_at_any_operation_stops_the_mark_or_comes_too_late(small, name):
    codes = {
        "int": {130},
        "term": {143, -signal.SIGTERM},
        "hup": {129, -signal.SIGHUP},
    }[name]
    new = after(SMALL, DONE)
    outcomes = tried(name, small, "done", "9.2")
    rename = [outcome["operation"] for outcome in outcomes].index(RENAME)
    for outcome in outcomes[:rename]:
        assert outcome["code"] in codes, outcome
        assert outcome["text"] == SMALL
        assert set(outcome["beside"]) <= set(FILES), outcome
    for outcome in outcomes[rename:]:
        assert (outcome["code"], outcome["text"]) == (0, new), outcome
        assert outcome["beside"] == FILES, outcome


THEIRS = SMALL + "# sửa tay\n"
EDITORS = {
    "in place": "cat {home}/theirs > {file}",
    "by rename": "cp {home}/theirs {file}~ && mv {file}~ {file}",
    "by git": "git -C {home} checkout -q other",
}


@pytest.mark.parametrize("editor", EDITORS)
def test_what_others_save_at_any_operation_is_never_overwritten(small, editor):
    home = small.parents[1]
    support.git(home, "init", "-q", "-b", "other", "--template=")
    small.write_text(THEIRS, "utf-8")
    support.git(home, "add", "data")
    support.git(home, "commit", "-q", "-m", "sửa tay")
    support.git(home, "checkout", "-q", "-b", "main")
    small.write_text(SMALL, "utf-8")
    support.git(home, "commit", "-q", "-a", "-m", "như cũ")
    (home / "theirs").write_text(THEIRS, "utf-8")
    save = EDITORS[editor].format(home=home, file=small)
    outcomes = tried(save, small, "done", "9.2")
    rename = [outcome["operation"] for outcome in outcomes].index(RENAME)
    both = after(THEIRS, DONE)
    for outcome in outcomes[:rename]:
        assert outcome["text"] == (THEIRS if outcome["code"] else both), outcome
        assert outcome["code"] in {0, 4}, outcome
    # No system knows a rename that looks first: who saves at this very moment saves an instant too early.
    late = after(SMALL, DONE) if editor == "by git" else THEIRS  # git refuses over a change
    for outcome in outcomes[rename + 1 : -1]:
        assert (outcome["code"], outcome["text"]) == (0, late), outcome
    assert {outcome["code"] for outcome in outcomes} == {0, 4}


# No room ---------------------------------------------------------------------------------------------

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from de06cli.cli.main import main
main()
"""


@pytest.mark.parametrize("missing", [100_000, 1, 0])
def test_a_limit_on_the_size_of_files_is_met_or_reported(plan, missing):
    home = plan.parents[1]
    old = plan.read_text("utf-8")
    new = after(old, DONE)
    limit = max(0, len(new.encode()) - missing)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), "done", "9.2", "--data", plan],
        env=support.environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if missing:
        assert (done.returncode, plan.read_text("utf-8")) == (4, old)
        reason = os.strerror(errno.EFBIG)
        assert done.stderr == f"Lỗi: Không ghi được {plan}: {reason}. Tệp vẫn như cũ.\n"
    else:
        assert (done.returncode, plan.read_text("utf-8")) == (0, new)
    assert sorted(found.name for found in plan.parent.iterdir()) == FILES


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_on_a_full_disk_the_exit_code_says_whether_the_file_changed(small_disk, de06):
    path = small_disk / "models.yaml"
    old = support.MODELS_TEXT
    path.write_text(old, "utf-8")
    new = after(old, DONE)
    page = os.statvfs(small_disk).f_bsize
    needed = -(-len(new.encode()) // page)
    codes = []
    for pages in (0, 1, 2, needed - 1, needed, needed + 1, needed + 2):
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file:
            room = os.statvfs(small_disk).f_bavail - pages
            file.write(bytes(room * page))
        done = de06("done", "9.2", "--data", str(path))
        assert path.read_text("utf-8") == (old if done.returncode else new), done
        assert done.returncode in {0, 4}, done
        codes.append(done.returncode)
        filler.unlink()
        leftovers = {found.name for found in small_disk.iterdir()} - set(FILES)
        assert not leftovers, done
        path.write_text(old, "utf-8")
        lock_path(path).unlink(missing_ok=True)
    assert codes == sorted(codes, reverse=True)
    assert set(codes) == {0, 4}


@pytest.mark.parametrize("stdout", ["/dev/full", None], ids=["full", "closed"])
def test_an_answer_that_can_not_be_written_leaves_the_mark_and_the_exit_code(plan, stdout):
    command = [sys.executable, "-m", "de06cli", "done", "9.2", "--data", str(plan)]
    redirected = f">{stdout}" if stdout else ">&-"
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh", *command],
        env=support.environment(plan.parents[1]),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "Đã ghi nhận, nhưng không in được kết quả."
    assert plan.read_text("utf-8") == after(support.MODELS_TEXT, DONE)


# At random moments -----------------------------------------------------------------------------------


def large(models: int) -> str:
    """The shipped plan with its models repeated under new numbers."""
    head, _models, rest = support.MODELS_TEXT.partition("\nmodels:\n")
    count = rest.count("  - model: ")
    districts: list[str] = []
    for district in range(models // count):

        def renumbered(found: re.Match[str], district: int = district) -> str:
            return f"  - model: {100 * district + int(found[1])}\n"

        again = re.sub(r"(?m)^  - model: (\d+)\n    stt: \d+\n", renumbered, rest)
        districts.append(again)
    return f"{head}\nmodels:\n{''.join(districts)}"


@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_random_moments_a_large_file_stays_whole(plan, tmp_path, times):
    text = large(480)
    plan.write_text(text, "utf-8")
    chance = random.Random(6)
    environment = support.environment(tmp_path)
    command = [sys.executable, "-m", "de06cli", "block", "9.2", "--data", str(plan)]
    begun = time.monotonic()
    subprocess.run([*command, "--note", "đầu"], env=environment, capture_output=True, check=True)
    whole = time.monotonic() - begun
    for number in range(times):
        old = plan.read_text("utf-8")
        note = f"lần {number}"
        process = subprocess.Popen(
            [*command, "--note", note],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if number % 2:
            time.sleep(chance.random() * whole)
        else:  # while it writes
            while process.poll() is None and not [*plan.parent.glob(".models.yaml.*.de06-new")]:
                time.sleep(0.0005)
            time.sleep(chance.random() * 0.01)
        process.kill()
        process.wait()
        new = after(old, SetProgress(9, 2, Progress("blocked", TODAY, note=note)))
        assert plan.read_text("utf-8") in {old, new}
    subprocess.run([*command, "--note", "cuối"], env=environment, capture_output=True, check=True)
    assert plan.read_text("utf-8") == after(
        text, SetProgress(9, 2, Progress("blocked", TODAY, note="cuối"))
    )
    assert sorted(found.name for found in plan.parent.iterdir()) == FILES


# Many at once ----------------------------------------------------------------------------------------


def at_once(commands: list[list[str]], home: Path) -> list[subprocess.CompletedProcess[str]]:
    """Runs all commands at the same time, to their ends."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "de06cli", *command],
            cwd=home,
            env=support.environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for command in commands
    ]
    return [
        subprocess.CompletedProcess(process.args, process.wait(), *process.communicate())
        for process in processes
    ]


@pytest.mark.parametrize(("count", "times"), [(16, 1), pytest.param(50, 5, marks=pytest.mark.slow)])
def test_processes_that_mark_different_steps_all_succeed(plan, tmp_path, count, times):
    steps = [
        (model.model, step.step)
        for model in read(plan.read_bytes()).plan.models
        for step in model.steps
    ][:count]
    for turn in range(times):
        note = f"lượt {turn}"
        progress = Progress("blocked", TODAY, "CAH", note=note)
        done = at_once(
            [["block", f"{m}.{s}", "--by", "CAH", "--note", note] for m, s in steps], tmp_path
        )
        assert [process.returncode for process in done] == [0] * count, done
        expected = after(
            support.MODELS_TEXT, *(SetProgress(model, step, progress) for model, step in steps)
        )
        assert plan.read_text("utf-8") == expected
        assert sorted(found.name for found in plan.parent.iterdir()) == FILES


@pytest.mark.parametrize("count", [8, pytest.param(20, marks=pytest.mark.slow)])
def test_of_processes_that_mark_the_same_step_the_last_one_counts(plan, tmp_path, count):
    notes = [f"người {number}" for number in range(count)]
    done = at_once([["block", "9.2", "--note", note] for note in notes], tmp_path)
    assert [process.returncode for process in done] == [0] * count, done
    assert plan.read_text("utf-8") in {
        after(support.MODELS_TEXT, SetProgress(9, 2, Progress("blocked", TODAY, note=note)))
        for note in notes
    }
    assert sorted(found.name for found in plan.parent.iterdir()) == FILES


# A job in the background may have these tests started with SIGINT ignored.
WAITING = """
import signal, sys, time
from de06cli.cli.main import main

signal.signal(signal.SIGINT, signal.default_int_handler)

def sleep(seconds, real=time.sleep):
    print("waiting", flush=True)
    real(seconds)

time.sleep = sleep
main()
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_waits_for_the_lock_can_be_stopped(plan, number, code):
    command = [sys.executable, "-c", WAITING, "done", "9.2", "--data", str(plan)]
    environment = support.environment(plan.parents[1])
    with (
        FileLock(lock_path(plan)),
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process,
    ):
        assert process.stdout
        assert process.stdout.readline() == b"waiting\n"
        process.send_signal(number)
        process.stdout.read()
        assert process.wait() == code
    assert plan.read_text("utf-8") == support.MODELS_TEXT
