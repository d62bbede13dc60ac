"""``list``: which models, in which order, in which form."""

from __future__ import annotations

import csv
import io
import json

import pytest

TODAY = "2024-01-11"


def ids(run) -> list[int]:
    """The models of an answer in the form ``ids``."""
    return [int(line) for line in run.stdout.splitlines()]


# Which models -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "models"),
    [
        (["--agency", "CAH"], [1, 9, 10, 11, 12, 16, 23, 28, 29, 39, 40, 43]),
        (["--agency", "CAH", "--role", "lead"], [9, 10, 11, 12, 16, 28, 29]),
        (["--agency", "công an huyện", "--role", "support"], [1, 23, 39, 40, 43]),
        (["--agency", "CONG AN HUYEN", "--role", "implementer"], [9, 10, 11, 12]),
        (["--agency", "PLDTBXH", "--role", "step"], [20, 38]),
        (["--agency", "PTP", "--agency", "TTYT"], [6, 8, 11]),
        (["--agency", "PTP", "--agency", "TTYT", "--role", "lead"], [6, 8]),
        (["--agency", "CAH", "--role", "lead", "--role", "support"],
         [1, 9, 10, 11, 12, 16, 23, 28, 29, 39, 40, 43]),
        (["--model", "9"], [9]),
        (["--model", "MH9", "--model", "stt:1", "--model", "HONQUAN:43"], [1, 9, 43]),
        (["--agency", "CAH", "--model", "9", "--model", "8"], [9]),
        (["--search", "luu tru"], [9, 10, 11, 12, 39]),
        (["--search", "TIN CHAP", "--search", "MOOC"], [20, 28]),
        (["--due-before", "30/10/2023", "--agency", "CAH"], [29, 39, 40]),
        (["--due-after", "2023-12-30", "--agency", "CAH"], [1, 9, 23, 28, 43]),
        (["--due-after", "31-10-2023", "--due-before", "29/12/2023"], [10, 11, 12, 16]),
        (["--state", "done"], []),
    ],
)  # fmt: skip
def test_filters_choose_models_in_the_printed_order(plan, call, filters, models):
    answer = call("list", *filters, "--format", "ids")

    assert (answer.returncode, ids(answer)) == (0, models)


def test_the_plan_has_37_lead_slots_over_24_models(plan, call):
    models = json.loads(call("list", "--format", "json").stdout)["models"]

    assert (len(models), sum(len(model["lead"]) for model in models)) == (24, 37)


@pytest.mark.parametrize(
    ("state", "models"),
    [
        ("done_on_time", [2]),
        ("done_late", [5]),
        ("open_in_time", [3]),
        ("open_overdue", [7]),
        ("ongoing", [8]),
        ("open", [7, 3]),
        ("done", [5, 2]),
        ("due_soon", [3]),
    ],
)
def test_every_state_can_be_asked_for(small, call, state, models):
    assert ids(call("list", "--state", state, "--format", "ids")) == models


def test_a_repeated_state_is_or_and_another_filter_is_and(small, call):
    asked = ["--state", "done", "--state", "ongoing", "--agency", "CAX", "--format", "ids"]

    assert ids(call("list", *asked)) == [2, 8]


@pytest.mark.parametrize(
    ("sort", "models"),
    [
        ("due", [5, 2, 7, 3, 8]),
        ("model", [2, 3, 5, 7, 8]),
        ("lead", [7, 2, 8, 3, 5]),
        ("late", [7, 5, 2, 3, 8]),
    ],
)
def test_sorting(small, call, sort, models):
    assert ids(call("list", "--sort", sort, "--format", "ids")) == models


def test_an_agency_that_only_steps_name_is_hinted_at(plan, call):
    answer = call("list", "--agency", "PLDTBXH")

    assert answer.returncode == 0
    assert answer.stdout == ("Mô hình  STT  Nhiệm vụ  Thời hạn  Chủ trì  Tiến độ  Tình trạng\n")
    assert answer.stderr == ("PLDTBXH còn tham gia bước của mô hình 20, 38: thêm --role step.\n")


def test_no_hint_where_the_role_was_named(plan, call):
    assert call("list", "--agency", "PLDTBXH", "--role", "lead").stderr == ""


# In which form ------------------------------------------------------------------------------------

TABLE = """\
Mô hình  STT  Nhiệm vụ                     Thời hạn  Chủ trì   Tiến độ  Tình trạng
      7    1  Cấp thẻ căn cước lưu động  31/12/2023  CAX, VPX  ●✗ 1/2   Chưa hoàn thành – quá hạn 11 ngày
      3    2  Sổ sức khỏe điện tử        15/01/2024  TTYT      ◐○ 0/2   Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)
      5    3  Thanh toán không tiền mặt  30/10/2023  VPX       ● 1/1    Hoàn thành quá hạn 10 ngày
      2    4  Tuyên truyền VNeID         30/12/2023  CAX       ●– 2/2   Hoàn thành đúng hạn
      8    5  Rà soát dân cư                         CAX       ○ 0/1    Thường xuyên
"""  # noqa: E501


