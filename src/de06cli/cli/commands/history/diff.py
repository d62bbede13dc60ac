"""What differs between two revisions: ``diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from de06cli.cli import environment, opening, output
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
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import portfolio
from de06cli.plan.committed.git import Repository
from de06cli.tracking.changes import changes, moved
from de06cli.tracking.states import as_of, plan_known_by
from de06cli.views.contents import history
from de06cli.views.text import json_answer


@grouped
def run(
    reading: Reading,
    revisions: Annotated[list[str] | None, typer.Argument(metavar="[REV [REV]]")] = None,
    agency: AgencyOption = None,
    format: HistoryFormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    older, newer = _compared(revisions or [], reading.rev)
    located = opening.one_file(reading.data)
    old, new = opening.version(located, older), opening.version(located, newer)
    before = opening.valid_plan(old.data, named_file(located.given, older))
    after = opening.valid_plan(new.data, named_file(located.given, newer))
    today = new.today(after.plan.timezone, reading.as_of)
    if reading.as_of is not None:
        opening.tell_left_out(as_of(portfolio.single(after), (today,)))
        before, after = plan_known_by(before, today), plan_known_by(after, today)
    path = new.path or Repository.around(located.path, environment.variables()).path
    all_found = [*changes(before, after), *moved(old.path or path, path)]
    found = chosen_changes(all_found, codes_of(agency, after))
    if format is HistoryFormat.JSON:
        rows = [history.change_record(change, after.plan.code, None) for change in found]
        plans = [json_answer.plan(after.plan, located.given, new.commit)]
        output.write(
            json_answer.document(today, plans, ascii_only=not output.is_utf8(), changes=rows)
        )
        return
    print_history("".join(history.sentence(change) + "\n" for change in found), format)


def _compared(typed: list[str], rev: str | None) -> tuple[str, str | None]:
    """The older revision and the newer, which is None for the file as it is now."""
    if len(typed) + (rev is not None) > 2:
        raise RefusedValue(_("diff so sánh nhiều nhất hai phiên bản."))
    return typed[0] if typed else "HEAD", typed[1] if len(typed) == 2 else rev
