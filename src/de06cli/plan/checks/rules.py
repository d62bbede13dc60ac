"""The rules between the fields of a plan. Each rule takes values and returns problems; none prints.

The errors are found on the plain values, so that a plan with a wrong date still has its unknown codes
found in the same run. The warnings need a whole model, and are found on records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import addresses, findings, nouns
from de06cli.plan.agencies import fold
from de06cli.plan.checks import recurring, succession, targets, times
from de06cli.plan.checks.codes import (
    codes_of,
    texts_for_lists,
    unknown_agencies,
    unknown_groups,
)
from de06cli.plan.checks.values import Path, Placed, Values, day, items, lacks, mapping
from de06cli.plan.findings import Problem
from de06cli.plan.parts import Step
from de06cli.plan.records import DEFAULT_TIMEZONE, Agency, Heading, Model, Plan

# Errors, on plain values -------------------------------------------------------------------------


def errors(values: object) -> list[Problem]:
    """The errors between fields of a plan's plain values, whatever their shape."""
    plan = mapping(values)
    heading = mapping(plan.get("plan"))
    models = list(items(plan.get("models"), ("models",)))
    agencies = list(items(plan.get("agencies"), ("agencies",)))
    groups = list(items(plan.get("groups"), ("groups",)))
    issued, begun = day(heading, "issued"), not lacks(heading, "issued", Heading)
    return [
        *_timezone(heading),
        *_repeated(agencies, "code", findings.DUPLICATE_AGENCY),
        *_repeated(groups, "code", findings.DUPLICATE_GROUP),
        *_repeated(models, "model", findings.DUPLICATE_MODEL, fold_case=True),
        *_repeated(models, "stt", findings.DUPLICATE_STT, fold_case=True),
        *(
            problem
            for path, model in models
            for problem in _model_errors(path, model, issued, begun=begun)
        ),
        *succession.circles(agencies),
        *unknown_agencies(plan, agencies),
        *unknown_groups(plan.get("groups"), models),
    ]


def lists_meant(values: object) -> dict[Path, str]:
    """The list to write where the plan has a text in place of a list of codes, by path."""
    plan = mapping(values)
    return texts_for_lists(plan, list(items(plan.get("agencies"), ("agencies",))))


def _timezone(heading: Values) -> Iterator[Problem]:
    name = heading.get("timezone", DEFAULT_TIMEZONE)
    if name == DEFAULT_TIMEZONE or not isinstance(name, str) or not name.strip():
        return  # right, or reported already
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - other places only

    try:
        ZoneInfo(name)
    except (OSError, ValueError, ModuleNotFoundError, LookupError):
        yield Problem(
            findings.NOT_ALLOWED,
            ("plan", "timezone"),
            _("“{name}” không phải là tên một múi giờ.").format(name=clip(name)),
            _("Viết theo dạng Asia/Ho_Chi_Minh."),
        )


_REPEATED = {
    findings.DUPLICATE_AGENCY: lambda: _("Mã đơn vị {value} đã có ở trên."),
    findings.DUPLICATE_MODEL: lambda: _("Số hiệu {value} đã có ở trên."),
    findings.DUPLICATE_STT: lambda: _("STT {value} đã có ở trên."),
    findings.DUPLICATE_STEP: lambda: _("Số {value} đã có ở trên trong steps của nhiệm vụ này."),
    findings.DUPLICATE_TARGET: lambda: _("Chỉ tiêu {value} đã có ở trên trong nhiệm vụ này."),
    findings.DUPLICATE_GROUP: lambda: _("Mã nhóm {value} đã có ở trên."),
}


def _repeated(
    listed: list[Placed], key: str, code: str, *, fold_case: bool = False
) -> Iterator[Problem]:
    """A problem for each value of ``key`` that stands above; with ``fold_case`` II-3 is ii-3."""
    seen: dict[str, str] = {}
    for path, item in listed:
        value = item.get(key)
        if not isinstance(value, str):
            continue
        folded = value.casefold() if fold_case else value
        if folded in seen:
            yield Problem(
                code,
                (*path, key),
                _REPEATED[code]().format(value=clip(value)),
                _("Hãy sửa một trong hai.")
                if seen[folded] == value
                else _("{value} và {other} là một; hãy sửa một trong hai.").format(
                    value=clip(value), other=clip(seen[folded])
                ),
            )
        seen.setdefault(folded, value)


def _model_errors(
    path: Path, model: Values, issued: date | None, *, begun: bool
) -> Iterator[Problem]:
    yield from times.errors(path, model)
    yield from recurring.errors(path, model, issued, begun=begun)
    yield from succession.handover_errors(path, model)
    yield from targets.errors(path, model)
    steps = list(items(model.get("steps"), (*path, "steps")))
    yield from _repeated(steps, "step", findings.DUPLICATE_STEP)
    numbered = list(items(model.get("targets"), (*path, "targets")))
    yield from _repeated(numbered, "target", findings.DUPLICATE_TARGET)


# Warnings and notes, on records ------------------------------------------------------------------


def warnings(
    models: Iterable[tuple[int, Model]], today: date, issued: date | None = None
) -> list[Problem]:
    """The warnings about models that can be read; ``today`` and ``issued`` are the plan's days."""
    return [
        problem
        for index, model in models
        for problem in _model_warnings(("models", index), model, today, issued)
    ]


