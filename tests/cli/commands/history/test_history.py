"""``log`` and ``diff`` over real git histories: what changed, by whom and when, in the plan's words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import support

from de06cli.tracking.dates import typed_day

CARD = "Mô hình 7 (STT 1) Cấp thẻ căn cước lưu động"
HEALTH = "Mô hình 3 (STT 2) Sổ sức khỏe điện tử"
FLYER = "Mô hình 2 (STT 4) Tuyên truyền VNeID"

ADDED = """\
  - model: 4
    title: "Đường dây nóng"
    deadline: 2024-06-30
    lead: [VPX]
    steps:
      - step: 1
        text: "Lập số."
"""


@pytest.fixture
def root(small) -> Path:
    """A repository that holds nothing yet, with the small plan in its working tree."""
    root = small.parents[1]
    support.git(root, "init", "-q", "-b", "main")
    return root


@pytest.fixture
def commit(root) -> Callable[..., str]:
    """Commits everything below ``data``; returns the commit's id as ``log`` prints it."""

    def commit(
        subject: str, when: str, author: str = "Trần Thị Bình <binh@example.vn>", *options: str
    ) -> str:
        support.git(root, "add", "--all", "data")
        support.git(
            root, "commit", "-q", "-m", subject, "--date", when, "--author", author, *options
        )
        return support.git(root, "rev-parse", "HEAD").strip()[:10]

    return commit


@pytest.fixture
def edit(small) -> Callable[[str, str], None]:
    """Somebody's edit by hand."""

    def edit(old: str, new: str) -> None:
        text = small.read_text("utf-8")
        assert old in text
        small.write_text(text.replace(old, new, 1), "utf-8")

    return edit


@pytest.fixture
def story(commit, edit, call) -> dict[str, str]:
    """A plan's life in eight commits, by subject."""
    ids = {}

    def keep(subject: str, when: str, **details: str) -> None:
        ids[subject] = commit(subject, when, **details)

    keep("Kế hoạch", "2023-11-01T08:00:00+07:00", author="Nguyễn Văn An <an@example.vn>")
    call("done", "3.1", "3.2", "--by", "TTYT", "--evidence", "12/BC", "--date", "2023-11-20")
    keep("Báo cáo", "2023-11-21T23:30:00+00:00")
    call("extend", "2", "2024-02-29", "--document", "15/CV", "--decided", "2023-12-01")
    edit("deadline: 2023-10-30", "deadline: 2023-11-15")
    keep("Gia hạn", "2023-12-01T09:00:00+07:00")
    edit("support: [TTYT]", "support: []")
    edit('text: "Thu nhận hồ sơ."', 'text: "Thu nhận hồ sơ tại nhà."')
    keep("Vai trò, lời văn", "2023-12-02T09:00:00+07:00")
    edit("models:\n", f"models:\n{ADDED}")
    edit('  - code: VPX\n    name: "Văn phòng UBND xã"', '  - code: VPX\n    name: "Văn phòng"')
    keep("Thêm mô hình", "2023-12-03T09:00:00+07:00")
    edit("lead: [VPX]", "lead: [VPX")
    keep("Hỏng", "2023-12-04T09:00:00+07:00")
    edit("lead: [VPX", "lead: [VPX]")
    call("start", "4.1", "--date", "2023-12-05")
    keep("Sửa lại", "2023-12-05T09:00:00+07:00")
    edit("# Năm mô hình", "# Sáu mô hình")
    keep("Chú thích", "2023-12-06T09:00:00+07:00")
    return ids


def full_id(root: Path, short: str) -> str:
    return support.git(root, "rev-parse", short).strip()


def entries(story: dict[str, str]) -> list[str]:
    """What ``log`` prints of the story, an entry a commit, the newest first."""

    def entry(when: str, subject: str, *lines: str, author: str = "Trần Thị Bình") -> str:
        head = f"{when}  {author}  {story[subject]}  {subject}"
        return "\n  ".join([head, *lines]) + "\n"

    hotline = "Mô hình 4 Đường dây nóng"
    return [
        entry(
            "06/12/2023 09:00",
            "Chú thích",
            "Chỉ thay đổi cách trình bày trong tệp, nội dung không đổi.",
        ),
        entry(
            "05/12/2023 09:00",
            "Sửa lại",
            f"{hotline}, bước 1: Chưa thực hiện → Đang thực hiện 05/12/2023",
        ),
        entry(
            "04/12/2023 09:00",
            "Hỏng",
            "Tệp ở phiên bản này không hợp lệ nên không so sánh được.",
        ),
        entry(
            "03/12/2023 09:00",
            "Thêm mô hình",
            "Đơn vị VPX: tên gọi “Văn phòng UBND xã” → “Văn phòng”",
            f"{hotline}: thêm vào",
        ),
        entry(
            "02/12/2023 09:00",
            "Vai trò, lời văn",
            f"{CARD}: phối hợp TTYT → –",
            f"{CARD}, bước 2: nội dung “Thu nhận hồ sơ.” → “Thu nhận hồ sơ tại nhà.”",
        ),
        entry(
            "01/12/2023 09:00",
            "Gia hạn",
            "Mô hình 5 (STT 3) Thanh toán không tiền mặt: thời hạn 30/10/2023 → 15/11/2023",
            f"{FLYER}: thời hạn 30/12/2023 → 29/02/2024 (gia hạn lần 1) – 15/CV",
        ),
        entry(
            "22/11/2023 06:30",
            "Báo cáo",
            f"{HEALTH}, bước 1: Đang thực hiện → Hoàn thành 20/11/2023 – TTYT – 12/BC",
            f"{HEALTH}, bước 2: Chưa thực hiện → Hoàn thành 20/11/2023 – TTYT – 12/BC",
        ),
        entry(
            "01/11/2023 08:00",
            "Kế hoạch",
            "Kế hoạch: thêm vào",
            author="Nguyễn Văn An",
        ),
    ]


