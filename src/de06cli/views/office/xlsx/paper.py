"""The common parts of a workbook's sheets: safe cells, styles, tables, paper; and its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from de06cli.messages import _, language
from de06cli.tracking.states import Situation
from de06cli.views import words
from de06cli.views.office import measure
from de06cli.views.office.archive import Dated

FONT = "Times New Roman"
# How a day looks; the month by its English name wherever the workbook is opened.
_DAYS = {"vi": r"dd\/mm\/yyyy", "en": r"[$-809]d\ mmm\ yyyy"}
LONGEST = 32_767  # characters that a cell holds, in units of UTF-16
_FIRST_YEAR = 1901  # Excel knows no earlier days without doubt
_SIZE = 12  # of the letters, in points
_LINE = 14.25  # points a line of them: 19 pixels in Excel, a little less in LibreOffice
_HIGHEST = 409.5  # points that a row can be high
_WHITE, _HEAD, _FILL = "FFFFFF", "DDE6F0", "FFF8DC"
_LATE = "FBE3E0"

Run = tuple[str, bool]  # a part of a text, and whether it is bold
Value = str | int | float | date | Sequence[Run] | None


class SheetColumn(NamedTuple):
    """A column of a table; neighbours with the same ``group`` have it as a heading above them."""

    title: str
    width: float  # in digits
    style: str
    value: Callable[[Any], Value]  # of a row
    group: str = ""
    key: str = ""  # by which a program knows the column
    hidden: bool = False
    link: Callable[[Any], str | None] = lambda _row: None  # where the cell of a row leads

    @property
    def filled_in(self) -> bool:
        return self.style.startswith("fill")


def workbook(title: str, day: date) -> Workbook:
    """A new workbook without sheets, which knows the styles."""
    book = Workbook()
    del book[book.sheetnames[0]]
    moment = datetime.combine(day, time())
    book.properties = DocumentProperties(
        title=_safe(title), creator="de06", language=language(), created=moment, modified=moment
    )
    _use_font(book, Font(name=FONT, size=_SIZE))
    for style in _styles():
        book.add_named_style(style)
    return book


def _use_font(book: Workbook, font: Font) -> None:
    """Makes ``font`` the usual one, in whose digits the widths of columns are counted."""
    book._fonts = IndexedList([font])  # noqa: SLF001 - the library knows no other way
    book._named_styles["Normal"].font = font  # noqa: SLF001


def _styles() -> Iterable[NamedStyle]:
    thin = Side(style="thin", color="808080")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def style(
        name: str,
        across: str = "left",
        down: str = "top",
        form: str = "General",
        size: int = _SIZE,
        fill: str = _WHITE,
        bold: bool = False,
        italic: bool = False,
        boxed: bool = True,
        locked: bool = True,
        wrapped: bool = True,
    ) -> NamedStyle:
        return NamedStyle(
            name=f"de06 {name}",
            font=Font(name=FONT, size=size, bold=bold, italic=italic, color="000000"),
            alignment=Alignment(horizontal=across, vertical=down, wrap_text=wrapped),
            number_format=form,
            border=box if boxed else Border(),
            fill=PatternFill() if fill == _WHITE else PatternFill("solid", fgColor=fill),
            protection=Protection(locked=locked),
        )

    return [
        style("title", "center", "center", size=14, bold=True, boxed=False),
        style("subtitle", "center", "center", italic=True, boxed=False),
        style("as of", "center", "center", _as_of_format(), italic=True, boxed=False),
        style("hint", "left", "center", boxed=False, size=11),
        style("heading", "center", "center", fill=_HEAD, bold=True),
        style("fill heading", "center", "center", fill="FFE699", bold=True),
        style("text", form="@"),
        style("seal", form="@", boxed=False, wrapped=False),
        style("name", "left", "center", form="@"),
        style("centred", "center", form="@"),
        style("number", "center", form="#,##0"),
        style("count", "center", "center", form="#,##0"),
        style("total", "center", "center", form="#,##0", bold=True),
        style("total name", "left", "center", form="@", bold=True),
        style("share", "center", "center", form="0.0%"),
        style("total share", "center", "center", form="0.0%", bold=True),
        style("progress", "center", form="0%"),
        style("day", "center", form=_DAYS[language()]),
        style("fill text", form="@", fill=_FILL, locked=False),
        style("fill word", "center", form="@", fill=_FILL, locked=False),
        style("fill day", "center", form=_DAYS[language()], fill=_FILL, locked=False),
    ]


def _as_of_format() -> str:
    """A day's number format that reads "Số liệu tính đến 11/01/2024": the cell itself stays a day."""
    text = _("Số liệu tính đến ngày {day}").format(day=f'"{_DAYS[language()]}"')
    return f'"{text}"'.replace('""', "")


