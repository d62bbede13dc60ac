"""A printed deadline as a day, a period, a duty or words: what is read, and what of it is not.

A text that holds more than is read comes back with the rest, so that nobody takes a guess for the document.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from de06cli.plan.periods import Kind, Period, holding

UNSAID: Final = "(văn bản không ghi)"
_NO_YEAR: Final = 1  # stands for a year that neither the cell nor the plan says


class Deadline(NamedTuple):
    """What a cell says of a task's time, by the keys of the plan; ``doubts`` are questions about it."""

    deadline: Period | None = None
    start: Period | None = None
    ongoing: str | None = None
    undated: str | None = None
    every: str | None = None  # a duty recurs each week, month, quarter, half or year
    doubts: tuple[str, ...] = ()


_YEAR = r"(?:năm\s*)?(?P<year>(?:19|20)[0-9]{2})\b"
_OF = r"\s*(?:[/.,\-–]|năm|của năm|\s)\s*"
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_N = r"(?:IV|I{1,3}|[1-4])"
_MONTH = r"(?:0?[1-9]|1[0-2])(?![0-9])"
_TO = r"\s*(?P<to>[-–—,]|đến hết|đến|tới|và)\s*"
_DAY = (
    r"(?:ngày\s*)?(?<![0-9/])(?P<d>0?[1-9]|[12][0-9]|3[01])"
    r"(?:\s*[/.\-]\s*(?P<m>0?[1-9]|1[0-2])(?:\s*[/.\-]\s*(?P<y>(?:19|20)?[0-9]{2})\b)?(?![0-9/])"
    r"|\s*tháng\s*(?P<m2>0?[1-9]|1[0-2])(?![0-9])(?:\s*(?:năm|/|-|,)\s*(?P<y2>(?:19|20)[0-9]{2}))?)"
)
# What says a period, the longest forms first; a year that is not printed may be the plan's.
_FORMS: Final[tuple[tuple[str, str], ...]] = (
    ("iso", r"\b(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2][0-9]|3[01])\b"),
    ("quarters", rf"quý\s*(?P<a>{_N}){_TO}(?:quý\s*)?(?P<b>{_N})\b(?:{_OF}{_YEAR})?"),
    ("quarter", rf"quý\s*(?P<a>{_N})\b(?:{_OF}{_YEAR})?"),
    ("half", rf"(?:6|06|sáu)\s*tháng\s*(?P<part>đầu|cuối)(?:\s*(?:của\s*)?năm\b)?(?:{_OF}{_YEAR})?"),
    ("months", rf"(?:tháng|t)\s*(?P<a>{_MONTH}){_TO}(?:tháng|t)?\s*(?P<b>{_MONTH})(?:{_OF}{_YEAR})"),
    ("day", _DAY),
    ("month", rf"(?:tháng|\bt)\s*(?P<a>{_MONTH})(?:{_OF}{_YEAR})?"),
    ("month", rf"\b(?P<a>{_MONTH})\s*[/\-]\s*(?P<year>(?:19|20)[0-9]{{2}})\b"),
    ("years", (r"(?:năm|giai đoạn)?\s*\b(?P<a>(?:19|20)[0-9]{2})\s*(?:[-–—]|đến(?: hết)?(?: năm)?)\s*"
               r"(?P<b>(?:19|20)[0-9]{2})\b")),
    ("year", _YEAR),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)
_EVERY: Final = (
    ("week", r"(?:hằng|hàng|mỗi)\s*tuần|tuần/lần"),
    ("month", r"(?:hằng|hàng|mỗi)\s*tháng|tháng/lần"),
    ("quarter", r"(?:hằng|hàng|mỗi)\s*quý|quý/lần"),
    ("half", r"(?:định kỳ|mỗi|hằng|hàng)\s*(?:6|06|sáu)\s*tháng|6\s*tháng/lần"),
    ("year", r"(?:hằng|hàng|mỗi)\s*năm|năm/lần"),
)
_ONGOING = re.compile(
    r"(?:thường xuyên|liên tục)(?:\s*,\s*(?:thường xuyên|liên tục))?", re.IGNORECASE
)
_KEPT_UP = re.compile(
    r"(?:,|;|và|sau đó)?\s*(?:tiếp tục\s*)?duy trì\s*(?:thực hiện\s*)?(thường xuyên|liên tục)",
    re.IGNORECASE,
)
# Words that change nothing: what is left besides them is asked about.
_PLAIN_WORDS = re.compile(
    r"\b(?:chậm nhất|muộn nhất|xong|hoàn thành|trước|trong|đến hết|đến|hết|ngày|là|vào|thời gian|hạn"
    r"|thời hạn|thực hiện|định kỳ|triển khai|tổ chức tập huấn|giai đoạn|từ|năm|tháng|cả)\b"
    r"|[\s.,;:()\-–+/]",
    re.IGNORECASE,
)
_WITHOUT_A_DAY = re.compile(
    r"^(?:theo|sau khi|khi|ngay sau|ngay khi|trong vòng|kể từ|tùy|phụ thuộc)\b", re.IGNORECASE
)


