"""Parquet files: typed columns that other programs read without a description."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from pyarrow import parquet as pq
from samples import LODGING, OTHERS, SHOWN, TODAY, model, plan, step, tasks, view

from de06cli.views.office import parquet
from de06cli.views.text import json_answer

MODELS = """\
plan VARCHAR
model INTEGER
stt INTEGER
title VARCHAR
lead VARCHAR[]
support VARCHAR[]
implementers VARCHAR[]
companies VARCHAR[]
due DATE
deadline DATE
extended INTEGER
ongoing VARCHAR
state VARCHAR
due_soon BOOLEAN
days_late INTEGER
days_left INTEGER
completed_on DATE
updated_on DATE
steps_done INTEGER
steps_total INTEGER
organisation VARCHAR[]
outcome VARCHAR
equipment VARCHAR
review VARCHAR
group VARCHAR
assigned DATE
start VARCHAR
undated VARCHAR
output VARCHAR
basis VARCHAR
extra VARCHAR[]
deadline_as VARCHAR
due_as VARCHAR
period VARCHAR
periods_late INTEGER
number VARCHAR
as_of DATE
"""
STEPS = """\
plan VARCHAR
model INTEGER
step INTEGER
text VARCHAR
agencies VARCHAR[]
due DATE
status VARCHAR
date DATE
by VARCHAR
evidence VARCHAR
note VARCHAR
days_late INTEGER
number VARCHAR
as_of DATE
"""


def columns(path) -> str:
    described = duckdb.sql(f"describe select * from '{path}'").fetchall()
    return "".join(f"{name} {kind}\n" for name, kind, *_rest in described)


@pytest.mark.parametrize("listed", [tasks(*SHOWN), []])
def test_the_columns_are_typed_with_and_without_rows(tmp_path, listed):
    parquet.models(listed, TODAY, tmp_path / "models.parquet")
    parquet.steps(listed, TODAY, tmp_path / "steps.parquet")

    assert columns(tmp_path / "models.parquet") == MODELS
    assert columns(tmp_path / "steps.parquet") == STEPS


def test_a_model_is_a_row_with_its_days_as_days(tmp_path):
    parquet.models(tasks(LODGING), TODAY, tmp_path / "models.parquet")

    (row,) = pq.read_table(tmp_path / "models.parquet").to_pylist()
    assert row == {
        "plan": "HONQUAN",
        "model": 9,
        "stt": 4,
        "title": "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
        "lead": ["CAH", "PVHTT"],
        "support": ["PC06"],
        "implementers": ["CAH", "CSLT"],
        "companies": ["VNPT"],
        "due": date(2023, 12, 30),
        "deadline": date(2023, 11, 30),
        "extended": 1,
        "ongoing": None,
        "state": "open_overdue",
        "due_soon": False,
        "days_late": 12,
        "days_left": None,
        "completed_on": None,
        "updated_on": date(2023, 12, 5),
        "steps_done": 1,
        "steps_total": 3,
        "organisation": ["Công an huyện: Chủ trì tổ chức triển khai.", "Phòng VH TT khai thác dữ liệu."],
        "outcome": "Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy nã.",
        "equipment": "Miễn phí trong năm 2023",
        "review": "Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?",
        **dict.fromkeys(("group", "assigned", "start", "undated", "output", "basis")),
        **dict.fromkeys(("deadline_as", "due_as", "period", "periods_late")),
        "extra": [],
        "number": "9",
        "as_of": TODAY,
    }  # fmt: skip


def test_a_step_is_a_row_that_names_its_model(tmp_path):
    parquet.steps(tasks(LODGING), TODAY, tmp_path / "steps.parquet")

    rows = pq.read_table(tmp_path / "steps.parquet").to_pylist()
    assert [(row["plan"], row["model"], row["step"], row["status"]) for row in rows] == [
        ("HONQUAN", 9, 1, "done"),
        ("HONQUAN", 9, 2, "blocked"),
        ("HONQUAN", 9, 3, "todo"),
    ]
    assert rows[1] == {
        "plan": "HONQUAN",
        "model": 9,
        "step": 2,
        "text": "Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn thực hiện.",
        "agencies": [],
        "due": date(2023, 12, 15),
        "status": "blocked",
        "date": date(2023, 12, 5),
        "by": None,
        "evidence": None,
        "note": "chờ kinh phí",
        "days_late": 27,
        "number": "9",
        "as_of": TODAY,
    }


def test_every_task_says_what_it_says_as_json(tmp_path):
    listed = tasks(*SHOWN)
    parquet.models(listed, TODAY, tmp_path / "models.parquet")

    rows = pq.read_table(tmp_path / "models.parquet").to_pylist()
    as_json = [json_answer.task(task) for task in listed]
    shared = [key for key in rows[0] if key in as_json[0] and key != "extra"]
    assert len(shared) == len(MODELS.splitlines()) - len(["extended", "extra", "number", "as_of"])
    assert [[_plain(row[key]) for key in shared] for row in rows] == [
        [record[key] for key in shared] for record in as_json
    ]


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def test_a_model_of_another_day_is_of_that_day(tmp_path):
    later = date(2024, 2, 1)
    seen = view(plan(*OTHERS), later)
    parquet.models(seen.tasks(), later, tmp_path / "models.parquet")

    rows = pq.read_table(tmp_path / "models.parquet").to_pylist()
    assert {row["as_of"] for row in rows} == {later}
    assert next(row["days_late"] for row in rows if row["model"] == 6) == 17


def test_the_same_tasks_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        parquet.models(tasks(*SHOWN), TODAY, tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_people_typed_is_data(tmp_path):
    odd = model(1, step(1, text="=1+1"), title="'; drop table x; --\n\t\u200b𝄞")
    parquet.models(tasks(odd), TODAY, tmp_path / "models.parquet")
    parquet.steps(tasks(odd), TODAY, tmp_path / "steps.parquet")

    (row,) = pq.read_table(tmp_path / "models.parquet").to_pylist()
    (of_step,) = pq.read_table(tmp_path / "steps.parquet").to_pylist()
    assert (row["title"], of_step["text"]) == (odd.title, "=1+1")


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="parquet"):
        parquet.models([], TODAY, tmp_path / "thieu" / "a.parquet")
