"""The periodic report: ``report``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from de06cli.cli import answer, opening, output, output_file, selection
from de06cli.cli.commands.send import earlier, office_locks
from de06cli.cli.commands.send.earlier import Earlier
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Reading, grouped
from de06cli.cli.output_file import AsTemplateOption, ForceOption, TemplateOption
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.tracking import period
from de06cli.tracking.dates import typed_day
from de06cli.tracking.states import as_of
from de06cli.views import words
from de06cli.views.contents import periodic_report
from de06cli.views.text import wrapped


class ReportFormat(StrEnum):
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"


@grouped
def run(
    reading: Reading,
    filters: Filters,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]")] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=N_("Ngày đầu của kỳ; mặc định: kỳ một tháng đến hết --to."),
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE",
            help=N_(
                "Ngày cuối của kỳ, cũng là ngày của số liệu: điều xảy ra sau đó không được tính. "
                "Không có thì là hôm nay hoặc --as-of."
            ),
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's own name
        ReportFormat | None,
        typer.Option(
            "--format", help=N_("Định dạng báo cáo; mặc định: theo đuôi của FILE, hoặc text.")
        ),
    ] = None,
    template: TemplateOption = None,
    as_template: AsTemplateOption = False,
    force: ForceOption = False,
) -> None:
    form = format or _by_ending(file)
    more = output_file.from_template(template, as_template, of_word=form is ReportFormat.DOCX)
    target = _target(file, form)
    office_locks.tell_open(Path(target))
    if as_template:
        output_file.write_file(target, _document(form).write_form, force=force)
        return
    opened = opening.open_plans(reading)
    asked, begin = _at_the_end(opened, first, last)
    tasks = selection.selected(asked, filters)
    over = asked.today < min(opened.view.days)
    before = period.day_before(begin, asked.today)
    then = earlier.committed(opened, before)
    found = period.report(asked.view, tasks, begin, over=over, then=then.plans)
    if form is not ReportFormat.TEXT:
        write = partial(_document(form).write, asked.view, found, opened.today, **more)
        output_file.write_file(target, write, force=force)
        _report_unknown(then)
        return
    paper = periodic_report.told(asked.view, found, opened.today)
    if file not in {None, "-"}:
        text = wrapped.report(paper).encode()
        output_file.write_file(target, lambda path: path.write_bytes(text), force=force)
    elif output.is_terminal():
        answer.show(answer.terminal().report(paper))
    else:
        output.write(wrapped.report(paper))
    _report_unknown(then)


def _report_unknown(then: Earlier) -> None:
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
            _("Không in {form} ra màn hình: thêm tên tệp, như bao-cao.{form}.").format(form=form)
        )
    return "-" if file is None else file


def _document(form: ReportFormat) -> ModuleType:
    return output_file.optional(
        "office.docx.report_docx" if form is ReportFormat.DOCX else "page.report_page", "office"
    )


def _at_the_end(opened: Opened, first: str | None, last: str | None) -> tuple[Opened, date | None]:
    """The plans as they were known at the end of the period, all on the same day; and its first day.

    Raises RefusedValue for a period that ends after the day asked about, or before it begins.
    """
    today = opened.today
    end = typed_day(last, today) if last else today
    if end > today:
        raise RefusedValue(
            _("Kỳ báo cáo kết thúc {last}, sau ngày {today}: chưa có số liệu.").format(
                last=words.day(end), today=words.day(today)
            )
        )
    begin = typed_day(first, today) if first else None
    if begin and begin > end:
        raise RefusedValue(
            _("Kỳ báo cáo bắt đầu {first}, sau ngày kết thúc {last}.").format(
                first=words.day(begin), last=words.day(end)
            )
        )
    view = as_of(opened.portfolio, (end,) * len(opened.view.days))
    if view.left_out != opened.view.left_out:
        opening.tell_left_out(view)
    return opened._replace(view=view), begin
