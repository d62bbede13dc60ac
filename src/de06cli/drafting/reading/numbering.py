"""The numbers and bullets that Word writes by itself before paragraphs."""

from __future__ import annotations

import re
from typing import NamedTuple

from de06cli.views.office.xlsx.package import Attributes, Handlers, Package, local

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"


class _Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


class ListPlace(NamedTuple):
    """Where a paragraph stands in a list: the list's id and its level."""

    number: str
    level: int


class Numbering:
    """Counts the paragraphs of all lists of a document, in their order."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}  # by abstract list
        self._lists: dict[str, str] = {}  # the abstract list of each list
        self._restarts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, ListPlace] = {}
        self._based: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[str] = set()
        if package.has(_NUMBERING):
            self._read_lists(package)
        if package.has(_STYLES):
            self._read_styles(package)

    def label(self, own: ListPlace | None, style: str) -> str:
        """What Word writes before a paragraph of this place or style; "" for most."""
        place = own or self._of_style(style)
        abstract = self._lists.get(place.number) if place else None
        if place is None or abstract is None:
            return ""
        if place.number not in self._begun:
            self._begun.add(place.number)
            for (number, restarted), start in self._restarts.items():
                if number == place.number:
                    self._counts[abstract, restarted] = start - 1
        level = self._levels.get((abstract, place.level), _Level())
        before = self._counts.get((abstract, place.level), level.start - 1)
        self._counts[abstract, place.level] = before + 1
        for deeper in range(place.level + 1, 9):
            self._counts.pop((abstract, deeper), None)
        if level.form == "bullet":
            return "- "
        if level.form == "none":
            return ""
        return self._written(abstract, level.text)

    def _written(self, abstract: str, text: str) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = self._levels.get((abstract, at), _Level())
            return formed(self._counts.get((abstract, at), level.start), level.form)

        label = re.sub("%([1-9])", number, text).strip()
        return f"{label} " if label else ""

    def _of_style(self, style: str) -> ListPlace | None:
        for _step in range(20):
            if style in self._styles:
                return self._styles[style]
            style = self._based.get(style, "")
        return None

    def _read_lists(self, package: Package) -> None:
        abstract = number = ""
        level = 0

        def start(name: str, attributes: Attributes) -> None:
            nonlocal abstract, number, level
            value = local(attributes, "val")
            if name == "abstractNum":
                abstract, number = local(attributes, "abstractNumId"), ""
            elif name == "num":
                number = local(attributes, "numId")
            elif name in {"lvl", "lvlOverride"}:
                level = _whole(local(attributes, "ilvl"))
                if name == "lvl" and not number:
                    self._levels[abstract, level] = _Level()
            elif name == "abstractNumId" and number:
                self._lists[number] = value
            elif name == "startOverride":
                self._restarts[number, level] = _whole(value)
            elif not number and (abstract, level) in self._levels:
                found = self._levels[abstract, level]
                if name == "start":
                    self._levels[abstract, level] = found._replace(start=_whole(value))
                elif name == "numFmt":
                    self._levels[abstract, level] = found._replace(form=value)
                elif name == "lvlText":
                    self._levels[abstract, level] = found._replace(text=value)

        package.walk(_NUMBERING, Handlers(start, lambda _name: None))

    def _read_styles(self, package: Package) -> None:
        style = number = ""
        level = 0

        def start(name: str, attributes: Attributes) -> None:
            nonlocal style, number, level
            value = local(attributes, "val")
            if name == "style":
                style, number, level = local(attributes, "styleId"), "", 0
            elif name == "basedOn":
                self._based[style] = value
            elif name == "ilvl":
                level = _whole(value)
            elif name == "numId":
                number = value

        def end(name: str) -> None:
            if name == "style" and number:
                self._styles[style] = ListPlace(number, level)

        package.walk(_STYLES, Handlers(start, end))


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() else 0


def formed(number: int, form: str) -> str:
    """A number in one of Word's forms: decimal, upperRoman, lowerLetter …"""
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (number // worth)
            number %= worth
        return roman if form == "upperRoman" else roman.lower()
    if form in {"upperLetter", "lowerLetter"} and number > 0:
        letters = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    return f"{number:02}" if form == "decimalZero" else str(number)
