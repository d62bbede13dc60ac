"""Replacing a file: what is kept of it, what is refused and left alone, and who waits for whom."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Timer

import pytest

from de06cli.errors import ChangeRefused
from de06cli.plan.file import lock as locks
from de06cli.plan.file import patience, writer

fcntl = pytest.importorskip("fcntl") if os.name != "nt" else None

READ_ONLY = "chỉ được đọc; không ghi. Hãy mở quyền ghi cho tệp, hoặc hỏi người quản trị."
BEFORE, AFTER = b"m\xe1\xbb\x99t\r\n", b"m\xe1\xbb\x99t\r\nhai"
NOBODY = 65534

posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes, FIFOs and mounts")
root = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root can give files away and mount"
)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """A writer holds signals back to the end of its process, which here is to go on."""
    kept = {held: signal.getsignal(held) for held in (signal.SIGINT, signal.SIGTERM)}
    yield
    for held, handler in kept.items():
        signal.signal(held, handler)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "models.yaml"
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    return path


def added(data: bytes) -> bytes:
    return data + b"hai"


def beside(path: Path) -> list[str]:
    """What stands in the file's folder."""
    return sorted(found.name for found in path.parent.iterdir())


def refusal(path: Path, edit: Callable[[bytes], bytes] = added) -> str:
    """Why the file is not written."""
    with pytest.raises(ChangeRefused) as refused:
        writer.rewrite(path, edit)
    assert refused.value.exit_code == 4
    return str(refused.value)


# What is written and kept ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["models.yaml", "kế hoạch [1]*?.yaml", "-", ".ẩn"])
def test_the_file_gets_what_the_edit_makes_of_it(file, name):
    if os.name == "nt" and "*" in name:
        pytest.skip("no name for a file on Windows")
    path = file.rename(file.with_name(name))
    assert writer.rewrite(path, added) is None
    assert path.read_bytes() == AFTER
    assert beside(path) == sorted([name, f"{name}.lock"])


def test_the_same_bytes_are_not_written(file):
    stood = file.stat()
    assert writer.rewrite(file, bytes) is None
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (stood.st_ino, stood.st_mtime_ns)


def test_what_the_edit_raises_passes_through_and_frees_the_lock(file):
    with pytest.raises(ZeroDivisionError):
        writer.rewrite(file, lambda data: data * (1 // 0))
    assert file.read_bytes() == BEFORE
    assert writer.rewrite(file, added) is None


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755, 0o2664])
def test_the_mode_is_kept_whatever_the_umask(file, mode):
    file.chmod(mode)
    before = os.umask(0o077)
    try:
        writer.rewrite(file, added)
    finally:
        os.umask(before)
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (AFTER, mode)


@root
def test_the_owner_is_kept_and_not_locked_out(file):
    os.chown(file, NOBODY, NOBODY)
    writer.rewrite(file, added)
    for path in (file, writer.lock_path(file)):
        assert (path.stat().st_uid, path.stat().st_gid) == (NOBODY, NOBODY)


@posix
def test_extended_attributes_are_kept(file):
    try:
        os.setxattr(file, "user.de06", b"x")
    except (OSError, AttributeError):
        pytest.skip("this file system or Python has no extended attributes")
    writer.rewrite(file, added)
    assert os.getxattr(file, "user.de06") == b"x"


@posix
def test_links_are_followed_and_stay(file, tmp_path):
    middle, link = tmp_path / "middle", tmp_path / "link.yaml"
    middle.symlink_to("data")
    link.symlink_to("middle/models.yaml")
    writer.rewrite(link, added)
    assert (link.readlink(), middle.readlink()) == (Path("middle/models.yaml"), Path("data"))
    assert file.read_bytes() == AFTER
    assert beside(file) == ["models.yaml", "models.yaml.lock"]
    assert beside(link) == ["data", "link.yaml", "middle"]


