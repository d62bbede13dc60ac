"""The rows of a table as tasks: groups, rows that a page break cut, merged cells, numbers that restart."""

from __future__ import annotations

import re
from typing import NamedTuple

from de06cli.drafting.meaning.groups import Groups, group_in
from de06cli.drafting.meaning.layout import Layout, Row, is_counting, repeats
from de06cli.drafting.reading.source_tables import SourceTable

_LABEL = re.compile(
    r"(?:[0-9]{1,6}|[IVXLC]{1,7}|[A-Za-zĐđ])(?:[.\-–][0-9A-Za-zĐđ]{1,6})*[a-zđ]?(?=[.)/]?$)"
)
_GOES_ON = re.compile(r"[a-zà-ỹđ(;,+•\-–]")
_SIGNED = re.compile(r"(?:Nơi nhận\s*:|TM\.|KT\.|TL\.|TUQ\.|NGƯỜI LẬP)")
# "Phòng Kinh tế - Hạ tầng", cut at its dash as if a list began there.
_DASH_IN_NAME = re.compile(
    r"(?:(?<=Kinh tế)|(?<=Văn hóa)|(?<=Văn hoá)|(?<=Lao động))\n[-–] (?=Hạ tầng|Xã hội|Thương binh|Thông tin)"
    r"|(?<=Tài chính)\n[-–] (?=Kế hoạch)|(?<=Giáo dục)\n[-–] (?=Đào tạo)"
)


class TaskRow:
    """A row of the table: the ``cells`` of each column by its index, and what is odd about them."""

    def __init__(self, row: Row, layout: Layout, label: str, group: str | None) -> None:
        self.layout, self.label, self.group = layout, label, group
        self.place = row[0].place
        self.cells = [cell.text for cell in row]
        self.parent = ""  # the number of the task that it is a part of
        self.doubts: list[str] = []
        self.notes: list[str] = []  # rows that could not be placed elsewhere

    def join(self, row: Row, above: Row | None, sign: str) -> None:
        """Puts the texts of a row that goes on behind those that are there."""
        for index, cell in enumerate(row[: len(self.cells)]):
            if not cell.text or (above is not None and cell.anchor == above[index].anchor):
                continue
            before = self.cells[index]
            self.cells[index] = f"{before}{sign}{cell.text}" if before else cell.text


def label_of(text: str) -> str:
    """The number that a cell prints: 1 for "1." and "01", II.3, a; "" for other words."""
    bare = text.strip().strip("()").rstrip(".)/").strip()
    if not _LABEL.fullmatch(bare):
        return ""
    return bare.lstrip("0") or bare if bare.isdecimal() else bare


class RowReader:
    """Takes the rows of tables one after the other."""

    def __init__(self) -> None:
        self.tasks: list[TaskRow] = []
        self.groups = Groups()
        self.left_over: list[str] = []

    def take(self, table: SourceTable, layout: Layout, first: int) -> None:
        """Takes the rows of a table from ``first`` on."""
        after_break = False
        previous: Row | None = None
        numbered = self._is_numbered(table, layout, first)
        for index in range(first, len(table.rows)):
            row = table.rows[index]
            if repeats(layout, row):
                after_break = True
                continue
            if is_counting(row) and (previous is None or after_break):
                continue
            following = table.rows[index + 1] if index + 1 < len(table.rows) else None
            self._take_row(
                row, layout, _Around(previous, following, after_break, table.paged, numbered)
            )
            previous, after_break = row, False

    def _is_numbered(self, table: SourceTable, layout: Layout, first: int) -> bool:
        numbers = layout.of("number")
        return any(
            label_of(row[numbers[0]].text) for row in (table.rows[first:] if numbers else [])
        )

    def _take_row(self, row: Row, layout: Layout, around: _Around) -> None:
        shape = _Shape(row, layout, around.previous)
        if not shape.filled:
            return
        if shape.is_part and self.tasks and not shape.own_title:
            self._join_merged(row, around)
        elif shape.is_signature:
            self.left_over.append(shape.text)
        elif shape.is_total:
            self._keep(shape)
        elif (group := self._group(shape, around)) is not None:
            self.groups.begin(*group)
        elif self.tasks and self._goes_on(shape, around):
            self._join(row, shape, around)
        else:
            self._begin(row, layout, shape, around)

    def _group(self, shape: _Shape, around: _Around) -> tuple[str, str, str] | None:
        """The kind, code and title of a group that the row heads; None for any other row."""
        if not shape.is_alone or not shape.title:
            return None
        if around.after_break and not shape.spans and not shape.label:
            return None
        return group_in(
            shape.label,
            shape.title,
            spans=shape.spans,
            following=_first_label(around.following, shape.layout),
            numbered=around.numbered,
        )

    def _goes_on(self, shape: _Shape, around: _Around) -> bool:
        """Whether the row has no number because it is the rest of the row above."""
        if shape.label or not around.numbered:
            return not shape.title and not shape.label and not around.numbered
        if not shape.title or (around.after_break and around.paged):
            return True
        if around.after_break:
            return shape.is_alone or _GOES_ON.match(shape.title) is not None
        return _GOES_ON.match(shape.title) is not None and not shape.has_times_and_roles

    def _join(self, row: Row, shape: _Shape, around: _Around) -> None:
        task = self.tasks[-1]
        cut = around.after_break and around.paged
        task.join(row, None, " " if cut else "\n")
        if not cut or shape.has_times_and_roles:
            task.doubts.append(
                f'Hàng không có số ở {row[0].place} hiểu là phần tiếp theo của nhiệm vụ này: "'
                f'{_clip(shape.text)}".'
            )

    def _join_merged(self, row: Row, around: _Around) -> None:
        task = self.tasks[-1]
        task.join(row, around.previous, "\n")
        task.doubts.append(
            f"Ô của nhiệm vụ này gộp nhiều hàng (từ {row[0].place}): nội dung các hàng đã nối lại, "
            "thời hạn và đơn vị của từng hàng cần xem lại."
        )

    def _begin(self, row: Row, layout: Layout, shape: _Shape, around: _Around) -> None:
        task = TaskRow(row, layout, shape.label, self.groups.current(shape.group, shape.label))
        if (shape.is_part or (around.numbered and not shape.label)) and self.tasks:
            before = self.tasks[-1]
            task.parent = before.parent or before.label
            task.label = ""
            task.doubts.append(
                "Hàng này không có số riêng trong văn bản: là một nhiệm vụ riêng, hay là một phần của "
                f"nhiệm vụ {task.parent or 'trước'}?"
            )
        for index in [*shape.across, *shape.twice]:
            task.cells[index] = ""
        if shape.across:
            task.doubts.append(
                f"Có ô gộp nhiều cột ở {row[0].place}: nội dung chỉ lấy vào cột đầu của ô."
            )
        if layout.of("number") and not shape.label and row[layout.of("number")[0]].text:
            printed = row[layout.of("number")[0]].text
            if not shape.is_part:
                task.doubts.append(f'Cột số thứ tự in "{printed}".')
        self.tasks.append(task)

    def _keep(self, shape: _Shape) -> None:
        if self.tasks:
            self.tasks[-1].notes.append(shape.text)
        else:
            self.left_over.append(shape.text)


