"""Where a value with spaces lacks its quotes, the advice is what to type; else there is none."""

from __future__ import annotations

import pytest

from de06cli.cli.parsing.quotes import advice


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["list", "--agency", "Công", "an", "huyện"], '--agency "Công an huyện"'),
        (["--lang", "vi", "list", "--agency", "Công", "an"], '--agency "Công an"'),
        (["list", "--lang", "vi", "--agency", "Công", "an"], '--agency "Công an"'),
        (["done", "9.2", "--note", "đã", "xong", "9.3"], '--note "đã xong"'),
        (["report", "quý", "2/2026"], '"quý 2/2026"'),
    ],
)
def test_a_value_with_spaces_is_given_its_quotes(arguments, typed):
    assert advice(arguments) == f"Giá trị có dấu cách phải đặt trong dấu nháy: {typed}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "en", "list", "--agency", "CAHH"],
        ["--lang", "vi", "done", "9.2", "--date", "31/02/2024"],
        ["list", "--agency", "CAHH"],
        ["--lang", "en"],
    ],
)
def test_a_value_that_is_wrong_otherwise_is_given_none(arguments):
    assert advice(arguments) == ""
