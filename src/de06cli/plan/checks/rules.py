"""The rules between the fields of a plan. Each rule takes values and returns problems; none prints.

The errors are found on the plain values, so that a plan with a wrong date still has its unknown codes
found in the same run. The warnings need a whole model, and are found on records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from de06cli.characters import bare_key, clip
from de06cli.messages import _
from de06cli.plan import addresses, findings
from de06cli.plan.agencies import fold, nearest
from de06cli.plan.checks.codes import Placed, Values, texts_for_lists, unknown_agencies
from de06cli.plan.findings import Problem
from de06cli.plan.mailboxes import mailbox
from de06cli.plan.parts import Step
from de06cli.plan.records import Agency, Heading, Model

Path = tuple[str | int, ...]


# Errors, on plain values -------------------------------------------------------------------------


def errors(values: object) -> list[Problem]:
    """The errors between fields of a plan's plain values, whatever their shape."""
    plan = _mapping(values)
    models = list(_items(plan.get("models"), ("models",)))
    agencies = list(_items(plan.get("agencies"), ("agencies",)))
    return [
        *_timezone(plan),
        *_repeated(agencies, "code", findings.DUPLICATE_AGENCY),
        *_repeated(models, "model", findings.DUPLICATE_MODEL),
        *_repeated(models, "stt", findings.DUPLICATE_STT),
        *(problem for path, model in models for problem in _model_errors(path, model)),
        *unknown_agencies(plan.get("agencies"), agencies, models),
    ]


def lists_meant(values: object) -> dict[Path, str]:
    """The list to write where the plan has a text in place of a list of codes, by path."""
    plan = _mapping(values)
    agencies = list(_items(plan.get("agencies"), ("agencies",)))
    return texts_for_lists(agencies, list(_items(plan.get("models"), ("models",))))


def _mapping(value: object) -> Values:
    return value if isinstance(value, dict) else {}


def _items(value: object, path: Path) -> Iterator[Placed]:
    for index, item in enumerate(value if isinstance(value, list) else []):
        yield (*path, index), _mapping(item)


def _timezone(plan: Values) -> Iterator[Problem]:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - a cold start only

    name = _mapping(plan.get("plan")).get("timezone")
    if not isinstance(name, str) or not name.strip():
        return  # reported already
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
    findings.DUPLICATE_MODEL: lambda: _("Mô hình {value} đã có ở trên."),
    findings.DUPLICATE_STT: lambda: _("STT {value} đã có ở trên."),
    findings.DUPLICATE_STEP: lambda: _("Bước {value} đã có ở trên trong mô hình này."),
}


