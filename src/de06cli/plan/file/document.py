"""A YAML text as nodes that know their place. The only module that knows PyYAML.

A plan uses a small part of YAML: mappings, lists and scalars. Everything that could change a value's
meaning behind its writer's back (tags, anchors, merge keys, duplicate keys) is a finding, and a scalar
is text until the schema says otherwise.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

from de06cli.characters import clip, forbidden_in
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.file.nodes import Mapping, Node, Scalar, Sequence
from de06cli.plan.file.text import SourceText, decode
from de06cli.plan.findings import Finding, Gathered

MAX_DEPTH = 30

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ODD_KEYS = _NULLS | {"<<"}


class Opaque:
    """Stands where YAML was used that a plan does without; never equal to anything expected."""


class Document:
    """A text and what was read from it.

    ``value`` is the whole tree as dicts, lists, texts and None. The nodes, which know their places, are
    only built when they are asked for: a plan without findings never needs them. What libyaml composed
    is kept only for who will ``edit`` a part of it, since it is ten times the size of the text.
    """

    def __init__(self, source: SourceText, found: list[Finding], *, edit: bool = False) -> None:
        self.source = source
        self._root: Node | None = None
        composed = None if found else _plainly_composed(source.text)
        self._composed = composed if edit else None
        self.value: object = _IRREGULAR if composed is None else _plain_value(composed)
        if self.value is _IRREGULAR:
            gathered = Gathered()
            self._root = None if found else _Composer(source, gathered).compose()
            found = found or gathered.all()
            self.value = self._root.value if self._root else None
        self.findings = tuple(found)

    @property
    def root(self) -> Node | None:
        """The tree's root; None when the reading ended early."""
        if self._root is None and self.value is not None:
            self._root = _Composer(self.source, Gathered()).compose()
        return self._root

    def node(self, path: tuple[str | int, ...]) -> Node | None:
        """The node at the end of ``path``, None where there is none."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str):
                entry = node.entries.get(step)
                node = entry[1] if entry else None
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def part(self, path: tuple[str | int, ...]) -> Node | None:
        """The same as ``node``, for a document without findings: only this part is built."""
        if self._root is not None or self.value is None:
            return self.node(path)
        found = self._composed or _plainly_composed(self.source.text)
        for step in path:
            found = _child(found, step)
        return None if found is None else _with_places(found)

    def index_of(self, path: tuple[str | int, ...], *, at_key: bool = False) -> int:
        """Where ``path`` begins in the text; the nearest node above it where it leads nowhere."""
        while path:
            parent = self.node(path[:-1])
            if isinstance(parent, Mapping) and isinstance(path[-1], str):
                entry = parent.entries.get(path[-1])
                if entry:
                    key, value = entry
                    # A value that begins nowhere in particular is shown at its key.
                    empty = value.start == value.end
                    return key.start if at_key or empty else value.start
            elif (node := self.node(path)) is not None:
                return node.start
            path = path[:-1]
        return self.root.start if self.root else 0


def parse(data: bytes, *, edit: bool = False) -> Document:
    """The document in ``data``, with everything that YAML itself makes wrong in it."""
    return Document(*decode(data), edit=edit)


# The quick way: values without places -------------------------------------------------------------

# What the exact way has to look at: a sign of an anchor where a token can begin, a "!" alone, which
# libyaml keeps to itself, and escapes that may hide a control character. Each begins with a literal,
# which makes the search quick. (An alias needs an anchor, else it is an error here too.)
_ODDITIES = [
    re.compile(r"&(?<![^\s\[{,:\-?]&)[^\s,\]}]"),
    re.compile(r"!(?<![^\s\[{,:\-?]!)(?![^\s,\]}])"),
    re.compile(r"\\[0abefrvxuUNL_P]"),
]


class _IrregularError(Exception):
    """The text is not as plain as the quick way needs."""


_IRREGULAR = _IrregularError()


class _Parser(CParser):
    """libyaml's own composer, which knows no types: every tag that it sees was written in the text.

    It calls these three for each node: as functions of the instance they cost a fifth less of its time
    than as methods.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        depth = 0

        def descend(_node: object, _index: object) -> None:
            nonlocal depth
            if depth >= MAX_DEPTH:  # it recurses, so this comes before the stack's end
                raise _IRREGULAR
            depth += 1

        def ascend() -> None:
            nonlocal depth
            depth -= 1

        self.descend_resolver, self.ascend_resolver = descend, ascend
        self.resolve = lambda _kind, _value, _implicit: None


