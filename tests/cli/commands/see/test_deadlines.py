"""``overdue`` and ``upcoming``: what is late, for whom, and what falls due next."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# overdue ------------------------------------------------------------------------------------------

LATE = """\
1 nhiệm vụ quá hạn tính đến ngày 11/01/2024

CAX – Công an xã (1)
  Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động
    Quá hạn 11 ngày (thời hạn: 31/12/2023, đã gia hạn 1 lần, hạn ban đầu
    30/11/2023); cùng chủ trì: VPX
    Bước vướng mắc (từ ngày 20/12/2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Đang chờ: CAX, TTYT
    Cập nhật gần nhất: 20/12/2023

VPX – Văn phòng UBND xã (1)
  Cùng chủ trì, xem ở CAX: Mô hình 7

Bước quá hạn
  Mô hình 3, bước 1: Nhập hồ sơ. – hạn 05/01/2024, quá hạn 6 ngày
"""


@pytest.mark.parametrize("form", [[], ["--format", "table"]])
def test_overdue_tells_each_lead_what_is_late(small, call, form):
    answer = call("overdue", *form)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, LATE, "")


def test_overdue_in_english(small, call):
    assert (
        call("overdue", "--lang", "en").stdout
        == """\
1 task overdue as of 11 Jan 2024

CAX – Commune Police (1)
  Model 7 (row 1): Cấp thẻ căn cước lưu động
    11 days overdue (due 31 Dec 2023, extended 1 time, original deadline 30
    Nov 2023); also led by VPX
    Blocked step (since 20 Dec 2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Waiting for: CAX, TTYT
    Last update: 20 Dec 2023

VPX – Văn phòng UBND xã (1)
  Also leads, listed under CAX: Model 7

Overdue steps
  Model 3, step 1: Nhập hồ sơ. – 6 days overdue (due 5 Jan 2024)
"""
    )


def test_overdue_can_end_with_what_comes_next(small, call):
    assert (
        call("overdue", "--upcoming").stdout
        == LATE
        + """
Đến hạn trong 7 ngày tới
  Mô hình 3 (STT 2): Sổ sức khỏe điện tử
    Còn 4 ngày (thời hạn: 15/01/2024); chủ trì: TTYT

Bước sắp đến hạn
  Mô hình 3, bước 2: Trả kết quả. – hạn 13/01/2024, còn 2 ngày
"""
    )


def test_what_is_soon_is_what_each_plan_calls_soon(small, call):
    """And the number of days that a plan writes may be any."""
    text = small.read_text("utf-8").replace("due_soon_days: 7", "due_soon_days: 999999999")
    small.write_text(text, "utf-8")
    other = small.with_name("other.yaml")
    other.write_text(text.replace("999999999", "3").replace("TANKHAI", "MINHHUNG"), "utf-8")
    answer = call("overdue", "--upcoming", "--data", str(small.parent), "--model", "3")

    assert (
        answer.stdout.partition("\n\nSắp đến hạn\n")[2]
        == """\
  Mô hình TANKHAI:3 (STT 2): Sổ sức khỏe điện tử
    Còn 4 ngày (thời hạn: 15/01/2024); chủ trì: TTYT

Bước sắp đến hạn
  Mô hình TANKHAI:3, bước 2: Trả kết quả. – hạn 13/01/2024, còn 2 ngày
  Mô hình MINHHUNG:3, bước 2: Trả kết quả. – hạn 13/01/2024, còn 2 ngày
"""
    )


def test_what_is_due_today_is_soon(small, call):
    text = call("overdue", "--upcoming", "--as-of", "2024-01-15").stdout

    assert "\n    Đến hạn hôm nay (thời hạn: 15/01/2024); chủ trì: TTYT\n" in text


@pytest.mark.skipif(sys.platform == "win32", reason="there is no cron")
def test_cron_has_next_to_no_environment_and_gets_the_same_bytes(small):
    """As cron runs the line of the README: in a shell, with nothing in its environment."""
    line = (
        f"cd {small.parents[1]} && DE06_CACHE=off"
        f" {sys.executable} -m de06cli overdue --upcoming --as-of 2024-01-11"
    )
    told = [
        subprocess.run(
            ["env", "-i", *variables, "/bin/sh", "-c", line],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        for variables in ([], ["LC_ALL=C", "TZ=America/Los_Angeles", "COLUMNS=40", "TERM=xterm"])
    ]

    for answer in told:
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith(f"{LATE}\nĐến hạn trong 7 ngày tới\n")


def test_overdue_tells_the_most_late_first_and_wraps_at_78_columns(plan, call):
    lines = call("overdue", "--agency", "CAH", "--role", "lead").stdout.splitlines()

    assert lines[0] == "7 nhiệm vụ quá hạn tính đến ngày 11/01/2024"
    assert [line for line in lines[1:] if line and not line.startswith(" ")] == [
        "CAH – Công an huyện Hớn Quản (7)",
        "C06 – Cục Cảnh sát quản lý hành chính về trật tự xã hội (Bộ Công an) (1)",
        "PKTHT – Phòng Kinh tế và Hạ tầng huyện Hớn Quản (1)",
        "PNV – Phòng Nội vụ huyện Hớn Quản (1)",
    ]
    of_cah = lines[lines.index("CAH – Công an huyện Hớn Quản (7)") :]
    late = [int(line.split()[2]) for line in of_cah if line.startswith("    Quá hạn ")]
    assert late == [73, 42, 42, 42, 42, 12, 12]
    assert [line for line in of_cah if "xem ở" in line] == [
        "  Cùng chủ trì, xem ở CAH: Mô hình 29",
        "  Cùng chủ trì, xem ở CAH: Mô hình 12",
        "  Cùng chủ trì, xem ở CAH: Mô hình 28",
    ]
    assert max(map(len, lines)) in range(70, 79)


def test_overdue_as_json_has_the_most_late_first(plan, call):
    answer = json.loads(call("overdue", "--agency", "CAH", "--format", "json").stdout)

    assert list(answer) == ["version", "as_of", "plans", "models"]
    assert [(model["model"], model["days_late"]) for model in answer["models"]] == [
        (29, 73),
        (39, 73),
        (40, 73),
        (10, 42),
        (11, 42),
        (12, 42),
        (16, 42),
        (1, 12),
        (9, 12),
        (23, 12),
        (28, 12),
        (43, 12),
    ]


STEP = {
    "plan": "TANKHAI",
    "model": 3,
    "stt": 2,
    "lead": ["TTYT"],
    "step": 1,
    "text": "Nhập hồ sơ.",
    "agencies": ["TTYT"],
    "due": "2024-01-05",
    "status": "doing",
    "date": None,
    "by": None,
    "evidence": None,
    "note": None,
    "days_late": 6,
}


def test_steps_with_a_deadline_of_their_own_are_in_json_on_request(small, call):
    without = json.loads(call("overdue", "--format", "json").stdout)
    answer = json.loads(call("overdue", "--format", "json", "--steps").stdout)

    assert list(without) == ["version", "as_of", "plans", "models"]
    assert json.dumps(answer) == json.dumps({**without, "steps": [STEP]})


def test_only_steps_may_be_late(small, call):
    answer = call("overdue", "--model", "3")

    assert answer.stdout == (
        "0 nhiệm vụ quá hạn tính đến ngày 11/01/2024\n"
        "\n"
        "Bước quá hạn\n"
        "  Mô hình 3, bước 1: Nhập hồ sơ. – hạn 05/01/2024, quá hạn 6 ngày\n"
    )


@pytest.mark.parametrize(
    ("form", "out"),
    [
        ("csv", "plan,model,stt,"),
        ("tsv", "plan\tmodel\tstt\t"),
        ("md", "| Mô hình | STT |"),
        ("ids", "7\n"),
    ],
)
def test_overdue_in_other_forms(small, call, form, out):
    assert call("overdue", "--format", form).stdout.removeprefix("\ufeff").startswith(out)


def test_nothing_late_is_silence_in_a_pipe_and_a_line_on_a_terminal(plan, call, terminal):
    piped = call("overdue", "--as-of", "2023-01-01")
    shown = terminal("overdue", "--as-of", "2023-01-01")

    assert (piped.returncode, piped.stdout, piped.stderr) == (0, "", "")
    assert (shown.returncode, shown.stdout, shown.stderr) == (
        0,
        "Không có nhiệm vụ quá hạn tính đến ngày 01/01/2023.\n",
        "",
    )


def test_nothing_late_is_reported_where_a_form_was_asked_for(plan, call):
    asked = ["overdue", "--as-of", "2023-01-01", "--format"]

    assert json.loads(call(*asked, "json").stdout) == {
        "version": 1,
        "as_of": "2023-01-01",
        "plans": [
            {
                "code": "HONQUAN",
                "title": "Phụ lục I – Mô hình triển khai được ngay",
                "data": "data/models.yaml",
                "revision": None,
            }
        ],
        "models": [],
    }
    assert call(*asked, "table").stdout == "0 nhiệm vụ quá hạn tính đến ngày 01/01/2023\n"
    assert call(*asked, "csv").stdout.count("\n") == 1
    assert call(*asked, "ids").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--exit-code"], 1),
        (["--exit-code", "--model", "3"], 1),
        (["--exit-code", "--model", "5"], 0),
        (["--exit-code", "--format", "json"], 1),
        ([], 0),
    ],
)
def test_exit_code_says_whether_something_is_late(small, call, arguments, code):
    assert call("overdue", *arguments).returncode == code


def test_due_today_is_not_overdue_and_due_yesterday_is_late_by_a_day(small, call):
    on_the_day = call("overdue", "--as-of", "31/12/2023", "--format", "ids")
    the_day_after = call("overdue", "--as-of", "1/1/2024", "--format", "json")

    assert on_the_day.stdout == ""
    assert [model["days_late"] for model in json.loads(the_day_after.stdout)["models"]] == [1]


# upcoming -----------------------------------------------------------------------------------------


UPCOMING = """\
Mô hình  STT  Nhiệm vụ               Thời hạn  Chủ trì  Tiến độ  Tình trạng
      3    2  Sổ sức khỏe điện tử  15/01/2024  TTYT     ◐○ 0/2   Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)

Bước sắp đến hạn
  Mô hình 3, bước 2: Trả kết quả. – hạn 13/01/2024, còn 2 ngày
"""  # noqa: E501


def test_upcoming_is_a_table_and_the_steps_that_fall_due(small, call):
    assert call("upcoming").stdout == UPCOMING


@pytest.mark.parametrize(
    ("within", "models", "steps"),
    [("0", [], []), ("1", [], []), ("2", [], [(3, 2)]), ("3", [], [(3, 2)]), ("4", [3], [(3, 2)])],
)
def test_upcoming_looks_as_many_days_ahead_as_asked(small, call, within, models, steps):
    answer = json.loads(call("upcoming", "--within", within, "--steps", "--format", "json").stdout)

    assert list(answer) == ["version", "as_of", "plans", "models", "steps"]
    assert [model["model"] for model in answer["models"]] == models
    assert [(step["model"], step["step"]) for step in answer["steps"]] == steps


def test_upcoming_tells_the_next_first_and_14_days_ahead(plan, call):
    on_16_october = ["upcoming", "--as-of", "2023-10-16"]

    fortnight = json.loads(call(*on_16_october, "--format", "json").stdout)["models"]
    assert {model["due"] for model in fortnight} == {"2023-10-30"}
    longer = json.loads(call(*on_16_october, "--within", "75", "--format", "json").stdout)["models"]
    dues = [model["due"] for model in longer]
    assert dues == sorted(dues)
    assert set(dues) == {"2023-10-30", "2023-11-30", "2023-12-30"}


def test_the_last_day_is_upcoming_with_no_days_left(small, call):
    answer = json.loads(call("upcoming", "--as-of", "2024-01-15", "--format", "json").stdout)

    assert [(model["model"], model["days_left"]) for model in answer["models"]] == [(3, 0)]
    assert "(đến hạn hôm nay)" in call("upcoming", "--as-of", "2024-01-15").stdout


@pytest.mark.parametrize("command", ["overdue", "upcoming"])
def test_the_calendars_first_day_has_nothing_due(small, call, command):
    answer = call(command, "--as-of", "0001-01-01", "--format", "ids")

    assert (answer.returncode, answer.stdout) == (0, "")


def test_the_end_of_the_calendar_has_nothing_upcoming(small, call):
    answer = call("upcoming", "--as-of", "9999-12-31", "--within", "36500", "--format", "ids")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize("within", ["-1", "36501", "hai"])
def test_upcoming_refuses_what_is_no_number_of_days(small, call, within):
    answer = call("upcoming", "--within", within)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == ("Lỗi: Giá trị của --within không hợp lệ. Xem: de06 upcoming --help.\n")


def test_within_no_days_is_today(plan, terminal):
    said = terminal("upcoming", "--within", "0", TERM="dumb").stdout

    assert said == "Không có nhiệm vụ đến hạn hôm nay. Số liệu tính đến ngày 11/01/2024.\n"
