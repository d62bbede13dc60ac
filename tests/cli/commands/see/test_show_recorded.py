"""``show`` in a repository: who recorded each step and when, and what was said of it before."""

from __future__ import annotations

import json
import re

import pytest
import support

AN = ("--author", "Nguyễn Văn An <an@example.vn>", "--date", "2024-01-05T08:00:00+07:00")
BINH = ("--author", "Trần Thị Bình <binh@example.vn>", "--date", "2024-01-08T23:30:00+00:00")


@pytest.fixture
def root(small, call):
    """Two people have marked step 3.1, one after the other; a third mark is in no commit yet."""
    root = small.parents[1]
    support.git(root, "init", "-q", "-b", "main")
    support.git(root, "add", "data/models.yaml")
    support.git(root, "commit", "-q", "-m", "Kế hoạch", *AN)
    call("done", "3.1", "--date", "2024-01-07", "--by", "TTYT")
    support.git(root, "commit", "-qam", "MH3.1", *BINH)
    small.write_text(small.read_text("utf-8").replace("by: TTYT}", "by: TTYT }"), "utf-8")
    support.git(root, "commit", "-qam", "Cách trình bày", *AN)
    call("start", "3.2", "--date", "2024-01-10")
    return root


def recorded(root, call, *arguments):
    run = call("show", *arguments, "--format", "json")
    assert run.returncode == 0, run
    return json.loads(run.stdout)["recorded"]


def test_a_step_says_who_recorded_it_and_what_stood_there(root, call):
    marked = support.git(root, "rev-parse", "HEAD~1").strip()

    assert recorded(root, call, "3") == [
        {
            "plan": "TANKHAI",
            "model": 3,
            "step": 1,
            "author": "Trần Thị Bình",
            "date": "2024-01-08T23:30:00+00:00",
            "revision": marked,
            "before": {"status": "doing", "date": None, "by": None, "evidence": None, "note": None},
        },
        {
            "plan": "TANKHAI",
            "model": 3,
            "step": 2,
            "author": None,
            "date": None,
            "revision": None,
            "before": None,
        },
    ]


def test_people_read_it_below_the_step(root, call):
    marked = support.git(root, "rev-parse", "HEAD~1").strip()

    shown = call("show", "3").stdout

    assert f"09/01/2024 06:30 – Trần Thị Bình – {marked[:10]}" in shown
    assert re.search("Trước đó: +Đang thực hiện", shown)
    assert "trên máy này, chưa đồng bộ" in shown


def test_a_past_state_says_who_had_recorded_it_then(root, call):
    (found,) = recorded(root, call, "3", "--rev", "HEAD~2")

    assert (found["step"], found["author"], found["before"]) == (1, "Nguyễn Văn An", None)


def test_a_new_name_of_the_file_is_followed(root, call):
    support.git(root, "mv", "data/models.yaml", "data/ke-hoach.yaml")
    support.git(root, "commit", "-qam", "Đổi tên", *AN)

    found = recorded(root, call, "3", "--data", "data/ke-hoach.yaml")

    assert found[0]["author"] == "Trần Thị Bình"


def test_outside_a_repository_nothing_is_said_of_it(small, call):
    assert recorded(small.parents[1], call, "7") == []


def test_what_git_cannot_read_is_a_line(root, call):
    for one in (root / ".git/objects").glob("??/*"):
        one.chmod(0o600)
        one.write_bytes(b"")

    run = call("show", "3")

    assert run.returncode == 0
    assert "Không đọc được ai đã ghi nhận" in run.stderr
    assert "Bước 1" in run.stdout
