"""Values become a plan or problems with a path; the JSON Schema tells editors the same shapes."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import support
import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import core_schema
from samples import filled

from de06cli import messages
from de06cli.plan import findings, schema
from de06cli.plan.cache import packing
from de06cli.plan.declaring import Written
from de06cli.plan.file.document import Opaque, parse
from de06cli.plan.file.skeleton import SKELETON
from de06cli.plan.notation import FORMS
from de06cli.plan.parts import Extension, Progress, Source, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model, Plan

SCHEMA_FILE = support.ROOT / "data" / "models.schema.json"
SAMPLES = support.ROOT / "tests" / "data" / "invalid"

VALUES: dict[str, Any] = {
    "plan": {
        "code": "MAU",
        "title": "Kế hoạch mẫu",
        "place": "huyện",
        "declared_models": "1",
        "timezone": "Asia/Bangkok",
        "due_soon_days": "5",
    },
    "agencies": [
        {
            "code": "CAH",
            "name": "Công an huyện",
            "name_en": "District Police",
            "level": "district",
            "aliases": ["CA huyện"],
            "email": ["a@example.vn", "b@example.vn"],
        },
        {"code": "PC06", "name": "Phòng PC06", "email": "c@example.vn"},
    ],
    "models": [
        {
            "model": "9",
            "stt": "4",
            "title": "Quản lý lưu trú",
            "organisation": ["Công an huyện: Chủ trì"],
            "outcome": "Quản lý khách",
            "deadline": "2023-12-30",
            "extensions": [
                {
                    "to": "2024-03-31",
                    "decided": "2023-12-25",
                    "document": "12/CV-UBND",
                    "reason": "chờ kinh phí",
                }
            ],
            "ongoing": None,
            "equipment": "Miễn phí",
            "lead": ["CAH"],
            "support": ["PC06"],
            "implementers": None,
            "companies": [],
            "source": {"deadline": "30/12/2023", "lead": "CAH", "support": None},
            "review": None,
            "steps": [
                {
                    "step": "1",
                    "text": "Tuyên truyền.",
                    "agencies": ["CAH"],
                    "due": "2023-11-30",
                    "progress": {
                        "status": "done",
                        "date": "2023-11-20",
                        "by": "CAH",
                        "evidence": "45/BC-CAH",
                        "note": "xong",
                    },
                },
                {"step": "2", "text": "Tổng kết.", "progress": None},
            ],
        }
    ],
}


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    """The values with another one at ``path``; with Ellipsis, without it."""
    values = copy.deepcopy(VALUES)
    node: Any = values
    for step in path[:-1]:
        node = node[step]
    if value is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return values


def problems(values: Any) -> list[tuple[str, tuple[str | int, ...], str]]:
    plan, found = schema.validate(values)
    assert (plan is None) == bool(found)
    return [(one.code, one.path, one.message) for one in found]


# Validation ---------------------------------------------------------------------------------------


def test_values_become_a_plan() -> None:
    assert schema.validate(VALUES) == (
        Plan(
            plan=Heading(
                code="MAU",
                title="Kế hoạch mẫu",
                place="huyện",
                declared_models=1,
                timezone="Asia/Bangkok",
                due_soon_days=5,
            ),
            agencies=(
                Agency(
                    code="CAH",
                    name="Công an huyện",
                    level="district",
                    name_en="District Police",
                    aliases=("CA huyện",),
                    email=("a@example.vn", "b@example.vn"),
                ),
                Agency(code="PC06", name="Phòng PC06", email=("c@example.vn",)),
            ),
            models=(
                Model(
                    model=9,
                    title="Quản lý lưu trú",
                    deadline=Period("day", date(2023, 12, 30)),
                    lead=("CAH",),
                    steps=(
                        Step(
                            step=1,
                            text="Tuyên truyền.",
                            progress=Progress(
                                status="done",
                                date=date(2023, 11, 20),
                                by="CAH",
                                evidence="45/BC-CAH",
                                note="xong",
                            ),
                            agencies=("CAH",),
                            due=date(2023, 11, 30),
                        ),
                        Step(step=2, text="Tổng kết."),
                    ),
                    stt=4,
                    organisation=("Công an huyện: Chủ trì",),
                    outcome="Quản lý khách",
                    extensions=(
                        Extension(
                            to=Period("day", date(2024, 3, 31)),
                            decided=date(2023, 12, 25),
                            document="12/CV-UBND",
                            reason="chờ kinh phí",
                        ),
                    ),
                    equipment="Miễn phí",
                    support=("PC06",),
                    source=Source(deadline="30/12/2023", lead="CAH"),
                ),
            ),
        ),
        [],
    )


REQUIRED = [
    ("plan",),
    ("agencies",),
    ("models",),
    ("plan", "code"),
    ("plan", "title"),
    ("agencies", 0, "code"),
    ("agencies", 0, "name"),
    *(("models", 0, key) for key in ("model", "title", "lead")),
    ("models", 0, "extensions", 0, "to"),
    ("models", 0, "extensions", 0, "decided"),
    ("models", 0, "steps", 0, "step"),
    ("models", 0, "steps", 0, "text"),
    ("models", 0, "steps", 0, "progress", "status"),
]


@pytest.mark.parametrize("path", REQUIRED, ids=str)
def test_a_required_key_is_missed_where_it_should_stand(path: tuple[str | int, ...]) -> None:
    message = f"Thiếu khóa bắt buộc “{path[-1]}”."
    assert problems(changed(path, ...)) == [(findings.MISSING_KEY, path[:-1], message)]


def test_every_other_key_may_be_left_out() -> None:
    left_out = 0
    pending: list[tuple[str | int, ...]] = [()]
    while pending:
        path = pending.pop()
        node: Any = VALUES
        for step in path:
            node = node[step]
        keys = list(node) if isinstance(node, dict) else range(len(node))
        for key in keys:
            if isinstance(node[key], (dict, list)):
                pending.append((*path, key))
            if isinstance(key, str) and (*path, key) not in REQUIRED and "1" not in map(str, path):
                assert problems(changed((*path, key), ...)) == []
                left_out += 1
    assert left_out == 33


@pytest.mark.parametrize(
    ("path", "value", "code", "message"),
    [
        (("plan", "code"), None, findings.MISSING_KEY, "Khóa “code” chưa có giá trị."),
        (("models", 0, "lead"), None, findings.MISSING_KEY, "Khóa “lead” chưa có giá trị."),
        (("models", 0, "lead"), [], findings.NO_TEXT, "Danh sách phải có ít nhất một mục."),
        (("models", 0, "lead", 0), None, findings.NO_TEXT, "Mục này của “lead” để trống."),
        (("models", 0, "title"), " \n", findings.NO_TEXT, "Nội dung để trống."),
        (
            ("models", 0, "model"),
            "09",
            findings.NOT_A_NUMBER,
            "“09” không phải là số hiệu (ví dụ 1, 9, 1a, II-3).",
        ),
        (
            ("models", 0, "deadline"),
            "2023-02-29",
            findings.NOT_A_DATE,
            "“2023-02-29” không phải là ngày hoặc kỳ hợp lệ.",
        ),
        (
            ("models", 0, "steps", 0, "progress", "status"),
            "todo",
            findings.NOT_ALLOWED,
            "“todo” không phải là giá trị của “status”.",
        ),
        (
            ("models", 0, "lead"),
            "CAH",
            findings.WRONG_SHAPE,
            "Ở đây cần một danh sách [a, b], không phải đoạn chữ “CAH”.",
        ),
        (
            ("models", 0, "title"),
            ["a"],
            findings.WRONG_SHAPE,
            "Ở đây cần một đoạn chữ, không phải một danh sách.",
        ),
        (
            ("models", 0, "steps", 0, "due"),
            {"a": "b"},
            findings.WRONG_SHAPE,
            "Ở đây cần một ngày, không phải các khóa (khóa: giá trị).",
        ),
        (
            ("models", 0, "stt"),
            ["4"],
            findings.WRONG_SHAPE,
            "Ở đây cần một số hoặc một đoạn chữ, không phải một danh sách.",
        ),
        (
            ("agencies", 0, "level"),
            ["district"],
            findings.WRONG_SHAPE,
            "Ở đây cần một từ cho sẵn, không phải một danh sách.",
        ),
        (
            ("models", 0, "source"),
            "CAH",
            findings.WRONG_SHAPE,
            "Ở đây cần các khóa (khóa: giá trị), không phải đoạn chữ “CAH”.",
        ),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_wrong_value_is_one_problem_at_its_path(
    path: tuple[str | int, ...], value: Any, code: str, message: str
) -> None:
    assert problems(changed(path, value)) == [(code, path, message)]


@pytest.mark.parametrize(
    "path",
    [("plan",), ("models", 0, "title"), ("models", 0, "lead"), ("models", 0, "stt")],
    ids=str,
)
def test_what_yaml_had_refused_fits_nowhere(path: tuple[str | int, ...]) -> None:
    assert [code for code, *_rest in problems(changed(path, Opaque()))] == [findings.WRONG_SHAPE]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (("titel",), "title"),
        (("DEADLINE",), "deadline"),
        (("extension",), "extensions"),
        (("Step",), "steps"),
        (("company",), "companies"),
    ],
)
def test_the_nearest_known_key_is_suggested(path: tuple[str], near: str) -> None:
    _plan, (problem,) = schema.validate(changed(("models", 0, *path), "x"))
    assert (problem.code, problem.at_key) == (findings.UNKNOWN_KEY, True)
    assert problem.message == f"Không có khóa “{path[0]}”."
    assert problem.advice.startswith(f"Gợi ý: {near}. Các khóa dùng được: model, title, ")


@pytest.mark.parametrize("misspelt", ["titel", "Title", "tittle", "titl"])
def test_a_key_that_is_only_misspelt_is_not_missing_as_well(misspelt: str) -> None:
    values = changed(("models", 0, misspelt), "Quản lý lưu trú")
    del values["models"][0]["title"]
    assert [code for code, *_rest in problems(values)] == [findings.UNKNOWN_KEY]


def test_a_key_of_another_kind_leaves_the_missing_one_missing() -> None:
    values = changed(("models", 0, "ten"), "Quản lý lưu trú")
    del values["models"][0]["title"]
    assert sorted(code for code, *_rest in problems(values)) == [
        findings.UNKNOWN_KEY,
        findings.MISSING_KEY,
    ]


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("30/12/2023", "Viết 2023-12-30."),
        ("5.2.2024", "Viết 2024-02-05."),
        ("30-12-2023.", "Viết 2023-12-30."),
        (" 1/1/2024 ", "Viết 2024-01-01."),
        ("2023-2-3", "Viết 2023-02-03."),
        ("12/30/2023", "Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."),
        ("31/02/2023", "Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."),
        ("29/02/2024", "Viết 2024-02-29."),
        ("0/0/2024", "Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."),
        ("30/12/23", "Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."),
        ("cuối năm", "Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."),
    ],
)
def test_a_date_that_is_certain_is_written_out(written: str, advice: str) -> None:
    _plan, (problem,) = schema.validate(changed(("models", 0, "deadline"), written))
    assert (problem.code, problem.advice) == (findings.NOT_A_DATE, advice)


@pytest.mark.parametrize(
    ("path", "value", "advice"),
    [
        (("models", 0, "lead"), "CAH, PC06", "Viết [CAH, PC06]."),
        (("models", 0, "companies"), "Tập đoàn VNPT", "Viết [Tập đoàn VNPT]."),
        (("models", 0, "lead"), "Chủ trì: CAH", "Hãy xem cách ghi ở đầu tệp mẫu."),
        (("models", 0, "lead"), "CAH," * 20, "Hãy xem cách ghi ở đầu tệp mẫu."),
        (("models", 0, "steps"), "Làm", "Hãy xem cách ghi ở đầu tệp mẫu."),
        (
            ("models", 0, "organisation", 0),
            {"Công an huyện": "Chủ trì"},
            "Đoạn chữ có dấu hai chấm phải đặt trong dấu nháy.",
        ),
        (("models", 0, "title"), ["a"], "Hãy xem cách ghi ở đầu tệp mẫu."),
    ],
    ids=str,
)
def test_a_wrong_shape_is_put_right_where_that_is_certain(
    path: tuple[str | int, ...], value: Any, advice: str
) -> None:
    _plan, (problem,) = schema.validate(changed(path, value))
    assert (problem.code, problem.advice) == (findings.WRONG_SHAPE, advice)


def test_a_part_is_valid_or_nothing() -> None:
    assert schema.valid_part(Heading, VALUES["plan"]) == Heading(
        "MAU", "Kế hoạch mẫu", "huyện", 1, "Asia/Bangkok", 5
    )
    assert schema.valid_part(Heading, {"code": "MAU"}) is None
    assert schema.valid_part(Model, None) is None


# JSON Schema --------------------------------------------------------------------------------------


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


def sample_codes(path: Path) -> set[str]:
    lines = path.with_suffix(".findings").read_text("utf-8").splitlines()
    return {line.split()[1] for line in lines}


# "check" alone knows time zones, and sees how a number is written; Python refuses 5,000 digits.
# Rules between keys, and numbers that an editor reads as numbers.
ONLY_THE_READER = {"keys-at-odds", "other-goal-written-otherwise", "targets"}
SHAPES = [
    path
    for path in sorted(SAMPLES.glob("*.yaml"))
    if any(code[:2] == "E2" for code in sample_codes(path))
    and not any(code[:2] == "E1" for code in sample_codes(path))
    and not path.stem.startswith("timezone-")
    and path.stem not in {"number-octal", "number-too-long", *ONLY_THE_READER}
]
READABLE = [
    support.MODELS_FILE,
    support.ROOT / "tests" / "data" / "small.yaml",
    *(
        path
        for path in sorted(SAMPLES.glob("*.yaml"))
        if not any(code.startswith("E") for code in sample_codes(path))
    ),
]


def test_the_shipped_schema_is_the_generated_one() -> None:
    text = json.dumps(schema.json_schema(), ensure_ascii=False, indent=2) + "\n"
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
    vietnamese = described(schema.json_schema())
    messages.use("en")
    english = described(schema.json_schema())
    places = {Progress: 2}  # of a step, and of a model without steps
    records = (*packing.RECORDS, Plan)
    assert (
        len(vietnamese)
        == len(english)
        == sum(len(record._fields) * places.get(record, 1) for record in records)
    )
    assert not set(vietnamese) & set(english)


# What pydantic itself would make of the records ------------------------------------------------------


@pytest.mark.parametrize("path", [*READABLE, *SHAPES], ids=lambda path: path.stem)
def test_pydantic_itself_reads_the_same_plan_or_none(path: Path, monkeypatch) -> None:
    def as_pydantic_asks(mark: Written, source: Any, handler: Any) -> Any:
        read = FORMS[mark.kind].read
        return core_schema.no_info_before_validator_function(read, handler(source))

    monkeypatch.setattr(Written, "__get_pydantic_core_schema__", as_pydantic_asks, raising=False)
    values = parse(path.read_bytes()).value
    try:
        expected: Plan | None = TypeAdapter(Plan).validate_python(values)
    except ValidationError:
        expected = None

    assert schema.validate(values)[0] == expected
