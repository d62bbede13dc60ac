"""Records as JSON: stable keys, nulls kept, dates in ISO form."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from de06cli.plan.records import Extension, Heading, Source, Step
from de06cli.tracking.states import LateStep, Task, step_days_late
from de06cli.tracking.terms import Role

if TYPE_CHECKING:
    from de06cli.plan.findings import Finding
    from de06cli.tracking.registers import Entry
    from de06cli.tracking.statistics import Figures

VERSION = 1


def document(
    as_of: date, plans: list[dict[str, Any]], *, ascii_only: bool = False, **answer: Any
) -> str:
    """The whole answer of a command as one JSON text; ``answer`` holds its own keys."""
    whole = {"version": VERSION, "as_of": iso(as_of), "plans": plans, **answer}
    return json.dumps(whole, ensure_ascii=ascii_only, indent=2) + "\n"


def plan(heading: Heading, data: str, revision: str | None) -> dict[str, Any]:
    return {
        "code": heading.code,
        "title": heading.title,
        "data": data,
        "revision": revision,
    }


def task(task: Task) -> dict[str, Any]:
    model = task.model
    return {
        "plan": task.plan,
        "model": model.model,
        "stt": model.stt,
        "title": model.title,
        "organisation": list(model.organisation),
        "outcome": model.outcome,
        "equipment": model.equipment,
        "lead": list(model.lead),
        "support": list(model.support),
        "implementers": list(model.implementers),
        "companies": list(model.companies),
        "due": iso(task.due),
        "deadline": iso(model.deadline),
        "extensions": [_extension(extension) for extension in model.extensions],
        "ongoing": model.ongoing,
        "state": str(task.state),
        "due_soon": task.due_soon,
        "days_late": task.days_late,
        "days_left": task.days_left,
        "completed_on": iso(task.completed_on),
        "updated_on": iso(task.updated_on),
        "steps_done": task.steps_done,
        "steps_total": task.steps_total,
        "source": _source(model.source),
        "review": model.review,
        "steps": [_step(step, task.today) for step in model.steps],
    }


def late_step(late: LateStep) -> dict[str, Any]:
    """A step with a deadline of its own, in a model in time."""
    model = late.task.model
    return {
        "plan": late.task.plan,
        "model": model.model,
        "stt": model.stt,
        "lead": list(model.lead),
        **_step(late.step, late.task.today),
    }


def agency(entry: Entry) -> dict[str, Any]:
    """An agency with the numbers of the models that name it, by role."""
    agency, models = entry.agency, entry.models
    return {
        "plan": entry.plan,
        "code": agency.code,
        "name": agency.name,
        "name_en": agency.name_en,
        "level": agency.level,
        "aliases": list(agency.aliases),
        "email": list(agency.email),
        "lead": models[Role.LEAD],
        "support": models[Role.SUPPORT],
        "implementers": models[Role.IMPLEMENTER],
        "steps": models[Role.STEP],
    }


def figures(row: Figures) -> dict[str, Any]:
    return {
        "key": row.key,
        "total": row.total,
        **{str(state): count for state, count in row.states.items()},
        "due_soon": row.due_soon,
        "rate_due": row.rate_due,
        "rate_due_finished": row.due_passed_finished,
        "rate_due_of": row.due_passed,
        "rate_all": row.rate_all,
        "rate_all_finished": row.finished,
        "rate_all_of": row.rated,
    }


def finding(data: str, finding: Finding) -> dict[str, Any]:
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


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _extension(extension: Extension) -> dict[str, Any]:
    return {
        "to": iso(extension.to),
        "decided": iso(extension.decided),
        "document": extension.document,
        "reason": extension.reason,
    }


def _source(source: Source | None) -> dict[str, Any]:
    kept = source or Source()
    return {
        "deadline": kept.deadline,
        "lead": kept.lead,
        "support": kept.support,
        "implementers": kept.implementers,
    }


def _step(step: Step, today: date) -> dict[str, Any]:
    progress = step.progress
    return {
        "step": step.step,
        "text": step.text,
        "agencies": list(step.agencies),
        "due": iso(step.due),
        "status": progress.status if progress else "todo",
        "date": iso(progress.date) if progress else None,
        "by": progress.by if progress else None,
        "evidence": progress.evidence if progress else None,
        "note": progress.note if progress else None,
        "days_late": step_days_late(step, today),
    }
