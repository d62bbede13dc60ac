"""The last mark taken back: ``undo``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from de06cli.cli import environment, opening
from de06cli.cli.file_change import FileChange, Writing, ask, last_written, make, writable
from de06cli.cli.parsing.declared import grouped
from de06cli.errors import ChangeRefused, De06Error
from de06cli.messages import _
from de06cli.plan.file import edits, locate
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.views.contents import sentences


@grouped
def run(writing: Writing) -> None:
    target = writable(opening.one_file(writing.data))
    now = opening.valid_plan(locate.read_bytes(target), target.given)
    entry = last_written(target, now)
    if entry is None:
        raise ChangeRefused(
            _("Không có lần ghi nhận nào ở {path} để hoàn tác.").format(path=target.shown)
        )

    def wanted(plan: Plan) -> list[Edit]:
        if last_written(target, plan) != entry:
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        if any(edits.applied(plan, edit) != plan for edit in entry.after):
            raise ChangeRefused(
                _(
                    "Nội dung đã ghi nhận lần gần nhất nay đã thay đổi nên không hoàn tác. "
                    "Xem: de06 log."
                )
            )
        return list(entry.before)

    wanted(now)
    if _is_committed(target, entry.after):
        ask(
            _("Lần ghi nhận này đã có trong kho git, cần xác nhận:"),
            sentences.undone(edits.after(now, entry.before), entry.before).removesuffix("\n"),
            _("Lần ghi nhận này đã có trong kho git. Vẫn hoàn tác? (c: có, Enter: không)"),
            _("Thêm --yes nếu vẫn hoàn tác."),
            writing,
        )
    make(FileChange(target, wanted, sentences.undone, entry), writing)


def _is_committed(target: Located, made: Sequence[Edit]) -> bool:
    """Whether the last committed state of the file holds any of the edits; False without git."""
    from de06cli.plan.committed.git import Repository  # noqa: PLC0415 - only undo asks git

    with suppress(De06Error, OSError):
        repository = Repository.around(target.path, environment.variables())
        last = repository.committed(repository.commit("HEAD"), "HEAD")
        committed = opening.valid_plan(last.data, target.given)
        return any(_says(committed, edit) for edit in made)
    return False


def _says(plan: Plan, edit: Edit) -> bool:
    with suppress(ChangeRefused):  # the plan has no such step
        return edits.applied(plan, edit) == plan
    return False
