"""What a task's cells say in parts: its steps, how it is organised, what it brings about.

Only the signs that mark a part are taken away: "Bước 1:", "Tổ chức thực hiện:", a dash at a line's head.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_STEP = re.compile(
    r"(?:(?<=\s)|^)(?:[-–+*•]\s*)?Bước\s+(?P<n>[0-9]{1,2})\s*[:.)\-–]*(?:\s*:)*\s*", re.IGNORECASE
)
_NAMED = re.compile(
    r"^(?P<word>Mô hình|Nhiệm vụ)\s+(?:số\s+)?(?P<n>[0-9]{1,4}[a-zđ]?)\s*[:.\-–]\s*", re.IGNORECASE
)
_ORGANISATION = re.compile(r"(?:^|(?<=\s))Tổ chức thực hiện\s*:\s*")
_OUTCOME = re.compile(r"(?:^|(?<=\s))Hiệu quả\s*:\s*")
_BULLET = re.compile(r"^[-–+*•·▪●]\s*(?=\S)")
_MARKED = {
    "letter": re.compile(r"^\(?(?P<n>[a-zđ])\)\s*|^(?P<m>[a-zđ])\.\s+"),
    "number": re.compile(r"^\(?(?P<n>[0-9]{1,2})[.)]\s*"),
}
_INLINE = {
    "number": re.compile(r"(?:(?<=\s)|^)\(?(?P<n>[0-9]{1,2})\)\s*"),
    "letter": re.compile(r"(?:(?<=\s)|^)(?P<n>[a-zđ])\)\s*"),
}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_PLAIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WITH_SENTENCE = re.compile(r"(?<=[.;:…])\s+(?=[-–+•]\s)")
_WHO = (
    r"(?=[-–]\s+(?:Phòng|Sở|Công an|Trung tâm|UBND|Văn phòng|VP|Ban|Chi cục|Cục|Ngân hàng|[A-ZĐ]{2,}[0-9]*)\b"
    r"[^.;:]{0,80}(?::|\bchủ trì\b|\bphối hợp\b))"
)
_WITH_NAME = re.compile(rf"\s+{_WHO}")
_UNMARKED = re.compile(r"\s+(?=(?P<who>[A-ZĐ][A-ZĐ0-9]{1,9})\s*:\s*[Cc]hủ trì\b)")


class Parts(NamedTuple):
    """A task's cell in parts. ``number`` is its own, as in "Mô hình 9: …"; texts have lines."""

    title: str
    number: str = ""
    organisation: tuple[str, ...] = ()
    outcome: str = ""
    steps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Steps(NamedTuple):
    """A cell of steps. ``before`` stands in front of the first of them."""

    steps: tuple[str, ...]
    before: str = ""
    doubts: tuple[str, ...] = ()


def split(cell: str, *, has_steps_column: bool) -> Parts:
    """The parts of a task's cell; what is no part with a mark of its own stays in the title."""
    named = _NAMED.match(cell)
    text = cell[named.end() :] if named else cell
    text, outcome, doubts = _outcome(text)
    labelled = _ORGANISATION.search(text)
    number = named["n"] if named else ""
    if labelled:
        title = text[: labelled.start()]
        items = _items(text[labelled.end() :], inline=True)
        return Parts(_line(title), number, tuple(items), outcome, doubts=doubts)
    steps = _numbered_steps(text)
    if steps.steps and len(steps.steps) > 1:
        return Parts(
            steps.before, number, (), outcome, steps.steps,
            (*doubts, *steps.doubts, "Các bước lấy từ ô nội dung nhiệm vụ."),
        )  # fmt: skip
    if named:
        return _of_model(text, number, outcome, doubts)
    return _with_list(text, number, outcome, doubts, has_steps_column=has_steps_column)


def _outcome(text: str) -> tuple[str, str, tuple[str, ...]]:
    match = _OUTCOME.search(text)
    if not match or not match.start():
        return text, "", ()
    return text[: match.start()], _line(text[match.end() :]), ()


def _of_model(text: str, number: str, outcome: str, doubts: tuple[str, ...]) -> Parts:
    """A model whose organisation has no label: bullets behind the title are it."""
    broken = _WITH_NAME.sub("\n", _WITH_SENTENCE.sub("\n", text))
    first, *rest = broken.split("\n")
    if rest:
        at = next((i for i, line in enumerate(rest) if _BULLET.match(line)), len(rest))
        title = " ".join([first, *rest[:at]])
        items = tuple(_items("\n".join(rest[at:]), inline=True)) if rest[at:] else ()
        note = (
            ("Các gạch đầu dòng sau tên mô hình hiểu là phần tổ chức thực hiện.",) if items else ()
        )
        return Parts(_line(title), number, items, outcome, doubts=(*doubts, *note))
    apart = _UNMARKED.search(text)
    if apart:
        item = _line(text[apart.end() :])
        note = (
            f'Đoạn từ "{apart["who"]}:" hiểu là phần tổ chức thực hiện, văn bản không ghi nhãn.',
        )
        return Parts(
            _line(text[: apart.start()]), number, (item,), outcome, doubts=(*doubts, *note)
        )
    return Parts(_line(text), number, (), outcome, doubts=doubts)