@pytest.mark.parametrize("form", [[], ["--format", "table"]])
def test_piped_a_table_is_a_header_and_a_line_a_model(small, call, form):
    answer = call("list", *form)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, TABLE, "")


def test_in_english(small, call):
    assert (
        call("list", "--lang", "en").stdout
        == """\
Model  Row  Task                               Due  Lead      Progress  State
    7    1  Cấp thẻ căn cước lưu động  31 Dec 2023  CAX, VPX  ●✗ 1/2    11 days overdue
    3    2  Sổ sức khỏe điện tử        15 Jan 2024  TTYT      ◐○ 0/2    Due soon, 4 days left
    5    3  Thanh toán không tiền mặt  30 Oct 2023  VPX       ● 1/1     10 days late
    2    4  Tuyên truyền VNeID         30 Dec 2023  CAX       ●– 2/2    Done on time
    8    5  Rà soát dân cư                          CAX       ○ 0/1     Ongoing
"""
    )


# The keys that came later, in a plan that uses none of them.
UNUSED = {
    **dict.fromkeys(("group", "assigned", "start", "deadline_as", "due_as", "undated")),
    **dict.fromkeys(("output", "basis")),
    "extra": {},
    "handovers": [],
    **dict.fromkeys(("stopped", "progress", "recurs")),
    "periods": [],
    "targets": [],
    **dict.fromkeys(("period", "periods_late", "replaces")),
}
SEVEN = {
    "plan": "TANKHAI",
    "model": 7,
    "stt": 1,
    "title": "Cấp thẻ căn cước lưu động",
    "organisation": ["Công an xã: chủ trì.", "Văn phòng: bố trí địa điểm."],
    "outcome": "Mọi người dân có thẻ.",
    "equipment": "01 bộ thu nhận lưu động",
    "lead": ["CAX", "VPX"],
    "support": ["TTYT"],
    "implementers": ["CAX"],
    "companies": ["VNPT"],
    "due": "2023-12-31",
    "deadline": "2023-11-30",
    "extensions": [
        {
            "to": "2023-12-31",
            "decided": "2023-11-28",
            "document": "12/CV-UBND",
            "reason": "chờ thiết bị",
            "to_as": None,
        }
    ],
    "ongoing": None,
    "state": "open_overdue",
    "due_soon": False,
    "days_late": 11,
    "days_left": None,
    "completed_on": None,
    "updated_on": "2023-12-20",
    "steps_done": 1,
    "steps_total": 2,
    "source": {
        "deadline": "30/11/2023",
        "lead": "Công an, VP",
        "support": "TT Y tế",
        "implementers": "Công an",
    },
    "review": "Cấp cho người già trước?",
    "steps": [
        {
            "step": 1,
            "text": "Lập danh sách.",
            "agencies": ["CAX"],
            "due": None,
            "status": "done",
            "date": "2023-11-20",
            "by": "CAX",
            "evidence": "45/BC-CAX",
            "note": None,
            "days_late": None,
        },
        {
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
        },
    ],
}

EIGHT = {
    "plan": "TANKHAI",
    "model": 8,
    "stt": 5,
    "title": "Rà soát dân cư",
    "organisation": [],
    "outcome": None,
    "equipment": None,
    "lead": ["CAX"],
    "support": [],
    "implementers": [],
    "companies": [],
    "due": None,
    "deadline": None,
    "extensions": [],
    "ongoing": "thường xuyên",
    "state": "ongoing",
    "due_soon": False,
    "days_late": None,
    "days_left": None,
    "completed_on": None,
    "updated_on": None,
    "steps_done": 0,
    "steps_total": 1,
    "source": {"deadline": None, "lead": None, "support": None, "implementers": None},
    "review": None,
    "steps": [
        {
            "step": 1,
            "text": "Rà soát hằng tháng.",
            "agencies": ["CAX"],
            "due": None,
            "status": "todo",
            "date": None,
            "by": None,
            "evidence": None,
            "note": None,
            "days_late": None,
        }
    ],
}

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


def test_json_carries_every_key_of_a_model(small, call):
    answer = json.loads(call("list", "--model", "7", "--model", "8", "--format", "json").stdout)

    assert in_order(answer) == in_order(
        {"version": 1, "as_of": TODAY, "plans": PLANS, "models": [SEVEN | UNUSED, EIGHT | UNUSED]}
    )


