"""The plan's life in git: marks by several people merge without a conflict, and into nothing but both.

git itself merges: every mark is a commit on top of the shipped plan, and ``git merge-tree`` joins pairs of
them in one process. What it makes is compared as git's own name for a tree, so nothing is left to look at.
"""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path

import pytest
import support

from de06cli.plan.file.edits import Edit, SetExtensions, SetProgress, edited
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Extension, Progress
from de06cli.plan.periods import Period
from de06cli.plan.records import Model, Plan

PLAN = support.MODELS_FILE.read_bytes()
MODELS = read(PLAN).plan.models
STEPS = [(model.model, step.step) for model in MODELS for step in model.steps]

DONE = Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH")
BLOCKED = Progress("blocked", date(2023, 12, 5), note="chờ kinh phí: đợt 2")
STARTED = Progress("doing", date(2023, 10, 2))


def marked(data: bytes, *edits: Edit) -> bytes:
    return edited(data, edits)


def done(address: tuple[int, int]) -> SetProgress:
    return SetProgress(*address, DONE)


def blocked(address: tuple[int, int]) -> SetProgress:
    return SetProgress(*address, BLOCKED)


def tree_of(data: bytes) -> str:
    """git's name for a folder that holds nothing but the plan with these bytes."""
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).digest()
    entry = b"100644 models.yaml\0" + blob
    return hashlib.sha1(b"tree %d\0" % len(entry) + entry).hexdigest()


@dataclass
class Merges:
    """A repository in which each state of the plan is a branch of its own off one base."""

    root: Path
    base: bytes

    def of(self, states: dict[str, bytes], pairs: Iterable[tuple[str, str]]) -> list[str | None]:
        """The tree that git merges each pair of states into; None for a conflict."""
        support.git(self.root, "init", "-q", "--bare")
        self._import(states)
        asked = "".join(f"{ours} {theirs}\n" for ours, theirs in pairs)
        answers = self._git("merge-tree", "--write-tree", "--stdin", stdin=asked.encode())
        # Of each answer: whether it is clean, and the tree. Of a conflict git prints more, in other forms.
        found = re.findall(rb"(?:\A|\0)([01])\0([0-9a-f]{40})(?=\0)", answers)
        return [tree.decode() if clean == b"1" else None for clean, tree in found]

    def _import(self, states: dict[str, bytes]) -> None:
        stream = [b"blob\nmark :1\ndata %d\n%s\n" % (len(self.base), self.base)]
        stream.append(_commit("base", b":1", b""))
        for data, name in ((data, name) for name, data in states.items()):
            stream.append(_commit(name, b"inline", b"from refs/heads/base\n", data))
        self._git("fast-import", "--quiet", stdin=b"".join(stream))

    def _git(self, *arguments: str, stdin: bytes) -> bytes:
        return subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=support.environment(self.root),
            input=stdin,
            capture_output=True,
            check=True,
        ).stdout


def _commit(branch: str, blob: bytes, parent: bytes, data: bytes | None = None) -> bytes:
    content = b"" if data is None else b"data %d\n%s\n" % (len(data), data)
    return (
        b"commit refs/heads/%s\ncommitter An <an@example.vn> 1700000000 +0700\ndata 0\n%s"
        b"M 100644 %s models.yaml\n%s\n" % (branch.encode(), parent, blob, content)
    )


@pytest.fixture
def merges(tmp_path) -> Merges:
    version = support.git(tmp_path, "version")
    if tuple(map(int, re.findall("[0-9]+", version)[:2])) < (2, 39):
        pytest.skip(f"{version.strip()} can't merge without a working tree")
    return Merges(tmp_path, PLAN)


def name(verb: str, address: tuple[int, int]) -> str:
    return f"{verb}-{address[0]}.{address[1]}"


