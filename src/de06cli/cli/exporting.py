"""The register as a file for other programs and people: ``export``."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from de06cli.cli import answering, opening, output
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters, Format, Reading, grouped
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _
from de06cli.tracking.states import Task


class ExportFormat(StrEnum):
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"
    PARQUET = "parquet"
    XLSX = "xlsx"
    ICS = "ics"


# The forms that a library of an extra writes: the module of views with ``write(view, tasks, path)``, and
# the extra that brings what it imports.
DOCUMENTS: dict[ExportFormat, tuple[str, str]] = {
    ExportFormat.XLSX: ("xlsx.workbook", "office"),
    ExportFormat.ICS: ("calendar", "office"),
}


@grouped
def export(
    reading: Reading,
    filters: Filters,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    format: Annotated[  # noqa: A002 - the option's own name
        ExportFormat | None,
        typer.Option("--format", help=N_("Dạng tệp; không có thì theo đuôi của tên tệp.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Ghi đè tệp đã có."))] = False,
) -> None:
    form = format or _by_ending(file)
    opened = opening.open_plans(reading)
    tasks = opening.selected(opened, filters)
    if form is ExportFormat.PARQUET:
        _export_parquet(opened, tasks, file, force=force)
    elif form in DOCUMENTS:
        view = optional(*DOCUMENTS[form])
        write_file(file, partial(view.write, opened.view, tasks), force=force)
    else:
        text = answering.in_form(opened, tasks, Format(form))
        write_file(file, lambda path: path.write_bytes(text.encode()), force=force)


def _by_ending(file: str) -> ExportFormat:
    ending = Path(file).suffix.removeprefix(".").casefold()
    try:
        return ExportFormat(ending)
    except ValueError:
        raise RefusedValue(
            _("Không biết dạng tệp của {file}. Dùng --format với: {known}.").format(
                file=file, known=", ".join(ExportFormat)
            )
        ) from None


def optional(view: str, extra: str) -> ModuleType:
    """A module of ``views`` whose libraries come with an extra. Raises RefusedValue without them."""
    try:
        return import_module(f"de06cli.views.{view}")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("de06cli"):
            raise
        raise RefusedValue(
            _("Cần thêm thư viện: pip install 'de06cli[{extra}]'.").format(extra=extra)
        ) from None


def _export_parquet(opened: Opened, tasks: list[Task], folder: str, *, force: bool) -> None:
    """A file of models and one of steps for each plan, in ``models`` and ``steps`` below ``folder``."""
    parquet = optional("parquet", "data")
    if folder == "-":
        raise RefusedValue(_("Parquet ghi nhiều tệp: cần tên một thư mục."))
    by_plan: dict[str, list[Task]] = {plan.heading.code: [] for plan in opened.portfolio.plans}
    for task in tasks:
        by_plan[task.plan].append(task)
    files = []
    for (code, own), day in zip(by_plan.items(), opened.view.days, strict=True):
        name = "".join(char if char.isalnum() or char in "-_" else "_" for char in code)
        files += [
            (Path(folder, "models", f"{name}.parquet"), partial(parquet.models, own, day)),
            (Path(folder, "steps", f"{name}.parquet"), partial(parquet.steps, own, day)),
        ]
    for path, _fill in files:
        _refuse_existing(path, force=force)
    for path, fill in files:
        _write_whole(path, fill)
    output.say(_("Đã ghi {n} kế hoạch vào {path}.").format(n=len(by_plan), path=folder))


def write_file(file: str, fill: Callable[[Path], object], *, force: bool) -> None:
    """Has ``fill`` write a file, or standard output for ``-``, whole or not at all.

    Raises ChangeRefused for one that exists, unless ``force``; Unwritable where it can't be written.
    """
    if file == "-":
        from tempfile import TemporaryDirectory  # noqa: PLC0415

        with TemporaryDirectory() as folder:
            path = Path(folder, "answer")
            fill(path)
            output.write_bytes(path.read_bytes())
        return
    _refuse_existing(Path(file), force=force)
    _write_whole(Path(file), fill)
    output.say(_("Đã ghi {path}.").format(path=file))


def _refuse_existing(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise ChangeRefused(_("{path} đã có. Thêm --force để ghi đè.").format(path=path))


def _write_whole(path: Path, fill: Callable[[Path], object]) -> None:
    """Has ``fill`` write a file beside ``path`` and renames it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(beside)
        beside.replace(path)
    except OSError as error:
        raise output.Unwritable(f"{path}: {error.strerror or error}") from None
    finally:
        beside.unlink(missing_ok=True)
