"""Which plan a command reads: where it is found, as of which day, at which revision of git."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import support

from de06cli.cli import opening
from de06cli.tracking.dates import day_in


def heading(run) -> dict[str, object]:
    """What a JSON answer says of its plan, with the day that it is of."""
    answer = json.loads(run.stdout)
    return {"as_of": answer["as_of"], **answer["plans"][0]}


# Where --------------------------------------------------------------------------------------------


def test_the_nearest_plan_above_is_found(small, call, tmp_path, monkeypatch):
    below = tmp_path / "xã" / "ấp"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)

    found = heading(call("list", "--format", "json"))

    assert (found["code"], found["data"]) == ("TANKHAI", "../../data/models.yaml")


def test_the_packaged_plan_serves_where_there_is_none(call):
    found = heading(call("list", "--format", "json"))

    assert found["code"] == "HONQUAN"
    assert Path(str(found["data"])).read_bytes() == support.MODELS_FILE.read_bytes()


def test_the_environment_names_a_plan_and_the_option_another(small, plan_beside, call, monkeypatch):
    monkeypatch.setenv("DE06_DATA", "khac.yaml")

    assert heading(call("list", "--format", "json"))["data"] == "khac.yaml"
    named = call("list", "--data", "data/models.yaml", "--format", "json")
    assert heading(named)["data"] == "data/models.yaml"
    monkeypatch.setenv("DE06_DATA", "")
    assert heading(call("list", "--format", "json"))["data"] == "data/models.yaml"


@pytest.fixture
def plan_beside(tmp_path) -> Path:
    """The shipped plan at ``khac.yaml``."""
    path = tmp_path / "khac.yaml"
    path.write_bytes(support.MODELS_FILE.read_bytes())
    return path


@pytest.mark.parametrize("by_option", [True, False])
def test_a_missing_file_is_reported_with_the_place_looked_at(
    small, call, tmp_path, monkeypatch, by_option
):
    if not by_option:
        monkeypatch.setenv("DE06_DATA", "thieu.yaml")

    answer = call("list", *(["--data", "thieu.yaml"] if by_option else []))

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        f"Lỗi: Không có tệp thieu.yaml. Nơi đã tìm: {tmp_path / 'thieu.yaml'}. "
        "Đặt --data hoặc DE06_DATA, hoặc chạy de06 init để tạo kế hoạch.\n"
    )


def test_a_folder_stands_for_its_plan(small, call):
    whole = call("list", "--format", "json").stdout

    assert json.loads(whole)["plans"][0]["data"] == "data/models.yaml"
    assert call("list", "--format", "json", "--data", "data").stdout == whole
    assert call("list", "--format", "json", "--data", ".").stdout == whole


def test_a_folder_without_a_plan_is_no_plan(small, call, tmp_path):
    (tmp_path / "rỗng").mkdir()
    answer = call("list", "--data", "rỗng")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == "Lỗi: rỗng không có tệp kế hoạch nào.\n"


@pytest.mark.skipif(os.name == "nt", reason="to Windows it is a file that is not there")
def test_a_file_as_a_folder_is_no_plan(small, call):
    answer = call("list", "--data", "data/models.yaml/x")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == "Lỗi: Không đọc được data/models.yaml/x: Not a directory.\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that somebody is in")
def test_a_folder_that_was_deleted_is_reported(call, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    answers = [call(command) for command in ("list", "check", "init")]
    monkeypatch.chdir(tmp_path)

    assert [answer.returncode for answer in answers] == [3, 3, 3]
    assert {answer.stderr for answer in answers} == {
        "Lỗi: Thư mục hiện tại không còn nữa; hãy cd sang thư mục khác.\n"
    }


def test_a_plan_may_come_through_a_pipe(small, shell):
    piped = shell("cat data/models.yaml | de06 list --format ids --data /dev/stdin")

    assert (piped.returncode, piped.stdout, piped.stderr) == (0, "7\n3\n5\n2\n8\n", "")


# As of --------------------------------------------------------------------------------------------

AS_OF_20_NOVEMBER = """\
Mô hình  STT  Nhiệm vụ                     Thời hạn  Chủ trì   Tiến độ  Tình trạng
      7    1  Cấp thẻ căn cước lưu động  30/11/2023  CAX, VPX  ●○ 1/2   Chưa hoàn thành – trong hạn
      3    2  Sổ sức khỏe điện tử        15/01/2024  TTYT      ◐○ 0/2   Chưa hoàn thành – trong hạn
      5    3  Thanh toán không tiền mặt  30/10/2023  VPX       ● 1/1    Hoàn thành quá hạn 10 ngày
      2    4  Tuyên truyền VNeID         30/12/2023  CAX       ○○ 0/2   Chưa hoàn thành – trong hạn
      8    5  Rà soát dân cư                         CAX       ○ 0/1    Thường xuyên
