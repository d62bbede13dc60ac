"""The committed states of a data file, asked of git itself."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from de06cli import messages
from de06cli.characters import visible_name
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.committed import git_call
from de06cli.plan.committed.git_call import Answer, Git, failed
from de06cli.plan.committed.git_log import FORMAT, Commit, Listed, place_of, read_log

# What git says where it can't read its own files; some versions answer 1 then, as to an unknown name.
_BROKEN = (b"error: Could not read", b"broken ref", b"error: packfile ", b"error: index file ")


class NoRepository(UnreadableData):
    """A folder lies in no working tree of git."""


class Committed(NamedTuple):
    """The file as it was committed."""

    data: bytes
    commit: str  # the full id
    path: str  # from the root, which may not be today's


class Repository(NamedTuple):
    """The repository around a data file."""

    root: Path
    path: str  # the file's, from the root
    git: Git

    @classmethod
    def around(cls, path: Path, variables: Mapping[str, str]) -> Repository:
        """The repository that holds ``path``, for the git of a user with these ``variables``.

        Raises UnreadableData where there is none, or no git.
        """
        resolved = path.resolve()
        folder = resolved.parent
        while not folder.is_dir():
            folder = folder.parent
        git = Git(variables)
        root = root_of(folder, git)
        own_path = resolved.relative_to(root.resolve()).as_posix()
        return cls(root, own_path, git._replace(pushed=_quarantine(root, git)))

    def find(self, revision: str) -> str | None:
        """The full id of the commit that git knows by that name; None where it knows none.

        Raises UnreadableData where the commit can't be read: nothing is committed yet, an object is
        missing, a reference is broken, or the history that this copy has is cut before it.
        """
        # Behind ":/" everything is what a commit's message says.
        wanted = revision if revision.startswith(":/") else f"{revision}^{{commit}}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        if name := _id(found):  # "^HEAD" is answered with more than an id
            return name
        if found.returncode not in (0, 1) or any(sign in found.stderr for sign in _BROKEN):
            raise failed(found)
        self._explain(revision)
        return None

    def _explain(self, revision: str) -> None:
        """Raises UnreadableData where a revision is no commit since something is missing."""
        named = _id(self._run("rev-parse", "--verify", "--quiet", "--end-of-options", revision))
        if named and named != revision.casefold():
            kind = self._run("cat-file", "-t", named)
            if kind.returncode:
                raise failed(kind)
        if re.match(r"(HEAD|@)(?![^~^@])", revision):
            tried = self._run("log", "-1", "--format=%H")
            if tried.returncode:
                raise failed(tried)
        if self._may_be_cut_off(revision) and self.is_shallow():
            raise UnreadableData(
                _(
                    "Kho git này là bản sao rút gọn, không có phiên bản {revision}. "
                    "Lấy đủ lịch sử: git fetch --unshallow."
                ).format(revision=revision)
            )

    def _may_be_cut_off(self, revision: str) -> bool:
        if re.fullmatch("[0-9a-fA-F]{7,64}", revision):
            return True
        begin = re.match(r"(.+?)[~^]", revision)
        if not begin:
            return False
        return bool(
            _id(self._run("rev-parse", "--verify", "--quiet", "--end-of-options", begin[1]))
        )

    def commit(self, revision: str) -> str:
        """The full id of a revision. Raises RefusedValue for one that the repository does not know,
        else like ``find``."""
        return self.find(revision) or _unknown(revision)

    def commit_of_day(self, day: date, timezone: str, revision: str = "HEAD") -> str | None:
        """The full id of what was committed at the end of ``day`` in ``timezone`` (an IANA name): the
        last commit on the first-parent line of ``revision`` with a committer date before that; None
        where the line begins later.

        Raises UnreadableData like ``find``; so for a day before the history that a shallow copy has.
        """
        end = datetime.combine(day, time.min, ZoneInfo(timezone)) + timedelta(days=1)
        moment = max(0, int(end.timestamp()) - 1)
        until = (
            [f"--min-age={moment}"] if moment < 2**31 else []
        )  # more than git's own number holds
        found = self._run("rev-list", "--first-parent", "-n1", *until, revision, "--")
        if found.returncode:
            self.commit(revision)  # which says so where nothing is committed yet
            raise failed(found)
        commit = _id(found)
        if not commit and self.is_shallow():
            raise UnreadableData(
                _(
                    "Kho git này là bản sao rút gọn, không có phiên bản nào đến hết ngày {day}. "
                    "Lấy đủ lịch sử: git fetch --unshallow."
                ).format(day=messages.day(day))
            )
        return commit

    def blob(self, commit: str, path: str | None = None) -> bytes | None:
        """The file's bytes in a commit; None where the commit does not have it. Raises UnreadableData
        where it has, and git can't read it."""
        path = path or self.path
        shown = self._run("cat-file", "blob", f"{commit}:{path}")
        if shown.returncode == 0:
            return shown.stdout
        listed = self._run(
            "--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", path
        )
        if listed.returncode:
            raise failed(listed)
        if any(entry.split()[1] == b"blob" for entry in listed.stdout.split(b"\0") if entry):
            raise failed(shown)
        return None

    def content(self, blob: str) -> bytes:
        """The bytes with this id. Raises UnreadableData where git can't read them."""
        shown = self._run("cat-file", "blob", blob)
        if shown.returncode:
            raise failed(shown)
        return shown.stdout

    def path_in(self, commit: str) -> str | None:
        """The name that the file had in a commit; None where the commit does not have it."""
        found = self._found(commit)
        return found and found.path

    def committed(self, commit: str, revision: str) -> Committed:
        """The file in a commit, under the name that it had there. ``revision`` is what people call it.

        Raises UnreadableData where the commit does not have it.
        """
        return self._found(commit) or _not_in(revision, self.path)

    def _found(self, commit: str) -> Committed | None:
        data = self.blob(commit)
        if data is not None:
            return Committed(data, commit, self.path)
        for name in dict.fromkeys(one.path_before or one.path for one in self.history()):
            data = self.blob(commit, name)
            if data is not None:
                return Committed(data, commit, name)
        return None

    def history(self, commit: str | None = None, *, all_merges: bool = False) -> list[Commit]:
        """The commits that changed the file, the newest first, renames followed.

        They lead to ``commit``, else to HEAD. A merge is listed where it differs from all its parents;
        with ``all_merges`` also where it leaves the file as one of them has it. Raises UnreadableData
        where git can't read the history.
        """
        path = (self.path_in(commit) if commit else None) or self.path
        listed = self._log("--follow", *([commit] if commit else []), "--", path)
        first = next((one for one in listed if one.changed), None)
        if first is None or first.commit.path != path:  # a folder's history is that of its files
            return []
        found = [one for one in listed if one.changed or all_merges]
        known = {one.commit.id for one in found}
        for rename in [one.commit for one in listed if one.commit.is_rename]:
            for one in self._before(rename, commit or "HEAD"):
                if one.commit.id not in known:
                    known.add(one.commit.id)
                    found.insert(place_of(one, found), one)
        return [one.commit for one in found]

    def _before(self, rename: Commit, upto: str) -> list[Listed]:
        """The commits of other branches that changed the file under its name before a rename, of which
        they knew nothing. Following the file, git passes over those that are younger than the rename."""
        after = self._run("rev-list", "--ancestry-path", f"{rename.id}..{upto}")
        if after.returncode:
            raise failed(after)
        knew = set(after.stdout.decode("ascii").split())
        listed = self._log("--full-history", upto, f"^{rename.id}", "--", str(rename.path_before))
        return [
            one
            for one in listed
            if one.changed and not one.commit.removed and one.commit.id not in knew
        ]

    def _log(self, *arguments: str) -> list[Listed]:
        """The commits that ``git log`` lists, of the path behind the last of the arguments."""
        found = self._run(
            "--literal-pathspecs", "-c", "log.showSignature=false", "-c", "log.showRoot=true",
            "log", "-c", "-M", "--no-color", "--no-ext-diff", "--no-textconv",
            "--no-relative", "--name-status", "-z",
            "--encoding=UTF-8", FORMAT,
            *arguments,
        )  # fmt: skip
        if found.returncode:
            raise failed(found)
        return list(read_log(found.stdout, arguments[-1]))

    def blob_ids(self, places: Sequence[tuple[str, str]]) -> list[str | None]:
        """The id of the file's content at each place (a commit and a path); None where there is none."""
        asked = [f"{commit}:{path}" for commit, path in places]
        if any("\n" in name for name in asked):
            return [
                _id(self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name))
                for name in asked
            ]
        answer = self._run(
            "cat-file", "--batch-check=%(objectname)",
            stdin=b"".join(os.fsencode(name) + b"\n" for name in asked),
        )  # fmt: skip
        if answer.returncode:
            raise failed(answer)
        lines = answer.stdout.decode("utf-8", "replace").split("\n")
        return [line if re.fullmatch(_FULL_ID, line) else None for line in lines[: len(asked)]]

    def is_tracked(self) -> bool:
        """Whether git keeps the file under the name that it has now, and has a commit at all."""
        known = self._run("--literal-pathspecs", "ls-files", "-z", "--full-name", "--", self.path)
        return bool(known.stdout and _id(self._run("rev-parse", "--verify", "--quiet", "HEAD")))

    def merge_bases(self, commits: Sequence[str]) -> list[str]:
        """The best common ancestors of the parents of a merge; none where their histories are apart."""
        found = self._run("merge-base", "--all", *commits)
        if found.returncode not in (0, 1):
            raise failed(found)
        return found.stdout.decode("ascii", "replace").split()

    def is_shallow(self) -> bool:
        """Whether this copy of the repository holds only the later part of its history."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def cut(self) -> frozenset[str]:
        """The commits whose parents a shallow copy does not have."""
        if not self.is_shallow():
            return frozenset()
        named = self._run("rev-parse", "--git-path", "shallow").stdout
        listed = self.root / os.fsdecode(named).removesuffix("\n")
        try:
            return frozenset(listed.read_text("ascii").split())
        except OSError as error:
            raise UnreadableData(
                _("Không đọc được {path}: {reason}.").format(
                    path=visible_name(listed), reason=error.strerror
                )
            ) from None

    def _run(self, *arguments: str, stdin: bytes = b"") -> Answer:
        return self.git.run(self.root, *arguments, stdin=stdin)


def root_of(folder: Path, git: Git) -> Path:
    """The top of the working tree that holds ``folder``. Raises NoRepository where there is none,
    UnreadableData where git can't read its repository."""
    found = git.run(folder, "rev-parse", "--show-toplevel")
    if found.returncode == 0:
        return Path(os.fsdecode(found.stdout).removesuffix("\n"))
    if b"safe.directory" in found.stderr:
        raise UnreadableData(
            _(
                "Kho git chứa {folder} thuộc về người dùng khác nên git không đọc. Nếu tin người đó thì "
                "gõ một lần lệnh mà git nêu:\n{command}"
            ).format(folder=visible_name(folder), command=_trusting(found))
        )
    if _is_none(found, folder):
        raise NoRepository(
            _("{folder} không nằm trong một kho git.").format(folder=visible_name(folder))
        )
    raise failed(found)