def check_pairs(merges: Merges, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """One person finishes the first step of each pair while another blocks the second."""
    steps = {address for pair in pairs for address in pair}
    states = {name("done", address): marked(merges.base, done(address)) for address in steps}
    states |= {name("blocked", address): marked(merges.base, blocked(address)) for address in steps}
    branches = [(name("done", ours), name("blocked", theirs)) for ours, theirs in pairs]

    merged = merges.of(states, branches)

    assert len(merged) == len(pairs)
    conflicts = [pair for pair, tree in zip(pairs, merged, strict=True) if tree is None]
    assert conflicts == []
    wrong = [
        (ours, theirs)
        for (ours, theirs), tree in zip(pairs, merged, strict=True)
        if tree != tree_of(marked(merges.base, done(ours), blocked(theirs)))
    ]
    assert wrong == []


NEIGHBOURS = list(pairwise(STEPS))
PAIRS = list(permutations(STEPS, 2))
EVERY_STEP_STARTED = marked(PLAN, *(SetProgress(*address, STARTED) for address in STEPS))


def test_marks_on_different_steps_merge_into_both(merges):
    check_pairs(merges, NEIGHBOURS + random.Random(6).sample(PAIRS, 70))


def test_marks_that_replace_earlier_ones_merge_into_both(tmp_path):
    check_pairs(Merges(tmp_path, EVERY_STEP_STARTED), random.Random(7).sample(PAIRS, 15))


@pytest.mark.slow
@pytest.mark.parametrize(
    "base",
    [PLAN, EVERY_STEP_STARTED, PLAN.replace(b"\n", b"\r\n")],
    ids=["unmarked", "marked", "CRLF"],
)
def test_marks_on_all_pairs_of_steps_merge_into_both(tmp_path, base):
    check_pairs(Merges(tmp_path, base), PAIRS)


def test_the_same_step_marked_differently_conflicts(merges):
    states = {name("done", address): marked(PLAN, done(address)) for address in STEPS}
    states |= {name("blocked", address): marked(PLAN, blocked(address)) for address in STEPS}
    pairs = [(name("done", address), name("blocked", address)) for address in STEPS]

    assert merges.of(states, pairs) == [None] * len(STEPS)


def test_the_same_mark_made_twice_is_one(merges):
    address = STEPS[17]
    states = dict.fromkeys(["ours", "theirs"], marked(PLAN, done(address)))

    assert merges.of(states, [("ours", "theirs")]) == [tree_of(states["ours"])]


# What somebody else does in the same model, as text: its deadline, one more step, a step's own deadline.


def _with_another_deadline(lines: list[str]) -> list[str]:
    return [re.sub(r"^    deadline: .*", "    deadline: 2024-06-30", line) for line in lines]


def _with_an_extension(lines: list[str]) -> list[str]:
    at = next(n for n, line in enumerate(lines) if line.startswith("    deadline: "))
    added = ["    extensions:", "      - {to: 2024-06-30, decided: 2023-12-25}"]
    return [*lines[: at + 1], *added, *lines[at + 1 :]]


def _with_one_more_step(lines: list[str]) -> list[str]:
    count = sum(line.startswith("      - step: ") for line in lines)
    end = len(lines) - 1 if not lines[-1] else len(lines)
    return [*lines[:end], f"      - step: {count + 1}", '        text: "Tổng kết."', *lines[end:]]


def _with_steps_due(lines: list[str]) -> list[str]:
    """Each step gets a deadline at its end."""
    due: list[str] = []
    in_steps = False
    for line in [*lines, "      - step: end"]:
        if in_steps and (line.startswith("      - step: ") or not line):
            due.append("        due: 2024-06-30")
        in_steps = line.startswith("      - step: ") or (in_steps and bool(line))
        due.append(line)
    return due[:-1]


OTHERS = [_with_another_deadline, _with_an_extension, _with_one_more_step, _with_steps_due]


@pytest.mark.parametrize("other", OTHERS, ids=lambda function: function.__name__.strip("_"))
def test_a_mark_merges_with_other_edits_of_its_model(merges, other):
    chosen = [*random.Random(8).sample(STEPS, 15), (9, 1), (9, 2), (9, 3)]
    states, expected = {}, []
    for address in chosen:
        edited_by_hand = _in_model(PLAN, address[0], other)
        states[name("done", address)] = marked(PLAN, done(address))
        states[name("other", address)] = edited_by_hand
        expected.append(tree_of(marked(edited_by_hand, done(address))))
    pairs = [(name("done", address), name("other", address)) for address in chosen]

    assert merges.of(states, pairs) == expected


def _in_model(data: bytes, number: int, edit: Callable[[list[str]], list[str]]) -> bytes:
    """The plan with one model's lines edited."""
    head, *models = re.split(r"(?m)^(?=  - model: )", data.decode())
    edited_models = [
        "\n".join(edit(text.split("\n")[:-1])) + "\n"
        if text.startswith(f"  - model: {number}\n")
        else text
        for text in models
    ]
    changed = "".join([head, *edited_models]).encode()
    assert read(changed).plan != read(data).plan
    return changed


def test_two_extensions_of_one_model_conflict(merges):
    first, second = (
        Extension(Period("day", date(2024, 3, 31)), date(2023, 12, 25)),
        Extension(Period("day", date(2024, 6, 30)), date(2023, 12, 26)),
    )
    states = {
        "ours": marked(PLAN, SetExtensions(9, (first,))),
        "theirs": marked(PLAN, SetExtensions(9, (second,))),
        "elsewhere": marked(PLAN, SetExtensions(10, (second,))),
    }

    conflict, both = merges.of(states, [("ours", "theirs"), ("ours", "elsewhere")])
    assert conflict is None
    assert both == tree_of(marked(PLAN, SetExtensions(9, (first,)), SetExtensions(10, (second,))))


# From beginning to end --------------------------------------------------------------------------------


@pytest.fixture
def branches(repository, plan, de06) -> Path:
    """Two branches with a commit each: on ``xa`` 9.1 is done, on ``main`` 9.2 is blocked."""
    support.git(repository, "checkout", "-q", "-b", "xa")
    assert de06("done", "9.1", "--evidence", "45/BC").returncode == 0
    support.git(repository, "commit", "-q", "-a", "-m", "Xã")
    support.git(repository, "checkout", "-q", "main")
    assert de06("block", "9.2", "--note", "chờ").returncode == 0
    support.git(repository, "commit", "-q", "-a", "-m", "Huyện")
    return repository


def test_branches_of_two_people_merge(branches, plan, de06):
    support.git(branches, "merge", "-q", "--no-edit", "xa")

    progress = [step.progress for step in _model(read(plan.read_bytes()).plan, 9).steps]
    assert progress == [
        Progress("done", date(2024, 1, 11), evidence="45/BC"),
        Progress("blocked", date(2024, 1, 11), note="chờ"),
        None,
    ]


def _model(plan: Plan, number: int) -> Model:
    return next(model for model in plan.models if model.model == number)


def test_a_conflict_is_refused_by_name_until_it_is_solved(branches, plan, de06):
    support.git(branches, "checkout", "-q", "xa")
    assert de06("done", "9.2").returncode == 0
    support.git(branches, "commit", "-q", "-a", "-m", "Cũng bước 2")
    with pytest.raises(subprocess.CalledProcessError):
        support.git(branches, "merge", "main")
    conflict = plan.read_bytes()
    line = conflict.decode().split("\n").index("<<<<<<< HEAD") + 1
    finding = (
        f"data/models.yaml:{line}:1 E105 Xung đột của git ở nhiệm vụ 9, bước 2: "
        "bản đang có (HEAD) “hoàn thành 11/01/2024”; "
        "bản gộp vào (main) “vướng mắc 11/01/2024, chờ”. "
        "Chọn từng chỗ: de06 sync; hoặc giữ một bản và xóa các dòng <<<<<<<, =======, >>>>>>>; "
        "hoặc bỏ lần gộp: git merge --abort.\n"
    )

    checked = de06("check")
    assert (checked.returncode, checked.stdout) == (1, finding)
    for command in (["list"], ["done", "9.3"], ["undo"], ["diff"]):
        refused = de06(*command)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert refused.stderr.endswith(finding)
    assert de06("log").returncode == 0  # what is committed is no conflict
    assert plan.read_bytes() == conflict

    support.git(branches, "checkout", "-q", "--theirs", "data/models.yaml")
    assert de06("done", "9.3").returncode == 0


def test_two_progress_lines_of_a_careless_merge_are_refused_by_name(repository, plan, de06):
    paths = [repository / name for name in ("ours", "base", "theirs")]
    for path, data in zip(
        paths, [marked(PLAN, done((9, 2))), PLAN, marked(PLAN, blocked((9, 2)))], strict=True
    ):
        path.write_bytes(data)
    support.git(repository, "merge-file", "--union", *map(str, paths))
    careless = paths[0].read_bytes()
    plan.write_bytes(careless)
    first, second = (
        n
        for n, line in enumerate(careless.decode().split("\n"), 1)
        if line.startswith("        progress: ")
    )

    refused = de06("done", "9.2")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == (
        "Lỗi: data/models.yaml còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:\n"
        f"data/models.yaml:{second}:9 E114 Khóa “progress” đã có ở dòng {first}. "
        "Hãy giữ một trong hai.\n"
    )
    assert refused.stderr.splitlines()[1] in de06("check").stdout.splitlines()
    assert plan.read_bytes() == careless
