"""``report``: the periodic report on the terminal, as text, a page or a Word document."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import docx
import pytest
import support
import wordfiles

from de06cli.cli.commands.send import output_file


def headings(text: str) -> list[str]:
    """What the report says of its days, and the headings of its lists."""
    return re.findall(r"^(?:\(từ ngày.*|Số liệu.*|III\..*|\d\. .*)$", text, re.MULTILINE)


def test_without_options_it_is_the_month_until_today(small, call, tmp_path):
    answer = call("report")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert headings(answer.stdout) == [
        "(từ ngày 12/12/2023 đến ngày 11/01/2024)",
        "Số liệu tính đến ngày 11/01/2024.",
        "1. Tình hình chung",
        "2. Nhiệm vụ hoàn thành: 1",
        "1. Nhiệm vụ quá hạn: 1",
        "2. Bước quá hạn của nhiệm vụ còn trong hạn: 1",
        "III. Nhiệm vụ kỳ tới (từ ngày 12/01/2024 đến ngày 11/02/2024)",
        "1. Nhiệm vụ đến hạn: 1",
        "2. Bước đến hạn: 1",
        "1. Tổng hợp theo đơn vị chủ trì",
    ]


def test_the_report_of_an_earlier_month_says_what_was_known_at_its_end(small, call, tmp_path):
    answer = call("report", "--to", "30/11/2023")

    assert answer.returncode == 0
    assert answer.stderr == ("3 tiến độ hoặc gia hạn sau ngày 30/11/2023 không được tính.\n")
    assert headings(answer.stdout) == [
        "(từ ngày 01/11/2023 đến ngày 30/11/2023)",
        "Số liệu tính đến ngày 30/11/2023.",
        "1. Tình hình chung",
        "2. Nhiệm vụ hoàn thành: 1",
        "3. Gia hạn: 1",
        "1. Nhiệm vụ quá hạn: không có",
        "III. Nhiệm vụ kỳ tới (từ ngày 01/12/2023 đến ngày 31/12/2023)",
        "1. Nhiệm vụ đến hạn: 2",
        "2. Bước đến hạn: 1",
        "1. Tổng hợp theo đơn vị chủ trì",
    ]


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (["--period", "month"], "01/01/2024 đến ngày 11/01/2024"),
        (["--period", "month", "--to", "30/11/2023"], "01/11/2023 đến ngày 30/11/2023"),
        (["--period", "quarter", "--to", "31/12/2023"], "01/10/2023 đến ngày 31/12/2023"),
        (["--period", "quarter", "--to", "15/11/2023"], "01/10/2023 đến ngày 15/11/2023"),
        (["--period", "half", "--to", "31/12/2023"], "01/07/2023 đến ngày 31/12/2023"),
        (["--period", "year", "--to", "31/12/2023"], "01/01/2023 đến ngày 31/12/2023"),
    ],
)
def test_a_period_of_the_calendar_begins_with_its_first_day(small, call, arguments, days):
    assert headings(call("report", *arguments).stdout)[0] == f"(từ ngày {days})"


def test_a_period_of_the_calendar_has_its_own_first_day(small, call):
    answer = call("report", "--period", "month", "--from", "2023-12-01")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert "--period" in answer.stderr


COMPARED = """\
1. Tình hình chung
                                      30/09/2023   31/12/2023  Tăng, giảm
  Tổng số                                      5            5           0
  Hoàn thành đúng hạn                          0            1          +1
  Hoàn thành quá hạn                           0            1          +1
  Chưa hoàn thành – trong hạn                  4            1          -3
  Chưa hoàn thành – quá hạn                    0            1          +1
  Thường xuyên                                 1            1           0
  Tỷ lệ hoàn thành trên số đến hạn             –  66,7% (2/3)           –
  Tỷ lệ hoàn thành trên số được giao  0,0% (0/4)  50,0% (2/4)       +50,0

