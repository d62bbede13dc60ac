"""The words, dates and numbers that people see, in the language spoken now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from de06cli import messages

# What views do with any text, they find beside the words.
from de06cli.characters import beginning as beginning  # noqa: PLC0414
from de06cli.characters import one_line as one_line  # noqa: PLC0414
from de06cli.characters import printable as printable  # noqa: PLC0414
from de06cli.characters import visible as visible  # noqa: PLC0414
from de06cli.messages import N_, _, in_every_language, language, ngettext
from de06cli.plan import addresses, nouns
from de06cli.plan.agencies import fold
from de06cli.plan.records import Agency, Model
from de06cli.tracking.states import Task, closed_periods
from de06cli.tracking.terms import Role, State

_STATES = {
    State.DONE_ON_TIME: N_("Hoàn thành đúng hạn"),
    State.DONE_LATE: N_("Hoàn thành quá hạn"),
    State.OPEN_IN_TIME: N_("Chưa hoàn thành – trong hạn"),
    State.OPEN_OVERDUE: N_("Chưa hoàn thành – quá hạn"),
    State.ONGOING: N_("Thường xuyên"),
    State.UNDATED: N_("Chưa xác định thời hạn"),
    State.STOPPED: N_("Dừng thực hiện"),
}
_STATUSES = {
    "todo": N_("Chưa thực hiện"),
    "doing": N_("Đang thực hiện"),
    "done": N_("Hoàn thành"),
    "blocked": N_("Vướng mắc"),
    "skipped": N_("Không thực hiện"),
}
_ROLES = {
    Role.LEAD: N_("Chủ trì"),
    Role.SUPPORT: N_("Phối hợp"),
    Role.IMPLEMENTER: N_("Lực lượng triển khai"),
    Role.STEP: N_("Thực hiện {step}"),
}
_LEVELS = {
    "central": N_("Trung ương"),
    "province": N_("Tỉnh"),
    "district": N_("Huyện"),
    "commune": N_("Xã"),
    "enterprise": N_("Doanh nghiệp"),
    "group": N_("Nhóm đơn vị"),
}
# One mark a step, to be seen at a glance.
STEP_MARKS = {"todo": "○", "doing": "◐", "done": "●", "blocked": "✗", "skipped": "–"}


def state(key: State) -> str:
    return _(_STATES[key])


def beside_title(key: State) -> str:
    """The heading of a column of figures for a state beside the 2 × 2 table."""
    return _("Chưa có hạn") if key is State.UNDATED else state(key)


def status(key: str) -> str:
    return _(_STATUSES[key])


def statuses() -> dict[str, str]:
    """The status that each word for one means, folded, in every language."""
    return {
        fold(word): key
        for key, message in _STATUSES.items()
        for word in (key, *in_every_language(message))
    }


def role(key: Role) -> str:
    return nouns.filled(_(_ROLES[key]))


def level(key: str | None) -> str:
    return _(_LEVELS[key]) if key else ""


def day(value: date | None) -> str:
    """The day as people write it, 30/12/2023 or 30 Dec 2023; nothing for no day."""
    return messages.day(value) if value else ""


def day_of_year(value: date) -> str:
    """The day without its year: 30/12, or 30 Dec."""
    return day(value).rpartition("/" if language() == "vi" else " ")[0]


def moment(value: datetime) -> str:
    """The day and the minute, in the time zone of ``value``."""
    return f"{day(value)} {value:%H:%M}"


def days(n: int) -> str:
    return ngettext("{n} ngày", "{n} ngày", n).format(n=number(n))


def number(value: int) -> str:
    """The number with its thousands marked: 21.914 in Vietnamese, 21,914 in English."""
    text = f"{value:,}"
    return text.replace(",", ".") if language() == "vi" else text


def percent(share: float | None) -> str:
    """The share as a percentage with one decimal, 98,6%; a dash where there is none."""
    if share is None:
        return "–"
    text = f"{share * 100:.1f}%"
    return text.replace(".", ",") if language() == "vi" else text


def agency(value: Agency) -> str:
    """The agency's name in the language spoken now, on one line."""
    return one_line((language() == "en" and value.name_en) or value.name)


def short(value: Agency) -> str:
    """What the agency is called in a table: its short name, else its code; on one line."""
    return one_line(value.short or value.code)


def short_state(task: Task) -> str:
    """The state as a table has it: "Quá hạn 51 ngày", "Còn 10 ngày", "HT đúng hạn"."""
    match task.state:
        case State.OPEN_OVERDUE if (
            not task.days_late
        ):  # in the report of the period that ended then
            return _("Quá hạn")
        case State.OPEN_OVERDUE:
            n = task.days_late or 0
            return ngettext("Quá hạn {n} ngày", "Quá hạn {n} ngày", n).format(n=number(n))
        case State.DONE_LATE:
            n = task.days_late or 0
            return ngettext("HT quá hạn {n} ngày", "HT quá hạn {n} ngày", n).format(n=number(n))
        case State.OPEN_IN_TIME if task.days_left == 0:
            return _("Đến hạn hôm nay")
        case State.OPEN_IN_TIME if task.days_left is not None:
            n = task.days_left
            return ngettext("Còn {n} ngày", "Còn {n} ngày", n).format(n=number(n))
        case State.UNDATED:
            return _("Chưa có hạn")
        case State.DONE_ON_TIME:
            # Not one message: as a column's title it is another one in English.
            return _("HT {how}").format(how=_("đúng hạn"))
    return state(task.state)


