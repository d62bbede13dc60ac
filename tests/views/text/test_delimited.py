"""csv, tsv and md: what people typed is data, never a formula, another cell or markup."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import SHOWN, model, plan, task, tasks, texts, view

from de06cli.tracking.figures.statistics import figures, figures_by
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table
from de06cli.views.text import delimited, json_answer
from de06cli.views.text.json_answer import TASK_COLUMNS

HOSTILE = [
    'một "hai" ba',
    "một,hai;ba",
    "một\nhai",
    "một\thai",
    "=1+1",
    "+84 123",
    "-5",
    "@SUM(A1)",
    "  =1+1",
    "\tmột",
    "\n=1+1",
    "＝1+1",
    "'=1",
    "| a | b |",
    r"C:\một\|hai",
    "\\",
    "**đậm** _nghiêng_ ~~bỏ~~ `mã`",
    "# đầu <b>đậm</b> <!-- --> &lt; &amp;nbsp;",
    "[liên kết](javascript:alert(1)) ![ảnh](x)",
    "<https://example.vn>",
    "$a$ 中文 🇻🇳 e\u0302\u0301",
    "---",
    "",
]
FORMULAS = {"=1+1", "+84 123", "-5", "@SUM(A1)", "  =1+1", "\tmột", "\n=1+1", "＝1+1", "---"}


def register() -> list[dict[str, object]]:
    return [json_answer.task(each) for each in tasks(*SHOWN)]


def guarded(text: str) -> str:
    formula = text.startswith(("\t", "\r")) or text.lstrip().startswith(tuple("=+-@＝＋－＠"))
    return f"'{text}" if formula else text


# csv ----------------------------------------------------------------------------------------------


def test_csv_begins_with_a_byte_order_mark_and_the_keys():
    answer = delimited.csv(register(), TASK_COLUMNS)

    assert answer.encode().startswith(b"\xef\xbb\xbfplan,model,stt,title,lead,")
    assert answer.splitlines()[0] == (
        "\ufeffplan,model,stt,title,lead,support,implementers,companies,due,deadline,ongoing,state,"
        "due_soon,days_late,days_left,completed_on,updated_on,steps_done,steps_total,organisation,"
        "outcome,equipment,review"
    )


def test_csv_whole():
    keys = ["model", "title", "lead", "organisation", "due", "days_late", "due_soon", "review"]

    assert delimited.csv(register()[:3], keys) == (
        "\ufeffmodel,title,lead,organisation,due,days_late,due_soon,review\n"
        "9,Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*,"
        '"CAH, PVHTT","Công an huyện: Chủ trì tổ chức triển khai.\n'
        'Phòng VH TT khai thác dữ liệu.",2023-12-30,12,false,'
        "Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?\n"
        "40,Phân tích tình hình du lịch,PVHTT,,2023-10-30,73,false,\n"
        "6,Khám chữa bệnh bằng thẻ CCCD,C06,,2024-01-15,,true,\n"
    )


def test_csv_of_nothing_is_its_header():
    assert delimited.csv([], ["model", "title"]) == "\ufeffmodel,title\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_keeps_a_text_in_its_cell_and_takes_no_formula(text):
    answer = delimited.csv([{"a": 9, "text": text, "z": None}], ["a", "text", "z"])

    rows = list(csv.reader(io.StringIO(answer.removeprefix("\ufeff"), newline="")))
    assert rows == [["a", "text", "z"], ["9", f"'{text}" if text in FORMULAS else text, ""]]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.fixed_dictionaries({"a": texts, "b": texts, "c": st.none() | st.integers()})))
def test_csv_is_read_back_as_it_was(rows):
    answer = delimited.csv(rows, ["a", "b", "c"])

    assert list(csv.DictReader(io.StringIO(answer.removeprefix("\ufeff"), newline=""))) == [
        {"a": guarded(row["a"]), "b": guarded(row["b"]), "c": "" if row["c"] is None else str(row["c"])}
        for row in rows
    ]  # fmt: skip


def test_a_number_is_no_formula():
    assert delimited.csv([{"n": -5, "r": 0.5, "x": True}], ["n", "r", "x"]) == (
        "\ufeffn,r,x\n-5,0.5,true\n"
    )


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([], ""),
        (["CAH"], "CAH"),
        (["CAH", "PC06"], "CAH, PC06"),
        ([9, 10], "9, 10"),
        (["Công an: chủ trì", "Phòng VHTT"], "Công an: chủ trì\nPhòng VHTT"),
        (["=1+1", "CAH"], "'=1+1, CAH"),
    ],
)
def test_a_list_is_one_cell(values, cell):
    answer = delimited.csv([{"list": values, "z": 1}], ["list", "z"])

    assert list(csv.reader(io.StringIO(answer, newline="")))[1] == [cell, "1"]


# tsv ----------------------------------------------------------------------------------------------


def test_tsv_whole():
    keys = ["model", "title", "lead", "organisation", "due", "days_late", "due_soon"]

    assert delimited.tsv(register()[:2], keys) == (
        "model\ttitle\tlead\torganisation\tdue\tdays_late\tdue_soon\n"
        "9\tTriển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*\tCAH, PVHTT\t"
        "Công an huyện: Chủ trì tổ chức triển khai. Phòng VH TT khai thác dữ liệu.\t"
        "2023-12-30\t12\tfalse\n"
        "40\tPhân tích tình hình du lịch\tPVHTT\t\t2023-10-30\t73\tfalse\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_tsv_keeps_a_text_on_its_line_and_takes_no_formula(text):
    answer = delimited.tsv([{"a": 9, "text": text, "z": None}], ["a", "text", "z"])

    cell = words.one_line(f"'{text}" if text in FORMULAS else text)
    assert answer == f"a\ttext\tz\n9\t{cell}\t\n"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.fixed_dictionaries({"a": texts, "b": texts})))
def test_tsv_has_a_line_a_record_and_a_tab_between_two_cells(rows):
    lines = delimited.tsv(rows, ["a", "b"]).removesuffix("\n").split("\n")

    assert [line.split("\t") for line in lines[1:]] == [
        [words.one_line(guarded(row["a"])), words.one_line(guarded(row["b"]))] for row in rows
    ]


# md -----------------------------------------------------------------------------------------------


def test_markdown_whole():
    assert delimited.markdown(tables.tasks(tasks(*SHOWN[:2], SHOWN[4]))) == (
        "| Mô hình | STT | Nhiệm vụ | Thời hạn | Chủ trì | Tiến độ | Tình trạng |\n"
        "| ---: | ---: | --- | ---: | --- | --- | --- |\n"
        "| 9 | 4 | Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3\\* "
        "| 30/12/2023 | CAH, PVHTT | ●✗○ 1/3 | Chưa hoàn thành – quá hạn 12 ngày |\n"
        "| 40 | 23 | Phân tích tình hình du lịch | 30/10/2023 | PVHTT | ○ 0/1 "
        "| Chưa hoàn thành – quá hạn 73 ngày |\n"
        "| 23 |  | LED | 30/12/2023 | CAH | ●– 2/2 | Hoàn thành quá hạn 5 ngày |\n"
    )


def test_markdown_ends_with_the_total():
    seen = view(plan(*SHOWN))
    listed, plans = seen.tasks(), seen.portfolio
    rows = figures_by(listed, By.LEVEL, plans)
    table = tables.statistics(rows, figures(listed), By.LEVEL, plans)

    assert delimited.markdown(table).splitlines()[-1] == (
        "| Tổng số | 6 | 1 | 1 | 1 | 2 | 1 | 50,0% (2/4) | 40,0% (2/5) |"
    )


class Cells(HTMLParser):
    """The texts of a rendered table's cells, and every tag that is not of a plain table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.strange: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "td":
            self.cells.append("")
        elif tag not in {"table", "thead", "tbody", "tr", "th"}:
            self.strange.add(tag)

    def handle_data(self, data: str) -> None:
        if self.cells and data.strip("\n"):
            self.cells[-1] += data


def rendered(*texts: str) -> Cells:
    """The texts as cells of a table that a Markdown renderer made of de06's."""
    columns = tuple(Column("C") for _ in texts)
    table = Table(columns, (tuple(map(Cell, texts)),))
    return Cells(
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(delimited.markdown(table))
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_git_host_shows_the_text_as_it_was_typed(text):
    html = rendered("9", text, "cuối")

    assert html.cells == ["9", words.one_line(text), "cuối"]
    assert html.strange == set()


@settings(deadline=None, max_examples=200)
@given(texts, texts)
def test_whatever_is_typed_a_git_host_shows_it(first, second):
    html = rendered(first, second, "cuối")

    assert html.cells == [words.one_line(first), words.one_line(second), "cuối"]
    assert html.strange == set()


def test_a_title_with_every_sign_keeps_the_tables_shape():
    title = "".join(HOSTILE)

    lines = delimited.markdown(tables.tasks([task(model(9, title=title))])).splitlines()

    assert len(lines) == 3
