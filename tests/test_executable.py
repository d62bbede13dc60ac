"""The one-folder executable says and writes what de06 in an environment does: every command, every form."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import support

from de06cli.cli.command_table import COMMANDS
from de06cli.cli.commands.send.export import ExportFormat

pytestmark = pytest.mark.slow

MAKE = support.ROOT / "scripts" / "executable" / "make.py"
NAMES = sorted(COMMANDS)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("executable")
    subprocess.run([sys.executable, str(MAKE), str(folder)], check=True, timeout=900)
    return folder / "de06" / "de06"


def _run(program: Path, *arguments: str, home: Path, **changes: str | None) -> support.Run:
    return subprocess.run(
        [program, *arguments],
        cwd=home,
        env=support.environment(home, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def _plan(home: Path) -> Path:
    """A copy of the shipped plan in a folder of its own."""
    (home / "data").mkdir(parents=True)
    shutil.copy(support.MODELS_FILE, home / "data")
    return home / "data" / "models.yaml"


@pytest.mark.parametrize("name", NAMES)
def test_each_command_has_the_same_help(program, tmp_path, name):
    asked = (*name.split(), "--help")
    there = _run(program, *asked, home=tmp_path)
    assert there.returncode == 0, there.stderr
    assert there.stdout == support.run(*asked, home=tmp_path).stdout


@pytest.mark.parametrize(
    "asked",
    [
        ("list",),
        ("list", "--format", "json"),
        ("overdue",),
        ("upcoming",),
        ("steps", "--next"),
        ("stats", "--by", "agency"),
        ("agencies",),
        ("show", "9"),
        ("timeline",),
        ("check", "--notes"),
        ("schema",),
        ("report",),
        ("report", "--format", "html"),
        ("mail", "--dry-run"),
        ("list", "--lang", "en"),
        ("list", "--agency", "Bộ Y"),
        ("--show-completion", "bash"),
    ],
    ids=" ".join,
)
def test_each_question_has_the_same_answer(program, tmp_path, asked):
    _plan(tmp_path)
    there, here = _run(program, *asked, home=tmp_path), support.run(*asked, home=tmp_path)
    assert (there.returncode, there.stdout, there.stderr) == (
        here.returncode,
        here.stdout,
        here.stderr,
    )
    assert there.stdout + there.stderr


@pytest.mark.parametrize("form", [form.value for form in ExportFormat])
def test_each_form_of_export_has_the_same_bytes(program, tmp_path, form):
    _plan(tmp_path)
    for name, run in (("there", program), ("here", None)):
        asked = ("export", f"{name}.{form}", "--format", form)
        done = _run(run, *asked, home=tmp_path) if run else support.run(*asked, home=tmp_path)
        assert done.returncode == 0, done.stderr
    there, here = tmp_path / f"there.{form}", tmp_path / f"here.{form}"
    if there.is_dir():
        assert _files(there) == _files(here)
    else:
        assert there.read_bytes() == here.read_bytes()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_template_of_the_office_is_filled_in_by_a_process_of_its_own(program, tmp_path):
    _plan(tmp_path)
    made = _run(program, "report", "mau.docx", "--as-template", home=tmp_path)
    assert made.returncode == 0, made.stderr
    filled = _run(program, "report", "bao-cao.docx", "--template", "mau.docx", home=tmp_path)
    assert filled.returncode == 0, filled.stderr
    assert (tmp_path / "bao-cao.docx").read_bytes().startswith(b"PK")


def test_a_mark_its_undo_and_a_workbook_that_comes_back(program, tmp_path):
    plan = _plan(tmp_path)
    before = plan.read_bytes()
    done = _run(program, "done", "9.2", "--date", "20/11/2023", "--by", "CAH", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert plan.read_bytes() != before
    assert _run(program, "undo", "--yes", home=tmp_path).returncode == 0
    assert plan.read_bytes() == before
    assert _run(program, "export", "so.xlsx", home=tmp_path).returncode == 0
    assert _run(program, "import", "so.xlsx", home=tmp_path).returncode == 0
    assert plan.read_bytes() == before
    drafted = _run(program, "draft", "so.xlsx", "-o", "moi.yaml", home=tmp_path)
    assert drafted.returncode == 0, drafted.stderr


def test_marks_of_two_people_are_merged_by_the_executable(program, tmp_path):
    bare, first, second = (tmp_path / name for name in ("bare", "first", "second"))
    support.git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    support.git(tmp_path, "clone", "-q", str(bare), str(first))
    _plan(first)
    alone = {"PATH": f"{program.parent}:/usr/bin:/bin"}
    assert _run(program, "sync", home=first, **alone).returncode == 0
    support.git(tmp_path, "clone", "-q", str(bare), str(second))
    for clone, step in ((first, "9.2"), (second, "9.3")):
        marked = _run(program, "done", step, "--date", "20/11/2023", home=clone, **alone)
        assert marked.returncode == 0, marked.stderr
    for clone in (first, second, first):
        shared = _run(program, "sync", home=clone, **alone)
        assert shared.returncode == 0, shared.stderr
    texts = [(clone / "data" / "models.yaml").read_text("utf-8") for clone in (first, second)]
    assert texts[0] == texts[1]
    assert texts[0].count("progress:") == support.MODELS_TEXT.count("progress:") + 2
