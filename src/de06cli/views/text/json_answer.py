"""Records as JSON: stable keys, nulls kept, dates in ISO form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from de06cli.named_tuples import NamedTuple
from de06cli.plan import quantities
from de06cli.plan.declaring import Label
from de06cli.plan.fields import FieldKind, fields, key_of
from de06cli.plan.parts import Progress, Source, Step, Target
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model
from de06cli.tracking.figures.statistics import TWO_BY_TWO
from de06cli.tracking.states import LateStep, Task, status, step_days_late
from de06cli.tracking.terms import Role, State

if TYPE_CHECKING:
    from de06cli.plan.committed.recorded import Recorded
    from de06cli.plan.findings import Finding
    from de06cli.tracking.assignments import Assignments
    from de06cli.tracking.figures.comparison import Comparison
    from de06cli.tracking.figures.statistics import Figures
    from de06cli.tracking.figures.trend import Moment
    from de06cli.tracking.step_list import ListedStep

VERSION = 1

JsonRecord = dict[str, object]  # texts, numbers, null, and lists and records of these


def document(
    as_of: date, plans: list[JsonRecord], *, ascii_only: bool = False, **answer: object
) -> str:
    """The whole answer of a command as one JSON text; ``answer`` holds its own keys."""
    whole = {"version": VERSION, "as_of": iso(as_of), "plans": plans, **answer}
    import json  # noqa: PLC0415 - tables for people and csv do without

    return json.dumps(whole, ensure_ascii=ascii_only, indent=2) + "\n"


def plan(heading: Heading, data: str, revision: str | None) -> dict[str, Any]:
    """A plan's heading in short; further fields that are declared come behind the first four keys."""
    derived = {"data": data, "revision": revision}
    return _ordered(_stored(heading, _PLAN_DETAILS) | derived, PLAN_KEYS)


def task(task: Task) -> JsonRecord:
    """A task with its keys in the order in which programs have known them, later ones behind them."""
    model = task.model
    derived = {
        "plan": task.plan,
        "due": iso(task.due),
        "deadline": iso(model.first_due),
        "deadline_as": _as_period(model.deadline),
        "due_as": _as_period(task.due_as),
        "period": str(task.period) if task.period else None,
        "periods_late": task.periods_late if task.period else None,
        "replaces": {code: [*former] for code, former in task.replaces.items()} or None,
        "start": _as_written(model.start),
        "extensions": [
            _stored(extension, ())
            | {"to": iso(extension.to.last), "to_as": _as_period(extension.to)}
            for extension in model.extensions
        ],
        "state": str(task.state),
        "due_soon": task.due_soon,
        "days_late": task.days_late,
        "days_left": task.days_left,
        "completed_on": iso(task.completed_on),
        "updated_on": iso(task.updated_on),
        "steps_done": task.steps_done,
        "steps_total": task.steps_total,
        "source": plain(model.source or Source()),
        "steps": [step(one, task.today) for one in model.steps],
        "targets": [_target(one, task.today) for one in model.targets],
    }
    return _ordered(_stored(model, derived) | derived, TASK_KEYS)


def _target(target: Target, today: date) -> JsonRecord:
    """A target with its values, and where it stands."""
    stands = quantities.target_standing(target, today)
    return _stored(target, {"goal"}) | {
        "goal": {str(by): text for by, text in target.goal if by} or target.goal[0][1],
        "last": plain(stands.last),
        "previous": plain(stands.previous),
        "distance": stands.distance,
        "reached": stands.reached,
    }


def late_step(late: LateStep) -> JsonRecord:
    """A step with a deadline of its own, in a model in time."""
    model = late.task.model
    return {
        "plan": late.task.plan,
        "model": model.model,
        "stt": model.stt,
        "lead": list(model.lead),
        **step(late.step, late.task.today),
    }


def listed_step(one: ListedStep) -> JsonRecord:
    """A step in a list of steps, with what its model says about it."""
    model = one.task.model
    derived = {
        "plan": one.task.plan,
        "model": model.model,
        "stt": model.stt,
        "title": model.title,
        "lead": list(model.lead),
        "model_due": iso(one.task.due),
        **(step(one.step, one.task.today) if one.step else _no_step(one)),
        "since": iso(one.since),
        "period": str(one.period) if one.period else None,
    }
    return _ordered(derived, LISTED_STEP_KEYS)


