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
    ("path", "checked"),
    [
        ("data/models.yaml", True),
        ("models.yaml", True),
        ("xã/tân khai/data/models.yml", True),
        ("data/models.schema.json", False),
        ("data/submodels.yaml", False),
        ("data/models.yaml.lock", False),
        ("data/models-yaml", False),
    ],
)
def test_the_hook_is_about_plans_alone(path, checked):
    assert bool(re.search(HOOK["files"], path)) is checked


@pytest.fixture
def hooked(repository) -> Path:
    """A repository whose pre-commit hook runs the hook's entry on the plan, as pre-commit would."""
    name, *words = HOOK["entry"].split()
    assert name == "de06"
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    entry = f'"{sys.executable}" -m de06cli {" ".join(words)}'
    hook.write_text(f"#!/bin/sh\nexec {entry} data/models.yaml\n")
    hook.chmod(0o755)
    return repository


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
        f"::warning file={written},line=35,col=20,title=de06 W406::"
        "Văn bản ghi 23 mô hình, tệp có 24.\n"
    ) in answer.stdout
    (error,) = [told for told in answer.stdout.splitlines() if told.startswith("::error ")]
    assert error == (
        f"::error file={written},line={line},col=15,title=de06 E205::"
        "“50%25” không phải là một ngày có thật dạng năm-tháng-ngày. Viết như 2023-12-30."
    )


def test_warnings_alone_do_not_fail_a_pull_request(repository, de06):
    answer = de06("check", "--format", "github")

    assert (answer.returncode, answer.stderr) == (0, "")
    levels = [line.split(" ")[0] for line in answer.stdout.splitlines()]
    assert levels[0] == "::warning"
    assert set(levels[1:]) == {"::notice"}
    assert answer.stdout.splitlines()[0] == (
        "::warning file=data/models.yaml,line=35,col=20,title=de06 W406::"
        "Văn bản ghi 23 mô hình, tệp có 24."
    )
