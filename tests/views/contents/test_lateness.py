"""What is late, by lead agency, most days late first."""

from __future__ import annotations

import pytest
from samples import extension, model, plan, several, step, task, view

from de06cli.tracking import filters
from de06cli.tracking.states import overdue_steps
from de06cli.views.contents import lateness


def of(*models, upcoming: int = 0):
    seen = view(plan(*models))
    listed = seen.tasks()
    return lateness.digest(
        seen,
        filters.overdue(listed),
        overdue_steps(listed),
        filters.upcoming(listed, upcoming) if upcoming else (),
    )


def groups(digest):
    return [
        (group.agency.code, [(each.model.model, each.days_late) for each in group.tasks])
        for group in digest.groups
    ]


def test_agencies_come_by_their_most_late_task_and_their_tasks_most_late_first():
    digest = of(
        model(1, deadline="2024-01-05", lead=("CAH",)),
        model(2, deadline="2024-01-10", lead=("PC06",)),
        model(3, deadline="2024-01-01", lead=("PC06",)),
        model(4, deadline="2024-01-06", lead=("CAH",)),
        model(5, deadline="2024-01-11", lead=("C06",)),
    )

    assert groups(digest) == [("PC06", [(3, 10), (2, 1)]), ("CAH", [(1, 6), (4, 5)])]
    assert digest.heading == "4 nhiệm vụ quá hạn tính đến ngày 11/01/2024"


def test_a_task_stands_under_each_lead_and_counts_once_in_the_heading():
    digest = of(model(1, lead=("PVHTT", "CAH")), model(2, lead=("CAH",)))

    assert groups(digest) == [("PVHTT", [(1, 12)]), ("CAH", [(1, 12), (2, 12)])]
    assert digest.heading == "2 nhiệm vụ quá hạn tính đến ngày 11/01/2024"


def test_an_agency_of_several_plans_has_a_group_in_each():
    seen = several(HONQUAN=[model(9)], LOCNINH=[model(9), model(8, deadline="2024-01-01")])
    late = filters.overdue(seen.tasks())

    digest = lateness.digest(seen, late, [])

    assert groups(digest) == [("CAH", [(9, 12)]), ("CAH", [(9, 12), (8, 10)])]
    assert [group.tasks[0].plan for group in digest.groups] == ["HONQUAN", "LOCNINH"]


@pytest.mark.parametrize(
    ("models", "within", "anything"),
    [
        ([model(1)], 0, True),
        ([model(1, deadline="2024-01-11")], 0, False),
        ([model(1, deadline="2024-01-11")], 7, True),
        ([model(1, step(1, due="2024-01-10"), deadline="2024-01-11")], 0, True),
        ([model(1, step(1, "done 2024-01-10"))], 7, False),
        ([model(1, deadline=None, ongoing="thường xuyên")], 7, False),
    ],
)
def test_a_digest_knows_whether_there_is_anything_to_tell(models, within, anything):
    assert bool(of(*models, upcoming=within)) is anything


def test_a_deadline_says_how_often_it_was_extended():
    once = (extension("2024-01-05", "2023-12-20"),)
    twice = (*once, extension("2024-01-09", "2024-01-02"))

    assert [lateness.deadline(task(model(9, extensions=each))) for each in ((), once, twice)] == [
        "30/12/2023",
        "05/01/2024 (đã gia hạn 1 lần, hạn ban đầu 30/12/2023)",
        "09/01/2024 (đã gia hạn 2 lần, hạn ban đầu 30/12/2023)",
    ]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([step(1, text="Rà\n soát."), step(2)], "1. Rà soát."),
        ([step(1, "done 2023-12-01"), step(2, "doing", "Nhập.")], "2. Nhập."),
        (
            [step(1), step(2, "blocked", "Mua máy.", note="chờ kinh phí")],
            "2. Mua máy. (chờ kinh phí)",
        ),
        (
            [step(1, "skipped 2023-12-01", note="thừa")],
            "các bước đều đã hoàn thành hoặc không thực hiện",
        ),
    ],
)
def test_a_task_hangs_on_its_first_blocked_step_else_its_first_open_one(steps, told):
    assert lateness.hangs_on(task(model(9, *steps))) == told


def test_the_last_update_is_the_latest_day_of_progress():
    steps = [step(1, "done 2023-12-05"), step(2, "doing 2023-11-20"), step(3, "doing")]

    assert lateness.updated(task(model(9, *steps))) == "05/12/2023"
    assert lateness.updated(task(model(9, step(1, "doing")))) == "chưa cập nhật"


def test_the_other_leads_are_named():
    shared = task(model(9, lead=("CAH", "PC06", "C06")))

    assert lateness.also_led_by(shared, "PC06") == "cùng chủ trì: CAH, C06"
    assert lateness.also_led_by(task(model(9)), "CAH") == ""
