"""What must hold between the fields of a plan: errors on plain values, warnings and notes on records.

Sentences and places are in the samples, see ``test_reader.py``; here are the borders of each rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
import samples

from de06cli.plan import findings
from de06cli.plan.checks import rules
from de06cli.plan.findings import Problem
from de06cli.plan.records import Agency, Heading, Model

TODAY = date(2024, 1, 11)

AGENCIES = [
    {"code": "CAH", "name": "Công an huyện", "aliases": ["CA huyện"]},
    {"code": "PC06", "name": "Phòng Cảnh sát"},
    {"code": "C06", "name": "Cục Cảnh sát"},
    {"code": "PVHTT", "name": "Phòng Văn hóa và Thông tin"},
]


def brief(problems: Iterable[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.path) for problem in problems]


def in_plan(**model: Any) -> dict[str, Any]:
    """The values of a plan with one model that says no more than is given."""
    known = {"deadline": "2023-12-30"}
    return {"plan": {}, "agencies": AGENCIES, "models": [known | model]}


def in_step(**step: Any) -> dict[str, Any]:
    return in_plan(steps=[step])


# Any shape ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("junk", [None, "a", [], {}, [None], ["a"], [[]], {"a": "b"}, 1], ids=repr)
def test_the_errors_between_fields_are_looked_for_in_whatever_shape(junk: Any) -> None:
    for values in (
        junk,
        {"plan": junk, "agencies": junk, "models": junk},
        {"plan": {"timezone": junk}, "agencies": [junk], "models": [junk]},
        in_plan(model=junk, stt=junk, lead=junk, steps=junk),
        in_step(step=junk, progress=junk, agencies=junk),
        in_step(progress={"status": junk, "by": junk}),
    ):
        assert not {problem.code for problem in rules.errors(values)} - {
            findings.UNKNOWN_AGENCY,
            findings.NOT_ALLOWED,
            findings.NO_DEADLINE,
        }


# Repeated -----------------------------------------------------------------------------------------


def test_what_is_repeated_is_reported_at_each_repetition() -> None:
    values = {
        "agencies": [{"code": "A"}, {"code": "B"}, {"code": "A"}],
        "models": [
            {
                "model": "9",
                "stt": "1",
                "ongoing": "x",
                "steps": [{"step": "1"}, {"step": "2"}, {"step": "1"}],
            },
            {"model": "8", "stt": "1", "ongoing": "x", "steps": [{"step": "1"}]},
            {"model": "9", "stt": "2", "ongoing": "x"},
            {"model": "9", "stt": None, "ongoing": "x"},
            {"stt": None, "ongoing": "x"},
        ],
    }
    assert brief(rules.errors(values)) == [
        (findings.DUPLICATE_AGENCY, ("agencies", 2, "code")),
        (findings.DUPLICATE_MODEL, ("models", 2, "model")),
        (findings.DUPLICATE_MODEL, ("models", 3, "model")),
        (findings.DUPLICATE_STT, ("models", 1, "stt")),
        (findings.DUPLICATE_STEP, ("models", 0, "steps", 2, "step")),
    ]


def test_a_model_that_names_no_time_at_all_is_reported_as_a_whole() -> None:
    values = {"plan": {}, "agencies": AGENCIES, "models": [{"model": "9", "title": "Tập huấn"}]}
    assert brief(rules.errors(values)) == [(findings.NO_DEADLINE, ("models", 0))]


# Deadlines and progress ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        ({"deadline": None}, True),
        ({"deadline": None, "ongoing": None}, True),
        ({"deadline": None, "ongoing": "thường xuyên"}, False),
        ({"deadline": "2023-12-30", "ongoing": None}, False),
        ({"deadline": None, "ongoin": "thường xuyên"}, False),
        ({"deadline": None, "organisation": ["a"], "outcome": "b"}, True),
        ({"deadline": None, "undated": "theo tiến độ của Bộ"}, False),
        ({"deadline": None, "recurs": {"every": "month", "from": "2025"}}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_model_without_a_deadline_has_to_be_ongoing(model: dict[str, Any], wrong: bool) -> None:
    expected = [(findings.NO_DEADLINE, ("models", 0, "deadline"))] if wrong else []
    assert brief(rules.errors(in_plan(**model))) == expected


@pytest.mark.parametrize(
    ("progress", "codes"),
    [
        ({"status": "doing"}, []),
        ({"status": "done"}, [findings.PROGRESS_WITHOUT_DATE]),
        ({"status": "done", "date": "2023-11-20"}, []),
        ({"status": "done", "date": "mai"}, []),
        ({"status": "done", "dat": "2023-11-20"}, []),
        ({"status": "done", "note": "xong"}, [findings.PROGRESS_WITHOUT_DATE]),
        ({"status": "blocked"}, [findings.PROGRESS_WITHOUT_NOTE]),
        ({"status": "blocked", "note": "chờ"}, []),
        ({"status": "blocked", "notes": "chờ"}, []),
        ({"status": "skipped"}, [findings.PROGRESS_WITHOUT_DATE, findings.PROGRESS_WITHOUT_NOTE]),
        ({"status": "skipped", "date": "2023-11-20"}, [findings.PROGRESS_WITHOUT_NOTE]),
        ({"status": "skipped", "note": "đã có"}, [findings.PROGRESS_WITHOUT_DATE]),
        ({"status": "skipped", "date": "2023-11-20", "note": "đã có"}, []),
        ({"status": "Done"}, []),
        ({}, []),
    ],
    ids=str,
)
def test_a_status_asks_for_its_date_and_note(progress: dict[str, str], codes: list[str]) -> None:
    path = ("models", 0, "steps", 0, "progress")
    assert brief(rules.errors(in_step(progress=progress))) == [(code, path) for code in codes]


# Time zones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Asia/Ho_Chi_Minh", "UTC", "Etc/GMT-7"])
def test_a_time_zone_is_known_by_its_name(name: str) -> None:
    assert rules.errors({"plan": {"timezone": name}}) == []


@pytest.mark.parametrize(
    "name",
    ["Asia/Hanoi", "+07:00", "Asia", "../Asia/Tokyo", "/etc/passwd", "a\0b", "x" * 5000, "ụ"],
)
def test_whatever_is_no_time_zone_is_reported(name: str) -> None:
    assert brief(rules.errors({"plan": {"timezone": name}})) == [
        (findings.NOT_ALLOWED, ("plan", "timezone"))
    ]


# Unknown agencies ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("PC6", "Gợi ý: PC06, C06."),
        ("cah", "Viết CAH."),
        ("CA huyện", "Viết CAH."),
        ("cong an huyen", "Viết CAH."),
        ("Cảnh sát", "Gợi ý: C06, PC06."),
    ],
)
def test_the_agencies_that_a_code_may_mean_are_named(code: str, advice: str) -> None:
    (problem,) = rules.errors(in_plan(lead=[code]))
    assert (problem.code, problem.path) == (findings.UNKNOWN_AGENCY, ("models", 0, "lead", 0))
    assert problem.message == f"Không có đơn vị mang mã “{code}”."
    assert problem.advice == advice


def test_an_unknown_code_is_reported_where_the_file_names_it_first() -> None:
    values = in_plan(
        support=["CAH", "X1"],
        steps=[
            {"agencies": ["X2"], "progress": {"by": "X3"}},
            {"progress": {"by": "X2"}, "agencies": ["X3"]},
        ],
        lead=["X1", "X2", "X1"],
    )
    assert [(one.path, one.more) for one in rules.errors(values)] == [
        (("models", 0, "support", 1), 2),
        (("models", 0, "steps", 0, "agencies", 0), 2),
        (("models", 0, "steps", 0, "progress", "by"), 1),
    ]


@pytest.mark.parametrize(
    "agencies",
    [None, [], "CAH", [None], [{"name": "Công an huyện"}], [{"code": "CAH"}, {"code": ["PC06"]}]],
    ids=str,
)
def test_no_code_is_unknown_without_a_whole_register(agencies: Any) -> None:
    values = {"agencies": agencies, "models": [{"lead": ["KHONGCO"]}]}
    assert findings.UNKNOWN_AGENCY not in {one.code for one in rules.errors(values)}


# Warnings -----------------------------------------------------------------------------------------


def warned(model: Model, today: date = TODAY) -> list[tuple[str, tuple[str | int, ...]]]:
    return brief(rules.warnings([(3, model)], today))


@pytest.mark.parametrize(
    ("numbers", "wrong"), [((1, 2, 3), []), ((1, 3, 9), []), ((2, 1), [1]), ((3, 2, 5, 4), [1, 3])]
)
def test_steps_stand_in_their_order(numbers: tuple[int, ...], wrong: list[int]) -> None:
    model = samples.model(9, *map(samples.step, numbers))
    assert warned(model) == [
        (findings.STEPS_OUT_OF_ORDER, ("models", 3, "steps", at, "step")) for at in wrong
    ]


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, False), (1, True)])
def test_progress_after_today_is_warned_of(days: int, told: bool) -> None:
    model = samples.model(9, samples.step(1, f"done {TODAY + timedelta(days=days)}"))
    path = ("models", 3, "steps", 0, "progress", "date")
    assert warned(model) == ([(findings.FUTURE_PROGRESS, path)] if told else [])


@pytest.mark.parametrize(
    ("due", "extended", "told"),
    [
        ("2023-12-30", None, False),
        ("2023-12-31", None, True),
        ("2024-01-31", "2024-01-31", False),
        ("2024-02-01", "2024-01-31", True),
    ],
)
def test_a_step_is_not_due_after_its_model(due: str, extended: str | None, told: bool) -> None:
    extensions = (samples.extension(extended, "2023-12-20"),) if extended else ()
    model = samples.model(9, samples.step(1, due=due), extensions=extensions)
    path = ("models", 3, "steps", 0, "due")
    assert warned(model) == ([(findings.STEP_DUE_AFTER_MODEL, path)] if told else [])


def test_a_step_may_be_due_where_its_model_has_no_deadline() -> None:
    model = samples.model(
        9, samples.step(1, due="2024-05-01"), deadline=None, ongoing="thường xuyên"
    )
    assert warned(model) == []


def test_each_extension_is_later_than_the_deadline_before_it() -> None:
    days = ["2023-12-30", "2024-01-31", "2024-01-31", "2024-03-01", "2024-02-29"]
    model = samples.model(9, extensions=[samples.extension(day, "2023-12-20") for day in days])
    assert warned(model) == [
        (findings.EXTENSION_NOT_LATER, ("models", 3, "extensions", at, "to")) for at in (0, 2, 4)
    ]


def test_an_extension_of_what_has_no_deadline_is_later_than_nothing() -> None:
    extensions = (samples.extension("2023-01-01", "2023-12-20"),)
    assert warned(samples.model(9, deadline=None, ongoing="x", extensions=extensions)) == []


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["skipped"], True),
        (["skipped", "skipped"], True),
        (["skipped", "done"], False),
        (["todo"], False),
    ],
)
def test_a_model_of_skipped_steps_alone_is_warned_of(statuses: list[str], told: bool) -> None:
    steps = [
        samples.step(number, status if status == "todo" else f"{status} 2023-11-20")
        for number, status in enumerate(statuses, start=1)
    ]
    expected = [(findings.ALL_SKIPPED, ("models", 3, "steps"))] if told else []
    assert warned(samples.model(9, *steps)) == expected


@pytest.mark.parametrize(("declared", "told"), [(None, False), (24, False), (23, True), (25, True)])
def test_the_document_declares_as_many_models_as_there_are(
    declared: int | None, told: bool
) -> None:
    heading = Heading("MAU", "Kế hoạch", declared_models=declared)
    expected = [(findings.DECLARED_MODELS, ("plan", "declared_models"))] if told else []
    assert brief(rules.plan_warnings(heading, 24)) == expected


def shared(*agencies: Agency) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.path, one.message) for one in rules.shared_names(enumerate(agencies))]


def test_a_name_that_leads_to_two_agencies_is_reported_where_it_stands_again() -> None:
    assert shared(
        Agency("CAH", "Công an huyện", aliases=("CA huyện",)),
        Agency("CAX", "CONG AN HUYEN"),
        Agency("CAT", "Công an tỉnh", aliases=("CAT tỉnh", "ca  Huyện", "CA-huyện")),
    ) == [
        (("agencies", 1, "name"), "Tên “CONG AN HUYEN” của CAX cũng là tên của CAH."),
        (("agencies", 2, "aliases", 1), "Tên “ca Huyện” của CAT cũng là tên của CAH."),
    ]


@pytest.mark.parametrize(
    "agencies",
    [
        (Agency("CAH", "Công an huyện", aliases=("Công an huyện", "cah")),),
        (Agency("CAH", "Công an huyện"), Agency("CAX", "Công an xã", aliases=("CAH",))),
        (Agency("CAX", "Công an xã", aliases=("CAH",)), Agency("CAH", "Công an huyện")),
        (Agency("CAH", "Công an huyện"), Agency("CAH", "Công an huyện")),
        (Agency("A", "–"), Agency("B", "…")),
    ],
    ids=["its own", "a code wins", "a code wins later", "told as a repeated code", "no letters"],
)
def test_a_name_is_only_shared_where_it_would_find_neither(agencies: tuple[Agency, ...]) -> None:
    assert shared(*agencies) == []


# Notes --------------------------------------------------------------------------------------------


def test_an_agency_is_used_by_any_role_any_step_or_any_progress() -> None:
    agencies = [Agency(code, code) for code in ("A", "B", "C", "D", "E", "F")]
    model = samples.model(
        9,
        samples.step(1, "doing", agencies=("D",), by="E"),
        lead=("A",),
        support=("B",),
        implementers=("C",),
    )
    found = rules.unused_agencies(enumerate(agencies), [(0, model)])
    assert brief(found) == [(findings.UNUSED_AGENCY, ("agencies", 5, "code"))]


def test_an_open_question_is_reported_at_its_key_and_cut() -> None:
    models = [samples.model(8), samples.model(9, review="Ngày nào?\n" + "x" * 90)]
    (problem,) = rules.open_questions(enumerate(models))
    assert problem == Problem(
        findings.OPEN_QUESTION,
        ("models", 1, "review"),
        "Mô hình 9 có nội dung cần làm rõ: Ngày nào? " + "x" * 69 + "…",
        "Xem đủ: de06 show 9.",
        at_key=True,
    )
