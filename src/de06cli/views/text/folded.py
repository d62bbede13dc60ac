"""Messages folded between words to a terminal's width, with what they list in aligned columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from de06cli.characters import display_width

_LISTED = re.compile(r"(\s+)(\S+)  (\S.*)")  # a code and what it stands for
_NARROWEST = 12  # columns that are left for words, however deep they stand


def folded(message: str, width: int) -> str:
    """The message in rows of at most ``width`` columns; its own line breaks are kept.

    The rows of a line after its first begin where the line does; those of a listed code where its
    meaning does, one below another. A word that is longer is broken.
    """
    rows: list[str] = []
    for listed, lines in groupby(message.split("\n"), lambda line: bool(_LISTED.fullmatch(line))):
        of_lines = list(lines)
        codes = [_LISTED.fullmatch(line) for line in of_lines] if listed else []
        column = max((display_width(code[1] + code[2]) for code in codes if code), default=0) + 2
        for line in of_lines:
            code = _LISTED.fullmatch(line)
            if code:
                begin = code[1] + code[2]
                begin += " " * (column - display_width(begin))
                rows += filled(code[3], begin, " " * column, width)
            else:
                text = line.lstrip(" ")
                indent = line[: len(line) - len(text)]
                rows += filled(text, indent, indent, width)
    return "\n".join(rows)


def hung(text: str, width: int) -> str:
    """The lines that are wider than ``width`` folded, the rows after their first two columns deeper."""
    rows: list[str] = []
    for line in text.split("\n"):
        if display_width(line) <= width:
            rows.append(line)
            continue
        words = line.lstrip(" ")
        indent = line[: len(line) - len(words)]
        rows += filled(words, indent, f"{indent}  ", width)
    return "\n".join(rows)


def filled(text: str, begin: str, hanging: str, width: int) -> Iterator[str]:
    """Rows of as many words as fit behind what each begins with: ``begin``, and ``hanging`` after the first.

    No row is wider than ``width`` columns; a word that is wider is broken.
    """
    row, used = "", 0
    room = max(width - display_width(begin), _NARROWEST)
    for word in text.split(" "):
        for part in _broken(word, max(width - display_width(hanging), _NARROWEST)):
            taken = display_width(part)
            if used and used + 1 + taken > room:
                yield begin + row
                begin, row, used = hanging, "", 0
                room = max(width - display_width(begin), _NARROWEST)
            row, used = (f"{row} {part}", used + 1 + taken) if used else (part, taken)
    yield begin + row


def _broken(word: str, room: int) -> Iterator[str]:
    """The word in parts that fit."""
    part, used = "", 0
    for char in word:
        taken = display_width(char)
        if used + taken > room:
            yield part
            part, used = "", 0
        part, used = part + char, used + taken
    yield part
