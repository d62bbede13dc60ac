"""The codes of findings: each is declared with what the page docs/findings.md says of it."""

from __future__ import annotations

import re

import pytest

from de06cli.plan import findings
from de06cli.plan.findings import REMEDIES, Severity

CODES = {
    name: value
    for name, value in vars(findings).items()
    if isinstance(value, str) and re.fullmatch(r"[A-Z]\d{3}", value)
}


def test_every_code_has_a_title_and_an_advice_and_stands_for_one_thing() -> None:
    assert sorted(CODES.values()) == sorted(REMEDIES)
    titles = [remedy.title for remedy in REMEDIES.values()]
    assert len({*titles}) == len(titles)
    assert [code for code, remedy in REMEDIES.items() if len(remedy.title) < 5] == []
    assert [code for code, remedy in REMEDIES.items() if not remedy.advice.endswith(".")] == []


@pytest.mark.parametrize(
    ("letter", "severity"),
    [("E", Severity.ERROR), ("W", Severity.WARNING), ("N", Severity.NOTE)],
)
def test_the_first_letter_of_a_code_is_its_severity(letter: str, severity: Severity) -> None:
    codes = [code for code in REMEDIES if code.startswith(letter)]
    assert codes != []
    assert {findings.severity(code) for code in codes} == {severity}


def test_no_code_has_another_letter() -> None:
    assert [code for code in REMEDIES if code[0] not in "EWN"] == []
