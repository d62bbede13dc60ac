"""Characters that are no text: they would steer a terminal, or show a line in another order."""

from __future__ import annotations

import re
from pathlib import Path

BIDI = "\u202a-\u202e\u2066-\u2069"
# What a file's name may hold and no line that people read: also line ends, and marks that turn a line.
_NOT_SEEN = f"[\x01-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029{BIDI}\ufeff]"


def forbidden_in(value: str) -> str | None:
    """The first character that a value must not hold: controls other than TAB and line feed,
    bidirectional overrides, halves of surrogate pairs."""
    found = re.search(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{BIDI}]", value)
    return found[0] if found else None


def visible_name(name: str | Path) -> str:
    """A file's name, or a path, on one line, with a sign for each character that a terminal would obey,
    or that would show the line in another order or nobody would see."""
    return re.sub(_NOT_SEEN, "\ufffd", str(name))
