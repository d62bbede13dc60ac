"""The sheet of figures: the 2 × 2 table, the same by agency, and a chart of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.worksheet.worksheet import Worksheet

from de06cli.messages import _
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.statistics import Figures, agency_key
from de06cli.tracking.states import Situation, Task
from de06cli.tracking.terms import By, RowOrder, State
from de06cli.views import words
from de06cli.views.office.xlsx import seal
from de06cli.views.office.xlsx.paper import FONT, Value, area, make_high, mark_late, paper, put, top

_BEFORE, _BEHIND = (14, 44, 10), (12, 12, 16)  # widths around the states
_OF_STATES = {State.DONE_ON_TIME: 10, State.DONE_LATE: 10}  # widths; 11 of the others
_CHARTED = 40  # as many bars as a reader can still distinguish
_ON_A_PAGE = 25  # agencies
_ROW = 0.5  # centimetres that a row is high at least
_COLOURS = {
    State.DONE_ON_TIME: "2E7D32",
    State.DONE_LATE: "A3C585",
    State.OPEN_IN_TIME: "5B8DB8",
    State.OPEN_OVERDUE: "C0392B",
    State.ONGOING: "8A8A8A",
    State.UNDATED: "C9C9C9",
    State.STOPPED: "4A4A4A",
}


def add(book: Workbook, view: Situation, tasks: Sequence[Task], subtitle: str) -> None:
    """The sheet of the tasks' figures on the view's day."""
    sheet = book.create_sheet(_("Tổng hợp"))
    total = statistics.figures(tasks)
    widths = _widths(total)
    row = top(sheet, view, _("Tổng hợp tình hình thực hiện"), subtitle, len(widths))
    row = _two_by_two(sheet, row, total) + 1
    groups = [(_("Đơn vị"), _figures(view, tasks, By.AGENCY))]
    if len(view.days) > 1:
        groups.insert(0, (_("Kế hoạch"), _figures(view, tasks, By.PLAN)))
    charted, first = min(len(groups[0][1]), _CHARTED), row + 1
    for title, rows in groups:
        row = _table(sheet, row, title, rows, total) + 1
    note = words.counted_under_each()
    put(sheet, row - 1, 1, note, "hint")
    sheet.merge_cells(start_row=row - 1, end_row=row - 1, start_column=1, end_column=len(widths))
    seal.add(sheet, len(widths) + 1)
    if charted:
        row += _chart(sheet, row + 1, first, groups[0][1][:charted], total)
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    listed = sum(len(rows) for _group, rows in groups)
    paper(sheet, area(1, row, 1, len(widths)), one_page=listed <= _ON_A_PAGE)


def _widths(total: Figures) -> tuple[int, ...]:
    """The widths of the columns: a state that no task is in has none beside the 2 × 2 table."""
    return (*_BEFORE, *(_OF_STATES.get(state, 11) for state in total.shown), *_BEHIND)


_Row = tuple[str, str, Figures]  # a code, a name, what is counted


def _figures(view: Situation, tasks: Sequence[Task], by: By) -> list[_Row]:
    plans = view.portfolio
    if by is By.PLAN:
        headings = {plan.heading.code: plan.heading for plan in plans.plans}
        names = {code: (code, of.place or of.title) for code, of in headings.items()}
    else:
        names = {
            agency_key(plan.heading.code, agency.code, plans.several): (
                agency_key(plan.heading.code, words.short(agency), plans.several),
                words.agency(agency),
            )
            for plan in plans.plans
            for agency in plan.register.agencies
        }
    rows = statistics.figures_by(list(tasks), by, plans)
    if by is By.AGENCY:
        rows = statistics.ordered(rows, RowOrder.OVERDUE)
    return [(*names[figures.key or ""], figures) for figures in rows]


def _two_by_two(sheet: Worksheet, row: int, total: Figures) -> int:
    counts = total.states
    done = (counts[State.DONE_ON_TIME], counts[State.DONE_LATE])
    still_open = (counts[State.OPEN_IN_TIME], counts[State.OPEN_OVERDUE])
    lines: list[tuple[str, tuple[Value, ...], str]] = [
        (_("Hoàn thành"), (*done, sum(done)), "count"),
        (_("Chưa hoàn thành"), (*still_open, sum(still_open)), "count"),
        *((words.state(state), (counts[state],), "count") for state in total.beside),
        (_("Tổng số"), (total.total,), "total"),
        (_("Tỷ lệ hoàn thành trên số đến hạn"), (_rate(total.rate_due),), "total share"),
        (_("Tỷ lệ hoàn thành trên số được giao"), (_rate(total.rate_all),), "total share"),
    ]
    for number, title in enumerate(("", _("Trong hạn"), _("Quá hạn"), _("Tổng số")), start=2):
        put(sheet, row, number, title, "heading")
    for at, (name, values, style) in enumerate(lines, start=row + 1):
        bold = "" if style == "count" else "total "
        make_high(sheet, at, [])
        for column in range(2, 6):
            put(sheet, at, column, None, f"{bold}name")
        put(sheet, at, 2, name, f"{bold}name")
        for column, value in enumerate(values, start=6 - len(values)):
            put(sheet, at, column, value, style)
        if len(values) == 1:  # of what is neither in time nor late there is one number
            sheet.merge_cells(start_row=at, end_row=at, start_column=2, end_column=4)
    mark_late(sheet, f"D{row + 2}", f"$D${row + 2}>0")
    return row + len(lines) + 1


def _table(
    sheet: Worksheet, row: int, first_title: str, rows: Sequence[_Row], total: Figures
) -> int:
    """The 2 × 2 table laid out flat: a line a row, and the total; returns the next row."""
    titles = (
        first_title, _("Tên"), _("Tổng số"), _("HT đúng hạn"), _("HT quá hạn"),
        _("Chưa HT trong hạn"), _("Chưa HT quá hạn"),
        _("Thường xuyên"), *map(words.beside_title, total.beside[1:]),
        _("Tỷ lệ HT trên số đến hạn"), _("Tỷ lệ HT trên số được giao"), _("Ghi chú"),
    )  # fmt: skip
    for column, title in enumerate(titles, start=1):
        put(sheet, row, column, title, "heading")
    make_high(sheet, row, zip(titles, _widths(total), strict=True))
    for at, (code, name, figures) in enumerate(rows, start=row + 1):
        _line(sheet, at, (code, name, figures), total.shown, "")
    end = row + len(rows) + 1
    mark_late(sheet, area(row + 1, end, 7, 7), f"$G{row + 1}>0")
    _line(sheet, end, (_("Tổng số"), None, total), total.shown, "total ")
    return end + 1


def _line(
    sheet: Worksheet,
    row: int,
    of: tuple[str, str | None, Figures],
    states: Sequence[State],
    kind: str,
) -> None:
    key, name, figures = of
    put(sheet, row, 1, key, f"{kind}name")
    put(sheet, row, 2, name, f"{kind}name")
    make_high(sheet, row, [(key, _BEFORE[0]), (name, _BEFORE[1])])
    counts = (figures.total, *(figures.states[state] for state in states))
    for column, count in enumerate(counts, start=3):
        put(sheet, row, column, count, "total" if kind else "count")
    for column, rate in enumerate((figures.rate_due, figures.rate_all), start=4 + len(states)):
        put(sheet, row, column, _rate(rate), f"{kind}share")
    put(sheet, row, 6 + len(states), None, "name")


def _rate(share: float | None) -> Value:
    return words.percent(None) if share is None else share


def _chart(sheet: Worksheet, row: int, first: int, rows: Sequence[_Row], total: Figures) -> int:
    """A bar a row, of those from ``first`` on; returns how many rows of the sheet the chart covers."""
    bars = len(rows)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    chart.title = _title(_("Số nhiệm vụ theo tình trạng"))
    states = total.shown
    data = Reference(
        sheet, min_col=4, max_col=3 + len(states), min_row=first - 1, max_row=first + bars - 1
    )
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=first + bars - 1))
    for series, colour in zip(chart.series, map(_COLOURS.__getitem__, states), strict=True):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = colour
        series.dLbls = _labels(colour)
    chart.x_axis.scaling.orientation = "maxMin"  # the first agency on top
    chart.y_axis.crosses = "max"  # and the numbers below
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.y_axis.majorUnit = ceil(max(figures.total for _code, _name, figures in rows) / 10)
    chart.y_axis.majorGridlines = ChartLines(
        GraphicalProperties(ln=LineProperties(solidFill="D0D0D0"))
    )
    chart.legend.position = "b"
    high = 4 + 0.5 * bars
    chart.width, chart.height = sum(_widths(total)) * 7.9 / 96 * 2.54, high
    sheet.add_chart(chart, f"A{row}")
    return 2 + ceil(high / _ROW)


def _labels(colour: str) -> DataLabelList:
    """The numbers inside the bars of a colour; none of a bar that is not there."""
    light = int(colour[2:4], 16) > _DARKEST_UNDER_BLACK
    letters = CharacterProperties(
        sz=900, b=True, solidFill="000000" if light else "FFFFFF", latin=DrawingFont(typeface=FONT)
    )
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    return DataLabelList(
        numFmt="0;;;",
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        txPr=RichText(p=[paragraph]),
    )


_DARKEST_UNDER_BLACK = 0xA0  # of the green part of a colour, which makes most of its light


def _title(text: str) -> Title:
    letters = CharacterProperties(sz=1400, b=True, latin=DrawingFont(typeface=FONT))
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=letters), r=[RegularTextRun(rPr=letters, t=text)]
    )
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
