"""A commit taken into the working tree: plans by de06's own writer, old or new and never torn.

git replaces a file by deleting it and writing it again. A plan is written first, under its lock and only
where it is as it was committed, and its new state is put into the index; git then finds it in place. What
is marked in between stands in the file and is left alone.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.committed.git_call import Answer
from de06cli.plan.file import writer
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.recording import others_changed

_JOURNAL = "de06-sync"  # in git's folder: the commit that is being taken in


class Meanwhile(Exception):
    """A plan, or the branch, was changed since it was looked at: to be begun again."""


def take_in(clone: Clone, head: str, new: str) -> None:
    """Moves the branch from ``head`` to ``new``, which follows it, and the working tree with it.

    Raises Meanwhile where somebody marked or committed in between; ChangeRefused where other changed
    files stand in the way. Nothing of the working tree is changed then.
    """
    paths = _changed(clone, head, new)
    _refuse_edited(clone, [path for path in paths if not _is_plan(clone, path, head, new)])
    plans = [path for path in paths if _is_plan(clone, path, head, new)]
    journal = clone.folder / _JOURNAL
    journal.write_text(f"{new}\n", "ascii")
    with _signals_as_they_were():
        for path in plans:
            _write(clone, path, head, new)
        for path in plans:
            _put_into_index(clone, path, new)
        moved = _follow(clone, new)
    if moved.returncode:
        if clone.commit("HEAD") != head:
            raise Meanwhile
        raise ChangeRefused(_own_words(moved.stderr))
    with suppress(OSError):
        journal.unlink()


def finish(clone: Clone) -> None:
    """Ends what ``take_in`` began in a process that was killed: where the plans are already as the new
    commit has them, the branch follows. Else nothing of it counts, and it is begun again."""
    journal = clone.folder / _JOURNAL
    with suppress(OSError, UnicodeDecodeError):
        new, head = journal.read_text("ascii").strip(), clone.commit("HEAD")
        if head and new != head and clone.is_ancestor(head, new):
            plans = [
                path for path in _changed(clone, head, new) if _is_plan(clone, path, head, new)
            ]
            if plans and all(_is_as_in(clone, path, new) for path in plans):
                for path in plans:
                    _put_into_index(clone, path, new)
                _follow(clone, new)
        journal.unlink()


@contextmanager
def _signals_as_they_were() -> Iterator[None]:
    """Gives the process its signals back, which the writer of a plan holds back until its exit."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [signal.Signals[name] for name in names if hasattr(signal, name)]
    handlers = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _follow(clone: Clone, new: str) -> Answer:
    return clone.ask("-c", "core.hooksPath=/dev/null", "merge", "--quiet", "--ff-only", new)


def _changed(clone: Clone, head: str, new: str) -> list[str]:
    listed = clone.do("diff-tree", "-r", "-z", "--name-only", "--no-renames", head, new)
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _is_plan(clone: Clone, path: str, head: str, new: str) -> bool:
    """Whether a file may be a plan that is there before and after, in the working tree too."""
    named = path.casefold().endswith((".yaml", ".yml"))
    there = named and (clone.root / path).is_file() and not (clone.root / path).is_symlink()
    return bool(there and clone.blob(head, path) and clone.blob(new, path))


def _refuse_edited(clone: Clone, paths: list[str]) -> None:
    """Refuses where a file that others have changed is changed here too, and is no plan."""
    edited = others_changed(clone)
    for path in paths:
        if path in edited:
            raise ChangeRefused(
                _(
                    "Tệp {path} đang sửa dở trên máy này mà đồng nghiệp cũng đã sửa, nên chưa nhận "
                    "về. Hãy lưu phần sửa: git add {path}, rồi git commit -m “…” {path}; hoặc cất "
                    "đi: git stash push {path}. Sau đó chạy lại de06 sync."
                ).format(path=visible_name(path))
            )


def _write(clone: Clone, path: str, head: str, new: str) -> None:
    """Writes the plan as ``new`` has it, if it is as ``head`` has it."""
    data = clone.do("cat-file", "--filters", f"{new}:{path}")
    expected = {clone.blob(head, path), clone.blob(new, path)}

    def replaced(found: bytes) -> bytes:
        if _hash(clone, path, found) not in expected:
            raise Meanwhile
        return data

    writer.rewrite(clone.root / path, replaced)


def _hash(clone: Clone, path: str, data: bytes) -> str:
    hashed = clone.do("hash-object", "--stdin", f"--path={path}", stdin=data)
    return hashed.decode("ascii").strip()


def _is_as_in(clone: Clone, path: str, commit: str) -> bool:
    return _hash(clone, path, Path(clone.root, path).read_bytes()) == clone.blob(commit, path)


def _put_into_index(clone: Clone, path: str, commit: str) -> None:
    listed = clone.do("--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", path)
    mode = listed.split(b" ")[0].decode("ascii")
    clone.do("update-index", "--cacheinfo", f"{mode},{clone.blob(commit, path)},{path}")
    clone.ask("update-index", "-q", "--refresh", "--", path)


def _own_words(said: bytes) -> str:
    text = " ".join(said.decode("utf-8", "replace").split())
    return _("Không nhận về được, các tệp kế hoạch vẫn còn. git báo: {reason}").format(reason=text)