2. Nhiệm vụ hoàn thành: 2
"""
QUARTER = ("--period", "quarter", "--to", "31/12/2023")


def test_a_report_compares_with_the_end_of_the_period_before(small, call):
    report = call("report", *QUARTER).stdout

    assert COMPARED in report
    said = " ".join(report.split())
    assert (
        "2/4 nhiệm vụ đã hoàn thành (50,0%; kỳ trước: 0/4). 1 nhiệm vụ quá hạn (kỳ trước: 0)"
        in said
    )
    assert call("report", *QUARTER, "--compare", "previous").stdout == report


@pytest.mark.parametrize(("typed", "day"), [("year", "31/12/2022"), ("15/11/2023", "15/11/2023")])
def test_or_with_another_day(small, call, typed, day):
    answer = call("report", *QUARTER, "--compare", typed)

    assert re.search(rf"^ +{day}   31/12/2023  Tăng, giảm$", answer.stdout, re.MULTILINE)
    assert call("report", *QUARTER, "--compare", "2024-01-01").returncode == 2


@pytest.mark.parametrize("form", ["html", "docx"])
def test_every_form_has_the_comparison(small, call, tmp_path, form):
    path = tmp_path / f"ra.{form}"
    assert call("report", str(path), *QUARTER, "--compare", "previous").returncode == 0

    if form == "docx":
        document = docx.Document(path)
        rows = [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows
        ]
        assert ["", "30/09/2023", "31/12/2023", "Tăng, giảm"] in rows
        assert ["Chưa hoàn thành – trong hạn", "4", "1", "-3"] in rows
    else:
        page = path.read_text("utf-8")
        assert ">30/09/2023</th>" in page
        assert re.search(r"Chưa hoàn thành – trong hạn</td>.*>4</td>.*>1</td>.*>-3</td>", page)


def test_a_period_may_begin_on_any_day(small, call):
    answer = call("report", "--from", "8/1/2024", "--to", "hôm qua")

    assert headings(answer.stdout)[:2] == [
        "(từ ngày 08/01/2024 đến ngày 10/01/2024)",
        "Số liệu tính đến ngày 10/01/2024.",
    ]
    assert "III. Nhiệm vụ kỳ tới (từ ngày 11/01/2024 đến ngày 13/01/2024)" in answer.stdout


def test_as_of_is_the_last_day_where_none_is_named(small, call):
    assert call("report", "--as-of", "30/11/2023").stdout == call(
        "report", "--to", "30/11/2023"
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (
            ["--to", "12/1/2024"],
            "Kỳ báo cáo kết thúc 12/01/2024, sau ngày 11/01/2024: chưa có số liệu.",
        ),
        (
            ["--to", "2/12/2024", "--as-of", "1/12/2024"],
            "Kỳ báo cáo kết thúc 02/12/2024, sau ngày 01/12/2024: chưa có số liệu.",
        ),
        (
            ["--from", "2/12/2023", "--to", "1/12/2023"],
            "Kỳ báo cáo bắt đầu 02/12/2023, sau ngày kết thúc 01/12/2023.",
        ),
        (["--from", "31/2/2023"], "Không có ngày 31/2/2023."),
        (
            ["report.pdf"],
            "Không rõ định dạng tệp của report.pdf. Hãy thêm --format với: text, html, docx.",
        ),
        (["--template", "mau.docx"], "--template và --as-template chỉ dùng với docx."),
        (["b.html", "--as-template"], "--template và --as-template chỉ dùng với docx."),
        (
            ["b.docx", "--as-template", "--template", "mau.docx"],
            "Chỉ dùng một trong hai: --template hoặc --as-template.",
        ),
        (["b.docx", "--template", "mau.docx"], "Không có tệp mau.docx."),
    ],
)
def test_what_can_not_be_reported_is_refused(small, call, tmp_path, options, reason):
    answer = call("report", *options)

    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"Lỗi: {reason}\n")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == []


def test_filters_choose_what_the_report_is_about(small, call):
    text = call("report", "--model", "3").stdout

    assert re.search(r"Tổng số +1 +1 +0\n", text)


def test_several_plans_are_one_report_with_a_row_each(province, call):
    answer = call("report", "--data", "tinh")

    assert answer.returncode == 0
    assert "1. Tổng hợp theo kế hoạch" in answer.stdout
    assert "Kết quả thực hiện 3 kế hoạch\n" in answer.stdout
    assert "Mô hình 7 – TANKHAI: Cấp thẻ" in answer.stdout
    assert re.search(r"Tổng số +34 +34 +0\n", answer.stdout)


def test_an_earlier_revision_is_reported_as_it_was(repository, call):
    before = call("report").stdout
    call("done", "9.1", "--date", "2024-01-05")

    assert call("report", "--rev", "HEAD").stdout == before
    assert "VI. Kết quả trong kỳ theo nhiệm vụ" in call("report").stdout
    assert "VI." not in before


# What falls due on the last day -------------------------------------------------------------------


def rows_of(text: str, *ends: str) -> list[list[str]]:
    """The cells of the rows of open tasks and of rates whose names end so."""
    found = {
        name: re.split("  +", cells)
        for name, cells in re.findall(
            r"^  ((?:Chưa|Tỷ lệ) hoàn thành .*?)  +(.*)$", text.partition("\n2. ")[0], re.MULTILINE
        )
    }
    return [next(cells for name, cells in found.items() if name.endswith(end)) for end in ends]


@pytest.fixture
def due_at_the_end(small):
    """The small plan with a task due on 30 November, and a step on the same day."""
    text = small.read_text("utf-8")
    text = text.replace("deadline: 2024-01-15", "deadline: 2023-11-30")  # of model 3
    small.write_text(text.replace("due: 2023-12-15", "due: 2023-11-30"), "utf-8")  # of step 7.2
    return small


def shortcomings(text: str) -> list[str]:
    found = text.partition("II. Tồn tại")[2].partition("\nIII. ")[0]
    return re.findall("^(?:[12][.]|  Mô hình|  Bước [0-9]).*", found, re.MULTILINE)


def test_a_report_lists_under_its_period_what_fell_due_on_the_last_day(due_at_the_end, call):
    november = call("report", "--to", "30/11/2023").stdout
    december = call("report", "--to", "31/12/2023").stdout

    assert shortcomings(november) == [
        "1. Nhiệm vụ quá hạn: 1",
        "  Mô hình 3 – Sổ sức khỏe điện tử",
        "2. Bước quá hạn của nhiệm vụ còn trong hạn: 1",
        "  Bước 7.2 – Cấp thẻ căn cước lưu động",
    ]
    assert "Mô hình 3" not in november.partition("III. Nhiệm vụ kỳ tới")[2]
    assert rows_of(november, "quá hạn", "số đến hạn") == [
        ["1", "1", "0"],
        ["0,0% (0/1)", "50,0% (1/2)", "+50,0"],
    ]
    assert "Mô hình 3" not in december.partition("III. Nhiệm vụ kỳ tới")[2]


def test_on_the_last_day_itself_it_is_listed_and_not_yet_late(due_at_the_end, call):
    november = call("report", "--as-of", "30/11/2023").stdout

    assert shortcomings(november) == [
        "1. Nhiệm vụ quá hạn hoặc đến hạn ngày cuối kỳ: 1",
        "  Mô hình 3 – Sổ sức khỏe điện tử",
        "2. Bước quá hạn hoặc đến hạn ngày cuối kỳ của nhiệm vụ còn trong hạn: 1",
        "  Bước 7.2 – Cấp thẻ căn cước lưu động",
    ]
    assert rows_of(november, "quá hạn", "số đến hạn") == [
        ["1", "0", "-1"],
        ["0,0% (0/1)", "100,0% (1/1)", "+100,0"],
    ]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_every_form_knows_that_the_last_day_is_over(due_at_the_end, call, tmp_path, form):
    call("report", f"b.{form}", "--to", "30/11/2023")

    if form == "docx":
        text = "\n".join(wordfiles.lines(docx.Document(tmp_path / "b.docx")))
    else:
        text = (tmp_path / "b.html").read_text("utf-8")
    assert "1. Nhiệm vụ quá hạn: 1" in text
    assert "50,0% (1/2)" in text


# What was recorded too late for its own report ------------------------------------------------------


def committed(root, day: str, *arguments: str) -> None:
    """Commits what lies there as if on ``day``, in the plan's time zone."""
    support.git(root, "add", "-A")
    moment = f"{day}T23:30:00+07:00"
    subprocess.run(
        ["git", "commit", "-q", "-m", day, "--allow-empty", *arguments],
        cwd=root,
        env=support.environment(root, GIT_COMMITTER_DATE=moment, GIT_AUTHOR_DATE=moment),
        check=True,
    )


