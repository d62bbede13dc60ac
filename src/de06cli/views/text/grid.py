"""Tables laid out for a terminal of a given width: columns side by side, or a block of lines a row.

Widths are those of ``display_width``; text wraps between words, and nothing is cut but what a column
says may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from de06cli.characters import display_width, fitting
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table

Line = tuple[Cell, ...]  # what stands side by side

GAP = 2
RULE = "─"
_COMFORTABLE = 60  # as wide as a text need be for others to stand on one line
_NAMES = 24  # as wide as names need be to stand two and two
_BETWEEN = " · "
_NARROWEST = 12  # columns that are left for words, however deep they stand
_MARKS = 64  # how many marks without width a line may hold, and more


def lines(table: Table, width: int, cut: str) -> list[Line]:
    """The table in at most ``width`` columns; where these break words, a block a row.

    ``cut`` ends what is shortened.
    """
    sizes = widths(table, width) if width >= table.wide else None
    return grid(table, sizes, cut) if sizes else blocks(table, width)


# Columns side by side -----------------------------------------------------------------------------


def grid(table: Table, sizes: Sequence[int], cut: str, *, header: bool = True) -> list[Line]:
    """The rows in columns as wide as ``sizes``, below their titles."""
    columns = table.columns
    drawn: list[Line] = []
    rule = (Cell(RULE * (sum(sizes) + GAP * (len(sizes) - 1)), tables.QUIET),)
    if header:
        titles = tuple(Cell(column.title, tables.TITLE) for column in columns)
        drawn += [*_header(columns, titles, sizes), rule]
    for row in table.rows:
        drawn += _row(columns, row, sizes, cut)
    if table.total:
        total = tuple(cell._replace(tone=tables.TITLE) for cell in table.total)
        drawn += [rule, *_row(columns, total, sizes, cut)]
    return drawn


def _header(columns: Sequence[Column], titles: Sequence[Cell], sizes: Sequence[int]) -> list[Line]:
    """The titles, each down on the rule."""
    wrapped = [wrap(title.text, size) for title, size in zip(titles, sizes, strict=True)]
    height = max(map(len, wrapped))
    texts = ["\n" * (height - len(one)) + "\n".join(one) for one in wrapped]
    down = [title._replace(text=text) for title, text in zip(titles, texts, strict=True)]
    return _row(columns, down, sizes, "")


def _row(
    columns: Sequence[Column], row: Sequence[Cell], sizes: Sequence[int], cut: str
) -> list[Line]:
    """The lines of a row. A text that may be cut takes no more of them than the other cells do."""
    cells = [
        wrap_names(cell.text, size) if column.listed else wrap(cell.text, size)
        for cell, column, size in zip(row, columns, sizes, strict=True)
    ]
    if cut and any(column.cut for column in columns):
        height = max(
            (len(c) for c, column in zip(cells, columns, strict=True) if not column.cut), default=1
        )
        for at, column in enumerate(columns):
            if column.cut and len(cells[at]) > height:
                cells[at] = shortened(row[at].text, sizes[at], height, cut)
    drawn: list[Line] = []
    for texts in zip_longest(*cells, fillvalue=""):
        line: list[Cell] = []
        for text, cell, column, size in zip(texts, row, columns, sizes, strict=True):
            space = " " * (size - display_width(text))
            gap = " " * GAP if line else ""
            before, behind = (gap + space, "") if column.right else (gap, space)
            line += [Cell(before), Cell(text, cell.tone), Cell(behind)]
        drawn.append(trimmed(line))
    return drawn


def widths(table: Table, width: int) -> list[int] | None:
    """The columns' widths, in sum at most ``width``; None where they can't be without breaking a word.

    Each column is as wide as its cells and its title. Where that is too much, the flexible ones give
    way to a comfortable width, then the titles wrap, then the flexible ones give way to a fair share,
    then all to what is still good to read.
    """
    rows = [*table.rows, *([table.total] if table.total else [])]
    room = width - GAP * (len(table.columns) - 1)
    flexible = sum(column.flexible for column in table.columns) or 1
    fair = max(28, width * 2 // 5) // flexible
    comfortable = _COMFORTABLE // flexible
    least, natural, steps = [], [], []
    for number, column in enumerate(table.columns):
        texts = [words.visible(row[number].text) for row in rows]
        cells = [line for text in texts for line in text.splitlines()]
        whole = [column.title] if column.cut else [column.title, *cells]
        parts = [part for text in whole for part in text.split(", " if column.listed else None)]
        longest = max(map(display_width, parts), default=0) + column.listed
        of_cells = max(map(display_width, cells), default=1)
        of_all = max(of_cells, display_width(column.title))
        least.append(max(longest, column.readable) if column.cut else longest)
        natural.append(max(of_all, longest))
        if column.cut:
            steps.append((comfortable, comfortable, fair, column.readable, column.readable))
        elif column.flexible:
            steps.append((comfortable, comfortable, fair, fair, column.readable))
        elif column.listed:
            of_some = min(of_all, _NAMES)
            steps.append((of_some, of_some, of_some, of_some, column.readable))
        else:
            steps.append((of_all, of_cells, of_cells, column.readable, column.readable))
    sizes = natural
    for limits in zip(*steps, strict=True):
        sizes = _shrunk(sizes, list(map(max, limits, least)), room)
    return sizes if sum(sizes) <= room else None


def _shrunk(sizes: list[int], floors: list[int], room: int) -> list[int]:
    """The widths made to fit into ``room``, always taking from the one with most above its floor."""
    shrunk = sizes[:]
    while sum(shrunk) > room:
        spare = [size - floor for size, floor in zip(shrunk, floors, strict=True)]
        if max(spare) <= 0:
            break
        shrunk[spare.index(max(spare))] -= 1
    return shrunk


# A block a row ------------------------------------------------------------------------------------


def blocks(table: Table, width: int) -> list[Line]:
    """A row's name in bold, and behind it the other cells with their columns' titles, save empty ones
    and zeros."""
    drawn: list[Line] = []
    rows = [*table.rows, *([table.total] if table.total else [])]
    for row in rows:
        last = row is table.total
        named = 1 if last else _named(table.columns)
        joint = " " if table.columns[0].right else " – "
        texts = [
            # A number says nothing without its title.
            f"{column.title} {cell.text}" if column.right and not last else cell.text
            for column, cell in zip(table.columns[:named], row[:named], strict=True)
            if cell.text
        ]
        texts[1:-1] = [f"({text})" for text in texts[1:-1]] if joint == " " else texts[1:-1]
        parts: list[Line] = [(Cell(words.one_line(joint.join(texts)), tables.TITLE),)]
        for column, cell in zip(table.columns[named:], row[named:], strict=True):
            if cell.text not in {"", "0"}:
                label = f"{column.title}: " if column.title else ""
                parts.append((Cell(label, tables.QUIET), cell))
        drawn += side_by_side(parts, width, "  ", first="")
    return drawn


def _named(columns: Sequence[Column]) -> int:
    """How many of a row's first cells say what it is about: those up to the first text."""
    return next((at for at, column in enumerate(columns, 1) if column.flexible), 1)


