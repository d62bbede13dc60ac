"""Records as tables for people: columns with titles, cells with a tone. Renderers decide the looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from de06cli.messages import _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns
from de06cli.tracking import states
from de06cli.tracking.states import Task, status
from de06cli.tracking.terms import By, Role, State
from de06cli.views import words
from de06cli.views.contents import deadlines

if TYPE_CHECKING:
    from de06cli.plan.portfolio import Portfolio
    from de06cli.plan.records import Agency
    from de06cli.tracking.assignments import Assignments
    from de06cli.tracking.figures.statistics import Figures

LATE, SOON, DONE, QUIET, TITLE = "late", "soon", "done", "quiet", "title"
_UNDATED = 24  # characters of why there is no deadline
HEADING, ALARM, NOTE = "heading", "alarm", "note"


class Cell(NamedTuple):
    text: str
    tone: str = ""


class Column(NamedTuple):
    title: str
    right: bool = False
    flexible: bool = False  # takes the width that is left, and wraps first
    cut: bool = False  # a terminal may shorten its text: "show" gives it whole
    listed: bool = False  # names with commas between them, behind which it wraps
    readable: int = 0  # the least width that is still good to read, if not that of its longest word


class Table(NamedTuple):
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    wide: int = 0  # on a terminal of fewer columns a row is a block


def tone(task: Task) -> str:
    """What a task's colour means: late, soon or done."""
    if task.state is State.OPEN_OVERDUE:
        return LATE
    if task.due_soon:
        return SOON
    if task.state is State.STOPPED:
        return QUIET
    return "" if task.state in (State.OPEN_IN_TIME, State.UNDATED) else DONE


def tasks(listed: Iterable[Task]) -> Table:
    """The register in short: a row a model, with its plan where there are several."""
    shown = list(listed)
    several = any(task.one_of_many for task in shown)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(nouns.number_title(), right=True),
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
            Cell(deadlines.short(task), tone(task)),
            Cell(words.holders(task.model.lead, task)),
            Cell(words.step_marks(task), DONE if words.is_closed(task) else ""),
            Cell(words.task_state(task), tone(task)),
        )
        for task in shown
    )
    return Table(columns, rows)


Named = Callable[[str, str], str]  # what an agency is called, by its plan's code and its own


def codes(_plan: str, code: str) -> str:
    """Every agency by its code."""
    return code


def short_names(portfolio: Portfolio) -> Named:
    """The agencies' names as tables on a terminal have them."""
    return lambda plan, code: words.short(portfolio.agency(plan, code))


def short_tasks(listed: Sequence[Task], named: Named, *, waiting: bool) -> Table:
    """The register for a terminal: short states and names, a title that may be cut.

    ``waiting`` adds whom each open task waits for.
    """
    several = any(task.one_of_many for task in listed)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(_("Số"), right=True),
        Column(_("STT"), right=True),
        Column(_("Nhiệm vụ"), flexible=True, cut=True, readable=24),
        Column(_("Thời hạn"), readable=99),
        Column(_("Chủ trì"), listed=True, readable=14),
        Column(_("Tiến độ"), readable=99),
        Column(_("Tình trạng"), readable=99),
        *([Column(_("Đang chờ"), readable=99)] if waiting else ()),
    )
    rows = tuple(
        (
            *([Cell(task.plan)] if several else ()),
            Cell(str(task.model.model)),
            Cell("" if task.model.stt is None else str(task.model.stt), QUIET),
            Cell(words.one_line(task.model.title)),
            Cell(due(task), tone(task)),
            Cell(leads(task, named)),
            Cell(words.step_marks(task), DONE if words.is_closed(task) else ""),
            Cell(words.short_state(task), tone(task)),
            *([Cell(waits_for(task, named, short=True))] if waiting else ()),
        )
        for task in listed
    )
    return Table(columns, rows)


def due(task: Task) -> str:
    """The day, and that it was moved: "31/03/2024 (gia hạn)"."""
    day = deadlines.short(task)
    if task.due is None:
        return words.beginning(day, _UNDATED)
    # The first day of a task that had none is no extension.
    moved = task.model.extensions if task.model.deadline else task.model.extensions[1:]
    return f"{day} {_('(gia hạn)')}" if moved else day


def leads(task: Task, named: Named) -> str:
    return ", ".join(words.holder(code, task, named(task.plan, code)) for code in task.model.lead)


def first_lead(task: Task, named: Named) -> str:
    """The first lead agency, and how many others there are: "PC06 +2"."""
    names = [words.holder(code, task, named(task.plan, code)) for code in task.model.lead]
    return _first(names)


def _first(names: Sequence[str]) -> str:
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)


