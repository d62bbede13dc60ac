"""The doorway to pyarrow: models and steps as typed tables in Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from de06cli.plan.fields import FieldKind, fields
from de06cli.plan.parts import Progress, Step
from de06cli.plan.records import Model
from de06cli.tracking.states import Task
from de06cli.views.text import json_answer
from de06cli.views.text.json_answer import JsonRecord

_TEXT, _TEXTS, _DAY, _COUNT = pa.string(), pa.list_(pa.string()), pa.date32(), pa.int32()
_TYPES = {
    FieldKind.NUMBER: _COUNT,
    FieldKind.DAY: _DAY,
    FieldKind.TEXT: _TEXT,
    FieldKind.TEXTS: _TEXTS,
    FieldKind.LABEL: _COUNT,  # a number where it is one
    FieldKind.PERIOD: _TEXT,
    FieldKind.PAIRS: _TEXTS,
}
# What no record declares: what is derived, and "as_of", the day of it.
_OF_TASKS = {
    "plan": _TEXT, "due": _DAY, "extended": _COUNT, "state": _TEXT, "due_soon": pa.bool_(),
    "days_late": _COUNT, "days_left": _COUNT, "completed_on": _DAY, "updated_on": _DAY,
    "steps_done": _COUNT, "steps_total": _COUNT, "as_of": _DAY, "deadline": _DAY, "number": _TEXT,
    "deadline_as": _TEXT, "due_as": _TEXT, "period": _TEXT, "periods_late": _COUNT,
}  # fmt: skip
_OF_STEPS = {
    "plan": _TEXT, "model": _COUNT, "days_late": _COUNT, "as_of": _DAY, "number": _TEXT,
}  # fmt: skip


def _schema(names: Iterable[str], derived: dict[str, pa.DataType], *of: type) -> pa.Schema:
    """The types of the columns: those ``derived``, and those declared in the records ``of`` a row."""
    declared = {name: field for record in of for name, field in fields(record).items()}
    kept = {name: derived.get(name) or _TYPES[declared[name].kind] for name in names}
    return pa.schema([*kept.items()])


_COLUMNS = json_answer.TASK_COLUMNS
_LATER = json_answer.later_columns()
_AT = _COLUMNS.index("deadline") + 1
MODELS = _schema(
    [*_COLUMNS[:_AT], "extended", *_COLUMNS[_AT:], *_LATER, "number", "as_of"], _OF_TASKS, Model
)
_STEP_COLUMNS = ("plan", "model", *json_answer.STEP_KEYS)
STEPS = _schema(
    [
        *_STEP_COLUMNS,
        *json_answer.flat_fields(Step, _STEP_COLUMNS),
        *json_answer.flat_fields(Progress, _STEP_COLUMNS),
        "number",
        "as_of",
    ],
    _OF_STEPS,
    Step,
    Progress,
)


def models(tasks: Iterable[Task], today: date, path: Path) -> None:
    """Writes a row a task to ``path``. Raises OSError.

    The columns are the keys of the JSON form; ``extended`` counts the extensions, ``as_of`` is ``today``.
    """
    rows = [
        json_answer.task(task)
        | {"extended": len(task.model.extensions), "number": str(task.model.model)}
        for task in tasks
    ]
    _write(rows, MODELS, today, path)


def steps(tasks: Iterable[Task], today: date, path: Path) -> None:
    """Writes a row a step of the tasks to ``path``. Raises OSError."""
    rows = [
        json_answer.step(step, task.today)
        | {"plan": task.plan, "model": task.model.model, "number": str(task.model.model)}
        for task in tasks
        for step in task.model.steps
    ]
    _write(rows, STEPS, today, path)


def _write(rows: list[JsonRecord], schema: pa.Schema, today: date, path: Path) -> None:
    typed = [_typed(row | {"as_of": today}, schema) for row in rows]
    parquet.write_table(pa.Table.from_pylist(typed, schema), path)


def _typed(row: JsonRecord, schema: pa.Schema) -> JsonRecord:
    """The row's values for a schema."""
    return {field.name: _value(row[field.name], field.type) for field in schema}


def _value(value: object, kind: pa.DataType) -> object:
    """A value as its column holds it: days as days, no number for a text, a line for each pair."""
    if isinstance(value, str) and kind == _DAY:
        return date.fromisoformat(value)
    if isinstance(value, str) and kind == _COUNT:
        return None
    if isinstance(value, dict):
        return [f"{key}: {text}" for key, text in value.items()]
    return value
