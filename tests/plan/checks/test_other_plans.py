"""Mistakes in the keys of other offices' plans: the YAML of a model, and its findings in one run of each.

A row is a part of a plan and what ``check`` says of it, code and advice; what only follows is left out.
"""

from __future__ import annotations

from datetime import date

import pytest

from de06cli.plan.checks.review import review
from de06cli.plan.file.reader import read
from de06cli.plan.findings import Severity

TODAY = date(2025, 12, 1)
AGENCIES = ['{code: A, name: "Cơ quan A"}', '{code: B, name: "Cơ quan B"}', '{code: C, name: "C"}']


def found(model: str, *ended: str, begin: str = "deadline: 2025") -> list[str]:
    """The errors and warnings of a plan with one model, as ``CODE advice``."""
    codes = {text[7:8]: text for text in [*AGENCIES, *ended]}
    lines = ["model: 1", "title: t", "lead: [A]", *begin.splitlines(), *model.splitlines()]
    text = "\n".join(
        [
            "plan: {code: X, title: t, place: p}",
            "agencies:",
            *(f"  - {agency}" for agency in codes.values()),
            "models:",
            f"  - {lines[0]}",
            *(f"    {line}" for line in lines[1:]),
        ]
    )
    findings = review(read(text.encode()), TODAY)
    return [f"{one.code} {one.advice}" for one in findings if one.severity is not Severity.NOTE]


def end(code: str, rest: str) -> str:
    return f"{{code: {code}, name: n{code}, ended: {{{rest}}}}}"


MONTHLY = "recurs: {every: month, from: 2025-02, until: 2025-12}"
CLOSED = "status: done, date: 2025-03-04"


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (MONTHLY, []),
        ("recurs: monthly", ["E203 Viết {every: month}."]),
        ("recurs: [{every: month}]", ["E203 Hãy xem cách ghi ở đầu tệp mẫu."]),
        ("recurs: {every: hằng tháng, from: 2025}",
         ["E206 Viết month. Các giá trị dùng được: week, month, quarter, half, year."]),
        ("recurs: {every: 6 tháng, from: 2025}",
         ["E206 Viết half. Các giá trị dùng được: week, month, quarter, half, year."]),
        ("recurs: {every: month}",
         ["E311 Thêm from: 2025-01 vào recurs, hoặc assigned: ngày giao nhiệm vụ."]),
        ("recurs: {every: month, from: 2025-05, until: 2025-01}",
         ["E311 Hãy xem lại until và ngày bắt đầu."]),
        ("recurs: {every: month, from: 2025-01, day: 32}",
         ["E206 Viết một số từ 1 đến 31; 31 là ngày cuối tháng."]),
        ("recurs: {every: week, from: 2025-01, day: thứ sáu}", ["E206 Viết fri."]),
        ("recurs: {every: year, from: 2025, day: 30/11}", ["E206 Viết 11-30."]),
        ("recurs: {every: month, from: 2025-01, until: quý 2}",
         ["E205 Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."]),
        (f"{MONTHLY}\nperiods:\n  - {{period: 2025-Q1, {CLOSED}}}",
         ["E312 Viết theo dạng 2025-03."]),
        (f"{MONTHLY}\nperiods:\n  - {{period: tháng 2/2025, {CLOSED}}}", ["E205 Viết 2025-02."]),
        (f"{MONTHLY}\nperiods:\n  - {{period: 2025-01, {CLOSED}}}",
         ["E312 Hãy sửa kỳ, hoặc from và until của recurs."]),
        (f"{MONTHLY}\nperiods:\n  - {{period: 2026-01, {CLOSED}}}",
         ["E312 Hãy sửa kỳ, hoặc from và until của recurs."]),
        (f"{MONTHLY}\nperiods:\n" + f"  - {{period: 2025-02, {CLOSED}}}\n" * 2,
         ["E313 Hãy giữ một trong hai dòng."]),
    ],
)  # fmt: skip
def test_recurring_duties(model, expected):
    assert found(model, begin="") == expected


@pytest.mark.parametrize(
    ("model", "ended", "expected"),
    [
        ("", end("A", "on: 2025-03-01, successor: B"), []),
        ("", end("A", "on: 2025-03-01"),
         ["W410 Thêm successor: mã đơn vị tiếp nhận, hoặc bàn giao từng nhiệm vụ bằng de06 handover."]),
        ("handovers:\n  - {on: 2025-02-01, lead: [C]}", end("A", "on: 2025-03-01"), []),
        ("progress: {status: done, date: 2025-02-01}", end("A", "on: 2025-03-01"), []),
        ("progress: {status: done}", end("A", "on: 2025-03-01, successor: B"),
         ["E307 Thêm date: ngày của văn bản hoặc của quyết định."]),
        ("steps:\n  - {step: 1, text: x, progress: {status: done}}", end("B", "on: 2025-03-01"),
         ["E307 Thêm date: ngày của văn bản hoặc của quyết định."]),
        ("", end("A", "on: 2025-03-01, successor: A"),
         ["E316 Ghi successor: mã của đơn vị tiếp nhận sau cùng."]),
        ("", end("A", "date: 2025-03-01"),
         ["E201 Gợi ý: on. Các khóa dùng được: on, successor, document."]),
        ("", "{code: A, name: n, ended: 1/3/2025}", ["E203 Viết {on: 2025-03-01}."]),
        ("handovers: [[a]]", "", ["E203 Hãy xem cách ghi ở đầu tệp mẫu."]),
        ("handovers:\n  - {on: 2025-02-01, to: B}", "",
         ["E201 Gợi ý: on. Các khóa dùng được: on, lead, support, implementers, document, reason."]),
        ("handovers:\n  - {on: 2025-02-01, reason: x}", "",
         ["E315 Thêm lead: [CAX]; hoặc support, implementers."]),
        ("handovers:\n  - {on: 2025-02-01, lead: [B]}\n  - {on: 2025-02-01, lead: [C]}", "",
         ["E314 Gộp thành một dòng, hoặc sửa ngày."]),
        ("handovers:\n  - {on: 2025-04-01, lead: [B]}", end("B", "on: 2025-03-01, successor: C"),
         ["W411 Viết C, hoặc xem lại ngày."]),
    ],
)  # fmt: skip
def test_succession(model, ended, expected):
    assert found(model, *filter(None, [ended])) == expected