def test_leftovers_of_the_dead_are_cleaned_up_and_nothing_else(file):
    others = [
        ".models.yaml.7.de06-new.bak",
        ".models.yaml.swp",
        ".models.yaml.x.7.de06-new",
        ".models-yaml.7.de06-new",
        "models.yaml.7.de06-new",
    ]
    for name in [".models.yaml.7.de06-new", ".models.yaml.4194304.de06-new", *others]:
        file.with_name(name).write_bytes(b"m\xe1\xbb")
    writer.rewrite(file, bytes)
    assert beside(file) == sorted([*others, "models.yaml", "models.yaml.lock"])


def test_leftovers_go_where_the_name_is_a_pattern(file):
    path = file.rename(file.with_name("plan[1].yaml"))
    path.with_name(".plan[1].yaml.7.de06-new").touch()
    writer.rewrite(path, bytes)
    assert beside(path) == ["plan[1].yaml", "plan[1].yaml.lock"]


# Refused by what it is -------------------------------------------------------------------------------


@posix
def test_a_file_with_two_names_is_refused(file):
    os.link(file, file.with_name("two.yaml"))
    assert refusal(file) == (
        f"{file} có nhiều liên kết cứng; ghi sẽ tách chúng ra. Hãy chép thành một tệp riêng."
    )
    assert file.samefile(file.with_name("two.yaml"))
    assert beside(file) == ["models.yaml", "two.yaml"]


def test_a_file_that_is_read_only_is_refused(file):
    file.chmod(0o444)
    assert refusal(file) == f"{file} {READ_ONLY}"
    assert beside(file) == ["models.yaml"]
    file.chmod(0o644)  # so that Windows can remove it


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


@posix
@pytest.mark.parametrize("make", [make_folder, make_pipe, make_socket])
def test_what_is_no_ordinary_file_is_refused(file, make, monkeypatch):
    monkeypatch.chdir(file.parent)
    file.unlink()
    make(file)
    assert refusal(file) == f"{file} không phải là tệp thông thường; chưa ghi gì."
    assert beside(file) == ["models.yaml"]


@posix
def test_a_device_is_refused():
    assert refusal(Path("/dev/null")) == "/dev/null không phải là tệp thông thường; chưa ghi gì."
    assert not Path("/dev/null.lock").exists()


def unwritable(path: Path, number: int) -> str:
    return f"Không ghi được {path}: {os.strerror(number)}. Tệp vẫn như cũ."


@posix
def test_a_link_that_leads_nowhere_is_refused(file):
    lost, loop = file.with_name("lost.yaml"), file.with_name("loop.yaml")
    lost.symlink_to("gone.yaml")
    loop.symlink_to("loop.yaml")
    assert refusal(lost) == unwritable(lost, errno.ENOENT)
    assert refusal(loop) == unwritable(loop, errno.ELOOP)
    assert refusal(file.with_name("gone.yaml")) == unwritable(
        file.with_name("gone.yaml"), errno.ENOENT
    )
    assert beside(file) == ["loop.yaml", "lost.yaml", "models.yaml"]