def _no_step(one: ListedStep) -> JsonRecord:
    """The keys of a step for a period of a duty, or for a task that has no steps."""
    found: JsonRecord = dict.fromkeys(STEP_KEYS)
    if one.progress:
        found |= _stored(one.progress, ())
    return found | {"agencies": list(one.agencies), "status": one.status}


def step_columns() -> list[str]:
    """The columns of csv and tsv for steps."""
    return [*LISTED_STEP_KEYS, *flat_fields(Step, LISTED_STEP_KEYS)]


def recorded(plan: str, model: Label, step: int, found: Recorded) -> JsonRecord:
    """Who recorded a step, when and in which commit, and what stood there before; null for what is in no
    commit yet."""
    known = found.commit is not None
    return {
        "plan": plan,
        "model": model,
        "step": step,
        "author": found.author if known else None,
        "date": found.when.isoformat() if known else None,
        "revision": found.commit,
        "before": plain(found.before),
    }


def agency(entry: Assignments) -> JsonRecord:
    """An agency with the numbers of the models that name it, by role."""
    models = entry.models
    derived = {
        "plan": entry.plan,
        "lead": models[Role.LEAD],
        "support": models[Role.SUPPORT],
        "implementers": models[Role.IMPLEMENTER],
        "steps": models[Role.STEP],
    }
    return _ordered(_stored(entry.agency, {}) | derived, AGENCY_KEYS)


# The keys that programs have known from the first version on, in their order; whatever else is declared
# in plan/records.py comes behind them.
TASK_KEYS = (
    "plan", "model", "stt", "title", "organisation", "outcome", "equipment", "lead", "support",
    "implementers", "companies", "due", "deadline", "extensions", "ongoing", "state", "due_soon",
    "days_late", "days_left", "completed_on", "updated_on", "steps_done", "steps_total", "source",
    "review", "steps",
    # since 0.9
    "group", "assigned", "start", "deadline_as", "due_as", "undated", "output", "basis", "extra",
    "handovers", "stopped", "progress", "recurs", "periods", "targets", "period", "periods_late",
    "replaces",
)  # fmt: skip
AGENCY_KEYS = (
    "plan", "code", "name", "name_en", "level", "aliases", "email", "lead", "support", "implementers",
    "steps", "short", "ended", "members",
)  # fmt: skip
STEP_KEYS = (
    "step", "text", "agencies", "due", "status", "date", "by", "evidence", "note", "days_late",
)  # fmt: skip
LISTED_STEP_KEYS = (
    "plan",
    "model",
    "stt",
    "title",
    "lead",
    "model_due",
    *STEP_KEYS,
    "since",
    "period",
)
PLAN_KEYS = ("code", "title", "data", "revision")
# Keys of the heading that only de06 needs: no answer has them.
_PLAN_DETAILS = (
    "place", "declared_models", "timezone", "due_soon_days", "programme", "nouns", "issuer", "locality",
    "issued", "stale_days", "evidence_folder", "escalate",
)  # fmt: skip
# The columns of csv and tsv, whose order is a promise of its own.
TASK_COLUMNS = (
    "plan", "model", "stt", "title", "lead", "support", "implementers", "companies", "due", "deadline",
    "ongoing", "state", "due_soon", "days_late", "days_left", "completed_on", "updated_on",
    "steps_done", "steps_total", "organisation", "outcome", "equipment", "review",
)  # fmt: skip


# What is derived of the keys that came later, for csv and tsv.
_LATER = ("deadline_as", "due_as", "period", "periods_late")


def task_columns(rows: Iterable[JsonRecord]) -> list[str]:
    """The columns of csv and tsv: a task's keys, those of records left out.

    Columns that are not among the first ones are there where one of the ``rows`` uses them.
    """
    return _used_columns(TASK_COLUMNS, later_columns(), rows)


def later_columns() -> list[str]:
    """The columns that came behind the first ones."""
    return [*flat_fields(Model, TASK_COLUMNS), *_LATER]


def _used_columns(
    known: Sequence[str], later: Iterable[str], rows: Iterable[JsonRecord]
) -> list[str]:
    used = {key for row in rows for key, value in row.items() if value}
    return [*known, *(key for key in later if key in used)]


_AGENCY_COLUMNS = AGENCY_KEYS[: AGENCY_KEYS.index("short") + 1]


