"""One model whole, laid out for a terminal: labels in a column, steps under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06cli.characters import display_width
from de06cli.views.contents import tables
from de06cli.views.contents.model_sheet import ModelSheet, SheetField, SheetSection
from de06cli.views.contents.tables import Cell
from de06cli.views.text import grid
from de06cli.views.text.grid import Line

_ROOM = 28  # columns that a text has at least beside its label


def lines(sheet: ModelSheet, width: int) -> list[Line]:
    """The sheet, none of its lines wider than ``width``."""
    drawn: list[Line] = [(Cell(text, tables.HEADING),) for text in grid.wrap(sheet.number, width)]
    drawn += [(Cell(text, tables.TITLE),) for text in grid.wrap(sheet.title, width)]
    steps = False
    for section in sheet.sections:
        if not (steps and section.step):  # steps stand close together
            drawn.append(())
        steps = section.step
        drawn += _section(section, width)
    return drawn


def _section(section: SheetSection, width: int) -> Iterator[Line]:
    indent = ""
    if section.title:
        indent = "  "
        first, *more = grid.wrap(section.title, width)
        tone = section.tone or tables.TITLE
        yield (Cell(first, tone),)
        yield from ((Cell(text, tone),) for text in _hung(more, width))
    if section.short:
        parts = [(Cell(f"{one.label}: ", tables.QUIET), Cell(one.text)) for one in section.fields]
        yield from grid.side_by_side(parts, width, indent)
        return
    labels = max(display_width(field.label) for field in section.fields)
    for number, field in enumerate(section.fields):
        if labels == 0 or (number == 0 and not field.label):
            texts = grid.wrap(field.text, width - len(indent))
            yield from ((Cell(indent), Cell(text, field.tone)) for text in texts)
        else:
            yield from _labelled(field, indent, labels, width)


def _hung(texts: Sequence[str], width: int) -> list[str]:
    return [f"  {text}" for text in grid.wrap(" ".join(texts), width - 2)] if texts else []


def _labelled(field: SheetField, indent: str, labels: int, width: int) -> Iterator[Line]:
    """The label in its column, the text beside it; on a narrow terminal below it."""
    room = width - len(indent) - labels - grid.GAP
    if room < _ROOM:
        if field.label:
            yield (Cell(indent), Cell(field.label, tables.QUIET))
        for text in grid.wrap(field.text, width - len(indent) - 2):
            yield (Cell(f"{indent}  "), Cell(text, field.tone))
        return
    label = field.label
    for text in grid.wrap(field.text, room):
        space = " " * (labels - display_width(label) + grid.GAP)
        yield (Cell(indent), Cell(label, tables.QUIET), Cell(space), Cell(text, field.tone))
        label = ""
