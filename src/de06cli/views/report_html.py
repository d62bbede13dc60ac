"""The periodic report as a page by itself, to be read from a mail or a shared folder and printed on A4."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from de06cli.tracking.report import Report
from de06cli.tracking.states import View
from de06cli.views import report as reports
from de06cli.views import templating


def write(view: View, report: Report, made_on: date, path: Path) -> None:
    """Writes the report, made on ``made_on``. Raises OSError."""
    paper = reports.told(view, report, made_on)
    page = templating.rendered("report.html", styles=["base.css", "report.css"], paper=paper)
    path.write_bytes(page.encode())
