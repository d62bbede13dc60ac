"""de06 in other people's repositories: before a commit, and beside the lines of a pull request."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import support
import yaml

(HOOK,) = yaml.safe_load((support.ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("data/models.yaml", True),
        ("models.yaml", True),
        ("xã/tân khai/data/models.yml", True),
        ("huyen/honquan.yaml", True),
        ("ke-hoach.yaml", True),
        ("huyen/HONQUAN.YAML", True),
        ("data/models.schema.json", False),
        ("data/models.yaml.lock", False),
        ("data/models-yaml", False),
        (".github/workflows/ci.yml", False),
        (".pre-commit-config.yaml", False),
        ("docker-compose.yml", False),
        ("docker-compose.dev.yml", False),
        ("mkdocs.yml", False),
    ],
)
def test_the_hook_runs_where_a_plan_may_have_changed(path, asked):
    assert bool(re.search(HOOK["files"], path) and not re.search(HOOK["exclude"], path)) is asked


@pytest.fixture
def hooked(repository) -> Path:
    """A repository whose pre-commit hook runs the hook's entry, as pre-commit would."""
    assert HOOK["pass_filenames"] is False
    name, *words = HOOK["entry"].split()
    assert name == "de06"
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    entry = f'"{sys.executable}" -m de06cli {" ".join(words)}'
    hook.write_text(f"#!/bin/sh\nexec {entry}\n")
    hook.chmod(0o755)
    return repository


OTHERS = {
    ".github/workflows/ci.yml": "on: push\n",
    ".gitlab-ci.yml": "plan:\n  script: x\n",
    ".pre-commit-config.yaml": "repos: []\n",
    "docker-compose.yml": "services: {plan: {image: x}}\n",
    "mkdocs.yml": "site_name: x\n",
    "charts/values.yaml": "plan: small\n",
    "dbt/schema.yml": "version: 2\nmodels:\n  - name: x\n",
    "data/settings.yaml": "models: 3\n",
    "empty.yaml": "",
    "broken.yaml": "a: [",
}


@pytest.fixture
def province(hooked) -> Path:
    """README's repository of a province, a file a district, with much other YAML beside them."""
    text = (hooked / "data" / "models.yaml").read_text("utf-8")
    for code, name in {
        "LOCNINH": "huyen/locninh.yaml",
        "BINHLONG": "huyen/binhlong.yml",
        "TANKHAI": "xã/tân khai/data/models.yaml",
        "ANKHUONG": "ke-hoach.yaml",
    }.items():
        write(hooked, name, text.replace("code: HONQUAN", f"code: {code}", 1))
    for name, content in OTHERS.items():
        write(hooked, name, content)
    assert commit(hooked).returncode == 0
    return hooked


PLANS = [
    "data/models.yaml",
    "huyen/binhlong.yml",
    "huyen/locninh.yaml",
    "ke-hoach.yaml",
    "xã/tân khai/data/models.yaml",
]


def write(repository: Path, name: str, text: str) -> None:
    path = repository / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    support.git(repository, "add", name)


def checked(repository: Path) -> list[str]:
    """The files that the hook checks."""
    answer = support.run(*HOOK["entry"].split()[1:], home=repository)
    return [line.rsplit(": ", 1)[0] for line in answer.stderr.splitlines()]


def test_the_plans_of_every_layout_are_checked_and_no_other_yaml(province):
    assert checked(province) == PLANS


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(
    "text",
    ["", "rác", "PK\x03\x04", "<<<<<<< HEAD\n", "plann:\n  code: A\n", "a: [", "version: 2\n"],
)
def test_a_plan_that_is_no_longer_one_is_held_back(province, name, text):
    write(province, name, text)
    assert checked(province) == PLANS
    held = commit(province)
    assert held.returncode == 1
    assert f"{name}:" in held.stderr


@pytest.mark.parametrize("name", ["huyen/moi.yaml", "tỉnh/data/models.yml"])
def test_a_broken_plan_that_is_new_is_held_back_by_its_place(province, name):
    write(province, name, "rác")
    assert commit(province).returncode == 1


def test_a_folder_is_one_of_plans_for_their_schema_too(hooked):
    write(hooked, "huyen/models.schema.json", "{}")
    write(hooked, "huyen/moi.yaml", "rác")
    assert commit(hooked).returncode == 1


def test_two_plans_with_one_code_are_held_back_though_one_alone_was_changed(province):
    text = (province / "huyen" / "locninh.yaml").read_text("utf-8")
    write(province, "huyen/locninh.yaml", text.replace("code: LOCNINH", "code: HONQUAN", 1))
    held = commit(province)

    assert held.returncode == 1
    assert "huyen/locninh.yaml" in held.stderr
    assert "HONQUAN" in held.stderr


