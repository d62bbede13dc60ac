"""The committed states of a data file, as a real git tells them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import support

from de06cli.errors import RefusedValue, UnreadableData
from de06cli.plan.committed.git import Repository
from de06cli.plan.committed.git_call import Git
from de06cli.plan.committed.git_log import Commit, read_log

Write = Callable[..., str]
ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture(autouse=True)
def nobody_in_particular(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git without the settings of the user who runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty repository."""
    path = tmp_path / "kho"
    path.mkdir()
    support.git(path, "init", "-q", "-b", "main")
    return path


@pytest.fixture
def write(root: Path) -> Write:
    """Writes and commits a file of the repository; returns the commit's id."""

    def write(text: str, name: str = "data/models.yaml", message: str = "sửa") -> str:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        return commit(root, message)

    return write


def commit(root: Path, message: str) -> str:
    support.git(root, "add", "-A")
    support.git(root, "commit", "-q", "-m", message)
    return support.git(root, "rev-parse", "HEAD").strip()


def around(path: Path) -> Repository:
    return Repository.around(path, os.environ)


def committed(path: Path, revision: str) -> tuple[bytes, str]:
    """The bytes of the file in a revision, and the full id of that commit."""
    repository = around(path)
    found = repository.committed(repository.commit(revision), revision)
    return found.data, found.commit


def commit_of_day(path: Path, day: date, timezone: str) -> str | None:
    return around(path).commit_of_day(day, timezone)


def plan_of(root: Path, name: str = "data/models.yaml") -> Repository:
    return around(root / name)


def brief(commits: list[Commit]) -> list[tuple[str, str | None, str]]:
    """Each commit's subject, with the file's path before and in it."""
    return [(one.subject, one.path_before, one.path) for one in commits]


# Finding the repository ---------------------------------------------------------------------------


def test_the_repository_around_a_file_is_found(root: Path, write: Write) -> None:
    write("a")
    assert plan_of(root) == Repository(root, "data/models.yaml", Git(os.environ))


def test_a_file_need_not_exist_to_lie_in_a_repository(root: Path) -> None:
    assert plan_of(root, "b/c/models.yaml") == Repository(root, "b/c/models.yaml", Git(os.environ))


@pytest.mark.parametrize(
    "name",
    [
        "data/models.yaml",
        "Kế hoạch 2023/đề án 06.yaml",
        "Ke\u0302\u0301 hoa\u0323ch/a.yaml",
        "[2023] *?/:(top)a.yaml",
        ":!a.yaml",
        "-n/--help.yaml",
        'a "b"\\c/d\te.yaml',
        "a\nb/c.yaml",
        " a /b .yaml",
        "\udcff/\udcfe.yaml",  # the bytes FF and FE, which are no UTF-8
    ],
    ids=ascii,
)
def test_a_file_of_any_name_is_read_from_its_history(root: Path, write: Write, name: str) -> None:
    if os.name == "nt" and (set(name) & set('*?:"\\\t\n\udcff') or " /" in name):
        pytest.skip("no name for a file on Windows")
    other = "b/" + Path(name).name
    first = write("một", other, "thêm")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / other).rename(root / name)
    second = commit(root, "đổi tên")
    third = write("hai", name, "sửa")

    repository = around(root / name)
    assert repository == Repository(root, name, Git(os.environ))
    assert brief(repository.history()) == [
        ("sửa", name, name),
        ("đổi tên", other, name),
        ("thêm", None, other),
    ]
    states = [committed(root / name, each)[0] for each in (first, second, third)]
    assert states == ["một".encode(), "một".encode(), b"hai"]


def test_a_repository_may_lie_anywhere(tmp_path: Path) -> None:
    root = tmp_path / "Đề án 06 – “huyện”" / ("a b" if os.name == "nt" else "a\nb")
    root.mkdir(parents=True)
    support.git(root, "init", "-q")
    (root / "a.yaml").write_text("a")
    commit(root, "thêm")
    assert committed(root / "a.yaml", "HEAD")[0] == b"a"