@posix
def test_a_name_too_long_for_a_name_beside_it_is_refused(file):
    path = file.rename(file.with_name("x" * 252))
    assert refusal(path) == unwritable(writer.lock_path(path), errno.ENAMETOOLONG)
    assert path.read_bytes() == BEFORE
    path = path.rename(path.with_name("x" * 245))
    assert refusal(path) == unwritable(path, errno.ENAMETOOLONG)
    assert path.read_bytes() == BEFORE


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A folder of its own for somebody who is not root; a root that runs the tests becomes one."""
    folder = Path(tempfile.mkdtemp())  # below the tests' own folder only root may go
    was_root = os.geteuid() == 0
    try:
        if was_root:
            os.chown(folder, NOBODY, NOBODY)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        if was_root:
            os.seteuid(0)
            os.setegid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@posix
def test_a_folder_that_is_read_only_is_refused():
    with unprivileged() as folder:
        path = folder / "models.yaml"
        path.write_bytes(BEFORE)
        folder.chmod(0o500)
        assert refusal(path) == unwritable(writer.lock_path(path), errno.EACCES)
        folder.chmod(0o700)
        writer.lock_path(path).touch()
        folder.chmod(0o500)
        assert refusal(path) == unwritable(path, errno.EACCES)
        assert path.read_bytes() == BEFORE
        assert beside(path) == ["models.yaml", "models.yaml.lock"]


@root
def test_where_neither_owner_nor_group_can_be_kept_the_mark_is_made_and_nobody_gets_more():
    with unprivileged() as folder:
        path = folder / "models.yaml"
        path.write_bytes(BEFORE)
        path.chmod(0o646)
        os.seteuid(0)
        os.chown(path, 0, 0)
        os.seteuid(NOBODY)
        assert writer.rewrite(path, added) == (
            f"Đã ghi, nhưng {path} không còn thuộc nhóm người dùng cũ."
        )
        found = path.stat()
        assert (path.read_bytes(), found.st_uid, found.st_gid) == (AFTER, NOBODY, NOBODY)
        assert stat.S_IMODE(found.st_mode) == 0o666  # the group is one of the others
        assert beside(path) == ["models.yaml", "models.yaml.lock"]


COLLEAGUE, OFFICE = 65533, 65532


@contextmanager
def as_colleague(group: int, *others: int) -> Iterator[None]:
    """Another user of the office."""
    kept = os.getgroups()
    os.setgroups(others)
    os.setegid(group)
    os.seteuid(COLLEAGUE)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(kept)


@root
@pytest.mark.parametrize(
    ("folder_mode", "groups"),
    [(0o2775, (OFFICE,)), (0o775, (COLLEAGUE, OFFICE)), (0o3777, (COLLEAGUE, OFFICE))],
    ids=["the folder's group", "one of several groups", "a sticky folder"],
)
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_colleague_of_the_group_may_write_before_and_after_the_owner(folder_mode, groups, umask):
    folder = Path(tempfile.mkdtemp())
    path = folder / "models.yaml"
    path.write_bytes(BEFORE)
    for each in (folder, path):
        os.chown(each, COLLEAGUE if folder_mode & 0o1000 else NOBODY, OFFICE)
    folder.chmod(folder_mode)
    path.chmod(0o664)
    before = os.umask(umask)
    try:
        with as_colleague(*groups):
            writer.rewrite(path, added)
        found = path.stat()
        assert (found.st_uid, found.st_gid) == (COLLEAGUE, OFFICE)
        lock = writer.lock_path(path).stat()
        assert (stat.S_IMODE(lock.st_mode), lock.st_gid) == (0o664, OFFICE)
        writer.rewrite(path, added)  # by root, to whom it does not belong
        with as_colleague(*groups):
            writer.rewrite(path, added)
        found = path.stat()
        assert path.read_bytes() == BEFORE + 3 * b"hai"
        assert (stat.S_IMODE(found.st_mode), found.st_gid) == (0o664, OFFICE)
    finally:
        os.umask(before)
        shutil.rmtree(folder)


@root
def test_a_lock_that_an_owner_left_for_himself_alone_is_locked_all_the_same():
    folder = Path(tempfile.mkdtemp())
    path = folder / "models.yaml"
    path.write_bytes(BEFORE)
    writer.lock_path(path).write_bytes(b"")
    for each in (folder, path, writer.lock_path(path)):
        os.chown(each, NOBODY, OFFICE)
    folder.chmod(0o2775)
    path.chmod(0o664)
    writer.lock_path(path).chmod(0o644)
    try:
        with as_colleague(OFFICE):
            assert writer.rewrite(path, added) is None
        assert path.read_bytes() == AFTER
    finally:
        shutil.rmtree(folder)


@posix
@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL])
def test_a_share_that_knows_no_owners_modes_and_flushing_is_no_obstacle(file, monkeypatch, number):
    def refused(*_arguments):
        raise OSError(number, os.strerror(number))

    for name in ("fchmod", "fchown", "chmod", "chown", "fsync", "setxattr", "listxattr"):
        monkeypatch.setattr(os, name, refused)
    assert writer.rewrite(file, added) is None
    assert file.read_bytes() == AFTER
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


@posix
def test_a_disk_that_fails_is_one(file, monkeypatch):
    def failing(*_arguments):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", failing)
    assert refusal(file) == unwritable(file, errno.EIO)
    assert file.read_bytes() == BEFORE


@contextmanager
def mounted(*arguments: str | Path) -> Iterator[None]:
    if subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", arguments[-1]], check=True)


@root
def test_a_file_that_is_mounted_by_itself_is_refused(file, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_bytes(BEFORE)
    with mounted("--bind", other, file):
        assert refusal(file) == unwritable(file, errno.EBUSY)
        assert file.read_bytes() == BEFORE
        assert beside(file) == ["models.yaml", "models.yaml.lock"]


@root
def test_a_file_on_a_read_only_file_system_is_refused(file):
    with mounted("-t", "tmpfs", "tmpfs", file.parent):
        file.write_bytes(BEFORE)
        subprocess.run(["mount", "-o", "remount,ro", file.parent], check=True)
        assert refusal(file) == f"{file} {READ_ONLY}"
        assert beside(file) == ["models.yaml"]


# Changed by others meanwhile -------------------------------------------------------------------------


def in_place(path: Path) -> None:
    path.write_bytes(b"khac")


def by_rename(path: Path) -> None:
    path.with_name("new").write_bytes(b"khac")
    path.with_name("new").replace(path)


def by_a_link(path: Path) -> None:
    path.with_name("khac.yaml").write_bytes(b"khac")
    path.unlink()
    path.symlink_to("khac.yaml")


def removed(path: Path) -> None:
    path.unlink()


CHANGED = "{} vừa được người hoặc chương trình khác sửa; chưa ghi gì. Hãy chạy lại lệnh."


@posix
@pytest.mark.parametrize("change", [in_place, by_rename, by_a_link])
def test_what_others_write_meanwhile_is_left_alone(file, change):
    def edit(data: bytes) -> bytes:
        change(file)
        return data + b"hai"

    assert refusal(file, edit) == CHANGED.format(file)
    assert file.read_bytes() == b"khac"
    assert not [name for name in beside(file) if name.endswith("de06-new")]


def test_a_file_that_is_removed_meanwhile_is_not_made_again(file):
    def edit(data: bytes) -> bytes:
        file.unlink()
        return data + b"hai"

    told = refusal(file, edit)
    with pytest.raises(FileNotFoundError) as missing:
        file.stat()
    assert told == f"Không ghi được {file}: {missing.value.strerror}. Tệp vẫn như cũ."
    assert beside(file) == ["models.yaml.lock"]


@posix
def test_a_link_that_leads_elsewhere_meanwhile_is_not_followed(file, tmp_path):
    link = tmp_path / "link.yaml"
    link.symlink_to("data/models.yaml")
    other = tmp_path / "other.yaml"
    other.write_bytes(BEFORE)

    def edit(data: bytes) -> bytes:
        link.unlink()
        link.symlink_to("other.yaml")
        return data + b"hai"

    assert refusal(link, edit) == CHANGED.format(link)
    assert (file.read_bytes(), other.read_bytes()) == (BEFORE, BEFORE)


def test_a_file_that_is_only_saved_again_is_written(file):
    def edit(data: bytes) -> bytes:
        by_rename(file)
        file.write_bytes(data)
        return data + b"hai"

    assert writer.rewrite(file, edit) is None
    assert file.read_bytes() == AFTER


# Trouble around the rename ---------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_trouble_with_the_folder_after_the_rename_is_a_warning(file, monkeypatch, call):
    real = getattr(os, call)

    def failing(what, *arguments, **options):
        folder = stat.S_ISDIR(os.fstat(what).st_mode) if call == "fsync" else what == file.parent
        if folder:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(what, *arguments, **options)

    monkeypatch.setattr(os, call, failing)
    warning = writer.rewrite(file, added)
    reason = os.strerror(errno.EIO)
    assert warning == f"Đã ghi, nhưng chưa chắc còn sau khi mất điện: {reason}."
    assert file.read_bytes() == AFTER


def test_from_the_rename_on_signals_are_held_back(file):
    writer.rewrite(file, added)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def test_where_the_rename_fails_signals_do_what_they_did(file, monkeypatch):
    def failing(*_paths):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    kept = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(os, "replace", failing)
    assert refusal(file) == unwritable(file, errno.EBUSY)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == kept
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


# The lock --------------------------------------------------------------------------------------------

HOLDING = """
import os
import sys
from pathlib import Path
from de06cli.plan.file import writer

