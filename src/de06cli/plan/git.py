"""The committed states of a data file, asked of git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _


def committed(path: Path, revision: str) -> tuple[bytes, str]:
    """The bytes of the file in ``revision``, and the full id of that commit.

    Raises RefusedValue for a revision that the repository does not know, UnreadableData where there is
    no repository, no git, or no such file in the revision.
    """
    folder = _existing_folder(path)
    if _git(folder, "rev-parse", "--git-dir").returncode:
        raise UnreadableData(
            _("{folder} không nằm trong một kho git, nên không có --rev.").format(folder=folder)
        )
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    commit = found.stdout.decode("ascii", "replace").strip()
    if found.returncode or not commit:
        raise RefusedValue(
            _("Kho git không có phiên bản “{revision}”. Xem git log.").format(revision=revision)
        )
    relative = path.resolve().relative_to(folder.resolve()).as_posix()
    shown = _git(folder, "cat-file", "blob", f"{commit}:./{relative}")
    if shown.returncode:
        raise UnreadableData(
            _("Phiên bản {revision} không có tệp {path}.").format(revision=revision, path=path.name)
        )
    return shown.stdout, commit


def _existing_folder(path: Path) -> Path:
    folder = path.resolve().parent
    while not folder.is_dir():
        folder = folder.parent
    return folder


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - the arguments are our own
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's git
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise UnreadableData(_("Không tìm thấy git trên máy này.")) from None
