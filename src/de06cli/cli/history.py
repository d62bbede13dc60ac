"""What changed, from git's history, in the plan's own words: ``log`` and ``diff``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from de06cli.cli import commits, completion, opening, output, selecting
from de06cli.cli.options import Reading, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import portfolio
from de06cli.plan.git import Repository
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change, changes, moved
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
    version = opening.version(located, reading.rev)
    plan = opening.valid_plan(version.data, _named(located.given, reading.rev))
    today = version.today(plan.plan.timezone, reading.as_of)
    first = typed_day(since, today) if since is not None else date.min
    last = today if reading.as_of is not None else date.max
    agencies = _codes(agency, plan)
    all_told = commits.told(repository, version.commit, ZoneInfo(plan.plan.timezone), first, last)
    told = [one for one in all_told if _kept(one, agencies)]
    if any(one.cut for one in told):
        output.say(_("Kho git này là bản sao rút gọn: các thay đổi cũ hơn không có ở đây."))
    if format is HistoryFormat.JSON:
        rows = [
            history.change_record(change, plan.plan.code, one.commit)
            for one in told
            for change in _chosen(one.changes or [], agencies)
        ]
        unread = [one.commit.id for one in told if one.changes is None]
        plans = [records.plan(plan.plan, located.given, version.commit)]
        ascii_only = not output.is_utf8()
        output.write(
            records.document(today, plans, ascii_only=ascii_only, changes=rows, unreadable=unread)
        )
        return
    entries = (
        history.entry(
            one.commit, one.when, one.changes and _chosen(one.changes, agencies), cut=one.cut
        )
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
    old, new = opening.version(located, older), opening.version(located, newer)
    before = opening.valid_plan(old.data, _named(located.given, older))
    after = opening.valid_plan(new.data, _named(located.given, newer))
    today = new.today(after.plan.timezone, reading.as_of)
    if reading.as_of is not None:
        opening.tell_left_out(as_of(portfolio.single(after), (today,)))
        before, after = plan_known_by(before, today), plan_known_by(after, today)
    path = new.path or Repository.around(located.path).path
    all_found = [*changes(before, after), *moved(old.path or path, path)]
    found = _chosen(all_found, _codes(agency, after))
    if format is HistoryFormat.JSON:
        rows = [history.change_record(change, after.plan.code, None) for change in found]
        plans = [records.plan(after.plan, located.given, new.commit)]
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


def _chosen(found: list[Change], agencies: frozenset[str]) -> list[Change]:
    return [change for change in found if not agencies or change.concerns(agencies)]


def _kept(told: commits.Told, agencies: frozenset[str]) -> bool:
    """Whether a commit has anything to tell; one that could not be read, or compared, always has."""
    return told.changes is None or told.cut or not agencies or bool(_chosen(told.changes, agencies))
