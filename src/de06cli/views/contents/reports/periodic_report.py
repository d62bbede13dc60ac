"""The periodic report as all its forms show it: text, page and document.

``outline`` gives the chapters, their lists and the columns of each list, without data. ``values`` gives
the texts that fill them, by name. ``contents`` puts both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from de06cli.messages import _, language
from de06cli.plan import nouns
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.comparison import Comparison
from de06cli.tracking.figures.statistics import Figures, figures
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import LateStep, Situation
from de06cli.tracking.supplement import Marked, Supplement
from de06cli.tracking.terms import By, RowOrder
from de06cli.views import words
from de06cli.views.contents import field_lists, figure_tables, register, tables
from de06cli.views.contents.field_lists import ListField, Row
from de06cli.views.contents.register import Texts
from de06cli.views.contents.reports import report_lists, report_prose, report_rows
from de06cli.views.contents.tables import Cell, Named, Table


class Part(NamedTuple):
    """A list of the report."""

    key: str
    title: str
    fields: tuple[ListField, ...]
    counted: bool = True  # the heading has the number of rows, and an empty list has no table
    only_if: str = (
        ""  # a condition over the report's values; else it stands without its heading too
    )


class Chapter(NamedTuple):
    """A chapter; one without lists is left to the office, which writes it."""

    title: str
    parts: tuple[Part, ...]


# The outline ------------------------------------------------------------------------------


def outline(days: Mapping[str, str], report: Report | None = None) -> tuple[Chapter, ...]:
    """The chapters of ``report``; without a report, those of the blank form.

    ``days`` are texts: the ends of both periods by the names first, last, next_first and next_last.
    """
    return (
        Chapter(
            _("Kết quả trong kỳ (từ ngày {first} đến ngày {last})").format_map(days),
            _there(report, _results(report)),
        ),
        Chapter(_("Tồn tại, hạn chế và nguyên nhân"), _there(report, _shortcomings(report))),
        Chapter(
            _("Nhiệm vụ kỳ tới (từ ngày {next_first} đến ngày {next_last})").format_map(days),
            _there(report, _coming()),
        ),
        Chapter(_("Kiến nghị, đề xuất"), ()),  # left to the office
    )


def appendix(report: Report | None = None) -> tuple[Part, ...]:
    """The lists that stand behind the report: what the period has brought, a row a task."""
    results = Part(
        "results",
        _("Kết quả trong kỳ theo nhiệm vụ"),
        (
            _number(),
            ListField("title", _("Nhiệm vụ"), 119, below="text"),
            ListField("by", _("Đơn vị, minh chứng"), 32, below="documents"),
        ),
    )
    return _there(report, (results,))


_NUMBER, _DAY = 19, 24  # widths


def _number() -> ListField:
    return ListField("number", nouns.number_title(), _NUMBER, centred=True)


def _task(width: int, below: str = "") -> ListField:
    return ListField("short_title", _("Nhiệm vụ"), width, below=below, behind=below in _SHORT)


_SHORT = ("lead", "waits", "note")  # texts that go on behind a title


def _lead(width: int) -> ListField:
    return ListField("lead", _("Chủ trì"), width)


def _due(key: str = "due") -> ListField:
    return ListField(key, _("Thời hạn"), _DAY, centred=True)


def _of_step(width: int = 70) -> tuple[ListField, ...]:
    return (
        ListField("number", nouns.filled("{Step}"), _NUMBER, centred=True),
        _task(width, "text"),
        ListField("by", _("Đơn vị"), 30),
    )


def _results(report: Report | None) -> tuple[Part, ...]:
    return (
        *(part for part, _table in _figures(report)),
        Part(
            "finished",
            _("Nhiệm vụ hoàn thành"),
            (
                _number(),
                _task(82, "lead"),
                ListField("completed_on", _("Ngày hoàn thành"), 28, centred=True),
                ListField("short_state", _("Tình trạng"), 36),
            ),
        ),
        Part(
            "extended",
            _("Gia hạn"),
            (
                _number(),
                _task(66, "note"),
                ListField("before", _("Hạn cũ"), _DAY, centred=True),
                _due()._replace(title=_("Hạn mới")),
                ListField("document", _("Văn bản"), 32),
            ),
        ),
        Part(
            "supplement",
            _("Ghi nhận bổ sung (kết quả của kỳ trước)"),
            (
                ListField("item", f"{nouns.number_title()}, {nouns.filled('{step}')}", 22),
                _task(48, "text"),
                ListField("by", _("Đơn vị"), 28),
                ListField("date", _("Ngày"), _DAY, centred=True),
                ListField("result", _("Kết quả"), 42),
            ),
        ),
        _other("closed_periods"),
        _other("targets"),
        _other("stopped"),
    )


def _shortcomings(report: Report | None) -> tuple[Part, ...]:
    day = ListField("date", _("Ngày"), _DAY, centred=True)
    late = ListField("days_late", _("Số ngày quá hạn"), 22, centred=True)
    reason = ListField("note", _("Lý do"), 34)
    return (
        Part(
            "overdue",
            _overdue_title(report),
            (_number(), _task(101, "waits"), _due(), late),
        ),
        Part("overdue_steps", _overdue_steps_title(report), (*_of_step(), _due(), late)),
        _other("blocked_tasks"),
        Part(
            "blocked_in_time",
            _blocked_title(report),
            (
                *_of_step(60),
                day._replace(title=_("Từ ngày")),
                reason._replace(title=_("Nguyên nhân")),
            ),
        ),
        Part("skipped", nouns.filled(_("{Step} không thực hiện")), (*_of_step(60), day, reason)),
    )


def _coming() -> tuple[Part, ...]:
    return (
        Part(
            "due_next",
            _("Nhiệm vụ đến hạn"),
            (_number(), _task(122, "waits"), _due()),
        ),
        Part("due_next_steps", nouns.filled(_("{Step} đến hạn")), (*_of_step(80), _due())),
    )


def _other(key: str) -> Part:
    return Part(key, _(report_lists.TITLES[key]), report_lists.fields(key))


def _there(report: Report | None, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The lists that stand in ``report``; in the blank form each has the condition under which it does."""
    if report is None:
        parts = [
            part._replace(only_if=part.only_if or report_lists.condition(part.key))
            for part in parts
        ]
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