def test_a_link_is_followed_to_the_file_that_it_names(
    root: Path, write: Write, tmp_path: Path
) -> None:
    write("a")
    link = tmp_path / "b.yaml"
    support.symlink(link, root / "data" / "models.yaml")
    assert around(link) == Repository(root, "data/models.yaml", Git(os.environ))


@support.needs_git
def test_a_file_outside_of_any_repository_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UnreadableData) as raised:
        committed(tmp_path / "data" / "models.yaml", "HEAD")
    assert str(raised.value) == f"{tmp_path} không nằm trong một kho git."


def test_a_file_in_a_bare_repository_is_in_no_working_tree(tmp_path: Path) -> None:
    support.git(tmp_path, "init", "-q", "--bare", "a.git")
    with pytest.raises(UnreadableData) as raised:
        around(tmp_path / "a.git" / "models.yaml")
    assert str(raised.value) == f"{tmp_path / 'a.git'} không nằm trong một kho git."


def test_a_repository_of_another_user_is_reported_as_such(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UnreadableData) as raised:
        plan_of(root)
    assert str(raised.value) == (
        f"Kho git chứa {root / 'data'} thuộc về người dùng khác nên git không đọc. "
        "Nếu tin người đó thì gõ một lần lệnh mà git nêu:\n"
        f"git config --global --add safe.directory {root}"
    )


@pytest.mark.parametrize("executable", [False, True], ids=["no git", "a git that can't be run"])
def test_a_machine_without_git_is_reported(
    root: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: bool
) -> None:
    write("a")
    programs = tmp_path / "bin"
    programs.mkdir()
    if executable:
        (programs / "git").write_text("#!/bin/sh\n")
        (programs / "git").chmod(0o644)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(UnreadableData) as raised:
        plan_of(root)
    assert str(raised.value) == (
        "Không tìm thấy git trên máy này. Hãy cài git (git-scm.com) rồi mở cửa sổ dòng lệnh mới; "
        "không có git vẫn xem, ghi nhận, xuất và nhập Excel được."
    )


# Revisions ----------------------------------------------------------------------------------------


def test_a_revision_is_named_as_git_names_it(root: Path, write: Write) -> None:
    first, second = write("a"), write("b", message="sửa lần hai")
    support.git(root, "tag", "-a", "bản-1", "-m", "bản 1", first)
    support.git(root, "branch", "nhánh", second)
    repository = plan_of(root)
    for name in ("HEAD~1", "HEAD^", first, first[:8], "bản-1", "main~1", "nhánh~"):
        assert repository.commit(name) == first
    for name in ("HEAD", "HEAD^{/sửa}", ":/sửa lần", "@{0}"):
        assert repository.commit(name) == second


@pytest.mark.parametrize(
    "name",
    [
        "không-có",
        "HEAD~7",
        "0" * 40,
        "",
        " ",
        "--all",
        "-n1",
        "HEAD:data/models.yaml",
        "a b",
        "^HEAD",
    ],
)
def test_a_revision_that_is_none_is_refused(root: Path, write: Write, name: str) -> None:
    write("a")
    with pytest.raises(RefusedValue) as raised:
        committed(root / "data" / "models.yaml", name)
    assert str(raised.value) == f"Kho git không có phiên bản “{name}”. Xem git log."
    assert raised.value.exit_code == 2


def test_a_repository_without_commits_says_so_in_gits_words(root: Path) -> None:
    (root / "models.yaml").write_text("a")
    repository = plan_of(root, "models.yaml")
    for ask in (
        lambda: repository.commit("HEAD"),
        lambda: repository.commit("@~1"),
        repository.history,
        lambda: repository.commit_of_day(date(2024, 1, 1), ZONE),
    ):
        with pytest.raises(UnreadableData) as raised:
            ask()
        assert str(raised.value) == (
            "git báo lỗi: fatal: your current branch 'main' does not have any commits yet"
        )
    with pytest.raises(RefusedValue):
        repository.commit("v9")


