"""What is late or soon, and which agencies it concerns: to act on, or to know of."""

from __future__ import annotations

from datetime import date

from samples import TODAY, model, plan, step

from de06cli.plan import portfolio
from de06cli.plan.cache import lazy
from de06cli.plan.records import Agency
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


def test_an_agency_acts_on_what_it_leads_and_knows_of_what_it_supports_or_implements():
    assert [
        (concern.agency.code, numbers(concern.acting), numbers(concern.informed))
        for concern in concerns(*of(plan(*MODELS)))
    ] == [
        ("C06", ([], [], [(6, 1)], [(6, 2)]), ([1], [], [], [])),
        ("PC06", ([4, 1], [2], [], []), ([], [], [], [])),
        ("CAH", ([1], [], [], []), ([4], [2], [], [])),
        ("PVHTT", ([], [], [(6, 1)], []), ([], [], [], [])),
        ("CSLT", ([], [], [], []), ([], [2], [], [])),
    ]


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
