"""Periods: the file's form, what people type, and how they tile the calendar."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06cli.errors import RefusedValue
from de06cli.plan.periods import at, between, holding, moved, parse, typed

KINDS = st.sampled_from(["day", "week", "month", "quarter", "half", "year"])
DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-06-30", date(2025, 6, 30), date(2025, 6, 30)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-W05", date(2025, 1, 27), date(2025, 2, 2)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("9999-W52", date(9999, 12, 27), date.max),
    ],
)
def test_the_forms_of_the_file(text, first, last):
    period = parse(text)

    assert (period.first, period.last, str(period)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "25", "2025-", "2025-6", "2025-13", "2025-00", "2025-Q0", "2025-Q5", "2025-H3", "2025-W53",
        "2025-W00", "2025-W5", "2025-q2", "2025-06-31", "2025-6-30", "2025-06-30-1", " 2025", "2025\n",
        "0000", "２０２５", "2025/06", "+025", "2025-Q²", "2025-W-1",
    ],
)  # fmt: skip
def test_anything_else_is_no_period(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own sentences differ
        parse(text)


@given(KINDS, DAYS)
def test_periods_tile_the_calendar(kind, day):
    period = holding(kind, day)

    assert period.holds(day)
    assert period.next.first == period.last + timedelta(days=1)
    assert period.previous.last == period.first - timedelta(days=1)
    assert period.next.previous == period
    assert at(kind, period.position) == period == holding(kind, period.last)
    assert parse(str(period)) == period


def test_from_one_period_to_another():
    assert [str(one) for one in between(parse("2025-Q3"), parse("2026-Q1"))] == [
        "2025-Q3", "2025-Q4", "2026-Q1",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="two kinds"):
        between(parse("2025-Q3"), parse("2026"))


def test_days_stay_within_the_calendar():
    assert (moved(date.max, 9), moved(date.min, -(10**12))) == (date.max, date.min)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("quý 2/2025", "2025-Q2"), ("Q2/2025", "2025-Q2"), ("quý II/2025", "2025-Q2"),
        ("QUY iv/2025", "2025-Q4"), ("quý 2 năm 2025", "2025-Q2"), ("2025-q2", "2025-Q2"),
        ("6/2025", "2025-06"), ("tháng 6/2025", "2025-06"), ("thang 06/2025", "2025-06"),
        ("06-2025", "2025-06"), ("2025-06", "2025-06"), ("June 2025", "2025-06"),
        ("Tháng 6 năm 2025", "2025-06"), ("2025", "2025"), ("năm 2025", "2025"), ("NAM 2025", "2025"),
        ("6 tháng đầu năm 2025", "2025-H1"), ("6 tháng cuối năm 2025", "2025-H2"),
        ("6 THANG CUOI NAM 2025", "2025-H2"), ("2025-H1", "2025-H1"), ("first half of 2025", "2025-H1"),
        ("tuần 5/2025", "2025-W05"), ("2025-W05", "2025-W05"), ("Week 5, 2025", "2025-W05"),
        ("  tháng   6/2025 ", "2025-06"),
    ],
)  # fmt: skip
def test_what_people_type(text, form):
    assert str(typed(text)) == form
    assert str(typed(unicodedata.normalize("NFD", text))) == form


@pytest.mark.parametrize(
    "text", ["quý 5/2025", "13/2025", "0/2025", "tuần 53/2025", "2025-H3", "0000"]
)
def test_a_typed_period_that_does_not_exist_is_refused(text):
    with pytest.raises(RefusedValue, match="Không có kỳ"):
        typed(text)


@pytest.mark.parametrize(
    "text", ["", "2025-06-30", "30/6/2025", "hôm nay", "quý 2025", "5", "６/2025"]
)
def test_what_has_the_form_of_no_period_is_none(text):
    assert typed(text) is None
