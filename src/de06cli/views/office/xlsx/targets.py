"""The sheet of targets: goal, last value, the one before, what is missing; a row a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from openpyxl import Workbook

from de06cli.messages import _
from de06cli.plan import addresses, nouns, quantities
from de06cli.plan.parts import Measurement, Target
from de06cli.tracking.states import Situation, Task
from de06cli.views import target_words, words
from de06cli.views.links import Links
from de06cli.views.office.xlsx import seal
from de06cli.views.office.xlsx.paper import SheetColumn, area, paper, table, top


class _Row(NamedTuple):
    task: Task
    target: Target
    texts: target_words.TargetRow
    last: Measurement | None


def add(
    book: Workbook, view: Situation, tasks: Sequence[Task], subtitle: str, links: Links
) -> None:
    """The sheet of the tasks' targets; none where there are none."""
    rows = [_row(task, target) for task in tasks for target in task.model.targets]
    if not rows:
        return
    sheet = book.create_sheet(_("Chỉ tiêu"))
    columns = _columns(links)
    row = top(sheet, view, _("Chỉ tiêu"), subtitle, len(columns))
    first = table(sheet, row, columns, rows)
    last = max(sheet.max_row, first)
    sheet.freeze_panes = sheet.cell(first, 2)
    seal.add(sheet, len(columns) + 1)
    paper(sheet, area(1, last, 1, len(columns)))


def _row(task: Task, target: Target) -> _Row:
    last = quantities.target_standing(target, task.today).last
    return _Row(task, target, target_words.row(target, task.today), last)


def _columns(links: Links) -> list[SheetColumn]:
    return [
        SheetColumn(nouns.number_title(), 12, "centred", _number),
        SheetColumn(_("Chỉ tiêu"), 40, "text", _name),
        SheetColumn(_("Mục tiêu"), 20, "text", lambda row: row.texts.goal),
        SheetColumn(_("Kỳ trước"), 22, "text", lambda row: row.texts.previous),
        SheetColumn(_("Thực hiện"), 22, "text", lambda row: row.texts.last),
        SheetColumn(_("Còn thiếu"), 12, "centred", lambda row: row.texts.missing),
        SheetColumn(_("Ngày"), 12, "day", lambda row: row.last.date if row.last else None),
        SheetColumn(_("Đơn vị"), 12, "centred", lambda row: row.last.by if row.last else None),
        SheetColumn(
            _("Minh chứng"),
            18,
            "text",
            lambda row: row.last.evidence if row.last else None,
            link=lambda row: links.of(row.last and row.last.evidence, row.task.plan),
        ),
        SheetColumn(_("Ghi chú"), 26, "text", lambda row: row.last.note if row.last else None),
    ]


def _number(row: _Row) -> str:
    of = row.task.plan if row.task.one_of_many else None
    return addresses.of_target(of, row.task.model.model, row.target.target)


def _name(row: _Row) -> str:
    return words.one_line(row.target.name or row.task.model.title)