def agency_columns(rows: Iterable[JsonRecord]) -> list[str]:
    """The columns of csv and tsv for agencies, as those for tasks."""
    return _used_columns(_AGENCY_COLUMNS, flat_fields(Agency, _AGENCY_COLUMNS), rows)


def flat_fields(record: type[NamedTuple], known: Iterable[str]) -> list[str]:
    """The declared fields that are values by themselves, the ``known`` ones left out."""
    return [
        field.name
        for field in fields(record).values()
        if field.record is None and field.name not in known
    ]


def _stored(record: NamedTuple, instead: Iterable[str]) -> JsonRecord:
    """A record's declared fields, except those that the keys of ``instead`` replace."""
    return {
        key_of(field.name): dict(value) if field.kind is FieldKind.PAIRS else plain(value)
        for field, value in zip(fields(record.__class__).values(), record, strict=True)
        if field.name not in instead
    }


def _ordered(values: JsonRecord, known: Iterable[str]) -> JsonRecord:
    return {key: values[key] for key in known} | values


def plain(value: object) -> object:
    """A value of a record as JSON has it: records by their fields' names, days in ISO form."""
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key_of(name): plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return iso(value) if isinstance(value, date) else value


def figures(row: Figures) -> JsonRecord:
    return {
        "key": row.key,
        "total": row.total,
        **{str(state): row.states[state] for state in (*TWO_BY_TWO, State.ONGOING)},
        "due_soon": row.due_soon,
        "rate_due": row.rate_due,
        "rate_due_finished": row.due_passed_finished,
        "rate_due_of": row.due_passed,
        "rate_all": row.rate_all,
        "rate_all_finished": row.finished,
        "rate_all_of": row.rated,
        **{str(state): row.states[state] for state in _RARE},
    }


_RARE = (State.UNDATED, State.STOPPED)  # later keys, and columns only where some task is in them


def figure_columns(total: Figures) -> list[str]:
    """The columns of csv and tsv for figures."""
    left_out = {str(state) for state in _RARE if not total.states[state]}
    return [key for key in figures(total) if key not in left_out]


def waiting(row: Figures, tasks: Iterable[Task]) -> JsonRecord:
    """The figures of an agency that tasks wait for, and the numbers of these."""
    return figures(row) | {"models": [task.model.model for task in tasks]}


TREND_KEYS = ("as_of", "total", "finished", "open_overdue", "due_soon", "rate_due", "rate_all")


def moment(one: Moment, *, keyed: bool = False) -> JsonRecord:
    """A row of a trend; ``keyed`` puts what it is the row of in front."""
    row = figures(one.figures)
    row |= {"as_of": iso(one.as_of), "finished": one.figures.finished}
    return {key: row[key] for key in (*(["key"] if keyed else []), *TREND_KEYS)}


def comparison(one: Comparison) -> JsonRecord:
    """The figures of a row, those ``before`` and the ``change``: null where one of both is."""
    now, before = figures(one.now), figures(one.before)
    del before["key"]
    return now | {
        "before": before,
        "change": {key: _difference(now[key], value) for key, value in before.items()},
    }


def flat_comparison(one: Comparison) -> JsonRecord:
    """The same as one row: ``before_total``, ``change_total``, …"""
    now, before = figures(one.now), figures(one.before)
    del before["key"]
    flat: JsonRecord = {f"before_{key}": value for key, value in before.items()}
    changes = {f"change_{key}": _difference(now[key], value) for key, value in before.items()}
    return now | flat | changes


def _difference(now: object, before: object) -> int | float | None:
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before
    return None


def finding(data: str, finding: Finding) -> JsonRecord:
    return {
        "data": data,
        "line": finding.place.line,
        "column": finding.place.column,
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "advice": finding.advice or None,
        "more": finding.more,
    }


def _as_period(period: Period | None) -> str | None:
    """A period as the file writes it; None for a day, which stands under its own key."""
    return str(period) if period and period.kind != "day" else None


def _as_written(period: Period | None) -> str | None:
    return str(period) if period else None


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def step(step: Step, today: date) -> JsonRecord:
    """A step with the keys of its progress; a step without progress has the status ``todo``."""
    derived: JsonRecord = dict.fromkeys(Progress._fields)
    if step.progress:
        derived |= _stored(step.progress, ())
    derived |= {"status": status(step), "days_late": step_days_late(step, today)}
    return _ordered(_stored(step, {"progress"}) | derived, STEP_KEYS)
