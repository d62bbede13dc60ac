"""Who acts according to a sentence: only names that are known, and only where the words are plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from de06cli.drafting.meaning.names import NameReader, begins_a_name
from de06cli.plan.records import Agency

_BETWEEN = re.compile(
    r"\s*(?:,|;|và|&|:?\s*chủ trì,?\s*phối hợp(?:\s+(?:với|cùng))?|,?\s*phối hợp(?:\s+(?:với|cùng))?)\s+",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\s*:?\s*\bchủ trì\b", re.IGNORECASE)
_MOST_WORDS = 16  # of a name that a sentence begins with
_CLAUSE = re.compile(r"[.;\n•]\s|(?:^|\s)[-–+]\s")


def actors(text: str, names: NameReader) -> list[Agency]:
    """The agencies that a sentence begins with: "Công an huyện phối hợp Phòng PC06 tạo tài khoản"."""
    found: list[Agency] = []
    at = 0
    while (known := _longest(text, at, names)) is not None:
        agency, at = known
        if agency not in found:
            found.append(agency)
        between = _BETWEEN.match(text, at)
        if not between:
            break
        at = between.end()
    return found


def _longest(text: str, at: int, names: NameReader) -> tuple[Agency, int] | None:
    """The longest name that stands at ``at``, and where it ends."""
    ends = [match.end() for match in re.finditer(r"[^\s,;:.()]+", text[at : at + 200])][
        :_MOST_WORDS
    ]
    for end in reversed(ends):
        agency = names.known(text[at : at + end])
        if agency is not None:
            return agency, at + end
    return None


def leads_in_text(text: str, names: NameReader) -> Iterator[tuple[str, Agency | None]]:
    """The names before "chủ trì" in a text; with None for one that looks like a body's and is not known."""
    for match in _LEADS.finditer(text):
        clause = _CLAUSE.split(text[: match.start()])[-1]
        words = list(re.finditer(r"\S+", clause))[-_MOST_WORDS:]
        if re.search(r"(?:đơn vị|cơ quan|do)\s*$", clause, re.IGNORECASE):
            continue
        for word in words:
            name = clause[word.start() :].strip()
            agency = names.known(name)
            if agency is not None:
                yield name, agency
                break
        else:
            name = clause.strip(" ,:")
            if words and begins_a_name(name) and len(name.split()) <= 8:
                yield name, None
