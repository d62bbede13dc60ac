"""What is late, by lead agency: the digest that cron mails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from de06cli.messages import _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses, nouns
from de06cli.plan.records import Agency
from de06cli.tracking.states import LateStep, Situation, Task, status
from de06cli.views import period_words, words
from de06cli.views.contents import deadlines, tables
from de06cli.views.contents.tables import Named


class AgencyGroup(NamedTuple):
    """The late tasks of one lead agency, most days late first."""

    agency: Agency
    tasks: tuple[Task, ...]
    elsewhere: tuple[
        tuple[str, tuple[Task, ...]], ...
    ] = ()  # listed in full under another lead's code

    @property
    def address(self) -> str:
        """The agency's code, after its plan's where there are several."""
        task = self.tasks[0]
        return addresses.within(task.plan if task.one_of_many else None, self.agency.code)

    @property
    def full(self) -> tuple[Task, ...]:
        """The tasks that are written in full here."""
        others = {id(task) for _code, tasks in self.elsewhere for task in tasks}
        return tuple(task for task in self.tasks if id(task) not in others)


class Digest(NamedTuple):
    heading: str
    groups: tuple[AgencyGroup, ...]
    steps: tuple[LateStep, ...]
    upcoming: tuple[Task, ...]
    upcoming_steps: tuple[LateStep, ...]
    within: int | None  # days that upcoming looks ahead; None where the plans look differently far

    def __bool__(self) -> bool:
        """Whether it holds any task or step."""
        return bool(self.groups or self.steps or self.upcoming or self.upcoming_steps)


class Fact(NamedTuple):
    """What an item says: a text, under a label if it needs one."""

    label: str
    text: str
    tone: str = ""


class Item(NamedTuple):
    """A task or a step as letters and lists of late tasks show it: a title and facts."""

    title: str
    facts: tuple[Fact, ...]


def digest(
    view: Situation,
    late: Sequence[Task],
    steps: Sequence[LateStep],
    upcoming: Sequence[Task] = (),
    upcoming_steps: Sequence[LateStep] = (),
    asked: Callable[[str], AbstractSet[str]] = lambda _plan: frozenset(),
) -> Digest:
    """The digest of ``late``, tasks in the order in which they are listed, by lead agency.

    ``asked`` gives the codes of the agencies of a plan that the reader asked about: what they lead comes
    first. A task of several leads is written in full under the first of them that was asked about, else
    under the one that leads most of ``late``; the others name it.
    """
    asked = cache(asked)
    by_lead: dict[tuple[str, str], list[Task]] = {}
    for task in late:
        for code in task.model.lead:
            by_lead.setdefault((task.plan, code), []).append(task)
    homes = {id(task): _home(task, by_lead, asked(task.plan)) for task in late}
    keys = sorted(by_lead, key=lambda key: key[1] not in asked(key[0]))
    heading = ngettext(
        "{n} nhiệm vụ quá hạn tính đến ngày {day}",
        "{n} nhiệm vụ quá hạn tính đến ngày {day}",
        len(late),
    ).format(n=words.number(len(late)), day=words.day(view.today))
    return Digest(
        heading,
        tuple(_group(view, key, by_lead[key], homes) for key in keys),
        tuple(steps),
        tuple(upcoming),
        tuple(upcoming_steps),
        tables.within(view.portfolio),
    )


def _home(
    task: Task, by_lead: Mapping[tuple[str, str], Sequence[Task]], asked: AbstractSet[str]
) -> str:
    """The lead under which a task is written in full."""
    for code in task.model.lead:
        if code in asked:
            return code
    return max(task.model.lead, key=lambda code: len(by_lead[task.plan, code]))


def _group(
    view: Situation, key: tuple[str, str], tasks: Iterable[Task], homes: Mapping[int, str]
) -> AgencyGroup:
    plan, code = key
    elsewhere: dict[str, list[Task]] = {}
    led = tuple(tasks)
    for task in led:
        if homes[id(task)] != code:
            elsewhere.setdefault(homes[id(task)], []).append(task)
    return AgencyGroup(
        view.portfolio.agency(plan, code),
        led,
        tuple((home, tuple(tasks)) for home, tasks in elsewhere.items()),
    )


def named_elsewhere(group: AgencyGroup) -> list[str]:
    """A line a lead under which tasks of this one are written in full."""
    return [
        _("Cùng chủ trì, xem ở {agency}: {models}").format(
            agency=home,
            models=", ".join(nouns.model(words.model_address(task), task.plan) for task in tasks),
        )
        for home, tasks in group.elsewhere
    ]


def nothing_soon(within: int) -> str:
    """That nothing falls due in so many days; in none, today."""
    if within == 0:
        return _("Không có nhiệm vụ đến hạn hôm nay.")
    return ngettext(
        "Không có nhiệm vụ đến hạn trong {n} ngày tới.",
        "Không có nhiệm vụ đến hạn trong {n} ngày tới.",
        within,
    ).format(n=words.number(within))


def upcoming_title(within: int | None) -> str:
    if within is None:
        return _("Sắp đến hạn")
    return _("Đến hạn trong {days} tới").format(days=words.days(within))


def late_item(task: Task, code: str) -> Item:
    """A late task, as the list of one of its leads, ``code``, shows it."""
    return _with(late_fact(task, code), item(task))


def soon_item(task: Task, code: str) -> Item:
    """A task that is due soon, as the list of one of its leads, ``code``, shows it."""
    return _with(Fact("", _with_leads(how_soon(task), task, code), tables.SOON), item(task))


def item(task: Task) -> Item:
    """The facts of a task that the lists of all its leads show."""
    waiting = tables.waits_for(task, tables.codes)
    facts = (
        held_up(task),
        *([Fact(_("Đang chờ"), waiting)] if waiting else ()),
        *reported(task, tables.codes),
        Fact(_("Cập nhật gần nhất"), updated(task), tables.QUIET),
    )
    return Item(task_name(task), facts)


def reported(task: Task, named: Named) -> tuple[Fact, ...]:
    """Whom a late task is reported to by its plan's ladder; nothing for one that is not that late."""
    names = ", ".join(named(task.plan, code) for code in task.reported_to)
    return (Fact(_("Báo cáo cấp trên"), names),) if names else ()


