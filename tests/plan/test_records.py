"""The records of a plan: they never change, and know when a model is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import samples

from de06cli.plan.cache import packing
from de06cli.plan.declaring import ROLE
from de06cli.plan.fields import names_in
from de06cli.plan.parts import Step
from de06cli.plan.records import Model, Plan

RECORDS = [*packing.RECORDS, Plan]


@pytest.mark.parametrize(
    ("deadline", "extensions", "due"),
    [
        ("2023-12-30", [], date(2023, 12, 30)),
        ("2023-12-30", ["2024-01-31"], date(2024, 1, 31)),
        ("2023-12-30", ["2024-01-31", "2024-03-31"], date(2024, 3, 31)),
        ("2023-12-30", ["2024-03-31", "2024-01-31"], date(2024, 1, 31)),
        (None, [], None),
        (None, ["2024-01-31"], date(2024, 1, 31)),
    ],
)
def test_a_model_is_due_on_the_day_of_its_last_extension(
    deadline: str | None, extensions: list[str], due: date | None
) -> None:
    extended = [samples.extension(day, "2023-12-25") for day in extensions]
    assert samples.model(9, deadline=deadline, extensions=extended).due == due


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_never_changes(record: type[Any]) -> None:
    one = record(*[None] * len(record._fields))
    with pytest.raises(AttributeError):
        setattr(one, record._fields[0], "x")
    assert not hasattr(one, "__dict__")


def test_the_agencies_of_a_model_are_those_of_every_column_that_names_some() -> None:
    columns = [name for name in names_in(Model, ROLE) if name != "handovers"]
    model = samples.model(1, **{name: (name.upper(), "CAH") for name in columns})
    assert model.agencies == tuple(code for name in columns for code in (name.upper(), "CAH"))


def test_the_agencies_of_steps_are_those_of_every_key_that_names_some() -> None:
    assert names_in(Step, ROLE) == ("agencies",)
    steps = [samples.step(1, agencies=["CAH", "PC06"]), samples.step(2, agencies=["CAH"])]
    assert samples.model(1, *steps).step_agencies == ("CAH", "PC06", "CAH")
