"""The register as a file for other programs: ``export``."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
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


# The forms that a library of an extra writes: the module of views with ``write(view, tasks, path)``, and
# the extra that brings what it imports.
DOCUMENTS: dict[ExportFormat, tuple[str, str]] = {
    ExportFormat.XLSX: ("xlsx.workbook", "office"),
    ExportFormat.ICS: ("calendar", "office"),
    ExportFormat.HTML: ("page", "office"),
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
    if file == "-" and form is ExportFormat.PARQUET:
        raise RefusedValue(_("Parquet ghi nhiều tệp: cần tên một thư mục."))
    opened = opening.open_plans(reading)
    tasks = opening.selected(opened, filters)
    if form is ExportFormat.PARQUET:
        _export_parquet(opened, tasks, Path(file), force=force)
    elif form in DOCUMENTS:
        view = optional(*DOCUMENTS[form])
        write_file(file, partial(view.write, opened.view, tasks), force=force)
    elif file == "-":
        output.write(answering.in_form(opened, tasks, Format(form)), utf8=form is ExportFormat.CSV)
    else:
        text = answering.in_form(opened, tasks, Format(form), ascii_only=False)
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
    _write(Path(file), fill, force=force)
    output.say(_("Đã ghi {path}.").format(path=file))


def _export_parquet(opened: Opened, tasks: list[Task], folder: Path, *, force: bool) -> None:
    """A file of models and one of steps for each plan, in ``models`` and ``steps`` below ``folder``."""
    parquet = optional("parquet", "data")
    files = []
    for plan, day in zip(opened.portfolio.plans, opened.view.days, strict=True):
        own = [task for task in tasks if task.plan == plan.heading.code]
        name = f"{_as_file_name(plan.heading.code)}.parquet"
        files.append((folder / "models" / name, partial(parquet.models, own, day)))
        files.append((folder / "steps" / name, partial(parquet.steps, own, day)))
    for path, _fill in files:
        _refuse_existing(path, force=force)
    for path, fill in files:
        _write(path, fill, force=force)
    n = len(files) // 2
    output.say(
        ngettext("Đã ghi {n} kế hoạch vào {path}.", "Đã ghi {n} kế hoạch vào {path}.", n).format(
            n=n, path=folder
        )
    )
    lying = {path for part in ("models", "steps") for path in (folder / part).glob("*.parquet")}
    for path in sorted(lying.difference(path for path, _fill in files)):
        output.say(_("Lưu ý: {path} là của một lần xuất khác.").format(path=path))


def _as_file_name(code: str) -> str:
    """The code as a name that no other code has, in any system."""
    return "".join(char if char.isalnum() or char in "-_" else f"%{ord(char):02X}" for char in code)


def _refuse_existing(path: Path, *, force: bool) -> None:
    with suppress(OSError):  # whoever writes it tells what is wrong
        if path.exists() and not force:
            raise ChangeRefused(_("{path} đã có. Thêm --force để ghi đè.").format(path=path))


def _write(path: Path, fill: Callable[[Path], object], *, force: bool) -> None:
    """Has ``fill`` write a file beside ``path`` and renames it, so that it is whole or not there."""
    _refuse_existing(path, force=force)
    beside = path.parent / f".{path.name}.{os.getpid()}.new"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(beside)
        beside.replace(path)
    except OSError as error:
        raise output.Unwritable(f"{path}: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            beside.unlink()