class _Found(NamedTuple):
    """A period in the text, from ``begin`` to ``end``. ``first`` is set for a range."""

    begin: int
    end: int
    last: Period
    first: Period | None = None
    guessed: bool = False  # whether its year is the plan's
    several: bool = False  # whether it is the last of several that are no range


class _NoSuchDay(Exception):
    """A day that the calendar does not have."""


def read(text: str, year: int | None, *, recurs_from: bool = False) -> Deadline:
    """What a deadline's cell says. ``year`` is the plan's, for a cell without one.

    With ``recurs_from`` the plan has a day from which a duty's periods count.
    """
    bare = " ".join(text.split())
    if not bare or not re.search(r"\w", bare):
        return Deadline(undated=UNSAID, doubts=("Văn bản không ghi thời hạn: khi nào phải xong?",))
    if _WITHOUT_A_DAY.match(bare):
        return _in_words(bare)
    duty = _duty(bare, recurs_from)
    if duty:
        return duty
    try:
        found = _periods(bare, year)
    except _NoSuchDay as fault:
        return _unread(bare, f'"{fault}" không có trong lịch')
    kept_up = _KEPT_UP.search(bare)
    if any(one.last.first.year == _NO_YEAR for one in found):
        return _unread(bare, "không ghi năm")
    if not found:
        ongoing = _ONGOING.search(bare)
        if ongoing and not re.search("[0-9]", bare):
            rest = _rest(bare, [(ongoing.start(), ongoing.end())])
            return Deadline(ongoing=ongoing[0].casefold(), doubts=_about_rest(rest, bare))
        return _unread(bare, "không rõ ngày, tháng, quý hay năm nào")
    if re.match(r"(?:bắt đầu\s+)?(?:kể\s+)?từ\b", bare, re.IGNORECASE) and not _has_end(
        bare, found
    ):
        begun = _unread(bare, "ghi lúc bắt đầu, không ghi lúc xong")
        return begun._replace(start=found[0].last)
    return _of_periods(bare, found, kept_up)


def _has_end(bare: str, found: list[_Found]) -> bool:
    """Whether periods after "từ" say an end as well."""
    if found[-1].first is not None:
        return True
    return len(found) > 1 and _is_range(bare, found[-2], found[-1])


def _in_words(bare: str) -> Deadline:
    """A deadline that hangs on something else; where it names a day all the same, a question."""
    try:
        dated = bool(_periods(bare, None))
    except _NoSuchDay:
        dated = True
    if dated:
        return _unread(bare, "thời hạn phụ thuộc việc khác, nhưng có ghi ngày, tháng")
    if bare.casefold().startswith("theo "):
        return Deadline(undated=bare)
    return _unread(bare, "chưa thành một ngày cụ thể")


def _unread(bare: str, why: str) -> Deadline:
    return Deadline(undated=bare, doubts=(f'Thời hạn in "{bare}": {why}; khi nào phải xong?',))


def _duty(bare: str, recurs_from: bool) -> Deadline | None:
    """A duty that comes again and again, where nothing else is said."""
    for every, form in _EVERY:
        match = re.search(form, bare, re.IGNORECASE)
        if not match:
            continue
        spans = [(match.start(), match.end())]
        if ongoing := _ONGOING.search(bare):
            spans.append((ongoing.start(), ongoing.end()))
        rest = _rest(bare, spans)
        if not recurs_from or rest:
            ask = f'Thời hạn in "{bare}": nhiệm vụ định kỳ tính từ kỳ nào? Ghi recurs khi đã rõ.'
            if ongoing and not rest:
                return Deadline(ongoing=ongoing[0].casefold(), doubts=(ask,))
            return Deadline(undated=bare, doubts=(ask,))
        return Deadline(
            every=every,
            doubts=(
                (
                    f'Thời hạn in "{bare}": hiểu là định kỳ, mỗi kỳ một lần, hạn là ngày cuối kỳ, kể từ '
                    "ngày ban hành; đúng không?"
                ),
            ),
        )
    return None


def _of_periods(bare: str, found: list[_Found], kept_up: re.Match[str] | None) -> Deadline:
    last = found[-1]
    start = last.first
    doubts: list[str] = []
    if len(found) == 2 and start is None and _is_range(bare, found[0], last):
        start, spans = found[0].last, [(found[0].begin, last.end)]
        found = found[1:]
    else:
        spans = [(one.begin, one.end) for one in found]
    if len(found) > 1 or last.several:
        last = max(found, key=lambda one: one.last.last)
        doubts.append(f'Thời hạn in "{bare}" có nhiều mốc: hiểu là mốc muộn nhất; còn các mốc kia?')
    if kept_up:
        spans.append((kept_up.start(), kept_up.end()))
    elif ongoing := _ONGOING.search(bare):
        doubts.append(
            f'Thời hạn in "{bare}": hoàn thành đến hạn rồi thôi, hay duy trì {ongoing[0].casefold()}?'
        )
        spans.append((ongoing.start(), ongoing.end()))
    if start is not None and start.first > last.last.last:
        start = None
        doubts.append(f'Thời hạn in "{bare}": ngày bắt đầu sau ngày kết thúc.')
    if last.guessed:
        doubts.append(f'Thời hạn in "{bare}" không ghi năm: hiểu là năm {last.last.last.year}.')
    if re.search(r"trước\s*(?:tháng|quý|năm)", bare, re.IGNORECASE):
        doubts.append(
            f'Thời hạn in "{bare}": tính cả kỳ đó (như hiện ghi), hay phải xong trước kỳ đó?'
        )
    doubts += _about_rest(_rest(bare, spans), bare)
    ongoing_word = kept_up[1].casefold() if kept_up else None
    return Deadline(last.last, start, ongoing_word, doubts=tuple(doubts))


