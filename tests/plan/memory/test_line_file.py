"""Files of lines in a user's state folder."""

from __future__ import annotations

import os

import pytest
import support

from de06cli.plan.memory import line_file


def test_a_file_is_written_anew_beside_it_under_a_name_that_nobody_can_guess(tmp_path):
    path = tmp_path / "undo-1.jsonl"
    line_file.append(path, "one")
    guessed = tmp_path / f"undo-1.{os.getpid()}.new"
    target = tmp_path / "somebody's"
    target.write_text("theirs")
    support.symlink(guessed, target)

    line_file.rewrite(path, ["two"])

    assert line_file.lines(path) == ["two"]
    assert (guessed.is_symlink(), target.read_text()) == (True, "theirs")
    assert {one.name for one in tmp_path.iterdir()} == {path.name, guessed.name, target.name}


def test_lines_end_alike_everywhere(tmp_path):
    path = tmp_path / "undo-1.jsonl"
    line_file.append(path, "one")

    line_file.rewrite(path, ["one", "two"])
    line_file.append(path, "three")

    assert path.read_bytes() == b"\none\ntwo\nthree"


def test_where_it_can_not_be_written_the_old_file_stays_alone(tmp_path):
    path = tmp_path / "undo-1.jsonl"
    line_file.append(path, "one")

    with pytest.raises(UnicodeEncodeError):
        line_file.rewrite(path, ["số"])

    assert line_file.lines(path) == ["one"]
    assert [*tmp_path.iterdir()] == [path]
