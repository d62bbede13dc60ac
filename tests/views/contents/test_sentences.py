"""What a mark, an extension or an undo changed, in the plan's own words."""

from __future__ import annotations

import pytest
from samples import LODGING, extension, model, plan, step

from de06cli import messages
from de06cli.plan.file.edits import SetExtensions, SetProgress
from de06cli.plan.parts import Progress
from de06cli.tracking.marking import Mark
from de06cli.views.contents import sentences

OTHER = model(8, step(1, text="Rà soát."), step(2), title="Công chứng, chứng thực", stt=3)


def mark(a_model, number: int, progress: str, **details) -> Mark:
    """A mark of step ``number``, its new progress written as for ``step``."""
    a_step = next(each for each in a_model.steps if each.step == number)
    return Mark(a_model, a_step, step(number, progress, **details).progress)


def test_marks_are_shown_with_their_models_and_what_comes_next():
    after = plan(LODGING, model(8, step(1, "done 2024-01-11"), step(2), stt=3))
    made = [
        mark(LODGING, 2, "done 2024-01-11", by="CAH", evidence="7/BC-CAH", note="đủ"),
        mark(OTHER, 1, "done 2024-01-11"),
    ]

    assert sentences.marked(made, after) == (
        "Mô hình 9 (STT 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…, bước 2: "
        "Hoàn thành 11/01/2024 – CAH – 7/BC-CAH – đủ (trước đó: Vướng mắc 05/12/2023 – chờ kinh phí).\n"
        "Mô hình 8 (STT 3) Công chứng, chứng thực, bước 1: Hoàn thành 11/01/2024.\n"
        "Mô hình 9, bước tiếp theo: 2. "
        "Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng…\n"
        "Mô hình 8, bước tiếp theo: 2. Tập huấn.\n"
    )


def test_a_mark_that_changes_nothing_says_so():
    made = [mark(OTHER, 1, "todo")]

    assert sentences.marked(made, plan(model(8, step(1, "done 2024-01-11")))) == (
        "Mô hình 8 (STT 3) Công chứng, chứng thực, bước 1: đã ghi nhận “Chưa thực hiện”, không thay đổi.\n"
        "Mô hình 8: các bước đều đã hoàn thành hoặc không thực hiện.\n"
    )


def test_marks_in_english():
    messages.use("en")

    assert sentences.marked([mark(OTHER, 1, "blocked", note="chờ")], plan(OTHER)) == (
        "Model 8 (row 3) Công chứng, chứng thực, step 1: Blocked – chờ.\n"
        "Model 8, next step: 1. Rà soát.\n"
    )


@pytest.mark.parametrize(
    ("deadline", "extensions", "told"),
    [
        (
            "2023-12-30", [extension("2024-03-31", "2024-01-11")],
            "Mô hình 8 Công chứng: gia hạn đến 31/03/2024 (lần 1, hạn ban đầu 30/12/2023).\n",
        ),
        (
            "2023-12-30",
            [extension("2024-01-31", "2023-12-25"), extension("2024-03-31", "2024-01-11")],
            "Mô hình 8 Công chứng: gia hạn đến 31/03/2024 (lần 2, hạn ban đầu 30/12/2023).\n",
        ),
        (
            None, [extension("2024-03-31", "2024-01-11")],
            "Mô hình 8 Công chứng: thời hạn 31/03/2024.\n",
        ),
    ],
)  # fmt: skip
def test_an_extension_is_shown_with_the_first_deadline(deadline, extensions, told):
    extended = model(8, deadline=deadline, extensions=tuple(extensions), title="Công chứng")

    assert sentences.extended(plan(extended), [SetExtensions(8, tuple(extensions))]) == told


def test_what_was_undone_is_shown_as_it_is_again():
    before = plan(LODGING, OTHER)
    made = [
        SetProgress(9, 1, LODGING.steps[0].progress),
        SetProgress(8, 1, None),
        SetExtensions(9, LODGING.extensions),
    ]

    assert sentences.undone(before, made) == (
        "Mô hình 9 (STT 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…, bước 1: trở lại "
        "Hoàn thành 20/11/2023 – CAH – 45/BC-CAH.\n"
        "Mô hình 8 (STT 3) Công chứng, chứng thực, bước 1: trở lại Chưa thực hiện.\n"
        "Mô hình 9 (STT 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…: "
        "thời hạn trở lại 30/12/2023.\n"
    )


def test_a_question_lists_the_steps_below_their_models():
    made = [
        mark(LODGING, 2, "done 2024-01-11"),
        mark(OTHER, 1, "done 2024-01-11"),
        mark(LODGING, 3, "done 2024-01-11"),
    ]

    assert sentences.asked(made) == (
        """\
  Mô hình 9 (STT 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…
    9.2  Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng…
         Hoàn thành 11/01/2024 (trước đó: Vướng mắc 05/12/2023 – chờ kinh phí)
    9.3  Các cơ sở lưu trú đăng ký hằng ngày.
         Hoàn thành 11/01/2024
  Mô hình 8 (STT 3) Công chứng, chứng thực
    8.1  Rà soát.
         Hoàn thành 11/01/2024"""
    )


def test_a_number_that_is_also_another_models_row_names_that_model():
    assert sentences.other_row(3, OTHER) == (
        "3 là số hiệu; số thứ tự 3 trong phụ lục là Mô hình 8 (STT 3) Công chứng, chứng thực "
        "(gõ stt:3)."
    )


def test_among_several_plans_each_name_and_address_has_the_plans_code():
    made = [mark(OTHER, 1, "done")]

    assert sentences.marked(made, plan(OTHER), "HONQUAN").startswith("Mô hình HONQUAN:")
    assert f"    HONQUAN:{OTHER.model}.1  " in sentences.asked(made, "HONQUAN")
    assert sentences.other_row(3, OTHER, "HONQUAN").startswith("HONQUAN:3 là số hiệu; số thứ tự 3 ")
    assert sentences.other_row(3, OTHER, "HONQUAN").endswith("(gõ HONQUAN:stt:3).")


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        (None, "Chưa thực hiện"),
        (Progress("doing"), "Đang thực hiện"),
        (step(1, "doing 2024-01-02", by="CAH").progress, "Đang thực hiện 02/01/2024 – CAH"),
        (step(1, "blocked", note="chờ\n  vốn").progress, "Vướng mắc – chờ vốn"),
        (
            step(1, "done 2024-01-02", note="[b]", evidence="=1").progress,
            "Hoàn thành 02/01/2024 – =1 – [b]",
        ),
    ],
)
def test_progress_is_shown_on_one_line(progress, told):
    assert sentences.progress(progress) == told
