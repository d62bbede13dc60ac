"""Changes in the plan's own words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from de06cli.messages import _, ngettext
from de06cli.plan import addresses
from de06cli.plan.file.edits import Edit
from de06cli.plan.records import Model, Plan, Progress, Step
from de06cli.tracking.filled import Conflict, Stray, Trouble
from de06cli.tracking.marking import Mark, next_step
from de06cli.views import words
from de06cli.views.contents import background, tables
from de06cli.views.contents.lines import Line, line
from de06cli.views.contents.tables import Cell

TONES = {"done": tables.DONE, "blocked": tables.LATE, "doing": tables.SOON}  # of a step's status

_TITLE, _STEP = 50, 70  # characters that are enough to tell one from another


def marked(marks: Sequence[Mark], plan: Plan, of: str | None = None) -> str:
    """What marks changed, a line each, and what comes next in each model; ``plan`` is the new one.

    Here and below, ``of`` is the plan's code where there are several plans.
    """
    lines = []
    for mark in marks:
        name = step_name(mark.model, mark.step, of)
        said = _said(mark)
        lines.append(
            f"{name}: {said}"
            if mark.changes
            else _("{name}: đã ghi nhận “{said}”, không thay đổi").format(name=name, said=said)
        )
    numbers = dict.fromkeys(mark.model.model for mark in marks)
    lines += [_next(_model(plan, number), of) for number in numbers]
    return _sentences(lines)


def marked_lines(marks: Sequence[Mark], plan: Plan, of: str | None = None) -> list[Line]:
    """What ``marked`` says, for a person at a terminal: below each model its steps, those together
    of which the same was written."""
    lines: list[Line] = []
    for number in dict.fromkeys(mark.model.model for mark in marks):
        of_model = [mark for mark in marks if mark.model.model == number]
        lines.append(line(model_name(of_model[0].model, of), tables.TITLE, 0, 2))
        alike: dict[Hashable, list[Mark]] = {}
        for mark in of_model:
            before = mark.step.progress if mark.replaces else None
            alike.setdefault((mark.changes, mark.after, before), []).append(mark)
        lines += [_marked_line(together) for together in alike.values()]
        lines.append(line(_next_step(_model(plan, number)), tables.QUIET, 2, 2))
    return lines


def _marked_line(marks: Sequence[Mark]) -> Line:
    mark = marks[0]
    name = Cell(steps_named([one.step.step for one in marks]) + ": ")
    tone = TONES.get(mark.after.status if mark.after else "", "")
    if not mark.changes:
        text = _("đã ghi nhận “{said}”, không thay đổi").format(said=progress(mark.after))
        return Line((name, Cell(text, tables.QUIET)), 2, 2)
    parts = [name, Cell(progress(mark.after), tone)]
    if mark.replaces:
        before = _("(trước đó: {before})").format(before=progress(mark.step.progress))
        parts.append(Cell(f" {before}", tables.QUIET))
    return Line(tuple(parts), 2, 2)


def steps_named(numbers: Sequence[int]) -> str:
    """Steps as people name them: "bước 2", "bước 1–4, 6"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return ngettext("bước {steps}", "bước {steps}", len(numbers)).format(steps=named)


def extended(plan: Plan, made: Sequence[Edit], of: str | None = None) -> str:
    """The new deadline of a model."""
    model = _model(plan, made[0].model)
    first, now = words.day(model.deadline), words.day(model.due)
    text = _("{name}: gia hạn đến {now} (lần {n}, hạn ban đầu {first})").format(
        name=model_name(model, of), now=now, n=len(model.extensions), first=first or "–"
    )
    return _sentences([text])


def undone(plan: Plan, made: Sequence[Edit]) -> str:
    """What the plan says again."""
    lines = []
    for edit in made:
        model = _model(plan, edit.model)
        step = getattr(edit, "step", None)
        if step is None:
            lines.append(
                _("{name}: thời hạn trở lại {due}").format(
                    name=model_name(model), due=words.day(model.due) or "–"
                )
            )
            continue
        found = next(one for one in model.steps if one.step == step)
        lines.append(
            _("{name}: trở lại {said}").format(
                name=step_name(model, found), said=progress(found.progress)
            )
        )
    return _sentences(lines)


