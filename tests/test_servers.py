"""What the pages for administrators give to servers: hooks, workflows and cron lines, tried."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import support
import yaml
from sharing import Clone, Office, install_hook

DOCS = support.ROOT / "docs"
PAGE = (DOCS / "server.md").read_text("utf-8")
GUIDE = (DOCS / "huong-dan" / "quan-tri.md").read_text("utf-8")


def blocks(text: str, language: str) -> Iterator[str]:
    """The code blocks of a page in this language."""
    return (found[1] for found in re.finditer(rf"```{language}\n(.*?)```", text, re.DOTALL))


def script_of_page(beginning: str) -> str:
    """The one block of the page that begins so."""
    (found,) = (block for block in blocks(PAGE, "sh") if block.startswith(beginning))
    return found


def typed(block: str, folder: Path, an: Clone) -> None:
    """A block of the page, typed by somebody whose files nobody else may read."""
    line = f"umask 077\n{block}"
    subprocess.run(["bash", "-euc", line], cwd=folder, env=an.variables(), check=True, timeout=120)


@pytest.fixture
def office(tmp_path) -> Office:
    made = Office(tmp_path)
    made.found()
    return made


@pytest.fixture
def an(office) -> Clone:
    return office.clone("an")


@pytest.fixture
def script(tmp_path) -> str:
    """A program de06, as an installation puts it there."""
    path = tmp_path / "bin" / "de06"
    install_hook(path, f'exec "{sys.executable}" -m de06cli "$@"')
    return str(path)


def test_the_hook_refuses_a_plan_with_errors_and_takes_one_without(an, office, script):
    hook = script_of_page("#!/bin/sh")
    office.hook("pre-receive", hook.replace("/srv/de06/.venv/bin/de06", script))
    an.edit("lead: [TTYT]", "lead: [TTYTT]")
    an.git("commit", "-qam", "hỏng")

    pushed = subprocess.run(
        ["git", "push"], cwd=an.root, env=an.variables(), capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip

    assert pushed.returncode != 0
    assert re.search(r"remote: data/models\.yaml:\d+:\d+ .*TTYTT", pushed.stderr)
    an.git("reset", "-q", "--hard", "HEAD~1")
    assert an.de06("start", "8.1").returncode == 0
    assert an.de06("sync").returncode == 0
    assert office.shared() == an.plan.read_text("utf-8")
    an.git("push", "-q", "origin", "HEAD:refs/heads/thu")
    an.git("push", "-q", "origin", ":refs/heads/thu")  # a branch that goes is no plan


@pytest.mark.skipif(os.name != "posix", reason="groups of users are those of POSIX systems")
def test_a_repository_made_as_on_the_page_gives_a_clone_its_plan_and_is_the_groups(an, tmp_path):
    typed(script_of_page("git init"), tmp_path, an)
    hub = tmp_path / "ke-hoach.git"
    an.git("remote", "set-url", "origin", str(hub))
    assert an.de06("sync").returncode == 0

    support.git(tmp_path, "-c", "init.defaultBranch=trunk", "clone", "-q", str(hub), "moi")

    assert (tmp_path / "moi" / "data" / "models.yaml").read_text("utf-8") == an.plan.read_text(
        "utf-8"
    )
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o40 for path in hub.rglob("*"))
    assert stat.S_IMODE((hub / "objects").stat().st_mode) == 0o2770


@pytest.mark.skipif(os.name != "posix", reason="groups of users are those of POSIX systems")
def test_a_folder_made_as_on_the_page_stays_the_groups(an, script, tmp_path):
    block = script_of_page("umask").replace("de06 init", f"{script} init")
    typed(block, tmp_path, an)
    folder = tmp_path / "ke-hoach" / "data"

    marking = f"umask 077 && {script} start 8.1"
    subprocess.run(["bash", "-euc", marking], cwd=folder.parent, env=an.variables(), check=True)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {
        "data": 0o2775,
        "models.schema.json": 0o664,
        "models.yaml": 0o664,
        "models.yaml.lock": 0o664,
    }


@pytest.mark.parametrize("name", ["server", "huong-dan/quan-tri"])
def test_the_english_page_gives_the_same_to_servers(name):
    """Comments and descriptions aside."""

    def given(path: str) -> list[str]:
        text = (DOCS / path).read_text("utf-8")
        code = [
            block
            for language in ("sh", "yaml", "cron", "ini", "bat")
            for block in blocks(text, language)
        ]
        return [re.sub(r"#.*|Description=.*|[A-ZĐỊỈ-]{12,}", "", block).rstrip() for block in code]

    assert given(f"{name}.en.md") == given(f"{name}.md")


def test_workflows_are_yaml_and_their_commands_find_errors(an):
    github, gitlab = (yaml.load(block, yaml.BaseLoader) for block in blocks(PAGE, "yaml"))
    assert github["on"].keys() == {"push", "pull_request"}
    (job,) = github["jobs"].values()
    runs = [step["run"] for step in job["steps"] if "run" in step]
    commands = [runs[-1], gitlab["kiem-tra"]["script"][-1]]

    an.edit("lead: [TTYT]", "lead: [TTYTT]")
    an.git("commit", "-qam", "hỏng")

    for command in commands:
        _de06, *arguments = command.split()
        found = an.de06(*arguments)
        assert found.returncode == 1
        assert "TTYTT" in found.stdout
    assert an.de06(*commands[0].split()[1:]).stdout.startswith("::error file=data/models.yaml")


def cron(an: Clone, script: str) -> support.Run:
    """The guide's line, as cron runs it: by sh, with hardly a variable, its output in one mail."""
    (line,) = re.findall(r"^0 0 \* \* 1 +(.*)$", GUIDE, re.MULTILINE)
    command = line.replace("/srv/de06/.venv/bin/de06", script).replace(
        "/srv/ke-hoach", str(an.root)
    )
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=an.home,
        env={"HOME": str(an.home), "LOGNAME": "de06", "PATH": "/usr/bin:/bin", "DE06_TODAY": "2024-01-20"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )  # fmt: skip


