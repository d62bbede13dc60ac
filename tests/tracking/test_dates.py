"""The plan's today, and every way in which a day is typed."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from de06cli.errors import RefusedValue
from de06cli.tracking.dates import day_in, day_meant, typed_day

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023-10-30", date(2023, 10, 30)),
        ("2024-02-05", date(2024, 2, 5)),
        ("2024-2-5", date(2024, 2, 5)),
        ("30/10/2023", date(2023, 10, 30)),
        ("5/2/2024", date(2024, 2, 5)),  # the day first
        ("05/02/2024", date(2024, 2, 5)),
        ("30-10-2023", date(2023, 10, 30)),
        ("5-2-2024", date(2024, 2, 5)),
        ("29/2/2024", date(2024, 2, 29)),
        (" 30/10/2023 ", date(2023, 10, 30)),
        ("today", TODAY),
        ("Today", TODAY),
        ("yesterday", date(2024, 2, 29)),
        ("hôm nay", TODAY),
        (unicodedata.normalize("NFD", "hôm nay"), TODAY),
        ("Hôm nay", TODAY),
        ("HÔM NAY", TODAY),
        ("hom nay", TODAY),
        ("  hôm  nay ", TODAY),
        ("hôm qua", date(2024, 2, 29)),
        (unicodedata.normalize("NFD", "Hôm Qua"), date(2024, 2, 29)),
        ("hom qua", date(2024, 2, 29)),
    ],
)
def test_a_day_is_typed_in_several_ways(typed, day):
    assert typed_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["30/02/2024", "29/2/2023", "2023-13-32", "31-4-2024", "0/1/2024", "0000-01-01", "13/13/2024"],
)
def test_a_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(RefusedValue) as refused:
        typed_day(typed, TODAY)

    assert str(refused.value) == f"Không có ngày {typed}."
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "typed",
    [
        "", "30/10", "30 tháng 10", "Oct 30 2023", "ngày mai", "tomorrow",
        "hôm", "nay", "+1", "30/10/20233", "３０/10/2023", "٣٠/١٠/٢٠٢٣", "1e3-01-01", "2023-10-30\n1",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_ways_to_write_a_day(typed):
    with pytest.raises(RefusedValue) as refused:
        typed_day(typed, TODAY)

    assert str(refused.value) == (
        f"“{typed}” không phải là ngày hợp lệ. Ví dụ: 30/10/2023, 2023-10-30, hôm nay."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "30/10/23", "30.10.2023", "30/10-2023", "2023/10/30", "20231030", "2023-10-30T00:00",
        "30/10/2023 08:00",
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_refused_with_the_form_to_type(typed):
    with pytest.raises(RefusedValue) as refused:
        typed_day(typed, TODAY)

    assert str(refused.value) == f"“{typed}” không phải là ngày hợp lệ. Gợi ý: 30/10/2023."


@pytest.mark.parametrize("typed", ["today", "yesterday", "hôm nay", "hôm qua"])
def test_a_relative_day_needs_a_today(typed):
    with pytest.raises(RefusedValue):
        typed_day(typed)


def test_there_is_no_day_before_the_first():
    with pytest.raises(RefusedValue, match="Không có ngày hôm qua"):
        typed_day("hôm qua", date.min)


@settings(deadline=None)
@given(st.dates())
def test_every_day_is_read_back_from_each_form(day):
    year = f"{day.year:04}"
    for typed in (
        day.isoformat(),
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02}/{day.month:02}/{year}",
        f"{day.day}-{day.month}-{year}",
    ):
        assert typed_day(typed) == day


@settings(deadline=None)
@given(st.text())
def test_a_text_is_a_day_or_is_refused(typed):
    with suppress(RefusedValue):
        assert isinstance(typed_day(typed, TODAY), date)


@pytest.mark.parametrize(
    ("timezone", "moment", "day"),
    [
        # midnight in Hồ Chí Minh City is 17:00 in London the day before
        ("Asia/Ho_Chi_Minh", datetime(2024, 1, 10, 16, 59, 59, tzinfo=UTC), date(2024, 1, 10)),
        ("Asia/Ho_Chi_Minh", datetime(2024, 1, 10, 17, 0, tzinfo=UTC), date(2024, 1, 11)),
        ("America/New_York", datetime(2024, 1, 11, 4, 59, tzinfo=UTC), date(2024, 1, 10)),
        ("UTC", datetime(2024, 1, 10, 23, 59, tzinfo=UTC), date(2024, 1, 10)),
    ],
)
def test_the_day_is_that_of_the_plans_time_zone(timezone, moment, day):
    assert day_in(timezone, moment) == day


@pytest.mark.parametrize("year", [1950, 1970, 1975, 1976, 2000, 2023, 2037])
def test_the_zone_of_vietnam_is_that_of_the_tz_database(year):
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    for month, day, hour in product(range(1, 13), (1, 13, 28), range(24)):
        moment = datetime(year, month, day, hour, 30, tzinfo=UTC)
        assert day_in("Asia/Ho_Chi_Minh", moment) == moment.astimezone(zone).date()


@pytest.mark.parametrize(
    "typed",
    [
        "20.11.2023", "2023/11/20", "2023.11.20", "20/11/23", "20-11-23", "20.11.23", "20 / 11 / 2023",
        "20 11 2023", "ngày 20/11/2023", "Ngày 20.11.2023.", "thứ Hai, ngày 20/11/2023",
        "ngày 20 tháng 11 năm 2023", "20 tháng 11 năm 2023", "20231120", "20112023", "45250",
        "11/20/2023", "2023-11-20 08:30:00", "2023-11-20T00:00:00Z", "20/11/2023",
        unicodedata.normalize("NFD", "ngày 20 tháng 11 năm 2023"),
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_proposed(typed):
    assert day_meant(typed) == date(2023, 11, 20)


@pytest.mark.parametrize(
    "typed",
    [
        "", "xong", "45/BC-CAH", "31.2.2023", "5", "2023", "11/2023", "20/11/1923", "99999", "1e9",
        "٢٠.١١.٢٠٢٣",
    ],
)  # fmt: skip
def test_what_is_no_day_in_any_form_proposes_none(typed):
    assert day_meant(typed) is None


@given(st.text())
@settings(max_examples=200)
def test_no_text_is_too_odd_to_propose_a_day_for(text):
    day_meant(text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2023-31-12", "Không có ngày 2023-31-12. Gợi ý: 2023-12-31 (năm-tháng-ngày)."),
        ("12/31/2023", "Không có ngày 12/31/2023. Gợi ý: 31/12/2023 (ngày/tháng/năm)."),
        ("12-31-2023", "Không có ngày 12-31-2023. Gợi ý: 31/12/2023 (ngày/tháng/năm)."),
        ("31/2/2024", "Không có ngày 31/2/2024."),
        ("20.11.2023", "“20.11.2023” không phải là ngày hợp lệ. Gợi ý: 20/11/2023."),
    ],
)
def test_where_day_and_month_changed_places_the_day_meant_is_said(typed, said):
    with pytest.raises(RefusedValue) as refused:
        typed_day(typed)
    assert str(refused.value) == said
