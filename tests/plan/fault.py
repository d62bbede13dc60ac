"""Runs one command of de06 again and again, each time with trouble at the next of its file operations.

    python fault.py TROUBLE FOLDER ARGUMENT...

TROUBLE is kill (the process dies there, in the middle of a write), int, term or hup (a signal comes),
ENOSPC or another error's name (the operation fails), or a shell command that somebody else runs just
then. Before each run FOLDER is made what it was at the start. Prints a JSON object for each run, until
one ends before its trouble has come. The process is a fork of this one, which has imported everything,
so that the operations are those of the command alone.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from de06cli import messages
from de06cli.cli import main

CALLS = (
    "chmod", "chown", "close", "fchmod", "fchown", "fstat", "fsync", "getxattr", "link",
    "listdir", "listxattr", "lstat", "mkdir", "open", "read", "readlink", "remove", "rename",
    "replace", "scandir", "setxattr", "stat", "truncate", "unlink", "utime", "write",
)  # fmt: skip
SIGNALS = {
    "kill": signal.SIGKILL,
    "int": signal.SIGINT,
    "term": signal.SIGTERM,
    "hup": signal.SIGHUP,
}


class Trouble:
    """Comes at the operation number ``at``, and says on ``told`` which one that was."""

    def __init__(self, kind: str, at: int, told: int) -> None:
        self.kind = kind
        self.left = at
        self.told = told

    def begins(self, operation: str, half: Callable[[], object] | None = None) -> None:
        """Called before each operation; ``half`` does half of it."""
        self.left -= 1
        if self.left:
            return
        WRITE(self.told, operation.encode())
        number = getattr(errno, self.kind, None)
        if half and (number or self.kind == "kill"):
            half()
        if number:
            raise OSError(number, os.strerror(number))
        if self.kind in SIGNALS:
            os.kill(os.getpid(), SIGNALS[self.kind])
        else:
            subprocess.run(self.kind, shell=True, check=False, capture_output=True)


WRITE = os.write


class File:
    """An open file whose reads and writes are operations too."""

    def __init__(self, file: Any, trouble: Trouble) -> None:
        self.file = file
        self.trouble = trouble

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __iter__(self) -> Any:
        return iter(self.file)

    def read(self, *size: int) -> Any:
        self.trouble.begins("read")
        return self.file.read(*size)

    def write(self, data: Any) -> Any:
        def half() -> None:
            self.file.write(data[: len(data) // 2])
            self.file.flush()

        self.trouble.begins("write", half)
        return self.file.write(data)

    def flush(self) -> None:
        self.trouble.begins("flush")
        self.file.flush()

    def close(self) -> None:
        try:
            self.trouble.begins("close")
        finally:
            self.file.close()


def watch(trouble: Trouble) -> None:
    """From here on every file operation of this process is one of the trouble's."""

    def watched(module: Any, name: str) -> None:
        real = getattr(module, name, None)
        if real is None:
            return

        def call(*arguments: Any, **options: Any) -> Any:
            trouble.begins(f"{name} {Path(arguments[1]).name}" if name == "replace" else name)
            return real(*arguments, **options)

        setattr(module, name, call)

    for name in CALLS:
        watched(os, name)
    watched(fcntl, "flock")
    real_open = io.open

    def opened(*arguments: Any, **options: Any) -> Any:
        trouble.begins("open")
        return File(real_open(*arguments, **options), trouble)

    io.open = builtins.open = opened  # type: ignore[assignment]


def run(arguments: list[str], kind: str, at: int) -> tuple[int, str, str]:
    """One run in a process of its own: its exit code or minus its signal, the operation of the trouble,
    what it said on standard error."""
    told, tell = os.pipe()
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if not pid:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said.fileno(), 2)
            sys.argv = ["de06", *arguments]
            if at:
                watch(Trouble(kind, at, tell))
            main.main()  # which exits
        os.close(tell)
        status = os.waitpid(pid, 0)[1]
        operation = os.read(told, 100).decode()
        os.close(told)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), operation, said.read().decode()


def imported(arguments: list[str]) -> None:
    """Runs the command here, so that all that it imports is there."""
    kept = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    main.run(arguments)
    os.dup2(kept[0], 1)
    os.dup2(kept[1], 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    messages.use("vi")
    gc.freeze()  # the end of each run need not walk through all that was imported


def tried(kind: str, folder: Path, arguments: list[str]) -> None:
    kept = folder.with_name(folder.name + ".kept")
    shutil.copytree(folder, kept, symlinks=True)
    imported(arguments)
    at, operation = 0, "yes"
    while operation:
        at += 1
        shutil.rmtree(folder)
        shutil.copytree(kept, folder, symlinks=True)
        code, operation, errors = run(arguments, kind, at)
        data = folder / "data"
        outcome = {
            "at": at,
            "operation": operation,
            "code": code,
            "errors": errors,
            "text": (data / "models.yaml").read_text("utf-8"),
            "beside": sorted(found.name for found in data.iterdir()),
        }
        if kind == "kill" or len(outcome["beside"]) > 2:
            run(["start", "9.1"], "", 0)
            outcome["next text"] = (data / "models.yaml").read_text("utf-8")
            outcome["next beside"] = sorted(found.name for found in data.iterdir())
        print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    tried(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
