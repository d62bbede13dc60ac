"""The draft of a document, as commands make it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import clip, visible_name
from de06cli.cli import output
from de06cli.cli.commands.send.output_file import OFFICE, optional
from de06cli.drafting import yaml_text
from de06cli.drafting.meaning.columns import KEYS
from de06cli.drafting.plan_draft import Draft, draft
from de06cli.drafting.reading import source_file
from de06cli.drafting.reading.source_tables import SourceDocument
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan.agencies import fold, nearest
from de06cli.plan.records import Agency

_NAMED = 12  # headings that a refusal shows


class Drafted(NamedTuple):
    """A draft, the document that it was made of, and the data file's bytes."""

    made: Draft
    document: SourceDocument
    data: bytes


def draft_of(file: str, known: tuple[Agency, ...], columns: Sequence[str]) -> Drafted:
    """The draft of a document's tables; ``known`` are agencies of a register, ``columns`` as typed.

    Raises RefusedValue where there is no table of tasks, or no such column; UnreadableData.
    """
    mapped = _mapped(columns)
    with output.working(_("Đọc {path}").format(path=visible_name(file))):
        document = optional(lambda: source_file.read(Path(file)), OFFICE)
        made = draft(document, Path(file).stem, known, mapped)
    if made is None:
        raise _without_tasks(document, file)
    _refuse_unknown_columns(made, columns)
    return Drafted(made, document, yaml_text.text(made).encode())


def _mapped(columns: Sequence[str]) -> dict[str, str]:
    """The keys of columns, by their folded headings. Raises RefusedValue for a key that there is not."""
    found = {}
    for typed in columns:
        heading, sign, key = typed.rpartition("=")
        if not sign or not fold(heading) or key.strip() not in KEYS:
            near = ", ".join(nearest(key, KEYS)) if sign else ", ".join(KEYS)
            raise RefusedValue(
                _("--columns “{typed}”: viết TIÊU ĐỀ=KHÓA. Gợi ý: {keys}.").format(
                    typed=clip(typed), keys=near
                )
            )
        found[fold(heading)] = key.strip()
    return found


def _refuse_unknown_columns(made: Draft, columns: Sequence[str]) -> None:
    """Raises RefusedValue for a heading that no table of tasks has."""
    there = {fold(part) for heading in made.headings for part in (heading, *heading.split(" – "))}
    for typed in columns:
        heading = typed.rpartition("=")[0]
        if fold(heading) not in there:
            raise RefusedValue(
                _("--columns: không có cột “{heading}”. Các cột: {seen}.").format(
                    heading=clip(heading), seen="; ".join(clip(each) for each in made.headings)
                )
            )


def _without_tasks(document: SourceDocument, file: str) -> RefusedValue:
    headings = list(
        dict.fromkeys(
            clip(cell.text, 40)
            for table in document.tables
            for row in table.rows[:3]
            for cell in row
            if cell.text
        )
    )[:_NAMED]
    seen = "; ".join(headings) or _("không có bảng nào")
    return RefusedValue(
        _(
            "Không thấy bảng nhiệm vụ nào trong {path}: cần một hàng tiêu đề có cột nội dung nhiệm vụ và "
            "ít nhất một cột khác. Các ô đầu: {seen}. Chỉ rõ bằng --columns TIÊU ĐỀ=title."
        ).format(path=visible_name(file), seen=seen)
    )