def asked(marks: Sequence[Mark], of: str | None = None) -> str:
    """The steps that a command means, with all that it writes, below the name of their model."""
    named: dict[str, list[str]] = {}
    for mark in marks:
        address = addresses.written(of, mark.model.model, mark.step.step)
        steps = named.setdefault(f"  {model_name(mark.model, of)}", [])
        steps.append(f"    {address}  {words.beginning(mark.step.text, _STEP)}")
        steps.append(f"    {' ' * len(address)}  {_said(mark)}")
    return "\n".join(one for name, steps in named.items() for one in [name, *steps])


def wanted(marks: Sequence[Mark], of: str | None = None) -> str:
    """What marks would change: a line each below the name of their model, before and after."""
    named: dict[str, list[str]] = {}
    for mark in marks:
        address = addresses.written(of, mark.model.model, mark.step.step)
        before, after = progress(mark.step.progress), progress(mark.after)
        steps = named.setdefault(f"  {model_name(mark.model, of)}", [])
        steps.append(f"    {address}  {before} → {after}")
    return "\n".join(one for name, steps in named.items() for one in [name, *steps])


def of_another(mark: Mark, of: str | None = None) -> str:
    """That a mark replaces what another agency recorded, and how to want that where nobody is asked."""
    address = addresses.written(of, mark.model.model, mark.step.step)
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
        said = progress(found.step and found.step.progress)
        return place + _("kế hoạch đã đổi từ khi xuất, nay là: {said}").format(said=said)
    address = request.address
    if found.step is None:
        text = _("kế hoạch không còn bước {address} đã xuất.").format(address=address)
    else:
        text = _(
            "bước {address} nay có nội dung khác với khi xuất: “{text}”; không ghi vào bước khác."
        ).format(address=address, text=words.beginning(found.step.text, _STEP))
    if found.now:
        text += " " + _("Nội dung đã xuất nay là bước {now}.").format(now=found.now)
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


def step_name(model: Model, step: Step, of: str | None = None) -> str:
    return _("{model}, bước {step}").format(model=model_name(model, of), step=step.step)


def progress(value: Progress | None) -> str:
    """The progress of a step on one line: "Hoàn thành 20/11/2023 – CAH – 45/BC-CAH"."""
    if value is None:
        return words.status("todo")
    said = f"{words.status(value.status)} {words.day(value.date)}".strip()
    more = (words.one_line(part) for part in (value.by, value.evidence, value.note) if part)
    return " – ".join([said, *more, *background.lines(value)])


def _said(mark: Mark) -> str:
    """What a mark writes, and what was recorded there before."""
    said = progress(mark.after)
    if not mark.replaces:
        return said
    return _("{said} (trước đó: {before})").format(said=said, before=progress(mark.step.progress))


def _sentences(lines: Sequence[str]) -> str:
    """A line each, with a full stop where the text does not bring its own end."""
    return "".join(one + ("\n" if one.endswith((".", "…")) else ".\n") for one in lines)


def _next(model: Model, of: str | None) -> str:
    step = next_step(model)
    name = _("Mô hình {model}").format(model=addresses.written(of, model.model))
    if step is None:
        return _("{name}: các bước đều đã hoàn thành hoặc không thực hiện").format(name=name)
    return _("{name}: tiếp theo là bước {step}, {text}").format(
        name=name, step=step.step, text=words.beginning(step.text, _STEP)
    )


def _next_step(model: Model) -> str:
    step = next_step(model)
    if step is None:
        return _("các bước đều đã hoàn thành hoặc không thực hiện")
    return _("tiếp theo là bước {step}: {text}").format(
        step=step.step, text=words.beginning(step.text, _STEP)
    )


def _model(plan: Plan, number: int) -> Model:
    return next(model for model in plan.models if model.model == number)
