"""A file that a command writes, whole or not at all. Its form follows from the ending of its name."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from de06cli.characters import visible_name
from de06cli.cli import environment, output
from de06cli.cli.parsing.declared import Option
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _
from de06cli.plan.file.patience import patiently, reason
from de06cli.plan.file.reserved import why_refused

OutputOption = Annotated[
    str | None,
    Option("--output", metavar="FILE", help=N_("Lưu vào tệp này thay vì in ra.")),
]
ForceOption = Annotated[bool, Option("--force", help=N_("Ghi đè tệp đã có."))]
TemplateOption = Annotated[
    str | None,
    Option(
        "--template", metavar="FILE", help=N_("Mẫu Word (.docx) có các thẻ, thay cho mẫu có sẵn.")
    ),
]
AsTemplateOption = Annotated[
    bool,
    Option(
        "--as-template",
        help=N_("Lưu mẫu Word có sẵn, còn nguyên các thẻ, để chỉnh sửa rồi dùng với --template."),
    ),
]

OFFICE = "office"  # what office documents and pages need, a part of each installation
DATA = "data"
LIBRARIES = {OFFICE: "docxtpl icalendar jinja2 openpyxl python-docx", DATA: "pyarrow"}

_Form = TypeVar("_Form", bound=StrEnum)
_Loaded = TypeVar("_Loaded")


def answer(text: str, file: str | None, *, force: bool) -> None:
    """Writes an answer that is text: to ``file``, in UTF-8 whatever the shell does, or to standard output."""
    if file is None:
        output.write(text)
    else:
        write_file(file, lambda path: path.write_bytes(text.encode("utf-8")), force=force)


def by_ending(file: str, forms: type[_Form]) -> _Form:
    """The form that the ending of the file's name says. Raises RefusedValue for none of ``forms``."""
    ending = Path(file).suffix.removeprefix(".").casefold()
    try:
        return forms(ending)
    except ValueError:
        raise RefusedValue(
            _("Không rõ định dạng tệp của {file}. Hãy thêm --format với: {known}.").format(
                file=visible_name(file), known=", ".join(forms)
            )
        ) from None


def given_template(template: str | None, as_template: bool, *, of_word: bool) -> Path | None:
    """The file that a Word document is made from; None for the built-in form.

    Raises RefusedValue for another form of document, and for both options.
    """
    if template is None and not as_template:
        return None
    if not of_word:
        raise RefusedValue(_("--template và --as-template chỉ dùng với docx."))
    if template is not None and as_template:
        raise RefusedValue(_("Chỉ dùng một trong hai: --template hoặc --as-template."))
    return None if template is None else Path(template)


def optional(load: Callable[[], _Loaded], extra: str) -> _Loaded:
    """The form that ``load`` imports.

    Raises RefusedValue where a library of ``extra`` is missing, with the line that installs it.
    """
    try:
        return load()
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("de06cli"):
            raise
        raise RefusedValue(
            _("Cần thêm thư viện: {command}.").format(command=installing(extra))
        ) from None


def installing(extra: str) -> str:
    """The command that adds the libraries of an extra to the environment of de06, in any shell."""
    libraries = LIBRARIES[extra]
    if environment.is_of_pipx():
        return f"pipx inject de06cli {libraries}"
    python = environment.python()
    if " " in python:
        python = f'"{python}"'
    if environment.is_of_uv():
        return f"uv pip install --python {python} {libraries}"
    return f"{python} -m pip install {libraries}"


def write_file(file: str, fill: Callable[[Path], object], *, force: bool) -> None:
    """Writes a file by ``fill``, or standard output for ``-``, whole or not at all.

    Raises ChangeRefused where the file exists, unless ``force``; Unwritable where it can't be written.
    """
    if file == "-":
        from tempfile import TemporaryDirectory  # noqa: PLC0415

        with TemporaryDirectory() as folder:
            path = Path(folder, "answer")
            with output.working(_("Lưu kết quả")):
                fill(path)
            output.write_bytes(path.read_bytes())
        return
    with output.working(_("Lưu {path}").format(path=visible_name(file))):
        write_whole(Path(file), fill, force=force)
    output.say(_("Đã lưu {path}.").format(path=visible_name(file)))


def as_file_name(code: str) -> str:
    """The code as a file name that is valid, and of no other code, in any system."""
    return "".join(char if char.isalnum() or char in "-_" else f"%{ord(char):02X}" for char in code)


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raises ChangeRefused for a file that exists, unless ``force``; RefusedValue for a name that no file
    can have."""
    if why := why_refused(path):
        raise RefusedValue(f"{visible_name(path)}: {why}.")
    with suppress(OSError):  # the writer of the file reports what is wrong
        if os.path.lexists(path) and not force:
            raise ChangeRefused(
                _("{path} đã có. Thêm --force để ghi đè.").format(path=visible_name(path))
            )


def write_whole(path: Path, fill: Callable[[Path], object], *, force: bool) -> None:
    """Writes a file beside ``path`` by ``fill`` and renames it, so that it is whole or not there.

    It is written in a folder of its own, whose name nobody can foresee and into which nobody else can put
    a link.
    """
    refuse_existing(path, force=force)
    folder = path.parent / f".de06-{os.urandom(8).hex()}.new"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        fill(folder / "answer")
        patiently(lambda: (folder / "answer").replace(path))
    except OSError as error:
        raise output.Unwritable(f"{visible_name(path)}: {reason(error)}") from None
    finally:
        with suppress(OSError):
            (folder / "answer").unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
