"""Every key of another office's plan, one at a time: misspelt, empty, of the wrong shape.

Each such mistake is a finding at its own line, with an advice.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
import support
import yaml

from de06cli.plan.checks.review import review
from de06cli.plan.checks.values import Path
from de06cli.plan.file.document import parse
from de06cli.plan.file.reader import read
from de06cli.plan.findings import Severity

SAMPLE = support.ROOT / "tests" / "data" / "other-office.yaml"
VALUES: Any = parse(SAMPLE.read_bytes()).value
SCHEMA = json.loads((support.ROOT / "data" / "models.schema.json").read_text("utf-8"))


def keys(node: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every key in ``node``, but for headings of columns and periods of goals."""
    if isinstance(node, dict) and path[-1:] not in {("extra",), ("goal",)}:
        for key, value in node.items():
            yield (*path, key)
            yield from keys(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from keys(item, (*path, index))


PATHS = [path for path in keys(VALUES) if len(path) > 1]


def changed(path: Path, change: Any) -> bytes:
    values = copy.deepcopy(VALUES)
    node = values
    for part in path[:-1]:
        node = node[part]
    change(node, path[-1])
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def misspelt(node: Any, key: str) -> None:
    node[f"{key}x"] = node.pop(key)


def of_a_wrong_shape(node: Any, key: str) -> None:
    node[key] = [["a"]]


def of_keys(node: Any, key: str) -> None:
    node[key] = {"zzz": ["a"]}


def blank(node: Any, key: str) -> None:
    node[key] = " "


@pytest.mark.parametrize("change", [misspelt, of_a_wrong_shape, of_keys, blank])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_a_mistake_at_a_key_has_a_place_and_an_advice(path: Path, change: Any) -> None:
    reading = read(changed(path, change))
    assert reading.errors
    assert all(one.place.line > 1 and one.advice for one in reading.errors)
    if change is misspelt:
        (found,) = [one for one in reading.errors if f"“{path[-1]}x”" in one.message]
        assert f"Gợi ý: {path[-1]}." in found.advice


def test_the_plan_of_another_office_has_no_errors_and_no_warnings() -> None:
    found = review(read(SAMPLE.read_bytes()), date(2025, 12, 1))
    assert [one for one in found if one.severity is not Severity.NOTE] == []


class _Plain(yaml.SafeLoader):
    """Typed as an editor types plain YAML: days are texts, and "on" is a word."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_json_schema_takes_the_plan_of_another_office_as_an_editor_types_it() -> None:
    typed = yaml.load(SAMPLE.read_text("utf-8"), _Plain)
    values = json.loads(json.dumps(typed))
    jsonschema.validate(values, SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("models", 0, "deadline"), 2025),
        (("models", 0, "model"), 12e3),
        (("models", 0, "stt"), 11.1),
        (("models", 2, "targets", 0, "values", 0, "value"), 69.7),
        (("models", 2, "targets", 0, "goal"), 95),
        (("models", 1, "recurs", "after"), -10),
    ],
    ids=str,
)
def test_the_json_schema_takes_numbers_where_yaml_makes_some(path: Path, value: Any) -> None:
    def put(node: Any, key: str) -> None:
        node[key] = value

    jsonschema.validate(json.loads(changed(path, put)), SCHEMA)
