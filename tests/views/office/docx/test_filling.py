"""Templates that an office has written: what they may say, and the errors of those that can't be
filled."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
import samples
import support
import wordfiles
from samples import LODGING, SHOWN, TODAY, model, step

from de06cli.errors import RefusedValue
from de06cli.plan.parts import Measurement, PeriodProgress, Progress, Recurrence, Stop, Target
from de06cli.plan.periods import parse
from de06cli.plan.records import Model
from de06cli.tracking.report_period import report as reported
from de06cli.views.contents import register
from de06cli.views.contents.reports import periodic_report
from de06cli.views.office import limits
from de06cli.views.office.docx import register_docx, report_docx


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "written.docx"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Where the office keeps its template."""
    return tmp_path / "mau.docx"


def filled(template: Path, path: Path, *models) -> list[str]:
    """The lines of the register in the form of ``template``."""
    seen = samples.view(samples.plan(*(models or SHOWN)))
    register_docx.write(seen, seen.tasks(), path, template)
    return wordfiles.lines(docx.Document(path))


# Templates that can be filled -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_register", "heading"), [(True, "Danh mục nhiệm vụ"), (False, "Báo cáo")]
)
def test_the_built_in_form_given_back_as_a_template_makes_the_same_document(
    of_register, heading, given, path, tmp_path
):
    seen = samples.view(samples.plan(*SHOWN))
    found = reported(seen, seen.tasks())
    own = tmp_path / "own.docx"
    if of_register:
        register_docx.write_form(given)
        register_docx.write(seen, seen.tasks(), own)
        register_docx.write(seen, seen.tasks(), path, given)
    else:
        report_docx.write_form(given)
        report_docx.write(seen, found, TODAY, own)
        report_docx.write(seen, found, TODAY, path, given)

    assert docx.Document(given).core_properties.title == heading
    assert "{{ signer }}" in wordfiles.lines(docx.Document(given))[0]
    with ZipFile(own) as one, ZipFile(path) as other:
        assert one.namelist() == other.namelist()
        assert one.read("word/document.xml") == other.read("word/document.xml")


def test_an_office_says_it_in_its_own_words(given, path):
    wordfiles.template(
        given,
        "Kính gửi: UBND huyện",
        "Tính đến {{ day }} có {{ count.tasks }} nhiệm vụ của {{ title|upper }}.",
        "{%p for task in tasks %}",
        "{{ loop.index }}. {{ task.title }} – {{ task.state }}",
        "{%p endfor %}",
        rows=[
            ["Nhiệm vụ", "Chủ trì"],
            ["{%tr for task in tasks if task.days_late %}", ""],
            ["{{ task.number }}", "{{ task.lead }}"],
            ["{%tr endfor %}", ""],
        ],
    )

    assert filled(given, path, LODGING, model(8)) == [
        "Kính gửi: UBND huyện",
        "Tính đến 11/01/2024 có 2 nhiệm vụ của KẾ HOẠCH.",
        (
            "1. Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3* – "
            "Chưa hoàn thành – quá hạn 12 ngày"
        ),
        "2. Nhiệm vụ 8 – Chưa hoàn thành – quá hạn 12 ngày",
        "Nhiệm vụ | Chủ trì",
        "9 | CAH, PVHTT",
        "8 | CAH",
    ]


def test_headers_and_footers_are_filled_and_the_file_keeps_its_author(given, path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ issuer }}"
    document.sections[0].footer.paragraphs[0].text = "{{ as_at }}"
    document.core_properties.author = "Văn phòng"
    document.core_properties.title = "Mẫu {{ của }} tôi"
    document.save(given)
    filled(given, path)
    made = docx.Document(path)

    assert made.sections[0].header.paragraphs[0].text == register.BLANK
    assert made.sections[0].footer.paragraphs[0].text == "Số liệu tính đến ngày 11/01/2024"
    assert (made.core_properties.author, made.core_properties.title) == (
        "Văn phòng",
        "Mẫu {{ của }} tôi",
    )
    assert f"{made.core_properties.modified:%d/%m/%Y}" == "11/01/2024"


