"""The periodic report as all its forms show it: text, page and document.

``outline`` gives the chapters, their lists and the columns of each list, without data. ``values`` gives
the texts that fill them, by name. ``contents`` puts both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns
from de06cli.tracking.figures.statistics import figures
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import LateStep, Situation, Task
from de06cli.tracking.supplement import Marked, Supplement
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents import field_lists, figure_tables, register, tables
from de06cli.views.contents.field_lists import ListField, Row
from de06cli.views.contents.register import Texts
from de06cli.views.contents.reports import report_lists, report_rows
from de06cli.views.contents.tables import Cell, Table


class Part(NamedTuple):
    """A list of the report."""

    key: str
    title: str
    fields: tuple[ListField, ...]
    counted: bool = True  # the heading has the number of rows, and an empty list has no table
    optional: bool = False  # left out, with its heading, where the report can't know its rows


class Chapter(NamedTuple):
    title: str
    parts: tuple[Part, ...]


# The outline ------------------------------------------------------------------------------


def outline(
    days: Mapping[str, str], report: Report | None = None
) -> tuple[Chapter, Chapter, Chapter]:
    """The chapters of ``report``; without a report, those of the blank form.

    ``days`` are texts: the ends of both periods by the names first, last, next_first and next_last.
    """
    model = ListField("number", nouns.number_title(), 16, centred=True)
    task = ListField("title", _("Nhiệm vụ"), 70)
    due = ListField("due", _("Thời hạn"), 25, centred=True)
    day = ListField("date", _("Ngày"), 25, centred=True)
    late = ListField("days_late", _("Số ngày quá hạn"), 22, centred=True)
    reason = ListField("note", _("Lý do"), 30)
    lead = ListField("lead", _("Chủ trì"), 24)
    deadline = due._replace(key="deadline")
    of_step = (
        ListField("number", nouns.filled("{Step}"), 16, centred=True),
        task._replace(below="text"),
        ListField("by", _("Đơn vị"), 24),
    )
    results = (
        Part("two_by_two", _("Tình hình chung"), _two_by_two_fields(), counted=False),
        *(part for part, _table in _comparison(report)),
        Part(
            "finished",
            _("Nhiệm vụ hoàn thành"),
            (
                model,
                task._replace(width=49),
                lead,
                deadline,
                ListField("completed_on", _("Ngày hoàn thành"), 25, centred=True),
                ListField("state", _("Tình trạng"), 26),
            ),
        ),
        Part(
            "done",
            nouns.filled(_("{Step} hoàn thành")),
            (*of_step, day, ListField("evidence", _("Minh chứng"), 30)),
        ),
        Part(
            "extended",
            _("Gia hạn"),
            (
                model,
                task._replace(below="note"),
                ListField("before", _("Hạn cũ"), 25, centred=True),
                due._replace(title=_("Hạn mới")),
                ListField("document", _("Văn bản"), 29),
            ),
        ),
        Part(
            "supplement",
            _("Ghi nhận bổ sung (kết quả của kỳ trước)"),
            (
                ListField("item", f"{nouns.number_title()}, {nouns.filled('{step}')}", 22),
                task._replace(below="text", width=52),
                ListField("by", _("Đơn vị"), 24),
                day,
                ListField("result", _("Kết quả"), 42),
            ),
            optional=True,
        ),
        _other("closed_periods"),
        _other("targets"),
        _other("stopped"),
    )
    shortcomings = (
        Part(
            "overdue",
            _overdue_title(report),
            (model, task._replace(below="held_up"), lead, deadline, late),
        ),
        Part("overdue_steps", _overdue_steps_title(report), (*of_step, due, late)),
        _other("blocked_tasks"),
        Part("blocked", nouns.filled(_("{Step} vướng mắc")), (*of_step, day, reason)),
        Part("skipped", nouns.filled(_("{Step} không thực hiện")), (*of_step, day, reason)),
    )
    coming = (
        Part(
            "due_next",
            _("Nhiệm vụ đến hạn"),
            (model, task._replace(below="held_up"), lead, deadline),
        ),
        Part("due_next_steps", nouns.filled(_("{Step} đến hạn")), (*of_step, due)),
    )
    unknown = report is not None and report.supplement is None
    return (
        Chapter(
            _("Kết quả trong kỳ (từ ngày {first} đến ngày {last})").format_map(days),
            _there(report, [part for part in results if not (part.optional and unknown)]),
        ),
        Chapter(_("Tồn tại, hạn chế và nguyên nhân"), _there(report, shortcomings)),
        Chapter(
            _("Nhiệm vụ kỳ tới (từ ngày {next_first} đến ngày {next_last})").format_map(days),
            _there(report, coming),
        ),
    )


def _other(key: str) -> Part:
    return Part(key, _(report_lists.TITLES[key]), report_lists.fields(key))


def _there(report: Report | None, parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if report_lists.has(report, part.key))


def _overdue_title(report: Report | None) -> str:
    """While the last day lasts, what is due on it is not late yet."""
    if report and not report.over and any(not task.days_late for task in report.overdue):
        return _("Nhiệm vụ quá hạn hoặc đến hạn ngày cuối kỳ")
    return _("Nhiệm vụ quá hạn")


def _overdue_steps_title(report: Report | None) -> str:
    if report and not report.over and any(not one.days_late for one in report.overdue_steps):
        title = _("{Step} quá hạn hoặc đến hạn ngày cuối kỳ của nhiệm vụ còn trong hạn")
        return nouns.filled(title)
    return nouns.filled(_("{Step} quá hạn của nhiệm vụ còn trong hạn"))


def title() -> str:
    return _("Báo cáo")


def subject(of: Mapping[str, str]) -> tuple[str, str]:
    """What the report is about, and of which days; ``of`` are its values, or what stands for them."""
    return (
        _("Kết quả thực hiện {headline}").format_map(of),
        _("(từ ngày {first} đến ngày {last})").format_map(of),
    )


def _two_by_two_fields() -> tuple[ListField, ...]:
    """The columns of the 2 × 2 table."""
    widths = {"name": 75, "in_time": 30, "late": 30, "total": 30}
    return field_lists.of_columns(tables.two_by_two(figures([])), widths)


def _comparison(report: Report | None) -> tuple[tuple[Part, Table], ...]:
    """The figures beside those of an earlier day, in a report that was asked for them."""
    if report is None or report.compared is None:
        return ()
    day, beside = report.compared
    table = figure_tables.compared(beside, day, report.period.last)
    fields = field_lists.of_columns(table, {"name": 75, "before": 33, "now": 33, "change": 24})
    title = _("So với ngày {day}").format(day=words.day(day))
    return ((Part("compared", title, fields, counted=False), table),)


def summary_title(by: By) -> str:
    if by is By.PLAN:
        return _("Tổng hợp theo kế hoạch")
    return _("Tổng hợp theo đơn vị chủ trì")


def summary_fields(by: By, report: Report | None = None) -> tuple[ListField, ...]:
    """The columns of the leaders' summary, a row an agency that leads, or a plan; the blank form has no
    columns for what only the tasks of ``report`` need."""
    beside = report.total.beside[1:] if report else ()
    return (
        ListField("name", _("Kế hoạch") if by is By.PLAN else _("Đơn vị"), 70),
        ListField("total", _("Tổng số"), 14, centred=True),
        ListField("done_on_time", _("HT đúng hạn"), 17, centred=True),
        ListField("done_late", _("HT quá hạn"), 17, centred=True),
        ListField("open_in_time", _("Chưa HT trong hạn"), 19, centred=True),
        ListField("open_overdue", _("Chưa HT quá hạn"), 19, centred=True),
        ListField("ongoing", _("Thường xuyên"), 21, centred=True),
        *(ListField(state.value, words.beside_title(state), 17, centred=True) for state in beside),
        ListField("rate_due", _("Tỷ lệ HT trên số đến hạn"), 24, centred=True),
        ListField("rate_all", _("Tỷ lệ HT trên số được giao"), 24, centred=True),
        ListField("note", _("Ghi chú"), 27),
    )


# What fills it -----------------------------------------------------------------------------------


def values(view: Situation, report: Report, made_on: date) -> Texts:
    """The texts of the report, those of the register among them; ``made_on`` is the day on which it is
    made."""
    summaries = _summaries(view, report)
    fields = summary_fields(By.AGENCY, report)
    lists = _lists(report)
    of_register = register.values(view, report.tasks, made_on)
    counts = {key: register.count(rows) for key, rows in lists.items()}
    if report.supplement is None:
        counts["supplement"] = ""  # nobody knows
    return of_register | _days(report) | lists | {
        "count": of_register["count"] | counts,
        "agencies": register.agencies(view, _named(report)),
        "two_by_two": [
            field_lists.row(_two_by_two_fields(), cells)
            for cells in tables.two_by_two(report.total).rows
        ],
        "compared": [
            field_lists.row(part.fields, cells)
            for part, table in _comparison(report)
            for cells in table.rows
        ],
        "by_plan": [field_lists.row(fields, cells) for cells in _rows_of(summaries, By.PLAN)],
        "by_agency": [field_lists.row(fields, cells) for cells in _rows_of(summaries, By.AGENCY)],
        "total": field_lists.row(fields, summaries[By.AGENCY].total or ()),
    }  # fmt: skip


def _named(report: Report) -> Iterator[tuple[str, str]]:
    """The agencies that the lists name, by plan and code."""
    steps: list[Marked | LateStep] = [*report.done, *report.blocked, *report.skipped]
    steps += [*report.overdue_steps, *report.due_steps]
    late = report.supplement or Supplement()
    steps += late.closed
    moved = [one.task for one in late.extended]
    for task in (*report.finished, *report.overdue, *report.due, *moved):
        yield from ((task.plan, code) for code in task.model.lead)
    for one in steps:
        yield from ((one.task.plan, code) for code in report_rows.by(one))


def _rows_of(summaries: Mapping[By, Table], by: By) -> Sequence[tuple[Cell, ...]]:
    return summaries[by].rows if by in summaries else ()


def _summaries(view: Situation, report: Report) -> dict[By, Table]:
    """The leaders' summaries: by plan where there are several, and by agency."""
    plans = view.portfolio
    rows = {By.PLAN: report.by_plan, By.AGENCY: report.by_agency}
    return {
        by: tables.statistics(rows[by], report.total, by, plans)
        for by in rows
        if by is By.AGENCY or plans.several
    }


