"""How people name a model or a step, and the error when there is none."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import model, plan, step

from de06cli.errors import RefusedValue
from de06cli.plan.cache.lazy import whole
from de06cli.plan.portfolio import of, single
from de06cli.plan.records import Heading, Model, Plan
from de06cli.tracking.places import positions, resolve

# As in the shipped plan, the numbers of models and the rows of the printed table are easily confused.
PLAN = single(
    plan(
        model(8, step(1), step(2), step(3), stt=3),
        model(9, step(1), step(2), stt=4),
        model(4, step(1), stt=9),
        model(40, step(1), step(5), stt=22),
    )
)


def named(code: str, *models: Model) -> Plan:
    return plan(*models)._replace(plan=Heading(code, "Kế hoạch"))


@pytest.mark.parametrize(
    ("typed", "number", "step_number"),
    [
        ("9", 9, None),
        ("MH9", 9, None),
        ("mh9", 9, None),
        ("MH 9", 9, None),
        (" 9 ", 9, None),
        ("09", 9, None),
        ("Mô hình 9", 9, None),
        ("mo hinh 9", 9, None),
        (unicodedata.normalize("NFD", "mô hình 9"), 9, None),
        ("9.2", 9, 2),
        ("MH9.2", 9, 2),
        ("40.5", 40, 5),
        ("stt:4", 9, None),
        ("STT:4", 9, None),
        ("stt:9", 4, None),
        ("stt:4.2", 9, 2),
        ("HONQUAN:9", 9, None),
        ("HONQUAN:9.2", 9, 2),
        ("honquan:9.2", 9, 2),
        ("HONQUAN:MH9", 9, None),
        ("HONQUAN:stt:4.2", 9, 2),
    ],
)
def test_an_address_names_a_model_or_a_step(typed, number, step_number):
    place = resolve(typed, PLAN)

    assert (place.model.model, place.step and place.step.step) == (number, step_number)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("7", "Không có mô hình 7. Gợi ý: 4, 8, 9. Xem tất cả: de06 list."),
        ("99", "Không có mô hình 99. Gợi ý: 8, 9, 40. Xem tất cả: de06 list."),
        ("0", "Không có mô hình 0. Gợi ý: 4, 8, 9. Xem tất cả: de06 list."),
        ("7.1", "Không có mô hình 7. Gợi ý: 4, 8, 9. Xem tất cả: de06 list."),
        ("9.3", "Mô hình 9 không có bước 3; các bước là 1, 2."),
        ("9.0", "Mô hình 9 không có bước 0; các bước là 1, 2."),
        ("40.2", "Mô hình 40 không có bước 2; các bước là 1, 5."),
        ("stt:3.4", "Mô hình 8 không có bước 4; các bước là 1, 2, 3."),
        ("stt:23", "Phụ lục không có số thứ tự 23. Gợi ý: 4, 9, 22."),
        ("stt:8", "Phụ lục không có số thứ tự 8. Gợi ý: 3, 4, 9."),
        ("LOCNINH:9.2", "Không có kế hoạch “LOCNINH”; kế hoạch đang dùng là HONQUAN."),
    ],
)
def test_an_address_of_nothing_is_refused_with_what_there_is(typed, told):
    with pytest.raises(RefusedValue) as refused:
        resolve(typed, PLAN)

    assert (str(refused.value), refused.value.exit_code) == (told, 2)


@pytest.mark.parametrize("code", ["A:B", ":", "x: 1", "a.b"])
def test_a_plans_code_may_be_made_of_anything(code):
    portfolio = single(named(code, model(9)))

    assert resolve(f"{code}:9", portfolio).model.model == 9
    assert resolve(f"{code}:9.1", portfolio).step is not None


@pytest.mark.parametrize(
    "typed",
    [
        "", ".", "9.", ".2", "9.2.1", "9,2", "-9", "+9", "9.2a", "chín", "CAH", "MH", "MHMH9",
        "stt", "stt:", "stt4", ":9", "HONQUAN:", "９", "९",
        "9 2", "1234567890", "9.1234567890",
    ],
)  # fmt: skip
def test_anything_else_is_no_address(typed):
    with pytest.raises(RefusedValue) as refused:
        resolve(typed, PLAN)

    assert str(refused.value) == (
        f"“{typed}” không phải là số hiệu mô hình hoặc bước. Viết 9 hoặc MH9 (mô hình), 9.2 (bước), "
        "stt:4 (số thứ tự 4 trong phụ lục)."
    )


def test_a_plan_without_rows_says_so():
    with pytest.raises(RefusedValue) as refused:
        resolve("stt:4", single(plan(model(9))))

    assert str(refused.value) == (
        "Kế hoạch này không ghi số thứ tự trong phụ lục (stt). Hãy gõ số hiệu mô hình."
    )


# Several plans --------------------------------------------------------------------------------------

SEVERAL = of(
    (),
    [
        whole(named("HONQUAN", model(9, step(1), stt=4), model(8, step(1), stt=9))),
        whole(named("LocNinh", model(9, step(1), step(2), stt=7), model(7, step(1)))),
    ],
)


@pytest.mark.parametrize(
    ("typed", "position", "step_number"),
    [
        ("8", 1, None),
        ("7.1", 3, 1),
        ("stt:4", 0, None),
        ("HONQUAN:9", 0, None),
        ("locninh:9.2", 2, 2),
        ("LOCNINH:stt:7.1", 2, 1),
    ],
)
def test_an_address_names_a_model_of_one_of_several_plans(typed, position, step_number):
    place = resolve(typed, SEVERAL)

    assert place[:2] == (position, SEVERAL.model(position))
    assert (place.step and place.step.step) == step_number


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9", "2 kế hoạch có 9. Hãy viết rõ kế hoạch, ví dụ HONQUAN:9, LocNinh:9."),
        ("9.2", "2 kế hoạch có 9.2. Hãy viết rõ kế hoạch, ví dụ HONQUAN:9.2, LocNinh:9.2."),
        ("HONQUAN:7", "Không có mô hình 7. Gợi ý: 8, 9. Xem tất cả: de06 list."),
        ("HONQUAN:stt:7", "Phụ lục không có số thứ tự 7. Gợi ý: 4, 9."),
        ("LOCNIN:9", "Không có kế hoạch “LOCNIN”. Gợi ý: LocNinh, HONQUAN."),
    ],
)
def test_an_address_in_several_plans_is_refused_and_told_how_to_write_it(typed, told):
    with pytest.raises(RefusedValue) as refused:
        resolve(typed, SEVERAL)

    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("typed", "found"),
    [("9", [0, 2]), ("MH9", [0, 2]), ("HONQUAN:9", [0]), ("stt:7", [2]), ("9.2", [0, 2])],
)
def test_a_filter_takes_the_models_of_all_plans(typed, found):
    assert positions(typed, SEVERAL) == found


@settings(deadline=None)
@given(st.text())
def test_a_text_is_an_address_or_is_refused(typed):
    with suppress(RefusedValue):
        assert resolve(typed, PLAN).model in PLAN.plans[0].plan().models