# Days ----------------------------------------------------------------------------------------------


def dated(root: Path, when: str) -> str:
    """Commits something at this moment, by the clock of who wrote it a month before."""
    environment = support.environment(
        root, GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE="2023-10-01T00:00:00Z"
    )
    subprocess.run(
        ["git", "commit", "-q", "--allow-empty", "-m", when], cwd=root, env=environment, check=True
    )
    return support.git(root, "rev-parse", "HEAD").strip()


def test_the_commit_of_a_day_is_the_last_before_its_end_in_the_zone(root: Path) -> None:
    early = dated(root, "2023-11-29T12:00:00+07:00")
    late = dated(root, "2023-11-30T23:59:59+07:00")
    after = dated(root, "2023-12-01T00:00:00+07:00")
    path = root / "data" / "models.yaml"
    days = {day: commit_of_day(path, date(2023, 11, day), ZONE) for day in (28, 29, 30)}
    assert days == {28: None, 29: early, 30: late}
    assert commit_of_day(path, date(2023, 12, 1), ZONE) == after
    assert commit_of_day(path, date(2023, 11, 30), "UTC") == after
    assert commit_of_day(path, date(2023, 11, 30), "Pacific/Kiritimati") == early
    assert commit_of_day(path, date(2099, 1, 1), ZONE) == after
    assert commit_of_day(path, date(1960, 1, 1), ZONE) is None


def test_the_commit_of_a_day_is_on_the_line_of_first_parents(root: Path) -> None:
    base = dated(root, "2023-11-01T12:00:00+07:00")
    support.git(root, "checkout", "-q", "-b", "nhánh")
    dated(root, "2023-11-10T12:00:00+07:00")
    support.git(root, "checkout", "-q", "main")
    support.git(root, "merge", "-q", "--no-ff", "-m", "gộp", "nhánh")
    path = root / "models.yaml"
    assert commit_of_day(path, date(2023, 11, 20), ZONE) == base


# The file in a revision ---------------------------------------------------------------------------


def test_the_committed_bytes_come_with_the_whole_id(root: Path, write: Write) -> None:
    first = write("\ufeffplan:\r\n  # đề án\r\n")
    write("plan:\n")
    (root / "data" / "models.yaml").write_text("not committed")
    path = root / "data" / "models.yaml"
    assert committed(path, "HEAD~1") == (
        b"\xef\xbb\xbfplan:\r\n  # \xc4\x91\xe1\xbb\x81 \xc3\xa1n\r\n",
        first,
    )
    assert committed(path, "HEAD")[0] == b"plan:\n"


def test_an_empty_file_is_a_file(root: Path, write: Write) -> None:
    first = write("")
    write("plan:\n")
    assert committed(root / "data" / "models.yaml", first) == (b"", first)


@pytest.mark.parametrize("written", [True, False], ids=["written", "not even written"])
def test_a_file_that_was_never_committed_is_reported(
    root: Path, write: Write, written: bool
) -> None:
    write("a", "README")
    if written:
        (root / "models.yaml").write_text("plan:\n")
    with pytest.raises(UnreadableData) as raised:
        committed(root / "models.yaml", "HEAD")
    assert str(raised.value) == "Phiên bản HEAD không có tệp models.yaml."
    assert raised.value.exit_code == 3


def test_a_file_that_came_later_is_not_in_the_revision(root: Path, write: Write) -> None:
    write("a", "README")
    write("plan:\n")
    with pytest.raises(UnreadableData) as raised:
        committed(root / "data" / "models.yaml", "HEAD~1")
    assert str(raised.value) == "Phiên bản HEAD~1 không có tệp data/models.yaml."