def test_days_late_days_left_and_completed_on_by_state(small, call):
    models = json.loads(call("list", "--format", "json").stdout)["models"]

    keys = ("model", "state", "due_soon", "days_late", "days_left", "completed_on", "steps_done")
    assert [tuple(model[key] for key in keys) for model in models] == [
        (7, "open_overdue", False, 11, None, None, 1),
        (3, "open_in_time", True, None, 4, None, 0),
        (5, "done_late", False, 10, None, "2023-11-09", 1),
        (2, "done_on_time", False, None, None, "2023-12-30", 2),
        (8, "ongoing", False, None, None, None, 0),
    ]


def test_csv_has_the_delimiter_that_the_spreadsheet_of_a_country_takes(small, call):
    commas = call("list", "--format", "csv").stdout
    semicolons = call("list", "--format", "csv", "--delimiter", ";").stdout

    assert semicolons.startswith("\ufeffplan;model;stt;title;")
    assert [*csv.reader(io.StringIO(semicolons), delimiter=";")] == [
        *csv.reader(io.StringIO(commas))
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--format", "csv", "--delimiter", "x"], '--delimiter phải là một trong: "," ";" "|".'),
        (["--format", "csv", "--delimiter", ""], '--delimiter phải là một trong: "," ";" "|".'),
        (["--format", "tsv", "--delimiter", ";"], "--delimiter chỉ dùng với csv."),
        (["--delimiter", ";"], "--delimiter chỉ dùng với csv."),
    ],
)
def test_another_delimiter_is_refused(small, call, typed, said):
    answer = call("list", *typed)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Lỗi: {said}\n"


def test_csv_opens_in_a_spreadsheet(small, call):
    text = call("list", "--model", "7", "--format", "csv").stdout

    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert dict(zip(header, row, strict=True)) == {
        "plan": "TANKHAI",
        "model": "7",
        "stt": "1",
        "title": "Cấp thẻ căn cước lưu động",
        "lead": "CAX, VPX",
        "support": "TTYT",
        "implementers": "CAX",
        "companies": "VNPT",
        "due": "2023-12-31",
        "deadline": "2023-11-30",
        "ongoing": "",
        "state": "open_overdue",
        "due_soon": "false",
        "days_late": "11",
        "days_left": "",
        "completed_on": "",
        "updated_on": "2023-12-20",
        "steps_done": "1",
        "steps_total": "2",
        "organisation": "Công an xã: chủ trì.\nVăn phòng: bố trí địa điểm.",
        "outcome": "Mọi người dân có thẻ.",
        "equipment": "01 bộ thu nhận lưu động",
        "review": "Cấp cho người già trước?",
    }


def test_tsv_is_a_line_a_model(small, call):
    lines = call("list", "--format", "tsv").stdout.split("\n")

    assert len(lines) == 7
    assert lines[0].split("\t")[:5] == ["plan", "model", "stt", "title", "lead"]
    assert lines[1].split("\t")[:5] == [
        "TANKHAI",
        "7",
        "1",
        "Cấp thẻ căn cước lưu động",
        "CAX, VPX",
    ]
    assert lines[6] == ""


def test_markdown_is_a_table(small, call):
    assert (
        call("list", "--model", "7", "--model", "8", "--format", "md").stdout
        == """\
| Mô hình | STT | Nhiệm vụ | Thời hạn | Chủ trì | Tiến độ | Tình trạng |
| ---: | ---: | --- | ---: | --- | --- | --- |
| 7 | 1 | Cấp thẻ căn cước lưu động | 31/12/2023 | CAX, VPX | ●✗ 1/2 | Chưa hoàn thành – quá hạn 11 ngày |
| 8 | 5 | Rà soát dân cư |  | CAX | ○ 0/1 | Thường xuyên |
"""
    )


@pytest.mark.parametrize(
    ("form", "begin", "lines"),
    [
        ("table", "Mô hình  STT  Nhiệm vụ", 1),
        ("csv", "\ufeffplan,model,stt,title,", 1),
        ("tsv", "plan\tmodel\tstt\ttitle\t", 1),
        ("md", "| Mô hình | STT | ", 2),
        ("ids", "", 0),
    ],
)
def test_an_empty_result_is_printed_too(small, call, form, begin, lines):
    answer = call("list", "--search", "không có chữ này", "--format", form)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(begin)
    assert answer.stdout.count("\n") == lines


def test_an_empty_result_in_json(small, call):
    answer = call("list", "--search", "không có chữ này", "--format", "json")

    assert json.loads(answer.stdout) == {
        "version": 1,
        "as_of": TODAY,
        "plans": PLANS,
        "models": [],
    }


def test_a_terminal_is_reported_that_nothing_matches(small, terminal):
    answer = terminal("list", "--search", "không có chữ này")

    assert answer.stdout == "Không có nhiệm vụ nào phù hợp. Số liệu tính đến ngày 11/01/2024.\n"
