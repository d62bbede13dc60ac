"""``sync`` between people who do not know git: real repositories, clones and processes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
import support
from sharing import Clone, Office, install_hook

DONE = ("done", "3.2", "--date", "10/01/2024", "--by", "TTYT", "--evidence", "12/BC-TTYT")
MARKED = "MH3.2: Hoàn thành 10/01/2024 – TTYT – 12/BC-TTYT"


@pytest.fixture
def office(tmp_path) -> Office:
    made = Office(tmp_path)
    made.found()
    return made


@pytest.fixture
def an(office) -> Clone:
    return office.clone("an")


@pytest.fixture
def binh(office) -> Clone:
    return office.clone("binh")


def ok(run: support.Run) -> str:
    assert (run.returncode, run.stderr) == (0, ""), run
    return run.stdout


def marked(clone: Clone, *arguments: str) -> None:
    run = clone.de06(*arguments)
    assert run.returncode == 0, run


def refused(run: support.Run, code: int) -> str:
    assert (run.returncode, run.stdout) == (code, ""), run
    assert "Traceback" not in run.stderr
    return run.stderr


def test_a_mark_is_shared_in_the_plans_words(an, office):
    marked(an, *DONE)

    assert ok(an.de06("sync")) == f"Đã gửi 1 thay đổi:\n  {MARKED}\n"
    assert an.git("log", "-1", "--format=%an %B").strip() == f"an {MARKED}"
    assert office.shared() == an.plan.read_text("utf-8")
    assert an.changed() == []
    assert ok(an.de06("sync")) == ""  # there is nothing more to share


def test_several_marks_are_a_list(an):
    marked(an, *DONE)
    marked(an, "extend", "3", "31/03/2024", "--document", "12/UBND-VX", "--decided", "09/01/2024")
    an.edit('text: "Rà soát hằng tháng."', 'text: "Rà soát hằng quý."')
    lines = [
        "MH3: thời hạn 15/01/2024 → 31/03/2024 (gia hạn lần 1) – 12/UBND-VX",
        MARKED,
        "MH8.1: nội dung “Rà soát hằng tháng.” → “Rà soát hằng quý.”",
    ]

    assert ok(an.de06("sync")).splitlines() == [
        "Đã gửi 3 thay đổi:",
        *(f"  {one}" for one in lines),
    ]
    assert an.git("log", "-1", "--format=%B").splitlines() == [
        "3 ghi nhận: MH3, MH3.2, MH8.1",
        "",
        *(f"- {one}" for one in lines),
        "",
    ]


def test_marks_of_two_people_come_together(an, binh, office):
    marked(an, *DONE)
    marked(binh, "start", "8.1", "--date", "05/01/2024")
    ok(an.de06("sync"))

    assert ok(binh.de06("sync")).splitlines() == [
        "Đã gửi 1 thay đổi:",
        "  MH8.1: Đang thực hiện 05/01/2024",
        "Đã nhận 1 thay đổi của an:",
        f"  {MARKED}",
    ]
    ok(an.de06("sync"))
    assert an.plan.read_text("utf-8") == binh.plan.read_text("utf-8") == office.shared()
    assert "evidence: 12/BC-TTYT" in office.shared() or '"12/BC-TTYT"' in office.shared()
    assert an.changed() == binh.changed() == []
    assert binh.git("log", "--merges", "--format=%s") == "Gộp ghi nhận của đồng nghiệp\n"
    assert an.de06("check").returncode == 0


def test_a_mark_follows_its_step_through_a_colleagues_new_numbers(an, binh, office):
    """Bình puts a step before the one that An marks."""
    first = '      - step: 1\n        text: "Rà soát hằng tháng."\n'
    new = '      - step: 1\n        text: "Họp giao ban."\n'
    binh.edit(first, new + first.replace("step: 1", "step: 2"))
    assert binh.de06("sync").returncode == 0
    assert an.de06("start", "8.1", "--date", "05/01/2024").returncode == 0

    run = an.de06("sync")

    assert run.returncode == 0, run
    shared = office.shared()
    assert an.plan.read_text("utf-8") == shared
    assert new in shared
    assert (
        "      - step: 2\n        progress: {status: doing, date: 2024-01-05}\n"
        '        text: "Rà soát hằng tháng."\n'
    ) in shared


def test_an_agency_that_one_side_added_may_mark(an, binh, office):
    new = '  - code: CSLT\n    name: "Cơ sở lưu trú"\n    level: group\n'
    binh.edit("\nmodels:", f"{new}\nmodels:")
    marked(binh, "start", "8.1", "--date", "05/01/2024", "--by", "CSLT")
    ok(binh.de06("sync"))
    marked(an, *DONE)

    assert an.de06("sync").returncode == 0
    assert "by: CSLT" in office.shared()
    assert "12/BC-TTYT" in office.shared()
    assert office.shared() == an.plan.read_text("utf-8")


def test_an_uncommitted_mark_is_no_obstacle_to_what_others_shared(an, binh):
    marked(binh, "done", "3.1", "--date", "08/01/2024")
    ok(binh.de06("sync"))
    marked(an, *DONE)

    run = an.de06("sync")

    assert run.returncode == 0
    assert "MH3.1" in run.stdout
    assert an.plan.read_text("utf-8").count("2024-01-08") == 1


def test_a_dry_run_changes_nothing(an, binh):
    marked(binh, "done", "3.1", "--date", "08/01/2024")
    ok(binh.de06("sync"))
    marked(an, *DONE)
    before, head = an.plan.read_bytes(), an.head()

    assert ok(an.de06("sync", "--dry-run")).splitlines() == [
        "Sẽ gửi 1 thay đổi:",
        f"  {MARKED}",
        "Sẽ nhận 1 thay đổi của binh:",
        "  MH3.1: Hoàn thành 08/01/2024",
    ]
    assert (an.plan.read_bytes(), an.head()) == (before, head)
    assert an.changed() == [" M data/models.yaml"]


def test_a_dry_run_says_what_would_be_asked(an, binh):
    marked(binh, "done", "3.2", "--date", "09/01/2024", "--by", "CAX")
    ok(binh.de06("sync"))
    marked(an, *DONE)

    run = an.de06("sync", "--dry-run")

    assert run.returncode == 0
    assert MARKED in run.stdout
    assert "MH3.2: trên máy này “Hoàn thành 10/01/2024" in run.stderr
    assert "của đồng nghiệp “Hoàn thành 09/01/2024 – CAX”" in run.stderr


def test_nothing_but_the_plan_is_shared(an, binh, office):
    marked(an, *DONE)
    (an.root / "README.md").write_text("sửa dở\n", "utf-8")
    (an.root / "nhap.txt").write_text("nháp\n", "utf-8")
    (an.root / "staged.txt").write_text("đã git add\n", "utf-8")
    an.git("add", "staged.txt")
    marked(binh, "start", "8.1", "--date", "05/01/2024")
    ok(binh.de06("sync"))

    ok(an.de06("sync"))

    assert an.changed() == [" M README.md", "A  staged.txt", "?? nhap.txt"]
    assert support.git(office.hub, "ls-tree", "--name-only", "-r", "main").split() == [
        ".gitignore",
        "README.md",
        "data/models.yaml",
    ]
    assert "8.1" in an.git("log", "--format=%s")


def test_an_edited_file_that_others_changed_too_is_kept(an, binh):
    (binh.root / "README.md").write_text("của Bình\n", "utf-8")
    binh.git("commit", "-qam", "README")
    ok(binh.de06("sync"))
    marked(an, *DONE)
    (an.root / "README.md").write_text("sửa dở\n", "utf-8")
    plan = an.plan.read_bytes()

    said = refused(an.de06("sync"), 4)

    assert "README.md" in said
    assert "git stash push README.md" in said
    assert (an.root / "README.md").read_text("utf-8") == "sửa dở\n"
    assert an.plan.read_bytes() == plan
    assert an.changed() == [" M README.md"]
    an.git("stash", "push", "-q", "README.md")
    assert "README.md" not in ok(an.de06("sync"))


@support.needs_git
def test_no_repository(tmp_path, plan, de06):
    assert "git clone" in refused(de06("sync"), 2)


def test_the_packaged_plan_is_not_shared(tmp_path, de06):
    assert "git clone" in refused(de06("sync"), 2)


def test_no_remote(an):
    an.git("remote", "remove", "origin")
    marked(an, *DONE)

    assert "git remote add origin" in refused(an.de06("sync"), 2)
    assert an.changed() == [" M data/models.yaml"]


def test_a_new_folder_is_shared_with_what_init_wrote(tmp_path, office):
    empty = tmp_path / "moi.git"
    support.git(tmp_path, "init", "-q", "--bare", "-b", "main", str(empty))
    an = Clone(tmp_path / "an", "an")
    an.root.mkdir(parents=True)
    an.git("init", "-q", "-b", "main")
    assert an.de06("init").returncode == 0
    an.git("config", "user.name", "An")
    an.git("config", "user.email", "an@example.vn")
    an.git("remote", "add", "origin", str(empty))
    (an.root / "nhap.txt").write_text("nháp\n", "utf-8")

    ok(an.de06("sync"))

    assert an.git("ls-files").split() == [
        ".gitattributes",
        ".gitignore",
        "data/models.schema.json",
        "data/models.yaml",
    ]
    assert an.git("rev-parse", "--abbrev-ref", "@{upstream}").strip() == "origin/main"
    support.git(tmp_path, "clone", "-q", str(empty), "lai")
    assert (tmp_path / "lai/data/models.yaml").read_bytes() == an.plan.read_bytes()


def test_a_plan_that_git_is_told_to_leave_out_is_named(tmp_path, office):
    made = office.clone("moi")
    made.git("rm", "-q", "--cached", "data/models.yaml")
    (made.root / ".gitignore").write_text("data/\n", "utf-8")
    made.git("commit", "-qam", "Bỏ")

    run = made.de06("sync")

    assert run.returncode == 4
    assert "Tệp data/models.yaml bị .gitignore loại ra" in run.stderr
    assert "git add -f data/models.yaml" in run.stderr
    made.git("add", "-f", "data/models.yaml")
    assert made.de06("sync").returncode == 0


def test_histories_that_are_apart_are_not_joined(an, office):
    an.git("checkout", "-q", "--orphan", "khac")
    an.git("commit", "-qm", "Khác")
    an.git("branch", "-M", "main")

    assert "git clone" in refused(an.de06("sync"), 4)


def test_a_place_that_is_gone(an, office):
    marked(an, *DONE)
    shutil.move(office.hub, office.folder / "elsewhere.git")

    said = refused(an.de06("sync"), 3)

    assert "git remote -v" in said
    assert "Số liệu đang dùng là của phiên bản" in said
    assert an.git("log", "-1", "--format=%s").strip() == MARKED  # the commit stays
    shutil.move(office.folder / "elsewhere.git", office.hub)
    assert ok(an.de06("sync")) == "Đã gửi các ghi nhận đã lưu từ trước.\n"


def said_on_a_terminal(clone: Clone) -> str:
    """What a refused ``sync`` says to a person who reads standard error on a terminal."""
    ours, theirs = os.openpty()
    run = subprocess.run(
        [sys.executable, "-m", "de06cli", "sync"],
        cwd=clone.root,
        env=clone.variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        timeout=120,
        check=False,
    )
    os.close(theirs)
    said = os.read(ours, 65536).decode("utf-8")
    os.close(ours)
    assert run.returncode != 0
    return " ".join(said.split())


@pytest.mark.skipif(os.name != "posix", reason="terminals are tested on POSIX systems")
def test_a_person_reads_of_which_version_the_data_are_only_where_none_could_be_fetched(an, office):
    an.git("checkout", "-q", "--orphan", "khac")
    an.git("commit", "-qm", "Khác")
    an.git("branch", "-M", "main")
    of_version = "Số liệu đang dùng là của phiên bản"

    assert of_version in refused(an.de06("sync"), 4)  # a scheduled run sends this with its digest
    said = said_on_a_terminal(an)
    assert "git clone" in said
    assert of_version not in said

    shutil.move(office.hub, office.folder / "elsewhere.git")
    assert of_version in said_on_a_terminal(an)


def test_of_which_version_the_data_are_is_said_in_english_with_its_day(an, office):
    shutil.move(office.hub, office.folder / "elsewhere.git")

    said = refused(an.de06("sync", DE06_LANG="en"), 3)

    assert re.search(r" recorded by .+ on \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d\.$", said, re.MULTILINE)


@pytest.mark.skipif(os.name != "posix", reason="the program of the other side is a line of a shell")
def test_a_shared_repository_of_another_account_is_told_to_whoever_keeps_the_server(an):
    other = "GIT_TEST_ASSUME_DIFFERENT_OWNER=1 git-upload-pack"
    an.git("config", "remote.origin.uploadpack", other)

    said = refused(an.de06("sync"), 3)

    assert "git config --system --add safe.directory THƯ-MỤC-CỦA-KHO\n" in said
    assert "remote set-url" not in said


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:9/x.git", "ssh://git@127.0.0.1:9/x.git", "git://127.0.0.1:9/x"]
)
def test_no_network(an, address):
    if address.startswith("ssh") and not shutil.which("ssh"):
        pytest.skip("ssh is not installed")
    an.git("remote", "set-url", "origin", address)

    assert "Hãy kiểm tra mạng" in refused(an.de06("sync"), 3)


def test_a_server_that_asks_for_a_password_is_not_waited_for(an, tmp_path):
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Locked(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="kho"')
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Locked) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        an.git("remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/kho.git")
        said = refused(an.de06("sync", GIT_ASKPASS="/bin/cat"), 3)
        server.shutdown()

    assert "Máy chủ yêu cầu đăng nhập" in said
    assert "git fetch" in said


def test_without_an_identity_nothing_is_recorded(an):
    an.git("config", "--unset", "user.name")
    an.git("config", "--unset", "user.email")
    marked(an, *DONE)

    said = refused(an.de06("sync"), 4)

    assert 'git config user.name "Nguyễn Văn An"' in said
    assert an.changed() == [" M data/models.yaml"]
    assert ok(an.de06("sync", **{f"GIT_{who}_{what}": "a@b.vn" for who in ("AUTHOR", "COMMITTER")
                                 for what in ("NAME", "EMAIL")}))  # fmt: skip


def test_a_detached_head_and_a_rebase_are_left_alone(an):
    marked(an, *DONE)
    an.git("stash", "-q")
    an.git("checkout", "-q", "--detach")

    assert "git switch" in refused(an.de06("sync"), 4)

    an.git("switch", "-q", "main")
    (an.root / ".git" / "rebase-merge").mkdir()
    assert "git rebase --abort" in refused(an.de06("sync"), 4)


def test_a_merge_of_somebody_is_left_alone(an, binh):
    (binh.root / "README.md").write_text("của Bình\n", "utf-8")
    binh.git("commit", "-qam", "README")
    binh.git("push", "-q")
    an.git("fetch", "-q")
    an.git("merge", "-q", "--no-ff", "--no-commit", "origin/main")
    head = an.head()

    said = refused(an.de06("sync"), 4)

    assert "git merge --abort" in said
    assert "git commit --no-edit" in said
    assert an.head() == head
    assert (an.root / ".git" / "MERGE_HEAD").exists()


def test_a_branch_without_an_upstream_gets_one(an, office):
    an.git("switch", "-qc", "quy-2", "--no-track")
    marked(an, *DONE)

    ok(an.de06("sync"))

    assert an.git("rev-parse", "--abbrev-ref", "@{upstream}").strip() == "origin/quy-2"
    assert MARKED in support.git(office.hub, "log", "-1", "--format=%s", "quy-2")


def test_a_hook_that_refuses_the_record(an):
    install_hook(an.root / ".git/hooks/pre-commit", "echo 'thiếu chữ ký' >&2; exit 1")
    marked(an, *DONE)
    head = an.head()

    assert "thiếu chữ ký" in refused(an.de06("sync"), 4)
    assert an.head() == head
    assert an.changed() == [" M data/models.yaml"]


def test_a_hook_that_refuses_to_send(an, office):
    install_hook(an.root / ".git/hooks/pre-push", "echo 'không phải giờ gửi' >&2; exit 1")
    marked(an, *DONE)

    assert "không phải giờ gửi" in refused(an.de06("sync"), 4)
    assert MARKED not in support.git(office.hub, "log", "--format=%s", "main")


def test_a_server_that_refuses(an, office):
    office.hook("pre-receive", "echo 'nhánh main được bảo vệ' >&2; exit 1")
    marked(an, *DONE)

    said = refused(an.de06("sync"), 4)

    assert "nhánh main được bảo vệ" in said
    assert "pre-receive hook declined" in said
    assert an.git("log", "-1", "--format=%s").strip() == MARKED


def test_a_plan_that_is_not_valid_is_not_recorded(an):
    an.edit("lead: [TTYT]", "lead: [TTYTT]")
    head = an.head()

    said = refused(an.de06("sync"), 3)

    assert "TTYTT" in said
    assert an.head() == head
    assert an.changed() == [" M data/models.yaml"]


def test_what_a_colleague_broke_is_not_sent_on_and_its_repair_comes_in(an, binh):
    binh.edit("lead: [TTYT]", "lead: [TTYTT]")
    binh.git("commit", "-qam", "hỏng")
    binh.git("push", "-q")

    assert "TTYTT" in refused(an.de06("sync"), 4)
    binh.edit("lead: [TTYTT]", "lead: [TTYT]")
    assert ok(binh.de06("sync")) == "Đã gửi 1 thay đổi:\n  Kế hoạch: sửa các lỗi của tệp\n"

    assert an.de06("sync").returncode == 0
    assert an.de06("check").returncode == 0


def test_a_repository_of_another_user(an, office):
    marked(an, *DONE)

    said = refused(an.de06("sync", GIT_TEST_ASSUME_DIFFERENT_OWNER="1"), 3)

    assert f"git config --global --add safe.directory {an.root}" in said
    assert an.changed() == [" M data/models.yaml"]


def test_a_lock_that_git_left(an):
    marked(an, *DONE)
    lock = an.root / ".git" / "index.lock"
    lock.touch()

    said = refused(an.de06("sync"), 4)

    assert str(lock) in said
    lock.unlink()
    ok(an.de06("sync"))


def test_somebody_who_is_faster_is_joined(an, binh, office):
    """The server takes in another's mark between this person's fetch and push."""
    marked(binh, "done", "3.1", "--date", "08/01/2024")
    binh.git("commit", "-qam", "MH3.1")
    binh.git("push", "-q", "origin", "HEAD:refs/heads/waiting")
    waiting = binh.head()
    install_hook(
        an.root / ".git/hooks/pre-push",
        f'test -f "{office.folder}/seen" && exit 0; touch "{office.folder}/seen"\n'
        f'git --git-dir "{office.hub}" update-ref refs/heads/main {waiting}',
    )
    marked(an, *DONE)

    run = an.de06("sync")

    assert run.returncode == 0, run
    assert "Đã nhận 1 thay đổi của binh:\n  MH3.1" in run.stdout
    assert office.shared() == an.plan.read_text("utf-8")
    assert "2024-01-08" in office.shared()


def test_a_mark_with_de06_sync_is_shared_at_once(an, office):
    run = an.de06(*DONE, DE06_SYNC="1")

    assert run.returncode == 0
    assert "đồng bộ" not in run.stderr
    assert office.shared() == an.plan.read_text("utf-8")


def test_sharing_that_fails_is_a_line_and_the_mark_stands(an, office):
    shutil.rmtree(office.hub)

    run = an.de06(*DONE, DE06_SYNC="1")

    assert run.returncode == 0
    doubt, failure = run.stderr.splitlines()
    assert doubt.startswith("Lưu ý: ")
    assert failure.startswith("Đã ghi nhận nhưng chưa đồng bộ: ")
    assert "2024-01-10" in an.plan.read_text("utf-8")


def conflicted(an: Clone, binh: Clone) -> str:
    """Both have marked the same step, and one has merged by hand: what git left in the file."""
    marked(binh, "done", "3.2", "--date", "09/01/2024", "--by", "CAX", "--evidence", "7/BC-CAX")
    binh.git("commit", "-qam", "MH3.2 của Bình")
    binh.git("push", "-q")
    marked(an, *DONE)
    an.git("commit", "-qam", "MH3.2 của An")
    an.git("fetch", "-q")
    subprocess.run(
        ["git", "merge", "-q", "origin/main"], cwd=an.root, env=an.variables(),
        capture_output=True, check=False,
    )  # fmt: skip
    text = an.plan.read_text("utf-8")
    assert "<<<<<<<" in text
    return text


def test_history_answers_while_the_file_has_conflicts(an, binh):
    conflicted(an, binh)

    log = an.de06("log", "3.2")
    assert log.returncode == 0
    assert "MH3.2 của An" in log.stdout
    assert "còn lỗi nên dùng bản đã lưu gần nhất" in log.stderr
    assert an.de06("show", "3.2", "--rev", "HEAD").returncode == 0
    assert "7/BC-CAX" in an.de06("diff", "HEAD", "origin/main").stdout
    assert an.de06("diff", "HEAD~1", "HEAD", "--since", "01/01/2020").returncode == 2


def test_a_refusal_names_both_versions_and_the_ways_out(an, binh):
    conflicted(an, binh)

    said = an.de06("list").stderr

    assert "nhiệm vụ 3, bước 2" in said
    assert "hoàn thành 10/01/2024, TTYT, 12/BC-TTYT" in said
    assert "hoàn thành 09/01/2024, CAX, 7/BC-CAX" in said
    assert "git merge --abort" in said
    assert "de06 sync" in said


def test_a_question_without_a_terminal_stops_and_says_how(an, binh, office):
    text = conflicted(an, binh)
    shared = office.shared()

    said = refused(an.de06("sync"), 4)

    assert "MH3.2" in said
    assert "12/BC-TTYT" in said
    assert "7/BC-CAX" in said
    assert "de06 sync" in said
    assert an.plan.read_text("utf-8") == text
    assert office.shared() == shared


def test_a_conflict_that_a_person_settled_in_the_file_is_shared(an, binh, office):
    text = conflicted(an, binh)
    ours, rest = text.split("<<<<<<< HEAD\n")[0], text.split(">>>>>>> origin/main\n")[1]
    kept = text.split("<<<<<<< HEAD\n")[1].split("=======\n")[0]
    an.plan.write_text(ours + kept + rest, "utf-8")

    run = an.de06("sync")

    assert run.returncode == 0, run
    assert not (an.root / ".git" / "MERGE_HEAD").exists()
    assert "12/BC-TTYT" in office.shared()
    assert "7/BC-CAX" not in office.shared()
    assert "khi gộp đã mất" in an.de06("log", "3.2").stdout
