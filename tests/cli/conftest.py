"""Fixtures for tests of commands: de06 in this process, on a terminal, and in a shell."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import support

SMALL = support.ROOT / "tests" / "data" / "small.yaml"


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A folder of three plans: two communes' that differ in little, and the shipped one.

    In An Khương the health station has another code, and "Công an xã" is not the police's name.
    """
    folder = tmp_path / "tinh"
    folder.mkdir()
    text = SMALL.read_text("utf-8")
    (folder / "tankhai.yaml").write_text(text, "utf-8")
    for old, new in {
        "TANKHAI": "ANKHUONG",
        "Tân Khai": "An Khương",
        '"Công an xã"': '"Công an xã An Khương"',
        "TTYT": "TYT",
    }.items():
        text = text.replace(old, new)
    (folder / "ankhuong.yaml").write_text(text, "utf-8")
    (folder / "honquan.yaml").write_bytes(support.MODELS_FILE.read_bytes())
    return folder


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., support.Run]:
    """de06 in a process of its own that writes to a terminal of ``columns`` columns.

    Its standard error is piped. ``changes`` are variables of the environment; None takes one away.
    """

    fcntl = pytest.importorskip("fcntl", reason="terminals are tested on POSIX systems")
    termios = pytest.importorskip("termios")

    def terminal(*arguments: str, columns: int = 80, **changes: str | None) -> support.Run:
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with subprocess.Popen(
            [sys.executable, "-m", "de06cli", *arguments],
            cwd=tmp_path,
            env=support.environment(tmp_path, **{"TERM": "xterm-256color", **changes}),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
        ) as process:
            os.close(theirs)
            shown = b"".join(iter(lambda: _read(ours), b""))
            assert process.stderr
            said = process.stderr.read()
        os.close(ours)
        return support.Run(
            arguments,
            process.returncode,
            shown.decode("utf-8").replace("\r\n", "\n"),
            said.decode("utf-8"),
        )

    return terminal


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder for ``PATH`` with ``de06`` in it, as an installation puts it there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "de06"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m de06cli "$@"\n')
    script.chmod(0o755)
    return folder


@pytest.fixture
def shell(tmp_path: Path, scripts: Path) -> Callable[..., support.Run]:
    """A line of bash in ``tmp_path``, with ``de06`` on its path and its output piped."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")

    def shell(line: str, **changes: str | None) -> support.Run:
        variables = support.environment(tmp_path, **changes)
        return subprocess.run(
            [bash, "-c", line],
            cwd=tmp_path,
            env={**variables, "PATH": f"{scripts}{os.pathsep}{variables['PATH']}"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return shell


def _read(terminal: int) -> bytes:
    """What the terminal shows next; nothing once its other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
