"""What each commit changed: ``log``."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from de06cli.cli import environment, opening, output
from de06cli.cli.commands.history import commits
from de06cli.cli.commands.history.versions import (
    AgencyOption,
    HistoryFormat,
    HistoryFormatOption,
    chosen_changes,
    codes_of,
    named_file,
    print_history,
)
from de06cli.cli.options import Reading, grouped
from de06cli.messages import N_, _
from de06cli.plan.committed.git import Repository
from de06cli.tracking.dates import typed_day
from de06cli.views.contents import history
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help=N_("Từ ngày này đến nay.")),
    ] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    located = opening.one_file(reading.data)
    repository = Repository.around(located.path, environment.variables())
    version = opening.version(located, reading.rev)
    plan = opening.valid_plan(version.data, named_file(located.given, reading.rev))
    today = version.today(plan.plan.timezone, reading.as_of)
    first = typed_day(since, today) if since is not None else date.min
    last = today if reading.as_of is not None else date.max
    agencies = codes_of(agency, plan)
    all_told = commits.told(repository, version.commit, ZoneInfo(plan.plan.timezone), first, last)
    told = [one for one in all_told if _kept(one, agencies)]
    if any(one.cut for one in told):
        output.say(_("Kho git này là bản sao rút gọn: các thay đổi cũ hơn không có ở đây."))
    if format is HistoryFormat.JSON:
        rows = [
            history.change_record(change, plan.plan.code, one.commit)
            for one in told
            for change in chosen_changes(one.changes or [], agencies)
        ]
        unread = [one.commit.id for one in told if one.changes is None]
        plans = [json_answer.plan(plan.plan, located.given, version.commit)]
        ascii_only = not output.is_utf8()
        output.write(
            json_answer.document(
                today, plans, ascii_only=ascii_only, changes=rows, unreadable=unread
            )
        )
        return
    entries = (
        history.entry(
            one.commit, one.when, one.changes and chosen_changes(one.changes, agencies), cut=one.cut
        )
        for one in told
    )
    print_history("".join(entries), format)


def _kept(told: commits.Told, agencies: frozenset[str]) -> bool:
    """Whether a commit has anything to tell; one that could not be read, or compared, always has."""
    return (
        told.changes is None
        or told.cut
        or not agencies
        or bool(chosen_changes(told.changes, agencies))
    )
