"""A value of a target: ``record``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from de06cli.cli import opening, selection
from de06cli.cli.commands.mark.marks import target_of, typed_text, usual_agency
from de06cli.cli.file_change import FileChange, Writing, ask, make
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import portfolio, quantities
from de06cli.plan.file.edits import Edit, SetPart
from de06cli.plan.parts import Measurement, Target
from de06cli.plan.records import Plan
from de06cli.tracking import additions, marking, places
from de06cli.tracking.dates import typed_day
from de06cli.views.contents import sentences


@grouped
def run(
    target: Annotated[str, Argument(metavar="MODEL.tN")],
    value: Annotated[str, Argument(metavar="VALUE")],
    writing: Writing,
    date: Annotated[
        str | None,
        Option("--date", metavar="DATE", help=N_("Ngày của số liệu; mặc định: hôm nay.")),
    ] = None,
    by: Annotated[
        str | None,
        Option("--by", metavar="TEXT", help=N_("Đơn vị báo cáo; mặc định: theo DE06_AGENCY.")),
    ] = None,
    evidence: Annotated[
        str | None,
        Option("--evidence", metavar="TEXT", help=N_("Minh chứng: số, ký hiệu văn bản.")),
    ] = None,
) -> None:
    amount = additions.typed_amount(value)
    file, plan, of = target_of(writing.data, [target])

    def measured(plan: Plan) -> tuple[places.Place, Target, Measurement]:
        today = opening.today(plan.plan.timezone, None)
        place = places.resolve(target, portfolio.single(plan))
        if place.target is None:
            raise RefusedValue(
                _("{address} không phải là chỉ tiêu; chỉ tiêu có dạng 14.t1.").format(
                    address=target
                )
            )
        day = typed_day(date, today) if date is not None else today
        marking.refuse_later(day, today)
        marking.refuse_stopped(place.model, day)
        if quantities.value(amount).is_share and place.target.unit != "%":
            raise RefusedValue(_("Chỉ tiêu này không tính bằng %; hãy ghi một số, ví dụ 8432."))
        agency = selection.agency_code(typed_text(by, "--by"), plan) or usual_agency(plan)
        return (
            place,
            place.target,
            Measurement(day, amount, agency, typed_text(evidence, "--evidence")),
        )

    def wanted(plan: Plan) -> list[Edit]:
        place, of_target, measurement = measured(plan)
        values = additions.with_value(of_target.values, measurement)
        return [SetPart(place.model.model, "values", values, of_target.target)]

    place, of_target, measurement = measured(plan)
    before = next((one for one in of_target.values if one.date == measurement.date), None)
    if before and before != measurement:
        ask(
            _("Ngày này đã có số liệu, cần xác nhận:"),
            sentences.measured(place.model, of_target, measurement, of),
            _("Thay số liệu của ngày này? (c: có, Enter: không)"),
            _("Thêm --yes nếu đúng."),
            writing,
        )

    def summary(_plan: Plan, _made: Sequence[Edit]) -> str:
        return sentences.measured(place.model, of_target, measurement, of) + "\n"

    make(FileChange(file, wanted, summary), writing)