def _blocked_title(report: Report | None) -> str:
    if report is None or not report.overdue:
        return nouns.filled(_("{Step} vướng mắc"))
    return nouns.filled(_("{Step} vướng mắc của nhiệm vụ còn trong hạn"))


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


def _figures(report: Report | None) -> tuple[tuple[Part, Table | None], ...]:
    """The figures of the report: beside those of an earlier day where one is compared with, else the
    2 × 2 table. The blank form has both, of which a report fills one."""
    general = _("Tình hình chung")
    two_by_two = Part("two_by_two", general, _two_by_two_fields(), counted=False)
    if report is None:
        table = figure_tables.compared(Comparison(figures([]), figures([])), None, None, soon=False)
    elif report.compared is None:
        return ((two_by_two, tables.two_by_two(report.total)),)
    else:
        day, beside = report.compared
        table = figure_tables.compared(beside, day, report.period.last, soon=False)
    fields = field_lists.of_columns(table, {"name": 75, "before": 33, "now": 33, "change": 24})
    compared = Part("compared", general, fields, counted=False)
    if report:
        return ((compared, table),)
    tags = {"before": "{{ compared_day }}", "now": "{{ last }}"}
    fields = tuple(field._replace(title=tags.get(field.key, field.title)) for field in fields)
    return (
        (compared._replace(fields=fields, only_if="compared"), None),
        (two_by_two._replace(only_if="not compared"), None),
    )


def summary_title(by: By) -> str:
    if by is By.PLAN:
        return _("Tổng hợp theo kế hoạch")
    return _("Tổng hợp theo đơn vị chủ trì")


