"""The numbers of targets as people read them."""

from __future__ import annotations

import pytest

from de06cli import messages
from de06cli.plan.quantities import value
from de06cli.views.quantity_words import decimal, missing, quantity


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("8432/12100", "%", "69,7% (8.432/12.100)"), ("69.7", "%", "69,7%"), ("69.75", "%", "69,75%"),
        ("1200", "hồ sơ", "1.200 hồ sơ"), ("8432.5", None, "8.432,5"), ("0", "%", "0%"),
    ],
)  # fmt: skip
def test_a_value_with_its_unit(text, unit, shown):
    assert quantity(value(text), unit) == shown


def test_in_english():
    messages.use("en")
    assert quantity(value("8432/12100"), "%") == "69.7% (8,432/12,100)"
    assert decimal(8432.5) == "8,432.5"


def test_what_is_missing_is_never_rounded_to_nothing():
    assert [missing(n, "%") for n in (10.314050, 0.01, 0.0)] == ["10,3%", "0,01%", "0%"]
    assert missing(1200.25, "hồ sơ") == "1.200,25 hồ sơ"
