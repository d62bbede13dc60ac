"""A new plan folder: ``init``."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import TYPE_CHECKING, Annotated

from de06cli.characters import visible_name
from de06cli.cli import environment, opening, output
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import Option, grouped
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _
from de06cli.plan.file import locate, writer
from de06cli.plan.file.patience import reason
from de06cli.plan.file.skeleton import SKELETON
from de06cli.plan.sharing import driver
from de06cli.plan.validation.json_schema import json_schema

if TYPE_CHECKING:
    from de06cli.cli.commands.plan.drafted import Drafted

LOCK = f"{locate.RELATIVE}.lock"
LOCKS = (LOCK, f"{LOCK}.held")  # the second where a share knows no locks; see ``plan/file/lock``


@grouped
def run(
    common: Common,
    empty: Annotated[
        bool, Option("--empty", help=N_("Một tệp mẫu có chú thích thay cho bản sao."))
    ] = False,
    source: Annotated[
        str | None,
        Option(
            "--from",
            metavar="FILE",
            help=N_("Lập bản nháp từ văn bản này (docx, xlsx …), như de06 draft."),
        ),
    ] = None,
) -> None:
    if empty and source is not None:
        raise RefusedValue(_("Dùng --empty hoặc --from, không dùng cả hai."))
    folder = Path(environment.working_folder())
    target = folder / locate.RELATIVE
    described = json.dumps(json_schema(), ensure_ascii=False, indent=2).encode() + b"\n"
    schema_file = target.with_name(locate.SCHEMA_NAME)
    _refuse_links(folder)
    if os.path.lexists(target):
        raise _there(target, folder)
    drafted = None
    if empty:
        data = SKELETON.encode()
    elif source is not None:
        drafted = _drafted(source)
        data = drafted.data
    else:
        located = opening.one_file(common.data)
        data = locate.read_bytes(located)
        opening.valid_plan(data, located.given)
    try:
        target.parent.mkdir(exist_ok=True)
        if not (schema_file.exists() and schema_file.read_bytes() == described):
            _create(schema_file, described, folder)
        merged = driver.attributes(folder, environment.variables())
        _add_line(folder / ".gitattributes", merged, locate.RELATIVE)
        for lock in LOCKS:
            _add_line(folder / ".gitignore", lock)
        _create(target, data, folder)  # last: where something failed, init can be run again
    except OSError as error:
        raise ChangeRefused(
            _("Không tạo được {path}: {reason}.").format(
                path=visible_name(error.filename or target), reason=reason(error)
            )
        ) from None
    driver.install(folder, [target], environment.variables(), environment.program())
    created = _("Đã tạo {path}. Kiểm tra: de06 check. Xem: de06 list.").format(path=locate.RELATIVE)
    try:
        output.write(f"{created}\n")
    except (output.Unwritable, output.Closed):  # the plan is there all the same
        output.say(created)
    if drafted:
        from de06cli.cli.commands.plan import draft  # noqa: PLC0415 - only --from reads documents

        draft.report(drafted, locate.RELATIVE)


def _drafted(source: str) -> Drafted:
    """The draft of a document. Raises RefusedValue, UnreadableData."""
    from de06cli.cli.commands.plan.drafted import draft_of  # noqa: PLC0415 - only --from reads it

    return draft_of(source, (), ())


def _there(path: Path, folder: Path) -> ChangeRefused:
    """The error for a file that is already there."""
    shown = visible_name(path.relative_to(folder).as_posix())
    return ChangeRefused(
        _("{path} đã có; không ghi đè. Hãy chạy de06 init trong một thư mục khác.").format(
            path=shown
        )
    )


def _create(path: Path, data: bytes, folder: Path) -> None:
    try:
        writer.create(path, data)
    except FileExistsError:
        raise _there(path, folder) from None


def _refuse_links(folder: Path) -> None:
    """Raises ChangeRefused where a symbolic link leads out of the folder."""
    for name in (PurePosixPath(locate.RELATIVE).parts[0], ".gitattributes", ".gitignore"):
        if (folder / name).is_symlink():
            raise ChangeRefused(
                _(
                    "{path} là một liên kết; de06 init không ghi qua liên kết. "
                    "Hãy chạy ở thư mục khác, hoặc thay liên kết bằng tệp hay thư mục thật."
                ).format(path=name)
            )


def _add_line(path: Path, line: str, key: str = "") -> None:
    """Adds a line to a text file that lacks it, or any line for ``key``; everything else stays as it is.
    No link is followed."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, flag, 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        with open(descriptor, "r+b", closefd=False, buffering=0) as file:
            text = file.read()
            keys = [one.split(b" ", 1)[0] for one in text.splitlines()] if key else []
            if line.encode() not in text.splitlines() and key.encode() not in keys:
                separator = b"" if not text or text.endswith(b"\n") else b"\n"
                file.write(separator + line.encode() + b"\n")
    finally:
        os.close(descriptor)