# log ------------------------------------------------------------------------------------------------


def test_log_tells_every_commit_in_the_plans_words(story, call):
    answer = call("log")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == "".join(entries(story))


def test_log_in_english(story, call):
    told = call("log", "--lang", "en", "--since", "2023-12-04").stdout

    assert told == (
        f"6 Dec 2023 09:00  Trần Thị Bình  {story['Chú thích']}  Chú thích\n"
        "  Formatting only; no content changed.\n"
        f"5 Dec 2023 09:00  Trần Thị Bình  {story['Sửa lại']}  Sửa lại\n"
        "  Model 4 Đường dây nóng, step 1: Not started → In progress 5 Dec 2023\n"
        f"4 Dec 2023 09:00  Trần Thị Bình  {story['Hỏng']}  Hỏng\n"
        "  The file is invalid in this revision and can't be compared.\n"
    )


@pytest.mark.parametrize(
    ("since", "count"),
    [("2023-12-04", 3), ("1/12/2023", 6), ("2023-11-22", 7), ("2023-11-23", 6), ("2000-01-01", 8)],
)
def test_since_includes_the_day_in_the_plans_time_zone(story, call, monkeypatch, since, count):
    monkeypatch.setenv("TZ", "America/Los_Angeles")

    assert call("log", "--since", since).stdout == "".join(entries(story)[:count])


@pytest.mark.parametrize(
    ("agencies", "told"),
    [
        (["TTYT"], {2, 4, 6}),
        (["cong an xa"], {2, 4, 5, 6}),
        (["VPX"], {1, 2, 3, 4, 5, 6}),
        (["TTYT", "VPX"], {1, 2, 3, 4, 5, 6}),
    ],
)
def test_an_agencys_log_has_its_commits_and_those_that_could_not_be_read(
    story, call, agencies, told
):
    answer = call("log", *(word for agency in agencies for word in ("--agency", agency)))

    subjects = [line.split("  ")[3] for line in answer.stdout.splitlines() if line[0] != " "]
    assert subjects == [list(story)[::-1][n] for n in sorted(told)]


def test_an_agencys_log_has_only_its_changes(story, call):
    told = call("log", "--agency", "VPX", "--since", "2023-12-01").stdout

    assert "Mô hình 5 (STT 3)" in told
    assert FLYER in told
    assert told.count("thêm vào") == 1
    ttyt = call("log", "--agency", "TTYT").stdout
    assert "Mô hình 5 (STT 3)" not in ttyt
    assert FLYER not in ttyt


def test_log_as_json(story, call, root):
    answer = json.loads(call("log", "--format", "json").stdout)
    rows = answer.pop("changes")

    assert answer == {
        "version": 1,
        "as_of": "2024-01-11",
        "plans": [
            {
                "code": "TANKHAI",
                "title": "Kế hoạch xã Tân Khai",
                "data": "data/models.yaml",
                "revision": None,
            }
        ],
        "unreadable": [full_id(root, story["Hỏng"])],
    }
    assert [(row["subject"], row["kind"], row["model"], row["step"]) for row in rows] == [
        ("Sửa lại", "progress", 4, 1),
        ("Thêm mô hình", "text", None, None),
        ("Thêm mô hình", "added", 4, None),
        ("Vai trò, lời văn", "role", 7, None),
        ("Vai trò, lời văn", "text", 7, 2),
        ("Gia hạn", "deadline", 5, None),
        ("Gia hạn", "deadline", 2, None),
        ("Báo cáo", "progress", 3, 1),
        ("Báo cáo", "progress", 3, 2),
        ("Kế hoạch", "added", None, None),
    ]
    assert rows[7] == {
        "plan": "TANKHAI",
        "kind": "progress",
        "model": 3,
        "stt": 2,
        "step": 1,
        "agency": None,
        "field": "progress",
        "before": {"status": "doing", "date": None, "by": None, "evidence": None, "note": None},
        "after": {
            "status": "done",
            "date": "2023-11-20",
            "by": "TTYT",
            "evidence": "12/BC",
            "note": None,
        },
        "revision": full_id(root, story["Báo cáo"]),
        "author": "Trần Thị Bình",
        "date": "2023-11-21T23:30:00+00:00",
        "subject": "Báo cáo",
    }