def side_by_side(
    parts: Iterable[Sequence[Cell]],
    width: int,
    indent: str = "",
    between: str = _BETWEEN,
    first: str | None = None,
) -> list[Line]:
    """The parts one behind another, wrapped where a part fits into no line.

    ``first`` is the indent of the first line, where it differs.
    """
    drawn: list[list[Cell]] = []
    taken = width
    for part in parts:
        size = sum(display_width(words.visible(cell.text)) for cell in part)
        if drawn and taken + display_width(between) + size <= width:
            drawn[-1] += [Cell(between, tables.QUIET), *part]
            taken += display_width(between) + size
            continue
        begin = indent if drawn or first is None else first
        if display_width(begin) + size <= width:
            drawn.append([Cell(begin), *part])
            taken = display_width(begin) + size
            continue
        wrapped = wrap("".join(cell.text for cell in part), width - display_width(indent))
        for number, text in enumerate(wrapped):
            drawn.append([Cell(indent if number else begin), Cell(text, part[-1].tone)])
        taken = display_width(indent) + display_width(wrapped[-1])
    return [tuple(line) for line in drawn]


# Text ---------------------------------------------------------------------------------------------


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of whole words; only a word that no line can hold is broken.

    Its own line breaks are kept, and what would steer the terminal shows as a sign of its own.
    """
    drawn: list[str] = []
    for line in words.visible(text).splitlines() or [""]:
        rest = line.expandtabs(1).strip()
        begin = 0
        while begin < len(rest) or not begin:
            end = _end_of_row(rest, begin, width)
            drawn.append(rest[begin:end].rstrip())
            begin = _after_spaces(rest, max(end, 1))
    return drawn


def flow(parts: Sequence[Cell], width: int, indent: int = 0, hanging: int = 0) -> list[Line]:
    """Cells that run on as one text, in lines of whole words; a tone stays with its letters.

    The first line begins at the column ``indent``, those after it ``hanging`` columns further.
    """
    cells = [cell._replace(text=words.visible(cell.text)) for cell in parts]
    text = "".join(cell.text for cell in cells)
    drawn: list[Line] = []
    begin, margin = 0, indent
    while begin < len(text) or not drawn:
        end = _end_of_row(text, begin, max(width - margin, _NARROWEST))
        row = trimmed(_part(cells, begin, end))
        drawn.append((Cell(" " * margin), *row) if margin and row else row)
        begin, margin = _after_spaces(text, max(end, 1)), indent + hanging
    return drawn


def _part(cells: Sequence[Cell], begin: int, end: int) -> list[Cell]:
    """The cells' letters between two places of their whole text."""
    part, at = [], 0
    for cell in cells:
        part.append(cell._replace(text=cell.text[max(begin - at, 0) : max(end - at, 0)]))
        at += len(cell.text)
    return part


