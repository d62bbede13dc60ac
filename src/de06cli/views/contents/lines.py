"""Lines for a person at a terminal: parts with a tone. The renderer wraps them."""

from __future__ import annotations

from de06cli.named_tuples import NamedTuple
from de06cli.views.contents.tables import Cell


class Line(NamedTuple):
    """A line of any length. Its first row begins at the column ``indent``, those after it ``hanging``
    columns further. The part at the place ``cut`` is shortened where that keeps the line in one row."""

    parts: tuple[Cell, ...] = ()
    indent: int = 0
    hanging: int = 0
    cut: int | None = None

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


def line(text: str, tone: str = "", indent: int = 0, hanging: int = 0) -> Line:
    """A line in one tone."""
    return Line((Cell(text, tone),), indent, hanging)
