"""A model that is no longer carried out: ``stop``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from de06cli.cli import opening
from de06cli.cli.commands.mark.marks import target_of, typed_text, warn_of_row
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, make
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import portfolio
from de06cli.plan.file.edits import Edit, SetPart
from de06cli.plan.parts import Stop
from de06cli.plan.records import Plan
from de06cli.tracking import marking, places
from de06cli.tracking.dates import typed_day
from de06cli.views.contents import sentences


@grouped
def run(
    model: Annotated[str, Argument(metavar="MODEL", autocompletion=values.models)],
    writing: Writing,
    on: Annotated[
        str | None,
        Option(
            "--on",
            metavar="DATE",
            help=N_("Ngày đầu tiên không thực hiện nữa; mặc định: hôm nay."),
        ),
    ] = None,
    document: Annotated[
        str | None,
        Option("--document", metavar="TEXT", help=N_("Số, ký hiệu văn bản cho dừng.")),
    ] = None,
    reason: Annotated[
        str | None, Option("--reason", metavar="TEXT", help=N_("Lý do dừng thực hiện."))
    ] = None,
) -> None:
    by = typed_text(document, "--document")
    if by is None:
        raise RefusedValue(_('Dừng thực hiện cần một văn bản: thêm --document "12/UBND-VX".'))
    target, plan, of = target_of(writing.data, [model])

    def wanted(plan: Plan) -> list[Edit]:
        today = opening.today(plan.plan.timezone, None)
        place = places.resolve(model, portfolio.single(plan))
        marking.refuse_part(place)
        marking.refuse_stopped(place.model, today)
        stop = Stop(
            typed_day(on, today) if on is not None else today, by, typed_text(reason, "--reason")
        )
        return [SetPart(place.model.model, "stopped", stop)]

    def summary(plan: Plan, made: Sequence[Edit]) -> str:
        return sentences.stopped(plan, made, of)

    warn_of_row([model], plan, of)
    make(FileChange(target, wanted, summary), writing)
