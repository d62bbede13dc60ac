"""Conflicts that git leaves in a file: each is reported with its place and both versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial

from de06cli.characters import clip
from de06cli.messages import N_, _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings
from de06cli.plan.findings import Finding, Location

_MARKER = re.compile(r"^([<|=>])\1{6}(?:[ \t](.*?))?[ \t]*\r?$", re.MULTILINE)
# A part of the file begins at its first column; steps have a key "agencies" of their own.
_ITEM = re.compile(
    r"^(?:(?P<part>plan|agencies|models)| *(?:- +)?(?P<key>code|model|step)):[ \t]*(?P<value>\S*)",
    re.MULTILINE,
)
_PAIR = re.compile(r"""(\w+):[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[^,{}\[\]]+)""")
_LOOKED_BACK = 60_000  # characters above a conflict that are searched for its model
_LIMIT = 58  # characters of one version
_SHOWN = 100  # conflicts that are reported with their place; of others only that they are there


class _Conflict(NamedTuple):
    """A conflict's marker, and its two versions with what git calls them; None where a part is missing.

    ``base`` is what stood there before both, where git was asked to write it; ``end`` is behind it all.
    """

    at: int
    marker: str
    ours: tuple[str, str] | None = None
    theirs: tuple[str, str] | None = None
    base: str | None = None
    end: int = 0


class Sides(NamedTuple):
    """A file with conflicts, as each side has it; ``base`` as before both, as far as that stands in it."""

    base: str
    ours: str
    theirs: str


def sides(text: str) -> Sides | None:
    """The versions of a file that its conflicts hold; None where it has none, or one is not whole."""
    found = list(_conflicts(text)) if "<<<<<<<" in text else []
    if not found:
        return None
    base, ours, theirs, at = [], [], [], 0
    for conflict in found:
        if conflict.ours is None or conflict.theirs is None:
            return None
        common = text[at : conflict.at]
        base.append(common + _lines(conflict.base or ""))
        ours.append(common + _lines(conflict.ours[1]))
        theirs.append(common + _lines(conflict.theirs[1]))
        at = conflict.end
    rest = text[at:]
    return Sides(*("".join([*parts, rest]) for parts in (base, ours, theirs)))


class Keep(StrEnum):
    """Which version of a conflict stays."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"  # ours, and theirs behind it


class Contradiction(NamedTuple):
    """A conflict in words: the model and step, and what each side has there."""

    where: str
    ours: str
    theirs: str


def places(text: str) -> list[Contradiction]:
    """The whole conflicts of a file, in its order."""
    return [
        Contradiction(
            _where(text, one),
            *(clip(_in_words(side[1]), _LIMIT) for side in (one.ours, one.theirs)),
        )
        for one in (_conflicts(text) if "<<<<<<<" in text else ())
        if one.ours and one.theirs
    ]


def settled(text: str, kept: Sequence[Keep]) -> str:
    """The file with each of its ``places`` replaced by the version that is kept."""
    parts, at = [], 0
    whole = [one for one in _conflicts(text) if one.ours and one.theirs]
    for conflict, keep in zip(whole, kept, strict=True):
        parts.append(text[at : conflict.at])
        if keep is not Keep.THEIRS and conflict.ours:
            parts.append(_lines(conflict.ours[1]))
        if keep is not Keep.OURS and conflict.theirs:
            parts.append(_lines(conflict.theirs[1]))
        at = conflict.end
    return "".join([*parts, text[at:]])


def _lines(between: str) -> str:
    """What stands between two markers, without the end of the first marker's line."""
    return between.removeprefix("\r").removeprefix("\n")


def conflict_findings(text: str, place: Callable[[int], Location]) -> list[Finding]:
    """A finding for each conflict, at its first marker, and for any marker that is left of one."""
    gathered = findings.Gathered()
    for number, conflict in enumerate(_conflicts(text)):
        gathered.add(
            findings.CONFLICT_MARKER,
            partial(place, conflict.at),
            _sentence(text, conflict) if number < _SHOWN else _marker_left(conflict.marker),
            _ways_out(conflict),
        )
    return gathered.all()


def _conflicts(text: str) -> Iterator[_Conflict]:
    markers = list(_MARKER.finditer(text))
    at = 0
    while at < len(markers):
        first = markers[at]
        end = _end_of(markers, at) if first[1] == "<" else None
        if end is None:
            at += 1
            if first[1] == "<":  # cut off: what follows up to the next one belongs to it
                while at < len(markers) and markers[at][1] != "<":
                    at += 1
            yield _Conflict(first.start(), first[0][:7])
            continue
        parts = markers[at : end + 1]
        middle = next(part for part in parts if part[1] == "=")
        old = parts[1] if parts[1][1] == "|" else None
        behind = text.find("\n", parts[-1].end() - 1) + 1
        yield _Conflict(
            first.start(),
            first[0][:7],
            (first[2] or "", text[first.end() : parts[1].start()]),
            (parts[-1][2] or "", text[middle.end() : parts[-1].start()]),
            text[old.end() : middle.start()] if old else None,
            behind or len(text),
        )
        at = end + 1


