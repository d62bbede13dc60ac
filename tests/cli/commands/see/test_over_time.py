"""``stats`` over time: the trend, the comparison with an earlier day, and whom tasks wait for.

The figures of the shipped plan in a simulated quarter are counted a second time here, from the text of the
file alone.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

MONTHS = """\
Tính đến ngày  Tổng số  Hoàn thành  Quá hạn  Sắp đến hạn  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
31/10/2023           5           0        1            0                0,0% (0/1)                  0,0% (0/4)
30/11/2023           5           1        0            0              100,0% (1/1)                 25,0% (1/4)
31/12/2023           5           2        0            1              100,0% (2/2)                 50,0% (2/4)
11/01/2024           5           2        1            1               66,7% (2/3)                 50,0% (2/4)
"""

ON_A_TERMINAL = """\
31/10/2023 ■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■ 1
30/11/2023  0
31/12/2023  0
11/01/2024 ■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■■ 1
"""

TREND = ("as_of", "total", "finished", "open_overdue", "due_soon", "rate_due", "rate_all")


def answered(call, *arguments: str) -> dict:
    answer = call(*arguments, "--format", "json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


# The trend ----------------------------------------------------------------------------------------


def test_the_trend_has_a_row_a_month_from_the_first_day_that_is_due(small, call):
    answer = call("stats", "--every", "month")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, MONTHS, "")


def test_a_terminal_has_bars_of_what_is_overdue_below(small, terminal):
    shown = terminal("stats", "--every", "month", TERM="dumb", columns=120).stdout

    assert shown.endswith("Chưa hoàn thành – quá hạn\n" + ON_A_TERMINAL)
    assert "Số liệu tính đến ngày 11/01/2024." in shown


def test_a_terminal_has_agencies_in_rows_and_days_in_columns_the_worst_first(small, terminal):
    asked = ("stats", "--every", "quarter", "--by", "agency")
    shown = terminal(*asked, TERM="dumb", columns=80).stdout.splitlines()

    assert [line.split() for line in shown[:5] if "──" not in line] == [
        ["Đơn", "vị", "31/12/2023", "11/01/2024"],
        ["CAX", "–", "Công", "an", "xã", "0", "1"],
        ["VPX", "–", "Văn", "phòng", "UBND", "xã", "0", "1"],
        ["TTYT", "–", "Trung", "tâm", "Y", "tế", "0", "0"],
    ]
    assert shown[5] == "Số nhiệm vụ quá hạn. Số liệu tính đến ngày 11/01/2024."


def test_every_row_is_what_stats_says_as_of_its_day(quarter, call):
    for row in answered(call, "stats", "--every", "week")["rows"]:
        total = answered(call, "stats", "--as-of", row["as_of"])["total"]
        total |= {"as_of": row["as_of"], "finished": total["rate_all_finished"]}
        assert row == {key: total[key] for key in TREND}


@pytest.mark.parametrize(
    "filters",
    [
        ["--agency", "CAH"],
        ["--state", "open"],
        ["--search", "lưu trú"],
        ["--due-before", "30/11/2023"],
    ],
)
def test_filters_hold_on_each_day(quarter, call, filters):
    for row in answered(call, "stats", "--every", "month", *filters)["rows"]:
        total = answered(call, "stats", "--as-of", row["as_of"], *filters)["total"]
        assert [row["total"], row["open_overdue"]] == [total["total"], total["open_overdue"]]


def test_the_trend_by_agency_has_a_row_for_each_agency_and_day(quarter, call):
    rows = answered(call, "stats", "--every", "month", "--by", "agency")["rows"]

    assert {tuple(row) for row in rows} == {("key", *TREND)}
    for day in {row["as_of"] for row in rows}:
        expected = answered(call, "stats", "--by", "agency", "--as-of", day)["rows"]
        assert [
            (row["key"], row["total"], row["open_overdue"]) for row in rows if row["as_of"] == day
        ] == [(row["key"], row["total"], row["open_overdue"]) for row in expected]


def test_the_trend_begins_where_it_is_asked_to(small, call):
    answer = call("stats", "--every", "week", "--from", "2024-01-01", "--format", "csv")

    assert answer.stdout == (
        f"\ufeff{','.join(TREND)}\n"
        "2024-01-07,5,2,1,0,0.6666666666666666,0.5\n"
        "2024-01-11,5,2,1,1,0.6666666666666666,0.5\n"
    )
    ids = call("stats", "--every", "week", "--from", "2024-01-01", "--format", "ids")
    assert ids.stdout.split() == ["2024-01-07", "2024-01-11"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--every", "week", "--from", "0001-01-01"], "--from"),
        (["--every", "week", "--compare", "year"], "--every"),
        (["--from", "2024-01-01"], "--every"),
        (["--sort", "rate"], "--by"),
        (["--compare", "2024-01-11"], "11/01/2024"),
        (["--compare", "tuần trước"], "tuần trước"),
    ],
)
def test_what_has_no_meaning_is_refused(small, call, arguments, said):
    answer = call("stats", *arguments)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr


# Recounted ----------------------------------------------------------------------------------------

MARKS = [  # of a quarter in which some tasks are finished, one is blocked and one extended
    ("done", "6", "--date", "2023-10-25"),
    ("done", "8", "--date", "2023-11-03"),
    ("done", "10", "--date", "2023-11-29"),
    ("done", "11.1", "--date", "2023-11-10"),
    ("block", "11.2", "--date", "2023-11-20", "--note", "chưa có phần mềm"),
    ("start", "12.1", "--date", "2023-12-04"),
    ("done", "9", "--date", "2023-12-30"),
]


@pytest.fixture
def quarter(plan, call) -> Path:
    """The shipped plan at the end of a simulated quarter."""
    for mark in MARKS:
        assert call(*mark, "--yes").returncode == 0
    extended = ("extend", "12", "2024-01-31", "--decided", "2023-11-28", "--document", "12/UBND-VX")
    assert call(*extended).returncode == 0
    return plan


def recounted(path: Path, day: date) -> dict[str, object]:
    """The figures of ``day``, from the text of the file, by the rules as they are written down."""
    total = finished = late = soon = passed = passed_finished = dated = 0
    for model in yaml.safe_load(path.read_text("utf-8"))["models"]:
        total += 1
        due = model["deadline"]
        for extension in model.get("extensions") or []:
            due = extension["to"] if extension["decided"] <= day else due
        marks = [step.get("progress") or {} for step in model["steps"]]
        known = [mark for mark in marks if mark and mark["date"] <= day]
        closed = len(known) == len(marks) and all(mark["status"] == "done" for mark in known)
        if due is None:
            continue
        dated += 1
        finished += closed
        passed += due < day
        passed_finished += closed and due < day
        late += not closed and due < day
        soon += not closed and timedelta(0) <= due - day <= timedelta(7)
    return {
        "as_of": day.isoformat(),
        "total": total,
        "finished": finished,
        "open_overdue": late,
        "due_soon": soon,
        "rate_due": passed_finished / passed if passed else None,
        "rate_all": finished / dated,
    }


def test_figures_of_three_days_of_a_quarter_are_recounted_from_the_file(quarter, call):
    rows = {row["as_of"]: row for row in answered(call, "stats", "--every", "month")["rows"]}
    days = [date(2023, 10, 31), date(2023, 11, 30), date(2023, 12, 31)]

    expected = [recounted(quarter, day) for day in days]

    assert [rows[day.isoformat()] for day in days] == expected
    assert len({row["open_overdue"] for row in expected}) == 3  # the quarter moves
    assert [row["finished"] for row in expected] == [1, 3, 4]


def test_a_comparison_of_two_days_is_recounted_too(quarter, call):
    asked = ("stats", "--as-of", "2023-12-31", "--compare", "2023-11-30")
    total = answered(call, *asked)["total"]
    now, before = (
        recounted(quarter, date(2023, month, day)) for month, day in ((12, 31), (11, 30))
    )

    for key in ("total", "open_overdue", "due_soon", "rate_due", "rate_all"):
        assert (total[key], total["before"][key]) == (now[key], before[key])
        assert total["change"][key] == now[key] - before[key]


def test_whom_tasks_wait_for_is_recounted_from_the_file(quarter, call):
    waiting: dict[str, list[int]] = {}
    for model in yaml.safe_load(quarter.read_text("utf-8"))["models"]:
        steps = model["steps"]
        is_kept_up = model.get("ongoing") and model["deadline"] is None
        still = [s for s in steps if (s.get("progress") or {}).get("status") != "done"]
        if not still or is_kept_up:
            continue
        blocked = [s for s in still if (s.get("progress") or {}).get("status") == "blocked"]
        for code in (blocked or still)[0].get("agencies") or model["lead"]:
            waiting.setdefault(code, []).append(model["model"])

    answer = answered(call, "stats", "--by", "waiting")

    assert {row["key"]: row["models"] for row in answer["rows"]} == waiting
    assert {row["key"]: row["total"] for row in answer["rows"]} == {
        code: len(models) for code, models in waiting.items()
    }
    assert answer["total"]["total"] == len({n for models in waiting.values() for n in models})


# Beside an earlier day ----------------------------------------------------------------------------

COMPARED = """\
                                      11/12/2023   11/01/2024  Tăng, giảm
