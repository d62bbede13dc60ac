"""What a mark means: from a verb, addresses and details to the edits of single steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from de06cli import messages
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import addresses
from de06cli.plan.cache.index import CLOSED_STEPS
from de06cli.plan.file.edits import SetProgress
from de06cli.plan.records import Extension, Model, Plan, Progress, Step
from de06cli.tracking.places import Place
from de06cli.tracking.states import status


class Verb(StrEnum):
    """The marking commands."""

    START = "start"
    DONE = "done"
    BLOCK = "block"
    SKIP = "skip"
    RESET = "reset"


_STATUS = {
    Verb.START: "doing",
    Verb.DONE: "done",
    Verb.BLOCK: "blocked",
    Verb.SKIP: "skipped",
}


class Details(NamedTuple):
    """What the options of a mark say; None where an option was not given."""

    date: date | None = None
    by: str | None = None  # an agency's code
    evidence: str | None = None
    note: str | None = None


class Mark(NamedTuple):
    """One step's progress before and after; equal where nothing changes."""

    model: Model
    step: Step
    after: Progress | None
    named: bool = True  # whether an address names the step itself, not only its model

    @property
    def changes(self) -> bool:
        return self.step.progress != self.after

    @property
    def replaces(self) -> bool:
        """Whether the mark changes or drops anything of a record that has more than its status."""
        before = self.step.progress
        if before is None or not any(before[1:]):
            return False
        after = self.after
        return after is None or any(
            old is not None and old != new for old, new in zip(before, after, strict=True)
        )

    def overrides(self, acting: str | None) -> bool:
        """Whether it replaces what another agency recorded; ``acting`` is the agency that marks."""
        by = self.step.progress.by if self.step.progress else None
        return bool(self.replaces and by and acting and by != acting)

    def edit(self) -> SetProgress:
        return SetProgress(self.model.model, self.step.step, self.after)


def steps_meant(place: Place, verb: Verb) -> list[Step]:
    """The steps that an address means to ``verb``: the one it names or, of a bare model, ``done``,
    ``skip`` and ``block`` those neither done nor skipped, ``start`` the todo ones, ``reset`` the marked."""
    if place.step:
        return [place.step]
    match verb:
        case Verb.START:
            return [step for step in place.model.steps if step.progress is None]
        case Verb.RESET:
            return [step for step in place.model.steps if step.progress is not None]
    return [step for step in place.model.steps if status(step) not in CLOSED_STEPS]


def marks(
    places: Sequence[Place], verb: Verb, details: Details, today: date, usual_by: str | None
) -> list[Mark]:
    """The marks that the command asks for, a step once. ``usual_by`` is the agency of a new status.

    Raises RefusedValue for a date after ``today``, and for a block or a skip without a note.
    """
    if details.date:
        refuse_later(details.date, today)
    made: dict[tuple[int, int], Mark] = {}
    for place in places:
        for step in steps_meant(place, verb):
            key = (place.model.model, step.step)
            after = _after(step.progress, verb, details, today, usual_by)
            named = place.step is not None or (key in made and made[key].named)
            made[key] = Mark(place.model, step, after, named)
    return list(made.values())


def refuse_later(day: date, today: date) -> None:
    """Raises RefusedValue for a day of progress after ``today``."""
    if day > today:
        raise RefusedValue(
            _("Ngày {date} sau hôm nay ({today}); hãy ghi ngày đã thực hiện.").format(
                date=messages.day(day), today=messages.day(today)
            )
        )


def _after(
    before: Progress | None, verb: Verb, details: Details, today: date, usual_by: str | None
) -> Progress | None:
    if verb is Verb.RESET:
        return None
    wanted = _STATUS[verb]
    if before and before.status == wanted:
        # The same status keeps every key that no option names.
        return before._replace(
            date=details.date or before.date,
            by=details.by or before.by,
            evidence=details.evidence or before.evidence,
            note=details.note or before.note,
        )
    if verb in {Verb.BLOCK, Verb.SKIP} and not details.note:
        raise RefusedValue(
            _('Phải nêu lý do: thêm --note "…" (nội dung vướng mắc hoặc lý do không thực hiện).')
        )
    return Progress(
        status=wanted,  # type: ignore[arg-type]  # one of the four
        date=details.date or today,
        by=details.by or usual_by,
        evidence=details.evidence,
        note=details.note,
    )


def doubts(mark: Mark, plan: Plan, of: str | None = None) -> list[str]:
    """Warnings about a mark that de06 makes all the same, a sentence each; ``plan`` is the new plan.

    ``of`` is its code where there are several plans.
    """
    found: list[str] = []
    after = mark.after
    if after is None or not mark.changes:
        return found
    model = next(model for model in plan.models if model.model == mark.model.model)
    number = addresses.written(of, model.model)
    name = _("Mô hình {model}, bước {step}").format(model=number, step=mark.step.step)
    if after.status == "done" and not after.evidence:
        found.append(_("{name}: chưa có minh chứng; thêm sau bằng --evidence.").format(name=name))
    earlier = [step for step in model.steps if step.step < mark.step.step]
    later = [
        step
        for step in earlier
        if after.date and step.progress and step.progress.date and step.progress.date > after.date
    ]
    if later:
        found.append(
            _("{name}: ngày này trước ngày của bước {steps}.").format(
                name=name, steps=", ".join(str(step.step) for step in later)
            )
        )
    still_open = [step for step in earlier if status(step) not in CLOSED_STEPS]
    if after.status == "done" and still_open:
        found.append(
            _("{name}: bước {steps} trước đó chưa hoàn thành.").format(
                name=name, steps=", ".join(str(step.step) for step in still_open)
            )
        )
    if after.by and after.by not in {*model.agencies, *model.step_agencies}:
        found.append(
            _("{name}: {agency} không có vai trò nào trong mô hình này.").format(
                name=name, agency=after.by
            )
        )
    return found


def next_step(model: Model) -> Step | None:
    """The first step that is still open, None when all are closed."""
    return next((step for step in model.steps if status(step) not in CLOSED_STEPS), None)


def extended(model: Model, extension: Extension) -> tuple[Extension, ...]:
    """The model's extensions with one more. Raises RefusedValue if it is not later than what stands."""
    due = model.due
    if due and extension.to <= due:
        raise RefusedValue(
            _("Thời hạn mới {to} phải sau thời hạn hiện nay ({due}).").format(
                to=messages.day(extension.to), due=messages.day(due)
            )
        )
    return (*model.extensions, extension)


def model_of_row(plan: Plan, text: str) -> Model | None:
    """The other model whose printed row is the bare number ``text``, None where there is none."""
    if not text.strip().isdecimal():
        return None
    number = int(text)
    return next(
        (model for model in plan.models if model.stt == number and model.model != number), None
    )