def _end_of(markers: list[re.Match[str]], begin: int) -> int | None:
    """Which marker ends the conflict that begins at one of them; None if it is not whole."""
    divided = False
    for at in range(begin + 1, len(markers)):
        sign = markers[at][1]
        if sign == "<":
            return None
        divided = divided or sign == "="
        if sign == ">":
            return at if divided else None
    return None


def _sentence(text: str, conflict: _Conflict) -> str:
    where = _where(text, conflict)
    if conflict.ours is None or conflict.theirs is None:
        return f"{_marker_left(conflict.marker)} {_('Vị trí: {where}.').format(where=where)}"
    return _("Xung đột của git ở {where}: {ours}; {theirs}.").format(
        where=where,
        ours=_version(_("bản đang có"), *conflict.ours),
        theirs=_version(_("bản gộp vào"), *conflict.theirs),
    )


def _marker_left(marker: str) -> str:
    return _("Dấu xung đột của git ({marker}) còn trong tệp.").format(marker=marker)


def _ways_out(conflict: _Conflict) -> str:
    if conflict.ours is None or conflict.theirs is None:
        return _("Hãy chọn nội dung đúng, xóa dòng đánh dấu rồi lưu lại.")
    return _(
        "Chọn từng chỗ: de06 sync; hoặc giữ một bản và xóa các dòng <<<<<<<, =======, >>>>>>>; "
        "hoặc bỏ lần gộp: git merge --abort."
    )


def _where(text: str, conflict: _Conflict) -> str:
    """The model and step in which the conflict stands, in words."""
    above = text[max(0, conflict.at - _LOOKED_BACK) : conflict.at]
    part, item, step = _last_named(above)
    if item is None and conflict.ours and conflict.theirs:  # both have added an item of their own
        part, item, step = _last_named(f"{above}\n{conflict.ours[1] or conflict.theirs[1]}")
    elif step is None and item is not None and conflict.ours:
        step = _last_named(f"models:\n{conflict.ours[1]}")[2]
    if part == "agencies":
        return _("đơn vị {code}").format(code=item) if item else _("phần agencies")
    if item is None:
        return _("phần {part}").format(part=part) if part else _("đầu tệp")
    if step is None:
        return _("nhiệm vụ {model}").format(model=item)
    return _("nhiệm vụ {model}, bước {step}").format(model=item, step=step)


def _last_named(above: str) -> tuple[str, str | None, str | None]:
    """The part of the file, its last item and that item's last step in a text."""
    part, item, step = "", None, None
    for match in _ITEM.finditer(above):
        key, value = match["key"], clip(match["value"].strip("\"',"), 20)
        if match["part"]:
            part, item, step = match["part"], None, None
        elif key == "step":
            step = value
        elif key == "model" or (key == "code" and part == "agencies"):
            item, step = value, None
            part = part or ("models" if key == "model" else "agencies")
    return part, item, step


# A version in words -------------------------------------------------------------------------------

_STATUSES = {
    "doing": N_("đang thực hiện"),
    "done": N_("hoàn thành"),
    "blocked": N_("vướng mắc"),
    "skipped": N_("không thực hiện"),
}
_KEYS = {"deadline": N_("thời hạn"), "due": N_("thời hạn của bước"), "lead": N_("chủ trì")}


def _version(called: str, label: str, lines: str) -> str:
    named = f"{called} ({clip(label, 20)})" if label else called
    return f"{named} “{clip(_in_words(lines), _LIMIT)}”"


def _in_words(lines: str) -> str:
    """What the lines say: progress and days as people say them, everything else as it stands."""
    body = lines.strip()
    if not body:
        return _("không có gì")
    if found := re.match(r"progress:\s*\{(.*)\}", body, re.DOTALL):
        return _progress(dict(_PAIR.findall(found[1])))
    if found := re.match(r"(\w+):\s*(.*)", body, re.DOTALL):
        key, value = found[1], found[2]
        return f"{_(_KEYS[key])} {_day(value)}" if key in _KEYS else body
    return body


def _progress(pairs: dict[str, str]) -> str:
    said = {key: value.strip().strip("\"'") for key, value in pairs.items()}
    status = said.pop("status", "")
    first = " ".join(
        filter(
            None,
            [_(_STATUSES[status]) if status in _STATUSES else status, _day(said.pop("date", ""))],
        )
    )
    order = [said.pop(key) for key in ("by", "evidence", "note") if key in said]
    return ", ".join([first, *order, *said.values()])


def _day(text: str) -> str:
    return re.sub(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b", r"\3/\2/\1", text)
