"""Figures beside those of an earlier day."""

from __future__ import annotations

from datetime import date

import pytest
from samples import TODAY, model, tasks

from de06cli.errors import RefusedValue
from de06cli.tracking.figures.comparison import compared
from de06cli.tracking.figures.statistics import figures
from de06cli.tracking.report_period import compared_day


def test_rows_are_put_together_by_their_keys_and_none_is_lost():
    one, two = tasks(model(1)), tasks(model(1), model(2))
    now = [figures(one, "CAH"), figures(two, "PC06")]
    before = [figures(one, "PC06"), figures(two, "C06")]

    found = [(row.now.key, row.now.total, row.before.total) for row in compared(now, before)]

    assert found == [("CAH", 1, 0), ("PC06", 2, 1), ("C06", 0, 2)]


@pytest.mark.parametrize(
    ("text", "first", "day"),
    [
        ("previous", None, "2023-12-11"),
        ("previous", "2024-01-01", "2023-12-31"),
        ("year", None, "2023-01-11"),
        ("31/12/2023", None, "2023-12-31"),
        ("hôm qua", None, "2024-01-10"),
    ],
)
def test_the_earlier_day(text, first, day):
    begin = date.fromisoformat(first) if first else None

    assert compared_day(text, TODAY, begin) == date.fromisoformat(day)


def test_a_leap_day_is_compared_with_the_last_of_february():
    assert compared_day("year", date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize("text", ["2024-01-11", "2024-02-01", "tuần trước"])
def test_a_day_that_is_not_earlier_is_refused(text):
    with pytest.raises(RefusedValue):
        compared_day(text, TODAY)
