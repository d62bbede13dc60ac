"""What git can't do is exit 3 with git's own words; where it can, nobody's surroundings change the answer."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import support

STEP = "8.1"
COMMANDS = [["log"], ["diff", "HEAD~1", "HEAD"], ["list", "--rev", "HEAD~1", "--format", "ids"]]


@pytest.fixture
def root(small, call) -> Path:
    """A repository with three states of a plan, each object a file of its own."""
    root = small.parents[1]
    support.git(root, "init", "-q", "-b", "main")
    for command in (["reset", STEP], ["start", STEP], ["done", STEP, "--date", "2024-01-02"]):
        call(*command)
        support.git(root, "add", "data")
        support.git(root, "commit", "-q", "--allow-empty", "-m", command[0])
    return root


def object_of(root: Path, name: str) -> Path:
    """The file that holds an object, writable."""
    found = support.git(root, "rev-parse", name).strip()
    path = root / ".git" / "objects" / found[:2] / found[2:]
    path.chmod(0o644)
    return path


def packed(root: Path, ending: str) -> Path:
    support.git(root, "gc", "-q")
    (path,) = (root / ".git" / "objects" / "pack").glob(f"*.{ending}")
    path.chmod(0o644)
    return path


def cut(path: Path, size: int = 60) -> None:
    path.write_bytes(path.read_bytes()[:size])


BREAKAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a blob is missing": (
        lambda root: object_of(root, "HEAD~1:data/models.yaml").unlink(),
        "fatal: git cat-file ",
    ),
    "a commit is missing": (lambda root: object_of(root, "HEAD~1").unlink(), "fatal: "),
    "a tree is missing": (lambda root: object_of(root, "HEAD~1^{tree}").unlink(), "fatal: "),
    "a folder's tree is missing": (
        lambda root: object_of(root, "HEAD~1:data").unlink(),
        "unable to read tree error: Could not read",
    ),
    "a blob is cut": (lambda root: cut(object_of(root, "HEAD~1:data/models.yaml")), "fatal: "),
    "the pack is cut": (lambda root: cut(packed(root, "pack")), "error: packfile "),
    "the pack's index is cut": (lambda root: cut(packed(root, "idx")), "error: index file "),
    "the configuration is broken": (
        lambda root: (root / ".git" / "config").write_text("[core"),
        "fatal: bad config line ",
    ),
    "the format is newer": (
        lambda root: support.git(root, "config", "core.repositoryFormatVersion", "99"),
        "fatal: Expected git repo version <= 1, found 99",
    ),
    "HEAD is gone": (
        lambda root: (root / ".git" / "HEAD").unlink(),
        "fatal: not a git repository",
    ),
    "the branch is broken": (
        lambda root: (root / ".git" / "refs" / "heads" / "main").write_text("x"),
        "fatal: your current branch appears to be broken",
    ),
    "nothing is committed": (
        lambda root: support.git(root, "symbolic-ref", "HEAD", "refs/heads/none"),
        "fatal: your current branch 'none' does not have any commits yet",
    ),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_what_git_can_not_read_is_reported_in_its_words(root, call, breakage, command):
    assert call(*command).returncode == 0
    break_it, words = BREAKAGES[breakage]
    break_it(root)
    answer = call(*command)

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith("Lỗi: git báo lỗi: ")
    if words.startswith("unable"):
        assert any(
            part in answer.stderr for part in ("unable to read tree", "error: Could not read")
        )
    else:
        assert words in answer.stderr


def test_an_order_file_that_is_missing_is_reported_and_one_that_is_there_changes_nothing(
    root, call
):
    told = call("log").stdout
    support.git(root, "config", "diff.orderFile", str(root / "order"))
    answer = call("log")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "fatal: failed to read orderfile" in answer.stderr
    (root / "order").write_text("*.md\n")
    assert call("log").stdout == told != ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("when", ["*", "*log*|*rev-parse*--verify*"])
def test_a_git_that_is_killed_is_reported(root, call, command, when, tmp_path, monkeypatch):
    folder = tmp_path / "chương trình"
    folder.mkdir()
    real = shutil.which("git")
    script = f'#!/bin/sh\ncase "$*" in {when}) kill -9 $$;; esac\nexec "{real}" "$@"\n'
    (folder / "git").write_text(script)
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    answer = call(*command)

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr == "Lỗi: git báo lỗi: bị ngắt (tín hiệu 9)\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_neither_variables_nor_settings_change_an_answer(
    root, call, command, monkeypatch, tmp_path
):
    expected = call(*command)
    assert expected.stdout
    other = tmp_path / "khác"
    other.mkdir()
    support.git(other, "init", "-q")
    support.git(other, "commit", "-q", "--allow-empty", "-m", "khác")
    for setting in (
        "diff.noprefix=true", "diff.mnemonicPrefix=true", "color.ui=always", "log.showSignature=true",
        "diff.external=false", "core.pager=false", "pager.log=false", "log.follow=true",
        "i18n.logOutputEncoding=UTF-16", "diff.renameLimit=1", "diff.relative=true",
        "log.diffMerges=first-parent", "log.mailmap=true", "diff.yaml.textconv=false",
        "core.attributesFile=" + str(tmp_path / "attributes"), "core.abbrev=4",
    ):  # fmt: skip
        support.git(root, "config", *setting.split("=", 1))
    (tmp_path / "attributes").write_text("*.yaml diff=yaml\n")
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_PREFIX": "data/",
        "GIT_OBJECT_DIRECTORY": str(other),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(other),
        "GIT_CONFIG_PARAMETERS": "'core.bare'='true'",
        "GIT_TRACE": "1",
        "GIT_TRACE2": "1",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_ICASE_PATHSPECS": "1",
        "LC_ALL": "vi_VN.UTF-8",
        "LANGUAGE": "vi:fr",
    }.items():
        monkeypatch.setenv(name, value)
    answer = call(*command)
    assert (answer.returncode, answer.stdout, answer.stderr) == (
        0,
        expected.stdout,
        expected.stderr,
    )


# Where git itself starts de06 -----------------------------------------------------------------------


@pytest.fixture
def hook(tmp_path) -> Callable[..., Path]:
    """Writes a hook that keeps what de06 answers to ``log`` and ``list --rev`` in ``tmp_path/answer``."""

    def hook(repository: Path, name: str, revision: str, data: str = "data/models.yaml") -> Path:
        answer = tmp_path / "answer"
        folder = Path(support.git(repository, "rev-parse", "--absolute-git-dir").strip())
        common = support.git(repository, "rev-parse", "--git-common-dir").strip()
        path = (repository / common if name != "pre-receive" else folder) / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        de06 = f'"{sys.executable}" -m de06cli'
        path.write_text(
            f"#!/bin/sh\nexport DE06_CACHE=off\n"
            f'{de06} list --data "{data}" --rev {revision} --format json > "{answer}" 2>&1\n'
            f'echo "exit $?" >> "{answer}"\n'
        )
        path.chmod(0o755)
        return answer

    return hook


@pytest.mark.parametrize("where", ["the tree", "a linked tree", "a submodule"])
def test_a_hook_before_a_commit_reads_the_repository_of_the_plan(
    root, small, hook, where, tmp_path
):
    tree = root
    if where == "a linked tree":
        tree = tmp_path / "cây khác"
        support.git(root, "worktree", "add", "-q", str(tree), "-b", "nhánh")
    if where == "a submodule":
        above = tmp_path / "kho trên"
        above.mkdir()
        support.git(above, "init", "-q")
        support.git(
            above, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(root), "con"
        )
        tree = above / "con"
    answer = hook(tree, "pre-commit", "HEAD")
    plan = tree / "data" / "models.yaml"
    plan.write_bytes(plan.read_bytes() + b"# x\n")
    head = support.git(tree, "rev-parse", "HEAD").strip()
    support.git(tree, "commit", "-q", "-a", "-m", "x")

    told = answer.read_text("utf-8")
    assert told.endswith("exit 0\n")
    assert f'"revision": "{head}"' in told


def test_a_hook_of_one_repository_may_read_the_plan_of_another(root, hook, tmp_path):
    other = tmp_path / "khác"
    other.mkdir()
    support.git(other, "init", "-q")
    answer = hook(other, "pre-commit", "HEAD", str(root / "data" / "models.yaml"))
    (other / "a").write_text("a")
    support.git(other, "add", "a")
    support.git(other, "commit", "-q", "-m", "x")

    head = support.git(root, "rev-parse", "HEAD").strip()
    assert f'"revision": "{head}"' in answer.read_text("utf-8")


def test_a_hook_after_a_merge_and_an_alias_read_it_too(root, hook):
    support.git(root, "checkout", "-q", "-b", "nhánh", "HEAD~1")
    answer = hook(root, "post-merge", "HEAD~1")
    parent = support.git(root, "rev-parse", "HEAD").strip()
    support.git(root, "merge", "-q", "main")
    assert f'"revision": "{parent}"' in answer.read_text("utf-8")
    told = support.git(
        root, "-c", "core.bare=true", "-c", f'alias.de06=!cd data && "{sys.executable}" -m de06cli', "de06",
        "log", "--data", "models.yaml",
    )  # fmt: skip
    assert told.count("bước 1: ") == 2


def test_a_hook_before_a_push_is_taken_sees_what_is_pushed(root, hook, tmp_path):
    server = tmp_path / "máy chủ"
    support.git(tmp_path, "clone", "-q", str(root), str(server))
    support.git(server, "config", "receive.denyCurrentBranch", "updateInstead")
    pushed = support.git(root, "commit-tree", "-p", "HEAD", "-m", "mới", "HEAD~2^{tree}").strip()
    answer = hook(server, "pre-receive", pushed, str(server / "data" / "models.yaml"))
    support.git(root, "push", "-q", str(server), f"{pushed}:refs/heads/main")

    told = answer.read_text("utf-8")
    assert told.endswith("exit 0\n"), told
    assert f'"revision": "{pushed}"' in told
