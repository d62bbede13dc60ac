"""What the tests share: the shipped plan, de06 in a process of its own, git in a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODELS_FILE = ROOT / "data" / "models.yaml"
MODELS_TEXT = MODELS_FILE.read_text("utf-8")

# The variable that says where a user's caches and records lie. Windows itself asks none: it is platformdirs'.
HOME = "WIN_PD_OVERRIDE_LOCAL_APPDATA" if os.name == "nt" else "HOME"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Run = subprocess.CompletedProcess[str]


def environment(home: Path, **changes: str | None) -> dict[str, str]:
    """An environment that keeps de06's caches and records below ``home``, on 11 January 2024.

    Each of ``changes`` sets a variable; None takes it away.
    """
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "DE06_TODAY": "2024-01-11",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Nguyễn Văn An",
        "GIT_AUTHOR_EMAIL": "an@example.vn",
        "GIT_COMMITTER_NAME": "Nguyễn Văn An",
        "GIT_COMMITTER_EMAIL": "an@example.vn",
    }
    if os.name == "nt":  # where a process without these does not start, and home has other names
        variables |= {name: os.environ[name] for name in ("SYSTEMROOT", "PATHEXT", "TEMP")}
        variables |= {name: str(home) for name in ("USERPROFILE", "LOCALAPPDATA", "APPDATA")}
        variables[HOME] = str(home / ".local")
    given = {name: value for name, value in changes.items() if value is not None}
    kept = {name: value for name, value in variables.items() if name not in changes}
    return kept | given


def run(*arguments: str, home: Path, cwd: Path | None = None, **changes: str | None) -> Run:
    """Runs de06 to its end in a process of its own, its output piped.

    ``home`` is the user's folder, ``cwd`` the working directory (``home`` if None), and ``changes``
    are variables of the environment.
    """
    return subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=cwd or home,
        env=environment(home, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def symlink(path: Path, target: Path | str) -> None:
    """Makes ``path`` a symbolic link; the test that asks for it is skipped on Windows."""
    if os.name == "nt":
        pytest.skip("links need rights on Windows")
    path.symlink_to(target)


def git(repository: Path, *arguments: str) -> str:
    """Runs git in ``repository`` and returns what it prints. Raises CalledProcessError.

    The test that asks for it is skipped where there is no git, as under Wine.
    """
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    return subprocess.run(
        ["git", *arguments],
        cwd=repository,
        env=environment(repository),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