def _repeated(items: list[Placed], key: str, code: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, item in items:
        value = item.get(key)
        if not isinstance(value, str):
            continue
        if value in seen:
            yield Problem(
                code,
                (*path, key),
                _REPEATED[code]().format(value=clip(value)),
                _("Hãy sửa một trong hai."),
            )
        seen.add(value)


TIMES = ("deadline", "ongoing", "undated", "recurs")  # one of which a model has


def _model_errors(path: Path, model: Values) -> Iterator[Problem]:
    if all(_lacks(model, key) for key in TIMES):
        yield Problem(
            findings.NO_DEADLINE,
            (*path, "deadline") if "deadline" in model else path,
            _("Mô hình không có thời hạn và cũng không ghi ongoing."),
            _("Ghi deadline, hoặc ongoing: thường xuyên, undated, recurs."),
        )
    steps = list(_items(model.get("steps"), (*path, "steps")))
    yield from _repeated(steps, "step", findings.DUPLICATE_STEP)
    for step_path, step in steps:
        progress = _mapping(step.get("progress"))
        status = progress.get("status")
        at = (*step_path, "progress")
        if status in ("done", "skipped") and _lacks(progress, "date"):
            yield Problem(
                findings.PROGRESS_WITHOUT_DATE,
                at,
                _("Bước ghi {status} nhưng không có ngày.").format(status=status),
                _("Thêm date: ngày của văn bản hoặc của quyết định."),
            )
        if status in ("blocked", "skipped") and _lacks(progress, "note"):
            yield Problem(
                findings.PROGRESS_WITHOUT_NOTE,
                at,
                _("Bước ghi {status} nhưng không có ghi chú.").format(status=status),
                _("Thêm note: lý do."),
            )


def _lacks(values: Values, key: str) -> bool:
    """Whether nothing stands under ``key``; a key that is only misspelt is not missing as well."""
    if values.get(key) is not None:
        return False
    others = [bare_key(other) for other in values if other != key]
    return key not in others and not nearest(key, others, 1, 0.7)


# Warnings and notes, on records ------------------------------------------------------------------


def warnings(models: Iterable[tuple[int, Model]], today: date) -> list[Problem]:
    """The warnings about models that can be read; ``today`` is the plan's day."""
    return [
        problem
        for index, model in models
        for problem in _model_warnings(("models", index), model, today)
    ]


def _model_warnings(path: Path, model: Model, today: date) -> Iterator[Problem]:
    yield from _extensions(path, model)
    for number, (step, following) in enumerate(pairwise(model.steps), start=1):
        if following.step < step.step:
            yield Problem(
                findings.STEPS_OUT_OF_ORDER,
                (*path, "steps", number, "step"),
                _("Bước {step} đứng sau bước {previous}.").format(
                    step=following.step, previous=step.step
                ),
                _("Hãy xếp các bước theo thứ tự."),
            )
    for index, step in enumerate(model.steps):
        yield from _step_warnings((*path, "steps", index), step, model.due, today)
    if model.steps and all(
        step.progress and step.progress.status == "skipped" for step in model.steps
    ):
        yield Problem(
            findings.ALL_SKIPPED,
            (*path, "steps"),
            _(
                "Tất cả các bước của mô hình {model} đều “Không thực hiện”; mô hình vẫn "
                "tính là chưa hoàn thành."
            ).format(model=model.model),
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


def _step_warnings(path: Path, step: Step, due: date | None, today: date) -> Iterator[Problem]:
    if step.due and due and step.due > due:
        yield Problem(
            findings.STEP_DUE_AFTER_MODEL,
            (*path, "due"),
            _("Thời hạn của bước, {step_due}, sau thời hạn của mô hình, {due}.").format(
                step_due=step.due, due=due
            ),
        )
    done = step.progress.date if step.progress else None
    if done and done > today:
        yield Problem(
            findings.FUTURE_PROGRESS,
            (*path, "progress", "date"),
            _("Tiến độ ghi ngày {date}, sau hôm nay ({today}).").format(date=done, today=today),
            _("Đến ngày đó bước vẫn được coi là chưa thực hiện."),
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


def unused_agencies(
    agencies: Iterable[tuple[int, Agency]], models: Iterable[tuple[int, Model]]
) -> Iterator[Problem]:
    """Agencies that no model names."""
    used = {code for _index, model in models for code in _codes_of(model)}
    for index, agency in agencies:
        if agency.code not in used:
            yield Problem(
                findings.UNUSED_AGENCY,
                ("agencies", index, "code"),
                _("Không có nhiệm vụ nào giao cho {code}.").format(code=clip(agency.code)),
            )


def _codes_of(model: Model) -> Iterator[str]:
    yield from (*model.agencies, *model.step_agencies)
    for step in model.steps:
        if step.progress and step.progress.by:
            yield step.progress.by


def open_questions(models: Iterable[tuple[int, Model]], of: str | None = None) -> Iterator[Problem]:
    """The questions about the source that somebody may want to settle.

    ``of`` is the plan's code where there are several plans.
    """
    for index, model in models:
        if model.review:
            yield Problem(
                findings.OPEN_QUESTION,
                ("models", index, "review"),
                _("Mô hình {model} có nội dung cần làm rõ: {question}").format(
                    model=model.model, question=clip(model.review.strip(), 80)
                ),
                _("Xem đủ: de06 show {model}.").format(model=addresses.written(of, model.model)),
                at_key=True,
            )