def edit(data):
    print("held", os.getpid(), flush=True)
    sys.stdin.readline()
    return data + b"mot\\n"

writer.rewrite(Path(sys.argv[1]), edit)
"""


def await_held(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout
    held, pid = process.stdout.readline().split()
    assert held == b"held"
    process.pid = int(pid)  # on Windows it was that of the program that starts this Python


@pytest.fixture
def holder(file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that is about to write the file, until it is given a line."""
    command = [sys.executable, "-c", HOLDING, file]
    environment = {**os.environ, "LOGNAME": "an"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        await_held(process)
        yield process
        process.kill()


def test_a_lock_that_is_held_too_long_is_reported_with_its_holder(file, holder, monkeypatch):
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.6)
    by = f"(người dùng an, tiến trình {holder.pid})"
    assert refusal(file) == f"{file} đang bị khóa {by}; đã đợi 1 giây. Tệp vẫn như cũ."
    assert file.read_bytes() == BEFORE


@posix
def test_a_holder_that_is_not_known_is_not_named(file, holder, monkeypatch):
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.1)
    writer.lock_path(file).write_bytes(b"\xff")
    assert refusal(file) == f"{file} đang bị khóa; đã đợi 0 giây. Tệp vẫn như cũ."


def test_a_lock_is_waited_for_and_what_its_holder_wrote_is_kept(file, holder):
    assert holder.stdin
    release = Timer(0.3, os.write, [holder.stdin.fileno(), b"\n"])
    release.start()
    assert writer.rewrite(file, added) is None
    release.join()
    assert file.read_bytes() == BEFORE + b"mot\nhai"


