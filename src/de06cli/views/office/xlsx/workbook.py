"""The register as a workbook for Excel and LibreOffice: as the office prints it, its steps to be filled
in, and the figures for leaders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from de06cli.messages import _, ngettext
from de06cli.plan.records import Agency
from de06cli.tracking.states import Situation, Task
from de06cli.views import words
from de06cli.views.contents import register
from de06cli.views.links import Links
from de06cli.views.office.xlsx import appendix, declared, seal, steps, summary, targets
from de06cli.views.office.xlsx.paper import (
    SheetColumn,
    area,
    paper,
    save,
    table,
    workbook,
)


def write(view: Situation, tasks: Iterable[Task], path: Path, *, apart: bool = False) -> None:
    """Writes the workbook of the tasks. Raises OSError.

    ``apart`` says that the file goes where the documents of the plan are not: it has only links to the web.
    The steps sheet is read back by ``reading``.
    """
    listed = list(tasks)
    title, subtitle = names(view, len(listed))
    book = workbook(title, view.today)
    links = Links(view, None if apart else path.parent)
    appendix.add(book, view, listed, (title, subtitle), links)
    agencies = _agencies(book, view)
    steps.add(book, view, listed, subtitle, agencies, links)
    targets.add(book, view, listed, subtitle, links)
    summary.add(book, view, listed, subtitle)
    # The register of agencies is looked up, not read: it stands last.
    book.move_sheet(_("Đơn vị"), len(book.sheetnames))
    save(book, view.today, path)


def names(view: Situation, tasks: int) -> tuple[str, str]:
    """The title of the plans, and the line below it."""
    headings = [plan.heading for plan in view.portfolio.plans]
    counted = ngettext("{n} nhiệm vụ", "{n} nhiệm vụ", tasks).format(n=words.number(tasks))
    if len(headings) > 1:
        n = len(headings)
        plans = ngettext("{n} kế hoạch", "{n} kế hoạch", n).format(n=words.number(n))
        return _("Danh mục nhiệm vụ"), f"{plans} – {counted}"
    heading = headings[0]
    of_title = words.one_line(heading.title) if heading.programme else None
    return register.progress_title(view), " – ".join(
        filter(None, (of_title, heading.place, counted))
    )


def _agencies(book: Workbook, view: Situation) -> str:
    """Writes a row an agency; returns the range of their codes, from which agencies choose."""
    sheet = book.create_sheet(_("Đơn vị"))
    rows: list[tuple[str, Agency]] = [
        (plan.heading.code, agency)
        for plan in view.portfolio.plans
        for agency in plan.register.agencies
    ]
    several = len(view.days) > 1
    columns = [
        *([SheetColumn(_("Kế hoạch"), 14, "centred", lambda row: row[0])] if several else []),
        SheetColumn(_("Mã"), 14, "text", lambda row: row[1].code),
        SheetColumn(_("Tên"), 60, "text", lambda row: words.agency(row[1])),
        SheetColumn(_("Cấp"), 18, "text", lambda row: words.level(row[1].level)),
        *declared.columns(lambda row: row[1], rows),
    ]
    first = table(sheet, 1, columns, rows)
    last = max(sheet.max_row, first)
    sheet.freeze_panes = sheet.cell(first, 1)
    seal.add(sheet, len(columns) + 1)
    paper(sheet, area(1, last, 1, len(columns)))
    code = "B" if several else "A"
    return f"${code}${first}:${code}${last}"
