"""The lock beside a data file: only one process at a time changes the file.

It is the system's lock on the file ``NAME.lock``, which ends with its holder. Where a share knows no locks,
a file that is created exclusively and names host and process takes its place: ``NAME.lock.held``.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple

_POLL_SECONDS = 0.02
_EMPTY_SECONDS = 5.0  # after which an empty file is of a process that died before it wrote its name
_LOCKED = 1 << 30  # the byte that Windows locks: others may read the holder's name before it
_WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Busy(Exception):
    """Somebody held the lock all the time; ``args[0]`` says who, nothing where that is not known, and
    ``args[1]`` what to do about one whose end can't be seen from here."""


@contextmanager
def held(path: Path, target: Path, seconds: float) -> Iterator[None]:
    """Holds the lock file ``path`` of ``target``, waiting at most so many seconds for it.

    Who may change the target may lock it: the file gets its rights, whatever the umask. No link is
    followed. Raises Busy; OSError where there can be no lock; ChangeRefused where something else stands
    in its place.
    """
    until = time.monotonic() + seconds
    descriptor = _locked(path, target, until)
    if descriptor is None:
        beside = path.with_name(f"{path.name}.held")
        name = _claim(beside, target, until)
        try:
            yield
        finally:
            if _read(beside) == name:
                with suppress(OSError):
                    beside.unlink()
        return
    try:
        yield
    finally:
        with suppress(OSError):  # the process's end frees it too, and the change may be made by now
            os.close(descriptor)


def _wait(until: float) -> bool:
    """Waits a little; whether there was time for it."""
    if time.monotonic() >= until:
        return False
    time.sleep(_POLL_SECONDS)
    return True


# The system's lock --------------------------------------------------------------------------------


def _locked(path: Path, target: Path, until: float) -> int | None:
    """A descriptor that holds the system's lock; None where there are no such locks."""
    while True:
        descriptor = _opened(path, target)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ChangeRefused(
                    _("{path} không phải là tệp thông thường; chưa ghi gì.").format(
                        path=visible_name(path)
                    )
                )
            while not _try(descriptor):
                if not _wait(until):
                    raise Busy(_holder(descriptor), "")
            if _is_at(path, descriptor):
                _sign(descriptor, target)
                return descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno in _WITHOUT_LOCKS:
                return None
            raise
        except BaseException:
            os.close(descriptor)
            raise
        os.close(
            descriptor
        )  # somebody removed the file meanwhile: the lock of others is another one


def _opened(path: Path, target: Path) -> int:
    """The lock file, made where there is none; one that may only be read can be locked all the same."""
    while True:
        try:
            return os.open(path, os.O_RDWR | _NO_LINK)
        except FileNotFoundError:
            pass
        except PermissionError:
            return os.open(path, os.O_RDONLY | _NO_LINK)
        with suppress(FileExistsError):
            return _created(path, target, os.O_RDWR)


def _created(path: Path, target: Path, access: int) -> int:
    """A new file with the target's rights. Raises FileExistsError where one is there, a link too."""
    rights = target.stat().st_mode & 0o666
    before = os.umask(0)
    try:
        return os.open(path, access | os.O_CREAT | os.O_EXCL | _NO_LINK, rights)
    finally:
        os.umask(before)


def _try(descriptor: int) -> bool:
    """Locks the file, unless somebody else has."""
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 - of Windows alone

        os.lseek(descriptor, _LOCKED, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            # The C library names EACCES or EDEADLK, another one nothing, or what failed before.
            if error.errno in _WITHOUT_LOCKS | {errno.EBADF, errno.EINVAL}:
                raise
            return False
        return True
    import fcntl  # noqa: PLC0415 - not of Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether the file that was opened is still the one at ``path``."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int, target: Path) -> None:
    """Writes into the lock by whom it is held, and leaves it to whom the target belongs."""
    with suppress(OSError):
        if os.fstat(descriptor).st_nlink != 1:  # under another name it is somebody's file
            return
        text = f"{os.getpid()} {_user()}\n".encode()
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text)
        os.ftruncate(descriptor, len(text))
        _share(descriptor, target)