@pytest.fixture
def kept_in_git(small, tmp_path):
    """The small plan, committed on the last evening of November."""
    (tmp_path / ".gitignore").write_text(".*\n*.docx\n*.html\n", "utf-8")
    support.git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path, "2023-11-30")
    return tmp_path


DECEMBER = ("report", "--from", "1/12/2023", "--to", "31/12/2023")


def test_what_was_recorded_after_its_period_stands_in_the_next_report(kept_in_git, call):
    call("done", "3.2", "--date", "2023-11-28", "--evidence", "70/BC-TTYT")

    answer = call(*DECEMBER)

    told = answer.stdout.partition("3. Ghi nhận bổ sung (kết quả của kỳ trước): 1\n")[2]
    assert answer.returncode == 0
    assert told.startswith(
        "  Bước 3.2 – Sổ sức khỏe điện tử\n    Trả kết quả.\n"
        "    Đơn vị: TTYT, CAX; Ngày: 28/11/2023; Kết quả: Hoàn thành: 70/BC-TTYT\n"
    )


def test_what_was_committed_by_the_evening_before_is_no_supplement(kept_in_git, call):
    call("done", "3.2", "--date", "2023-11-28")
    committed(kept_in_git, "2023-11-30")

    answer = call(*DECEMBER)
    assert "Ghi nhận bổ sung" not in answer.stdout + answer.stderr


