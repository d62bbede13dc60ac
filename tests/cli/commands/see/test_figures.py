"""``stats`` and ``agencies``: the plan in figures, and who is in it."""

from __future__ import annotations

import json

import pytest

PLANS = [
    {
        "code": "TANKHAI",
        "title": "Kế hoạch xã Tân Khai",
        "data": "data/models.yaml",
        "revision": None,
    }
]


def in_order(value) -> str:
    """The value as text, so that the order of the keys counts too."""
    return json.dumps(value, ensure_ascii=False, indent=1)


# stats --------------------------------------------------------------------------------------------


def test_stats_is_the_two_by_two_table_with_both_rates(small, call):
    answer = call("stats")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert (
        answer.stdout
        == """\
                                    Trong hạn  Quá hạn      Tổng số
Hoàn thành                                  1        1            2
Chưa hoàn thành                             1        1            2
Thường xuyên                                                      1
Tổng số                                                           5
Tỷ lệ hoàn thành trên số đến hạn                        66,7% (2/3)
Tỷ lệ hoàn thành trên số được giao                      50,0% (2/4)
"""
    )


def test_a_rate_over_nothing_is_a_dash(small, call):
    lines = call("stats", "--model", "8").stdout.splitlines()

    assert [line.split()[-1] for line in lines[-2:]] == ["–", "–"]


BY_AGENCY = """\
Đơn vị                   Tổng số  HT đúng hạn  HT quá hạn  Chưa HT trong hạn  Chưa HT quá hạn  Thường xuyên  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
CAX – Công an xã               3            1           0                  0                1             1               50,0% (1/2)                 50,0% (1/2)
VPX – Văn phòng UBND xã        2            0           1                  0                1             0               50,0% (1/2)                 50,0% (1/2)
TTYT – Trung tâm Y tế          1            0           0                  1                0             0                         –                  0,0% (0/1)
Tổng số                        5            1           1                  1                1             1               66,7% (2/3)                 50,0% (2/4)
"""  # noqa: E501

BY_LEVEL = """\
Cấp      Tổng số  HT đúng hạn  HT quá hạn  Chưa HT trong hạn  Chưa HT quá hạn  Thường xuyên  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
Huyện          1            0           0                  1                0             0                         –                  0,0% (0/1)
Xã             4            1           1                  0                1             1               66,7% (2/3)                 66,7% (2/3)
Tổng số        5            1           1                  1                1             1               66,7% (2/3)                 50,0% (2/4)
"""  # noqa: E501

BY_MONTH = """\
Tháng đến hạn     Tổng số  HT đúng hạn  HT quá hạn  Chưa HT trong hạn  Chưa HT quá hạn  Thường xuyên  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
10/2023                 1            0           1                  0                0             0              100,0% (1/1)                100,0% (1/1)
12/2023                 2            1           0                  0                1             0               50,0% (1/2)                 50,0% (1/2)
01/2024                 1            0           0                  1                0             0                         –                  0,0% (0/1)
(không thời hạn)        1            0           0                  0                0             1                         –                           –
Tổng số                 5            1           1                  1                1             1               66,7% (2/3)                 50,0% (2/4)
"""  # noqa: E501


@pytest.mark.parametrize(
    ("by", "table"), [("agency", BY_AGENCY), ("level", BY_LEVEL), ("month", BY_MONTH)]
)
def test_stats_by_something_has_a_row_each_and_counts_each_task_once_in_the_total(
    small, call, by, table
):
    assert call("stats", "--by", by).stdout == table


def test_totals_count_a_task_of_several_leads_once(plan, call):
    answer = json.loads(call("stats", "--by", "agency", "--format", "json").stdout)

    assert sum(row["total"] for row in answer["rows"]) == 37
    assert answer["total"]["total"] == 24


def test_a_terminal_is_reported_that_several_leads_count_in_each_row(small, terminal):
    shown = terminal("stats", "--by", "agency", columns=160, NO_COLOR="1").stdout

    assert "Số liệu tính đến ngày 11/01/2024." in shown
    assert (
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng số chỉ tính một lần."
        in shown
    )


TOTAL = {
    "key": None,
    "total": 5,
    "done_on_time": 1,
    "done_late": 1,
    "open_in_time": 1,
    "open_overdue": 1,
    "ongoing": 1,
    "due_soon": 1,
    "rate_due": 2 / 3,
    "rate_due_finished": 2,
    "rate_due_of": 3,
    "rate_all": 0.5,
    "rate_all_finished": 2,
    "rate_all_of": 4,
    "undated": 0,
    "stopped": 0,
}


def test_stats_as_json(small, call):
    answer = json.loads(call("stats", "--format", "json").stdout)

    assert in_order(answer) == in_order(
        {"version": 1, "as_of": "2024-01-11", "plans": PLANS, "rows": [], "total": TOTAL}
    )


def test_stats_by_month_as_json(small, call):
    answer = json.loads(call("stats", "--by", "month", "--format", "json").stdout)

    assert [row["key"] for row in answer["rows"]] == ["2023-10", "2023-12", "2024-01", ""]
    assert in_order(answer["rows"][2]) == in_order(
        {
            "key": "2024-01",
            "total": 1,
            "done_on_time": 0,
            "done_late": 0,
            "open_in_time": 1,
            "open_overdue": 0,
            "ongoing": 0,
            "due_soon": 1,
            "rate_due": None,
            "rate_due_finished": 0,
            "rate_due_of": 0,
            "rate_all": 0.0,
            "rate_all_finished": 0,
            "rate_all_of": 1,
            "undated": 0,
            "stopped": 0,
        }
    )
    assert in_order(answer["total"]) == in_order(TOTAL)


