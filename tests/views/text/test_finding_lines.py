"""Findings as text: for people, for scripts, and as GitHub's workflow commands."""

from __future__ import annotations

import pytest

from de06cli import messages
from de06cli.plan.findings import Finding, Location
from de06cli.views.text import finding_lines

ERROR = Finding(
    "E305", Location(12, 7), "Không có đơn vị nào mang mã “CAHH”.", "Hãy sửa thành CAH."
)
WARNING = Finding("W406", Location(35, 20), "Văn bản ghi 23 nhiệm vụ, tệp có 24.")
NOTE = Finding("N501", Location(150, 11), "Không có nhiệm vụ nào giao cho UBNDH.")


def test_a_finding_is_a_line_with_its_place_and_its_code():
    assert finding_lines.lines([ERROR, WARNING, NOTE], "data/models.yaml") == (
        "data/models.yaml:12:7 E305 Không có đơn vị nào mang mã “CAHH”. Hãy sửa thành CAH.\n"
        "data/models.yaml:35:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.\n"
        "data/models.yaml:150:11 N501 Không có nhiệm vụ nào giao cho UBNDH.\n"
    )


def test_no_findings_are_no_lines():
    assert (
        finding_lines.lines([], "data/models.yaml")
        == finding_lines.github([], "data/models.yaml")
        == ""
    )


@pytest.mark.parametrize(
    ("listed", "in_vietnamese", "in_english"),
    [
        ([], "0 lỗi, 0 cảnh báo, 0 ghi chú", "0 errors, 0 warnings, 0 notes"),
        ([ERROR], "1 lỗi, 0 cảnh báo, 0 ghi chú", "1 error, 0 warnings, 0 notes"),
        (
            [NOTE, ERROR, NOTE, WARNING, ERROR, NOTE],
            "2 lỗi, 1 cảnh báo, 3 ghi chú",
            "2 errors, 1 warning, 3 notes",
        ),
    ],
)
def test_the_summary_counts_each_severity(listed, in_vietnamese, in_english):
    assert finding_lines.summary(listed) == in_vietnamese
    messages.use("en")
    assert finding_lines.summary(listed) == in_english


def test_github_gets_file_line_and_column():
    assert finding_lines.github([ERROR, WARNING, NOTE], "data/models.yaml") == (
        "::error file=data/models.yaml,line=12,col=7,title=de06 E305::"
        "Không có đơn vị nào mang mã “CAHH”. Hãy sửa thành CAH.\n"
        "::warning file=data/models.yaml,line=35,col=20,title=de06 W406::"
        "Văn bản ghi 23 nhiệm vụ, tệp có 24.\n"
        "::notice file=data/models.yaml,line=150,col=11,title=de06 N501::"
        "Không có nhiệm vụ nào giao cho UBNDH.\n"
    )


def test_github_takes_nothing_of_a_message_for_a_command():
    finding = Finding("E206", Location(1, 1), "“100%\r\n::error::x” không dùng được.")

    assert finding_lines.github([finding], "a,b:c%.yaml") == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=de06 E206::"
        "“100%25%0D%0A::error::x” không dùng được.\n"
    )


def test_a_files_name_does_not_steer_the_terminal():
    assert finding_lines.lines([WARNING], "\x1b[31mđỏ.yaml") == (
        "�[31mđỏ.yaml:35:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.\n"
    )
