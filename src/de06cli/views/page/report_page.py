"""The periodic report as a page by itself, to be read from a mail or a shared folder and printed on A4."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from de06cli.tracking.report_period import Report
from de06cli.tracking.states import Situation
from de06cli.views.contents.reports import periodic_report
from de06cli.views.page import templating


def write(view: Situation, report: Report, made_on: date, path: Path) -> None:
    """Writes the report, made on ``made_on``. Raises OSError."""
    contents = periodic_report.contents(view, report, made_on)
    page = templating.rendered(
        "report.html",
        styles=["colours.css", "base.css", "report.css"],
        running=(" – ".join((contents.title, *contents.subject)), contents.as_at),
        contents=contents,
    )
    path.write_bytes(page.encode())