class _Around(NamedTuple):
    """What stands about a row."""

    previous: Row | None
    following: Row | None
    after_break: bool
    paged: bool
    numbered: bool  # whether the table has numbers at all


class _Shape:
    """What a row looks like."""

    def __init__(self, row: Row, layout: Layout, previous: Row | None) -> None:
        self.layout = layout
        above = {cell.anchor for cell in previous} if previous else set()
        self.filled = [index for index, cell in enumerate(row) if cell.text]
        number = layout.of("number")[:1]
        self.label = label_of(row[number[0]].text) if number else ""
        titles = layout.of("title")
        own = list(dict.fromkeys(row[index] for index in titles if row[index].text))
        self.title = "\n".join(cell.text for cell in own)
        self.own_title = any(cell.anchor not in above for cell in own)
        is_number_above = (
            bool(number) and bool(row[number[0]].text) and row[number[0]].anchor in above
        )
        # A row of a merged task: its number, or without numbers its title, is that of the row above.
        self.is_part = is_number_above or (not number and bool(own) and not self.own_title)
        self.spans = _widest(row) * 2 > len(row)
        if not self.title and self.spans:  # merged from the first column on
            self.title = max((cell.text for cell in row), key=len)
        if self.spans and number and row[number[0]].text and not self.label:
            self.title = row[number[0]].text
        self.group = next((row[index].text for index in layout.of("group")), "")
        others = [
            index
            for index in self.filled
            if index not in titles + number and (not own or row[index].anchor != own[0].anchor)
        ]
        self.is_alone = not others or self.spans
        self.across, self.twice = _repeated(row, layout)
        self.text = " ".join(
            " ".join(cell.text.split()) for cell in dict.fromkeys(row) if cell.text
        )
        self.has_times_and_roles = any(
            row[index].text for key in ("deadline", "lead", "roles") for index in layout.of(key)
        )
        self.is_signature = not self.label and bool(_SIGNED.match(self.text))
        self.is_total = not self.label and bool(
            re.match(r"(?:tổng (?:cộng|số)|cộng)\b", self.text.casefold())
        )


def _widest(row: Row) -> int:
    """Over how many places the widest merged cell with a text goes."""
    anchors = [cell.anchor for cell in row if cell.text]
    return max((anchors.count(anchor) for anchor in set(anchors)), default=0)


def _repeated(row: Row, layout: Layout) -> tuple[list[int], list[int]]:
    """The places of cells that are merged with one to their left: of another heading, of the same one."""
    seen: dict[tuple[int, int], str] = {}
    across: list[int] = []
    twice: list[int] = []
    for index, cell in enumerate(row):
        heading = layout.columns[index].heading if index < len(layout.columns) else ""
        if cell.text and cell.anchor in seen:
            (twice if seen[cell.anchor] == heading else across).append(index)
        seen.setdefault(cell.anchor, heading)
    return across, twice


def _first_label(row: Row | None, layout: Layout) -> str:
    numbers = layout.of("number")
    return label_of(row[numbers[0]].text) if row and numbers else ""


def _clip(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"


def texts_of(task: TaskRow, key: str) -> list[tuple[str, str]]:
    """The headings and texts of a task's columns of one key, in their order."""
    return [
        (task.layout.columns[index].heading, task.cells[index])
        for index in task.layout.of(key)
        if index < len(task.cells) and task.cells[index]
    ]


def text_of(task: TaskRow, key: str) -> str:
    """The text of a task's columns of one key, those of several one below the other."""
    text = "\n".join(text for _heading, text in texts_of(task, key))
    return _DASH_IN_NAME.sub(" - ", text)
