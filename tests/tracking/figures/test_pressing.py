"""What is blocked, in which order, and whom several late tasks wait for."""

from __future__ import annotations

import samples
from samples import model, step

from de06cli.plan.parts import Stop
from de06cli.tracking.figures import pressing

IN_TIME = "2024-06-30"


def stuck(number, since="2024-01-02", **details):
    return model(number, step(1, f"blocked {since}", note="chờ kinh phí"), **details)


def blocked(*models):
    return [
        (one.task.model.model, one.step and one.step.step, one.days)
        for one in pressing.blocked(samples.tasks(*models))
    ]


def held(*models):
    view = samples.view(samples.plan(*models))
    return [
        (one.agencies, [task.model.model for task in one.tasks])
        for one in pressing.holding_up(view.tasks(), view.portfolio)
    ]


def test_what_is_blocked_comes_with_the_most_overdue_task_first_then_by_how_long():
    assert blocked(
        stuck(1, deadline=IN_TIME),
        stuck(2, "2024-01-05"),
        stuck(3, deadline="2023-11-30"),
        model(4, step(1, "blocked 2024-01-09", note="a"), step(2, "blocked 2024-01-04", note="b")),
    ) == [(3, 1, 9), (4, 2, 7), (2, 1, 6), (4, 1, 2), (1, 1, 9)]


def test_what_is_stopped_or_done_is_not_blocked_any_more():
    stopped = stuck(1)._replace(stopped=Stop(samples.TODAY))
    done = model(2, step(1, "done 2023-12-01"))

    assert blocked(stopped, done) == []


def test_agencies_that_the_same_late_tasks_wait_for_stand_together_most_tasks_first():
    of_three = [model(n, step(1, agencies=("C06",))) for n in (1, 2, 3)]
    of_two = [model(n, step(1, agencies=("PC06", "CSLT"))) for n in (4, 5)]
    one = model(6, step(1, agencies=("PVHTT",)))
    in_time = [model(n, step(1, agencies=("PVHTT",)), deadline=IN_TIME) for n in (7, 8)]

    assert held(*of_two, *of_three, one, *in_time) == [
        (("C06",), [1, 2, 3]),
        (("PC06", "CSLT"), [4, 5]),
    ]


def test_a_step_that_names_nobody_waits_for_the_leads():
    assert held(model(1), model(2)) == [(("CAH",), [1, 2])]
