"""A plan out of a document: ``draft``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

from de06cli.characters import clip, visible_name
from de06cli.cli import opening, output
from de06cli.cli.commands.send.output_file import (
    OFFICE,
    ForceOption,
    optional,
    refuse_existing,
    write_file,
)
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.drafting import yaml_text
from de06cli.drafting.meaning.columns import KEYS
from de06cli.drafting.plan_draft import Draft, draft
from de06cli.drafting.reading import source_file
from de06cli.drafting.reading.source_tables import SourceDocument
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.plan.agencies import fold, nearest
from de06cli.plan.file import locate, reader
from de06cli.plan.records import Agency

_NAMED = 12  # headings that a refusal shows


@grouped
def run(
    file: Annotated[str, Argument(metavar="FILE")],
    common: Common,  # noqa: ARG001 - every command takes these
    register: Annotated[
        str | None,
        Option(
            "--register",
            metavar="PLAN",
            help=N_("Kế hoạch có danh sách đơn vị đã biết."),
        ),
    ] = None,
    target: Annotated[
        str,
        Option("-o", "--output", metavar="FILE", help=N_("Tệp kế hoạch mới; mặc định: in ra.")),
    ] = "-",
    columns: Annotated[
        list[str] | None,
        Option(
            "--columns",
            metavar="HEADING=KEY",
            help=N_(
                "Tiêu đề cột và khóa của kế hoạch, ví dụ “Đầu việc=title”; dùng được nhiều lần."
            ),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    if target != "-":
        refuse_existing(Path(target), force=force)
    drafted = draft_of(file, _register(register), columns or [])
    write_file(target, lambda path: path.write_bytes(drafted.data), force=force)
    report(drafted, target)
    if errors := reader.read(drafted.data).errors:
        raise AssertionError(errors[0])


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


def _register(given: str | None) -> tuple[Agency, ...]:
    """The agencies of another plan. Raises UnreadableData where it can't be read."""
    if given is None:
        return ()
    located = opening.one_file([given])
    return opening.valid_plan(locate.read_bytes(located), located.given).agencies


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


def report(drafted: Drafted, target: str) -> None:
    """Says what was found, what has to be looked at, and where to begin."""
    made = drafted.made
    for remark in drafted.document.remarks:
        output.say(_("Lưu ý: {doubt}").format(doubt=remark))
    if made.left_out:
        output.say(
            _("Lưu ý: không lấy nhiệm vụ từ {places} (không có cột nhiệm vụ).").format(
                places=", ".join(made.left_out)
            )
        )
    output.say(", ".join(_figures(made)) + ".")
    if not made.asked:
        return
    most = max(range(len(made.models)), key=lambda at: (len(made.questions[at]), -at))
    shown = visible_name(target) if target != "-" else "FILE"
    output.say(
        _(
            "Bắt đầu từ nhiệm vụ có nhiều nội dung cần làm rõ nhất: de06 show {model} --data {path}. "
            "Tất cả: de06 check {path} --notes."
        ).format(model=made.models[most]["model"], path=shown)
    )


def _figures(made: Draft) -> list[str]:
    models, new = len(made.models), len(made.new)
    return [
        ngettext("{n} nhiệm vụ", "{n} nhiệm vụ", models).format(n=models),
        ngettext("{n} bước", "{n} bước", made.steps).format(n=made.steps),
        ngettext("{n} đơn vị mới", "{n} đơn vị mới", new).format(n=new),
        ngettext("{n} nội dung cần làm rõ", "{n} nội dung cần làm rõ", made.asked).format(
            n=made.asked
        ),
    ]