def test_the_digest_is_sent_with_newest_data(office, an, script):
    server = office.clone("may-chu")
    assert an.de06("done", "3.1", "3.2", "--yes").returncode == 0
    assert an.de06("sync").returncode == 0

    mail = cron(server, script)

    assert mail.returncode == 0
    assert mail.stdout.startswith("1 nhiệm vụ quá hạn tính đến ngày 20/01/2024\n")
    assert "Mô hình 3 " not in mail.stdout


def test_the_digest_is_sent_when_the_network_fails(office, script):
    server = office.clone("may-chu")
    server.git("remote", "set-url", "origin", "https://127.0.0.1:9/kho.git")
    head = server.head()

    mail = cron(server, script)

    assert "Không kết nối được với kho chung" in mail.stdout
    assert f"Số liệu đang dùng là của phiên bản {head[:10]}, Nguyễn Văn An lưu ngày " in mail.stdout
    assert "nhiệm vụ quá hạn tính đến ngày 20/01/2024\n" in mail.stdout


LETTERS = (["mail", "--dry-run"], ["mail", "--dry-run", "--to", "lanh-dao@example.vn"])


def opening_of(server: Clone, command: list[str]) -> str:
    """The first letter that a command would send, its lines joined."""
    mail = server.de06(*command, DE06_TODAY="2024-01-20")
    assert mail.stdout.startswith("From "), mail
    return " ".join(mail.stdout.split())


@pytest.mark.parametrize("command", LETTERS, ids=["agency", "leader"])
def test_a_letter_says_of_when_the_data_are_when_the_network_failed(office, an, script, command):
    server = office.clone("may-chu")
    address = server.git("remote", "get-url", "origin").strip()
    assert "Số liệu đang dùng" not in opening_of(server, command)
    server.git("remote", "set-url", "origin", "https://127.0.0.1:9/kho.git")
    cron(server, script)

    said = opening_of(server, command)

    line = f"Số liệu đang dùng là của phiên bản {server.head()[:10]}, Nguyễn Văn An lưu ngày "
    why = "Chưa có số liệu mới hơn: Không kết nối được với kho chung nên chưa đồng bộ; các ghi nhận"
    assert line in said
    assert why in said
    assert said.index("Số liệu tính đến ngày 20/01/2024.") < said.index(line) < said.index(why)
    assert "Số liệu đang dùng" not in opening_of(server, [*command, "--rev", "HEAD"])

    server.git("remote", "set-url", "origin", address)
    assert server.de06("sync").returncode == 0
    assert "Số liệu đang dùng" not in opening_of(server, command)


def test_a_failure_counts_no_longer_once_git_has_fetched_by_itself(office, an, script):
    server = office.clone("may-chu")
    address = server.git("remote", "get-url", "origin").strip()
    server.git("remote", "set-url", "origin", "https://127.0.0.1:9/kho.git")
    cron(server, script)
    server.git("remote", "set-url", "origin", address)
    assert "Số liệu đang dùng" in opening_of(server, LETTERS[0])
    os.utime(server.root / ".git" / "de06-freshness", (1, 1))

    server.git("pull", "-q")

    assert "Số liệu đang dùng" not in opening_of(server, LETTERS[0])
