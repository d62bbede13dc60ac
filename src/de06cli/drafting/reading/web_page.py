"""The tables of an HTML page, with cells that span rows and columns."""

from __future__ import annotations

from html.parser import HTMLParser

from de06cli.drafting.reading.numbering import formed
from de06cli.drafting.reading.source_tables import Grid, SourceDocument, SourceTable, lines

_ENDS_LINE = {
    "p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "pre",
    "blockquote", "section", "caption",
}  # fmt: skip
_UNSEEN = {"script", "style", "head", "template", "noscript"}
_FORMS = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_MOST = 1000  # rows or columns that one cell spans


def read(text: str) -> SourceDocument:
    page = _Page()
    page.feed(text)
    page.close()
    return page.document()


class _PageTable:
    """A table that has begun."""

    def __init__(self, number: int, before: tuple[str, ...]) -> None:
        self.number, self.before = number, before
        self.grid = Grid(lambda row, column: f"bảng {number}, dòng {row + 1}, cột {column + 1}")
        self.row, self.column = -1, 0
        self.cell: list[str] | None = None
        self.spans = (1, 1)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        self.row = max(self.row, 0)
        while self.grid.taken(self.row, self.column):
            self.column += 1
        self.grid.put(self.row, self.column, lines("".join(self.cell)), *self.spans)
        self.column += self.spans[1]
        self.cell = None

    def end(self) -> SourceTable:
        self.end_cell()
        rows = [row for row in self.grid.rows() if any(cell.text for cell in row)]
        return SourceTable(f"bảng {self.number}", rows, self.before)


class _List:
    """A list that has begun, and counts its items."""

    def __init__(self, form: str, first: int) -> None:
        self._form, self._next = form, first

    def label(self) -> str:
        self._next += 1
        return "- " if self._form == "bullet" else f"{formed(self._next - 1, self._form)}. "


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_PageTable] = []
        self._tables: list[SourceTable] = []
        self._text: list[str] = []
        self._lists: list[_List] = []
        self._unseen = 0
        self._begun = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._begun += 1
            self._open.append(_PageTable(self._begun, self._paragraphs()))
        elif self._open and tag == "tr":
            self._open[-1].end_cell()
            self._open[-1].row += 1
            self._open[-1].column = 0
        elif self._open and tag in {"td", "th"}:
            self._open[-1].end_cell()
            self._open[-1].cell = []
            self._open[-1].spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag in {"ol", "ul"}:
            start, form = given.get("start"), _FORMS.get(given.get("type") or "1", "decimal")
            first = int(start) if start and start.isdecimal() else 1
            self._lists.append(_List(form if tag == "ol" else "bullet", first))
            self._add("\n")
        elif tag == "li":
            self._add(f"\n{self._lists[-1].label() if self._lists else '- '}")
        elif tag in _ENDS_LINE:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == "table" and self._open:
            self._tables.append(self._open.pop().end())
        elif self._open and tag in {"td", "th", "tr"}:
            self._open[-1].end_cell()
        elif tag in _ENDS_LINE:
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        if not self._open:
            self._text.append(text)
        elif (cell := self._open[-1].cell) is not None:
            cell.append(text)

    def _paragraphs(self) -> tuple[str, ...]:
        """The paragraphs since they were asked for last."""
        text = lines("".join(self._text))
        self._text.clear()
        return tuple(text.split("\n")) if text else ()

    def document(self) -> SourceDocument:
        while self._open:
            self._tables.append(self._open.pop().end())
        return SourceDocument([table for table in self._tables if table.rows], self._paragraphs())


def _span(value: str | None) -> int:
    return min(int(value), _MOST) if value and value.isdecimal() and int(value) > 0 else 1
