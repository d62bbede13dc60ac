"""The record of what a user wrote: a stack a plan, which neither a crash nor a second process spoils."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import support

from de06cli.plan.file.edits import SetExtensions, SetProgress
from de06cli.plan.memory import undo
from de06cli.plan.memory.undo import KEPT, UndoEntry
from de06cli.plan.parts import Extension, Progress
from de06cli.plan.periods import Period

DONE = Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH", "dòng 1\ndòng 2")
LONGER = Extension(
    Period("day", date(2024, 3, 31)), date(2023, 12, 25), "12/CV-UBND", "chờ “kinh phí”"
)
LONGEST = Extension(Period("day", date(2024, 6, 30)), date(2024, 1, 5))


def mark(number: int) -> UndoEntry:
    """The entry of a command that marked step ``number``."""
    return UndoEntry((SetProgress(9, number, None),), (SetProgress(9, number, DONE),))


@pytest.fixture
def data(tmp_path) -> Path:
    path = tmp_path / "models.yaml"
    path.touch()
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    """The user's folder, which the first record makes."""
    return tmp_path / "state" / "de06"


def recorded(folder: Path) -> Path:
    """The one file of the folder."""
    (path,) = folder.iterdir()
    return path


@pytest.mark.parametrize(
    "entry",
    [
        mark(1),
        UndoEntry(
            (SetProgress(9, 1, Progress("doing")), SetProgress(10, 3, DONE)),
            (SetProgress(9, 1, DONE), SetProgress(10, 3, None)),
        ),
        UndoEntry((SetExtensions(9, ()),), (SetExtensions(9, (LONGER,)),)),
        UndoEntry((SetExtensions(9, (LONGER,)),), (SetExtensions(9, (LONGER, LONGEST)),)),
    ],
)
def test_an_entry_comes_back_as_it_was(folder, data, entry):
    undo.record(folder, data, entry)

    assert undo.last(folder, data) == entry


def test_entries_are_a_stack(folder, data):
    for number in (1, 2, 3):
        undo.record(folder, data, mark(number))

    seen = []
    while entry := undo.last(folder, data):
        seen.append(entry)
        undo.forget(folder, data, entry)
    assert seen == [mark(3), mark(2), mark(1)]


def test_of_equal_entries_the_later_one_is_forgotten(folder, data):
    for number in (1, 2, 1):
        undo.record(folder, data, mark(number))

    undo.forget(folder, data, mark(1))
    assert undo.last(folder, data) == mark(2)


def test_a_mark_made_meanwhile_stays_when_another_is_taken_back(folder, data):
    undo.record(folder, data, mark(1))
    undo.record(folder, data, mark(2))

    undo.forget(folder, data, mark(1))
    assert undo.last(folder, data) == mark(2)


def test_each_plan_has_a_record_of_its_own_by_whatever_path(folder, data, tmp_path):
    other = tmp_path / "other.yaml"
    link = tmp_path / "link.yaml"
    support.symlink(link, data)
    undo.record(folder, data, mark(1))

    assert undo.last(folder, other) is None
    assert undo.last(folder, link) == mark(1)
    assert undo.last(folder, tmp_path / "state" / ".." / "models.yaml") == mark(1)


def test_nothing_was_written_before_the_first_record(folder, data):
    assert undo.last(folder, data) is None
    assert not folder.exists()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"3",
        b'{"undone": false}',
        b'{"before": 1, "after": [], "undone": false}',
        b'{"before": [{"model": 9}], "after": [], "undone": false}',
    ],
)
def test_a_line_that_makes_no_sense_is_passed_over(folder, data, spoiled):
    undo.record(folder, data, mark(1))
    with recorded(folder).open("ab") as file:
        file.write(b"\n" + spoiled)

    assert undo.last(folder, data) == mark(1)
    undo.record(folder, data, mark(2))
    assert undo.last(folder, data) == mark(2)


def test_a_line_cut_short_spoils_no_other(folder, data):
    undo.record(folder, data, mark(1))
    undo.record(folder, data, mark(2))
    path = recorded(folder)
    path.write_bytes(path.read_bytes()[:-20])
    undo.record(folder, data, mark(3))

    assert undo.last(folder, data) == mark(3)
    undo.forget(folder, data, mark(3))
    assert undo.last(folder, data) == mark(1)


def test_a_long_record_is_shortened_to_its_latest_entries(folder, data):
    for number in range(300):
        undo.record(folder, data, mark(number))
        if number % 3 == 0:
            undo.forget(folder, data, mark(number))

    path = recorded(folder)
    assert len(path.read_text().splitlines()) <= 201
    left = []
    while entry := undo.last(folder, data):
        left.append(entry)
        undo.forget(folder, data, entry)
    assert len(left) >= KEPT
    assert left == [mark(n) for n in range(299, -1, -1) if n % 3][: len(left)]


def test_a_record_that_can_not_be_kept_is_an_error(folder, data):
    folder.parent.mkdir()
    folder.write_text("a file in the way")

    with pytest.raises(FileExistsError):
        undo.record(folder, data, mark(1))
    with pytest.raises(FileExistsError):
        undo.forget(folder, data, mark(1))
    assert undo.last(folder, data) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_user_can_read_it(folder, data):
    undo.record(folder, data, mark(1))

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_processes_that_record_at_the_same_time_keep_each_others(folder, data):
    program = f"""
from pathlib import Path
from de06cli.plan.memory import undo
from de06cli.plan.file.edits import SetProgress
import sys
for n in range(10):
    entry = undo.UndoEntry((), (SetProgress(int(sys.argv[1]), n, None),))
    undo.record(Path({str(folder)!r}), Path({str(data)!r}), entry)
"""
    running = [subprocess.Popen([sys.executable, "-c", program, str(n)]) for n in range(6)]
    assert [process.wait() for process in running] == [0] * 6

    lines = recorded(folder).read_text().split("\n")[1:]
    made = [json.loads(line)["after"][0] for line in lines]
    assert sorted((edit["model"], edit["step"]) for edit in made) == [
        (n, m) for n in range(6) for m in range(10)
    ]
