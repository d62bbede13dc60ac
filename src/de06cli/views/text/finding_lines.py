"""Findings as text, for people, git hosts and scripts."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.characters import in_bytes, visible_name
from de06cli.messages import ngettext
from de06cli.plan.findings import MAX_BYTES, Finding, Severity
from de06cli.views import words

MAX_LINES = 200  # of the findings of one file; of all that are more, only the number follows
MAX_RECORDS = 1_000  # of JSON

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def line(finding: Finding, data: str) -> str:
    """``file:line:column CODE sentence``, on one line of at most ``MAX_BYTES`` for names of usual length."""
    place = finding.place
    begin = f"{visible_name(data)}:{place.line}:{place.column} {finding.code} "
    said = words.visible(f"{finding.message} {finding.advice}").rstrip()
    return begin + in_bytes(
        said, max(MAX_BYTES - len(begin.encode("utf-8", "replace")), MAX_BYTES // 2)
    )


def lines(listed: Sequence[Finding], data: str) -> str:
    """The findings, a line each; of very many, how many more there are."""
    kept, more = listed[:MAX_LINES], len(listed) - MAX_LINES
    text = "".join(line(finding, data) + "\n" for finding in kept)
    return text + f"{visible_name(data)}: {left_out(more)}\n" if more > 0 else text


def left_out(more: int) -> str:
    """How many findings are not printed."""
    return ngettext(
        "còn {n} phát hiện nữa, không in ra", "còn {n} phát hiện nữa, không in ra", more
    ).format(n=words.number(more))


def apart(listed: Sequence[Finding]) -> tuple[list[Finding], int]:
    """The errors and warnings, and the number of notes."""
    kept = [finding for finding in listed if finding.severity is not Severity.NOTE]
    return kept, len(listed) - len(kept)


def notes(count: int) -> str:
    """One sentence for all notes."""
    return ngettext(
        "{n} ghi chú; xem bằng de06 check --notes",
        "{n} ghi chú; xem bằng de06 check --notes",
        count,
    ).format(n=words.number(count))


def notes_line(count: int, data: str) -> str:
    return f"{visible_name(data)}: {notes(count)}\n"


def summary(listed: Sequence[Finding]) -> str:
    """How many findings there are of each severity."""
    return ", ".join(text for _severity, _n, text in counts(listed))


def counts(listed: Sequence[Finding]) -> list[tuple[Severity, int, str]]:
    """Each severity, how many findings have it, and the same in words."""
    numbers = dict.fromkeys(Severity, 0)
    for finding in listed:
        numbers[finding.severity] += 1
    errors, warnings, noted = numbers.values()
    said = [
        ngettext("{n} lỗi", "{n} lỗi", errors).format(n=words.number(errors)),
        ngettext("{n} cảnh báo", "{n} cảnh báo", warnings).format(n=words.number(warnings)),
        ngettext("{n} ghi chú", "{n} ghi chú", noted).format(n=words.number(noted)),
    ]
    return [(severity, n, text) for (severity, n), text in zip(numbers.items(), said, strict=True)]


def github(listed: Sequence[Finding], data: str, hidden_notes: int = 0) -> str:
    """Workflow commands, shown by GitHub beside the lines of a pull request.

    Notes that are not among the findings are one command with their number.
    """
    more = len(listed) - MAX_LINES
    closing = [left_out(more)] if more > 0 else []
    closing += [notes(hidden_notes)] if hidden_notes else []
    commands = "".join(
        f"::notice file={_property(visible_name(data))}::{_data(text)}\n" for text in closing
    )
    return _annotations(listed[:MAX_LINES], data) + commands


def _annotations(listed: Sequence[Finding], data: str) -> str:
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
