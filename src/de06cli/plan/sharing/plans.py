"""Two people's changes of one plan put together: marks and lists in the plan's terms, the rest by lines.

What both sides added, and what they did to the progress of a step or a model and to the lists of a model
(extensions, periods, handovers, values of targets), is decided first. The outcome is written into all three
versions as proven edits, so that these lines differ no longer; git's merge of lines then joins what else was
changed: texts, comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, TypeVar

from de06cli.errors import ChangeRefused
from de06cli.plan.checks import conflicts
from de06cli.plan.checks.conflicts import Contradiction, Keep
from de06cli.plan.declaring import Label
from de06cli.plan.file import reader
from de06cli.plan.file.edits import (
    Edit,
    SetExtensions,
    SetPart,
    SetProgress,
    applied,
    edited,
    inverse,
)
from de06cli.plan.parts import Extension, Handover, Measurement, PeriodProgress, Progress, Step
from de06cli.plan.records import Model, Plan
from de06cli.plan.sharing.new_items import additions

_Entry = TypeVar("_Entry", PeriodProgress, Handover, Measurement)

# Joins three texts by lines, as git does: base, ours, theirs; with its markers where they contradict.
ByLines = Callable[[str, str, str], str]


class Question(NamedTuple):
    """A step, or a model without steps, that two people marked differently."""

    model: Label
    step: int | None
    ours: Progress | None
    theirs: Progress | None


class Choices(NamedTuple):
    """The answers to the questions of a merge: the progress of each step, and what stays of each place."""

    progress: Sequence[Progress | None] = ()
    places: Sequence[Keep] = ()


class Merged(NamedTuple):
    """The plan with what both sides changed; ``text`` is None where there are ``questions`` about steps, or
    ``places`` in which both changed the same lines, or where the two can't stand together.

    ``resolved`` gives the plan for the answers, None where it would not be valid.
    """

    text: str | None
    questions: tuple[Question, ...]
    places: tuple[Contradiction, ...]
    resolved: Callable[[Choices], str | None]


class _Decided(NamedTuple):
    edits: list[Edit]
    questions: tuple[Question, ...]


def merge(base: str, ours: str, theirs: str, by_lines: ByLines) -> Merged | None:
    """What comes of three versions of a plan; None where one of them is no valid plan."""
    plans = [_plan(text) for text in (base, ours, theirs)]
    if plans[0] is None or plans[1] is None or plans[2] is None:
        return None
    decided = _decided(plans[0], plans[1], plans[2])

    def joined(progress: Sequence[Progress | None]) -> tuple[str, list[Edit]]:
        chosen = [
            SetProgress(one.model, one.step, choice)
            for one, choice in zip(decided.questions, progress, strict=True)
        ]
        edits = [*decided.edits, *chosen]
        return by_lines(*_with((base, ours, theirs), edits)), edits

    def resolved(choices: Choices) -> str | None:
        text, edits = joined(choices.progress)
        text = conflicts.settled(text, choices.places)
        return text if _says(text, edits) else None

    # What lines contradict does not depend on the answers about steps.
    places = conflicts.places(joined([one.ours for one in decided.questions])[0])
    open_ones = bool(decided.questions or places)
    text = None if open_ones else resolved(Choices())
    return Merged(text, decided.questions, tuple(places), resolved)


def _plan(text: str) -> Plan | None:
    return reader.read(text.encode("utf-8")).plan


def _says(text: str, edits: Sequence[Edit]) -> bool:
    """Whether a text is a valid plan that says what was decided."""
    plan = _plan(text)
    return plan is not None and all(applied(plan, edit) == plan for edit in edits)


def _decided(base: Plan, ours: Plan, theirs: Plan) -> _Decided:
    edits: list[Edit] = []
    for edit in additions(base, ours, theirs):
        with suppress(ChangeRefused):  # what one of them can't take is left to the merge of lines
            base, ours, theirs = (applied(plan, edit) for plan in (base, ours, theirs))
            edits.append(edit)
    questions: list[Question] = []
    known = [{model.model: model for model in plan.models} for plan in (base, ours, theirs)]
    for number, model in known[0].items():
        if number not in known[1] or number not in known[2]:
            continue
        mine, other = known[1][number], known[2][number]
        if mine.extensions != other.extensions:
            listed = _extensions(model.extensions, mine.extensions, other.extensions)
            edits.append(SetExtensions(number, listed))
        edits += _lists(model, mine, other)
        for step, old, here, there in _marked(model, mine, other):
            if here == there:
                continue
            sides = _sides(old, here, there)
            if len(sides) == 1:
                edits.append(SetProgress(number, step, sides[0]))
            else:
                questions.append(Question(number, step, here, there))
    return _Decided(edits, tuple(questions))


_Mark = Progress | None


def _marked(
    base: Model, ours: Model, theirs: Model
) -> Iterator[tuple[int | None, _Mark, _Mark, _Mark]]:
    """The progress in the three versions of each step that is in all of them, or of a model without steps."""
    if not (base.steps or ours.steps or theirs.steps):
        yield None, base.progress, ours.progress, theirs.progress
    for old, here, there in _steps(base, ours, theirs):
        yield old.step, old.progress, here.progress, there.progress


def _lists(base: Model, ours: Model, theirs: Model) -> Iterator[SetPart]:
    """The lists in which both versions stand together; others are left to the merge of lines."""
    number = base.model
    periods = _joined(base.periods, ours.periods, theirs.periods, lambda one: one.period.first)
    if periods is not None:
        yield SetPart(number, "periods", periods)
    handovers = _joined(base.handovers, ours.handovers, theirs.handovers, lambda one: one.on)
    if handovers is not None:
        yield SetPart(number, "handovers", handovers)
    here = {target.target: target for target in ours.targets}
    there = {target.target: target for target in theirs.targets}
    for target in base.targets:
        if target.target in here and target.target in there:
            mine, other = here[target.target], there[target.target]
            values = _joined(target.values, mine.values, other.values, lambda one: one.date)
            if values is not None:
                yield SetPart(number, "values", values, target.target)


def _joined(
    base: tuple[_Entry, ...],
    ours: tuple[_Entry, ...],
    theirs: tuple[_Entry, ...],
    day: Callable[[_Entry], date],
) -> tuple[_Entry, ...] | None:
    """The entries of both sides, one a day, in the order of their days; None where the sides are equal or
    say different things of a day, or where a day has two entries."""
    if ours == theirs:
        return None
    known: list[dict[date, _Entry]] = [
        {day(entry): entry for entry in entries} for entries in (base, ours, theirs)
    ]
    if [len(entries) for entries in known] != [len(base), len(ours), len(theirs)]:
        return None
    joined: list[_Entry] = []
    for one in sorted({*known[0], *known[1], *known[2]}):
        before, mine, other = (entries.get(one) for entries in known)
        if mine != other and before not in (mine, other):
            if mine is None or other is None:
                return None
            if not (_holds(mine, other) or _holds(other, mine)):
                return None
            entry: _Entry | None = mine if _holds(mine, other) else other
        else:
            entry = other if before == mine else mine
        if entry is not None:
            joined.append(entry)
    return tuple(joined)


def _steps(base: Model, ours: Model, theirs: Model) -> Iterator[tuple[Step, Step, Step]]:
    """The steps that are the same in all three versions: they bear the same number, and either say the
    same or stand among as many as before. Others are left to the merge of lines."""
    here = {step.step: step for step in ours.steps}
    there = {step.step: step for step in theirs.steps}
    for step in base.steps:
        mine, other = here.get(step.step), there.get(step.step)
        if mine is None or other is None:
            continue
        if _is_same(step, mine, len(base.steps) == len(ours.steps)) and _is_same(
            step, other, len(base.steps) == len(theirs.steps)
        ):
            yield step, mine, other


def _is_same(step: Step, now: Step, as_many: bool) -> bool:
    return step.text == now.text or as_many


def _sides(
    base: Progress | None, ours: Progress | None, theirs: Progress | None
) -> tuple[Progress | None, ...]:
    """What a step is to say: one progress, or both where they contradict."""
    if base == theirs or (ours and theirs and _holds(ours, theirs)):
        return (ours,)
    if base == ours or (ours and theirs and _holds(theirs, ours)):
        return (theirs,)
    return (ours, theirs)


def _holds(more: tuple[object, ...], less: tuple[object, ...]) -> bool:
    """Whether one record says all that another of its kind says."""
    return all(theirs in (None, mine) for mine, theirs in zip(more, less, strict=True))


def _extensions(
    base: tuple[Extension, ...], ours: tuple[Extension, ...], theirs: tuple[Extension, ...]
) -> tuple[Extension, ...]:
    """The extensions of both sides in the order of their days, without those that one side took back."""
    gone = {*base} - ({*ours} & {*theirs})
    kept = ({*ours} | {*theirs}) - gone
    return tuple(sorted(kept, key=lambda one: (one.decided, one.to, one.document or "")))


def _with(texts: tuple[str, str, str], edits: Sequence[Edit]) -> list[str]:
    """The three texts with what was decided, each change of them proven.

    What one of them can't say, since it does not know an agency yet, is left to the merge of lines.
    """
    versions = [text.encode("utf-8") for text in texts]
    for edit in edits:
        with suppress(ChangeRefused):
            versions = [_edited(data, edit) for data in versions]
    return [data.decode("utf-8") for data in versions]


def _edited(data: bytes, edit: Edit) -> bytes:
    plan = reader.read(data).plan
    for one in _single(plan, edit) if plan else ():
        data = edited(data, [one])
    return data


def _single(plan: Plan, edit: Edit) -> Iterator[Edit]:
    """The edit as changes that can be written: of a list one entry more or less at a time."""
    if applied(plan, edit) == plan:
        return
    if not isinstance(edit, SetExtensions | SetPart):
        yield edit
        return
    now, wanted = _entries(inverse(plan, edit)), _entries(edit)
    for entry in [*now]:
        if entry not in wanted:
            now.remove(entry)
            yield _with_entries(edit, now)
    for at, entry in enumerate(wanted):
        if now[at : at + 1] != [entry]:
            now.insert(at, entry)
            yield _with_entries(edit, now)


def _entries(edit: Edit) -> list[Any]:
    listed = edit.extensions if isinstance(edit, SetExtensions) else getattr(edit, "value", ())
    return [*listed]


def _with_entries(edit: SetExtensions | SetPart, entries: list[Any]) -> Edit:
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, tuple(entries))
    return SetPart(edit.model, edit.name, tuple(entries), edit.target)
