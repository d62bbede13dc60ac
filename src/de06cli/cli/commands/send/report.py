"""The periodic report: ``report``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Protocol

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.commands.send import earlier, office_locks, output_file
from de06cli.cli.commands.send.earlier import Earlier
from de06cli.cli.commands.send.output_file import (
    OFFICE,
    AsTemplateOption,
    ForceOption,
    TemplateOption,
    optional,
)
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import periods
from de06cli.plan.periods import Kind
from de06cli.tracking import report_period
from de06cli.tracking.dates import typed_day
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import Situation, Task, as_of
from de06cli.views import words
from de06cli.views.contents.reports import periodic_report
from de06cli.views.contents.reports.periodic_report import ReportContents
from de06cli.views.text import wrapped


class ReportFormat(StrEnum):
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_KINDS: dict[PeriodKind, Kind] = {
    PeriodKind.MONTH: "month",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.HALF: "half",
    PeriodKind.YEAR: "year",
}


class ReportForm(Protocol):
    """A form of the report that a library of an extra writes."""

    def write(self, view: Situation, report: Report, made_on: date, path: Path) -> None:
        """Writes the report, made on ``made_on``. Raises OSError."""


class WordReport(Protocol):
    """The form for which an office can have a template of its own."""

    def write(
        self,
        view: Situation,
        report: Report,
        made_on: date,
        path: Path,
        template: Path | None = None,
    ) -> None:
        """Writes the report, made on ``made_on``.

        Raises OSError, and RefusedValue for a template that can't be filled.
        """

    def write_form(self, path: Path) -> None:
        """Writes the built-in template."""


@grouped
def run(
    reading: Reading,
    filters: Filters,
    file: Annotated[str | None, Argument(metavar="[FILE]")] = None,
    first: Annotated[
        str | None,
        Option(
            "--from",
            metavar="DATE",
            help=N_("Ngày đầu của kỳ; mặc định: kỳ một tháng đến hết --to."),
        ),
    ] = None,
    last: Annotated[
        str | None,
        Option(
            "--to",
            metavar="DATE",
            help=N_(
                "Ngày cuối của kỳ, cũng là ngày tính số liệu: kết quả phát sinh sau đó "
                "không được tính. Mặc định: hôm nay hoặc --as-of."
            ),
        ),
    ] = None,
    kind: Annotated[
        PeriodKind | None,
        Option("--period", help=N_("Kỳ theo lịch có ngày --to: từ ngày đầu của kỳ đến hết --to.")),
    ] = None,
    compare: Annotated[
        str | None,
        Option(
            "--compare",
            metavar="DATE",
            help=N_(
                "So với một ngày trước đó; previous: cuối kỳ trước, year: một năm trước; mặc định: previous."
            ),
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's own name
        ReportFormat | None,
        Option("--format", help=N_("Định dạng báo cáo; mặc định: theo đuôi của FILE, hoặc text.")),
    ] = None,
    template: TemplateOption = None,
    as_template: AsTemplateOption = False,
    force: ForceOption = False,
) -> None:
    form = format or _by_ending(file)
    of_word = form is ReportFormat.DOCX
    given = output_file.given_template(template, as_template, of_word=of_word)
    target = _target(file, form)
    office_locks.warn_of_open(Path(target))
    if as_template:
        output_file.write_file(target, optional(_docx, OFFICE).write_form, force=force)
        return
    opened = opening.open_plans(reading)
    asked, begin = _at_the_end(opened, first, last, kind)
    tasks = selection.selected(asked, filters)
    over = asked.today < min(opened.view.days)
    before = report_period.day_before(begin, asked.today)
    then = earlier.committed(opened, before)
    found = report_period.report(
        asked.view,
        tasks,
        begin,
        over=over,
        then=then.plans,
        earlier=_earlier(asked, filters, compare, begin),
    )
    asked_for = (asked.view, found, opened.today)
    if of_word:
        write_docx = partial(optional(_docx, OFFICE).write, *asked_for, template=given)
        output_file.write_file(target, write_docx, force=force)
    elif form is ReportFormat.HTML:
        write = partial(optional(_html, OFFICE).write, *asked_for)
        output_file.write_file(target, write, force=force)
    else:
        _write_text(periodic_report.contents(*asked_for), target, force=force)
    _warn_of_unknown(then)


def _write_text(contents: ReportContents, target: str, *, force: bool) -> None:
    if target != "-":
        text = wrapped.report(contents).encode()
        output_file.write_file(target, lambda path: path.write_bytes(text), force=force)
    elif output.is_terminal():
        from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich

        answer.show(terminal.report(contents))
    else:
        output.write(wrapped.report(contents))


def _warn_of_unknown(then: Earlier) -> None:
    if then.unknown:
        output.say(then.unknown)


def _by_ending(file: str | None) -> ReportFormat:
    if file in {None, "-"} or Path(file or "").suffix.casefold() == ".txt":
        return ReportFormat.TEXT
    return output_file.by_ending(file or "", ReportFormat)


def _target(file: str | None, form: ReportFormat) -> str:
    """The file to write; standard output where none is named, but no document to a person's terminal."""
    if file is None and form is not ReportFormat.TEXT and output.is_terminal():
        raise RefusedValue(
            _("Không in {form} ra màn hình: thêm tên tệp, ví dụ bao-cao.{form}.").format(form=form)
        )
    return "-" if file is None else file


def _html() -> ReportForm:
    from de06cli.views.page import report_page  # noqa: PLC0415 - most forms do without

    return report_page


def _docx() -> WordReport:
    from de06cli.views.office.docx import report_docx  # noqa: PLC0415

    return report_docx


def _earlier(
    asked: Opened, filters: Filters, compare: str | None, begin: date | None
) -> tuple[date, list[Task]] | None:
    """The day to compare with, by default the last one of the period before, and the tasks at its end;
    None where there is no earlier day."""
    if compare is None and report_period.day_before(begin, asked.today) == asked.today:
        return None
    compare = compare or "previous"
    day = report_period.compared_day(compare, asked.today, begin)
    return day, selection.selected_on(asked, filters, day)


def _at_the_end(
    opened: Opened, first: str | None, last: str | None, kind: PeriodKind | None
) -> tuple[Opened, date | None]:
    """The plans as they were known at the end of the period, all on the same day; and its first day.

    Raises RefusedValue for a period that ends after the day asked about, or before it begins, and for a
    first day beside a ``kind`` of period, which has its own.
    """
    if first and kind:
        raise RefusedValue(_("Chỉ dùng một trong hai tùy chọn --from và --period."))
    today = opened.today
    end = typed_day(last, today) if last else today
    if end > today:
        raise RefusedValue(
            _("Kỳ báo cáo kết thúc {last}, sau ngày {today}: chưa có số liệu.").format(
                last=words.day(end), today=words.day(today)
            )
        )
    begin = periods.holding(_KINDS[kind], end).first if kind else None
    begin = typed_day(first, today) if first else begin
    if begin and begin > end:
        raise RefusedValue(
            _("Kỳ báo cáo bắt đầu {first}, sau ngày kết thúc {last}.").format(
                first=words.day(begin), last=words.day(end)
            )
        )
    view = as_of(opened.portfolio, (end,) * len(opened.view.days))
    if view.left_out != opened.view.left_out:
        opening.warn_of_left_out(view)
    return opened._replace(view=view), begin
