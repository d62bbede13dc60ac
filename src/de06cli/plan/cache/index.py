"""Which models of a plan a question can be about, so that the others need not be looked at.

An index holds positions of models, counted from 0 through all plans read as one, and nothing that depends
on the clock. Its parts are plain values: a snapshot keeps them as they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, TypeGuard, TypeVar

from de06cli.plan.declaring import Label
from de06cli.plan.parts import CLOSED_STEPS, Progress
from de06cli.plan.records import Agency, Model

_Key = TypeVar("_Key")

SuccessionRow = tuple[
    tuple[tuple[str, int, tuple[str, ...]], ...], tuple[tuple[str, tuple[str, ...]], ...]
]


class Unsound(Exception):
    """A part of an index is not what such a part is."""


class Index:
    """Positions of models by what is asked for most, each part loaded when somebody asks for it.

    ``columns`` and ``steps``: by the code of an agency that their columns, or their steps, name;
    what a handover names is in ``columns`` too.
    ``dues``: the due days (ordinals) of the models that are not finished, ascending, and ``due_at``
    their positions; ``own_dues``: the models in which an open step has a deadline of its own, and those
    that recur. ``recorded``: for each plan, the days (ordinals) of progress, values and decided
    extensions, ascending. ``numbers`` and ``rows``: by model number and by printed row, in small letters.
    ``successions``: for each plan, the agencies that end, as (code, day, successors), and the groups, as
    (code, members).
    """

    columns: dict[str, list[int]]
    steps: dict[str, list[int]]
    dues: list[int]
    due_at: list[int]
    own_dues: list[int]
    recorded: list[list[int]]
    numbers: dict[Label, list[int]]
    rows: dict[Label, list[int]]
    successions: list[SuccessionRow]

    PARTS = (*__annotations__,)

    def __init__(self, load: Callable[[str], object]) -> None:
        self._load = load
        self._otherwise: Callable[[], Index] | None = None

    def otherwise(self, again: Callable[[], Index]) -> Index:
        """The same index, which takes from ``again`` what it finds unsound."""
        self._otherwise = again
        return self

    def __getattr__(self, name: str) -> Any:
        if name not in self.PARTS:
            raise AttributeError(name)
        try:
            part = self._load(name)
        except Unsound:
            if self._otherwise is None:
                raise
            part = getattr(self._otherwise(), name)
        setattr(self, name, part)
        return part

    def parts(self) -> tuple[object, ...]:
        """All parts, in the order of ``PARTS``."""
        return tuple([getattr(self, name) for name in self.PARTS])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Index) and self.parts() == other.parts()

    __hash__ = None  # type: ignore[assignment]  # parts of it are lists

    def later(self, plan: int, day: date) -> int:
        """How much progress and how many extensions the plan recorded after ``day``."""
        if plan >= len(self.recorded) and self._otherwise:
            self.recorded = self._otherwise().recorded
        recorded = self.recorded[plan]
        return len(recorded) - bisect_right(recorded, day.toordinal())

    def due_between(self, first: date, last: date) -> list[int]:
        """The unfinished models due from ``first`` to ``last``, both included."""
        begin = bisect_left(self.dues, first.toordinal())
        return self.due_at[begin : bisect_right(self.dues, last.toordinal())]


_DAYS = {"dues"}  # positions are below the number of models, days are not


def sound_part(name: str, part: object, models: int) -> object:
    """The part of an index of so many models. Raises Unsound where it can't be one."""
    if name == "successions":
        sound = type(part) is list and all(map(_succession, part))
    elif name == "recorded":
        sound = type(part) is list and all(map(_whole_numbers, part))
    elif name in {"columns", "steps", "numbers", "rows"}:
        kinds = {str} if name in {"columns", "steps"} else {int, str}
        sound = (
            type(part) is dict
            and {*map(type, part)} <= kinds
            and {*map(type, part.values())} <= {list}
            and _positions([*chain.from_iterable(part.values())], models)
        )
    else:
        sound = _whole_numbers(part) if name in _DAYS else _positions(part, models)
    if not sound:
        raise Unsound(name)
    return part


def _whole_numbers(values: object) -> TypeGuard[list[int]]:
    return type(values) is list and {*map(type, values)} <= {int}


def _succession(row: object) -> bool:
    return type(row) is tuple and len(row) == 2 and {*map(type, row)} == {tuple}


def _positions(values: object, models: int) -> bool:
    return _whole_numbers(values) and (not values or (min(values) >= 0 and max(values) < models))


def made_of(*parts: object) -> Index:
    """The index of these parts, in the order of ``PARTS``."""
    return Index(dict(zip(Index.PARTS, parts, strict=True)).__getitem__)


def label(value: Label) -> Label:
    """A model's number or its row as it is looked up: a text in small letters."""
    return value.casefold() if isinstance(value, str) else value


def of_plan(models: Iterable[Model], agencies: Iterable[Agency] = ()) -> Index:
    """The index of one plan by itself. Where only models of some number or row are looked for, the other
    parts are not made."""
    listed = [*models]

    @cache
    def others() -> Index:
        return _without_labels(listed, agencies)

    def part(name: str) -> object:
        if name == "numbers":
            return _by_label(model.model for model in listed)
        if name == "rows":
            return _by_label(model.stt for model in listed)
        return getattr(others(), name)

    return Index(part)


