"""One model whole: its sections, in order, and the tones of what matters."""

from __future__ import annotations

import pytest
from samples import LODGING, extension, model, plan, step, task

from de06cli.plan.cache import lazy
from de06cli.plan.parts import Source
from de06cli.views.contents import model_sheet, tables

PLAN = lazy.whole(plan(model(1)))


def of(a_model, *steps: int) -> model_sheet.ModelSheet:
    return model_sheet.sheet(task(a_model), PLAN, frozenset(steps))


def field(a_model, label: str) -> str:
    found = [
        each.text for part in of(a_model).sections for each in part.fields if each.label == label
    ]
    return found[0]


def test_the_sections_stand_in_order_and_empty_ones_are_left_out():
    assert [section.title for section in of(LODGING).sections] == [
        "",
        "Bước 1  ● Hoàn thành 20/11/2023 – CAH – 45/BC-CAH",
        "Bước 2  ✗ Vướng mắc 05/12/2023 – chờ kinh phí",
        "Bước 3  ○ Chưa thực hiện",
        "Nội dung theo kế hoạch",
        "Theo văn bản gốc",
        "Nội dung cần làm rõ",
    ]
    assert [section.title for section in of(model(9)).sections] == ["", "Bước 1  ○ Chưa thực hiện"]


def test_a_sheet_is_headed_by_its_numbers_and_its_title():
    assert (of(LODGING).number, of(LODGING).title) == ("Mô hình 9 (STT 4)", LODGING.title)
    assert of(model(25)).number == "Mô hình 25"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [((), [1, 2, 3]), ((2,), [2]), ((3, 1), [1, 3])],
)
def test_the_steps_asked_for_are_shown(asked, shown):
    titles = [section.title for section in of(LODGING, *asked).sections]

    assert [int(title.split()[1]) for title in titles if title.startswith("Bước ")] == shown


@pytest.mark.parametrize(
    ("a_model", "due"),
    [
        (model(9), "30/12/2023"),
        (
            model(9, extensions=(extension("2024-01-05", "2023-12-20"),)),
            "05/01/2024 (đã gia hạn 1 lần, hạn ban đầu 30/12/2023)",
        ),
        (model(9, ongoing="liên tục"), "30/12/2023, sau đó duy trì liên tục"),
        (model(9, ongoing="thường xuyên", deadline=None), "thường xuyên"),
    ],
)
def test_the_deadline_tells_extensions_and_what_is_kept_up(a_model, due):
    assert field(a_model, "Thời hạn") == due


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({}, "đến 05/01/2024, quyết định 20/12/2023"),
        ({"document": "12/CV-UBND"}, "đến 05/01/2024, quyết định 20/12/2023, 12/CV-UBND"),
        ({"reason": "chờ vốn"}, "đến 05/01/2024, quyết định 20/12/2023, chờ vốn"),
    ],
)
def test_an_extension_is_shown_with_its_document_and_reason(details, told):
    extended = model(9, extensions=(extension("2024-01-05", "2023-12-20", **details),))

    assert field(extended, "Gia hạn") == told


@pytest.mark.parametrize(
    ("a_step", "title", "tone"),
    [
        (step(1, "doing"), "Bước 1  ◐ Đang thực hiện", ""),
        (step(1, "doing 2024-01-02", by="CAH"), "Bước 1  ◐ Đang thực hiện 02/01/2024 – CAH", ""),
        (
            step(1, "done 2024-01-02", by="CAH", evidence="45/BC", note="kèm ảnh"),
            "Bước 1  ● Hoàn thành 02/01/2024 – CAH – 45/BC – kèm ảnh", tables.DONE,
        ),
        (step(1, "blocked", note="chờ"), "Bước 1  ✗ Vướng mắc – chờ", tables.LATE),
        (
            step(1, "skipped 2024-01-02", note="thừa"),
            "Bước 1  – Không thực hiện 02/01/2024 – thừa", tables.QUIET,
        ),
    ],
)  # fmt: skip
def test_a_step_is_headed_by_all_that_its_progress_says(a_step, title, tone):
    section = of(model(9, a_step)).sections[1]

    assert (section.title, section.tone) == (title, tone)


@pytest.mark.parametrize(
    ("a_step", "told"),
    [
        (step(1, due="2024-01-11"), ("Thời hạn của bước", "11/01/2024", "")),
        (
            step(1, due="2024-01-10"),
            ("Thời hạn của bước", "10/01/2024 (quá hạn 1 ngày)", tables.LATE),
        ),
        (step(1, "done 2024-01-10", due="2024-01-10"), ("Thời hạn của bước", "10/01/2024", "")),
    ],
)
def test_a_steps_own_deadline_says_when_it_is_past(a_step, told):
    assert of(model(9, a_step)).sections[1].fields[-1] == told


def test_only_the_printed_cells_that_there_are():
    printed = model(9, source=Source(deadline="Trước 30/12", support="PC06,"))

    assert of(printed).sections[-1].fields == (
        model_sheet.SheetField("Thời hạn", "Trước 30/12"),
        model_sheet.SheetField("Phối hợp", "PC06,"),
    )


def test_only_the_first_of_several_texts_carries_the_label():
    background = of(LODGING).sections[4].fields

    assert [each.label for each in background] == [
        "Tổ chức thực hiện", "", "Hiệu quả", "Thiết bị",
    ]  # fmt: skip
