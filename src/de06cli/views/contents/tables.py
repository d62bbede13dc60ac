"""Records as tables for people: columns with titles, cells with a tone. Renderers decide the looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from de06cli.messages import _
from de06cli.tracking.states import Task
from de06cli.tracking.terms import By, Role, State
from de06cli.views import words

if TYPE_CHECKING:
    from de06cli.plan.portfolio import Portfolio
    from de06cli.tracking.assignments import Assignments
    from de06cli.tracking.statistics import Figures

LATE, SOON, DONE, QUIET, TITLE = "late", "soon", "done", "quiet", "title"


class Cell(NamedTuple):
    text: str
    tone: str = ""


class Column(NamedTuple):
    title: str
    right: bool = False
    flexible: bool = False  # takes the width that is left, and wraps first
    readable: int = 0  # the least width that is still good to read, if not that of its longest word


class Table(NamedTuple):
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


def tone(task: Task) -> str:
    """What a task's colour means: late, soon or done."""
    if task.state is State.OPEN_OVERDUE:
        return LATE
    if task.due_soon:
        return SOON
    return "" if task.state is State.OPEN_IN_TIME else DONE


def tasks(listed: Iterable[Task]) -> Table:
    """The register in short: a row a model, with its plan where there are several."""
    shown = list(listed)
    several = any(task.one_of_many for task in shown)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(_("Mô hình"), right=True),
        Column(_("STT"), right=True),
        Column(_("Nhiệm vụ"), flexible=True, readable=16),
        Column(_("Thời hạn"), right=True),
        Column(_("Chủ trì")),
        Column(_("Tiến độ")),
        Column(_("Tình trạng"), readable=17),
    )
    rows = tuple(
        (
            *([Cell(task.plan)] if several else ()),
            Cell(str(task.model.model)),
            Cell("" if task.model.stt is None else str(task.model.stt), QUIET),
            Cell(words.one_line(task.model.title)),
            Cell(words.day(task.due), tone(task)),
            Cell(", ".join(task.model.lead)),
            Cell(words.step_marks(task), DONE if task.steps_done == task.steps_total else ""),
            Cell(words.task_state(task), tone(task)),
        )
        for task in shown
    )
    return Table(columns, rows)


def two_by_two(total: Figures) -> Table:
    """Finished or not, in time or late, and what is ongoing; each task once, with both rates."""
    counts = total.states
    columns = (
        Column(""),
        Column(_("Trong hạn"), right=True),
        Column(_("Quá hạn"), right=True),
        Column(_("Tổng số"), right=True),
    )
    done = (counts[State.DONE_ON_TIME], counts[State.DONE_LATE])
    still_open = (counts[State.OPEN_IN_TIME], counts[State.OPEN_OVERDUE])
    late = LATE if counts[State.OPEN_OVERDUE] else ""
    rows = (
        _counts(_("Hoàn thành"), done, DONE if any(done) else ""),
        _counts(_("Chưa hoàn thành"), still_open, late),
        _last(_("Thường xuyên"), words.number(counts[State.ONGOING])),
        _last(_("Tổng số"), words.number(total.total)),
        _last(
            _("Tỷ lệ hoàn thành / đã đến hạn"),
            _rate(total.rate_due, total.due_passed_finished, total.due_passed),
        ),
        _last(
            _("Tỷ lệ hoàn thành / được giao"), _rate(total.rate_all, total.finished, total.rated)
        ),
    )
    return Table(columns, rows)


def _counts(label: str, in_time_and_late: tuple[int, int], tone: str) -> tuple[Cell, ...]:
    in_time, late = in_time_and_late
    return (
        Cell(label),
        Cell(words.number(in_time)),
        Cell(words.number(late), tone),
        Cell(words.number(in_time + late)),
    )


def _last(label: str, text: str) -> tuple[Cell, ...]:
    return (Cell(label), Cell(""), Cell(""), Cell(text))


