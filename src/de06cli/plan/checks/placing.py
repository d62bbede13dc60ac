"""Problems become findings at their places in the file, as far as they are no mere consequences of others."""

from __future__ import annotations

import re

from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.checks import commas, odd, rules, times
from de06cli.plan.file.document import Document
from de06cli.plan.file.nodes import Mapping, Node, Scalar, Sequence
from de06cli.plan.findings import Finding, Location, Problem, Severity
from de06cli.plan.validation import declared


def placed(parsed: Document, problems: list[Problem]) -> list[Finding]:
    """The findings that problems of a document's values are."""
    problems = _with_codes(parsed.value, problems)
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


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
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
