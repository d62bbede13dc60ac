"""The rules of the format, each with its example: periods, recurring duties, roles, targets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from de06cli.plan.duties import ClosedPeriod, Duty, duty
from de06cli.plan.duties import due_day as due_of
from de06cli.plan.parts import Handover, Lists, Recurrence
from de06cli.plan.periods import Period, at, parse
from de06cli.plan.quantities import goal, milestone, missing, reached
from de06cli.plan.records import Ended
from de06cli.tracking.roles import Succession, finders, holders
from de06cli.views import period_words

LATER = date(2025, 1, 1)


def first(recurs: Recurrence, begins: date, phase_end: date | None = None) -> str:
    return str(duty(recurs, begins, phase_end).first)


def test_a_period_as_deadline_is_its_last_day_and_equal_days_are_equal():
    assert parse("2025").last == date(2025, 12, 31)
    assert parse("2025-Q2").last == parse("2025-H1").last


@pytest.mark.parametrize(
    ("recurs", "begins", "expected"),
    [
        (Recurrence("month", day="20"), date(2025, 2, 13), "2025-02"),
        (Recurrence("month", day="5"), date(2025, 2, 13), "2025-03"),
        (Recurrence("month", after=5), date(2025, 2, 3), "2025-02"),
        (Recurrence("quarter"), date(2025, 2, 1), "2025-Q1"),
    ],
)
def test_the_first_period(recurs, begins, expected):
    assert first(recurs, begins) == expected
    assert first(recurs._replace(from_=Period("day", begins)), date(1999, 1, 1)) == expected


def test_the_last_period_holds_the_last_day_of_until():
    last = duty(Recurrence("week", until=parse("2026-03")), date(2026, 1, 1)).last

    assert str(last) == "2026-W14"
    assert last is not None
    assert (last.first, last.last) == (date(2026, 3, 30), date(2026, 4, 5))


@pytest.mark.parametrize(
    ("recurs", "period", "due"),
    [
        (Recurrence("month", day="31"), "2025-02", date(2025, 2, 28)),
        (Recurrence("month", day="31"), "2028-02", date(2028, 2, 29)),
        (Recurrence("quarter", day="15"), "2025-Q1", date(2025, 3, 15)),
        (Recurrence("year", day="11-30"), "2025", date(2025, 11, 30)),
        (Recurrence("year", day="02-29"), "2025", date(2025, 2, 28)),
        (Recurrence("week", day="fri"), "2025-W05", date(2025, 1, 31)),
        (Recurrence("month", after=5), "2025-12", date(2026, 1, 5)),
        (Recurrence("quarter", after=-10), "2025-Q4", date(2025, 12, 21)),
        (Recurrence("half", day="10"), "2025-H1", date(2025, 6, 10)),
        (Recurrence("half", day="10"), "2025-H2", date(2025, 12, 10)),
        (Recurrence("half"), "2025-H1", date(2025, 6, 30)),
        (Recurrence("half"), "2025-H2", date(2025, 12, 31)),
    ],
)
def test_the_due_day_of_a_period(recurs, period, due):
    assert due_of(recurs, parse(period)) == due


def test_weeks_are_those_of_iso():
    week = parse("2026-W53")

    assert (week.first, week.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert period_words.period(parse("2026-W01")) == "Tuần 1/2026 (29/12–04/01)"
    with pytest.raises(ValueError, match="53"):
        parse("2025-W53")


def test_a_period_closed_early_leaves_the_duty_to_the_next_one():
    monthly = duty(Recurrence("month", after=5), date(2025, 2, 1))
    standing = monthly.standing(
        date(2025, 2, 20), [ClosedPeriod(parse("2025-02"), date(2025, 2, 19))]
    )

    assert (str(standing.period), standing.due) == ("2025-03", date(2025, 4, 5))
    assert standing.late == 0


def _until_february() -> tuple[Duty, list[ClosedPeriod]]:
    two = duty(Recurrence("month", after=5, until=parse("2025-02")), date(2025, 1, 1))
    return two, [
        ClosedPeriod(parse("2025-01"), date(2025, 2, 3)),
        ClosedPeriod(parse("2025-02"), date(2025, 3, 9)),
    ]


def test_after_until_a_duty_is_finished_on_the_latest_day():
    two, closed = _until_february()
    standing = two.standing(date(2025, 3, 9), closed)

    assert standing.finished
    assert (standing.completed_on, standing.due) == (date(2025, 3, 9), date(2025, 3, 5))

    before = two.standing(date(2025, 3, 8), closed)
    assert (before.finished, before.late, before.due) == (False, 1, date(2025, 3, 5))
    assert before.due is not None
    assert date(2025, 3, 8) - before.due == timedelta(days=3)


def test_a_duty_whose_periods_are_all_skipped_goes_on():
    two, closed = _until_february()
    skipped = [one._replace(done=False) for one in closed]
    standing = two.standing(date(2025, 4, 1), skipped)

    assert (standing.finished, standing.late, str(standing.period)) == (False, 0, "2025-02")


def test_the_first_period_begins_after_the_end_of_a_first_phase():
    assert first(Recurrence("month"), date(2023, 1, 1), date(2023, 5, 20)) == "2023-06"
    quarterly = duty(Recurrence("quarter"), date(2023, 1, 1), date(2023, 12, 20))
    assert str(quarterly.first) == "2024-Q1"
    monthly = duty(Recurrence("month"), date(2023, 1, 1), date(2023, 12, 20))
    standing = monthly.standing(date(2024, 2, 1))
    assert (str(standing.period), standing.late, standing.due) == ("2024-01", 1, date(2024, 1, 31))


# Roles -------------------------------------------------------------------------------------------


def leads(codes: tuple[str, ...], ended: dict[str, Ended], day: date, *handovers: Handover):
    return holders(Lists(lead=codes), handovers, Succession(ended), day).lead


def test_on_one_day_the_handover_wins_over_the_succession():
    ended = {"CAH": Ended(date(2025, 3, 1), ("CAT",))}
    handover = Handover(date(2025, 3, 1), lead=("CAX",))

    assert leads(("CAH",), ended, date(2025, 3, 1), handover) == ("CAX",)
    assert leads(("CAH",), ended, date(2025, 3, 1)) == ("CAT",)
    assert leads(("CAH",), ended, date(2025, 2, 28), handover) == ("CAH",)


def test_a_chain_is_followed_to_who_stands_on_the_day():
    ended = {"A": Ended(date(2025, 3, 1), ("B",)), "B": Ended(date(2025, 2, 1), ("C",))}

    assert leads(("A",), ended, date(2025, 2, 28)) == ("A",)
    assert leads(("A",), ended, date(2025, 3, 1)) == ("C",)


def test_all_successors_hold_the_role_and_nobody_twice():
    assert leads(("C", "S"), {"S": Ended(LATER, ("X", "C"))}, LATER) == ("C", "X")


def test_who_ended_without_successor_stays():
    assert leads(("UBNDH",), {"UBNDH": Ended(date(2025, 7, 1))}, date(2025, 7, 1)) == ("UBNDH",)


def test_a_group_that_ended_goes_with_its_members():
    succession = Succession({"CACH": Ended(LATER, ("UBNDX",))}, {"CACH": ("XA", "XB")})

    assert holders(Lists(("CACH",)), (), succession, LATER).lead == ("UBNDX",)
    assert finders(("CACH",), succession, LATER) == {"UBNDX": "holder", "CACH": "former"}
    before = finders(("CACH",), succession, LATER - timedelta(days=1))
    assert before == {"CACH": "holder", "XA": "group", "XB": "group"}


def test_a_member_its_former_and_its_successors_code_find_the_groups_tasks():
    ended = {"CAH": Ended(LATER, ("CAX",)), "VP": Ended(LATER, ("VPM",))}
    succession = Succession(ended, {"CACDV": ("CAX", "VP")})

    assert finders(("CACDV",), succession, LATER) == {
        "CACDV": "holder", "CAX": "group", "CAH": "group", "VP": "group", "VPM": "group",
    }  # fmt: skip


# Targets -----------------------------------------------------------------------------------------


def test_the_goal_of_a_day_is_the_first_milestone_not_passed():
    goals = [(parse("2025-12"), goal("≥ 80")), (parse("2030"), goal("≥ 95"))]

    assert milestone(goals, date(2025, 12, 31))[1].low == 80
    assert milestone(goals, date(2027, 6, 1)) == (at("year", 2030), goal("≥ 95"))
    assert milestone(goals, date(2031, 1, 1))[1].low == 95


def test_less_than_at_the_bound_misses_nothing_and_is_not_reached():
    assert (missing(goal("< 5"), 5), reached(goal("< 5"), 5)) == (0, False)
