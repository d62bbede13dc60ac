"""What is late or soon, and which agencies it concerns: to act on, or to know of."""

from __future__ import annotations

from datetime import date

import pytest
from samples import TODAY, model, plan, step

from de06cli.plan import portfolio
from de06cli.plan.cache import lazy
from de06cli.plan.records import Agency, Escalation
from de06cli.tracking.concerns import concerns, pressing
from de06cli.tracking.states import as_of


def of(*plans, days=None):
    """The plans as of their days, and all of their tasks."""
    together = portfolio.of((), [lazy.whole(plan) for plan in plans])
    view = as_of(together, days or (TODAY,) * len(plans))
    return view, view.tasks()


def another(one, code, **heading):
    """The plan under another code."""
    return one._replace(plan=one.plan._replace(code=code, **heading))


def numbers(found):
    """The models late and soon, the steps late and soon."""
    late, soon, late_steps, soon_steps = found
    return (
        [task.model.model for task in late],
        [task.model.model for task in soon],
        [(each.task.model.model, each.step.step) for each in late_steps],
        [(each.task.model.model, each.step.step) for each in soon_steps],
    )


MODELS = (
    model(1, deadline="2024-01-10", lead=("CAH", "PC06"), support=("C06",)),
    model(2, deadline="2024-01-18", lead=("PC06",), implementers=("CAH", "CSLT")),
    model(3, deadline="2024-01-19", lead=("CAH",)),  # a day later than soon
    model(4, deadline="2023-12-01", lead=("PC06",), support=("CAH",), implementers=("CAH",)),
    model(5, step(1, "done 2024-01-09"), deadline="2024-01-09", lead=("CAH",)),
    model(
        6,
        step(1, due="2024-01-09", agencies=("PVHTT",)),
        step(2, due="2024-01-12"),
        step(3, due="2024-01-19", agencies=("CSLT",)),
        step(4, agencies=("CSLT",)),
        deadline="2024-03-01",
        lead=("C06",),
    ),
)


def test_what_presses_is_late_or_due_soon():
    assert numbers(pressing(*of(plan(*MODELS)))) == ([4, 1], [2], [(6, 1)], [(6, 2)])


def test_nothing_presses_where_everything_is_done_or_far():
    found = pressing(*of(plan(MODELS[2], MODELS[4])))

    assert numbers(found) == ([], [], [], [])
    assert not found


def test_a_task_stands_once_where_the_agency_has_most_to_do_with_it():
    def blocks(concern):
        return [numbers(concern.waiting), numbers(concern.leading), numbers(concern.informed)]

    nothing = ([], [], [], [])
    assert [(one.agency.code, *blocks(one)) for one in concerns(*of(plan(*MODELS)))] == [
        # The step 6.2 names nobody, so its lead acts in it; 6.1 is another's, but its task's lead is C06.
        ("C06", ([], [], [(6, 1)], [(6, 2)]), nothing, ([1], [], [], [])),
        ("PC06", ([4, 1], [2], [], []), nothing, nothing),
        ("CAH", ([1], [], [], []), nothing, ([4], [2], [], [])),
        ("PVHTT", ([], [], [(6, 1)], []), nothing, nothing),
        ("CSLT", nothing, nothing, ([], [2], [], [])),
    ]


def test_whoever_acts_in_the_next_step_is_waited_for_and_the_lead_only_leads():
    held = model(
        1, step(1, "done 2024-01-02"), step(2, agencies=("PC06", "CSLT")), deadline="2024-01-01"
    )
    found = {one.agency.code: one for one in concerns(*of(plan(held)))}

    assert list(found) == ["PC06", "CAH", "CSLT"]
    assert numbers(found["PC06"].waiting) == numbers(found["CSLT"].waiting) == ([1], [], [], [])
    assert numbers(found["CAH"].leading) == ([1], [], [], [])
    assert not found["CAH"].waiting


LADDER = (Escalation(15, "C06"), Escalation(40, "PVHTT"))


def laddered(*models, ladder=LADDER):
    made = plan(*models)
    return made._replace(plan=made.plan._replace(escalate=ladder))


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        ("2023-12-28", ()),  # 14 days late
        ("2023-12-27", ("C06",)),
        ("2023-12-03", ("C06",)),
        ("2023-12-02", ("C06", "PVHTT")),
        ("2024-01-20", ()),
    ],
)
def test_from_its_day_on_the_ladder_names_the_agency_that_is_told(deadline, told):
    view, tasks = of(laddered(model(1, deadline=deadline)))

    assert tasks[0].reported_to == told
    reported = {one.agency.code: numbers(one.reported) for one in concerns(view, tasks)}
    assert {code for code, found in reported.items() if found[0]} == set(told)


def test_a_task_that_is_finished_is_reported_to_nobody():
    late = model(1, step(1, "done 2024-01-09"), deadline="2023-10-01")

    assert of(laddered(late))[1][0].reported_to == ()


def test_what_is_reported_to_who_acts_in_it_stands_among_what_waits_for_it():
    [concern, _lead] = concerns(
        *of(
            laddered(
                model(1, step(1, agencies=("C06",)), deadline="2023-10-01"),
                ladder=(Escalation(15, "C06"),),
            )
        )
    )

    assert (numbers(concern.waiting)[0], numbers(concern.reported)[0]) == ([1], [])


def test_one_may_ask_about_some_agencies_only():
    found = concerns(*of(plan(*MODELS)), lambda plan, code: (plan, code) == ("HONQUAN", "CAH"))

    assert [concern.agency.code for concern in found] == ["CAH"]


def test_each_plan_has_its_own_day_and_its_own_number_of_days():
    first = plan(model(1, deadline="2024-01-14"), due_soon_days=2)
    second = another(plan(model(2, deadline="2024-01-14"), due_soon_days=2), "MINHHUNG")

    assert numbers(pressing(*of(first, second))) == ([], [], [], [])
    assert numbers(pressing(*of(first, second, days=(TODAY, date(2024, 1, 12)))))[1] == [2]
    assert numbers(pressing(*of(first, another(second, "B", due_soon_days=3))))[1] == [2]


def test_an_agency_of_several_plans_with_the_same_addresses_is_one():
    first = plan(model(1, deadline="2024-01-10"), model(2, deadline="2024-01-12"))
    second = another(plan(model(3, deadline="2024-01-01")), "MINHHUNG")

    [concern] = concerns(*of(first, second))
    assert concern.plans == (0, 1)
    assert numbers(concern.acting) == ([3, 1], [2], [], [])


def test_the_same_code_with_other_addresses_or_none_is_another_agency():
    late = model(1, deadline="2024-01-10", lead=("CAH",))
    plans = [
        another(plan(late, agencies=(Agency("CAH", "Công an", email=email),)), f"P{number}")
        for number, email in enumerate(
            [("a@x.vn", "b@x.vn"), ("b@x.vn", "a@x.vn"), ("a@x.vn",), (), ()]
        )
    ]

    assert [concern.plans for concern in concerns(*of(*plans))] == [(0, 1), (2,), (3,), (4,)]
