"""What somebody probably meant who typed a value that the file does not take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import combining, normalize

from de06cli.characters import plain
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import periods
from de06cli.plan.agencies import fold, nearest
from de06cli.plan.periods import Period

_LIKE = 0.6  # the least likeness of a word that is worth naming
_LONGEST = 80  # characters of a value that are looked at

# The words of an enumeration that offices use, folded; see ``agencies.fold``.
_WORDS = {
    "central": "trung ương, cấp trung ương, tw, bộ, bộ ngành, ngành trung ương, chính phủ, cục, quốc gia",
    "province": "tỉnh, cấp tỉnh, thành phố, tp, thành phố trực thuộc trung ương, sở, sở ngành",
    "district": "huyện, cấp huyện, quận, thị xã, thành phố thuộc tỉnh, phòng, quận huyện",
    "commune": "xã, cấp xã, phường, thị trấn, đặc khu, cơ sở, xã phường, phường xã, thôn, ấp",
    "enterprise": "doanh nghiệp, công ty, tập đoàn, tổng công ty, ngân hàng, dn",
    "group": "nhóm, nhóm đơn vị, khối, liên ngành, tổ",
    "doing": "đang thực hiện, đang làm, đang triển khai, đang xử lý, in progress, wip",
    "done": "hoàn thành, đã hoàn thành, xong, đã xong, đã làm, đã thực hiện, ht, completed, finished",
    "blocked": "vướng mắc, vướng, đang vướng, khó khăn, tạm dừng, chờ, stuck",
    "skipped": "không thực hiện, bỏ qua, không làm, hủy, skip",
    "week": "tuần, hằng tuần, hàng tuần, mỗi tuần, weekly",
    "month": "tháng, hằng tháng, hàng tháng, mỗi tháng, monthly",
    "quarter": "quý, hằng quý, hàng quý, mỗi quý, quarterly",
    "half": "6 tháng, sáu tháng, nửa năm, mỗi 6 tháng, 6 tháng một lần, half-year",
    "year": "năm, hằng năm, hàng năm, mỗi năm, yearly, annual",
}
_CODE_OF = {fold(word): code for code, words in _WORDS.items() for word in words.split(",")}


def word(value: str, allowed: Sequence[str]) -> str | None:
    """The allowed word that ``value`` means or looks like, None where it is none of them."""
    typed = plain(value[:_LONGEST])
    folded = fold(typed)
    meant = _CODE_OF.get(folded)
    if meant in allowed:
        return meant
    known = {fold(code): code for code in allowed}
    if folded in known:
        return known[folded]
    return next(iter(nearest(typed, allowed, 1, _LIKE)), None)


# Days ---------------------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{1,2})(?!\d)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")


def day(value: str) -> date | None:
    """The one day that stands in ``value``, written day first, in words or without its zeros."""
    text = _spoken(value)
    if found := _YEAR_FIRST.search(text):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.search(text) or _IN_WORDS.search(text):
        number, month, year = found.groups()
    elif found := _DIGITS.fullmatch(text):
        year, month, number = found.groups()
    else:
        return None
    rest = text[: found.start()] + text[found.end() :]
    if re.search(r"\d{2,}[/.\-]\d", rest):
        return None  # two days: either may be meant
    return _real(int(year), int(month), int(number))


def _real(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


# Periods ------------------------------------------------------------------------------------------

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?: ?(?:/|-|nam|,)? ?(?:nam )?(\d{4}))?"
_QUARTER = re.compile(rf"(?:quy|q)\.? ?(iv|i{{1,3}}|[1-4]){_YEAR}")
_YEAR_QUARTER = re.compile(r"(\d{4}) ?[-/]? ?q([1-4])")
_HALF = re.compile(rf"(?:6|sau) thang (dau|cuoi)(?: nam)?{_YEAR}")
_HALF_NUMBER = re.compile(r"(\d{4}) ?[-/]? ?h([12])")
_MONTH = re.compile(rf"(?:thang|t) ?(1[0-2]|0?[1-9]){_YEAR}")
_MONTH_YEAR = re.compile(r"(1[0-2]|0?[1-9]) ?[/\-.] ?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4}) ?[-/.] ?(1[0-2]|0?[1-9])")
_WEEK = re.compile(r"(\d{4}) ?[-/]? ?w(\d{1,2})|tuan (\d{1,2}) ?(?:/|-|nam) ?(\d{4})")
_WHOLE_YEAR = re.compile(r"(?:(?:ca|het|cuoi|trong) )?(?:nam )?(\d{4})")
_BEFORE = re.compile(r"^(?:(?:truoc|trong|den|het|cuoi|xong|hoan thanh|cham nhat|la) )+")


def last_day(value: str) -> str | None:
    """The last day of the period that ``value`` names, "YYYY-06-30" where it names no year."""
    text = _spoken(value)
    short = _BEFORE.sub("", text)
    for each in (text, short):
        if found := _WEEK.fullmatch(each):
            return _sunday(int(found[2] or found[3]), int(found[1] or found[4]))
        if named := _month_and_year(each):
            month, year = named
            return _last(month, year)
    return None


def _sunday(week: int, year: int) -> str | None:
    try:
        return date.fromisocalendar(year, week, 7).isoformat()
    except ValueError:
        return None


def _month_and_year(text: str) -> tuple[int, str | None] | None:
    """The last month of the period that the text names, and its year."""
    if found := _QUARTER.fullmatch(text):
        number = _ROMAN.get(found[1]) or int(found[1])
        return number * 3, found[2]
    if found := _YEAR_QUARTER.fullmatch(text):
        return int(found[2]) * 3, found[1]
    if found := _HALF.fullmatch(text):
        return 6 if found[1] == "dau" else 12, found[2]
    if found := _HALF_NUMBER.fullmatch(text):
        return int(found[2]) * 6, found[1]
    if found := _MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text):
        return int(found[1]), found[2]
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[2]), found[1]
    if found := _WHOLE_YEAR.fullmatch(text):
        return 12, found[1]
    return None


def _last(month: int, year: str | None) -> str | None:
    if year is None:
        return f"YYYY-{month:02}-{_last_day(2023, month)}"
    if not date.min.year <= int(year) <= date.max.year:
        return None
    return f"{year}-{month:02}-{_last_day(int(year), month)}"


def _last_day(year: int, month: int) -> int:
    return Period("month", date(year, month, 1)).last.day


def _period(value: str) -> Period | None:
    """The period that a text names, with its year: quý II/2025, trước tháng 6/2025."""
    text = _spoken(value)
    try:
        return periods.typed(text) or periods.typed(_BEFORE.sub("", text))
    except RefusedValue:
        return None


_KEPT_UP = (
    "thuongxuyen",
    "lientuc",
    "hangnam",
    "hangthang",
    "hangquy",
    "duytri",
    "dinhky",
    "hangtuan",
)


def how_to_write(value: str, key: str, form: str = "day") -> str:
    """The advice for a text under ``key``, where a day is due.

    In the ``form`` "period" it may be a period too, in "own period" it is a period alone.
    """
    if form != "own period" and (meant := day(value)) is not None:
        return _("Viết {value}.").format(value=meant.isoformat())
    if form != "day" and (typed := _period(value)):
        return _("Viết {value}.").format(value=typed)
    if form == "own period":
        return _("Viết theo dạng 2025-01, 2025-Q1, 2025-H1, 2025 hoặc 2025-W05.")
    if form == "day" and (last := last_day(value)) is not None:
        return _("Ở đây cần một ngày; ngày cuối của kỳ này là {value}.").format(value=last)
    folded = fold(value[:_LONGEST])
    if key == "deadline" and any(words in folded for words in _KEPT_UP):
        return _("Việc làm thường xuyên: viết deadline: null và ongoing: thường xuyên.")
    if form == "period":
        return _("Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023.")
    return _("Viết theo dạng 2023-12-30.")


def _spoken(value: str) -> str:
    """The value as it is compared: plain characters, without diacritics and case, single spaces."""
    text = plain(value[:_LONGEST])
    words = [_folded(part) for part in text.split()]
    return " ".join(words).strip(" .")


def _folded(text: str) -> str:
    bare = "".join(char for char in normalize("NFD", text) if not combining(char))
    return bare.casefold().replace("đ", "d")
