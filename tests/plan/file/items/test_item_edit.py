"""One item more in a list: written as its neighbours are, the other bytes as they were, taken back whole."""

from __future__ import annotations

import json
from datetime import date

import pytest
import support

from de06cli.errors import ChangeRefused
from de06cli.plan.file.edits import after, edited, inverses
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Progress, Recurrence, Source, Step, Target
from de06cli.plan.periods import Period, parse
from de06cli.plan.records import Agency, Group, Model, Plan

LONG = "Rà soát, thống kê, lập danh sách các cơ sở lưu trú trên địa bàn, hướng dẫn từng cơ sở " * 2
TASK = Model(
    model="25a",
    title=LONG.strip(),
    lead=("CAH", "VP"),
    deadline=Period("day", date(2024, 6, 30)),
    steps=(Step(1, "Khảo sát: #1"), Step(2, 'Ghi "đủ"', Progress("done", date(2024, 1, 5), note="ổn"))),
    extra=(("Cấp trình", "UBND"),),
    source=Source(deadline="30/6/2024\ntrước 17 giờ"),
    recurs=None,
    targets=(Target(1, ((parse("2025"), "≥ 80"),), unit="%"),),
)  # fmt: skip
TASK_LINES = """\
  - model: 25a
    title: >-
      Rà soát, thống kê, lập danh sách các cơ sở lưu trú trên địa bàn, hướng dẫn từng cơ sở Rà soát, thống
      kê, lập danh sách các cơ sở lưu trú trên địa bàn, hướng dẫn từng cơ sở
    deadline: 2024-06-30
    lead: [CAH, VP]
    extra:
      "Cấp trình": "UBND"
    source:
      deadline: |-
        30/6/2024
        trước 17 giờ
    targets:
      - target: 1
        unit: "%"
        goal: {2025: "≥ 80"}
    steps:
      - step: 1
        text: "Khảo sát: #1"
      - step: 2
        progress: {status: done, date: 2024-01-05, note: "ổn"}
        text: >-
          Ghi "đủ"
"""
AGENCIES = """\
plan: {code: P, title: "P"}
agencies:
  - code: CAH
    name: "Công an huyện"
  - {code: VP, name: "Văn phòng"}
"""
TWO = """\
models:
  - model: 1
    title: "Một"
    deadline: 2024-01-01   # hạn
    lead: [CAH]
    # ghi chú của 1

  # --- phần hai ---
  - model: 2
    title: "Hai"
    deadline: 2024-01-01
    lead: [CAH]
"""


def plan_of(data: bytes) -> Plan:
    plan = read(data).plan
    assert plan is not None
    return plan


def taken_back(data: bytes, made: list[SetItem]) -> bytes:
    """The file's bytes after the edits and after what takes them back."""
    plan = plan_of(data)
    return edited(edited(data, made), inverses(plan, made))


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_model_is_written_as_its_neighbours_are_with_the_file_s_line_ends(eol, end, bom) -> None:
    text = AGENCIES + TWO.removesuffix("\n") + end
    data = bom + text.replace("\n", eol).encode()

    written = edited(data, [SetItem("models", TASK, 2)])

    expected = f"{text.removesuffix(chr(10))}\n\n{TASK_LINES.removesuffix(chr(10))}{end}"
    assert written == bom + expected.replace("\n", eol).encode()
    assert taken_back(data, [SetItem("models", TASK, 2)]) == data


def test_comments_stay_with_what_they_stand_at() -> None:
    data = (AGENCIES + TWO).encode()

    written = edited(data, [SetItem("models", TASK, 1)]).decode()

    comment = "    # ghi chú của 1\n"
    assert written == (AGENCIES + TWO).replace(comment, f"{comment}\n{TASK_LINES}")
    assert taken_back(data, [SetItem("models", TASK, 1)]) == data


STEPS = """\
models:
- model: 1
  title: "Một"
  deadline: 2024-01-01
  lead: [CAH]
  steps:
  - step: "1"   # đầu
    text: "Một"
  - step: 2
    progress: {status: doing}
    text: "Hai"
  - step: 4
    text: "Bốn"
"""


@pytest.mark.parametrize(
    ("behind", "number", "moved", "expected"),
    [
        (None, 1, 2, [("  steps:\n", "  steps:\n  - step: 1\n    text: Mới\n"),
                      ('step: "1"', 'step: "2"'), ("step: 2\n    progress", "step: 3\n    progress")]),
        (1, 2, 1, [("step: 2\n", "step: 2\n    text: Mới\n  - step: 3\n")]),
        (2, 3, 0, [('"Hai"\n', '"Hai"\n  - step: 3\n    text: Mới\n')]),
        (4, 5, 0, [('"Bốn"\n', '"Bốn"\n  - step: 5\n    text: Mới\n')]),
    ],
)  # fmt: skip
def test_steps_behind_a_new_one_move_on_as_far_as_they_have_to(
    behind, number, moved, expected
) -> None:
    data = (AGENCIES + STEPS).encode()
    edit = SetItem("steps", Step(number, "Mới"), behind, 1, moved)
    text = AGENCIES + STEPS
    for old, new in expected:
        assert text.count(old) == 1
        text = text.replace(old, new.replace("Mới", '"Mới"'))

    assert edited(data, [edit]).decode() == text
    assert taken_back(data, [edit]) == data


