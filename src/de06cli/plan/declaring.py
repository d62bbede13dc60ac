"""What the declaration of a field says beside its type: how it is written, what people see of it.

``Annotated`` holds it. A type of its own for each kind of value keeps the records short.
"""

from datetime import date
from typing import Annotated, Literal

from de06cli.plan.periods import Period


class Written:
    """How a kind of value is written in the file, by a name that ``plan/validation/notation.py`` explains."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class About:
    """What people see of a field: its ``label`` in tables and in history, and what an editor says of it.

    ``section`` is BACKGROUND or PRINTED for a field that ``show``, the page, the workbook and the register
    show by its label; none for one that has a place of its own there. ``searched`` says whether
    ``--search`` looks at its text. ``part`` is PROGRESS, DEADLINE or ROLE for what a change of it is about.
    """

    def __init__(
        self,
        label: str,
        description: str,
        *,
        section: str = "",
        searched: bool = True,
        part: str = "",
    ) -> None:
        self.label = label
        self.description = description
        self.section = section
        self.searched = searched
        self.part = part


BACKGROUND = "background"  # what the plan says beyond time, roles and progress
PRINTED = "printed"  # the same, in the columns that the office's own appendix has
PROGRESS, DEADLINE, ROLE = "progress", "deadline", "role"  # ROLE: the codes of agencies

LIST, AT_LEAST_ONE = Written("list"), Written("at least one")
Number = Annotated[int, Written("number")]
Offset = Annotated[int, Written("offset")]  # days; negative: before
# A number where it is one, else a text: 9, II-3; 4, 11.1. Equal but for case is the same.
Label = int | str
ModelLabel = Annotated[Label, Written("model label")]
RowLabel = Annotated[Label, Written("row label")]
Day = Annotated[date, Written("day")]
DayOrPeriod = Annotated[Period, Written("period")]  # it counts by its last day
OwnPeriod = Annotated[Period, Written("own period")]  # no day: one that a duty may have
Text = Annotated[str, Written("text")]
Word = Annotated[str, Written("word")]  # no prose: a "#" behind it begins a comment
Code = Annotated[str, Written("code")]
AgencyCode = Annotated[str, Written("agency")]  # one of the register
Texts = Annotated[tuple[Text, ...], LIST]
OneOrMoreTexts = Annotated[tuple[Text, ...], Written("one or more")]
OneOrMoreWords = Annotated[tuple[Word, ...], Written("one or more")]
OneOrMoreCodes = Annotated[tuple[AgencyCode, ...], Written("one or more")]
Codes = Annotated[tuple[AgencyCode, ...], LIST]
Leads = Annotated[tuple[AgencyCode, ...], AT_LEAST_ONE]
NewCodes = Annotated[tuple[AgencyCode, ...] | None, Written("any list")]  # None: as it was
NewLeads = Annotated[tuple[AgencyCode, ...] | None, AT_LEAST_ONE]
Pairs = Annotated[tuple[tuple[str, str], ...], Written("pairs")]  # headings and texts, as printed
Goals = Annotated[
    tuple[tuple[Period | None, str], ...], Written("goals")
]  # None: due with the model
Amount = Annotated[str, Written("amount")]  # digits, or a share: 69.7, 8432/12100

Level = Literal["central", "province", "district", "commune", "enterprise", "group"]
Status = Literal["doing", "done", "blocked", "skipped"]
Every = Literal["week", "month", "quarter", "half", "year"]