def statistics(rows: Sequence[Figures], total: Figures, by: By, portfolio: Portfolio) -> Table:
    """The 2 × 2 table laid out flat, with its rates: a row an agency, level or month, and the total."""
    first = {
        By.PLAN: Column(_("Kế hoạch"), flexible=True),
        By.AGENCY: Column(_("Đơn vị"), flexible=True, readable=16),
        By.LEVEL: Column(_("Cấp")),
        By.MONTH: Column(_("Tháng đến hạn")),
    }[by]
    columns = (
        first,
        Column(_("Tổng số"), right=True),
        Column(_("HT đúng hạn"), right=True),
        Column(_("HT quá hạn"), right=True),
        Column(_("Chưa HT trong hạn"), right=True),
        Column(_("Chưa HT quá hạn"), right=True),
        Column(_("Thường xuyên"), right=True),
        Column(_("HT / đã đến hạn"), right=True),
        Column(_("HT / được giao"), right=True),
    )
    names = _names(by, portfolio)
    body = tuple((Cell(_row_name(row.key or "", by, names)), *_figures(row)) for row in rows)
    return Table(columns, body, (Cell(_("Tổng số")), *_figures(total)))


def _names(by: By, portfolio: Portfolio) -> dict[str, str]:
    """What the keys of plans and of agencies stand for."""
    headings = [plan.heading for plan in portfolio.plans]
    match by:
        case By.PLAN:
            return {heading.code: heading.place or heading.title for heading in headings}
        case By.AGENCY:
            from de06cli.tracking.statistics import agency_key  # noqa: PLC0415 - lists need none

            return {
                agency_key(heading.code, agency.code, portfolio.several): words.agency(agency)
                for heading, plan in zip(headings, portfolio.plans, strict=True)
                for agency in plan.register.agencies
            }
    return {}


def _row_name(key: str, by: By, names: dict[str, str]) -> str:
    if key in names:
        return f"{key} – {names[key]}"
    if by is By.LEVEL:
        return words.level(key) or _("(không ghi)")
    if not key:
        return _("(không thời hạn)")
    year, month = key.split("-")
    return f"{month}/{year}"


def _figures(row: Figures) -> tuple[Cell, ...]:
    counts = row.states
    return (
        Cell(words.number(row.total)),
        Cell(words.number(counts[State.DONE_ON_TIME])),
        Cell(words.number(counts[State.DONE_LATE])),
        Cell(words.number(counts[State.OPEN_IN_TIME])),
        Cell(words.number(counts[State.OPEN_OVERDUE]), LATE if counts[State.OPEN_OVERDUE] else ""),
        Cell(words.number(counts[State.ONGOING])),
        Cell(_rate(row.rate_due, row.due_passed_finished, row.due_passed)),
        Cell(_rate(row.rate_all, row.finished, row.rated)),
    )


def _rate(share: float | None, finished: int, of: int) -> str:
    if share is None:
        return words.percent(None)
    return f"{words.percent(share)} ({words.number(finished)}/{words.number(of)})"


def agencies(listed: Sequence[Assignments]) -> Table:
    """The register of agencies: the numbers of the models that each leads, supports, implements."""
    several = any(entry.one_of_many for entry in listed)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(_("Mã")),
        Column(_("Tên"), flexible=True, readable=16),
        Column(_("Cấp")),
        Column(_("Chủ trì"), readable=12),
        Column(_("Phối hợp"), readable=12),
        Column(_("Lực lượng triển khai"), readable=12),
    )
    rows = tuple(
        (
            *([Cell(entry.plan)] if several else ()),
            Cell(entry.agency.code),
            Cell(words.agency(entry.agency)),
            Cell(words.level(entry.agency.level), QUIET),
            *(
                Cell(", ".join(map(str, entry.models[role])))
                for role in (Role.LEAD, Role.SUPPORT, Role.IMPLEMENTER)
            ),
        )
        for entry in listed
    )
    return Table(columns, rows)
