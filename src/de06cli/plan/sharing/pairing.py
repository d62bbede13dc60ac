"""Which items of three versions of a list are the same item, and in what order all of them stand.

A step is known by what it says, whatever its number is; an entry of a list by its period or day, and one
that was corrected by what it shares with the entry before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple, TypeVar

from de06cli.plan.parts import Step

_Item = TypeVar("_Item")

# For each item of a side the place of the same item in the base; None for a new one.
Pairs = list[int | None]
Pair = Callable[[Sequence[_Item], Sequence[_Item]], Pairs]
# An item as the base, ours and theirs have it; None where one of them does not.
Row = tuple[_Item | None, _Item | None, _Item | None]

_SIMILAR = 0.6  # how much of a step's text stays when it is still the same step


class Disagreement(Exception):
    """Two versions can't stand together in something, or it is not certain what is the same in both."""


class _Origin(NamedTuple):
    """An item, by the first version that has it and its place there."""

    version: str
    at: int


def rows(
    base: Sequence[_Item],
    ours: Sequence[_Item],
    theirs: Sequence[_Item],
    pair: Pair[_Item],
    alike: Callable[[_Item, _Item], bool],
) -> list[Row[_Item]]:
    """All items of three lists in the order of the joined list, those that one side took away too.

    ``alike`` says whether two new items are one. Raises Disagreement where ``pair`` does, where both
    sides moved items about, and where both replaced an item by what nothing shows to be the same.
    """
    here, there = pair(base, ours), pair(base, theirs)
    own = [
        _Origin("ours" if at is None else "base", n if at is None else at)
        for n, at in enumerate(here)
    ]
    other = []
    for n, at in enumerate(there):
        if at is not None:
            other.append(_Origin("base", at))
            continue
        same = [i for i, one in enumerate(ours) if here[i] is None and alike(one, theirs[n])]
        if len(same) > 1 or (same and _Origin("ours", same[0]) in other):
            raise Disagreement
        other.append(_Origin("ours", same[0]) if same else _Origin("theirs", n))
    first = [_Origin("base", n) for n in range(len(base))]
    _refuse_replaced(first, own, other)
    listed = ((first, base), (own, ours), (other, theirs))
    return [
        (
            _named(name, *listed[0]),
            _named(name, *listed[1]),
            _named(name, *listed[2]),
        )
        for name in _ordered(first, own, other)
    ]


def _named(name: _Origin, names: list[_Origin], items: Sequence[_Item]) -> _Item | None:
    return items[names.index(name)] if name in names else None


def _refuse_replaced(base: list[_Origin], ours: list[_Origin], theirs: list[_Origin]) -> None:
    """Refuses where an item is gone on both sides and each has a new one of its own."""
    gone = {*base} - {*ours} - {*theirs}
    if gone and {*ours} - {*base} - {*theirs} and {*theirs} - {*base} - {*ours}:
        raise Disagreement


def _ordered(base: list[_Origin], ours: list[_Origin], theirs: list[_Origin]) -> list[_Origin]:
    """The names in one order: that of the side that moved items, each new one behind its neighbour."""
    common = {*base} & {*ours} & {*theirs}
    was, here, there = ([one for one in names if one in common] for names in (base, ours, theirs))
    if was not in (here, there) and here != there:
        raise Disagreement
    leading, following = (theirs, ours) if was == here else (ours, theirs)
    if here == there:
        leading, following = ours, theirs
    joined = [*leading]
    for n, name in enumerate(following):
        if name in joined:
            continue
        at = joined.index(following[n - 1]) + 1 if n else 0
        while at < len(joined) and joined[at] not in base and joined[at] not in following:
            at += 1
        joined.insert(at, name)
    return joined


