"""The JSON form: its keys are a promise, in their order, nulls kept, days in ISO form."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from samples import LODGING, SHOWN, TODAY, days, model, plan, plans, step, task, tasks, view

from de06cli.plan.findings import Finding, Location
from de06cli.tracking.assignments import entries
from de06cli.tracking.figures.statistics import figures
from de06cli.tracking.states import overdue_steps
from de06cli.views.text import json_answer

MODEL_KEYS = [
    "plan", "model", "stt", "title", "organisation", "outcome", "equipment",
    "lead", "support", "implementers", "companies",
    "due", "deadline", "extensions", "ongoing",
    "state", "due_soon", "days_late", "days_left", "completed_on", "updated_on",
    "steps_done", "steps_total", "source", "review", "steps",
    "group", "assigned", "start", "deadline_as", "due_as", "undated", "output", "basis", "extra",
    "handovers", "stopped", "progress", "recurs", "periods", "targets", "period", "periods_late",
    "replaces",
]  # fmt: skip
# What a model says of each key that came later, where its plan uses none of them.
UNUSED = dict.fromkeys(MODEL_KEYS[MODEL_KEYS.index("group") :]) | {
    "extra": {},
    "handovers": [],
    "periods": [],
    "targets": [],
}
STEP_KEYS = [
    "step", "text", "agencies", "due", "status", "date", "by", "evidence", "note", "days_late",
]  # fmt: skip
FIGURES_KEYS = [
    "key", "total", "done_on_time", "done_late", "open_in_time", "open_overdue", "ongoing",
    "due_soon", "rate_due", "rate_due_finished", "rate_due_of",
    "rate_all", "rate_all_finished", "rate_all_of", "undated", "stopped",
]  # fmt: skip


def same_as_json(record: object) -> bool:
    """Whether the record is what its JSON is read back as: nothing but texts, numbers, lists, nulls."""
    return json.loads(json.dumps(record)) == record


def test_a_model_whole():
    record = json_answer.task(task(LODGING))

    assert record == UNUSED | {
        "plan": "HONQUAN",
        "model": 9,
        "stt": 4,
        "title": "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
        "organisation": [
            "Công an huyện: Chủ trì tổ chức triển khai.",
            "Phòng VH TT khai thác dữ liệu.",
        ],
        "outcome": "Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy nã.",
        "equipment": "Miễn phí trong năm 2023",
        "lead": ["CAH", "PVHTT"],
        "support": ["PC06"],
        "implementers": ["CAH", "CSLT"],
        "companies": ["VNPT"],
        "due": "2023-12-30",
        "deadline": "2023-11-30",
        "extensions": [
            {
                "to": "2023-12-30",
                "decided": "2023-11-25",
                "document": "12/CV-UBND",
                "reason": "chờ kinh phí",
                "to_as": None,
            }
        ],
        "ongoing": None,
        "state": "open_overdue",
        "due_soon": False,
        "days_late": 12,
        "days_left": None,
        "completed_on": None,
        "updated_on": "2023-12-05",
        "steps_done": 1,
        "steps_total": 3,
        "source": {
            "deadline": "30/11/2023",
            "lead": "CAH, Phòng VH&TT",
            "support": "PC06",
            "implementers": "CAH, các cơ sở lưu trú",
        },
        "review": "Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?",
        "steps": [
            {
                "step": 1,
                "text": "Công an huyện phối hợp Phòng Văn hóa thông tin tuyên truyền và hướng dẫn "
                "các cơ sở lưu trú.",
                "agencies": ["CAH", "PVHTT"],
                "due": None,
                "status": "done",
                "date": "2023-11-20",
                "by": "CAH",
                "evidence": "45/BC-CAH",
                "note": None,
                "days_late": None,
            },
            {
                "step": 2,
                "text": "Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn "
                "thực hiện.",
                "agencies": [],
                "due": "2023-12-15",
                "status": "blocked",
                "date": "2023-12-05",
                "by": None,
                "evidence": None,
                "note": "chờ kinh phí",
                "days_late": 27,
            },
            {
                "step": 3,
                "text": "Các cơ sở lưu trú đăng ký hằng ngày.",
                "agencies": ["CSLT"],
                "due": None,
                "status": "todo",
                "date": None,
                "by": None,
                "evidence": None,
                "note": None,
                "days_late": None,
            },
        ],
    }
    assert same_as_json(record)


def test_a_model_with_next_to_nothing_keeps_every_key():
    bare = model(25, step(1, "doing"), deadline=None, ongoing="thường xuyên", title="Rà soát")

    assert json_answer.task(task(bare)) == UNUSED | {
        "plan": "HONQUAN",
        "model": 25,
        "stt": None,
        "title": "Rà soát",
        "organisation": [],
        "outcome": None,
        "equipment": None,
        "lead": ["CAH"],
        "support": [],
        "implementers": [],
        "companies": [],
        "due": None,
        "deadline": None,
        "extensions": [],
        "ongoing": "thường xuyên",
        "state": "ongoing",
        "due_soon": False,
        "days_late": None,
        "days_left": None,
        "completed_on": None,
        "updated_on": None,
        "steps_done": 0,
        "steps_total": 1,
        "source": {"deadline": None, "lead": None, "support": None, "implementers": None},
        "review": None,
        "steps": [
            {
                "step": 1,
                "text": "Tập huấn.",
                "agencies": [],
                "due": None,
                "status": "doing",
                "date": None,
                "by": None,
                "evidence": None,
                "note": None,
                "days_late": None,
            }
        ],
    }


@pytest.mark.parametrize("listed", SHOWN, ids=lambda listed: f"model {listed.model}")
def test_the_keys_of_a_model_stand_in_the_promised_order(listed):
    record = json_answer.task(task(listed))

    assert list(record) == MODEL_KEYS
    assert [list(each) for each in record["steps"]] == [STEP_KEYS] * len(listed.steps)
    assert [list(each) for each in record["extensions"]] == (
        [["to", "decided", "document", "reason", "to_as"]] * len(listed.extensions)
    )
    assert list(record["source"]) == ["deadline", "lead", "support", "implementers"]


@settings(deadline=None)
@given(plans(), days)
def test_whatever_a_plan_holds_its_records_have_the_same_keys(a_plan, today):
    for each in view(a_plan, today).tasks():
        record = json_answer.task(each)
        assert list(record) == MODEL_KEYS
        assert {tuple(one) for one in record["steps"]} == {tuple(STEP_KEYS)}
        assert same_as_json(record)


def test_a_late_step_says_which_model_it_is_of():
    listed = tasks(model(9, step(1, due="2024-01-04"), deadline="2024-02-01", stt=4))

    assert [json_answer.late_step(each) for each in overdue_steps(listed)] == [
        {
            "plan": "HONQUAN",
            "model": 9,
            "stt": 4,
            "lead": ["CAH"],
            "step": 1,
            "text": "Tập huấn.",
            "agencies": [],
            "due": "2024-01-04",
            "status": "todo",
            "date": None,
            "by": None,
            "evidence": None,
            "note": None,
            "days_late": 7,
        }
    ]


def test_an_agency_has_the_numbers_of_its_models_by_role():
    (entry,) = entries(view(plan(*SHOWN)), "CAH")
    record = json_answer.agency(entry)

    assert record == {
        "plan": "HONQUAN",
        "code": "CAH",
        "name": "Công an huyện Hớn Quản",
        "name_en": "Hon Quan District Police",
        "level": "district",
        "aliases": ["Công an huyện", "CA huyện"],
        "email": ["cah@example.vn"],
        "lead": [9, 23],
        "support": [],
        "implementers": [9],
        "steps": [9],
        "short": None,
        "ended": None,
        "members": [],
    }
    assert list(record) == [
        "plan", "code", "name", "name_en", "level", "aliases", "email",
        "lead", "support", "implementers", "steps", "short", "ended", "members",
    ]  # fmt: skip


def test_an_agency_that_nobody_names_keeps_every_key():
    (entry,) = entries(view(plan(model(9))), "CSLT")
    assert json_answer.agency(entry) == {
        "plan": "HONQUAN",
        "code": "CSLT",
        "name": "Các cơ sở lưu trú",
        "name_en": None,
        "level": None,
        "aliases": [],
        "email": [],
        "lead": [],
        "support": [],
        "implementers": [],
        "steps": [],
        "short": None,
        "ended": None,
        "members": [],
    }


def test_figures_name_their_denominators():
    record = json_answer.figures(figures(tasks(*SHOWN)))

    assert record == {
        "key": None,
        "total": 6,
        "done_on_time": 1,
        "done_late": 1,
        "open_in_time": 1,
        "open_overdue": 2,
        "ongoing": 1,
        "due_soon": 1,
        "rate_due": 0.5,
        "rate_due_finished": 2,
        "rate_due_of": 4,
        "rate_all": 0.4,
        "rate_all_finished": 2,
        "rate_all_of": 5,
        "undated": 0,
        "stopped": 0,
    }
    assert list(record) == FIGURES_KEYS
    assert same_as_json(record)


def test_a_rate_of_nothing_is_null():
    record = json_answer.figures(figures([], "CAH"))

    assert (record["key"], record["rate_due"], record["rate_due_of"]) == ("CAH", None, 0)
    assert (record["rate_all"], record["rate_all_of"]) == (None, 0)


@pytest.mark.parametrize(
    ("advice", "told"), [("Hãy sửa thành CAH.", "Hãy sửa thành CAH."), ("", None)]
)
def test_a_finding_has_its_place(advice, told):
    finding = Finding("E305", Location(12, 7), "Không có đơn vị nào mang mã “CAHH”.", advice)

    record = json_answer.finding("data/models.yaml", finding)

    assert list(record.items()) == [
        ("data", "data/models.yaml"),
        ("line", 12),
        ("column", 7),
        ("code", "E305"),
        ("severity", "error"),
        ("message", "Không có đơn vị nào mang mã “CAHH”."),
        ("advice", told),
        ("more", 0),
    ]


def test_an_answer_begins_with_its_version_its_day_and_its_plans():
    of_plan = json_answer.plan(plan(model(9)).plan, "data/models.yaml", None)

    assert json_answer.document(date(2024, 2, 5), [of_plan], models=[]) == (
        "{\n"
        '  "version": 1,\n'
        '  "as_of": "2024-02-05",\n'
        '  "plans": [\n'
        "    {\n"
        '      "code": "HONQUAN",\n'
        '      "title": "Kế hoạch",\n'
        '      "data": "data/models.yaml",\n'
        '      "revision": null\n'
        "    }\n"
        "  ],\n"
        '  "models": []\n'
        "}\n"
    )


def test_a_revision_is_named_whole():
    assert json_answer.plan(plan(model(9)).plan, "a.yaml", "0" * 40)["revision"] == "0" * 40


def test_an_answer_in_ascii_says_the_same():
    answer = {"models": [json_answer.task(task(LODGING))]}

    in_ascii = json_answer.document(TODAY, [], ascii_only=True, **answer)

    assert in_ascii.isascii()
    assert json.loads(in_ascii) == json.loads(json_answer.document(TODAY, [], **answer))


@pytest.mark.parametrize(
    "text",
    ['"', "\\", "[red]đỏ[/red]", "</script>", "=1+1", "a\u2028b", "\x1b[31m", "NFD: e\u0302"],
)
def test_texts_are_data(text):
    answer = json_answer.document(TODAY, [], models=[json_answer.task(task(model(9, title=text)))])

    assert json.loads(answer)["models"][0]["title"] == text
    assert "\x1b" not in answer
