"""Text that was copied out of a PDF, Word or Excel: tabs between cells, a line a row or a part of one."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from de06cli.drafting.reading.markup import without_tags
from de06cli.drafting.reading.source_tables import (
    SourceCell,
    SourceDocument,
    SourceTable,
    lines,
    of_texts,
)

_GROUP = re.compile(r"^(?:[IVXLC]{1,6}|[A-Z])[.)]\s+\S")

_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?|[IVXLC]{1,6}|[A-ZĐ])[.)]?$")
_OUTSIDE = re.compile(r"(?:Ghi chú\s*:|Nơi nhận\s*:|PHỤ LỤC|TM\.|KT\.)")


def read(text: str) -> SourceDocument:
    """The tables of a pasted text. A row that was broken into lines is put together again."""
    if (rows := _quoted(text)) is not None:
        return of_rows(rows, paged=False)
    pasted = _Pasted(_usual_width(text))
    for number, line in enumerate(text.split("\n"), start=1):
        pasted.take(number, line)
    return pasted.document()


def of_rows(rows: list[list[str]], *, paged: bool) -> SourceDocument:
    """One table of all the rows."""
    cells = of_texts(
        ([without_tags(text) for text in row] for row in rows),
        lambda row, column: f"dòng {row + 1}, cột {column + 1}",
    )
    return SourceDocument([SourceTable(f"bảng {1}", cells, (), paged)])


def _quoted(text: str) -> list[list[str]] | None:
    """The rows as a spreadsheet writes them, cells of several lines in quotes; None for other texts."""
    if not re.search(r'(?:^|\t)"[^"\t]*\n', text, re.MULTILINE):
        return None
    lines = io.StringIO(text, newline="")
    try:
        rows = [row for row in csv.reader(lines, delimiter="\t", strict=True) if any(row)]
    except csv.Error:
        return None
    is_table = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return rows if is_table and not any("\t" in cell for row in rows for cell in row) else None


def _usual_width(text: str) -> int:
    """The number of cells of most lines that have several."""
    widths = Counter(line.count("\t") + 1 for line in text.split("\n") if "\t" in line)
    return max(widths, key=lambda width: (widths[width] * width, width), default=1)


class _Pasted:
    """Takes line after line."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._rows: list[tuple[int, list[str]]] = []
        self._before: list[str] = []
        self._outside: list[str] = []
        self._is_open = False  # whether the next line may go on with the last row

    def take(self, number: int, line: str) -> None:
        line = line.rstrip("\r")
        if not line.strip():
            # A line of tabs alone is a row without a word; an empty one ends a row.
            self._is_open = self._is_open and self._is_short()
            return
        cells = line.split("\t")
        if self._rows and self._is_open and self._goes_on(cells):
            row = self._rows[-1][1]
            row[-1] += f"\n{cells[0]}"
            row += cells[1:]
        elif len(cells) > 1 or (self._rows and _GROUP.match(line.strip())):
            self._rows.append((number, cells if len(cells) > 1 else ["", line.strip()]))
            self._is_open = len(cells) > 1
        else:
            (self._outside if self._rows else self._before).append(line.strip())

    def _is_short(self) -> bool:
        return bool(self._rows) and len(self._rows[-1][1]) < self._width

    def _goes_on(self, cells: list[str]) -> bool:
        """Whether a line continues the row before it: it has no cells, or just those that are missing."""
        if len(cells) == 1 and _OUTSIDE.match(cells[0].strip()):
            return False
        if len(cells) == 1:
            return not _GROUP.match(cells[0].strip()) or self._is_short()
        if _NUMBER.match(cells[0].strip()):
            return False
        return self._is_short() and len(self._rows[-1][1]) + len(cells) - 1 <= self._width

    def document(self) -> SourceDocument:
        numbers = [number for number, _cells in self._rows]
        rows = of_texts(
            ([without_tags(cell) for cell in cells] for _number, cells in self._rows),
            lambda row, column: f"dòng {numbers[row]}, cột {column + 1}",
        )
        before, after = (
            tuple(line for text in part for line in lines(without_tags(text)).split("\n") if line)
            for part in (self._before, self._outside)
        )
        table = SourceTable(f"bảng {1}", _without_empty(rows), before, paged=True)
        return SourceDocument([table] if rows else [], after if rows else before)


def _without_empty(rows: list[list[SourceCell]]) -> list[list[SourceCell]]:
    return [row for row in rows if any(cell.text for cell in row)]
