"""Days: the plan's today, and the ways in which people type a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import periods
from de06cli.plan.agencies import fold
from de06cli.plan.periods import Period
from de06cli.plan.records import DEFAULT_TIMEZONE

_DAYS_AGO = {"today": 0, "homnay": 0, "yesterday": 1, "homqua": 1}


# UTC+7 without summer time from 13/6/1975 on (the tz database, Asia/Ho_Chi_Minh). zoneinfo costs a
# twentieth of a short command.
_OF_VIETNAM, _SINCE = timezone(timedelta(hours=7)), 1976


def day_in(zone: str, moment: datetime) -> date:
    """The calendar day in ``zone`` (an IANA name) at ``moment``, an aware datetime."""
    if zone == DEFAULT_TIMEZONE and moment.year >= _SINCE:
        return moment.astimezone(_OF_VIETNAM).date()
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - other places only

    return moment.astimezone(ZoneInfo(zone)).date()


def typed_day(text: str, today: date | None = None) -> date:
    """The day that ``text`` means: 2023-10-30, 30/10/2023, 5/2/2024, 30-10-2023, hôm nay, yesterday.

    Raises RefusedValue for anything else, and for a relative day where ``today`` is unknown.
    """
    typed = text.strip()
    days_ago = _DAYS_AGO.get(fold(typed))
    try:
        if days_ago is not None and today is not None:
            return today - timedelta(days=days_ago)
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", typed):
            year, month, day = map(int, match.groups())
            return date(year, month, day)
        if match := re.fullmatch(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})", typed):
            day, month, year = int(match[1]), int(match[3]), int(match[4])
            return date(year, month, day)
    except (ValueError, OverflowError):
        raise RefusedValue(_no_such_day(typed)) from None
    if meant := day_meant(typed):
        raise RefusedValue(
            _("“{text}” không phải là ngày hợp lệ. Gợi ý: {day}.").format(
                text=typed, day=day_in_order(meant)
            )
        )
    raise RefusedValue(
        _("“{text}” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay.").format(
            text=typed
        )
    )


def day_in_order(day: date) -> str:
    """A day as it is typed, whatever the language."""
    return f"{day:%d/%m/%Y}"


def _no_such_day(typed: str) -> str:
    """That no calendar has the day, and which one was meant where day and month changed places."""
    meant = day_meant(typed)
    if meant is None:
        return _("Không có ngày {text}.").format(text=typed)
    if typed[:4].isdecimal():
        return _("Không có ngày {text}. Gợi ý: {day} (năm-tháng-ngày).").format(
            text=typed, day=meant.isoformat()
        )
    return _("Không có ngày {text}. Gợi ý: {day} (ngày/tháng/năm).").format(
        text=typed, day=day_in_order(meant)
    )


def typed_deadline(text: str, today: date | None = None) -> Period:
    """The day or the period that ``text`` means as a deadline: 30/6/2025, 2025-Q2, quý 2/2025, 6/2025.

    Raises RefusedValue as ``typed_day`` does.
    """
    return periods.typed(text) or Period("day", typed_day(text, today))


# Forms that people use and that are not taken for days without asking: parts by name, the first that fits.
# They are compiled when somebody types such a day.
_MEANT = (
    r"(?P<year>[12][0-9]{3})[./ -](?P<month>[0-9]{1,2})[./ -](?P<day>[0-9]{1,2})",
    r"(?P<year>[12][0-9]{3})[./ -](?P<day>[0-9]{1,2})[./ -](?P<month>[0-9]{1,2})",
    r"(?P<day>[0-9]{1,2})[., /-]+(?P<month>[0-9]{1,2})[., /-]+(?P<year>[0-9]{4}|[0-9]{2})",
    r"(?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})[./-](?P<year>[0-9]{4})",
    r"(?P<day>[0-9]{1,2}) ?tháng (?P<month>[0-9]{1,2}) ?năm (?P<year>[0-9]{4})",
    r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>20[0-9]{2})",
    r"(?P<serial>[34][0-9]{4}|5[0-9]{4})",
)
_BEFORE_SERIALS = date(1899, 12, 30)  # from which spreadsheets count
_PLAUSIBLE = range(2000, 2100)  # years


def day_meant(text: str) -> date | None:
    """The day that a text in another form probably means, to be proposed: 20.11.2023, 2023/11/20,
    20/11/23, ngày 20/11/2023, 20231120, or 45250 as spreadsheets count. None where there is none."""
    typed = unicodedata.normalize("NFC", text).casefold().strip(" .,;'\u00a0")
    typed = re.sub(r"\s+", " ", typed)
    typed = re.sub(r"^(?:(?:thứ [a-zà-ỹ]+|chủ nhật),? )?(?:ngày|date) ?:? ?", "", typed)
    typed = re.sub(r"[ t][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?z?$", "", typed)
    for form in _MEANT:
        if match := re.fullmatch(form, typed):
            try:
                day = _day_of(match.groupdict())
            except (ValueError, OverflowError):
                continue
            if day.year in _PLAUSIBLE:
                return day
    return None


def _day_of(parts: dict[str, str | None]) -> date:
    if serial := parts.get("serial"):
        return _BEFORE_SERIALS + timedelta(days=int(serial))
    year = int(parts["year"] or 0)
    return date(
        year + 2000 if year < 100 else year, int(parts["month"] or 0), int(parts["day"] or 0)
    )