def _share(descriptor: int, target: Path) -> None:
    """Gives the lock the target's owner, group and rights, as far as the system permits."""
    if not hasattr(os, "fchown"):
        return
    wanted, found = target.stat(), os.fstat(descriptor)
    if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        try:
            os.fchown(descriptor, wanted.st_uid, wanted.st_gid)
        except OSError:
            with suppress(OSError):
                os.fchown(descriptor, -1, wanted.st_gid)
    rights = stat.S_IMODE(found.st_mode) | wanted.st_mode & 0o666
    if rights != stat.S_IMODE(found.st_mode):
        os.fchmod(descriptor, rights)


def _holder(descriptor: int) -> str:
    """By whom the lock is held, where that is known."""
    with suppress(OSError, ValueError, IndexError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        line = os.read(descriptor, 1000).decode("utf-8").splitlines()[0]
        pid, _space, user = line.strip().partition(" ")
        if pid:
            return _("(người dùng {user}, tiến trình {pid})").format(
                user=visible_name(user), pid=visible_name(pid)
            )
    return ""


def _user() -> str:
    try:
        import getpass  # noqa: PLC0415

        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Windows, where no variable names the user
        return "?"


# A file in its place ------------------------------------------------------------------------------


class _Name(NamedTuple):
    """Who made such a file: a process is its number with the moment of its start."""

    pid: str
    started: str
    host: str
    token: str
    user: str


_NAME = re.compile(r"(\d{1,10}) (\d+) (\S+) ([0-9a-f]{16}) ([^\n]*)\n")


def _claim(path: Path, target: Path, until: float) -> bytes:
    """Creates the file, once nobody else's is there, and returns what stands in it."""
    own = _own_name()
    empty_until = time.monotonic() + _EMPTY_SECONDS
    while True:
        try:
            descriptor = _created(path, target, os.O_WRONLY)
        except FileExistsError:
            there = _read(path)
            empty_until = empty_until if there == b"" else time.monotonic() + _EMPTY_SECONDS
            if _is_dead(there) or time.monotonic() > empty_until:
                _break(path, there)
            if not _wait(until):
                raise Busy(_named(there), _way_out(path)) from None
            continue
        try:
            os.write(descriptor, own)
        except OSError:
            path.unlink()
            raise
        finally:
            os.close(descriptor)
        return own


def _own_name() -> bytes:
    pid = os.getpid()
    return f"{pid} {_started(pid)} {_host()} {os.urandom(8).hex()} {_user()}\n".encode()


def _host() -> str:
    """This machine, and where it has them the room of process numbers that this process is in."""
    import socket  # noqa: PLC0415 - where there are locks, nobody asks

    try:
        room = re.sub(r"\D", "", os.readlink("/proc/self/ns/pid"))  # noqa: PTH115 - no path
    except OSError:
        room = ""
    return f"{''.join(socket.gethostname().split()) or '?'}/{room}"


def _started(pid: int) -> int:
    """When the process began, in the system's ticks; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0


def _read(path: Path) -> bytes | None:
    """The first 1,000 bytes of the file; None if there is no file, or it can't be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK)
        try:
            return os.read(descriptor, 1000)
        finally:
            os.close(descriptor)
    except OSError:
        return None


def _parsed(content: bytes | None) -> _Name | None:
    found = _NAME.fullmatch((content or b"").decode("utf-8", "replace"))
    return _Name(*found.groups()) if found else None


def _is_dead(content: bytes | None) -> bool:
    """Whether the file is of a process of this machine that is no more."""
    name = _parsed(content)
    if name is None or name.host != _host() or os.name == "nt":  # there, asking would end it
        return False
    try:
        os.kill(int(name.pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return name.started != "0" and int(name.started) != _started(int(name.pid))


def _break(path: Path, dead: bytes | None) -> None:
    """Removes a dead process's file; of those that want to, one does, and it takes no other file away."""
    name = _parsed(dead)
    beside = path.with_name(f"{path.name}.{name.token if name else 'empty'}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600))
    except FileExistsError:
        return
    try:
        if _read(path) == dead:
            path.unlink(missing_ok=True)
    finally:
        beside.unlink(missing_ok=True)


def _named(content: bytes | None) -> str:
    name = _parsed(content)
    if name is None:
        return ""
    return _("(người dùng {user}, tiến trình {pid}, máy {host})").format(
        user=visible_name(name.user),
        pid=name.pid,
        host=visible_name(name.host.partition("/")[0]),
    )


def _way_out(path: Path) -> str:
    return _("Nếu tiến trình đó không còn chạy, hãy xóa {path}.").format(path=visible_name(path))
