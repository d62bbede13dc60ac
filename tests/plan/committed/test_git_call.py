"""One call of git: which program it is, and what of the user's surroundings reaches it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import support

from de06cli.plan.committed.git_call import Git, find_program, own_words


def program(folder: Path, name: str = "git") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\nexit 7\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("entry", ["", ".", "bin", "./bin", "../đây/bin"])
@pytest.mark.parametrize("windows", [False, True], ids=["posix", "windows"])
def test_the_git_of_the_current_folder_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, windows: bool
) -> None:
    name = "git.exe" if windows else "git"
    here = tmp_path / "đây"
    program(here, name)
    program(here / "bin", name)
    monkeypatch.chdir(here)
    assert find_program(entry, windows=windows) is None
    own = program(tmp_path / "hệ thống", name)
    path = os.pathsep.join([entry, str(tmp_path / "không có"), str(tmp_path / "hệ thống")])
    assert find_program(path, windows=windows) == own


def test_windows_runs_no_batch_file_and_reads_quoted_entries(tmp_path: Path) -> None:
    program(tmp_path / "a", "git.bat")
    program(tmp_path / "a", "git.cmd")
    own = program(tmp_path / "Program Files", "git.exe")
    path = os.pathsep.join([str(tmp_path / "a"), f'"{tmp_path / "Program Files"}"'])
    assert find_program(path, windows=True) == own


@support.needs_git
def test_a_git_in_the_folder_of_the_plans_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", os.environ["PATH"]]))
    assert Git(os.environ).run(tmp_path, "--version").returncode == 0


def variables_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment that git gets."""
    path = Path(program(folder / "bin"))
    path.write_text("#!/bin/sh\nexec env -0\n")
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
    told = Git(os.environ).run(folder).stdout.decode()
    return dict(entry.split("=", 1) for entry in told.split("\0") if entry)


@pytest.mark.skipif(os.name == "nt", reason="the git that tells its environment is a shell script")
def test_no_variable_that_git_sets_for_hooks_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = subprocess.run(
        ["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "GIT_DIR" in listed
    steering = [*listed, "GIT_TRACE", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_NAMESPACE"]
    steering += [
        "GIT_QUARANTINE_PATH",
        "GIT_LITERAL_PATHSPECS",
        "GIT_ATTR_SOURCE",
        "GIT_REDIRECT_STDERR",
    ]
    for name in steering:
        monkeypatch.setenv(name, "x")
    kept = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_SSH_COMMAND", "GIT_EXEC_PATH"]
    for name in kept:
        monkeypatch.setenv(name, "y")
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    got = variables_of(tmp_path, monkeypatch)

    assert [name for name in steering if name in got] == []
    assert [got[name] for name in kept] == ["y"] * len(kept)
    assert got["LC_ALL"] == "C"
    assert got["HOME"] == os.environ["HOME"]


@pytest.mark.parametrize(
    ("code", "stderr", "words"),
    [
        (128, b"warning: x\nerror: a\nhint: b\nfatal: c\n", "error: a; fatal: c"),
        (128, b"fatal: a\nfatal: a\n", "fatal: a"),
        (128, b"fatal: unknown extension found:\n\tnew\n", "fatal: unknown extension found: new"),
        (1, b"\nsomething else\n", "something else"),
        (128, b"fatal: \xff\n", "fatal: \ufffd"),
        (-9, b"", "bị ngắt (tín hiệu 9)"),
        (137, b"\n", "kết thúc với mã 137"),
    ],
)  # fmt: skip
def test_a_failure_is_reported_in_gits_own_words(code: int, stderr: bytes, words: str) -> None:
    assert own_words(subprocess.CompletedProcess([], code, b"", stderr)) == words
