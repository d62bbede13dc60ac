"""Recurring duties in words: "Hằng tháng, hạn 5 ngày sau kỳ, đến Tháng 12/2026"."""

from __future__ import annotations

from de06cli.messages import N_, _, ngettext
from de06cli.plan.parts import Recurrence
from de06cli.views import period_words, words

_EVERY = {
    "week": N_("hằng tuần"),
    "month": N_("hằng tháng"),
    "quarter": N_("hằng quý"),
    "half": N_("6 tháng"),
    "year": N_("hằng năm"),
}
_WEEKDAYS = {
    "mon": N_("thứ Hai"),
    "tue": N_("thứ Ba"),
    "wed": N_("thứ Tư"),
    "thu": N_("thứ Năm"),
    "fri": N_("thứ Sáu"),
    "sat": N_("thứ Bảy"),
    "sun": N_("Chủ nhật"),
}


def recurrence(recurs: Recurrence) -> str:
    """How often a duty is due, when in each period, from when and until when."""
    parts = [_(_EVERY[recurs.every]), _due(recurs)]
    if recurs.from_:
        begins = period_words.period(recurs.from_, inside=True)
        parts.append(_("từ {period}").format(period=begins))
    if recurs.until:
        ends = period_words.period(recurs.until, inside=True)
        parts.append(_("đến {period}").format(period=ends))
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _due(recurs: Recurrence) -> str:
    if recurs.after is not None:
        n = abs(recurs.after)
        if recurs.after < 0:
            text = ngettext("hạn {n} ngày trước ngày cuối kỳ", "hạn {n} ngày trước ngày cuối kỳ", n)
        else:
            text = ngettext("hạn {n} ngày sau kỳ", "hạn {n} ngày sau kỳ", n)
        return text.format(n=words.number(n))
    if recurs.day is None:
        return _("hạn ngày cuối kỳ")
    if recurs.every == "week":
        return _("hạn {weekday}").format(weekday=_(_WEEKDAYS.get(recurs.day, recurs.day)))
    if recurs.every == "year":
        month, _dash, day = recurs.day.partition("-")
        return _("hạn ngày {day}/{month}").format(day=day, month=month)
    if recurs.every == "month":
        return _("hạn ngày {day}").format(day=recurs.day)
    return _("hạn ngày {day} tháng cuối kỳ").format(day=recurs.day)
