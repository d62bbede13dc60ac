"""What people see on a terminal: short, nothing wider than it is, what matters counted last."""

from __future__ import annotations

import re

import pytest

from de06cli.characters import display_width


def uncoloured(text: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()


@pytest.mark.parametrize(
    ("columns", "height"), [(60, 60), (80, 60), (100, 60), (120, 36), (140, 36)]
)
def test_the_shipped_list_is_short(plan, terminal, columns, height):
    lines = uncoloured(terminal("list", columns=columns).stdout)

    assert len(lines) <= height
    assert max(map(display_width, lines)) <= columns
    assert lines[-1] == "24 nhiệm vụ: 24 quá hạn."


def test_a_card_says_what_a_row_says(small, terminal):
    lines = uncoloured(terminal("list", columns=80).stdout)

    assert lines[:2] == [
        "7  Cấp thẻ căn cước lưu động                                     Quá hạn 11 ngày",
        "   31/12/2023 (gia hạn) · CAX, VPX · ●✗ 1/2 · STT 1 · Đang chờ: CAX +1",
    ]


def test_the_last_line_counts_what_matters(small, terminal):
    lines = uncoloured(terminal("list", columns=120).stdout)

    assert lines[-1] == "5 nhiệm vụ: 2 hoàn thành, 1 quá hạn, 1 đến hạn trong 7 ngày."


def test_a_wide_terminal_says_whom_a_task_waits_for(plan, terminal):
    head, _rule, *rows = uncoloured(terminal("list", columns=140).stdout)

    assert head.split()[-2:] == ["Đang", "chờ"]
    assert rows[0].split("  ")[-1].strip() == "Phòng VH-TT +2"
    assert "Đang chờ" not in uncoloured(terminal("list", columns=112).stdout)[0]


def test_a_pipe_keeps_codes_columns_and_whole_titles(plan, call):
    head, first, *_rest = call("list").stdout.splitlines()

    assert head.split("  ")[-1] == "Tình trạng"
    assert re.search("  PVHTT +○○○○○ 0/5  Chưa hoàn thành – quá hạn 12 ngày$", first)
    assert "…" not in call("list").stdout


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 140])
def test_a_late_task_is_written_in_full_once(plan, terminal, columns):
    text = terminal("overdue", columns=columns).stdout
    lines = uncoloured(text)

    assert max(map(display_width, lines)) <= columns
    assert sum(bool(re.match(r" ?\d+  ", line)) for line in lines) == 24


def test_what_the_agency_leads_comes_first(plan, terminal):
    lines = uncoloured(terminal("overdue", "--agency", "phong vh-tt").stdout)

    assert lines[0] == "16 nhiệm vụ quá hạn tính đến ngày 11/01/2024"
    assert lines[2] == "PVHTT – Phòng Văn hóa và Thông tin huyện Hớn Quản (7)"
    assert "  Cùng chủ trì, xem ở PVHTT: Mô hình 37, Mô hình 39, Mô hình 40" in lines


def test_figures_by_agency_have_the_worst_first_and_say_who_has_no_row(plan, terminal):
    lines = uncoloured(terminal("stats", "--by", "agency", columns=120).stdout)
    end = lines.index("─" * len(lines[1]), 2)
    overdue = [int(re.findall(r"  (\d+)", line)[4]) for line in lines[2:end]]

    assert overdue == sorted(overdue, reverse=True)
    assert "26 đơn vị khác không chủ trì nhiệm vụ nào trong số này." in " ".join(lines)


@pytest.mark.parametrize(
    "command", [["list"], ["overdue"], ["show", "9"], ["timeline"], ["agencies"]]
)
def test_forty_columns_break_no_word(plan, terminal, command):
    answer = terminal(*command, columns=40)

    assert answer.returncode == 0
    assert max(map(display_width, uncoloured(answer.stdout))) <= 40
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", [["list"], ["overdue"], ["show", "9"], ["timeline"], ["stats"]])
def test_no_colour_is_one_that_only_a_dark_ground_shows(plan, terminal, command):
    sent = re.findall(r"\x1b\[([0-9;]*)m", terminal(*command).stdout)

    colours = {code.removeprefix("1;") for code in sent} - {"0", "1", ""}
    assert colours
    assert all(code.startswith("38;5;") for code in colours)
    assert all(_contrast(int(code[5:]), ground) > 3.8 for code in colours for ground in (0.0, 1.0))


def _contrast(colour: int, ground: float) -> float:
    """The contrast of one of the 256 colours with white (1.0) or black (0.0), as WCAG defines it."""
    if colour >= 232:
        parts = [8 + 10 * (colour - 232)] * 3
    else:
        levels = [0, 95, 135, 175, 215, 255]
        parts = [levels[(colour - 16) // by % 6] for by in (36, 6, 1)]
    linear = [(p / 255 / 12.92 if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4) for p in parts]
    light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    low, high = sorted([light, ground])
    return (high + 0.05) / (low + 0.05)
