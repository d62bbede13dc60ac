"""From a file's bytes to a plan, or to everything that keeps it from being one."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings, schema
from de06cli.plan.checks import (
    commas,
    comments,
    declared,
    evidence_files,
    odd,
    rules,
    succession,
    targets,
    times,
)
from de06cli.plan.file import document
from de06cli.plan.file.document import Document
from de06cli.plan.file.evidence import EvidenceFolder
from de06cli.plan.file.nodes import Mapping, Node, Scalar, Sequence
from de06cli.plan.findings import Finding, Location, Problem, Severity
from de06cli.plan.records import Agency, Heading, Model, Plan


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
        plan = None
        problems: list[Problem] = []
        if parsed.value is not None:
            plan, problems = schema.validate(parsed.value)
            problems = _with_codes(parsed.value, problems) + rules.errors(parsed.value)
    found = _in_order([*parsed.findings, *_placed(parsed, problems)])
    return FileReading(parsed, None if found else plan, found)


def _with_codes(values: object, problems: list[Problem]) -> list[Problem]:
    """The problems; where a text stands in place of a list of codes, the advice names these."""
    if not any(problem.code == findings.WRONG_SHAPE for problem in problems):
        return problems
    meant = rules.lists_meant(values)
    return [
        problem._replace(advice=_("Viết {value}.").format(value=meant[problem.path]))
        if problem.code == findings.WRONG_SHAPE and problem.path in meant
        else problem
        for problem in problems
    ]


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
        heading = schema.valid_part(Heading, values.get("plan"))
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
    return _in_order([*reading.errors, *_placed(reading.document, problems)])


_Record = TypeVar("_Record", bound=NamedTuple)


def _valid_items(record: type[_Record], listed: object) -> list[tuple[int, _Record]]:
    """The valid records of a list, each with its index."""
    items = enumerate(listed if isinstance(listed, list) else [])
    valid = ((index, schema.valid_part(record, item)) for index, item in items)
    return [(index, item) for index, item in valid if item]


def same_code(reading: FileReading, code: str, other: str) -> Finding:
    """That the plan's code is also that of the plan in the file ``other``, read together with it."""
    problem = Problem(
        findings.DUPLICATE_PLAN,
        ("plan", "code"),
        _("Mã kế hoạch “{code}” cũng là của {other}.").format(code=code, other=other),
        _("Mỗi kế hoạch cần một mã riêng."),
    )
    return _placed(reading.document, [problem])[0]


def has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _placed(parsed: Document, problems: list[Problem]) -> list[Finding]:
    kept = [problem for problem in problems if not (parsed.findings and _follows(parsed, problem))]
    kept = _behind_commas(parsed, kept)
    return [_at_its_place(parsed, problem) for problem in findings.first_places(kept)]


def _behind_commas(parsed: Document, problems: list[Problem]) -> list[Problem]:
    """The problems. A key that is the rest of a text cut by a comma is reported as such, once a text."""
    found = [_behind_comma(parsed, problem) for problem in problems]
    return [problem for problem in found if problem]


def _behind_comma(parsed: Document, problem: Problem) -> Problem | None:
    if problem.code != findings.UNKNOWN_KEY or not problem.advice:
        return problem
    *above, name = problem.path
    parent = parsed.node((*above,))
    advice = commas.advice(
        parsed.source.text, parent, str(name), lambda key: declared.is_prose((*above, key))
    )
    if advice is None:
        return problem
    return problem._replace(advice=advice) if advice else None


def _at_its_place(parsed: Document, problem: Problem) -> Finding:
    index = parsed.index_of(problem.path, at_key=problem.at_key)
    message = findings.with_more(problem.message, problem.more)
    if problem.code.startswith("E") and (named := _odd_characters(parsed, problem)):
        message = f"{message} {named}"
    return findings.bounded(
        problem.code, parsed.source.place(index), message, problem.advice, problem.more
    )


# What an odd character in a key or a value may be the cause of.
_MAY_BE_ODD = {
    findings.UNKNOWN_KEY, findings.NOT_A_NUMBER, findings.NOT_A_DATE, findings.NOT_ALLOWED,
    findings.BAD_CODE, findings.UNKNOWN_AGENCY, findings.WRONG_SHAPE,
}  # fmt: skip


def _odd_characters(parsed: Document, problem: Problem) -> str:
    """The sentence about characters of the key or the value that are not what they seem."""
    if problem.code not in _MAY_BE_ODD or not problem.path:
        return ""
    node = parsed.node(problem.path)
    if problem.at_key:
        parent = parsed.node(problem.path[:-1])
        entry = isinstance(parent, Mapping) and parent.entries.get(str(problem.path[-1]))
        node = entry[0] if entry else None
    if not isinstance(node, Scalar):
        return ""
    if problem.code == findings.WRONG_SHAPE and not (node.plain and _BEGINS_ODD.match(node.text)):
        return ""  # prose may hold them
    found = odd.in_span(parsed.source, node.start, node.end)
    return found or odd.in_value(parsed.source, node.start, node.text)


# A dash of a list, brackets or quotes that YAML does not know as such.
_BEGINS_ODD = re.compile(r"[\u2010-\u2015\u2022\u2212\u201c-\u201e\u00ab\u3010\uff3b\uff5b\u00a0]")


# What is missing may stand under a key that was refused: this one, or one that can't be known ("").
_MAY_BE_LOST = {
    findings.MISSING_KEY: "",
    findings.WRONG_SHAPE: "",
    findings.PROGRESS_WITHOUT_DATE: "date",
    findings.PROGRESS_WITHOUT_NOTE: "note",
}


def _follows(parsed: Document, problem: Problem) -> bool:
    """Whether the problem may be there only because YAML's errors took a part of the text away."""
    path = problem.path
    if problem.code == findings.UNKNOWN_AGENCY:
        register = parsed.node(("agencies",))
        agencies = register.items if isinstance(register, Sequence) else []
        return _lost(parsed.root, "agencies") or any(_lost(agency, "code") for agency in agencies)
    if problem.code != findings.UNKNOWN_KEY and path and _lost(parsed.node(path[:-1]), path[-1]):
        return True  # any of the repeated key's values may be meant
    if problem.code == findings.NO_DEADLINE:
        model = parsed.node(path[:-1] if path[-1] == "deadline" else path)
        return _lost(model, "", *times.TIMES)
    node = parsed.node(path)
    key = _MAY_BE_LOST.get(problem.code)
    return key is not None and _lost(node, "", key)


def _lost(node: Node | None, *keys: str | int) -> bool:
    return isinstance(node, Mapping) and any(key in node.lost for key in keys)


def _in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Errors, warnings, notes, each from top to bottom; what only follows from YAML is left out."""
    yaml_errors = {finding.place for finding in found if finding.code.startswith("E1")}
    kept = [
        finding
        for finding in found
        if finding.code.startswith("E1") or finding.place not in yaml_errors
    ]
    return tuple(sorted(dict.fromkeys(kept), key=_rank))


_ORDER = [*Severity]


def _rank(finding: Finding) -> tuple[int, Location]:
    return _ORDER.index(finding.severity), finding.place
