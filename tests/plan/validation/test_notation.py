"""How each kind of value is written in the file, and whatever only looks like it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from de06cli.plan import findings
from de06cli.plan.validation import notation
from de06cli.plan.validation.notation import Unfit


@pytest.mark.parametrize(
    ("written", "number"), [("0", 0), ("1", 1), ("24", 24), ("999999999", 999_999_999)]
)
def test_a_number_is_written_in_digits(written: str, number: int) -> None:
    assert notation._read_number(written) == number


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " 1",
            "1 ",
            "1\n",
            "01",
            "00",
            "+1",
            "-1",
            "1.0",
            "1,000",
            "1_000",
            "1e3",
            "0x1",
            "0b1",
        ),
        *("1000000000", "１", "٩", "²", "một", "12:30", "no"),
    ],
)
def test_whatever_else_looks_like_a_number_is_none(written: str) -> None:
    with pytest.raises(Unfit) as raised:
        notation._read_number(written)
    assert raised.value.code == findings.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-12-30", date(2023, 12, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
def test_a_date_is_four_digits_two_and_two(written: str, day: date) -> None:
    assert notation._read_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *("", "2023-02-29", "2023-13-01", "2023-00-10", "2023-01-00", "0000-01-01", "10000-01-01"),
        *("2023-1-1", "23-01-01", "20231230", "2023-W52-6", "2023-365", "30/12/2023", "2023/12/30"),
        *(
            " 2023-12-30",
            "2023-12-30 ",
            "2023-12-30\n",
            "2023-12-30T00:00",
            "２０２３-12-30",
            "hôm nay",
        ),
    ],
)
def test_whatever_else_looks_like_a_date_is_none(written: str) -> None:
    with pytest.raises(Unfit) as raised:
        notation._read_date(written)
    assert raised.value.code == findings.NOT_A_DATE


@pytest.mark.parametrize("written", ["", " ", "\t\n", "\u2003"])
def test_a_blank_text_is_none(written: str) -> None:
    with pytest.raises(Unfit) as raised:
        notation._read_text(written)
    assert raised.value.code == findings.NO_TEXT


@pytest.mark.parametrize("written", [" lời văn\n", "0", "null", "–"])
def test_a_text_stays_as_it_is(written: str) -> None:
    assert notation._read_text(written) == written


@pytest.mark.parametrize(
    ("written", "read"), [(None, ()), ("a@b.vn", ("a@b.vn",)), (["a", "b"], ["a", "b"]), ([], [])]
)
def test_one_address_stands_for_a_list(written: Any, read: Any) -> None:
    assert notation._read_one_or_more(written) == read
