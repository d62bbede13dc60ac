"""The periodic report: its periods, and what belongs to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import TODAY, extension, model, plan, plans, step, view

from de06cli.tracking.report_period import ReportPeriod, following, month_until, report
from de06cli.tracking.supplement import Supplement
from de06cli.tracking.terms import State


def period(text: str) -> ReportPeriod:
    """Written "2023-12-12 2024-01-11"."""
    return ReportPeriod(*map(date.fromisoformat, text.split()))


# Periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expected",
    [
        "2023-12-12 2024-01-11",
        "2023-12-01 2023-12-31",
        "2024-02-01 2024-02-29",
        "2023-12-15 2024-01-14",  # as Nghị định 09/2019/NĐ-CP counts
        "2024-02-29 2024-03-30",  # there is no 31 February
        "9999-11-30 9999-12-31",
        "0001-01-01 0001-01-20",
    ],
)
def test_the_month_that_ends_on_a_day(expected):
    wanted = period(expected)

    assert month_until(wanted.last) == wanted


@pytest.mark.parametrize(
    ("this", "next_one"),
    [
        ("2023-12-01 2023-12-31", "2024-01-01 2024-01-31"),
        ("2024-01-01 2024-01-31", "2024-02-01 2024-02-29"),
        ("2023-12-15 2024-01-14", "2024-01-15 2024-02-14"),
        ("2023-10-01 2023-12-31", "2024-01-01 2024-03-31"),  # a quarter
        ("2023-01-01 2023-12-31", "2024-01-01 2024-12-31"),
        ("2024-01-01 2024-01-07", "2024-01-08 2024-01-14"),  # a week
        ("2024-01-11 2024-01-11", "2024-01-12 2024-01-12"),
        ("2024-02-29 2024-03-30", "2024-03-31 2024-04-29"),
        ("9999-12-01 9999-12-31", "9999-12-31 9999-12-31"),  # where the calendar ends
        ("9999-12-30 9999-12-30", "9999-12-31 9999-12-31"),
    ],
)
def test_the_period_that_follows_is_as_long(this, next_one):
    assert following(period(this)) == period(next_one)


@given(st.dates(), st.integers(0, 5000))
def test_a_period_is_followed_at_once_by_another(last, days):
    first = date.fromordinal(max(1, last.toordinal() - days))
    coming = following(ReportPeriod(first, last))

    assert coming.first <= coming.last
    assert coming.first == last + timedelta(1) if last < date.max else coming.first == last
    assert month_until(last).first <= last


# What belongs to them -----------------------------------------------------------------------------

MODELS = (
    model(1, step(1, "done 2023-12-12"), deadline="2023-12-30"),  # on the first day
    model(2, step(1, "done 2023-12-11"), deadline="2023-12-30"),  # the day before
    model(3, step(1, "done 2024-01-11"), step(2), deadline="2024-03-30"),
    model(4, step(1, "done 2024-01-02"), deadline="2023-12-30", ongoing="liên tục"),
    model(5, step(1, "blocked 2023-11-01", note="chờ"), deadline="2024-01-10"),
    model(6, step(1, "skipped 2024-01-03", note="thừa"), step(2), deadline="2024-01-11"),
    model(7, step(1, "skipped 2023-12-03", note="thừa"), step(2), deadline="2024-02-11"),
    model(8, step(1, due="2024-01-10"), step(2, due="2024-02-11"), deadline="2024-02-12"),
    model(
        9,
        deadline="2023-10-30",
        extensions=(
            extension("2023-11-30", "2023-10-25"),
            extension("2024-01-20", "2023-12-12"),
            extension("2024-02-20", "2024-01-11"),
        ),
    ),
    model(10, step(1, "blocked", note="chờ"), deadline="2023-12-01"),
)


def reported(*models, first: date | None = None, today: date = TODAY, **known):
    seen = view(plan(*models), today)
    return report(seen, seen.tasks(), first, **known)


def test_each_day_at_an_end_of_the_month_belongs_to_it():
    found = reported(*MODELS)

    assert (found.period, found.coming) == (
        period("2023-12-12 2024-01-11"),
        period("2024-01-12 2024-02-11"),
    )
    assert [task.model.model for task in found.finished] == [1, 4]
    assert [(one.task.model.model, one.step.step) for one in found.done] == [(1, 1), (4, 1), (3, 1)]
    assert [
        (one.task.model.model, one.before and one.before.last, one.extension.to.last)
        for one in found.extended
    ] == [
        (9, date(2023, 11, 30), date(2024, 1, 20)),
        (9, date(2024, 1, 20), date(2024, 2, 20)),
    ]
    assert [task.model.model for task in found.overdue] == [10, 5, 6]
    assert [(one.task.model.model, one.step.step) for one in found.overdue_steps] == [(8, 1)]
    assert [one.task.model.model for one in found.blocked] == [5, 10]
    assert [one.task.model.model for one in found.skipped] == [6]
    assert [task.model.model for task in found.due] == [7]
    assert [(one.task.model.model, one.step.step) for one in found.due_steps] == [(8, 2)]


def test_the_figures_are_those_of_the_last_day():
    found = reported(*MODELS)

    assert found.total.states == {
        State.DONE_ON_TIME: 2,
        State.DONE_LATE: 0,
        State.OPEN_IN_TIME: 5,
        State.OPEN_OVERDUE: 2,
        State.ONGOING: 1,
        State.UNDATED: 0,
        State.STOPPED: 0,
    }
    assert [row.key for row in found.by_agency] == ["CAH"]
    assert [row.key for row in found.by_plan] == ["HONQUAN"]


def test_last_months_report_made_again_says_what_was_known_then():
    found = reported(*MODELS, today=date(2023, 12, 31))

    assert [task.model.model for task in found.finished] == [2, 1]
    assert [task.model.model for task in found.overdue] == [10, 4]
    assert [one.extension.to.last for one in found.extended] == [date(2024, 1, 20)]
    assert found.skipped[0].task.model.model == 7


def test_a_shorter_period_leaves_out_what_came_before_it():
    found = reported(*MODELS, first=date(2024, 1, 3))

    assert found.coming == period("2024-01-12 2024-01-20")
    assert (found.finished, [one.task.model.model for one in found.done]) == ((), [3])
    assert [task.model.model for task in found.due] == []


# What falls due on the last day -------------------------------------------------------------------

LAST = date(2023, 11, 30)
DUE_AT_THE_END = (
    model(1, deadline="2023-11-30"),
    model(2, step(1, "done 2023-11-30"), deadline="2023-11-30"),
    model(3, step(1, "done 2023-12-01"), deadline="2023-11-30"),  # the day after
    model(4, deadline="2023-11-29"),
    model(5, deadline="2023-12-01"),
    model(6, deadline="2023-10-31", extensions=(extension("2023-11-30", "2023-10-30"),)),
    model(7, step(1, due="2023-11-30"), step(2, due="2023-12-01"), deadline="2024-01-30"),
    model(8, deadline="2023-11-30", ongoing="liên tục"),
)


def numbers(listed) -> list[int]:
    return [task.model.model for task in listed]


def steps_of(listed) -> list[tuple[int, int, int]]:
    return [(one.task.model.model, one.step.step, one.days_late) for one in listed]


@pytest.mark.parametrize("over", [True, False])
def test_what_is_due_on_the_last_day_stands_in_that_periods_lists(over):
    found = reported(*DUE_AT_THE_END, today=LAST, over=over)

    assert numbers(found.overdue) == [4, 1, 3, 6, 8]
    assert numbers(found.due) == [5]
    assert steps_of(found.overdue_steps) == [(7, 1, 0)]
    assert steps_of(found.due_steps) == [(7, 2, -1)]
    assert numbers(found.finished) == [2]


@pytest.mark.parametrize("over", [True, False])
def test_the_next_report_has_it_among_what_was_late_before(over):
    found = reported(*DUE_AT_THE_END, today=date(2023, 12, 31), over=over)

    assert numbers(found.overdue) == [4, 1, 6, 8, 5]
    assert (numbers(found.due), numbers(found.finished)) == ([7], [3])


def test_once_the_last_day_is_over_it_counts_in_the_figures_and_rates():
    found = reported(*DUE_AT_THE_END, today=LAST, over=True)

    assert found.total.states == {
        State.DONE_ON_TIME: 1,
        State.DONE_LATE: 0,
        State.OPEN_IN_TIME: 2,
        State.OPEN_OVERDUE: 5,
        State.ONGOING: 0,
        State.UNDATED: 0,
        State.STOPPED: 0,
    }
    for row in (found.total, *found.by_plan, *found.by_agency):
        assert (row.due_passed_finished, row.due_passed) == (1, 6)
        assert (row.finished, row.rated) == (1, 8)
    assert [(task.days_late, task.days_left, task.due_soon) for task in found.overdue] == [
        (1, None, False),
        *[(0, None, False)] * 4,
    ]


def test_while_the_last_day_lasts_it_is_in_time():
    found = reported(*DUE_AT_THE_END, today=LAST)

    assert found.total.states[State.OPEN_IN_TIME] == 6
    assert found.total.states[State.OPEN_OVERDUE] == 1
    for row in (found.total, *found.by_plan, *found.by_agency):
        assert (row.due_passed_finished, row.due_passed) == (0, 1)
    assert [task.days_left for task in found.overdue] == [None, 0, 0, 0, 0]


@given(plans(), st.booleans())
def test_a_list_of_late_tasks_is_as_long_as_their_number_once_the_day_is_over(made, known):
    seen = view(made)
    found = report(seen, seen.tasks(), over=True, then={made.plan.code: made} if known else None)

    assert len(found.overdue) == found.total.states[State.OPEN_OVERDUE]
    assert found.total.states == {
        state: sum(task.state is state for task in found.tasks) for state in State
    }
    assert found.supplement == (Supplement() if known else None)


@given(plans())
def test_every_list_is_of_the_tasks_asked_about(made):
    seen = view(made)
    tasks = seen.tasks()
    found = report(seen, tasks)

    for listed in (found.finished, found.overdue, found.due):
        assert {task.model.model for task in listed} <= {task.model.model for task in tasks}
    assert not {task.model.model for task in found.overdue} & {t.model.model for t in found.due}
    assert found.total.total == len(tasks)
