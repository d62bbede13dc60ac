"""Numbers as printed, made unique where they restart, in the form that an address has."""

from __future__ import annotations

import pytest

from de06cli.drafting.task_numbers import Number, Printed, numbers
from de06cli.plan.file.reader import read


def numbered(*printed: tuple[str, str | None]) -> list[Number]:
    return numbers([Printed(label, "", group, "") for label, group in printed])


def test_numbers_that_are_unique_stay() -> None:
    assert numbered(("1", "I"), ("2", "I"), ("3", "II")) == [1, 2, 3]


def test_numbers_that_restart_have_their_group_in_front_where_it_is_roman() -> None:
    assert numbered(("1", "I"), ("1", "II")) == ["I-1", "II-1"]
    assert numbered(("1", "A"), ("1", "B")) == ["1-A", "1-B"]


def test_numbers_with_parts_and_letters() -> None:
    assert numbered(("1a", None), ("11.1", None), ("2", None), ("a", None), ("A.3", None)) == [
        "1a", "11-1", 2, "2a", "3-A",
    ]  # fmt: skip


def test_the_number_in_the_name_is_the_models() -> None:
    printed = [Printed("1", "9", None, ""), Printed("2", "10", None, "")]
    assert numbers(printed) == [9, 10]


def test_the_same_number_twice_without_groups_is_made_another() -> None:
    assert numbered(("1", None), ("1", None), ("", None)) == [1, "1-2", 3]


def test_parts_of_a_task_have_its_number() -> None:
    parts = [Printed("3", "", None, ""), Printed("", "", None, "3"), Printed("", "", None, "3")]
    assert numbers(parts) == [3, "3-1", "3-2"]


@pytest.mark.parametrize("label", ["Đ", "B.1", "IV", "1.2.3", "Z", "x9", "00", "ii", "1-a"])
def test_any_number_is_one_that_a_plan_can_have(label: str) -> None:
    (number,) = numbered((label, None))
    text = f"""plan: {{code: A, title: b}}
agencies: [{{code: X, name: y}}]
models: [{{model: "{number}", title: b, deadline: 2025, lead: [X]}}]
"""
    assert [each.message for each in read(text.encode()).errors] == []
