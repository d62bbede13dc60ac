"""From a file's bytes to a plan, or to everything that keeps it from being one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from de06cli.messages import _
from de06cli.plan import document, rules, schema
from de06cli.plan import findings as f
from de06cli.plan.document import Document, Mapping, Node, Sequence
from de06cli.plan.findings import Finding, Problem, Severity
from de06cli.plan.records import Agency, Heading, Model, Plan


@dataclass(frozen=True, eq=False)
class Reading:
    """What one reading of a file gave: a plan when there are no errors, and the errors otherwise."""

    document: Document
    plan: Plan | None
    errors: tuple[Finding, ...]


def read(data: bytes, *, edit: bool = False) -> Reading:
    """Read and validate the bytes of a data file. Raises nothing for whatever ``data`` holds.

    With ``edit`` the document keeps what its places are found with.
    """
    with no_collector():
        parsed = document.parse(data, edit=edit)
        plan = None
        problems: list[Problem] = []
        if parsed.value is not None:
            plan, problems = schema.validate(parsed.value)
            problems += rules.errors(parsed.value)
    found = _in_order([*parsed.findings, *_placed(parsed, problems)])
    return Reading(parsed, None if found else plan, found)


@contextmanager
def no_collector() -> Iterator[None]:
    """Keeps the cyclic garbage collector from walking a growing tree over and over; there are no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def review(reading: Reading, today: date, *, one_of_many: bool = False) -> tuple[Finding, ...]:
    """Every finding of a reading, the warnings and notes too; ``today`` is the plan's day.

    As ``one_of_many`` plans, its models are named with its code.
    """
    plan, value = reading.plan, reading.document.value
    if plan:
        heading: Heading | None = plan.plan
        agencies, models = list(enumerate(plan.agencies)), list(enumerate(plan.models))
    else:
        values = value if isinstance(value, dict) else {}
        heading = schema.valid_part(Heading, values.get("plan"))
        agencies = _valid_items(Agency, values.get("agencies"))
        models = _valid_items(Model, values.get("models"))
    problems = [
        *rules.warnings(models, today),
        *rules.shared_names(agencies),
        *rules.mailboxes(agencies),
        *rules.open_questions(models, heading.code if heading and one_of_many else None),
    ]
    if heading and models:
        problems += rules.plan_warnings(heading, len(value["models"]))
    if plan:  # with an error, an agency may be named where it can't be read
        problems += rules.unused_agencies(agencies, models)
    return _in_order([*reading.errors, *_placed(reading.document, problems)])


def _valid_items(record: type[Any], listed: object) -> list[tuple[int, Any]]:
    """The valid records of a list, each with its index."""
    items = enumerate(listed if isinstance(listed, list) else [])
    valid = ((index, schema.valid_part(record, item)) for index, item in items)
    return [(index, item) for index, item in valid if item]


def same_code(reading: Reading, code: str, other: str) -> Finding:
    """That the plan's code is also that of the plan in the file ``other``, read together with it."""
    problem = Problem(
        f.DUPLICATE_PLAN,
        ("plan", "code"),
        _("Mã kế hoạch “{code}” cũng là của {other}.").format(code=code, other=other),
        _("Mỗi kế hoạch cần một mã riêng."),
    )
    return _placed(reading.document, [problem])[0]


def has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _placed(parsed: Document, problems: list[Problem]) -> list[Finding]:
    return [
        Finding(
            problem.code,
            parsed.source.place(parsed.index_of(problem.path, at_key=problem.at_key)),
            problem.message,
            problem.advice,
        )
        for problem in problems
        if not (parsed.findings and _follows(parsed, problem))
    ]


# What is missing may stand under a key that was refused: this one, or one that can't be known ("").
_MAY_BE_LOST = {
    f.MISSING_KEY: "",
    f.WRONG_SHAPE: "",
    f.NO_DEADLINE: "ongoing",
    f.PROGRESS_WITHOUT_DATE: "date",
    f.PROGRESS_WITHOUT_NOTE: "note",
}


def _follows(parsed: Document, problem: Problem) -> bool:
    """Whether the problem may be there only because YAML's errors took a part of the text away."""
    path = problem.path
    if problem.code == f.UNKNOWN_AGENCY:
        register = parsed.node(("agencies",))
        agencies = register.items if isinstance(register, Sequence) else []
        return _lost(parsed.root, "agencies") or any(_lost(agency, "code") for agency in agencies)
    if problem.code != f.UNKNOWN_KEY and path and _lost(parsed.node(path[:-1]), path[-1]):
        return True  # nobody can tell which of the repeated key's values is meant
    node = parsed.node(path[:-1] if problem.code == f.NO_DEADLINE else path)
    key = _MAY_BE_LOST.get(problem.code)
    return key is not None and _lost(node, "", key)


def _lost(node: Node | None, *keys: str | int) -> bool:
    return isinstance(node, Mapping) and any(key in node.lost for key in keys)


def _in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """The findings from top to bottom; what only follows from an error of YAML is left out."""
    yaml_errors = {finding.place for finding in found if finding.code.startswith("E1")}
    kept = [
        finding
        for finding in found
        if finding.code.startswith("E1") or finding.place not in yaml_errors
    ]
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: finding.place))
