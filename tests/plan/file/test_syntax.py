"""Errors of YAML in plain words: each sentence in one of the samples of broken plans."""

from __future__ import annotations

import re

import pytest
import support

from de06cli.plan.file import syntax


@pytest.mark.parametrize("words", syntax._SYNTAX, ids=lambda words: words[0])
def test_every_sentence_about_syntax_is_reported_in_a_sample(words: tuple[str, str, str]) -> None:
    _pattern, sentence, advice = words
    samples = support.ROOT / "tests" / "data" / "invalid"
    said = re.escape(sentence).replace(r"\{column\}", r"\d+")
    assert any(
        re.search(f" E106 {said}.* {re.escape(advice)}$", text, re.MULTILINE)
        for text in (path.read_text("utf-8") for path in samples.glob("*.findings"))
    )
