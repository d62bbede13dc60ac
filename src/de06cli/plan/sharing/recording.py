"""The plan's own files put into the repository's history, and nothing else of the working tree."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.committed.git_call import Answer
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.refusals import hook_refusal, refusal


class Identity(NamedTuple):
    """In whose name something is recorded; None for what git does not know."""

    name: str | None
    address: str | None

    @property
    def is_known(self) -> bool:
        return bool(self.name and self.address)


def identity(clone: Clone) -> Identity:
    """The identity that the user's variables and settings give. What git would guess from the
    machine's name is none."""
    variables = clone.git.variables

    def setting(key: str) -> str | None:
        found = clone.ask("config", "--get", key)
        return found.stdout.decode("utf-8", "replace").strip() or None

    def given(what: str) -> str | None:
        author, committer = (
            variables.get(f"GIT_{who}_{what}") or setting(f"{who.lower()}.{what.lower()}")
            for who in ("AUTHOR", "COMMITTER")
        )
        return author if author and committer else None

    name = given("NAME") or setting("user.name")
    address = given("EMAIL") or setting("user.email") or variables.get("EMAIL")
    return Identity(name, address)


def keep_identity(clone: Clone, name: str, address: str) -> None:
    """Stores who the user is, for this folder alone."""
    clone.do("config", "--local", "user.name", name)
    clone.do("config", "--local", "user.email", address)


def own_path(clone: Clone, file: Path) -> str:
    """A file's path from the root of the working tree, as git writes it."""
    return file.resolve().relative_to(clone.root).as_posix()


def changed(clone: Clone, paths: Sequence[str]) -> list[str]:
    """Those of the paths whose files are not as the last commit has them, new ones among them.

    Raises ChangeRefused where git is told to leave out all of them, and so would never share anything.
    """
    found = [path for path, _state in _status(clone, *paths)]
    if paths and not found and not any(_is_known(clone, path) for path in paths):
        raise _left_out(paths[0])
    return found


def others_changed(clone: Clone) -> dict[str, str]:
    """Every file of the working tree that is not as committed, with git's two letters for it."""
    return dict(_status(clone))


def _status(clone: Clone, *paths: str) -> list[tuple[str, str]]:
    listed = clone.do(
        "--literal-pathspecs", "status", "--porcelain", "-z", "--untracked-files=all",
        "--no-renames", "--ignore-submodules", *(["--", *paths] if paths else []),
    )  # fmt: skip
    entries = [os.fsdecode(entry) for entry in listed.split(b"\0") if entry]
    return [(entry[3:], entry[:2]) for entry in entries]


def record(clone: Clone, paths: Sequence[str], message: str) -> None:
    """Makes a commit of these files as they are now; what else is changed or staged stays so.

    Raises ChangeRefused where a hook refuses, or a lock is left; UnreadableData where git fails.
    """
    _add(clone, paths)
    made = clone.ask(
        "--literal-pathspecs", "-c", "i18n.commitEncoding=UTF-8",
        "commit", "--quiet", "--only", "--cleanup=whitespace", "-F", "-", "--", *paths,
        stdin=message.encode("utf-8"),
    )  # fmt: skip
    if made.returncode:
        raise _not_made(clone, made, paths)


def _add(clone: Clone, paths: Sequence[str]) -> None:
    new = [path for path in paths if not _is_known(clone, path)]
    if not new:
        return
    added = clone.ask("--literal-pathspecs", "add", "--", *new)
    if added.returncode == 0:
        return
    if b"ignored by one of your .gitignore" in added.stderr:
        raise _left_out(new[0])
    raise refusal(added)


def _left_out(path: str) -> ChangeRefused:
    return ChangeRefused(
        _(
            "Tệp {path} bị .gitignore loại ra nên không đồng bộ được. Hãy xóa dòng đó trong "
            ".gitignore, hoặc chạy: git add -f {path}"
        ).format(path=visible_name(path))
    )


def _is_known(clone: Clone, path: str) -> bool:
    return bool(clone.do("--literal-pathspecs", "ls-files", "-z", "--", path))


def _not_made(clone: Clone, made: Answer, paths: Sequence[str]) -> Exception:
    """Why there is no commit: a hook of the user's, or git itself."""
    if b"fatal:" in made.stderr or b"error: gpg" in made.stderr:
        return refusal(made)
    return hook_refusal(made) if changed(clone, paths) else refusal(made)


def finish_merge(clone: Clone, paths: Sequence[str]) -> None:
    """Ends the merge that is under way with these files as they are now. Raises like ``record``."""
    clone.do("--literal-pathspecs", "add", "--", *paths)
    made = clone.ask("commit", "--quiet", "--no-edit", "--cleanup=strip")
    if made.returncode:
        raise hook_refusal(made) if b"fatal:" not in made.stderr else refusal(made)
