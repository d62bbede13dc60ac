"""What is wrong with a plan's file, and where."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


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
# Notes
UNUSED_AGENCY: Final = "N501"
OPEN_QUESTION: Final = "N502"

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


class Place(NamedTuple):
    """A place in a file: line and column count from 1, columns in characters."""

    line: int
    column: int


class Finding(NamedTuple):
    """One thing to mend: a sentence that says what is wrong, another that says what to do."""

    code: str
    place: Place
    message: str
    advice: str = ""

    @property
    def severity(self) -> Severity:
        return _SEVERITIES[self.code[0]]


class Problem(NamedTuple):
    """A finding before its place is known: ``path`` leads to it through keys and list indexes.

    With ``at_key`` the place is the key itself, not its value.
    """

    code: str
    path: tuple[str | int, ...]
    message: str
    advice: str = ""
    at_key: bool = False