def by_key(key: Callable[[_Item], Hashable]) -> Pair[_Item]:
    """Pairs the items with equal keys. Raises Disagreement where two items of a list have one key."""

    def pair(base: Sequence[_Item], side: Sequence[_Item]) -> Pairs:
        known = {key(item): at for at, item in enumerate(base)}
        if len(known) < len(base) or len({key(item) for item in side}) < len(side):
            raise Disagreement
        return [known.get(key(item)) for item in side]

    return pair


def entries(alike: Callable[[Any, Any], bool]) -> Pair[Any]:
    """Pairs equal entries, then those that are ``alike``, then those that share most of what they say."""

    def pair(base: Sequence[Any], side: Sequence[Any]) -> Pairs:
        pairs: Pairs = [None] * len(side)
        _take(pairs, base, side, lambda old, new: 1 if old == new else 0)
        _take(pairs, base, side, lambda old, new: 1 if alike(old, new) else 0)
        _take(pairs, base, side, _shared)
        return pairs

    return pair


def _shared(old: tuple[object, ...], new: tuple[object, ...]) -> int:
    return sum(one == other and one is not None for one, other in zip(old, new, strict=True))


def _take(
    pairs: Pairs, base: Sequence[Any], side: Sequence[Any], score: Callable[[Any, Any], int]
) -> None:
    """Pairs the items that are left and score best with one another; a tie pairs none."""
    free = [at for at in range(len(base)) if at not in pairs]
    left = [n for n, at in enumerate(pairs) if at is None]
    scores = {(at, n): score(base[at], side[n]) for at in free for n in left}
    for (at, n), best in scores.items():
        rivals = [one for (i, j), one in scores.items() if (i == at) != (j == n)]
        if best and all(best > rival for rival in rivals):
            pairs[n] = at


def steps(base: Sequence[Step], side: Sequence[Step]) -> Pairs:
    """Pairs the steps with the same text; then one whose text was edited, where it still stands between
    the same neighbours. Raises Disagreement where more than one pair is possible."""
    pairs = _same_texts(base, side)
    here = {at: n for n, at in enumerate(pairs) if at is not None}
    found = [
        (at, n)
        for n, known in enumerate(pairs)
        if known is None
        for at in range(len(base))
        if at not in here
        and _neighbours(at, here, len(base)) == _neighbours_of(n, pairs, len(base))
        and _is_edited(base[at].text, side[n].text)
    ]
    for place in (0, 1):
        if len({pair[place] for pair in found}) < len(found):
            raise Disagreement
    for at, n in found:
        pairs[n] = at
    return pairs


def _same_texts(base: Sequence[Step], side: Sequence[Step]) -> Pairs:
    """Pairs by text. Steps with one text are told apart by their numbers, while these are the same."""
    pairs: Pairs = []
    known = {(step.text, step.step): at for at, step in enumerate(base)}
    texts = {step.text: at for at, step in enumerate(base)}
    before, now = (Counter(step.text for step in listed) for listed in (base, side))
    for step in side:
        text = step.text
        if before[text] <= 1 and now[text] == 1:
            pairs.append(texts.get(text))
        elif text not in texts:
            pairs.append(None)
        elif _numbers(base, text) == _numbers(side, text):
            pairs.append(known[text, step.step])
        else:
            raise Disagreement
    return pairs


def _numbers(listed: Sequence[Step], text: str) -> list[int]:
    return [step.step for step in listed if step.text == text]


def _neighbours(at: int, here: dict[int, int], length: int) -> tuple[int, int]:
    """The nearest steps of the base around a place that the side has too."""
    before = (one for one in range(at - 1, -1, -1) if one in here)
    behind = (one for one in range(at + 1, length) if one in here)
    return next(before, -1), next(behind, length)


def _neighbours_of(n: int, pairs: Pairs, length: int) -> tuple[int, int]:
    """The same around a place of the side."""
    before = (at for at in reversed(pairs[:n]) if at is not None)
    behind = (at for at in pairs[n + 1 :] if at is not None)
    return next(before, -1), next(behind, length)


def _is_edited(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _SIMILAR
