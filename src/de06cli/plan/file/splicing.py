"""Where entries of a mapping are put, replaced and removed in the text that people keep by hand.

A splice is about the text of one entry or the lines of it; no comment is lost by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from de06cli.characters import clip
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.file.document import Document
from de06cli.plan.file.nodes import Mapping, Node, Scalar, Sequence

_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*[^\s])")


class Splice(NamedTuple):
    """``text`` in the place of what the file says from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class _Comment(NamedTuple):
    """A comment of the file: "# …" up to the end of its line."""

    start: int
    text: str


class Entries:
    """A mapping in its text, and where entries of it are put, replaced and removed."""

    def __init__(self, document: Document, node: Mapping) -> None:
        self.document = document
        self.text = document.source.text
        self.node = node

    def without_loss(self, splice: Splice) -> Splice:
        """The splice, if every comment in the place of which it is put stands in it too.

        Raises ChangeRefused for one that would be gone.
        """
        kept = splice.text
        for comment in self.comments_within(splice.start, splice.end):
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

    def setting(self, key: str, value: str, after: str) -> Splice:
        """``key: value`` in place of what the key says now, else directly under ``after``."""
        entry = self.node.entries.get(key)
        if entry:
            return self._replacing(*entry, value)
        return self._insertion(key, f" {value}", after)

    def item_insertion(self, key: str, at: int, item: str, after: str) -> Splice:
        """One more item at the place ``at`` of the list under ``key``, which is made directly under
        ``after``."""
        listed = self._items(key)
        if listed is None or at >= len(listed.items):
            return self.appending(key, item, after)
        following = listed.items[at]
        if listed.flow:
            return Splice(following.start, following.start, f"{item}, ")
        begin = self._line_begin(following.start)
        lead = self._dash(following, begin)
        return Splice(begin, begin, f"{lead}{item}{self._eol(begin)}")

    def item_replacement(self, key: str, at: int, item: str) -> Splice:
        """Another item at the place ``at`` of the list under ``key``."""
        listed = self._items(key)
        if listed is None:
            raise uncertain(self.document, self.node.start)
        old = listed.items[at]
        return Splice(old.start, self._end(old), item)

    def _items(self, key: str) -> Sequence | None:
        """The list under a key; None where there is none, or an empty one."""
        entry = self.node.entries.get(key)
        listed = entry[1] if entry else None
        return listed if isinstance(listed, Sequence) and listed.items else None

    def _dash(self, item: Node, begin: int) -> str:
        """What stands before an item on its line, which begins at ``begin``."""
        lead = self.text[begin : item.start]
        if not re.fullmatch(r" *- *", lead):
            raise uncertain(self.document, item.start)
        return lead

    def appending(self, key: str, item: str, after: str) -> Splice:
        """One more item in the list under ``key``, which is made directly under ``after``."""
        entry = self.node.entries.get(key)
        if entry is None:
            if self.node.flow:
                return self._insertion(key, f" [{item}]", after)
            above = self._end(self.node.entries[after][1])
            dash = f"{self._eol(above)}{self._indent()}  - {item}"
            return self._insertion(key, dash, after)
        listed = entry[1]
        if not isinstance(listed, Sequence) or not listed.items:
            return self._replacing(*entry, f"[{item}]")
        last = listed.items[-1]
        if listed.flow:
            return Splice(self._end(last), self._end(last), f", {item}")
        lead = self._dash(last, self._line_begin(last.start))
        at = self._line_end(self._end(last))
        return Splice(at, at, f"{self._eol(at)}{lead}{item}")

    def removal(self, key: str) -> Splice:
        """The entry gone, with its lines where it has lines of its own."""
        name, value = self.node.entries[key]
        if self.node.flow:
            return self._flow_removal(name, value)
        if self.text[self._line_begin(name.start) : name.start].strip(" "):
            return self._replacing(name, value, "null")  # it shares its line with a dash
        return self._lines(name.start, self._content_end(name, value))

    def item_removal(self, key: str, at: int) -> Splice:
        """The item at the place ``at`` of the list under ``key`` gone; it is not the only one."""
        listed = self._items(key)
        if listed is None:
            raise uncertain(self.document, self.node.start)
        gone = listed.items[at]
        if not listed.flow:
            return self._lines(gone.start, self._end(gone))
        if at == 0:
            return Splice(gone.start, self._between(gone, listed.items[1]), "")
        return Splice(
            self._end(listed.items[at - 1]),
            self._between(listed.items[at - 1], gone, self._end(gone)),
            "",
        )

    def _between(self, first: Node, second: Node, end: int | None = None) -> int:
        """Where the second of two neighbours in brackets begins, or ``end``; a comma alone stands between
        them."""
        if self.text[self._end(first) : second.start].strip() != ",":
            raise uncertain(self.document, second.start)  # a comment stands between the two
        return second.start if end is None else end

    def _insertion(self, key: str, value: str, after: str) -> Splice:
        name, previous = self.node.entries[after]
        end = self._end(previous)
        if self.node.flow:
            quoted = f'"{key}"' if self.json_style else key
            return Splice(end, end, f", {quoted}:{value}")
        at = self._line_end(end)
        rest = self.text[end:at].strip()
        if rest and not rest.startswith("#"):
            raise uncertain(self.document, name.start)
        return Splice(at, at, f"{self._eol(at)}{self._indent()}{key}:{value}")

    def _replacing(self, name: Scalar, value: Node, text: str) -> Splice:
        colon = self._colon(name)
        if value.start == value.end:
            return Splice(colon, colon, f" {text}")
        end = self._end(value)
        one_line = "\n" not in self.text[name.start : end]
        if one_line or getattr(value, "flow", False):
            return self._replacing_in_line(value.start, end, text)
        # Several lines: the first keeps its comment, of the others their comments stay.
        first_end = self._line_end(colon)
        last_end = self._line_end(self._content_end(name, value))
        behind = self.text[colon:first_end].rstrip()
        comments = self._comment_lines(first_end, last_end, as_they_stand=True)
        return Splice(colon, last_end, f" {text}{behind}{self._below(comments, last_end)}")

    def _replacing_in_line(self, start: int, end: int, text: str) -> Splice:
        """``text`` in the place of a value; comments within it come to stand below its last line."""
        comments = self._comment_lines(start, end)
        if self.node.flow or not comments:
            return Splice(start, end, text)
        last_end = self._line_end(end)
        behind = self.text[end:last_end]
        return Splice(start, last_end, f"{text}{behind}{self._below(comments, last_end)}")

    def _below(self, lines: list[str], index: int) -> str:
        eol = self._eol(index)
        return "".join(f"{eol}{line}" for line in lines)

    def _flow_removal(self, name: Scalar, value: Node) -> Splice:
        end = self._content_end(name, value)
        before = len(self.text[: name.start].rstrip()) - 1
        if self.text[before] == ",":
            return Splice(before, end, "")
        behind = re.compile(r"\s*,\s*").match(self.text, end)
        if behind:
            return Splice(name.start, behind.end(), "")
        raise uncertain(self.document, name.start)

    def _lines(self, start: int, end: int) -> Splice:
        """The whole lines from ``start`` to ``end`` gone, at the end of the file the line end before.

        Their comments stay, on lines of their own.
        """
        begin, after = self._line_begin(start), self._line_end(end)
        comments = self._comment_lines(start, after)
        if after < len(self.text):
            eol = self._eol(after)
            kept = "".join(f"{line}{eol}" for line in comments)
            return Splice(begin, self.text.index("\n", after) + 1, kept)
        before = self.text[:begin].removesuffix("\n").removesuffix("\r")
        return Splice(len(before), after, self._below(comments, begin))

    def _comment_lines(self, start: int, end: int, *, as_they_stand: bool = False) -> list[str]:
        """The comments of a part of the text as lines of their own, indented like this mapping's keys.

        ``as_they_stand`` leaves those that have a line of their own as far in as they are.
        """
        lines = []
        for comment in self.comments_within(start, end):
            before = self.text[self._line_begin(comment.start) : comment.start]
            indent = before if as_they_stand and not before.strip(" ") else self._indent()
            lines.append(f"{indent}{comment.text}")
        return lines

    def comments_within(self, start: int, end: int) -> list[_Comment]:
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
            raise uncertain(self.document, name.start)
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
        return " " * (key.start - self._line_begin(key.start))


def comments(document: Document) -> list[str]:
    """All comments of a document, "# …" each, in the order of the file."""
    root = document.part(())
    if not isinstance(root, Mapping):
        return []
    entries = Entries(document, root)
    return [one.text for one in entries.comments_within(0, len(entries.text))]


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


def mapping(document: Document, path: tuple[str | int, ...]) -> Entries:
    """The mapping at a path of the document. Raises ChangeRefused where none stands there."""
    node = document.part(path)
    if not isinstance(node, Mapping):
        raise uncertain(document, 0)
    return Entries(document, node)


def uncertain(document: Document, index: int) -> ChangeRefused:
    """The refusal to write at a character of the text, since nobody can be sure what it means there."""
    place = document.source.place(index)
    return ChangeRefused(
        _(
            "Không xác định được vị trí ghi ở dòng {line}, cột {column}. Hãy sửa trực "
            "tiếp trong tệp rồi chạy de06 check."
        ).format(line=place.line, column=place.column)
    )