def _days(report: Report) -> dict[str, str]:
    ends = {
        "first": report.period.first,
        "last": report.period.last,
        "next_first": report.coming.first,
        "next_last": report.coming.last,
    }
    return {name: words.day(day) for name, day in ends.items()}


def _lists(report: Report) -> dict[str, list[Row]]:
    """The rows of each list by the key of its part."""

    def models(tasks: tuple[Task, ...]) -> list[Row]:
        return [register.row(task) for task in tasks]

    return report_lists.rows(report) | {
        "finished": models(report.finished),
        "done": [report_rows.marked(one) for one in report.done],
        "extended": [report_rows.extension(one) for one in report.extended],
        "supplement": report_rows.supplement(report.supplement or Supplement(), report.period),
        "overdue": [
            register.row(task) | {"days_late": words.number(task.days_late or 0)}
            for task in report.overdue
        ],
        "overdue_steps": [report_rows.late_step(one) for one in report.overdue_steps],
        "blocked": [report_rows.marked(one) for one in report.blocked],
        "skipped": [report_rows.marked(one) for one in report.skipped],
        "due_next": models(report.due),
        "due_next_steps": [report_rows.late_step(one) for one in report.due_steps],
    }


# Both together -----------------------------------------------------------------------------------

NUMERALS = ("I", "II", "III", "IV")


