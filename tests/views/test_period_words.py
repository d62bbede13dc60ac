"""Periods in words, in both languages."""

from __future__ import annotations

import pytest

from de06cli import messages
from de06cli.plan.periods import parse, typed
from de06cli.views.period_words import period, with_last_day


@pytest.mark.parametrize(
    ("form", "head", "inside", "english"),
    [
        ("2025", "Năm 2025", "năm 2025", "2025"),
        ("2025-H1", "6 tháng đầu năm 2025", "6 tháng đầu năm 2025", "First half of 2025"),
        ("2025-H2", "6 tháng cuối năm 2025", "6 tháng cuối năm 2025", "Second half of 2025"),
        ("2025-Q2", "Quý II/2025", "quý II/2025", "Q2 2025"),
        ("2025-Q4", "Quý IV/2025", "quý IV/2025", "Q4 2025"),
        ("2025-06", "Tháng 6/2025", "tháng 6/2025", "June 2025"),
        ("2026-W01", "Tuần 1/2026 (29/12–04/01)", "tuần 1/2026 (29/12–04/01)",
         "Week 1, 2026 (29 Dec–4 Jan)"),
        ("2025-06-30", "30/06/2025", "30/06/2025", None),
    ],
)  # fmt: skip
def test_a_period_is_written_as_offices_do(form, head, inside, english):
    assert (period(parse(form)), period(parse(form), inside=True)) == (head, inside)
    messages.use("en")
    assert english is None or period(parse(form)) == english


def test_in_an_english_sentence():
    messages.use("en")
    assert period(parse("2025-H1"), inside=True) == "first half of 2025"


def test_the_day_that_a_period_counts_by():
    assert with_last_day(parse("2025-Q2")) == "Quý II/2025 (30/06/2025)"
    assert with_last_day(parse("2025-06-30")) == "30/06/2025"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "form", ["2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q3", "2025-05", "2025-12"]
)
def test_what_is_printed_can_be_typed(language, form):
    messages.use(language)
    assert str(typed(period(parse(form)))) == form
