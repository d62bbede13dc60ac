"""The numbers of targets: what the file writes, what is refused and with which forms, what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06cli.plan.quantities import (  # fmt: skip
    Goal,
    NotANumber,
    Value,
    goal,
    latest,
    missing,
    number,
    reached,
    value,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("69,7", ("69.7",)), ("1_000", ("1000",)), ("12e3", ("12000",)), ("8.432", ("8432", "8.43")),
        ("8,432", ("8432", "8.43")), ("1.234.567", ("1234567",)), ("1.234,5", ("1234.5",)),
        ("1 000", ("1000",)), (".5", ("0.5",)), ("5.", ("5",)), ("69.7%", ("69.7",)), ("+5", ("5",)),
        ("", ()), ("-5", ()), ("nan", ()), ("inf", ()), ("1e999", ()), ("８", ()), ("²", ()), ("9" * 16, ()),
    ],
)  # fmt: skip
def test_a_number_in_another_form_is_refused_with_the_forms_meant(text, meant):
    with pytest.raises(NotANumber) as refused:
        number(text)
    assert refused.value.meant == meant


def test_the_numbers_of_the_file_and_those_typed():
    assert [number(text) for text in ("0", "8432", "69.7", "0.432", "8432.125")] == [
        0, 8432, 69.7, 0.432, 8432.125,
    ]  # fmt: skip
    assert (number("69,7", typed=True), number("69.7", typed=True)) == (69.7, 69.7)
    for text in ("8,432", "8.432", "1.234,5", "1,234,567", "12e3"):
        with pytest.raises(NotANumber):
            number(text, typed=True)


def test_a_share_is_a_percentage():
    assert value("8432/12100") == Value(8432 * 100 / 12100, 8432, 12100)
    assert value("7/25").number == 28
    assert value(" 7 / 25 ", typed=True).is_share
    assert not value("69.7").is_share


@pytest.mark.parametrize(
    ("text", "meant"),
    [("8.432/12.100", ("8432/12100",)), ("5/0", ()), ("/5", ()), ("1/2/3", ()), ("7 / 25", ())],
)
def test_what_is_no_share_is_refused(text, meant):
    with pytest.raises(NotANumber) as refused:
        value(text)
    assert refused.value.meant == meant


@pytest.mark.parametrize(
    ("text", "sign", "low", "high"),
    [
        ("≥ 80", "≥", 80, 80), (">= 80", "≥", 80, 80), ("80", "≥", 80, 80), ("80%", "≥", 80, 80),
        ("> 80", ">", 80, 80), ("<5", "<", 5, 5), ("≤ 5.5", "≤", 5.5, 5.5), ("8 - 10", "range", 8, 10),
        ("8–10", "range", 8, 10), ("≥ 80 hồ sơ", None, 0, 0), ("hoàn thành", None, 0, 0), ("", None, 0, 0),
    ],
)  # fmt: skip
def test_a_goal_is_read(text, sign, low, high):
    assert goal(text, "%") == Goal(text, sign, low, high)


@pytest.mark.parametrize("text", ["≥ 69,7", "8.432", "10 - 8", "8 - 12e3", "> 1_000"])
def test_a_goal_with_a_number_in_another_form_is_refused(text):
    with pytest.raises(NotANumber):
        goal(text)


@pytest.mark.parametrize(
    ("text", "number", "distance", "there"),
    [
        ("≥ 80", 69.7, 10.3, False), ("80", 80, 0, True), ("> 80", 80, 0, False), ("> 80", 81, 0, True),
        ("< 5", 5, 0, False), ("< 5", 6, 1, False), ("< 5", 4, 0, True), ("≤ 5", 5, 0, True),
        ("≤ 5", 7.5, 2.5, False), ("8 - 10", 7, 1, False), ("8 - 10", 8, 0, True), ("8 - 10", 12, 2, False),
        ("8 - 10", 10, 0, True), ("hoàn thành", 5, None, None),
    ],
)  # fmt: skip
def test_what_is_missing_and_what_is_reached(text, number, distance, there):
    assert (missing(goal(text), number), reached(goal(text), number)) == (distance, there)


@given(st.sampled_from(["≥ 80", "> 80", "< 80", "≤ 80", "70 - 80"]), st.floats(0, 1e12))
def test_nothing_is_missing_where_a_goal_is_reached(text, number):
    if reached(goal(text), number):
        assert missing(goal(text), number) == 0
    assert (missing(goal(text), number) or 0) >= 0


def test_the_latest_two_values_by_a_day():
    values = [(date(2025, 6, 30), 2), (date(2025, 3, 31), 1), (date(2025, 9, 30), 3)]

    assert latest(values, date(2025, 9, 29)) == (2, 1)
    assert latest(values, date(2025, 3, 31)) == (1, None)
    assert latest(values, date(2025, 1, 1)) == (None, None)
