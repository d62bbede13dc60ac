"""The nodes of a YAML text, which know their places."""

from __future__ import annotations


class Scalar:
    """A text as YAML reads it; ``start`` and ``end`` are indexes into the document's text."""

    __slots__ = ("end", "plain", "start", "text", "value")

    def __init__(self, text: str, start: int, end: int, plain: bool, value: object = None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.plain = plain
        self.value = value


class Sequence:
    __slots__ = ("end", "flow", "items", "start", "value")

    def __init__(self, start: int, end: int, flow: bool) -> None:
        self.start = start
        self.end = end
        self.flow = flow
        self.items: list[Node] = []
        self.value: list[object] = []


class Mapping:
    __slots__ = ("end", "entries", "flow", "lost", "start", "value")

    def __init__(self, start: int, end: int, flow: bool) -> None:
        self.start = start
        self.end = end
        self.flow = flow
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.value: dict[str, object] = {}
        self.lost: list[str] = []  # keys refused with their values; "" is any key


Node = Scalar | Sequence | Mapping
