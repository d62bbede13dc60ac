"""The report in a few sentences: what a leader reads first."""

from __future__ import annotations

from de06cli.messages import _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking import report_period
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.report_period import Report
from de06cli.tracking.terms import RowOrder, State
from de06cli.views import words
from de06cli.views.contents import first_screen

_WORST = 3  # agencies that are named


class Then(NamedTuple):
    """The figures of the earlier day, and what that day is called."""

    called: str
    figures: Figures


def sentences(report: Report, portfolio: Portfolio) -> list[str]:
    """How much is finished and late, each beside the earlier day; who is behind; what the period has
    brought, what is blocked, and what comes next."""
    then = _then(report)
    parts = [
        _standing(report, then),
        _late(report, then, portfolio),
        _blocked(report),
        _brought(report),
        _next(report),
    ]
    return [part for part in parts if part]


def _then(report: Report) -> Then | None:
    if report.compared is None:
        return None
    day, beside = report.compared
    if day == report_period.day_before(report.period.first, report.period.last):
        return Then(_("kỳ trước"), beside.before)
    return Then(_("đến hết ngày {day}").format(day=words.day(day)), beside.before)


def _standing(report: Report, then: Then | None) -> str:
    total = report.total
    text = ngettext(
        "Đến hết ngày {day}, {n}/{of} nhiệm vụ đã hoàn thành ({share}{before}).",
        "Đến hết ngày {day}, {n}/{of} nhiệm vụ đã hoàn thành ({share}{before}).",
        total.rated,
    )
    before = f"; {then.called}: {_of(then.figures)}" if then else ""
    share = words.percent(total.rate_all)
    n, of = words.number(total.finished), words.number(total.rated)
    return text.format(day=words.day(report.period.last), n=n, of=of, share=share, before=before)


def _of(figures: Figures) -> str:
    return f"{words.number(figures.finished)}/{words.number(figures.rated)}"


def _late(report: Report, then: Then | None, portfolio: Portfolio) -> str:
    n = _overdue(report.total)
    counted = ngettext("{n} nhiệm vụ quá hạn", "{n} nhiệm vụ quá hạn", n)
    text = counted.format(n=words.number(n)) if n else _("Không có nhiệm vụ quá hạn")
    if then:
        text += f" ({then.called}: {words.number(_overdue(then.figures))})"
    rows = statistics.ordered(report.by_agency, RowOrder.OVERDUE)
    behind = [row for row in rows if _overdue(row)][:_WORST]
    names = first_screen.agency_names([row.key or "" for row in behind], portfolio)
    worst = ", ".join(
        f"{name} ({words.number(_overdue(row))})" for name, row in zip(names, behind, strict=True)
    )
    if worst:
        text += _(", nhiều nhất ở {agencies}").format(agencies=worst)
    return f"{text}."


def _overdue(figures: Figures) -> int:
    return figures.states[State.OPEN_OVERDUE]


def _brought(report: Report) -> str:
    """What the period has brought; nothing where it has brought nothing."""
    tasks, steps, moved = len(report.finished), len(report.done), len(report.extended)
    counted = (
        (tasks, ngettext("{n} nhiệm vụ hoàn thành", "{n} nhiệm vụ hoàn thành", tasks)),
        (steps, nouns.filled(ngettext("{n} {step} hoàn thành", "{n} {step} hoàn thành", steps))),
        (moved, ngettext("{n} lần gia hạn", "{n} lần gia hạn", moved)),
    )
    named = ", ".join(text.format(n=words.number(n)) for n, text in counted if n)
    return _("Trong kỳ có {what}.").format(what=named) if named else ""


def _blocked(report: Report) -> str:
    n = len(report.blocked)
    text = nouns.filled(ngettext("{n} {step} vướng mắc.", "{n} {step} vướng mắc.", n))
    return text.format(n=words.number(n)) if n else ""


def _next(report: Report) -> str:
    n = len(report.due)
    if not n:
        return _("Kỳ tới không có nhiệm vụ đến hạn.")
    text = ngettext("Kỳ tới có {n} nhiệm vụ đến hạn.", "Kỳ tới có {n} nhiệm vụ đến hạn.", n)
    return text.format(n=words.number(n))
