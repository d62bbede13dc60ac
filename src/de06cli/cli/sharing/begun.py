"""A merge that somebody began by hand, and the conflicts that it left: settled place by place."""

from __future__ import annotations

from collections.abc import Mapping

from de06cli.characters import visible_name
from de06cli.cli import opening
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.checks import conflicts
from de06cli.plan.file import locate, reader, writer
from de06cli.plan.file.locate import Located
from de06cli.plan.sharing import joining, recording
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.joining import Settle, Versions
from de06cli.plan.sharing.taking import Meanwhile


def settle(clone: Clone, files: Mapping[str, Located], ask: Settle) -> None:
    """Ends a merge that stopped at the plans, with what both sides added and what ``ask`` settles.

    A plan that a person has put in order is taken as it is. Raises ChangeRefused for a merge of other
    files; what ``ask`` raises passes through, and the merge is as it was.
    """
    merging, open_ones = clone.is_merging(), {one.path: one for one in joining.unmerged(clone)}
    marked = [path for path, file in files.items() if file.path.exists() and _is_marked(file)]
    if not (merging or open_ones or marked):
        return
    if strange := [path for path in open_ones if path not in files]:
        raise ChangeRefused(
            _(
                "Lần gộp trước chưa xong ở tệp {path}. Hãy sửa tệp đó rồi chạy git add {path}, hoặc "
                "bỏ lần gộp: git merge --abort. Sau đó chạy lại de06 sync."
            ).format(path=visible_name(strange[0]))
        )
    if not (open_ones or marked):
        raise ChangeRefused(refusal())
    for path in marked:
        _settle_one(clone, files[path], open_ones.get(path), ask)
    for path in open_ones:  # put in order by hand: it has to be a plan all the same
        opening.valid_plan(locate.read_bytes(files[path]), files[path].given)
    if merging:
        recording.finish_merge(clone, [*open_ones])
    elif open_ones:
        clone.do("--literal-pathspecs", "add", "--", *open_ones)


def refusal() -> str:
    """That a merge is under way, and how it ends."""
    return _(
        "Một lần gộp của git đang dở nên chưa đồng bộ. Hãy chạy git commit --no-edit để kết thúc, "
        "hoặc git merge --abort để bỏ, rồi chạy lại de06 sync."
    )


def _is_marked(file: Located) -> bool:
    return b"<<<<<<<" in locate.read_bytes(file) and _sides(file) is not None


def _sides(file: Located) -> conflicts.Sides | None:
    try:
        return conflicts.sides(locate.read_bytes(file).decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _settle_one(clone: Clone, file: Located, versions: Versions | None, ask: Settle) -> None:
    data = locate.read_bytes(file)
    found = conflicts.sides(data.decode("utf-8"))
    if found is None:
        raise Meanwhile
    base = clone.content(versions.base).decode("utf-8", "replace") if versions else found.base
    text = joining.merged_plan(clone, file.given, base, found.ours, found.theirs, ask)
    if text is None:
        opening.valid_plan(data, file.given)  # which names each place and the ways out
        return
    written = text.encode("utf-8")
    if reader.read(written).plan is None:
        opening.valid_plan(written, file.given)

    def replaced(now: bytes) -> bytes:
        if now != data:
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        return written

    writer.rewrite(file.path, replaced)
