"""Where a table has its headings, and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from de06cli.drafting.meaning.columns import LONGEST, key_of, key_of_joined, title_rank
from de06cli.drafting.reading.source_tables import SourceCell, SourceTable
from de06cli.plan.agencies import fold

_LOOKED_AT = 60  # rows among which the headings are looked for
_LEVELS = 3  # rows of headings, at most
_ONLY_ONE = (
    "number",
    "group",
    "deadline",
    "lead",
    "roles",
    "start",
    "output",
    "outcome",
    "basis",
    "equipment",
    "steps",
)
# Of several columns that hold the same, the one whose heading has these words says it.
_SAYING = {
    "deadline": ("hoanthanh", "thoihan", "han"), "lead": ("chutri",), "output": ("sanpham",),
    "steps": ("buoc", "cachthuc"),
}  # fmt: skip

_DETAILS = ("noidungthuchien", "noidungcuthe", "noidungchitiet", "congvieccuthe", "hoatdongcuthe")

Row = list[SourceCell]


class TableColumn(NamedTuple):
    """A column: ``key`` of columns.KEYS, and its ``heading``, both levels of it joined."""

    key: str
    heading: str


class Layout(NamedTuple):
    """The columns of a table in their order, and the rows that hold their headings."""

    columns: tuple[TableColumn, ...]
    first: int
    last: int
    heads: tuple[tuple[str, ...], ...]  # folded, to know the headings again on the next page

    def of(self, key: str) -> list[int]:
        return [index for index, column in enumerate(self.columns) if column.key == key]


def find(table: SourceTable, mapped: Mapping[str, str]) -> Layout | None:
    """The layout of a table of tasks; None where no row has the headings of one.

    ``mapped`` gives the keys of headings that a person named, folded.
    """
    best: Layout | None = None
    for index, row in enumerate(table.rows[:_LOOKED_AT]):
        found = _at(table, index, mapped) if _could_be_heading(row) else None
        if found and (best is None or len(_known(found)) > len(_known(best))):
            best = found
    return best


def _at(table: SourceTable, index: int, mapped: Mapping[str, str]) -> Layout | None:
    """The layout whose headings begin in the row ``index``, over as many rows as have them."""
    for levels in range(_LEVELS, 0, -1):
        rows = table.rows[index : index + levels]
        if len(rows) == levels and all(
            _is_below(table.rows, index, at) for at in range(index + 1, index + levels)
        ):
            layout = _layout(rows, index, mapped)
            if layout and layout.of("title") and len(_known(layout)) >= 2:
                return layout
    return None


def _known(layout: Layout) -> set[str]:
    return {column.key for column in layout.columns} - {"extra", ""}


def _could_be_heading(row: Row) -> bool:
    texts = {cell.anchor: cell.text for cell in row if cell.text}
    return len(texts) >= 2 and all(len(text) <= LONGEST for text in texts.values())


def _is_below(rows: Sequence[Row], first: int, at: int) -> bool:
    """Whether a row has the lower headings of those of the row ``first``: its other cells are empty, or
    merged with the ones above, and each of its texts is short and no task's."""
    row, above = rows[at], rows[first]
    own = [
        column
        for column, cell in enumerate(row)
        if cell.text and cell.anchor != rows[at - 1][column].anchor
    ]
    if not own or any(len(row[column].text) > LONGEST for column in own):
        return False
    if any(re.fullmatch(r"\(?[0-9]+\)?\.?", row[column].text) for column in own):
        return False
    under_known = [
        column
        for column in own
        if above[column].text
        and key_of(above[column].text) in {"number", "title"}
        and not _is_spanning(above, column)
    ]
    known = [column for column in own if key_of(row[column].text)]
    return not under_known and 2 * len(known) >= len(own)


def _is_spanning(row: Row, column: int) -> bool:
    return sum(cell.anchor == row[column].anchor for cell in row) > 1


