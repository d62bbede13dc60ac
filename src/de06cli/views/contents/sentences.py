"""Changes in the plan's own words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from de06cli.characters import display_width
from de06cli.messages import _, language, ngettext
from de06cli.plan import addresses, nouns, quantities
from de06cli.plan.declaring import Label
from de06cli.plan.fields import fields
from de06cli.plan.file.edits import (
    Edit,
    RenameAgency,
    SetEnded,
    SetExtensions,
    SetPart,
    SetProgress,
)
from de06cli.plan.file.items import agency_codes, field_edit
from de06cli.plan.file.items.field_edit import SetField
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.parts import Handover, Measurement, Step, Stop, Target
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Model, Plan
from de06cli.tracking.filters import COLUMNS
from de06cli.tracking.marking import Mark, next_step
from de06cli.views import period_words, quantity_words, words
from de06cli.views.contents import tables
from de06cli.views.contents.background import progress as progress  # noqa: PLC0414
from de06cli.views.contents.lines import Line, line
from de06cli.views.contents.tables import Cell

if TYPE_CHECKING:  # a mark is told without what is said of a workbook
    from de06cli.tracking.filled import Conflict, Stray, Trouble

TONES = {"done": tables.DONE, "blocked": tables.LATE, "doing": tables.SOON}  # of a step's status

_TITLE, _STEP = 50, 70  # characters that are enough to tell one from another


def marked(marks: Sequence[Mark], plan: Plan, of: str | None = None) -> str:
    """What marks changed, a line each, and what comes next in each model; ``plan`` is the new one.

    Here and below, ``of`` is the plan's code where there are several plans.
    """
    lines = []
    for mark in marks:
        name = mark_name(mark, of)
        said = _said(mark)
        lines.append(
            f"{name}: {said}"
            if mark.changes
            else _("{name}: đã ghi nhận “{said}”, không thay đổi").format(name=name, said=said)
        )
    numbers = dict.fromkeys(mark.model.model for mark in marks)
    models = [_model(plan, number) for number in numbers]
    lines += [_next(model, of) for model in models if model.steps]
    return _sentences(lines)


def marked_lines(marks: Sequence[Mark], plan: Plan, of: str | None = None) -> list[Line]:
    """What ``marked`` says, for a person at a terminal: below each model its steps, those together
    of which the same was written."""
    lines: list[Line] = []
    for number in dict.fromkeys(mark.model.model for mark in marks):
        of_model = [mark for mark in marks if mark.model.model == number]
        lines.append(model_line(of_model[0].model, of))
        alike: dict[Hashable, list[Mark]] = {}
        for mark in of_model:
            before = mark.before if mark.replaces else None
            alike.setdefault((mark.changes, mark.after, before), []).append(mark)
        lines += [_marked_line(together) for together in alike.values()]
        if (model := _model(plan, number)).steps:
            lines.append(line(_next_step(model), tables.QUIET, 2, 2))
    return lines


def _marked_line(marks: Sequence[Mark]) -> Line:
    mark = marks[0]
    name = Cell(_units_named(marks))
    tone = TONES.get(mark.after.status if mark.after else "", "")
    if not mark.changes:
        text = _("đã ghi nhận “{said}”, không thay đổi").format(said=progress(mark.after))
        return Line((name, Cell(text, tables.QUIET)), 2, 2)
    parts = [name, Cell(progress(mark.after), tone)]
    if mark.replaces:
        before = _("(trước đó: {before})").format(before=progress(mark.before))
        parts.append(Cell(f" {before}", tables.QUIET))
    return Line(tuple(parts), 2, 2)


def _units_named(marks: Sequence[Mark]) -> str:
    """What was marked alike, before a colon; nothing for a model without steps."""
    if mark_period := marks[0].period:
        return period_words.period(mark_period, inside=True) + ": "
    steps = [mark.step.step for mark in marks if mark.step]
    return steps_named(steps) + ": " if steps else ""


def mark_name(mark: Mark, of: str | None = None) -> str:
    """What a mark is about: "Mô hình 9 (STT 4) Triển khai…, bước 2"; a period; the model alone."""
    if mark.step:
        return step_name(mark.model, mark.step, of)
    name = model_name(mark.model, of)
    if mark.period is None:
        return name
    return f"{name}, {period_words.period(mark.period, inside=True)}"


def steps_named(numbers: Sequence[int]) -> str:
    """Steps as people name them: "bước 2", "bước 1–4, 6"."""
    plural = "s" if language() == "en" and len(numbers) > 1 else ""
    return f"{nouns.filled('{step}')}{plural} {in_runs(numbers)}"


def in_runs(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow each other together: "1–4, 6"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def extended(plan: Plan, made: Sequence[Edit], of: str | None = None) -> str:
    """The new deadline of a model."""
    (edit,) = made
    assert isinstance(edit, SetExtensions)  # noqa: S101 - an extension is one
    model = _model(plan, edit.model)
    latest, n = model.extensions[-1], len(model.extensions)
    # The first day of a task that had none is no extension.
    first = model.deadline or model.extensions[0].to
    n -= model.deadline is None
    if n:
        text = _("{name}: gia hạn đến {now} (lần {n}, hạn ban đầu {first})").format(
            name=model_name(model, of), now=_due(latest.to), n=n, first=_due(first)
        )
    else:
        text = _("{name}: thời hạn {now}").format(name=model_name(model, of), now=_due(first))
    return _sentences([_listed(text, latest.document, latest.reason)])


def _due(day_or_period: Period) -> str:
    """A deadline inside a sentence: "31/03/2024", "quý II/2026"."""
    return period_words.period(day_or_period, inside=True)


def stopped(plan: Plan, made: Sequence[Edit], of: str | None = None) -> str:
    """That a model is no longer carried out."""
    lines = []
    for edit in made:
        model = _model(plan, edit.model) if isinstance(edit, SetPart) else None
        if model and model.stopped:
            lines.append(f"{model_name(model, of)}: {stop(model.stopped)}")
    return _sentences(lines)


def stop(stopped: Stop) -> str:
    """From when a model is no longer carried out, and by which document."""
    said = _("dừng thực hiện từ ngày {day}").format(day=words.day(stopped.on))
    return _listed(said, stopped.document, stopped.reason)


def measured(model: Model, target: Target, value: Measurement, of: str | None = None) -> str:
    """The value of a target on a day, and the one that it replaces."""
    address = addresses.of_target(of, model.model, target.target)
    name = words.beginning(target.name or model.title, _TITLE)
    text = f"{address} {name}: {measurement(target, value)}"
    before = next((one for one in target.values if one.date == value.date), None)
    if before is None or before == value:
        return text
    return _("{said} (trước đó: {before})").format(said=text, before=_amount(before, target))


def measurement(target: Target, value: Measurement) -> str:
    """A value of a target, its day, and by whom and by which document it was measured."""
    said = _("{value} ngày {day}").format(value=_amount(value, target), day=words.day(value.date))
    return _listed(said, value.by, value.evidence)


def _amount(value: Measurement, target: Target) -> str:
    return quantity_words.quantity(quantities.value(value.value), target.unit)


def handed_over(plan: Plan, made: Sequence[Edit]) -> str:
    """Who takes whose part from which day on."""
    lines = []
    for edit in made:
        if isinstance(edit, SetEnded) and edit.ended:
            said = _("{agency} kết thúc hoạt động từ ngày {day}, tiếp nhận: {successors}").format(
                agency=edit.agency,
                day=words.day(edit.ended.on),
                successors=", ".join(edit.ended.successor),
            )
            lines.append(_listed(said, edit.ended.document))
        elif isinstance(edit, SetPart):
            model = _model(plan, edit.model)
            latest = model.handovers[-1]
            lines.append(f"{model_name(model)}: {handover(latest)}")
    return _sentences(lines)


def handover(made: Handover) -> str:
    """From when roles of a model have other lists, and by which document."""
    roles = [
        f"{words.role(role)} {', '.join(codes)}"
        for role, codes in zip(COLUMNS, made[1:4], strict=True)
        if codes is not None
    ]
    said = _("bàn giao từ ngày {day}").format(day=words.day(made.on))
    return _listed(said, "; ".join(roles), made.document, made.reason)


def renamed(plan: Plan, made: Sequence[Edit]) -> str:
    """Which code an agency has now, and in how many places."""
    lines = []
    for edit in made:
        if isinstance(edit, RenameAgency):
            n = sum(code == edit.new for _path, code in agency_codes.places(plan))
            lines.append(
                ngettext(
                    "Đơn vị {old} nay có mã {new}: đã đổi ở {n} chỗ; mã cũ vẫn tra cứu được",
                    "Đơn vị {old} nay có mã {new}: đã đổi ở {n} chỗ; mã cũ vẫn tra cứu được",
                    n,
                ).format(old=edit.old, new=edit.new, n=n)
            )
    return _sentences(lines)


def _listed(said: str, *more: str | None) -> str:
    return " – ".join([said, *(words.one_line(part) for part in more if part)])


def added(plan: Plan, made: Sequence[Edit]) -> str:
    """What stands in the plan now, and where."""
    lines = []
    for edit in made:
        if isinstance(edit, SetItem):
            said = _("{name}: thêm vào").format(name=item_name(plan, edit))
            if edit.moved:
                said = ngettext(
                    "{said}, {n} bước sau được đánh số lại",
                    "{said}, {n} bước sau được đánh số lại",
                    edit.moved,
                ).format(said=said, n=edit.moved)
            lines.append(said)
    return _sentences(lines)


def item_name(plan: Plan, edit: SetItem) -> str:
    """The model, step, agency or group that an edit is about, by its number and its title."""
    record = edit.record
    if isinstance(record, Model):
        return model_name(record)
    if isinstance(record, Step) and edit.model is not None:
        return step_name(_model(plan, edit.model), record)
    if isinstance(record, Agency):
        return _("Đơn vị {code}").format(code=record.code)
    return _("Nhóm {code}").format(code=edit.key)


def undone(plan: Plan, made: Sequence[Edit]) -> str:
    """What the plan says again."""
    lines = []
    for edit in made:
        if isinstance(edit, SetItem):
            said = _("{name}: trở lại") if edit.there else _("{name}: bỏ đi")
            lines.append(said.format(name=item_name(plan, edit)))
            continue
        if isinstance(edit, RenameAgency):
            lines.append(_("Đơn vị {old}: trở lại mã {code}").format(old=edit.old, code=edit.new))
            continue
        if isinstance(edit, SetEnded):
            what = words.inside(_(fields(Agency)["ended"].label))
            lines.append(_("Đơn vị {code}: hoàn tác {what}").format(code=edit.agency, what=what))
            continue
        model = _model(plan, edit.model)
        if isinstance(edit, SetExtensions):
            lines.append(
                _("{name}: thời hạn trở lại {due}").format(
                    name=model_name(model), due=period_words.deadline(model.due_period) or "–"
                )
            )
        elif isinstance(edit, SetProgress):
            found = next((one for one in model.steps if one.step == edit.step), None)
            lines.append(
                _("{name}: trở lại {said}").format(
                    name=step_name(model, found) if found else model_name(model),
                    said=progress(found.progress if found else model.progress),
                )
            )
        else:
            what = words.inside(_(_field_label(edit)))
            lines.append(_("{name}: hoàn tác {what}").format(name=model_name(model), what=what))
    return _sentences(lines)


def _field_label(edit: SetPart | SetField) -> str:
    if isinstance(edit, SetField):
        return field_edit.label(edit)
    return fields(Target if edit.target else Model)[edit.name].label


def asked(marks: Sequence[Mark], of: str | None = None) -> str:
    """The steps that a command means, with all that it writes, below the name of their model."""
    named: dict[str, list[str]] = {}
    for mark in marks:
        address = mark.address(of)
        steps = named.setdefault(f"  {model_name(mark.model, of)}", [])
        text = mark.step.text if mark.step else mark.model.title
        steps.append(f"    {address}  {words.beginning(text, _STEP)}")
        steps.append(f"    {' ' * display_width(address)}  {_said(mark)}")
    return "\n".join(one for name, steps in named.items() for one in [name, *steps])


def wanted(marks: Sequence[Mark], of: str | None = None) -> str:
    """What marks would change: a line each below the name of their model, before and after."""
    named: dict[str, list[str]] = {}
    for mark in marks:
        address = mark.address(of)
        before, after = progress(mark.before), progress(mark.after)
        steps = named.setdefault(f"  {model_name(mark.model, of)}", [])
        steps.append(f"    {address}  {before} → {after}")
    return "\n".join(one for name, steps in named.items() for one in [name, *steps])


def of_another(mark: Mark, of: str | None = None) -> str:
    """That a mark replaces what another agency recorded, and how to want that where nobody is asked."""
    address = mark.address(of)
    return _("{address} do đơn vị khác ghi nhận. Thêm --yes nếu vẫn thay thế.").format(
        address=address
    )


def trouble(found: Trouble) -> str:
    """A cell that can't be imported, and why."""
    return f"  {found.sheet}!{found.cell}: {found.reason}"


