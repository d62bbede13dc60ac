"""Work on what came from elsewhere, in a process of its own that is ended once it takes too long or too
much memory.

A template may ask for anything: loops in loops, a text of three thousand million letters. No rule over
its tags would know all of them; the system's own limits do.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import process_time
from typing import IO, Any, NamedTuple, Self, cast

_LOOK = 0.05  # seconds between two looks at the memory, where the system keeps no limit
_READY, _DONE, _REFUSED = b".", b"+", b"-"
_NO_MEMORY = 3  # the exit code for that

# What the other process runs: its modules are found where those of this one are.
_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from de06cli.views.office.docx import apart; apart.serve(sys.argv[2])"
)


class TookTooMuch(Exception):
    """The work was ended at a limit; ``args[0]`` is time or memory."""


class Refused(Exception):
    """The work could not be done; ``args[0]`` is the reason that the other process gave."""


class Limits(NamedTuple):
    seconds: float  # beyond what the start of the process and its libraries take
    memory: int  # bytes, beyond those


def run(work: str, given: object, limits: Limits) -> bytes:
    """The bytes that the function ``work`` ("module:function") makes of ``given`` in another process.

    The function raises Refused with a reason where it can't. Raises that, or TookTooMuch.
    """
    process = subprocess.Popen(  # noqa: S603 - the same interpreter
        [_interpreter(), "-c", _PROGRAM, json.dumps(sys.path), work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        cast("IO[bytes]", process.stdout).read(len(_READY))  # however long its start takes
        sent = pickle.dumps((limits, given))
        taken = 2 * len(sent)  # as it comes, and as it is then had
        with _watched(process, limits.memory + taken) as watch:
            try:
                answer, errors = process.communicate(sent, limits.seconds)
            except subprocess.TimeoutExpired:
                raise TookTooMuch("time") from None
            finally:
                process.kill()
    code = process.returncode
    if code == 0 and answer.startswith(_DONE):
        return answer.removeprefix(_DONE)
    if code == 0 and answer.startswith(_REFUSED):
        raise Refused(answer.removeprefix(_REFUSED).decode())
    if watch.ended or code == _NO_MEMORY or code < 0:  # a library that gets no memory may crash
        raise TookTooMuch("memory")
    raise RuntimeError(errors.decode("utf-8", "replace"))


def _interpreter() -> str:
    """The program that is Python.

    In a virtual environment of Windows ``sys.executable`` only starts the program that is, and has
    neither its memory nor its end.
    """
    base: str = getattr(sys, "_base_executable", sys.executable)
    return base if os.name == "nt" and not hasattr(sys, "frozen") else sys.executable


def serve(work: str) -> None:
    """The other process: does the work that standard input asks for, and writes what comes of it."""
    module, _colon, name = work.partition(":")
    function: Callable[[Any], bytes] = getattr(__import__(module, fromlist=[name]), name)
    sys.stdout.buffer.write(_READY)
    sys.stdout.buffer.flush()
    limits, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    _limit(limits)
    try:
        answer = _DONE + function(given)
    except Refused as refused:
        answer = _REFUSED + str(refused).encode()
    except MemoryError:
        os._exit(_NO_MEMORY)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def _limit(limits: Limits) -> None:
    """Has the system keep the limits, where it can: memory on Linux, processor time on all of Unix."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with suppress(OSError, ValueError):
        seconds = int(process_time() + limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with suppress(OSError, ValueError):
        most = _virtual() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _virtual() -> int:
    """The address space of this process now, in bytes. Raises OSError where the system does not say."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


# Windows -------------------------------------------------------------------------------------------


class _watched:  # noqa: N801 - a context manager
    """Ends a process of Windows that has more memory than it should; elsewhere the system does."""

    def __init__(self, process: subprocess.Popen[bytes], memory: int) -> None:
        self.ended = False
        self._process, self._memory = process, memory
        self._over = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        at_first = _memory_of(self._process) if os.name == "nt" else None
        if at_first is not None:
            self._thread = Thread(target=self._watch, args=[at_first + self._memory], daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _watch(self, most: int) -> None:
        while not self._over.wait(_LOOK):
            used = _memory_of(self._process)
            if used is None:
                return
            if used > most:
                self.ended = True
                self._process.kill()
                return


def _memory_of(process: subprocess.Popen[bytes]) -> int | None:
    """The bytes that a process of Windows has in use; None where the system does not say."""
    import ctypes  # noqa: PLC0415
    from ctypes import wintypes  # noqa: PLC0415

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage", "QuotaPeakNonPagedPoolUsage", "QuotaNonPagedPoolUsage",
                    "PagefileUsage", "PeakPagefileUsage",
                )
            ),
        ]  # fmt: skip

    counters = Counters(cb=ctypes.sizeof(Counters))
    psapi: Any = getattr(ctypes, "windll").psapi  # noqa: B009 - mypy elsewhere knows no such name
    handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001
    if not psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb):
        return None
    return int(counters.PagefileUsage)
