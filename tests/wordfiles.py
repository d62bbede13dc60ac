"""Word documents as a reader finds them: their lines, page by page of sections; and templates to fill."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.table import Table


def lines(document: Document) -> list[str]:
    """What the body says: a line a paragraph, and a line a row with its cells between bars."""
    found = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            found += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            found.append(part.text)
    return [line for line in found if line]


def every_text(document: Document) -> str:
    """The body's text, the lines within cells included, a line each."""
    return "\n".join(lines(document))


def template(path: Path, *paragraphs: str, rows: Iterable[Iterable[str]] = ()) -> Path:
    """A document with these paragraphs, and a table if there are rows."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    listed = [list(row) for row in rows]
    if listed:
        table = document.add_table(0, len(listed[0]))
        for row in listed:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(path)
    return path


def pages(path: Path) -> list[str]:
    """The pages as LibreOffice prints them, each as its text; skips the test where it is not there."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("no LibreOffice, or no reader of what it prints")
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless",
            "--convert-to", "pdf", "--outdir", str(path.parent), str(path),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    printed = subprocess.run(
        [reader, "-layout", str(path.with_suffix(".pdf")), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return printed.split("\f")[:-1]
