"""What is late, by lead agency: the digest that cron mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from de06cli.messages import _, ngettext
from de06cli.plan.records import Agency
from de06cli.tracking.states import LateStep, Task, View
from de06cli.views import words


class Group(NamedTuple):
    """The late tasks of one lead agency, most days late first."""

    agency: Agency
    tasks: tuple[Task, ...]

    @property
    def address(self) -> str:
        """The agency's code, after its plan's where there are several."""
        task = self.tasks[0]
        return f"{task.plan}:{self.agency.code}" if task.one_of_many else self.agency.code


class Digest(NamedTuple):
    heading: str
    groups: tuple[Group, ...]
    steps: tuple[LateStep, ...]
    upcoming: tuple[Task, ...]
    within: int  # days that upcoming looks ahead

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.groups or self.steps or self.upcoming)


def digest(
    view: View, late: Sequence[Task], steps: Sequence[LateStep], upcoming: Sequence[Task] = ()
) -> Digest:
    """The digest of ``late``, tasks in the order to be told. A task stands under each of its leads."""
    by_lead: dict[tuple[str, str], list[Task]] = {}
    for task in late:
        for code in task.model.lead:
            by_lead.setdefault((task.plan, code), []).append(task)
    heading = ngettext(
        "{n} nhiệm vụ quá hạn tính đến {day}", "{n} nhiệm vụ quá hạn tính đến {day}", len(late)
    ).format(n=words.number(len(late)), day=words.day(view.today))
    return Digest(
        heading,
        tuple(
            Group(view.portfolio.agency(plan, code), tuple(tasks))
            for (plan, code), tasks in by_lead.items()
        ),
        tuple(steps),
        tuple(upcoming),
        within(view),
    )


def within(view: View) -> int:
    """How many days ahead the digest looks: as far as any of the plans calls a task due soon."""
    return max(plan.heading.due_soon_days for plan in view.portfolio.plans)


def deadline(task: Task) -> str:
    """The deadline, with the first one where it was extended."""
    text = words.day(task.due)
    if extensions := task.model.extensions:
        count = ngettext(
            "đã gia hạn {n} lần, hạn đầu {day}",
            "đã gia hạn {n} lần, hạn đầu {day}",
            len(extensions),
        )
        text += f" ({count.format(n=len(extensions), day=words.day(task.model.deadline))})"
    return text


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
