"""Several plans read as one, as a provincial office has them: a folder with a file a district."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime

import filling
import pytest
import support

from de06cli.cli import environment
from de06cli.plan.file.reader import read

BROKEN = """\
plan:
  code: HONG
  title: "Kế hoạch"
"""
BROKEN_TOLD = """\
Lỗi: tinh/hong.yaml còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:
tinh/hong.yaml:1:1 E202 Thiếu khóa bắt buộc “agencies”. Hãy thêm “agencies:”.
tinh/hong.yaml:1:1 E202 Thiếu khóa bắt buộc “models”. Hãy thêm “models:”.
"""


@pytest.fixture
def broken(province):
    """The province with one more file, which is no plan."""
    path = province / "hong.yaml"
    path.write_text(BROKEN, "utf-8")
    return path


def plans_of(answer) -> list[tuple[str, str]]:
    return [(plan["code"], plan["data"]) for plan in json.loads(answer.stdout)["plans"]]


# Which files --------------------------------------------------------------------------------------

ALL = [
    ("ANKHUONG", "tinh/ankhuong.yaml"),
    ("HONQUAN", "tinh/honquan.yaml"),
    ("TANKHAI", "tinh/tankhai.yaml"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["tinh"], ALL),
        (["tinh/*.yaml"], ALL),
        (["tinh/tankhai.yaml", "tinh/ankhuong.yaml"], [ALL[2], ALL[0]]),
        (["tinh/tankhai.yaml", "tinh"], [ALL[2], ALL[0], ALL[1]]),
        (["tinh/[at]*.yaml"], [ALL[0], ALL[2]]),
    ],
)
def test_a_folder_a_pattern_and_several_files_are_read_as_one(
    province, call, monkeypatch, typed, found
):
    options = [option for name in typed for option in ("--data", name)]

    named = call("list", *options, "--format", "json")
    monkeypatch.setenv("DE06_DATA", os.pathsep.join(typed))
    by_environment = call("list", "--format", "json")

    assert (named.returncode, named.stderr) == (0, "")
    assert plans_of(named) == found
    assert by_environment.stdout == named.stdout


def test_the_plans_of_folders_that_init_made_are_read_as_one(province, call):
    for name in ("ankhuong", "tankhai"):
        (province / name / "data").mkdir(parents=True)
        (province / f"{name}.yaml").rename(province / name / "data" / "models.yaml")

    answer = call("list", "--data", "tinh", "--format", "json")

    assert plans_of(answer) == [
        ("ANKHUONG", "tinh/ankhuong/data/models.yaml"),
        ("HONQUAN", "tinh/honquan.yaml"),
        ("TANKHAI", "tinh/tankhai/data/models.yaml"),
    ]


@pytest.mark.parametrize(("name", "made"), [("trong", True), ("*.txt", False), ("x?/*", False)])
def test_where_nothing_is_found_that_is_reported(province, call, tmp_path, name, made):
    if made:
        (tmp_path / name).mkdir()

    answer = call("list", "--data", name)

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == f"Lỗi: {name} không có tệp kế hoạch nào.\n"


# What is printed ----------------------------------------------------------------------------------

TABLE = """\
Kế hoạch  Mô hình  STT  Nhiệm vụ                     Thời hạn  Chủ trì   Tiến độ  Tình trạng
ANKHUONG        7    1  Cấp thẻ căn cước lưu động  31/12/2023  CAX, VPX  ●✗ 1/2   Chưa hoàn thành – quá hạn 11 ngày
ANKHUONG        2    4  Tuyên truyền VNeID         30/12/2023  CAX       ●– 2/2   Hoàn thành đúng hạn
ANKHUONG        8    5  Rà soát dân cư                         CAX       ○ 0/1    Thường xuyên
TANKHAI         7    1  Cấp thẻ căn cước lưu động  31/12/2023  CAX, VPX  ●✗ 1/2   Chưa hoàn thành – quá hạn 11 ngày
TANKHAI         2    4  Tuyên truyền VNeID         30/12/2023  CAX       ●– 2/2   Hoàn thành đúng hạn
TANKHAI         8    5  Rà soát dân cư                         CAX       ○ 0/1    Thường xuyên
"""  # noqa: E501 - as it is printed


def test_a_list_of_several_plans_has_a_column_for_the_plan(province, call):
    answer = call("list", "--data", "tinh", "--agency", "CAX")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, TABLE, "")


def test_a_markdown_table_names_the_plan_too(province, call):
    answer = call("list", "--data", "tinh", "--model", "ANKHUONG:8", "--format", "md")

    assert answer.stdout == (
        "| Kế hoạch | Mô hình | STT | Nhiệm vụ | Thời hạn | Chủ trì | Tiến độ | Tình trạng |\n"
        "| --- | ---: | ---: | --- | ---: | --- | --- | --- |\n"
        "| ANKHUONG | 8 | 5 | Rà soát dân cư |  | CAX | ○ 0/1 | Thường xuyên |\n"
    )


def test_a_person_sees_the_plans_and_what_is_broken(broken, terminal):
    answer = terminal("list", "--data", "tinh", "--model", "7", columns=100, NO_COLOR="1")

    assert answer.returncode == 0
    assert answer.stderr == BROKEN_TOLD
    lines = re.sub(r"\x1b\[1?0?m", "", answer.stdout).splitlines()
    shown = [line.split()[0] for line in lines if "Cấp thẻ" in line]
    assert shown == ["ANKHUONG:7", "TANKHAI:7"]
    assert lines[-1] == "2 nhiệm vụ: 2 quá hạn."


def test_every_model_says_which_plan_it_is_of(province, call):
    models = json.loads(call("list", "--data", "tinh", "--format", "json").stdout)["models"]
    rows = call("list", "--data", "tinh", "--format", "csv").stdout.splitlines()

    assert [model["plan"] for model in models] == ["ANKHUONG"] * 5 + ["HONQUAN"] * 24 + [
        "TANKHAI"
    ] * 5
    assert rows[0].startswith("\ufeffplan,model,stt,")
    assert rows[1].startswith("ANKHUONG,7,1,Cấp thẻ căn cước lưu động,")


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["list", "--agency", "CAX"],
         "ANKHUONG:7 ANKHUONG:2 ANKHUONG:8 TANKHAI:7 TANKHAI:2 TANKHAI:8"),
        (["list", "--model", "7", "--model", "HONQUAN:MH9"], "ANKHUONG:7 HONQUAN:9 TANKHAI:7"),
        (["list", "--model", "honquan:stt:4", "--model", "stt:24"], "HONQUAN:9 HONQUAN:43"),
        (["list", "--model", "8", "--sort", "model"], "ANKHUONG:8 HONQUAN:8 TANKHAI:8"),
        (["upcoming"], "ANKHUONG:3 TANKHAI:3"),
        (["overdue", "--agency", "VPX"], "ANKHUONG:7 TANKHAI:7"),
        (["stats", "--by", "plan"], "ANKHUONG HONQUAN TANKHAI"),
        (["stats", "--by", "agency", "--model", "7"],
         "ANKHUONG:CAX ANKHUONG:VPX TANKHAI:CAX TANKHAI:VPX"),
        (["agencies", "van phong ubnd xa"], "ANKHUONG:VPX TANKHAI:VPX"),
    ],
)  # fmt: skip
def test_what_is_printed_as_an_address_can_be_typed(province, call, arguments, printed):
    answer = call(*arguments, "--data", "tinh", "--format", "ids")

    assert answer.returncode == 0
    assert answer.stdout.split() == printed.split()
    for address in answer.stdout.split():
        if ":" in address:
            option = "--model" if address.rpartition(":")[2].isdecimal() else "--agency"
            again = call("list", "--data", "tinh", option, address, "--format", "ids")
            assert (again.returncode, again.stderr) == (0, "")
            assert again.stdout.startswith(address.partition(":")[0])


def test_the_digest_names_agencies_models_and_steps_with_their_plan(province, call):
    answer = call("overdue", "--data", "tinh", "--agency", "VPX", "--as-of", "2024-01-14")

    assert (
        answer.stdout
        == """\
