"""Files in the user's state directory to which lines are added, so that nobody's line is lost."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from de06cli.plan.file.patience import patiently
from de06cli.plan.hashing import sha256

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MAX_BYTES = 64 << 20  # of a longer file the end is read


def file_of(folder: Path, data: Path, kind: str) -> Path:
    """Where what is remembered of a data file lies: a file of its own for each ``kind`` of record."""
    name = sha256(os.fsencode(os.path.realpath(data)))[:32]
    return folder / f"{kind}-{name}.jsonl"


def lines(path: Path) -> list[str]:
    """The lines kept; what can't be read, or is no ordinary file, has none."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                begin = file.seek(max(0, size - MAX_BYTES))
                found = file.read(size - begin).decode("ascii", "replace").split("\n")
            return [line for line in found[begin > 0 :] if line]
    return []


def is_too_long(path: Path) -> bool:
    """Whether the file is longer than what is read of it."""
    with suppress(OSError):
        return path.stat().st_size > MAX_BYTES
    return False


def append(path: Path, line: str) -> None:
    """Adds a line of ASCII in one write. Raises OSError where it can't be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a named pipe would wait for a reader
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    # The line end stands before the line, so that one cut short by a full disk spoils no other.
    data = f"\n{line}".encode("ascii")
    with path.open("ab", buffering=0) as file:
        if file.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def rewrite(path: Path, kept: list[str]) -> None:
    """Writes the file anew with these lines, its mode kept. Raises OSError where it can't be written."""
    import tempfile  # noqa: PLC0415 - only a file that has grown long is written anew

    descriptor, beside = tempfile.mkstemp(".new", f"{path.stem}.", path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
            file.write("".join(f"\n{line}" for line in kept))
        with suppress(OSError):
            Path(beside).chmod(path.stat().st_mode & 0o777)
        patiently(lambda: Path(beside).replace(path))
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether this process has the lock, which nobody waits for; it is free again at the end.

    Raises OSError where it can't be made, or where the system has no locks.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # 0: a C library of Windows that does not say why.
        if error.errno in {0, errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
            return False
        raise
    return True
