"""Where the data file is found."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.plan.text import MAX_BYTES, too_large

RELATIVE = Path("data", "models.yaml")
SCHEMA_NAME = "models.schema.json"


@dataclass(frozen=True, slots=True)
class Located:
    """A data file; ``given`` is the path as the user knows it."""

    path: Path
    given: str
    packaged: bool = False  # the read-only copy that de06 brings


def packaged_file(name: str) -> Path:
    """A file of the packaged plan; in a source tree it lies in the tree's own ``data``."""
    package = Path(__file__).parents[1]
    installed = package / "data" / name
    return installed if installed.exists() else package.parents[1] / "data" / name


def locate(option: str | None, environment: str | None, folder: Path) -> Located:
    """The data file to use: ``--data``, else ``DE06_DATA``, else the nearest ``data/models.yaml`` at or
    above ``folder``, else the packaged copy.

    Only the first two can name a file that does not exist; reading it says so.
    """
    if option:
        return Located(folder / _on_disk(option), option)
    if environment:
        return Located(folder / environment, environment)
    for parent in (folder, *folder.parents):
        if _is_file(parent / RELATIVE):
            up = len(folder.parts) - len(parent.parts)
            return Located(parent / RELATIVE, Path(*[".."] * up, RELATIVE).as_posix())
    packaged = packaged_file(RELATIVE.name)
    return Located(packaged, str(packaged), packaged=True)


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
        raise UnreadableData(f"{located.given}: {too_large()}")
    return data
