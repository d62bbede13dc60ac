"""Names of files that Windows keeps for devices, or changes as it writes them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from de06cli.messages import _

if TYPE_CHECKING:
    from pathlib import Path

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"}
)
_SEPARATORS = frozenset('<>:"|?*')


def why_refused(path: str | Path, *, windows: bool = os.name == "nt") -> str | None:
    """Why a file can't have the name of ``path``; None where it can.

    The rules are those of Windows ("Naming Files, Paths, and Namespaces"); other systems have none.
    """
    if not windows:
        return None
    name = os.path.basename(path)
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return _("Windows dành tên này cho một thiết bị; hãy đặt tên khác")
    if name.endswith((" ", ".")) and name not in {".", ".."}:
        return _("Windows bỏ dấu chấm và dấu cách ở cuối tên; hãy đặt tên khác")
    if found := sorted(_SEPARATORS.intersection(name)):
        return _("Windows không cho dùng {chars} trong tên tệp; hãy đặt tên khác").format(
            chars=" ".join(found)
        )
    return None
