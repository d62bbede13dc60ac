"""Findings as text, for people, git hosts and scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from de06cli.messages import ngettext
from de06cli.plan.characters import visible_name
from de06cli.plan.findings import Finding, Severity
from de06cli.views import words

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def line(finding: Finding, data: str) -> str:
    """``file:line:column CODE sentence``, on one line."""
    place = finding.place
    text = f"{visible_name(data)}:{place.line}:{place.column} {finding.code} {finding.message}"
    return words.visible(f"{text} {finding.advice}").rstrip()


def lines(listed: Iterable[Finding], data: str) -> str:
    return "".join(line(finding, data) + "\n" for finding in listed)


def summary(listed: Sequence[Finding]) -> str:
    """How many findings there are of each severity."""
    counts = dict.fromkeys(Severity, 0)
    for finding in listed:
        counts[finding.severity] += 1
    errors, warnings, notes = counts.values()
    return ", ".join(
        [
            ngettext("{n} lỗi", "{n} lỗi", errors).format(n=words.number(errors)),
            ngettext("{n} cảnh báo", "{n} cảnh báo", warnings).format(n=words.number(warnings)),
            ngettext("{n} ghi chú", "{n} ghi chú", notes).format(n=words.number(notes)),
        ]
    )


def github(listed: Iterable[Finding], data: str) -> str:
    """Workflow commands, shown by GitHub beside the lines of a pull request."""
    return "".join(
        f"::{_GITHUB[finding.severity]} file={_property(visible_name(data))},line={finding.place.line},"
        f"col={finding.place.column},title={_property('de06 ' + finding.code)}::"
        f"{_data(f'{finding.message} {finding.advice}'.rstrip())}\n"
        for finding in listed
    )


def _data(text: str) -> str:
    encoded = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.visible(encoded)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