def test_a_dead_holder_does_not_block(file, holder):
    holder.kill()
    holder.wait()
    assert writer.rewrite(file, added) is None
    assert file.read_bytes() == AFTER


@posix
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_folder, "đây là một thư mục, không phải tệp"),
        (lambda path: path.symlink_to("x"), os.strerror(errno.ELOOP)),
    ],
    ids=["folder", "link"],
)
def test_a_lock_that_is_no_file_is_refused(file, make, reason):
    lock = writer.lock_path(file)
    make(lock)
    assert refusal(file) == f"Không ghi được {lock}: {reason}. Tệp vẫn như cũ."
    assert file.read_bytes() == BEFORE


# Where the lock's place is somebody's ----------------------------------------------------------------


@posix
def test_a_lock_that_is_a_pipe_is_refused_at_once(file):
    lock = writer.lock_path(file)
    os.mkfifo(lock)
    assert refusal(file) == f"{lock} không phải là tệp thông thường; chưa ghi gì."
    assert file.read_bytes() == BEFORE


@posix
def test_a_lock_under_another_name_is_not_written_to(file, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"quan trong\n")
    other.chmod(0o600)
    os.link(other, writer.lock_path(file))
    assert writer.rewrite(file, added) is None
    assert other.read_bytes() == b"quan trong\n"
    assert stat.S_IMODE(other.stat().st_mode) == 0o600