def conflict(found: Conflict) -> str:
    """A row that would undo what others have reported since it was exported, or mark another step."""
    request = found.request
    place = f"  {request.sheet}!{found.cell}: "
    if not found.moved:
        said = progress(found.stands and found.stands.before)
        return place + _("kế hoạch đã đổi từ khi xuất, nay là: {said}").format(said=said)
    address = request.address
    if found.stands is None:
        text = nouns.filled(_("kế hoạch không còn {step} {address} đã xuất.")).format(
            address=address
        )
    else:
        text = nouns.filled(
            _(
                "{step} {address} nay có nội dung khác với khi xuất: “{text}”; không ghi vào {step} "
                "khác."
            )
        ).format(
            address=address,
            text=words.beginning(found.stands.text or found.stands.model.title, _STEP),
        )
    if found.now:
        text += " " + nouns.filled(_("Nội dung đã xuất nay là {step} {now}.")).format(now=found.now)
    return place + text


def stray(found: Stray) -> str:
    """What stands beside the cells to be filled in."""
    return f"  {found.sheet}!{found.cell}: {found.said}"


def other_row(number: int, other: Model, of: str | None = None) -> str:
    """That ``number`` names a model, and what to type for the printed row, which is another one."""
    return _("{model} là số hiệu; số thứ tự {row} trong phụ lục là {other} (gõ {typed}).").format(
        model=addresses.written(of, number),
        row=number,
        other=model_name(other, of),
        typed=addresses.of_row(of, number),
    )