def _layout(rows: Sequence[Row], first: int, mapped: Mapping[str, str]) -> Layout | None:
    parts = [_parts(rows, column) for column in range(len(rows[0]))]
    headings = [" – ".join(part) for part in parts]
    keys = [
        mapped.get(fold(heading)) or mapped.get(fold(part[-1]) if part else "") or _key(part)
        for heading, part in zip(headings, parts, strict=True)
    ]
    keys = _one_title(keys, headings)
    keys = _one_each(keys, headings)
    heads = tuple(tuple(fold(cell.text) for cell in row) for row in rows)
    columns = tuple(
        TableColumn(key if heading else "", heading)
        for key, heading in zip(keys, headings, strict=True)
    )
    return Layout(columns, first, first + len(rows) - 1, heads)


def _parts(rows: Sequence[Row], column: int) -> list[str]:
    """The headings over a column, the upper one first; one that spans columns without saying so goes on."""
    found: list[str] = []
    for level, row in enumerate(rows):
        text = row[column].text
        if not text and level < len(rows) - 1 and rows[level + 1][column].text:
            text = next((cell.text for cell in reversed(row[:column]) if cell.text), "")
            text = text if key_of(text) not in {"number", "title"} else ""
        text = " ".join(text.split())
        if text and text not in found:
            found.append(text)
    return found


def _key(part: Sequence[str]) -> str:
    if not part:
        return ""
    if len(part) == 1:
        return key_of(part[0]) or "extra"
    return key_of_joined(part[0], part[-1]) or "extra"


def _one_title(keys: list[str], headings: Sequence[str]) -> list[str]:
    """The keys with one title: the likeliest; the other columns that could be it are extra."""
    titles = [index for index, key in enumerate(keys) if key == "title"]
    steps = "steps" in keys
    if not titles:
        if keys.count("steps") == 1:  # "Nội dung thực hiện" alone is the task
            return ["title" if key == "steps" else key for key in keys]
        return keys
    best = min(titles, key=lambda index: (title_rank(headings[index]), index))
    same = headings[best]

    def other(index: int) -> str:
        if headings[index] == same:
            return "title"
        return "steps" if not steps and fold(headings[index]).startswith(_DETAILS) else "extra"

    return [other(index) if key == "title" else key for index, key in enumerate(keys)]


def _one_each(keys: list[str], headings: Sequence[str]) -> list[str]:
    """The keys, where the other columns of what a task has once are extra."""
    best: dict[str, str] = {}
    for key, heading in zip(keys, headings, strict=True):
        if key in _ONLY_ONE and (key not in best or _rank(key, heading) < _rank(key, best[key])):
            best[key] = heading
    return [
        "extra" if key in best and best[key] != heading else key
        for key, heading in zip(keys, headings, strict=True)
    ]


def _rank(key: str, heading: str) -> int:
    words = _SAYING.get(key, ())
    folded = fold(heading)
    return next((rank for rank, word in enumerate(words) if word in folded), len(words))


def repeats(layout: Layout, row: Row) -> bool:
    """Whether a row is a row of the headings once more, as on the next page, misprints aside."""
    texts = [fold(cell.text) for cell in row]
    for head in layout.heads:
        filled = [index for index, text in enumerate(head) if text]
        if not filled or len(head) != len(texts):
            continue
        same = sum(texts[index] == head[index] for index in filled)
        others = sum(1 for index, text in enumerate(texts) if text and index not in filled)
        if same >= 2 and 3 * same >= 2 * len(filled) and not others:
            return True
        if len(filled) == 1 and same == 1 and not others:
            return True
    return False


def is_counting(row: Row) -> bool:
    """Whether a row only counts the columns: (1) (2) (3), 1 2 3, A B 1 2."""
    texts = [cell.text.strip("()") for cell in row if cell.text]
    if len(texts) < 3:
        return False
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal()]
    letters = [text for text in texts if re.fullmatch(r"[A-Za-z]", text)]
    computed = [text for text in texts if re.fullmatch(r"[0-9]+ ?= ?[0-9+\-*/ ]+", text)]
    begin = numbers[0] if numbers else 0
    return (
        len(numbers) + len(letters) + len(computed) == len(texts)
        and len(numbers) >= 2
        and numbers == list(range(begin, begin + len(numbers)))
    )