def task_state(task: Task) -> str:
    """The state, and by how many days: "Chưa hoàn thành – quá hạn 12 ngày"."""
    if task.days_late:  # 0 in the report of the period that ended with the due day
        late = (
            _("Chưa hoàn thành – quá hạn {days}")
            if task.state is State.OPEN_OVERDUE
            else _("Hoàn thành quá hạn {days}")
        )
        return late.format(days=days(task.days_late))
    if task.due_soon and task.days_left == 0:
        return _("Chưa hoàn thành – trong hạn (đến hạn hôm nay)")
    if task.due_soon and task.days_left is not None:
        left = days(task.days_left)
        return _("Chưa hoàn thành – trong hạn (sắp đến hạn, còn {days})").format(days=left)
    return state(task.state)


def step_marks(task: Task) -> str:
    """A mark for each step, and the number of closed steps: ●●○ 2/3."""
    if not task.model.steps:
        counted = periods_counted(task)
        return f"{STEP_MARKS[own_status(task)]} {counted}".strip()
    marks = "".join(
        STEP_MARKS[step.progress.status if step.progress else "todo"] for step in task.model.steps
    )
    return f"{marks} {task.steps_done}/{task.steps_total}"


def own_status(task: Task) -> str:
    """The status of a model without steps; of a recurring duty, whether no period due so far is open."""
    if task.model.recurs:
        if task.periods_late or not closed_periods(task.model):
            return "doing" if closed_periods(task.model) else "todo"
        return "done"
    return task.model.progress.status if task.model.progress else "todo"


def periods_counted(task: Task) -> str:
    """How many periods of a recurring duty are closed, of those that are closed or late: "2/4 kỳ"."""
    closed = len(closed_periods(task.model)) if task.model.recurs else 0
    known = closed + task.periods_late
    return _("{done}/{total} kỳ").format(done=closed, total=known) if known else ""


def progress_counted(task: Task) -> str:
    """The progress in words and numbers: "2/3 bước", "2/4 kỳ", "Đang thực hiện"."""
    if task.model.steps:
        counted = nouns.filled(_("{done}/{total} {step}"), task.plan)
        return counted.format(done=task.steps_done, total=task.steps_total)
    return periods_counted(task) or status(own_status(task))


def is_closed(task: Task) -> bool:
    """Whether nothing is left to be done of what is known by now."""
    if task.model.steps:
        return task.steps_done == task.steps_total
    return own_status(task) == "done"


def holder(code: str, task: Task, name: str = "") -> str:
    """Who holds a role, by its code or ``name``: "CAX (tiếp nhận từ CAH)", "UBNDH (đến 01/07/2025)"."""
    text = name or code
    if former := task.replaces.get(code):
        return text + " " + _("(tiếp nhận từ {codes})").format(codes=", ".join(former))
    if task.succession and task.succession.has_ended(code, task.today):
        return text + " " + _("(đến {day})").format(day=day(task.succession.ended[code].on))
    return text


def holders(
    codes: Iterable[str], task: Task, named: Callable[[str, str], str] | None = None
) -> str:
    """Who holds a role, by codes or as ``named`` calls them."""
    return ", ".join(holder(code, task, named(task.plan, code) if named else "") for code in codes)


def inside(label: str) -> str:
    """A label as it stands inside a sentence: with a small letter, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence_start(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def as_at(today: date) -> str:
    return _("Số liệu tính đến ngày {day}").format(day=day(today))


def model_address(task: Task) -> str:
    """The model as it is typed: with its plan's code where there are several plans."""
    return addresses.written(_plan_of(task), task.model.model)


def task_number(task: Task) -> str:
    """The task's model as ``model_number`` says it, with its plan's code where there are several plans."""
    return model_number(task.model, _plan_of(task), task.plan)


def model_number(model: Model, of: str | None = None, plan: str | None = None) -> str:
    """The model's number and its row in the printed table: "Mô hình 9 (STT 4)".

    ``of`` is the plan's code where there are several plans, ``plan`` the code whose nouns are used.
    """
    number = nouns.model(addresses.written(of, model.model), plan or of)
    if model.stt is None:
        return number
    return number + " " + _("(STT {stt})").format(stt=model.stt)


def _plan_of(task: Task) -> str | None:
    return task.plan if task.one_of_many else None


def counted_under_each() -> str:
    """That a table of agencies counts a task of several leads for each of them."""
    return _(
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng "
        "số chỉ tính một lần."
    )
