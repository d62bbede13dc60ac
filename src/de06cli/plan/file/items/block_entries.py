"""Where items and texts on lines of their own are put, and taken away, in the text of a data file."""

from __future__ import annotations

import re

from de06cli.plan.file.document import Document
from de06cli.plan.file.items.yaml_item import Placing
from de06cli.plan.file.nodes import Mapping, Node, Sequence
from de06cli.plan.file.splicing import Entries, Splice, mapping, uncertain


class BlockEntries(Entries):
    """A mapping in its text, whose lists have their items on lines of their own."""

    def lines_setting(self, key: str, lines: list[str], after: str, label: str) -> Splice:
        """A key with the text of some lines: the first stands behind its colon. Without the key, it is made
        directly under ``after``, written as ``label``. A comment behind the key stays behind it, others stay
        below."""
        entry = self.node.entries.get(key)
        if entry is None:
            return self._insertion(label, self._joined(lines), after)
        colon = self._colon(entry[0])
        first_end = self._line_end(colon)
        end = self._line_end(self._content_end(*entry))
        found = self.comments_within(colon, end)
        aside = next((one for one in found if one.start < first_end), None)
        behind = ""
        if aside:
            before = self.text[: aside.start]
            behind = f"{before[len(before.rstrip()) :]}{aside.text}"
        below = self._comment_lines(first_end, end, as_they_stand=True) if end > first_end else []
        first, *more = lines
        return Splice(colon, end, self._joined([f"{first}{behind}", *more, *below]))

    @property
    def indent(self) -> int:
        """How far in the keys of this block mapping stand."""
        return len(self._indent())

    def _joined(self, lines: list[str]) -> str:
        return self._eol(self.node.start).join(lines)

    # Items on lines of their own ---------------------------------------------------------------------

    def layout(self, key: str) -> Placing:
        """How the items of the list under ``key`` are written; without any as far in as the key's place
        asks for. Raises ChangeRefused where a dash stands by itself."""
        listed = self._items(key)
        if listed is None or listed.flow:
            return Placing(len(self._indent()) + 2)
        first = listed.items[0]
        dash = self._dash(first, self._line_begin(first.start))
        indent = len(dash) - len(dash.lstrip(" "))
        return Placing(indent, len(dash) - indent, _depth(self.document, listed))

    def is_in_brackets(self, key: str) -> bool:
        """Whether a list stands in brackets; a new one does where its mapping stands in braces."""
        listed = self._items(key)
        return listed.flow if listed else self.node.flow

    def has_one_line_items(self, key: str, at: int) -> bool | None:
        """Whether the item before the place ``at`` of a list stands on one line; None for no list."""
        listed = self._items(key)
        if listed is None:
            return None
        return getattr(listed.items[max(at - 1, 0)], "flow", False)

    def block_insertion(self, key: str, at: int, lines: list[str], after: str) -> Splice:
        """``lines`` as one more item at the place ``at`` of the list under ``key``, which is made directly
        under ``after``. Comments above the next item stay above it."""
        listed = self._items(key)
        entry = self.node.entries.get(key)
        if listed is None and entry:
            colon = self._colon(entry[0])
            end = self._content_end(*entry)
            behind = self.text[end : self._line_end(end)]
            return Splice(colon, self._line_end(end), self._joined([behind.rstrip(), *lines]))
        if listed is None:
            made = self._insertion(key, self._joined(["", *lines]), after)
            above = "" if self._indent() else self._joined(["", ""])  # a key of the whole file
            return made._replace(text=f"{above}{made.text}")
        apart = [""] if self._is_apart(key, listed, at) else []
        if at == 0 and entry:
            place = self._line_end(self._colon(entry[0]))
            return Splice(place, place, self._joined(["", *lines, *apart]))
        place = self._end_of_item(listed.items[at - 1])
        return Splice(place, place, self._joined(["", *apart, *lines]))

    def block_removal(self, key: str, at: int) -> Splice:
        """The item at the place ``at`` of a list gone, with the empty line that sets it apart."""
        listed = self._items(key)
        if listed is None:
            raise uncertain(self.document, self.node.start)
        if len(listed.items) == 1:
            return self._without_list(key)
        gone = self.item_removal(key, at)
        before = self.text[: gone.start]
        empty_before = re.search(r"\r?\n\Z", before.removesuffix("\n").removesuffix("\r"))
        if gone.end == len(self.text) and not self.text.endswith("\n"):
            empty_before = re.search(r"\r?\n\Z", before)
            return gone._replace(start=empty_before.start()) if empty_before else gone
        if empty_before:
            return gone._replace(start=gone.start - len(self._eol(empty_before.start())))
        empty_behind = re.compile(r"\r?\n").match(self.text, gone.end)
        return gone._replace(end=empty_behind.end()) if at == 0 and empty_behind else gone

    def _without_list(self, key: str) -> Splice:
        """A key gone with its list, and with the empty line above a key of the whole file."""
        gone = self.removal(key)
        before = self.text[: gone.start]
        if not self._indent() and re.search(r"\n\r?\n\Z", before):
            return gone._replace(start=gone.start - len(self._eol(gone.start)))
        return gone

    def _is_apart(self, key: str, listed: Sequence, at: int) -> bool:
        """Whether an empty line stands between the items around a place of a list."""
        at = min(max(at, 1), len(listed.items) - 1)
        if at < 1:
            return key == "models"
        between = self.text[self._end(listed.items[at - 1]) : listed.items[at].start]
        return re.search(r"\n[ \t]*\r?\n", between) is not None

    def _end_of_item(self, item: Node) -> int:
        """Where the last line of an item ends, comments that stand as far in as its keys included."""
        begin = self._line_begin(item.start)
        dash = len(self._dash(item, begin).rstrip("- "))
        end = self._line_end(self._end(item))
        deeper = re.compile(rf"\r?\n {{{dash + 1},}}#[^\r\n]*")
        while match := deeper.match(self.text, end):
            end = match.end()
        return end


def entries_at(document: Document, path: tuple[str | int, ...]) -> BlockEntries:
    """The mapping at a path of the document. Raises ChangeRefused where none stands there."""
    return BlockEntries(document, mapping(document, path).node)


def _depth(document: Document, listed: Sequence) -> int:
    """How far behind its key's place the dash of a list within the items of another list stands."""
    for item in listed.items:
        for key, value in item.entries.values() if isinstance(item, Mapping) else ():
            if isinstance(value, Sequence) and value.items and not value.flow:
                dash = document.source.text.rfind("-", 0, value.items[0].start)
                place = document.source.place
                return place(dash).column - place(key.start).column
    return 2
