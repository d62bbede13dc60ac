"""Where the data file is found.

Paths are texts here: every command comes this way, and pathlib costs a tenth of a short one.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from de06cli.characters import visible_name
from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.file.patience import is_folder, patiently, reason
from de06cli.plan.file.reserved import why_refused
from de06cli.plan.file.size import MAX_BYTES, too_large

if TYPE_CHECKING:
    from pathlib import Path

RELATIVE = "data/models.yaml"
SCHEMA_NAME = "models.schema.json"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))


class Located(NamedTuple):
    """A data file: its ``full`` path, and ``given``, the path as the user knows it."""

    full: str
    given: str
    packaged: bool = False  # the read-only copy that de06 brings

    @property
    def path(self) -> Path:
        from pathlib import Path  # noqa: PLC0415 - what only reads a plan does without

        return Path(self.full)

    @property
    def shown(self) -> str:
        """The path as people may read it, whatever it is made of."""
        return visible_name(self.given)


def is_installed(path: Path) -> bool:
    """Whether a path, however it is written, leads to the copy inside an installed package."""
    return os.path.join(os.path.realpath(_PACKAGE), "data") in map(str, path.resolve().parents)


def packaged_file(name: str) -> str:
    """A file of the packaged plan; in a source tree it lies in the tree's own ``data``."""
    installed = os.path.join(_PACKAGE, "data", name)
    if os.path.exists(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "data", name)


Odd = Callable[[str], None]  # takes a sentence about what is no plan and may have been meant as one


def locate(
    named: Sequence[str], environment: str | None, folder: str, odd: Odd = lambda _message: None
) -> list[Located]:
    """The data files to use: those ``--data`` names, else ``DE06_DATA`` (several with the system's path
    separator between them), else the nearest ``data/models.yaml`` at or above ``folder``, else the
    packaged copy.

    A folder stands for its ``data/models.yaml``, else for the YAML files in it and the
    ``data/models.yaml`` of the folders in it; a pattern (``*``, ``?``, ``**``) for the files and folders
    that match. ``odd`` is called with what can't be read of these, and the others are taken. A file is one
    whatever names lead to it.
    Only a file named in so many words may not exist; reading it says so. Raises UnreadableData for a
    folder or pattern without any.
    """
    named = [name for name in named if name]
    typed = [_on_disk(name) for name in named]
    names = typed or [name for name in (environment or "").split(os.pathsep) if name]
    if names:
        given = dict(zip(typed, named, strict=True))
        found: dict[object, Located] = {}
        for path in (path for name in names for path in _named(name, folder, odd)):
            full = os.path.join(folder, path)
            found.setdefault(_identity(full), Located(full, given.get(path, path)))
        return [*found.values()]
    for up, parent in enumerate(_upwards(folder)):
        full = os.path.join(parent, RELATIVE)
        if _is_there(full):
            return [Located(full, "../" * up + RELATIVE)]
    packaged = packaged_file(os.path.basename(RELATIVE))
    return [Located(packaged, packaged, packaged=True)]


def _upwards(folder: str) -> Iterator[str]:
    """The folder, and each that it lies in."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder


def _identity(path: str) -> object:
    """The identity of a file: equal for all its names."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return os.path.normpath(path)
    # Some shares number no files.
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(path)


def _named(name: str, folder: str, odd: Odd) -> list[str]:
    """The files that a name stands for, as the user would write them."""
    try:
        found = set(_found(name, folder, odd))
    except OSError:
        return [name]  # reading it says what is wrong
    if not found:
        raise UnreadableData(_("{path} không có tệp kế hoạch nào.").format(path=visible_name(name)))
    return sorted(found)


def _found(name: str, folder: str, odd: Odd) -> Iterator[str]:
    """The files in the folder, or that match the pattern, that ``name`` is; else it is a file's name."""
    path = os.path.join(folder, name)
    mode = _mode(path)
    if S_ISDIR(mode):
        yield from _in_folder(name, path, odd)
        return
    if not _PATTERN.intersection(name) or mode:
        yield name
        return
    from glob import glob  # noqa: PLC0415 - only a pattern needs it

    for found in glob(name, root_dir=folder, recursive=True):
        match = found.replace(os.sep, "/")
        full = os.path.join(folder, match)
        if not os.path.basename(match).startswith(_OFFICE_OWNER):
            try:
                mode = os.stat(full).st_mode
                if S_ISDIR(mode):
                    yield from _in_folder(match, full, odd)
                elif S_ISREG(mode):
                    yield match
                else:
                    odd(_no_file(match))
            except OSError as error:
                odd(_unreadable(match, error))


