"""Lines on a terminal: wrapped between words at its width, coloured where it takes colours."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.lines import Line

_STYLES = {
    tables.LATE: "bold red",
    tables.SOON: "yellow",
    tables.DONE: "green",
    tables.QUIET: "dim",
    tables.TITLE: "bold",
    "": "",
}
_OF_A_DIFF = {"+++": "bold", "---": "bold", "@@": "cyan", "+": "green", "-": "red"}
_NARROWEST = 12  # columns that are left for words, however deep they stand


def rendered(lines: Iterable[Line], stream: TextIO) -> str:
    """The lines as ``stream``, a terminal, is to get them."""
    out = _console(stream)
    with out.capture() as captured:
        for line in lines:
            for row in _rows(line, out):
                out.print(row, soft_wrap=True)
    return captured.get()


def difference(unified: str, stream: TextIO) -> str:
    """A unified diff with what goes and what comes in colours; the text itself is not touched."""
    out = _console(stream)
    with out.capture() as captured:
        for line in unified.splitlines():
            style = next((style for sign, style in _OF_A_DIFF.items() if line.startswith(sign)), "")
            out.print(Text(words.visible(line), style), soft_wrap=True)
    return captured.get()


def _console(stream: TextIO) -> Console:
    size = shutil.get_terminal_size()  # Rich takes every dumb terminal for one of 80 columns
    return Console(
        file=stream,
        width=size.columns,
        height=size.lines,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _rows(line: Line, out: Console) -> Iterator[Text]:
    text = Text.assemble(
        *(Text(words.visible(part.text), _STYLES[part.tone]) for part in line.parts)
    )
    begin, room = line.indent, out.width
    while True:
        fitting = text.wrap(out, max(room - begin, _NARROWEST))
        row = fitting[0] if fitting else Text()
        shown = row.copy()
        shown.rstrip()
        yield Text.assemble(" " * begin, shown)
        rest = text[len(row) :]
        if not rest.plain.strip():
            return
        text = rest[len(rest) - len(rest.plain.lstrip()) :]
        begin = line.indent + line.hanging