def test_a_plan_that_is_taken_away_is_not_missed(province):
    support.git(province, "rm", "-q", "huyen/locninh.yaml")
    (province / "ke-hoach.yaml").unlink()
    assert checked(province) == [
        name for name in PLANS if name not in ("huyen/locninh.yaml", "ke-hoach.yaml")
    ]
    assert commit(province).returncode == 0


def test_a_repository_without_plans_passes(tmp_path):
    support.git(tmp_path, "init", "-q")
    write(tmp_path, "mkdocs.yml", "site_name: x\n")
    answer = support.run("check", "--repository", home=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == "Kho git không có tệp kế hoạch nào.\n"


def test_the_whole_repository_is_asked_for_without_files(hooked):
    answer = support.run("check", "--repository", "data/models.yaml", home=hooked)
    assert (answer.returncode, answer.stdout) == (2, "")
    inside = support.run("check", "--repository", home=hooked, cwd=hooked / "data")
    assert inside.stderr.startswith("models.yaml: 0 ")
    outside = support.run("check", "--repository", home=hooked, cwd=hooked.parent)
    assert outside.returncode == 3


def commit(repository: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "commit", "-q", "-a", "-m", "Sửa"],
        cwd=repository,
        env=support.environment(repository),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_commit_of_a_broken_plan_is_held_back(hooked, plan):
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("deadline: 2023-12-30", "deadline: 2023-13-30", 1), "utf-8")
    line = plan.read_text("utf-8").split("\n").index("    deadline: 2023-13-30") + 1
    held = commit(hooked)

    assert held.returncode == 1
    assert f"data/models.yaml:{line}:15 E205 " in held.stderr
    assert support.git(hooked, "log", "--format=%s") == "Kế hoạch\n"


def test_a_commit_of_a_plan_with_mere_warnings_passes(hooked, plan):
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("declared_models: 23 ", "declared_models: 22 ", 1), "utf-8")

    assert commit(hooked).returncode == 0
    assert support.git(hooked, "log", "--format=%s") == "Sửa\nKế hoạch\n"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
@pytest.mark.skipif(not (support.ROOT / ".git").exists(), reason="this tree is no repository")
def test_pre_commit_itself_runs_the_hook(repository, tmp_path):
    source = tmp_path / "source"
    support.git(tmp_path, "clone", "-q", str(support.ROOT), str(source))
    tried = subprocess.run(
        ["pre-commit", "try-repo", str(source), HOOK["id"], "--all-files"],
        cwd=repository,
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert tried.returncode == 0, tried.stdout
    assert re.search(r"de06 check\.+Passed", tried.stdout)


# Pull requests ----------------------------------------------------------------------------------------


def test_findings_stand_beside_their_lines_in_a_pull_request(repository, plan, de06):
    name = "kế hoạch, 50%: xã.yaml"
    text = plan.read_text("utf-8")
    broken = text.replace("deadline: 2023-12-30", 'deadline: "50%"', 1)
    (repository / name).write_text(broken, "utf-8")
    line = broken.split("\n").index('    deadline: "50%"') + 1
    answer = de06("check", name, "--format", "github")

    assert (answer.returncode, answer.stderr) == (1, "")
    written = "kế hoạch%2C 50%25%3A xã.yaml"
    assert (
        f"::warning file={written},line=39,col=20,title=de06 W406::"
        "Văn bản ghi 23 nhiệm vụ, tệp có 24.\n"
    ) in answer.stdout
    (error,) = [told for told in answer.stdout.splitlines() if told.startswith("::error ")]
    assert error == (
        f"::error file={written},line={line},col=15,title=de06 E205::"
        "“50%25” không phải là ngày hoặc kỳ hợp lệ. Viết theo dạng "
        "2023-12-30, 2023-12, 2023-Q4, 2023-H2 hoặc 2023."
    )


def test_warnings_alone_do_not_fail_a_pull_request(repository, de06):
    answer = de06("check", "--format", "github")

    assert (answer.returncode, answer.stderr) == (0, "")
    levels = [line.split(" ")[0] for line in answer.stdout.splitlines()]
    assert levels[0] == "::warning"
    assert set(levels[1:]) == {"::notice"}
    assert answer.stdout.splitlines()[0] == (
        "::warning file=data/models.yaml,line=39,col=20,title=de06 W406::"
        "Văn bản ghi 23 nhiệm vụ, tệp có 24."
    )
