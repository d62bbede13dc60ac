"""Periods: the days, weeks, months, quarters, half-years and years in which documents set deadlines.

A period counts by its last day: ``2025-Q2`` and ``2025-H1`` are the same deadline, and two periods are
compared by ``last``. Weeks are those of ISO 8601: Monday first, named by the year of their Thursday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple

Kind = Literal["day", "week", "month", "quarter", "half", "year"]

_MONTHS: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Period(NamedTuple):
    """A stretch of the calendar, by its kind and its first day; ``holding`` makes a right one."""

    kind: Kind
    first: date

    @property
    def last(self) -> date:
        """The last day, which the period counts by. The calendar ends with the year 9999."""
        months = _MONTHS.get(self.kind)
        if months:
            return month_end(self.first.year, self.first.month + months - 1)
        return moved(self.first, 6 if self.kind == "week" else 0)

    @property
    def position(self) -> int:
        """Where it stands among all periods of its kind: the next one is one further."""
        months = _MONTHS.get(self.kind)
        if months:
            return (self.first.year * 12 + self.first.month - 1) // months
        days = self.first.toordinal() - 1  # 0001-01-01 is a Monday
        return days // 7 if self.kind == "week" else days

    @property
    def next(self) -> Period:
        """The period that begins on the day after. Raises ValueError at the calendar's end."""
        return at(self.kind, self.position + 1)

    @property
    def previous(self) -> Period:
        """The period that ends on the day before. Raises ValueError at the calendar's beginning."""
        return at(self.kind, self.position - 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """The form of the file: 2025-06-30, 2025-W05, 2025-06, 2025-Q2, 2025-H1, 2025."""
        if self.kind == "day":
            return self.first.isoformat()
        if self.kind == "week":
            iso = self.first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}"
        year, month = f"{self.first.year:04}", self.first.month
        if self.kind == "month":
            return f"{year}-{month:02}"
        if self.kind == "quarter":
            return f"{year}-Q{month // 3 + 1}"
        return f"{year}-H{month // 6 + 1}" if self.kind == "half" else year


