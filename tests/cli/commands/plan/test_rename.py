"""``rename``: an agency's code changes in every place that means it, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import support

# Every place that can mean an agency, and the same letters in places that do not.
PLAN = """\
plan:
  code: CAH            # the plan has CAH for a code, too
  title: "Kế hoạch CAH"
  escalate: [{late: 15, to: CAH}, {late: 30, to: VP}]
groups:
  - {code: CAH, title: "Nhóm CAH"}
agencies:
  - code: "CAH"        # quoted
    name: "Công an huyện"
  - {code: CAC, name: "Công an cũ", ended: {on: 2025-02-01, successor: CAH}}
  - {code: CAD, name: "Công an khác", ended: {on: 2025-02-01, successor: [VP, 'CAH']}}
  - {code: VP, name: "Văn phòng", level: commune}
  - {code: TAT, name: "Các cơ quan", level: group, members: [VP, CAH]}
models:
  - model: 1
    group: CAH
    title: "CAH làm"
    deadline: 2025-12-31
    lead:
      - CAH            # chủ trì
      - VP
    handovers:
      - {on: 2025-02-10, lead: [VP], support: [CAH], document: "CAH", reason: "CAH"}
    support: [ CAH,VP ]
    source: {lead: "CAH", support: CAH}
    review: "CAH?"
    steps:
      - step: 1
        progress: {status: done, date: 2025-03-20, by: CAH, evidence: "45/BC-CAH", note: CAH}
        text: "CAH phối hợp"
        agencies: [CAH]
  - model: 2
    title: "Báo cáo"
    recurs: {every: month, from: 2025-01, until: 2025-12}
    periods:
      - {period: 2025-02, status: done, date: 2025-03-04, by: CAH, evidence: CAH}
    lead: [VP]
    implementers: [CAH]
    targets:
      - target: 1
        goal: ≥ 80
        unit: "%"
        values:
          - {date: 2025-06-30, value: 69.7, by: 'CAH', evidence: CAH}
