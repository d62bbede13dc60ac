"""Characters that are no text: they would steer a terminal, or show a line in another order."""

from __future__ import annotations

import re
from pathlib import Path

BIDI = "\u202a-\u202e\u2066-\u2069"
# What a file's name may hold, and no line that is read: also line ends, and what nobody sees.
_UNSEEN = (
    f"[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u2028\u2029{BIDI}"
    "\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def forbidden_in(value: str) -> str | None:
    """The first character that a value must not hold: controls other than TAB and line feed,
    bidirectional overrides, halves of surrogate pairs."""
    found = re.search(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{BIDI}]", value)
    return found[0] if found else None


def visible_name(name: str | Path) -> str:
    """A file's name, or a path, on one line and as it is: ``\\n``, ``\\x1b``, ``\\u202e`` stand for what
    nobody would see, or a terminal would obey."""
    return re.sub(_UNSEEN, _escaped, str(name))


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if "\udc80" <= char <= "\udcff":  # a byte that is no UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("ascii", "backslashreplace").decode("ascii").translate(_CONTROLS)


_CONTROLS = {number: repr(chr(number))[1:-1] for number in range(32)} | {0x7F: "\\x7f"}
