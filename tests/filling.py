"""An agency at work on an exported workbook: cells of its steps are filled in, by another program saved."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

STEPS = "Các bước"


def columns(sheet: Worksheet) -> dict[str, int]:
    """The columns by their hidden names; the row that holds these is under "row"."""
    for row in sheet.iter_rows(max_row=10):
        named = {
            cell.value.removeprefix("de06:"): cell.column
            for cell in row
            if str(cell.value).startswith("de06:")
        }
        if named:
            return named | {"row": row[0].row}
    raise AssertionError("no row names the columns")


def rows(sheet: Worksheet) -> dict[tuple[int, int], int]:
    """The rows of the steps, by model and step."""
    at = columns(sheet)
    numbers = range(at["row"] + 3, sheet.max_row + 1)
    return {
        (sheet.cell(row, at["model"]).value, sheet.cell(row, at["step"]).value): row
        for row in numbers
    }


def fill(
    path: Path, filled: Mapping[tuple[int, int], Mapping[str, Any]], title: str = STEPS
) -> None:
    """Writes into the cells of steps: ``{(9, 2): {"status": "Hoàn thành"}}``."""
    book = load_workbook(path)
    sheet = book[title]
    at, steps = columns(sheet), rows(sheet)
    for place, values in filled.items():
        for field, value in values.items():
            sheet.cell(steps[place], at[field]).value = value
    book.save(path)


def saved_by_libreoffice(path: Path, form: str = "xlsx") -> Path:
    """The file as LibreOffice saves it after opening it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = path.parent / "saved"
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless",
            "--convert-to", form, "--outdir", str(folder), str(path),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    return folder / path.with_suffix(f".{form}").name
