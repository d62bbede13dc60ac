"""The periodic report as all its forms show it: text, page and document.

``values`` gives the texts that fill the lists of ``report_outline``, by name; ``contents`` puts both
together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from de06cli.messages import _, language
from de06cli.named_tuples import NamedTuple
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import LateStep, Situation
from de06cli.tracking.supplement import Marked, Supplement
from de06cli.tracking.terms import By, RowOrder
from de06cli.views import words
from de06cli.views.contents import field_lists, register, tables
from de06cli.views.contents.field_lists import Row
from de06cli.views.contents.register import Texts
from de06cli.views.contents.reports import report_lists, report_outline, report_prose, report_rows
from de06cli.views.contents.reports.report_outline import Chapter, Part
from de06cli.views.contents.tables import Cell, Named, Table

# What fills it -----------------------------------------------------------------------------------


def values(view: Situation, report: Report, made_on: date) -> Texts:
    """The texts of the report, those of the register among them; ``made_on`` is the day on which it is
    made."""
    summaries = _summaries(view, report)
    fields = report_outline.summary_fields(By.AGENCY, report)
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
            field_lists.row(report_outline.two_by_two_fields(), cells)
            for cells in tables.two_by_two(report.total).rows
        ],
        "compared": [
            field_lists.row(part.fields, cells)
            for part, table in report_outline.figure_parts(report)
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
    # Of the states only the Vietnamese ones are written short.
    finished = [{"code": "HT", "name": _("hoàn thành")}] if language() == "vi" else []
    return [*finished, *register.abbreviated(view, named)]


def _named(report: Report) -> Iterator[tuple[str, str]]:
    """The agencies that the lists name, by plan and code."""
    steps: list[Marked | LateStep] = [*report.done, *report.blocked, *report.skipped]
    steps += [*report.overdue_steps, *report.due_steps]
    late = report.supplement or Supplement()
    steps += late.closed
    moved = [*(one.task for one in late.extended), *(one.task for one in late.others)]
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
        (chapter.title, _chapter(report, chapter, texts))
        for chapter in report_outline.outline(texts, report)
    ]
    summaries = tuple(
        ReportList(f"{number}. {report_outline.summary_title(by)}", table if table.rows else None)
        for number, (by, table) in enumerate(_summaries(view, report).items(), start=1)
    )
    chapters.append((_("Tổng hợp"), summaries))
    steps = tuple(part for part in report_outline.appendix(report) if texts[part.key])
    chapters += [(part.title, (_unnumbered(part, texts),)) for part in steps]
    return ReportContents(
        report_outline.title(),
        report_outline.subject(texts),
        texts["as_at"],
        (texts["opening"], *_explained(texts)),
        tuple(
            (f"{numeral}. {name}", lists)
            for numeral, (name, lists) in zip(report_outline.NUMERALS, chapters, strict=False)
        ),
        words.counted_under_each(),
    )


def _explained(texts: Texts) -> list[str]:
    """The abbreviations in a sentence, if there are any."""
    listed = "; ".join(f"{one['code']}: {one['name']}" for one in texts["abbreviations"])
    return [f"{_('Chữ viết tắt:')} {listed}."] if listed else []


def _chapter(report: Report, chapter: Chapter, texts: Texts) -> tuple[ReportList, ...]:
    if not chapter.parts:
        return (ReportList(report_outline.LEFT_OPEN, None),)
    return tuple(
        _list(report, part, number, texts) for number, part in enumerate(chapter.parts, start=1)
    )


def _unnumbered(part: Part, texts: Texts) -> ReportList:
    heading = f"{part.title}: {texts['count'][part.key]}"
    return ReportList(heading, field_lists.table(part.fields, texts[part.key]))


def _list(report: Report, part: Part, number: int, texts: Texts) -> ReportList:
    heading = f"{number}. {part.title}"
    if not part.counted:
        return ReportList(
            heading,
            {one.key: table for one, table in report_outline.figure_parts(report)}[part.key],
        )
    rows = texts[part.key]
    table = field_lists.table(part.fields, rows) if rows else None
    return ReportList(f"{heading}: {texts['count'][part.key]}", table)
