"""Periods as offices write them: Quý II/2025, Tháng 6/2025, 6 tháng đầu năm 2025."""

from __future__ import annotations

from datetime import date

from de06cli.messages import N_, _, language
from de06cli.plan.periods import MONTHS_IN_ENGLISH, Period
from de06cli.views import words

_FORMS = {
    "week": N_("tuần {number}/{year}"),
    "month": N_("tháng {number}/{year}"),
    "quarter": N_("quý {number}/{year}"),
    "year": N_("năm {year}"),
}
_HALVES = (N_("6 tháng đầu năm {year}"), N_("6 tháng cuối năm {year}"))
_ROMAN = ("I", "II", "III", "IV")


def period(value: Period, *, inside: bool = False) -> str:
    """The period in words; a week with its days: "Tuần 1/2026 (29/12–04/01)".

    With a capital, for the head of a cell or after a colon; ``inside`` a sentence a small letter.
    """
    if value.kind == "day":
        return words.day(value.first)
    text = _named(value)
    if value.kind == "week":
        text += f" ({_day_of_year(value.first)}–{_day_of_year(value.last)})"
    return text if inside else text[0].upper() + text[1:]


def deadline(value: Period | None) -> str:
    """A deadline as offices write it, a day or a period; nothing for none."""
    return period(value) if value else ""


def with_last_day(value: Period, *, inside: bool = False) -> str:
    """The period with the day that it counts by: "Quý II/2025 (30/06/2025)"."""
    text = period(value, inside=inside)
    return text if value.kind in ("day", "week") else f"{text} ({words.day(value.last)})"


def _named(value: Period) -> str:
    year, number = value.first.year, ""
    if value.kind == "half":
        return _(_HALVES[value.first.month // 6]).format(year=year)
    if value.kind == "week":
        year, week, _weekday = value.first.isocalendar()
        number = f"{week}"
    elif value.kind == "quarter":
        quarter = value.first.month // 3
        number = _ROMAN[quarter] if language() == "vi" else f"{quarter + 1}"
    elif value.kind == "month":
        month = value.first.month
        number = f"{month}" if language() == "vi" else MONTHS_IN_ENGLISH[month - 1]
    return _(_FORMS[value.kind]).format(number=number, year=year)


def _day_of_year(day: date) -> str:
    if language() == "vi":
        return f"{day:%d/%m}"
    return f"{day.day} {MONTHS_IN_ENGLISH[day.month - 1][:3]}"
