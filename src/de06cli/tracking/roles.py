"""Who holds a role on a day: the printed list, then handovers, then successors of ended agencies.

An agency answers for its tasks until its last day, from then on its successor does: on 1 March 2025 the
district police were dissolved, on 1 July 2025 the districts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from de06cli.named_tuples import NamedTuple
from de06cli.plan.parts import Handover, Lists, handed
from de06cli.plan.records import Ended

Codes = tuple[str, ...]
# How a code finds a task: it holds the role, has ended or been on the way to who holds it, or is of a
# group that holds it.
Way = Literal["holder", "former", "group"]


class Holders(NamedTuple):
    """Who holds the roles on a day."""

    lead: Codes
    support: Codes
    implementers: Codes
    replaces: dict[str, Codes]  # {"CAX": ("CAH",)}: whose part each successor has taken


class Succession(NamedTuple):
    """The ended agencies of a plan and the members of its groups, by their codes."""

    ended: Mapping[str, Ended]
    members: Mapping[str, Sequence[str]] = {}

    def has_ended(self, code: str, day: date) -> bool:
        """Whether the agency no longer exists on ``day``; ``on`` is the first such day."""
        return code in self.ended and self.ended[code].on <= day

    def chain(self, code: str, day: date) -> Codes:
        """The agency and all that have followed it by ``day``, each once and never in circles."""
        reached: dict[str, None] = {}
        waiting = [code]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached[one] = None
                waiting += reversed(self._successors(one, day))
        return tuple(reached)

    def present(self, code: str, day: date) -> Codes:
        """Who stands in an agency's place on ``day``: itself, or those to whom its chain leads.

        An agency that ended without successor stays. A circle, which no valid plan has, leaves the
        agency itself.
        """
        chain = self.chain(code, day)
        return tuple(one for one in chain if not self._successors(one, day)) or (code,)

    def _successors(self, code: str, day: date) -> Codes:
        return self.ended[code].successor if self.has_ended(code, day) else ()


def holders(
    printed: Lists, handovers: Iterable[Handover], succession: Succession, day: date
) -> Holders:
    """Who holds the roles on ``day``."""
    replaces: dict[str, dict[str, None]] = {}
    lists = handed(printed, handovers, day)
    for code in dict.fromkeys(code for codes in lists for code in codes):
        for present in succession.present(code, day):
            if present != code:
                replaces.setdefault(present, {})[code] = None
    lead, support, implementers = (_all_present(codes, succession, day) for codes in lists)
    former = {code: tuple(replaced) for code, replaced in replaces.items()}
    return Holders(lead, support, implementers, former)


def _all_present(codes: Codes, succession: Succession, day: date) -> Codes:
    """The agencies that stand in the place of each code, none twice."""
    return tuple(dict.fromkeys(one for code in codes for one in succession.present(code, day)))


def finders(codes: Iterable[str], succession: Succession, day: date) -> dict[str, Way]:
    """The codes by which a task is found on ``day`` whose role has ``codes`` after its handovers.

    These are who holds the role, whom they follow, and, for a group that has not ended, its members
    with those that they follow and those that follow them.
    """
    found: dict[str, Way] = {}
    groups: dict[str, None] = {}
    for code in codes:
        present = succession.present(code, day)
        for one in present:
            found[one] = "holder"
            groups[one] = None
        for one in succession.chain(code, day):
            found.setdefault(one, "former")
    for member in _members(groups, succession, day):
        for one in (*succession.chain(member, day), *_followed_by(member, succession, day)):
            found.setdefault(one, "group")
    return found


def answers_for(
    asked: str, codes: Iterable[str], succession: Succession, day: date
) -> dict[str, Way]:
    """Which of ``codes``, a plan's agencies, make ``asked`` find a task in whose role they stand."""
    found = {code: finders((code,), succession, day) for code in codes}
    return {code: ways[asked] for code, ways in found.items() if asked in ways}


def _members(groups: Iterable[str], succession: Succession, day: date) -> Iterator[str]:
    """The members of groups, and of the groups among them, as far as these have not ended."""
    seen = set[str]()
    waiting = list(groups)
    while waiting:
        group = waiting.pop(0)
        if group in seen or succession.has_ended(group, day):
            continue
        seen.add(group)
        for member in succession.members.get(group, ()):
            yield member
            waiting += succession.present(member, day)


def _followed_by(code: str, succession: Succession, day: date) -> Iterator[str]:
    """The agencies that have ended by ``day`` and lead to ``code``."""
    for former in succession.ended:
        if former != code and code in succession.chain(former, day):
            yield former
