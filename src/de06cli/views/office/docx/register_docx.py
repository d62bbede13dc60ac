"""The register of tasks as a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docx.document import Document

from de06cli.messages import _
from de06cli.tracking.states import Situation, Task
from de06cli.views.contents import register
from de06cli.views.links import Links
from de06cli.views.office.docx import filling, form


def write(view: Situation, tasks: Iterable[Task], path: Path, template: Path | None = None) -> None:
    """Writes the register, in the form of ``template`` where there is one. Raises OSError, and
    RefusedValue for a template that can't be filled."""
    listed = list(tasks)
    texts = register.values(view, listed, view.today)
    links = Links(view, path.parent).of_all(listed)
    filling.write(template or blank(), texts, view.today, path, heading(), links)


def write_form(path: Path) -> None:
    """Writes the form with its tags."""
    filling.write_form(blank(), path, heading())


def heading() -> str:
    return _("Danh mục nhiệm vụ")


def blank() -> Document:
    """The form, on paper laid across."""
    document = form.new(landscape=True)
    form.head(document, _("Số:          /……"))
    form.heading(document, heading(), "{{ about }}", under="({{ as_at }})")
    form.listing(document, "tasks", register.fields())
    form.abbreviations(document)
    form.foot(document)
    return document