def test_a_tag_that_word_has_cut_into_runs_is_still_one(given, path):
    document = docx.Document()
    paragraph = document.add_paragraph("Ngày ")
    for part in ("{", "{ d", "ay }", "}"):
        paragraph.add_run(part).bold = True
    document.save(given)

    assert filled(given, path) == ["Ngày 11/01/2024"]


@pytest.mark.parametrize("text", ["{{ day }}", "{%p if x %}", "{_{ day }_}", "<w:p/>", "a & b < c"])
def test_a_text_is_never_a_tag(given, path, text):
    wordfiles.template(
        given, "{{ tasks[0].title }}", "{{ tasks[0].title|lower }}", "{{ tasks[0].title ~ '' }}",
        "{% autoescape false %}{{ tasks[0].title }}{% endautoescape %}",
    )  # fmt: skip

    assert filled(given, path, model(1, title=text)) == [text, text.lower(), text, text]


# Templates that can't ---------------------------------------------------------------------------------


def refused(given: Path, path: Path) -> str:
    with pytest.raises(RefusedValue) as error:
        filled(given, path)
    assert not path.exists()
    return str(error.value).replace(str(given), "mau.docx")


KNOWN = (
    "about, agencies, as_at, count, day, headline, issuer, locality, made_on, place, signer, "
    "signer_name, tasks, title, upper"
)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        (
            ["{{ ngay }} {{ day }} {{ ten }}"],
            f"không có giá trị tên ngay, ten; các giá trị dùng được: {KNOWN}",
        ),
        (["{{ tasks[0].ten }}"], f"không có giá trị tên ten; các giá trị dùng được: {KNOWN}"),
        (
            ["Một", "Hai {% if day %} ba", "Bốn"],
            (
                "thẻ viết sai ở “Hai {% if day %} ba” (Unexpected end of template. Jinja was looking for the "
                "following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed "
                "is 'if'.)"
            ),
        ),
        (
            ["Một", "Hai {% fur x in tasks %}", "Ba"],
            "thẻ viết sai ở “Hai {% fur x in tasks %}” (Encountered unknown tag 'fur'.)",
        ),
        (["{{ title|safe }}"], "thẻ viết sai ở “{{ title|safe }}” (No filter named 'safe'.)"),
        (["{{ 1 / 0 }}"], "một thẻ không tính được (ZeroDivisionError: division by zero)"),
        (["{% include '/etc/passwd' %}"], "một thẻ không tính được (/etc/passwd)"),
        (["{{ tasks.__class__.__mro__ }}"], "một thẻ không tính được (__class__)"),
        (["{{ tasks.append(1) }}"], "một thẻ không tính được (append)"),
        (
            ["{% for x in range(999999999) %}{% endfor %}"],
            (
                "một thẻ không tính được (OverflowError: Range too big. The sandbox blocks ranges larger "
                "than MAX_RANGE (100000).)"
            ),
        ),
    ],
)
def test_a_template_with_a_wrong_tag_is_refused_in_one_sentence(given, path, tags, reason):
    wordfiles.template(given, *tags)

    assert refused(given, path) == f"Mẫu mau.docx không hợp lệ: {reason}."


@pytest.mark.parametrize(
    "tag",
    [
        "{{ day.center(3000000000) }}",
        "{{ day|center(3000000000) }}",
        "{{ 'x' * 10**9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{% for a in range(90000) %}{{ 'x' * 100000 }}{% endfor %}",
        "{% set n = namespace(x='x') %}{% for a in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    ],
)
def test_a_template_that_asks_for_too_much_memory_is_ended(given, path, tag):
    wordfiles.template(given, tag)

    assert refused(given, path) == (
        "Mẫu mau.docx không hợp lệ: điền mẫu cần quá nhiều bộ nhớ; hãy bỏ các vòng lặp và phép lặp "
        "chữ quá lớn."
    )


@pytest.mark.parametrize(
    "tag",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        (
            "{% set n = namespace(l=[1]) %}{% for a in range(60) %}{% set n.l = [n.l, n.l] %}"
            "{% endfor %}{{ n.l == n.l|list }}{{ n.l }}"
        ),
    ],
)
def test_a_template_that_never_ends_is_ended(given, path, tag, monkeypatch):
    monkeypatch.setattr(limits, "FILLING_SECONDS", 3.0)
    wordfiles.template(given, tag)

    assert refused(given, path) == (
        "Mẫu mau.docx không hợp lệ: điền mẫu quá 3 giây; hãy bỏ các vòng lặp lồng nhau."
    )


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_a_template_that_is_a_pipe_is_refused_and_not_waited_for(given, path):
    os.mkfifo(given)

    assert refused(given, path) == "Mẫu mau.docx không hợp lệ: không phải là tệp thông thường."


