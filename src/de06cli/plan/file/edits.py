"""Single-line edits of a file that people keep by hand: text in, text out.

An edit splices at the places of nodes and never writes a document anew, so every byte outside the lines
it is about stays. Whoever uses it proves the result by reading it again (``proven``); where the place is
not certain the edit is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from de06cli.characters import clip
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.file.document import Document, Mapping, Node, Scalar, Sequence
from de06cli.plan.file.reader import FileReading, no_collector, read
from de06cli.plan.records import Extension, Model, Plan, Progress

_BOM = b"\xef\xbb\xbf"
_FREE_TEXTS = frozenset({"evidence", "note", "document", "reason"})
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*[^\s])")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")


class SetProgress(NamedTuple):
    """Step ``step`` of model ``model`` is to say ``progress``; None makes it unmarked."""

    model: int
    step: int
    progress: Progress | None


class SetExtensions(NamedTuple):
    """Model ``model`` is to have exactly these extensions: one more or one less than it has."""

    model: int
    extensions: tuple[Extension, ...]


Edit = SetProgress | SetExtensions


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


class _Comment(NamedTuple):
    """A comment of the file: "# …" up to the end of its line."""

    start: int
    text: str


def edited(data: bytes, edits: Iterable[Edit], before: FileReading | None = None) -> bytes:
    """The file's bytes with the edits made, proven: read again, they differ by these edits alone.

    ``before`` is what reading ``data`` gave, where somebody has read it to edit it. Raises ChangeRefused
    where the file is not a valid plan, where a place to write is not certain, or where the proof fails.
    """
    before = before or read(data, edit=True)
    if before.plan is None:
        raise ChangeRefused(_("Tệp có lỗi; chạy de06 check rồi sửa trước khi ghi."))
    wanted = list(edits)
    with no_collector():
        splices = [splice for edit in wanted for splice in _splices(before, before.plan, edit)]
    text = before.document.source.text
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end), reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    # Half a surrogate pair goes through, so that the proof refuses it.
    encoded = text.encode("utf-8", "surrogatepass")
    written = (_BOM if data.startswith(_BOM) else b"") + encoded
    _prove(before.plan, written, wanted)
    return written


def _prove(before: Plan, data: bytes, edits: list[Edit]) -> None:
    if read(data).plan != after(before, edits):
        raise ChangeRefused(
            _(
                "Không ghi được mà chắc chắn chỉ đổi điều được yêu cầu: cách viết ở chỗ này của tệp quá "
                "lạ. Hãy sửa tay rồi chạy de06 check."
            )
        )


def inverse(plan: Plan, edit: Edit) -> Edit:
    """The edit that takes ``edit`` back; ``plan`` is the plan before it."""
    model = plan.models[_model_index(plan, edit.model)]
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, model.extensions)
    return SetProgress(edit.model, edit.step, model.steps[_step_index(model, edit.step)].progress)


def after(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan with all edits made, as a record."""
    for edit in edits:
        plan = applied(plan, edit)
    return plan


def applied(plan: Plan, edit: Edit) -> Plan:
    """The plan with the edit made, as a record."""
    models = list(plan.models)
    index = _model_index(plan, edit.model)
    model = models[index]
    if isinstance(edit, SetExtensions):
        models[index] = model._replace(extensions=edit.extensions)
    else:
        steps = list(model.steps)
        at = _step_index(model, edit.step)
        steps[at] = steps[at]._replace(progress=edit.progress)
        models[index] = model._replace(steps=tuple(steps))
    return plan._replace(models=tuple(models))


def _model_index(plan: Plan, number: int) -> int:
    for index, model in enumerate(plan.models):
        if model.model == number:
            return index
    raise ChangeRefused(_("Kế hoạch không còn mô hình {model}; chưa ghi gì.").format(model=number))


def _step_index(model: Model, number: int) -> int:
    for index, step in enumerate(model.steps):
        if step.step == number:
            return index
    raise ChangeRefused(
        _("Mô hình {model} không còn bước {step}; chưa ghi gì.").format(
            model=model.model, step=number
        )
    )


