"""What differs between two states of a plan, and which agencies it concerns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from samples import AGENCIES, extension, model, plan, plans, step

from de06cli.plan.parts import Progress, Source, Step
from de06cli.plan.periods import Period, parse
from de06cli.plan.records import Agency, Heading, Model, Plan
from de06cli.tracking.changes import Change, ChangeKind, changes, common, lost

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
            NINE._replace(deadline=Period("day", date(2024, 3, 31))),
            ("deadline", 9, None, "deadline", parse("2023-12-30"), parse("2024-03-31")),
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
def test_a_model_that_changed_is_reported_by_field(after, expected):
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


def test_the_register_and_the_heading_are_reported_too():
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
def test_two_states_differ_exactly_where_something_is_reported(before, after):
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
        (Change(ChangeKind.DEADLINE, WITH_ROLES, field="deadline"), {"CAH", "PC06", "CSLT"}),
        (Change(ChangeKind.REMOVED, WITH_ROLES), {"CAH", "PC06", "CSLT"}),
        (
            Change(ChangeKind.TEXT, WITH_ROLES, WITH_ROLES.steps[0], field="text"),
            {"CAH", "PC06", "CSLT", "PVHTT"},
        ),
        (
            Change(
                ChangeKind.ROLE,
                WITH_ROLES,
                field="support",
                before=("C06", "PC06"),
                after=("PC06", "PVHTT"),
            ),
            {"C06", "CAH", "CSLT", "PC06", "PVHTT"},
        ),
        (
            Change(
                ChangeKind.PROGRESS,
                WITH_ROLES,
                WITH_ROLES.steps[1],
                field="progress",
                before=Progress("doing", by="C06"),
                after=None,
            ),
            {"C06", "CAH", "CSLT", "PC06"},
        ),
        (Change(ChangeKind.ADDED, agency="C06"), {"C06"}),
        (Change(ChangeKind.TEXT, field="title"), set()),
        (Change(ChangeKind.ADDED), set()),
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


def test_heading_fields_are_all_reported():
    before = plan(model(1))
    for field in Heading._fields:
        after = before._replace(plan=before.plan._replace(**{field: "khác"}))

        assert [one.field for one in changes(before, after)] == [field]


# What a merge lost -----------------------------------------------------------------------------------


BASE = plan(NINE, model(7, step(1)))
MARKED = plan(
    NINE._replace(steps=(NINE.steps[0]._replace(progress=DONE), NINE.steps[1])), BASE.models[1]
)
OTHER = plan(NINE, model(7, step(1, "doing 2023-11-02")))
BOTH = plan(MARKED.models[0], OTHER.models[1])


def gone(merged: Plan, *sides: Plan, bases: tuple[Plan, ...] = (BASE,)) -> list[tuple[object, ...]]:
    """What was lost, as (kind, model, step, before, after)."""
    found = lost(bases, sides, merged)
    assert all(change.lost for change in found)
    return [
        (
            str(one.kind),
            one.model.model if one.model else None,
            one.step.step if one.step else None,
            one.before,
            one.after,
        )
        for one in found
    ]


def test_a_merge_that_keeps_both_sides_loses_nothing() -> None:
    assert gone(BOTH, MARKED, OTHER) == []
    assert gone(BOTH, OTHER, MARKED) == []


def test_a_mark_that_a_merge_takes_back_is_lost_whichever_side_made_it() -> None:
    mark = ("progress", 9, 1, DONE, None)
    assert gone(OTHER, MARKED, OTHER) == [mark]
    assert gone(OTHER, OTHER, MARKED) == [mark]
    assert gone(OTHER, OTHER, MARKED, BASE) == [mark]
    assert gone(BASE, MARKED, MARKED) == [mark]


def test_what_the_merge_itself_made_of_it_is_not_lost() -> None:
    corrected = DONE._replace(evidence="46/BC-CAH")
    steps = (NINE.steps[0]._replace(progress=corrected), NINE.steps[1])
    assert gone(plan(NINE._replace(steps=steps), OTHER.models[1]), MARKED, OTHER) == []


def test_of_two_marks_of_one_step_the_one_given_up_is_lost() -> None:
    blocked = Progress("blocked", date(2023, 11, 21), "CAH", None, "chờ")
    steps = (NINE.steps[0]._replace(progress=blocked), NINE.steps[1])
    theirs = plan(NINE._replace(steps=steps), BASE.models[1])
    assert gone(theirs, MARKED, theirs) == [("progress", 9, 1, DONE, blocked)]
    assert gone(MARKED, MARKED, theirs) == [("progress", 9, 1, blocked, DONE)]


def test_a_mark_is_lost_with_the_model_that_the_other_side_removed() -> None:
    removed = plan(BASE.models[1])
    assert gone(removed, MARKED, removed) == [("progress", 9, 1, DONE, None)]
    assert gone(MARKED, MARKED, removed) == [("removed", 9, None, None, None)]


def test_a_model_that_one_side_added_is_lost_whole_or_not_at_all() -> None:
    added = plan(*BASE.models, model(5, step(1)))
    assert gone(OTHER, added, OTHER) == [("added", 5, None, None, None)]
    both = plan(*OTHER.models, model(5, step(1, "doing 2023-11-02")))
    assert gone(both, added, OTHER) == []


def test_nothing_is_called_lost_without_a_common_ancestor() -> None:
    assert gone(OTHER, MARKED, OTHER, bases=()) == []


def test_what_one_of_several_ancestors_had_was_not_recorded_since() -> None:
    assert gone(OTHER, MARKED, OTHER, bases=(BASE, MARKED)) == []


@settings(deadline=None, max_examples=50)
@given(plans(), plans(), plans())
def test_a_clean_side_loses_nothing_and_an_ignored_one_all(
    base: Plan, ours: Plan, theirs: Plan
) -> None:
    assert lost([base], [ours, base], ours) == []
    recorded = {change.key for change in changes(base, ours)}
    given_up = lost([base], [ours, base], base)
    assert {change._replace(before=None).subject for change in given_up} == {
        change.subject for change in changes(base, ours)
    }
    assert len(given_up) == len(recorded)
    assert lost([base], [ours, theirs], theirs) == lost([base], [theirs, ours], theirs)
