"""The calendar as another program's parser reads it, and what a later export does to an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import samples
import vobject
from samples import LODGING, TODAY, extension, model, step

from de06cli import messages
from de06cli.plan import portfolio
from de06cli.plan.records import Agency, Model, Plan
from de06cli.tracking.states import as_of
from de06cli.views.office import calendar


def made(*models: Model, today: date = TODAY, plan: Plan | None = None) -> bytes:
    view = as_of(portfolio.single(plan or samples.plan(*models)), (today,))
    return calendar.calendar(view, view.tasks())


def read(data: bytes) -> Any:
    return vobject.readOne(data.decode("utf-8"))


def events(*models: Model, today: date = TODAY) -> Sequence[Any]:
    return getattr(read(made(*models, today=today)), "vevent_list", [])


def event(a_model: Model, today: date = TODAY) -> Any:
    (only,) = events(a_model, today=today)
    return only


def reminders(an_event: Any) -> list[timedelta]:
    return [alarm.trigger.value for alarm in getattr(an_event, "valarm_list", [])]


def test_a_deadline_is_a_whole_day_with_reminders_a_week_three_days_and_one_day_before():
    found = event(model(6, deadline="2024-01-15"), today=date(2024, 1, 2))

    assert found.dtstart.value == date(2024, 1, 15)
    assert found.dtend.value == date(2024, 1, 16)
    assert found.status.value == "CONFIRMED"
    assert found.transp.value == "TRANSPARENT"
    assert reminders(found) == [timedelta(days=-7), timedelta(days=-3), timedelta(days=-1)]
    assert [alarm.description.value for alarm in found.valarm_list] == [
        "Còn 7 ngày: CAH: Mô hình 6 – Nhiệm vụ 6 (0/1)",
        "Còn 3 ngày: CAH: Mô hình 6 – Nhiệm vụ 6 (0/1)",
        "Còn 1 ngày: CAH: Mô hình 6 – Nhiệm vụ 6 (0/1)",
    ]


@pytest.mark.parametrize(
    ("due", "left"),
    [
        ("2024-01-19", [7, 3, 1]),
        ("2024-01-18", [7, 3, 1]),
        ("2024-01-17", [3, 1]),
        ("2024-01-13", [1]),
        ("2024-01-12", [1]),
        ("2024-01-11", []),
        ("2024-01-10", []),
    ],
)
def test_no_reminder_is_of_a_day_that_is_past(due, left):
    found = event(model(6, deadline=due))

    assert reminders(found) == [timedelta(days=-before) for before in left]


def test_the_calendar_says_what_it_is():
    whole = read(made(LODGING, model(6)))

    assert whole.version.value == "2.0"
    assert whole.prodid.value == "-//de06//de06cli//VI"
    assert whole.contents["x-wr-calname"][0].value == "Kế hoạch"


def test_a_file_with_one_event_is_no_calendar_of_its_own():
    whole = read(made(LODGING, model(25, deadline=None, ongoing="thường xuyên")))

    assert "x-wr-calname" not in whole.contents
    assert len(whole.vevent_list) == 1


@pytest.mark.parametrize("models", [(), (LODGING,), samples.SHOWN], ids=["none", "one", "many"])
def test_no_method_is_claimed_where_nobody_can_be_answered(models):
    whole = read(made(*models))

    assert "method" not in whole.contents
    assert all("organizer" not in found.contents for found in getattr(whole, "vevent_list", []))


def test_the_event_tells_whose_task_it_is_and_what_it_hangs_on():
    found = event(LODGING)

    assert found.summary.value == (
        "CAH +1: Mô hình 9 – Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ… (1/3)"
    )
    assert (
        found.description.value
        == """\
