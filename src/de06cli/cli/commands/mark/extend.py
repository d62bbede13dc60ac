"""A deadline moved by a document: ``extend``."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from de06cli.cli import opening
from de06cli.cli.commands.mark.marks import target_of, typed_text, warn_of_row
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, make
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import addresses, nouns, portfolio
from de06cli.plan.file.edits import Edit, SetExtensions
from de06cli.plan.parts import Extension
from de06cli.plan.records import Plan
from de06cli.tracking import marking, places
from de06cli.tracking.dates import typed_day, typed_deadline
from de06cli.views.contents import sentences


@grouped
def run(
    model: Annotated[str, Argument(metavar="MODEL", autocompletion=values.models)],
    to: Annotated[str, Argument(metavar="DATE")],
    writing: Writing,
    document: Annotated[
        str | None,
        Option("--document", metavar="TEXT", help=N_("Số, ký hiệu văn bản gia hạn.")),
    ] = None,
    reason: Annotated[
        str | None, Option("--reason", metavar="TEXT", help=N_("Lý do gia hạn."))
    ] = None,
    decided: Annotated[
        str | None,
        Option("--decided", metavar="DATE", help=N_("Ngày quyết định; mặc định: hôm nay.")),
    ] = None,
) -> None:
    target, plan, of = target_of(writing.data, [model])

    def wanted(plan: Plan) -> list[Edit]:
        today = opening.today(plan.plan.timezone, None)
        decided_on = typed_day(decided, today) if decided is not None else today
        if decided_on > today:
            raise RefusedValue(_("Ngày quyết định không được sau hôm nay."))
        place = places.resolve(model, portfolio.single(plan))
        if place.step:
            raise RefusedValue(
                nouns.filled(_("Gia hạn áp dụng cho cả {model}: gõ {number}.")).format(
                    number=addresses.written(of, place.model.model)
                )
            )
        extension = Extension(
            typed_deadline(to, today),
            decided_on,
            typed_text(document, "--document"),
            typed_text(reason, "--reason"),
        )
        return [SetExtensions(place.model.model, marking.extended(place.model, extension))]

    warn_of_row([model], plan, of)
    make(FileChange(target, wanted, partial(sentences.extended, of=of)), writing)