def _is_range(bare: str, first: _Found, last: _Found) -> bool:
    between = bare[first.end : last.begin].casefold()
    return bool(re.fullmatch(r"\s*(?:[-–—]|(?:,\s*)?đến(?: hết)?|tới)\s*", between))


def _about_rest(rest: str, bare: str) -> tuple[str, ...]:
    return (f'Thời hạn in "{bare}": "{rest}" nghĩa là gì?',) if rest else ()


def _rest(bare: str, spans: list[tuple[int, int]]) -> str:
    """The words beside what was read that may change its meaning."""
    left = list(bare)
    for begin, end in spans:
        left[begin:end] = " " * (end - begin)
    pieces = "".join(left).split("  ")
    kept = [piece.strip(" .,;:") for piece in pieces if _PLAIN_WORDS.sub("", piece)]
    return " … ".join(piece for piece in kept if piece)


def _periods(bare: str, year: int | None) -> list[_Found]:
    """All periods that the text names, in their order. Raises _NoSuchDay."""
    found: list[_Found] = []
    taken = bare
    for kind, form in _COMPILED:
        at = 0
        while match := form.search(taken, at):
            period = _period(kind, match, year)
            at = match.end()
            if period is None:
                continue
            last, first, guessed = period
            several = first is not None and _is_list(match, first, last)
            first = None if several else first
            found.append(_Found(match.start(), match.end(), last, first, guessed, several))
            taken = taken[: match.start()] + "\0" * (at - match.start()) + taken[at:]
    found.sort()
    return _years_shared(found)


def _is_list(match: re.Match[str], first: Period, last: Period) -> bool:
    """Whether two periods with a comma or "và" between them leave others out: tháng 6 và tháng 12."""
    between = match.groupdict().get("to") or "-"
    return between in {",", "và"} and first.next != last


def _years_shared(found: list[_Found]) -> list[_Found]:
    """The periods, those without a year in the year of the one behind them: "từ tháng 3 đến tháng 6/2025"."""
    shared: list[_Found] = []
    year: int | None = None
    for one in reversed(found):
        if one.guessed and year is not None:
            moved = holding(one.last.kind, _in_year(one.last.first, year))
            one = one._replace(last=moved, guessed=False)  # noqa: PLW2901
        year = one.last.first.year if not one.guessed else year
        shared.append(one)
    return shared[::-1]


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError as fault:  # 29 February
        raise _NoSuchDay(f"{day.day}/{day.month}/{year}") from fault


def _period(
    kind: str, match: re.Match[str], year: int | None
) -> tuple[Period, Period | None, bool] | None:
    """The last period that a form names, the first of a range, and whether the year is the plan's."""
    groups = match.groupdict()
    if kind in {"day", "iso"}:
        return _day(match, groups, year)
    if kind == "years":
        first, last = (_part("year", int(groups[name]), 1) for name in "ab")
        return last, first, False
    printed = groups.get("year")
    of = int(printed) if printed else year or _NO_YEAR
    guessed = not printed
    if kind == "year":
        return _part("year", of, 1), None, False
    if kind == "half":
        return _part("half", of, 1 if groups["part"].casefold() == "đầu" else 2), None, guessed
    of_kind: Kind = "quarter" if kind.startswith("quarter") else "month"
    numbers = [
        _QUARTERS.get(groups[name].casefold()) if of_kind == "quarter" else int(groups[name])
        for name in "ab"
        if groups.get(name)
    ]
    parts = [_part(of_kind, of, number) for number in numbers if number]
    return parts[-1], parts[0] if len(parts) > 1 else None, guessed


def _day(
    match: re.Match[str], groups: dict[str, str | None], year: int | None
) -> tuple[Period, Period | None, bool] | None:
    month = groups.get("m") or groups.get("m2")
    printed = groups.get("y") or groups.get("y2")
    if not month or not groups["d"]:
        return None
    of = int(printed) if printed else year or _NO_YEAR
    if printed and len(printed) == 2:
        of += 2000
    try:
        day = date(of, int(month), int(groups["d"] or 0))
    except ValueError:
        if not printed and not year:
            return None
        raise _NoSuchDay(match[0].strip()) from None
    return Period("day", day), None, not printed or len(printed) == 2


def _part(kind: Kind, year: int, number: int) -> Period:
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    return Period(kind, date(year, (number - 1) * months + 1, 1))
