"""The words of the command line, before they are parsed: as they were typed, and the language they name."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from de06cli.cli.environment import IS_WINDOWS
from de06cli.errors import RefusedValue
from de06cli.messages import LANGUAGES, _


def decoded(given: list[str]) -> list[str]:
    """The arguments decoded again where the locale's encoding is not UTF-8.

    A terminal that sends UTF-8 under a Latin-1 locale would turn "Phòng" into "PhÃ²ng": bytes that are
    valid UTF-8 are taken for it. Raises RefusedValue for bytes that no encoding explains.
    """
    return [_decoded(argument) for argument in given]


def _decoded(argument: str) -> str:
    if argument.isascii():
        return argument
    if not IS_WINDOWS and sys.getfilesystemencoding() != "utf-8":
        try:
            return os.fsencode(argument).decode("utf-8")
        except UnicodeError:
            pass  # really in the locale's own encoding
    if any("\ud800" <= char <= "\udfff" for char in argument):
        raise RefusedValue(
            _(
                "Không đọc được nội dung đã gõ: {text}. Hãy đặt bảng mã của terminal là "
                "UTF-8 rồi gõ lại."
            ).format(text=ascii(argument))
        )
    return argument


def language(arguments: list[str], usual: str | None, *, half_typed: bool = False) -> str:
    """The language asked for: ``--lang`` among the arguments, else the ``usual`` one, else Vietnamese.

    It is needed before the arguments are parsed, since the parser's own messages are in it. Raises
    RefusedValue for one that de06 does not speak; while it is ``half_typed``, Vietnamese serves.
    """
    asked = usual or "vi"
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--":
            break
        if argument == "--lang":
            asked = following
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    if asked not in LANGUAGES and half_typed:
        return "vi"
    if asked not in LANGUAGES:
        raise RefusedValue(_("Không có ngôn ngữ “{asked}”; dùng vi hoặc en.").format(asked=asked))
    return asked
