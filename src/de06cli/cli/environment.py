"""The variables, the clock, the working directory and the user's folders.

Only this module reads them; all others get them as arguments. Folders that every command asks for are texts:
pathlib costs a tenth of a short command.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from de06cli.errors import UnreadableData
from de06cli.messages import _

if TYPE_CHECKING:
    from pathlib import Path

# Windows has signals, consoles and file names of its own.
IS_WINDOWS = os.name == "nt"


def variables() -> Mapping[str, str]:
    """All variables, for libraries that read some themselves, and for the programs that de06 runs."""
    return os.environ


def program() -> str:
    """How a shell runs this de06: by its name where the search path has it, else by its interpreter."""
    import shlex  # noqa: PLC0415 - only init and sync ask
    import shutil  # noqa: PLC0415 - the same

    if shutil.which("de06"):
        return "de06"
    return f"{shlex.quote(sys.executable)} -m de06cli"


def data() -> str | None:
    """The data files in use where the command names none: ``DE06_DATA``."""
    return os.environ.get("DE06_DATA")


def language() -> str | None:
    """The language where the command names none: ``DE06_LANG``."""
    return os.environ.get("DE06_LANG")


def day() -> str | None:
    """The day that counts as today, as it was typed: ``DE06_TODAY``."""
    return os.environ.get("DE06_TODAY")


def agency() -> str | None:
    """The agency that marks have where ``--by`` is not typed: ``DE06_AGENCY``."""
    return os.environ.get("DE06_AGENCY")


def shares_marks() -> bool:
    """Whether each mark is shared as soon as it is made: ``DE06_SYNC=1``."""
    return os.environ.get("DE06_SYNC", "") == "1"


def sender() -> str:
    """The sender of messages, as it was typed: ``DE06_MAIL_FROM``; empty where the variable is not set."""
    return os.environ.get("DE06_MAIL_FROM", "").strip()


def chooses_encoding() -> bool:
    """Whether somebody says how output is encoded, instead of the system: Python's own variables."""
    return bool({"PYTHONIOENCODING", "PYTHONUTF8"} & os.environ.keys())


def python() -> str:
    """The interpreter that runs de06, as a command line names it."""
    return sys.executable


def is_of_pipx() -> bool:
    """Whether pipx installed de06."""
    return os.path.isfile(os.path.join(sys.prefix, "pipx_metadata.json"))


def is_of_uv() -> bool:
    """Whether uv made the environment of de06, in which there may be no pip."""
    with suppress(OSError), open(os.path.join(sys.prefix, "pyvenv.cfg"), encoding="utf-8") as file:
        return "\nuv = " in f"\n{file.read()}"
    return False


def keeps_snapshots() -> bool:
    """Whether plans are kept in the cache; ``DE06_CACHE=off`` forbids it."""
    return os.environ.get("DE06_CACHE", "").casefold() != "off"


@contextmanager
def without_snapshots() -> Iterator[None]:
    """Inside the block each file is read, as under ``DE06_CACHE=off``."""
    before = os.environ.get("DE06_CACHE", "")
    os.environ["DE06_CACHE"] = "off"
    try:
        yield
    finally:
        os.environ["DE06_CACHE"] = before


def completing() -> str | None:
    """How a shell asks for candidates; None where de06 is run as a command."""
    return os.environ.get("_DE06_COMPLETE")


def now() -> datetime:
    """This moment, in UTC: today and the dates of messages come from it."""
    return datetime.now(UTC)


def working_folder() -> str:
    """The folder that paths start from. Raises UnreadableData where somebody deleted it."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise UnreadableData(
            _("Thư mục hiện tại không còn nữa; hãy cd sang thư mục khác.")
        ) from None


def cache_folder() -> str | None:
    """The user's folder for files that may be deleted at any time; None for a user without a home."""
    return _on_linux("XDG_CACHE_HOME", ".cache") or _elsewhere("user_cache_path")


def state_folder() -> Path:
    """The user's folder for the records of undo and of mail.

    Raises OSError for a user without a home.
    """
    folder = _on_linux("XDG_STATE_HOME", ".local/state") or _elsewhere("user_state_path")
    if folder:
        from pathlib import Path  # noqa: PLC0415 - reading commands do without

        return Path(folder)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~")


def _on_linux(variable: str, usual: str) -> str | None:
    """A folder of the user where its place needs no library, which costs a tenth of a short command."""
    own, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if sys.platform != "linux" or own != own.strip() or not home.startswith("/"):
        return None
    return os.path.join(*(own,) if own.startswith("/") else (home, usual), "de06")


def _elsewhere(place: str) -> str | None:
    import platformdirs  # noqa: PLC0415 - see _on_linux

    with suppress(RuntimeError):
        folder: Path = getattr(platformdirs, place)("de06", appauthor=False)
        if folder.is_absolute():  # an older library leaves a "~" that nobody can resolve
            return str(folder)
    return None
