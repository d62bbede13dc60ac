"""The words of the command line as they were typed, whatever the terminal's encoding."""

from __future__ import annotations

import os
import sys

from de06cli.errors import RefusedValue
from de06cli.messages import _


def decoded(given: list[str]) -> list[str]:
    """The arguments decoded again where the locale's encoding is not UTF-8.

    A terminal that sends UTF-8 under a Latin-1 locale would turn "Phòng" into "PhÃ²ng": bytes that are
    valid UTF-8 are taken for it. Raises RefusedValue for bytes that no encoding explains.
    """
    return [_decoded(argument) for argument in given]


def _decoded(argument: str) -> str:
    if argument.isascii():
        return argument
    if os.name != "nt" and sys.getfilesystemencoding() != "utf-8":
        try:
            return os.fsencode(argument).decode("utf-8")
        except UnicodeError:
            pass  # really in the locale's own encoding
    if any("\ud800" <= char <= "\udfff" for char in argument):
        raise RefusedValue(
            _(
                "Không đọc được chữ đã gõ: {text}. Hãy đặt bảng mã của terminal là UTF-8 rồi gõ lại."
            ).format(text=ascii(argument))
        )
    return argument