def summary_fields(by: By, report: Report | None = None) -> tuple[ListField, ...]:
    """The columns of the leaders' summary, a row an agency that leads, or a plan; the blank form has no
    columns for what only the tasks of ``report`` need."""
    beside = report.total.beside[1:] if report else ()
    return (
        ListField("name", _("Kế hoạch") if by is By.PLAN else _("Đơn vị"), 56),
        ListField("total", _("Tổng số"), 14, centred=True),
        ListField("done_on_time", _("HT đúng hạn"), 17, centred=True),
        ListField("done_late", _("HT quá hạn"), 17, centred=True),
        ListField("open_in_time", _("Chưa HT trong hạn"), 19, centred=True),
        ListField("open_overdue", _("Chưa HT quá hạn"), 19, centred=True),
        ListField("ongoing", _("Thường xuyên"), 21, centred=True),
        *(ListField(state.value, words.beside_title(state), 17, centred=True) for state in beside),
        ListField("rate_due", _("Tỷ lệ HT trên số đến hạn"), 32, centred=True),
        ListField("rate_all", _("Tỷ lệ HT trên số được giao"), 32, centred=True),
        ListField("note", _("Ghi chú"), 25),
    )


def counted_under_each() -> str:
    return _(
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng "
        "số chỉ tính một lần."
    )


# What fills it -----------------------------------------------------------------------------------


def values(view: Situation, report: Report, made_on: date) -> Texts:
    """The texts of the report, those of the register among them; ``made_on`` is the day on which it is
    made."""
    summaries = _summaries(view, report)
    fields = summary_fields(By.AGENCY, report)
    lists = _lists(report, tables.short_names(view.portfolio))
    of_report = register.agencies(view, _named(report))
    of_register = register.values(view, report.tasks, made_on)
    counts = {key: register.count(rows) for key, rows in lists.items()}
    if report.supplement is None:
        counts["supplement"] = ""  # nobody knows
    return of_register | _days(report) | lists | {
        "count": of_register["count"] | counts,
        "agencies": of_report,
        "two_by_two": [
            field_lists.row(_two_by_two_fields(), cells)
            for cells in tables.two_by_two(report.total).rows
        ],
        "compared": [
            field_lists.row(part.fields, cells)
            for part, table in _figures(report)
            if part.key == "compared" and table
            for cells in table.rows
        ],
        "by_plan": [field_lists.row(fields, cells) for cells in _rows_of(summaries, By.PLAN)],
        "by_agency": [field_lists.row(fields, cells) for cells in _rows_of(summaries, By.AGENCY)],
        "total": field_lists.row(fields, summaries[By.AGENCY].total or ()),
        "compared_day": words.day(report.compared.day) if report.compared else "",
        "opening": " ".join(report_prose.sentences(report, view.portfolio)),
        "abbreviations": _abbreviations(view, of_report),
    }  # fmt: skip


def _abbreviations(view: Situation, named: Sequence[Row]) -> list[Row]:
    """What stands short in the lists: “HT”, and the codes of agencies that have no other short name."""
    coded = {
        agency.code
        for plan in view.portfolio.plans
        for agency in plan.register.agencies
        if words.short(agency) == agency.code
    }
    # Of the states only the Vietnamese ones are written short.
    finished = [{"code": "HT", "name": _("hoàn thành")}] if language() == "vi" else []
    return [*finished, *(entry for entry in named if entry["code"] in coded)]


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
        by: tables.statistics(_ordered(rows[by], by), report.total, by, plans, short=True)
        for by in rows
        if by is By.AGENCY or plans.several
    }


def _ordered(rows: Sequence[Figures], by: By) -> Sequence[Figures]:
    """Agencies the worst first; plans in their own order."""
    return statistics.ordered(rows, RowOrder.OVERDUE) if by is By.AGENCY else rows


def _days(report: Report) -> dict[str, str]:
    ends = {
        "first": report.period.first,
        "last": report.period.last,
        "next_first": report.coming.first,
        "next_last": report.coming.last,
    }
    return {name: words.day(day) for name, day in ends.items()}