def waits_for(task: Task, named: Named, *, short: bool = False) -> str:
    """Who acts in the step that an open task hangs on; nothing where none is named.

    In ``short`` the first of them, and how many others there are: "PC06 +2".
    """
    step = task.hangs_on
    names = [named(task.plan, code) for code in step.agencies] if step else []
    return _first(names) if short else ", ".join(names)


def counted(listed: Sequence[Task], within: int | None) -> str:
    """How many tasks there are, and of them what matters: "24 nhiệm vụ: 8 hoàn thành, 6 quá hạn".

    ``within`` is how many days "due soon" looks ahead; None where plans look differently far.
    """
    done = sum(task.state in states.DONE for task in listed)
    late = sum(task.state is State.OPEN_OVERDUE for task in listed)
    soon = sum(task.due_soon for task in listed)
    if within is None:
        of_soon = _("{n} sắp đến hạn").format(n=words.number(soon))
    else:
        of_soon = _("{n} đến hạn trong {days}").format(
            n=words.number(soon), days=words.days(within)
        )
    parts = (
        (done, _("{n} hoàn thành").format(n=words.number(done))),
        (late, _("{n} quá hạn").format(n=words.number(late))),
        (soon, of_soon),
    )
    n = len(listed)
    total = ngettext("{n} nhiệm vụ", "{n} nhiệm vụ", n).format(n=words.number(n))
    what = ", ".join(text for count, text in parts if count)
    return f"{total}: {what}." if what else f"{total}."


def within(portfolio: Portfolio) -> int | None:
    """How many days "due soon" looks ahead; None where the plans look differently far."""
    every = {plan.heading.due_soon_days for plan in portfolio.plans}
    return every.pop() if len(every) == 1 else None


def legend(listed: Iterable[Task]) -> list[str]:
    """What each of the marks of the steps means that is there."""
    seen = {key for task in listed for key in _statuses(task)}
    return [
        f"{mark} {words.status(key).lower()}"
        for key, mark in words.STEP_MARKS.items()
        if key in seen
    ]


