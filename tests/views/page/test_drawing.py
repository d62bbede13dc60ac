"""Charts as drawings: where days lie, what lies between them, and how long a bar is."""

from __future__ import annotations

from datetime import date

import pytest
import samples
from samples import TODAY, extension, model, step

from de06cli.plan import periods
from de06cli.tracking.figures import statistics
from de06cli.tracking.figures.trend import Moment
from de06cli.tracking.terms import State
from de06cli.views.page import drawing
from de06cli.views.page.drawing import Drawing, DrawnMark, Span


def of(*models: samples.Model, today: date = TODAY) -> Drawing:
    return drawing.timeline_of(samples.tasks(*models, today=today), today)


def test_a_model_in_time_has_the_days_until_its_deadline():
    (line,) = of(model(9, deadline="2024-01-31")).lines

    assert line.spans == (Span("left", 33.33, 66.67),)
    assert line.marks == (DrawnMark("due", 100),)
    assert line.summary == "31/01/2024; Chưa hoàn thành – trong hạn"


def test_an_overdue_model_has_the_days_from_its_deadline_until_today():
    shown = of(model(9, deadline="2024-01-01"))

    assert shown.today == 33.33
    assert shown.lines[0].spans == (Span("missed", 0, 33.33),)
    assert shown.lines[0].marks == (DrawnMark("due", 0),)


def test_what_was_done_late_was_late_until_its_end_and_what_was_done_early_has_no_days():
    late, early = of(
        model(8, step(1, "done 2024-01-07"), deadline="2024-01-01"),
        model(9, step(1, "done 2024-01-04"), deadline="2024-01-31"),
    ).lines

    assert late.spans == (Span("missed", 0, 20),)
    assert late.marks == (DrawnMark("due", 0), DrawnMark("finished", 20))
    assert late.summary == "01/01/2024; Hoàn thành quá hạn 6 ngày; 07/01/2024"
    assert early.spans == ()
    assert early.marks == (DrawnMark("due", 100), DrawnMark("finished", 10))


def test_an_extension_leads_from_the_first_deadline_to_the_last():
    extensions = (extension("2024-01-20", "2023-12-30"), extension("2024-01-31", "2024-01-10"))
    (line,) = of(model(9, deadline="2024-01-04", extensions=extensions)).lines

    assert line.spans == (Span("moved", 10, 90), Span("left", 33.33, 66.67))
    assert line.marks == (DrawnMark("first", 10), DrawnMark("due", 100))


def test_what_has_no_deadline_has_no_days_and_comes_last():
    first, last = of(model(25, deadline=None, ongoing="thường xuyên"), model(9)).lines

    assert (first.row.task.model.model, last.row.task.model.model) == (9, 25)
    assert (last.spans, last.marks, last.summary) == ((), (), "Thường xuyên")


@pytest.mark.parametrize(
    ("deadline", "months"),
    [
        ("2024-03-31", ["01/2024", "02/2024", "03/2024"]),
        ("2024-12-31", ["01/2024", "03/2024", "05/2024", "07/2024", "09/2024", "11/2024"]),
        ("2030-12-31", ["2024", "2025", "2026", "2027", "2028", "2029", "2030"]),
        ("2099-12-31", ["2030", "2040", "2050", "2060", "2070", "2080", "2090"]),
        ("9999-12-31", ["3000", "4000", "5000", "6000", "7000", "8000", "9000"]),
    ],
)
def test_so_many_months_are_named_as_can_be_read(deadline, months):
    assert [month.kind for month in of(model(9, deadline=deadline)).months] == months


def test_a_bar_is_as_long_as_its_tasks_are_many_and_parted_by_their_states():
    figures = statistics.figures(samples.tasks(*samples.SHOWN))

    assert drawing.bar(figures, 12) == [
        Span(State.OPEN_OVERDUE, 0, 16.67, "Chưa hoàn thành – quá hạn: 2", "2"),
        Span(State.OPEN_IN_TIME, 16.67, 8.33, "Chưa hoàn thành – trong hạn: 1", "1"),
        Span(State.ONGOING, 25, 8.33, "Thường xuyên: 1", "1"),
        Span(State.DONE_LATE, 33.33, 8.33, "Hoàn thành quá hạn: 1", "1"),
        Span(State.DONE_ON_TIME, 41.67, 8.33, "Hoàn thành đúng hạn: 1", "1"),
    ]
    assert [part.number for part in drawing.bar(figures, 24)] == ["2", "", "", "", ""]  # no room
    assert drawing.bar(statistics.figures([]), 0) == []


def test_the_line_of_overdue_tasks_has_a_point_a_day_and_numbers_where_there_is_room():
    models = [model(9, deadline="2024-01-04"), model(8, deadline="2023-12-20")]
    days = [date(2023, 12, 17), date(2023, 12, 31), date(2024, 1, 10), date(2024, 1, 11)]
    moments = [Moment(day, statistics.figures(samples.tasks(*models, today=day))) for day in days]
    line = drawing.overdue_line(moments)

    assert [(point.y, point.number) for point in line.days] == [
        (92, "0"),
        (57, "1"),
        (22, ""),  # too near to the last one
        (22, "2"),
    ]
    assert [point.day for point in line.days] == ["", "", "", "11/01"]
    assert (line.days[0].at, line.days[-1].at) == (4, 96)
    assert line.summary == (
        "Số nhiệm vụ quá hạn: 17/12/2023: 0; 31/12/2023: 1; 10/01/2024: 2; 11/01/2024: 2"
    )


def test_a_bar_begins_where_the_plan_says_so():
    begun = model(9, deadline="2024-01-31", start=periods.parse("2024-01"))
    (line,) = of(begun).lines

    assert line.spans[0] == Span("run", 0, 100)
    assert line.summary.startswith("bắt đầu tháng 1/2024; 31/01/2024")
