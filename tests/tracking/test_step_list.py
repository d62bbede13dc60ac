"""Steps one by one: each filter by its answer."""

from __future__ import annotations

import pytest
from samples import model, plan, step, view

from de06cli.tracking import filters, step_list
from de06cli.tracking.filters import Query
from de06cli.tracking.step_list import StepQuery
from de06cli.tracking.terms import Role, StepStatus

# On 11 January 2024: 1 waits for PC06, 2 is blocked behind an open step, 3 is finished.
MODELS = (
    model(
        1,
        step(1, "done 2023-12-01", agencies=["CAH"], evidence="45/BC-CAH"),
        step(2, agencies=["PC06"]),
        step(3, "doing 2023-12-12", agencies=["CAH", "PC06"]),
    ),
    model(
        2,
        step(1, "doing", agencies=["PVHTT"]),
        step(2, "blocked 2024-01-01", agencies=["C06"], note="chưa có phần mềm"),
        lead=("PVHTT",),
        support=("PC06",),
    ),
    model(
        3,
        step(1, "done 2023-12-01", agencies=["CAH"]),
        step(2, "skipped 2023-12-02", note="đã có"),
        lead=("PC06",),
    ),
)
PLAN = plan(*MODELS)


def found(query: Query = Query(), **wanted) -> list[str]:  # noqa: B008 - it never changes
    asked = step_list.acting(query)
    tasks = filters.select(view(PLAN).tasks(), asked)
    listed = step_list.listed(tasks, asked, StepQuery(**wanted))
    return [f"{one.task.model.model}.{one.step.step}" for one in listed]


EVERY = ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2"]


def test_without_a_filter_every_step_in_the_order_of_the_plan():
    assert found() == EVERY


@pytest.mark.parametrize(
    ("statuses", "steps"),
    [
        ({"todo"}, ["1.2"]),
        ({"doing"}, ["1.3", "2.1"]),
        ({"blocked"}, ["2.2"]),
        ({"done"}, ["1.1", "3.1"]),
        ({"skipped"}, ["3.2"]),
        ({"open"}, ["1.2", "1.3", "2.1", "2.2"]),
        ({"blocked", "skipped"}, ["2.2", "3.2"]),
    ],
)
def test_by_status(statuses, steps):
    assert found(statuses=frozenset(map(StepStatus, statuses))) == steps


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        (Query(agencies=frozenset({"PC06"})), ["1.2", "1.3"]),
        (Query(own_agencies=frozenset({("HONQUAN", "C06")})), ["2.2"]),
        (Query(own_agencies=frozenset({("KHAC", "C06")})), []),
        (Query(agencies=frozenset({"PC06"}), roles=frozenset({Role.LEAD})), ["3.1", "3.2"]),
        (Query(agencies=frozenset({"PC06"}), roles=frozenset({Role.SUPPORT})), ["2.1", "2.2"]),
        (
            Query(agencies=frozenset({"PC06"}), roles=frozenset({Role.STEP, Role.SUPPORT})),
            ["1.2", "1.3", "2.1", "2.2"],
        ),
        (Query(states=frozenset({"done"})), ["3.1", "3.2"]),
    ],
)
def test_an_agency_is_who_acts_unless_a_role_is_asked_for(query, steps):
    assert found(query) == steps


def test_the_next_step_of_an_open_task_is_its_blocked_one_else_its_first_open_one():
    assert found(next_only=True) == ["1.2", "2.2"]
    assert found(Query(agencies=frozenset({"C06"})), next_only=True) == ["2.2"]


@pytest.mark.parametrize(
    ("stale", "steps"),
    [(0, ["1.3", "2.2"]), (10, ["1.3", "2.2"]), (11, ["1.3"]), (30, ["1.3"]), (31, [])],
)
def test_a_stale_step_is_open_and_its_status_is_that_many_days_old(stale, steps):
    assert found(stale_days=stale) == steps


def test_evidence_is_missing_where_a_step_is_done_without_a_document():
    assert found(
        lacks_evidence=lambda _plan, progress: not progress.evidence and progress.status == "done"
    ) == ["3.1"]


def test_filters_together_are_and():
    assert found(statuses=frozenset({StepStatus.DOING}), next_only=True) == []
    assert found(statuses=frozenset({StepStatus.BLOCKED}), next_only=True) == ["2.2"]


def test_since_is_the_day_of_the_status():
    tasks = view(PLAN).tasks()
    listed = step_list.listed(tasks, Query(), StepQuery())
    assert [one.since and one.since.isoformat() for one in listed] == [
        "2023-12-01", None, "2023-12-12", None, "2024-01-01", "2023-12-01", "2023-12-02",
    ]  # fmt: skip
