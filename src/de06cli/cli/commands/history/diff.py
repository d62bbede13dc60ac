"""What differs between two revisions: ``diff``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from de06cli.cli import environment, opening, output
from de06cli.cli.commands.history.versions import (
    AgencyOption,
    HistoryFormat,
    HistoryFormatOption,
    known_plan,
    named_file,
    print_history,
    wanted,
)
from de06cli.cli.options import Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import portfolio
from de06cli.plan.committed.git import Repository
from de06cli.plan.file.locate import Located
from de06cli.tracking.changes import changes, moved
from de06cli.tracking.dates import typed_day
from de06cli.tracking.states import as_of, plan_known_by
from de06cli.views import words
from de06cli.views.contents.changes import grouped_history, history
from de06cli.views.contents.lines import Line
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    revisions: Annotated[list[str] | None, Argument(metavar="[REV [REV]]")] = None,
    since: Annotated[
        str | None,
        Option("--since", metavar="DATE", help=N_("Các thay đổi từ ngày này đến nay.")),
    ] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    located = opening.one_file(reading.data)
    if since is None:
        older, newer = _compared(revisions or [], reading.rev)
    else:
        older, newer = _since(since, located), _newer(revisions or [], reading.rev)
    old, new = opening.version(located, older), opening.version(located, newer)
    before = opening.valid_plan(old.data, named_file(located.given, older))
    after = opening.valid_plan(new.data, named_file(located.given, newer))
    today = new.today(after.plan.timezone, reading.as_of)
    if reading.as_of is not None:
        opening.warn_of_left_out(as_of(portfolio.single(after), (today,)))
        before, after = plan_known_by(before, today), plan_known_by(after, today)
    path = new.path or Repository.around(located.path, environment.variables()).path
    all_found = [*changes(before, after), *moved(old.path or path, path)]
    found = wanted(agency, None, after).chosen(all_found)
    if format is HistoryFormat.JSON:
        rows = [history.change_record(change, after.plan.code, None) for change in found]
        plans = [json_answer.plan(after.plan, located.given, new.commit)]
        output.write(
            json_answer.document(today, plans, ascii_only=not output.is_utf8(), changes=rows)
        )
        return
    text = "".join(history.sentence(change) + "\n" for change in found)

    def lines() -> list[Line]:
        commits = Repository.around(located.path, environment.variables()).history(old.commit)
        zone = ZoneInfo(after.plan.timezone)
        return [*grouped_history.since(commits[:1], zone), *grouped_history.grouped(found)]

    print_history(text, lines, format)


def _compared(typed: list[str], rev: str | None) -> tuple[str, str | None]:
    """The older revision and the newer, which is None for the file as it is now."""
    if len(typed) + (rev is not None) > 2:
        raise RefusedValue(_("diff so sánh nhiều nhất hai phiên bản."))
    return typed[0] if typed else "HEAD", typed[1] if len(typed) == 2 else rev


def _newer(typed: list[str], rev: str | None) -> str | None:
    """The newer revision beside ``--since``, which names the older one."""
    if len(typed) + (rev is not None) > 1:
        raise RefusedValue(_("Có --since thì diff nhận nhiều nhất một phiên bản."))
    return typed[0] if typed else rev


def _since(typed: str, located: Located) -> str:
    """The id of the last commit before the typed day. Raises RefusedValue where there is none."""
    timezone = known_plan(located, None)[1].plan.timezone
    day = typed_day(typed, opening.today(timezone, None))
    before = day - timedelta(days=1) if day > date.min else day
    commit = Repository.around(located.path, environment.variables()).commit_of_day(
        before, timezone
    )
    if commit is None:
        raise RefusedValue(
            _("Kho git không có phiên bản nào trước ngày {day}. Xem: de06 log.").format(
                day=words.day(day)
            )
        )
    return commit
