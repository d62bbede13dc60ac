"""What changed, from git's history, in the plan's own words: ``log`` and ``diff``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

import typer

from de06cli.cli import completion, opening, output, selecting
from de06cli.cli.options import Reading, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import git, portfolio, reader
from de06cli.plan.git import Commit, Repository
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change, Kind, changes, common
from de06cli.tracking.dates import typed_day
from de06cli.tracking.states import as_of, plan_known_by
from de06cli.views import history, records


class HistoryFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


HistoryFormatOption = Annotated[
    HistoryFormat | None, typer.Option("--format", help=N_("Dạng kết quả: table hoặc json."))
]
AgencyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--agency",
        metavar="TEXT",
        help=N_("Chỉ việc của đơn vị này."),
        autocompletion=completion.agencies,
    ),
]


class Told(NamedTuple):
    """A commit, when it was made in the plan's time zone, and what it changed."""

    commit: Commit
    when: datetime
    changes: list[Change] | None  # None where its file could not be read


@grouped
def log(
    reading: Reading,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=N_("Từ ngày này đến nay.")),
    ] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    located = opening.one_file(reading.data)
    repository = Repository.around(located.path)
    data, revision = opening.bytes_of(located, reading.rev)
    plan = opening.valid_plan(data, _named(located.given, reading.rev))
    today = opening.today(plan.plan.timezone, reading.as_of)
    first = typed_day(since, today) if since is not None else date.min
    last = today if reading.as_of is not None else date.max
    agencies = _codes(agency, plan)
    all_told = _told(repository, revision, ZoneInfo(plan.plan.timezone), first, last)
    told = [one for one in all_told if _kept(one, agencies)]
    if format is HistoryFormat.JSON:
        rows = [
            history.change_record(change, plan.plan.code, one.commit)
            for one in told
            for change in _chosen(one.changes or [], agencies)
        ]
        unread = [one.commit.id for one in told if one.changes is None]
        plans = [records.plan(plan.plan, located.given, revision)]
        ascii_only = not output.is_utf8()
        output.write(
            records.document(today, plans, ascii_only=ascii_only, changes=rows, unreadable=unread)
        )
        return
    entries = (
        history.entry(one.commit, one.when, one.changes and _chosen(one.changes, agencies))
        for one in told
    )
    _tell("".join(entries), format)


@grouped
def diff(
    reading: Reading,
    revisions: Annotated[list[str] | None, typer.Argument(metavar="[REV [REV]]")] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    older, newer = _compared(revisions or [], reading.rev)
    located = opening.one_file(reading.data)
    data, _commit = git.committed(located.path, older)
    before = opening.valid_plan(data, _named(located.given, older))
    data, revision = opening.bytes_of(located, newer)
    after = opening.valid_plan(data, _named(located.given, newer))
    today = opening.today(after.plan.timezone, reading.as_of)
    if reading.as_of is not None:
        opening.tell_left_out(as_of(portfolio.single(after), (today,)))
        before, after = plan_known_by(before, today), plan_known_by(after, today)
    found = _chosen(changes(before, after), _codes(agency, after))
    if format is HistoryFormat.JSON:
        rows = [history.change_record(change, after.plan.code, None) for change in found]
        plans = [records.plan(after.plan, located.given, revision)]
        output.write(records.document(today, plans, ascii_only=not output.is_utf8(), changes=rows))
        return
    _tell("".join(history.sentence(change) + "\n" for change in found), format)


def _compared(typed: list[str], rev: str | None) -> tuple[str, str | None]:
    """The older revision and the newer, which is None for the file as it is now."""
    if len(typed) + (rev is not None) > 2:
        raise RefusedValue(_("diff so sánh nhiều nhất hai phiên bản."))
    return typed[0] if typed else "HEAD", typed[1] if len(typed) == 2 else rev


def _named(given: str, revision: str | None) -> str:
    """The file as its findings name it."""
    return given if revision is None else f"{revision}:{given}"


def _tell(text: str, format: HistoryFormat | None) -> None:  # noqa: A002 - the option's own name
    """An empty answer is one line for a person, or where a format is asked for; else nothing."""
    if not text and (format or output.is_terminal()):
        text = _("Không có gì thay đổi.") + "\n"
    output.write(text)


def _codes(typed: list[str] | None, plan: Plan) -> frozenset[str]:
    codes = (selecting.agency_code(text, plan) for text in typed or ())
    return frozenset(code for code in codes if code)


def _told(
    repository: Repository, until: str | None, zone: ZoneInfo, first: date, last: date
) -> Iterator[Told]:
    """What each commit up to ``until`` changed, of those made from the ``first`` day to the ``last``."""
    listed = repository.history(until)

    @lru_cache(maxsize=32)  # neighbours are asked for again, the rest of a long history is not kept
    def state(commit: str, path: str) -> Plan | None:
        data = repository.blob(commit, path)
        return reader.read(data).plan if data is not None else None

    for number, commit in enumerate(listed):
        when = datetime.fromisoformat(commit.when).astimezone(zone)
        if first <= when.date() <= last:
            yield Told(commit, when, _changes_of(commit, listed[number + 1 :], state))


def _changes_of(
    commit: Commit, older: list[Commit], state: Callable[[str, str], Plan | None]
) -> list[Change] | None:
    """What a commit changed, compared with the nearest state before it that could be read."""
    if commit.removed:
        return [Change(Kind.REMOVED)]
    after = state(commit.id, commit.path)
    if after is None:
        return None
    compared = []
    for parent in commit.parents if commit.path_before else ():
        before = state(parent, commit.path_before or commit.path)
        if before is None:
            readable = (state(one.id, one.path) for one in older)
            before = next((plan for plan in readable if plan), None)
        compared.append(changes(before, after) if before else [Change(Kind.ADDED)])
    return common(compared or [[Change(Kind.ADDED)]])


def _chosen(found: list[Change], agencies: frozenset[str]) -> list[Change]:
    return [change for change in found if not agencies or change.concerns(agencies)]


def _kept(told: Told, agencies: frozenset[str]) -> bool:
    """Whether a commit has anything to tell; one that could not be read always has."""
    return told.changes is None or not agencies or bool(_chosen(told.changes, agencies))
