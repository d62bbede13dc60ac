"""Two histories joined into one state, beside the working tree: nothing in it changes meanwhile.

git joins what only one side has changed. Of a plan that both sides have changed, the changes of both are
applied in the plan's terms; of any other text git's own way is taken, by lines.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import visible_name
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.committed.git_call import Answer, failed
from de06cli.plan.sharing import plans
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.plans import Merged

# Settles the questions of a merge: takes the file's path and what the merge found, returns the text.
Settle = Callable[[str, Merged], str]


class Versions(NamedTuple):
    """A file that both sides have changed: what they have of it, by the ids of its content."""

    path: str
    mode: str
    base: str
    ours: str
    theirs: str


def join(clone: Clone, ours: str, theirs: str, settle: Settle, message: str) -> str:
    """The id of a new commit that joins two commits; no branch and no file is changed.

    What ``settle`` raises passes through. Raises ChangeRefused where the two have nothing in common, or
    where a file that is no plan can't be joined.
    """
    with _own_index(clone) as beside:
        base = _base(beside, ours, theirs)
        beside.do("read-tree", "-i", "-m", "--aggressive", base, ours, theirs)
        for found in unmerged(beside):
            blob = _joined(beside, found, settle)
            beside.do("update-index", "--add", "--cacheinfo", f"{found.mode},{blob},{found.path}")
        tree = beside.do("write-tree").decode("ascii").strip()
    made = clone.do(
        "-c", "i18n.commitEncoding=UTF-8",
        "commit-tree", tree, "-p", ours, "-p", theirs, "-F", "-",
        stdin=message.encode("utf-8"),
    )  # fmt: skip
    return made.decode("ascii").strip()


@contextmanager
def _own_index(clone: Clone) -> Iterator[Clone]:
    """The copy with an index of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="de06-") as folder:
        pushed = {**clone.git.pushed, "GIT_INDEX_FILE": str(Path(folder, "index"))}
        yield clone._replace(git=clone.git._replace(pushed=pushed))


def _base(clone: Clone, ours: str, theirs: str) -> str:
    """What both sides began from. Of several such commits that which they join into."""
    found = clone.ask("merge-base", "--all", ours, theirs).stdout.decode("ascii").split()
    if not found:
        raise ChangeRefused(
            _(
                "Kho này và kho chung không cùng một lịch sử nên không gộp được. Hãy lấy kế hoạch "
                "chung về bằng git clone ĐỊA-CHỈ rồi ghi nhận ở đó."
            )
        )
    base = found[0]
    for other in found[1:]:
        with suppress(ChangeRefused):
            base = join(clone, base, other, _ours_of_both, "base")
    return base


def _ours_of_both(path: str, _found: Merged) -> str:
    raise ChangeRefused(path)


def unmerged(clone: Clone) -> list[Versions]:
    """The files of the index that both sides have changed.

    Raises ChangeRefused for what has not all three versions: one side took it away, or both added it.
    """
    stages: dict[str, dict[str, tuple[str, str]]] = {}
    for entry in clone.do("ls-files", "--unmerged", "-z", "--full-name").split(b"\0"):
        if entry:
            head, _tab, name = entry.partition(b"\t")
            mode, blob, stage = head.decode("ascii").split()
            stages.setdefault(os.fsdecode(name), {})[stage] = (mode, blob)
    return [_versions(path, found) for path, found in stages.items()]


def _versions(path: str, found: dict[str, tuple[str, str]]) -> Versions:
    if found.keys() != {"1", "2", "3"} or any(mode[:3] != "100" for mode, _id in found.values()):
        raise _not_joined(
            path, _("một bên sửa, bên kia xóa hoặc đổi tên, hoặc hai bên cùng thêm tệp này")
        )
    (old, base), (mode, ours), (other, theirs) = (found[stage] for stage in "123")
    return Versions(path, other if mode == old else mode, base, ours, theirs)


def _joined(clone: Clone, found: Versions, settle: Settle) -> str:
    """The id of the file's content with what both sides changed."""
    data = [clone.content(blob) for blob in (found.base, found.ours, found.theirs)]
    if found.path.casefold().endswith((".yaml", ".yml")):
        base, ours, theirs = map(_text, data)
        text = merged_plan(clone, found.path, base, ours, theirs, settle)
        if text is not None:
            return _stored(clone, text.encode("utf-8"))
    joined = _by_lines(clone, data)
    if joined.returncode:
        raise _not_joined(found.path, _("hai bên sửa cùng một chỗ"))
    return _stored(clone, joined.stdout)


def merged_plan(
    clone: Clone, path: str, base: str | None, ours: str | None, theirs: str | None, settle: Settle
) -> str | None:
    """The plan with what both sides changed; None where one of the three is no valid plan."""
    if base is None or ours is None or theirs is None:
        return None

    def by_lines(*texts: str) -> str:
        return _by_lines(clone, [text.encode("utf-8") for text in texts]).stdout.decode("utf-8")

    found = plans.merge(base, ours, theirs, by_lines)
    if found is None:
        return None
    return found.text if found.text is not None else settle(path, found)


def _by_lines(clone: Clone, data: Sequence[bytes]) -> Answer:
    """Three versions (base, ours, theirs) joined by git, which exits with the number of contradictions.

    Raises UnreadableData where git can't join them.
    """
    with tempfile.TemporaryDirectory(prefix="de06-") as folder:
        names = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for name, content in zip(names, data, strict=True):
            name.write_bytes(content)
        base, ours, theirs = map(str, names)
        answer = clone.ask("merge-file", "-p", "-q", ours, base, theirs)
    if answer.returncode not in range(128):
        raise failed(answer)
    return answer


def _not_joined(path: str, why: str) -> ChangeRefused:
    return ChangeRefused(
        _(
            "Không gộp được tệp {path}: {why}. Chưa gửi gì, các tệp vẫn như trước. Hãy nhờ người "
            "phụ trách kho git gộp bằng: git pull --no-rebase"
        ).format(path=visible_name(path), why=why)
    )


def _stored(clone: Clone, data: bytes) -> str:
    return clone.do("hash-object", "-w", "--stdin", stdin=data).decode("ascii").strip()


def _text(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