def test_log_as_json_is_filtered_too(story, call):
    rows = json.loads(call("log", "--agency", "TTYT", "--format", "json").stdout)["changes"]

    assert {row["model"] for row in rows} == {3, 7}
    later = json.loads(call("log", "--since", "2024-01-01", "--format", "json").stdout)
    assert (later["changes"], later["unreadable"]) == ([], [])


def test_log_as_of_a_day_leaves_out_what_came_later(story, call):
    told = call("log", "--as-of", "1/12/2023")

    assert told.stdout == "".join(entries(story)[5:])
    assert json.loads(call("log", "--as-of", "1/12/2023", "--format", "json").stdout)["as_of"] == (
        "2023-12-01"
    )


def test_log_of_a_revision_ends_with_it(story, call):
    told = call("log", "--rev", story["Vai trò, lời văn"])

    assert told.stdout == "".join(entries(story)[4:])
    answer = json.loads(call("log", "--rev", story["Kế hoạch"], "--format", "json").stdout)
    assert answer["plans"][0]["revision"] == answer["changes"][0]["revision"]
    assert len(answer["changes"]) == 1


def test_a_renamed_file_keeps_its_history(story, call, root, small):
    support.git(root, "mv", "data/models.yaml", "ke-hoach.yaml")
    support.git(root, "commit", "-q", "-m", "Đổi tên", "--date", "2023-12-07T09:00:00+07:00")
    last = support.git(root, "rev-parse", "HEAD").strip()[:10]
    told = call("log", "--data", "ke-hoach.yaml").stdout

    renamed = f"07/12/2023 09:00  Nguyễn Văn An  {last}  Đổi tên\n"
    assert told == "".join(
        [renamed, "  Đổi tên tệp: data/models.yaml → ke-hoach.yaml\n", *entries(story)]
    )
    older = call("log", "--data", "ke-hoach.yaml", "--rev", story["Gia hạn"]).stdout
    assert older == "".join(entries(story)[5:])
    moved = call("diff", story["Báo cáo"], story["Gia hạn"], "--data", "ke-hoach.yaml")
    assert moved.stdout.count("thời hạn") == 2


def test_a_rename_with_an_edit_tells_the_edit(story, call, root, small):
    support.git(root, "mv", "data/models.yaml", "ke-hoach.yaml")
    call("start", "8.1", "--data", "ke-hoach.yaml")
    support.git(root, "commit", "-qam", "Đổi tên, ghi")

    step = "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: Chưa thực hiện → Đang thực hiện 11/01/2024"
    renamed = "Đổi tên tệp: data/models.yaml → ke-hoach.yaml"
    assert call("log", "--data", "ke-hoach.yaml").stdout.splitlines()[1:3] == [
        f"  {step}",
        f"  {renamed}",
    ]
    told = call("diff", "HEAD~1", "--data", "ke-hoach.yaml")
    assert told.stdout == f"{step}\n{renamed}\n"


def test_a_move_is_reported_in_the_log_and_in_a_diff(story, call, root):
    support.git(root, "mv", "data", "xã Tân Khai")
    support.git(root, "commit", "-qm", "Chuyển")
    moved = ["--data", "xã Tân Khai/models.yaml"]

    line = "Chuyển tệp: data/models.yaml → xã Tân Khai/models.yaml"
    assert call("diff", "HEAD~1", *moved).stdout == f"{line}\n"
    assert call("diff", "HEAD~1", "HEAD", *moved).stdout == f"{line}\n"
    assert call("diff", *moved).stdout == ""
    assert call("log", *moved).stdout.splitlines()[1] == f"  {line}"
    (row,) = json.loads(call("diff", "HEAD~1", "--format", "json", *moved).stdout)["changes"]
    assert {key: row[key] for key in ("kind", "field", "before", "after", "model")} == {
        "kind": "moved",
        "field": "path",
        "before": "data/models.yaml",
        "after": "xã Tân Khai/models.yaml",
        "model": None,
    }


def test_a_plan_that_was_taken_away_and_came_back(root, small, commit, call):
    commit("Kế hoạch", "2023-11-01T08:00:00+07:00")
    data = small.read_bytes()
    small.unlink()
    commit("Xóa", "2023-11-02T08:00:00+07:00")
    small.parent.mkdir(exist_ok=True)
    small.write_bytes(data)
    commit("Đưa lại", "2023-11-03T08:00:00+07:00")

    told = [line for line in call("log").stdout.splitlines() if line[0] == " "]
    assert told == ["  Kế hoạch: thêm vào", "  Kế hoạch: bỏ đi", "  Kế hoạch: thêm vào"]


