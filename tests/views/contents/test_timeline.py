"""The timeline as a record: which days are marked, over which months, and where a day lies."""

from __future__ import annotations

from datetime import date

import samples
from hypothesis import given
from samples import TODAY, extension, model, step

from de06cli.plan import portfolio
from de06cli.plan.records import Model, Plan
from de06cli.tracking.states import as_of
from de06cli.views.contents import tables, timeline
from de06cli.views.contents.timeline import Timeline
from de06cli.views.text import plain_table


def of_plan(plan: Plan, today: date = TODAY) -> Timeline:
    return timeline.timeline(as_of(portfolio.single(plan), (today,)).tasks(), today)


def of(*models: Model, today: date = TODAY) -> Timeline:
    return of_plan(samples.plan(*models), today)


def test_rows_are_in_the_order_of_their_deadlines_and_what_has_none_is_last():
    shown = of(*samples.SHOWN)

    assert [row.task.model.model for row in shown.rows] == [40, 9, 8, 23, 6, 25]


def test_an_extension_marks_the_first_deadline_too():
    (row,) = of(model(9, extensions=(extension("2024-02-01", "2023-12-25"),))).rows

    assert (row.deadline, row.due, row.completed_on) == (date(2023, 12, 30), date(2024, 2, 1), None)
    assert (row.missed_until, row.tone) == (None, "")


def test_what_is_late_was_open_until_its_end_or_today():
    late, done_late, done = of(
        model(1, deadline="2023-12-01"),
        model(2, step(1, "done 2023-12-20"), deadline="2023-12-02"),
        model(3, step(1, "done 2023-11-20"), deadline="2023-12-03"),
    ).rows

    assert (late.missed_until, late.tone) == (TODAY, tables.LATE)
    assert (done_late.missed_until, done_late.tone) == (date(2023, 12, 20), tables.DONE)
    assert (done.missed_until, done.tone) == (None, tables.DONE)


def test_the_months_hold_every_mark_and_today():
    shown = of(
        model(
            1,
            step(1, "done 2023-09-05"),
            extensions=(extension("2024-03-31", "2023-08-01"),),
        )
    )

    assert (shown.first, shown.last) == (date(2023, 9, 1), date(2024, 3, 31))
    assert shown.months == [
        date(2023, 9, 1), date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1),
        date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1),
    ]  # fmt: skip
    assert (shown.share(shown.first), shown.share(shown.last)) == (0, 1)


def test_without_any_deadline_there_is_the_month_of_today():
    shown = of(model(25, deadline=None, ongoing="thường xuyên"), today=date(2024, 2, 11))

    assert (shown.first, shown.last) == (date(2024, 2, 1), date(2024, 2, 29))


def test_the_calendar_has_an_end_and_a_beginning():
    shown = of(model(1, deadline="9999-12-31"), today=date(1, 1, 1))

    assert (shown.first, shown.last, len(shown.months)) == (date.min, date.max, 9999 * 12)


@given(samples.plans())
def test_every_mark_lies_on_the_timeline(plan):
    shown = of_plan(plan)
    days = [day for row in shown.rows for day in row[1:5] if day] + [TODAY]

    assert all(0 <= shown.share(day) <= 1 for day in days)


def test_as_text_it_is_a_line_a_model():
    assert (
        plain_table.columns(timeline.table(of(*samples.SHOWN[1:])))
        == """\
Mô hình  Nhiệm vụ                      Hạn ban đầu    Thời hạn  Hoàn thành  Tình trạng
     40  Phân tích tình hình du lịch    30/10/2023  30/10/2023              Chưa hoàn thành – quá hạn 73 ngày
      8  Công chứng, chứng thực         30/12/2023  30/12/2023  28/12/2023  Hoàn thành đúng hạn
     23  LED                            30/12/2023  30/12/2023  04/01/2024  Hoàn thành quá hạn 5 ngày
      6  Khám chữa bệnh bằng thẻ CCCD   15/01/2024  15/01/2024              Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)
     25  Rà soát dân cư                                                     Thường xuyên
"""  # noqa: E501
    )