def test_the_first_step_of_a_model_makes_the_list() -> None:
    data = (AGENCIES + TWO).encode()
    edit = SetItem("steps", Step(1, "Mới"), None, 2)

    assert edited(data, [edit]).decode() == AGENCIES + TWO + (
        '    steps:\n      - step: 1\n        text: "Mới"\n'
    )
    assert taken_back(data, [edit]) == data


def test_agencies_stand_on_one_line_where_the_one_before_does() -> None:
    data = (AGENCIES + TWO).encode()
    new = Agency("SYT", "Sở Y tế", "province", aliases=("Sở Y-tế",))

    last = edited(data, [SetItem("agencies", new, "VP")]).decode()
    first = edited(data, [SetItem("agencies", new, "CAH")]).decode()

    line = '{code: SYT, name: "Sở Y tế", level: province, aliases: ["Sở Y-tế"]}'
    assert last == (AGENCIES + f"  - {line}\n" + TWO)
    assert '    name: "Công an huyện"\n  - code: SYT\n    name: "Sở Y tế"\n' in first


def test_several_new_ones_stand_in_their_order_and_are_taken_back_in_one() -> None:
    data = (AGENCIES + TWO).encode()
    groups = [
        SetItem("groups", Group(code, code), before) for code, before in (("I", None), ("II", "I"))
    ]
    names = ["A", "B", "C"]
    agencies = [
        SetItem("agencies", Agency(name, f"Tên {name}"), before)
        for name, before in zip(names, ["VP", *names], strict=False)
    ]
    made = [
        *groups,
        *agencies,
        SetItem("models", TASK, 2),
        SetItem("models", TASK._replace(model=9), "25a"),
    ]

    plan = plan_of(edited(data, made))

    assert [group.code for group in plan.groups] == ["I", "II"]
    assert [agency.code for agency in plan.agencies] == ["CAH", "VP", "A", "B", "C"]
    assert [model.model for model in plan.models] == [1, 2, "25a", 9]
    assert taken_back(data, made) == data  # fmt: skip


def test_a_file_that_is_json_stays_json() -> None:
    values = {
        "plan": {"code": "P", "title": "P"},
        "agencies": [{"code": "CAH", "name": "Công an"}, {"code": "VP", "name": "Văn phòng"}],
        "models": [{"model": 1, "title": "Một", "deadline": "2024-01-01", "lead": ["CAH"],
                    "steps": [{"step": 1, "text": "a"}, {"step": 2, "text": "b"}]}],
    }  # fmt: skip
    for indent in (None, 1, 2):
        data = json.dumps(values, ensure_ascii=False, indent=indent).encode()
        made = [
            SetItem("models", TASK, 1),
            SetItem("steps", Step(2, "mới"), 1, 1, 1),
            SetItem("agencies", Agency("A", "Tên A"), "CAH"),
        ]

        written = edited(data, made)

        found = json.loads(written)
        assert [one["step"] for one in found["models"][0]["steps"]] == [1, 2, 3]
        assert found["models"][1]["extra"] == {"Cấp trình": "UBND"}
        assert json.loads(taken_back(data, made)) == values


@pytest.mark.parametrize("at", range(24))
def test_anywhere_in_the_shipped_plan_the_other_bytes_stay(at: int) -> None:
    data = support.MODELS_FILE.read_bytes()
    plan = plan_of(data)
    model = plan.models[at]
    one = SetItem("models", TASK._replace(lead=("CAH",)), model.model)
    two = SetItem("steps", Step(1, "Mới"), None, model.model, len(model.steps))

    for edit in (one, two):
        written = edited(data, [edit])
        assert plan_of(written) == after(plan, [edit])
        assert taken_back(data, [edit]) == data
    block = TASK_LINES.replace(", VP", "")
    written = edited(data, [one]).decode()
    assert written.count(block) == 1
    assert written.replace(f"\n{block}", "") == data.decode()


def test_what_has_changed_since_is_not_taken_back() -> None:
    data = (AGENCIES + TWO).encode()
    edit = SetItem("models", TASK, 2)
    written = edited(data, [edit]).replace("Khảo sát".encode(), "Đã sửa".encode())

    with pytest.raises(ChangeRefused):
        edited(written, inverses(plan_of(data), [edit]))


@pytest.mark.parametrize(
    "text",
    ["a  b", " a", "a\n\nb", "a\n b", "x" * 200 + " \u00a0 y", "\u2028" + "z " * 80, "#", "- a", "null"],
)  # fmt: skip
def test_any_text_is_read_as_it_was_given(text: str) -> None:
    data = (AGENCIES + TWO).encode()
    edit = SetItem("models", TASK._replace(title=text, undated=None, basis=text), 2)

    assert plan_of(edited(data, [edit])).models[-1].title == text


def test_a_duty_is_written_with_its_own_keys() -> None:
    data = (AGENCIES + TWO).encode()
    duty = Model(3, "Báo cáo", ("VP",), recurs=Recurrence("month", 5, from_=parse("2024-02")))

    written = edited(data, [SetItem("models", duty, 2)]).decode()

    assert "    recurs: {every: month, after: 5, from: 2024-02}\n    lead: [VP]\n" in written
