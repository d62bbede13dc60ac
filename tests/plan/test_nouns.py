"""What models and steps are called."""

from __future__ import annotations

from datetime import date

import pytest

from de06cli import messages
from de06cli.plan import nouns
from de06cli.plan.records import Heading, Nouns


@pytest.fixture(autouse=True)
def _usual():
    yield
    messages.use("vi")
    nouns.use([])


def heading(code: str, model: str, step: str) -> Heading:
    return Heading(code, "Kế hoạch", issued=date(2023, 7, 14), nouns=Nouns(model, step))


def test_each_plan_has_its_own_nouns():
    nouns.use([heading("A", "Nhiệm vụ", "Việc"), heading("B", "Chỉ tiêu", "Bước")])

    assert nouns.filled("{Model}, {step}", "A") == "Nhiệm vụ, việc"
    assert nouns.filled("{Model}, {step}", "B") == "Chỉ tiêu, bước"


def test_the_nouns_are_those_of_the_plans_opened_last_in_the_language_spoken_now():
    nouns.use([heading("A", "Nhiệm vụ", "Việc")])
    first = nouns.filled("{Model}", "A")
    nouns.use([heading("A", "Chỉ tiêu", "Việc")])
    opened = nouns.filled("{Model}", "A")
    messages.use("en")

    assert (first, opened, nouns.filled("{Model}", "A")) == ("Nhiệm vụ", "Chỉ tiêu", "Target")
