"""The shape that every reader gives: tables of cells, with the paragraphs around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from de06cli.characters import printable

MOST_CELLS = 400_000  # of all tables of a document together, merged ones counted at each place


class SourceCell(NamedTuple):
    """A cell as the table shows it: ``text`` has a line a paragraph.

    A merged cell stands at each of its places with the same ``anchor``, the row and column of its first
    one, counted from 0. ``place`` says to people where it is.
    """

    text: str
    place: str
    anchor: tuple[int, int]


class SourceTable(NamedTuple):
    """A table of as many columns in each row. ``before`` are the paragraphs since the table before it.

    ``paged`` says that it was cut into pages, so that a row may go on behind a repeated heading.
    """

    place: str
    rows: list[list[SourceCell]]
    before: tuple[str, ...] = ()
    paged: bool = False


class SourceDocument(NamedTuple):
    """What a reader found: ``after`` are the paragraphs behind the last table, ``remarks`` sentences
    about what the file holds beside its text."""

    tables: list[SourceTable]
    after: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class TooManyCells(Exception):
    """The merged cells of a document spread over more places than de06 looks at."""


class Grid:
    """A table that is being filled, in which merged cells take several places."""

    def __init__(self, place: Callable[[int, int], str]) -> None:
        """``place`` names a cell by its row and column, both counted from 0."""
        self._place = place
        self._cells: dict[tuple[int, int], SourceCell] = {}
        self._rows = self._columns = 0

    def put(self, row: int, column: int, text: str, down: int = 1, across: int = 1) -> None:
        """Puts a cell that is merged over ``down`` rows and ``across`` columns."""
        if len(self._cells) + down * across > MOST_CELLS:
            raise TooManyCells
        cell = SourceCell(text, self._place(row, column), (row, column))
        for at in range(row, row + down):
            for beside in range(column, column + across):
                self._cells.setdefault((at, beside), cell)
        self._rows = max(self._rows, row + down)
        self._columns = max(self._columns, column + across)

    def goes_on(self, row: int, column: int, across: int = 1) -> None:
        """Puts the cell above once more: a vertically merged one."""
        above = self._cells.get((row - 1, column))
        if above is None:
            self.put(row, column, "", 1, across)
            return
        for beside in range(column, column + across):
            self._cells.setdefault((row, beside), above)
        self._rows = max(self._rows, row + 1)
        self._columns = max(self._columns, column + across)

    def taken(self, row: int, column: int) -> bool:
        return (row, column) in self._cells

    def rows(self) -> list[list[SourceCell]]:
        if self._rows * self._columns > MOST_CELLS:
            raise TooManyCells
        return [
            [
                self._cells.get((row, column))
                or SourceCell("", self._place(row, column), (row, column))
                for column in range(self._columns)
            ]
            for row in range(self._rows)
        ]


def lines(text: str) -> str:
    """The text with a line a paragraph, without blank lines, each run of white space one space."""
    parts = (" ".join(line.split()) for line in re.split(r"[\n\r\v\f\x85\u2028\u2029]", text))
    return "\n".join(part for part in map(shown, parts) if part)


def shown(text: str) -> str:
    """The text without what no plan may hold: signs that nobody sees are dropped or replaced."""
    return printable(text.replace("\ufeff", "")).strip()


def of_texts(
    rows: Iterable[Iterable[str]], place: Callable[[int, int], str]
) -> list[list[SourceCell]]:
    """Rows of cells without merged ones, all made as long as the longest."""
    grid = Grid(place)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.put(row, column, lines(text))
    return grid.rows()
