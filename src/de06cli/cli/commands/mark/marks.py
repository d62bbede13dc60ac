"""What the marking commands share: their options, the steps meant, the question before, the change."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated

from de06cli.characters import forbidden_in
from de06cli.cli import environment, opening, output, selection
from de06cli.cli.answer import on_terminal
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, confirm, make, writable
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import Argument, Option
from de06cli.errors import ChangeRefused, RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import addresses, nouns, portfolio
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.tracking import marking
from de06cli.tracking.dates import typed_day
from de06cli.tracking.marking import Details, Mark, Verb
from de06cli.tracking.places import resolve
from de06cli.views.contents import sentences


class Marking(Common):
    """The options that the marking commands share."""

    date: Annotated[
        str | None,
        Option(
            "--date",
            metavar="DATE",
            help=N_("Ngày thực hiện (ngày của văn bản); mặc định: hôm nay."),
        ),
    ] = None
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="TEXT",
            help=N_("Đơn vị đã thực hiện; mặc định: theo DE06_AGENCY."),
            autocompletion=values.agencies,
        ),
    ] = None
    evidence: Annotated[
        str | None,
        Option("--evidence", metavar="TEXT", help=N_("Minh chứng: số, ký hiệu văn bản.")),
    ] = None
    note: Annotated[str | None, Option("--note", metavar="TEXT", help=N_("Ghi chú."))] = None


Addresses = Annotated[list[str], Argument(metavar="ADDRESS...", autocompletion=values.addresses)]


def mark_steps(verb: Verb, typed: list[str], marking_options: Marking, writing: Writing) -> None:
    target, opened, of = opened_of(writing.data, typed)
    plan = opened.plan()

    def marks(plan: Plan) -> list[Mark]:
        today = opening.today(plan.plan.timezone, None)
        details = details_of(marking_options, plan, today)
        places = [resolve(text, portfolio.single(plan)) for text in typed]
        usual = None if details.by or verb is Verb.RESET else usual_agency(plan)
        return marking.marks(places, verb, details, today, usual, plan.plan.issued)

    asked = marks(plan)
    warn_of_row(typed, plan, of)
    if not asked:
        output.say(nouns.filled(_("Không có {step} nào để ghi nhận.")))
        return
    acting = acting_agency(marking_options.by, plan)
    confirm_marks(asked, verb, writing, of, acting)
    made: list[Mark] = []

    def wanted(plan: Plan) -> list[Edit]:
        made[:] = marks(plan)
        if replaced_marks(made) != replaced_marks(asked):
            raise ChangeRefused(
                _("Kế hoạch vừa được người khác sửa; chưa ghi gì. Hãy chạy lại lệnh.")
            )
        return marking.edits(made)

    def summary(plan: Plan, _edits: Sequence[Edit]) -> str:
        if output.is_terminal():
            return on_terminal(sentences.marked_lines(made, plan, of))
        return sentences.marked(made, plan, of)

    def doubts(plan: Plan) -> list[str]:
        return [doubt for mark in made for doubt in marking.doubts(mark, plan, of)]

    make(FileChange(target, wanted, summary, doubts=doubts, opened=opened), writing)


def replaced_marks(marks: list[Mark]) -> list[tuple[str, str | None]]:
    """The address of each step and the agency of its present record: what the person confirmed."""
    return [(mark.address(), mark.before.by if mark.before else None) for mark in marks]


def target_of(data: list[str] | None, typed: Sequence[str]) -> tuple[Located, Plan, str | None]:
    """The file that the addresses are about, its plan as it is now, and the plan's code if there are
    several."""
    target, opened, of = opened_of(data, typed)
    return target, opened.plan(), of


def opened_of(data: list[str] | None, typed: Sequence[str]) -> tuple[Located, LazyPlan, str | None]:
    """What ``target_of`` gives, of the plan only what is asked of it."""
    files = opening.located(data)
    writable(files[0])
    plans = opening.usable(files)
    places = [resolve(text, plans, surely=True) for text in typed]
    numbers = {plans.plan_at(place.position) for place in places}
    if len(numbers) > 1:
        raise RefusedValue(
            _("Các bước này thuộc {n} kế hoạch; mỗi lần chỉ ghi nhận trong một kế hoạch.").format(
                n=len(numbers)
            )
        )
    number = numbers.pop()
    opened = plans.plans[number]
    of = opened.heading.code if plans.several else None
    return writable(plans.files[number]), opened, of


def details_of(given: Marking, plan: Plan, today: date) -> Details:
    return Details(
        date=typed_day(given.date, today) if given.date is not None else None,
        by=selection.agency_code(typed_text(given.by, "--by"), plan),
        evidence=typed_text(given.evidence, "--evidence"),
        note=typed_text(given.note, "--note"),
    )


def usual_agency(plan: Plan) -> str | None:
    """The agency that DE06_AGENCY names. Raises RefusedValue where the plan has no such agency."""
    try:
        return selection.agency_code(environment.agency(), plan)
    except RefusedValue as error:
        raise RefusedValue(_("Biến DE06_AGENCY: {reason}").format(reason=error)) from None


def typed_text(text: str | None, option: str) -> str | None:
    """The text without surrounding space. Raises RefusedValue where it is empty or the file can't hold it."""
    if text is None:
        return None
    if not text.strip():
        raise RefusedValue(_("{option} để trống.").format(option=option))
    if bad := forbidden_in(text):
        raise RefusedValue(
            _("{option} chứa ký tự không được phép (U+{code:04X}). Hãy nhập lại.").format(
                option=option, code=ord(bad)
            )
        )
    return text


def warn_of_row(typed: list[str], plan: Plan, of: str | None) -> None:
    """Says to a person that a bare number may also be the number of a row in the printed table."""
    if not output.is_terminal():
        return
    for text in typed:
        number = addresses.without_plan(text, of or "") or text
        other = marking.model_of_row(plan, number)
        if other:
            output.say(sentences.other_row(int(number), other, of))


def confirm_marks(
    asked: list[Mark], verb: Verb, writing: Writing, of: str | None, acting: str | None
) -> None:
    """Asks for a confirmation where the numbers of models mean several steps, or where a record of another
    agency is replaced."""
    changing = [mark for mark in asked if mark.changes]
    overriding = [mark for mark in changing if mark.overrides(acting)]
    several = sum(not mark.named for mark in changing) > 1
    if not (several or overriding):
        return
    if overriding:
        other_way = sentences.of_another(overriding[0], of)
    else:
        first = changing[0].address(of)
        other_way = nouns.filled(
            _("Thêm --yes nếu đúng, hoặc ghi nhận từng {step}, ví dụ {address}.")
        ).format(address=f"de06 {verb} {first}")
    confirm(len(changing), sentences.asked(changing, of), other_way, writing)


def acting_agency(given: str | None, plan: Plan) -> str | None:
    """The agency that marks: ``--by``, else DE06_AGENCY where the plan knows it."""
    if given:
        return selection.agency_code(given, plan)
    with suppress(RefusedValue):
        return usual_agency(plan)
    return None
