"""``steps``: steps, not models."""

from __future__ import annotations

import json
import os

import pytest

NEXT = """\
Bước  STT  Nhiệm vụ                   Nội dung         Đơn vị thực hiện  Tình trạng      Từ ngày     Minh chứng  Ghi chú   Hạn của bước  Hạn của nhiệm vụ  Chủ trì
 7.2    1  Cấp thẻ căn cước lưu động  Thu nhận hồ sơ.  CAX, TTYT         Vướng mắc       20/12/2023              máy hỏng  15/12/2023    31/12/2023        CAX, VPX
 3.1    2  Sổ sức khỏe điện tử        Nhập hồ sơ.      TTYT              Đang thực hiện                                    05/01/2024    15/01/2024        TTYT
"""  # noqa: E501

NEXT_ON_A_TERMINAL = """\
Bước 7.2 (STT 1) Cấp thẻ căn cước lưu động · Nội dung: Thu nhận hồ sơ.
  Đơn vị thực hiện: CAX, TTYT
  Tình trạng: Vướng mắc từ ngày 20/12/2023: máy hỏng
  Hạn của nhiệm vụ: 31/12/2023
Bước 3.1 (STT 2) Sổ sức khỏe điện tử · Nội dung: Nhập hồ sơ.
  Đơn vị thực hiện: TTYT · Tình trạng: Đang thực hiện
  Hạn của nhiệm vụ: 15/01/2024
2 bước. Số liệu tính đến ngày 11/01/2024.
"""


def test_the_next_steps_say_whom_each_open_model_waits_for(small, call):
    answer = call("steps", "--next")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, NEXT, "")


def test_the_same_on_a_terminal(small, terminal):
    assert terminal("steps", "--next", TERM="dumb").stdout == NEXT_ON_A_TERMINAL


@pytest.mark.parametrize(
    ("arguments", "addresses"),
    [
        ([], ["7.1", "7.2", "3.1", "3.2", "5.1", "2.1", "2.2", "8.1"]),
        (["--agency", "TTYT"], ["7.2", "3.1", "3.2"]),
        (["--agency", "van phong ubnd xa"], ["5.1", "2.2"]),
        (["--agency", "VPX", "--role", "support"], ["2.1", "2.2"]),
        (["--agency", "CAX", "--status", "open"], ["7.2", "3.2", "8.1"]),
        (["--status", "todo"], ["3.2", "8.1"]),
        (["--status", "doing"], ["3.1"]),
        (["--status", "blocked", "--status", "skipped"], ["7.2", "2.2"]),
        (["--status", "done"], ["7.1", "5.1", "2.1"]),
        (["--next"], ["7.2", "3.1"]),
        (["--next", "--agency", "CAX"], ["7.2"]),
        (["--stale", "22"], ["7.2"]),
        (["--stale", "23"], []),
        (["--evidence", "missing"], []),
        (["--model", "3"], ["3.1", "3.2"]),
        (["--state", "open_overdue"], ["7.1", "7.2"]),
        (["--search", "tờ rơi"], ["2.1", "2.2"]),
        (["--due-before", "30/12/2023"], ["5.1", "2.1", "2.2"]),
        (["--as-of", "2023-12-19", "--next"], ["7.2", "3.1", "2.1"]),
        (["--as-of", "2023-11-20", "--status", "done"], ["7.1", "5.1"]),
    ],
)
def test_each_filter_by_its_answer(small, call, arguments, addresses):
    assert call("steps", *arguments, "--format", "ids").stdout.split() == addresses


def test_done_without_a_document_is_found(small, call):
    text = small.read_text("utf-8").replace(', evidence: "9/BC-VPX"', "")
    small.write_text(text, "utf-8")

    assert call("steps", "--evidence", "missing", "--format", "ids").stdout == "5.1\n"


EVIDENCE = """\
plan:
  code: P
  title: "Kế hoạch"
  evidence_folder: minh-chung
agencies:
  - {code: VP, name: "Văn phòng"}
models:
  - model: 1
    title: "Có bước"
    deadline: 2023-12-31
    lead: [VP]
    steps:
      - {step: 1, text: "Đủ", progress: {status: done, date: 2023-12-01, evidence: "1/BC-VP"}}
      - {step: 2, text: "Thiếu tệp", progress: {status: doing, date: 2023-12-01, evidence: "2/BC-VP"}}
      - {step: 3, text: "Thiếu số", progress: {status: done, date: 2023-12-01}}
      - {step: 4, text: "Ngoài thư mục", progress: {status: done, date: 2023-12-01, evidence: "6/BC-VP"}}
  - model: 2
    progress: {status: done, date: 2023-12-01, evidence: "3/BC-VP"}
    title: "Không có bước"
    deadline: 2023-12-31
    lead: [VP]
  - model: 3
    title: "Định kỳ"
    recurs: {every: month, from: 2023-10, until: 2024-12}
    periods:
      - {period: 2023-10, status: done, date: 2023-10-31, evidence: "4/BC-VP"}
      - {period: 2023-11, status: done, date: 2023-11-30, evidence: "https://example.vn/5"}
    lead: [VP]
"""