def test_a_folder_of_the_files_name_is_no_file(root: Path, write: Write) -> None:
    write("a", "data/models.yaml/a.txt")
    with pytest.raises(UnreadableData):
        committed(root / "data" / "models.yaml", "HEAD")


def test_a_file_is_found_under_the_names_that_it_had(root: Path, write: Write) -> None:
    lines = "".join(f"dòng {number}\n" for number in range(20))
    first = write(lines, "a.yaml", "thêm")
    support.git(root, "mv", "a.yaml", "b.yaml")
    second = commit(root, "đổi tên")
    (root / "data").mkdir()
    support.git(root, "mv", "b.yaml", "data/models.yaml")
    (root / "data" / "models.yaml").write_text(lines + "dòng cuối\n", "utf-8")
    third = commit(root, "dời và sửa")

    repository = plan_of(root)
    assert [repository.path_in(each) for each in (first, second, third)] == [
        "a.yaml",
        "b.yaml",
        "data/models.yaml",
    ]
    assert committed(root / "data" / "models.yaml", first) == (lines.encode(), first)
    assert brief(repository.history()) == [
        ("dời và sửa", "b.yaml", "data/models.yaml"),
        ("đổi tên", "a.yaml", "b.yaml"),
        ("thêm", None, "a.yaml"),
    ]
    assert brief(repository.history(second)) == brief(repository.history())[1:]


def test_a_copy_of_another_file_begins_with_itself(root: Path, write: Write) -> None:
    lines = "".join(f"dòng {number}\n" for number in range(20))
    first = write(lines, "a.yaml", "thêm")
    write(lines + "của b\n", "b.yaml", "chép")
    write(lines + "của b, sửa\n", "b.yaml", "sửa")

    repository = plan_of(root, "b.yaml")
    assert repository.path_in(first) is None
    assert brief(repository.history()) == [("sửa", "b.yaml", "b.yaml"), ("chép", None, "b.yaml")]


@pytest.mark.parametrize("reused", [False, True])
def test_a_branch_that_knows_nothing_of_a_rename_keeps_its_commits(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch, reused: bool
) -> None:
    def at(day: int) -> None:
        monkeypatch.setattr(support, "environment", lambda home: {
            **environment(home), "GIT_COMMITTER_DATE": f"2024-01-{day:02}T08:00:00+07:00"
        })  # fmt: skip

    environment = support.environment
    at(1)
    write(BASE, "a.yaml", "gốc")
    support.git(root, "checkout", "-q", "-b", "nhánh")
    at(3)
    write(BASE.replace("3\n", "ba\n", 1), "a.yaml", "của họ")
    support.git(root, "checkout", "-q", "main")
    at(2)
    support.git(root, "mv", "a.yaml", "b.yaml")
    commit(root, "đổi tên")
    at(4)
    support.git(root, "merge", "-q", "-m", "gộp", "nhánh")
    if reused:
        at(5)
        write("khác hẳn\n", "a.yaml", "tệp khác")

    assert brief(plan_of(root, "b.yaml").history()) == [
        ("gộp", "b.yaml", "b.yaml"),
        ("của họ", "a.yaml", "a.yaml"),
        ("đổi tên", "a.yaml", "b.yaml"),
        ("gốc", None, "a.yaml"),
    ]


# History ------------------------------------------------------------------------------------------


def test_a_commit_tells_who_when_and_why(root: Path, write: Write) -> None:
    first = write("a", message="Thêm kế hoạch\n\nGhi theo bản in.")
    (root / "data" / "models.yaml").write_text("b")
    support.git(
        root, "commit", "-aqm", "Bước 9.2 xong: 45/BC-CAH", "--author", "Trần Thị Bình <b@example.vn>",
        "--date", "2023-11-20T08:30:00+07:00",
    )  # fmt: skip
    second = support.git(root, "rev-parse", "HEAD").strip()
    latest, earliest = plan_of(root).history()
    assert latest == Commit(
        id=second,
        author="Trần Thị Bình",
        when="2023-11-20T08:30:00+07:00",
        subject="Bước 9.2 xong: 45/BC-CAH",
        parents=(first,),
        path="data/models.yaml",
        path_before="data/models.yaml",
        removed=False,
    )
    assert (earliest.author, earliest.subject) == ("Nguyễn Văn An", "Thêm kế hoạch")
    assert (earliest.parents, earliest.path_before) == ((), None)