class ReportList(NamedTuple):
    """A list under its heading; no table where there is nothing in it."""

    heading: str
    table: Table | None


class ReportContents(NamedTuple):
    """The whole report as headings, tables and sentences."""

    title: str
    subject: tuple[str, str]
    as_at: str
    chapters: tuple[tuple[str, tuple[ReportList, ...]], ...]
    note: str  # below the last table


def contents(view: Situation, report: Report, made_on: date) -> ReportContents:
    """The contents of ``report``; ``made_on`` is the day that stands in it as its date."""
    texts = values(view, report, made_on)
    chapters = [
        (
            f"{numeral}. {chapter.title}",
            tuple(
                _list(report, part, number, texts)
                for number, part in enumerate(chapter.parts, start=1)
            ),
        )
        for numeral, chapter in zip(NUMERALS, outline(texts, report), strict=False)
    ]
    summaries = tuple(
        ReportList(f"{number}. {summary_title(by)}", table if table.rows else None)
        for number, (by, table) in enumerate(_summaries(view, report).items(), start=1)
    )
    chapters.append((f"{NUMERALS[len(chapters)]}. {_('Tổng hợp')}", summaries))
    return ReportContents(
        title(), subject(texts), texts["as_at"], tuple(chapters), words.counted_under_each()
    )


def _list(report: Report, part: Part, number: int, texts: Texts) -> ReportList:
    heading = f"{number}. {part.title}"
    if not part.counted:
        own = {one.key: table for one, table in _comparison(report)}
        return ReportList(heading, own.get(part.key) or tables.two_by_two(report.total))
    rows = texts[part.key]
    table = field_lists.table(part.fields, rows) if rows else None
    return ReportList(f"{heading}: {texts['count'][part.key]}", table)
