"""What a reading has besides its plan: its warnings and notes, and every finding in one order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings
from de06cli.plan.checks import comments, evidence_files, rules, succession, targets
from de06cli.plan.checks.placing import in_order, placed
from de06cli.plan.file.evidence import EvidenceFolder
from de06cli.plan.file.reader import FileReading
from de06cli.plan.findings import Finding, Problem
from de06cli.plan.records import Agency, Heading, Model
from de06cli.plan.validation import declared
from de06cli.plan.validation.fitting import fitted


def review(
    reading: FileReading, today: date, *, one_of_many: bool = False, path: Path | None = None
) -> tuple[Finding, ...]:
    """Every finding of a reading, the warnings and notes too; ``today`` is the plan's day.

    As ``one_of_many`` plans, its models are named with its code. ``path`` is the file as it lies on the
    disk, beside its evidence; without it, no evidence is looked for.
    """
    plan, value = reading.plan, reading.document.value
    if plan:
        heading: Heading | None = plan.plan
        agencies, models = list(enumerate(plan.agencies)), list(enumerate(plan.models))
        listed: object = plan.models
    else:
        values = value if isinstance(value, dict) else {}
        heading = fitted(Heading, values.get("plan"))
        agencies = _valid_items(Agency, values.get("agencies"))
        listed = values.get("models")
        models = _valid_items(Model, listed)
    issued = heading.issued if heading else None
    problems = [
        *comments.cut_texts(reading.document, declared.is_prose),
        *rules.warnings(models, today, issued),
        *succession.warnings(agencies, models, today, issued),
        *rules.shared_names(agencies),
        *rules.mailboxes(agencies),
        *targets.goals_in_words(models),
        *rules.open_questions(models, heading.code if heading and one_of_many else None),
    ]
    if path and heading:
        folder = EvidenceFolder(path, heading.evidence_folder)
        problems += evidence_files.missing(models, folder)
    if heading and models and isinstance(listed, list | tuple):
        problems += rules.plan_warnings(heading, len(listed))
    if plan:  # with an error, an agency may be named where it can't be read
        problems += rules.unused_agencies(plan)
    return in_order([*reading.errors, *placed(reading.document, problems)])


_Record = TypeVar("_Record", bound=NamedTuple)


def _valid_items(record: type[_Record], listed: object) -> list[tuple[int, _Record]]:
    """The valid records of a list, each with its index."""
    items = enumerate(listed if isinstance(listed, list) else [])
    valid = ((index, fitted(record, item)) for index, item in items)
    return [(index, item) for index, item in valid if item]


def same_code(reading: FileReading, code: str, other: str) -> Finding:
    """That the plan's code is also that of the plan in the file ``other``, read together with it."""
    problem = Problem(
        findings.DUPLICATE_PLAN,
        ("plan", "code"),
        _("Mã kế hoạch “{code}” cũng là của {other}.").format(code=code, other=other),
        _("Mỗi kế hoạch cần một mã riêng."),
    )
    return placed(reading.document, [problem])[0]