def holding(kind: Kind, day: date) -> Period:
    """The period of a kind that holds ``day``."""
    if kind == "day":
        return Period(kind, day)
    if kind == "week":
        return Period(kind, day - timedelta(days=day.weekday()))
    months = _MONTHS[kind]
    return Period(kind, date(day.year, (day.month - 1) // months * months + 1, 1))


def at(kind: Kind, position: int) -> Period:
    """The period of a kind at a ``position``. Raises ValueError beyond the years 1 to 9999."""
    months = _MONTHS.get(kind)
    if months:
        year, month = divmod(position * months, 12)
        return Period(kind, date(year, month + 1, 1))
    return Period(kind, date.fromordinal(position * (7 if kind == "week" else 1) + 1))


def between(first: Period, last: Period) -> Iterator[Period]:
    """The periods from ``first`` to ``last``, both included. Raises ValueError for two of two kinds."""
    if first.kind != last.kind:
        raise ValueError(f"{first} and {last} are of two kinds")
    return (at(first.kind, n) for n in range(first.position, last.position + 1))


def parse(text: str) -> Period:
    """The period that the file means by ``text``. Raises ValueError for anything else."""
    year, dash, rest = text.partition("-")
    if not _digits(year, 4):
        raise ValueError(f"not a period: {text}")
    if not dash:
        return Period("year", date(int(year), 1, 1))
    if rest[:1] == "W" and _digits(rest[1:], 2):
        return Period("week", date.fromisocalendar(int(year), int(rest[1:]), 1))
    if rest[:1] == "Q" and _digits(rest[1:], 1):
        return _part("quarter", int(year), int(rest[1:]))
    if rest[:1] == "H" and _digits(rest[1:], 1):
        return _part("half", int(year), int(rest[1:]))
    if _digits(rest, 2):
        return _part("month", int(year), int(rest))
    month, dash, day = rest.partition("-")
    if not (_digits(month, 2) and _digits(day, 2)):
        raise ValueError(f"not a period: {text}")
    return Period("day", date(int(year), int(month), int(day)))


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


def _part(kind: Kind, year: int, number: int) -> Period:
    """The period of that number in its year, from 1 on; ValueError where the year has none."""
    months = _MONTHS[kind]
    return Period(kind, date(year, (number - 1) * months + 1, 1))


_BREAK = "(?: ?[-/.,] ?| nam | )"
_TYPED: Final[tuple[tuple[Kind, str], ...]] = (
    ("month", "(?P<n>[0-9]{1,2}) ?[-/] ?(?P<year>[0-9]{4})"),
    ("month", "(?P<year>[0-9]{4})[-/](?P<n>[0-9]{1,2})"),
    ("month", f"(?:thang|month|t) ?(?P<n>[0-9]{{1,2}}){_BREAK}(?P<year>[0-9]{{4}})"),
    ("month", f"(?P<name>[a-z]{{3,9}}){_BREAK}(?P<year>[0-9]{{4}})"),
    ("quarter", f"(?:quy|quarter|q) ?(?P<n>[1-9]|i{{1,3}}|iv){_BREAK}(?P<year>[0-9]{{4}})"),
    ("quarter", "(?P<year>[0-9]{4})[-/ ]?q(?P<n>[0-9])"),
    ("half", f"h(?P<n>[0-9]){_BREAK}(?P<year>[0-9]{{4}})"),
    ("half", "(?P<year>[0-9]{4})[-/ ]?h(?P<n>[0-9])"),
    ("half", f"(?:6|sau) thang (?P<n>dau|cuoi){_BREAK}(?P<year>[0-9]{{4}})"),
    ("half", "(?P<n>first|second) half (?:of )?(?P<year>[0-9]{4})"),
    ("week", f"(?:tuan|week|w) ?(?P<n>[0-9]{{1,2}}){_BREAK}(?P<year>[0-9]{{4}})"),
    ("week", "(?P<year>[0-9]{4})[-/ ]?w(?P<n>[0-9]{1,2})"),
    ("year", "(?:(?:nam|year) ?)?(?P<year>[0-9]{4})"),
)
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2, "first": 1, "second": 2}
MONTHS_IN_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def typed(text: str) -> Period | None:
    """The period that people mean by ``text``; None where it has the form of none, as a day has.

    Takes the forms of the file and of the answers, in any case and without diacritics: quý 2/2025,
    Q2/2025, quý II/2025, 6/2025, tháng 6/2025, 06-2025, 6 tháng đầu năm 2025, tuần 5/2025, năm 2025,
    2025. Raises RefusedValue for a period that the calendar does not have, as quý 5/2025.
    """
    import re  # noqa: PLC0415 - only what is typed pays for it

    bare = _bare(text)
    for kind, form in _TYPED:
        if (match := re.fullmatch(form, bare)) and (
            number := _number(match.groupdict())
        ) is not None:
            try:
                year = int(match["year"])
                if kind == "week":
                    return Period(kind, date.fromisocalendar(year, number, 1))
                return _part(kind, year, number)
            except ValueError:
                shown = " ".join(text.split())
                raise RefusedValue(_("Không có kỳ “{text}”.").format(text=shown)) from None
    return None


def _number(groups: dict[str, str | None]) -> int | None:
    """The number of the period in its year; None for a word that names no month."""
    if name := groups.get("name"):
        months = [month.lower() for month in MONTHS_IN_ENGLISH]
        named = [n for n, month in enumerate(months, 1) if name in (month, month[:3])]
        return named[0] if named else None
    number = groups.get("n") or "1"
    return _NUMBERS.get(number) or int(number)


def _bare(text: str) -> str:
    """Small letters without diacritics, one space for all white space."""
    import unicodedata  # noqa: PLC0415 - only what is typed pays for it

    decomposed = unicodedata.normalize("NFD", text)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.casefold().replace("đ", "d").split())


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def moved(day: date, days: int) -> date:
    """The day so many ``days`` later (negative: earlier), held within the calendar's bounds."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
