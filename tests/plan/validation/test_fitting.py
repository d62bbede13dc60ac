"""What fits without pydantic is the record that pydantic makes of it; what pydantic refuses never fits."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import support
from samples import every_key

from de06cli.plan.file.document import Opaque, parse
from de06cli.plan.periods import Period
from de06cli.plan.records import Heading, Model, Plan
from de06cli.plan.validation import schema
from de06cli.plan.validation.fitting import fitted, fitted_value

DATA = support.ROOT / "tests" / "data"
FILES = [
    support.MODELS_FILE,
    DATA / "small.yaml",
    DATA / "other-office.yaml",
    *(
        path
        for path in sorted((DATA / "invalid").glob("*.yaml"))
        if parse(path.read_bytes()).value is not None
    ),
]
VALUES: Any = parse(every_key().encode("utf-8")).value


class _Text(str):
    """A text of a type of its own."""

    __slots__ = ()


GIVEN_BY_YAML = [
    *(None, "", " ", "9", "010", "-10", "1.5", "a", "2023-12-30", "2023-02-30", "2025-Q1", "done"),
    *("CAH", "≥ 80", "week", "district", "8432/12100", [], ["a"], ["a", None], [["a"]], [{}]),
    *({}, {"a": "b"}, {"2025": "≥ 80"}, {"on": "2025-01-02"}, [{"step": "1", "text": "a"}]),
]
# Whatever else a caller may have.
OF_OTHER_TYPES = [
    *(
        9,
        True,
        1.5,
        b"a",
        date(2023, 12, 30),
        Period("day", date(2023, 12, 30)),
        ("a",),
        ("a", "b"),
    ),
    *(Opaque(), _Text("CAH"), {"a"}, iter(["a"])),
]


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    for step, inner in steps if isinstance(node, dict | list) else ():
        yield from places(inner, (*path, step))


def holder(values: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        values = values[step]
    return values


PLACES = [*places(VALUES)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_fits_where_pydantic_takes_it(path: Path) -> None:
    values = parse(path.read_bytes()).value
    assert repr(fitted(Plan, values)) == repr(schema.validate(values)[0])


@pytest.mark.parametrize("value", GIVEN_BY_YAML, ids=repr)
def test_any_value_at_any_place_fits_where_pydantic_takes_it(value: Any) -> None:
    for path in PLACES:
        values = copy.deepcopy(VALUES)
        holder(values, path)[path[-1]] = value
        assert repr(fitted(Plan, values)) == repr(schema.validate(values)[0]), path


@pytest.mark.parametrize("value", OF_OTHER_TYPES, ids=lambda value: type(value).__name__)
def test_a_value_of_another_type_fits_only_as_pydantic_takes_it(value: Any) -> None:
    for path in PLACES:
        values = copy.deepcopy(VALUES)
        holder(values, path)[path[-1]] = value
        plan = fitted(Plan, values)
        assert plan is None or repr(plan) == repr(schema.validate(values)[0]), path


def test_a_missing_key_and_an_unknown_one_fit_where_pydantic_takes_them() -> None:
    for path in PLACES:
        for name in (None, f"{path[-1]}_", "step", "9"):
            values = copy.deepcopy(VALUES)
            place = holder(values, path)
            if isinstance(place, dict):
                value = place.pop(path[-1])
                if name:
                    place[name] = value
            else:
                del place[path[-1]]
            assert repr(fitted(Plan, values)) == repr(schema.validate(values)[0]), (path, name)


def test_a_record_of_a_plan_fits_by_itself() -> None:
    values = {"code": "MAU", "title": "Kế hoạch mẫu", "due_soon_days": "5"}
    assert fitted(Heading, values) == Heading("MAU", "Kế hoạch mẫu", due_soon_days=5)
    assert fitted(Heading, {"code": "MAU"}) is None
    assert fitted(Model, None) is None


def test_a_value_of_a_field_fits_by_itself() -> None:
    assert fitted_value(Model, "model", "9") == 9
    assert fitted_value(Model, "deadline", None) is None
    for value in ("IX?", "", [], None):
        with pytest.raises(ValueError):  # noqa: PT011 - whichever it is
            fitted_value(Model, "model", value)
