"""Blank forms: what an office finds when it opens one to change it."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
import wordfiles
from docx.oxml.ns import qn

from de06cli import messages
from de06cli.views.contents.field_lists import ListField
from de06cli.views.office.docx import form, register_docx, report_docx


@pytest.fixture(params=[register_docx, report_docx], ids=["register", "report"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> docx.document.Document:
    """A blank form as it is written for an office."""
    path = tmp_path / "form.docx"
    request.param.write_form(path)
    return docx.Document(path)


def test_a_table_of_a_form_has_a_row_with_tags_between_those_that_repeat_it():
    made = docx.Document()
    fields = [
        ListField("title", "Nhiệm vụ", 30, below="text"),
        ListField("due", "Thời hạn", 10, centred=True),
    ]
    form._make_styles(made)
    form.listing(made, "overdue", fields, total="all")

    assert wordfiles.lines(made) == [
        "Nhiệm vụ | Thời hạn",
        "{%tr for row in overdue %} | ",
        "{{ row.title }}\n{%p if row.text %}\n{{ row.text }}\n{%p endif %} | {{ row.due }}",
        "{%tr endfor %} | ",
        "{{ all.title }} | {{ all.due }}",
    ]


def test_a_form_holds_words_and_tags_and_no_data(document):
    text = "\n".join(wordfiles.lines(document))

    assert re.findall(r"\d\d/\d\d/\d{4}|Hớn Quản|None", text) == []
    assert text.count("{{") == text.count("}}") > 10
    assert text.count("{%tr for") == text.count("{%tr endfor") > 0
    assert text.count("{%p if") == text.count("{%p endif")


def test_a_form_is_laid_out_as_word_does_now_and_shows_no_picture_of_another(document):
    modes = [
        setting.get(qn("w:val"))
        for setting in document.settings.element.iter(qn("w:compatSetting"))
        if setting.get(qn("w:name")) == "compatibilityMode"
    ]

    assert modes == ["15"]
    parts = [part.partname for part in document.part.package.iter_parts()]
    assert [name for name in parts if "thumbnail" in name] == []


def test_the_parts_of_each_section_stand_in_the_order_that_word_reads(document):
    order = [
        "headerReference",
        "footerReference",
        "type",
        "pgSz",
        "pgMar",
        "pgNumType",
        "cols",
        "titlePg",
    ]
    for section in document.sections:
        names = [child.tag.rpartition("}")[2] for child in section._sectPr]
        known = [name for name in names if name in order]
        assert known == sorted(known, key=order.index)


def test_a_form_speaks_the_language_of_its_run(tmp_path):
    messages.use("en")
    report_docx.write_form(tmp_path / "form.docx")
    document = docx.Document(tmp_path / "form.docx")

    assert "{{ number }}. Overdue tasks: {{ count.overdue }}" in wordfiles.lines(document)
    assert document.core_properties.language == "en"
    tongue = document.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert tongue.get(qn("w:val")) == "en-GB"
