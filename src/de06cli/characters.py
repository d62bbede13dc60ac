"""Characters that are no text, that nobody can see, or that look like another one.

The first would steer a terminal, or show a line in another order, and are refused. The others come with
what is pasted from a web page, Word or a chat; a finding about what holds them names them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from de06cli.messages import N_, _
from de06cli.named_tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

BIDI = "\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{BIDI}]"
# What a file's name may hold and no line that people read: also line ends, and marks that turn a line.
_NOT_SEEN = f"[\x01-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029{BIDI}\ufeff]"


def forbidden_in(value: str) -> str | None:
    """The first character that a value must not hold: controls other than TAB and line feed,
    bidirectional overrides, halves of surrogate pairs."""
    if value.isprintable():  # true of most values, and quickly found
        return None
    found = re.search(_FORBIDDEN, value)
    return found[0] if found else None


# What a terminal would obey, and what no XML document may hold.
_STEERING = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI}]"
_NO_XML = "[\ud800-\udfff\ufffe\uffff]"


def visible(text: str) -> str:
    """The text with a sign for each character that would steer a terminal instead of being read."""
    return text if text.isprintable() else re.sub(_STEERING, "\ufffd", text)


def printable(text: str) -> str:
    """The visible text with a sign for each character that no XML document may hold, too."""
    return re.sub(_NO_XML, "\ufffd", visible(text))


# Cut short -----------------------------------------------------------------------------------------

CUT = "…"  # stands for what is left out


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def clip(text: str, limit: int = 60) -> str:
    """The text on one line, cut after ``limit`` characters: what a file holds, to be found there again."""
    looked_at = text[: 8 * limit]  # a text of megabytes is not read to its end
    line = re.sub(r"\s+", " ", looked_at)
    whole = len(line) <= limit and len(looked_at) == len(text)
    return line if whole else line[: limit - 1] + CUT


def beginning(text: str, limit: int) -> str:
    """The text's first whole words on one line, in all about ``limit`` columns: for people to read."""
    line = one_line(text)
    looked_at = line[: 8 * limit]  # a text of megabytes is not measured to its end
    if len(looked_at) == len(line) and display_width(line) <= limit:
        return line
    kept = looked_at[: fitting(looked_at, limit)]
    whole = kept.rpartition(" ")[0] or looked_at[: fitting(looked_at, limit - 1)]
    return whole.rstrip(" ,;:.–-") + CUT


def in_bytes(text: str, limit: int) -> str:
    """The text in at most ``limit`` bytes of UTF-8."""
    data = text.encode("utf-8", "replace")
    if len(data) <= limit:
        return text
    kept = data[: max(limit - len(CUT.encode()), 0)].decode("utf-8", "ignore").rstrip()
    return f"{kept}{CUT}"


# As wide as they show ------------------------------------------------------------------------------

