"""Values become a plan or problems with a path."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import core_schema
from valid_values import READABLE, REQUIRED, SHAPES, VALUES, changed

from de06cli.plan import findings
from de06cli.plan.declaring import Written
from de06cli.plan.file.document import Opaque, parse
from de06cli.plan.parts import Extension, Progress, Source, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model, Plan
from de06cli.plan.validation import schema
from de06cli.plan.validation.notation import FORMS


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
