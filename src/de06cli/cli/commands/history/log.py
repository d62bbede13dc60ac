"""What each commit changed: ``log``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from de06cli.cli import environment, opening, output
from de06cli.cli.commands.history import commits
from de06cli.cli.commands.history.versions import (
    AgencyOption,
    HistoryFormat,
    HistoryFormatOption,
    Wanted,
    known_plan,
    print_history,
    wanted,
)
from de06cli.cli.completion import values
from de06cli.cli.options import Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.messages import N_, _
from de06cli.plan.agencies import fold
from de06cli.plan.committed.git import Repository
from de06cli.tracking.dates import typed_day
from de06cli.views.contents.changes import grouped_history, history
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    address: Annotated[
        list[str] | None,
        Argument(metavar="[ADDRESS]...", autocompletion=values.addresses),
    ] = None,
    since: Annotated[
        str | None,
        Option("--since", metavar="DATE", help=N_("Từ ngày này; mặc định: từ đầu.")),
    ] = None,
    until: Annotated[
        str | None,
        Option("--until", metavar="DATE", help=N_("Đến hết ngày này; mặc định: đến nay.")),
    ] = None,
    author: Annotated[
        str | None,
        Option(
            "--author",
            metavar="TEXT",
            help=N_("Chỉ thay đổi của người có tên này, không phân biệt dấu."),
        ),
    ] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    located = opening.one_file(reading.data)
    repository = Repository.around(located.path, environment.variables())
    version, plan = known_plan(located, reading.rev)
    today = version.today(plan.plan.timezone, reading.as_of)
    first = typed_day(since, today) if since is not None else date.min
    last = _last(until, today, as_of_a_day=reading.as_of is not None)
    asked = wanted(agency, address, plan)
    all_commits = commits.changes_by_commit(
        repository, version.commit, ZoneInfo(plan.plan.timezone), first, last
    )
    listed = list(_kept(all_commits, asked, author))
    if any(one.cut for one in listed):
        output.say(_("Kho git này là bản sao rút gọn: các thay đổi cũ hơn không có ở đây."))
    if format is HistoryFormat.JSON:
        rows = [
            history.change_record(change, plan.plan.code, one.commit)
            for one in listed
            for change in one.changes or []
        ]
        unread = [one.commit.id for one in listed if one.changes is None]
        plans = [json_answer.plan(plan.plan, located.given, version.commit)]
        ascii_only = not output.is_utf8()
        output.write(
            json_answer.document(
                today, plans, ascii_only=ascii_only, changes=rows, unreadable=unread
            )
        )
        return
    print_history(
        "".join(history.entry(one.commit, one.when, one.changes, cut=one.cut) for one in listed),
        lambda: [
            line
            for one in listed
            for line in grouped_history.entry(one.commit, one.when, one.changes, cut=one.cut)
        ],
        format,
    )


def _last(until: str | None, today: date, *, as_of_a_day: bool) -> date:
    """The last day whose changes are listed."""
    known = today if as_of_a_day else date.max
    return known if until is None else min(known, typed_day(until, today))


def _kept(
    all_commits: Iterable[commits.CommitChanges], asked: Wanted, author: str | None
) -> Iterator[commits.CommitChanges]:
    """The commits that changed what is asked for, each with these changes alone.

    A commit that could not be read, or compared, is always kept.
    """
    for one in all_commits:
        if author is not None and fold(author) not in fold(one.commit.author):
            continue
        if one.changes is None or one.cut or asked.everything:
            yield one
        elif chosen := asked.chosen(one.changes):
            yield one._replace(changes=chosen)
