"""Charts of letters: nothing is wider than the terminal, every state and mark has a sign of its own."""

from __future__ import annotations

from datetime import date

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from samples import TODAY, extension, model, step

from de06cli.characters import display_width
from de06cli.plan import periods, portfolio
from de06cli.plan.records import Model
from de06cli.tracking.figures.statistics import Figures, figures
from de06cli.tracking.states import Task, as_of
from de06cli.tracking.terms import State
from de06cli.views.contents import tables, timeline
from de06cli.views.text import chart

WIDTHS = [40, 80, 120]


def tasks(*models: Model, today: date = TODAY) -> list[Task]:
    return as_of(portfolio.single(samples.plan(*models)), (today,)).tasks()


def lines_of(drawn: list[chart.Line]) -> list[str]:
    return ["".join(cell.text for cell in line) for line in drawn]


def text(drawn: list[chart.Line]) -> str:
    return "".join(f"{line.rstrip()}\n" for line in lines_of(drawn))


def drawn(*models: Model, width: int = 80, today: date = TODAY) -> list[chart.Line]:
    return chart.timeline(timeline.timeline(tasks(*models, today=today), today), width)


def tone_of(letter: str, line: chart.Line) -> str:
    (tone,) = {cell.tone for cell in line if letter in cell.text}
    return tone


EVERYTHING = (
    *samples.SHOWN,
    model(7, extensions=(extension("2024-03-20", "2023-12-01"),), title="Cấp thẻ"),
)


def test_a_timeline_on_a_narrow_terminal():
    assert text(drawn(*EVERYTHING, width=40)) == (
        """\
   10/23 11/23 12/23 01/24 02/24 03/24
   ┬─────┬─────┬─────┬─▼───┬─────┬──────
40      ◆┄┄┄┄┄┄┄┄┄┄┄┄┄┄│
 9            ◇─────◆┄┄│
 8                  ●  │
23                  ◆● │
 6                     ◆
 7                  ◇──┼────────────◆
25 Thường xuyên        │

▼ hôm nay, 11/01/2024   ◆ thời hạn
◆┄┄ quá hạn   ◇──◆ gia hạn
● hoàn thành
"""
    )


def test_a_timeline_on_a_usual_terminal():
    assert text(drawn(*EVERYTHING)) == (
        """\
                                10/23   11/23  12/23   01/24   02/24   03/24
                                ┬───────┬──────┬───────┬──▼────┬───────┬────────
40 Phân tích tình hình du lịch         ◆┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄│
 9 Triển khai nền tảng quản lý…                ◇───────◆┄┄│
 8 Công chứng, chứng thực                             ●◆  │
23 LED                                                 ◆● │
 6 Khám chữa bệnh bằng thẻ CCCD                           │◆
 7 Cấp thẻ                                             ◇──┼─────────────────◆
25 Rà soát dân cư               Thường xuyên              │

▼ hôm nay, 11/01/2024   ◆ thời hạn   ◆┄┄ quá hạn   ◇──◆ gia hạn   ● hoàn thành
"""
    )


def test_a_timeline_on_a_wide_terminal():
    assert text(drawn(*EVERYTHING, width=120)) == (
        """\
                                              10/2023   11/2023   12/2023    01/2024   02/2024   03/2024
                                              ┬─────────┬─────────┬──────────┬──▼──────┬─────────┬───────────
40 Phân tích tình hình du lịch                         ◆┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄│                             30/10/2023
 9 Triển khai nền tảng quản lý lưu trú tại…                       ◇─────────◆┄┄┄│                             30/12/2023
 8 Công chứng, chứng thực                                                  ●◆   │                             30/12/2023
23 LED                                                                      ◆┄● │                             30/12/2023
 6 Khám chữa bệnh bằng thẻ CCCD                                                 │ ◆                           15/01/2024
 7 Cấp thẻ                                                                  ◇───┼───────────────────────◆     20/03/2024
25 Rà soát dân cư                             Thường xuyên                      │

▼ hôm nay, 11/01/2024   ◆ thời hạn   ◆┄┄ quá hạn   ◇──◆ gia hạn   ● hoàn thành
"""  # noqa: E501
    )


def test_colours_say_late_soon_and_done():
    _months, _ticks, late, _lodging, in_time, done_late, soon, *_rest = drawn(*EVERYTHING)

    assert tone_of("◆", late) == tone_of("┄", late) == tables.LATE
    assert tone_of("●", in_time) == tone_of("●", done_late) == tables.DONE
    assert tone_of("◆", soon) == tables.SOON