# Marks on a letter, and what only directs the letters around it.
_NO_WIDTH = {"Mn", "Me", "Mc", "Cf", "Zl", "Zp"}
# Of these, the ones that terminals show: the soft hyphen, Arabic signs before a number.
_SHOWN = {"\u00ad", *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f"}
_PICTURE = "\ufe0f"  # makes a wide picture of the sign before it
_JAMO = range(0x1160, 0x1200)  # vowels and finals that join the syllable before them


class _Widths(dict[str, int]):
    """How many terminal columns each character takes, looked up once."""

    def __missing__(self, char: str) -> int:
        none = unicodedata.category(char) in _NO_WIDTH and char not in _SHOWN
        none = none or ord(char) in _JAMO
        self[char] = 0 if none else 1 + (unicodedata.east_asian_width(char) in "WF")
        return self[char]


_width_of = _Widths().__getitem__


def display_width(text: str) -> int:
    """How many terminal columns the text takes: the one measure of all that is laid out in columns."""
    if is_narrow(text):
        return len(text)
    if _PICTURE in text:
        text = re.sub(f"([^{_PICTURE}]){_PICTURE}", _picture, text)
    return sum(map(_width_of, text))


def is_narrow(text: str) -> bool:
    """Whether each of its characters takes one column, so that their number is the text's width."""
    if text.isascii() or _latin().fullmatch(text):  # true of most texts, and quickly found
        return True
    return {*map(_width_of, {*text})} <= {1}


@cache
def _latin() -> re.Pattern[str]:
    """Letters, dashes and quotation marks, each one column wide."""
    return re.compile("[\0-\u02ff\u1e00-\u1eff\u2010-\u2027]*")


def padded(text: str, width: int) -> str:
    """The text with spaces behind it up to ``width`` columns; a wider one as it is."""
    return text + " " * (width - display_width(text))


def fitting(text: str, columns: int) -> int:
    """How many of the text's characters fit into so many columns, marks with their letters."""
    if is_narrow(text):
        return min(len(text), max(0, columns))
    return bisect_right(range(1, len(text) + 1), columns, key=lambda n: display_width(text[:n]))


def _picture(found: re.Match[str]) -> str:
    return "  " if _width_of(found[1]) == 1 else found[1]


# Seen as something else ----------------------------------------------------------------------------

_HYPHENS = "\u2010\u2011\u2012\u2212\u02d7\ufe63\uff0d"
_DASHES = "\u2013\u2014\u2015\u2043\u2022\u25cf\u25aa\u00b7"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4"
_CYRILLIC = dict(
    zip("АВЕКМНОРСТУХЅІЈԚԜаеорсухѕіјһԁԛԝӏ", "ABEKMHOPCTYXSIJQWaeopcyxsijhdqwl", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορικυχ", "ABEZHIKMNOPTYXavopikux", strict=True))
_COLONS = "\u2236\ua789\ufe55\u02d0"
_STOPS = {"\u3001": ",", "\u3002": ".", "\u3010": "[", "\u3011": "]", "\u2044": "/", "\u2215": "/"}
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800\u034f"
_PLAIN = {
    **dict.fromkeys(_HYPHENS + _DASHES, "-"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_COLONS, ":"),
    **_CYRILLIC,
    **_GREEK,
    **_STOPS,
}

_NAMES = {
    "\u00a0": N_("khoảng trắng cứng"),
    "\u202f": N_("khoảng trắng cứng hẹp"),
    "\u3000": N_("khoảng trắng toàn khổ"),
    "\u00ad": N_("dấu nối mềm, thường ẩn"),
    "\u200b": N_("khoảng trắng ẩn"),
    "\ufeff": N_("dấu BOM ẩn"),
    "\u2011": N_("dấu gạch nối cứng"),
    "\u2013": N_("dấu gạch ngang ngắn"),
    "\u2014": N_("dấu gạch ngang dài"),
}
_OF_KIND = [
    (_HYPHENS, N_("dấu gạch nối lạ")),
    (_DASHES, N_("dấu gạch đầu dòng lạ")),
    (_DOUBLE_QUOTES + _SINGLE_QUOTES, N_("dấu nháy cong")),
    (_COLONS, N_("dấu hai chấm lạ")),
    (_CYRILLIC, N_("chữ Kirin (Cyrillic) giống chữ La-tinh")),
    (_GREEK, N_("chữ Hy Lạp giống chữ La-tinh")),
]


_LONGEST_WORD = 64  # characters of a key, a code or a status


class Odd(NamedTuple):
    """A character that is not what it seems; ``at`` is its place in the text asked about."""

    at: int
    char: str


def odd_in(text: str) -> list[Odd]:
    """The characters of ``text`` that nobody can see or that look like others, the first of each."""
    if text.isascii():
        return []
    first: dict[str, int] = {}
    is_word = len(text) <= _LONGEST_WORD and re.search("[a-zA-Z]", text) and " " not in text
    for index, char in enumerate(text):
        if (
            char > "\x7f"
            and char not in first
            and (is_odd(char) or (is_word and _is_foreign(char)))
        ):
            first[char] = index
    return [Odd(index, char) for char, index in first.items()]


def is_odd(char: str) -> bool:
    return char in _PLAIN or _is_unseen(char) or _other_form(char) is not None


def _is_foreign(char: str) -> bool:
    """Whether the character is a letter that is neither of the Latin alphabet nor one with diacritics."""
    base = unicodedata.normalize("NFD", char)[0]
    return base not in "đĐ" and base > "\x7f" and unicodedata.category(char)[0] == "L"


def plain(text: str) -> str:
    """The text with what each of its odd characters looks like; what nobody can see is left out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_plain, text)))


def bare_key(key: str) -> str:
    """The key that was meant by one with odd characters, or with a colon that YAML does not take for one."""
    if key.isascii():
        return key[:200]
    return re.split(r"[:\s]", plain(key[:200]).strip("- \"'"))[0] or key[:200]


def name(char: str) -> str:
    """What the character is called, with its number: "khoảng trắng cứng (U+00A0)"."""
    return f"{_(_kind(char))} (U+{ord(char):04X})"


def _plain(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if _is_space(char):
        return " "
    return "" if _is_unseen(char) and not unicodedata.combining(char) else _other_form(char) or char


def _kind(char: str) -> str:
    if char in _NAMES:
        return _NAMES[char]
    for chars, kind in _OF_KIND:
        if char in chars:
            return kind
    if _is_space(char):
        return N_("khoảng trắng lạ")
    if unicodedata.combining(char):
        return N_("dấu rời, không liền với chữ")
    if _is_unseen(char):
        return N_("ký tự ẩn")
    if unicodedata.category(char) == "Nd":
        return N_("chữ số lạ")
    if _other_form(char) is None:
        return N_("chữ của bảng chữ cái khác")
    return N_("ký tự toàn khổ hoặc biến thể")


def _is_space(char: str) -> bool:
    return unicodedata.category(char) in {"Zs", "Zl", "Zp"} and char != " "


def _is_unseen(char: str) -> bool:
    if char in _BLANK_LETTERS or _is_space(char):
        return True
    return unicodedata.category(char) in {"Cf", "Mn", "Me"}


def _other_form(char: str) -> str | None:
    """The ASCII that a fullwidth or styled character, or a digit of another script, stands for."""
    if char <= "\x7f":
        return None
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char))
    form = unicodedata.normalize("NFKC", char)
    return form if form != char and form.isascii() else None


def visible_name(name: str | Path) -> str:
    """A file's name, or a path, on one line, with a sign for each character that a terminal would obey,
    or that would show the line in another order or nobody would see."""
    return re.sub(_NOT_SEEN, "\ufffd", str(name))