def test_a_merge_is_reported_only_for_what_it_did_itself(root, small, commit, edit, call):
    commit("Kế hoạch", "2023-11-01T08:00:00+07:00")
    support.git(root, "checkout", "-q", "-b", "xa")
    call("start", "8.1")
    commit("Nhánh xã", "2023-11-02T08:00:00+07:00")
    support.git(root, "checkout", "-q", "main")
    call("start", "3.2")
    commit("Nhánh huyện", "2023-11-03T08:00:00+07:00")
    support.git(root, "merge", "-q", "--no-edit", "xa")
    plain = call("log").stdout
    edit('title: "Tuyên truyền VNeID"', 'title: "Tuyên truyền"')
    support.git(root, "commit", "-qa", "--amend", "-m", "Gộp và sửa")
    edited = call("log").stdout

    assert [line.split("  ")[3] for line in plain.splitlines() if line[0] != " "] == [
        "Nhánh huyện",
        "Nhánh xã",
        "Kế hoạch",
    ]
    assert "Chỉ đổi cách viết" not in plain
    assert edited.splitlines()[0].endswith("  Gộp và sửa")
    assert edited.splitlines()[1] == (
        "  Mô hình 2 (STT 4) Tuyên truyền: tên “Tuyên truyền VNeID” → “Tuyên truyền”"
    )
    assert edited.count("tên “") == 1


@pytest.fixture
def forked(root, small, commit, call):
    """Two branches: `xa` marks step 8.1 and extends 2, `main` begins step 3.2; `main` is checked out."""
    commit("Kế hoạch", "2023-11-01T08:00:00+07:00")
    support.git(root, "checkout", "-q", "-b", "xa")
    call("done", "8.1", "--by", "CAX", "--evidence", "45/BC", "--date", "2023-11-02")
    call("extend", "2", "2024-02-29", "--document", "15/QĐ", "--decided", "2023-11-02")
    commit("Nhánh xã", "2023-11-02T08:00:00+07:00")
    support.git(root, "checkout", "-q", "main")
    call("start", "3.2", "--date", "2023-11-03")
    commit("Nhánh huyện", "2023-11-03T08:00:00+07:00")
    return root


LOST = [
    (
        "  khi gộp đã mất: Mô hình 8 (STT 5) Rà soát dân cư, bước 1: "
        "Hoàn thành 02/11/2023 – CAX – 45/BC → Chưa thực hiện"
    ),
    f"  khi gộp đã mất: {FLYER}: thời hạn 29/02/2024 → 30/12/2023 (gia hạn lần 1) – 15/QĐ",
]


@pytest.mark.parametrize("how", [["-s", "ours"], ["--no-commit"]], ids=["ours", "by hand"])
def test_what_a_merge_lost_of_one_side_is_reported(forked, small, call, how):
    ours = small.read_bytes()
    support.git(forked, "merge", "-q", "-m", "Gộp", *how, "xa")
    if how == ["--no-commit"]:
        small.write_bytes(ours.replace("lưu động".encode(), "lưu động,".encode()))
        support.git(forked, "commit", "-qam", "Gộp")
    told = call("log").stdout.split("  Gộp\n")[1].splitlines()

    assert any("lưu động,”" in line for line in told) == (how == ["--no-commit"])
    assert sorted(line for line in told if "đã mất" in line) == sorted(LOST)
    rows = json.loads(call("log", "--format", "json").stdout)["changes"]
    lost = [row for row in rows if row["kind"] == "lost"]
    assert {(row["model"], row["step"], row["field"]) for row in lost} == {
        (8, 1, "progress"),
        (2, None, "extensions"),
    }
    mark = next(row for row in lost if row["model"] == 8)
    assert (mark["before"]["evidence"], mark["after"], mark["subject"]) == ("45/BC", None, "Gộp")
    assert "đã mất" in call("log", "--agency", "CAX").stdout


def test_what_a_merge_lost_of_its_own_branch_is_reported_too(forked, call):
    support.git(forked, "merge", "-q", "--no-commit", "-s", "ours", "xa")
    support.git(forked, "checkout", "-q", "xa", "--", "data")
    support.git(forked, "commit", "-qm", "Gộp")

    (line,) = [line for line in call("log").stdout.splitlines() if "đã mất" in line]
    assert line == (
        f"  khi gộp đã mất: {HEALTH}, bước 2: Đang thực hiện 03/11/2023 → Chưa thực hiện"
    )


def test_a_side_given_up_in_a_conflict_is_reported(forked, small, call, commit):
    call("block", "8.1", "--note", "chờ", "--date", "2023-11-04")
    commit("Vướng", "2023-11-04T08:00:00+07:00")
    ours = small.read_bytes()
    with pytest.raises(subprocess.CalledProcessError):
        support.git(forked, "merge", "-q", "xa")
    small.write_bytes(ours)
    commit("Gộp", "2023-11-05T08:00:00+07:00")

    told = call("log").stdout.split("  Gộp\n")[1].splitlines()
    assert (
        "  khi gộp đã mất: Mô hình 8 (STT 5) Rà soát dân cư, bước 1: "
        "Hoàn thành 02/11/2023 – CAX – 45/BC → Vướng mắc 04/11/2023 – chờ"
    ) in told