def model_name(model: Model, of: str | None = None) -> str:
    """The model with its row and the beginning of its title."""
    return f"{words.model_number(model, of)} {words.beginning(model.title, _TITLE)}"


def model_line(model: Model, of: str | None = None, indent: int = 0) -> Line:
    """The model as a heading for a terminal: as much of its title as one row holds."""
    number = Cell(f"{words.model_number(model, of)} ", tables.TITLE)
    return Line((number, Cell(words.one_line(model.title), tables.TITLE)), indent, 2, cut=1)


def step_name(model: Model, step: Step, of: str | None = None) -> str:
    return f"{model_name(model, of)}, {nouns.step(step.step, of, inside=True)}"


def _said(mark: Mark) -> str:
    """What a mark writes, and what was recorded there before."""
    said = progress(mark.after)
    if not mark.replaces:
        return said
    return _("{said} (trước đó: {before})").format(said=said, before=progress(mark.before))


def _sentences(lines: Sequence[str]) -> str:
    """A line each, with a full stop where the text does not bring its own end."""
    return "".join(one + ("\n" if one.endswith((".", "…")) else ".\n") for one in lines)


def _next(model: Model, of: str | None) -> str:
    step = next_step(model)
    name = nouns.model(addresses.written(of, model.model), of)
    if step is None:
        return f"{name}: {_all_closed(of)}"
    return f"{name}, {nouns.filled(_('{step} tiếp theo'), of)}: {_numbered(step)}"


def _next_step(model: Model) -> str:
    step = next_step(model)
    if step is None:
        return _all_closed()
    return f"{nouns.filled(_('{Step} tiếp theo'))}: {_numbered(step)}"


def _numbered(step: Step) -> str:
    return f"{step.step}. {words.beginning(step.text, _STEP)}"


def _all_closed(of: str | None = None) -> str:
    return nouns.filled(_("các {step} đều đã hoàn thành hoặc không thực hiện"), of)


def _model(plan: Plan, number: Label) -> Model:
    return next(model for model in plan.models if model.model == number)
