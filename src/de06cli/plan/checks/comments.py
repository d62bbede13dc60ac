"""Prose that YAML cuts: without quotes, " #" begins a comment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.file.document import Document
from de06cli.plan.file.nodes import Mapping, Node, Scalar, Sequence
from de06cli.plan.findings import Problem

Path = tuple[str | int, ...]

_COMMENT = re.compile(r"[ \t]+(#[^\n]*)")
_BEHIND_TEXT = re.compile(r"^[ \t]*[^\s#][^\n]*?[ \t]#", re.MULTILINE)


def cut_texts(document: Document, is_prose: Callable[[Path], bool]) -> list[Problem]:
    """Unquoted texts with a comment behind them, where ``is_prose`` says that a path holds prose."""
    text = document.source.text
    if document.root is None or not _BEHIND_TEXT.search(text):
        return []
    return [
        Problem(
            findings.TEXT_CUT,
            path,
            _("YAML cắt nội dung này ở dấu #: “{rest}” không được đọc.").format(
                rest=clip(found[1], 30)
            ),
            _(
                "Nếu thuộc nội dung, hãy đặt cả câu trong dấu nháy; nếu là chú thích, hãy "
                "ghi ở dòng riêng."
            ),
        )
        for path, node in _plain_texts(document.root, ())
        if (found := _COMMENT.match(text, node.end)) and is_prose(path)
    ]


def _plain_texts(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    """Every text without quotes, with its path."""
    if isinstance(node, Scalar):
        if node.plain and isinstance(node.value, str):
            yield path, node
    elif isinstance(node, Mapping):
        for key, (_key, value) in node.entries.items():
            yield from _plain_texts(value, (*path, key))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _plain_texts(item, (*path, index))
