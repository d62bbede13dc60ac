"""``timeline`` and the bars of ``stats``: charts for a person, lines for a program."""

from __future__ import annotations

import json
import re

import pytest
from rich.cells import cell_len


def uncoloured(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_on_a_pipe_the_timeline_is_a_line_a_model(small, call):
    answer = call("timeline")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert (
        answer.stdout
        == """\
Mô hình  Nhiệm vụ                   Hạn ban đầu    Thời hạn  Hoàn thành  Tình trạng
      5  Thanh toán không tiền mặt   30/10/2023  30/10/2023  09/11/2023  Hoàn thành quá hạn 10 ngày
      2  Tuyên truyền VNeID          30/12/2023  30/12/2023  30/12/2023  Hoàn thành đúng hạn
      7  Cấp thẻ căn cước lưu động   30/11/2023  31/12/2023              Chưa hoàn thành – quá hạn 11 ngày
      3  Sổ sức khỏe điện tử         15/01/2024  15/01/2024              Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)
      8  Rà soát dân cư                                                  Thường xuyên
"""  # noqa: E501
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_on_a_terminal_the_timeline_fits_its_width(plan, terminal, columns):
    answer = terminal("timeline", columns=columns)

    assert (answer.returncode, answer.stderr) == (0, "")
    lines = uncoloured(answer.stdout).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert sum("◆" in line for line in lines[2:26]) == 24
    assert "▼ hôm nay, 11/01/2024" in answer.stdout


@pytest.mark.parametrize(("encoding", "cut"), [("ascii", "..."), ("utf-8", "…")])
def test_the_marks_stand_under_their_months_in_every_encoding(plan, terminal, encoding, cut):
    answer = terminal("timeline", "--as-of", "20/11/2023", PYTHONIOENCODING=encoding)

    rows = [line for line in uncoloured(answer.stdout).splitlines()[2:26] if cut in line]
    assert len(rows) > 12
    now = uncoloured(answer.stdout).splitlines()[1].index("▼" if cut == "…" else "v")
    assert {line[now] for line in rows} <= {"│", "|", "┼", "+"}
    assert max(map(cell_len, rows)) <= 80


def test_a_terminal_shows_what_is_late_in_red(small, terminal):
    assert "\x1b[1;38;5;160m◆" in terminal("timeline").stdout


def test_the_timeline_for_programs_is_the_tasks_by_deadline(small, call):
    assert call("timeline", "--format", "ids").stdout.split() == ["5", "2", "7", "3", "8"]
    answer = json.loads(call("timeline", "--format", "json").stdout)
    assert [task["due"] for task in answer["models"]] == [
        "2023-10-30", "2023-12-30", "2023-12-31", "2024-01-15", None,
    ]  # fmt: skip


def test_the_filters_choose_the_rows(small, call):
    assert call("timeline", "--agency", "TTYT", "--role", "lead", "--format", "ids").stdout == "3\n"


def test_where_nothing_matches_a_person_is_reported(small, terminal):
    shown = terminal("timeline", "--search", "không có chữ này").stdout

    assert shown == "Không có nhiệm vụ nào phù hợp. Số liệu tính đến ngày 11/01/2024.\n"


def test_stats_on_a_terminal_has_bars_below_the_table(small, terminal):
    shown = uncoloured(terminal("stats", columns=40).stdout)

    assert shown.endswith(
        """
Số liệu tính đến ngày 11/01/2024.

████████▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░░░░░░■■■■■■■■ 5

█ HT đúng hạn 1   ▓ HT quá hạn 1
▒ Thường xuyên 1   ░ Còn trong hạn 1
■ Đang quá hạn 1
"""
    )


def test_stats_by_agency_has_a_bar_each(small, terminal):
    lines = uncoloured(terminal("stats", "--by", "agency", columns=120).stdout).splitlines()

    bars = [line for line in lines if any(letter in line for letter in "█▓▒░■")]
    assert [bar.split()[0] for bar in bars[:3]] == ["CAX", "VPX", "TTYT"]


def test_stats_of_nothing_has_no_bars(small, terminal):
    shown = uncoloured(terminal("stats", "--search", "không có chữ này").stdout)

    assert shown.splitlines()[-1] == "Số liệu tính đến ngày 11/01/2024."
