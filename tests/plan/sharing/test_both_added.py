"""What two people add at once stands in the merged plan, each thing once and in its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import support

from de06cli.plan.file.edits import Edit, SetProgress, edited
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Progress, Step
from de06cli.plan.periods import parse
from de06cli.plan.records import Agency, Group, Model, Plan
from de06cli.plan.sharing import driver

BASE = support.MODELS_FILE.read_bytes()
DUE = parse("2024-12-31")
LAST = read(BASE).plan.models[-1].model
BEHIND = read(BASE).plan.agencies[-1].code
DOING = Progress("doing")


pytestmark = support.needs_git


@pytest.fixture
def merged(tmp_path: Path):
    """The plan that comes of two people's edits of the shipped one; None where a question is left."""

    def merged(ours: list[Edit], theirs: list[Edit]) -> Plan | None:
        paths = [tmp_path / name for name in ("base", "ours", "theirs")]
        for path, made in zip(paths, ([], ours, theirs), strict=True):
            path.write_bytes(edited(BASE, made))
        outcome = driver.merge(paths[0], paths[1], paths[2], os.environ)
        if outcome is not driver.Outcome.JOINED:
            return None
        return read(paths[1].read_bytes()).plan

    return merged


def new_model(number: int, lead: str = "CAH") -> SetItem:
    return SetItem("models", Model(number, f"Nhiệm vụ {number}", (lead,), DUE), LAST)


def new_agency(code: str) -> SetItem:
    return SetItem("agencies", Agency(code, f"Tên {code}"), BEHIND)


def test_models_agencies_and_groups_of_both_stand_together(merged) -> None:
    ours = [new_agency("A1"), SetItem("groups", Group("I", "Một")), new_model(91, "A1")]
    theirs = [new_agency("B1"), SetItem("groups", Group("II", "Hai")), new_model(92, "B1")]

    plan = merged(ours, theirs)

    assert [model.model for model in plan.models][-3:] == [LAST, 91, 92]
    assert [agency.code for agency in plan.agencies][-2:] == ["A1", "B1"]
    assert [group.code for group in plan.groups] == ["I", "II"]


def test_the_same_model_of_both_stands_once(merged) -> None:
    plan = merged([new_model(91)], [new_model(91), SetProgress(91, None, DOING)])
    once = merged([new_model(91)], [new_model(91)])

    assert plan is None or plan.models[-1].progress == DOING
    assert [model.model for model in once.models].count(91) == 1


def test_two_models_of_one_number_are_a_question(merged) -> None:
    other = new_model(91)._replace(record=Model(91, "Khác", ("CAH",), DUE))

    assert merged([new_model(91)], [other]) is None


@pytest.mark.parametrize("at", [0, 1, 2, 3])
@pytest.mark.parametrize("marked", [1, 2, 3])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_mark_follows_its_step_when_another_is_put_before_it(merged, at, marked, swapped) -> None:
    step = SetItem("steps", Step(at + 1, "Bước mới"), at or None, 9, 3 - at)
    sides = [[step], [SetProgress(9, marked, DOING)]]

    plan = merged(*(reversed(sides) if swapped else sides))

    model = next(one for one in plan.models if one.model == 9)
    before = next(one for one in read(BASE).plan.models if one.model == 9)
    texts = [one.text for one in before.steps]
    assert [one.text for one in model.steps] == [*texts[:at], "Bước mới", *texts[at:]]
    assert [one.step for one in model.steps] == [1, 2, 3, 4]
    assert [one.text for one in model.steps if one.progress] == [texts[marked - 1]]
