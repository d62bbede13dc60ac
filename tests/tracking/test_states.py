"""What a model is on a day: the four boxes of the 2 × 2 table, ongoing, and the days that go with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from samples import TODAY, extension, model, models, plan, plans, step, task, tasks, view
from samples import days as some_day

from de06cli.plan.cache.lazy import whole
from de06cli.plan.portfolio import of
from de06cli.tracking import states
from de06cli.tracking.terms import State

DUE = date(2023, 12, 30)


def days(number: int) -> timedelta:
    return timedelta(days=number)


# The 2 × 2 table ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "today", "state", "days_late", "days_left"),
    [
        # open: the due day itself is still in time
        ([step(1)], "2023-12-01", "open_in_time", None, 29),
        ([step(1)], "2023-12-29", "open_in_time", None, 1),
        ([step(1)], "2023-12-30", "open_in_time", None, 0),
        ([step(1)], "2023-12-31", "open_overdue", 1, None),
        ([step(1)], "2024-01-11", "open_overdue", 12, None),
        # a step that is only begun, or held up, is open
        ([step(1, "done 2023-12-01"), step(2, "doing")], "2023-12-31", "open_overdue", 1, None),
        (
            [step(1, "done 2023-12-01"), step(2, "blocked 2023-12-01", note="chờ")],
            "2023-12-31", "open_overdue", 1, None,
        ),
        # finished on the due day is on time, one day later is late for good
        ([step(1, "done 2023-12-30")], "2024-01-11", "done_on_time", None, None),
        ([step(1, "done 2023-12-31")], "2024-01-11", "done_late", 1, None),
        ([step(1, "done 2023-12-31")], "2025-01-11", "done_late", 1, None),
        # the last closing step counts, in whatever order and of whatever kind
        ([step(1, "done 2024-01-09"), step(2, "done 2023-11-01")], "2024-01-11", "done_late", 10, None),
        (
            [step(1, "done 2023-12-01"), step(2, "skipped 2024-01-02", note="thừa")],
            "2024-01-11", "done_late", 3, None,
        ),
        (
            [step(1, "skipped 2023-12-01", note="thừa"), step(2, "done 2023-12-02")],
            "2024-01-11", "done_on_time", None, None,
        ),
        # nothing but skipped steps: it stays open
        ([step(1, "skipped 2023-12-01", note="thừa")], "2023-12-30", "open_in_time", None, 0),
        (
            [step(1, "skipped 2023-12-01", note="thừa"), step(2, "skipped 2023-12-02", note="thừa")],
            "2024-01-11", "open_overdue", 12, None,
        ),
    ],
)  # fmt: skip
def test_a_state_follows_from_steps_and_days(steps, today, state, days_late, days_left):
    found = task(model(9, *steps), date.fromisoformat(today))

    assert (found.state, found.days_late, found.days_left) == (state, days_late, days_left)


def test_a_finished_model_was_completed_with_its_last_step():
    finished = task(
        model(
            9,
            step(1, "done 2023-11-20"),
            step(2, "skipped 2023-12-28", note="thừa"),
            step(3, "done 2023-12-01"),
        )
    )

    assert finished.completed_on == finished.updated_on == date(2023, 12, 28)
    assert (finished.steps_done, finished.steps_total) == (3, 3)


def test_an_open_model_is_not_completed_and_knows_its_last_update():
    still_open = task(model(9, step(1, "done 2023-11-20"), step(2, "doing 2023-12-05"), step(3)))

    assert still_open.completed_on is None
    assert still_open.updated_on == date(2023, 12, 5)
    assert (still_open.steps_done, still_open.steps_total) == (1, 3)


@pytest.mark.parametrize(
    "steps", [(step(1),), (step(1, "doing"),), (step(1, "blocked", note="?"),)]
)
def test_progress_without_a_date_is_no_update(steps):
    assert task(model(9, *steps)).updated_on is None


def test_a_model_with_all_steps_skipped_counts_its_steps_as_done_but_is_not_completed():
    skipped = task(model(9, step(1, "skipped 2023-12-01", note="thừa")))

    assert (skipped.steps_done, skipped.completed_on) == (1, None)


def test_reopening_a_step_reopens_the_model():
    finished = model(9, step(1, "done 2023-12-01"), step(2, "done 2023-12-02"))
    reopened = finished._replace(steps=(step(1, "done 2023-12-01"), step(2, "doing 2024-01-05")))

    assert [task(finished).state, task(reopened).state] == ["done_on_time", "open_overdue"]
    assert task(reopened).completed_on is None


# Due soon -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "due_soon"),
    [
        ("2023-12-22", False),  # eight days before
        ("2023-12-23", True),
        ("2023-12-30", True),  # today
        ("2023-12-31", False),  # overdue, not soon
    ],
)
def test_a_model_is_due_soon_in_its_last_days(today, due_soon):
    assert task(model(9), date.fromisoformat(today)).due_soon is due_soon


@pytest.mark.parametrize(("due_soon_days", "due_soon"), [(0, [0]), (2, [0, 1, 2])])
def test_the_plan_says_how_many_days_are_soon(due_soon_days, due_soon):
    a_plan = plan(model(9), due_soon_days=due_soon_days)

    found = [n for n in range(10) if view(a_plan, DUE - days(n)).tasks()[0].due_soon]

    assert found == due_soon


def test_what_is_done_is_not_due_soon():
    assert not task(model(9, step(1, "done 2023-12-20")), DUE - days(1)).due_soon


# Ongoing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "steps", "today", "state", "days_late"),
    [
        ("2023-12-30", [step(1)], "2023-12-30", "open_in_time", None),
        ("2023-12-30", [step(1)], "2024-01-11", "open_overdue", 12),
        ("2023-12-30", [step(1, "done 2023-12-01")], "2024-01-11", "ongoing", None),
        ("2023-12-30", [step(1, "done 2024-01-05")], "2024-01-11", "ongoing", None),
        ("2023-12-30", [step(1, "done 2023-12-01"), step(2)], "2024-01-11", "open_overdue", 12),
        (
            "2023-12-30", [step(1, "skipped 2023-12-01", note="thừa")],
            "2024-01-11", "open_overdue", 12,
        ),
        (None, [step(1)], "2024-01-11", "ongoing", None),
        (None, [step(1, "done 2024-01-05")], "2024-01-11", "ongoing", None),
    ],
)  # fmt: skip
def test_an_ongoing_model_is_open_until_its_first_phase_is_finished(
    deadline, steps, today, state, days_late
):
    kept_up = model(9, *steps, deadline=deadline, ongoing="thường xuyên")

    found = task(kept_up, date.fromisoformat(today))

    assert (found.state, found.days_late, found.days_left is None) == (
        state, days_late, state != "open_in_time",
    )  # fmt: skip


def test_an_ongoing_model_keeps_when_its_first_phase_ended():
    kept_up = task(model(9, step(1, "done 2024-01-05"), ongoing="liên tục"))

    assert (kept_up.state, kept_up.completed_on) == ("ongoing", date(2024, 1, 5))


# Extensions ---------------------------------------------------------------------------------------

EXTENDED = model(
    9,
    extensions=(
        extension("2024-01-10", decided="2023-12-20"),
        extension("2024-03-31", decided="2024-01-05"),
    ),
)


@pytest.mark.parametrize(
    ("today", "due", "state"),
    [
        ("2023-12-19", "2023-12-30", "open_in_time"),
        ("2023-12-20", "2024-01-10", "open_in_time"),  # decided today counts today
        ("2024-01-04", "2024-01-10", "open_in_time"),
        ("2024-01-05", "2024-03-31", "open_in_time"),
        ("2024-04-01", "2024-03-31", "open_overdue"),
    ],
)
def test_a_state_is_computed_on_the_date_extended_to_by_then(today, due, state):
    found = task(EXTENDED, date.fromisoformat(today))

    assert (found.due, found.state) == (date.fromisoformat(due), state)
    assert found.model.first_due == DUE


def test_an_extension_decided_late_leaves_the_past_overdue():
    late = model(9, extensions=(extension("2024-03-31", decided="2024-01-05"),))

    assert [task(late, date(2024, 1, n)).days_late for n in (1, 4, 5, 6)] == [2, 5, None, None]


def test_what_was_done_late_is_measured_against_the_extended_date():
    done = step(1, "done 2024-01-09")
    first = (extension("2024-01-05", decided="2023-12-20"),)

    assert task(model(9, done)).days_late == 10
    assert task(model(9, done, extensions=first)).days_late == 4


# As of a day --------------------------------------------------------------------------------------


def test_as_of_leaves_out_what_came_later_and_counts_it():
    later = plan(
        model(
            9,
            step(1, "done 2024-01-11"),
            step(2, "done 2024-01-12"),
            step(3, "doing"),
            extensions=(
                extension("2024-02-01", decided="2024-01-11"),
                extension("2024-03-01", decided="2024-01-12"),
            ),
        ),
        model(10, step(1, "blocked 2024-02-01", note="chờ")),
        model(11, step(1, "skipped 2023-01-01", note="thừa")),
    )

    seen = view(later)

    known = [each.model for each in seen.tasks()]
    assert seen.left_out == 3
    assert [[states.status(each) for each in one.steps] for one in known] == [
        ["done", "todo", "doing"],
        ["todo"],
        ["skipped"],
    ]
    assert [each.to.last for each in known[0].extensions] == [date(2024, 2, 1)]
    assert states.plan_known_by(later, TODAY) == later._replace(models=tuple(known))


def test_as_of_a_day_after_everything_is_the_plan_itself():
    a_plan = plan(model(9, step(1, "done 2024-01-11")), EXTENDED)

    seen = view(a_plan)

    assert seen.left_out == 0
    assert all(each.model is one for each, one in zip(seen.tasks(), a_plan.models, strict=True))
    assert states.plan_known_by(a_plan, TODAY) == a_plan


def test_each_plan_is_seen_on_a_day_of_its_own():
    later = model(9, step(1, "done 2024-01-11"), deadline="2024-01-10")
    east, west = plan(later), plan(later, model(10))
    both = of((), [whole(east), whole(west._replace(plan=west.plan._replace(code="LOCNINH")))])

    seen = states.as_of(both, (TODAY, TODAY - days(1)))

    assert (seen.today, seen.left_out) == (TODAY, 1)
    assert [
        (each.plan, each.model.model, each.state, each.days_late, each.one_of_many)
        for each in seen.tasks()
    ] == [
        ("HONQUAN", 9, "done_late", 1, True),
        ("LOCNINH", 9, "open_in_time", None, True),
        ("LOCNINH", 10, "open_overdue", 11, True),
    ]
    assert seen.tasks({2, 0}) == [seen.task(0), seen.task(2)]


def test_tasks_come_in_the_plans_order_with_the_plans_code():
    listed = tasks(model(9), model(1), model(40))

    assert [(each.plan, each.model.model) for each in listed] == [
        ("HONQUAN", 9),
        ("HONQUAN", 1),
        ("HONQUAN", 40),
    ]


# The step that holds up ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "number"),
    [
        ([step(1), step(2)], 1),
        ([step(1, "done 2023-11-01"), step(2, "doing"), step(3)], 2),
        ([step(1), step(2, "blocked", note="chờ"), step(3, "blocked", note="chờ")], 2),
        ([step(1, "skipped 2023-11-01", note="thừa"), step(2)], 2),
        ([step(1, "done 2023-11-01"), step(2, "skipped 2023-11-01", note="thừa")], None),
    ],
)
def test_a_model_hangs_on_its_first_blocked_step_else_its_first_open_one(steps, number):
    found = task(model(9, *steps)).hangs_on

    assert (found and found.step) == number


# A step's own deadline ----------------------------------------------------------------------------


def test_a_steps_own_deadline_never_changes_the_models_state():
    early = model(9, step(1, due="2023-11-01"), step(2, due="2024-06-01"), deadline="2024-01-31")

    found = task(early)

    assert (found.state, found.due, found.days_late) == ("open_in_time", date(2024, 1, 31), None)


@pytest.mark.parametrize(
    ("a_step", "days_late"),
    [
        (step(1), None),
        (step(1, due="2024-01-11"), None),
        (step(1, due="2024-01-10"), 1),
        (step(1, "doing 2024-01-01", due="2024-01-01"), 10),
        (step(1, "done 2024-01-01", due="2024-01-01"), None),
        (step(1, "done 2024-01-03", due="2024-01-01"), 2),
        (step(1, "skipped 2024-01-03", due="2024-01-01", note="thừa"), 2),
    ],
)
def test_a_step_is_late_by_its_own_deadline_until_it_is_closed(a_step, days_late):
    assert states.step_days_late(a_step, TODAY) == days_late


def test_overdue_steps_are_the_open_ones_of_models_in_time_most_late_first():
    late = step(1, due="2024-01-09")
    listed = tasks(
        model(1, late, step(2, due="2024-01-01"), deadline="2024-02-01"),
        model(2, late, deadline="2024-01-01"),  # overdue as a whole
        model(3, step(1, "done 2024-01-10", due="2024-01-09"), step(2), deadline="2024-02-01"),
        model(4, step(1, due="2024-01-11"), deadline="2024-02-01"),  # due today
        model(5, late, deadline=None, ongoing="thường xuyên"),
        model(6, step(1, "blocked", due="2024-01-05", note="chờ"), deadline="2024-01-11"),
    )

    found = states.overdue_steps(listed)

    assert [(each.task.model.model, each.step.step, each.days_late) for each in found] == [
        (1, 2, 10),
        (6, 1, 6),
        (1, 1, 2),
    ]


def test_upcoming_steps_fall_due_within_the_days_asked_for_the_next_first():
    listed = tasks(
        model(1, step(1, due="2024-01-25"), step(2, due="2024-01-26"), deadline="2024-02-01"),
        model(2, step(1, due="2024-01-11"), step(2, due="2024-01-10"), deadline="2024-02-01"),
        model(3, step(1, "done 2024-01-01", due="2024-01-12"), step(2), deadline="2024-02-01"),
        model(4, step(1, due="2024-01-12"), deadline="2024-01-01"),  # overdue as a whole
    )

    found = states.upcoming_steps(listed, within=14)

    assert [(each.task.model.model, each.step.step, each.days_late) for each in found] == [
        (2, 1, 0),
        (1, 1, -14),
    ]


# Whatever a plan holds ----------------------------------------------------------------------------

many = settings(deadline=None, max_examples=200)


@many
@given(models(), some_day)
def test_each_number_of_days_stands_only_beside_its_state(a_model, today):
    found = task(a_model, today)

    assert (found.days_late is not None) is (found.state in {"open_overdue", "done_late"})
    assert (found.days_left is not None) is (found.state == "open_in_time")
    assert found.days_late is None or found.days_late > 0
    assert found.days_left is None or found.days_left >= 0
    assert found.state != State.ONGOING or a_model.ongoing
    assert found.completed_on is None or found.completed_on <= today


@many
@given(plans(), some_day, some_day)
def test_a_state_does_not_depend_on_what_came_after_its_day(a_plan, today, later):
    known = view(a_plan, today)
    replayed = view(states.plan_known_by(a_plan, max(today, later)), today)

    assert replayed.tasks() == known.tasks()
    for one in (each.model for each in known.tasks()):
        told = [each.progress.date for each in one.steps if each.progress and each.progress.date]
        assert max([*told, *(each.decided for each in one.extensions), today]) == today


@many
@given(models(), some_day)
def test_an_overdue_model_gets_one_day_later_each_day(a_model, today):
    found, next_day = task(a_model, today), task(a_model, today + days(1))

    if found.model == next_day.model and found.state == next_day.state == State.OPEN_OVERDUE:
        assert next_day.days_late == found.days_late + 1
