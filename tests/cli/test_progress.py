"""The progress bar: for a person, after a second, and gone when the answer comes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import support

from de06cli.cli import output
from de06cli.views.text import progress
from de06cli.views.text.progress import ProgressBar

SLOW = """
import sys
from de06cli.cli import main
from de06cli.views.text import progress
progress.PATIENCE = float(sys.argv[1])
sys.exit(main.run(sys.argv[2:]))
"""
TOLD = "Đọc kế hoạch"
LINE_CLEARED = "\x1b[1A\x1b[2K"


@pytest.fixture
def at_a_terminal(tmp_path):
    """de06 whose standard error is a terminal; what it shows there, and its standard output."""
    pytest.importorskip("termios", reason="terminals are tested on POSIX systems")

    def at_a_terminal(
        patience: float, *arguments: str, code: int = 0, **changes: str | None
    ) -> tuple[str, str]:
        ours, theirs = os.openpty()
        variables = {"TERM": "xterm-256color", "DE06_CACHE": "off", "COLUMNS": "80", **changes}
        with subprocess.Popen(
            [sys.executable, "-c", SLOW, str(patience), *arguments],
            cwd=tmp_path,
            env=support.environment(tmp_path, **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            assert process.stdout
            written = process.stdout.read().decode("utf-8")
            shown = bytearray()
            try:
                while chunk := os.read(ours, 65536):
                    shown += chunk
            except OSError:  # Linux says so at the end of a terminal's output
                pass
            os.close(ours)
        assert process.returncode == code
        return shown.decode("utf-8"), written

    return at_a_terminal


IDS = ["list", "--data", "tinh", "--agency", "CAX", "--format", "ids"]
ANSWER = "ANKHUONG:7\nANKHUONG:2\nANKHUONG:8\nTANKHAI:7\nTANKHAI:2\nTANKHAI:8\n"


def test_what_takes_long_is_shown_and_cleared_before_the_answer(province, at_a_terminal):
    shown, written = at_a_terminal(0, *IDS)

    assert written == ANSWER
    assert TOLD in shown
    assert "100%" in shown
    assert shown.endswith(LINE_CLEARED)


def test_what_is_quick_shows_nothing(province, at_a_terminal):
    assert at_a_terminal(60, *IDS) == ("", ANSWER)


@pytest.mark.parametrize(
    "changes",
    [{"TERM": "dumb"}, {"DE06_CACHE": None}],
    ids=["a terminal that can not clear a line", "files that need not be read"],
)
def test_nobody_is_shown_what_helps_nobody(province, at_a_terminal, call, changes):
    call(*IDS)  # which leaves snapshots behind

    assert at_a_terminal(0, *IDS, **changes) == ("", ANSWER)


def test_one_file_has_no_bar(small, at_a_terminal):
    assert at_a_terminal(0, "list", "--model", "7", "--format", "ids") == ("", "7\n")


def test_check_shows_how_far_it_is(province, at_a_terminal):
    shown, written = at_a_terminal(0, "check", "tinh/tankhai.yaml", "tinh/ankhuong.yaml")

    bar, _cleared, told = shown.partition(LINE_CLEARED)
    assert "Kiểm tra kế hoạch" in bar
    assert told.replace("\r\n", "\n") == (
        "tinh/tankhai.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú\n"
        "tinh/ankhuong.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú\n"
    )
    assert len(written.splitlines()) == 2


def test_a_bar_is_gone_where_reading_fails_too(province, at_a_terminal):
    (province / "hong.yaml").write_text("plan: [\n", "utf-8")

    shown, written = at_a_terminal(0, *IDS)

    assert written == ANSWER
    assert TOLD not in shown.rpartition(LINE_CLEARED)[2]
    left = shown.rpartition(LINE_CLEARED)[2]
    assert "tinh/hong.yaml còn lỗi nên chưa sử dụng được." in left


def test_a_pipe_is_shown_nothing_however_long_it_takes(province, call, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)

    answer = call(*IDS)

    assert (answer.stdout, answer.stderr) == (ANSWER, "")


def test_a_large_export_shows_that_it_goes_on(province, at_a_terminal, tmp_path):
    file = "[red]ra.xlsx"
    shown, written = at_a_terminal(0, "export", file, "--data", "tinh", "--lang", "en")

    bar, _cleared, said = shown.rpartition(LINE_CLEARED)
    assert f"Writing {file}" in bar
    assert (said, written) == (f"Wrote {file}.\r\n", "")
    assert (tmp_path / file).stat().st_size > 10_000


@pytest.mark.parametrize(("patience", "changes"), [(60, {}), (0, {"TERM": "dumb"})])
def test_an_export_that_nobody_waits_for_shows_nothing(province, at_a_terminal, patience, changes):
    shown, _written = at_a_terminal(
        patience, "export", "ra.xlsx", "--data", "tinh/tankhai.yaml", **changes
    )

    assert shown == "Đã lưu ra.xlsx.\r\n"


def test_work_that_fails_leaves_no_bar(province, at_a_terminal, tmp_path):
    (tmp_path / "hong.xlsx").write_bytes((tmp_path / "tinh" / "tankhai.yaml").read_bytes())

    shown, _written = at_a_terminal(0, "import", "hong.xlsx", "--data", "tinh/tankhai.yaml", code=3)

    assert shown.rpartition(LINE_CLEARED)[2].startswith(
        "\x1b[1;38;5;160mLỗi:\x1b[0m Không đọc được hong.xlsx"
    )


def test_a_bar_waits_for_a_second_to_pass(monkeypatch):
    seconds = iter([0.0, 0.5, 1.0, 1.01, 9.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(seconds, 9.0))
    shown = ProgressBar(TOLD, 10)

    with shown:
        begun = []
        for _each in range(3):
            shown.advance()
            begun.append(shown._shown is not None)

    assert begun == [False, False, True]


def test_work_that_nobody_watches_is_only_done(capsys):
    with output.progress(TOLD, 700) as advance:
        for _each in range(700):
            advance()

    assert capsys.readouterr() == ("", "")
