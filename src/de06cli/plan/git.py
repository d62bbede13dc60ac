"""The committed states of a data file, asked of git itself."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed the file. ``path`` is the file's in it, ``path_before`` in its parents."""

    id: str
    author: str
    when: str  # ISO 8601, the author's
    subject: str
    parents: tuple[str, ...]
    path: str
    path_before: str | None  # None where the commit added the file


@dataclass(frozen=True, slots=True)
class Repository:
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
        if found.returncode:
            raise UnreadableData(_("{folder} không nằm trong một kho git.").format(folder=folder))
        root = Path(found.stdout.decode().removesuffix("\n"))
        return cls(root, resolved.relative_to(root.resolve()).as_posix())

    def commit(self, revision: str) -> str:
        """The full id of a revision. Raises RefusedValue for one that the repository does not know."""
        name = f"{revision}^{{commit}}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        commit = found.stdout.decode("ascii", "replace").strip()
        if found.returncode or not commit:
            raise RefusedValue(
                _("Kho git không có phiên bản “{revision}”. Xem git log.").format(revision=revision)
            )
        return commit

    def blob(self, commit: str, path: str | None = None) -> bytes | None:
        """The file's bytes in a commit; None where the commit does not have it."""
        shown = self._run("cat-file", "blob", f"{commit}:{path or self.path}")
        return None if shown.returncode else shown.stdout

    def data_in(self, commit: str) -> bytes | None:
        """The file's bytes in a commit, under the name that it had then; None where it had none."""
        names = dict.fromkeys([self.path, *(one.path_before or one.path for one in self.history())])
        return next((data for name in names if (data := self.blob(commit, name))), None)

    def history(self, since: str | None = None) -> list[Commit]:
        """The commits that changed the file, the newest first, renames followed.

        A merge is listed where it differs from all its parents. ``since`` is a day, 2023-12-30.
        """
        found = self._run(
            "-c", "core.quotepath=false", "log", "--follow", "-c", "-M", "--name-status",
            "--format=%x1e%H%x1f%an%x1f%aI%x1f%s%x1f%P",
            *([f"--since={since}T00:00:00"] if since else []),
            "--", self.path,
        )  # fmt: skip
        text = found.stdout.decode("utf-8", "replace")
        return [_commit(entry) for entry in text.split("\x1e")[1:]]

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return _git(self.root, *arguments)


def committed(path: Path, revision: str) -> tuple[bytes, str]:
    """The bytes of the file in ``revision``, and the full id of that commit.

    Raises RefusedValue for a revision that the repository does not know, UnreadableData where there is
    no repository, no git, or no such file in the revision.
    """
    repository = Repository.around(path)
    commit = repository.commit(revision)
    data = repository.blob(commit) or repository.data_in(commit)
    if data is None:
        raise UnreadableData(
            _("Phiên bản {revision} không có tệp {path}.").format(
                revision=revision, path=repository.path
            )
        )
    return data, commit


def _commit(entry: str) -> Commit:
    head, _separator, files = entry.partition("\n")
    commit, author, when, subject, parents = head.split("\x1f")
    status, *paths = files.strip("\n").split("\n")[0].split("\t")
    return Commit(
        commit,
        author,
        when,
        subject,
        tuple(parents.split()),
        paths[-1],
        None if status == "A" else paths[0],
    )


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