# Cells -------------------------------------------------------------------------------------------

_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> Any:
    """Writes a value as what it is: a text is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.style = f"de06 {style}"
    if value is None or value == "":
        return cell
    if isinstance(value, str):
        text = _safe(cut(value))
        cell.value = text
        cell.data_type = "s"
        if text[0] in "=+-@'":
            cell.quotePrefix = True  # so that it stays a text when somebody edits the cell
    elif isinstance(value, date):
        cell.value = value if value.year >= _FIRST_YEAR else value.isoformat()
    elif isinstance(value, int | float):
        cell.value = value
    else:
        cell.value = _rich(value)
        cell.data_type = "s"
    return cell


def cut(text: str) -> str:
    """The text as far as a cell holds it; a note takes the place of what is left out."""
    if len(text) * 2 <= LONGEST or _units(text) <= LONGEST:
        return text
    note = "… " + _("[đã lược bớt; xem đầy đủ trong tệp kế hoạch]")
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST - _units(note))]
    return kept.decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _safe(text: str) -> str:
    """The text as XML and Excel take it for what it is: Excel would read _x000D_ as a character."""
    return _ESCAPED.sub("_x005F_", words.printable(text))


def _rich(runs: Sequence[Run]) -> CellRichText:
    """Texts one after another, some of them bold, as far as a cell holds them."""
    rich, room = CellRichText(), cut("".join(text for text, _bold in runs))
    for text, bold in runs:
        part = room[: len(text)]
        room = room[len(text) :]
        if part:
            font = InlineFont(rFont=FONT, sz=_SIZE, b=bold or None)
            rich.append(TextBlock(font, _safe(part)))
    return rich


# Tables ------------------------------------------------------------------------------------------


def top(sheet: Worksheet, view: Situation, title: str, subtitle: str, columns: int) -> int:
    """The title of a sheet over so many columns, and the day, which stands in ``AS_OF``; next row."""
    lines: list[tuple[Value, str, float]] = [
        (title, "title", 24),
        (subtitle, "subtitle", 18),
        (view.today, "as of", 18),
    ]
    for row, (value, style, height) in enumerate(lines, start=1):
        put(sheet, row, 1, value, style)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        sheet.row_dimensions[row].height = height
    return len(lines) + 2


AS_OF = "$A$3"


def table(sheet: Worksheet, row: int, columns: Sequence[SheetColumn], rows: Iterable[Any]) -> int:
    """A table with its heading from ``row`` on; returns the first row of its body."""
    _heading(sheet, row, columns)
    first = row + (2 if any(column.group for column in columns) else 1)
    last = first - 1
    for last, item in enumerate(rows, start=first):
        values = [column.value(item) for column in columns]
        for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            cell = put(sheet, last, number, value, column.style)
            if link := column.link(item):
                cell.hyperlink = link
                cell.style = f"de06 {column.style}"  # not that of links, whose cells are locked
        shown = [
            (value, column.width)
            for value, column in zip(values, columns, strict=True)
            if not column.hidden
        ]
        make_high(sheet, last, shown)
    for number, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    sheet.auto_filter.ref = area(first - 1, last, 1, len(columns))
    sheet.print_title_rows = f"{row}:{first - 1}"
    return first


def make_high(sheet: Worksheet, row: int, cells: Iterable[tuple[Value, float]]) -> None:
    """Makes a row as high as its texts need in columns of these widths.

    Excel and LibreOffice keep this until somebody edits the row, and then fit it by themselves.
    """
    most = max((_lines(value, column_width) for value, column_width in cells), default=1)
    height = min(most * _LINE + 3, _HIGHEST)
    sheet.row_dimensions[row] = _Fitting(sheet, index=row, ht=height)


class _Fitting(RowDimension):  # type: ignore[misc]  # the library has no types
    """A row whose height the office program may fit."""

    customHeight = False  # noqa: N815 - the library's name


def _lines(value: Value, column_width: float) -> int:
    room = _room(column_width)
    if isinstance(value, str):
        return measure.lines(value[:LONGEST], room)
    if not isinstance(value, Sequence):
        return 1
    count, text, bold = 0, "", False
    for part, is_bold in [*value, ("\n", False)]:
        if text and part.startswith("\n"):
            count += measure.lines(text[:LONGEST], room, bold=bold)
            text, bold = "", False
        text += part.removeprefix("\n") if not text else part
        bold = bold or (is_bold and len(part) * 2 > room)
    return count


def _room(column_width: float) -> float:
    """How wide a column is, in sizes of the letters: a digit has half a size, the edges take some.

    A little less is counted on, since other fonts may stand in for the usual one.
    """
    return column_width * 0.485 - 0.4


def _heading(sheet: Worksheet, row: int, columns: Sequence[SheetColumn]) -> None:
    grouped = any(column.group for column in columns)
    number = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        below = list(members)
        for at, column in enumerate(below, start=number):
            style = "fill heading" if column.filled_in else "heading"
            put(sheet, row, at, group or column.title, style)
            if grouped:
                put(sheet, row + 1, at, column.title, style)
                if not group:
                    sheet.merge_cells(
                        start_row=row, end_row=row + 1, start_column=at, end_column=at
                    )
        if group:
            end = number + len(below) - 1
            sheet.merge_cells(start_row=row, end_row=row, start_column=number, end_column=end)
        number += len(below)
    alone, below_group = (
        max((_heading_lines(c) for c in columns if bool(c.group) is grouping), default=0)
        for grouping in (False, True)
    )
    above = max(alone - below_group, 1)
    for at, high in enumerate((above, below_group) if grouped else (alone,), start=row):
        sheet.row_dimensions[at].height = high * _LINE + 4


def _heading_lines(column: SheetColumn) -> int:
    return 0 if column.hidden else measure.lines(column.title, _room(column.width), bold=True)


def area(first_row: int, last_row: int, first: int, last: int) -> str:
    """A range of cells: A5:F20."""
    first_row, last_row = min(first_row, last_row), max(first_row, last_row)
    return f"{get_column_letter(first)}{first_row}:{get_column_letter(last)}{last_row}"


def mark_late(sheet: Worksheet, cells: str, formula: str) -> None:
    """Shows the rows of ``cells`` as late for which ``formula`` is true."""
    sheet.conditional_formatting.add(
        cells,
        FormulaRule(formula=[formula], fill=PatternFill("solid", bgColor=_LATE)),
    )


def paper(sheet: Worksheet, printed: str, *, one_page: bool = False) -> None:
    """A4 in landscape, as wide as the page, with page numbers; ``printed`` is what comes on it."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P/&N"
    sheet.oddFooter.center.font = FONT
    sheet.print_area = printed
    sheet.sheet_view.showGridLines = False


# The file ----------------------------------------------------------------------------------------


def save(book: Workbook, day: date, path: Path) -> None:
    """Writes the workbook. Raises OSError."""
    with Dated(path, "w", ZIP_DEFLATED) as archive:
        archive.day = day
        ExcelWriter(book, archive).save()
