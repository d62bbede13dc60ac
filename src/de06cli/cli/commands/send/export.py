"""The register as a file for other programs: ``export``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Protocol

from de06cli.characters import visible_name
from de06cli.cli import answer, opening, output, selection
from de06cli.cli.commands.send import office_locks, output_file
from de06cli.cli.commands.send.output_file import (
    DATA,
    OFFICE,
    AsTemplateOption,
    ForceOption,
    TemplateOption,
    optional,
)
from de06cli.cli.opening import Opened
from de06cli.cli.options import DelimiterOption, Filters, Format, Reading
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.tracking.states import Situation, Task


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
    SITE = "site"


class RegisterForm(Protocol):
    """A form of the register that a library of an extra writes."""

    def write(self, view: Situation, tasks: Sequence[Task], path: Path) -> None:
        """Writes the file. Raises OSError."""


class WordRegister(Protocol):
    """The form for which an office can have a template of its own."""

    def write(
        self, view: Situation, tasks: Sequence[Task], path: Path, template: Path | None = None
    ) -> None:
        """Writes the file. Raises OSError, and RefusedValue for a template that can't be filled."""

    def write_form(self, path: Path) -> None:
        """Writes the built-in template."""


class Page(Protocol):
    """The form that shows earlier days too."""

    def write(
        self,
        view: Situation,
        tasks: Sequence[Task],
        path: Path,
        tasks_on: Callable[[date], list[Task]] | None = None,
    ) -> None:
        """Writes the file; ``tasks_on`` gives the tasks at the end of an earlier day. Raises OSError."""


class Site(Protocol):
    """The folder with the page, the calendars and the data."""

    def write(
        self,
        opened: Opened,
        tasks: Sequence[Task],
        tasks_on: Callable[[date], list[Task]],
        folder: Path,
        *,
        force: bool,
    ) -> None:
        """Writes what has changed. Raises ChangeRefused for a foreign file, Unwritable."""


class RegisterTables(Protocol):
    """The register as a file of models and one of steps."""

    def models(self, tasks: Sequence[Task], today: date, path: Path) -> None: ...

    def steps(self, tasks: Sequence[Task], today: date, path: Path) -> None: ...


# What only one form needs is imported for it alone: a function a form.


def _xlsx() -> RegisterForm:
    from de06cli.views.office.xlsx import workbook  # noqa: PLC0415

    return workbook


def _ics() -> RegisterForm:
    from de06cli.views.office import calendar  # noqa: PLC0415

    return calendar


def _html() -> Page:
    from de06cli.views.page import plan_page  # noqa: PLC0415

    return plan_page


def _site() -> Site:
    from de06cli.cli.commands.send import site  # noqa: PLC0415

    return site


def _docx() -> WordRegister:
    from de06cli.views.office.docx import register_docx  # noqa: PLC0415

    return register_docx


def _parquet() -> RegisterTables:
    from de06cli.views.office import parquet  # noqa: PLC0415

    return parquet


DOCUMENTS: dict[ExportFormat, Callable[[], RegisterForm]] = {
    ExportFormat.XLSX: _xlsx,
    ExportFormat.ICS: _ics,
}


@grouped
def run(
    reading: Reading,
    filters: Filters,
    file: Annotated[str, Argument(metavar="FILE")],
    format: Annotated[  # noqa: A002 - the option's own name
        ExportFormat | None,
        Option("--format", help=N_("Định dạng tệp; mặc định: theo đuôi của tên tệp.")),
    ] = None,
    template: TemplateOption = None,
    as_template: AsTemplateOption = False,
    force: ForceOption = False,
    delimiter: DelimiterOption = None,
) -> None:
    form = format or output_file.by_ending(file, ExportFormat)
    if file == "-" and form is ExportFormat.PARQUET:
        raise RefusedValue(_("Parquet gồm nhiều tệp: cần tên một thư mục."))
    if file == "-" and form is ExportFormat.SITE:
        raise RefusedValue(_("Trang web gồm nhiều tệp: cần tên một thư mục."))
    if delimiter is not None and form is not ExportFormat.CSV:
        raise answer.csv_alone()
    office_locks.warn_of_open(Path(file))
    of_word = form is ExportFormat.DOCX
    given = output_file.given_template(template, as_template, of_word=of_word)
    if as_template:
        output_file.write_file(file, optional(_docx, OFFICE).write_form, force=force)
        return
    opened = opening.open_plans(reading)
    tasks = selection.selected(opened, filters)
    if form is ExportFormat.PARQUET:
        _export_parquet(opened, tasks, Path(file), force=force)
    elif of_word:
        write_docx = partial(optional(_docx, OFFICE).write, opened.view, tasks, template=given)
        output_file.write_file(file, write_docx, force=force)
    elif form is ExportFormat.SITE:
        tasks_on = partial(selection.selected_on, opened, filters)
        optional(_site, OFFICE).write(opened, tasks, tasks_on, Path(file), force=force)
    elif form is ExportFormat.HTML:
        tasks_on = partial(selection.selected_on, opened, filters)
        write_page = partial(optional(_html, OFFICE).write, opened.view, tasks, tasks_on=tasks_on)
        output_file.write_file(file, write_page, force=force)
    elif form in DOCUMENTS:
        write = partial(optional(DOCUMENTS[form], OFFICE).write, opened.view, tasks)
        output_file.write_file(file, write, force=force)
    else:
        text = _as_text(opened, tasks, Format(form), delimiter, to_file=file != "-")
        if file == "-":
            output.write(text, utf8=form is ExportFormat.CSV)
        else:
            output_file.answer(text, file, force=force)


def _as_text(
    opened: Opened, tasks: list[Task], form: Format, delimiter: str | None, *, to_file: bool
) -> str:
    if delimiter is not None:
        return answer.separated(tasks, delimiter, of_csv=form is Format.CSV)
    return answer.in_form(opened, tasks, form, ascii_only=False if to_file else None)


def _export_parquet(opened: Opened, tasks: list[Task], folder: Path, *, force: bool) -> None:
    """A file of models and one of steps for each plan, in ``models`` and ``steps`` below ``folder``."""
    parquet = optional(_parquet, DATA)
    files = []
    for plan, day in zip(opened.portfolio.plans, opened.view.days, strict=True):
        own = [task for task in tasks if task.plan == plan.heading.code]
        name = f"{output_file.as_file_name(plan.heading.code)}.parquet"
        files.append((folder / "models" / name, partial(parquet.models, own, day)))
        files.append((folder / "steps" / name, partial(parquet.steps, own, day)))
    for path, _fill in files:
        output_file.refuse_existing(path, force=force)
    with output.progress(_("Lưu {path}").format(path=visible_name(folder)), len(files)) as one_more:
        for path, fill in files:
            output_file.write_whole(path, fill, force=force)
            one_more()
    n = len(files) // 2
    output.say(
        ngettext("Đã lưu {n} kế hoạch vào {path}.", "Đã lưu {n} kế hoạch vào {path}.", n).format(
            n=n, path=visible_name(folder)
        )
    )
    lying = {path for part in ("models", "steps") for path in (folder / part).glob("*.parquet")}
    for path in sorted(lying.difference(path for path, _fill in files)):
        output.say(_("Lưu ý: {path} là của một lần xuất khác.").format(path=visible_name(path)))
