"""The JSON Schema tells editors the shapes that the reader takes, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import support
import yaml
from samples import filled
from valid_values import READABLE, REQUIRED, SHAPES, changed

from de06cli import messages
from de06cli.plan.cache import packing
from de06cli.plan.file.document import parse
from de06cli.plan.file.skeleton import SKELETON
from de06cli.plan.parts import Progress
from de06cli.plan.records import Plan
from de06cli.plan.validation.json_schema import json_schema

SCHEMA_FILE = support.ROOT / "data" / "models.schema.json"


class Editor(yaml.SafeLoader):
    """YAML as an editor reads it, by the core schema of YAML 1.2: a date is a text."""

    yaml_implicit_resolvers: ClassVar[Any] = {}


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(
        json.loads(SCHEMA_FILE.read_text("utf-8")),
        format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER,
    )


def in_editor(text: str) -> Any:
    return yaml.load(text, Loader=Editor)


def test_the_shipped_schema_is_the_generated_one() -> None:
    text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    assert SCHEMA_FILE.read_text("utf-8") == text


def test_the_schema_is_one_itself(validator: jsonschema.Draft7Validator) -> None:
    validator.check_schema(validator.schema)


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_the_schema_accepts_a_valid_plan(path: Path, validator: jsonschema.Draft7Validator) -> None:
    assert list(validator.iter_errors(in_editor(path.read_text("utf-8")))) == []


def test_the_schema_accepts_the_skeleton(validator: jsonschema.Draft7Validator) -> None:
    assert list(validator.iter_errors(in_editor(filled()))) == []


def test_an_editor_marks_what_the_skeleton_leaves_empty(
    validator: jsonschema.Draft7Validator,
) -> None:
    assert len(list(validator.iter_errors(in_editor(SKELETON)))) == 7  # the deadline may be empty


def test_the_schema_accepts_what_the_reader_makes_of_a_file(
    validator: jsonschema.Draft7Validator,
) -> None:
    assert list(validator.iter_errors(parse(support.MODELS_FILE.read_bytes()).value)) == []


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_the_schema_refuses_a_shape_that_the_reader_refuses(
    path: Path, validator: jsonschema.Draft7Validator
) -> None:
    assert list(validator.iter_errors(in_editor(path.read_text("utf-8")))) != []


@pytest.mark.parametrize("path", REQUIRED, ids=str)
def test_the_schema_asks_for_the_same_keys(
    path: tuple[str | int, ...], validator: jsonschema.Draft7Validator
) -> None:
    (error,) = validator.iter_errors(changed(path, ...))
    assert (list(error.absolute_path), error.validator) == (list(path[:-1]), "required")


@pytest.mark.parametrize("number", [-1, 1.5, 1_000_000_000, "09", "chín", True, None])
def test_the_schema_refuses_what_is_no_number_of_a_plan(
    number: object, validator: jsonschema.Draft7Validator
) -> None:
    assert list(validator.iter_errors(changed(("models", 0, "model"), number))) != []


@pytest.mark.parametrize("number", [0, 9, 999_999_999, "9", "999999999"])
def test_the_schema_accepts_a_number_however_an_editor_sees_it(
    number: object, validator: jsonschema.Draft7Validator
) -> None:
    assert list(validator.iter_errors(changed(("models", 0, "model"), number))) == []


def described(node: Any) -> list[str]:
    """Every description in a schema, from the top."""
    if isinstance(node, dict):
        own = [node["description"]] if isinstance(node.get("description"), str) else []
        return own + [text for value in node.values() for text in described(value)]
    return []


def test_every_key_is_described_in_both_languages() -> None:
    vietnamese = described(json_schema())
    messages.use("en")
    english = described(json_schema())
    places = {Progress: 2}  # of a step, and of a model without steps
    records = (*packing.RECORDS, Plan)
    assert (
        len(vietnamese)
        == len(english)
        == sum(len(record._fields) * places.get(record, 1) for record in records)
    )
    assert not set(vietnamese) & set(english)
