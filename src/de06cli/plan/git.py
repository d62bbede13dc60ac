"""The committed states of a data file, asked of git itself."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _
from de06cli.plan.characters import visible_name


class Commit(NamedTuple):
    """A commit that changed the file. ``path`` is the file's in it, ``path_before`` in its parents."""

    id: str
    author: str
    when: str  # ISO 8601, the author's
    subject: str
    parents: tuple[str, ...]
    path: str
    path_before: str | None  # None where the commit added the file
    removed: bool  # whether the commit took the file away


class Repository(NamedTuple):
    """The repository around a data file."""

    root: Path
    path: str  # the file's, from the root

    @classmethod
    def around(cls, path: Path) -> Repository:
        """The repository that holds ``path``. Raises UnreadableData where there is none, or no git."""
        resolved = path.resolve()
        folder = resolved.parent
        while not folder.is_dir():
            folder = folder.parent
        found = _git(folder, "rev-parse", "--show-toplevel")
        if b"safe.directory" in found.stderr:
            raise UnreadableData(
                _(
                    "Kho git chứa {folder} thuộc về người dùng khác nên git không đọc. "
                    "Xem safe.directory trong `git help config`."
                ).format(folder=visible_name(folder))
            )
        if found.returncode:
            raise UnreadableData(
                _("{folder} không nằm trong một kho git.").format(folder=visible_name(folder))
            )
        root = Path(os.fsdecode(found.stdout).removesuffix("\n"))
        return cls(root, resolved.relative_to(root.resolve()).as_posix())

    def commit(self, revision: str) -> str:
        """The full id of a revision. Raises RefusedValue for one that the repository does not know."""
        name = f"{revision}^{{commit}}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        commit = found.stdout.decode("ascii", "replace").strip()
        if not re.fullmatch("[0-9a-f]{40,64}", commit):  # "^HEAD" is answered with more than an id
            raise RefusedValue(
                _("Kho git không có phiên bản “{revision}”. Xem git log.").format(revision=revision)
            )
        return commit

    def blob(self, commit: str, path: str | None = None) -> bytes | None:
        """The file's bytes in a commit; None where the commit does not have it."""
        shown = self._run("cat-file", "blob", f"{commit}:{path or self.path}")
        return None if shown.returncode else shown.stdout

    def path_in(self, commit: str) -> str | None:
        """The name that the file had in a commit; None where the commit does not have it."""
        names = dict.fromkeys([self.path, *(one.path_before or one.path for one in self.history())])
        return next((name for name in names if self.blob(commit, name) is not None), None)

    def history(self, commit: str | None = None) -> list[Commit]:
        """The commits that changed the file, the newest first, renames followed.

        They lead to ``commit``, else to HEAD. A merge is listed where it differs from all its parents.
        """
        path = self.path_in(commit) if commit else self.path
        found = self._run(
            "--literal-pathspecs", "-c", "log.showSignature=false", "-c", "log.showRoot=true",
            "log", "--follow", "-c", "-M", "--name-status", "-z",
            "--encoding=UTF-8", "--format=%H%x00%an%x00%aI%x00%s%x00%P%x00",
            commit or "HEAD", "--", path or self.path,
        )  # fmt: skip
        listed = list(_commits(found.stdout))
        # A folder's history is that of its files.
        return listed if listed and listed[0].path == (path or self.path) else []

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return _git(self.root, *arguments)


def committed(path: Path, revision: str) -> tuple[bytes, str]:
    """The bytes of the file in ``revision``, and the full id of that commit.

    Raises RefusedValue for a revision that the repository does not know, UnreadableData where there is
    no repository, no git, or no such file in the revision.
    """
    repository = Repository.around(path)
    commit = repository.commit(revision)
    data = repository.blob(commit)
    if data is None and (name := repository.path_in(commit)):
        data = repository.blob(commit, name)
    if data is None:
        raise UnreadableData(
            _("Phiên bản {revision} không có tệp {path}.").format(
                revision=revision, path=visible_name(repository.path)
            )
        )
    return data, commit


# What `git log -z` prints: five fields, then a status and the paths that it is about. A merge that
# leaves the file as one of its parents has it is listed too, with no status. Of a file that began as a
# copy of another (C), what comes before is the other's history.
_LISTED = re.compile(
    rb"([0-9a-f]{40,64})"
    + rb"\0([^\0]*)" * 4
    + rb"[\0\n]+(?:(?:([RC])[0-9]+\0([^\0]+)|([A-Z]+))\0([^\0]+))?"
)


def _commits(listed: bytes) -> Iterator[Commit]:
    for entry in _LISTED.finditer(listed):
        commit, *texts, moved, other, status, path = entry.groups()
        if path is None:
            continue
        author, when, subject, parents = (text.decode("utf-8", "replace") for text in texts)
        added = status == b"A" or moved == b"C"
        before = None if added else os.fsdecode(other or path)
        yield Commit(
            commit.decode("ascii"),
            author,
            when,
            subject,
            tuple(parents.split()),
            os.fsdecode(path),
            before,
            removed=status is not None and not status.strip(b"D"),
        )
        if moved == b"C":
            return


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - the arguments are our own
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's git
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (FileNotFoundError, PermissionError):
        raise UnreadableData(_("Không tìm thấy git trên máy này.")) from None
