"""The days of a trend, and where it begins."""

from __future__ import annotations

from datetime import date

import pytest
from samples import extension, model, step

from de06cli.errors import RefusedValue
from de06cli.tracking.figures import trend
from de06cli.tracking.terms import Every


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "every", "days"),
    [
        ("2023-12-20", "2024-01-11", "week", "2023-12-24 2023-12-31 2024-01-07 2024-01-11"),
        ("2023-12-20", "2024-01-07", "week", "2023-12-24 2023-12-31 2024-01-07"),
        ("2023-11-30", "2024-01-11", "month", "2023-11-30 2023-12-31 2024-01-11"),
        ("2023-07-01", "2024-01-11", "quarter", "2023-09-30 2023-12-31 2024-01-11"),
        ("2024-01-11", "2024-01-11", "month", "2024-01-11"),
        ("2024-05-01", "2024-01-11", "month", "2024-01-11"),
    ],
)
def test_a_row_for_the_end_of_each_period_and_for_the_day_asked_about(first, last, every, days):
    found = trend.days(day(first), day(last), Every(every))

    assert found == [day(text) for text in days.split()]


def test_a_trend_from_the_year_1_is_refused_with_the_option_that_shortens_it():
    with pytest.raises(RefusedValue, match="--from"):
        trend.days(date(1, 1, 1), day("2024-01-11"), Every.WEEK)


@pytest.mark.parametrize(
    ("models", "first"),
    [
        ([], "2024-01-11"),
        ([model(1, deadline="2024-03-01")], "2024-01-11"),
        ([model(1), model(2, deadline="2023-10-30")], "2023-10-30"),
        ([model(1, step(1, "doing 2023-09-01"))], "2023-09-01"),
        ([model(1, step(1, due="2023-08-01"))], "2023-08-01"),
        ([model(1, extensions=(extension("2024-02-01", decided="2023-07-01"),))], "2023-07-01"),
    ],
)
def test_it_begins_with_the_first_day_that_anything_happened_or_was_due(models, first):
    assert trend.begin(models, day("2024-01-11")) == day(first)