"""


def test_as_of_leaves_out_what_came_later_and_says_how_much(small, call):
    answer = call("list", "--as-of", "20/11/2023")

    assert (answer.returncode, answer.stdout) == (0, AS_OF_20_NOVEMBER)
    assert answer.stderr == "4 tiến độ hoặc gia hạn sau ngày 20/11/2023 không được tính.\n"


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2023-12-30", ""),
        ("2023-12-29", "1 progress entry or extension after 29 Dec 2023 is not counted.\n"),
        ("2023-12-19", "2 progress entries or extensions after 19 Dec 2023 are not counted.\n"),
    ],
)
def test_progress_of_the_day_itself_counts(small, call, as_of, said):
    assert call("list", "--as-of", as_of, "--lang", "en").stderr == said


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023-10-30", "2023-10-30"),
        ("30/10/2023", "2023-10-30"),
        ("5/2/2024", "2024-02-05"),
        ("30-10-2023", "2023-10-30"),
        ("today", "2024-01-11"),
        ("hôm nay", "2024-01-11"),
        ("hom qua", "2024-01-10"),
        ("Yesterday", "2024-01-10"),
    ],
)
def test_days_are_typed_in_many_ways(small, call, typed, day):
    assert heading(call("list", "--as-of", typed, "--format", "json"))["as_of"] == day


@pytest.mark.parametrize("typed", ["31/2/2024", "2024", "mai", "2024-13-01", "11.01.2024"])
@pytest.mark.parametrize("option", ["--as-of", "--due-before", "--due-after"])
def test_other_days_are_refused(small, call, option, typed):
    answer = call("list", option, typed)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("Lỗi: ")
    assert typed in answer.stderr


def test_today_is_the_option_then_the_environment_then_the_clock(small, call, monkeypatch):
    monkeypatch.setenv("DE06_TODAY", "3/1/2024")

    assert heading(call("list", "--format", "json"))["as_of"] == "2024-01-03"
    as_of = call("list", "--as-of", "4/1/2024", "--format", "json")
    assert heading(as_of)["as_of"] == "2024-01-04"
    monkeypatch.setenv("DE06_TODAY", "ngày kia")
    assert call("list").returncode == 2


# Today --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Ho_Chi_Minh"])
def test_today_is_the_plans_day_on_any_server(small, de06, zone):
    """Kiritimati and Pago Pago are 25 hours apart: at no moment do they share a day."""
    text = small.read_text("utf-8").replace("Asia/Ho_Chi_Minh", zone)
    small.write_text(text, "utf-8")

    for server in ("UTC", "America/Los_Angeles"):
        before = datetime.now(ZoneInfo(zone)).date()
        answer = de06("list", "--format", "json", DE06_TODAY=None, TZ=server)
        after = datetime.now(ZoneInfo(zone)).date()
        assert before <= date.fromisoformat(str(heading(answer)["as_of"])) <= after


def test_midnight_in_ho_chi_minh_city_is_at_17_hours_utc():
    before = datetime(2024, 1, 10, 16, 59, 59, tzinfo=UTC)
    after = datetime(2024, 1, 10, 17, 0, 0, tzinfo=UTC)

    assert day_in("Asia/Ho_Chi_Minh", before) == date(2024, 1, 10)
    assert day_in("Asia/Ho_Chi_Minh", after) == date(2024, 1, 11)


def test_the_clock_is_not_asked_where_the_day_is_given(monkeypatch):
    monkeypatch.setenv("DE06_TODAY", "2024-01-11")

    assert opening.today("Asia/Ho_Chi_Minh", None) == date(2024, 1, 11)
    assert opening.today("Asia/Ho_Chi_Minh", "yesterday") == date(2024, 1, 10)


def test_time_zones_may_come_from_the_package_tzdata(small, de06):
    before = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    answer = de06("list", "--format", "json", DE06_TODAY=None, PYTHONTZPATH="")
    after = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()

    assert (answer.returncode, answer.stderr) == (0, "")
    assert before <= date.fromisoformat(str(heading(answer)["as_of"])) <= after


# At which revision --------------------------------------------------------------------------------


@pytest.fixture
def repository(small) -> Path:
    """A repository with two states of the small plan: in the second, step 3.1 is done."""
    root = small.parents[1]
    support.git(root, "init", "-q", "-b", "main")
    support.git(root, "add", "data")
    support.git(root, "commit", "-q", "-m", "Kế hoạch")
    text = small.read_text("utf-8").replace("{status: doing}", "{status: done, date: 2024-01-10}")
    small.write_text(text, "utf-8")
    support.git(root, "commit", "-q", "-a", "-m", "Bước 3.1")
    return root


def commit_id(root: Path, revision: str) -> str:
    return support.git(root, "rev-parse", revision).strip()


def statuses(run) -> list[str]:
    (model,) = json.loads(run.stdout)["models"]
    return [step["status"] for step in model["steps"]]


def test_rev_reads_the_committed_file(repository, call):
    show = ["show", "3", "--format", "json"]

    assert statuses(call(*show)) == ["done", "todo"]
    first = call(*show, "--rev", "HEAD~1")
    assert statuses(first) == ["doing", "todo"]
    assert heading(first) == {
        "as_of": "2024-01-11",
        "code": "TANKHAI",
        "title": "Kế hoạch xã Tân Khai",
        "data": "data/models.yaml",
        "revision": commit_id(repository, "HEAD~1"),
    }


def test_rev_takes_a_branch_a_tag_or_a_part_of_an_id(repository, call):
    support.git(repository, "tag", "-a", "v1", "-m", "Bản 1", "HEAD~1")
    first = commit_id(repository, "HEAD~1")

    for revision in ("v1", first[:8], "main~1"):
        answer = call("list", "--rev", revision, "--format", "json")
        assert heading(answer)["revision"] == first


def test_rev_reads_a_file_that_is_not_there_any_more(repository, call):
    (repository / "data" / "models.yaml").unlink()

    answer = call("show", "3", "--rev", "HEAD", "--data", "data/models.yaml", "--format", "json")

    assert statuses(answer) == ["done", "todo"]


def test_rev_follows_a_file_that_was_renamed(repository, call):
    support.git(repository, "mv", "data/models.yaml", "kế hoạch.yaml")
    support.git(repository, "commit", "-q", "-m", "Tên mới")

    answer = call(
        "show", "3", "--rev", "HEAD~2", "--data", "kế hoạch.yaml", "--format", "json"
    )  # fmt: skip

    assert (answer.returncode, answer.stderr) == (0, "")
    assert statuses(answer) == ["doing", "todo"]
    assert heading(answer)["data"] == "kế hoạch.yaml"


@pytest.mark.parametrize("revision", ["khong-co", "", "--all", "HEAD~9", "HEAD:data"])
def test_a_revision_that_git_does_not_know_is_refused(repository, call, revision):
    answer = call("list", f"--rev={revision}")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Lỗi: Kho git không có phiên bản “{revision}”. Xem git log.\n"


def test_a_file_that_a_revision_lacks_is_reported(repository, call):
    (repository / "moi.yaml").write_text("x", "utf-8")

    answer = call("list", "--data", "moi.yaml", "--rev", "HEAD")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == "Lỗi: Phiên bản HEAD không có tệp moi.yaml.\n"


@support.needs_git
def test_without_a_repository_there_are_no_revisions(small, call, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    answer = call("list", "--rev", "HEAD")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == f"Lỗi: {tmp_path / 'data'} không nằm trong một kho git.\n"


def test_without_git_there_are_no_revisions(repository, call, monkeypatch):
    monkeypatch.setenv("PATH", "")

    answer = call("list", "--rev", "HEAD")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        "Lỗi: Không tìm thấy git trên máy này. Hãy cài git (git-scm.com) rồi mở cửa sổ dòng lệnh mới; "
        "không có git vẫn xem, ghi nhận, xuất và nhập Excel được.\n"
    )


def test_an_invalid_state_is_reported_with_its_findings(repository, call):
    (repository / "data" / "models.yaml").write_text("plan: 1\n", "utf-8")
    support.git(repository, "commit", "-q", "-a", "-m", "Hỏng")
    support.git(repository, "checkout", "-q", "HEAD~1", "--", "data")

    assert call("list").returncode == 0
    broken = call("list", "--rev", "HEAD")
    assert (broken.returncode, broken.stdout) == (3, "")
    assert broken.stderr.startswith(
        "Lỗi: data/models.yaml còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:\n"
    )


def test_a_report_can_be_repeated(repository, call):
    asked = ["list", "--rev", "HEAD~1", "--as-of", "2024-01-11", "--format"]

    for form in ("json", "csv", "table"):
        before = call(*asked, form).stdout
        (repository / "data" / "models.yaml").touch()
        assert call(*asked, form).stdout == before