def _end_of_row(text: str, begin: int, width: int) -> int:
    """Where a row that begins at a place of the text ends: behind the last word that it holds, or within
    a word that no row can hold."""
    piece = text[begin : begin + 4 * max(width, 1) + _MARKS]
    fit = fitting(piece, width)
    if fit >= len(text) - begin:
        return len(text)
    at = piece.rfind(" ", 0, fit + 1)
    return begin + (at if at > 0 else max(1, fit))


def _after_spaces(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def wrap_names(text: str, width: int) -> list[str]:
    """Names with commas between them, as many on a line as fit; only a longer one is broken."""
    drawn: list[str] = []
    names = text.split(", ")
    for number, name in enumerate(names, 1):
        comma = number < len(names)
        if drawn and display_width(f"{drawn[-1]}, {name}") + comma <= width:
            drawn[-1] += f", {name}"
        else:
            drawn[-1:] = [f"{line}," for line in drawn[-1:]]
            drawn += wrap(name, width)
    return drawn


def shortened(text: str, width: int, height: int, cut: str) -> list[str]:
    """The text in at most ``height`` lines; ``cut`` at its end where something is left out."""
    every = wrap(words.one_line(text), width)
    if len(every) <= height:
        return every
    last = every[height - 1]
    room = max(width - display_width(cut), 0)
    while display_width(last) > room:
        last = last.rpartition(" ")[0] or last[: fitting(last, room)]
    return [*every[: height - 1], last.rstrip(" ,;:.–-(/") + cut]


def trimmed(line: Sequence[Cell]) -> Line:
    """The line without the spaces at its end."""
    kept = [cell for cell in line if cell.text]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(" "))
    return tuple(kept)