def test_tags_that_cut_through_a_table_are_refused_and_nothing_of_it_is_lost_in_silence(
    given, path
):
    wordfiles.template(given, "{% if title == 'x' %}", rows=[["một", "hai {% endif %}"]])

    assert refused(given, path) == (
        "Mẫu mau.docx không hợp lệ: các thẻ cắt ngang một bảng hay một đoạn; dùng {%tr … %} cho "
        "dòng của bảng, {%p … %} cho cả đoạn."
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"{{ day }}", b"PK\x03\x04", support.MODELS_FILE.read_bytes()],
    ids=["empty", "text", "cut", "yaml"],
)
def test_what_is_no_document_is_refused(given, path, data):
    given.write_bytes(data)

    assert refused(given, path) == (
        "Mẫu mau.docx không hợp lệ: không phải là một tệp Word; hãy lưu lại ở dạng .docx."
    )


def test_another_archive_is_no_document(given, path):
    with ZipFile(given, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    assert refused(given, path).endswith("hãy lưu lại ở dạng .docx.")


def test_what_would_unpack_to_too_much_is_refused(given, path, monkeypatch):
    wordfiles.template(given, "{{ day }}")
    monkeypatch.setattr(limits, "TEMPLATE_UNPACKED", 1000)

    assert refused(given, path) == "Mẫu mau.docx không hợp lệ: tệp quá lớn."


def test_what_is_not_there_is_refused(given, path):
    assert refused(given, path) == "Không có tệp mau.docx."


def test_a_folder_is_refused(given, path):
    given.mkdir()

    assert refused(given, path) == "Mẫu mau.docx không hợp lệ: đây là một thư mục, không phải tệp."


# What is written down of it -----------------------------------------------------------------------------


OF_OTHER_OFFICES = (
    model(
        3,
        deadline="2024-06-30",
        targets=(Target(1, ((None, "≥ 80"),), "Tỷ lệ", "%", (Measurement(TODAY, "70"),)),),
    ),
    Model(
        4,
        "Báo cáo tháng",
        ("CAH",),
        recurs=Recurrence("month", from_=parse("2023-11")),
        periods=(PeriodProgress(parse("2023-12"), "done", date(2024, 1, 3), "CAH", "3/BC"),),
    ),
    Model(
        6,
        "Vướng mắc",
        ("CAH",),
        parse("2024-06-30"),
        progress=Progress("blocked", date(2024, 1, 4), note="chờ"),
    ),
    model(5, deadline="2024-06-30", stopped=Stop(date(2024, 1, 5), "7/UBND", "trùng")),
)


def test_the_page_on_templates_names_every_value():
    late, soon = step(1, due="2024-01-10"), step(2, due="2024-01-20")
    others = model(1, late, soon, step(3, "skipped 2024-01-03", note="thừa"), deadline="2024-02-01")
    moved = model(
        2,
        deadline="2023-12-01",
        extensions=(
            samples.extension("2024-01-01", "2023-12-01"),
            samples.extension("2024-02-01", "2024-01-02"),
        ),
    )
    seen = samples.several(MOT=SHOWN, HAI=[others, moved, *OF_OTHER_OFFICES])
    then = {"HAI": samples.plan(model(2))}
    values = periodic_report.values(seen, reported(seen, seen.tasks(), then=then), TODAY)
    lists = [value for value in values.values() if isinstance(value, list)]
    assert {name for name, value in values.items() if value == []} == {
        "blocked_in_time",  # its rows are those of "blocked"
        "compared",
    }
    told = (support.ROOT / "docs" / "word.md").read_text("utf-8")

    names = values.keys() | {name for rows in lists for name in (rows[0] if rows else ())}
    assert names - set(re.findall(r"`(\w+)`", told)) == set()
