"""Names that Windows keeps for devices, or changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06cli.plan.file import reserved


@pytest.mark.parametrize(
    "name",
    ["aux.xlsx", "CON", "nul.tar.gz", "Com1.docx", "lpt9", "prn .csv", "com¹.md", "conin$"],
)
def test_a_device_is_no_file_of_windows(name):
    said = "Windows dành tên này cho một thiết bị; hãy đặt tên khác"

    assert reserved.why_refused(Path("a", name), windows=True) == said
    assert reserved.why_refused(Path("a", name), windows=False) is None


@pytest.mark.parametrize("name", ["a.xlsx.", "a ", "bao-cao.docx "])
def test_a_name_that_windows_would_shorten_is_refused(name):
    said = "Windows bỏ dấu chấm và dấu cách ở cuối tên; hãy đặt tên khác"

    assert reserved.why_refused(Path(name), windows=True) == said


def test_the_characters_that_windows_forbids_are_named():
    said = "Windows không cho dùng : ? trong tên tệp; hãy đặt tên khác"

    assert reserved.why_refused(Path("bao cao 12:30?.docx"), windows=True) == said


@pytest.mark.parametrize(
    "name",
    ["console.csv", "auxiliary.xlsx", "com10.csv", "a.aux", ".x", "việc.csv", "..", ""],
)
def test_other_names_are_free(name):
    assert reserved.why_refused(Path(name), windows=True) is None
