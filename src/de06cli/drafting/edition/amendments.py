"""What a new edition of the document changes in a plan, as edits that a person confirms one task at a time.

Nothing is deleted: a task that is gone is to be stopped, a later deadline is an extension, other agencies are
a handover on the day of the decision. Printed cells follow the new document. What stands in the plan alone
(progress, steps that the document has not, notes) stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from de06cli.characters import clip
from de06cli.drafting.drafted_agencies import UNKNOWN
from de06cli.drafting.edition.matching import Matching, match_steps, words
from de06cli.drafting.meaning.deadlines import UNSAID
from de06cli.messages import _
from de06cli.plan import addresses
from de06cli.plan.declaring import Label
from de06cli.plan.file.edits import Edit, SetExtensions, SetPart
from de06cli.plan.file.items.field_edit import SetField
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.parts import Extension, Handover, Lists, Source, Step, Stop, handed
from de06cli.plan.records import Model, Plan
from de06cli.tracking.roles import Succession

_TEXTS: Final = ("title", "basis", "outcome", "equipment", "output")
_LISTS: Final = ("organisation", "companies")
_GONE: Final = (
    "không còn trong văn bản mới"  # is kept in the plan, whatever the language of the answer
)


class Decision(NamedTuple):
    """The document that amends the plan: its day, its number where a person gave it."""

    day: date
    document: str | None


class Amendment(NamedTuple):
    """What the document changes in one task: the edits, and what a person has to look at besides."""

    model: Model  # as the plan has it, or as it is to be added
    edits: list[Edit]
    questions: list[str]


class Edition(NamedTuple):
    """What a new document changes: a task at a time, and what all of it needs first."""

    amendments: list[Amendment]
    matching: Matching


def compare(plan: Plan, new: Plan, matching: Matching, decision: Decision) -> Edition:
    """What ``new``, the draft of the document, changes in the plan."""
    groups = _groups(plan, new)
    drafted = {name for name in (*_TEXTS, *_LISTS) if any(getattr(one, name) for one in new.models)}
    made = [
        _Task(plan, old, one, decision, groups, drafted).amendment() for old, one in matching.pairs
    ]
    made += _added(plan, new, matching, decision, groups)
    made += (_stopped(model, decision) for model in matching.gone if not _is_over(model))
    return Edition([one for one in made if one.edits or one.questions], matching)


def _groups(plan: Plan, new: Plan) -> dict[str, str]:
    """The plan's codes of the document's groups, by the document's: the one of the same title, or its own."""
    titles = {words(group.title): group.code for group in plan.groups}
    return {group.code: titles.get(words(group.title), group.code) for group in new.groups}


def _is_over(model: Model) -> bool:
    return model.stopped is not None or (model.completed_on is not None and not model.ongoing)


def _stopped(model: Model, decision: Decision) -> Amendment:
    stop = Stop(decision.day, decision.document, _GONE)
    return Amendment(model, [SetPart(model.model, "stopped", stop)], [])


def _added(
    plan: Plan, new: Plan, matching: Matching, decision: Decision, groups: dict[str, str]
) -> Iterator[Amendment]:
    """The new tasks, each behind the one that stands before it in the document."""
    taken = {str(model.model).casefold() for model in plan.models}
    placed: dict[Label, Label] = {one.model: old.model for old, one in matching.pairs}
    added = {model.model for model in matching.added}
    before: Label = plan.models[-1].model
    for model in new.models:
        if model.model in added:
            number = _free(model.model, taken)
            group = groups.get(model.group, model.group) if model.group else None
            record = model._replace(model=number, group=group, assigned=decision.day)
            yield Amendment(record, [SetItem("models", record, before)], [])
            placed[model.model] = number
        before = placed.get(model.model, before)


def _free(number: Label, taken: set[str]) -> Label:
    """The number, or where it is taken the next one that is free."""
    free, n = number, 1
    while str(free).casefold() in taken:
        n += 1
        free = number + n - 1 if isinstance(number, int) else f"{number}-{n}"
    taken.add(str(free).casefold())
    return free


