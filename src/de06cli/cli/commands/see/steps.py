"""Steps, not models: ``steps``."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from de06cli.cli import answer, opening, output, selection
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Format, FormatOption, Reading
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.messages import N_, _
from de06cli.plan import nouns
from de06cli.plan.parts import Progress
from de06cli.tracking import filters, step_list
from de06cli.tracking.step_list import StepQuery
from de06cli.tracking.terms import StepStatus
from de06cli.views.contents import step_table
from de06cli.views.links import evidence_folders
from de06cli.views.text import json_answer


class Evidence(StrEnum):
    MISSING = "missing"


@grouped
def run(
    reading: Reading,
    chosen: Filters,
    status: Annotated[
        list[StepStatus] | None, Option("--status", help=N_("Tình trạng của bước."))
    ] = None,
    next_only: Annotated[
        bool,
        Option(
            "--next",
            help=N_(
                "Chỉ bước mà mỗi nhiệm vụ chưa hoàn thành đang chờ: bước vướng mắc, hoặc bước tiếp theo."
            ),
        ),
    ] = False,
    stale: Annotated[
        int | None,
        Option(
            "--stale",
            metavar="DAYS",
            min=0,
            max=36500,
            help=N_("Bước đang thực hiện hoặc vướng mắc từ số ngày này trở lên."),
        ),
    ] = None,
    evidence: Annotated[
        Evidence | None,
        Option(
            "--evidence",
            help=N_(
                "missing: đã hoàn thành mà chưa có minh chứng, hoặc thiếu tệp trong evidence_folder."
            ),
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's own name
) -> None:
    opened = opening.open_plans(reading)
    asked = step_list.acting(selection.query(opened, chosen))
    tasks = filters.select(
        opened.view.tasks(selection.positions(opened.view, chosen, asked)), asked
    )
    lacks = _lacks_evidence(opened) if evidence is Evidence.MISSING else None
    wanted = StepQuery(frozenset(status or ()), next_only, stale, lacks)
    found = step_list.listed(tasks, asked, wanted)
    if format in {None, Format.TABLE}:
        people = output.is_terminal()
        table = (
            step_table.for_people(found, opened.portfolio) if people else step_table.steps(found)
        )
        answer.people(
            table,
            step_table.counted(found, opened.today),
            nouns.filled(_("Không có {step} nào phù hợp.")),
        )
        return
    answer.programs(
        format,
        lambda: step_table.steps(found),
        [json_answer.listed_step(one) for one in found],
        [step_table.address(one) for one in found],
        lambda rows: opened.as_json(steps=rows),
        json_answer.step_columns(),
    )


def _lacks_evidence(opened: Opened) -> Callable[[str, Progress], bool]:
    """Whether progress, of the plan with a code, is done without a document or names one whose file lacks."""
    folders = evidence_folders(opened.view)

    def lacks(plan: str, progress: Progress) -> bool:
        if progress.evidence is None:
            return progress.status == "done"
        return plan in folders and folders[plan].lacks(progress.evidence)

    return lacks
