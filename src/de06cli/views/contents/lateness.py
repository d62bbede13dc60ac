"""What is late, by lead agency: the digest that cron mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from de06cli.messages import _, ngettext
from de06cli.plan import addresses
from de06cli.plan.records import Agency
from de06cli.tracking.states import LateStep, Situation, Task, status
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.tables import Cell, Column, Table


class AgencyGroup(NamedTuple):
    """The late tasks of one lead agency, most days late first."""

    agency: Agency
    tasks: tuple[Task, ...]

    @property
    def address(self) -> str:
        """The agency's code, after its plan's where there are several."""
        task = self.tasks[0]
        return addresses.within(task.plan if task.one_of_many else None, self.agency.code)


class Digest(NamedTuple):
    heading: str
    groups: tuple[AgencyGroup, ...]
    steps: tuple[LateStep, ...]
    upcoming: tuple[Task, ...]
    upcoming_steps: tuple[LateStep, ...]
    within: int | None  # days that upcoming looks ahead; None where the plans look differently far

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.groups or self.steps or self.upcoming or self.upcoming_steps)


class Fact(NamedTuple):
    """What an item says: a text, under a label if it needs one."""

    label: str
    text: str
    tone: str = ""


class Item(NamedTuple):
    """A task or a step as it is told to whoever has to do with it."""

    title: str
    facts: tuple[Fact, ...]


def digest(
    view: Situation,
    late: Sequence[Task],
    steps: Sequence[LateStep],
    upcoming: Sequence[Task] = (),
    upcoming_steps: Sequence[LateStep] = (),
) -> Digest:
    """The digest of ``late``, tasks in the order to be told. A task stands under each of its leads."""
    by_lead: dict[tuple[str, str], list[Task]] = {}
    for task in late:
        for code in task.model.lead:
            by_lead.setdefault((task.plan, code), []).append(task)
    heading = ngettext(
        "{n} nhiệm vụ quá hạn tính đến {day}", "{n} nhiệm vụ quá hạn tính đến {day}", len(late)
    ).format(n=words.number(len(late)), day=words.day(view.today))
    within = {plan.heading.due_soon_days for plan in view.portfolio.plans}
    return Digest(
        heading,
        tuple(
            AgencyGroup(view.portfolio.agency(plan, code), tuple(tasks))
            for (plan, code), tasks in by_lead.items()
        ),
        tuple(steps),
        tuple(upcoming),
        tuple(upcoming_steps),
        within.pop() if len(within) == 1 else None,
    )


def late_table(tasks: Iterable[Task], code: str) -> Table:
    """Late tasks; the step that each hangs on is told whole, so it stands below the title."""
    columns = (
        Column(_("Mô hình"), right=True),
        Column(_("STT"), right=True),
        Column(_("Nhiệm vụ"), flexible=True, readable=28),
        Column(_("Thời hạn"), right=True),
        Column(_("Quá hạn (ngày)"), right=True),
        Column(_("Cập nhật cuối")),
    )
    rows = []
    for task in tasks:
        title = words.one_line(task.model.title)
        if also := also_led_by(task, code):
            title += f" ({also})"
        step = _("Bước đang vướng") + f": {hangs_on(task)}"
        rows.append(
            (
                Cell(words.model_address(task)),
                Cell("" if task.model.stt is None else str(task.model.stt), tables.QUIET),
                Cell(f"{title}\n{step}"),
                Cell(deadline(task)),
                Cell(words.number(task.days_late or 0), tables.LATE),
                Cell(updated(task), tables.QUIET),
            )
        )
    return Table(columns, tuple(rows))


def upcoming_title(within: int | None) -> str:
    if within is None:
        return _("Sắp đến hạn")
    return _("Đến hạn trong {days} tới").format(days=words.days(within))


def late_item(task: Task, code: str) -> Item:
    """A late task as one of its leads, ``code``, is told of it."""
    return _with(late_fact(task, code), item(task))


def soon_item(task: Task, code: str) -> Item:
    """A task that is due soon as one of its leads, ``code``, is told of it."""
    return _with(Fact("", _with_leads(how_soon(task), task, code), tables.SOON), item(task))


def item(task: Task) -> Item:
    """What each of its leads is told of a task."""
    updated_on = Fact(_("Cập nhật cuối"), updated(task), tables.QUIET)
    return Item(task_name(task), (held_up(task), updated_on))


def late_fact(task: Task, code: str) -> Fact:
    """How late a task is, and who leads it besides ``code``."""
    return Fact("", _with_leads(how_late(task), task, code), tables.LATE)


def _with(first: Fact, told: Item) -> Item:
    return Item(told.title, (first, *told.facts))


def _with_leads(text: str, task: Task, code: str) -> str:
    also = also_led_by(task, code)
    return f"{text}; {also}" if also else text


def upcoming_item(task: Task) -> Item:
    """A task that is due soon, in short."""
    leads = _("chủ trì: {codes}").format(codes=", ".join(task.model.lead))
    return Item(task_name(task), (Fact("", f"{how_soon(task)}; {leads}", tables.SOON),))


def held_up(task: Task) -> Fact:
    """The step that a task hangs on; where it neither is late nor blocked, it is just the next one."""
    step = task.hangs_on
    vexed = task.days_late is not None or (step and status(step) == "blocked")
    return Fact(_("Bước đang vướng") if vexed else _("Bước tiếp theo"), hangs_on(task))


def how_late(task: Task) -> str:
    """By how much an overdue task has missed its deadline."""
    return _("Quá hạn {days}; hạn {due}").format(
        days=words.days(task.days_late or 0), due=deadline(task)
    )


def how_soon(task: Task) -> str:
    """How long there is until the deadline of a task in time."""
    if task.days_left == 0:
        return _("Đến hạn hôm nay; hạn {due}").format(due=deadline(task))
    return _("Còn {days}; hạn {due}").format(
        days=words.days(task.days_left or 0), due=deadline(task)
    )


def task_name(task: Task) -> str:
    """The model with its row in the printed table and its title."""
    return f"{words.task_number(task)}: {words.one_line(task.model.title)}"


def deadline(task: Task) -> str:
    """The deadline, with the first one where it was extended."""
    text = words.day(task.due)
    return f"{text} ({extended(task)})" if task.model.extensions else text


def extended(task: Task) -> str:
    """How often the deadline was extended, and what it was at first."""
    n = len(task.model.extensions)
    return ngettext(
        "đã gia hạn {n} lần, hạn đầu {day}", "đã gia hạn {n} lần, hạn đầu {day}", n
    ).format(n=n, day=words.day(task.model.deadline))


def hangs_on(task: Task) -> str:
    """The step that holds the task up, in the plan's words."""
    step = task.hangs_on
    if step is None:
        return _("không còn bước nào mở")
    text = f"{step.step}. {words.one_line(step.text)}"
    if step.progress and step.progress.status == "blocked":
        text = f"{words.status('blocked')} – {text} ({step.progress.note})"
    return text


def updated(task: Task) -> str:
    """The latest date of progress; git's dates don't count."""
    return words.day(task.updated_on) or _("chưa cập nhật")


def also_led_by(task: Task, code: str) -> str:
    others = ", ".join(other for other in task.model.lead if other != code)
    return _("cùng chủ trì: {codes}").format(codes=others) if others else ""


def step_block_title(steps: list[LateStep]) -> str:
    return _("Bước quá hạn") if steps[0].days_late > 0 else _("Bước sắp đến hạn")


def step_name(late: LateStep) -> str:
    return _("Mô hình {model}, bước {step}: {text}").format(
        model=words.model_address(late.task),
        step=late.step.step,
        text=words.one_line(late.step.text),
    )


def late_or_left(late: LateStep) -> str:
    due = words.day(late.step.due)
    if late.days_late > 0:
        return _("hạn {due}, quá hạn {days}").format(due=due, days=words.days(late.days_late))
    if late.days_late == 0:
        return _("hạn {due}, đến hạn hôm nay").format(due=due)
    return _("hạn {due}, còn {days}").format(due=due, days=words.days(-late.days_late))