def _by_label(labels: Iterable[Label | None]) -> dict[Label, list[int]]:
    found: dict[Label, list[int]] = {}
    for position, written in enumerate(labels):
        if written is not None:
            found.setdefault(label(written), []).append(position)
    return found


def _without_labels(models: Iterable[Model], agencies: Iterable[Agency]) -> Index:
    index = made_of({}, {}, [], [], [], [[]], {}, {}, [_succession_row(agencies)])
    due: list[tuple[int, int]] = []
    for position, model in enumerate(models):
        for code in dict.fromkeys((*model.agencies, *_handed(model))):
            index.columns.setdefault(code, []).append(position)
        for code in dict.fromkeys(model.step_agencies):
            index.steps.setdefault(code, []).append(position)
        _add_days(index, due, position, model)
    index.recorded[0].sort()
    _set_dues(index, due)
    return index


def _succession_row(agencies: Iterable[Agency]) -> SuccessionRow:
    listed = [*agencies]
    return (
        tuple(
            (agency.code, agency.ended.on.toordinal(), agency.ended.successor)
            for agency in listed
            if agency.ended
        ),
        tuple((agency.code, agency.members) for agency in listed if agency.members),
    )


def _handed(model: Model) -> Iterable[str]:
    for handover in model.handovers:
        for codes in (handover.lead, handover.support, handover.implementers):
            yield from codes or ()


def _add_days(index: Index, due: list[tuple[int, int]], position: int, model: Model) -> None:
    index.recorded[0].extend(extension.decided.toordinal() for extension in model.extensions)
    recorded = index.recorded[0]
    for progress in (*model.marks, *model.periods):
        if progress and progress.date:
            recorded.append(progress.date.toordinal())
    for target in model.targets:
        recorded.extend(value.date.toordinal() for value in target.values)
    if model.recurs or any(step.due and not _closed(step.progress) for step in model.steps):
        index.own_dues.append(position)
    if model.due and not _finished(model):
        due.append((model.due.toordinal(), position))


def _closed(progress: Progress | None) -> bool:
    return progress is not None and progress.status in CLOSED_STEPS


def _finished(model: Model) -> bool:
    marks = model.marks
    return all(map(_closed, marks)) and any(mark and mark.status == "done" for mark in marks)


def merged(indexes: Sequence[Index], firsts: Sequence[int]) -> Index:
    """The index of several plans; ``firsts`` are the positions of each one's first model."""
    if len(indexes) == 1:
        return indexes[0]
    whole = made_of({}, {}, [], [], [], [], {}, {}, [])
    due: list[tuple[int, int]] = []
    for index, first in zip(indexes, firsts, strict=True):
        _shift(whole.columns, index.columns, first)
        _shift(whole.steps, index.steps, first)
        _shift(whole.numbers, index.numbers, first)
        _shift(whole.rows, index.rows, first)
        whole.own_dues.extend(first + at for at in index.own_dues)
        whole.recorded.extend(index.recorded)
        whole.successions.extend(index.successions)
        due.extend((day, first + at) for day, at in zip(index.dues, index.due_at, strict=True))
    _set_dues(whole, due)
    return whole


def exchanged(whole: Index, number: int, span: range, by: Index, models: int) -> Index:
    """The index of several plans when plan ``number``, whose models lay at ``span``, has changed.

    ``by`` is its index now, of so many ``models``.
    """
    moved = models - len(span)

    def placed(own: Sequence[int], new: Sequence[int]) -> list[int]:
        begin, end = bisect_left(own, span.start), bisect_left(own, span.stop)
        shifted = own[end:] if moved == 0 else [at + moved for at in own[end:]]
        return [*own[:begin], *(span.start + at for at in new), *shifted]

    def is_touched(own: Sequence[int]) -> bool:
        return not own or (own[-1] >= span.start and (moved != 0 or own[0] < span.stop))

    def merged_by_key(
        own: dict[_Key, list[int]], new: dict[_Key, list[int]]
    ) -> dict[_Key, list[int]]:
        found = dict(own)
        touched = (key for key, at in own.items() if is_touched(at))
        for key in dict.fromkeys((*new, *touched)):
            found[key] = placed(own.get(key, ()), new.get(key, ()))
            if not found[key]:
                del found[key]
        return found

    result = made_of(
        merged_by_key(whole.columns, by.columns),
        merged_by_key(whole.steps, by.steps),
        [],
        [],
        placed(whole.own_dues, by.own_dues),
        [*whole.recorded[:number], *by.recorded, *whole.recorded[number + 1 :]],
        merged_by_key(whole.numbers, by.numbers),
        merged_by_key(whole.rows, by.rows),
        [*whole.successions[:number], *by.successions, *whole.successions[number + 1 :]],
    )
    due = [
        (day, at + moved if at >= span.stop else at)
        for day, at in zip(whole.dues, whole.due_at, strict=True)
        if at not in span
    ]
    due += [(day, span.start + at) for day, at in zip(by.dues, by.due_at, strict=True)]
    _set_dues(result, due)
    return result


def _shift(into: dict[_Key, list[int]], part: dict[_Key, list[int]], first: int) -> None:
    for key, positions in part.items():
        into.setdefault(key, []).extend([first + at for at in positions])


def _set_dues(index: Index, due: list[tuple[int, int]]) -> None:
    due.sort()
    index.dues[:] = [day for day, _at in due]
    index.due_at[:] = [at for _day, at in due]
