"""Characters that are no text: they would steer a terminal, or show a line in another order."""

from __future__ import annotations

import re

BIDI = "\u202a-\u202e\u2066-\u2069"


def forbidden_in(value: str) -> str | None:
    """The first character that a value must not hold: controls other than TAB and line feed,
    bidirectional overrides, halves of surrogate pairs."""
    found = re.search(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{BIDI}]", value)
    return found[0] if found else None
