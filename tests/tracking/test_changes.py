"""What differs between two states of a plan, and which agencies it concerns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from samples import AGENCIES, extension, model, plan, plans, step

from de06cli.plan.records import Agency, Heading, Model, Plan, Progress, Source, Step
from de06cli.tracking.changes import Change, Kind, changes, common

DONE = Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH")


def told(before: Plan, after: Plan) -> list[tuple[object, ...]]:
    """The changes as (kind, model or agency, step, field, before, after)."""
    return [
        (
            str(change.kind),
            change.agency or (change.model.model if change.model else None),
            change.step.step if change.step else None,
            change.field,
            change.before,
            change.after,
        )
        for change in changes(before, after)
    ]


NINE = model(9, step(1), step(2, "doing 2023-11-01"))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            NINE._replace(steps=(NINE.steps[0]._replace(progress=DONE), NINE.steps[1])),
            ("progress", 9, 1, "progress", None, DONE),
        ),
        (
            NINE._replace(steps=(NINE.steps[0], step(2))),
            ("progress", 9, 2, "progress", Progress("doing", date(2023, 11, 1)), None),
        ),
        (
            NINE._replace(deadline=date(2024, 3, 31)),
            ("deadline", 9, None, "deadline", date(2023, 12, 30), date(2024, 3, 31)),
        ),
        (
            NINE._replace(extensions=(extension("2024-03-31", "2023-12-25"),)),
            ("deadline", 9, None, "extensions", (), (extension("2024-03-31", "2023-12-25"),)),
        ),
        (
            NINE._replace(ongoing="thường xuyên"),
            ("deadline", 9, None, "ongoing", None, "thường xuyên"),
        ),
        (
            NINE._replace(steps=(step(1, due="2023-11-30"), NINE.steps[1])),
            ("deadline", 9, 1, "due", None, date(2023, 11, 30)),
        ),
        (NINE._replace(lead=("PC06",)), ("role", 9, None, "lead", ("CAH",), ("PC06",))),
        (NINE._replace(support=("PC06",)), ("role", 9, None, "support", (), ("PC06",))),
        (NINE._replace(implementers=("CSLT",)), ("role", 9, None, "implementers", (), ("CSLT",))),
        (
            NINE._replace(steps=(step(1, agencies=["CSLT"]), NINE.steps[1])),
            ("role", 9, 1, "agencies", (), ("CSLT",)),
        ),
        (NINE._replace(title="Lưu trú"), ("text", 9, None, "title", "Nhiệm vụ 9", "Lưu trú")),
        (NINE._replace(review="Hỏi lại"), ("text", 9, None, "review", None, "Hỏi lại")),
        (
            NINE._replace(source=Source("30/12/2023")),
            ("text", 9, None, "source", None, Source("30/12/2023")),
        ),
        (
            NINE._replace(steps=(step(1, text="Mở lớp."), NINE.steps[1])),
            ("text", 9, 1, "text", "Tập huấn.", "Mở lớp."),
        ),
        (
            NINE._replace(steps=(*NINE.steps, step(3))),
            ("added", 9, 3, None, None, None),
        ),
        (NINE._replace(steps=NINE.steps[:1]), ("removed", 9, 2, None, None, None)),
    ],
    ids=lambda value: "-".join(map(str, value[:4])) if isinstance(value, tuple) else "",
)
def test_a_model_that_changed_is_told_by_field(after, expected):
    assert told(plan(model(1), NINE), plan(model(1), after)) == [expected]


@pytest.mark.parametrize("record", [Model, Step])
def test_no_field_is_passed_over(record):
    for name in {*record._fields} - {"model", "step", "steps"}:
        other = (NINE if record is Model else NINE.steps[0])._replace(**{name: "khác"})
        after = other if record is Model else NINE._replace(steps=(other, NINE.steps[1]))

        assert [one.field for one in changes(plan(NINE), plan(after))] == [name]


def test_models_come_and_go():
    assert told(plan(model(1), model(2)), plan(model(2), model(3))) == [
        ("added", 3, None, None, None, None),
        ("removed", 1, None, None, None, None),
    ]


def test_a_model_is_known_by_its_number_wherever_it_stands():
    assert changes(plan(model(1), model(2)), plan(model(2), model(1))) == []


def test_the_register_and_the_heading_are_told_too():
    old, new = AGENCIES[0], Agency(code="CTK", name="Chi cục Thống kê")
    renamed = AGENCIES[1]._replace(name="PC06 mới")
    before = plan(model(1))
    after = Plan(
        before.plan._replace(due_soon_days=10),
        (renamed, *AGENCIES[2:], new),
        before.models,
    )

    assert told(before, after) == [
        ("text", None, None, "due_soon_days", 7, 10),
        ("text", "PC06", None, "name", AGENCIES[1].name, "PC06 mới"),
        ("added", "CTK", None, None, None, new),
        ("removed", "C06", None, None, old, None),
    ]


@given(plans(), plans())
@settings(max_examples=40)
def test_two_states_differ_exactly_where_something_is_told(before, after):
    by_number = {one.model: one for one in before.models}
    same = all(by_number.get(one.model) == one for one in after.models)

    assert (changes(before, after) == []) == (same and len(before.models) == len(after.models))
    assert changes(after, after) == []


# Agencies -------------------------------------------------------------------------------------------

WITH_ROLES = model(
    9,
    step(1, agencies=["PVHTT"]),
    step(2),
    lead=("CAH",),
    support=("PC06",),
    implementers=("CSLT",),
)


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        (Change(Kind.DEADLINE, WITH_ROLES, field="deadline"), {"CAH", "PC06", "CSLT"}),
        (Change(Kind.REMOVED, WITH_ROLES), {"CAH", "PC06", "CSLT"}),
        (
            Change(Kind.TEXT, WITH_ROLES, WITH_ROLES.steps[0], field="text"),
            {"CAH", "PC06", "CSLT", "PVHTT"},
        ),
        (
            Change(
                Kind.ROLE,
                WITH_ROLES,
                field="support",
                before=("C06", "PC06"),
                after=("PC06", "PVHTT"),
            ),
            {"C06", "CAH", "CSLT", "PC06", "PVHTT"},
        ),
        (
            Change(
                Kind.PROGRESS,
                WITH_ROLES,
                WITH_ROLES.steps[1],
                field="progress",
                before=Progress("doing", by="C06"),
                after=None,
            ),
            {"C06", "CAH", "CSLT", "PC06"},
        ),
        (Change(Kind.ADDED, agency="C06"), {"C06"}),
        (Change(Kind.TEXT, field="title"), set()),
        (Change(Kind.ADDED), set()),
    ],
)
def test_a_change_concerns_who_has_a_part_in_it(change, concerned):
    codes = {agency.code for agency in AGENCIES}

    assert {code for code in codes if change.concerns(frozenset({code}))} == concerned
    assert not change.concerns(frozenset())


# Merges ---------------------------------------------------------------------------------------------


def test_a_merge_did_what_differs_from_all_its_parents():
    base = plan(model(1), model(2))
    ours = plan(model(1, deadline="2024-01-31"), model(2))
    theirs = plan(model(1), model(2, deadline="2024-02-29"))
    merged = plan(model(1, deadline="2024-01-31"), model(2, deadline="2024-02-29", title="Mới"))

    found = common([changes(ours, merged), changes(theirs, merged)])

    assert [(one.model.model, one.field) for one in found if one.model] == [(2, "title")]
    assert common([changes(base, merged)]) == changes(base, merged)


def test_heading_fields_are_all_told():
    before = plan(model(1))
    for field in Heading._fields:
        after = before._replace(plan=before.plan._replace(**{field: "khác"}))

        assert [one.field for one in changes(before, after)] == [field]
