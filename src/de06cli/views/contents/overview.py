"""The overview of a plan in a few lines: late tasks, tasks due soon, and three commands."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.characters import display_width, padded
from de06cli.messages import _, ngettext
from de06cli.plan import nouns
from de06cli.tracking.marking import next_step
from de06cli.tracking.states import Situation, Task
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.contents.lines import Line, line
from de06cli.views.contents.tables import Cell, Named

LISTED = 5  # tasks of each kind


def lines(view: Situation, late: Sequence[Task], soon: Sequence[Task], within: int) -> list[Line]:
    """The late tasks, those due ``within`` this many days, both in the order given, and three commands."""
    named = tables.short_names(view.portfolio)
    titles = [heading.heading.title for heading in view.portfolio.plans]
    shown = [
        *(line(words.one_line(title), tables.TITLE) for title in titles[:LISTED]),
        line(f"{words.as_at(view.today)}.", tables.QUIET),
        Line(),
        *_late(late, named),
        Line(),
        *_soon(soon, within, named),
        Line(),
        line(_("Tiếp theo:"), tables.TITLE),
    ]
    return [*shown, *_commands([*late, *soon])]


def _late(late: Sequence[Task], named: Named) -> list[Line]:
    if not late:
        return [line(_("Không có nhiệm vụ quá hạn."), tables.DONE)]
    n = len(late)
    counted = ngettext("{n} nhiệm vụ quá hạn:", "{n} nhiệm vụ quá hạn:", n)
    heading = line(counted.format(n=words.number(n)), tables.LATE)
    late_tasks = [
        (task, _("quá hạn {days}").format(days=words.days(task.days_late or 0))) for task in late
    ]
    return [heading, *_tasks(late_tasks[:LISTED], named), *_more(n, "de06 overdue")]


def _soon(soon: Sequence[Task], within: int, named: Named) -> list[Line]:
    if not soon:
        return [line(lateness.nothing_soon(within))]
    n = len(soon)
    counted = ngettext("{n} nhiệm vụ sắp đến hạn:", "{n} nhiệm vụ sắp đến hạn:", n)
    heading = line(counted.format(n=words.number(n)), tables.SOON)
    due_soon = [(task, _left(task.days_left or 0)) for task in soon]
    return [heading, *_tasks(due_soon[:LISTED], named), *_more(n, "de06 upcoming")]


def _left(days: int) -> str:
    return _("còn {days}").format(days=words.days(days)) if days else _("đến hạn hôm nay")


def _more(n: int, command: str) -> list[Line]:
    if n <= LISTED:
        return []
    return [
        line(_("… và {n} nhiệm vụ khác: {command}").format(n=n - LISTED, command=command), "", 2, 2)
    ]


def _tasks(shown: Sequence[tuple[Task, str]], named: Named) -> list[Line]:
    """Tasks by the address that is typed, with the title, the first lead agency and how each stands."""
    column = max(display_width(words.model_address(task)) for task, _when in shown) + 2
    lines = []
    for task, when in shown:
        address = padded(words.model_address(task), column)
        title = words.one_line(task.model.title)
        more = f" – {tables.first_lead(task, named)} – {when}"
        parts = (Cell(address, tables.TITLE), Cell(title), Cell(more, tables.tone(task)))
        lines.append(Line(parts, 2, column, cut=1))
    return lines


def _marking(task: Task, *, has_step: bool) -> str:
    """What marking the next of a task says."""
    if has_step:
        return nouns.filled(_("ghi nhận {step} tiếp theo đã hoàn thành"), task.plan)
    return _("ghi nhận nhiệm vụ này đã hoàn thành")


def _commands(pressing: Sequence[Task]) -> list[Line]:
    """Three commands to go on with, about the first of the pressing tasks where there is one."""
    if pressing:
        address, step = words.model_address(pressing[0]), next_step(pressing[0].model)
        period = pressing[0].period
        marked = f"{address}@{period}" if period else address
        marked = f"{address}.{step.step}" if step else marked
        commands = {
            f"de06 show {address}": _("xem đầy đủ nhiệm vụ này"),
            f"de06 done {marked}": _marking(pressing[0], has_step=step is not None),
        }
    else:
        commands = {
            "de06 list": _("mọi nhiệm vụ, mỗi nhiệm vụ một dòng"),
            "de06 upcoming --within 30": _("nhiệm vụ đến hạn trong 30 ngày tới"),
        }
    commands["de06 --help"] = _("các lệnh khác")
    column = max(map(display_width, commands)) + 2
    return [
        Line((Cell(padded(typed, column)), Cell(meaning, tables.QUIET)), 2, column)
        for typed, meaning in commands.items()
    ]