def _plainly_composed(text: str) -> yaml.Node | None:
    """libyaml's own nodes of a text, None where the exact way has to look at it.

    It is twice as fast as the way that knows places, and leaves to it every text that may need a finding.
    """
    if any(oddity.search(text) for oddity in _ODDITIES):
        return None
    try:
        return _Parser(text).get_single_node()
    except (_IrregularError, yaml.YAMLError):
        return None


def _plain_value(composed: yaml.Node) -> object:
    """The value of a text that holds nothing but what a plan needs, else ``_IRREGULAR``."""
    try:
        value = _value_of(composed)
    except _IrregularError:
        return _IRREGULAR
    return _IRREGULAR if value is None else value


def _value_of(node: yaml.Node) -> object:
    if node.tag is not None:
        raise _IRREGULAR
    kind = type(node)
    if kind is yaml.ScalarNode:
        text = node.value
        return None if text in _NULLS and not node.style else text
    if kind is yaml.SequenceNode:
        return [_value_of(item) for item in node.value]
    value: dict[str, object] = {}
    for key, entry in node.value:
        name = key.value
        if type(key) is not yaml.ScalarNode or key.tag is not None:
            raise _IRREGULAR
        if name in value or name in _ODD_KEYS:
            raise _IRREGULAR
        value[name] = _value_of(entry)
    return value


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(step, str) and type(node) is yaml.MappingNode:
        entries: list[tuple[yaml.Node, yaml.Node]] = node.value
        return next((value for key, value in entries if key.value == step), None)
    if isinstance(step, int) and type(node) is yaml.SequenceNode:
        items: list[yaml.Node] = node.value
        return items[step] if step < len(items) else None
    return None


def _with_places(node: yaml.Node) -> Node:
    """A node of libyaml's composer as ours."""
    start, end = node.start_mark.index, node.end_mark.index
    if type(node) is yaml.ScalarNode:
        return _scalar(node)
    flow = bool(getattr(node, "flow_style", False))
    if type(node) is yaml.SequenceNode:
        listed = Sequence(start, end, flow)
        listed.items = [_with_places(item) for item in node.value]
        listed.value = [item.value for item in listed.items]
        return listed
    mapped = Mapping(start, end, flow)
    mapped.entries = {key.value: (_scalar(key), _with_places(value)) for key, value in node.value}
    mapped.value = {name: value.value for name, (_key, value) in mapped.entries.items()}
    return mapped


def _scalar(node: yaml.ScalarNode) -> Scalar:
    start, end = node.start_mark.index, node.end_mark.index
    return Scalar(node.value, start, end, not node.style, _value_of(node))


# The exact way: nodes with places -----------------------------------------------------------------


class _End(Exception):
    """The reading ends here; its finding is already written down."""


