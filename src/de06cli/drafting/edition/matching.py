"""Which task of a new document is which task of the plan: by what they say, then by number, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from de06cli.plan.declaring import Label
from de06cli.plan.parts import Step, step_pairs
from de06cli.plan.records import Model

_SAME: Final = 0.85  # the likeness of two texts that are one, under whatever number
_ALIKE: Final = 0.5  # of two that may be one
_APART: Final = 0.2  # of two that have nothing in common


class Unclear(NamedTuple):
    """A task of the document that may be one of several of the plan, or a new one."""

    new: Model
    candidates: tuple[Model, ...]


class Matching(NamedTuple):
    """The tasks of both, of the document in its order: ``pairs`` of the plan's and the document's."""

    pairs: list[tuple[Model, Model]]
    added: list[Model]
    gone: list[Model]
    unclear: list[Unclear]


def match(
    old: Sequence[Model], new: Sequence[Model], given: dict[str, Label | None] | None = None
) -> Matching:
    """Pairs the tasks of a plan and of a new document.

    ``given`` is what a person said of tasks of the document, by their numbers: the plan's number, or None
    for a new one.
    """
    found = _Pairs(old, new)
    for position, model in enumerate(new):
        if given and str(model.model) in given:
            found.take_given(position, given[str(model.model)])
    found.take_equal()
    found.take_of_one_number()
    found.take_most_alike()
    return found.result()


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, for a comparison of two texts."""
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


def likeness(one: str, other: str) -> float:
    """How many words two texts share, between 0 and 1."""
    mine, theirs = Counter(words(one)), Counter(words(other))
    total = sum(mine.values()) + sum(theirs.values())
    return 2 * sum((mine & theirs).values()) / total if total else 0.0


class _Pairs:
    """The positions of tasks that are left, and the pairs that were found."""

    def __init__(self, old: Sequence[Model], new: Sequence[Model]) -> None:
        self.old, self.new = old, new
        self.left_old = dict.fromkeys(range(len(old)))
        self.left_new = dict.fromkeys(range(len(new)))
        self.pairs: dict[int, int] = {}
        self.added: list[int] = []

    def take_given(self, position: int, number: Label | None) -> None:
        if number is None:
            self.added.append(position)
            del self.left_new[position]
            return
        at = next(at for at in self.left_old if self.old[at].model == number)
        self._pair(at, position)

    def _pair(self, at: int, position: int) -> None:
        self.pairs[position] = at
        del self.left_old[at], self.left_new[position]

    def take_equal(self) -> None:
        """Tasks that say the same; of several with one text those that have one number or one group too."""
        for key in (_text, _text_and_number, _text_and_group):
            places = [Counter(map(key, side)) for side in (self._olds(), self._news())]
            at_key = {key(self.old[at]): at for at in self.left_old}
            for position in [*self.left_new]:
                said = key(self.new[position])
                if places[0][said] == places[1][said] == 1:
                    self._pair(at_key[said], position)

    def _olds(self) -> list[Model]:
        return [self.old[at] for at in self.left_old]

    def _news(self) -> list[Model]:
        return [self.new[position] for position in self.left_new]

    def take_of_one_number(self) -> None:
        """Tasks of one number, or of one printed row, that say something alike."""
        for position in [*self.left_new]:
            new = self.new[position]
            near = [at for at in self.left_old if _of_one_number(self.old[at], new)]
            alike = [at for at in near if likeness(self.old[at].title, new.title) >= _ALIKE]
            if len(alike) == 1 and self._most_alike(position) in {alike[0], None}:
                self._pair(alike[0], position)

    def _most_alike(self, position: int) -> int | None:
        """The task that is surely the one; None for none, or where another one is much alike too."""
        new = self.new[position]
        ranked = sorted(
            ((likeness(self.old[at].title, new.title), at) for at in self.left_old), reverse=True
        )
        if not ranked or ranked[0][0] < _SAME or (len(ranked) > 1 and ranked[1][0] >= _SAME):
            return None
        return ranked[0][1]

    def take_most_alike(self) -> None:
        """Tasks that say nearly the same under another number, where nobody else does."""
        wanted = {position: self._most_alike(position) for position in self.left_new}
        times = Counter(wanted.values())
        for position, at in wanted.items():
            if at is not None and times[at] == 1:
                self._pair(at, position)

    def _may_be(self, old: Model, new: Model) -> bool:
        """Whether a task may be another one: it says something alike, or has its number in a document that
        numbers as before."""
        alike = likeness(old.title, new.title)
        if _of_one_number(old, new):
            return alike >= _APART or not self._is_renumbered()
        return alike >= _ALIKE

    def _is_renumbered(self) -> bool:
        return any(
            not _of_one_number(self.old[at], self.new[position])
            for position, at in self.pairs.items()
        )

    def result(self) -> Matching:
        unclear = []
        for position in self.left_new:
            new = self.new[position]
            near = [self.old[at] for at in self.left_old if self._may_be(self.old[at], new)]
            if near:
                unclear.append(Unclear(new, tuple(near)))
            else:
                self.added.append(position)
        asked = {one.model for each in unclear for one in each.candidates}
        gone = [self.old[at] for at in self.left_old if self.old[at].model not in asked]
        pairs = [(self.old[at], self.new[position]) for position, at in sorted(self.pairs.items())]
        added = [self.new[position] for position in sorted(self.added)]
        return Matching(pairs, added, gone, unclear)


def match_steps(old: Sequence[Step], new: Sequence[Step]) -> list[tuple[Step, Step | None]]:
    """Each step of the document with the plan's step that it is, None for a new one.

    They are one where they say the same, or where each is the one most alike to the other.
    """
    pairs = {now.step: was for now, was in step_pairs(old, new) if was and was.text == now.text}
    left_old = [one for one in old if one not in pairs.values()]
    left_new = [one for one in new if one.step not in pairs]

    def nearest(text: str, among: Sequence[Step]) -> Step | None:
        best = max(among, key=lambda one: likeness(text, one.text), default=None)
        return best if best and likeness(text, best.text) >= _ALIKE else None

    for now in left_new:
        was = nearest(now.text, left_old)
        if was and nearest(was.text, left_new) == now:
            pairs[now.step] = was
    return [(now, pairs.get(now.step)) for now in new]


def _text(model: Model) -> object:
    return words(model.title)


def _text_and_number(model: Model) -> object:
    return words(model.title), str(model.model).casefold()


def _text_and_group(model: Model) -> object:
    return words(model.title), model.group


def _of_one_number(old: Model, new: Model) -> bool:
    return str(old.model).casefold() == str(new.model).casefold()
