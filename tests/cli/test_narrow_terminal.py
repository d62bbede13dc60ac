"""Every command on a terminal of 40 columns: no traceback, and no line that the terminal would break."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import support

from de06cli.characters import display_width
from de06cli.cli.command_table import COMMANDS

pty = pytest.importorskip("pty", reason="terminals are tested on POSIX systems")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

COLUMNS = 40
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BUG = 70
# What is typed: {m} a model with something to mark, {s} a part of it, {a} an agency, {b} another. Where a
# question is asked, Enter says no.
LINES = {
    "list": ("", "--agency {a}", "--sort late", "--search zzz", "--agency zzz", "--agency Công an"),
    "show": ("{m}", "{s}", "{m} {n}", "zzz", "999"),
    "overdue": ("", "--upcoming", "--agency {a}", "--agency {b} --search zzz"),
    "upcoming": ("", "--within 90", "--within 0"),
    "steps": ("", "--next", "--stale 30", "--agency {a} --status open"),
    "stats": (
        "", "--by agency", "--by level", "--by month", "--by group", "--by basis", "--by waiting",
        "--every month", "--every quarter --by agency", "--compare previous",
        "--compare year --by agency",
    ),
    "timeline": ("", "--search zzz"),
    "agencies": ("", "{a}", "zzz"),
    "start": ("{s}", "{s} --dry-run"),
    "done": (
        "{m}", "{m} --dry-run", "{s} --evidence 45/BC", "{s} --date 2023-31-12", "{s} --by zzz",
        "{m} --by Công an huyện", "",
    ),
    "block": ("{s}", "{s} --note 'chờ kinh phí, đề nghị bố trí trong quý tới' --dry-run"),
    "skip": ("{s} --note 'đã làm từ năm trước' --by {a}", "{m}"),
    "reset": ("{m}", "{s}"),
    "extend": (
        "{m} 31/12/2027 --document 12/UBND-VX --reason 'chờ kinh phí của huyện'", "{m} 12/31/2023",
        "{m} 31/12/2027 --dry-run", "{m} 1/1/2020",
    ),
    "stop": ("{n} --document 12/UBND-VX --reason 'dùng phần mềm chung của tỉnh'", "{m}"),
    "record": ("{m}.t1 8.432", "{t} 70,5 --by {a} --evidence 19/BC", "{t} 69 --date 30/9/2025"),
    "handover": ("{a} {b} --document 45/QĐ-UBND", "{a} {b} --dry-run", "zzz {b}"),
    "undo": ("",),
    "export": ("-- ra.csv", "ra.csv", "zzz/zzz.zzz"),
    "import": ("khong-co.xlsx",),
    "report": ("", "--period quarter", "--compare previous"),
    "mail": ("--dry-run", "--dry-run --summary"),
    "check": ("", "--notes", "hong.yaml"),
    "schema": ("--help",),  # JSON is for programs
    "init": ("", "--zzz"),
    "draft": ("khong-co.docx", "phu-luc.csv -o moi.yaml"),
    "add": ("model", "agency TTVH --title X --level commune --dry-run", "step {m} --title X --dry-run"),
    "rename": ("{a} MOI", "{a} MOI2 --dry-run", "{a}"),
    "sync": ("", "--dry-run"),
    "log": ("", "{m}", "--agency {a}"),
    "diff": ("", "HEAD", "khong-co"),
}  # fmt: skip
PLANS = {
    "data/models.yaml": (
        "2024-01-11", {"m": "9", "s": "9.2", "n": "12", "a": "CAH", "b": "PVHTT", "t": "9.t1"},
    ),
    "examples/chuyen-doi-so.yaml": (
        "2025-11-15",
        {"m": "II-4", "s": "I-4@2025-10", "n": "III-4", "a": "TYT", "b": "VP", "t": "III-2.t1"},
    ),
}  # fmt: skip
BROKEN = """\
plan: {code: A, title: x
agencies: []
models:
  - model: 1
    title: một tên rất dài, dài hơn một dòng của terminal hẹp, và \tcó dấu cách lạ
    lead: [ZZZ]
    deadline: 2023-31-12
"""
TABLE = (
    "STT,Nhiệm vụ,Chủ trì,Thời hạn\n1,Rà soát dữ liệu dân cư trên địa bàn,Công an xã,30/6/2025\n"
)


def test_every_command_is_tried():
    assert LINES.keys() == COMMANDS.keys()


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a repository a plan."""
    folder = tmp_path_factory.mktemp("plans")
    for number, path in enumerate(PLANS):
        repository = folder / f"{number}"
        (repository / "data").mkdir(parents=True)
        shutil.copy(support.ROOT / path, repository / "data/models.yaml")
        (repository / "hong.yaml").write_text(BROKEN, "utf-8")
        (repository / "phu-luc.csv").write_text(TABLE, "utf-8")
        support.git(repository, "init", "-q")
        support.git(repository, "add", "-A")
        support.git(repository, "commit", "-qm", "Kế hoạch đầu tiên của cả năm")
    return folder


Typed = Callable[[str], tuple[int, str]]


@pytest.fixture(params=PLANS)
def typed(request: pytest.FixtureRequest, repositories: Path, tmp_path: Path) -> Typed:
    """What a line that is typed on the terminal exits with, and what it shows."""
    plan: str = request.param
    today, named = PLANS[plan]
    repository = tmp_path / "kho"
    shutil.copytree(repositories / f"{[*PLANS].index(plan)}", repository)
    environment = support.environment(tmp_path, TERM="xterm-256color", DE06_TODAY=today)

    def typed(line: str) -> tuple[int, str]:
        arguments = shlex.split(line.format(**named))
        process, ours = pty.fork()
        if process == 0:
            os.chdir(repository)
            os.execve(sys.executable, [sys.executable, "-m", "de06cli", *arguments], environment)
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        os.write(ours, b"\n")
        shown = b""
        while True:
            try:
                shown += (more := os.read(ours, 65536))
            except OSError:  # its other end is closed
                break
            if not more:
                break
        os.close(ours)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        return code, CODES.sub("", shown.decode("utf-8")).replace("\r\n", "\n")

    return typed


def too_wide(shown: str) -> list[str]:
    """The lines that the terminal breaks, save those with a word that no line can hold."""
    return [
        line
        for line in shown.split("\n")
        if display_width(line) > COLUMNS and max(map(display_width, line.split())) < COLUMNS - 4
    ]


@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_a_narrow_terminal_breaks_no_line_and_shows_no_traceback(command, typed):
    lines = [f"{command} {rest}".strip() for rest in (*LINES.get(command, ("",)), "--help")]

    shown = {line: typed(line) for line in lines}
    history = {line: typed(line) for line in (("diff",) if command in LINES else ())}

    for line, (code, text) in {**shown, **history}.items():
        assert code != BUG, (line, text)
        assert "Traceback" not in text, (line, text)
        assert too_wide(text) == [], line
        assert text.strip(), line
