"""Days: the plan's today, and the ways in which people type a day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan.agencies import fold

_DAYS_AGO = {"today": 0, "homnay": 0, "yesterday": 1, "homqua": 1}


def day_in(timezone: str, moment: datetime) -> date:
    """The calendar day in ``timezone`` (an IANA name) at ``moment``, an aware datetime."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - a given day does not pay for it

    return moment.astimezone(ZoneInfo(timezone)).date()


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
        raise RefusedValue(_("Không có ngày {text}.").format(text=typed)) from None
    raise RefusedValue(
        _("“{text}” không phải là một ngày. Viết như 2023-10-30, 30/10/2023 hoặc hôm nay.").format(
            text=typed
        )
    )
