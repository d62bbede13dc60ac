"""The bodies that issue documents, as sentences name them."""

from __future__ import annotations

from itertools import accumulate

_ABBREVIATIONS = frozenset(("UBND", "HĐND", "MTTQ", "TP"))
_DASHES = frozenset("-–")
# The name of a place stands behind these words: each of its own words has a capital.
_UNITS = frozenset(("xã", "phường", "huyện", "quận", "tỉnh", "phố", "trấn"))
# A field of work stands behind these words, and begins with a capital.
_BODIES = frozenset(("phòng", "sở", "ban", "bộ", "cục"))

_SOCIETY, _JOINT = "xã hội", "\0"  # one word, which names no commune


def in_ordinary_letters(name: str) -> str:
    """A body's name as a sentence has it: "PHÒNG VĂN HÓA - XÃ HỘI" is "Phòng Văn hóa - Xã hội".

    A name that is not all in capitals is kept.
    """
    if name != name.upper():
        return name
    parts = name.casefold().replace(_SOCIETY, _SOCIETY.replace(" ", _JOINT)).split(" ")
    before = ["-", *parts]
    in_place = accumulate(parts, _goes_on, initial=False)
    written = map(_written, parts, before, [*parts[1:], ""], in_place)
    return " ".join(written).replace(_JOINT, " ")


def _goes_on(in_place: bool, part: str) -> bool:
    """Whether the next word belongs to the name of a place."""
    return part in _UNITS or (in_place and part not in _DASHES)


def _written(part: str, before: str, behind: str, in_place: bool) -> str:
    if part.upper() in _ABBREVIATIONS:
        return part.upper()
    is_scheme = (part, behind) == ("đề", "án")
    is_unit = part in _UNITS and before not in _DASHES
    capital = in_place or before in _DASHES or before in _BODIES or is_scheme
    return part[:1].upper() + part[1:] if capital and not is_unit else part