"""
RENAMED = [
    ('  - code: "CAH"  ', '  - code: "CAX"  '),
    ("to: CAH}", "to: CAX}"),
    ("successor: CAH", "successor: CAX"),
    ("[VP, 'CAH']", "[VP, 'CAX']"),
    ("members: [VP, CAH]", "members: [VP, CAX]"),
    ("      - CAH  ", "      - CAX  "),
    ("lead: [VP], support: [CAH]", "lead: [VP], support: [CAX]"),
    ("[ CAH,VP ]", "[ CAX,VP ]"),
    ("by: CAH, evidence: \"45", "by: CAX, evidence: \"45"),
    ("agencies: [CAH]", "agencies: [CAX]"),
    ("by: CAH, evidence: CAH", "by: CAX, evidence: CAH"),
    ("implementers: [CAH]", "implementers: [CAX]"),
    ("by: 'CAH'", "by: 'CAX'"),
    ('    name: "Công an huyện"\n', '    name: "Công an huyện"\n    aliases: ["CAH"]\n'),
]  # fmt: skip


def renamed(text: str) -> str:
    for old, new in RENAMED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(params=["\n", "\r\n"])
def plan(request, tmp_path: Path) -> Path:
    path = tmp_path / "data" / "models.yaml"
    path.parent.mkdir()
    path.write_bytes(PLAN.replace("\n", request.param).encode())
    return path


def test_every_place_that_means_the_agency_and_no_other_byte_changes(plan, call):
    before = plan.read_bytes()
    answer = call("rename", "CAH", "CAX")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == ("Đơn vị CAH nay có mã CAX: đã đổi ở 13 chỗ; mã cũ vẫn tra cứu được.\n")
    eol = "\r\n" if b"\r\n" in before else "\n"
    assert plan.read_bytes() == renamed(PLAN).replace("\n", eol).encode()
    assert call("list", "--agency", "CAH", "--format", "ids").stdout == "1\n2\n"
    assert call("check").returncode == 0


def test_one_undo_takes_it_back_to_the_byte(plan, call):
    assert call("done", "1.1", "--date", "2024-01-05", "--by", "VP", "--yes").returncode == 0
    marked = plan.read_bytes()
    call("rename", "công an huyện", "CAX")
    answer = call("undo")

    assert (answer.returncode, answer.stdout) == (0, "Đơn vị CAX: trở lại mã CAH.\n")
    assert plan.read_bytes() == marked
    assert call("undo").returncode == 0
    assert b'evidence: "45/BC-CAH"' in plan.read_bytes()


def test_renamed_back_an_agency_keeps_both_codes_as_names(plan, call):
    call("rename", "CAH", "CAX")
    answer = call("rename", "CAX", "CAH")

    assert answer.returncode == 0
    expected = PLAN.replace(
        '    name: "Công an huyện"\n', '    name: "Công an huyện"\n    aliases: ["CAX"]\n'
    )
    assert plan.read_bytes().replace(b"\r\n", b"\n") == expected.encode()
    assert call("undo").returncode == 0
    assert plan.read_bytes().replace(b"\r\n", b"\n") == renamed(PLAN).encode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("CAH", "VP"), "Lỗi: “VP” đã chỉ đơn vị VP – Văn phòng; hãy chọn mã khác.\n"),
        (("CAH", "vp"), "Lỗi: “vp” đã chỉ đơn vị VP – Văn phòng; hãy chọn mã khác.\n"),
        (("CAH", "VanPhong"), "Lỗi: “VanPhong” đã chỉ đơn vị VP – Văn phòng; hãy chọn mã khác.\n"),
        (("CAH", "CAH"), "Lỗi: Đơn vị CAH đã có mã này.\n"),
        (("CAH", "A:B"), "Lỗi: “A:B” không phải là mã đơn vị: chỉ dùng chữ, số, “-”, “_”, “.”.\n"),
        (("CAH", ""), "Lỗi: “” không phải là mã đơn vị: chỉ dùng chữ, số, “-”, “_”, “.”.\n"),
    ],
)
def test_what_is_no_code_or_is_taken_is_refused(plan, call, typed, said):
    before = plan.read_bytes()
    answer = call("rename", *typed)

    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", said)
    assert plan.read_bytes() == before


def test_an_unknown_agency_is_refused_with_suggestions(plan, call):
    answer = call("rename", "CAN", "CAX")

    assert answer.returncode == 2
    assert "Gợi ý:" in answer.stderr
    assert "CAH  Công an huyện" in answer.stderr


def test_a_code_that_is_written_in_an_odd_way_is_left_alone(plan, call):
    odd = plan.read_bytes().replace(b"- CAH            # ch", b"- >-\n        CAH\n      # ch")
    assert b">-" in odd
    plan.write_bytes(odd)
    answer = call("rename", "CAH", "CAX")

    assert answer.returncode == 4
    assert plan.read_bytes() == odd


def test_a_dry_run_shows_the_lines_and_writes_nothing(plan, call):
    before = plan.read_bytes()
    answer = call("rename", "CAH", "CAX", "--dry-run")

    assert answer.returncode == 0
    assert '+    aliases: ["CAH"]' in answer.stdout
    assert plan.read_bytes() == before


def test_in_the_shipped_plan_no_place_is_left(tmp_path, call):
    call("init")
    path = tmp_path / "data" / "models.yaml"
    cells = [line for line in path.read_text("utf-8").split("\n") if line.startswith("      lead:")]
    assert call("rename", "PC06", "PC66").returncode == 0

    text = path.read_text("utf-8")
    assert [line for line in text.split("\n") if line.startswith("      lead:")] == cells
    assert call("list", "--agency", "PC06").stdout == call("list", "--agency", "PC66").stdout
    assert call("undo").returncode == 0
    assert path.read_bytes() == support.MODELS_FILE.read_bytes()