def test_a_merge_with_conflict_markers_is_reported_as_unreadable(forked, small, call, commit):
    call("block", "8.1", "--note", "chờ", "--date", "2023-11-04")
    commit("Vướng", "2023-11-04T08:00:00+07:00")
    ours = small.read_bytes()
    with pytest.raises(subprocess.CalledProcessError):
        support.git(forked, "merge", "-q", "xa")
    commit("Gộp", "2023-11-05T08:00:00+07:00")
    small.write_bytes(ours)
    told = call("log").stdout.split("  Gộp\n")[1].splitlines()

    assert told[0] == "  Tệp ở phiên bản này không hợp lệ nên không so sánh được."


def test_a_history_that_is_cut_says_so_and_claims_no_beginning(story, root, tmp_path, call):
    support.git(tmp_path, "clone", "-q", "--depth", "3", f"file://{root}", "ban-sao")
    copy = ["--data", "ban-sao/data/models.yaml"]
    answer = call("log", *copy)

    begins = "Bản sao rút gọn của kho git bắt đầu từ đây; không có bản trước để so sánh."
    broken = "Tệp ở phiên bản này không hợp lệ nên không so sánh được."
    assert answer.returncode == 0
    assert [line.strip() for line in answer.stdout.splitlines() if line[0] == " "] == [
        "Chỉ thay đổi cách trình bày trong tệp, nội dung không đổi.",
        begins,
        broken,
    ]
    assert answer.stderr == (
        "Kho git này là bản sao rút gọn: các thay đổi cũ hơn không có ở đây.\n"
    )
    rows = json.loads(call("log", "--format", "json", *copy).stdout)["changes"]
    assert rows == []
    support.git(tmp_path, "clone", "-q", "--depth", "5", f"file://{root}", "ban-sao-2")
    told = call("log", "--data", "ban-sao-2/data/models.yaml").stdout
    assert told.startswith("".join(entries(story)[:4]))
    assert told.splitlines()[-1] == f"  {begins}"
    assert call("list", "--rev", "HEAD~1", *copy).returncode == 0
    for beyond in ("HEAD~3", full_id(root, story["Kế hoạch"]), "2020-01-01"):
        answer = call("list", "--rev", beyond, *copy)
        assert (answer.returncode, answer.stdout) == (3, "")
        assert "bản sao rút gọn" in answer.stderr


# Days as revisions ----------------------------------------------------------------------------------


@pytest.fixture
def days(root, small, call, monkeypatch) -> dict[str, str]:
    """Three days of a plan, by the clock of the committer: step 8.1 begins, is done, is done again."""
    ids = {}
    for when, command in {
        "2023-11-01T08:00:00+07:00": ["start", "8.1", "--date", "2023-11-01"],
        "2023-11-30T23:59:59+07:00": ["done", "8.1", "--date", "2023-11-30"],
        "2023-12-05T08:00:00+07:00": ["done", "8.1", "--date", "2023-12-04"],
    }.items():
        assert call(*command).returncode == 0
        monkeypatch.setenv("GIT_COMMITTER_DATE", when)
        support.git(root, "add", "data")
        subprocess.run(["git", "commit", "-qm", when], cwd=root, check=True)
        ids[when[:10]] = support.git(root, "rev-parse", "HEAD").strip()
    return ids


@pytest.mark.parametrize("typed", ["30/11/2023", "2023-11-30", "1-12-2023", "4/12/2023"])
def test_a_day_as_revision_is_the_file_committed_at_its_end(days, call, typed):
    answer = call("show", "8", "--rev", typed, "--format", "json")
    shown = json.loads(answer.stdout)

    assert answer.returncode == 0
    assert shown["plans"][0]["revision"] == days["2023-11-30"]
    assert shown["models"][0]["steps"][0]["date"] == "2023-11-30"
    assert shown["as_of"] == str(typed_day(typed))
    later = json.loads(
        call("list", "--rev", typed, "--as-of", "2024-01-02", "--format", "json").stdout
    )
    assert (later["as_of"], later["plans"][0]["revision"]) == ("2024-01-02", days["2023-11-30"])


def test_every_command_that_takes_a_revision_takes_a_day(days, call):
    log = json.loads(call("log", "--rev", "30/11/2023", "--format", "json").stdout)
    assert (log["as_of"], log["plans"][0]["revision"]) == ("2023-11-30", days["2023-11-30"])
    assert [row["revision"] for row in log["changes"]] == [days["2023-11-30"], days["2023-11-01"]]
    check = json.loads(call("check", "--rev", "29/11/2023", "--format", "json").stdout)
    assert (check["as_of"], check["plans"][0]["revision"]) == ("2023-11-29", days["2023-11-01"])
    assert call("diff", "29/11/2023", "30/11/2023").stdout == (
        "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: "
        "Đang thực hiện 01/11/2023 → Hoàn thành 30/11/2023\n"
    )
    assert call("list", "--rev", "hôm qua", "--format", "json").returncode == 0


