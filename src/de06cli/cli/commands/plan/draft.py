"""A plan out of a document: ``draft``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from de06cli.characters import visible_name
from de06cli.cli import opening, output
from de06cli.cli.commands.plan.drafted import Drafted, draft_of
from de06cli.cli.commands.send.output_file import ForceOption, refuse_existing, write_file
from de06cli.cli.file_change import Writing
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.drafting.plan_draft import Draft
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.plan.file import locate, reader
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Agency


@grouped
def run(
    file: Annotated[str, Argument(metavar="FILE")],
    writing: Writing,
    register: Annotated[
        str | None,
        Option(
            "--register",
            metavar="PLAN",
            help=N_("Kế hoạch có danh sách đơn vị đã biết."),
        ),
    ] = None,
    target: Annotated[
        str | None,
        Option(
            "-o",
            "--output",
            metavar="FILE",
            help=N_("Tệp kế hoạch mới; mặc định: in ra, hoặc so sánh với kế hoạch đang có."),
        ),
    ] = None,
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
    update: Annotated[
        bool,
        Option(
            "--update", help=N_("Cập nhật kế hoạch đang có theo văn bản mới, hỏi từng nhiệm vụ.")
        ),
    ] = False,
    document: Annotated[
        str | None,
        Option("--document", metavar="TEXT", help=N_("Số, ký hiệu của văn bản mới.")),
    ] = None,
    decided: Annotated[
        str | None,
        Option(
            "--decided",
            metavar="DATE",
            help=N_("Ngày của văn bản mới; mặc định: ngày ghi trong văn bản."),
        ),
    ] = None,
    match: Annotated[
        list[str] | None,
        Option(
            "--match",
            metavar="NEW=OLD",
            help=N_(
                "Nhiệm vụ của văn bản mới là nhiệm vụ nào của kế hoạch, ví dụ 7=5; 7=new là thêm mới."
            ),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    existing = _existing(writing) if target is None and register is None else None
    given = update or document is not None or decided is not None or bool(match)
    if existing:
        from de06cli.cli.commands.plan import amended  # noqa: PLC0415 - a first draft needs none of it

        asked = amended.Asked(update, document, decided, match)
        amended.run(file, existing, columns or [], asked, writing)
        return
    if given:
        raise RefusedValue(
            _(
                "--update, --document, --decided và --match cần một kế hoạch đang có, không dùng với -o."
            )
        )
    target = target or "-"
    if target != "-":
        refuse_existing(Path(target), force=force)
    drafted = draft_of(file, _register(register), columns or [])
    write_file(target, lambda path: path.write_bytes(drafted.data), force=force)
    report(drafted, target)
    if errors := reader.read(drafted.data).errors:
        raise AssertionError(errors[0])


def _existing(writing: Writing) -> Located | None:
    """The plan that is in use; None where there is only the packaged copy."""
    located = opening.one_file(writing.data)
    return None if located.packaged else located


def _register(given: str | None) -> tuple[Agency, ...]:
    """The agencies of another plan. Raises UnreadableData where it can't be read."""
    if given is None:
        return ()
    located = opening.one_file([given])
    return opening.valid_plan(locate.read_bytes(located), located.given).agencies


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
