"""``de06`` alone: where one stands for a person, the help for a program."""

from __future__ import annotations


def test_a_person_sees_what_is_late_what_is_next_and_three_commands(small, terminal):
    shown = terminal(TERM="dumb")

    assert (shown.returncode, shown.stderr) == (0, "")
    plain = shown.stdout
    assert "nhiệm vụ quá hạn" in plain
    assert plain.count("  de06 ") == 3
    assert "LỆNH" not in plain


def test_the_late_tasks_have_their_addresses_and_days(plan, terminal):
    shown = terminal(TERM="dumb").stdout.splitlines()

    late = next(number for number, line in enumerate(shown) if line.endswith("nhiệm vụ quá hạn:"))
    address = shown[late + 1].split()[0]
    assert shown[late + 1].endswith("quá hạn 73 ngày")
    assert f"  de06 show {address}    xem đầy đủ nhiệm vụ này" in shown
    assert "  de06 --help    các lệnh khác" in shown


def test_what_is_due_soon_is_next(plan, terminal):
    shown = terminal(DE06_TODAY="2023-11-20", TERM="dumb").stdout

    assert "nhiệm vụ sắp đến hạn:" in shown
    assert "còn 10" in shown


def test_nothing_is_too_wide(plan, terminal):
    shown = terminal(columns=60, TERM="dumb").stdout

    assert [line for line in shown.splitlines() if len(line) > 60] == []


def test_it_speaks_english(plan, terminal):
    shown = terminal("--lang", "en", TERM="dumb").stdout

    assert "24 overdue tasks:" in shown.splitlines()


def test_without_a_usable_plan_it_is_the_help(plan, terminal):
    plan.write_text("models: [", "utf-8")

    shown = terminal()

    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Cách dùng: de06 LỆNH")


def test_a_program_gets_the_help(plan, de06):
    answer = de06()

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("Cách dùng: de06 LỆNH")
