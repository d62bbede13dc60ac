"""The text of a letter about late and upcoming tasks, in no form yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from de06cli.messages import _, ngettext
from de06cli.plan import nouns
from de06cli.plan.records import Agency, Heading
from de06cli.tracking.concerns import HELPING, Concern, Pressing
from de06cli.tracking.filters import codes_in
from de06cli.tracking.states import LateStep, Situation, Task
from de06cli.tracking.terms import Role
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.contents.lateness import Fact, Item
from de06cli.views.contents.tables import Table

_NAMED = 3  # plans that are named one by one


class LetterSection(NamedTuple):
    title: str
    tone: str
    items: tuple[Item, ...]
    about: str = ""  # whose items they are, in the plan's own words

    def heading(self, written: Callable[[str], str] = str) -> str:
        """The title as it is ``written``, and how many items there are; the plan's words stay."""
        of = f": {self.about}" if self.about else ""
        return f"{written(self.title)}{of} ({words.number(len(self.items))})"


class LetterSummary(NamedTuple):
    """A table of figures."""

    title: str
    table: Table
    note: str = ""


class Letter(NamedTuple):
    subject: str  # one line
    greeting: str  # empty if the letter is for the person who asked
    opening: tuple[str, ...]  # paragraphs
    parts: tuple[LetterSection | LetterSummary, ...]
    closing: tuple[str, ...]


def to_agency(view: Situation, concern: Concern, summaries: Sequence[LetterSummary] = ()) -> Letter:
    """The letter to an agency: the tasks on which it acts, then those of which it is informed."""
    acting, informed, code = concern.acting, concern.informed, concern.agency.code
    plans = [view.portfolio.plans[number].heading for number in concern.plans]
    counted = count(acting) if acting else _("để biết, {count}").format(count=count(informed))
    act = _("Cần xử lý: {what}")
    late = [lateness.late_item(task, code) for task in acting.late]
    soon = [lateness.soon_item(task, code) for task in acting.soon]
    known = [_informed(task, code, view) for task in (*informed.late, *informed.soon)]
    sections = (
        _section(act.format(what=_("nhiệm vụ do đơn vị chủ trì đã quá hạn")), tables.LATE, late),
        _section(
            act.format(what=nouns.filled(_("{step} đã quá hạn"))),
            tables.LATE,
            map(_step, acting.late_steps),
        ),
        _section(act.format(what=_("nhiệm vụ do đơn vị chủ trì sắp đến hạn")), tables.SOON, soon),
        _section(
            act.format(what=nouns.filled(_("{step} sắp đến hạn"))),
            tables.SOON,
            map(_step, acting.soon_steps),
        ),
        _section(_("Để biết: nhiệm vụ phối hợp hoặc triển khai"), "", known),
    )
    asked = _("Đề nghị đơn vị đã có kết quả thông báo số, ký hiệu văn bản để cập nhật tiến độ.")
    return Letter(
        _subject(plans, f"{code}: {counted}", view),
        _("Kính gửi: {agency}").format(agency=_name(concern.agency)),
        _opening(plans, view),
        (*(section for section in sections if section.items), *summaries),
        ((asked,) if acting else ()) + (_automatic(),),
    )


def to_reader(view: Situation, found: Pressing, summaries: Sequence[LetterSummary] = ()) -> Letter:
    """The letter about all late and upcoming tasks, by lead agency, for a supervisor."""
    plans = [plan.heading for plan in view.portfolio.plans]
    digest = lateness.digest(view, found.late, found.late_steps, found.soon, found.soon_steps)
    sections = [
        _section(
            _("Quá hạn"),
            tables.LATE,
            [lateness.late_item(task, group.agency.code) for task in group.tasks],
            f"{group.agency.code} – {words.agency(group.agency)}",
        )
        for group in digest.groups
    ]
    sections += [
        _section(nouns.filled(_("{Step} quá hạn")), tables.LATE, map(_step, digest.steps)),
        _section(
            lateness.upcoming_title(digest.within),
            tables.SOON,
            map(lateness.upcoming_item, digest.upcoming),
        ),
        _section(
            nouns.filled(_("{Step} sắp đến hạn")), tables.SOON, map(_step, digest.upcoming_steps)
        ),
    ]
    counted = count(found) or _("không có nhiệm vụ quá hạn hoặc sắp đến hạn")
    return Letter(
        _subject(plans, counted, view),
        "",
        (*_opening(plans, view), f"{counted[:1].upper()}{counted[1:]}."),
        (*summaries, *(section for section in sections if section.items)),
        (_automatic(),),
    )


