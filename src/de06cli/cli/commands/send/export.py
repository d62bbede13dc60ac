"""The register as a file for other programs: ``export``."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from de06cli.characters import visible_name
from de06cli.cli import answer, opening, output, output_file, selection
from de06cli.cli.commands.send import office_locks
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Format, Reading, grouped
from de06cli.cli.output_file import AsTemplateOption, ForceOption, TemplateOption
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.tracking.states import Task


class ExportFormat(StrEnum):
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"
    PARQUET = "parquet"
    XLSX = "xlsx"
    ICS = "ics"
    HTML = "html"
    DOCX = "docx"


# The forms that a library of an extra writes: the module of views with ``write(view, tasks, path)``, and
# the extra that brings what it imports.
DOCUMENTS: dict[ExportFormat, tuple[str, str]] = {
    ExportFormat.XLSX: ("office.xlsx.workbook", "office"),
    ExportFormat.ICS: ("office.calendar", "office"),
    ExportFormat.HTML: ("page.plan_page", "office"),
    ExportFormat.DOCX: ("office.docx.register_docx", "office"),
}


@grouped
def run(
    reading: Reading,
    filters: Filters,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    format: Annotated[  # noqa: A002 - the option's own name
        ExportFormat | None,
        typer.Option("--format", help=N_("Định dạng tệp; mặc định: theo đuôi của tên tệp.")),
    ] = None,
    template: TemplateOption = None,
    as_template: AsTemplateOption = False,
    force: ForceOption = False,
) -> None:
    form = format or output_file.by_ending(file, ExportFormat)
    if file == "-" and form is ExportFormat.PARQUET:
        raise RefusedValue(_("Parquet ghi nhiều tệp: cần tên một thư mục."))
    office_locks.tell_open(Path(file))
    more = output_file.from_template(template, as_template, of_word=form is ExportFormat.DOCX)
    if as_template:
        output_file.write_file(file, output_file.optional(*DOCUMENTS[form]).write_form, force=force)
        return
    opened = opening.open_plans(reading)
    tasks = selection.selected(opened, filters)
    if form is ExportFormat.PARQUET:
        _export_parquet(opened, tasks, Path(file), force=force)
    elif form in DOCUMENTS:
        view = output_file.optional(*DOCUMENTS[form])
        output_file.write_file(file, partial(view.write, opened.view, tasks, **more), force=force)
    elif file == "-":
        output.write(answer.in_form(opened, tasks, Format(form)), utf8=form is ExportFormat.CSV)
    else:

        def fill(path: Path) -> None:
            text = answer.in_form(opened, tasks, Format(form), ascii_only=False)
            path.write_bytes(text.encode())

        output_file.write_file(file, fill, force=force)


def _export_parquet(opened: Opened, tasks: list[Task], folder: Path, *, force: bool) -> None:
    """A file of models and one of steps for each plan, in ``models`` and ``steps`` below ``folder``."""
    parquet = output_file.optional("office.parquet", "data")
    files = []
    for plan, day in zip(opened.portfolio.plans, opened.view.days, strict=True):
        own = [task for task in tasks if task.plan == plan.heading.code]
        name = f"{_as_file_name(plan.heading.code)}.parquet"
        files.append((folder / "models" / name, partial(parquet.models, own, day)))
        files.append((folder / "steps" / name, partial(parquet.steps, own, day)))
    for path, _fill in files:
        output_file.refuse_existing(path, force=force)
    with output.progress(_("Ghi {path}").format(path=visible_name(folder)), len(files)) as one_more:
        for path, fill in files:
            output_file.write_whole(path, fill, force=force)
            one_more()
    n = len(files) // 2
    output.say(
        ngettext("Đã ghi {n} kế hoạch vào {path}.", "Đã ghi {n} kế hoạch vào {path}.", n).format(
            n=n, path=visible_name(folder)
        )
    )
    lying = {path for part in ("models", "steps") for path in (folder / part).glob("*.parquet")}
    for path in sorted(lying.difference(path for path, _fill in files)):
        output.say(_("Lưu ý: {path} là của một lần xuất khác.").format(path=visible_name(path)))


def _as_file_name(code: str) -> str:
    """The code as a name that no other code has, in any system."""
    return "".join(char if char.isalnum() or char in "-_" else f"%{ord(char):02X}" for char in code)