def _statuses(task: Task) -> list[str]:
    """The statuses whose marks a task shows."""
    return [status(step) for step in task.model.steps] or [words.own_status(task)]


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
        *(_last(words.state(state), words.number(counts[state])) for state in total.beside),
        _last(_("Tổng số"), words.number(total.total)),
        _last(
            _("Tỷ lệ hoàn thành trên số đến hạn"),
            rate(total.rate_due, total.due_passed_finished, total.due_passed),
        ),
        _last(
            _("Tỷ lệ hoàn thành trên số được giao"),
            rate(total.rate_all, total.finished, total.rated),
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


def statistics(
    rows: Sequence[Figures], total: Figures, by: By, portfolio: Portfolio, *, short: bool = False
) -> Table:
    """The 2 × 2 table laid out flat, with its rates: a row an agency, level or month, and the total.

    In ``short`` an agency has its short name alone, and heads are as low as a narrow terminal allows.
    """
    columns = (
        row_column(by),
        Column(_("Tổng số"), right=True),
        *(Column(head, right=True) for head in state_heads(short=short).values()),
        Column(_("Thường xuyên"), right=True),
        *(Column(words.beside_title(state), right=True) for state in total.beside[1:]),
        Column(_("Tỷ lệ HT trên số đến hạn"), right=True),
        Column(_("Tỷ lệ HT trên số được giao"), right=True),
    )
    names = row_names([row.key for row in rows], by, portfolio, short=short)
    beside = total.beside
    body = tuple(
        (Cell(name), *_figures(row, beside)) for name, row in zip(names, rows, strict=True)
    )
    return Table(columns, body, (Cell(_("Tổng số")), *_figures(total, beside)))


def state_heads(*, short: bool) -> dict[State, str]:
    """The four states of the 2 × 2 table as heads of columns."""
    return {
        State.DONE_ON_TIME: _("HT đúng hạn"),
        State.DONE_LATE: _("HT quá hạn"),
        State.OPEN_IN_TIME: _("Còn trong hạn") if short else _("Chưa HT trong hạn"),
        State.OPEN_OVERDUE: _("Đang quá hạn") if short else _("Chưa HT quá hạn"),
    }


def row_column(by: By) -> Column:
    """The first column of a table of figures, for what its rows are."""
    return {
        By.PLAN: Column(_("Kế hoạch"), flexible=True),
        By.AGENCY: Column(_("Đơn vị"), flexible=True, readable=16),
        By.LEVEL: Column(_("Cấp")),
        By.MONTH: Column(_("Tháng đến hạn")),
        By.GROUP: Column(_("Nhóm nhiệm vụ"), flexible=True, readable=16),
        By.BASIS: Column(_("Căn cứ"), flexible=True, readable=16),
        By.WAITING: Column(_("Đang chờ"), flexible=True, readable=16),
    }[by]


def row_names(
    keys: Sequence[str | None], by: By, portfolio: Portfolio, *, short: bool = False
) -> list[str]:
    """What the rows of these keys are called; in ``short`` an agency has its short name alone."""
    known = _names(by, portfolio)
    called = _short_names(portfolio) if short and by in {By.AGENCY, By.WAITING} else {}
    return [called.get(key or "") or _row_name(key or "", by, known) for key in keys]


def _names(by: By, portfolio: Portfolio) -> dict[str, str]:
    """What the keys of plans and of agencies stand for."""
    headings = [plan.heading for plan in portfolio.plans]
    match by:
        case By.PLAN:
            return {heading.code: heading.place or heading.title for heading in headings}
        case By.GROUP:
            from de06cli.tracking.figures.statistics import agency_key  # noqa: PLC0415 - lists need none

            return {
                agency_key(plan.heading.code, group.code, portfolio.several): words.one_line(
                    group.title
                )
                for plan in portfolio.plans
                for group in plan.groups
            }
        case By.AGENCY | By.WAITING:
            from de06cli.tracking.figures.statistics import agency_key  # noqa: PLC0415 - lists need none

            return {
                agency_key(heading.code, agency.code, portfolio.several): words.agency(agency)
                for heading, plan in zip(headings, portfolio.plans, strict=True)
                for agency in plan.register.agencies
            }
    return {}


def _short_names(portfolio: Portfolio) -> dict[str, str]:
    """The short names of the agencies that have one, by their keys; with the plan's code where there are
    several."""
    from de06cli.tracking.figures.statistics import agency_key  # noqa: PLC0415 - lists need none

    return {
        agency_key(plan.heading.code, agency.code, portfolio.several): agency_key(
            plan.heading.code, words.short(agency), portfolio.several
        )
        for plan in portfolio.plans
        for agency in plan.register.agencies
        if agency.short
    }


def _row_name(key: str, by: By, names: dict[str, str]) -> str:
    if key in names:
        return f"{key} – {names[key]}"
    if by is By.LEVEL:
        return words.level(key) or _("(không ghi)")
    if not key:
        return _("(không thời hạn)") if by is By.MONTH else _("(không ghi)")
    if by in (By.GROUP, By.BASIS):
        return words.one_line(key)
    year, month = key.split("-")
    return f"{month}/{year}"


def _figures(row: Figures, beside: Iterable[State]) -> tuple[Cell, ...]:
    counts = row.states
    return (
        Cell(words.number(row.total)),
        Cell(words.number(counts[State.DONE_ON_TIME])),
        Cell(words.number(counts[State.DONE_LATE])),
        Cell(words.number(counts[State.OPEN_IN_TIME])),
        Cell(words.number(counts[State.OPEN_OVERDUE]), LATE if counts[State.OPEN_OVERDUE] else ""),
        *(Cell(words.number(counts[state])) for state in beside),
        Cell(rate(row.rate_due, row.due_passed_finished, row.due_passed)),
        Cell(rate(row.rate_all, row.finished, row.rated)),
    )


def rate(share: float | None, finished: int, of: int) -> str:
    if share is None:
        return words.percent(None)
    return f"{words.percent(share)} ({words.number(finished)}/{words.number(of)})"


def agencies(listed: Sequence[Assignments], *, short: bool = False) -> Table:
    """The register of agencies: the numbers of the models that each leads, supports, implements.

    In ``short``, each with its short name behind its name.
    """
    several = any(entry.one_of_many for entry in listed)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(_("Mã")),
        Column(_("Tên"), flexible=True, readable=16),
        Column(_("Cấp")),
        Column(_("Chủ trì"), listed=True, readable=12),
        Column(_("Phối hợp"), listed=True, readable=12),
        Column(_("Lực lượng triển khai"), listed=True, readable=12),
    )
    rows = tuple(
        (
            *([Cell(entry.plan)] if several else ()),
            Cell(entry.agency.code),
            Cell(_name(entry.agency) if short else words.agency(entry.agency)),
            Cell(words.level(entry.agency.level), QUIET),
            *(
                Cell(", ".join(map(str, entry.models[role])))
                for role in (Role.LEAD, Role.SUPPORT, Role.IMPLEMENTER)
            ),
        )
        for entry in listed
    )
    return Table(columns, rows, wide=150)


def _name(agency: Agency) -> str:
    name = words.agency(agency)
    short = words.one_line(agency.short or "")
    if short != agency.code and short not in name:
        name = f"{name} ({short})"
    if agency.ended:
        ended = _("kết thúc hoạt động từ ngày {day}").format(day=words.day(agency.ended.on))
        followed = _("tiếp nhận: {successors}").format(successors=", ".join(agency.ended.successor))
        name += "; " + (f"{ended}, {followed}" if agency.ended.successor else ended)
    return name
