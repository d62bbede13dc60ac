"""git's own merges of a plan go through de06, with real repositories; what de06 can't join, git does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import support

from de06cli.cli import environment
from de06cli.plan.file.reader import read
from de06cli.plan.records import Plan
from de06cli.plan.sharing import driver

DUTY = """\
plan:
  code: TANKHAI
  title: "Kế hoạch"
  issued: 2025-01-13
agencies:
  - {code: VP, name: "Văn phòng"}
models:
  - model: 13
    title: "Báo cáo hằng tháng"
    recurs: {every: month, after: 5}
    periods:
      - {period: 2025-01, status: done, date: 2025-02-03, by: VP}  # tháng đầu
    lead: [VP]
  - model: 14
    title: "Hồ sơ"
    deadline: 2025-12-31
    lead: [VP]
    targets:
      - target: 1
        goal: "≥ 80"
        values:
          - {date: 2025-01-31, value: 10}
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the shipped plan, in which git asks de06."""
    support.git(tmp_path, "init", "-q", "-b", "main")
    assert support.run("init", home=tmp_path).returncode == 0
    support.git(tmp_path, "add", ".")
    support.git(tmp_path, "commit", "-qm", "Kế hoạch")
    return tmp_path


def marked(clone: Path, branch: str, *commands: tuple[str, ...]) -> None:
    """A commit of these marks on a new branch from main."""
    support.git(clone, "switch", "-q", "-c", branch, "main")
    for command in commands:
        made = support.run(*command, home=clone, DE06_TODAY="2025-12-01")
        assert made.returncode == 0, made.stderr
    support.git(clone, "commit", "-qam", branch)


def merged(clone: Path, one: str, other: str, **changes: str) -> subprocess.CompletedProcess[str]:
    support.git(clone, "switch", "-q", one)
    return subprocess.run(
        ["git", "merge", "-q", "-m", "Gộp", other],
        cwd=clone,
        env=support.environment(clone, **changes),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def plan_of(clone: Path) -> Plan:
    found = read((clone / "data" / "models.yaml").read_bytes()).plan
    assert found
    return found


def extended(day: str, decided: str, document: str) -> tuple[str, ...]:
    return ("extend", "9", day, "--decided", decided, "--document", document)


def test_two_extensions_of_one_model_stand_in_the_order_of_their_days(clone):
    marked(clone, "an", extended("30/06/2024", "05/01/2024", "1/QD"))
    marked(clone, "binh", extended("31/03/2024", "02/01/2024", "2/QD"), ("done", "10.1"))

    assert merged(clone, "an", "binh").returncode == 0

    nine = next(model for model in plan_of(clone).models if model.model == 9)
    assert [one.document for one in nine.extensions] == ["2/QD", "1/QD"]
    assert "10.1" not in support.git(clone, "status", "--porcelain")


def test_two_marks_of_one_step_are_a_conflict_that_git_shows(clone):
    marked(clone, "an", ("done", "9.2", "--by", "CAH"))
    marked(clone, "binh", ("block", "9.2", "--note", "chờ"))

    assert merged(clone, "an", "binh").returncode == 1

    text = (clone / "data" / "models.yaml").read_text("utf-8")
    assert text.count("<<<<<<<") == text.count(">>>>>>>") == 1
    assert "UU data/models.yaml" in support.git(clone, "status", "--porcelain")


def test_the_mark_that_says_more_wins(clone):
    marked(clone, "an", ("done", "9.2", "--date", "20/11/2023"))
    marked(clone, "binh", ("done", "9.2", "--date", "20/11/2023", "--evidence", "45/BC"))

    assert merged(clone, "an", "binh").returncode == 0

    nine = next(model for model in plan_of(clone).models if model.model == 9)
    assert nine.steps[1].progress is not None
    assert nine.steps[1].progress.evidence == "45/BC"


def test_periods_and_values_of_two_people_stand_together(clone):
    plan = clone / "data" / "models.yaml"
    plan.write_text(DUTY, "utf-8")
    support.git(clone, "commit", "-qam", "Kế hoạch khác")
    february, march = ("done", "13@2025-02", "--by", "VP"), ("done", "13@2025-03", "--by", "VP")
    marked(clone, "an", march, ("record", "14.t1", "30", "--date", "31/03/2025"))
    marked(clone, "binh", february, ("record", "14.t1", "20", "--date", "28/02/2025"))

    assert merged(clone, "an", "binh").returncode == 0

    duty, target = plan_of(clone).models[0], plan_of(clone).models[1].targets[0]
    assert [str(one.period) for one in duty.periods] == ["2025-01", "2025-02", "2025-03"]
    assert [one.value for one in target.values] == ["10", "20", "30"]
    assert "# tháng đầu" in plan.read_text("utf-8")


def test_where_de06_is_not_found_git_merges_as_always(clone):
    driver.install(clone, [clone / "data" / "models.yaml"], support.environment(clone), "de06")
    without = os.pathsep.join(
        folder for folder in os.get_exec_path() if not shutil.which("de06", path=folder)
    )
    assert support.git(clone, "config", "merge.de06.driver").startswith("de06 merge-driver ")
    marked(clone, "an", extended("30/06/2024", "05/01/2024", "1/QD"))
    marked(clone, "binh", extended("31/03/2024", "02/01/2024", "2/QD"))

    run = merged(clone, "an", "binh", PATH=without)

    assert run.returncode == 1
    assert "de06: not found" in run.stderr
    text = (clone / "data" / "models.yaml").read_text("utf-8")
    assert text.count("<<<<<<< HEAD") == text.count(">>>>>>> incoming") == 1
    assert "1/QD" in text
    assert "2/QD" in text
    assert "UU data/models.yaml" in support.git(clone, "status", "--porcelain")


def test_a_contradiction_is_marked_alone_and_the_rest_is_joined(clone):
    marked(
        clone, "an", ("done", "9.2", "--by", "CAH"), extended("30/06/2024", "05/01/2024", "1/QD")
    )
    marked(
        clone, "binh", ("block", "9.2", "--note", "chờ"),
        extended("31/03/2024", "02/01/2024", "2/QD"), ("done", "9.1"),
    )  # fmt: skip

    assert merged(clone, "an", "binh").returncode == 1

    text = (clone / "data" / "models.yaml").read_text("utf-8")
    assert text.count("<<<<<<<") == 1
    before, rest = text.split("<<<<<<< HEAD\n")
    ours, rest = rest.split("=======\n")
    theirs, behind = rest.split(">>>>>>> incoming\n")
    assert ours.lstrip().startswith("progress: {status: done")
    assert theirs.lstrip().startswith("progress: {status: blocked")
    for side in (ours, theirs):
        joined = read((before + side + behind).encode()).plan
        assert joined
        nine = next(model for model in joined.models if model.model == 9)
        assert [one.document for one in nine.extensions] == ["2/QD", "1/QD"]
        assert nine.steps[0].progress is not None


def test_what_git_would_join_into_no_plan_is_marked(clone):
    """One takes an agency out of the register in which the other marks."""
    plan = clone / "data" / "models.yaml"
    agency = '  - {code: CAX, name: "Công an xã"}\n'
    plan.write_text(DUTY.replace("models:\n", f"{agency}models:\n"), "utf-8")
    support.git(clone, "commit", "-qam", "Kế hoạch khác")
    marked(clone, "an", ("done", "13@2025-02", "--by", "CAX"))
    support.git(clone, "switch", "-q", "-c", "binh", "main")
    plan.write_text(DUTY, "utf-8")
    support.git(clone, "commit", "-qam", "Bỏ đơn vị")

    assert merged(clone, "an", "binh").returncode == 1

    text = plan.read_text("utf-8")
    assert text.count("<<<<<<<") == text.count(">>>>>>>") >= 1
    assert agency in text
    assert "2025-02" in text


@pytest.mark.parametrize("name", ["kế hoạch/mô hình [1].yaml", "mo-hinh.yaml", '#1 "a"\\b!.yaml'])
def test_a_path_is_written_so_that_git_finds_it(clone, name):
    plan = clone / name
    plan.parent.mkdir(exist_ok=True)
    support.git(clone, "mv", "data/models.yaml", name)
    support.git(clone, "commit", "-qam", "Tên khác")
    driver.install(clone, [plan], support.environment(clone), environment.program())
    branches = (
        ("an", "30/06/2024", "05/01/2024", "1/QD"),
        ("binh", "31/03/2024", "02/01/2024", "2/QD"),
    )
    for branch, *extension in branches:
        marked(clone, branch, (*extended(*extension), "--data", str(plan)))

    assert merged(clone, "an", "binh").returncode == 0

    documents = re.findall(r"(\d/QD)", plan.read_text("utf-8"))
    assert documents == ["2/QD", "1/QD"]
    others = ["data/models.yaml", "kế hoạch/mô hình 1.yaml", "khac/mo-hinh.yaml"]
    said = support.git(clone, "check-attr", "-z", "merge", "--", *others).split("\0")
    assert said[2::3] == ["de06", "unspecified", "unspecified"]


def test_how_somebody_has_set_a_plan_to_be_merged_stays(tmp_path):
    support.git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text("data/*.yaml merge=union\n", "utf-8")

    assert support.run("init", home=tmp_path).returncode == 0
    plan = tmp_path / "data" / "models.yaml"
    driver.install(tmp_path, [plan], support.environment(tmp_path), "de06")

    said = support.git(tmp_path, "check-attr", "merge", "data/models.yaml")
    assert said == "data/models.yaml: merge: union\n"
    assert (tmp_path / ".gitattributes").read_text("utf-8").splitlines() == [
        "data/*.yaml merge=union",
        "data/models.yaml text eol=lf",
    ]


def test_a_plan_that_is_broken_where_both_changed_gets_gits_markers(clone):
    plan = clone / "data" / "models.yaml"
    marked(clone, "binh", ("done", "9.2"))
    support.git(clone, "switch", "-q", "-c", "an", "main")
    text = plan.read_text("utf-8")
    at = text.index("      - step: 2\n", text.index("  - model: 9\n")) + len("      - step: 2\n")
    plan.write_text(f"{text[:at]}        progress: {{status done\n{text[at:]}", "utf-8")
    support.git(clone, "commit", "-qam", "Hỏng")

    assert merged(clone, "an", "binh").returncode == 1

    text = plan.read_text("utf-8")
    assert text.count("<<<<<<< HEAD") == text.count(">>>>>>> incoming") == 1


def test_a_plan_that_is_broken_is_left_to_git(clone):
    plan = clone / "data" / "models.yaml"
    support.git(clone, "switch", "-q", "-c", "an", "main")
    plan.write_text(plan.read_text("utf-8").replace("agencies:\n", "agencies\n", 1), "utf-8")
    support.git(clone, "commit", "-qam", "Hỏng")
    marked(clone, "binh", ("done", "9.2"))

    assert merged(clone, "an", "binh").returncode == 0

    text = plan.read_text("utf-8")
    assert "agencies\n" in text
    assert "status: done" in text


def test_an_older_folder_gets_its_line_with_the_first_sync_and_no_file_is_changed(tmp_path):
    support.git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "data").mkdir()
    plan = tmp_path / "data" / "models.yaml"
    plan.write_text(DUTY, "utf-8")
    (tmp_path / ".gitattributes").write_text("data/models.yaml text eol=lf\n", "utf-8")
    support.git(tmp_path, "add", "data", ".gitattributes")
    support.git(tmp_path, "commit", "-qm", "Kế hoạch")

    for _time in range(2):
        driver.install(tmp_path, [plan], support.environment(tmp_path), "de06")

    own = (tmp_path / ".git" / "info" / "attributes").read_text("utf-8")
    assert own.count("data/models.yaml merge=de06\n") == 1
    assert "merge: de06" in support.git(tmp_path, "check-attr", "merge", "data/models.yaml")
    assert support.git(tmp_path, "status", "--porcelain", "--untracked-files=no") == ""
