"""Changing a file that others read and write at the same time: it is the old one or the new one, whole.

Lock, read, edit, write beside, fsync, compare the target again, rename, fsync the folder. Until the rename
nothing has happened; after it everything has.
"""

from __future__ import annotations

import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from de06cli.errors import ChangeRefused
from de06cli.messages import _

LOCK_SECONDS = 60.0
_SUFFIX = ".de06-new"


def rewrite(path: Path, edit: Callable[[bytes], bytes]) -> str | None:
    """Replaces the file's bytes by what ``edit`` makes of them; the same bytes are not written.

    A symbolic link is followed and kept; so are the file's mode, owner and extended attributes. From the
    rename on the process holds back SIGINT, SIGTERM and SIGHUP, until its exit. Returns a warning where the
    change is made but may not survive a power failure, else None.

    Raises ChangeRefused, and leaves the file as it was, where it is locked, not writable, not an ordinary
    file of its own, or changed by somebody else meanwhile. What ``edit`` raises passes through.
    """
    target = Path(os.path.realpath(path))
    _ordinary(target, path)
    with _locked(target):
        _clean(target)
        before = _read(target)
        after = edit(before)
        if after == before:
            return None
        beside = target.with_name(f".{target.name}.{os.getpid()}{_SUFFIX}")
        try:
            _write_beside(target, beside, after)
            if Path(os.path.realpath(path)) != target or not _still(target, before):
                raise ChangeRefused(
                    _(
                        "{path} vừa được người hoặc chương trình khác sửa; chưa ghi gì. Hãy chạy lại lệnh."
                    ).format(path=path)
                )
            handlers = _hold_signals()
            try:
                beside.replace(target)
            except OSError as error:
                for held, handler in handlers.items():
                    signal.signal(held, handler)
                raise _refused(path, error) from None
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        return _sync_folder(target.parent)


def _ordinary(target: Path, given: Path) -> None:
    """Refuses what a rename would break or could not replace."""
    try:
        found = target.stat()
    except OSError as error:
        raise _refused(given, error) from None
    if not stat.S_ISREG(found.st_mode):
        raise ChangeRefused(_("{path} không phải là một tệp thường; không ghi.").format(path=given))
    if found.st_nlink > 1:
        raise ChangeRefused(
            _(
                "{path} có nhiều liên kết cứng; ghi sẽ tách chúng ra. Hãy chép thành một tệp riêng."
            ).format(path=given)
        )
    if not (found.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise ChangeRefused(_("{path} chỉ được đọc; không ghi.").format(path=given))


def _refused(path: Path, error: OSError) -> ChangeRefused:
    return ChangeRefused(
        _("Không ghi được {path}: {reason}. Tệp vẫn như cũ.").format(
            path=path, reason=error.strerror or error
        )
    )


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Holds the lock beside ``target``; the system frees it when its holder dies."""
    beside = lock_path(target)
    lock = FileLock(beside, timeout=LOCK_SECONDS, poll_interval=0.02, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise ChangeRefused(
            _("{path} đang bị khoá{holder}; đã đợi {seconds} giây. Tệp vẫn như cũ.").format(
                path=target, holder=_holder(beside), seconds=round(LOCK_SECONDS)
            )
        ) from None
    except OSError as error:
        raise _refused(beside, error) from None
    try:
        with suppress(OSError):
            beside.write_text(f"{os.getpid()} {_user()}\n", "utf-8")
            _keep_owner(target, beside)
        yield
    finally:
        with suppress(OSError):  # the process's end frees it too, and the change may be made by now
            lock.release()


def lock_path(target: Path) -> Path:
    """The lock file of a data file."""
    return target.with_name(f"{target.name}.lock")


def _holder(lock: Path) -> str:
    """By whom the lock is held, where that is known."""
    with suppress(OSError, ValueError):
        pid, _space, user = lock.read_text("utf-8").strip().partition(" ")
        if pid:
            return " " + _("bởi {user} (tiến trình {pid})").format(user=user, pid=pid)
    return ""


def _user() -> str:
    import getpass  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _keep_owner(target: Path, lock: Path) -> None:
    """Leaves the lock to whom the target belongs, so that a mark by root does not lock them out."""
    wanted, found = target.stat(), lock.stat()
    if hasattr(os, "chown") and (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        os.chown(lock, wanted.st_uid, wanted.st_gid)


def _clean(target: Path) -> None:
    """Removes what a process that died left beside the target; under the lock nobody else writes."""
    left = re.compile(rf"\.{re.escape(target.name)}\.[0-9]+{re.escape(_SUFFIX)}")
    with suppress(OSError):
        for beside in target.parent.iterdir():
            if left.fullmatch(beside.name):
                beside.unlink()


def _read(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except OSError as error:
        raise _refused(target, error) from None


def _still(target: Path, data: bytes) -> bool:
    """Whether the target holds ``data``, and was not saved while that was read."""
    try:
        stamp = _stamp(target)
        return target.read_bytes() == data and _stamp(target) == stamp
    except OSError as error:
        raise _refused(target, error) from None


def _stamp(target: Path) -> tuple[int, int, int]:
    found = target.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _write_beside(target: Path, beside: Path, data: bytes) -> None:
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            _keep_attributes(target, descriptor)
            os.fsync(descriptor)
    except OSError as error:
        raise _refused(target, error) from None


_BINARY = getattr(os, "O_BINARY", 0)


def _keep_attributes(target: Path, descriptor: int) -> None:
    """Gives the new file the target's owner, group, mode and extended attributes."""
    found = target.stat()
    if hasattr(os, "fchown"):
        new = os.fstat(descriptor)
        if (new.st_uid, new.st_gid) != (found.st_uid, found.st_gid):
            os.fchown(descriptor, found.st_uid, found.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(found.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(target, name))


def _hold_signals() -> dict[signal.Signals, Any]:
    """From here on the change counts as made, and the process ends by itself. Gives the handlers back."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [signal.Signals[name] for name in names if hasattr(signal, name)]
    return {held: signal.signal(held, signal.SIG_IGN) for held in numbers}


def _sync_folder(folder: Path) -> str | None:
    """Makes the rename last; Windows has no such call and needs none."""
    if os.name == "nt":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _("Đã ghi, nhưng chưa chắc còn sau khi mất điện: {reason}.").format(
            reason=error.strerror
        )
    return None