def _with_list(
    text: str, number: str, outcome: str, doubts: tuple[str, ...], *, has_steps_column: bool
) -> Parts:
    """A task with a list behind its first line: steps, where nothing else gives them."""
    if "\n" not in text or has_steps_column:
        return Parts(text, number, (), outcome, doubts=doubts)
    first, rest = text.split("\n", 1)
    marked = _marked(rest.split("\n"))
    if not _is_list_line(first) and marked and not marked.before and len(marked.steps) > 1:
        note = f"{len(marked.steps)} ý liệt kê trong ô nội dung hiểu là các bước: đúng không?"
        return Parts(first, number, (), outcome, marked.steps, (*doubts, note))
    return Parts(text, number, (), outcome, doubts=doubts)


def _is_list_line(line: str) -> bool:
    return bool(_BULLET.match(line)) or any(form.match(line) for form in _MARKED.values())


def steps_of(cell: str) -> Steps:
    """The steps of a cell of steps: by their numbers, else by the marks at the heads of its lines."""
    if not cell:
        return Steps(())
    numbered = _numbered_steps(cell)
    if numbered.steps:
        return numbered
    marked = _marked(cell.split("\n"))
    if marked:
        return marked
    inline = _inline(cell)
    if inline:
        return inline
    parts = cell.split("\n")
    if len(parts) > 1:
        note = f"Các bước không đánh số: mỗi dòng ({len(parts)} dòng) hiểu là một bước."
        return Steps(tuple(parts), doubts=(note,))
    return Steps((cell,))


def _numbered_steps(cell: str) -> Steps:
    """The steps that are called "Bước 1", "Bước 2" in their order; a number out of turn is text."""
    cuts: list[re.Match[str]] = []
    odd = []
    for match in _STEP.finditer(cell):
        if int(match["n"]) == len(cuts) + 1 and match[0].strip()[-1:] not in "0123456789":
            cuts.append(match)
        elif cell[: match.start()].rstrip()[-1:] in {"", ".", ";", ":"}:
            odd.append(int(match["n"]))
    if not cuts:
        return Steps(())
    ends = [match.start() for match in cuts[1:]] + [len(cell)]
    texts = tuple(_listed(cell[match.end() : end]) for match, end in zip(cuts, ends, strict=True))
    doubts = tuple(f'"Bước {n}" không theo thứ tự: có thiếu bước nào không?' for n in odd)
    blank = [n for n, text in enumerate(texts, start=1) if not text]
    doubts += tuple(f"Bước {n} không có nội dung." for n in blank)
    return Steps(texts, _line(cell[: cuts[0].start()]), doubts)


def _listed(text: str) -> str:
    """A step's text: one line, or a line for each bullet in it."""
    broken = _WITH_SENTENCE.sub("\n", " ".join(text.split("\n")) if "\n-" not in text else text)
    parts: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in broken.split("\n"))):
        if parts and not _is_list_line(line):
            parts[-1] += f" {line}"
        else:
            parts.append(line)
    return "\n".join(parts)


def _marked(lines: list[str]) -> Steps | None:
    """The steps whose lines begin with a dash, a), 1. or (1); a line without goes on with its step."""
    if _MARKED["number"].match(lines[0]) or _MARKED["letter"].match(lines[0]):
        return _in_order(lines)
    bullets = [line for line in lines if _BULLET.match(line)]
    if len(bullets) < 2:
        return None
    steps: list[str] = []
    before: list[str] = []
    top = bullets[0][0]
    for line in lines:
        if line.startswith(top):
            steps.append(_BULLET.sub("", line))
        elif steps:
            steps[-1] += f"\n{line}"
        else:
            before.append(line)
    return Steps(tuple(steps), "\n".join(before)) if len(steps) > 1 else None


def _in_order(lines: list[str]) -> Steps | None:
    """The steps that lines number in order, by figures or letters."""
    kind = "number" if _MARKED["number"].match(lines[0]) else "letter"
    steps: list[str] = []
    for line in lines:
        match = _MARKED[kind].match(line)
        label = next(filter(None, match.groups()), "") if match else ""
        if match and label in _labels(kind, len(steps)):
            steps.append(line[match.end() :])
        elif steps:
            steps[-1] += f"\n{line}"
        else:
            return None
    return Steps(tuple(steps)) if len(steps) > 1 else None


def _labels(kind: str, at: int) -> set[str]:
    """What the step ``at`` may be called; people count with d, đ, e or with d, e, f."""
    if kind == "number":
        return {str(at + 1)}
    return {letters[at] for letters in (_LETTERS, _PLAIN_LETTERS) if at < len(letters)}


def _inline(cell: str) -> Steps | None:
    """The steps that (1), (2) or a), b) number inside a line."""
    for kind, form in _INLINE.items():
        cuts: list[re.Match[str]] = []
        for match in form.finditer(cell):
            if match["n"] in _labels(kind, len(cuts)):
                cuts.append(match)
        if len(cuts) > 1:
            ends = [match.start() for match in cuts[1:]] + [len(cell)]
            texts = tuple(
                _line(cell[match.end() : end]) for match, end in zip(cuts, ends, strict=True)
            )
            return Steps(texts, _line(cell[: cuts[0].start()]))
    return None


def _items(text: str, *, inline: bool) -> list[str]:
    """The items of a list, each on one line without its bullet."""
    broken = _WITH_NAME.sub("\n", _WITH_SENTENCE.sub("\n", text)) if inline else text
    items: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in broken.split("\n"))):
        if _BULLET.match(line) or not items:
            items.append(_BULLET.sub("", line))
        else:
            items[-1] += f" {line}"
    return items


def _line(text: str) -> str:
    return " ".join(text.split())