@pytest.mark.skipif(os.name == "nt", reason="a program of a shell")
@pytest.mark.parametrize("file", ["packfile", "index file"])
def test_a_name_that_git_can_not_look_up_is_no_unknown_one(
    root: Path, write: Write, tmp_path: Path, file: str
) -> None:
    """Newer versions of git answer 1 for both, and say which it is."""
    write("a")
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho 'error: {file} x does not match' >&2\nexit 1\n")
    program.chmod(0o755)
    repository = plan_of(root)._replace(git=Git({"PATH": str(program.parent)}))

    with pytest.raises(UnreadableData, match=f"{file} x does not match"):
        repository.find("main")


@pytest.mark.parametrize("utc", ["Z", "+00:00"])
def test_a_moment_in_utc_is_the_same_by_every_version_of_git(utc: str) -> None:
    told = f"{'a' * 40}\0An\0002023-11-21T23:30:00{utc}\0sửa\0\0001700609400\0\0M\0a.yaml".encode()

    (listed,) = read_log(told, "a.yaml")

    assert listed.commit.when == "2023-11-21T23:30:00+00:00"
    assert listed.moment == 1_700_609_400


def test_commits_of_other_files_are_left_out(root: Path, write: Write) -> None:
    write("a", message="một")
    write("x", "README", message="hai")
    write("b", message="ba")
    assert [one.subject for one in plan_of(root).history()] == ["ba", "một"]


def test_a_file_that_was_removed_and_came_back_keeps_its_history(root: Path, write: Write) -> None:
    write("a", message="thêm")
    support.git(root, "rm", "-q", "data/models.yaml")
    commit(root, "xóa")
    write("b", message="thêm lại")
    assert [(one.subject, one.removed) for one in plan_of(root).history()] == [
        ("thêm lại", False),
        ("xóa", True),
        ("thêm", False),
    ]


@pytest.mark.parametrize(
    "message", ["a\x1eb\x1fc", "a\tb", "\x1b[31m", "0" * 40, "A\tdata/models.yaml"]
)
def test_a_subject_may_hold_anything(root: Path, write: Write, message: str) -> None:
    write("a", message=message)
    write("b", message=message)
    assert brief(plan_of(root).history()) == [
        (message, "data/models.yaml", "data/models.yaml"),
        (message, None, "data/models.yaml"),
    ]