def test_the_supplement_is_seen_from_the_revision_asked_for(kept_in_git, call):
    support.git(kept_in_git, "checkout", "-q", "-b", "nhanh")
    call("done", "3.2", "--date", "2023-11-28")
    committed(kept_in_git, "2023-11-30")
    call("done", "8.1", "--date", "2023-11-29")
    committed(kept_in_git, "2023-12-03")
    support.git(kept_in_git, "checkout", "-q", "main")

    answer = call(*DECEMBER, "--rev", "nhanh")

    told = answer.stdout.partition("Ghi nhận bổ sung")[2]
    assert told.startswith(" (kết quả của kỳ trước): 1\n  Bước 8.1 – ")


def test_an_extension_recorded_after_its_period_stands_in_the_next_report(kept_in_git, call):
    call("extend", "3", "2024-03-30", "--decided", "2023-11-29", "--document", "12/UBND")

    told = call(*DECEMBER).stdout.partition("3. Ghi nhận bổ sung (kết quả của kỳ trước): 1\n")[2]

    assert told.startswith(
        "  Mô hình 3 – Sổ sức khỏe điện tử\n"
        "    Đơn vị: TTYT; Ngày: 29/11/2023; Kết quả: Gia hạn đến 30/03/2024: 12/UBND\n"
    )


def test_the_day_before_ends_at_midnight_in_the_plans_time_zone(small, call, tmp_path):
    (tmp_path / ".gitignore").write_text(".*\n", "utf-8")
    support.git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path, "2023-11-30")
    call("done", "3.2", "--date", "2023-11-28")
    support.git(tmp_path, "add", "-A")
    moment = "2023-11-30T17:00:00+00:00"  # midnight in Việt Nam
    subprocess.run(
        ["git", "commit", "-q", "-m", "muộn"],
        cwd=tmp_path,
        env=support.environment(tmp_path, GIT_COMMITTER_DATE=moment, GIT_AUTHOR_DATE=moment),
        check=True,
    )

    assert "(kết quả của kỳ trước): 1\n" in call(*DECEMBER).stdout


@pytest.mark.parametrize("form", ["docx", "html"])
def test_every_form_has_the_supplement(kept_in_git, call, form):
    call("done", "3.2", "--date", "2023-11-28", "--evidence", "70/BC-TTYT")
    answer = call(*DECEMBER, f"b.{form}")

    if form == "docx":
        text = "\n".join(wordfiles.lines(docx.Document(kept_in_git / "b.docx")))
    else:
        text = (kept_in_git / "b.html").read_text("utf-8")
    assert answer.stderr.splitlines()[-1] == f"Đã lưu b.{form}."
    assert "3. Ghi nhận bổ sung (kết quả của kỳ trước): 1" in text
    assert "Hoàn thành: 70/BC-TTYT" in text


def test_a_file_that_had_another_name_then_is_found(kept_in_git, call):
    call("done", "3.2", "--date", "2023-11-28")
    support.git(kept_in_git, "mv", "data/models.yaml", "data/ke-hoach.yaml")
    committed(kept_in_git, "2023-12-02")

    answer = call(*DECEMBER, "--data", "data/ke-hoach.yaml")

    assert "(kết quả của kỳ trước): 1\n" in answer.stdout