class _Composer:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, source: SourceText, found: Gathered) -> None:
        self.source = source
        self.found = found
        self.root: Node | None = None
        self.stack: list[tuple[Sequence | Mapping, Scalar | None]] = []
        self.key: Scalar | None = None  # the key whose value comes next

    def compose(self) -> Node | None:
        try:
            for event in yaml.parse(self.source.text, Loader=yaml.CLoader):
                self._take(event)
        except _End:
            return None if self.stack else self.root  # the first of several documents is whole
        except yaml.YAMLError as error:
            stopped = getattr(error, "problem_mark", None)
            if stopped and "nesting depth" in getattr(error, "problem", ""):
                # libyaml since 0.2.6 has a limit too, which it may meet before it gives the first event.
                readable = SourceText(self.source.text[: stopped.index])
                return _Composer(readable, self.found).compose()
            from de06cli.plan.file.syntax import syntax_error  # noqa: PLC0415 - for an error alone

            wrong = syntax_error(self.source, error)
            self.found.add(wrong.code, lambda: wrong.place, wrong.message, wrong.advice)
            return None
        if self.root is None or (
            isinstance(self.root, Scalar) and self.root.value is None and self.root.plain
        ):
            self._find(
                findings.EMPTY,
                0,
                _("Tệp không có nội dung."),
                _("Chạy `de06 init --empty` trong một thư mục mới để có tệp mẫu."),
            )
            return None
        return self.root

    def _find(self, code: str, index: int, message: str, advice: str = "") -> None:
        self.found.add(code, lambda: self.source.place(index), message, advice)

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._begin(event, Mapping if kind is yaml.MappingStartEvent else Sequence)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node, self.key = self.stack.pop()
            node.end = event.end_mark.index
            self._place(node)
        elif kind is yaml.AliasEvent:
            start, end = event.start_mark.index, event.end_mark.index
            if not self._in_merge():  # which is refused as a whole
                self._find(
                    findings.ANCHOR,
                    start,
                    _("de06 không nhận tham chiếu *{name} của YAML.").format(
                        name=clip(event.anchor, 30)
                    ),
                    _("Hãy chép nội dung ra chỗ này."),
                )
            self._place(Scalar("", start, end, plain=False, value=Opaque()))
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            self._find(
                findings.SEVERAL_DOCUMENTS,
                event.start_mark.index,
                _("Tệp có nhiều hơn một tài liệu YAML (---)."),
                _("Mỗi kế hoạch là một tệp; hãy tách ra."),
            )
            raise _End

    def _in_merge(self) -> bool:
        """Whether the next node is a value of a merge key, by itself or in a list."""
        key = self.key
        if key is None and self.stack and isinstance(self.stack[-1][0], Sequence):
            key = self.stack[-1][1]
        return key is not None and _is_merge(key)

    def _scalar(self, event: Any) -> None:
        text = event.value
        start = event.start_mark.index
        plain = not event.style
        self._refuse_properties(event)
        if bad := forbidden_in(text):
            self._find(
                findings.FORBIDDEN_CHARACTER,
                start,
                _("de06 không nhận ký tự điều khiển U+{code:04X}.").format(code=ord(bad)),
                _("Hãy xóa ký tự này."),
            )
        value = None if plain and text in _NULLS else text
        self._place(Scalar(text, start, event.end_mark.index, plain, value))

    def _begin(self, event: Any, kind: type[Sequence | Mapping]) -> None:
        self._refuse_properties(event)
        start = event.start_mark.index
        if len(self.stack) >= MAX_DEPTH:
            self._find(
                findings.TOO_DEEP,
                start,
                _("Cấu trúc lồng nhau quá {limit} tầng.").format(limit=MAX_DEPTH),
                _("Hãy xem lại các dấu ngoặc và cách thụt dòng."),
            )
            raise _End
        self.stack.append((kind(start, start, bool(event.flow_style)), self.key))
        self.key = None

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._find(
                findings.ANCHOR,
                event.start_mark.index,
                _("de06 không nhận tên neo &{name} của YAML.").format(name=clip(event.anchor, 30)),
                _("Hãy xóa tên neo."),
            )
        if event.tag is not None:
            self._find(
                findings.TAG,
                event.start_mark.index,
                _("de06 không nhận kiểu ghi thêm (!) của YAML."),
                _("Hãy xóa kiểu; nếu là đoạn chữ, hãy đặt trong dấu nháy."),
            )

    def _place(self, node: Node) -> None:
        """Puts a finished node where it belongs: a key, a value, an item or the root."""
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1][0]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            parent.value.append(node.value)
        elif self.key is None:
            self.key = self._as_key(node)
        else:
            key, self.key = self.key, None
            self._add(parent, key, node)

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.value:
            return node
        if isinstance(node, Scalar) and isinstance(node.value, Opaque):
            return node  # already reported
        self._find(
            findings.BAD_KEY,
            node.start,
            _("Tên khóa phải là một từ."),
            _("Hãy xem lại dấu hai chấm và dấu ngoặc ở dòng này."),
        )
        return Scalar("", node.start, node.end, plain=False, value=Opaque())

    def _add(self, parent: Mapping, key: Scalar, node: Node) -> None:
        if isinstance(key.value, Opaque):
            parent.lost.append("")
            return
        if _is_merge(key):
            parent.lost.append("")
            self._find(
                findings.MERGE_KEY,
                key.start,
                _("de06 không nhận khóa gộp (<<) của YAML."),
                _("Hãy chép các khóa ra chỗ này."),
            )
            return
        if key.text in parent.value:
            parent.lost.append(key.text)
            first = parent.entries[key.text][0]
            self._find(
                findings.DUPLICATE_KEY,
                key.start,
                _("Khóa “{key}” đã có ở dòng {line}.").format(
                    key=clip(key.text), line=self.source.place(first.start).line
                ),
                _("Hãy giữ một trong hai."),
            )
            return
        parent.entries[key.text] = (key, node)
        parent.value[key.text] = node.value


def _is_merge(key: Scalar) -> bool:
    return key.text == "<<" and key.plain
