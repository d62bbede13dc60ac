"""What a new edition of the document changes in the plan: shown, and applied as a person confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from de06cli.characters import clip
from de06cli.cli import opening, output
from de06cli.cli.commands.mark.marks import typed_text
from de06cli.cli.commands.plan.drafted import draft_of
from de06cli.cli.file_change import FileChange, Writing, ask, can_ask, make, writable
from de06cli.drafting.edition import amendments, matching, together
from de06cli.drafting.edition.amendments import Amendment, Decision, Edition
from de06cli.errors import Cancelled, NotConfirmed, RefusedValue
from de06cli.messages import _, ngettext
from de06cli.plan import portfolio
from de06cli.plan.declaring import Label
from de06cli.plan.file import edits, locate, reader
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.tracking import changes, marking, places
from de06cli.tracking.dates import typed_day
from de06cli.views import words
from de06cli.views.contents import sentences
from de06cli.views.contents.changes import history


class Asked(NamedTuple):
    """What was typed about the new document."""

    update: bool
    document: str | None
    decided: str | None
    match: Sequence[str] | None


def run(file: str, target: Located, columns: Sequence[str], asked: Asked, writing: Writing) -> None:
    """Shows what the document changes in the plan, or applies what is confirmed. Raises as ``draft`` does."""
    plan = opening.valid_plan(locate.read_bytes(target), target.given)
    drafted = draft_of(file, plan.agencies, columns)
    new = reader.read(drafted.data).plan
    if new is None:
        raise AssertionError(file)
    given = _given(asked.match or (), plan, new)
    found = matching.match(plan.models, new.models, given)
    decision = _decision(asked, plan, new)
    edition = amendments.compare(plan, new, found, decision)
    for remark in drafted.document.remarks:
        output.say(_("Lưu ý: {doubt}").format(doubt=remark))
    if not asked.update:
        output.write(_shown(plan, new, edition))
        return
    writable(target)
    if decision.document is None:
        raise RefusedValue(_('--update cần số của văn bản mới: thêm --document "12/QĐ-UBND".'))
    _update(plan, new, edition, target, writing)


def _decision(asked: Asked, plan: Plan, new: Plan) -> Decision:
    today = opening.today(plan.plan.timezone, None)
    day = new.plan.issued or today
    if asked.decided is not None:
        day = typed_day(asked.decided, today)
    if day > today and (asked.update or asked.decided is not None):
        raise RefusedValue(_("Ngày quyết định không được sau hôm nay."))
    return Decision(min(day, today), typed_text(asked.document, "--document"))


def _given(typed: Sequence[str], plan: Plan, new: Plan) -> dict[str, Label | None]:
    """The plan's numbers by the document's. Raises RefusedValue for a number that there is not."""
    found: dict[str, Label | None] = {}
    numbers = {str(model.model) for model in new.models}
    for text in typed:
        left, sign, right = (part.strip() for part in text.partition("="))
        if not sign or left not in numbers or left in found:
            raise RefusedValue(
                _("--match “{typed}”: viết SỐ MỚI=SỐ CŨ, ví dụ 7=5 hoặc 7=new.").format(
                    typed=clip(text)
                )
            )
        number: Label | None = None
        if right != "new":
            place = places.resolve(right, portfolio.single(plan))
            marking.refuse_part(place)
            number = place.model.model
        if number is not None and number in found.values():
            raise RefusedValue(_("--match: {number} được ghép hai lần.").format(number=number))
        found[left] = number
    return found


def _lines(plan: Plan, new: Plan, edition: Edition, amendment: Amendment) -> list[str]:
    """What an amendment changes, in the words of diff, and what is left to a person."""
    own = together.anchored(plan, edition, amendment.edits)
    made = [*together.needed(plan, new, own), *own]
    found = changes.changes(plan, edits.after(plan, made))
    lines = [f"  {history.sentence(change)}" for change in found]
    name = sentences.model_name(amendment.model)
    return lines + [
        "  "
        + _("cần làm rõ: {name}: {question}").format(name=name, question=words.one_line(question))
        for question in amendment.questions
    ]


def _shown(plan: Plan, new: Plan, edition: Edition) -> str:
    """Everything that the document changes; what is unclear comes last."""
    lines = [_summary(edition)]
    for amendment in edition.amendments:
        lines += _lines(plan, new, edition, amendment)
    return "\n".join([*lines, *_unclear(edition)]) + "\n"


def _unclear(edition: Edition) -> list[str]:
    return [
        "  "
        + _(
            "cần làm rõ: nhiệm vụ {number} của văn bản mới (“{title}”) là nhiệm vụ nào của kế hoạch: "
            "{candidates}, hay nhiệm vụ mới? Ghi --match {number}=SỐ hoặc --match {number}=new."
        ).format(
            number=each.new.model,
            title=words.one_line(clip(each.new.title)),
            candidates=", ".join(str(one.model) for one in each.candidates[:5]),
        )
        for each in edition.matching.unclear
    ]


def _summary(edition: Edition) -> str:
    found = edition.matching
    paired = {old.model for old, _new in found.pairs}
    changed = sum(bool(one.edits) and one.model.model in paired for one in edition.amendments)
    left = {model.model for model in found.gone}
    gone = sum(one.model.model in left for one in edition.amendments)
    asked = sum(len(one.questions) for one in edition.amendments) + len(found.unclear)
    parts = [
        ngettext("{n} nhiệm vụ thêm mới", "{n} nhiệm vụ thêm mới", len(found.added)),
        ngettext("{n} nhiệm vụ không còn", "{n} nhiệm vụ không còn", gone),
        ngettext("{n} nhiệm vụ thay đổi", "{n} nhiệm vụ thay đổi", changed),
        ngettext("{n} nội dung cần làm rõ", "{n} nội dung cần làm rõ", asked),
    ]
    numbers = (len(found.added), gone, changed, asked)
    counted = [part.format(n=n) for part, n in zip(parts, numbers, strict=True)]
    return _("Văn bản mới so với kế hoạch: {figures}.").format(figures=", ".join(counted))


def _update(plan: Plan, new: Plan, edition: Edition, target: Located, writing: Writing) -> None:
    output.say(_summary(edition))
    for line in _unclear(edition):
        output.say(line)
    offered = [one for one in edition.amendments if one.edits]
    if offered and not (writing.yes or writing.dry_run or can_ask()):
        way = _("Thêm --yes nếu áp dụng tất cả.")
        raise NotConfirmed(f"{_shown(plan, new, edition)}{way}")
    chosen = [one for one in offered if _is_confirmed(plan, new, edition, one, writing)]
    made = together.anchored(plan, edition, [edit for one in chosen for edit in one.edits])
    freed = together.freed_rows(plan, made)
    made = [*together.needed(plan, new, made), *freed, *made]
    if not made:
        output.say(_("Không có nội dung nào cần thay đổi."))
        return

    def wanted(now: Plan) -> list[Edit]:
        if now != plan:
            raise RefusedValue(_("Kế hoạch vừa được người khác sửa. Hãy chạy lại lệnh."))
        return made

    def summary(_after: Plan, _made: Sequence[Edit]) -> str:
        return "".join(f"{line}\n" for one in chosen for line in _lines(plan, new, edition, one))

    make(FileChange(target, wanted, summary), writing)


def _is_confirmed(
    plan: Plan, new: Plan, edition: Edition, amendment: Amendment, writing: Writing
) -> bool:
    lines = "\n".join(_lines(plan, new, edition, amendment))
    try:
        ask(lines, lines, _("Áp dụng? (c: có, Enter: không)"), "", writing)
    except Cancelled:
        return False
    return True
