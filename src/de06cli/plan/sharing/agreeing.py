"""What three versions of a plan have to become, as records: what either side changed, each change once.

A merge of texts is proven with it. Where the sides contradict, the progress of a step is a question;
anything else leaves its model open, and what stands there is for a person to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from de06cli.plan.declaring import Label
from de06cli.plan.file.edits import Edit, SetExtensions, SetPart, SetProgress, after
from de06cli.plan.parts import Extension, Handover, Progress, Step, Stop, Target
from de06cli.plan.periods import Period
from de06cli.plan.records import Ended, Model, Plan
from de06cli.plan.sharing import pairing
from de06cli.plan.sharing.pairing import Disagreement, Row, by_key, rows

# Joins three texts by their words: base, ours, theirs. Raises Disagreement.
ByWords = Callable[[str, str, str], str]
# The edits that make the same of the base, ours and theirs.
Edits = tuple[Edit, Edit, Edit]

_MARKS = (Progress, Stop, Ended)  # of two of them the one that holds all of the other wins


class Numbers(NamedTuple):
    """A step's number in each version and in the joined plan; None, and 0, where it is not."""

    base: int | None
    ours: int | None
    theirs: int | None
    merged: int


class Question(NamedTuple):
    """A step, or a model without steps, that two people marked differently.

    ``step`` is its number on this machine, ``numbers`` in the base, ours and theirs, ``merged`` in the
    joined plan.
    """

    model: Label
    step: int | None
    ours: Progress | None
    theirs: Progress | None
    numbers: tuple[int | None, int | None, int | None]
    merged: int | None

    def answered(self, progress: Progress | None) -> Edits:
        """The edits that give the step this progress in all three versions."""
        base, ours, theirs = (SetProgress(self.model, number, progress) for number in self.numbers)
        return base, ours, theirs


class Agreed(NamedTuple):
    """``plan`` is what both sides say together, ours where a question or something open is.

    ``edits`` bring the marks and lists of all three versions together; ``models`` and ``parts`` (fields
    of the plan) are open; ``worded`` says that both sides edited one text.
    """

    plan: Plan
    edits: list[Edits]
    questions: tuple[Question, ...]
    models: frozenset[Label]
    parts: frozenset[str]
    worded: bool
    numbers: dict[Label, list[Numbers]]  # of each model whose steps both sides changed

    def answered(self, progress: Sequence[Progress | None]) -> Plan:
        """The plan with the answers to the questions."""
        pairs = zip(self.questions, progress, strict=True)
        return after(self.plan, [SetProgress(one.model, one.merged, said) for one, said in pairs])


def agree(base: Plan, ours: Plan, theirs: Plan, by_words: ByWords) -> Agreed:
    """What comes of three plans."""
    found = _Agreement(by_words)
    plan = found.plan(base, ours, theirs)
    return Agreed(
        plan,
        found.edits,
        tuple(found.questions),
        frozenset(found.models),
        frozenset(found.parts),
        found.worded,
        found.numbers,
    )


class _Kind(NamedTuple):
    """A list of a model: how its entries are ordered, and when two are the same one."""

    order: Callable[[Any], Any]
    alike: Callable[[Any, Any], bool]


def _is_one_extension(one: Extension, other: Extension) -> bool:
    same_days = (one.decided, one.to) == (other.decided, other.to)
    return same_days or (one.document is not None and one.document == other.document)


def _is_one_handover(one: Handover, other: Handover) -> bool:
    roles = zip(one[1:4], other[1:4], strict=True)
    return one.on == other.on and any(None not in pair for pair in roles)


_KINDS = {
    "extensions": _Kind(
        lambda one: (one.decided, one.to.last, one.document or ""), _is_one_extension
    ),
    "periods": _Kind(lambda one: one.period.first, lambda one, other: one.period == other.period),
    "handovers": _Kind(lambda one: (one.on, one.document or ""), _is_one_handover),
    "values": _Kind(lambda one: one.date, lambda one, other: one.date == other.date),
}


