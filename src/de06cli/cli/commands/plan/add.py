"""One more model, step, agency or group at its place: ``add``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, cast, get_args

from de06cli.characters import clip
from de06cli.cli import opening, selection
from de06cli.cli.commands.mark.marks import target_of, typed_text
from de06cli.cli.commands.plan import new_items
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, ask, make, writable
from de06cli.cli.parsing.declared import Argument, Option, OptionGroup, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import N_, _
from de06cli.plan import addresses, portfolio
from de06cli.plan.declaring import Every, Level
from de06cli.plan.file.edits import Edit
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.parts import Recurrence, Step
from de06cli.plan.records import Agency, Group, Model, Plan
from de06cli.tracking import marking, places
from de06cli.tracking.dates import typed_day, typed_deadline
from de06cli.views import words
from de06cli.views.contents import sentences

_TEXT = 50  # characters that are enough to tell a step from another


class Addition(StrEnum):
    MODEL = "model"
    STEP = "step"
    AGENCY = "agency"
    GROUP = "group"


# The format's own values, which help and the parser take one by one.
LevelOption = StrEnum("LevelOption", {level.upper(): level for level in get_args(Level)})  # type: ignore[misc]
EveryOption = StrEnum("EveryOption", {every.upper(): every for every in get_args(Every)})  # type: ignore[misc]


class NewItem(OptionGroup):
    """What the new one says."""

    title: Annotated[
        str | None,
        Option(
            "--title",
            metavar="TEXT",
            help=N_("Nội dung của nhiệm vụ hoặc bước; tên của đơn vị hoặc nhóm."),
        ),
    ] = None
    after: Annotated[
        str | None,
        Option(
            "--after",
            metavar="TEXT",
            help=N_(
                "Đặt ngay sau nhiệm vụ, bước (0: trước bước đầu), đơn vị hoặc nhóm này; mặc định: cuối."
            ),
        ),
    ] = None
    lead: Annotated[
        list[str] | None,
        Option(
            "--lead",
            metavar="TEXT",
            help=N_("Đơn vị chủ trì; dùng được nhiều lần."),
            autocompletion=values.agencies,
        ),
    ] = None
    support: Annotated[
        list[str] | None,
        Option(
            "--support",
            metavar="TEXT",
            help=N_("Đơn vị phối hợp; dùng được nhiều lần."),
            autocompletion=values.agencies,
        ),
    ] = None
    implementer: Annotated[
        list[str] | None,
        Option(
            "--implementer",
            metavar="TEXT",
            help=N_("Lực lượng triển khai; dùng được nhiều lần."),
            autocompletion=values.agencies,
        ),
    ] = None
    agency: Annotated[
        list[str] | None,
        Option(
            "--agency",
            metavar="TEXT",
            help=N_("Đơn vị thực hiện bước; dùng được nhiều lần."),
            autocompletion=values.agencies,
        ),
    ] = None
    deadline: Annotated[
        str | None,
        Option(
            "--deadline",
            metavar="DATE",
            help=N_("Thời hạn của nhiệm vụ (ngày hoặc kỳ) hoặc của bước (ngày)."),
        ),
    ] = None
    ongoing: Annotated[
        str | None,
        Option("--ongoing", metavar="TEXT", help=N_("Lời của văn bản về việc duy trì.")),
    ] = None
    undated: Annotated[
        str | None,
        Option("--undated", metavar="TEXT", help=N_("Lời của văn bản khi chưa có thời hạn.")),
    ] = None
    every: Annotated[
        EveryOption | None, Option("--every", help=N_("Nhiệm vụ định kỳ: mỗi kỳ một lần."))
    ] = None
    assigned: Annotated[
        str | None, Option("--assigned", metavar="DATE", help=N_("Ngày giao nhiệm vụ."))
    ] = None
    group: Annotated[
        str | None, Option("--group", metavar="CODE", help=N_("Mã nhóm nhiệm vụ."))
    ] = None
    stt: Annotated[
        str | None, Option("--stt", metavar="TEXT", help=N_("Số thứ tự trong phụ lục."))
    ] = None
    basis: Annotated[
        str | None, Option("--basis", metavar="TEXT", help=N_("Văn bản giao nhiệm vụ."))
    ] = None
    step: Annotated[
        list[str] | None,
        Option(
            "--step", metavar="TEXT", help=N_("Một bước của nhiệm vụ mới; dùng được nhiều lần.")
        ),
    ] = None
    short: Annotated[
        str | None, Option("--short", metavar="TEXT", help=N_("Tên viết tắt của đơn vị."))
    ] = None
    alias: Annotated[
        list[str] | None,
        Option("--alias", metavar="TEXT", help=N_("Tên gọi khác của đơn vị; dùng được nhiều lần.")),
    ] = None
    level: Annotated[LevelOption | None, Option("--level", help=N_("Cấp của đơn vị."))] = None


_OPTIONS = {
    Addition.MODEL: (
        "title after lead support implementer deadline ongoing undated every assigned group stt basis step"
    ),
    Addition.STEP: "title after agency deadline",
    Addition.AGENCY: "title after short alias level",
    Addition.GROUP: "title after",
}


@grouped
def run(
    what: Annotated[Addition, Argument(metavar="model|step|agency|group")],
    said: NewItem,
    writing: Writing,
    name: Annotated[
        str | None, Argument(metavar="[NUMBER|MODEL|CODE]", autocompletion=values.models)
    ] = None,
) -> None:
    _refuse_options(what, said)
    if what is Addition.STEP:
        _add_step(_needed(name, "MODEL", what), said, writing)
        return
    make_edit: dict[Addition, Callable[[Plan], SetItem]] = {
        Addition.MODEL: lambda plan: _model(plan, name, said),
        Addition.AGENCY: lambda plan: _agency(plan, _needed(name, "CODE", what), said),
        Addition.GROUP: lambda plan: _group(plan, _needed(name, "CODE", what), said),
    }
    target = writable(opening.one_file(writing.data))
    make(FileChange(target, lambda plan: [make_edit[what](plan)], sentences.added), writing)


def _refuse_options(what: Addition, said: NewItem) -> None:
    """Raises RefusedValue for an option that says something of another kind of thing."""
    for name, value in vars(said).items():
        if value and name not in _OPTIONS[what].split():
            raise RefusedValue(
                _("--{option} không dùng với add {what}.").format(option=name, what=what)
            )


def _needed(value: str | None, name: str, what: Addition) -> str:
    if value is None:
        raise RefusedValue(_("Thiếu {name}: de06 add {what} {name}.").format(name=name, what=what))
    return value


def _title(said: NewItem) -> str:
    title = typed_text(said.title, "--title")
    if title is None:
        raise RefusedValue(_('Thiếu nội dung: thêm --title "…".'))
    return title


def _texts(typed: Sequence[str] | None, option: str) -> tuple[str, ...]:
    return tuple(text for each in typed or () if (text := typed_text(each, option)))


def _codes(plan: Plan, typed: Sequence[str] | None, option: str) -> tuple[str, ...]:
    named = _texts(typed, option)
    return tuple(dict.fromkeys(selection.agency_coded(text, plan) for text in named))


def _model(plan: Plan, number: str | None, said: NewItem) -> SetItem:
    today = opening.today(plan.plan.timezone, None)
    group = _group_code(plan, said.group)
    lead = _codes(plan, said.lead, "--lead")
    if not lead:
        raise RefusedValue(_("Thiếu đơn vị chủ trì: thêm --lead."))
    stt = typed_text(said.stt, "--stt")
    model = Model(
        model=new_items.number_from(number) if number else new_items.next_number(plan, group),
        title=_title(said),
        lead=lead,
        deadline=typed_deadline(said.deadline, today) if said.deadline is not None else None,
        steps=tuple(Step(at, text) for at, text in enumerate(_texts(said.step, "--step"), start=1)),
        stt=int(stt) if stt and stt.isascii() and stt.isdecimal() and len(stt) < 9 else stt,
        ongoing=typed_text(said.ongoing, "--ongoing"),
        support=_codes(plan, said.support, "--support"),
        implementers=_codes(plan, said.implementer, "--implementer"),
        group=group,
        assigned=typed_day(said.assigned, today) if said.assigned is not None else None,
        undated=typed_text(said.undated, "--undated"),
        basis=typed_text(said.basis, "--basis"),
        recurs=Recurrence(cast(Every, said.every.value)) if said.every else None,
    )
    after = None
    if said.after is not None:
        place = places.resolve(said.after, portfolio.single(plan))
        marking.refuse_part(place)
        after = place.model.model
    return new_items.new_model(plan, model, after)


def _add_step(address: str, said: NewItem, writing: Writing) -> None:
    target, plan, of = target_of(writing.data, [address])

    def edit(plan: Plan) -> SetItem:
        place = places.resolve(address, portfolio.single(plan))
        marking.refuse_part(place)
        today = opening.today(plan.plan.timezone, None)
        marking.refuse_stopped(place.model, today)
        due = typed_day(said.deadline, today) if said.deadline is not None else None
        who = _codes(plan, said.agency, "--agency")
        step = Step(0, _title(said), agencies=who, due=due)
        return new_items.new_step(place.model, step, _step_number(said.after))

    shown = edit(plan)
    model = next(one for one in plan.models if one.model == shown.model)
    moved = new_items.renumbered(model, shown)

    def wanted(plan: Plan) -> list[Edit]:
        made = edit(plan)
        if made != shown:
            raise RefusedValue(_("Kế hoạch vừa được người khác sửa. Hãy chạy lại lệnh."))
        return [made]

    def doubts(after: Plan) -> Iterator[str]:
        model = next(one for one in after.models if one.model == shown.model)
        for text in new_items.named_steps(model, moved):
            yield _("số của bước đã thay đổi, hãy xem lại: “{text}”.").format(text=clip(text))

    if moved:
        ask(
            _("Thêm bước vào giữa sẽ đánh số lại các bước sau, cần xác nhận:"),
            _renumbered(moved, model, of),
            _("Thêm bước và đánh số lại? (c: có, Enter: không)"),
            _("Thêm --yes nếu vẫn thêm."),
            writing,
        )
    make(FileChange(target, wanted, sentences.added, doubts=doubts), writing)


def _renumbered(moved: Sequence[tuple[Step, int]], model: Model, of: str | None = None) -> str:
    """The steps that get another number, a line each, before and after."""
    lines = [f"  {sentences.model_name(model, of)}"]
    for step, now in moved:
        before, after = (addresses.written(of, model.model, n) for n in (step.step, now))
        lines.append(f"    {before} → {after}  {words.beginning(step.text, _TEXT)}")
    return "\n".join(lines)


def _step_number(typed: str | None) -> int | None:
    """The step after which another one is put: 2, or 9.2 as an address has it."""
    if typed is None:
        return None
    number = typed.strip().rpartition(".")[2]
    if not (number.isascii() and number.isdecimal()) or len(number) > 6:
        raise RefusedValue(
            _("--after “{text}”: viết số của bước, ví dụ 2; 0 là trước bước đầu.").format(
                text=clip(typed)
            )
        )
    return int(number)


def _agency(plan: Plan, code: str, said: NewItem) -> SetItem:
    after = selection.agency_coded(said.after, plan) if said.after is not None else None
    agency = Agency(
        code=code,
        name=_title(said),
        level=cast(Level, said.level.value) if said.level else None,
        short=typed_text(said.short, "--short"),
        aliases=_texts(said.alias, "--alias"),
    )
    return new_items.new_agency(plan, agency, after)


def _group(plan: Plan, code: str, said: NewItem) -> SetItem:
    after = _group_code(plan, said.after)
    return new_items.new_group(plan, Group(code, _title(said)), after)


def _group_code(plan: Plan, typed: str | None) -> str | None:
    """The code of the group that is typed, in either case. Raises RefusedValue where there is none."""
    if typed is None:
        return None
    for group in plan.groups:
        if group.code.casefold() == typed.strip().casefold():
            return group.code
    raise RefusedValue(
        _("Không có nhóm nhiệm vụ mang mã “{code}”. Các nhóm: {groups}.").format(
            code=clip(typed), groups=", ".join(group.code for group in plan.groups) or "–"
        )
    )
