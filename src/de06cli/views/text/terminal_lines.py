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
from de06cli.views.text import grid
from de06cli.views.text.plain_table import display_width

# Half as bright as white, each: to be read on a light ground as on a dark one.
RED, AMBER, GREEN, BLUE, GREY = "color(160)", "color(130)", "color(28)", "color(31)", "color(243)"
STYLES = {
    tables.LATE: f"bold {RED}",
    tables.SOON: AMBER,
    tables.DONE: GREEN,
    tables.QUIET: GREY,
    tables.TITLE: "bold",
    tables.HEADING: f"bold {BLUE}",
    tables.ALARM: f"bold {RED}",
    "": "",
}
_OF_A_DIFF = {"+++": "bold", "---": "bold", "@@": BLUE, "+": GREEN, "-": RED}
_NARROWEST = 12  # columns that are left for words, however deep they stand
_SHORTEST = 30  # columns that a shortened part needs to be understood


def rendered(lines: Iterable[Line], stream: TextIO, cut: str) -> str:
    """The lines as ``stream``, a terminal, is to get them; ``cut`` ends a part that is shortened."""
    out = _console(stream)
    with out.capture() as captured:
        for line in lines:
            for row in _rows(_shortened(line, out.width, cut), out):
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


def _shortened(line: Line, width: int, cut: str) -> Line:
    """The line with its part that may be shortened as short as one row needs; as it was where that is
    too short to be understood."""
    if line.cut is None:
        return line
    part = line.parts[line.cut]
    whole = line.indent + sum(display_width(words.visible(cell.text)) for cell in line.parts)
    room = width - whole + display_width(words.visible(part.text))
    if whole <= width or room < _SHORTEST:
        return line
    text = grid.shortened(part.text, room, 1, cut)[0]
    parts = list(line.parts)
    parts[line.cut] = part._replace(text=text)
    return line._replace(parts=tuple(parts))


def _rows(line: Line, out: Console) -> Iterator[Text]:
    text = Text.assemble(
        *(Text(words.visible(part.text), STYLES[part.tone]) for part in line.parts)
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