def late_fact(task: Task, code: str) -> Fact:
    """How late a task is, and who leads it besides ``code``."""
    return Fact("", _with_leads(how_late(task), task, code), tables.LATE)


def _with(first: Fact, item: Item) -> Item:
    return Item(item.title, (first, *item.facts))


def _with_leads(text: str, task: Task, code: str) -> str:
    parts = (text, taken_from(task, code), also_led_by(task, code))
    return "; ".join(filter(None, parts))


def upcoming_item(task: Task) -> Item:
    """A task that is due soon, in short."""
    leads = _("chủ trì: {codes}").format(codes=words.holders(task.model.lead, task))
    return Item(task_name(task), (Fact("", f"{how_soon(task)}; {leads}", tables.SOON),))


def held_up(task: Task) -> Fact:
    """The blocked step that a task hangs on, and since when; else its next open one.

    Of a task without steps, how it stands itself.
    """
    if not task.model.steps:
        return _own_fact(task)
    step = task.hangs_on
    if step is None or status(step) != "blocked":
        return Fact(nouns.filled(_("{Step} tiếp theo"), task.plan), hangs_on(task))
    since = words.day(step.progress.date) if step.progress else ""
    label = _("{Step} vướng mắc (từ ngày {day})") if since else _("{Step} vướng mắc")
    return Fact(nouns.filled(label, task.plan).format(day=since), hangs_on(task), tables.LATE)


def _own_fact(task: Task) -> Fact:
    """What holds up a task without steps, or how far it is."""
    if task.period:
        return Fact(_("Kỳ chưa hoàn thành"), _open_period(task))
    progress = task.model.progress
    if progress is None:
        return Fact(_("Tiến độ"), words.status("todo"))
    if progress.status == "blocked":
        label = _("Vướng mắc (từ ngày {day})") if progress.date else _("Vướng mắc")
        day = words.day(progress.date)
        return Fact(label.format(day=day), words.one_line(progress.note or ""), tables.LATE)
    said = f"{words.status(progress.status)} {words.day(progress.date)}".strip()
    parts = (said, progress.by, progress.evidence, progress.note)
    return Fact(_("Tiến độ"), " – ".join(words.one_line(part) for part in parts if part))