def _trusting(found: Answer) -> str:
    """The line with which git would trust a repository of another user, as git itself gives it."""
    lines = found.stderr.decode("utf-8", "replace").splitlines()
    commands = [line.strip() for line in lines if "git config" in line]
    return visible_name(commands[0]) if commands else git_call.own_words(found)


def _is_none(found: Answer, folder: Path) -> bool:
    """Whether git says that there is no working tree, and nothing looks like a broken one."""
    if b"fatal: this operation must be run in a work tree" in found.stderr:
        return True
    none = b"fatal: not a git repository (or any" in found.stderr
    return none and not any((parent / ".git").exists() for parent in (folder, *folder.parents))


def _quarantine(root: Path, git: Git) -> dict[str, str]:
    """The variables that show a pre-receive hook what is being pushed, if it is into this repository."""
    place = git.variables.get("GIT_QUARANTINE_PATH")
    if not place:
        return {}
    objects = os.fsdecode(git.run(root, "rev-parse", "--git-path", "objects").stdout)
    if (root / objects.removesuffix("\n")).resolve() != Path(place).resolve().parent:
        return {}
    names = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
    return {name: git.variables[name] for name in names if name in git.variables}


def _unknown(revision: str) -> str:
    raise RefusedValue(
        _("Kho git không có phiên bản “{revision}”. Xem git log.").format(revision=revision)
    )


def _not_in(revision: str, path: str) -> Committed:
    raise UnreadableData(
        _("Phiên bản {revision} không có tệp {path}.").format(
            revision=revision, path=visible_name(path)
        )
    )


_FULL_ID = "[0-9a-f]{40,64}"


def _id(answer: Answer) -> str | None:
    """The one id that git answered with."""
    text = answer.stdout.decode("ascii", "replace").strip()
    return text if answer.returncode == 0 and re.fullmatch(_FULL_ID, text) else None
