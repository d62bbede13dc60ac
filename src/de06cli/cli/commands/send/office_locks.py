"""Files that somebody has open in an office program: they lie beside lock files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from de06cli.characters import visible_name
from de06cli.cli import output
from de06cli.messages import _
from de06cli.views import words

_LOCK = 1024  # bytes of a lock file that are looked at
_NAME = 60  # characters of a name that are shown


def warn_of_open(path: Path) -> None:
    """Says on standard error that the file is open elsewhere, by whom where the lock file says so."""
    for lock in _locks(path):
        with suppress(OSError, ValueError):
            if lock.is_file():
                who = _owner(lock)
                output.say(
                    words.visible(
                        _("Lưu ý: {path} đang mở ở nơi khác{who} ({lock}).").format(
                            path=visible_name(path),
                            lock=lock.name,
                            who=_(", người dùng {name}").format(name=who) if who else "",
                        )
                    )
                )
                return


def _locks(path: Path) -> list[Path]:
    """Where Excel, Word and LibreOffice put their lock files. Word writes over the first letters of a
    longer name."""
    names = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix.casefold() == ".docx" and len(path.stem) > 6:
        over = 1 if len(path.stem) == 7 else 2
        names.insert(1, f"~${path.name[over:]}")
    return [path.with_name(name) for name in names] if path.name else []


def _owner(lock: Path) -> str:
    """Who has the file open, as the lock file has it; empty where it does not say."""
    with lock.open("rb") as file:
        data = file.read(_LOCK)
    if lock.name.startswith(".~lock."):
        fields = data.decode("utf-8", "replace").split(",")
        found = next((field for field in fields[:2] if field.strip()), "")
    else:
        found = data[1 : 1 + data[0]].decode("utf-8", "replace") if data else ""
    return words.beginning(found.replace("\0", ""), _NAME)
