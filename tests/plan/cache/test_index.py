"""An index says exactly what a scan of all models says, for one plan and for several read as one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, chain

from hypothesis import given, settings
from hypothesis import strategies as st
from samples import LODGING, OTHERS, TODAY, day_as_period, days, progresses

from de06cli.plan.cache.index import Index, exchanged, made_of, merged, of_plan
from de06cli.plan.parts import Extension, Step
from de06cli.plan.records import Model
from de06cli.tracking.states import status

CODES = ["CAH", "C06", "PVHTT"]
codes = st.lists(st.sampled_from(CODES), max_size=3).map(tuple)
steps = st.builds(
    Step, st.integers(1, 4), st.just("Tập huấn."), progresses(), codes, st.none() | days
)
models = st.builds(
    Model,
    model=st.integers(0, 4),
    title=st.just("Nhiệm vụ"),
    deadline=st.none() | days.map(day_as_period),
    lead=codes,
    steps=st.lists(steps, min_size=1, max_size=4).map(tuple),
    stt=st.none() | st.integers(0, 2),
    extensions=st.lists(st.builds(Extension, days.map(day_as_period), days), max_size=2).map(tuple),
    support=codes,
    implementers=codes,
    handovers=st.just(()),
    progress=st.none(),
    recurs=st.none(),
    periods=st.just(()),
    targets=st.just(()),
    stopped=st.none(),
)
listed = st.lists(models, max_size=6)


def by(models, keys):
    """For each key that ``keys`` gives of a model, the positions of the models that it gives it of."""
    given = [set(keys(model)) for model in models]
    return {
        key: [position for position, own in enumerate(given) if key in own]
        for key in set().union(*given)
    }


def open_until(model, first, last):
    """Whether the model is unfinished and due within these days."""
    return model.completed_on is None and model.due and first <= model.due <= last


def has_own_due(model):
    """Whether an open step of the model has a deadline of its own."""
    return any(step.due and status(step) not in {"done", "skipped"} for step in model.steps)


def recorded(models):
    """The days of all progress and of all decided extensions."""
    progress = [step.progress for model in models for step in model.steps if step.progress]
    decided = [extension.decided for model in models for extension in model.extensions]
    return [*decided, *(each.date for each in progress if each.date)]


def without_recorded(index):
    return {
        name: getattr(index, name)
        for name in Index.PARTS
        if name not in {"recorded", "successions"}
    }


@given(listed)
def test_agencies_are_found_where_columns_and_steps_name_them(models):
    index = of_plan(models)

    assert index.columns == by(
        models, lambda model: [*model.lead, *model.support, *model.implementers]
    )
    assert index.steps == by(
        models, lambda model: [code for step in model.steps for code in step.agencies]
    )


@given(listed)
def test_models_are_found_by_number_and_by_printed_row(models):
    index = of_plan(models)

    assert index.numbers == by(models, lambda model: [model.model])
    assert index.rows == by(models, lambda model: [] if model.stt is None else [model.stt])


@given(listed, days, days)
def test_unfinished_models_are_found_by_the_day_they_are_due(models, first, last):
    index = of_plan(models)

    for begin, end in [(first, last), (date.min, date.max)]:
        found = index.due_between(begin, end)
        assert sorted(found) == [
            position for position, model in enumerate(models) if open_until(model, begin, end)
        ]
    dues = [models[position].due for position in index.due_between(date.min, date.max)]
    assert dues == sorted(dues)
    assert index.own_dues == [
        position for position, model in enumerate(models) if has_own_due(model)
    ]


@given(listed, days)
def test_what_was_recorded_later_than_a_day_is_counted(models, day):
    assert of_plan(models).later(0, day) == sum(each > day for each in recorded(models))


@given(st.lists(st.lists(models, min_size=1, max_size=3), min_size=1, max_size=4), days)
@settings(max_examples=50)
def test_several_plans_are_indexed_like_all_their_models_in_one(plans, day):
    whole = of_all(plans)

    together = of_plan(chain.from_iterable(plans))
    assert [sorted(chain.from_iterable(whole.recorded))] == together.recorded
    assert without_recorded(whole) == without_recorded(together)
    assert [whole.later(number, day) for number in range(len(plans))] == [
        of_plan(models).later(0, day) for models in plans
    ]


@given(
    st.lists(st.lists(models, min_size=1, max_size=3), min_size=1, max_size=4),
    st.lists(models, min_size=1, max_size=3),
    st.data(),
)
@settings(max_examples=50)
def test_one_plan_exchanged_is_all_merged_anew(plans, changed, data):
    number = data.draw(st.integers(0, len(plans) - 1))
    after = [*plans[:number], changed, *plans[number + 1 :]]
    first = sum(map(len, plans[:number]))
    span = range(first, first + len(plans[number]))

    exchanged_one = exchanged(of_all(plans), number, span, of_plan(changed), len(changed))

    assert exchanged_one == of_all(after)


def of_all(plans):
    """The index of plans merged."""
    firsts = [0, *accumulate(map(len, plans))][:-1]
    return merged([of_plan(models) for models in plans], firsts)


@given(listed)
@settings(max_examples=20)
def test_merging_leaves_the_indexes_as_they_are(models):
    index, same = of_plan(models), of_plan(models)

    merged([index, index], [0, len(models)])

    assert index == same


def test_an_index_written_out():
    """Model 9 has been extended; 8 and 23 are done, 25 has no deadline."""

    def on(*days):
        return [date.fromisoformat(day).toordinal() for day in days]

    assert of_plan([LODGING, *OTHERS]) == made_of(
        {"CAH": [0, 4], "PVHTT": [0, 1], "PC06": [0, 3], "CSLT": [0, 5], "C06": [2]},
        {"CAH": [0], "PVHTT": [0], "CSLT": [0]},
        on("2023-10-30", "2023-12-30", "2024-01-15"),
        [1, 0, 2],
        [0],
        [on("2023-11-20", "2023-11-25", "2023-12-01", "2023-12-05", "2023-12-28", "2024-01-04")],
        {9: [0], 40: [1], 6: [2], 8: [3], 23: [4], 25: [5]},
        {4: [0], 23: [1], 2: [2], 3: [3]},
        [((), ())],
    )


def test_both_days_of_a_span_count():
    index = of_plan([LODGING, *OTHERS])
    due, day = date(2023, 12, 30), timedelta(days=1)

    assert index.due_between(due, due) == [0]
    assert index.due_between(due + day, TODAY) == []
    assert index.due_between(TODAY, due) == []


def test_a_number_and_a_row_are_found_without_looking_at_anything_else():
    class Labelled:  # whatever else is asked of it is an AttributeError
        model, stt = "A1", 4

    index = of_plan([LODGING, Labelled()])
    assert index.numbers == {LODGING.model: [0], "a1": [1]}
    assert index.rows == {4: [0, 1]}
