"""Completion: what de06 answers for the words typed so far, and the shells that ask it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable

import pytest
import support

from de06cli.cli.command_table import COMMANDS


@pytest.fixture
def complete(call, monkeypatch) -> Callable[..., str]:
    """What de06 answers for these words, the last of them under the cursor, without any noise."""

    def complete(*words: str, asked: str = "word") -> str:
        monkeypatch.setenv("_DE06_COMPLETE", asked)
        answer = call(*words)
        assert (answer.returncode, answer.stderr) == (0, "")
        return answer.stdout

    return complete


# What is answered ---------------------------------------------------------------------------------


def test_agencies_are_codes_with_their_names(small, complete):
    every = "CAX\tCông an xã\nVPX\tVăn phòng UBND xã\nTTYT\tTrung tâm Y tế\n"

    assert complete("list", "--agency", "") == every
    assert complete("list", "--agency", "V") == "VPX\tVăn phòng UBND xã\n"
    assert complete("list", "--agency=V") == "VPX\tVăn phòng UBND xã\n"
    assert complete("stats", "--by", "agency", "--agency", "TT") == "TTYT\tTrung tâm Y tế\n"
    assert complete("agencies", "") == every
    assert complete("done", "7.2", "--by", "C") == "CAX\tCông an xã\n"
    assert complete("list", "--agency", "X") == ""


def test_names_are_in_the_language_asked_for(small, complete):
    assert complete("list", "--lang", "en", "--agency", "CA") == "CAX\tCommune Police\n"


def test_models_are_numbers_with_their_titles(small, complete):
    assert complete("list", "--model", "7") == "7\tCấp thẻ căn cước lưu động\n"
    assert complete("show", "") == (
        "7\tCấp thẻ căn cước lưu động\n"
        "3\tSổ sức khỏe điện tử\n"
        "5\tThanh toán không tiền mặt\n"
        "2\tTuyên truyền VNeID\n"
        "8\tRà soát dân cư\n"
    )
    assert complete("extend", "8") == "8\tRà soát dân cư\n"


@pytest.mark.parametrize("command", ["show", "start", "done", "block", "skip", "reset"])
def test_steps_follow_the_dot(small, complete, command):
    assert complete(command, "7.") == "7.1\tLập danh sách.\n7.2\tThu nhận hồ sơ.\n"
    assert complete(command, "7.1", "3.2") == "3.2\tTrả kết quả.\n"


@pytest.mark.parametrize(
    "typed", [["--data", "khác.yaml"], ["--data=khác.yaml"], ["--data", "~/khác.yaml"]]
)
def test_the_plan_that_was_typed_before_is_the_one(plan, tmp_path, complete, typed):
    small = support.ROOT / "tests" / "data" / "small.yaml"
    (tmp_path / "khác.yaml").write_bytes(small.read_bytes())

    assert complete("list", *typed, "--agency", "CA") == "CAX\tCông an xã\n"
    assert complete("list", "--agency", "CA") == (
        "CAT\tCông an tỉnh Bình Phước\nCAH\tCông an huyện Hớn Quản\n"
    )


def test_the_plan_of_the_environment_is_the_one(small, tmp_path, complete, monkeypatch):
    (tmp_path / "khac.yaml").write_bytes(support.MODELS_FILE.read_bytes())
    monkeypatch.setenv("DE06_DATA", "khac.yaml")

    assert complete("list", "--agency", "CAH") == "CAH\tCông an huyện Hớn Quản\n"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["list", "--format"], ["table", "json", "csv", "tsv", "md", "ids"]),
        (["show", "--format"], ["table", "json"]),
        (["check", "--format"], ["text", "json", "github"]),
        (["list", "--role"], ["lead", "support", "implementer", "step"]),
        (["list", "--sort"], ["due", "model", "lead", "late"]),
        (["stats", "--by"], ["plan", "agency", "level", "month", "group", "basis", "waiting"]),
        (["list", "--lang"], ["vi", "en"]),
        (
            ["list", "--state"],
            ["done_on_time", "done_late", "open_in_time", "open_overdue", "ongoing", "undated",
             "stopped", "open", "done",
             "due_soon"],
        ),
    ],
)  # fmt: skip
def test_options_offer_their_values(complete, words, values):
    assert complete(*words, "").splitlines() == values


def test_commands_are_offered_with_their_helps(complete):
    lines = [line.split("\t") for line in complete("").splitlines()]

    assert [name for name, _help in lines] == list(COMMANDS)
    assert lines[0] == ["list", "Liệt kê nhiệm vụ, mỗi nhiệm vụ một dòng."]
    assert complete("ov") == "overdue\tNhiệm vụ quá hạn, theo đơn vị chủ trì.\n"


def test_options_are_offered_with_their_helps_in_the_language(complete, monkeypatch):
    assert complete("list", "--a") == (
        "--as-of\tTình hình tính đến hết ngày này.\n"
        "--agency\tMã, tên hoặc tên gọi khác của đơn vị, không phân biệt dấu.\n"
    )
    assert complete("list", "--h") == "--help\tHiện trợ giúp này.\n"
    assert complete("--v") == "--version\tIn phiên bản rồi thoát.\n"
    monkeypatch.setenv("DE06_LANG", "en")
    assert complete("list", "--as") == "--as-of\tShow the state at the end of this date.\n"
    assert complete("--he") == "--help\tShow this help.\n"


@pytest.mark.parametrize(
    ("words", "same"),
    [(["list", "--agency"], ["list", "--agency", ""]), ([], [""]), (["list"], ["list", ""])],
)
def test_a_word_of_which_nothing_is_typed_may_be_left_out(small, complete, words, same):
    assert complete(*words, asked="next") == complete(*same)


@pytest.mark.parametrize(
    "words",
    [
        ["khong-co-lenh", ""],
        ["list", "--khong-co", ""],
        ["list", "--due-before", ""],
        ["list", "--data", ""],
        ["list", "--lang", "fr", "--agency", "zz"],
        ["list", "--data", "~khong-ai/x.yaml", "--agency", ""],
        ["list", "--", ""],
    ],
)
def test_where_there_is_nothing_to_offer_nothing_is_said(small, complete, words):
    assert complete(*words) == ""


@pytest.mark.parametrize("content", [b"plan: [", b"", b"\xff\xfe\x00", b"plan: 1\n"])
def test_a_broken_plan_has_no_candidates(small, complete, content):
    small.write_bytes(content)

    assert complete("list", "--agency", "") == ""
    assert complete("show", "") == ""
    assert complete("done", "7.") == ""
    assert complete("list", "--role", "l") == "lead\n"


def test_a_plan_that_is_not_there_has_no_candidates(small, complete):
    assert complete("list", "--data", "thieu.yaml", "--agency", "") == ""
    (small.parent / "rỗng").mkdir()
    assert complete("list", "--data", "data/rỗng", "--model", "") == ""
    assert complete("list", "--data", "data", "--model", "3") == "3\tSổ sức khỏe điện tử\n"


def test_candidates_stay_on_one_line(small, complete):
    text = small.read_text("utf-8").replace('"Sổ sức khỏe điện tử"', '"Sổ\\tsức\\n khỏe"')
    small.write_text(text, "utf-8")

    assert complete("show", "3") == "3\tSổ sức khỏe\n"


def test_nothing_is_done_while_completing(small, complete):
    before = small.read_bytes()

    complete("done", "7.2")
    complete("reset", "7.1", "--yes")

    assert small.read_bytes() == before
    assert sorted(path.name for path in small.parent.iterdir()) == ["models.yaml"]


# The scripts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "begin"),
    [
        ("bash", "_de06() {\n"),
        ("zsh", "#compdef de06\n"),
        ("fish", "function __de06_complete\n"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName de06 "),
        ("pwsh", "Register-ArgumentCompleter -Native -CommandName de06 "),
    ],
)
def test_each_shell_has_its_script(call, shell, begin):
    answer = call("--show-completion", shell)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(begin)
    assert answer.stdout.isascii()


@pytest.fixture
def typing(tmp_path, scripts) -> Callable[..., str]:
    """What an interactive shell shows once ``typed`` is typed, until it shows each of ``until``."""

    def typing(shell: list[str], setup: str, typed: str, until: list[str]) -> str:
        if shutil.which(shell[0]) is None:
            pytest.skip(f"{shell[0]} is not installed")
        variables = support.environment(tmp_path, TERM="dumb", PS1="> ")
        variables["PATH"] = f"{scripts}{os.pathsep}{variables['PATH']}"
        ours, theirs = os.openpty()
        with subprocess.Popen(
            shell,
            cwd=tmp_path,
            env=variables,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            os.write(ours, f"{setup}; echo re''ady\n".encode())
            _shown(ours, ["ready"])
            os.write(ours, typed.encode())
            shown = _shown(ours, until)
            process.kill()
        os.close(ours)
        return shown

    return typing


def _shown(terminal: int, until: list[str]) -> str:
    """What the terminal shows until each of ``until`` is there, or nothing more comes."""
    shown = ""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and not all(text in shown for text in until):
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown


BASH = (["bash", "--norc", "--noprofile", "-i"], 'eval "$(de06 --show-completion bash)"')
ZSH = (
    ["zsh", "-f", "-i"],
    'autoload -Uz compinit; compinit -u -D; eval "$(de06 --show-completion zsh)"',
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("de06 list --agency CA\t\t", ["CAH", "CAT"]),
        ("de06 list --agency=PC\t", ["--agency=PC06 "]),
        ("de06 list --data='kế hoạch.yaml' --agency V\t", ["--agency VPX "]),
        ("de06 list --data kế\\ hoạch.yaml --agency V\t", ["--agency VPX "]),
        ("de06 show 9.\t\t", ["9.1", "9.2", "9.3"]),
        ("de06 show --data data --data 'kế hoạch.yaml' TANKHAI:2\t", ["' TANKHAI:2 "]),
        ("de06 over\t", ["overdue "]),
        ("de06 list --data data/mod\t", ["data/models.yaml "]),
    ],
)
def test_bash_shows_the_candidates(plan, typing, typed, shown):
    small = support.ROOT / "tests" / "data" / "small.yaml"
    (plan.parents[1] / "kế hoạch.yaml").write_bytes(small.read_bytes())

    screen = typing(*BASH, typed, shown)

    assert [text for text in shown if text not in screen] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("de06 list --agency CA\t", ["CAH", "-- Công an huyện Hớn Quản", "CAT"]),
        ("de06 list --agency=PC\t", ["--agency=PC06 "]),
        ("de06 list --data='kế hoạch.yaml' --agency V\t", ["--agency VPX "]),
        ("de06 list --format j\t", ["--format json "]),
        ("de06 show 9.\t", ["9.1", "9.2", "9.3"]),
        ("de06 show --data data --data 'kế hoạch.yaml' TANKHAI:2\t", ["' TANKHAI:2 "]),
        ("de06 list --data data/mod\t", ["data/models.yaml"]),
    ],
)
def test_zsh_shows_the_candidates_with_their_helps(plan, typing, typed, shown):
    small = support.ROOT / "tests" / "data" / "small.yaml"
    (plan.parents[1] / "kế hoạch.yaml").write_bytes(small.read_bytes())

    screen = typing(*ZSH, typed, shown)

    assert [text for text in shown if text not in screen] == []


def test_fish_shows_the_candidates_with_their_helps(plan, tmp_path, scripts):
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("fish is not installed")
    small = support.ROOT / "tests" / "data" / "small.yaml"
    (tmp_path / "kế hoạch.yaml").write_bytes(small.read_bytes())
    variables = support.environment(tmp_path)
    lines = [
        "de06 --show-completion fish | source",
        "complete -C 'de06 list --agency CA'",
        "complete -C 'de06 list --agency=PT'",
        "complete -C 'de06 list --data \"kế hoạch.yaml\" --agency V'",
        "complete -C 'de06 show 9.2'",
        "complete -C 'de06 list --format j'",
        "complete -C 'de06 list --data data/mod'",
    ]
    answer = subprocess.run(
        [fish, "--no-config", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env={**variables, "PATH": f"{scripts}{os.pathsep}{variables['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "CAT\tCông an tỉnh Bình Phước",
        "CAH\tCông an huyện Hớn Quản",
        "--agency=PTP\tPhòng Tư pháp huyện Hớn Quản",
        "VPX\tVăn phòng UBND xã",
        "9.2\tCông an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn thực hiện.",
        "json",
        "data/models.yaml",
    ]


needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


@needs_bash
def test_bash_keeps_the_order_of_the_table(tmp_path, call):
    script = tmp_path / "de06.bash"
    script.write_text(call("--show-completion", "bash").stdout, "utf-8")

    asked = f"source {script}; complete -p de06; ((BASH_VERSINFO[0] < 5)) && echo nosort"
    answer = subprocess.run(
        ["bash", "--norc", "-c", asked],
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "-F _de06 de06" in answer.stdout
    assert "nosort" in answer.stdout


@needs_bash
def test_bash_quotes_what_it_inserts(tmp_path, call):
    """Codes hold nothing that a shell takes for its own; an answer that does is no command either."""
    script = tmp_path / "de06.bash"
    script.write_text(call("--show-completion", "bash").stdout, "utf-8")
    answering = tmp_path / "answering"
    answering.write_text("#!/bin/sh\nprintf 'a b;$(c)\\tgiúp\\nĐ1.x_y-z\\n'\n", "utf-8")
    answering.chmod(0o755)
    commands = f"""\
source {script}
COMP_WORDS=(de06 list --agency ''); COMP_CWORD=3
_de06 {answering}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    answer = subprocess.run(
        ["bash", "--norc", "-c", commands],
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert answer.stdout.splitlines() == ["a\\ b\\;\\$\\(c\\)", "Đ1.x_y-z"]
