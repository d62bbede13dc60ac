"""The language of a run: the option, else the environment, else Vietnamese; never the locale."""

from __future__ import annotations

import pytest

from de06cli.cli.arguments import language
from de06cli.errors import RefusedValue


@pytest.mark.parametrize(
    ("arguments", "variable", "spoken"),
    [
        ([], None, "vi"),
        (["list"], None, "vi"),
        (["list"], "", "vi"),
        (["list"], "en", "en"),
        (["list", "--lang", "en"], None, "en"),
        (["list", "--lang=en"], None, "en"),
        (["list", "--lang", "vi"], "en", "vi"),
        (["list", "--lang", "en", "--lang", "vi"], None, "vi"),
        (["list", "--", "--lang", "en"], None, "vi"),
    ],
)
def test_the_option_counts_before_the_environment(arguments, variable, spoken):
    assert language(arguments, variable) == spoken


@pytest.mark.parametrize(
    ("arguments", "variable"),
    [(["--lang", "fr"], ""), (["--lang="], ""), (["--lang"], ""), (["list"], "EN")],
)
def test_another_language_is_refused_and_serves_while_half_typed(arguments, variable):
    with pytest.raises(RefusedValue, match="dùng vi hoặc en"):
        language(arguments, variable)
    assert language(arguments, variable, half_typed=True) == "vi"


def test_the_locale_decides_nothing(small, de06):
    answer = de06("show", "99", LANG="en_US.UTF-8", LC_ALL="C.UTF-8", LANGUAGE="en")

    assert answer.stderr.startswith("Lỗi: Không có mô hình 99.")


def test_the_environment_decides(small, call, monkeypatch):
    monkeypatch.setenv("DE06_LANG", "en")

    assert call("show", "99").stderr.startswith("Error: There is no model 99.")
    assert call("show", "99", "--lang", "vi").stderr.startswith("Lỗi: Không có mô hình 99.")


def test_dates_and_numbers_are_written_in_the_language(small, call):
    asked = ["stats", "--as-of", "2031-06-01"]

    assert "66,7% (2/3)" in call("stats").stdout
    assert "66.7% (2/3)" in call("stats", "--lang", "en").stdout
    assert "2.709 ngày" in call("list", *asked[1:]).stdout
    assert "2,709 days" in call("list", *asked[1:], "--lang", "en").stdout


def test_machine_output_is_the_same_in_every_language(small, call):
    for arguments in (["list", "--format", "json"], ["stats", "--format", "csv"]):
        assert call(*arguments).stdout == call(*arguments, "--lang", "en").stdout