def test_a_name_that_git_knows_comes_before_the_day(days, call, root):
    support.git(root, "tag", "30/11/2023", days["2023-11-01"])
    shown = json.loads(call("list", "--rev", "30/11/2023", "--format", "json").stdout)

    assert (shown["plans"][0]["revision"], shown["as_of"]) == (days["2023-11-01"], "2024-01-11")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "31/10/2023",
            "Kho git không có phiên bản nào đến hết ngày 31/10/2023. Xem git log.",
        ),
        ("31/11/2023", "Không có ngày 31/11/2023."),
        ("30/11", "“30/11” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay."),
        ("v9", "Kho git không có phiên bản “v9”. Xem git log."),
    ],
)
def test_a_revision_that_is_neither_known_nor_a_day_is_refused(days, call, typed, said):
    for command in (["list", "--rev", typed], ["diff", typed]):
        answer = call(*command)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr == f"Lỗi: {said}\n"


def test_the_day_is_that_of_the_plans_time_zone(days, call, small):
    text = small.read_text("utf-8")
    small.write_text(text.replace("Asia/Ho_Chi_Minh", "Pacific/Kiritimati", 1), "utf-8")
    shown = json.loads(call("list", "--rev", "30/11/2023", "--format", "json").stdout)

    assert shown["plans"][0]["revision"] == days["2023-11-01"]


def test_as_of_says_how_to_see_what_later_marks_took_the_place_of(days, call, root):
    told = call("list", "--as-of", "1/12/2023").stderr

    assert told.splitlines() == [
        "3 tiến độ hoặc gia hạn sau ngày 01/12/2023 không được tính.",
        (
            "Tệp hiện nay không còn giữ tình trạng trước đó của các bước này. "
            "Xem tệp đã lưu đến hết ngày đó: --rev 01/12/2023."
        ),
    ]
    assert call("list", "--as-of", "10/1/2024").stderr == ""
    assert call("list", "--rev", "HEAD", "--as-of", "1/12/2023").stderr.count("\n") == 1
    (root / ".git").rename(root / "không phải kho")
    assert call("list", "--as-of", "1/12/2023").stderr.count("\n") == 1


def test_a_history_that_began_broken_begins_with_the_first_plan(root, small, commit, edit, call):
    edit("lead: [TTYT]", "lead: [TTYT")
    commit("Hỏng từ đầu", "2023-11-01T08:00:00+07:00")
    edit("lead: [TTYT", "lead: [TTYT]")
    commit("Sửa", "2023-11-02T08:00:00+07:00")

    told = [line for line in call("log").stdout.splitlines() if line[0] == " "]
    assert told == [
        "  Kế hoạch: thêm vào",
        "  Tệp ở phiên bản này không hợp lệ nên không so sánh được.",
    ]


def test_the_log_goes_on_from_a_subfolder_and_past_changes_of_other_files(
    story, call, root, monkeypatch
):
    (root / "ghi-chú.txt").write_text("x", "utf-8")
    support.git(root, "add", ".")
    support.git(root, "commit", "-q", "-m", "Việc khác")
    monkeypatch.chdir(root / "data")

    assert call("log").stdout == "".join(entries(story))


def test_the_users_own_settings_of_git_change_nothing(story, call, root):
    for name, value in {
        "log.showRoot": "false",
        "log.showSignature": "true",
        "log.decorate": "full",
        "color.ui": "always",
        "diff.renames": "false",
        "format.pretty": "oneline",
        "i18n.logOutputEncoding": "latin-1",
    }.items():
        support.git(root, "config", name, value)

    assert call("log").stdout == "".join(entries(story))


def test_what_others_wrote_in_git_does_not_control_the_terminal(root, small, commit, call):
    commit("Kế\x1b[31m hoạch", "2023-11-01T08:00:00+07:00", "A\x1b]0;x\x07n <an@example.vn>")

    told = call("log").stdout
    assert told.replace("\n", "").isprintable()
    assert told.splitlines()[0].startswith("01/11/2023 08:00  A ]0;x n  ")


# diff -----------------------------------------------------------------------------------------------


def test_diff_compares_the_last_commit_with_the_file(story, call, edit):
    call("block", "8.1", "--note", "chờ")
    edit('title: "Tuyên truyền VNeID"', 'title: "Tuyên truyền"')
    answer = call("diff")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "Mô hình 2 (STT 4) Tuyên truyền: tên “Tuyên truyền VNeID” → “Tuyên truyền”\n"
        "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: Chưa thực hiện → Vướng mắc 11/01/2024 – chờ\n"
    )


def test_diff_of_a_revision_compares_it_with_the_file(story, call):
    call("block", "8.1", "--note", "chờ")

    assert call("diff", story["Thêm mô hình"]).stdout == (
        "Mô hình 4 Đường dây nóng, bước 1: Chưa thực hiện → Đang thực hiện 05/12/2023\n"
        "Mô hình 8 (STT 5) Rà soát dân cư, bước 1: Chưa thực hiện → Vướng mắc 11/01/2024 – chờ\n"
    )


def test_diff_of_two_revisions_compares_them_in_the_order_given(story, call):
    call("block", "8.1", "--note", "chờ")
    older, newer = story["Vai trò, lời văn"], "HEAD"
    office = "Đơn vị VPX: tên gọi"

    assert call("diff", older, newer).stdout == (
        f"{office} “Văn phòng UBND xã” → “Văn phòng”\nMô hình 4 Đường dây nóng: thêm vào\n"
    )
    assert call("diff", newer, older).stdout == (
        f"{office} “Văn phòng” → “Văn phòng UBND xã”\nMô hình 4 Đường dây nóng: bỏ đi\n"
    )


