"""What a mark means: from a verb, addresses and details to the edits of single steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import islice

from de06cli import messages
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import addresses, nouns
from de06cli.plan.declaring import Label
from de06cli.plan.duties import Duty
from de06cli.plan.file.edits import Edit, SetPart, SetProgress
from de06cli.plan.parts import (
    CLOSED_STEPS,
    Extension,
    PeriodProgress,
    Progress,
    Step,
)
from de06cli.plan.periods import Period
from de06cli.plan.records import Model, Plan
from de06cli.tracking.places import Place
from de06cli.tracking.states import closed_periods, duty_of, status


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
    """The progress before and after of one step, of one period of a duty or of a model without steps;
    equal where nothing changes."""

    model: Model
    step: Step | None
    after: Progress | None
    named: bool = True  # whether an address names the step itself, not only its model
    period: Period | None = None

    @property
    def before(self) -> Progress | None:
        if self.step:
            return self.step.progress
        return period_progress(self.model, self.period) if self.period else self.model.progress

    @property
    def text(self) -> str:
        """What tells it from others of its model: a step's text, a period; nothing for the model."""
        if self.step:
            return self.step.text
        return str(self.period) if self.period else ""

    @property
    def changes(self) -> bool:
        return self.before != self.after

    @property
    def replaces(self) -> bool:
        """Whether the mark changes or drops anything of a record that has more than its status."""
        before = self.before
        if before is None or not any(before[1:]):
            return False
        after = self.after
        return after is None or any(
            old is not None and old != new for old, new in zip(before, after, strict=True)
        )

    def overrides(self, acting: str | None) -> bool:
        """Whether it replaces what another agency recorded; ``acting`` is the agency that marks."""
        by = self.before.by if self.before else None
        return bool(self.replaces and by and acting and by != acting)

    def address(self, of: str | None = None) -> str:
        """What it marks as people type it; ``of`` is the plan's code where there are several plans."""
        if self.period:
            return addresses.of_period(of, self.model.model, self.period)
        return addresses.written(of, self.model.model, self.step.step if self.step else None)

    def edit(self) -> Edit:
        if self.period:
            marked = with_period(self.model.periods, self.period, self.after)
            return SetPart(self.model.model, "periods", marked)
        return SetProgress(self.model.model, self.step.step if self.step else None, self.after)


def edits(marks: Sequence[Mark]) -> list[Edit]:
    """The edits that make the marks: one for all periods of a duty."""
    found: dict[object, Edit] = {}
    periods: dict[Label, tuple[PeriodProgress, ...]] = {}
    for mark in marks:
        number = mark.model.model
        if not mark.period:
            found[number, mark.step and mark.step.step] = mark.edit()
            continue
        before = periods.get(number, mark.model.periods)
        periods[number] = with_period(before, mark.period, mark.after)
        found[number, "periods"] = SetPart(number, "periods", periods[number])
    return [*found.values()]


def period_progress(model: Model, period: Period) -> Progress | None:
    """What was recorded of a period of a duty."""
    return next((one.progress for one in model.periods if one.period == period), None)


def with_period(
    periods: Sequence[PeriodProgress], period: Period, progress: Progress | None
) -> tuple[PeriodProgress, ...]:
    """The records of the periods with that of one period, at its place by their days."""
    others = [one for one in periods if one.period != period]
    if progress is None:
        return tuple(others)
    at = next((at for at, one in enumerate(others) if one.period.first > period.first), len(others))
    return (*others[:at], PeriodProgress(period, *progress), *others[at:])


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
    places: Sequence[Place],
    verb: Verb,
    details: Details,
    today: date,
    usual_by: str | None,
    issued: date | None = None,
) -> list[Mark]:
    """The marks that the command asks for, a step, a period or a model once. ``usual_by`` is the agency of
    a new status, ``issued`` the day of the plan, from which a duty may count.

    Raises RefusedValue for a date after ``today``, for a block or a skip without a note, for a stopped
    model, a period that the duty does not have, and a duty of which no period is named.
    """
    if details.date:
        refuse_later(details.date, today)
    made: dict[tuple[Label, int | Period | None], Mark] = {}
    for place in places:
        refuse_stopped(place.model, today)
        if place.target:
            raise RefusedValue(
                _(
                    "{address} là một chỉ tiêu; ghi số liệu bằng: de06 record {address} GIÁ_TRỊ."
                ).format(address=addresses.of_target(None, place.model.model, place.target.target))
            )
        for step, period in units(place, verb, today, issued):
            key = (place.model.model, step.step if step else period)
            before = Mark(place.model, step, None, period=period).before
            after = _after(before, verb, details, today, usual_by)
            named = place.step is not None or not step or (key in made and made[key].named)
            made[key] = Mark(place.model, step, after, named, period)
    return list(made.values())


