"""What is wrong with a plan's file, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from de06cli.characters import in_bytes
from de06cli.messages import ngettext

SAME = 3  # places of one and the same mistake that are printed
MAX_BYTES = 400  # of one finding, in UTF-8


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Errors that end the reading
NOT_UTF8: Final = "E101"
TOO_LARGE: Final = "E102"
EMPTY: Final = "E103"
FORBIDDEN_CHARACTER: Final = "E104"
CONFLICT_MARKER: Final = "E105"
SYNTAX: Final = "E106"
SEVERAL_DOCUMENTS: Final = "E107"
TOO_DEEP: Final = "E108"
NOT_TEXT: Final = "E109"
# Errors of YAML that a plan does without
ANCHOR: Final = "E111"
MERGE_KEY: Final = "E112"
TAG: Final = "E113"
DUPLICATE_KEY: Final = "E114"
BAD_KEY: Final = "E115"
# Errors of shape
UNKNOWN_KEY: Final = "E201"
MISSING_KEY: Final = "E202"
WRONG_SHAPE: Final = "E203"
NOT_A_NUMBER: Final = "E204"
NOT_A_DATE: Final = "E205"
NOT_ALLOWED: Final = "E206"
NO_TEXT: Final = "E207"
BAD_CODE: Final = "E208"
# Errors between fields
DUPLICATE_MODEL: Final = "E301"
DUPLICATE_STT: Final = "E302"
DUPLICATE_STEP: Final = "E303"
DUPLICATE_AGENCY: Final = "E304"
UNKNOWN_AGENCY: Final = "E305"
NO_DEADLINE: Final = "E306"
PROGRESS_WITHOUT_DATE: Final = "E307"
PROGRESS_WITHOUT_NOTE: Final = "E308"
DUPLICATE_PLAN: Final = "E309"  # among several files
# Warnings
STEPS_OUT_OF_ORDER: Final = "W401"
FUTURE_PROGRESS: Final = "W402"
STEP_DUE_AFTER_MODEL: Final = "W403"
EXTENSION_NOT_LATER: Final = "W404"
ALL_SKIPPED: Final = "W405"
DECLARED_MODELS: Final = "W406"
SHARED_NAME: Final = "W407"
BAD_MAILBOX: Final = "W408"
TEXT_CUT: Final = "W409"
# Notes
UNUSED_AGENCY: Final = "N501"
OPEN_QUESTION: Final = "N502"

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


class Location(NamedTuple):
    """A place in a file: line and column count from 1, columns in characters."""

    line: int
    column: int


class Finding(NamedTuple):
    """One thing to mend: a sentence that says what is wrong, another that says what to do."""

    code: str
    place: Location
    message: str
    advice: str = ""
    more: int = 0  # further places where the same was found, already counted in the message

    @property
    def severity(self) -> Severity:
        return _SEVERITIES[self.code[0]]


class Problem(NamedTuple):
    """A finding before its place is known: ``path`` leads to it through keys and list indexes.

    With ``at_key`` the place is the key itself, not its value; ``more`` further places have the same.
    """

    code: str
    path: tuple[str | int, ...]
    message: str
    advice: str = ""
    at_key: bool = False
    more: int = 0


def first_places(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, of those that say the same of the same thing only the first ``SAME``.

    The last of these gets the number of the others. What is missing between two fields is another thing
    in each place.
    """
    kept: list[Problem] = []
    seen: dict[tuple[str, ...], tuple[int, int]] = {}  # how many, and the last that was kept
    for problem in problems:
        key = next((part for part in reversed(problem.path) if isinstance(part, str)), "")
        kind = (problem.code, key, problem.message, problem.advice)
        count, last = seen.get(kind, (0, 0))
        if not problem.code.startswith("E2") or count < SAME:
            last = len(kept)
            kept.append(problem)
        seen[kind] = (count + 1, last)
    for (code, *_same), (count, last) in seen.items():
        if code.startswith("E2") and count > SAME:
            kept[last] = kept[last]._replace(more=count - SAME)
    return kept


class Gathered:
    """Findings as they are met: what is said a fourth time is only counted."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._seen: dict[tuple[str, str, str], tuple[int, int]] = {}

    def add(self, code: str, place: Callable[[], Location], message: str, advice: str = "") -> None:
        kind = (code, message, advice)
        count, last = self._seen.get(kind, (0, 0))
        if count < SAME:
            last = len(self._found)
            self._found.append(bounded(code, place(), message, advice))
        self._seen[kind] = (count + 1, last)

    def all(self) -> list[Finding]:
        """The findings in the order in which they were met, each with its further places."""
        found = [*self._found]
        for (code, message, advice), (count, last) in self._seen.items():
            if more := max(count - SAME, 0):
                told = with_more(message, more)
                found[last] = bounded(code, found[last].place, told, advice, more)
        return found


def with_more(message: str, more: int) -> str:
    """The message with the number of further places, if there are any."""
    if not more:
        return message
    return message + " " + ngettext("(và {n} chỗ khác)", "(và {n} chỗ khác)", more).format(n=more)


def bounded(code: str, place: Location, message: str, advice: str = "", more: int = 0) -> Finding:
    """A finding that is no longer than ``MAX_BYTES``; of the two, the advice is cut first."""
    message = in_bytes(message, MAX_BYTES)
    left = MAX_BYTES - len(message.encode("utf-8", "replace")) - 1
    return Finding(code, place, message, in_bytes(advice, left) if left > 20 else "", more)
