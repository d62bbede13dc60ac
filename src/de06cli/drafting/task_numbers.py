"""The numbers of the tasks of a draft: those that are printed, made unique where they restart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from de06cli.plan.agencies import fold

_ROMAN = re.compile(r"[IVXLCDM]+")
Number = int | str


class Printed:
    """What a task has for a number: its label, its own in "Mô hình 9", its group and its parent."""

    def __init__(self, label: str, own: str, group: str | None, parent: str) -> None:
        self.label, self.own, self.group, self.parent = label, own, group, parent


def numbers(printed: Sequence[Printed]) -> list[Number]:
    """A number for each task, each once whatever its case."""
    if sum(bool(one.own) for one in printed) * 2 >= len(printed) and printed:
        wanted = [one.own or one.label for one in printed]
    else:
        wanted = [one.label for one in printed]
    wanted = [_with_parent(want, one.parent) for want, one in zip(wanted, printed, strict=True)]
    times = Counter(want.casefold() for want in wanted if want and not want.endswith("-"))
    if any(count > 1 for count in times.values()):
        wanted = _with_groups(wanted, printed)
    return _unique(wanted)


def _with_parent(want: str, parent: str) -> str:
    """The number of a task: a part of another one has that one's too."""
    if not want and parent:
        return f"{parent}-"  # completed where it is made unique
    return want


def _with_groups(wanted: Sequence[str], printed: Sequence[Printed]) -> list[str]:
    """II-3 where all groups have Roman numbers, else 3-B: what is no number begins with one of these."""
    groups = {one.group for one in printed if one.group}
    first = all(_ROMAN.fullmatch(group.split("-")[0]) for group in groups)
    return [
        (f"{one.group}-{want}" if first else f"{want}-{one.group}") if one.group and want else want
        for want, one in zip(wanted, printed, strict=True)
    ]


def _unique(wanted: Sequence[str]) -> list[Number]:
    taken: set[str] = set()
    made: list[Number] = []
    last = ""
    for at, want in enumerate(wanted, start=1):
        number = _written(want, last)
        candidate, n = number, 1
        if want.endswith("-"):
            candidate = f"{number}-{n}"
        while not candidate or candidate.casefold() in taken:
            n += 1
            candidate = f"{number}-{n}" if number else str(at + n - 2 if n > 2 else at)
        taken.add(candidate.casefold())
        if re.match(r"[0-9]+[.\-]?[0-9.\-]*$", want):
            last = candidate
        if re.fullmatch(r"[0-9]+", candidate):
            made.append(int(candidate))
        else:
            made.append(candidate)
    return made


def _written(want: str, last: str) -> str:
    """The number in the form of the plan: 11-1 for 11.1, 3a for an "a" below 3."""
    parts = [fold_letters(part) for part in re.split(r"[.\-–/ ]+", want) if part]
    bare = "-".join(part for part in parts if part)
    if not bare:
        return ""
    if re.match(r"[0-9]", bare):
        head, dash, rest = bare.partition("-")
        if re.fullmatch(r"[0-9]+", head):
            return f"{int(head)}{dash}{rest}"
        return bare if re.fullmatch(r"[0-9]+[a-zA-Z]", head) else re.sub(r"^([0-9]+)", r"\1-", bare)
    if re.fullmatch(r"[a-zđ]", bare) and last:
        return f"{last}{fold_letters(bare)}"
    if re.search(r"(?:^|-)[0-9]+(?:-|$)", bare) and not _ROMAN.fullmatch(bare.split("-")[0]):
        figures = [part for part in bare.split("-") if part.isdecimal()]
        return "-".join([*figures, *(part for part in bare.split("-") if not part.isdecimal())])
    return bare if _ROMAN.fullmatch(bare.split("-")[0]) else f"0-{bare}"


def fold_letters(text: str) -> str:
    """Letters and digits alone: no sign that an address may not have."""
    return re.sub(r"[^0-9A-Za-z]", "", text.replace("đ", "d").replace("Đ", "D")) or fold(text)
