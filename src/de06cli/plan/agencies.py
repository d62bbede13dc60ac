"""The register of agencies, found by whatever people type: a code, a name or an alias."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from de06cli.named_tuples import NamedTuple

if TYPE_CHECKING:  # the app itself looks for the nearest word, and needs no records
    from de06cli.plan.records import Agency


def fold(text: str) -> str:
    """The text as it is compared: without diacritics, case, punctuation, spaces and the word "và".

    "CÔNG AN HUYỆN", "cong an huyen" and a decomposed "Công an huyện" all fold to "conganhuyen".
    """
    return _joined(re.findall(_WORDS, _bare(text)))


_WORDS = r"[^\W_]+"
_MOST_WORDS = 100  # of a text that is taken apart into a code and a name


def _bare(text: str) -> str:
    """The text without diacritics and case."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.casefold().replace("đ", "d")


def _joined(words: Sequence[str]) -> str:
    return "".join(word for word in words if word != "va") or "".join(words)


class Found(NamedTuple):
    """What a text means in a register: one agency, or the ones it may have meant."""

    agency: Agency | None
    candidates: tuple[Agency, ...] = ()
    several: bool = (
        False  # the text names each of the candidates: a shared name, a code and another's name
    )


class AgencyRegister:
    """The agencies of a plan, by everything they are called."""

    def __init__(self, agencies: Iterable[Agency], plan: str = "") -> None:
        """``plan`` is the plan's code, which may stand before an agency's: ``HONQUAN:CAH``."""
        self.agencies = tuple(agencies)
        self.by_code = {agency.code: agency for agency in self.agencies}
        self._plan = plan

    @cached_property
    def _by_name(self) -> dict[str, list[Agency]]:
        by_name: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            for name in called(agency):
                known = by_name.setdefault(fold(name), [])
                if agency not in known:
                    known.append(agency)
        return by_name

    @cached_property
    def _by_english_name(self) -> dict[str, list[Agency]]:
        by_name: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            if agency.name_en:
                by_name.setdefault(fold(agency.name_en), []).append(agency)
        return by_name

    def find(self, text: str) -> Found:
        """The agency whose code, name or alias is ``text`` after folding.

        Code and name together, as de06 prints them, are understood in either order, whatever stands
        between them: "CAH – Công an huyện", "Công an huyện (CAH)". Where they are of two agencies, both
        are candidates. A part of a name, or a code that is one letter off, is never taken for the whole:
        such agencies are candidates, nearest first.
        """
        from de06cli.plan import addresses  # noqa: PLC0415 - as above

        text = addresses.without_plan(text, self._plan) or text
        folded = fold(text)
        exact = self.by_code.get(text.strip().upper())
        named = [exact] if exact else self._named(folded) or self._by_english_name.get(folded, [])
        if not named:
            both, half = self._parts(text)
            if both:
                named = both
            else:
                codes = nearest(text, [agency.code for agency in self.agencies])
                near = self._with_part(folded)[:8] or [self.by_code[code] for code in codes]
                return Found(None, tuple(dict.fromkeys([*half, *near])))
        if len(named) == 1:
            return Found(named[0])
        return Found(None, tuple(named), several=True)

    def _named(self, folded: str) -> list[Agency]:
        """The agencies that are called so as a whole; a code comes before a name."""
        named = self._by_name.get(folded, [])
        return [agency for agency in named if fold(agency.code) == folded] or named

    def _parts(self, text: str) -> tuple[list[Agency], list[Agency]]:
        """What two names in one text say: the agencies that both of them name, or each one another.

        Behind them the agencies that are named beside something unknown.
        """
        words = [word for word in re.findall(_WORDS, _bare(text)) if word != "va"]
        if len(words) > _MOST_WORDS:
            return [], []
        whole = "".join(words)
        agreed: dict[Agency, None] = {}
        apart: dict[Agency, None] = {}
        half: dict[Agency, None] = {}
        for cut in list(accumulate(map(len, words)))[:-1]:
            first, second = self._meant(whole[:cut]), self._meant(whole[cut:])
            shared = [agency for agency in first if agency in second]
            agreed |= dict.fromkeys(shared)
            if first and second and not shared:
                apart |= dict.fromkeys([*first, *second])
            half |= dict.fromkeys([*first, *second])
        return list(agreed or apart), list(half)

    def _meant(self, folded: str) -> list[Agency]:
        english = self._by_english_name.get(folded, [])
        return list(dict.fromkeys([*self._named(folded), *english]))

    def _with_part(self, folded: str) -> list[Agency]:
        """The agencies with ``folded`` in one of their names, the shortest such name first; in an English
        name where no other has it."""
        for names_of in (called, called_in_english):
            lengths = []
            for agency in self.agencies:
                names = [name for name in map(fold, names_of(agency)) if folded and folded in name]
                if names:
                    lengths.append((min(map(len, names)), agency))
            if lengths:
                return [agency for _length, agency in sorted(lengths, key=lambda item: item[0])]
        return []

    def search(self, text: str) -> tuple[Agency, ...]:
        """The agencies with ``text`` anywhere in their code, names or aliases."""
        folded = fold(text)
        return tuple(
            agency
            for agency in self.agencies
            if any(folded in fold(name) for name in (*called(agency), *called_in_english(agency)))
        )


def called(agency: Agency) -> tuple[str, ...]:
    """Everything an agency is called in the plan's language."""
    short = (agency.short,) if agency.short else ()
    return (agency.code, agency.name, *short, *agency.aliases)


def called_in_english(agency: Agency) -> tuple[str, ...]:
    """What an agency is called in English, if the plan says so."""
    return (agency.name_en,) if agency.name_en else ()


_COMPARED = 64  # characters of a word that are compared
_KNOWN = 500  # words that one text is compared with


def nearest(text: str, known: Sequence[str], limit: int = 3, likeness: float = 0.0) -> list[str]:
    """The ``limit`` known words that look most like ``text``, the nearest first.

    ``likeness``, from 0 to 1, is the least that counts. The work is bounded: of long words only the
    beginning is compared, of long lists only the first words.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake pays for it

    folded = fold(text[: 2 * _COMPARED])[:_COMPARED]
    scores = [
        (SequenceMatcher(None, folded, fold(word[: 2 * _COMPARED])[:_COMPARED]).ratio(), word)
        for word in known[:_KNOWN]
    ]
    scores.sort(key=lambda scored: -scored[0])
    return [word for score, word in scores[:limit] if score >= likeness]
