"""``sync`` with a person at a terminal: what it asks, and what a mark says of sharing."""

from __future__ import annotations

import re
import subprocess

import pytest
from sharing import Clone, Office, at_terminal

pytest.importorskip("fcntl", reason="terminals are tested on POSIX systems")

MINE = ("done", "3.2", "--date", "10/01/2024", "--by", "TTYT", "--evidence", "12/BC-TTYT")
OTHERS = ("done", "3.2", "--date", "09/01/2024", "--by", "CAX", "--evidence", "7/BC-CAX")


@pytest.fixture
def an(tmp_path) -> Clone:
    Office(tmp_path).found()
    return Office(tmp_path).clone("an")


@pytest.fixture
def binh(tmp_path, an) -> Clone:
    return Office(tmp_path).clone("binh")


def both_marked(an: Clone, binh: Clone) -> None:
    assert binh.de06(*OTHERS).returncode == 0
    assert binh.de06("start", "8.1", "--date", "05/01/2024").returncode == 0
    assert binh.de06("sync").returncode == 0
    assert an.de06(*MINE).returncode == 0


def test_a_mark_ends_with_the_next_thing_to_type(an):
    shown = at_terminal(an, *MINE).stdout

    assert shown.endswith("\nChưa đồng bộ; chạy: de06 sync\n")
    assert "Chưa đồng bộ" not in at_terminal(an, *MINE).stdout  # which changed nothing
    assert at_terminal(an, "undo", typed="c\n").stdout.endswith("Chưa đồng bộ; chạy: de06 sync\n")
    an.git("remote", "remove", "origin")
    assert "Chưa đồng bộ" not in at_terminal(an, *MINE).stdout


def test_a_mark_that_is_shared_at_once_says_so(an):
    assert at_terminal(an, *MINE, DE06_SYNC="1").stdout.endswith("\nĐã đồng bộ.\n")


@pytest.mark.parametrize(("typed", "kept"), [("1\n", "12/BC-TTYT"), ("2\n", "7/BC-CAX")])
def test_two_different_marks_are_a_question(an, binh, tmp_path, typed, kept):
    both_marked(an, binh)

    run = at_terminal(an, "sync", typed=typed)

    assert run.returncode == 0, run
    assert "MH3.2\n" in run.stdout
    assert "1: trên máy này: Hoàn thành 10/01/2024 – TTYT – 12/BC-TTYT" in run.stdout
    assert "2: của đồng nghiệp: Hoàn thành 09/01/2024 – CAX – 7/BC-CAX" in run.stdout
    shared = Office(tmp_path).shared()
    assert shared == an.plan.read_text("utf-8")
    assert re.findall('evidence: "(12/BC-TTYT|7/BC-CAX)"', shared) == [kept]
    assert "2024-01-05" in shared  # what nobody was asked about
    assert "khi gộp đã mất" in an.de06("log", "3.2").stdout


def test_no_answer_leaves_everything_as_it_was(an, binh, tmp_path):
    both_marked(an, binh)
    shared, own = Office(tmp_path).shared(), an.plan.read_bytes()

    run = at_terminal(an, "sync", typed="x\n\n")

    assert run.returncode == 4
    assert "chưa gửi gì" in run.stdout
    assert Office(tmp_path).shared() == shared
    assert an.plan.read_bytes() == own
    assert an.changed() == []


def test_a_conflict_that_git_left_is_settled_place_by_place(an, binh, tmp_path):
    both_marked(an, binh)
    an.git("commit", "-qam", "An")
    an.git("fetch", "-q")
    subprocess.run(
        ["git", "merge", "-q", "origin/main"], cwd=an.root, env=an.variables(),
        capture_output=True, check=False,
    )  # fmt: skip
    assert "<<<<<<<" in an.plan.read_text("utf-8")

    run = at_terminal(an, "sync", typed="2\n")

    assert run.returncode == 0, run
    assert Office(tmp_path).shared() == an.plan.read_text("utf-8")
    assert "7/BC-CAX" in an.plan.read_text("utf-8")
    assert "2024-01-05" in an.plan.read_text("utf-8")
    assert an.changed() == []