def _lists(report: Report, named: Named) -> dict[str, list[Row]]:
    """The rows of each list by the key of its part."""

    def marked(steps: tuple[Marked, ...]) -> list[Row]:
        return [report_rows.marked(one, named) for one in steps]

    def late(steps: tuple[LateStep, ...]) -> list[Row]:
        return [report_rows.late_step(one, named) for one in steps]

    later = report.supplement or Supplement()
    return report_lists.rows(report, named) | {
        "finished": [report_rows.task(one, named) for one in report.finished],
        "done": marked(report.done),
        "results": [report_rows.result(one, named) for one in report.results],
        "extended": [report_rows.extension(one, named) for one in report.extended],
        "supplement": report_rows.supplement(later, report.period, named),
        "overdue": [report_rows.open_task(task, named) for task in report.overdue],
        "overdue_steps": late(report.overdue_steps),
        "blocked": marked(report.blocked),
        "blocked_in_time": marked(report.blocked_in_time),
        "skipped": marked(report.skipped),
        "due_next": [report_rows.open_task(task, named) for task in report.due],
        "due_next_steps": late(report.due_steps),
    }


# Both together -----------------------------------------------------------------------------------

NUMERALS = ("I", "II", "III", "IV", "V", "VI")
LEFT_OPEN = "……………………"  # what the office writes in itself


class ReportList(NamedTuple):
    """A list under its heading; no table where there is nothing in it."""

    heading: str
    table: Table | None


class ReportContents(NamedTuple):
    """The whole report as headings, tables and sentences."""

    title: str
    subject: tuple[str, str]
    as_at: str
    opening: tuple[str, ...]  # paragraphs: the report in prose, and what stands short in its lists
    chapters: tuple[tuple[str, tuple[ReportList, ...]], ...]
    note: str  # below the summary by agency


def contents(view: Situation, report: Report, made_on: date) -> ReportContents:
    """The contents of ``report``; ``made_on`` is the day that stands in it as its date."""
    texts = values(view, report, made_on)
    chapters = [
        (chapter.title, _chapter(report, chapter, texts)) for chapter in outline(texts, report)
    ]
    summaries = tuple(
        ReportList(f"{number}. {summary_title(by)}", table if table.rows else None)
        for number, (by, table) in enumerate(_summaries(view, report).items(), start=1)
    )
    chapters.append((_("Tổng hợp"), summaries))
    steps = tuple(part for part in appendix(report) if texts[part.key])
    chapters += [(part.title, (_unnumbered(part, texts),)) for part in steps]
    return ReportContents(
        title(),
        subject(texts),
        texts["as_at"],
        (texts["opening"], *_explained(texts)),
        tuple(
            (f"{numeral}. {name}", lists)
            for numeral, (name, lists) in zip(NUMERALS, chapters, strict=False)
        ),
        counted_under_each(),
    )


def _explained(texts: Texts) -> list[str]:
    """The abbreviations in a sentence, if there are any."""
    listed = "; ".join(f"{one['code']}: {one['name']}" for one in texts["abbreviations"])
    return [f"{_('Chữ viết tắt:')} {listed}."] if listed else []


def _chapter(report: Report, chapter: Chapter, texts: Texts) -> tuple[ReportList, ...]:
    if not chapter.parts:
        return (ReportList(LEFT_OPEN, None),)
    return tuple(
        _list(report, part, number, texts) for number, part in enumerate(chapter.parts, start=1)
    )


def _unnumbered(part: Part, texts: Texts) -> ReportList:
    heading = f"{part.title}: {texts['count'][part.key]}"
    return ReportList(heading, field_lists.table(part.fields, texts[part.key]))


def _list(report: Report, part: Part, number: int, texts: Texts) -> ReportList:
    heading = f"{number}. {part.title}"
    if not part.counted:
        return ReportList(heading, {one.key: table for one, table in _figures(report)}[part.key])
    rows = texts[part.key]
    table = field_lists.table(part.fields, rows) if rows else None
    return ReportList(f"{heading}: {texts['count'][part.key]}", table)
