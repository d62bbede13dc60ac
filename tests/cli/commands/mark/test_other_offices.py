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
    (("record", "14.t1", "8.432"), "8432 hay 8.43"),
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
