"""Changing a file that others read and write at the same time: it is the old one or the new one, whole.

Lock, read, edit, write beside, fsync, compare the target again, rename, fsync the folder. Until the rename
nothing has happened; after it everything has.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.file import lock
from de06cli.plan.file.patience import patiently, reason

LOCK_SECONDS = 60.0
_SUFFIX = ".de06-new"
# What a share answers that knows no owners, modes or flushing, and a system where they are not one's own.
_NOT_GIVEN = {
    errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL,
}  # fmt: skip


def rewrite(path: Path, edit: Callable[[bytes], bytes]) -> str | None:
    """Replaces the file's bytes by what ``edit`` makes of them; the same bytes are not written.

    A symbolic link is followed and kept; so are the file's mode, owner and extended attributes, as far
    as the system permits it. From the rename on the process holds back SIGINT, SIGTERM and SIGHUP, until
    its exit. Returns a warning where the change is made but may not survive a power failure, or has taken
    the file from its group, else None.

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
        beside = _beside(target)
        try:
            warning = _write_beside(target, beside, after)
            if Path(os.path.realpath(path)) != target or not _still(target, before):
                raise ChangeRefused(
                    _(
                        "{path} vừa được người hoặc chương trình khác sửa; chưa ghi gì. Hãy chạy lại lệnh."
                    ).format(path=visible_name(path))
                )
            handlers = _hold_signals()
            try:
                patiently(lambda: beside.replace(target))
            except OSError as error:
                for held, handler in handlers.items():
                    signal.signal(held, handler)
                raise _refused(path, error) from None
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        return warning or _sync_folder(target.parent)


def create(path: Path, data: bytes) -> None:
    """Makes a new file of these bytes, whole or not at all, in place of nothing that is there.

    Raises FileExistsError where something is, a link that leads nowhere too; OSError.
    """
    beside = _beside(path)
    try:
        _write_new(beside, data, 0o666)
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except (OSError, AttributeError):  # no such links here: what is half written is taken away
            _write_new(path, data, 0o666)
    finally:
        with suppress(OSError):
            beside.unlink()


def _write_new(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            _flush(descriptor)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _beside(target: Path) -> Path:
    """A name beside the target that nobody can foresee."""
    return target.with_name(f".{target.name}.{os.urandom(6).hex()}{_SUFFIX}")


def _ordinary(target: Path, given: Path) -> None:
    """Refuses what a rename would break or could not replace."""
    try:
        found = target.stat()
    except OSError as error:
        raise _refused(given, error) from None
    if not stat.S_ISREG(found.st_mode):
        raise ChangeRefused(
            _("{path} không phải là tệp thông thường; chưa ghi gì.").format(
                path=visible_name(given)
            )
        )
    if found.st_nlink > 1:
        raise ChangeRefused(
            _(
                "{path} có nhiều liên kết cứng; ghi sẽ tách chúng ra. Hãy chép thành một tệp riêng."
            ).format(path=visible_name(given))
        )
    if not (found.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise ChangeRefused(
            _(
                "{path} chỉ được đọc; không ghi. Hãy mở quyền ghi cho tệp, hoặc hỏi người quản trị."
            ).format(path=visible_name(given))
        )


def _refused(path: Path, error: OSError) -> ChangeRefused:
    return ChangeRefused(
        _("Không ghi được {path}: {reason}. Tệp vẫn như cũ.").format(
            path=visible_name(path), reason=reason(error)
        )
    )


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Holds the lock beside ``target``."""
    beside = lock_path(target)
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.held(beside, target, LOCK_SECONDS))
        except lock.Busy as busy:
            holder, way_out = busy.args
            sentence = _(
                "{path} đang bị khóa{holder}; đã đợi {seconds} giây. Tệp vẫn như cũ."
            ).format(
                path=visible_name(target),
                holder=holder and f" {holder}",
                seconds=round(LOCK_SECONDS),
            )
            raise ChangeRefused(f"{sentence} {way_out}".rstrip()) from None
        except OSError as error:
            raise _refused(beside, error) from None
        yield


def lock_path(target: Path) -> Path:
    """The lock file of a data file."""
    return target.with_name(f"{target.name}.lock")


def _clean(target: Path) -> None:
    """Removes what a process that died left beside the target; under the lock nobody else writes."""
    left = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]+{re.escape(_SUFFIX)}")
    with suppress(OSError):
        for beside in target.parent.iterdir():
            if left.fullmatch(beside.name):
                beside.unlink()


def _read(target: Path) -> bytes:
    try:
        return patiently(target.read_bytes)
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


def _write_beside(target: Path, beside: Path, data: bytes) -> str | None:
    """Writes the new file, with the target's attributes; returns what became of its group, if anything."""
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            warning = _keep_attributes(target, descriptor)
            _flush(descriptor)
    except OSError as error:
        raise _refused(target, error) from None
    return warning


_BINARY = getattr(os, "O_BINARY", 0)


def _keep_attributes(target: Path, descriptor: int) -> str | None:
    """Gives the new file the target's owner, group, mode and extended attributes, as far as the system
    permits it. Returns a warning where it is another group's now."""
    found = target.stat()
    mode, warning = stat.S_IMODE(found.st_mode), None
    if not _keep_group(found, descriptor):
        others = (mode & 0o007) << 3  # what the group was given is not given to another one
        if others != mode & 0o070:
            mode = mode & ~0o070 | others
            warning = _("Đã ghi, nhưng {path} không còn thuộc nhóm người dùng cũ.").format(
                path=visible_name(target)
            )
    if hasattr(os, "fchmod"):
        _permitted(lambda: os.fchmod(descriptor, mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(target, name))
    return warning


def _keep_group(found: os.stat_result, descriptor: int) -> bool:
    """Gives the file's owner and group to the new file, or the group alone; whether it has the group."""
    new = os.fstat(descriptor)
    if not hasattr(os, "fchown") or (new.st_uid, new.st_gid) == (found.st_uid, found.st_gid):
        return True
    return (
        _permitted(lambda: os.fchown(descriptor, found.st_uid, found.st_gid))
        or new.st_gid == found.st_gid
        or _permitted(lambda: os.fchown(descriptor, -1, found.st_gid))
    )


def _permitted(call: Callable[[], object]) -> bool:
    """Makes the call, unless the system or the share knows nothing of the kind or does not permit it."""
    try:
        call()
    except OSError as error:
        if error.errno not in _NOT_GIVEN:
            raise
        return False
    return True


def _flush(descriptor: int) -> None:
    """Makes the system write the bytes to the disk, if the share supports that."""
    _permitted(lambda: os.fsync(descriptor))


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
            _flush(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if (
            error.errno == errno.EACCES
        ):  # a folder to write to and not to read; its renames last too
            return None
        return _("Đã ghi, nhưng chưa chắc còn sau khi mất điện: {reason}.").format(
            reason=error.strerror
        )
    return None
