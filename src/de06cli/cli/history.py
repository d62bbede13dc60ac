"""What changed, from git's history, in the plan's own words: ``log`` and ``diff``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

import typer

from de06cli.cli import completion, opening, output
from de06cli.cli.options import Common, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import git, locate, reader
from de06cli.plan.git import Commit, Repository
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change, Kind, changes, common
from de06cli.tracking.dates import typed_day
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


@dataclass(frozen=True)
class Told:
    """A commit and what it changed; None where its file could not be read."""

    commit: Commit
    changes: list[Change] | None


@grouped
def log(
    common_options: Common,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=N_("Từ ngày này đến nay.")),
    ] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    located = opening.one_file(common_options.data)
    repository = Repository.around(located.path)
    plan = opening.valid_plan(locate.read_bytes(located), located.given)
    today = opening.today(plan.plan.timezone, None)
    first_day = typed_day(since, today).isoformat() if since else None
    agencies = _codes(agency, plan)
    told = [one for one in _told(repository, first_day) if _kept(one, agencies)]
    if format is HistoryFormat.JSON:
        rows = [
            history.change_record(change, plan.plan.code, one.commit)
            for one in told
            for change in one.changes or []
        ]
        unread = [one.commit.id for one in told if one.changes is None]
        plans = [records.plan(plan.plan, located.given, None)]
        ascii_only = not output.is_utf8()
        output.write(
            records.document(today, plans, ascii_only=ascii_only, changes=rows, unreadable=unread)
        )
        return
    output.write("".join(history.entry(one.commit, _chosen(one, agencies)) for one in told))


@grouped
def diff(
    common_options: Common,
    rev: Annotated[list[str] | None, typer.Argument(metavar="[REV [REV]]")] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    revisions = rev or ["HEAD"]
    if len(revisions) > 2:
        raise RefusedValue(_("diff so sánh nhiều nhất hai phiên bản."))
    located = opening.one_file(common_options.data)
    data, _commit = git.committed(located.path, revisions[0])
    before = opening.valid_plan(data, f"{revisions[0]}:{located.given}")
    revision = None
    if len(revisions) == 2:
        data, revision = git.committed(located.path, revisions[1])
        after = opening.valid_plan(data, f"{revisions[1]}:{located.given}")
    else:
        after = opening.valid_plan(locate.read_bytes(located), located.given)
    agencies = _codes(agency, after)
    found = [
        change for change in changes(before, after) if not agencies or change.concerns(agencies)
    ]
    if format is HistoryFormat.JSON:
        rows: list[dict[str, Any]] = [
            history.change_record(change, after.plan.code, None) for change in found
        ]
        plans = [records.plan(after.plan, located.given, revision)]
        today = opening.today(after.plan.timezone, None)
        output.write(records.document(today, plans, ascii_only=not output.is_utf8(), changes=rows))
        return
    output.write("".join(history.sentence(change) + "\n" for change in found))


def _codes(typed: list[str] | None, plan: Plan) -> frozenset[str]:
    codes = (opening.agency_code(text, plan) for text in typed or ())
    return frozenset(code for code in codes if code)


def _told(repository: Repository, since: str | None) -> Iterator[Told]:
    """What each commit changed, compared with the nearest state before it that could be read."""

    @cache
    def state(commit: str, path: str) -> Plan | None:
        data = repository.blob(commit, path)
        return reader.read(data).plan if data is not None else None

    listed = repository.history(since)
    for number, commit in enumerate(listed):
        after = state(commit.id, commit.path)
        if after is None:
            yield Told(commit, None)
            continue
        compared = []
        for parent in commit.parents if commit.path_before else ():
            before = state(parent, commit.path_before or commit.path)
            if before is None:
                older = (state(one.id, one.path) for one in listed[number + 1 :])
                before = next((plan for plan in older if plan), None)
            compared.append(changes(before, after) if before else [Change(Kind.ADDED)])
        yield Told(commit, common(compared or [[Change(Kind.ADDED)]]))


def _chosen(told: Told, agencies: frozenset[str]) -> list[Change] | None:
    if told.changes is None or not agencies:
        return told.changes
    return [change for change in told.changes if change.concerns(agencies)]


def _kept(told: Told, agencies: frozenset[str]) -> bool:
    """Whether a commit has anything to tell; one that could not be read always has."""
    return told.changes is None or bool(_chosen(told, agencies)) or not agencies