Tổng số                                        5            5           0
Hoàn thành đúng hạn                            0            1          +1
Hoàn thành quá hạn                             1            1           0
Chưa hoàn thành – trong hạn                    3            1          -2
Chưa hoàn thành – quá hạn                      0            1          +1
Thường xuyên                                   1            1           0
Sắp đến hạn                                    0            1          +1
Tỷ lệ hoàn thành trên số đến hạn    100,0% (1/1)  66,7% (2/3)       -33,3
Tỷ lệ hoàn thành trên số được giao   25,0% (1/4)  50,0% (2/4)       +25,0
"""

COMPARED_BY_LEVEL = """\
Cấp      Tổng số  Hoàn thành  Quá hạn  Sắp đến hạn  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
Huyện          1           0        0       1 [+1]                         –                  0,0% (0/1)
Xã             4      2 [+1]   1 [+1]            0       66,7% (2/3) [-33,3]         66,7% (2/3) [+33,3]
Tổng số        5      2 [+1]   1 [+1]       1 [+1]       66,7% (2/3) [-33,3]         50,0% (2/4) [+25,0]
"""


def test_the_figures_beside_those_of_a_month_ago(small, call):
    assert call("stats", "--compare", "previous").stdout == COMPARED


def test_the_same_by_level(small, call):
    assert call("stats", "--compare", "previous", "--by", "level").stdout == COMPARED_BY_LEVEL


def test_the_comparison_as_json_keeps_the_keys_of_stats_in_front(small, call):
    plain = answered(call, "stats", "--by", "agency")
    answer = answered(call, "stats", "--by", "agency", "--compare", "year")

    assert list(answer) == ["version", "as_of", "plans", "compared_to", "rows", "total"]
    assert answer["compared_to"] == "2023-01-11"
    for row, expected in zip(answer["rows"], plain["rows"], strict=True):
        assert list(row) == [*expected, "before", "change"]
        assert {key: row[key] for key in expected} == expected
    assert answer["total"]["before"]["open_overdue"] == 0
    assert answer["total"]["change"]["open_overdue"] == 1
    assert answer["total"]["change"]["rate_due"] is None


def test_the_comparison_as_csv_has_both_days_and_the_change_in_columns(small, call):
    text = call("stats", "--compare", "20/12/2023", "--format", "csv").stdout
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))

    assert list(row)[:3] == ["key", "total", "done_on_time"]
    assert (row["open_overdue"], row["before_open_overdue"], row["change_open_overdue"]) == (
        "1",
        "0",
        "1",
    )


# Order, and whom tasks wait for -------------------------------------------------------------------

WAITING = """\
Đang chờ               Số nhiệm vụ  Quá hạn  Sắp đến hạn  Số hiệu
CAX – Công an xã                 1        1            0  7
TTYT – Trung tâm Y tế            2        1            1  7, 3
Tổng số                          2        1            1
"""


def test_by_waiting_says_who_holds_up_what(small, call):
    assert call("stats", "--by", "waiting").stdout == WAITING


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ([], ["CAX", "VPX", "TTYT"]),
        (["--sort", "overdue"], ["CAX", "VPX", "TTYT"]),
        (["--sort", "rate"], ["CAX", "VPX", "TTYT"]),
        (["--sort", "total", "--as-of", "2023-11-05"], ["CAX", "VPX", "TTYT"]),
        (["--sort", "overdue", "--as-of", "2023-11-05"], ["VPX", "CAX", "TTYT"]),
        (["--as-of", "2023-11-05"], ["CAX", "VPX", "TTYT"]),
    ],
)
def test_piped_rows_stay_in_order_unless_one_is_asked_for(small, call, order, keys):
    assert call("stats", "--by", "agency", *order, "--format", "ids").stdout.split() == keys


def test_on_a_terminal_who_holds_up_most_comes_first(small, terminal):
    shown = terminal("stats", "--by", "waiting", TERM="dumb").stdout.splitlines()

    assert [line.split()[0] for line in shown[2:4]] == ["TTYT", "CAX"]