def test_only_what_is_there_is_explained():
    assert text(drawn(model(1, deadline="2024-03-01"))[-1:]) == (
        "▼ hôm nay, 11/01/2024   ◆ thời hạn\n"
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("years", [0, 1, 3, 10, 60, 1000, 7000])
def test_the_scale_fits_however_long_the_plan_is(width, years):
    months, ticks, *_rest = lines_of(
        drawn(model(1, deadline=f"{TODAY.year + years}-12-30"), width=width)
    )

    assert display_width(ticks) <= width
    assert len(months) <= len(ticks)
    assert ticks.count("▼") == 1
    labels = months.split()
    assert labels == sorted(labels, key=lambda label: label.split("/")[::-1])
    assert len(labels) >= 2


@pytest.mark.parametrize("width", [10, 40, 59, 60, 80, 99, 100, 120, 300])
@pytest.mark.parametrize(
    "title", ["Ngắn", "dài " * 40, "a" * 500, "中文" * 100, "ộ\u0301" * 90, "a\n\u202eb"]
)
def test_no_line_of_a_model_is_wider_than_the_terminal(width, title):
    _months, ticks, row, *_rest = lines_of(drawn(model(9, title=title), width=width))

    assert display_width(row) == display_width(ticks) + (11 if width >= 100 else 0)
    assert display_width(row) <= max(width, 12)


def counted(**states: int) -> Figures:
    of_states = {state: states.get(state.value, 0) for state in State}
    return figures([], TODAY)._replace(total=sum(of_states.values()), states=of_states)


def test_a_bar_is_parted_by_the_states_and_each_has_its_number():
    bar = chart.bars(
        [("", counted(done_on_time=2, done_late=1, open_in_time=3, open_overdue=2, ongoing=2))], 42
    )

    assert text(bar) == (
        """\
████████▓▓▓▓▒▒▒▒▒▒▒▒░░░░░░░░░░░■■■■■■■■ 10

█ HT đúng hạn 2   ▓ HT quá hạn 1
▒ Thường xuyên 2   ░ Còn trong hạn 3
■ Đang quá hạn 2
"""
    )


def test_bars_are_as_long_as_their_tasks_are_many():
    bars = chart.bars(
        [
            ("CAH – Công an huyện", counted(done_on_time=4, open_overdue=4)),
            ("C06", counted(open_in_time=2)),
        ],
        60,
    )

    assert text(bars) == (
        """\
CAH – Công an huyện ███████████████████■■■■■■■■■■■■■■■■■■■ 8
C06                 ░░░░░░░░░░ 2

█ HT đúng hạn   ░ Còn trong hạn   ■ Đang quá hạn
"""
    )


def test_meanings_stand_closer_where_that_keeps_them_on_one_line():
    row = counted(done_on_time=4, open_overdue=4, open_in_time=2)

    assert text(chart.bars([("CAH", row)], 52)).splitlines()[-1] == (
        "█ HT đúng hạn 4  ░ Còn trong hạn 2  ■ Đang quá hạn 4"
    )


def test_without_tasks_there_are_no_bars():
    assert chart.bars([("", counted())], 80) == []
    assert chart.bars([], 80) == []


@given(
    st.lists(
        st.fixed_dictionaries(
            {state.value: st.integers(0, 3) | st.integers(0, 9999) for state in State}
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(WIDTHS),
)
def test_no_part_vanishes_and_no_bar_is_wider_than_the_terminal(rows, width):
    named = [(f"Đơn vị {number}", counted(**row)) for number, row in enumerate(rows)]

    for line, (_name, row) in zip(chart.bars(named, width), named, strict=False):
        shown = "".join(cell.text for cell in line)
        assert display_width(shown) <= width
        for state, cell in chart.BARS.items():
            assert (cell.text in shown) == bool(row.states[state])


def test_what_is_finished_has_no_line_to_a_beginning_that_nobody_knows():
    line = drawn(model(1, step(1, "done 2023-12-10"), deadline="2024-01-20"), width=40)[2]

    assert "".join(cell.text for cell in line) == "1      ●                  │     ◆       "


def test_a_bar_begins_where_the_plan_says_so():
    begun = samples.model(1, deadline="2024-02-29", start=periods.parse("2023-12"))
    lines = lines_of(drawn(begun, width=40))

    assert lines[2] == "1 ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌◆"
    assert "├╌╌ bắt đầu" in text(drawn(begun, width=80))


def test_as_text_the_start_is_the_last_column_and_only_where_there_is_one():
    begun = samples.model(1, deadline="2024-02-29", start=periods.parse("2023-12"))
    of = lambda *models: timeline.table(timeline.timeline(tasks(*models), TODAY))  # noqa: E731

    assert of(begun).columns[-1].title == "Bắt đầu"
    assert of(begun).rows[0][-1].text == "Tháng 12/2023"
    assert of(samples.model(1)).columns[-1].title == "Tình trạng"
