"""The language of this run, chosen before anything is said."""

from __future__ import annotations

import os
from itertools import pairwise

from de06cli.errors import RefusedValue
from de06cli.messages import LANGUAGES, _


def language(arguments: list[str], *, half_typed: bool = False) -> str:
    """The language asked for: ``--lang`` among the arguments, else ``DE06_LANG``, else Vietnamese.

    It is needed before the arguments are parsed, since the parser's own messages are in it. Raises
    RefusedValue for one that de06 does not speak; while it is ``half_typed``, Vietnamese serves.
    """
    asked = os.environ.get("DE06_LANG") or "vi"
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
