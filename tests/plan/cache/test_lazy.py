"""A plan's parts are loaded when they are asked for, and no others."""

from __future__ import annotations

import pytest
from samples import AGENCIES, LODGING, OTHERS, plan

from de06cli.plan.cache.index import of_plan
from de06cli.plan.cache.lazy import LazyPlan, whole

PLAN = plan(LODGING, *OTHERS)


@pytest.fixture
def loaded():
    """What was loaded, in order."""
    return []


@pytest.fixture
def lazy(loaded):
    def model(position):
        loaded.append(position)
        return PLAN.models[position]

    def agency(code):
        loaded.append(code)
        return next(one for one in AGENCIES if one.code == code)

    def agencies():
        loaded.append("agencies")
        return AGENCIES

    def index():
        loaded.append("index")
        return of_plan(PLAN.models)

    return LazyPlan(PLAN.plan, len(PLAN.models), model, agency, agencies, index)


def test_the_heading_and_the_number_of_models_need_no_loading(lazy, loaded):
    assert (lazy.heading, lazy.count) == (PLAN.plan, 6)
    assert loaded == []


def test_one_model_is_loaded_alone(lazy, loaded):
    assert lazy.load_model(2) == OTHERS[1]
    assert loaded == [2]


def test_one_agency_is_loaded_alone(lazy, loaded):
    assert lazy.load_agency("PC06") == AGENCIES[1]
    assert loaded == ["PC06"]


def test_models_come_one_by_one_in_their_order(lazy, loaded):
    models = lazy.models()

    assert (next(models), loaded) == (LODGING, [0])
    assert list(models) == list(OTHERS)
    assert loaded == [0, 1, 2, 3, 4, 5]


def test_index_and_register_are_loaded_once(lazy, loaded):
    assert lazy.index is lazy.index
    assert lazy.register is lazy.register
    assert lazy.register.by_code["PC06"] == AGENCIES[1]
    assert loaded == ["index", "agencies"]


@pytest.mark.parametrize("of", ["parts", "whole"])
def test_everything_at_once_is_the_plan(of, lazy):
    assert (whole(PLAN) if of == "whole" else lazy).plan() == PLAN


def test_a_plan_that_is_there_already_is_its_own_parts():
    lazy = whole(PLAN)

    assert (lazy.heading, lazy.count, lazy.load_model(5)) == (PLAN.plan, 6, OTHERS[4])
    assert (lazy.register.agencies, lazy.index) == (AGENCIES, of_plan(PLAN.models))
