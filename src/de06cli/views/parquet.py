"""The doorway to pyarrow: models and steps as typed tables in Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from de06cli.tracking.states import Task
from de06cli.views import records

_TEXT, _TEXTS, _DAY, _COUNT = pa.string(), pa.list_(pa.string()), pa.date32(), pa.int32()

MODELS = pa.schema(
    [
        ("plan", _TEXT),
        ("model", _COUNT),
        ("stt", _COUNT),
        ("title", _TEXT),
        ("lead", _TEXTS),
        ("support", _TEXTS),
        ("implementers", _TEXTS),
        ("companies", _TEXTS),
        ("due", _DAY),
        ("deadline", _DAY),
        ("extended", _COUNT),
        ("ongoing", _TEXT),
        ("state", _TEXT),
        ("due_soon", pa.bool_()),
        ("days_late", _COUNT),
        ("days_left", _COUNT),
        ("completed_on", _DAY),
        ("updated_on", _DAY),
        ("steps_done", _COUNT),
        ("steps_total", _COUNT),
        ("organisation", _TEXTS),
        ("outcome", _TEXT),
        ("equipment", _TEXT),
        ("review", _TEXT),
        ("as_of", _DAY),
    ]
)
STEPS = pa.schema(
    [
        ("plan", _TEXT),
        ("model", _COUNT),
        ("step", _COUNT),
        ("text", _TEXT),
        ("agencies", _TEXTS),
        ("due", _DAY),
        ("status", _TEXT),
        ("date", _DAY),
        ("by", _TEXT),
        ("evidence", _TEXT),
        ("note", _TEXT),
        ("days_late", _COUNT),
        ("as_of", _DAY),
    ]
)


def models(tasks: Iterable[Task], today: date, path: Path) -> None:
    """Writes a row a task to ``path``. Raises OSError.

    The columns are the keys of the JSON form; ``extended`` counts the extensions, ``as_of`` is ``today``.
    """
    rows = [records.task(task) for task in tasks]
    _write([row | {"extended": len(row["extensions"])} for row in rows], MODELS, today, path)


def steps(tasks: Iterable[Task], today: date, path: Path) -> None:
    """Writes a row a step of the tasks to ``path``. Raises OSError."""
    rows = [records.task(task) for task in tasks]
    of_models = [
        step | {"plan": row["plan"], "model": row["model"]} for row in rows for step in row["steps"]
    ]
    _write(of_models, STEPS, today, path)


def _write(rows: list[dict[str, Any]], schema: pa.Schema, today: date, path: Path) -> None:
    typed = [_typed(row | {"as_of": today}, schema) for row in rows]
    parquet.write_table(pa.Table.from_pylist(typed, schema), path)


def _typed(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    """The row's values for a schema, its days as days."""
    return {
        field.name: date.fromisoformat(value)
        if field.type == _DAY and isinstance(value := row[field.name], str)
        else row[field.name]
        for field in schema
    }