KEYS = (
    "key,total,done_on_time,done_late,open_in_time,open_overdue,ongoing,due_soon,"
    "rate_due,rate_due_finished,rate_due_of,rate_all,rate_all_finished,rate_all_of"
)


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        ([], [",5,1,1,1,1,1,1,0.6666666666666666,2,3,0.5,2,4"]),
        (
            ["--by", "level"],
            [
                "district,1,0,0,1,0,0,1,,0,0,0.0,0,1",
                "commune,4,1,1,0,1,1,0,0.6666666666666666,2,3,0.6666666666666666,2,3",
            ],
        ),
        (["--by", "level", "--search", "không có chữ này"], []),
    ],
)
def test_stats_as_csv(small, call, arguments, rows):
    text = call("stats", *arguments, "--format", "csv").stdout

    assert text == "\ufeff" + "".join(f"{line}\n" for line in [KEYS, *rows])


@pytest.mark.parametrize(
    ("by", "keys"),
    [("agency", "CAX\nVPX\nTTYT\n"), ("level", "district\ncommune\n")],
)
def test_stats_as_ids_are_the_keys(small, call, by, keys):
    assert call("stats", "--by", by, "--format", "ids").stdout == keys


def test_stats_as_markdown(small, call):
    assert (
        call("stats", "--format", "md").stdout
        == """\
|  | Trong hạn | Quá hạn | Tổng số |
| --- | ---: | ---: | ---: |
| Hoàn thành | 1 | 1 | 2 |
| Chưa hoàn thành | 1 | 1 | 2 |
| Thường xuyên |  |  | 1 |
| Tổng số |  |  | 5 |
| Tỷ lệ hoàn thành trên số đến hạn |  |  | 66,7% (2/3) |
| Tỷ lệ hoàn thành trên số được giao |  |  | 50,0% (2/4) |
"""
    )


def test_stats_as_tsv(small, call):
    lines = call("stats", "--by", "month", "--format", "tsv").stdout.splitlines()

    assert lines[0] == KEYS.replace(",", "\t")
    assert [line.split("\t")[:3] for line in lines[1:]] == [
        ["2023-10", "1", "0"],
        ["2023-12", "2", "1"],
        ["2024-01", "1", "0"],
        ["", "1", "0"],
    ]


def test_stats_of_an_empty_selection(small, call):
    answer = json.loads(call("stats", "--search", "không có chữ này", "--format", "json").stdout)

    assert answer["rows"] == []
    assert answer["total"] == {
        **dict.fromkeys(TOTAL, 0),
        "key": None,
        "rate_due": None,
        "rate_all": None,
    }


# agencies -----------------------------------------------------------------------------------------


def test_agencies_with_what_each_leads_supports_and_implements(small, call):
    assert (
        call("agencies").stdout
        == """\
Mã    Tên                Cấp    Chủ trì  Phối hợp  Lực lượng triển khai
CAX   Công an xã         Xã     7, 2, 8            7
VPX   Văn phòng UBND xã  Xã     7, 5     2         3
TTYT  Trung tâm Y tế     Huyện  3        7
"""
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("cax", ["CAX"]),
        ("CA xa", ["CAX"]),
        ("police", ["CAX"]),
        ("xã", ["CAX", "VPX"]),
        ("y te", ["TTYT"]),
        ("không có", []),
    ],
)
def test_agencies_are_found_by_a_part_of_their_code_or_names(small, call, text, codes):
    assert call("agencies", text, "--format", "ids").stdout.split() == codes


def test_agencies_as_json(small, call):
    answer = json.loads(call("agencies", "cax", "--format", "json").stdout)

    assert in_order(answer) == in_order(
        {
            "version": 1,
            "as_of": "2024-01-11",
            "plans": PLANS,
            "agencies": [
                {
                    "plan": "TANKHAI",
                    "code": "CAX",
                    "name": "Công an xã",
                    "name_en": "Commune Police",
                    "level": "commune",
                    "aliases": ["CA xã"],
                    "email": ["cax@example.vn", "truc@example.vn"],
                    "lead": [7, 2, 8],
                    "support": [],
                    "implementers": [7],
                    "steps": [7, 3, 2, 8],
                    "short": None,
                    "ended": None,
                    "members": [],
                }
            ],
        }
    )


AGENCY_KEYS = "plan,code,name,name_en,level,aliases,email,lead,support,implementers,steps,short"


@pytest.mark.parametrize(
    ("text", "rows"),
    [("vpx", ['TANKHAI,VPX,Văn phòng UBND xã,,commune,,,"7, 5",2,3,"5, 2",']), ("không có", [])],
)
def test_agencies_as_csv(small, call, text, rows):
    answer = call("agencies", text, "--format", "csv").stdout

    assert answer == "\ufeff" + "".join(f"{line}\n" for line in [AGENCY_KEYS, *rows])


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("table", ["Mã  Tên  Cấp  Chủ trì  Phối hợp  Lực lượng triển khai"]),
        ("tsv", [AGENCY_KEYS.replace(",", "\t")]),
        (
            "md",
            [
                "| Mã | Tên | Cấp | Chủ trì | Phối hợp | Lực lượng triển khai |",
                "| --- | --- | --- | --- | --- | --- |",
            ],
        ),
        ("ids", []),
    ],
)
def test_no_agency_found_is_printed_too(small, call, form, lines):
    answer = call("agencies", "không có", "--format", form)

    assert (answer.returncode, answer.stdout.splitlines(), answer.stderr) == (0, lines, "")