@pytest.fixture
def with_folder(tmp_path):
    (tmp_path / "plan.yaml").write_text(EVIDENCE, "utf-8")
    (tmp_path / "minh-chung").mkdir()
    (tmp_path / "minh-chung" / "1-BC-VP.pdf").write_bytes(b"%PDF")
    (tmp_path / "6-BC-VP.pdf").write_bytes(b"%PDF")
    if os.name != "nt":  # where links need rights; a file that is not there is of no use either
        (tmp_path / "minh-chung" / "6-BC-VP.pdf").symlink_to(tmp_path / "6-BC-VP.pdf")
    return str(tmp_path / "plan.yaml")


def test_a_document_whose_file_is_not_in_the_folder_is_listed_as_check_warns_of_it(
    with_folder, call
):
    asked = ("steps", "--evidence", "missing", "--data", with_folder)
    listed = json.loads(call(*asked, "--format", "json").stdout)["steps"]
    checked = call("check", with_folder)

    assert call(*asked, "--format", "ids").stdout.split() == ["1.2", "1.3", "1.4", "2", "3@2023-10"]
    documents = [one["evidence"] for one in listed if one["evidence"]]
    assert documents == ["2/BC-VP", "6/BC-VP", "3/BC-VP", "4/BC-VP"]
    warned = [line for line in checked.stdout.splitlines() if " W418 " in line]
    assert [line.split("“")[1].split("”")[0] for line in warned] == documents
    assert "14:92" in warned[0]
    assert "2-BC-VP.pdf" in warned[0]
    assert checked.returncode == 0
    assert (listed[4]["step"], listed[4]["period"]) == (None, "2023-10")
    row = call(*asked).stdout.splitlines()[-1]
    assert "Tháng 10/2023" in row


def test_a_folder_that_is_not_there_or_leads_out_is_one_warning(with_folder, call, tmp_path):
    plan = tmp_path / "plan.yaml"
    for name in ("khong-co", "..", "/etc"):
        text = EVIDENCE.replace("evidence_folder: minh-chung", f'evidence_folder: "{name}"')
        plan.write_text(text, "utf-8")

        found = [line for line in call("check", str(plan)).stdout.splitlines() if "W418" in line]
        assert len(found) == 1
        assert (
            f":4:20 W418 Không có thư mục minh chứng “{name}” trong thư mục của tệp kế hoạch."
            in found[0]
        )


BLOCKED = {
    "plan": "TANKHAI",
    "model": 7,
    "stt": 1,
    "title": "Cấp thẻ căn cước lưu động",
    "lead": ["CAX", "VPX"],
    "model_due": "2023-12-31",
    "step": 2,
    "text": "Thu nhận hồ sơ.",
    "agencies": ["CAX", "TTYT"],
    "due": "2023-12-15",
    "status": "blocked",
    "date": "2023-12-20",
    "by": None,
    "evidence": None,
    "note": "máy hỏng",
    "days_late": 27,
    "since": "2023-12-20",
    "period": None,
}


def test_as_json(small, call):
    answer = json.loads(call("steps", "--status", "blocked", "--format", "json").stdout)

    assert list(answer) == ["version", "as_of", "plans", "steps"]
    assert [list(step.items()) for step in answer["steps"]] == [list(BLOCKED.items())]


def test_as_csv_and_tsv(small, call):
    header = ",".join(BLOCKED)
    asked = ("steps", "--status", "blocked", "--format")

    assert call(*asked, "csv").stdout == (
        f"\ufeff{header}\n"
        'TANKHAI,7,1,Cấp thẻ căn cước lưu động,"CAX, VPX",2023-12-31,2,Thu nhận hồ sơ.,'
        '"CAX, TTYT",2023-12-15,blocked,2023-12-20,,,máy hỏng,27,2023-12-20,\n'
    )
    assert call(*asked, "tsv").stdout.splitlines()[0] == header.replace(",", "\t")


def test_nothing_found_is_printed_too(small, call, terminal):
    none = ("steps", "--stale", "300")

    assert json.loads(call(*none, "--format", "json").stdout)["steps"] == []
    assert len(call(*none).stdout.splitlines()) == 1  # the header
    assert (
        terminal(*none).stdout == "Không có bước nào phù hợp. Số liệu tính đến ngày 11/01/2024.\n"
    )


def test_steps_of_several_plans_name_their_plan(province, call):
    asked = ("steps", "--data", str(province), "--status", "blocked")

    assert call(*asked, "--format", "ids").stdout.split() == ["ANKHUONG:7.2", "TANKHAI:7.2"]
    assert [line.split()[:2] for line in call(*asked).stdout.splitlines()[1:]] == [
        ["ANKHUONG", "7.2"],
        ["TANKHAI", "7.2"],
    ]
    only = ("--agency", "ANKHUONG:TYT", "--format", "ids")
    assert call(*asked, *only).stdout == "ANKHUONG:7.2\n"


def test_an_unknown_status_is_refused_with_the_known_ones(small, call):
    answer = call("steps", "--status", "late")

    assert answer.returncode == 2
    assert "blocked" in answer.stderr
