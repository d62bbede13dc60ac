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
    ``data/models.yaml`` of the folders in it; a pattern (``*``, ``?``, ``**``) for the files that match.
    Only a file named in so many words may not exist; reading it says so. Raises UnreadableData for a
    folder or pattern without any.
    """
    typed = [_on_disk(name) for name in named]
    names = typed or [name for name in (environment or "").split(os.pathsep) if name]
    if names:
        found = dict.fromkeys(file for name in names for file in _named(name, folder))
        if [*found] == typed:
            return [Located(folder / path, name) for path, name in zip(typed, named, strict=True)]
        return [Located(folder / path, path) for path in found]
    for parent in (folder, *folder.parents):
        if _is_file(parent / RELATIVE):
            up = len(folder.parts) - len(parent.parts)
            return [Located(parent / RELATIVE, Path(*[".."] * up, RELATIVE).as_posix())]
    packaged = packaged_file(RELATIVE.name)
    return [Located(packaged, str(packaged), packaged=True)]


def _named(name: str, folder: Path) -> list[str]:
    """The files that a name stands for, as the user would write them."""
    path = folder / name
    if (path / RELATIVE).is_file():
        return [(Path(name) / RELATIVE).as_posix()]
    if path.is_dir():
        found = {
            (Path(name) / file.relative_to(path)).as_posix()
            for pattern in ("*.yaml", "*.yml", f"*/{RELATIVE.as_posix()}")
            for file in path.glob(pattern)
            if not file.name.startswith(".")
        }
    elif _PATTERN.intersection(name) and not path.exists():
        from glob import glob  # noqa: PLC0415 - only a pattern needs it

        found = set(glob(name, root_dir=folder, recursive=True))  # noqa: PTH207 - also an absolute one
    else:
        return [name]
    if not found:
        raise UnreadableData(_("{path} không có tệp kế hoạch nào.").format(path=name))
    return sorted(found)


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
