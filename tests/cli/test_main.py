"""The exit codes, and the one boundary around every command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import support

import de06cli
from de06cli.cli import main, opening

BROKEN = str(support.ROOT / "tests" / "data" / "invalid" / "unknown-keys.yaml")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list"], 0),
        (["overdue"], 0),
        (["check"], 0),
        (["--help"], 0),
        (["overdue", "--exit-code"], 1),
        (["check", BROKEN], 1),
        (["show", "99"], 2),
        (["list", "--agency", "XYZ"], 2),
        (["list", "--as-of", "mai"], 2),
        (["list", "--format", "pdf"], 2),
        (["list", "--lang", "fr"], 2),
        (["lst"], 2),
        (["list", "--no-such-option"], 2),
        (["list", "--data", "thieu.yaml"], 3),
        (["list", "--data", BROKEN], 3),
        (["list", "--rev", "HEAD"], 3),
        (["init"], 4),
    ],
)
def test_each_outcome_has_its_exit_code(plan, call, monkeypatch, tmp_path, arguments, code):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    before = plan.read_bytes()

    answer = call(*arguments)

    assert answer.returncode == code
    assert "Traceback" not in answer.stderr
    if code > 1:
        assert answer.stdout == ""
        assert answer.stderr.startswith(("Lỗi: ", "Error: "))
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code"), [(["list"], 0), (["show", "99"], 2), (["check", BROKEN], 1)]
)
def test_the_process_exits_with_the_code(plan, de06, arguments, code):
    assert de06(*arguments).returncode == code


def test_a_bug_keeps_its_traceback_and_exits_with_70(plan, call, monkeypatch):
    def broken(*_arguments):
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(opening, "located", broken)

    answer = call("list")

    assert (answer.returncode, answer.stdout) == (70, "")
    assert answer.stderr.startswith("Traceback (most recent call last):\n")
    assert "\nZeroDivisionError: chia cho không\n" in answer.stderr
    assert answer.stderr.endswith(
        "Lỗi này do phần mềm de06, không do thao tác của người dùng. "
        "Hãy gửi các dòng trên cho người phụ trách.\n"
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.parametrize(
    ("interruption", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_an_interruption_ends_in_silence(tmp_path, interruption, code):
    """A shell tells a process that SIGTERM ended as 128 + 15 = 143.

    A job that runs these tests in the background may have them started with SIGINT ignored.
    """
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{listening}; from de06cli.cli.main import main; main()"
    pipe = tmp_path / "models.yaml"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-c", program, "list", "--data", str(pipe)],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        writer = _writer(pipe, process)
        process.send_signal(interruption)
        out, err = process.communicate(timeout=120)
        os.close(writer)

    assert (process.returncode, out, err) == (code, b"", b"")


def _writer(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """The other end of the pipe, opened once the process reads from it."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("typed", ["\x1b[31m9", "\u202e9", "\x07"])
def test_what_was_typed_steers_no_terminal(plan, call, typed):
    answer = call("show", typed)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert "\ufffd" in answer.stderr
    assert typed not in answer.stderr


def test_the_installed_command_is_main():
    (script,) = entry_points(group="console_scripts", name="de06")

    assert script.load() is main.main


@pytest.mark.parametrize("arguments", [["--version"], ["--lang=en", "--version"]])
def test_the_version(call, arguments):
    answer = call("--version")

    assert (answer.returncode, answer.stdout) == (0, f"de06 {de06cli.__version__}\n")


def test_the_version_as_a_module(de06):
    assert de06("--version").stdout == f"de06 {de06cli.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_without_a_command_lists_the_commands(call, arguments):
    answer = call(*arguments)

    assert (answer.returncode, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert lines[:3] == [
        "Cách dùng: de06 LỆNH [TÙY CHỌN]",
        "",
        "  Theo dõi kế hoạch triển khai Đề án 06 trên một tệp YAML.",
    ]
    assert ["list", "Liệt kê nhiệm vụ, mỗi nhiệm vụ một dòng."] in [
        line.split(maxsplit=1) for line in lines
    ]


# What the parser refuses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (
            ["lst"],
            "Không có lệnh “lst”. Gợi ý: list, stop, steps. Xem tất cả: de06 --help.",
            "Unknown command “lst”. Did you mean list, stop, steps? See all: de06 --help.",
        ),
        (
            ["list", "--sor", "due"],
            "Không có tùy chọn --sor. Gợi ý: --sort, --as-of, --strict. Xem: de06 list --help.",
            "Unknown option --sor. Did you mean --sort, --as-of, --strict? See: de06 list --help.",
        ),
        (
            ["list", "--format", "jsn"],
            "Giá trị của --format phải là một trong: table, json, csv, tsv, md, ids.",
            "--format must be one of: table, json, csv, tsv, md, ids.",
        ),
        (
            ["show"],
            "Thiếu số hiệu mô hình hoặc bước (ADDRESS). Xem: de06 show --help.",
            "Missing the number of a model or step (ADDRESS). See: de06 show --help.",
        ),
        (
            ["list", "9"],
            "Dòng lệnh có phần thừa: 9. Xem: de06 list --help.",
            "Unexpected argument: 9. See: de06 list --help.",
        ),
        (
            ["list", "--as-of"],
            "Tùy chọn --as-of cần một giá trị. Xem: de06 list --help.",
            "Option --as-of needs a value. See: de06 list --help.",
        ),
        (
            ["upcoming", "--within", "hai"],
            "Giá trị của --within không hợp lệ. Xem: de06 upcoming --help.",
            "--within has an invalid value. See: de06 upcoming --help.",
        ),
        (
            ["--show-completion", "tcsh"],
            "Không có tập lệnh gợi ý cho “tcsh”; có: bash, zsh, fish, powershell, pwsh.",
            "There is no completion script for “tcsh”; available: bash, zsh, fish, powershell, pwsh.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_parser_speaks_the_users_language(call, monkeypatch, arguments, vietnamese, english):
    answer = call(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"Lỗi: {vietnamese}\n")

    monkeypatch.setenv("DE06_LANG", "en")
    assert call(*arguments).stderr == f"Error: {english}\n"
