"""Evidence in a filled document as links. The texts stay as they are; a part of a run becomes a link."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from de06cli.views.links import parts


def add(document: Document, links: dict[str, str]) -> None:
    """Makes links of the evidence in the tables of the document, by its text."""
    if not links:
        return
    for text in [*document.element.body.iter(qn("w:t"))]:
        run = text.getparent()
        in_table = any(True for _cell in run.iterancestors(qn("w:tc")))
        if in_table and run.tag == qn("w:r") and any(one in (text.text or "") for one in links):
            _split(document, run, links)


def _split(document: Document, run: Any, links: dict[str, str]) -> None:
    """Puts runs in the place of one: what stands beside a link, and links."""
    if run.getparent() is None:  # split already, for another of its texts
        return
    for child in run:
        if child.tag == qn("w:rPr"):
            continue
        if child.tag != qn("w:t"):
            run.addprevious(_run_like(run, deepcopy(child)))
            continue
        for part, link in parts(child.text or "", links):
            piece = OxmlElement("w:t")
            piece.text = part
            piece.set(qn("xml:space"), "preserve")
            new = _run_like(run, piece)
            run.addprevious(_linked(document, new, link) if link else new)
    run.getparent().remove(run)


def _run_like(run: Any, child: Any) -> Any:
    new = OxmlElement("w:r")
    if run.rPr is not None:
        new.append(deepcopy(run.rPr))
    new.append(child)
    return new


def _linked(document: Document, run: Any, link: str) -> Any:
    key = document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), key)
    underline = OxmlElement("w:u")
    underline.set(qn("w:val"), "single")
    run.get_or_add_rPr().append(underline)
    hyperlink.append(run)
    return hyperlink
