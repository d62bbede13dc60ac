"""Steps with deadlines of their own, as ``overdue`` and ``upcoming`` add them to JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from de06cli.cli.parsing.declared import Option
from de06cli.messages import N_
from de06cli.tracking.states import LateStep

StepsOption = Annotated[bool, Option("--steps", help=N_("Trong JSON: thêm các bước có hạn riêng."))]


def steps_key(wanted: bool, steps: Sequence[LateStep]) -> dict[str, list[dict[str, object]]]:
    if not wanted:
        return {}
    from de06cli.views.text import json_answer  # noqa: PLC0415 - for JSON only

    return {"steps": [json_answer.late_step(late) for late in steps]}
