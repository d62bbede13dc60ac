"""The texts in the parts of a workbook, as people see them."""

from __future__ import annotations

import re

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BREAKS = {"\n", "\r", "\t"}


def unescaped(text: str) -> str:
    """A text of the file as people see it: _x005F_ and the like stand for characters, and a line ends
    in a line feed."""

    def char(match: re.Match[str]) -> str:
        found = chr(int(match[1], 16))
        return found if found in _BREAKS or found == "_" else match[0]

    if "_x" in text:
        text = _ESCAPED.sub(char, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class TextCollector:
    """Collects the text inside elements, without phonetic guides."""

    def __init__(self) -> None:
        self._inside = 0
        self._guides = 0
        self._parts: list[str] = []

    def start(self, name: str) -> None:
        if name == "t":
            self._inside += 1
        elif name == "rPh":
            self._guides += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._inside -= 1
        elif name == "rPh":
            self._guides -= 1

    def text(self, text: str) -> None:
        if self._inside and not self._guides:
            self._parts.append(text)

    def taken(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        return text
