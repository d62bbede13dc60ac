"""An agency that others follow, or whose part in a model others take: ``handover``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import opening, selection
from de06cli.cli.commands.mark.marks import typed_text
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, make, writable
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import portfolio
from de06cli.plan.file.edits import Edit, SetEnded, SetPart
from de06cli.plan.records import Ended, Plan
from de06cli.tracking import additions, marking, places
from de06cli.tracking.dates import typed_day
from de06cli.views.contents import sentences


@grouped
def run(
    agency: Annotated[str, Argument(metavar="FROM", autocompletion=values.agencies)],
    to: Annotated[list[str], Argument(metavar="TO...", autocompletion=values.agencies)],
    writing: Writing,
    model: Annotated[
        list[str] | None,
        Option(
            "--model",
            metavar="MODEL",
            help=N_("Chỉ bàn giao nhiệm vụ này; đơn vị vẫn hoạt động. Dùng được nhiều lần."),
            autocompletion=values.models,
        ),
    ] = None,
    on: Annotated[
        str | None,
        Option(
            "--on", metavar="DATE", help=N_("Ngày đầu tiên của phân công mới; mặc định: hôm nay.")
        ),
    ] = None,
    document: Annotated[
        str | None,
        Option("--document", metavar="TEXT", help=N_("Số, ký hiệu văn bản bàn giao.")),
    ] = None,
    reason: Annotated[
        str | None, Option("--reason", metavar="TEXT", help=N_("Lý do bàn giao."))
    ] = None,
) -> None:
    target = writable(opening.one_file(writing.data))

    def wanted(plan: Plan) -> list[Edit]:
        today = opening.today(plan.plan.timezone, None)
        day = typed_day(on, today) if on is not None else today
        former = selection.agency_coded(agency, plan)
        successors = tuple(dict.fromkeys(selection.agency_coded(text, plan) for text in to))
        if former in successors:
            raise RefusedValue(
                _("Đơn vị {code} không thể tiếp nhận từ chính mình.").format(code=former)
            )
        told = typed_text(document, "--document"), typed_text(reason, "--reason")
        if not model:
            if told[1] is not None:
                raise RefusedValue(_("--reason chỉ dùng với --model."))
            return [SetEnded(former, _ended(plan, former, Ended(day, successors, told[0])))]
        made: list[Edit] = []
        for text in model:
            place = places.resolve(text, portfolio.single(plan))
            marking.refuse_part(place)
            handovers = additions.with_handover(place.model, former, successors, day, *told)
            made.append(SetPart(place.model.model, "handovers", handovers))
        return made

    make(FileChange(target, wanted, sentences.handed_over), writing)


def _ended(plan: Plan, code: str, typed: Ended) -> Ended:
    """What was typed, with the document that is recorded for this day where none was typed."""
    before = next(one.ended for one in plan.agencies if one.code == code)
    if typed.document is None and before is not None and before.on == typed.on:
        return typed._replace(document=before.document)
    return typed
