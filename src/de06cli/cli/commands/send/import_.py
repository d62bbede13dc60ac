"""Progress that agencies filled into an exported workbook: ``import``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

from de06cli.characters import visible_name
from de06cli.cli import opening, output
from de06cli.cli.commands.send import office_locks
from de06cli.cli.commands.send.output_file import OFFICE, optional
from de06cli.cli.file_change import FileChange, Writing, confirm, make_all, writable
from de06cli.cli.parsing.declared import Argument, Option, grouped
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _, ngettext
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.locate import Located
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Plan
from de06cli.tracking import filled, marking
from de06cli.tracking.filled import Answer, Conflict, Filled, Request, Trouble
from de06cli.tracking.marking import Mark
from de06cli.views import words
from de06cli.views.contents import sentences
from de06cli.views.office import limits


@grouped
def run(
    file: Annotated[str, Argument(metavar="FILE")],
    writing: Writing,
    skip_conflicts: Annotated[
        bool,
        Option(
            "--skip-conflicts",
            help=N_(
                "Bỏ qua và liệt kê các hàng mà kế hoạch đã đổi từ khi xuất, ghi các hàng khác."
            ),
        ),
    ] = False,
) -> None:
    read = optional(_read_workbook, OFFICE)
    with output.working(_("Đọc {path}").format(path=visible_name(file))):
        found = read(Path(file))
    office_locks.warn_of_open(Path(file))
    _warn_of_beside(found)
    files = opening.located(writing.data)
    plans = opening.usable(files)
    batches, lost = _by_plan(found.requests, plans)
    asked = [_answer(batch.requests, batch.plan) for batch in batches]
    if skip_conflicts:
        batches, asked = _without_conflicts(batches, asked)
    _refuse(asked, lost)
    batches, marks = _changing(batches, [answer.marks for answer in asked])
    if not marks:
        _say_nothing_new(beside=bool(found.strays))
        return
    for batch in batches:
        writable(batch.target)
    several = len(batches) > 1
    _confirm(batches, marks, writing)
    make_all([_change(batch, several=several) for batch in batches], writing)


def _read_workbook() -> Callable[[Path], Filled]:
    from de06cli.views.office.xlsx import reading  # noqa: PLC0415 - its library may be missing

    return reading.read


def _warn_of_beside(found: Filled) -> None:
    """Warns of cells of the workbook that are not imported."""
    if found.macros:
        output.say(_("Lưu ý: tệp có macro; de06 không chạy macro, chỉ đọc các ô."))
    if not found.sealed:
        output.say(
            _(
                "Lưu ý: tệp do phiên bản de06 trước xuất ra, nên không kiểm tra được nội dung đã sửa "
                "ngoài ô nền vàng."
            )
        )
    n = len(found.strays)
    if n:
        heading = ngettext(
            "Lưu ý: không nhận {n} chỗ ghi ngoài ô nền vàng:",
            "Lưu ý: không nhận {n} chỗ ghi ngoài ô nền vàng:",
            n,
        ).format(n=n)
        _say_listed(heading, map(sentences.stray, found.strays))


def _say_nothing_new(*, beside: bool) -> None:
    output.say(
        _("Các ô nền vàng không có gì mới; chưa ghi gì.")
        if beside
        else _("Không có nội dung nào cần thay đổi.")
    )


def _without_conflicts(
    batches: Sequence[_Batch], answers: Sequence[Answer]
) -> tuple[list[_Batch], list[Answer]]:
    """The batches without the rows that are in conflict with the plan, which are listed."""
    conflicts = [found for answer in answers for found in answer.conflicts]
    n = len(conflicts)
    if not n:
        return list(batches), list(answers)
    heading = ngettext(
        "Lưu ý: bỏ qua {n} hàng mà kế hoạch đã đổi từ khi xuất:",
        "Lưu ý: bỏ qua {n} hàng mà kế hoạch đã đổi từ khi xuất:",
        n,
    ).format(n=n)
    _say_listed(heading, map(sentences.conflict, conflicts))
    left_out = {id(found.request) for found in conflicts}
    kept = [
        batch._replace(requests=[one for one in batch.requests if id(one) not in left_out])
        for batch in batches
    ]
    return kept, [answer._replace(conflicts=[]) for answer in answers]


def _say_listed(heading: str, lines: Iterable[str]) -> None:
    output.say(words.visible("\n".join([heading, *_clipped(list(lines))])))


def _clipped(lines: list[str]) -> list[str]:
    """The first lines, and the number of the others."""
    more = len(lines) - limits.LISTED
    if more <= 0:
        return lines
    others = ngettext("  … và {n} chỗ khác.", "  … và {n} chỗ khác.", more).format(n=more)
    return [*lines[: limits.LISTED], others]


class _Batch(NamedTuple):
    """The rows about one plan, and where it is written."""

    target: Located
    plan: Plan
    requests: list[Request]


def _by_plan(requests: Sequence[Request], plans: Portfolio) -> tuple[list[_Batch], list[Trouble]]:
    """The requests by plan, in the order of the plans, and those of plans that are not in use."""
    codes = {plan.heading.code.casefold(): at for at, plan in enumerate(plans.plans)}
    by_plan: dict[int, list[Request]] = {}
    lost = []
    for request in requests:
        plans.refuse_claimed(request.plan)
        at = codes.get(request.plan.casefold())
        if at is None and not request.plan and not plans.several:
            at = 0
        if at is None:
            known = ", ".join(plan.heading.code for plan in plans.plans[:3])
            reason = _("Không có kế hoạch “{plan}”; kế hoạch đang dùng là {code}.").format(
                plan=request.plan, code=known
            )
            lost.append(request.trouble("plan", reason))
        else:
            by_plan.setdefault(at, []).append(request)
    batches = [
        _Batch(plans.files[at], plans.plans[at].plan(), by_plan[at]) for at in sorted(by_plan)
    ]
    return batches, lost


def _answer(requests: Sequence[Request], plan: Plan) -> Answer:
    return filled.answer(requests, plan, opening.today(plan.plan.timezone, None))


def _refuse(answers: Sequence[Answer], lost: Sequence[Trouble] = ()) -> None:
    """Raises RefusedValue or ChangeRefused with every cell that keeps the marks from being made."""
    troubles: list[Trouble] = [*lost, *(found for one in answers for found in one.troubles)]
    conflicts: list[Conflict] = [found for one in answers for found in one.conflicts]
    lines = [*map(sentences.trouble, troubles), *map(sentences.conflict, conflicts)]
    if not lines:
        return
    kind = RefusedValue if troubles else ChangeRefused
    raise kind("\n".join([_("Chưa ghi gì; hãy xem lại các ô này:"), *_clipped(lines)]))


def _changing(
    batches: Sequence[_Batch], marks: Sequence[list[Mark]]
) -> tuple[list[_Batch], list[list[Mark]]]:
    """The batches that change anything, and their marks."""
    pairs = [(batch, of_plan) for batch, of_plan in zip(batches, marks, strict=True) if of_plan]
    return [batch for batch, _marks in pairs], [of_plan for _batch, of_plan in pairs]


def _confirm(batches: Sequence[_Batch], marks: Sequence[list[Mark]], writing: Writing) -> None:
    n = sum(map(len, marks))
    several = len(batches) > 1
    overriding = [
        sentences.of_another(mark, batch.plan.plan.code if several else None)
        for batch, of_plan in zip(batches, marks, strict=True)
        for mark in of_plan
        if mark.overrides(mark.after.by if mark.after else None)
    ]
    if n < 2 and not overriding:
        return
    listed = "".join(
        _headed(f"{sentences.wanted(of_plan)}\n", batch.plan, several=several)
        for batch, of_plan in zip(batches, marks, strict=True)
    )
    other_way = _("Thêm --yes nếu đúng, hoặc --dry-run để xem phần sẽ thay đổi trong tệp.")
    if overriding:
        other_way = "\n".join(_clipped(overriding))
    confirm(n, listed.removesuffix("\n"), other_way, writing)


def _headed(text: str, plan: Plan, *, several: bool) -> str:
    """The text, below its plan's name where there are several plans."""
    return f"{plan.plan.code} – {plan.plan.title}\n{text}" if several else text


def _change(batch: _Batch, *, several: bool) -> FileChange:
    """The change of one plan; its marks are made anew once the file is locked."""
    made: list[Mark] = []

    def wanted(plan: Plan) -> list[Edit]:
        answer = _answer(batch.requests, plan)
        _refuse([answer])
        made[:] = answer.marks
        return marking.edits(made)

    def summary(plan: Plan, _edits: Sequence[Edit]) -> str:
        return _headed(sentences.marked(made, plan), plan, several=several)

    def doubts(plan: Plan) -> list[str]:
        return [doubt for mark in made for doubt in marking.doubts(mark, plan)]

    return FileChange(batch.target, wanted, summary, doubts=doubts)