def test_diff_at_a_revision_takes_that_in_place_of_the_file(story, call):
    call("block", "8.1", "--note", "chờ")
    first, second = story["Kế hoạch"], story["Gia hạn"]

    assert call("diff", first, "--rev", second).stdout == call("diff", first, second).stdout != ""
    assert call("diff", "--rev", second).stdout == call("diff", "HEAD", second).stdout != ""


def test_diff_as_of_a_day_leaves_out_what_came_later(story, call):
    call("block", "8.1", "--note", "chờ", "--date", "2024-01-10")
    call("start", "7.2", "--date", "2024-01-02")
    answer = call("diff", "--as-of", "2024-01-05")

    assert answer.stdout == (
        f"{CARD}, bước 2: Vướng mắc 20/12/2023 – máy hỏng → Đang thực hiện 02/01/2024\n"
    )
    assert answer.stderr == "1 tiến độ hoặc gia hạn sau ngày 05/01/2024 không được tính.\n"


def test_diff_of_an_agency(story, call):
    call("block", "8.1", "--note", "chờ")
    call("start", "7.2")

    assert call("diff", "--agency", "vpx").stdout.startswith(f"{CARD}, bước 2: ")
    assert call("diff", "--agency", "TTYT").stdout.count("\n") == 1


def test_diff_as_json(story, call):
    call("extend", "3", "2024-02-29")
    answer = json.loads(call("diff", "--format", "json").stdout)

    assert answer == {
        "version": 1,
        "as_of": "2024-01-11",
        "plans": [
            {
                "code": "TANKHAI",
                "title": "Kế hoạch xã Tân Khai",
                "data": "data/models.yaml",
                "revision": None,
            }
        ],
        "changes": [
            {
                "plan": "TANKHAI",
                "kind": "deadline",
                "model": 3,
                "stt": 2,
                "step": None,
                "agency": None,
                "field": "extensions",
                "before": [],
                "after": [
                    {"to": "2024-02-29", "decided": "2024-01-11", "document": None, "reason": None}
                ],
                "revision": None,
                "author": None,
                "date": None,
                "subject": None,
            }
        ],
    }
    two = json.loads(call("diff", "HEAD~1", "HEAD", "--format", "json").stdout)
    assert (len(two["plans"][0]["revision"]), two["changes"]) == (40, [])


def test_nothing_that_differs_is_nothing_in_a_pipe_and_a_line_where_asked(story, call, terminal):
    assert (call("diff").stdout, call("log", "--since", "today").stdout) == ("", "")
    assert call("diff", "--format", "table").stdout == "Không có thay đổi nào.\n"
    assert terminal("diff").stdout == "Không có thay đổi nào.\n"


# Refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["diff", "v9"], 2, "Kho git không có phiên bản “v9”. Xem git log."),
        (["diff", "HEAD", "v9"], 2, "Kho git không có phiên bản “v9”. Xem git log."),
        (["diff", ""], 2, "Kho git không có phiên bản “”. Xem git log."),
        (["log", "--rev", "v9"], 2, "Kho git không có phiên bản “v9”. Xem git log."),
        (["diff", "HEAD", "HEAD", "HEAD"], 2, "diff so sánh nhiều nhất hai phiên bản."),
        (
            ["diff", "HEAD", "HEAD", "--rev", "HEAD"],
            2,
            "diff so sánh nhiều nhất hai phiên bản.",
        ),
        (
            ["log", "--since", "hôm kia"],
            2,
            ("“hôm kia” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay."),
        ),
        (["log", "--data", "thieu.yaml"], 3, None),
        (["log", "--format", "csv"], 2, "Giá trị của --format phải là một trong: table, json."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_can_not_be_compared_is_refused(story, call, command, code, said):
    answer = call(*command)

    assert (answer.returncode, answer.stdout) == (code, "")
    assert said is None or answer.stderr == f"Lỗi: {said}\n"


def test_an_unknown_agency_is_refused(story, call):
    for command in ("log", "diff"):
        answer = call(command, "--agency", "CA")
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "CAX  Công an xã" in answer.stderr


def test_a_broken_revision_is_reported_with_its_findings(story, call):
    answer = call("diff", story["Hỏng"])

    assert (answer.returncode, answer.stdout) == (3, "")
    assert f"\n{story['Hỏng']}:data/models.yaml:" in answer.stderr


@support.needs_git
@pytest.mark.parametrize("command", ["log", "diff"])
def test_without_a_repository_there_is_no_history(small, call, command, tmp_path):
    answer = call(command)

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == f"Lỗi: {tmp_path / 'data'} không nằm trong một kho git.\n"


@pytest.mark.parametrize(
    "command", [["log"], ["log", "--format", "json"], ["diff"], ["diff", "HEAD~1"]]
)
def test_a_repository_without_a_commit_has_no_history(root, call, command):
    answer = call(*command)

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        "Lỗi: git báo lỗi: fatal: your current branch 'main' does not have any commits yet\n"
    )


