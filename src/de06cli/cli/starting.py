"""A new plan folder: ``init``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from de06cli.cli import opening, output
from de06cli.cli.options import Common, grouped
from de06cli.errors import ChangeRefused
from de06cli.messages import N_, _
from de06cli.plan import locate, schema
from de06cli.plan.skeleton import SKELETON

LOCK = f"{locate.RELATIVE.as_posix()}.lock"
ATTRIBUTES = f"{locate.RELATIVE.as_posix()} text eol=lf"


@grouped
def init(
    common: Common,
    empty: Annotated[
        bool, typer.Option("--empty", help=N_("Một tệp mẫu có chú thích thay cho bản sao."))
    ] = False,
) -> None:
    folder = opening.working_folder()
    target = folder / locate.RELATIVE
    if target.exists() or target.is_symlink():
        raise ChangeRefused(
            _("{path} đã có; không ghi đè.").format(path=locate.RELATIVE.as_posix())
        )
    if empty:
        data = SKELETON.encode()
    else:
        located = opening.one_file(common.data)
        data = locate.read_bytes(located)
        opening.valid_plan(data, located.given)
    try:
        target.parent.mkdir(exist_ok=True)
        described = json.dumps(schema.json_schema(), ensure_ascii=False, indent=2) + "\n"
        target.with_name(locate.SCHEMA_NAME).write_bytes(described.encode())
        _add_line(folder / ".gitattributes", ATTRIBUTES)
        _add_line(folder / ".gitignore", LOCK)
        _write_new(target, data)  # last: where something failed, init can be run again
    except OSError as error:
        raise ChangeRefused(
            _("Không tạo được {path}: {reason}.").format(
                path=error.filename or target, reason=error.strerror
            )
        ) from None
    created = _("Đã tạo {path}. Kiểm tra: de06 check. Xem: de06 list.").format(
        path=locate.RELATIVE.as_posix()
    )
    try:
        output.write(f"{created}\n")
    except (output.Unwritable, output.Closed):  # the plan is there all the same
        output.say(created)


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _add_line(path: Path, line: str) -> None:
    """Adds a line to a text file that lacks it; everything else stays as it is."""
    text = path.read_bytes() if path.exists() else b""
    if line.encode() in text.splitlines():
        return
    separator = b"" if not text or text.endswith(b"\n") else b"\n"
    with path.open("ab") as file:
        file.write(separator + line.encode() + b"\n")