def _model_warnings(
    path: Path, model: Model, today: date, issued: date | None
) -> Iterator[Problem]:
    yield from times.warnings(path, model, today, issued)
    yield from recurring.warnings(path, model)
    yield from _extensions(path, model)
    for number, (step, following) in enumerate(pairwise(model.steps), start=1):
        if following.step < step.step:
            yield Problem(
                findings.STEPS_OUT_OF_ORDER,
                (*path, "steps", number, "step"),
                nouns.filled(_("{Step} {number} đứng sau {step} {previous}.")).format(
                    number=following.step, previous=step.step
                ),
                nouns.filled(_("Hãy xếp các {step} theo thứ tự.")),
            )
    for index, step in enumerate(model.steps):
        yield from _step_warnings((*path, "steps", index), step, model.due)
    if model.steps and all(
        step.progress and step.progress.status == "skipped" for step in model.steps
    ):
        yield Problem(
            findings.ALL_SKIPPED,
            (*path, "steps"),
            nouns.filled(
                _(
                    "Tất cả các {step} của {model} {number} đều “Không thực hiện”; {model} vẫn "
                    "tính là chưa hoàn thành."
                )
            ).format(number=model.model),
            at_key=True,
        )


def _extensions(path: Path, model: Model) -> Iterator[Problem]:
    due = model.first_due
    for index, extension in enumerate(model.extensions):
        if due is not None and extension.to.last <= due:
            yield Problem(
                findings.EXTENSION_NOT_LATER,
                (*path, "extensions", index, "to"),
                _("Thời hạn mới {to} phải sau thời hạn trước đó ({due}).").format(
                    to=extension.to, due=due
                ),
            )
        due = extension.to.last


def _step_warnings(path: Path, step: Step, due: date | None) -> Iterator[Problem]:
    if step.due and due and step.due > due:
        yield Problem(
            findings.STEP_DUE_AFTER_MODEL,
            (*path, "due"),
            nouns.filled(
                _("Thời hạn của {step}, {step_due}, sau thời hạn của {model}, {due}.")
            ).format(step_due=step.due, due=due),
        )


def plan_warnings(heading: Heading, models: int) -> Iterator[Problem]:
    """Whether the document's own count of models is the file's."""
    declared = heading.declared_models
    if declared is not None and declared != models:
        yield Problem(
            findings.DECLARED_MODELS,
            ("plan", "declared_models"),
            _("Văn bản ghi {declared} nhiệm vụ, tệp có {models}.").format(
                declared=declared, models=models
            ),
        )


def shared_names(agencies: Iterable[tuple[int, Agency]]) -> Iterator[Problem]:
    """Names that lead to two agencies, so that neither is found by them."""
    owners: dict[str, Agency] = {}
    for index, agency in agencies:
        names: dict[str, tuple[Path, str]] = {}
        for path, name in _names(("agencies", index), agency):
            names.setdefault(fold(name), (path, name))
        for folded, (path, name) in names.items():
            owner = owners.setdefault(folded, agency)
            codes = {fold(owner.code), fold(agency.code)}
            if folded and owner.code != agency.code and folded not in codes:
                yield Problem(
                    findings.SHARED_NAME,
                    path,
                    _("Tên “{name}” của {code} cũng là tên của {other}.").format(
                        name=clip(name), code=clip(agency.code), other=clip(owner.code)
                    ),
                    _("Gõ tên này sẽ không tìm ra đơn vị nào; hãy bỏ ở một nơi."),
                )


def _names(path: Path, agency: Agency) -> Iterator[tuple[Path, str]]:
    yield (*path, "code"), agency.code
    yield (*path, "name"), agency.name
    if agency.short:
        yield (*path, "short"), agency.short
    for index, alias in enumerate(agency.aliases):
        yield (*path, "aliases", index), alias


def mailboxes(agencies: Iterable[tuple[int, Agency]]) -> Iterator[Problem]:
    """Addresses that no mail can be sent to."""
    from de06cli.plan.mailboxes import mailbox  # noqa: PLC0415 - only a check looks at them

    for index, agency in agencies:
        for text in agency.email:
            if mailbox(text) is None:
                yield Problem(
                    findings.BAD_MAILBOX,
                    ("agencies", index, "email"),
                    _("“{text}” không phải là một địa chỉ thư điện tử.").format(text=clip(text)),
                    _(
                        "Viết theo dạng cah@example.vn; nhiều địa chỉ: [a@example.vn, "
                        "b@example.vn]."
                    ),
                )


def unused_agencies(plan: Plan) -> Iterator[Problem]:
    """Agencies that the plan names nowhere but in its register."""
    used = set(codes_of(plan))
    for index, agency in enumerate(plan.agencies):
        if agency.code not in used:
            yield Problem(
                findings.UNUSED_AGENCY,
                ("agencies", index, "code"),
                _("Không có nhiệm vụ nào giao cho {code}.").format(code=clip(agency.code)),
            )


def open_questions(models: Iterable[tuple[int, Model]], of: str | None = None) -> Iterator[Problem]:
    """The questions about the source that somebody may want to settle.

    ``of`` is the plan's code where there are several plans.
    """
    for index, model in models:
        if model.review:
            yield Problem(
                findings.OPEN_QUESTION,
                ("models", index, "review"),
                nouns.filled(_("{Model} {number} có nội dung cần làm rõ: {question}")).format(
                    number=model.model, question=clip(model.review.strip(), 80)
                ),
                _("Xem đủ: de06 show {model}.").format(model=addresses.written(of, model.model)),
                at_key=True,
            )
