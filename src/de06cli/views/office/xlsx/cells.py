"""The cells of a workbook as its file has them: what a sheet holds, row by row, and what lies upon it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import from_ISO8601, to_excel

from de06cli.messages import _
from de06cli.views.office import limits
from de06cli.views.office.xlsx.package import (
    Attributes,
    Handlers,
    Package,
    TooMuch,
    local,
    unreadable,
)
from de06cli.views.office.xlsx.upon import Upon, lying_upon
from de06cli.views.office.xlsx.xml_text import TextCollector, unescaped

_DAYS_TO_1904 = 1462  # from 1900


class SheetCell(NamedTuple):
    """A cell that holds something.

    ``kind`` is n for a number, s for a text, b for a boolean, e for an error, f for a formula. A day is
    a number in a day's format.
    """

    value: str | float | bool | None
    kind: str = "n"
    form: str = "General"  # of a number

    @property
    def is_day(self) -> bool:
        """Whether it is shown as a day or a time."""
        return self.kind == "n" and is_date_format(self.form)


EMPTY = SheetCell(None)
Cells = dict[int, SheetCell]  # by column, from 1; only those that hold something


class Row(NamedTuple):
    number: int
    cells: Cells


class Sheet:
    """A sheet: ``merges`` is complete once all rows are read."""

    def __init__(self, book: Book, title: str, part: str) -> None:
        self.title = title
        self.merges: list[str] = []
        self._book, self._part = book, part

    def rows(self) -> Iterator[Row]:
        """The rows that hold something, in their order. Raises UnreadableData."""
        reading = _Rows(self._book, self)
        for _piece in self._book.package.steps(self._part, reading.handlers()):
            if reading.done:
                yield from reading.done
                reading.done.clear()

    def upon(self) -> list[Upon]:
        """The texts that lie upon the sheet. Raises UnreadableData."""
        return lying_upon(self._book.package, self._part)


class Book:
    """A workbook that is read: its sheets. Its days are numbers that count from 1900, whatever the file
    says."""

    from_1904 = False

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strings: list[str] = []
        self.forms: list[str] = []
        self.cells = self.merged = 0
        self.sheets: list[Sheet] = []
        self._open()

    def _open(self) -> None:
        main = self._part_of("", "officeDocument") or "xl/workbook.xml"
        if not self.package.has(main):
            raise unreadable(self.package.path, _("là tệp nén, không phải là sổ xlsx"))
        named: list[tuple[str, str]] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                named.append((attributes.get("name", ""), local(attributes, "id")))
            elif name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self.from_1904 = True

        self.package.walk(main, Handlers(start, lambda _name: None))
        if len(named) > limits.SHEETS:
            raise unreadable(
                self.package.path, _("sổ có quá {n} trang tính").format(n=limits.SHEETS)
            )
        relations = self.package.relations(main)
        for relation in relations.values():
            if relation.kind == "sharedStrings" and self.package.has(relation.part):
                self.strings = _strings(self.package, relation.part)
            elif relation.kind == "styles" and self.package.has(relation.part):
                self.forms = _forms(self.package, relation.part)
        for title, key in named:
            found = relations.get(key)
            if found and found.kind == "worksheet":
                self.sheets.append(Sheet(self, title, found.part))

    def _part_of(self, part: str, kind: str) -> str:
        relations = self.package.relations(part).values()
        return next((relation.part for relation in relations if relation.kind == kind), "")

    def form(self, style: str | None) -> str:
        """The number format of a cell's style."""
        number = int(style) if style and style.isdecimal() else 0
        return self.forms[number] if number < len(self.forms) else "General"


def serial(day: date) -> float:
    """A day as the number by which a workbook that counts from 1900 has it."""
    return float(to_excel(day))


# Parts ---------------------------------------------------------------------------------------------


def _strings(package: Package, part: str) -> list[str]:
    texts = TextCollector()
    found: list[str] = []

    def start(name: str, _attributes: Attributes) -> None:
        texts.start(name)

    def end(name: str) -> None:
        texts.end(name)
        if name == "si":
            found.append(unescaped(texts.taken()))
            if len(found) > limits.STRINGS:
                raise TooMuch(_("quá {n} đoạn chữ").format(n=limits.STRINGS))

    package.walk(part, Handlers(start, end, texts.text), limits.STRINGS_BYTES)
    return found


