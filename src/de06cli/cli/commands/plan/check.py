"""The findings of data files: ``check``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from de06cli.cli import answer, environment, opening, output
from de06cli.cli.options import Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import N_, _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings, nouns
from de06cli.plan.checks import review
from de06cli.plan.file import reader
from de06cli.plan.file.locate import Located
from de06cli.plan.file.reader import FileReading
from de06cli.plan.findings import Finding, Severity
from de06cli.plan.portfolio import folded
from de06cli.plan.records import DEFAULT_TIMEZONE
from de06cli.views.text import finding_lines, json_answer

ERRORS = 1


class CheckFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@grouped
def run(
    reading: Reading,
    file: Annotated[list[str] | None, Argument(metavar="[FILE]...")] = None,
    format: Annotated[  # noqa: A002 - the option's own name
        CheckFormat,
        Option("--format", help=N_("Định dạng kết quả; ý nghĩa các mã: docs/findings.md.")),
    ] = CheckFormat.TEXT,
    notes: Annotated[
        bool, Option("--notes", help=N_("In cả các ghi chú, mỗi ghi chú một dòng."))
    ] = False,
    repository: Annotated[
        bool,
        Option("--repository", help=N_("Kiểm tra mọi tệp kế hoạch của kho git hiện tại.")),
    ] = False,
) -> int:
    odd: list[str] = []
    files = (
        _tracked(file or reading.data)
        if repository
        else opening.located_quietly(file or reading.data, odd.append)
    )
    if not files:
        output.say(_("Kho git không có tệp kế hoạch nào."))
        return 0
    checked, unreadable = _check_all(files, reading)
    if checked and format is CheckFormat.JSON:
        output.write(_as_json(checked))
    for one in checked:
        if format is CheckFormat.GITHUB:
            shown, hidden = (one.found, 0) if notes else finding_lines.apart(one.found)
            output.write(finding_lines.github(shown, one.located.given, hidden))
        elif format is CheckFormat.TEXT:
            _print(one, notes=notes)
    if odd or unreadable:
        raise UnreadableData("\n".join([*odd, *unreadable]))
    return ERRORS if any(findings.has_errors(one.found) for one in checked) else 0


def _tracked(named: list[str] | None) -> list[Located]:
    """The plans that the repository of the current folder keeps."""
    from de06cli.plan.committed import tracked  # noqa: PLC0415 - only --repository asks git

    if named:
        raise RefusedValue(_("--repository kiểm tra mọi tệp kế hoạch, không dùng cùng tên tệp."))
    folder = environment.working_folder()
    return [
        Located(str(path), Path(os.path.relpath(path, folder)).as_posix())
        for path in tracked.plans_around(Path(folder), environment.variables())
    ]


class Checked(NamedTuple):
    """A file with everything that was found in it."""

    located: Located
    read: FileReading
    revision: str | None
    today: date
    found: tuple[Finding, ...]


def _check_all(files: list[Located], reading: Reading) -> tuple[list[Checked], list[str]]:
    """The files with what was found in them, and why the others can't be read."""
    checked, unreadable = [], []
    with output.progress(_("Kiểm tra kế hoạch"), len(files)) as checked_one:
        for file in files:
            try:
                checked.append(_check(file, reading, one_of_many=len(files) > 1))
            except UnreadableData as error:
                unreadable.append(str(error))
            checked_one()
    return _with_shared_codes(checked), unreadable


def _check(located: Located, reading: Reading, *, one_of_many: bool) -> Checked:
    version = opening.version(located, reading.rev)
    read = reader.read(version.data)
    nouns.use([read.plan.plan] if read.plan else [])
    timezone = read.plan.plan.timezone if read.plan else DEFAULT_TIMEZONE
    today = version.today(timezone, reading.as_of)
    path = None if version.commit else located.path
    found = review.review(read, today, one_of_many=one_of_many, path=path)
    return Checked(located, read, version.commit, today, found)


def _with_shared_codes(checked: list[Checked]) -> list[Checked]:
    """The plans, with a finding for each of those that have the same code."""
    claimed: dict[str, list[Checked]] = {}
    for one in checked:
        if one.read.plan:
            claimed.setdefault(folded(one.read.plan.plan.code), []).append(one)
    with_codes = []
    for one in checked:
        plan = one.read.plan
        among = claimed[folded(plan.plan.code)] if plan else []
        others = ", ".join(other.located.shown for other in among if other is not one)
        if plan and others:
            finding = review.same_code(one.read, plan.plan.code, others)
            one = one._replace(found=(finding, *one.found))  # noqa: PLW2901 - the same file
        with_codes.append(one)
    return with_codes


def _print(checked: Checked, *, notes: bool) -> None:
    """Prints what was found in a file; the notes only as their number, unless they are asked for."""
    given = checked.located.shown
    shown, hidden = (checked.found, 0) if notes else finding_lines.apart(checked.found)
    if output.is_terminal() and shown:
        from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

        answer.show(terminal.findings(shown, given, checked.read.document.source.line))
    else:
        output.write(finding_lines.lines(shown, given))
    if hidden:
        output.write_sentences(finding_lines.notes_line(hidden, given))
    output.say(_summary(given, checked.found))


def _summary(given: str, found: Sequence[Finding]) -> str:
    """How many findings there are, in colour for a person at a terminal."""
    if not output.is_terminal():
        return f"{given}: {finding_lines.summary(found)}"
    from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich, for a person alone

    return terminal.coloured(given, finding_lines.counts(found))


def _as_json(checked: list[Checked]) -> str:
    plans = [
        json_answer.plan(one.read.plan.plan, one.located.given, one.revision)
        for one in checked
        if one.read.plan
    ]
    listed = [(one.located.given, finding) for one in checked for finding in one.found]
    listed.sort(key=lambda each: each[1].severity is not Severity.ERROR)
    return json_answer.document(
        checked[0].today,
        plans,
        ascii_only=not output.is_utf8(),
        findings=[json_answer.finding(*each) for each in listed[: finding_lines.MAX_RECORDS]],
        findings_left_out=max(len(listed) - finding_lines.MAX_RECORDS, 0),
    )
