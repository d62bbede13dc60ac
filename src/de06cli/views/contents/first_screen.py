"""What a leader sees first, in no form yet: how many are done and late, better or worse, what needs a
decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from de06cli.messages import _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses, nouns
from de06cli.plan.portfolio import Portfolio
from de06cli.tracking.figures import pressing
from de06cli.tracking.figures.pressing import Blocked, HeldUp
from de06cli.tracking.figures.statistics import Figures
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.states import Task
from de06cli.tracking.terms import State
from de06cli.views import period_words, words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Named


class BlockedItem(NamedTuple):
    """Something that is blocked, in words."""

    task: Task
    name: str  # "Mô hình 6, bước 3"
    agencies: str  # by their short names
    since: str
    late: str  # by how many days the task is; empty for one in time
    reason: str


class HeldUpItem(NamedTuple):
    """Late tasks that wait for the same agencies, in words."""

    key: str  # of the first of the agencies
    agencies: str
    text: str
    tasks: tuple[Task, ...]


class Overview(NamedTuple):
    """What a leader is told first, on a page and in a letter."""

    headline: tuple[Cell, ...]
    changes: list[Cell]
    blocked: list[BlockedItem]  # the most pressing first
    held_up: list[HeldUpItem]
    before: Figures | None  # at the end of the week before; None where there was nothing yet


# The headline -------------------------------------------------------------------------------------


def headline(
    now: Figures, before: Figures | None, blocked: Sequence[Blocked], within: int | None
) -> tuple[Cell, ...]:
    """The figures as sentences: what is done, what is overdue, what comes next; parts with a tone, which
    joined are the text.

    ``before`` are the figures at the end of the week before, None where there was nothing yet;
    ``within`` is how many days "due soon" looks ahead, None where the plans look differently far.
    """
    return (
        Cell(f"{_done(now)} "),
        *_overdue(now.states[State.OPEN_OVERDUE], before),
        Cell(f"{_due_soon(now.due_soon, within)}, {_blocked(blocked)}."),
    )


def _done(now: Figures) -> str:
    text = ngettext(
        "{n}/{total} nhiệm vụ đã hoàn thành ({rate}).",
        "{n}/{total} nhiệm vụ đã hoàn thành ({rate}).",
        now.rated,
    )
    return text.format(
        n=words.number(now.finished),
        total=words.number(now.rated),
        rate=words.percent(now.rate_all),
    )


def _overdue(n: int, before: Figures | None) -> tuple[Cell, ...]:
    if n:
        counted = ngettext("{n} nhiệm vụ quá hạn", "{n} nhiệm vụ quá hạn", n)
        said = Cell(counted.format(n=words.number(n)), tables.LATE)
    else:
        said = Cell(_("Không có nhiệm vụ quá hạn"), tables.DONE)
    if before is None:
        return said._replace(text=f"{said.text}. "), Cell("")
    last_week = _("(tuần trước: {n})").format(n=words.number(before.states[State.OPEN_OVERDUE]))
    return said._replace(text=f"{said.text} "), Cell(f"{last_week}. ", tables.QUIET)


def _due_soon(n: int, within: int | None) -> str:
    if within is None:
        if not n:
            return _("Không có nhiệm vụ sắp đến hạn")
        counted = ngettext("{n} nhiệm vụ sắp đến hạn", "{n} nhiệm vụ sắp đến hạn", n)
        return counted.format(n=words.number(n))
    days = words.days(within)
    if not n:
        return _("Không có nhiệm vụ đến hạn trong {days} tới").format(days=days)
    counted = ngettext(
        "{n} nhiệm vụ đến hạn trong {days} tới", "{n} nhiệm vụ đến hạn trong {days} tới", n
    )
    return counted.format(n=words.number(n), days=days)


def _blocked(blocked: Sequence[Blocked]) -> str:
    """How many steps are blocked, and how many tasks without steps where there are any."""
    whole = sum(one.step is None for one in blocked)
    steps = len(blocked) - whole
    if not blocked:
        return nouns.filled(_("không có {step} vướng mắc"))
    parts = []
    if steps:
        counted = ngettext("{n} {step} vướng mắc", "{n} {step} vướng mắc", steps)
        parts.append(nouns.filled(counted).format(n=words.number(steps)))
    if whole:
        counted = ngettext("{n} nhiệm vụ vướng mắc", "{n} nhiệm vụ vướng mắc", whole)
        parts.append(counted.format(n=words.number(whole)))
    return ", ".join(parts)


def counted_for_each(tasks: Iterable[Task]) -> str:
    """That a task of several leads is counted for each of them, where one is overdue; else nothing."""
    overdue = (task for task in tasks if task.state is State.OPEN_OVERDUE)
    if not any(len(task.model.lead) > 1 for task in overdue):
        return ""
    return _("Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị.")


def kept_up(total: Figures) -> str:
    """That the finished tasks are more than those done on time or late, by those that are kept up; else
    nothing."""
    n = total.finished - total.states[State.DONE_ON_TIME] - total.states[State.DONE_LATE]
    if not n:
        return ""
    text = ngettext(
        "{finished} nhiệm vụ đã hoàn thành gồm {n} nhiệm vụ thường xuyên đã đạt mốc, đang duy trì.",
        "{finished} nhiệm vụ đã hoàn thành gồm {n} nhiệm vụ thường xuyên đã đạt mốc, đang duy trì.",
        n,
    )
    return text.format(finished=words.number(total.finished), n=words.number(n))


def changes(moments: Sequence[Moment]) -> list[Cell]:
    """What has changed since the end of the week before, and since four weeks before, where there were
    tasks then; the tone says whether overdue tasks have become more or fewer.

    ``moments`` are the ends of weeks and the day asked about.
    """
    now = moments[-1].figures
    since = ((2, _("So với cuối tuần trước ({day})")), (5, _("so với bốn tuần trước ({day})")))
    return [
        _changed(text.format(day=words.day(moments[-back].as_of)), now, moments[-back].figures)
        for back, text in since
        if len(moments) >= back and moments[-back].figures.total
    ]


def _changed(since: str, now: Figures, then: Figures) -> Cell:
    overdue = now.states[State.OPEN_OVERDUE] - then.states[State.OPEN_OVERDUE]
    done = now.finished - then.finished
    if overdue == done == 0:
        return Cell(_("{since}: không đổi").format(since=since))
    text = _("{since}: hoàn thành {done}, quá hạn {overdue}").format(
        since=since, done=_change(done), overdue=_change(overdue)
    )
    return Cell(text, tables.LATE if overdue > 0 else tables.DONE if overdue < 0 else "")


def _change(n: int) -> str:
    if n == 0:
        return _("không đổi")
    text = _("tăng {n}") if n > 0 else _("giảm {n}")
    return text.format(n=words.number(abs(n)))


# What needs a decision ----------------------------------------------------------------------------


def blocked_item(one: Blocked, named: Named) -> BlockedItem:
    task = one.task
    late = task.days_late if task.state is State.OPEN_OVERDUE else None
    return BlockedItem(
        task,
        _unit(one),
        ", ".join(words.holder(code, task, named(task.plan, code)) for code in one.agencies),
        _since(one.progress.date, one.days),
        _("quá hạn {days}").format(days=words.days(late)) if late else "",
        words.one_line(one.progress.note or ""),
    )


def _unit(one: Blocked) -> str:
    task = one.task
    name = nouns.model(words.model_address(task), task.plan)
    if one.step:
        return f"{name}, {nouns.step(one.step.step, task.plan, inside=True)}"
    return f"{name}, {period_words.period(one.period, inside=True)}" if one.period else name


def _since(day: date | None, days: int | None) -> str:
    if day is None:
        return _("vướng mắc")
    return _("vướng mắc từ {day} ({days})").format(day=words.day(day), days=words.days(days or 0))


def held_up_item(one: HeldUp, portfolio: Portfolio) -> HeldUpItem:
    n = len(one.tasks)
    text = ngettext("{n} nhiệm vụ", "{n} nhiệm vụ", n).format(n=words.number(n))
    names = ", ".join(agency_names(one.agencies, portfolio))
    return HeldUpItem(one.agencies[0], names, text, one.tasks)


def agency_names(keys: Iterable[str], portfolio: Portfolio) -> list[str]:
    """The short names of the agencies of these keys; the plan's code before it where there are several."""
    names = {}
    for plan in portfolio.plans:
        of = plan.heading.code if portfolio.several else None
        for agency in plan.register.agencies:
            key = addresses.within(of, agency.code)
            names[key] = addresses.within(of, words.short(agency))
    return [names[key] for key in keys]


def overview(tasks: Sequence[Task], moments: Sequence[Moment], portfolio: Portfolio) -> Overview:
    """What is seen first of ``tasks``; ``moments`` are their figures at the end of weeks, and of today."""
    now = moments[-1].figures
    earlier = moments[-2].figures if len(moments) > 1 else None
    before = earlier if earlier and earlier.total else None
    blocked = pressing.blocked(tasks)
    named = tables.short_names(portfolio)
    return Overview(
        headline(now, before, blocked, tables.within(portfolio)),
        changes(moments),
        [blocked_item(one, named) for one in blocked],
        [held_up_item(one, portfolio) for one in pressing.holding_up(tasks, portfolio)],
        before,
    )