def test_a_history_that_is_cut_after_the_day_before_gives_no_supplement(kept_in_git, call):
    committed(kept_in_git, "2023-12-05")
    support.git(
        kept_in_git, "clone", "-q", "--depth=1", f"file://{kept_in_git}", str(kept_in_git / "ngan")
    )

    answer = call(*DECEMBER, "--data", "ngan")

    assert answer.returncode == 0
    assert "Ghi nhận bổ sung" not in answer.stdout
    assert answer.stderr.splitlines()[-1] == (
        "Báo cáo không có phần ghi nhận bổ sung: Kho git này là bản sao rút gọn, không có phiên bản "
        "nào đến hết ngày 30/11/2023. Lấy đủ lịch sử: git fetch --unshallow."
    )


def test_a_state_that_is_no_plan_gives_no_supplement(small, call, tmp_path):
    good = small.read_bytes()
    small.write_text("plan: [", "utf-8")
    support.git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path, "2023-11-30")
    small.write_bytes(good)

    answer = call(*DECEMBER)

    assert (answer.returncode, "Ghi nhận bổ sung" in answer.stdout) == (0, False)
    assert answer.stderr.splitlines()[-1] == (
        "Báo cáo không có phần ghi nhận bổ sung: phiên bản của data/models.yaml đến hết ngày "
        "30/11/2023 không phải kế hoạch hợp lệ."
    )


def test_of_several_plans_those_with_a_history_have_the_supplement(province, call, tmp_path):
    folder = tmp_path / "tinh"
    support.git(folder, "init", "-q", "-b", "main")
    support.git(folder, "add", "tankhai.yaml")
    moment = "2023-11-30T12:00:00+07:00"
    subprocess.run(
        ["git", "commit", "-q", "-m", "Tân Khai"],
        cwd=folder,
        env=support.environment(folder, GIT_COMMITTER_DATE=moment, GIT_AUTHOR_DATE=moment),
        check=True,
    )
    for plan in ("TANKHAI", "ANKHUONG"):
        call("done", f"{plan}:3.2", "--date", "2023-11-28", "--data", "tinh")

    answer = call(*DECEMBER, "--data", "tinh")

    assert re.findall("Bước (.*?3[.]2) – (.*): ", answer.stdout.partition("II. ")[0]) == [
        ("3.2", "TANKHAI")
    ]
    assert answer.stderr.splitlines()[-1].startswith("Ghi nhận bổ sung không tính 2 kế hoạch: ")


def test_without_history_the_supplement_is_left_out_and_a_line_says_why(small, call, tmp_path):
    bare = call(*DECEMBER)
    support.git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path, "2023-12-01")
    later = call(*DECEMBER)

    assert (bare.returncode, later.returncode) == (0, 0)
    for answer in (bare, later):
        assert "Ghi nhận bổ sung" not in answer.stdout
    assert "bổ sung" not in bare.stderr, "cron would mail it every day"
    assert later.stderr.splitlines()[-1] == (
        "Báo cáo không có phần ghi nhận bổ sung: kho git không có phiên bản nào của "
        "data/models.yaml đến hết ngày 30/11/2023."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are tested on POSIX systems")
def test_a_person_is_reported_that_a_plan_outside_git_has_no_supplement(small, tmp_path):
    ours, theirs = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "de06cli", *DECEMBER],
        cwd=tmp_path,
        env=support.environment(tmp_path, COLUMNS="1000"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)

    assert done.returncode == 0
    assert told.splitlines()[-1] == (
        f"Báo cáo không có phần ghi nhận bổ sung: {tmp_path / 'data'} không nằm trong một kho git."
    )


# Files --------------------------------------------------------------------------------------------


