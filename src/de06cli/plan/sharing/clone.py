"""A user's own copy of a repository, as sharing needs it: on a branch, with a place to share with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import _
from de06cli.plan.committed.git import NoRepository, root_of
from de06cli.plan.committed.git_call import Answer, Git
from de06cli.plan.sharing.refusals import refusal


class Clone(NamedTuple):
    """A working tree on a branch. ``remote`` is the place to share with, as git calls it."""

    root: Path
    folder: Path  # git's own
    git: Git
    branch: str
    remote: str
    remote_branch: str
    has_upstream: bool  # whether git knows this pair of branches; else the first push records it

    @property
    def tracking(self) -> str:
        """The full name under which the remote branch is known here."""
        return f"refs/remotes/{self.remote}/{self.remote_branch}"

    def ask(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Git's answer, whatever its exit code."""
        return self.git.run(self.root, *arguments, stdin=stdin)

    def do(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What git prints. Raises ChangeRefused or UnreadableData where it fails, see ``refusal``."""
        answer = self.ask(*arguments, stdin=stdin)
        if answer.returncode:
            raise refusal(answer)
        return answer.stdout

    def commit(self, name: str) -> str | None:
        """The id of the commit that ``name`` is now; None where there is none yet."""
        found = self.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return found.stdout.decode("ascii").strip() or None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is in the history of another, or the same."""
        return self.ask("merge-base", "--is-ancestor", older, newer).returncode == 0

    def blob(self, commit: str, path: str) -> str | None:
        """The id of a file's content in a commit; None where the commit does not have it."""
        found = self.ask("rev-parse", "--verify", "--quiet", f"{commit}:{path}")
        return found.stdout.decode("ascii").strip() or None

    def content(self, blob: str) -> bytes:
        """The bytes with this id."""
        return self.do("cat-file", "blob", blob)

    def is_merging(self) -> bool:
        """Whether a merge was begun here and is not finished."""
        return (self.folder / "MERGE_HEAD").exists()


def clone_around(files: Iterable[Path], variables: Mapping[str, str]) -> Clone:
    """The copy that holds all ``files``, for the git of a user with these ``variables``.

    Raises RefusedValue where there is no repository, no remote, or more than one of either to choose
    from; ChangeRefused on no branch, or where a rebase or the like is under way.
    """
    git = Git(variables)
    roots = {_root(path, git) for path in files}
    if len(roots) > 1:
        raise RefusedValue(
            _(
                "Các tệp kế hoạch nằm trong {n} kho git. Hãy chọn một tệp, ví dụ: "
                "de06 sync --data {path}"
            ).format(n=len(roots), path=visible_name(next(iter(files))))
        )
    root = roots.pop()
    folder = Path(_line(git.run(root, "rev-parse", "--absolute-git-dir")))
    _refuse_begun(folder)
    branch = _line(git.run(root, "symbolic-ref", "--quiet", "--short", "HEAD"))
    if not branch:
        raise ChangeRefused(
            _("Kho git không ở nhánh nào nên không đồng bộ. Hãy chạy: git switch main")
        )
    remote = _line(git.run(root, "config", "--get", f"branch.{branch}.remote"))
    merged = _line(git.run(root, "config", "--get", f"branch.{branch}.merge"))
    if remote and merged and remote != ".":
        return Clone(
            root, folder, git, branch, remote, merged.removeprefix("refs/heads/"), has_upstream=True
        )
    chosen = _only_remote(_lines(git.run(root, "remote")))
    return Clone(root, folder, git, branch, chosen, branch, has_upstream=False)


def has_remote(file: Path, variables: Mapping[str, str]) -> bool:
    """Whether the file lies in a repository that knows a place to share with."""
    answer = Git(variables).run(file.resolve().parent, "remote")
    return answer.returncode == 0 and bool(answer.stdout.strip())


def _root(path: Path, git: Git) -> Path:
    try:
        return root_of(path.resolve().parent, git).resolve()
    except NoRepository as error:
        raise RefusedValue(
            _(
                "{reason} Hãy lấy kế hoạch chung về bằng git clone ĐỊA-CHỈ, rồi chạy de06 sync "
                "trong thư mục đó."
            ).format(reason=error)
        ) from None


def _refuse_begun(folder: Path) -> None:
    """Refuses where something of git's own was begun that changes the history."""
    begun = {
        "rebase-merge": "rebase",
        "rebase-apply": "rebase",
        "CHERRY_PICK_HEAD": "cherry-pick",
        "REVERT_HEAD": "revert",
    }
    for name, command in begun.items():
        if (folder / name).exists():
            raise ChangeRefused(
                _(
                    "Lệnh git {command} đang dở nên chưa đồng bộ. Hãy chạy git {command} --continue "
                    "để làm tiếp, hoặc git {command} --abort để bỏ, rồi chạy lại de06 sync."
                ).format(command=command)
            )


def _only_remote(remotes: list[str]) -> str:
    if not remotes:
        raise RefusedValue(
            _(
                "Kho git này chưa có nơi để đồng bộ. Hãy hỏi người phụ trách địa chỉ của kho chung "
                "rồi chạy: git remote add origin ĐỊA-CHỈ"
            )
        )
    if "origin" in remotes or len(remotes) == 1:
        return "origin" if "origin" in remotes else remotes[0]
    raise RefusedValue(
        _(
            "Kho git này có nhiều nơi để đồng bộ: {remotes}. Hãy chọn một, ví dụ: "
            "git push -u {first} HEAD"
        ).format(remotes=", ".join(map(visible_name, remotes)), first=visible_name(remotes[0]))
    )


def _line(answer: Answer) -> str:
    return os.fsdecode(answer.stdout).removesuffix("\n") if answer.returncode == 0 else ""


def _lines(answer: Answer) -> list[str]:
    return os.fsdecode(answer.stdout).split("\n")[:-1] if answer.returncode == 0 else []