def of_target(rest: str, unit: str = '"%"') -> str:
    return f"targets:\n  - {{target: 1, unit: {unit}, {rest}}}"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (of_target("goal: {2025-06: ≥ 80, 2025: 90}, values: [{date: 2025-06-30, value: 3/4}]"), []),
        (of_target("goal: {2025-12: 80, 2025: 90}"), ["E310 Hãy giữ một trong hai mục tiêu."]),
        (of_target("goal: {2025-12: 80, 2025-12-31: 90, 2025-H2: 95}"),
         ["E310 Hãy giữ một trong hai mục tiêu."] * 2),
        (of_target("goal: {năm 2025: 80}"), ["E205 Viết 2025."]),
        (of_target("goal: 8.432"), ["E204 Viết 8432 hoặc 8.43."]),
        (of_target("goal: 10 - 8"), ["E204 Viết 8 - 10."]),
        (of_target("goal: 80, values: [{date: 2025-06-30, value: 69,7}]"), ["E201 Viết 69.7."]),
        (of_target("goal: 80, values: [{date: 2025-06-30, value: 8.432/12.100}]"),
         ["E204 Viết 8432/12100."]),
        (of_target("goal: 80, values: [{date: 2025-06-30, value: 3/5}]", unit="hồ sơ"),
         ['E318 Thêm unit: "%" cho chỉ tiêu, hoặc viết một số.']),
        (of_target("goal: 80, values: [{date: 2025-06-30, value: 3}, {date: 2025-06-30, value: 4}]"),
         ["E319 Hãy giữ một trong hai dòng."]),
        (of_target("goal: 80, values: [{date: 2025-12-02, value: 3}]"),
         ["W402 Đến ngày đó số liệu chưa được tính."]),
        (of_target("goal: 80, values: [{date: 2025-12-01, value: 3}]"), []),
    ],
)  # fmt: skip
def test_targets(target, expected):
    assert found(target) == expected


FIRST = "{status: done, date: 2025-04-01}"


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("deadline: tháng 3", ["E205 Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."]),
        ("deadline: 2025-W53",
         ["E205 Viết theo dạng 2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."]),
        ("deadline: 2025\nassigned: 2025-12-31", []),
        ("deadline: 2025\nassigned: 2026-01-01", ["W419 Hãy xem lại assigned hoặc deadline."]),
        ("deadline: 2025-06\nstart: 2025-Q3", ["W419 Hãy xem lại start hoặc deadline."]),
        ("deadline: 2025-06\nextensions:\n  - {to: 2025-12, decided: 2025-05-01}\nstart: 2025-Q3", []),
        ("deadline: 2025\nundated: x",
         ["E310 Đã có thời hạn thì xóa undated; chưa có thì chỉ giữ undated."]),
        ("deadline: 2025\nstopped: 3/11/2025", ["E203 Viết {on: 2025-11-03}."]),
        ("deadline: 2025\nstopped: {date: 2025-11-03}",
         ["E201 Gợi ý: on. Các khóa dùng được: on, document, reason."]),
        ("deadline: 2025\nprogress: done", ["E203 Viết {status: done}."]),
        ("deadline: 2025\nprogress: {status: skipped, date: 2025-04-01, note: x}",
         ['E320 Viết stopped: {on: 2025-11-03, document: "…"} dưới dòng model.']),
        (f"deadline: 2025\nassigned: 2025-05-01\nprogress: {FIRST}",
         ["W413 Hãy xem lại date; nếu đúng, tiến độ này được tính từ ngày giao."]),
        (f"deadline: 2025\nstopped: {{on: 2025-03-01}}\nprogress: {FIRST}",
         ["W414 Hãy xem lại ngày này, hoặc ngày on của stopped."]),
        (f"deadline: 2025\nstopped: {{on: 2025-05-01}}\nprogress: {FIRST}",
         ["W415 Hãy xóa stopped, hoặc xem lại tiến độ."]),
        ("deadline: 2025\nstopped: {on: 2025-05-01}\nprogress: {status: done}",
         ["E307 Thêm date: ngày của văn bản hoặc của quyết định."]),
    ],
)  # fmt: skip
def test_times(model, expected):
    assert found(model, begin="") == expected
