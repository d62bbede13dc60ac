"""Addresses are read as they are written, and as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06cli.plan import addresses
from de06cli.plan.addresses import Address
from de06cli.plan.validation import notation

CODES = st.text(min_size=1, max_size=12).filter(notation.is_code)
NUMBERS = st.integers(0, 999_999_999)


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ((None, 9), "9"),
        ((None, 9, 2), "9.2"),
        (("", 9, 0), "9.0"),
        (("HONQUAN", 9), "HONQUAN:9"),
        (("HONQUAN", 9, 2), "HONQUAN:9.2"),
    ],
)
def test_an_address_is_written_as_it_is_typed(parts, address):
    assert addresses.written(*parts) == address


def test_a_row_and_an_agency_are_written_as_they_are_typed():
    assert addresses.of_row(None, 4) == "stt:4"
    assert addresses.of_row("HONQUAN", 4) == "HONQUAN:stt:4"
    assert addresses.within("HONQUAN", "CAH") == "HONQUAN:CAH"
    assert addresses.within(None, "CAH") == "CAH"


@given(st.none() | CODES, NUMBERS, st.none() | NUMBERS)
def test_what_is_written_is_read_as_what_was_meant(plan, number, step):
    meant = Address(plan and unicodedata.normalize("NFC", plan), number, step=step)
    assert addresses.parsed(addresses.written(plan, number, step)) == meant
    row = meant._replace(row=True, step=None)
    assert addresses.parsed(addresses.of_row(plan, number)) == row


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" MH9 ", Address(None, 9)),
        ("mô hình 9.2", Address(None, 9, step=2)),
        ("mo hinh 9", Address(None, 9)),
        (unicodedata.normalize("NFD", "Mô Hình 9"), Address(None, 9)),
        ("STT:4.2", Address(None, 4, row=True, step=2)),
        ("HONQUAN:mh9", Address("HONQUAN", 9)),
        ("A-1.B:9.2", Address("A-1.B", 9, step=2)),
    ],
)
def test_people_type_addresses_in_many_ways(text, address):
    assert addresses.parsed(text) == address


@pytest.mark.parametrize(
    "text", ["", "9.", ".2", "9.2.1", "-9", "nine", "HONQUAN:", ":9", "1234567890", "9\n2", "stt:"]
)
def test_what_is_no_address_is_not_guessed_at(text):
    assert addresses.parsed(text) is None


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("HONQUAN:CAH", "CAH"),
        (" honquan :CAH", "CAH"),
        ("HONQUAN:", ""),
        ("HONQUAN:stt:4", "stt:4"),
        ("CAH", None),
        ("HONQUANS:CAH", None),
    ],
)
def test_a_plans_code_is_taken_from_before_what_it_stands_before(text, behind):
    assert addresses.without_plan(text, "HONQUAN") == behind


def test_no_plan_stands_before_nothing():
    assert addresses.without_plan(":CAH", "") is None