2 nhiệm vụ quá hạn tính đến ngày 14/01/2024

ANKHUONG:VPX – Văn phòng UBND xã (1)
  Mô hình ANKHUONG:7 (STT 1): Cấp thẻ căn cước lưu động
    Quá hạn 14 ngày (thời hạn: 31/12/2023, đã gia hạn 1 lần, hạn ban đầu
    30/11/2023); cùng chủ trì: CAX
    Bước vướng mắc (từ ngày 20/12/2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Đang chờ: CAX, TYT
    Cập nhật gần nhất: 20/12/2023

TANKHAI:VPX – Văn phòng UBND xã (1)
  Mô hình TANKHAI:7 (STT 1): Cấp thẻ căn cước lưu động
    Quá hạn 14 ngày (thời hạn: 31/12/2023, đã gia hạn 1 lần, hạn ban đầu
    30/11/2023); cùng chủ trì: CAX
    Bước vướng mắc (từ ngày 20/12/2023): 2. Thu nhận hồ sơ. (máy hỏng)
    Đang chờ: CAX, TTYT
    Cập nhật gần nhất: 20/12/2023

ANKHUONG:CAX – Công an xã An Khương (1)
  Cùng chủ trì, xem ở VPX: Mô hình ANKHUONG:7

TANKHAI:CAX – Công an xã (1)
  Cùng chủ trì, xem ở VPX: Mô hình TANKHAI:7

Bước quá hạn
  Mô hình ANKHUONG:3, bước 1: Nhập hồ sơ. – hạn 05/01/2024, quá hạn 9 ngày
  Mô hình TANKHAI:3, bước 1: Nhập hồ sơ. – hạn 05/01/2024, quá hạn 9 ngày
  Mô hình ANKHUONG:3, bước 2: Trả kết quả. – hạn 13/01/2024, quá hạn 1 ngày
  Mô hình TANKHAI:3, bước 2: Trả kết quả. – hạn 13/01/2024, quá hạn 1 ngày
"""
    )


def test_the_digest_looks_ahead_as_far_as_each_plan_does(province, call):
    far = province / "ankhuong.yaml"
    far.write_text(far.read_text("utf-8").replace("due_soon_days: 7", "due_soon_days: 3"), "utf-8")
    near = ["overdue", "--data", "tinh", "--upcoming", "--model", "3"]

    # As far as each looks is not the same number of days, so the heading names none.
    assert call(*near).stdout.partition("\nSắp đến hạn\n")[2].partition("\n\n")[0] == (
        "  Mô hình TANKHAI:3 (STT 2): Sổ sức khỏe điện tử\n"
        "    Còn 4 ngày (thời hạn: 15/01/2024); chủ trì: TTYT"
    )


def test_a_sheet_is_headed_with_the_address(province, call):
    answer = call("show", "TANKHAI:8", "honquan:9.2", "--data", "tinh")

    assert answer.returncode == 0
    headings = [line for line in answer.stdout.splitlines() if line.startswith("Mô hình")]
    assert headings == [
        "Mô hình HONQUAN:9 (STT 4): Triển khai nền tảng quản lý lưu trú tại: Nhà trọ;",
        "Mô hình TANKHAI:8 (STT 5): Rà soát dân cư",
    ]


PROVINCE = """\
Kế hoạch                                   Tổng số  HT đúng hạn  HT quá hạn  Chưa HT trong hạn  Chưa HT quá hạn  Thường xuyên  Tỷ lệ HT trên số đến hạn  Tỷ lệ HT trên số được giao
ANKHUONG – xã An Khương                          5            1           1                  1                1             1               66,7% (2/3)                 50,0% (2/4)
HONQUAN – huyện Hớn Quản, tỉnh Bình Phước       24            0           0                  0               24             0               0,0% (0/24)                 0,0% (0/24)
TANKHAI – xã Tân Khai                            5            1           1                  1                1             1               66,7% (2/3)                 50,0% (2/4)
Tổng số                                         34            2           2                  2               26             2              13,3% (4/30)                12,5% (4/32)
"""  # noqa: E501 - as it is printed


def test_the_provincial_table_has_a_row_a_plan(province, call):
    answer = call("stats", "--data", "tinh", "--by", "plan")

    assert (answer.returncode, answer.stdout) == (0, PROVINCE)


def test_agencies_of_several_plans_have_a_column_and_a_key_for_the_plan(province, call):
    listed = call("agencies", "--data", "tinh", "tam y te")
    told = json.loads(call("agencies", "--data", "tinh", "tam y te", "--format", "json").stdout)
    by_agency = call("stats", "--data", "tinh", "--by", "agency", "--model", "3")

    assert [line.split("  ")[:2] for line in listed.stdout.splitlines()[:2]] == [
        ["Kế hoạch", "Mã"],
        ["ANKHUONG", "TYT"],
    ]
    assert [(agency["plan"], agency["code"]) for agency in told["agencies"]] == [
        ("ANKHUONG", "TYT"),
        ("HONQUAN", "TTYT"),
        ("TANKHAI", "TTYT"),
    ]
    assert [line.split("  ")[0] for line in by_agency.stdout.splitlines()] == [
        "Đơn vị",
        "ANKHUONG:TYT – Trung tâm Y tế",
        "TANKHAI:TTYT – Trung tâm Y tế",
        "Tổng số",
    ]


def test_a_code_with_a_colon_is_refused_since_it_could_be_another_plans(province, call):
    path = province / "tankhai.yaml"
    path.write_text(path.read_text("utf-8").replace("VPX", "VP:X"), "utf-8")

    answer = call("list", "--data", "tinh/tankhai.yaml")

    assert answer.returncode == 3
    assert "“VP:X” không dùng làm mã được. Viết VP-X." in answer.stderr
    assert answer.stderr.count("\n") == 2


# Agencies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # A code is meant in every plan.
        ("cax", "ANKHUONG:7 ANKHUONG:2 ANKHUONG:8 TANKHAI:7 TANKHAI:2 TANKHAI:8"),
        ("CAH", "HONQUAN:29"),
        # A name is that of each plan's own agency, whatever its code there.
        ("trung tam y te", "ANKHUONG:7 ANKHUONG:3 TANKHAI:7 TANKHAI:3"),
        ("Công an xã", "TANKHAI:7 TANKHAI:2 TANKHAI:8"),
        ("Công an xã An Khương", "ANKHUONG:7 ANKHUONG:2 ANKHUONG:8"),
        ("tankhai:Công an xã", "TANKHAI:7 TANKHAI:2 TANKHAI:8"),
        ("TANKHAI:VPX", "TANKHAI:7 TANKHAI:3 TANKHAI:5 TANKHAI:2"),
    ],
)
def test_an_agency_is_looked_for_in_all_plans(province, call, typed, found):
    models = [
        option
        for n in (7, 3, 5, 2, "TANKHAI:8", "ANKHUONG:8", 29)
        for option in ("--model", f"{n}")
    ]
    answer = call("list", "--data", "tinh", "--agency", typed, *models, "--format", "ids")

    assert answer.returncode == 0
    assert answer.stdout.split() == found.split()


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("CAXX", "CAX"),
        ("TANKHAI:CAXX", "CAX"),
        ("ANKHUONG:TTYT", "TYT"),
        ("VINHLONG:CAX", "CAX"),
    ],
)
def test_an_unknown_agency_is_refused_with_the_nearest(province, call, typed, nearest):
    answer = call("list", "--data", "tinh", "--agency", typed)

    assert (answer.returncode, answer.stdout) == (2, "")
    told = answer.stderr.splitlines()
    assert told[0] == (
        "Lỗi: Không có đơn vị nào mang mã hoặc tên "
        f"“{typed.removeprefix('TANKHAI:').removeprefix('ANKHUONG:')}”. Gợi ý:"
    )
    assert f"  {nearest}  " in answer.stderr


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("TYT", ""),
        ("Trạm xá", ""),
        ("Đài", "TTX còn tham gia bước của mô hình TANKHAI:8: thêm --role step.\n"),
    ],
)
def test_the_hint_at_steps_is_about_the_plan_whose_agency_is_meant(province, call, typed, hint):
    for path, name in (("tankhai.yaml", "Đài"), ("ankhuong.yaml", "Trạm xá")):
        text = (province / path).read_text("utf-8")
        text = text.replace("models:\n", f'  - code: TTX\n    name: "{name}"\n\nmodels:\n', 1)
        if name == "Đài":
            text = text[: text.rindex("[CAX]")] + "[TTX]\n"
        (province / path).write_text(text, "utf-8")

    answer = call("list", "--data", "tinh", "--agency", typed, "--format", "ids")

    assert (answer.returncode, answer.stderr) == (0, hint)


# Addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("7", "2 kế hoạch có 7. Hãy viết rõ kế hoạch, ví dụ ANKHUONG:7, TANKHAI:7."),
        (
            "MH8.1",
            "3 kế hoạch có MH8.1. Hãy viết rõ kế hoạch, ví dụ ANKHUONG:MH8.1, HONQUAN:MH8.1, TANKHAI:MH8.1.",
        ),
        (
            "stt:4",
            "3 kế hoạch có stt:4. Hãy viết rõ kế hoạch, ví dụ ANKHUONG:stt:4, HONQUAN:stt:4, TANKHAI:stt:4.",
        ),
        ("TANKHAN:7", "Không có kế hoạch “TANKHAN”. Gợi ý: TANKHAI, ANKHUONG, HONQUAN."),
        ("TANKHAI:9", "Không có mô hình 9. Gợi ý: 5, 7, 8. Xem tất cả: de06 list."),
    ],
)
@pytest.mark.parametrize("command", ["show", "done"])
def test_an_address_that_is_not_certain_is_refused_with_what_to_type(
    province, call, command, typed, told
):
    answer = call(command, typed, "--data", "tinh")

    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"Lỗi: {told}\n")


def test_a_bare_number_that_one_plan_has_names_it(province, call):
    answer = call("show", "9", "--data", "tinh")

    assert answer.stdout.startswith("Mô hình HONQUAN:9 (STT 4): ")


# Broken files -------------------------------------------------------------------------------------


def test_one_broken_file_is_reported_and_the_others_are_shown(broken, call):
    answer = call("list", "--data", "tinh", "--agency", "CAX")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, TABLE, BROKEN_TOLD)


def test_strictly_one_broken_file_is_enough_to_stop(broken, call):
    answer = call("list", "--data", "tinh", "--agency", "CAX", "--strict")

    assert (answer.returncode, answer.stdout, answer.stderr) == (3, "", BROKEN_TOLD)


def test_where_all_are_broken_there_is_nothing_to_show(broken, call):
    answer = call("list", "--data", "tinh/hong.yaml", "--data", "thieu.yaml")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith(BROKEN_TOLD)
    assert answer.stderr.removeprefix(BROKEN_TOLD).startswith("Không có tệp thieu.yaml. ")


def test_that_another_file_is_broken_changes_no_address(broken, call):
    two = ["--data", "tinh/tankhai.yaml", "--data", "tinh/hong.yaml"]

    listed = call("list", *two, "--model", "7", "--format", "ids")
    shown = call("show", "7.1", *two)

    assert (listed.stdout, listed.stderr) == ("TANKHAI:7\n", BROKEN_TOLD)
    assert shown.stdout.startswith("Mô hình TANKHAI:7 (STT 1): ")


def test_check_finds_what_is_wrong_in_any_of_the_files(broken, call):
    answer = call("check", "--data", "tinh")

    assert answer.returncode == 1
    assert [line for line in answer.stdout.splitlines() if " E" in line] == (
        BROKEN_TOLD.splitlines()[1:]
    )
    assert answer.stderr == (
        "tinh/ankhuong.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú\n"
        "tinh/hong.yaml: 2 lỗi, 0 cảnh báo, 0 ghi chú\n"
        "tinh/honquan.yaml: 0 lỗi, 1 cảnh báo, 25 ghi chú\n"
        "tinh/tankhai.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú\n"
    )


def test_the_advice_of_check_names_the_plan(province, call):
    answer = call("check", "--notes", "tinh/ankhuong.yaml", "tinh/tankhai.yaml")

    assert answer.returncode == 0
    assert answer.stdout == (
        "tinh/ankhuong.yaml:43:5 N502 Mô hình 7 có nội dung cần làm rõ: Cấp cho người già trước? "
        "Xem đủ: de06 show ANKHUONG:7.\n"
        "tinh/tankhai.yaml:43:5 N502 Mô hình 7 có nội dung cần làm rõ: Cấp cho người già trước? "
        "Xem đủ: de06 show TANKHAI:7.\n"
    )


def test_check_tells_the_others_before_it_fails_on_what_can_not_be_read(province, call, tmp_path):
    answer = call("check", "tinh/tankhai.yaml", "thieu.yaml", "--format", "json")

    assert answer.returncode == 3
    told = json.loads(answer.stdout)
    assert [finding["code"] for finding in told["findings"]] == ["N502"]
    assert plans_of(answer) == [("TANKHAI", "tinh/tankhai.yaml")]
    assert answer.stderr.startswith("Lỗi: Không có tệp thieu.yaml. Nơi đã tìm: ")


@pytest.fixture
def twins(province):
    """A conflict copy of one of the plans, as a sync program leaves it; its code is written otherwise."""
    twin = province / "tankhai (conflicted copy).yaml"
    twin.write_text(
        (province / "tankhai.yaml").read_text("utf-8").replace("TANKHAI", "TanKhai"), "utf-8"
    )
    return ["tinh/tankhai (conflicted copy).yaml", "tinh/tankhai.yaml"]


CLAIMED = "Mã kế hoạch “TanKhai” có ở nhiều tệp: {}. Hãy giữ một tệp, hoặc đổi mã."


def test_a_code_that_two_files_claim_is_a_finding_and_the_others_are_read(twins, call):
    copy, real = twins
    told = [
        f"{copy}:3:9 E309 Mã kế hoạch “TanKhai” cũng là của {real}. Mỗi kế hoạch cần một mã riêng.",
        f"{real}:3:9 E309 Mã kế hoạch “TANKHAI” cũng là của {copy}. Mỗi kế hoạch cần một mã riêng.",
    ]

    checked = call("check", *twins)
    listed = call("list", "--data", "tinh", "--format", "ids")
    alone = call("list", "--data", real, "--format", "ids")

    assert checked.returncode == 1
    assert [line for line in checked.stdout.splitlines() if " E309 " in line] == told
    assert listed.returncode == 0
    assert {line.partition(":")[0] for line in listed.stdout.split()} == {"ANKHUONG", "HONQUAN"}
    for line in told:
        assert line in listed.stderr
    assert (alone.returncode, alone.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [["start", "TANKHAI:7.2"], ["done", "tankhai:7"],
     ["extend", "TanKhai:7", "2030-01-01"], ["show", "TANKHAI:7"]],
    ids=" ".join,
)  # fmt: skip
def test_a_claimed_code_is_refused_with_its_files(twins, province, call, command):
    before = contents(province)

    answer = call(*command, "--data", "tinh")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.endswith(f"Lỗi: {CLAIMED.format(', '.join(twins))}\n")
    assert contents(province) == before
    assert call("start", "ANKHUONG:7.2", "--data", "tinh").returncode == 0


def test_letters_are_about_the_other_plans_and_the_exit_code_tells(twins, call):
    answer = call("mail", "--dry-run", "--data", "tinh", "--to", "a@example.vn")

    assert answer.returncode == 3
    assert "HONQUAN" in answer.stdout
    assert "TANKHAI" not in answer.stdout.upper()
    assert answer.stderr.endswith(f"Lỗi: {CLAIMED.format(', '.join(twins))}\n")


def test_a_workbook_of_a_claimed_plan_is_not_imported(province, call, tmp_path):
    call("export", "a.xlsx", "--data", "tinh/tankhai.yaml")
    filling.fill(tmp_path / "a.xlsx", {(7, 2): {"status": "Đang thực hiện"}})
    (province / "tankhai-PC-02.yaml").write_bytes((province / "tankhai.yaml").read_bytes())

    answer = call("import", "a.xlsx", "--data", "tinh")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert "“TANKHAI” có ở nhiều tệp" in answer.stderr


# Marking ------------------------------------------------------------------------------------------


def contents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.yaml")}


def test_a_mark_changes_the_one_file_of_its_plan(province, call):
    before = contents(province)

    answer = call("done", "tankhai:3.1", "--by", "ttyt", "--evidence", "1/BC", "--data", "tinh")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "Mô hình TANKHAI:3 (STT 2) Sổ sức khỏe điện tử, bước 1: "
        "Hoàn thành 11/01/2024 – TTYT – 1/BC.\n"
        "Mô hình TANKHAI:3, bước tiếp theo: 2. Trả kết quả.\n"
    )
    after = contents(province)
    assert [name for name in before if before[name] != after[name]] == ["tankhai.yaml"]
    step = read(after["tankhai.yaml"]).plan.models[1].steps[0]
    assert (step.progress.status, step.progress.by) == ("done", "TTYT")
    listed = call("list", "--data", "tinh", "--model", "3", "--format", "tsv").stdout.splitlines()
    assert [(line.split("\t")[0], line.split("\t")[17]) for line in listed[1:]] == [
        ("ANKHUONG", "0"),
        ("TANKHAI", "1"),
    ]


def test_doubts_and_extensions_name_the_plan(province, call):
    marked = call("done", "TANKHAI:3.2", "--data", "tinh")
    extended = call("extend", "ANKHUONG:stt:2", "31/3/2024", "--data", "tinh")
    refused = call("extend", "ANKHUONG:3.1", "31/3/2024", "--data", "tinh")

    assert marked.stderr == (
        "Lưu ý: Mô hình TANKHAI:3, bước 2: chưa có minh chứng; thêm sau bằng --evidence.\n"
        "Lưu ý: Mô hình TANKHAI:3, bước 2: bước 1 trước đó chưa hoàn thành.\n"
    )
    assert extended.stdout == (
        "Mô hình ANKHUONG:3 (STT 2) Sổ sức khỏe điện tử: "
        "gia hạn đến 31/03/2024 (lần 1, hạn ban đầu 15/01/2024).\n"
    )
    assert (refused.returncode, refused.stderr) == (
        2,
        "Lỗi: Gia hạn áp dụng cho cả mô hình: gõ ANKHUONG:3.\n",
    )


def test_a_mark_of_several_steps_is_refused_with_addresses_to_type(province, call):
    before = contents(province)

    answer = call("done", "TANKHAI:3", "--data", "tinh")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert (
        answer.stderr
        == """\
Lệnh này ghi nhận 2 bước, cần xác nhận:
  Mô hình TANKHAI:3 (STT 2) Sổ sức khỏe điện tử
    TANKHAI:3.1  Nhập hồ sơ.
                 Hoàn thành 11/01/2024
    TANKHAI:3.2  Trả kết quả.
                 Hoàn thành 11/01/2024
Thêm --yes nếu đúng, hoặc ghi nhận từng bước, ví dụ de06 done TANKHAI:3.1.
"""
    )
    assert contents(province) == before


def test_a_person_is_reported_of_the_other_row_with_its_plan(province, terminal):
    answer = terminal("start", "TANKHAI:3", "--data", "tinh", "--dry-run")

    assert answer.returncode == 0
    assert answer.stderr == (
        "TANKHAI:3 là số hiệu; số thứ tự 3 trong phụ lục là Mô hình TANKHAI:5 (STT 3) "
        "Thanh toán không tiền mặt (gõ TANKHAI:stt:3).\n"
    )


def test_marks_in_two_plans_are_refused(province, call):
    before = contents(province)

    answer = call("done", "TANKHAI:3.1", "ANKHUONG:3.1", "--data", "tinh")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert (
        answer.stderr
        == "Lỗi: Các bước này thuộc 2 kế hoạch; mỗi lần chỉ ghi nhận trong một kế hoạch.\n"
    )
    assert contents(province) == before


def test_a_bare_number_is_not_certain_while_a_file_is_broken(broken, call):
    two = ["--data", "tinh/tankhai.yaml", "--data", "tinh/hong.yaml"]
    before = contents(broken.parent)

    bare = call("start", "7.2", *two)
    unchanged = contents(broken.parent)
    full = call("start", "TANKHAI:7.2", *two)

    assert (bare.returncode, bare.stdout) == (2, "")
    assert bare.stderr == (
        f"{BROKEN_TOLD}"
        "Lỗi: Có tệp không đọc được, nên 7.2 có thể thuộc nhiều kế hoạch. Hãy viết rõ TANKHAI:7.2.\n"
    )
    assert unchanged == before
    assert (full.returncode, full.stderr) == (0, BROKEN_TOLD)


@pytest.mark.parametrize("command", ["undo", "log", "diff", "init"])
def test_a_command_about_one_file_says_how_to_choose_it(province, call, command):
    answer = call(command, "--data", "tinh")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        "Lỗi: Lệnh này dùng một tệp kế hoạch, nhưng đang có 3. "
        "Hãy chọn một, ví dụ --data tinh/ankhuong.yaml.\n"
    )


def test_a_mark_among_several_is_taken_back_in_its_file(province, call):
    before = contents(province)
    call("start", "TANKHAI:7.2", "--data", "tinh")

    answer = call("undo", "--data", "tinh/tankhai.yaml")

    assert answer.returncode == 0
    assert contents(province) == before


# Revisions ----------------------------------------------------------------------------------------


@pytest.fixture
def history(province):
    """The province in git: TANKHAI committed first, then marked there, and ANKHUONG added."""
    root = province.parent
    support.git(root, "init", "-q", "-b", "main")
    support.git(root, "add", "tinh/tankhai.yaml")
    support.git(root, "commit", "-q", "-m", "Tân Khai")
    support.git(root, "add", "tinh")
    support.git(root, "commit", "-q", "-m", "Cả tỉnh")
    (province / "tankhai.yaml").write_bytes(b"plan: [\n")
    return root


def test_a_revision_holds_all_plans(history, call):
    answer = call("list", "--data", "tinh", "--rev", "HEAD", "--format", "json")

    head = support.git(history, "rev-parse", "HEAD").strip()
    assert (answer.returncode, answer.stderr) == (0, "")
    assert plans_of(answer) == ALL
    assert {plan["revision"] for plan in json.loads(answer.stdout)["plans"]} == {head}
    assert len(json.loads(answer.stdout)["models"]) == 34


def test_a_file_that_a_revision_lacks_is_reported_and_the_rest_is_shown(history, call):
    shown = call("list", "--data", "tinh", "--rev", "HEAD~1", "--format", "ids")
    strict = call("list", "--data", "tinh", "--rev", "HEAD~1", "--strict")

    assert (shown.returncode, strict.returncode, strict.stdout) == (0, 3, "")
    assert shown.stdout == "TANKHAI:7\nTANKHAI:3\nTANKHAI:5\nTANKHAI:2\nTANKHAI:8\n"
    assert shown.stderr == (
        "Lỗi: Phiên bản HEAD~1 không có tệp tinh/ankhuong.yaml.\n"
        "Lỗi: Phiên bản HEAD~1 không có tệp tinh/honquan.yaml.\n"
    )


def test_an_unknown_revision_is_refused(history, call):
    answer = call("list", "--data", "tinh", "--rev", "khong-co")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Lỗi: Kho git không có phiên bản “khong-co”. Xem git log.\n"


# Days ---------------------------------------------------------------------------------------------


def test_each_plan_has_its_own_today(province, call, monkeypatch):
    """At 18:00 UTC on the 11th it is the 12th in Vietnam, and still the 11th in Greenwich."""

    class Clock(datetime):
        @classmethod
        def now(cls, _timezone=None):
            return cls(2024, 1, 11, 18, tzinfo=UTC)

    monkeypatch.setattr(environment, "datetime", Clock)
    monkeypatch.delenv("DE06_TODAY")
    path = province / "ankhuong.yaml"
    path.write_text(path.read_text("utf-8").replace("Asia/Ho_Chi_Minh", "Etc/UTC"), "utf-8")
    two = ["--data", "tinh/ankhuong.yaml", "--data", "tinh/tankhai.yaml", "--format", "json"]

    models = json.loads(call("list", *two).stdout)["models"]
    late = json.loads(call("overdue", *two, "--steps").stdout)
    exact = json.loads(call("list", *two, "--as-of", "12/1/2024").stdout)["models"]

    days = [(m["plan"], m["days_late"]) for m in models if m["model"] == 7]
    assert days == [("ANKHUONG", 11), ("TANKHAI", 12)]
    left = [(m["days_left"], m["steps"][0]["days_late"]) for m in models if m["model"] == 3]
    assert left == [(4, 6), (3, 7)]
    assert [(step["plan"], step["days_late"]) for step in late["steps"]] == [
        ("TANKHAI", 7),
        ("ANKHUONG", 6),
    ]
    assert {m["days_late"] for m in exact if m["model"] == 7} == {12}


# Completion ---------------------------------------------------------------------------------------


@pytest.fixture
def complete(call, monkeypatch):
    """What de06 answers for these words over the province, the last of them under the cursor."""

    def complete(*words: str) -> str:
        monkeypatch.setenv("_DE06_COMPLETE", "word")
        monkeypatch.setenv("DE06_DATA", "tinh")
        answer = call(*words)
        assert (answer.returncode, answer.stderr) == (0, "")
        return answer.stdout

    return complete


def test_addresses_of_several_plans_are_completed_with_their_plan(broken, complete):
    assert complete("show", "TANK").splitlines()[:2] == [
        "TANKHAI:7\tCấp thẻ căn cước lưu động",
        "TANKHAI:3\tSổ sức khỏe điện tử",
    ]
    assert complete("done", "TANKHAI:7.") == (
        "TANKHAI:7.1\tLập danh sách.\nTANKHAI:7.2\tThu nhận hồ sơ.\n"
    )
    assert complete("list", "--model", "ANKHUONG:8") == "ANKHUONG:8\tRà soát dân cư\n"
    assert complete("list", "--agency", "CAX") == "CAX\tCông an xã An Khương\n"


# Odd entries --------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs are not of Windows")
@pytest.mark.parametrize("odd", ["loop.yaml", "gone.yaml", "pipe.yaml", "folder.yaml", "loop"])
def test_an_odd_entry_stops_who_asks_for_all_and_is_reported_by_check(province, call, odd):
    entry = province / odd
    match odd:
        case "pipe.yaml":
            os.mkfifo(entry)
        case "folder.yaml":
            entry.mkdir()
        case _:
            entry.symlink_to("nowhere" if odd == "gone.yaml" else odd)
    listed = call("list", "--data", "tinh", "--format", "ids")
    strict = call("list", "--data", "tinh", "--format", "ids", "--strict")
    checked = call("check", "tinh")

    assert (listed.returncode, strict.returncode, checked.returncode) == (0, 3, 3)
    assert (len({line.partition(":")[0] for line in listed.stdout.split()}), strict.stdout) == (
        3,
        "",
    )
    told = [line for line in checked.stderr.splitlines() if odd in line]
    assert len(told) == 1
    assert told[0] in listed.stderr
    assert told[0] in strict.stderr
    assert "tinh/honquan.yaml: " in checked.stderr  # the others are checked


def test_check_names_all_files_that_share_a_code(province, call):
    copy = province / "tankhai (1).yaml"
    copy.write_bytes((province / "tankhai.yaml").read_bytes())
    answer = call("check", "tinh", "--format", "json")
    shared = [one for one in json.loads(answer.stdout)["findings"] if one["code"] == "E309"]

    assert answer.returncode == 1
    assert [one["data"] for one in shared] == ["tinh/tankhai (1).yaml", "tinh/tankhai.yaml"]
