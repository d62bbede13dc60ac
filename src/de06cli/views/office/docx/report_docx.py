"""The periodic report as a Word document; the leaders' summary and the steps are its appendices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docx.document import Document

from de06cli.messages import _
from de06cli.tracking.report_period import Report
from de06cli.tracking.states import Situation
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents.reports import periodic_report, report_outline
from de06cli.views.links import Links
from de06cli.views.office.docx import filling, form

_DAYS = {name: f"{{{{ {name} }}}}" for name in ("first", "last", "next_first", "next_last")}


def write(
    view: Situation, report: Report, made_on: date, path: Path, template: Path | None = None
) -> None:
    """Writes the report, made on ``made_on``, in the form of ``template`` where there is one.

    Raises OSError, and RefusedValue for a template that can't be filled.
    """
    texts = periodic_report.values(view, report, made_on)
    links = Links(view, path.parent).of_all(report.tasks)
    filling.write(template or blank(report), texts, made_on, path, report_outline.title(), links)


def write_form(path: Path) -> None:
    """Writes the form with its tags."""
    filling.write_form(blank(), path, report_outline.title())


def blank(report: Report | None = None) -> Document:
    """The form of ``report``, else of any: the report on upright paper, behind it the summaries on paper
    laid across, and what the period has brought step by step."""
    document = form.new()
    form.head(document, _("Số:          /BC-……"))
    subject = report_outline.subject({**_DAYS, "headline": "{{ headline }}"})
    form.heading(document, report_outline.title(), *subject, under="({{ as_at }})")
    form.sentence(document, "{{ opening }}")
    form.abbreviations(document, "abbreviations")
    for numeral, chapter in zip(
        report_outline.NUMERALS, report_outline.outline(_DAYS, report), strict=False
    ):
        form.chapter(document, f"{numeral}. {chapter.title}")
        form.count_from_one(document)
        for part in chapter.parts:
            _add(document, part)
        if not chapter.parts:
            form.sentence(document, report_outline.LEFT_OPEN)
    form.sentence(
        document,
        _("Trên đây là báo cáo kết quả thực hiện (chi tiết tại các Phụ lục kèm theo)./."),
    )
    form.foot(document)
    results = report_outline.appendix(report)
    first = _("Phụ lục I") if results else _("Phụ lục")
    form.appendix(document, first, _("TỔNG HỢP TÌNH HÌNH THỰC HIỆN"), landscape=True)
    for by in (By.PLAN, By.AGENCY):
        key = f"by_{by}"
        form.only_if(document, key)
        form.chapter(document, report_outline.summary_title(by), 2)
        form.listing(document, key, report_outline.summary_fields(by, report), total="total")
        form.end(document)
    form.sentence(document, words.counted_under_each())
    for part in results:
        form.appendix(document, _("Phụ lục II"), part.title.upper())
        form.listing(document, part.key, part.fields)
    return document


def _add(document: Document, part: report_outline.Part) -> None:
    """A list under its heading; one with a condition stands in a filled document where that holds."""
    if part.only_if:
        form.only_if(document, part.only_if)
    form.numbered_chapter(document, part.title, part.key if part.counted else "")
    if part.counted:
        form.only_if(document, part.key)
    form.listing(document, part.key, part.fields)
    if part.counted:
        form.end(document)
    if part.only_if:
        form.end(document)