def _splices(reading: FileReading, plan: Plan, edit: Edit) -> list[_Splice]:
    index = _model_index(plan, edit.model)
    model = plan.models[index]
    document = reading.document
    if isinstance(edit, SetExtensions):
        return _extension_splices(_mapping(document, ("models", index)), edit, model.extensions)
    at = _step_index(model, edit.step)
    if model.steps[at].progress == edit.progress:
        return []
    place = _mapping(document, ("models", index, "steps", at))
    if edit.progress is None:
        return [place.without_loss(place.removal("progress"))]
    value = flow(edit.progress, place.json_style)
    return [place.without_loss(place.setting("progress", value, after="step"))]


def _extension_splices(
    place: _Place, edit: SetExtensions, before: tuple[Extension, ...]
) -> list[_Splice]:
    if edit.extensions == before:
        return []
    if not edit.extensions:
        splice = place.removal("extensions")
    elif len(edit.extensions) < len(before):
        splice = place.item_removal("extensions")
    else:
        value = flow(edit.extensions[-1], place.json_style)
        splice = place.appending("extensions", value, "deadline")
    return [place.without_loss(splice)]


def _mapping(document: Document, path: tuple[str | int, ...]) -> _Place:
    node = document.part(path)
    if not isinstance(node, Mapping):
        raise _uncertain(document, 0)
    return _Place(document, node)


def _uncertain(document: Document, index: int) -> ChangeRefused:
    place = document.source.place(index)
    return ChangeRefused(
        _(
            "Không chắc phải ghi vào đâu ở dòng {line}, cột {column}. "
            "Hãy sửa tay rồi chạy de06 check."
        ).format(line=place.line, column=place.column)
    )


# Writing a record --------------------------------------------------------------------------------


def flow(record: Progress | Extension, json_style: bool = False) -> str:
    """The record as one line of YAML's flow style: ``{status: done, date: 2023-11-20}``.

    ``json_style`` quotes the keys and every value, as in a file that is JSON.
    """
    pairs = []
    for name, value in record._asdict().items():
        if value is not None:
            key = f'"{name}"' if json_style else name
            quoted = json_style or name in _FREE_TEXTS
            pairs.append(f"{key}: {_scalar(value, quoted)}")
    return "{" + ", ".join(pairs) + "}"


def _scalar(value: str | date, quoted: bool) -> str:
    text = value.isoformat() if isinstance(value, date) else value
    if not quoted and _PLAIN.fullmatch(text) and text not in {"null", "Null", "NULL"}:
        return text
    # JSON's escapes are YAML's; the separators of lines and what no file may hold must not stand as they are.
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", escaped
    )


# Places in the text ------------------------------------------------------------------------------