@posix
def test_a_lock_that_becomes_a_link_is_written_through_its_descriptor_alone(
    file, tmp_path, monkeypatch
):
    other = tmp_path / "other"
    other.write_bytes(b"quan trong\n")
    lock = writer.lock_path(file)
    real = fcntl.flock

    def flock(descriptor, operation):
        real(descriptor, operation)
        monkeypatch.setattr(fcntl, "flock", real)
        lock.unlink()
        lock.symlink_to(other)

    monkeypatch.setattr(fcntl, "flock", flock)
    assert refusal(file) == unwritable(lock, errno.ELOOP)
    assert other.read_bytes() == b"quan trong\n"


@posix
def test_a_lock_that_was_removed_while_it_was_waited_for_is_made_anew(file, holder):
    assert holder.stdin

    def release() -> None:
        writer.lock_path(file).unlink()
        os.write(holder.stdin.fileno(), b"\n")

    timer = Timer(0.3, release)
    timer.start()
    assert writer.rewrite(file, added) is None
    timer.join()
    assert file.read_bytes() == BEFORE + b"mot\nhai"
    assert writer.lock_path(file).is_file()


# Where there are no locks ----------------------------------------------------------------------------

WITHOUT_LOCKS = f"""
import errno, fcntl, os
def flock(*_arguments):
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
fcntl.flock = flock
{HOLDING}
"""


@pytest.fixture
def no_locks(monkeypatch):
    def flock(*_arguments):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.fixture