class _Agreement:
    def __init__(self, by_words: ByWords) -> None:
        self.by_words = by_words
        self.edits: list[Edits] = []
        self.questions: list[Question] = []
        self.models: set[Label] = set()
        self.parts: set[str] = set()
        self.worded = False
        self.numbers: dict[Label, list[Numbers]] = {}

    def plan(self, base: Plan, ours: Plan, theirs: Plan) -> Plan:
        changed: dict[str, Any] = {}
        for name in Plan._fields:
            versions = (getattr(plan, name) for plan in (base, ours, theirs))
            try:
                changed[name] = (
                    self._joined_models(*versions) if name == "models" else self._value(*versions)
                )
            except Disagreement:
                self.parts.add(name)
                changed[name] = getattr(ours, name)
        return Plan(**changed)

    def _joined_models(
        self, base: tuple[Model, ...], ours: tuple[Model, ...], theirs: tuple[Model, ...]
    ) -> tuple[Model, ...]:
        joined = []
        found = rows(
            base, ours, theirs, by_key(lambda one: one.model), lambda a, b: a.model == b.model
        )
        for old, here, there in found:
            if old and here and there:
                joined.append(self._model(old, here, there))
                continue
            try:
                kept = _side(old, here, there)
            except Disagreement:
                kept = here or there
                self.models |= {kept.model} if kept else set()
            joined += [kept] if kept else []
        return tuple(joined)

    def _model(self, base: Model, ours: Model, theirs: Model) -> Model:
        changed: dict[str, Any] = {}
        for name in Model._fields:
            try:
                changed[name] = self._field(name, base, ours, theirs)
            except Disagreement:
                self.models.add(base.model)
                changed[name] = getattr(ours, name)
        return Model(**changed)

    def _field(self, name: str, base: Model, ours: Model, theirs: Model) -> object:
        versions = (getattr(base, name), getattr(ours, name), getattr(theirs, name))
        if name == "steps":
            return self._steps(base.model, *versions)
        if name == "progress" and not (base.steps or ours.steps or theirs.steps):
            return self._progress(base.model, (None, None, None), None, versions)
        if name in _KINDS:
            return self._listed(name, base.model, None, *versions)
        if name == "targets":
            return self._targets(base.model, *versions)
        value = self._value(*versions)
        if name == "stopped" and versions[1] != versions[2]:
            self._bring(SetPart(base.model, name, value))
        return value

    def _bring(self, edit: Edit) -> None:
        self.edits.append((edit, edit, edit))

    # Steps and their progress --------------------------------------------------------------------

    def _steps(
        self,
        model: Label,
        base: tuple[Step, ...],
        ours: tuple[Step, ...],
        theirs: tuple[Step, ...],
    ) -> tuple[Step, ...]:
        try:
            found = rows(base, ours, theirs, pairing.steps, lambda a, b: a.text == b.text)
        except Disagreement:
            whole: tuple[Step, ...] = _side(base, ours, theirs)
            return whole
        numbers = _numbers(found, (base, ours, theirs))
        joined: list[Step] = []
        failed = False
        for row, number in zip(found, numbers, strict=True):
            try:  # all of them: what can be said of one does not depend on another
                joined += self._step(model, row, number)
            except Disagreement:
                failed = True
        if failed:
            raise Disagreement
        self.numbers[model] = numbers
        if all(_is_sorted([step.step for step in steps]) for steps in (ours, theirs)):
            joined.sort(key=lambda step: step.step)
        return tuple(joined)

    def _step(self, model: Label, row: Row[Step], number: Numbers) -> list[Step]:
        """The step as both sides have it, none where one took it away. Raises Disagreement."""
        base, ours, theirs = (step and step._replace(step=number.merged) for step in row)
        if base is None or ours is None or theirs is None:
            kept = _side(base, ours, theirs)
            return [kept] if kept else []
        marks = (base.progress, ours.progress, theirs.progress)
        progress = self._progress(model, number[:3], number.merged, marks)
        unmarked = (step._replace(progress=None) for step in (base, ours, theirs))
        step: Step = self._value(*unmarked)
        return [step._replace(progress=progress)]

    def _progress(
        self,
        model: Label,
        numbers: tuple[int | None, int | None, int | None],
        merged: int | None,
        versions: tuple[Progress | None, Progress | None, Progress | None],
    ) -> Progress | None:
        """What a step is to say; where the sides contradict, a question, and what ours says."""
        base, ours, theirs = versions
        question = Question(model, numbers[1], ours, theirs, numbers, merged)
        if ours == theirs:
            return ours
        try:
            progress: Progress | None = _mark(base, ours, theirs)
        except Disagreement:
            self.questions.append(question)
            return ours
        self.edits.append(question.answered(progress))
        return progress

    # Lists ---------------------------------------------------------------------------------------

    def _listed(
        self,
        name: str,
        model: Label,
        target: int | None,
        base: tuple[Any, ...],
        ours: tuple[Any, ...],
        theirs: tuple[Any, ...],
    ) -> tuple[Any, ...]:
        """The entries of both sides, in the order of their days. Of an entry in which the sides
        contradict each version keeps its own."""
        if ours == theirs:
            return ours
        kind = _KINDS[name]
        paired = rows(base, ours, theirs, pairing.entries(kind.alike), kind.alike)
        found = [row for row in map(_entry, paired) if any(row)]
        if all(_is_sorted([kind.order(one) for one in side]) for side in (base, ours, theirs)):
            found.sort(key=lambda row: kind.order(row[1] or row[2] or row[0]))
        lists: list[tuple[Any, ...]] = [
            tuple(row[n] for row in found if row[n] is not None) for n in range(3)
        ]
        for listed in lists[1:]:
            _refuse_twice(listed, (ours, theirs), kind)
        edits: list[Edit] = [
            SetExtensions(model, listed)
            if name == "extensions"
            else SetPart(model, name, listed, target)
            for listed in lists
        ]
        self.edits.append((edits[0], edits[1], edits[2]))
        if lists[1] != lists[2]:
            raise Disagreement
        return lists[1]

    def _targets(
        self,
        model: Label,
        base: tuple[Target, ...],
        ours: tuple[Target, ...],
        theirs: tuple[Target, ...],
    ) -> tuple[Target, ...]:
        joined: list[Target] = []
        found = rows(
            base, ours, theirs, by_key(lambda one: one.target), lambda a, b: a.target == b.target
        )
        for old, here, there in found:
            if old is None or here is None or there is None:
                kept = _side(old, here, there)
                joined += [kept] if kept else []
                continue
            values = self._listed(
                "values", model, old.target, old.values, here.values, there.values
            )
            versions = [one._replace(values=values) for one in (old, here, there)]
            joined.append(self._value(*versions))
        return tuple(joined)

    # Anything else -------------------------------------------------------------------------------

    def _value(self, base: Any, ours: Any, theirs: Any) -> Any:
        """One value of three. Raises Disagreement."""
        if theirs in (ours, base):
            return ours
        if base == ours:
            return theirs
        kinds = {type(base), type(ours), type(theirs)}
        if len(kinds - {type(None)}) == 1 and kinds <= {*_MARKS, type(None)}:
            return _mark(base, ours, theirs)
        if len(kinds) > 1 or kinds & {Period}:
            raise Disagreement
        if isinstance(ours, str) and any(" " in one for one in (base, ours, theirs)):
            self.worded = True
            return self.by_words(base, ours, theirs)
        if hasattr(ours, "_fields"):
            return type(ours)(*map(self._value, base, ours, theirs))
        if isinstance(ours, tuple):
            return self._items(base, ours, theirs)
        raise Disagreement

    def _items(
        self, base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        texts = all(isinstance(one, str) for one in (*base, *ours, *theirs))
        if texts and len(base) == len(ours) == len(theirs):
            return tuple(map(self._value, base, ours, theirs))

        def key(item: Any) -> Any:
            return item if isinstance(item, str) else item[0]

        joined = []
        for old, here, there in rows(
            base, ours, theirs, by_key(key), lambda a, b: bool(key(a) == key(b))
        ):
            if old is None or here is None or there is None:
                kept = _side(old, here, there)
                joined += [kept] if kept is not None else []
            elif hasattr(old, "_fields") or isinstance(old, str):
                joined.append(self._value(old, here, there))
            else:  # a name and what stands under it
                joined.append((key(old), self._value(old[1], here[1], there[1])))
        return tuple(joined)


def _side(base: Any, ours: Any, theirs: Any) -> Any:
    """What the one side that changed something has; None where it took it away."""
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    raise Disagreement


def _numbers(found: Sequence[Row[Step]], versions: Sequence[tuple[Step, ...]]) -> list[Numbers]:
    """The numbers of the steps: counted from 1 where each version does that, else as one side has them.

    Raises Disagreement where both sides gave a step a new one.
    """
    counted = all(
        [step.step for step in steps] == [*range(1, len(steps) + 1)] for steps in versions
    )
    numbers: list[Numbers] = []
    last = 0
    for row in found:
        base, ours, theirs = (step and step.step for step in row)
        gone = base is not None and (ours is None or theirs is None)
        if gone:
            merged = 0
        elif counted:
            merged = last = last + 1
        else:
            merged = _side(base, ours, theirs)
        numbers.append(Numbers(base, ours, theirs, merged))
    return numbers


def _mark(base: Any, ours: Any, theirs: Any) -> Any:
    """The same of two marks, of which one may hold all that the other says."""
    if ours and theirs and base not in (ours, theirs):
        if _holds(ours, theirs):
            return ours
        if _holds(theirs, ours):
            return theirs
    return _side(base, ours, theirs)


def _holds(more: tuple[object, ...], less: tuple[object, ...]) -> bool:
    """Whether one record says all that another of its kind says."""
    return all(theirs in (None, mine) for mine, theirs in zip(more, less, strict=True))


def _entry(row: Row[Any]) -> Row[Any]:
    """An entry as each version is to have it: the same in all, or its own where they contradict."""
    try:
        one = _mark(*row)
    except Disagreement:
        return row
    return one, one, one


def _refuse_twice(listed: Sequence[Any], sides: Sequence[tuple[Any, ...]], kind: _Kind) -> None:
    """Refuses a list in which one entry stands twice, unless a side has it so."""
    for one, other in combinations(listed, 2):
        if kind.alike(one, other) and not any(one in side and other in side for side in sides):
            raise Disagreement


def _is_sorted(keys: Sequence[Any]) -> bool:
    return list(keys) == sorted(keys)