def test_a_file_that_was_never_committed_has_an_empty_history(root, call):
    support.git(root, "commit", "-q", "--allow-empty", "-m", "Trống")
    answer = call("diff")

    assert (call("log").returncode, call("log").stdout) == (0, "")
    assert (answer.returncode, answer.stderr) == (
        3,
        "Lỗi: Phiên bản HEAD không có tệp data/models.yaml.\n",
    )


def test_without_git_there_is_no_history(story, call, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    answer = call("log")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == (
        "Lỗi: Không tìm thấy git trên máy này. Hãy cài git (git-scm.com) rồi mở cửa sổ dòng lệnh mới; "
        "không có git vẫn xem, ghi nhận, xuất và nhập Excel được.\n"
    )


# What is asked for, and how a person sees it ------------------------------------------------------


def subjects(answer: support.Run) -> list[str]:
    heads = (line for line in answer.stdout.splitlines() if not line.startswith(" "))
    return [line.split("  ")[3] for line in heads]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["4"], ["Sửa lại", "Hỏng", "Thêm mô hình"]),
        (["4.1"], ["Sửa lại", "Hỏng"]),
        (["3.2"], ["Hỏng", "Báo cáo"]),
        (["3.2", "2"], ["Hỏng", "Gia hạn", "Báo cáo"]),
        (["--author", "NGUYEN"], ["Kế hoạch"]),
        (["--author", "BINH", "--until", "2023-12-01"], ["Gia hạn", "Báo cáo"]),
        (["--since", "2023-12-01", "--until", "2023-12-02"], ["Vai trò, lời văn", "Gia hạn"]),
        (["--author", "Dung"], []),
    ],
)
def test_log_of_what_is_asked_for(story, call, typed, told):
    assert subjects(call("log", *typed)) == told


def test_log_of_a_step_tells_nothing_else(story, call):
    shown = call("log", "3.2", "--since", "2023-11-20", "--until", "2023-11-30").stdout

    assert [line.split(":")[0] for line in shown.splitlines()[1:]] == [f"  {HEALTH}, bước 2"]


def test_log_of_an_unknown_model_is_refused(story, call):
    assert call("log", "99").returncode == 2


def test_diff_since_a_day_begins_before_it(root, small, call, monkeypatch):
    def committed(subject: str, when: str) -> None:
        monkeypatch.setenv("GIT_COMMITTER_DATE", when)
        subprocess.run(
            ["git", "commit", "-qam", subject, "--date", when],
            cwd=root,
            env={**support.environment(root), "GIT_COMMITTER_DATE": when},
            check=True,
        )

    support.git(root, "add", "data")
    committed("Kế hoạch", "2023-11-01T08:00:00+07:00")
    call("start", "7.2", "--date", "2023-11-20")
    committed("Một", "2023-11-20T08:00:00+07:00")
    call("start", "3.1", "--date", "2023-11-21")
    committed("Hai", "2023-11-21T08:00:00+07:00")

    assert call("diff", "--since", "21/11/2023").stdout.count("\n") == 1
    assert call("diff", "--since", "20/11/2023").stdout.count("\n") == 2
    assert call("diff", "--since", "20/11/2023", "HEAD~1").stdout.count("\n") == 1
    assert call("diff", "--since", "01/11/2023").returncode == 2
    assert call("diff", "--since", "20/11/2023", "HEAD~1", "HEAD").returncode == 2


def test_a_person_sees_who_and_when_by_commit_and_model(story, terminal):
    shown = terminal("log", "3", "--until", "2023-11-30", TERM="dumb").stdout

    assert shown == (
        f"22/11/2023 06:30  Trần Thị Bình  {story['Báo cáo']}  Báo cáo\n"
        f"  {HEALTH}\n"
        "    bước 1: Đang thực hiện → Hoàn thành 20/11/2023 – TTYT – 12/BC\n"
        "    bước 2: Hoàn thành 20/11/2023 – TTYT – 12/BC\n"
        "\n"
    )


def test_steps_of_one_mark_stand_on_one_line(story, call, terminal):
    call("reset", "3.1", "3.2")

    assert terminal("diff", TERM="dumb").stdout == (
        f"So với 06/12/2023 09:00  Trần Thị Bình  {story['Chú thích']}\n"
        f"{HEALTH}\n"
        "  bước 1–2: Hoàn thành 20/11/2023 – TTYT – 12/BC → Chưa thực hiện\n"
    )  # fmt: skip


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", [["log"], ["diff", "HEAD~6"]])
def test_nothing_that_a_person_sees_is_too_wide(story, terminal, columns, command):
    shown = terminal(*command, columns=columns, TERM="dumb").stdout

    assert shown
    assert [line for line in shown.splitlines() if len(line) > columns] == []


def test_colours_mean_something(story, terminal):
    shown = terminal("log", "3", "--until", "2023-11-30").stdout

    assert "\x1b[38;5;28mHoàn thành 20/11/2023" in shown