def other_holder(file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the file that stands for a lock, until it is given a line."""
    command = [sys.executable, "-c", WITHOUT_LOCKS, file]
    environment = {**os.environ, "LOGNAME": "an"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        await_held(process)
        yield process
        process.kill()


def in_its_place(file: Path) -> Path:
    return file.with_name("models.yaml.lock.held")


@posix
@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS], ids=os.strerror
)
def test_without_locks_a_file_takes_their_place_and_goes(file, monkeypatch, number):
    def flock(*_arguments):
        raise OSError(number, os.strerror(number))

    seen = []

    def edit(data: bytes) -> bytes:
        seen.append(in_its_place(file).read_text("utf-8"))
        return added(data)

    monkeypatch.setattr(fcntl, "flock", flock)
    assert writer.rewrite(file, edit) is None
    assert file.read_bytes() == AFTER
    assert seen[0].startswith(f"{os.getpid()} ")
    assert socket.gethostname() in seen[0]
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


@posix
def test_without_locks_the_holder_is_waited_for(file, other_holder, no_locks):
    assert other_holder.stdin
    release = Timer(0.3, os.write, [other_holder.stdin.fileno(), b"\n"])
    release.start()
    assert writer.rewrite(file, added) is None
    release.join()
    assert file.read_bytes() == BEFORE + b"mot\nhai"


@posix
def test_without_locks_a_dead_holder_of_this_machine_does_not_block(file, other_holder, no_locks):
    other_holder.kill()
    other_holder.wait()
    assert in_its_place(file).exists()
    assert writer.rewrite(file, added) is None
    assert file.read_bytes() == AFTER
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


@posix
def test_a_process_that_got_the_number_of_the_dead_one_is_another(
    file, other_holder, no_locks, monkeypatch
):
    stood = in_its_place(file).read_text("utf-8").split(" ")
    other_holder.kill()
    other_holder.wait()
    if stood[1] == "0":
        pytest.skip("this system does not tell when a process began")
    stood[0] = str(os.getpid())
    in_its_place(file).write_text(" ".join(stood), "utf-8")
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.5)
    assert writer.rewrite(file, added) is None


@posix
def test_another_machines_holder_is_waited_for_and_named(file, other_holder, no_locks, monkeypatch):
    stood = in_its_place(file).read_text("utf-8").split(" ")
    other_holder.kill()
    other_holder.wait()
    stood[2] = "may-van-thu/1"
    in_its_place(file).write_text(" ".join(stood), "utf-8")
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.5)
    assert refusal(file) == (
        f"{file} đang bị khóa (người dùng an, tiến trình {other_holder.pid}, máy may-van-thu); "
        "đã đợi 0 giây. "
        f"Tệp vẫn như cũ. Nếu tiến trình đó không còn chạy, hãy xóa {in_its_place(file)}."
    )
    assert file.read_bytes() == BEFORE
    assert in_its_place(file).exists()


@posix
def test_a_file_without_a_name_in_it_is_of_a_process_that_died(file, no_locks, monkeypatch):
    monkeypatch.setattr(locks, "_EMPTY_SECONDS", 0.1)
    in_its_place(file).touch()
    assert writer.rewrite(file, added) is None
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


@posix
def test_a_foreign_file_in_its_place_is_nobodys_to_remove(file, no_locks, monkeypatch):
    monkeypatch.setattr(locks, "_EMPTY_SECONDS", 0.1)
    monkeypatch.setattr(writer, "LOCK_SECONDS", 0.3)
    in_its_place(file).write_text("../../x\n")
    assert refusal(file).startswith(f"{file} đang bị khóa; đã đợi 0 giây.")
    assert in_its_place(file).read_text() == "../../x\n"


MANY = (
    WITHOUT_LOCKS.partition("import sys\n")[0]
    + """
import sys
from pathlib import Path
from de06cli.plan.file import writer
for _time in range(4):
    writer.rewrite(Path(sys.argv[1]), lambda data: data + b"x\\n")
"""
)


@posix
def test_without_locks_many_at_once_lose_nothing_though_one_has_died(file, other_holder):
    other_holder.kill()
    other_holder.wait()
    processes = [subprocess.Popen([sys.executable, "-c", MANY, file]) for _number in range(8)]
    assert [process.wait() for process in processes] == [0] * 8
    assert file.read_bytes() == BEFORE + 32 * b"x\n"
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


# Open in another program -----------------------------------------------------------------------------


class OpenElsewhere:
    """A call that Windows refuses while another program has the file open."""

    def __init__(self, real, times, number):
        self.real, self.left, self.number = real, times, number

    def __call__(self, *arguments):
        self.left -= 1
        if self.left < 0:
            return self.real(*arguments)
        error = PermissionError(errno.EACCES, "Access is denied")
        error.winerror = self.number
        raise error


@posix
@pytest.mark.parametrize("number", [5, 32])
def test_a_file_that_another_program_has_open_is_tried_again(file, monkeypatch, number):
    monkeypatch.setattr(os, "replace", OpenElsewhere(os.replace, 3, number))
    assert writer.rewrite(file, added) is None
    assert file.read_bytes() == AFTER


@posix
def test_a_file_that_stays_open_in_another_program_is_reported(file, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    monkeypatch.setattr(os, "replace", OpenElsewhere(os.replace, 1000, 32))
    assert refusal(file) == (
        f"Không ghi được {file}: chương trình khác đang mở tệp này; hãy đóng rồi chạy lại. "
        "Tệp vẫn như cũ."
    )
    assert file.read_bytes() == BEFORE
    assert beside(file) == ["models.yaml", "models.yaml.lock"]


# New files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_made_in_place_of_nothing(file, monkeypatch, links):
    def refused(*_arguments):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", refused)
    new, dangling = file.with_name("new.yaml"), file.with_name("link.yaml")
    if os.name == "nt":  # where links need rights
        dangling.touch()
    else:
        dangling.symlink_to("gone.yaml")
    writer.create(new, AFTER)
    for taken in (file, dangling, new):
        with pytest.raises(FileExistsError):
            writer.create(taken, b"")
    assert (new.read_bytes(), file.read_bytes()) == (AFTER, BEFORE)
    assert beside(file) == ["link.yaml", "models.yaml", "new.yaml"]


def test_a_user_whom_no_variable_of_windows_names_may_write(file, monkeypatch):
    # what getpass does there without USERNAME: it looks for a module of other systems
    monkeypatch.setattr("getpass.getuser", lambda: import_module("a_module_of_unix"))

    assert writer.rewrite(file, added) is None
    assert file.read_bytes() == AFTER
