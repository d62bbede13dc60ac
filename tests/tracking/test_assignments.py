"""The registers of the plans, each agency with the models that name it in each role."""

from __future__ import annotations

import pytest
from samples import AGENCIES, SHOWN, TODAY, model, plan, step, view

from de06cli.plan.cache.lazy import whole
from de06cli.plan.portfolio import of
from de06cli.tracking import assignments
from de06cli.tracking.assignments import Assignments, entries
from de06cli.tracking.filters import codes_in
from de06cli.tracking.states import as_of
from de06cli.tracking.terms import Role

NOTHING: dict[Role, list[int]] = {role: [] for role in Role}


def test_an_agency_comes_with_the_models_that_name_it_by_role():
    seen = view(plan(*SHOWN))

    assert entries(seen, "Công an huyện") == [
        Assignments(
            "HONQUAN",
            AGENCIES[2],
            {Role.LEAD: [9, 23], Role.SUPPORT: [], Role.IMPLEMENTER: [9], Role.STEP: [9]},
            one_of_many=False,
        )
    ]


def test_a_step_names_its_model_once():
    seen = view(plan(model(9, step(1, agencies=("PC06",)), step(2, agencies=("PC06",)))))

    (found,) = entries(seen, "pc06")
    assert found.models == NOTHING | {Role.STEP: [9]}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["C06", "PC06", "CAH", "PVHTT", "CSLT"]),
        ("c06", ["C06", "PC06"]),
        ("van hoa", ["PVHTT"]),
        ("department", ["C06"]),  # its English name
        ("không có", []),
    ],
)
def test_a_text_is_looked_for_in_all_that_an_agency_is_called(text, codes):
    assert [found.agency.code for found in entries(view(plan(model(9))), text)] == codes


def test_each_plan_has_a_register_of_its_own():
    one = plan(model(9), agencies=AGENCIES[2:4])
    other = plan(model(9, lead=("C06",)), model(8), agencies=AGENCIES[:3])
    other = other._replace(plan=other.plan._replace(code="LOCNINH"))
    seen = as_of(of((), [whole(one), whole(other)]), (TODAY, TODAY))

    assert entries(seen, "ca huyen") == [
        Assignments("HONQUAN", AGENCIES[2], NOTHING | {Role.LEAD: [9]}, one_of_many=True),
        Assignments("LOCNINH", AGENCIES[2], NOTHING | {Role.LEAD: [8]}, one_of_many=True),
    ]


def test_each_model_is_looked_at_once_however_many_agencies_there_are(monkeypatch):
    looked = []
    monkeypatch.setattr(
        assignments, "codes_in", lambda one, role: looked.append(one.model) or codes_in(one, role)
    )
    seen = view(plan(*SHOWN))

    assert len(entries(seen, "")) == len(AGENCIES)
    assert len(looked) == len(SHOWN) * len(Role)
