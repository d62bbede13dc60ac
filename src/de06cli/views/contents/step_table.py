"""Steps as a table: which step, what it says, who acts, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from de06cli.messages import _, ngettext
from de06cli.plan import addresses, nouns
from de06cli.plan.parts import CLOSED_STEPS
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.step_list import ListedStep
from de06cli.views import period_words, words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Named, Table

_TONES = {"blocked": tables.LATE, "done": tables.DONE, "skipped": tables.DONE}


def address(one: ListedStep) -> str:
    """The step as it is typed: 9.2, with its plan's code where there are several plans."""
    return _address(one, one.task.plan if one.task.one_of_many else None)


def _address(one: ListedStep, plan: str | None) -> str:
    number = one.task.model.model
    if one.period:
        return addresses.of_period(plan, number, one.period)
    return addresses.written(plan, number, one.step.step if one.step else None)


def _text(one: ListedStep) -> str:
    """What the step says; of a period its name."""
    if one.step:
        return words.one_line(one.step.text)
    return period_words.period(one.period) if one.period else ""


def steps(listed: Sequence[ListedStep]) -> Table:
    """A row a step, with the codes of agencies; of several plans, each row with its plan."""
    several = any(one.task.one_of_many for one in listed)
    columns = (
        *([Column(_("Kế hoạch"))] if several else ()),
        Column(_("Bước"), right=True),
        Column(_("STT"), right=True),
        Column(_("Nhiệm vụ"), flexible=True),
        Column(_("Nội dung"), flexible=True),
        Column(_("Đơn vị thực hiện")),
        Column(_("Tình trạng")),
        Column(_("Từ ngày")),
        Column(_("Minh chứng")),
        Column(_("Ghi chú")),
        Column(_("Hạn của bước")),
        Column(_("Hạn của nhiệm vụ")),
        Column(_("Chủ trì")),
    )
    return Table(columns, tuple(_row(one, several=several) for one in listed))


def _row(one: ListedStep, *, several: bool) -> tuple[Cell, ...]:
    model, progress = one.task.model, one.progress
    return (
        *([Cell(one.task.plan)] if several else ()),
        Cell(_address(one, None)),
        Cell("" if model.stt is None else str(model.stt)),
        Cell(words.one_line(model.title)),
        Cell(_text(one)),
        Cell(", ".join(one.agencies)),
        Cell(words.status(one.status)),
        Cell(words.day(one.since)),
        Cell(words.one_line((progress and progress.evidence) or "")),
        Cell(words.one_line((progress and progress.note) or "")),
        Cell(words.day(one.step.due if one.step else None)),
        Cell(words.day(one.task.due)),
        Cell(", ".join(model.lead)),
    )


def for_people(listed: Sequence[ListedStep], portfolio: Portfolio) -> Table:
    """A row a step as a terminal shows it: agencies by their short names, the reason with the status."""
    named = tables.short_names(portfolio)
    columns = (
        Column(nouns.filled("{Step}"), right=True, readable=99),
        Column(_("STT"), right=True),
        Column(_("Nhiệm vụ"), flexible=True, cut=True, readable=20),
        Column(_("Nội dung"), flexible=True, readable=24),
        Column(_("Đơn vị thực hiện"), listed=True, readable=12),
        Column(_("Tình trạng"), readable=16),
        Column(_("Hạn của nhiệm vụ"), readable=10),
    )
    return Table(columns, tuple(_short_row(one, named) for one in listed))


def _short_row(one: ListedStep, named: Named) -> tuple[Cell, ...]:
    model = one.task.model
    return (
        Cell(address(one)),
        Cell("" if model.stt is None else str(model.stt), tables.QUIET),
        Cell(words.one_line(model.title)),
        Cell(_text(one)),
        Cell(", ".join(named(one.task.plan, code) for code in one.agencies)),
        Cell(_stands(one), _TONES.get(one.status, "")),
        Cell(words.day(one.task.due), tables.tone(one.task)),
    )


def _stands(one: ListedStep) -> str:
    """The status, since when, and what was noted: "Vướng mắc từ ngày 20/12/2023: máy hỏng"."""
    progress, stands = one.progress, one.status
    text = words.status(stands)
    if one.since:
        closed = stands in CLOSED_STEPS
        dated = _("{status} ngày {day}") if closed else _("{status} từ ngày {day}")
        text = dated.format(status=text, day=words.day(one.since))
    said = progress and " – ".join(filter(None, (progress.evidence, progress.note)))
    return f"{text}: {words.one_line(said)}" if said else text


def counted(listed: Sequence[ListedStep], today: date) -> str:
    """How many steps there are, and as of which day."""
    n = len(listed)
    text = nouns.filled(ngettext("{n} {step}", "{n} {step}", n)).format(n=words.number(n))
    return f"{text}. {words.as_at(today)}." if n else f"{words.as_at(today)}."
