"""Figures: each task counted once, in one box, and rates that name their denominator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from samples import TODAY, days, extension, model, plan, plans, step, tasks, view

from de06cli.plan.cache.lazy import whole
from de06cli.plan.portfolio import of, single
from de06cli.plan.records import Agency
from de06cli.tracking.figures.statistics import figures, figures_by, held_up, ordered, waits_for
from de06cli.tracking.states import as_of
from de06cli.tracking.terms import By, RowOrder

PORTFOLIO = single(plan(model(1)))

# One model in each state on 11 January 2024, two of them overdue.
EVERY_STATE = (
    model(1, step(1, "done 2023-12-30")),
    model(2, step(1, "done 2023-12-31")),
    model(3, deadline="2024-01-15"),
    model(4),
    model(5, deadline="2024-01-10"),
    model(6, step(1, "done 2023-11-30"), ongoing="liên tục"),
    model(7, deadline=None, ongoing="thường xuyên"),
)


def rows(found):
    return [(row.key, row.total) for row in found]


def test_each_task_counts_once_in_one_box():
    assert figures(tasks(*EVERY_STATE))._asdict() == {
        "key": None,
        "total": 7,
        "states": {
            "done_on_time": 1,
            "done_late": 1,
            "open_in_time": 1,
            "open_overdue": 2,
            "ongoing": 2,
            "undated": 0,
            "stopped": 0,
        },
        "due_soon": 1,
        "due_passed": 5,  # all but the one due on the 15th and the one without a date
        "due_passed_finished": 3,  # of both kinds, and the ongoing one past its first phase
        "rated": 6,
        "finished": 3,
    }


@pytest.mark.parametrize(
    ("listed", "rate_due", "rate_all"),
    [
        ([], None, None),
        # due today has not passed
        ([model(1, step(1, "done 2024-01-02"), deadline="2024-01-11")], None, 1.0),
        ([model(1, deadline="2024-01-11")], None, 0.0),
        ([model(1, deadline="2024-01-10")], 0.0, 0.0),
        # finished ahead of its day: only among all
        (
            [model(1, step(1, "done 2024-01-02"), deadline="2024-02-01"), model(2)],
            0.0, 0.5,
        ),
        # late, but finished
        ([model(1, step(1, "done 2024-01-02")), model(2)], 0.5, 0.5),
        # ongoing with a date: as its first phase
        ([model(1, step(1, "done 2024-01-02"), ongoing="liên tục")], 1.0, 1.0),
        ([model(1, ongoing="liên tục")], 0.0, 0.0),
        # ongoing without one: in neither
        ([model(1, deadline=None, ongoing="thường xuyên")], None, None),
        ([model(1, deadline=None, ongoing="thường xuyên"), model(2)], 0.0, 0.0),
        # an extension moves the day that has to pass
        ([model(1, extensions=(extension("2024-01-11", decided="2023-12-01"),))], None, 0.0),
    ],
)  # fmt: skip
def test_a_rate_is_over_tasks_fallen_due_or_over_all_of_them(listed, rate_due, rate_all):
    found = figures(tasks(*listed))

    assert (found.rate_due, found.rate_all) == (rate_due, rate_all)


def test_a_task_with_several_leads_counts_under_each_and_once_in_the_total():
    listed = tasks(
        model(1, lead=("PVHTT", "CAH")), model(2, lead=("CAH",)), model(3, lead=("CAH", "PC06"))
    )

    by_agency = figures_by(listed, By.AGENCY, PORTFOLIO)

    assert rows(by_agency) == [("PC06", 1), ("CAH", 3), ("PVHTT", 1)]  # in the register's order
    assert figures(listed).total == 3


def test_two_leads_of_one_level_are_one_task_of_that_level():
    listed = tasks(
        model(1, lead=("CAH", "PVHTT")), model(2, lead=("C06", "CAH")), model(3, lead=("CSLT",))
    )

    by_level = figures_by(listed, By.LEVEL, PORTFOLIO)

    assert rows(by_level) == [("central", 1), ("district", 2), ("", 1)]


def test_levels_come_from_the_centre_down():
    levels = ["group", "enterprise", "commune", "district", "province", "central"]
    agencies = tuple(Agency(f"A{n}", "Đơn vị", level) for n, level in enumerate(levels))
    models = [model(n, lead=(f"A{n}",)) for n in range(6)]
    portfolio = single(plan(*models, agencies=agencies))

    by_level = figures_by(tasks(*models), By.LEVEL, portfolio)

    assert [row.key for row in by_level] == levels[::-1]


def test_months_come_in_order_the_extended_date_counts_and_no_date_comes_last():
    listed = tasks(
        model(1, deadline=None, ongoing="thường xuyên"),
        model(2, deadline="2024-02-29"),
        model(3, deadline="2023-12-01"),
        model(4, extensions=(extension("2024-02-01", decided="2023-12-01"),)),
        model(5, deadline="2023-12-31"),
    )

    assert rows(figures_by(listed, By.MONTH, PORTFOLIO)) == [
        ("2023-12", 2),
        ("2024-02", 2),
        ("", 1),
    ]


def test_a_row_has_the_figures_of_its_own_tasks():
    listed = tasks(model(1, step(1, "done 2023-12-01")), model(2, lead=("PC06",)))

    found = figures_by(listed, By.AGENCY, PORTFOLIO)

    assert found == [figures(listed[1:], "PC06"), figures(listed[:1], "CAH")]


@settings(deadline=None, max_examples=200)
@given(plans(), days)
def test_the_boxes_and_ongoing_add_up_to_the_total(a_plan, today):
    listed = view(a_plan, today).tasks()
    total = figures(listed)

    assert sum(total.states.values()) == total.total == len(listed)
    assert 0 <= total.due_passed_finished <= total.due_passed <= total.rated <= total.total
    assert total.due_passed_finished <= total.finished <= total.rated
    assert total.due_soon <= total.states["open_in_time"]
    for by in By:
        found = figures_by(listed, by, PORTFOLIO)
        assert all(row.total for row in found)
        counted = [task for task in listed if by is not By.WAITING or waits_for(task)]
        assert sum(row.total for row in found) >= len(counted)
    for by in (By.MONTH, By.PLAN):
        assert sum(row.total for row in figures_by(listed, by, PORTFOLIO)) == total.total


def test_nothing_gives_no_rows_and_zeros():
    empty = figures([])

    assert all(figures_by([], by, PORTFOLIO) == [] for by in By)
    assert (empty.total, set(empty.states.values())) == (0, {0})


# Several plans ------------------------------------------------------------------------------------


def test_several_plans_have_a_row_each_and_agencies_are_reported_with_their_plan():
    one, other = plan(model(1), model(2)), plan(model(1, lead=("CAH", "C06")))
    other = other._replace(plan=other.plan._replace(code="LOCNINH"))
    portfolio = of((), [whole(one), whole(other)])
    listed = as_of(portfolio, (TODAY, TODAY)).tasks()

    assert rows(figures_by(listed, By.PLAN, portfolio)) == [("HONQUAN", 2), ("LOCNINH", 1)]
    assert rows(figures_by(listed, By.AGENCY, portfolio)) == [
        ("HONQUAN:CAH", 2),
        ("LOCNINH:C06", 1),
        ("LOCNINH:CAH", 1),
    ]
    assert rows(figures_by(listed[2:], By.PLAN, portfolio)) == [("LOCNINH", 1)]


def test_what_has_fallen_due_is_counted_on_each_plans_own_day():
    one = plan(model(1, deadline="2024-01-11"))
    other = one._replace(plan=one.plan._replace(code="LOCNINH"))
    portfolio = of((), [whole(one), whole(other)])
    listed = as_of(portfolio, (TODAY, TODAY + timedelta(days=1))).tasks()

    found = figures_by(listed, By.PLAN, portfolio)

    assert [(row.key, row.due_passed) for row in found] == [("HONQUAN", 0), ("LOCNINH", 1)]
    assert figures(listed).due_passed == 1


# Order, and whom tasks wait for -------------------------------------------------------------------


def test_rows_are_ordered_the_worst_first():
    late, soon = model(1, deadline="2023-12-01"), model(2, deadline="2024-02-01")
    done = model(3, step(1, "done 2023-12-01"))
    listed = [
        figures(tasks(done), "done"),
        figures(tasks(soon, soon, soon), "soon"),
        figures(tasks(late, late, done, done), "two late"),
        figures(tasks(late), "late"),
    ]

    orders = {order: [row.key for row in ordered(listed, order)] for order in RowOrder}

    assert orders == {
        "overdue": ["two late", "late", "done", "soon"],
        "rate": ["late", "two late", "done", "soon"],
        "total": ["two late", "soon", "late", "done"],
    }


def test_an_open_task_waits_for_who_acts_in_its_blocked_or_next_step_else_for_its_leads():
    models = (
        model(1, step(1, "done 2023-12-01", agencies=["CAH"]), step(2, agencies=["PC06", "C06"])),
        model(2, step(1, agencies=["CAH"]), step(2, "blocked 2024-01-01", agencies=["C06"])),
        model(3, step(1), lead=("PVHTT", "CAH")),
        model(4, step(1, "done 2023-12-01", agencies=["CSLT"])),
        model(5, deadline=None, ongoing="thường xuyên"),
    )
    listed = tasks(*models)
    portfolio = single(plan(*models))

    found = figures_by(listed, By.WAITING, portfolio)

    assert rows(found) == [("C06", 2), ("PC06", 1), ("CAH", 1), ("PVHTT", 1)]
    held = held_up(listed, portfolio)
    assert {key: [task.model.model for task in these] for key, these in held.items()} == {
        "PC06": [1], "C06": [1, 2], "PVHTT": [3], "CAH": [3],
    }  # fmt: skip
