"""Help: commands by what they are for, examples that work, choices explained, nothing too wide."""

from __future__ import annotations

import shlex
import subprocess

import annexes
import pytest
import support

from de06cli.cli.command_table import COMMANDS, GROUPS

# One prints the same whatever is typed behind it, the other is about targets, which the plan has not.
FREE = {"schema", "record"}


def test_the_commands_stand_in_their_groups_in_the_order_of_the_table(call):
    lines = call("--help").stdout.splitlines()

    titles = [f"{title}:" for title in GROUPS.values()]
    assert [line for line in lines if line in titles] == titles
    listed = [
        line.split()[0]
        for line in lines
        if line.startswith("  ") and line[2:3].islower() and line.split()[0] in COMMANDS
    ]
    assert listed == list(COMMANDS)
    for number, (group, title) in enumerate(GROUPS.items()):
        end = lines.index(titles[number + 1]) if number + 1 < len(titles) else len(lines)
        for name, entry in COMMANDS.items():
            stands = any(
                line.startswith(f"  {name} ") for line in lines[lines.index(f"{title}:") : end]
            )
            assert stands == (entry.group == group)


@pytest.mark.parametrize("columns", [60, 74, 90])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_is_longer_than_the_width(call, monkeypatch, columns, language):
    monkeypatch.setenv("COLUMNS", str(columns))

    for name in ("", *COMMANDS):
        shown = call(*name.split(), "--lang", language, "--help").stdout
        assert [line for line in shown.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("list", ["--role ROLE", "lead: đơn vị chủ trì", "due_soon: sắp đến hạn"]),
        ("list", ["--sort SORT", "late: theo số ngày quá hạn, nhiều nhất trước"]),
        ("stats", ["--by BY", "month: mỗi tháng của thời hạn một dòng"]),
        ("export", ["--format FORMAT", "parquet: cho công cụ phân tích dữ liệu"]),
    ],
)
def test_choices_are_explained(call, command, lines):
    shown = call(command, "--help").stdout

    assert [line for line in lines if line not in shown] == []


def test_a_command_that_a_clerk_uses_shows_examples():
    assert [name for name, entry in COMMANDS.items() if not entry.examples] == sorted(FREE)


def test_an_example_that_is_too_long_goes_on_behind_a_backslash(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")

    shown = call("skip", "--help").stdout

    assert (
        "  de06 skip 9.3 --evidence 12/UBND-VX \\\n"
        '      --note "đã có phần mềm của tỉnh"\n'
    ) in shown  # fmt: skip


@pytest.fixture
def recorded(repository, call):
    """A plan with a history, some of it not committed yet."""
    call("start", "9.3")
    support.git(repository, "commit", "-qam", "Bước 9.3")
    call("done", "9.1")
    support.git(repository, "clone", "-q", "--bare", ".", "kho.git")
    support.git(repository, "remote", "add", "origin", "kho.git")
    support.git(repository, "config", "user.name", "An")
    support.git(repository, "config", "user.email", "an@example.vn")
    return repository


@pytest.mark.parametrize("typed", [line for entry in COMMANDS.values() for line in entry.examples])
def test_examples_work(recorded, call, monkeypatch, typed):
    if typed.startswith("import"):
        call("export", "tien-do.xlsx")
    elif typed.startswith("draft"):
        (recorded / "data" / "moi.yaml").unlink(missing_ok=True)
        call("export", "phu-luc.docx")
        annexes.province(recorded / "bang.xlsx")
    elif typed.startswith("init"):
        (recorded / "moi").mkdir()
        call("export", "moi/phu-luc.docx")
        monkeypatch.chdir(recorded / "moi")
    elif "--since" in typed and typed.startswith("diff"):  # the history begins before that day
        began = "2023-10-01T08:00:00+07:00"
        variables = {**support.environment(recorded), "GIT_COMMITTER_DATE": began}
        subprocess.run(["git", "update-ref", "-d", "HEAD"], cwd=recorded, env=variables, check=True)
        subprocess.run(
            ["git", "commit", "-qm", "Kế hoạch"], cwd=recorded, env=variables, check=True
        )

    answer = call(*shlex.split(typed))

    assert (answer.returncode, "Lỗi" in answer.stderr) == (0, False), answer.stderr
