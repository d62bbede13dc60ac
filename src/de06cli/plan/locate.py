"""Where the data file is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from de06cli.errors import UnreadableData
from de06cli.messages import _

RELATIVE = Path("data", "models.yaml")
SCHEMA_NAME = "models.schema.json"
MAX_BYTES = 64 * 1024 * 1024


class Located(NamedTuple):
    """A data file; ``given`` is the path as the user knows it."""

    path: Path
    given: str
    packaged: bool = False  # the read-only copy that de06 brings


def is_installed(path: Path) -> bool:
    """Whether a path, however it is written, leads to the copy inside an installed package."""
    return Path(__file__).resolve().parents[1] / "data" in path.resolve().parents


def packaged_file(name: str) -> Path:
    """A file of the packaged plan; in a source tree it lies in the tree's own ``data``."""
    package = Path(__file__).parents[1]
    installed = package / "data" / name
    return installed if installed.exists() else package.parents[1] / "data" / name


def locate(named: Sequence[str], environment: str | None, folder: Path) -> list[Located]:
    """The data files to use: those ``--data`` names, else ``DE06_DATA`` (several with the system's path
    separator between them), else the nearest ``data/models.yaml`` at or above ``folder``, else the
    packaged copy.

    A folder stands for its ``data/models.yaml``, else for the YAML files in it and the
    ``data/models.yaml`` of the folders in it; a pattern (``*``, ``?``, ``**``) for the files and folders
    that match.
    Only a file named in so many words may not exist; reading it says so. Raises UnreadableData for a
    folder or pattern without any.
    """
    named = [name for name in named if name]
    typed = [_on_disk(name) for name in named]
    names = typed or [name for name in (environment or "").split(os.pathsep) if name]
    if names:
        given = dict(zip(typed, named, strict=True))
        found: dict[str, Located] = {}
        for path in (path for name in names for path in _named(name, folder)):
            # However often and in whatever way a file is named, it is one.
            full = folder / path
            found.setdefault(os.path.normpath(full), Located(full, given.get(path, path)))
        return [*found.values()]
    for parent in (folder, *folder.parents):
        if _is_file(parent / RELATIVE):
            up = len(folder.parts) - len(parent.parts)
            return [Located(parent / RELATIVE, Path(*[".."] * up, RELATIVE).as_posix())]
    packaged = packaged_file(RELATIVE.name)
    return [Located(packaged, str(packaged), packaged=True)]


def _named(name: str, folder: Path) -> list[str]:
    """The files that a name stands for, as the user would write them."""
    try:
        found = _found(name, folder)
    except OSError:
        return [name]  # reading it says what is wrong
    if not found:
        raise UnreadableData(_("{path} không có tệp kế hoạch nào.").format(path=name))
    return sorted(found)


def _found(name: str, folder: Path) -> set[str]:
    """The files in the folder, or that match the pattern, that ``name`` is; else it is a file's name."""
    path = folder / name
    if path.is_dir():
        return _in_folder(name, path)
    if not _PATTERN.intersection(name) or path.exists():
        return {name}
    from glob import glob  # noqa: PLC0415 - only a pattern needs it

    found = set()
    for match in glob(name, root_dir=folder, recursive=True):  # noqa: PTH207 - also an absolute one
        if (folder / match).is_dir():
            found |= _in_folder(match, folder / match)
        else:
            found.add(match)
    return found


def _in_folder(name: str, folder: Path) -> set[str]:
    if (folder / RELATIVE).is_file():
        return {(Path(name) / RELATIVE).as_posix()}
    with os.scandir(folder) as entries:
        found = {inside for inside in map(_plan_in, entries) if inside}
    begin = (Path(name) / "_").as_posix().removesuffix("_")
    return {begin + inside for inside in found}


def _plan_in(entry: os.DirEntry[str]) -> str | None:
    """The plan that an entry of a folder is, or holds; hidden files are none."""
    if entry.is_dir():
        inside = RELATIVE.as_posix()
        return f"{entry.name}/{inside}" if Path(entry.path, inside).is_file() else None
    of_yaml = os.path.normcase(entry.name).endswith((".yaml", ".yml"))
    return entry.name if of_yaml and entry.name[0] != "." and entry.is_file() else None


_PATTERN = frozenset("*?[")


def _on_disk(name: str) -> str:
    """The name that people typed as paths are written in this locale; on the disk it is UTF-8 in any."""
    if sys.getfilesystemencoding() == "utf-8":
        return name
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:
        return True  # reading it says so; another plan is not to be taken in its stead


def read_bytes(located: Located) -> bytes:
    """The file's bytes. Raises UnreadableData where it can't be read or is too large."""
    path = located.path
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableData(
            _(
                "Không có tệp {path}. Nơi đã tìm: {looked}. "
                "Đặt --data hoặc DE06_DATA, hay chạy de06 init để tạo kế hoạch."
            ).format(path=located.given, looked=path.absolute())
        ) from None
    except IsADirectoryError:
        raise UnreadableData(
            _("{path} là một thư mục, không phải tệp.").format(path=located.given)
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableData(
            _("Không đọc được {path}: {reason}.").format(path=located.given, reason=reason)
        ) from None
    if len(data) > MAX_BYTES:
        from de06cli.plan.text import too_large  # noqa: PLC0415 - which reads what was located

        raise UnreadableData(f"{located.given}: {too_large()}")
    return data