def _open_period(task: Task) -> str:
    text = period_words.period(task.period) if task.period else ""
    late = deadlines.late_periods(task)
    return f"{text} ({late})" if late else text


def how_late(task: Task) -> str:
    """By how much an overdue task has missed its deadline."""
    return _("Quá hạn {days} (thời hạn: {due})").format(
        days=words.days(task.days_late or 0), due=_due(task)
    )


def how_soon(task: Task) -> str:
    """How long there is until the deadline of a task in time."""
    if task.days_left == 0:
        return _("Đến hạn hôm nay (thời hạn: {due})").format(due=_due(task))
    return _("Còn {days} (thời hạn: {due})").format(
        days=words.days(task.days_left or 0), due=_due(task)
    )


def _due(task: Task) -> str:
    """The deadline as it stands inside parentheses."""
    parts = [deadlines.short(task), deadlines.period(task), deadlines.as_printed(task)]
    if task.due_as:
        parts.insert(1, words.day(task.due))
    if was_extended(task):
        parts.append(extended(task))
    return ", ".join(filter(None, parts))


def task_name(task: Task) -> str:
    """The model with its row in the printed table and its title."""
    return f"{words.task_number(task)}: {words.one_line(task.model.title)}"


def deadline(task: Task) -> str:
    """The deadline, with the first one where it was extended."""
    text = deadlines.long(task)
    if not was_extended(task):
        return text
    if text.endswith(")"):
        return f"{text[:-1]}; {extended(task)})"
    return f"{text} ({extended(task)})"


def was_extended(task: Task) -> bool:
    """Whether a deadline was moved; the first one of an undated task moves nothing."""
    moved = task.model.extensions if task.model.deadline else task.model.extensions[1:]
    return bool(moved)


def extended(task: Task) -> str:
    """How often the deadline was extended, and what it was at first."""
    extensions = task.model.extensions
    first = task.model.deadline or extensions[0].to
    n = len(extensions) - (task.model.deadline is None)
    return ngettext(
        "đã gia hạn {n} lần, hạn ban đầu {day}", "đã gia hạn {n} lần, hạn ban đầu {day}", n
    ).format(n=n, day=period_words.deadline(first))


def hangs_on(task: Task) -> str:
    """The step that holds the task up, in the plan's words."""
    step = task.hangs_on
    if step is None:
        return nouns.filled(_("các {step} đều đã hoàn thành hoặc không thực hiện"), task.plan)
    text = f"{step.step}. {words.one_line(step.text)}"
    if step.progress and step.progress.status == "blocked":
        text += f" ({step.progress.note})"
    return text


def updated(task: Task) -> str:
    """The latest date of progress; git's dates don't count."""
    return words.day(task.updated_on) or _("chưa cập nhật")


def taken_from(task: Task, code: str) -> str:
    """Whose part in a task its lead has taken; nothing where it was its own from the beginning."""
    former = ", ".join(task.replaces.get(code, ()))
    return _("tiếp nhận từ {codes}").format(codes=former) if former else ""


def also_led_by(task: Task, code: str) -> str:
    others = ", ".join(other for other in task.model.lead if other != code)
    return _("cùng chủ trì: {codes}").format(codes=others) if others else ""


def step_block_title(steps: list[LateStep]) -> str:
    late = steps[0].days_late > 0
    return nouns.filled(_("{Step} quá hạn") if late else _("{Step} sắp đến hạn"))


def step_name(late: LateStep) -> str:
    plan = late.task.plan
    model = nouns.model(words.model_address(late.task), plan)
    step = nouns.step(late.step.step, plan, inside=True)
    return f"{model}, {step}: {words.one_line(late.step.text)}"


def late_or_left(late: LateStep) -> str:
    due = words.day(late.step.due)
    if late.days_late > 0:
        return _("hạn {due}, quá hạn {days}").format(due=due, days=words.days(late.days_late))
    if late.days_late == 0:
        return _("hạn {due}, đến hạn hôm nay").format(due=due)
    return _("hạn {due}, còn {days}").format(due=due, days=words.days(-late.days_late))
