"""Lines on a terminal: wrapped between words at its width, coloured where it takes colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from de06cli.characters import display_width
from de06cli.views import palette, words
from de06cli.views.contents import tables
from de06cli.views.contents.lines import Line
from de06cli.views.text import grid

RED, AMBER, GREEN, BLUE, GREY = (
    f"color({number})"
    for number in (palette.RED, palette.AMBER, palette.GREEN, palette.BLUE, palette.GREY)
)
STYLES = {
    tables.LATE: f"bold {RED}",
    tables.SOON: AMBER,
    tables.DONE: GREEN,
    tables.QUIET: GREY,
    tables.TITLE: "bold",
    tables.HEADING: f"bold {BLUE}",
    tables.ALARM: f"bold {RED}",
    tables.NOTE: BLUE,
    "": "",
}
_OF_A_DIFF = {"+++": "bold", "---": "bold", "@@": BLUE, "+": GREEN, "-": RED}
_SHORTEST = 30  # columns that a shortened part needs to be understood


def rendered(lines: Iterable[Line], stream: TextIO, cut: str) -> str:
    """The lines as ``stream``, a terminal, is to get them; ``cut`` ends a part that is shortened."""
    out = console(stream)
    with out.capture() as captured:
        for line in lines:
            short = _shortened(line, out.width, cut)
            for row in grid.flow(short.parts, out.width, short.indent, short.hanging):
                out.print(in_colours(row), soft_wrap=True)
    return captured.get()


def difference(unified: str, stream: TextIO) -> str:
    """A unified diff with what goes and what comes in colours.

    A line that the terminal can't hold is folded between words; the rows after its first begin with its
    sign and stand a little deeper.
    """
    out = console(stream)
    with out.capture() as captured:
        for line in unified.splitlines():
            style = next((style for sign, style in _OF_A_DIFF.items() if line.startswith(sign)), "")
            for row in _rows_of_difference(words.visible(line), out.width):
                out.print(Text(row, style), soft_wrap=True)
    return captured.get()


def _rows_of_difference(line: str, width: int) -> list[str]:
    sign = line[:1]
    text = line[1:].lstrip(" ")
    indent = line[1 : len(line) - len(text)]
    if display_width(line) <= width or display_width(indent) > width // 2:
        return [line]
    first = grid.wrap(text, width - 1 - len(indent))[0]
    rest = text[len(first) :].lstrip(" ")
    more = grid.wrap(rest, width - 3 - len(indent)) if rest else []
    return [f"{sign}{indent}{first}", *(f"{sign}{indent}  {row}" for row in more)]


def in_colours(line: grid.Line) -> Text:
    """A line that was laid out for the terminal's width, in its colours."""
    text = Text(no_wrap=True, overflow="crop")
    for cell in line:
        text.append_text(Text(words.visible(cell.text), STYLES[cell.tone]))
    return text


def console(stream: TextIO) -> Console:
    """The terminal at ``stream`` as Rich sees it; what people typed is never markup or an emoji name."""
    out = Console(file=stream, markup=False, emoji=False, highlight=False)
    if out.is_dumb_terminal:  # which Rich takes for one of 80 columns
        from shutil import get_terminal_size  # noqa: PLC0415 - brings what packs archives

        out.size = get_terminal_size()
    return out


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
