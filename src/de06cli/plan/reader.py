"""From a file's bytes to a plan, or to everything that keeps it from being one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from de06cli.plan import document, rules, schema
from de06cli.plan.document import Document
from de06cli.plan.findings import Finding, Problem, Severity
from de06cli.plan.records import Plan


@dataclass(frozen=True, eq=False)
class Reading:
    """What one reading of a file gave: a plan when there are no errors, and the errors otherwise."""

    document: Document
    plan: Plan | None
    errors: tuple[Finding, ...]


def read(data: bytes) -> Reading:
    """Read and validate the bytes of a data file. Raises nothing for whatever ``data`` holds."""
    with _no_collector():
        parsed = document.parse(data)
        plan = None
        problems: list[Problem] = []
        if parsed.value is not None:
            plan, problems = schema.validate(parsed.value)
            problems += rules.errors(parsed.value)
    found = _in_order([*parsed.findings, *_placed(parsed, problems)])
    return Reading(parsed, None if found else plan, found)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keeps the cyclic garbage collector from walking a growing tree over and over; there are no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def review(reading: Reading, today: date) -> tuple[Finding, ...]:
    """Every finding of a reading, the warnings and notes too; ``today`` is the plan's day."""
    value = reading.document.value
    problems: list[Problem] = []
    if reading.plan:
        plan = reading.plan
        problems += rules.warnings(enumerate(plan.models), today)
        problems += rules.plan_warnings(plan.plan, len(plan.models))
        problems += rules.shared_names(plan.agencies)
        problems += rules.notes(plan)
    elif isinstance(value, dict) and isinstance(value.get("models"), list):
        valid = [(index, schema.valid_model(model)) for index, model in enumerate(value["models"])]
        problems += rules.warnings(((index, model) for index, model in valid if model), today)
    placed = _placed(reading.document, problems)
    return _in_order([*reading.errors, *placed])


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
    ]


def _in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """The findings from top to bottom; what only follows from an error of YAML is left out."""
    yaml_errors = {finding.place for finding in found if finding.code.startswith("E1")}
    kept = [
        finding
        for finding in found
        if finding.code.startswith("E1") or finding.place not in yaml_errors
    ]
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: finding.place))
