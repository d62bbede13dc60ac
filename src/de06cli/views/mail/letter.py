"""The text of a letter about late and upcoming tasks, in no form yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from de06cli.messages import _, ngettext
from de06cli.plan import nouns
from de06cli.plan.records import Agency, Heading
from de06cli.tracking.concerns import Concern, Pressing
from de06cli.tracking.states import Situation, Task
from de06cli.views import words
from de06cli.views.contents import lateness, tables
from de06cli.views.contents.lateness import Item
from de06cli.views.contents.tables import Table
from de06cli.views.mail import letter_items

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
    greeting: str  # whom it is for; in a letter to leaders, the headline
    opening: tuple[str, ...]  # paragraphs
    parts: tuple[LetterSection | LetterSummary, ...]
    closing: tuple[str, ...]


class Brief(NamedTuple):
    """What a leader sees first."""

    sentences: tuple[str, ...]  # the headline, and what has changed
    decisions: tuple[Item, ...]
    behind: Table  # the agencies with something late, the worst first
    decided: tuple[Task, ...] = ()  # the tasks that the decisions are about, one by one


def to_agency(view: Situation, concern: Concern, summaries: Sequence[LetterSummary] = ()) -> Letter:
    """The letter to an agency, each task once: what waits for it, what else it leads, what is reported to
    it, and what it is only informed of."""
    plans = [view.portfolio.plans[number].heading for number in concern.plans]
    writer = letter_items.Writer(concern.agency.code, letter_items.names(view.portfolio))
    blocks = (
        (nouns.filled(_("Chờ đơn vị thực hiện {step}")), concern.waiting),
        (_("Do đơn vị chủ trì, chờ đơn vị khác"), concern.leading),
        (_("Báo cáo: nhiệm vụ quá hạn"), concern.reported),
        (_("Để biết: nhiệm vụ phối hợp hoặc triển khai"), concern.informed),
    )
    sections = [
        LetterSection(title, _tone(found, concern), writer.items(found)) for title, found in blocks
    ]
    asked = _("Đề nghị đơn vị đã có kết quả thông báo số, ký hiệu văn bản để cập nhật tiến độ.")
    return Letter(
        _subject(plans, f"{concern.agency.code}: {_counted(concern)}", view),
        _("Kính gửi: {agency}").format(agency=_name(concern.agency)),
        _opening(plans, view),
        (*(section for section in sections if section.items), *summaries),
        ((asked,) if concern.acting else ()) + (_automatic(),),
    )


def _tone(found: Pressing, concern: Concern) -> str:
    if found is concern.informed:
        return ""
    return tables.LATE if found.late or found.late_steps else tables.SOON


def _counted(concern: Concern) -> str:
    """What the subject counts: what the agency is asked about, else what it is told."""
    if concern.acting:
        return count(concern.acting)
    if concern.reported:
        return _("báo cáo, {count}").format(count=count(concern.reported))
    return _("để biết, {count}").format(count=count(concern.informed))


def to_reader(
    view: Situation,
    found: Pressing,
    brief: Brief,
    summaries: Sequence[LetterSummary] = (),
) -> Letter:
    """The letter to leaders: what they see first, then each late and coming task once."""
    plans = [plan.heading for plan in view.portfolio.plans]
    named = letter_items.names(view.portfolio)
    told = {task.key for task in brief.decided}
    late = [task for task in found.late if task.key not in told]
    digest = lateness.digest(view, late, found.late_steps, found.soon, found.soon_steps)
    writer = letter_items.Writer("", named)
    leading: list[LetterSection | LetterSummary] = []
    if brief.decisions:
        leading.append(LetterSection(_("Cần quyết định"), tables.LATE, brief.decisions))
    if brief.behind.rows:
        leading.append(LetterSummary(_("Đơn vị có nhiệm vụ quá hạn"), brief.behind))
    sections = [
        *(
            LetterSection(
                _("Quá hạn"),
                tables.LATE,
                writer.items(Pressing(late=group.full)),
                named(group.full[0].plan, group.agency.code),
            )
            for group in digest.groups
            if group.full
        ),
        LetterSection(
            nouns.filled(_("{Step} quá hạn hoặc sắp đến hạn")),
            tables.SOON,
            writer.items(letter_items.of_steps_alone(found)),
        ),
        LetterSection(
            lateness.upcoming_title(digest.within),
            tables.SOON,
            tuple(letter_items.upcoming(found, named)),
        ),
    ]
    counted = count(found) or _("không có nhiệm vụ quá hạn hoặc sắp đến hạn")
    return Letter(
        _subject(plans, counted, view),
        brief.sentences[0],
        (*_opening(plans, view), *brief.sentences[1:]),
        (*leading, *summaries, *(section for section in sections if section.items)),
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


def _name(agency: Agency) -> str:
    return f"{words.agency(agency)} ({agency.code})"