def _in_folder(name: str, folder: str, odd: Odd) -> Iterator[str]:
    from pathlib import PurePath  # noqa: PLC0415 - only a folder's name has to be written anew

    own = PurePath(name, RELATIVE).as_posix()
    # One that is there and can't be read hides no other plan of the folder.
    if _is_plain_file(os.path.join(folder, RELATIVE)):
        yield own
        return
    nothing = True
    begin = own.removesuffix(RELATIVE)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", _OFFICE_OWNER)) or entry.name in _OF_THE_SYSTEM:
                continue  # hidden, of an editor, of a sync program, of an office program, of the disk
            try:
                found = _plan_in(entry)
            except OSError as error:
                odd(_unreadable(begin + entry.name, error))
                continue
            if found is None:
                continue
            if not found:
                odd(_no_file(begin + entry.name, folder=entry.is_dir()))
                continue
            nothing = False
            yield begin + found
    if nothing and _is_there(os.path.join(folder, RELATIVE)):
        yield own


def _plan_in(entry: os.DirEntry[str]) -> str | None:
    """The plan that an entry of a folder is, or holds; "" for what is named like a plan and is no file, None
    for what is none. Raises OSError where that can't be seen."""
    mode = entry.stat().st_mode
    of_yaml = entry.name.lower().endswith((".yaml", ".yml"))
    if S_ISDIR(mode):
        inside = os.path.join(entry.path, RELATIVE)
        try:
            found = os.stat(inside)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.islink(inside):
                raise
            return "" if of_yaml else None
        return f"{entry.name}/{RELATIVE}" if S_ISREG(found.st_mode) else ""
    if S_ISREG(mode):
        return entry.name if of_yaml else None
    return "" if of_yaml else None


def _no_file(name: str, *, folder: bool = False) -> str:
    if folder:
        return _("{path} là một thư mục, không phải tệp.").format(path=visible_name(name))
    return _("{path} không phải là tệp thông thường nên không đọc được.").format(
        path=visible_name(name)
    )


def _unreadable(name: str, error: OSError) -> str:
    return _("Không đọc được {path}: {reason}.").format(
        path=visible_name(name), reason=reason(error)
    )


_PATTERN = frozenset("*?[")
_OF_THE_SYSTEM = {"lost+found", "System Volume Information", "$RECYCLE.BIN"}
_OFFICE_OWNER = "~$"  # begins the name of the file by which Office says who has another one open


def _on_disk(name: str) -> str:
    """The name that people typed as paths are written in this locale; on the disk it is UTF-8 in any."""
    if sys.getfilesystemencoding() == "utf-8":
        return name
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


# What a path that leads nowhere is answered with; Windows says EINVAL of a pattern.
_NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP, errno.EINVAL}


def _mode(path: str) -> int:
    """What lies there, as ``os.stat`` has it; 0 for nothing. Raises OSError where that can't be seen."""
    try:
        return os.stat(path).st_mode
    except ValueError:
        return 0
    except OSError as error:
        if error.errno in _NOWHERE:
            return 0
        raise


def _is_plain_file(path: str) -> bool:
    try:
        return S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _is_there(path: str) -> bool:
    """Whether ``path`` is a plan or a new plan's place: where it can't be read, reading says so, and another
    plan is not to be taken in its stead."""
    try:
        return S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return os.path.islink(path)
    except OSError:
        return True


def read_bytes(located: Located) -> bytes:
    """The file's bytes. Raises UnreadableData where it can't be read or is too large."""
    path = located.full
    if why := why_refused(path):
        raise UnreadableData(
            _("Không đọc được {path}: {reason}.").format(path=located.shown, reason=why)
        )
    try:
        with patiently(lambda: open(path, "rb")) as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableData(
            _(
                "Không có tệp {path}. Nơi đã tìm: {looked}. Đặt --data hoặc DE06_DATA, "
                "hoặc chạy de06 init để tạo kế hoạch."
            ).format(path=located.shown, looked=visible_name(located.path))
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_folder(error):
            raise UnreadableData(
                _("{path} là một thư mục, không phải tệp.").format(path=located.shown)
            ) from None
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise UnreadableData(
            _("Không đọc được {path}: {reason}.").format(path=located.shown, reason=why)
        ) from None
    if len(data) > MAX_BYTES:
        raise UnreadableData(f"{located.shown}: {too_large()}")
    return data