@pytest.mark.parametrize(
    "setting",
    [
        ("log.showSignature", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("diff.renames", "false"),
        ("log.follow", "true"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("log.date", "relative"),
        ("log.decorate", "full"),
        ("diff.noprefix", "true"),
        ("core.pager", "false"),
    ],
    ids=lambda setting: setting[0],
)
def test_nobodys_settings_change_what_is_reported(
    root: Path, write: Write, setting: tuple[str, str]
) -> None:
    write("a\nb\nc\n", "kế hoạch.yaml", "thêm")
    support.git(root, "mv", "kế hoạch.yaml", "đề án.yaml")
    commit(root, "đổi tên")
    expected = plan_of(root, "đề án.yaml").history()
    assert brief(expected) == [
        ("đổi tên", "kế hoạch.yaml", "đề án.yaml"),
        ("thêm", None, "kế hoạch.yaml"),
    ]
    support.git(root, "config", *setting)
    assert plan_of(root, "đề án.yaml").history() == expected


def branched(root: Path, ours: str, theirs: str) -> None:
    """Two branches from one commit, each with its text; ours is checked out."""
    path = root / "data" / "models.yaml"
    support.git(root, "checkout", "-q", "-b", "nhánh")
    path.write_text(theirs)
    commit(root, "của họ")
    support.git(root, "checkout", "-q", "main")
    path.write_text(ours)
    commit(root, "của ta")


BASE = "".join(f"{number}\n" for number in range(20))


def test_a_merge_of_both_sides_is_listed_with_both_parents(root: Path, write: Write) -> None:
    write(BASE, message="gốc")
    branched(root, BASE.replace("2\n", "hai\n", 1), BASE.replace("18\n", "mười tám\n"))
    support.git(root, "merge", "-q", "-m", "trộn", "nhánh")
    merge, *others = plan_of(root).history()
    assert (merge.subject, len(merge.parents)) == ("trộn", 2)
    assert {one.subject for one in others} == {"của ta", "của họ", "gốc"}


def test_a_merge_that_resolves_a_conflict_is_listed(root: Path, write: Write) -> None:
    write("gốc\n", message="gốc")
    branched(root, "ta\n", "họ\n")
    with pytest.raises(subprocess.CalledProcessError):
        support.git(root, "merge", "-q", "nhánh")
    (root / "data" / "models.yaml").write_text("cả hai\n", "utf-8")
    commit(root, "trộn")
    assert plan_of(root).history()[0].subject == "trộn"


@pytest.mark.parametrize("renamed", [False, True], ids=["", "after a rename"])
def test_a_merge_that_leaves_the_file_alone_is_not_listed(
    root: Path, write: Write, renamed: bool
) -> None:
    write("a\nb\nc\n", "a.yaml" if renamed else "data/models.yaml", "thêm")
    support.git(root, "checkout", "-q", "-b", "nhánh")
    write("x", "README", "của họ")
    support.git(root, "checkout", "-q", "main")
    if renamed:
        (root / "data").mkdir()
        support.git(root, "mv", "a.yaml", "data/models.yaml")
        commit(root, "đổi tên")
    else:
        write("a\nb\nC\n", message="của ta")
    support.git(root, "merge", "-q", "-m", "trộn", "nhánh")
    assert [one.subject for one in plan_of(root).history()] == [
        "đổi tên" if renamed else "của ta",
        "thêm",
    ]


def test_a_shallow_clone_tells_what_it_has(root: Path, write: Write, tmp_path: Path) -> None:
    first = write("a", message="một")
    second = write("b", message="hai")
    third = write("c", message="ba")
    support.git(tmp_path, "clone", "-q", "--depth", "2", f"file://{root}", "bản sao")
    clone = plan_of(tmp_path / "bản sao")
    assert [one.subject for one in clone.history()] == ["ba", "hai"]
    assert committed(clone.root / clone.path, second) == (b"b", second)
    assert clone.commit("HEAD") == third
    assert clone.cut() == {second}
    assert plan_of(root).cut() == set()
    for beyond in ("HEAD~2", first, first[:10], "main~2^0"):
        with pytest.raises(
            UnreadableData, match=f"rút gọn, không có phiên bản {re.escape(beyond)}"
        ):
            clone.commit(beyond)
    with pytest.raises(
        UnreadableData, match="rút gọn, không có phiên bản nào đến hết ngày 01/01/2001"
    ):
        clone.commit_of_day(date(2001, 1, 1), ZONE)
    for unknown in ("v9", "v9~2"):
        with pytest.raises(RefusedValue):
            clone.commit(unknown)


def test_another_working_tree_of_the_repository_is_one(
    root: Path, write: Write, tmp_path: Path
) -> None:
    first = write("a")
    support.git(root, "worktree", "add", "-q", str(tmp_path / "cây"), "-b", "nhánh")
    assert committed(tmp_path / "cây" / "data" / "models.yaml", "main") == (b"a", first)
