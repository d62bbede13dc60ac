"""Recurring duties: what is late, what can be marked, and that no length of time is walked through."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06cli.plan import duties
from de06cli.plan.duties import ClosedPeriod, Duty, due_day, duty, is_day
from de06cli.plan.parts import Recurrence
from de06cli.plan.periods import at, holding, parse

DAY = {"week": "fri", "month": "31", "quarter": "15", "half": "30", "year": "02-29"}
RECURRENCES = st.sampled_from(list(DAY)).flatmap(
    lambda every: st.one_of(
        st.just(Recurrence(every)),
        st.just(Recurrence(every, day=DAY[every])),
        st.integers(-400, 400).map(lambda days: Recurrence(every, after=days)),
    )
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(RECURRENCES, DAYS)
def test_due_days_grow_from_period_to_period(recurs, day):
    position = holding(recurs.every, day).position
    due = [due_day(recurs, at(recurs.every, position + n)) for n in range(30)]
    assert all(one < other for one, other in pairwise(due))


@given(RECURRENCES, DAYS)
def test_the_first_period_is_the_first_that_ends_and_is_due_from_its_beginning_on(recurs, begins):
    first = duty(recurs, begins).first

    assert first is not None
    assert min(first.last, due_day(recurs, first)) >= begins
    assert min(first.previous.last, due_day(recurs, first.previous)) < begins


@given(RECURRENCES, DAYS, st.integers(0, 900), st.sets(st.integers(0, 30)))
def test_a_standing_is_what_counting_one_by_one_gives(recurs, begins, days, closed):
    today = begins + timedelta(days=days)
    one = duty(recurs, begins)
    periods = [at(recurs.every, position) for position in one.positions[:200]]
    marked = [ClosedPeriod(periods[n], begins) for n in closed]
    still = [period for n, period in enumerate(periods) if n not in closed]
    late = [period for period in still if due_day(recurs, period) < today]
    coming = [period for period in still if due_day(recurs, period) >= today]

    standing = one.standing(today, marked)
    assert list(one.late(today, marked)) == late
    assert (standing.period, standing.late) == ((late or coming)[0], len(late))
    due = [period for period in still if due_day(recurs, period) <= today]
    assert list(one.open(today, marked)) == still[: len(due) + 1]


def test_what_was_closed_later_or_is_not_owed_does_not_count():
    one = duty(Recurrence("month"), date(2025, 1, 1))
    closed = [
        ClosedPeriod(parse("2025-01"), date(2025, 2, 10)),
        ClosedPeriod(parse("2024-12"), date(2025, 1, 1)),
        ClosedPeriod(parse("2025-Q1"), date(2025, 1, 1)),
    ]
    assert one.standing(date(2025, 2, 9), closed).late == 1
    assert one.standing(date(2025, 2, 10), closed).late == 0


def first_quarter() -> Duty:
    return duty(Recurrence("month", until=parse("2025-Q1")), date(2025, 1, 1))


def closed(*periods: tuple[str, date]) -> list[ClosedPeriod]:
    return [ClosedPeriod(parse(period), on) for period, on in periods]


def test_a_duty_has_the_periods_of_its_kind_from_its_first_to_its_last():
    one = first_quarter()
    assert (str(one.first), str(one.last)) == ("2025-01", "2025-03")
    assert [period for period in ("2025-01", "2025-03") if not one.has(parse(period))] == []
    assert [period for period in ("2024-12", "2025-04", "2025-Q1") if one.has(parse(period))] == []
    assert duty(Recurrence("month"), date(2025, 1, 1)).last is None


def test_a_duty_ends_on_the_latest_day_of_its_periods():
    days = closed(
        ("2025-01", date(2025, 4, 9)), ("2025-02", date(2025, 3, 1)), ("2025-03", date(2025, 4, 2))
    )
    before, after = (first_quarter().standing(day, days) for day in (days[0].on, date(2025, 5, 1)))

    assert before == after
    assert (str(after.period), after.due, after.late) == ("2025-03", date(2025, 3, 31), 0)
    assert (after.completed_on, after.finished) == (date(2025, 4, 9), True)
    day_before = first_quarter().standing(date(2025, 4, 8), days)
    assert (str(day_before.period), day_before.late, day_before.finished) == ("2025-01", 1, False)


def test_a_period_that_the_duty_does_not_owe_neither_ends_it_nor_gives_it_a_day():
    two = closed(("2025-01", date(2025, 2, 1)), ("2025-02", date(2025, 3, 1)))
    other = closed(("2025-04", date(2025, 4, 30)))
    assert not first_quarter().standing(date(2025, 5, 1), [*two, *other]).finished

    all_three = [*two, *closed(("2025-03", date(2025, 4, 1)))]
    standing = first_quarter().standing(date(2025, 5, 1), [*all_three, *other])
    assert standing.completed_on == date(2025, 4, 1)


def test_a_duty_of_which_every_period_is_skipped_is_not_finished():
    skipped = [
        ClosedPeriod(parse(f"2025-0{month}"), date(2025, 4, 1), done=False) for month in (1, 2, 3)
    ]
    assert not first_quarter().standing(date(2025, 5, 1), skipped).finished
    one_done = [skipped[0]._replace(done=True), *skipped[1:]]
    assert first_quarter().standing(date(2025, 5, 1), one_done).finished


def test_a_first_phase_puts_the_first_period_behind_its_end():
    one = duty(Recurrence("month"), date(2025, 1, 1), date(2025, 3, 15))
    assert str(one.first) == "2025-04"


def test_a_long_duty_is_not_walked_through(monkeypatch):
    made = []
    monkeypatch.setattr(
        duties, "at", lambda kind, position: made.append(position) or at(kind, position)
    )
    one = duty(Recurrence("week"), date(1, 1, 1))
    standing = one.standing(date(9000, 1, 1))

    assert (str(standing.period), standing.late) == ("0001-W01", 469545)
    assert [str(period) for period in islice(one.late(date(9000, 1, 1)), 2)] == [
        "0001-W01",
        "0001-W02",
    ]
    assert len(made) < 150


@pytest.mark.parametrize("after", [10**9, -(10**9)])
def test_a_due_day_beyond_the_calendar_breaks_nothing(after):
    one = duty(Recurrence("week", after=after), date(2025, 1, 1))
    assert one.standing(date(2025, 6, 1)).late == 0


def test_a_duty_that_ends_before_it_begins_has_no_period():
    one = duty(Recurrence("month", until=parse("2024-12")), date(2025, 6, 1))
    standing = one.standing(date(2025, 6, 1))

    assert (one.first, one.last, list(one.open(date(2026, 1, 1)))) == (None, None, [])
    assert (standing.period, standing.due, standing.late, standing.finished) == (
        None,
        None,
        0,
        False,
    )


@pytest.mark.parametrize(
    ("every", "good", "bad"),
    [
        ("week", ["mon", "sun"], ["Mon", "1", "monday", ""]),
        ("month", ["1", "05", "31"], ["0", "32", "-1", "fri", "001", "²", ""]),
        ("year", ["11-30", "02-29"], ["15", "02-30", "13-01", "1-5", "11-", "11-30-1"]),
    ],
)
def test_the_days_that_a_duty_may_name(every, good, bad):
    assert all(is_day(every, day) for day in good)
    assert not any(is_day(every, day) for day in bad)