def test_the_form_goes_by_the_name_of_the_file(small, call, tmp_path):
    text = call("report").stdout
    for name in ("b.txt", "b.DOCX", "b.html"):
        answer = call("report", name)
        assert (answer.returncode, answer.stdout) == (0, "")
        assert answer.stderr == f"Đã lưu {name}.\n"

    assert (tmp_path / "b.txt").read_text("utf-8") == text
    assert wordfiles.lines(docx.Document(tmp_path / "b.DOCX"))[2] == "BÁO CÁO"
    assert (tmp_path / "b.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_an_existing_file_is_kept_unless_forced(small, call, tmp_path):
    (tmp_path / "b.docx").write_text("của tôi", "utf-8")
    refused = call("report", "b.docx")

    assert (refused.returncode, refused.stderr) == (
        4,
        "Lỗi: b.docx đã có. Thêm --force để ghi đè.\n",
    )
    assert (tmp_path / "b.docx").read_text("utf-8") == "của tôi"
    assert call("report", "b.docx", "--force").returncode == 0


@pytest.mark.parametrize("form", ["docx", "html"])
def test_without_a_file_a_document_goes_down_the_pipe(small, call, shell, tmp_path, form):
    call("report", f"b.{form}")

    answer = shell(
        f"de06 report --format {form} > a.{form} && de06 report - --format {form} | cmp - b.{form}"
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_document_does_not_go_to_a_persons_terminal(small, terminal, form):
    answer = terminal("report", "--format", form)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        f"Lỗi: Không in {form} ra màn hình: thêm tên tệp, ví dụ bao-cao.{form}.\n"
    )


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_a_person_reads_it_in_the_terminals_width(plan, terminal, columns):
    answer = terminal("report", columns=columns)

    text = re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert max(map(len, text.splitlines())) <= columns
    assert "BÁO CÁO" in text
    assert "Nhiệm vụ kỳ tới" in re.sub(r"\s+", " ", text)
    assert "\x1b[1m" in answer.stdout


def test_the_same_revision_and_day_give_the_same_bytes_in_every_process(small, de06, tmp_path):
    for name in ("a", "b"):
        for form in ("docx", "html", "txt"):
            assert de06("report", f"{name}.{form}", "--to", "1/1/2024").returncode == 0
        assert de06("export", f"{name}-register.docx").returncode == 0

    for rest in (".docx", ".html", ".txt", "-register.docx"):
        assert (tmp_path / f"a{rest}").read_bytes() == (tmp_path / f"b{rest}").read_bytes()


# Templates ----------------------------------------------------------------------------------------


def test_the_built_in_form_is_written_changed_and_used(small, call, tmp_path):
    made = call("report", "mau.docx", "--as-template")
    form = docx.Document(tmp_path / "mau.docx")
    form.add_paragraph("Mẫu của cơ quan, {{ day }}")
    form.save(tmp_path / "mau.docx")
    used = call("report", "b.docx", "--template", "mau.docx")

    assert (made.returncode, made.stderr) == (0, "Đã lưu mau.docx.\n")
    assert (used.returncode, used.stderr) == (
        0,
        "Đã lưu b.docx.\n",
    )
    assert wordfiles.lines(docx.Document(tmp_path / "b.docx"))[-1] == (
        "Mẫu của cơ quan, 11/01/2024"
    )


def test_the_register_takes_templates_as_well(small, call, tmp_path):
    call("export", "mau.docx", "--as-template")
    wordfiles.template(tmp_path / "sai.docx", "{{ last }}")
    used = call("export", "b.docx", "--template", "mau.docx")
    refused = call("export", "c.docx", "--template", "sai.docx")
    other = call("export", "c.csv", "--template", "mau.docx")

    assert used.returncode == 0
    assert len(docx.Document(tmp_path / "b.docx").tables[1].rows) == 6
    assert (refused.returncode, refused.stderr.partition(";")[0]) == (
        2,
        "Lỗi: Mẫu sai.docx không hợp lệ: không có giá trị tên last",
    )
    assert (other.returncode, other.stderr) == (
        2,
        "Lỗi: --template và --as-template chỉ dùng với docx.\n",
    )
    assert not (tmp_path / "c.docx").exists()


# Libraries ----------------------------------------------------------------------------------------


def without(libraries: list[str], *arguments: str, cwd) -> support.Run:
    """de06 in a process of its own in which these libraries are not installed."""
    blocked = "".join(f"sys.modules[{name!r}] = None\n" for name in libraries)
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{blocked}{ASK}", *arguments],
        cwd=cwd,
        env=support.environment(cwd),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


ASK = "from de06cli.cli.main import run\nsys.exit(run(sys.argv[1:]))"


@pytest.mark.parametrize(
    ("library", "command"),
    [
        ("docxtpl", ["report", "b.docx"]),
        ("docx", ["report", "b.docx"]),
        ("docx", ["report", "b.docx", "--as-template"]),
        ("docx", ["export", "b.docx"]),
        ("jinja2", ["report", "b.html"]),
    ],
)
def test_without_its_libraries_the_command_says_what_brings_them(small, library, command):
    answer = without([library], *command, cwd=small.parents[1])

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Lỗi: Cần thêm thư viện: {output_file.installing('office')}.\n"
    assert not (small.parents[1] / command[1]).exists()


def test_the_text_needs_no_library_of_an_extra(small):
    answer = without(["docx", "docxtpl", "jinja2", "markupsafe"], "report", cwd=small.parents[1])

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("BÁO CÁO\n")
