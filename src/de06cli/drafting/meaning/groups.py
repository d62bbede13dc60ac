"""The groups that head a part of a table: "I. Hạ tầng số", "A", or a row with nothing but a title."""

from __future__ import annotations

import re
from typing import NamedTuple

_ROMAN = re.compile(r"[IVXLC]{1,7}")
_PRINTED = re.compile(
    r"(?P<word>(?:Phần|Mục|Nhóm|Chương)\s+)?(?P<label>[IVXLC]{1,7}|[A-ZĐ]|[0-9]{1,2})"
    r"(?:\s*[.):\-–/]+\s*|\s+(?=\S))(?P<title>\S.*)",
    re.DOTALL,
)


class Headed(NamedTuple):
    """A group: its ``code`` in the plan, its title as printed without its number."""

    code: str
    title: str


def group_in(
    label: str, title: str, *, spans: bool, following: str, numbered: bool
) -> tuple[str, str, str] | None:
    """The kind, code and title of the group that a row with only a title heads; None for a task.

    ``following`` is the number of the row below, ``spans`` whether the title is merged over the row.
    """
    text = " ".join(title.split())
    if label:
        kind = kind_of(label)
        if kind in {"roman", "letter"} and label.isupper():
            return kind, label, text
        if kind == "letter" and spans:
            return "small letter", label, text
        if kind == "number" and (
            following.startswith((f"{label}.", f"{label}-")) or (spans and following)
        ):
            return "number", label, text
        return None
    match = _PRINTED.fullmatch(text)
    if match and (spans or not match["label"].isdecimal()):
        printed = match["title"] if not match["word"] else text
        return kind_of(match["label"]), match["label"], printed
    if spans or (numbered and _stands_apart(text, following)):
        return "none", "", text
    return None


def _stands_apart(text: str, following: str) -> bool:
    return bool(following) and len(text) <= 150 and not text[:1].islower() and text[:1] not in "-+•"


def kind_of(label: str) -> str:
    if label.isdecimal():
        return "number"
    if _ROMAN.fullmatch(label):
        return "roman"
    return "letter" if len(label) == 1 else "other"


class Groups:
    """The groups in the order in which they begin, those within others with both codes."""

    def __init__(self) -> None:
        self.all: list[Headed] = []
        self._open: list[tuple[str, str, str]] = []  # kind, label and code, the outer one first
        self._codes: set[str] = set()
        self._named: dict[str, str] = {}

    def begin(self, kind: str, label: str, title: str) -> None:
        """Begins a group. One of the kind of an open one follows it; another kind is within it."""
        kind = self._kind(kind, label)
        kinds = [opened for opened, _label, _code in self._open]
        if kind in kinds:
            self._open = self._open[: kinds.index(kind)]
        label = label or f"N{len(self.all) + 1}"
        labels = [part for _kind, part, _code in self._open]
        code = "-".join([*labels, label]).replace("Đ", "D").replace("đ", "d")
        self._open.append((kind, label, self._add(code, title)))

    def restart(self, code: str, title: str) -> None:
        """Begins a group of a whole table, outside all others."""
        self._open = [("table", code, self._add(code, title))]

    def _add(self, code: str, title: str) -> str:
        unique, n = code, 1
        while unique.casefold() in self._codes:
            n += 1
            unique = f"{code}-{n}"
        self._codes.add(unique.casefold())
        self.all.append(Headed(unique, title))
        return unique

    def _kind(self, kind: str, label: str) -> str:
        """A letter such as C or I is a Roman number only where none of its alphabet came before it."""
        letters = [opened for kind_, opened, _code in self._open if kind_ == "letter"]
        if kind == "roman" and letters and len(label) == 1 and ord(label) == ord(letters[-1]) + 1:
            return "letter"
        return kind

    def current(self, named: str, label: str = "") -> str | None:
        """The code of the group that a task is in; ``named`` is the cell of a column of groups.

        ``label`` is the task's number: group 2 holds 2.1, and ends where 3 begins.
        """
        while label and self._open and self._open[-1][0] == "number":
            if (
                label.startswith((f"{self._open[-1][1]}.", f"{self._open[-1][1]}-"))
                or not label[0].isdigit()
            ):
                break
            self._open.pop()
        name = " ".join(named.split())
        if not name:
            return self._open[-1][2] if self._open else None
        if name not in self._named:
            match = _PRINTED.fullmatch(name)
            if match:
                self._add(match["label"].replace("Đ", "D"), match["title"])
            else:
                self._add(f"N{len(self.all) + 1}", name)
            self._named[name] = self.all[-1].code
        return self._named[name]
