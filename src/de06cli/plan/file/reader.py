"""From a file's bytes to a plan, or to everything that keeps it from being one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from de06cli.named_tuples import NamedTuple
from de06cli.plan.checks import rules
from de06cli.plan.file import document
from de06cli.plan.file.document import Document
from de06cli.plan.findings import Finding, Problem
from de06cli.plan.records import Plan
from de06cli.plan.validation.fitting import fitted


class FileReading(NamedTuple):
    """The result of reading a file: a plan if there are no errors, else the errors."""

    document: Document
    plan: Plan | None
    errors: tuple[Finding, ...]


def read(data: bytes, *, edit: bool = False) -> FileReading:
    """Read and validate the bytes of a data file. Raises nothing for whatever ``data`` holds.

    With ``edit`` the document keeps what its places are found with.
    """
    with no_collector():
        parsed = document.parse(data, edit=edit)
        plan, problems = _checked(parsed.value)
    if plan and not problems and not parsed.findings:
        return FileReading(parsed, plan, ())
    from de06cli.plan.checks import placing  # noqa: PLC0415 - most files have no errors

    found = placing.in_order([*parsed.findings, *placing.placed(parsed, problems)])
    return FileReading(parsed, None if found else plan, found)


def _checked(values: object) -> tuple[Plan | None, list[Problem]]:
    """The plan that a document's ``values`` describe, None for none, and the errors in them."""
    if values is None:
        return None, []
    plan = fitted(Plan, values)
    if plan:
        return plan, rules.errors(values)
    from de06cli.plan.validation import schema  # noqa: PLC0415 - brings pydantic

    plan, misfits = schema.validate(values)
    return plan, misfits + rules.errors(values)


MANY_OBJECTS = 100_000


@contextmanager
def no_collector() -> Iterator[None]:
    """Keeps the cyclic garbage collector from walking a growing tree over and over; there are no cycles.

    Nor is it to walk the tree afterwards, where that has many objects: these are freed without it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > MANY_OBJECTS:
                gc.freeze()
            gc.enable()