def units(
    place: Place, verb: Verb, today: date, issued: date | None
) -> list[tuple[Step | None, Period | None]]:
    """The steps or the period that an address means; neither stands for a model without steps.

    Raises RefusedValue for a period that the duty does not have, a duty of which no period is named, and
    where a model without steps would be skipped.
    """
    model = place.model
    owed = duty_of(model, issued)
    if place.period:
        if owed is None or not owed.has(place.period):
            raise RefusedValue(_no_period(place, owed, today))
        return [(None, place.period)]
    if place.step is None and owed is not None:
        raise RefusedValue(_which_period(model, owed, today, verb))
    if model.steps:
        return [(step, None) for step in steps_meant(place, verb)]
    if verb is Verb.SKIP:
        raise RefusedValue(
            nouns.filled(
                _("{Model} {number} không có {step}; muốn dừng, dùng: de06 stop {number}.")
            ).format(number=model.model)
        )
    return [(None, None)]


def _no_period(place: Place, owed: Duty | None, today: date) -> str:
    text = nouns.filled(_("{Model} {number} không có kỳ {period}.")).format(
        number=place.model.model, period=place.period
    )
    listed = _open_periods(place.model, owed, today)
    if not listed:
        return text
    return text + " " + _("Các kỳ chưa hoàn thành: {periods}.").format(periods=listed)


def _which_period(model: Model, owed: Duty, today: date, verb: Verb) -> str:
    listed = _open_periods(model, owed, today)
    if not listed:
        return nouns.filled(
            _("{Model} {number} là nhiệm vụ định kỳ; các kỳ đều đã hoàn thành.")
        ).format(number=model.model)
    return nouns.filled(
        _(
            "{Model} {number} là nhiệm vụ định kỳ; hãy ghi rõ kỳ. Các kỳ chưa hoàn thành: {periods}. "
            "Ví dụ: de06 {verb} {first}."
        )
    ).format(number=model.model, periods=listed, verb=verb, first=listed.split(",")[0])


_LISTED = 6  # periods that a refusal names


def _open_periods(model: Model, owed: Duty | None, today: date) -> str:
    """The addresses of the first open periods of a duty."""
    if owed is None:
        return ""
    still_open = [*islice(owed.open(today, closed_periods(model)), _LISTED + 1)]
    shown = [addresses.of_period(None, model.model, period) for period in still_open[:_LISTED]]
    return ", ".join([*shown, *(["…"] if len(still_open) > _LISTED else [])])


def refuse_stopped(model: Model, today: date) -> None:
    """Raises RefusedValue for a model that is no longer carried out."""
    if model.stopped and model.stopped.on <= today:
        raise RefusedValue(
            nouns.filled(
                _("{Model} {number} đã dừng thực hiện từ ngày {day}; không ghi nhận tiếp.")
            ).format(number=model.model, day=messages.day(model.stopped.on))
        )


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
    name = nouns.model(mark.address(of) if mark.period else number)
    if mark.step:
        name = f"{name}, {nouns.step(mark.step.step, inside=True)}"
    if after.status == "done" and not after.evidence:
        found.append(_("{name}: chưa có minh chứng; thêm sau bằng --evidence.").format(name=name))
    earlier = [step for step in model.steps if mark.step and step.step < mark.step.step]
    later = [
        step
        for step in earlier
        if after.date and step.progress and step.progress.date and step.progress.date > after.date
    ]
    if later:
        found.append(
            nouns.filled(_("{name}: ngày này trước ngày của {step} {steps}.")).format(
                name=name, steps=", ".join(str(step.step) for step in later)
            )
        )
    still_open = [step for step in earlier if status(step) not in CLOSED_STEPS]
    if after.status == "done" and still_open:
        found.append(
            nouns.filled(_("{name}: {step} {steps} trước đó chưa hoàn thành.")).format(
                name=name, steps=", ".join(str(step.step) for step in still_open)
            )
        )
    if after.by and not _has_a_part(after.by, model, plan):
        found.append(
            nouns.filled(_("{name}: {agency} không có vai trò nào trong {model} này.")).format(
                name=name, agency=after.by
            )
        )
    return found


def _has_a_part(agency: str, model: Model, plan: Plan) -> bool:
    """Whether the agency holds a role of the model, printed or handed over, follows who did, or is a member
    of a group that does."""
    named = {*model.agencies, *model.step_agencies}
    for handover in model.handovers:
        named |= {code for codes in handover[1:4] for code in codes or ()}
    for other in plan.agencies:
        if other.code in named:
            named |= {*other.members, *(other.ended.successor if other.ended else ())}
    return agency in named


def next_step(model: Model) -> Step | None:
    """The first step that is still open, None when all are closed."""
    return next((step for step in model.steps if status(step) not in CLOSED_STEPS), None)


def extended(model: Model, extension: Extension) -> tuple[Extension, ...]:
    """The model's extensions with one more. Raises RefusedValue if it is not later than what stands."""
    refuse_stopped(model, extension.decided)
    due, to = model.due, extension.to.last
    if due and to <= due:
        raise RefusedValue(
            _("Thời hạn mới {to} phải sau thời hạn hiện nay ({due}).").format(
                to=messages.day(to), due=messages.day(due)
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


def refuse_part(place: Place) -> None:
    """Raises RefusedValue for an address that names a step, a target or a period of a model."""
    if place.step or place.target or place.period:
        raise RefusedValue(
            nouns.filled(_("Lệnh này áp dụng cho cả {model}: gõ {number}.")).format(
                number=place.model.model
            )
        )