class _Task:
    """A task of the plan beside the same task of the document."""

    def __init__(
        self,
        plan: Plan,
        old: Model,
        new: Model,
        decision: Decision,
        groups: dict[str, str],
        drafted: set[str],
    ) -> None:
        self.plan, self.old, self.new, self.decision = plan, old, new, decision
        self.groups, self.drafted = groups, drafted
        self.edits: list[Edit] = []
        self.questions: list[str] = []

    def amendment(self) -> Amendment:
        self._texts()
        self._extra()
        self._row()
        self._deadline()
        self._roles()
        self._steps()
        if self.edits or self.questions:
            self._doubts()
        return Amendment(self.old, self.edits, self.questions)

    def _set(self, name: str, value: object, within: str = "", instead: str = "") -> None:
        self.edits.append(SetField(self.old.model, name, value, None, within, instead))

    def _ask(self, question: str) -> None:
        self.questions.append(question)

    def _texts(self) -> None:
        for name in (*_TEXTS, *_LISTS):
            was, now = getattr(self.old, name), getattr(self.new, name)
            if _plain(was) == _plain(now):
                continue
            if now:
                self._set(name, now)
            elif name in self.drafted:
                self._ask(_("văn bản mới để trống “{text}”.").format(text=clip(str(_plain(was)))))

    def _extra(self) -> None:
        known = dict(self.old.extra)
        for heading, text in self.new.extra:
            if _plain(known.get(heading)) != _plain(text):
                self._set(heading, text, "extra")

    def _row(self) -> None:
        if self.new.stt is not None and self.new.stt != self.old.stt:
            self._set("stt", self.new.stt)
        group = self.groups.get(self.new.group, self.new.group) if self.new.group else None
        if group and group != self.old.group:
            self._set("group", group)

    def _cell(self, name: str) -> tuple[str | None, str | None]:
        """A printed cell, before and after."""
        return getattr(self.old.source or Source(), name), getattr(self.new.source, name, None)

    def _is_same_cell(self, name: str) -> bool:
        was, now = self._cell(name)
        return was is not None and _plain(was) == _plain(now)

    def _follow_cell(self, name: str) -> None:
        """The printed cell follows the document, where the plan has cells."""
        was, now = self._cell(name)
        if self.old.source and now and _plain(was) != _plain(now):
            self._set(name, now, "source")

    # The time ----------------------------------------------------------------------------------------

    def _deadline(self) -> None:
        if self._is_same_cell("deadline"):
            return
        old, new = self.old, self.new
        if new.undated == UNSAID:
            if old.undated == UNSAID:
                return
            self._ask(_("văn bản mới không ghi thời hạn; thời hạn trong kế hoạch giữ nguyên."))
            return
        if new.recurs != old.recurs and (new.recurs or old.recurs):
            if not (new.recurs and old.recurs and new.recurs.every == old.recurs.every):
                self._ask_about_time()
                return
        elif new.deadline:
            if not self._later():
                return
        elif new.undated and new.undated != old.undated:
            if old.extensions or not old.deadline or old.ongoing or old.recurs:
                self._ask_about_time()
                return
            self._set("undated", new.undated, instead="deadline")
        elif new.ongoing != old.ongoing:
            self._ask_about_time()
            return
        if new.deadline and new.ongoing and not old.ongoing and not old.undated:
            self._set("ongoing", new.ongoing)
        if old.deadline and old.ongoing and new.deadline and not new.ongoing:
            self._set("ongoing", None)
        self._follow_cell("deadline")

    def _later(self) -> bool:
        """The document's day as an extension, or as the deadline; whether it could be taken."""
        old, new = self.old, self.new
        now, day = old.due_period, self.decision.day
        if new.deadline is None or now == new.deadline:
            return True
        if old.stopped or (old.extensions and old.extensions[-1].decided > day):
            self._ask_about_time()
            return False
        if now is None and not old.undated:
            kept_up = "" if new.ongoing or not old.ongoing else "ongoing"
            self._set("deadline", new.deadline, instead=kept_up)
        elif now is None or new.deadline.last > now.last:
            extension = Extension(new.deadline, day, self.decision.document)
            self.edits.append(SetExtensions(old.model, (*old.extensions, extension)))
        elif new.deadline.last < now.last and old.extensions:
            self._ask_about_time()
            return False
        elif new.deadline.last < now.last:
            self._set("deadline", new.deadline)
        return True

    def _ask_about_time(self) -> None:
        was, now = self._cell("deadline")
        self._ask(
            _("thời hạn “{was}” nay là “{now}”: hãy sửa trực tiếp trong tệp.").format(
                was=clip(was or str(self.old.due_period or self.old.undated or "–")),
                now=clip(now or "–"),
            )
        )

    # The agencies ------------------------------------------------------------------------------------

    def _roles(self) -> None:
        printed = Lists(self.old.lead, self.old.support, self.old.implementers)
        day = self.decision.day
        held = handed(printed, self.old.handovers, day)
        wanted = Lists(self.new.lead, self.new.support, self.new.implementers)
        changed: dict[str, tuple[str, ...]] = {}
        for role in Lists._fields:
            was, now = getattr(held, role), getattr(wanted, role)
            if self._is_same_cell(role) or self._is_unsaid(role, now):
                continue
            if {*self._present(was)} != {*self._present(now)}:
                changed[role] = now
            self._follow_cell(role)
        if not changed:
            return
        if printed.lead == (UNKNOWN.code,) and not self.old.handovers:
            for role, codes in changed.items():
                self._set(role, codes)
        elif any(one.on >= day for one in self.old.handovers) or self.old.stopped:
            said = "; ".join(", ".join(codes) for codes in changed.values())
            self._ask(_("phân công nay là {said}: ghi bằng de06 handover.").format(said=said))
        else:
            lead, support, implementers = (changed.get(role) for role in Lists._fields)
            handover = Handover(day, lead, support, implementers, self.decision.document)
            handovers = (*self.old.handovers, handover)
            self.edits.append(SetPart(self.old.model, "handovers", handovers))

    def _is_unsaid(self, role: str, now: tuple[str, ...]) -> bool:
        """Whether the document says nothing of a role: it has no such column, or leaves the lead open."""
        if role == "lead" and now == (UNKNOWN.code,):
            if self.old.lead != now:
                self._ask(_("văn bản mới không ghi đơn vị chủ trì; phân công giữ nguyên."))
            return True
        return not now and self._cell(role)[1] is None

    def _present(self, codes: tuple[str, ...]) -> Iterator[str]:
        ended = {one.code: one.ended for one in self.plan.agencies if one.ended}
        succession = Succession(ended)
        for code in codes:
            yield from succession.present(code, self.decision.day)

    # The steps ---------------------------------------------------------------------------------------

    def _steps(self) -> None:
        old, new = self.old, self.new
        if not new.steps:
            return
        if not old.steps and (old.progress or (old.recurs and not old.deadline)):
            self._ask(_("văn bản mới có các bước; kế hoạch ghi nhận cả nhiệm vụ."))
            return
        pairs = match_steps(*([_tidy(one) for one in side] for side in (old.steps, new.steps)))
        kept = [was.step for _now, was in pairs if was]
        if kept != sorted(kept):
            self._ask(_("thứ tự các bước đã thay đổi: hãy sửa trực tiếp trong tệp."))
            return
        if _are_rewritten(pairs, [step.step for step in old.steps]):
            self._ask(_("có bước nay ghi khác hẳn: hãy sửa trực tiếp trong tệp."))
            return
        self._take_steps(pairs)

    def _take_steps(self, pairs: Sequence[tuple[Step, Step | None]]) -> None:
        by_number = {step.step: step for step in self.new.steps}
        numbers = {step.step: step.step for step in self.old.steps}  # now, by those before
        texts: list[SetField] = []
        before: Step | None = None
        for now, was in pairs:
            step = by_number[now.step]
            if was is None:
                self._add_step(step, before, numbers)
                continue
            if was.text != now.text:
                texts.append(SetField(self.old.model, "text", step.text, was.step))
            before = was
        self.edits += (one._replace(step=numbers[one.step or 0]) for one in texts)
        kept = {was.step for _now, was in pairs if was}
        for number in numbers.keys() - kept:
            address = addresses.written(None, self.old.model, numbers[number])
            self._ask(
                _(
                    "bước {step} không còn trong văn bản mới; nếu bỏ, ghi de06 skip {address}."
                ).format(step=number, address=address)
            )

    def _add_step(self, step: Step, before: Step | None, numbers: dict[int, int]) -> None:
        """A step behind another one; ``numbers`` are those of the plan's steps after it."""
        after = self._last_behind(numbers[before.step] if before else 0)
        taken = {*numbers.values(), *self._new_numbers()}
        moved = 0
        while after + 1 + moved in taken:
            moved += 1
        for number, now in numbers.items():
            if after < now <= after + moved:
                numbers[number] = now + 1
        record = step._replace(step=after + 1)
        self.edits.append(SetItem("steps", record, after or None, self.old.model, moved))

    def _new_numbers(self) -> list[int]:
        return [
            edit.record.step
            for edit in self.edits
            if isinstance(edit, SetItem) and isinstance(edit.record, Step)
        ]

    def _last_behind(self, number: int) -> int:
        """The number, or that of the last new step that stands directly behind it."""
        added = self._new_numbers()
        while number + 1 in added:
            number += 1
        return number

    def _doubts(self) -> None:
        """The questions of the document's own draft that the plan does not have yet."""
        known = self.old.review or ""
        if self.new.review and not known and self.edits:
            self._set("review", self.new.review)
        elif self.new.review and self.new.review not in known:
            self._ask(clip(self.new.review, 300))


def _tidy(step: Step) -> Step:
    return step._replace(text=str(_plain(step.text)))


def _are_rewritten(pairs: Sequence[tuple[Step, Step | None]], numbers: Sequence[int]) -> bool:
    """Whether a new step stands where a step of the plan is gone: the one may be the other."""
    kept = [0, *(was.step for _now, was in pairs if was), max(numbers, default=0) + 1]
    gone = [number for number in numbers if number not in kept]
    before = 0
    for _now, was in pairs:
        if was:
            before = was.step
            continue
        behind = next(number for number in kept if number > before)
        if any(before < number < behind for number in gone):
            return True
    return False


def _plain(value: object) -> object:
    """A text, or a list of texts, with one space between words; nothing for None."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    return " ".join(str(value or "").split())
