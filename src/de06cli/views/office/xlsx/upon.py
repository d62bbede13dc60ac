"""What lies upon a sheet: comments, and drawings with texts in them."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl.utils import get_column_letter

from de06cli.messages import _
from de06cli.views.office import limits
from de06cli.views.office.xlsx.package import Attributes, Handlers, Package, Relation, TooMuch
from de06cli.views.office.xlsx.xml_text import TextCollector, unescaped

_KINDS = {"comments", "threadedComment", "drawing"}


class Upon(NamedTuple):
    """A text that lies upon a sheet: a comment, or one in a drawing."""

    cell: str
    text: str
    is_comment: bool


def lying_upon(package: Package, part: str) -> list[Upon]:
    """The texts that lie upon the sheet of a part. Raises UnreadableData."""
    by_kind: dict[str, list[Upon]] = {}
    for relation in package.relations(part).values():
        if relation.kind in _KINDS and package.has(relation.part):
            found = _of_relation(package, relation)
            by_kind.setdefault(relation.kind, []).extend(found)
    threads = by_kind.get("threadedComment", [])
    in_threads = {upon.cell for upon in threads}  # which say more than the comment in their stead
    comments = [one for one in by_kind.get("comments", []) if one.cell not in in_threads]
    return [*comments, *threads, *by_kind.get("drawing", [])]


def _of_relation(package: Package, relation: Relation) -> list[Upon]:
    if relation.kind == "drawing":
        return _drawn(package, relation.part)
    texts = TextCollector()
    found: list[Upon] = []
    place = ""
    of_one = {"comment", "threadedComment"}

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place
        if name in of_one:
            place = attributes.get("ref", "")
        texts.start("t" if name == "text" and relation.kind == "threadedComment" else name)

    def end(name: str) -> None:
        texts.end("t" if name == "text" and relation.kind == "threadedComment" else name)
        if name in of_one:
            found.append(Upon(place, unescaped(texts.taken()), is_comment=True))
            if len(found) > limits.STRAYS:
                raise TooMuch(_("quá {n} nhận xét").format(n=limits.STRAYS))

    package.walk(relation.part, Handlers(start, end, texts.text))
    return found


def _drawn(package: Package, part: str) -> list[Upon]:
    """The texts of a drawing, at the cells that its shapes begin in."""
    texts = TextCollector()
    found: list[Upon] = []
    at = {"col": "", "row": ""}
    inside = ""
    begins = False

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal inside, begins
        if name == "from":
            begins = True
        inside = name
        texts.start(name)

    def text(chars: str) -> None:
        if begins and inside in at:
            at[inside] += chars
        texts.text(chars)

    def end(name: str) -> None:
        nonlocal inside, begins
        inside = ""
        texts.end(name)
        if name == "from":
            begins = False
        elif name in {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}:
            written = unescaped(texts.taken()).strip()
            column, row = (int(at[key]) if at[key].strip().isdecimal() else 0 for key in at)
            at.update(col="", row="")
            if written:
                found.append(
                    Upon(
                        f"{get_column_letter(column % 16384 + 1)}{row + 1}",
                        written,
                        is_comment=False,
                    )
                )
                if len(found) > limits.STRAYS:
                    raise TooMuch(_("quá {n} hình có chữ").format(n=limits.STRAYS))

    package.walk(part, Handlers(start, end, text))
    return found
