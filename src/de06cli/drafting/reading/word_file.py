"""The tables of a Word document, with the numbers that Word writes by itself.

What a tracked change has deleted is left out; what it has inserted is read.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from de06cli.drafting.reading.numbering import ListPlace, Numbering
from de06cli.drafting.reading.source_tables import Grid, SourceDocument, SourceTable, lines
from de06cli.messages import _
from de06cli.views.office import limits
from de06cli.views.office.xlsx.package import Attributes, Handlers, Package, local, unreadable

_DOCUMENT = "word/document.xml"
_LEFT_OUT = {"del", "moveFrom", "Fallback", "rPrChange", "pPrChange", "tcPrChange", "trPrChange"}
_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}
_MOST_SPANNED = 256  # columns


def read(path: Path) -> SourceDocument:
    """Raises UnreadableData for a file that is no Word document, or is beyond a limit."""
    try:
        archive = ZipFile(path)
        members = archive.infolist()
    except (BadZipFile, OSError, ValueError, EOFError) as error:
        raise unreadable(path, str(error)) from None
    with archive:
        if len(members) > limits.PARTS or (
            sum(member.file_size for member in members) > limits.WORKBOOK_UNPACKED
        ):
            raise unreadable(path, _("tệp lớn quá mức de06 nhận"))
        package = Package(archive, path)
        if not package.has(_DOCUMENT):
            raise unreadable(path, _("không phải là văn bản Word (.docx)"))
        body = _Body(Numbering(package))
        package.walk(_DOCUMENT, Handlers(body.start, body.end, body.text))
    return body.document()


class _WordTable:
    """A table that has begun."""

    def __init__(self, number: int, before: tuple[str, ...]) -> None:
        self.number, self.before = number, before
        self.grid = Grid(lambda row, column: f"bảng {number}, dòng {row + 1}, cột {column + 1}")
        self.row, self.column = -1, 0
        self.paragraphs: list[str] = []
        self.across = 1
        self.goes_on = False  # whether the cell is a part of the one above

    def start_cell(self) -> None:
        self.paragraphs, self.across, self.goes_on = [], 1, False

    def end_cell(self) -> None:
        text = lines("\n".join(self.paragraphs))
        if self.goes_on and not text:
            self.grid.goes_on(self.row, self.column, self.across)
        else:
            self.grid.put(self.row, self.column, text, 1, self.across)
        self.column += self.across

    def end(self) -> SourceTable:
        rows = [row for row in self.grid.rows() if any(cell.text for cell in row)]
        return SourceTable(f"bảng {self.number}", rows, self.before)


class _Body:
    """Makes tables and paragraphs of the elements of a document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._open: list[_WordTable] = []
        self._tables: list[SourceTable] = []
        self._outside: list[str] = []
        self._paragraphs: list[_Paragraph] = []  # within one another, where a text box lies in one
        self._left_out = self._begun = 0
        self._in_text = False
        self._has_changes = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._left_out or name in _LEFT_OUT:
            self._left_out += 1
            self._has_changes |= name in {"del", "moveFrom"} and self._left_out == 1
            return
        self._has_changes |= name == "ins"
        if name == "tbl":
            self._begun += 1
            self._open.append(_WordTable(self._begun, self._taken()))
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif self._paragraphs and self._start_in_paragraph(name, attributes):
            return
        elif self._open:
            self._start_in_table(self._open[-1], name, attributes)

    def _start_in_paragraph(self, name: str, attributes: Attributes) -> bool:
        paragraph = self._paragraphs[-1]
        value = local(attributes, "val")
        if name == "t":
            self._in_text = True
        elif name in _SIGNS and paragraph.is_past_properties:
            paragraph.texts.append(_SIGNS[name])
        elif name == "numId":
            paragraph.number = value
        elif name == "ilvl":
            paragraph.level = int(value) if value.isdecimal() else 0
        elif name == "pStyle":
            paragraph.style = value
        elif name == "r":
            paragraph.is_past_properties = True
        else:
            return False
        return True

    def _start_in_table(self, table: _WordTable, name: str, attributes: Attributes) -> None:
        value = local(attributes, "val")
        if name == "tr":
            table.row += 1
            table.column = 0
        elif name == "gridBefore":
            table.column += _span(value)
        elif name == "tc":
            table.start_cell()
        elif name == "gridSpan":
            table.across = _span(value)
        elif name == "vMerge":
            table.goes_on = value != "restart"

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "tc" and self._open:
            self._open[-1].end_cell()
        elif name == "tbl" and self._open:
            self._tables.append(self._open.pop().end())

    def text(self, text: str) -> None:
        if self._in_text and self._paragraphs and not self._left_out:
            self._paragraphs[-1].texts.append(text)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        place = ListPlace(paragraph.number, paragraph.level) if paragraph.number else None
        text = "".join(paragraph.texts)
        is_number = bool(self._open) and not text.strip()  # a cell with its number alone
        if text.strip() or is_number:
            text = self._numbering.label(place, paragraph.style) + text
        (self._open[-1].paragraphs if self._open else self._outside).append(text)

    def _taken(self) -> tuple[str, ...]:
        """The paragraphs since they were asked for last."""
        text = lines("\n".join(self._outside))
        self._outside.clear()
        return tuple(text.split("\n")) if text else ()

    def document(self) -> SourceDocument:
        tables = [table for table in self._tables if table.rows]
        remarks = (
            (
                _(
                    "Văn bản còn thay đổi chưa duyệt (Track Changes): đã lấy nội dung thêm, "
                    "bỏ nội dung xóa."
                ),
            )
            if self._has_changes
            else ()
        )
        return SourceDocument(tables, self._taken(), remarks)


class _Paragraph:
    """A paragraph that has begun."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.number = self.style = ""
        self.level = 0
        self.is_past_properties = False


def _span(value: str) -> int:
    return min(int(value), _MOST_SPANNED) if value.isdecimal() and int(value) > 0 else 1
