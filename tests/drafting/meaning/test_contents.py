"""A cell in parts: steps in the forms that offices write them, and what stands beside them."""

from __future__ import annotations

import pytest

from de06cli.drafting.meaning.contents import split, steps_of

STEPS = {
    "Bước 1: a Bước 2: b": ("a", "b"),
    "- Bước 1: : a\n- Bước 2. b": ("a", "b"),
    "BƯỚC 1: a BƯỚC 2: b": ("a", "b"),
    "- a\n- b\n+ b1": ("a", "b\n+ b1"),
    "a) x\nb) y\nc) z\nd) t\nđ) u\ne) v": ("x", "y", "z", "t", "u", "v"),
    "a) x; b) y": ("x;", "y"),
    "1. a\n2. b": ("a", "b"),
    "(1) a; (2) b; (3) c": ("a;", "b;", "c"),
    "1) a; 2) b": ("a;", "b"),
    "Một việc": ("Một việc",),
    "Rà soát Bước 2 của kế hoạch cũ": ("Rà soát Bước 2 của kế hoạch cũ",),
    "": (),
}


@pytest.mark.parametrize(("cell", "steps"), STEPS.items())
def test_steps_are_cut_at_their_marks(cell: str, steps: tuple[str, ...]) -> None:
    assert steps_of(cell).steps == steps


def test_what_stands_before_the_first_step_is_kept() -> None:
    found = steps_of("Thực hiện như sau: Bước 1: a Bước 2: b")
    assert (found.before, found.steps) == ("Thực hiện như sau:", ("a", "b"))


@pytest.mark.parametrize("cell", ["Bước 1: a. Bước 3: c", "a\nb", "Bước 1: Bước 2: b"])
def test_steps_that_may_be_others_are_asked_about(cell: str) -> None:
    assert steps_of(cell).doubts


def test_a_model_has_its_number_its_organisation_and_its_outcome() -> None:
    found = split(
        "Mô hình 9: Lưu trú Tổ chức thực hiện: - Công an xã: Chủ trì. - Phòng Kinh tế phối hợp. "
        "Hiệu quả: nhanh",
        has_steps_column=True,
    )
    assert (found.number, found.title, found.outcome) == ("9", "Lưu trú", "nhanh")
    assert found.organisation == ("Công an xã: Chủ trì.", "Phòng Kinh tế phối hợp.")


def test_a_list_in_the_task_is_its_steps_only_where_nothing_else_gives_them() -> None:
    cell = "Chuyển đổi số\n- Số hóa\n- Đánh giá"
    alone, beside = (split(cell, has_steps_column=has) for has in (False, True))
    assert (alone.title, alone.steps) == ("Chuyển đổi số", ("Số hóa", "Đánh giá"))
    assert alone.doubts
    assert (beside.title, beside.steps) == (cell, ())