def _forms(package: Package, part: str) -> list[str]:
    """The number format of each style of a cell."""
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    package.walk(part, Handlers(start, end))
    return [own.get(key) or _builtin(key) for key in styles]


def _builtin(key: str) -> str:
    form: str = BUILTIN_FORMATS.get(int(key) if key.isdecimal() else 0, "General")
    return form


class _Rows:
    """Makes rows of the elements of a sheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.done: list[Row] = []
        self._book, self._sheet = book, sheet
        self._texts = TextCollector()
        self._listed = self._number = self._column = 0
        self._cells: Cells = {}
        self._kind = ""
        self._style: str | None = None
        self._formula = False
        self._value: list[str] = []
        self._taking = False
        self._in_cell = False

    def handlers(self) -> Handlers:
        return Handlers(self._start, self._end, self._text)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif self._in_cell:
            if name == "v":
                self._taking = True
            elif name == "f":
                self._formula = True
            else:
                self._texts.start(name)
        elif name == "mergeCell":
            self._book.merged += 1
            if self._book.merged > limits.MERGES:
                raise TooMuch(_("quá {n} vùng ô gộp").format(n=limits.MERGES))
            self._sheet.merges.append(attributes.get("ref", ""))

    def _start_row(self, attributes: Attributes) -> None:
        self._listed += 1
        if self._listed > limits.SHEET_ROWS:
            raise TooMuch(
                _(
                    "trang “{title}” có quá {n} hàng; hãy xóa các hàng thừa bên dưới rồi lưu lại"
                ).format(title=self._sheet.title, n=limits.SHEET_ROWS)
            )
        number = attributes.get("r", "")
        self._number = int(number) if number.isdecimal() else self._number + 1
        self._column = 0
        self._cells = {}

    def _start_cell(self, attributes: Attributes) -> None:
        self._book.cells += 1
        if self._book.cells > limits.CELLS:
            raise TooMuch(_("sổ có quá {n} ô").format(n=limits.CELLS))
        place = attributes.get("r")
        self._column = _column(place) if place else self._column + 1
        if not 0 < self._column <= limits.SHEET_COLUMNS:
            raise TooMuch(
                _(
                    "trang “{title}” có ô ở {cell}, ngoài {n} cột đầu; hãy xóa các cột thừa rồi lưu lại"
                ).format(
                    title=self._sheet.title,
                    cell=(place or str(self._column))[:20],
                    n=limits.SHEET_COLUMNS,
                )
            )
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s")
        self._formula, self._in_cell = False, True

    def _text(self, text: str) -> None:
        if self._taking:
            self._value.append(text)
        elif self._in_cell:
            self._texts.text(text)

    def _end(self, name: str) -> None:
        if name == "v":
            self._taking = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            if self._cells:
                self.done.append(Row(self._number, self._cells))
                self._cells = {}
        elif self._in_cell:
            self._texts.end(name)

    def _end_cell(self) -> None:
        self._in_cell = self._taking = False
        typed, inline = "".join(self._value), self._texts.taken()
        self._value.clear()
        found = self._cell(typed, inline)
        if found:
            self._cells[self._column] = found

    def _cell(self, typed: str, inline: str) -> SheetCell | None:
        """The cell that has just ended, None where it holds nothing."""
        if self._formula:
            return SheetCell(unescaped(typed) or "=", "f")  # its result may not be there
        match self._kind:
            case "s":
                text = self._book.strings[abs(int(typed))] if typed else ""
                return SheetCell(text, "s") if text else None
            case "inlineStr":
                return SheetCell(unescaped(inline or typed), "s") if inline or typed else None
            case "str":
                return SheetCell(unescaped(typed), "s") if typed else None
            case "b":
                return SheetCell(typed.strip() in {"1", "true"}, "b") if typed else None
            case "e":
                return SheetCell(typed, "e")
            case "d":
                return _iso_day(typed) if typed else None
        if not typed.strip():
            return None
        found = SheetCell(float(typed), "n", self._book.form(self._style))
        if self._book.from_1904 and found.is_day:
            return found._replace(value=float(typed) + _DAYS_TO_1904)
        return found


def _iso_day(typed: str) -> SheetCell:
    """A day that is written out, as newer forms of the file do."""
    return SheetCell(float(to_excel(from_ISO8601(typed))), "n", "yyyy-mm-dd")


def _column(place: str) -> int:
    """The number of a cell's column: 28 of AB12."""
    number = 0
    for char in place[:20]:
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
    return number