class _Place:
    """A mapping in its text, and where entries of it are put, replaced and removed."""

    def __init__(self, document: Document, node: Mapping) -> None:
        self.document = document
        self.text = document.source.text
        self.node = node

    def without_loss(self, splice: _Splice) -> _Splice:
        """The splice, if every comment in the place of which it is put stands in it too.

        Raises ChangeRefused for one that would be gone.
        """
        kept = splice.text
        for comment in self._comments(splice.start, splice.end):
            before, found, behind = kept.partition(comment.text)
            if not found:
                raise ChangeRefused(
                    _(
                        "Ghi ở đây sẽ làm mất chú thích ở dòng {line}: “{comment}”; chưa ghi gì. "
                        "Hãy chuyển chú thích ra khỏi chỗ này của tệp rồi chạy lại lệnh."
                    ).format(
                        line=self.document.source.place(comment.start).line,
                        comment=clip(comment.text),
                    )
                )
            kept = before + behind
        return splice

    @property
    def json_style(self) -> bool:
        """Whether the mapping is written as JSON: in braces, its keys quoted."""
        first = next(iter(self.node.entries.values()))[0]
        return self.node.flow and not first.plain

    def setting(self, key: str, value: str, after: str) -> _Splice:
        """``key: value`` in place of what the key says now, else directly under ``after``."""
        entry = self.node.entries.get(key)
        if entry:
            return self._replacing(*entry, value)
        return self._insertion(key, f" {value}", after)

    def appending(self, key: str, item: str, after: str) -> _Splice:
        """One more item in the list under ``key``, which is made directly under ``after``."""
        entry = self.node.entries.get(key)
        if entry is None:
            if self.node.flow:
                return self._insertion(key, f" [{item}]", after)
            dash = f"{self._eol(self.node.entries[after][1].end)}{self._indent()}  - {item}"
            return self._insertion(key, dash, after)
        listed = entry[1]
        if not isinstance(listed, Sequence) or not listed.items:
            return self._replacing(*entry, f"[{item}]")
        last = listed.items[-1]
        if listed.flow:
            return _Splice(self._end(last), self._end(last), f", {item}")
        begin = self._line_begin(last.start)
        lead = self.text[begin : last.start]
        if not re.fullmatch(r" *- *", lead):
            raise _uncertain(self.document, last.start)
        at = self._line_end(self._end(last))
        return _Splice(at, at, f"{self._eol(at)}{lead}{item}")

    def removal(self, key: str) -> _Splice:
        """The entry gone, with its lines where it has lines of its own."""
        name, value = self.node.entries[key]
        if self.node.flow:
            return self._flow_removal(name, value)
        if self.text[self._line_begin(name.start) : name.start].strip(" "):
            return self._replacing(name, value, "null")  # it shares its line with a dash
        return self._lines(name.start, self._content_end(name, value))

    def item_removal(self, key: str) -> _Splice:
        """The last item of the list under ``key`` gone."""
        listed = self.node.entries[key][1]
        if not isinstance(listed, Sequence):
            raise _uncertain(self.document, listed.start)
        last = listed.items[-1]
        if listed.flow:
            before = self._end(listed.items[-2])
            if self.text[before : last.start].strip() != ",":
                raise _uncertain(self.document, last.start)  # a comment stands between the two
            return _Splice(before, self._end(last), "")
        return self._lines(last.start, self._end(last))

    def _insertion(self, key: str, value: str, after: str) -> _Splice:
        name, previous = self.node.entries[after]
        end = self._end(previous)
        if self.node.flow:
            quoted = f'"{key}"' if self.json_style else key
            return _Splice(end, end, f", {quoted}:{value}")
        at = self._line_end(end)
        rest = self.text[end:at].strip()
        if rest and not rest.startswith("#"):
            raise _uncertain(self.document, name.start)
        return _Splice(at, at, f"{self._eol(at)}{self._indent()}{key}:{value}")

    def _replacing(self, name: Scalar, value: Node, text: str) -> _Splice:
        colon = self._colon(name)
        if value.start == value.end:
            return _Splice(colon, colon, f" {text}")
        end = self._end(value)
        one_line = "\n" not in self.text[name.start : end]
        if one_line or getattr(value, "flow", False):
            return self._replacing_in_line(value.start, end, text)
        # Several lines: the first keeps its comment, of the others their comments stay.
        first_end = self._line_end(colon)
        last_end = self._line_end(self._content_end(name, value))
        behind = self.text[colon:first_end].rstrip()
        comments = self._comment_lines(first_end, last_end, as_they_stand=True)
        return _Splice(colon, last_end, f" {text}{behind}{self._below(comments, last_end)}")

    def _replacing_in_line(self, start: int, end: int, text: str) -> _Splice:
        """``text`` in the place of a value; comments within it come to stand below its last line."""
        comments = self._comment_lines(start, end)
        if self.node.flow or not comments:
            return _Splice(start, end, text)
        last_end = self._line_end(end)
        behind = self.text[end:last_end]
        return _Splice(start, last_end, f"{text}{behind}{self._below(comments, last_end)}")

    def _below(self, lines: list[str], index: int) -> str:
        eol = self._eol(index)
        return "".join(f"{eol}{line}" for line in lines)

    def _flow_removal(self, name: Scalar, value: Node) -> _Splice:
        end = self._content_end(name, value)
        before = len(self.text[: name.start].rstrip()) - 1
        if self.text[before] == ",":
            return _Splice(before, end, "")
        behind = re.compile(r"\s*,\s*").match(self.text, end)
        if behind:
            return _Splice(name.start, behind.end(), "")
        raise _uncertain(self.document, name.start)

    def _lines(self, start: int, end: int) -> _Splice:
        """The whole lines from ``start`` to ``end`` gone, at the end of the file the line end before.

        Their comments stay, on lines of their own.
        """
        begin, after = self._line_begin(start), self._line_end(end)
        comments = self._comment_lines(start, after)
        if after < len(self.text):
            eol = self._eol(after)
            kept = "".join(f"{line}{eol}" for line in comments)
            return _Splice(begin, self.text.index("\n", after) + 1, kept)
        before = self.text[:begin].removesuffix("\n").removesuffix("\r")
        return _Splice(len(before), after, self._below(comments, begin))

    def _comment_lines(self, start: int, end: int, *, as_they_stand: bool = False) -> list[str]:
        """The comments of a part of the text as lines of their own, indented like this mapping's keys.

        ``as_they_stand`` leaves those that have a line of their own as far in as they are.
        """
        lines = []
        for comment in self._comments(start, end):
            before = self.text[self._line_begin(comment.start) : comment.start]
            indent = before if as_they_stand and not before.strip(" ") else self._indent()
            lines.append(f"{indent}{comment.text}")
        return lines

    def _comments(self, start: int, end: int) -> list[_Comment]:
        """The comments in a part of this mapping's text: a "#" stands for one unless it is in a scalar."""
        found: list[_Comment] = []
        at = start
        for scalar in _scalars(self.node):
            if at < scalar.start and scalar.end > start:
                found += self._comments_between(at, min(scalar.start, end))
            if scalar.start < end and self.text[scalar.start] in "|>":
                header = _BLOCK_HEADER.match(self.text, scalar.start, scalar.end)
                if header and header[1] and header.start(1) >= start:
                    found.append(_Comment(header.start(1), header[1]))
            at = max(at, scalar.end)
            if at >= end:
                return found
        return found + self._comments_between(at, end)

    def _comments_between(self, start: int, end: int) -> list[_Comment]:
        matches = _COMMENT.finditer(self.text, start, end)
        return [_Comment(match.start(), match[0].rstrip()) for match in matches]

    def _content_end(self, name: Scalar, value: Node) -> int:
        return self._colon(name) if value.start == value.end else self._end(value)

    def _colon(self, name: Scalar) -> int:
        """The place behind the colon of a key; in braces a key may stand without one."""
        colon = re.compile(r"\s*:").match(self.text, name.end)
        if not colon:
            raise _uncertain(self.document, name.start)
        return colon.end()

    def _end(self, node: Node) -> int:
        """Where the node's own text ends; a block's end mark lies behind it, before the next token."""
        while not isinstance(node, Scalar) and not node.flow:
            children = (
                [entry[1] for entry in node.entries.values()]
                if isinstance(node, Mapping)
                else node.items
            )
            if not children:
                break
            last = children[-1]
            if last.start == last.end and isinstance(node, Mapping):
                return self._colon(list(node.entries.values())[-1][0])
            node = last
        return len(self.text[: node.end].rstrip()) if node.end > node.start else node.end

    def _line_begin(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Where the line that holds ``index`` ends, before its line end."""
        end = self.text.find("\n", index)
        if end < 0:
            return len(self.text)
        return end - 1 if self.text[end - 1 : end] == "\r" and end - 1 >= index else end

    def _eol(self, index: int) -> str:
        """The line end that the line of ``index`` has, at the end of the file the one before."""
        following = re.compile(r"\r?\n").search(self.text, index)
        if following:
            return following[0]
        ends = re.findall(r"\r?\n", self.text)
        return ends[-1] if ends else "\n"

    def _indent(self) -> str:
        """The spaces before the keys of this block mapping that begin a line."""
        key = next(iter(self.node.entries.values()))[0]
        return " " * (self.document.source.place(key.start).column - 1)


def _scalars(node: Node) -> Iterator[Scalar]:
    """The keys and texts of a node, in the order of their places."""
    if isinstance(node, Scalar):
        if node.start < node.end:
            yield node
    elif isinstance(node, Mapping):
        for key, value in node.entries.values():
            yield key
            yield from _scalars(value)
    else:
        for item in node.items:
            yield from _scalars(item)