@pytest.mark.parametrize(
    ("typed", "text"), [("1\n", "Rà soát hằng quý."), ("2\n", "Rà soát hằng tuần.")]
)
def test_two_edits_of_one_text_are_a_question(an, binh, tmp_path, typed, text):
    binh.edit("Rà soát hằng tháng.", "Rà soát hằng tuần.")
    assert binh.de06("sync").returncode == 0
    an.edit("Rà soát hằng tháng.", "Rà soát hằng quý.")
    assert "nhiệm vụ 8, bước 1" in an.de06("sync", "--dry-run").stderr
    assert "nhiệm vụ 8, bước 1" in an.de06("sync").stderr

    run = at_terminal(an, "sync", typed=typed)

    assert run.returncode == 0, run
    assert Office(tmp_path).shared().count(text) == 1
    assert Office(tmp_path).shared() == an.plan.read_text("utf-8")


def test_what_both_added_in_one_place_can_stay(an, binh, tmp_path):
    end = 'text: "Rà soát hằng tháng."\n        agencies: [CAX]\n'
    for person, number, text in ((binh, 2, "Của Bình."), (an, 3, "Của An.")):
        person.edit(end, f'{end}      - step: {number}\n        text: "{text}"\n')
        if person is binh:
            assert person.de06("sync").returncode == 0

    run = at_terminal(an, "sync", typed="3\n")

    assert run.returncode == 0, run
    shared = Office(tmp_path).shared()
    assert ("Của Bình." in shared, "Của An." in shared) == (True, True)
    assert shared == an.plan.read_text("utf-8")


def test_what_cannot_stand_together_is_refused(an, binh, tmp_path):
    """One has taken an agency out of the register that the other has named."""
    binh.edit("support: [TTYT]", "support: []")
    for _time in range(3):
        binh.edit("[TTYT", "[VPX")
    binh.plan.write_text(
        re.sub(r"  - code: TTYT\n(    .*\n)*", "", binh.plan.read_text("utf-8"))
        .replace("agencies: [CAX, TTYT]", "agencies: [CAX]")
        .replace("agencies: [VPX, CAX]", "agencies: [CAX]"),
        "utf-8",
    )
    assert binh.de06("sync").returncode == 0
    shared = Office(tmp_path).shared()
    assert an.de06("done", "8.1", "--date", "05/01/2024", "--by", "TTYT").returncode == 0
    own = an.plan.read_bytes()

    for run in (an.de06("sync"), at_terminal(an, "sync")):
        assert run.returncode == 4, run
        assert "không đi cùng nhau được" in run.stdout + run.stderr
    assert Office(tmp_path).shared() == shared
    assert an.plan.read_bytes() == own


def test_who_the_person_is_is_asked_once(an):
    an.git("config", "--unset", "user.name")
    an.git("config", "--unset", "user.email")
    assert an.de06(*MINE).returncode == 0

    run = at_terminal(an, "sync", typed="Lê Thị Chi\nchi@example.vn\n")

    assert run.returncode == 0, run
    assert an.git("log", "-1", "--format=%an <%ae>").strip() == "Lê Thị Chi <chi@example.vn>"
    assert an.de06("start", "8.1").returncode == 0
    assert at_terminal(an, "sync").returncode == 0
    assert at_terminal(an, "sync").stdout.startswith("Không có gì để đồng bộ")


def test_a_person_without_a_name_is_refused(an):
    an.git("config", "--unset", "user.name")
    assert an.de06(*MINE).returncode == 0

    assert at_terminal(an, "sync", typed="\n").returncode == 4
    assert an.changed() == [" M data/models.yaml"]