def with_notes(written: Letter, notes: Sequence[str]) -> Letter:
    """The letter with notes about its data, under the line of the day they are of."""
    first, *others = written.opening
    return written._replace(opening=(first, *notes, *others))


def count(found: Pressing) -> str:
    """How much is late and soon: "7 nhiệm vụ quá hạn, 2 nhiệm vụ sắp đến hạn"."""
    late, soon, late_steps, soon_steps = map(len, found)
    counted = (
        (late, ngettext("{n} nhiệm vụ quá hạn", "{n} nhiệm vụ quá hạn", late)),
        (
            late_steps,
            nouns.filled(ngettext("{n} {step} quá hạn", "{n} {step} quá hạn", late_steps)),
        ),
        (soon, ngettext("{n} nhiệm vụ sắp đến hạn", "{n} nhiệm vụ sắp đến hạn", soon)),
        (
            soon_steps,
            nouns.filled(ngettext("{n} {step} sắp đến hạn", "{n} {step} sắp đến hạn", soon_steps)),
        ),
    )
    return ", ".join(text.format(n=words.number(n)) for n, text in counted if n)


def _subject(plans: Sequence[Heading], text: str, view: Situation) -> str:
    codes = ", ".join(plan.code for plan in plans)
    if len(plans) > _NAMED:
        codes = _("{n} kế hoạch").format(n=words.number(len(plans)))
    return words.one_line(f"[{codes}] {text} ({words.day(view.today)})")


def _opening(plans: Sequence[Heading], view: Situation) -> tuple[str, ...]:
    paragraphs = [f"{words.as_at(view.today)}."]
    if len(plans) <= _NAMED:
        for plan in plans:
            place = f" ({words.one_line(plan.place)})" if plan.place else ""
            named = _("Kế hoạch {code}: {title}").format(
                code=plan.code, title=words.one_line(plan.title)
            )
            programme = f"{words.one_line(plan.programme)}. " if plan.programme else ""
            paragraphs.append(f"{programme}{named}{place}.")
    else:
        codes = ", ".join(plan.code for plan in plans)
        paragraphs.append(_("Các kế hoạch: {codes}.").format(codes=codes))
    return tuple(paragraphs)


def _automatic() -> str:
    return _("Thư gửi tự động theo số liệu của kế hoạch.")


def _section(title: str, tone: str, items: Iterable[Item], about: str = "") -> LetterSection:
    return LetterSection(title, tone, tuple(items), about)


def _step(late: LateStep) -> Item:
    tone = tables.LATE if late.days_late > 0 else tables.SOON
    leads = _("chủ trì: {codes}").format(codes=", ".join(late.task.model.lead))
    stands = f"{lateness.late_or_left(late)}; {leads}"
    facts = (
        Fact("", stands[:1].upper() + stands[1:], tone),
        Fact(_("Nhiệm vụ"), words.one_line(late.task.model.title), tables.QUIET),
    )
    return Item(lateness.step_name(late), facts)


def _informed(task: Task, code: str, view: Situation) -> Item:
    """A task that others lead: how it stands, who leads it, what the agency is in it."""
    register = view.portfolio.plan_coded(task.plan).register
    if task.days_late is None:
        stands = Fact("", lateness.how_soon(task), tables.SOON)
    else:
        stands = Fact("", lateness.how_late(task), tables.LATE)
    leads = ", ".join(_name(register.by_code[lead]) for lead in task.model.lead)
    roles = ", ".join(words.role(role) for role in HELPING if code in codes_in(task.model, role))
    facts = [stands, Fact(words.role(Role.LEAD), leads), Fact(_("Vai trò của đơn vị"), roles)]
    step = task.hangs_on
    if step and code in step.agencies:  # it may be this agency that the others wait for
        facts.append(lateness.held_up(task))
    return Item(lateness.task_name(task), tuple(facts))


def _name(agency: Agency) -> str:
    return f"{words.agency(agency)} ({agency.code})"
