"""The words, dates and numbers that people see, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from samples import AGENCIES, SHOWN, TODAY, model, several, step, task, tasks

from de06cli import messages
from de06cli.tracking.terms import Role, State
from de06cli.views import words

C06, _PC06, CAH, PVHTT, _CSLT = AGENCIES


@pytest.mark.parametrize(
    ("state", "in_vietnamese", "in_english"),
    [
        ("done_on_time", "Hoàn thành đúng hạn", "Done on time"),
        ("done_late", "Hoàn thành quá hạn", "Done late"),
        ("open_in_time", "Chưa hoàn thành – trong hạn", "Not yet due"),
        ("open_overdue", "Chưa hoàn thành – quá hạn", "Overdue"),
        ("ongoing", "Thường xuyên", "Ongoing"),
    ],
)
def test_the_labels_of_states(state, in_vietnamese, in_english):
    assert words.state(State(state)) == in_vietnamese
    messages.use("en")
    assert words.state(State(state)) == in_english


@pytest.mark.parametrize(
    ("status", "mark", "in_vietnamese", "in_english"),
    [
        ("todo", "○", "Chưa thực hiện", "Not started"),
        ("doing", "◐", "Đang thực hiện", "In progress"),
        ("done", "●", "Hoàn thành", "Done"),
        ("blocked", "✗", "Vướng mắc", "Blocked"),
        ("skipped", "–", "Không thực hiện", "Skipped"),
    ],
)
def test_the_labels_and_marks_of_a_steps_status(status, mark, in_vietnamese, in_english):
    assert (words.status(status), words.STEP_MARKS[status]) == (in_vietnamese, mark)
    messages.use("en")
    assert words.status(status) == in_english


@pytest.mark.parametrize(
    ("role", "in_vietnamese", "in_english"),
    [
        ("lead", "Chủ trì", "Lead"),
        ("support", "Phối hợp", "Support"),
        ("implementer", "Lực lượng triển khai", "Implementer"),
        ("step", "Thực hiện bước", "Step"),
    ],
)
def test_the_labels_of_roles(role, in_vietnamese, in_english):
    assert words.role(Role(role)) == in_vietnamese
    messages.use("en")
    assert words.role(Role(role)) == in_english


def test_the_names_of_levels():
    levels = ["central", "province", "district", "commune", "enterprise", "group", None]

    assert [words.level(level) for level in levels] == [
        "Trung ương", "Tỉnh", "Huyện", "Xã", "Doanh nghiệp", "Nhóm đơn vị", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2023, 12, 30), "30/12/2023", "30 Dec 2023"),
        (date(2024, 2, 5), "05/02/2024", "5 Feb 2024"),
        (None, "", ""),
    ],
)
def test_a_day_is_written_as_each_language_does(value, vi, en):
    assert words.day(value) == vi
    messages.use("en")
    assert words.day(value) == en


def test_a_number_of_days():
    assert [words.days(n) for n in (0, 1, 12, 1000)] == [
        "0 ngày", "1 ngày", "12 ngày", "1.000 ngày",
    ]  # fmt: skip
    messages.use("en")
    assert [words.days(n) for n in (0, 1, 12, 1000)] == [
        "0 days", "1 day", "12 days", "1,000 days",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "in_vietnamese", "in_english"),
    [(0, "0", "0"), (999, "999", "999"), (21914, "21.914", "21,914"),
     (1234567, "1.234.567", "1,234,567")],
)  # fmt: skip
def test_thousands_are_marked_as_the_language_does(number, in_vietnamese, in_english):
    assert words.number(number) == in_vietnamese
    messages.use("en")
    assert words.number(number) == in_english


@pytest.mark.parametrize(
    ("share", "in_vietnamese", "in_english"),
    [(0.986, "98,6%", "98.6%"), (0.0, "0,0%", "0.0%"), (1.0, "100,0%", "100.0%"),
     (1 / 3, "33,3%", "33.3%"), (None, "–", "–")],
)  # fmt: skip
def test_a_share_has_one_decimal_or_is_a_dash(share, in_vietnamese, in_english):
    assert words.percent(share) == in_vietnamese
    messages.use("en")
    assert words.percent(share) == in_english


def test_an_agency_has_its_english_name_in_english_where_it_has_one():
    assert words.agency(CAH) == "Công an huyện Hớn Quản"
    messages.use("en")
    assert [words.agency(CAH), words.agency(PVHTT)] == [
        "Hon Quan District Police",
        "Phòng Văn hóa và Thông tin",
    ]


@pytest.mark.parametrize(
    ("a_model", "in_vietnamese", "in_english"),
    [
        (model(1), "Chưa hoàn thành – quá hạn 12 ngày", "12 days overdue"),
        (model(1, deadline="2024-01-10"), "Chưa hoàn thành – quá hạn 1 ngày",
         "1 day overdue"),
        (model(1, deadline="2024-01-11"), "Chưa hoàn thành – trong hạn (đến hạn hôm nay)",
         "Due today"),
        (model(1, deadline="2024-01-12"), "Chưa hoàn thành – trong hạn (sắp đến hạn, còn 1 ngày)",
         "Due soon, 1 day left"),
        (model(1, deadline="2024-01-19"), "Chưa hoàn thành – trong hạn", "Not yet due"),
        (model(1, step(1, "done 2023-12-30")), "Hoàn thành đúng hạn", "Done on time"),
        (model(1, step(1, "done 2024-01-04")), "Hoàn thành quá hạn 5 ngày", "5 days late"),
        (model(1, deadline=None, ongoing="thường xuyên"), "Thường xuyên", "Ongoing"),
    ],
)  # fmt: skip
def test_a_tasks_state_is_shown_with_its_days(a_model, in_vietnamese, in_english):
    assert words.task_state(task(a_model)) == in_vietnamese
    messages.use("en")
    assert words.task_state(task(a_model)) == in_english


def test_progress_is_a_mark_a_step_and_how_many_are_closed():
    assert [words.step_marks(each) for each in tasks(*SHOWN)] == [
        "●✗○ 1/3", "○ 0/1", "○ 0/1", "● 1/1", "●– 2/2", "○ 0/1",
    ]  # fmt: skip


def test_figures_name_their_day():
    assert words.as_at(TODAY) == "Số liệu tính đến ngày 11/01/2024"


def test_a_model_is_called_by_its_number_and_its_row():
    assert words.model_number(model(9, stt=4)) == "Mô hình 9 (STT 4)"
    assert words.model_number(model(9), "HONQUAN") == "Mô hình HONQUAN:9"
    assert words.task_number(task(model(9, stt=0))) == "Mô hình 9 (STT 0)"
    assert words.task_number(several(A=[model(1)], B=[model(9, stt=4)]).tasks()[1]) == (
        "Mô hình B:9 (STT 4)"
    )