Mô hình 9 (STT 4): Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*
Thời hạn: 30/12/2023 (đã gia hạn 1 lần, hạn ban đầu 30/11/2023)
Tình trạng: Chưa hoàn thành – quá hạn 12 ngày
Chủ trì: Công an huyện Hớn Quản; Phòng Văn hóa và Thông tin
Phối hợp: Phòng PC06, Công an tỉnh
Lực lượng triển khai: Công an huyện Hớn Quản; Các cơ sở lưu trú
Bước vướng mắc (từ ngày 05/12/2023): 2. Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và \
hướng dẫn thực hiện. (chờ kinh phí)
Số liệu tính đến ngày 11/01/2024."""
    )


def test_what_is_overdue_stays_on_its_day_and_reminds_of_nothing():
    found = event(LODGING)

    assert (found.dtstart.value, found.status.value) == (date(2023, 12, 30), "CONFIRMED")
    assert reminders(found) == []


NOTE = """\
Quá hạn 73 ngày – PVHTT: Mô hình 40 – Phân tích tình hình du lịch (0/1)
Quá hạn 12 ngày – CAH +1: Mô hình 9 – Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ… (1/3)
Số liệu tính đến ngày 11/01/2024."""


def test_what_is_late_is_a_note_of_today_that_the_next_export_moves():
    *_tasks, today = events(*samples.SHOWN)
    *_tasks, tomorrow = events(*samples.SHOWN, today=date(2024, 1, 12))

    assert (today.summary.value, today.dtstart.value) == ("2 nhiệm vụ quá hạn", TODAY)
    assert today.description.value == NOTE
    assert reminders(today) == []
    assert today.uid.value == tomorrow.uid.value == "HONQUAN.late@de06"
    assert tomorrow.dtstart.value == date(2024, 1, 12)
    assert int(tomorrow.sequence.value) > int(today.sequence.value)


def test_where_nothing_is_late_there_is_no_note():
    found = events(model(1, deadline="2024-02-01"), model(2, deadline="2024-03-01"))

    assert [one.uid.value for one in found] == ["HONQUAN.1@de06", "HONQUAN.2@de06"]


def test_an_extension_moves_the_same_event():
    first = event(model(9), today=date(2023, 12, 20))
    moved = event(
        model(9, extensions=(extension("2024-02-01", "2023-12-25"),)), today=date(2023, 12, 26)
    )

    assert first.uid.value == moved.uid.value == "HONQUAN.9@de06"
    assert (first.dtstart.value, moved.dtstart.value) == (date(2023, 12, 30), date(2024, 2, 1))
    assert int(moved.sequence.value) > int(first.sequence.value)
    assert moved.dtstamp.value > first.dtstamp.value


@pytest.mark.parametrize(
    "finished",
    [
        model(23, step(1, "done 2023-12-28")),
        model(23, step(1, "done 2024-01-05")),
        model(23, step(1, "done 2023-12-28"), ongoing="thường xuyên"),
    ],
    ids=["in time", "late", "kept up from now on"],
)
def test_what_is_finished_is_cancelled_where_it_stood(finished):
    before = event(finished, today=date(2023, 12, 20))
    after = event(finished)

    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert reminders(after) == []


def test_of_one_day_the_copy_with_more_recorded_is_the_later_one():
    first = event(model(9, step(1), step(2)))
    moved = event(model(9, step(1), step(2), extensions=(extension("2024-02-01", "2024-01-11"),)))
    begun = event(model(9, step(1, "doing 2024-01-11"), step(2)))
    done = event(model(9, step(1, "done 2024-01-11"), step(2)))
    ended = event(model(9, step(1, "done 2024-01-11"), step(2, "skipped 2024-01-11", note="thừa")))
    next_day = event(model(9, step(1), step(2)), today=date(2024, 1, 12))

    numbers = [int(each.sequence.value) for each in (first, moved, begun, done, ended, next_day)]
    assert [number - numbers[0] for number in numbers] == [0, 1, 1, 2, 4, 500]


def test_however_much_is_recorded_the_next_day_is_later():
    many = event(model(9, *(step(n, "done 2024-01-11") for n in range(1, 400)), step(400)))
    next_day = event(model(9, step(1)), today=date(2024, 1, 12))

    assert int(many.sequence.value) < int(next_day.sequence.value)
    assert int(event(model(1), today=date(9999, 12, 31)).sequence.value) < 2**31


def test_two_parsers_read_the_same():
    data = made(*samples.SHOWN, model(7, deadline="2024-01-18"))
    ours = icalendar.Calendar.from_ical(data)

    assert ours.errors == []
    for one, other in zip(ours.walk("VEVENT"), read(data).vevent_list, strict=True):
        assert one.errors == []
        assert (one["UID"], one["SEQUENCE"]) == (other.uid.value, int(other.sequence.value))
        assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (
            other.dtstart.value,
            other.dtend.value,
        )
        assert one["SUMMARY"] == other.summary.value
        assert one["DESCRIPTION"] == other.description.value
        assert [alarm.decoded("TRIGGER") for alarm in one.walk("VALARM")] == reminders(other)


def test_a_task_without_a_deadline_is_on_no_day():
    assert events(model(25, deadline=None, ongoing="thường xuyên")) == []


def test_each_event_has_an_address_of_its_own():
    uids = [found.uid.value for found in events(*samples.SHOWN)]

    assert uids == [f"HONQUAN.{number}@de06" for number in (9, 40, 6, 8, 23, "late")]


def test_the_same_day_of_a_plan_gives_the_same_bytes():
    assert made(*samples.SHOWN) == made(*samples.SHOWN)


def test_the_stamp_is_the_beginning_of_the_day_where_the_plan_is():
    assert event(LODGING).dtstamp.value == datetime(2024, 1, 10, 17, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(1, 1, 2), date(9999, 12, 31)])
def test_the_first_and_the_last_days_there_are_do_no_harm(day):
    found = event(model(1, deadline=day.isoformat()), today=day)

    assert found.dtstart.value == day


HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>; a, b \\n c \\, d: e",
    "một\nEND:VEVENT\nBEGIN:VALARM\nhai",
    "ATTENDEE:mailto:x@example.vn",
    "שלום [red] ồ́ 😀 中",
    "\ttừ" * 3000,
    "a" * 32768,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_typed_stays_text(text):
    a_step = step(1, text=text)
    a_plan = samples.plan(
        model(9, a_step, title=text, lead=(text,)), agencies=(Agency(text, text),)
    )
    data = made(plan=a_plan)
    (found,) = read(data).vevent_list

    assert sorted(found.contents) == [
        "categories", "description", "dtend", "dtstamp", "dtstart", "sequence", "status", "summary",
        "transp", "uid",
    ]  # fmt: skip
    line = " ".join(text.split())
    assert f"Mô hình 9: {line}\n" in found.description.value
    assert found.description.value.count(line) >= 3


def test_a_character_that_would_steer_its_reader_is_shown_as_a_sign():
    found = event(model(9, title="a\u202eb\x1b[31mc"))

    assert found.summary.value == "CAH: Mô hình 9 – a\ufffdb\ufffd[31mc (0/1)"


def test_a_plan_named_like_anything_has_events_with_plain_names():
    heading, agencies, models = samples.plan(model(9)).plan, samples.AGENCIES, (model(9),)
    (found,) = read(
        made(plan=Plan(heading._replace(code="a b;ộ\nUID:x"), agencies, models))
    ).vevent_list

    assert found.uid.value == "a%20b%3B%E1%BB%99%0AUID%3Ax.9@de06"


def test_lines_end_and_fold_as_calendars_want_them():
    data = made(*samples.SHOWN)

    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")  # no letter is torn apart


def test_the_calendar_speaks_english():
    messages.use("en")
    found = event(model(6, deadline="2024-01-18"))

    assert found.summary.value == "CAH: Model 6 – Nhiệm vụ 6 (0/1)"
    assert found.valarm_list[0].description.value == "7 days left: CAH: Model 6 – Nhiệm vụ 6 (0/1)"
    assert "Lead: Hon Quan District Police" in found.description.value.splitlines()
