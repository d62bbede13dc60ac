"""States of the rules of the format: undated, stopped, recurring duties, and which of them comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from samples import extension, model, plan, step, task

from de06cli.plan.parts import PeriodProgress, Progress, Recurrence, Stop
from de06cli.plan.periods import parse
from de06cli.plan.portfolio import single
from de06cli.plan.records import Model
from de06cli.tracking.states import as_of


def without_steps(number: int, **details: Any) -> Model:
    return model(number, **details)._replace(steps=())


TWO_PHASES = model(
    1,
    step(1, "done 2023-12-20"),
    deadline="2023-12-30",
    ongoing="thường xuyên",
    recurs=Recurrence("month", from_=parse("2023-01")),
)
STOPPED = model(1, step(1), deadline="2024-06-30", stopped=Stop(date(2024, 5, 2)))
DONE_AFTER = model(1, step(1, "done 2024-05-20"), stopped=Stop(date(2024, 5, 2)))
DONE_BEFORE = model(1, step(1, "done 2023-11-20"), stopped=Stop(date(2024, 5, 2)))
UNDATED = model(
    1,
    step(1),
    deadline=None,
    undated="theo Bộ",
    extensions=(extension("2024-06-30", "2024-05-02"),),
)
ENDED = without_steps(
    1,
    deadline=None,
    recurs=Recurrence("month", after=5, from_=parse("2024-01"), until=parse("2024-02")),
    periods=(
        PeriodProgress(parse("2024-01"), "done", date(2024, 2, 5)),
        PeriodProgress(parse("2024-02"), "done", date(2024, 3, 9)),
    ),
)
ALONE = without_steps(1, deadline="2023-12-30", progress=Progress("done", date(2024, 1, 2)))


@pytest.mark.parametrize(
    ("one", "day", "state", "late"),
    [
        (TWO_PHASES, "2024-01-31", "ongoing", None),
        (TWO_PHASES, "2024-02-01", "open_overdue", 1),
        (STOPPED, "2024-05-01", "open_in_time", None),
        (STOPPED, "2024-05-02", "stopped", None),
        (DONE_AFTER, "2024-06-01", "stopped", None),
        (DONE_BEFORE, "2024-06-01", "done_on_time", None),
        (UNDATED, "2024-05-01", "undated", None),
        (UNDATED, "2024-05-02", "open_in_time", None),
        (ENDED, "2024-03-08", "open_overdue", 3),
        (ENDED, "2024-03-09", "done_late", 4),
        (ALONE, "2024-01-11", "done_late", 3),
    ],
)
def test_the_first_state_that_holds(one, day, state, late):
    found = task(one, date.fromisoformat(day))

    assert (found.state, found.days_late) == (state, late)


@pytest.mark.parametrize(("day", "there"), [(1, [1]), (2, [1, 2])])
def test_a_task_is_there_from_the_day_on_which_it_was_assigned(day: int, there: list[int]) -> None:
    models = model(1), model(2, assigned=date(2024, 3, 2))
    view = as_of(single(plan(*models)), (date(2024, 3, day),))

    assert [one.model.model for one in view.tasks()] == there
