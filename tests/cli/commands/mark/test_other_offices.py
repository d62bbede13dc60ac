"""Marks of plans of other offices: tasks without steps, periods, targets, stops and handovers."""

from __future__ import annotations

from pathlib import Path

import pytest
import support

PLAN = """\
# một kế hoạch khác
plan:
  code: TANKHAI
  title: "Kế hoạch chuyển đổi số"
  issued: 2025-01-13
agencies:
  - {code: CAH, name: "Công an huyện"}
  - {code: CAX, name: "Công an xã"}
  - {code: VP, name: "Văn phòng"}
  - {code: CACDV, name: "Các cơ quan", members: [VP, CAX]}
models:
  - model: II-3   # giữ
    title: "Cổng dịch vụ công"
    deadline: 2025-Q2
    lead: [CAH, VP]
  - model: 13
    title: "Báo cáo hằng tháng"
    recurs: {every: month, after: 5, until: 2025-12}
    periods:
      - {period: 2025-02, status: done, date: 2025-03-04, by: VP, evidence: "03/BC-VP"}  # chú thích
    lead: [CACDV]
  - model: 14
    title: "Tài khoản định danh"
    undated: "theo tiến độ của Bộ Công an"
    lead: [CAX]
    targets:
      - target: 1
        unit: "%"
        goal: "≥ 80"
        values:
          - {date: 2025-06-30, value: 69.7, by: CAX}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def de06(plan: Path):
    def call(*arguments: str) -> support.Run:
        return support.run(
            *arguments, home=plan.parent, DE06_DATA=str(plan), DE06_TODAY="2025-10-01"
        )

    return call


LINES = [
    (
        ("done", "ii-3", "--date", "20/5/2025", "--evidence", "1/BC"),
        "  - model: II-3   # giữ\n",
        '    progress: {status: done, date: 2025-05-20, evidence: "1/BC"}\n',
    ),
    (
        ("done", "13@2025-01", "--date", "4/2/2025", "--by", "VP", "--evidence", "1/BC"),
        "    periods:\n",
        '      - {period: 2025-01, status: done, date: 2025-02-04, by: VP, evidence: "1/BC"}\n',
    ),
    (
        ("done", "13@3/2025", "--date", "4/4/2025", "--by", "VP", "--evidence", "4/BC"),
        '03/BC-VP"}  # chú thích\n',
        '      - {period: 2025-03, status: done, date: 2025-04-04, by: VP, evidence: "4/BC"}\n',
    ),
    (
        ("record", "14.t1", "70,5", "--date", "1/7/2025", "--by", "CAX"),
        "          - {date: 2025-06-30, value: 69.7, by: CAX}\n",
        "          - {date: 2025-07-01, value: 70.5, by: CAX}\n",
    ),
    (
        ("record", "14.t1", "8432/12100", "--date", "31/5/2025"),
        "        values:\n",
        "          - {date: 2025-05-31, value: 8432/12100}\n",
    ),
    (
        ("stop", "14", "--document", "12/UBND", "--on", "1/9/2025", "--reason", "trùng"),
        "  - model: 14\n",
        '    stopped: {on: 2025-09-01, document: "12/UBND", reason: "trùng"}\n',
    ),
    (
        ("handover", "CAH", "CAX", "--model", "II-3", "--on", "1/3/2025", "--document", "5/QĐ"),
        "    lead: [CAH, VP]\n",
        '    handovers:\n      - {on: 2025-03-01, lead: [CAX, VP], document: "5/QĐ"}\n',
    ),
    (
        ("extend", "II-3", "Q4/2025", "--decided", "20/6/2025"),
        "    deadline: 2025-Q2\n",
        "    extensions:\n      - {to: 2025-Q4, decided: 2025-06-20}\n",
    ),
    (
        ("extend", "14", "2026", "--decided", "20/6/2025"),
        '    undated: "theo tiến độ của Bộ Công an"\n',
        "    extensions:\n      - {to: 2026, decided: 2025-06-20}\n",
    ),
]


@pytest.mark.parametrize(("command", "above", "line"), LINES, ids=lambda part: str(part)[:30])
def test_a_mark_writes_its_line_and_undo_takes_it_back(plan, de06, command, above, line):
    made = de06(*command)

    assert made.returncode == 0, made.stderr
    assert plan.read_text("utf-8") == PLAN.replace(above, above + line)
    assert de06("check").returncode == 0
    assert de06("undo").returncode == 0
    assert plan.read_text("utf-8") == PLAN


def test_a_handover_of_everything_ends_the_agency(plan, de06):
    made = de06("handover", "CAH", "CAX", "--on", "1/3/2025", "--document", "5/QĐ")

    assert made.returncode == 0, made.stderr
    assert '{code: CAH, name: "Công an huyện", ended: {on: 2025-03-01, successor: [CAX]' in (
        plan.read_text("utf-8")
    )
    assert de06("list", "--agency", "CAX", "--format", "ids").stdout == "II-3\n13\n14\n"
    assert de06("list", "--agency", "CAH", "--format", "ids").stdout == "II-3\n13\n"  # by the group
    before = de06("list", "--agency", "CAX", "--format", "ids", "--as-of", "28/2/2025").stdout
    assert before == "13\n14\n"


def test_a_handover_that_is_typed_again_keeps_its_document(plan, de06):
    de06("handover", "CAH", "CAX", "--on", "1/3/2025", "--document", "5/QĐ")
    recorded = plan.read_bytes()

    again = de06("handover", "CAH", "CAX", "--on", "1/3/2025")

    assert (again.returncode, plan.read_bytes()) == (0, recorded)
    later = de06("handover", "CAH", "CAX", "--on", "2/3/2025")
    assert (later.returncode, b"5/Q" in plan.read_bytes()) == (0, False)


REFUSED = [
    (("done", "II-4"), "Gợi ý: II-3,"),
    (("done", "13"), "hãy ghi rõ kỳ"),
    (("done", "13"), "13@2025-01, 13@2025-03"),
    (("done", "13@2026-01"), "không có kỳ 2026-01"),
    (("done", "13@2025-Q1"), "không có kỳ 2025-Q1"),
    (("done", "II-3@2025-01"), "không phải là nhiệm vụ định kỳ"),
    (("done", "II-3.1"), "không có bước"),
    (("skip", "II-3", "--note", "thừa"), "de06 stop II-3"),
    (("stop", "14"), "--document"),
    (("stop", "14.t1", "--document", "1"), "áp dụng cho cả mô hình"),
    (("record", "14.t1", "8.432"), "8432 hoặc 8.43"),
    (("record", "14.t2", "5"), "t1"),
    (("record", "II-3", "5"), "không phải là chỉ tiêu"),
    (("record", "14.t1", "5", "--date", "2/10/2025"), "sau hôm nay"),
    (("record", "14.t1", "71", "--date", "30/6/2025"), "--yes"),
    (("done", "14.t1"), "de06 record 14.t1"),
    (("extend", "II-3", "2025-H1"), "phải sau thời hạn hiện nay"),
    (("handover", "CAH", "CAH"), "chính mình"),
    (("handover", "VP", "CAX", "--model", "14"), "không có vai trò nào"),
]


@pytest.mark.parametrize(("command", "said"), REFUSED, ids=lambda part: str(part)[:40])
def test_what_is_unclear_or_wrong_is_refused_with_what_to_type(plan, de06, command, said):
    refused = de06(*command)

    assert refused.returncode == 2
    assert said in refused.stderr
    assert plan.read_text("utf-8") == PLAN


def test_a_stopped_task_takes_no_mark_and_no_extension(plan, de06):
    assert de06("stop", "14", "--document", "12/UBND", "--on", "1/9/2025").returncode == 0
    stopped = plan.read_text("utf-8")

    for command in (("done", "14"), ("extend", "14", "2026"), ("record", "14.t1", "90")):
        refused = de06(*command)
        assert (refused.returncode, "đã dừng thực hiện" in refused.stderr) == (2, True)
    assert plan.read_text("utf-8") == stopped
    assert de06("list", "--state", "stopped", "--format", "ids").stdout == "14\n"


def test_history_says_every_mark_in_the_plans_own_words(plan, de06):
    """The file is compared with its state before the marks; ``log`` says the same."""
    repository = plan.parent
    support.git(repository, "init", "-q")
    support.git(repository, "add", "plan.yaml")
    support.git(repository, "commit", "-qm", "Kế hoạch")
    for line in (
        "done 13@2025-03 --by VP --evidence 05/BC-VP",
        "record 14.t1 70,5 --date 30/9/2025 --by CAX",
        "extend 14 2026-Q2 --document 50/UBND",
        "handover VP CAX --model II-3 --document 51/QĐ-UBND",
        "stop II-3 --document 52/UBND",
    ):
        assert de06(*line.split()).returncode == 0, line

    told = de06("diff").stdout
    support.git(repository, "commit", "-qam", "Đánh dấu")
    logged = de06("log").stdout

    assert told.splitlines() == [
        "Mô hình II-3 Cổng dịch vụ công: bàn giao từ ngày 01/10/2025 – Chủ trì CAH, CAX – 51/QĐ-UBND",
        "Mô hình II-3 Cổng dịch vụ công: dừng thực hiện từ ngày 01/10/2025 – 52/UBND",
        (
            "Mô hình 13 Báo cáo hằng tháng: tháng 3/2025: Chưa thực hiện → "
            "Hoàn thành 01/10/2025 – VP – 05/BC-VP"
        ),
        "Mô hình 14 Tài khoản định danh: thời hạn – → Quý II/2026 – 50/UBND",
        "Mô hình 14 Tài khoản định danh: chỉ tiêu 1: 70,5% ngày 30/09/2025 – CAX",
    ]
    assert [line.strip() for line in logged.splitlines()[1:6]] == told.splitlines()
    assert "13@" not in de06("log", "--agency", "CAX").stderr


def test_the_first_day_of_a_task_without_one_is_no_extension(plan, de06):
    first = de06("extend", "14", "quý 2/2026", "--document", "50/UBND").stdout
    second = de06("extend", "14", "31/12/2026", "--document", "60/UBND").stdout

    assert first == "Mô hình 14 Tài khoản định danh: thời hạn quý II/2026 – 50/UBND.\n"
    assert second == (
        "Mô hình 14 Tài khoản định danh: gia hạn đến 31/12/2026 (lần 1, hạn ban đầu quý II/2026) "
        "– 60/UBND.\n"
    )


def test_a_question_about_undo_does_not_say_that_it_is_done(plan, de06):
    support.git(plan.parent, "init", "-q")
    de06("stop", "II-3", "--document", "52/UBND")
    support.git(plan.parent, "add", "plan.yaml")
    support.git(plan.parent, "commit", "-qm", "Dừng")

    asked = de06("undo")

    assert asked.returncode == 2
    assert "Mô hình II-3 Cổng dịch vụ công: hoàn tác dừng thực hiện" in asked.stderr
    assert "đã hoàn tác" not in asked.stderr


def test_a_refusal_calls_a_task_as_the_plan_does(plan, de06):
    text = plan.read_text("utf-8").replace(
        "  issued:", '  nouns: {model: "Nhiệm vụ", step: "Việc"}\n  issued:'
    )
    plan.write_text(text, "utf-8")

    assert de06("done", "II-3.2").stderr == "Lỗi: Nhiệm vụ II-3 không có việc.\n"
    assert de06("done", "99").stderr.startswith("Lỗi: Không có nhiệm vụ 99.")
    assert de06("done", "13").stderr.startswith("Lỗi: Nhiệm vụ 13 là nhiệm vụ định kỳ;")
    assert "Lưu ý: Nhiệm vụ II-3: chưa có minh chứng" in de06("done", "II-3").stderr


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("done II-3 --by Công an xã", '--by "Công an xã"'),
        ("done --by Công an xã II-3", '--by "Công an xã"'),
        ("done II-3 --date hôm qua", '--date "hôm qua"'),
        ("done II-3 --note đã xong hết --by CAX", '--note "đã xong hết"'),
        ("list --agency Công an xã", '--agency "Công an xã"'),
        ("list --search dịch vụ", '--search "dịch vụ"'),
        ("extend II-3 quý 2/2026", '"quý 2/2026"'),
        ("extend II-3 6 tháng đầu năm 2026 --document 12/UBND", '"6 tháng đầu năm 2026"'),
        ("extend II-3 quý 5/2026", '"quý 5/2026"'),
    ],
)
def test_a_value_with_spaces_and_without_quotes_is_told_to_take_them(plan, de06, line, advice):
    answer = de06(*line.split())

    assert answer.returncode == 2
    assert answer.stderr.splitlines()[-1] == (
        f"Giá trị có dấu cách phải đặt trong dấu nháy: {advice}"
    )
    assert plan.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    "line",
    ["done --by ZZZ II-3 13", "done 99 --by CAX", "list --agency ZZZ", "extend II-3 2/2026 zzz"],
)
def test_other_refusals_say_nothing_of_quotes(plan, de06, line):
    assert "dấu nháy" not in de06(*line.split()).stderr


def test_the_register_asks_who_holds_a_role_today(plan, de06):
    de06("handover", "CAH", "CAX", "--on", "2025-03-01", "--document", "1/QĐ")

    listed = de06("agencies").stdout.splitlines()

    assert listed[1].split() == ["CAH", "Công", "an", "huyện"]
    assert "II-3, 14" in listed[2]
