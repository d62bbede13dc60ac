"""Which tasks a question is about, and in which order they are listed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import TODAY, codes, days, extension, model, plan, plans, step, task, tasks, view

from de06cli.plan.cache import index
from de06cli.tracking.filters import (
    STATE_GROUPS,
    Query,
    candidates,
    codes_in,
    named_in_steps_only,
    ordered,
    overdue,
    overdue_candidates,
    searched,
    select,
    upcoming,
    upcoming_candidates,
)
from de06cli.tracking.states import overdue_steps, upcoming_steps
from de06cli.tracking.terms import STATES, Role, Sort, State

LISTED = tasks(
    model(1, lead=("CAH", "PVHTT"), support=("PC06",), title="Cấp thẻ căn cước"),
    model(2, lead=("PVHTT",), implementers=("CAH",), deadline="2024-01-11"),
    model(3, step(1, agencies=("CAH",)), lead=("PC06",), deadline="2024-01-31"),
    model(4, step(1, "done 2023-12-30"), lead=("C06",), support=("CAH", "PVHTT")),
    model(5, step(1, "done 2023-12-31"), lead=("C06",), implementers=("CSLT",)),
    model(6, lead=("CSLT",), deadline=None, ongoing="thường xuyên"),
)


def numbers(found):
    return [each.model.model for each in found]


def chosen(**filters):
    query = {
        name: value if isinstance(value, date | tuple) else frozenset(value)
        for name, value in filters.items()
    }
    return numbers(select(LISTED, Query(**query)))


# Filters ------------------------------------------------------------------------------------------


def test_no_filter_selects_everything_in_order():
    assert select(reversed(LISTED), Query()) == LISTED[::-1]


@pytest.mark.parametrize(
    ("agencies", "roles", "found"),
    [
        (["CAH"], [], [1, 2, 4]),
        (["CAH"], [Role.LEAD], [1]),
        (["CAH"], [Role.SUPPORT], [4]),
        (["CAH"], [Role.IMPLEMENTER], [2]),
        (["CAH"], [Role.STEP], [3]),
        (["CAH"], [Role.LEAD, Role.STEP], [1, 3]),
        (["CAH"], list(Role), [1, 2, 3, 4]),
        (["CAH", "CSLT"], [], [1, 2, 4, 5, 6]),
        (["CAH", "CSLT"], [Role.LEAD], [1, 6]),
        (["PC06"], [], [1, 3]),
        ([], [Role.LEAD], [1, 2, 3, 4, 5, 6]),
    ],
)
def test_an_agency_is_looked_for_in_its_roles(agencies, roles, found):
    assert chosen(agencies=agencies, roles=roles) == found


def test_an_agency_of_one_plan_is_not_looked_for_in_others():
    own = frozenset({("HONQUAN", "CAH"), ("LOCNINH", "C06")})

    assert numbers(select(LISTED, Query(own_agencies=own))) == [1, 2, 4]
    assert chosen(own_agencies=own, roles=[Role.LEAD]) == [1]
    assert chosen(own_agencies=own, agencies=["CSLT"]) == [1, 2, 4, 5, 6]
    assert chosen(own_agencies=[("LOCNINH", "CAH")]) == []
    assert Query(frozenset({"CSLT"}), own).codes_in_plan("LOCNINH") == {"CSLT", "C06"}
    assert Query(frozenset({"CSLT"}), own).every_code == {"CSLT", "CAH", "C06"}


def test_the_index_is_asked_for_the_agencies_of_one_plan_too():
    portfolio = view(plan(model(1), model(2, lead=("C06",)))).portfolio

    assert candidates(Query(own_agencies=frozenset({("HONQUAN", "C06")})), portfolio.index) == {1}


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (["open_overdue"], [1]),
        (["open_in_time"], [2, 3]),
        (["done_on_time"], [4]),
        (["done_late"], [5]),
        (["ongoing"], [6]),
        (["open"], [1, 2, 3]),
        (["done"], [4, 5]),
        (["due_soon"], [2]),
        (["open", "done"], [1, 2, 3, 4, 5]),
        (["done_late", "due_soon"], [2, 5]),
        (["open", "open_overdue"], [1, 2, 3]),
    ],
)
def test_a_state_or_a_word_for_several(states, found):
    assert chosen(states=states) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"due_before": date(2024, 1, 11)}, [1, 2, 4, 5]),
        ({"due_before": date(2024, 1, 10)}, [1, 4, 5]),
        ({"due_after": date(2024, 1, 11)}, [2, 3]),
        ({"due_after": date(2024, 1, 12)}, [3]),
        ({"due_after": date(2024, 1, 11), "due_before": date(2024, 1, 11)}, [2]),
        ({"due_after": date(2024, 1, 12), "due_before": date(2024, 1, 11)}, []),
    ],
)
def test_the_bounds_of_the_due_day_are_included(filters, found):
    assert chosen(**filters) == found


def test_the_due_day_counts_extensions():
    extended = tasks(model(1, extensions=(extension("2024-03-31", decided="2023-12-25"),)))

    assert select(extended, Query(due_after=date(2024, 3, 31))) == extended
    assert select(extended, Query(due_before=date(2023, 12, 30))) == []


def test_different_filters_are_and_a_repeated_one_is_or():
    assert chosen(agencies=["CAH"], states=["open"]) == [1, 2]
    assert chosen(agencies=["CAH", "C06"], states=["done", "due_soon"]) == [2, 4, 5]
    assert chosen(agencies=["CAH"], states=["open"], due_before=TODAY, search=("the can",)) == [1]


def test_a_query_takes_each_of_the_words_for_states():
    assert set(STATES) == set(State) | set(STATE_GROUPS)


# Search -------------------------------------------------------------------------------------------

WORDED = task(
    model(
        9,
        step(
            1,
            "done 2023-12-01",
            "Rà soát cơ sở lưu trú",
            evidence="45/BC-CAH",
            note="Đã gửi Sở",
        ),
        step(2, text="Tập huấn phần mềm"),
        title="Triển khai nền tảng Quản lý lưu trú",
        organisation=("Công an huyện: chủ trì", "Phòng Văn hóa và Thông tin: phối hợp"),
        outcome="Nắm chắc người lưu trú",
        equipment="Máy quét thẻ",
        review="Thiếu số hiệu?",
        companies=("VNPT Bình Phước",),
        extensions=(
            extension(
                "2024-03-31", decided="2023-12-25", document="12/CV-UBND", reason="Chờ kinh phí"
            ),
        ),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Quản lý lưu trú",
        "quan ly luu tru",
        "QUẢN LÝ LƯU TRÚ",
        unicodedata.normalize("NFD", "quản lý"),
        "chu tri",
        "van hoa thong tin",  # "và" does not count
        "văn hóa và thông tin",
        "nam chac",
        "may quet the",
        "so hieu",
        "tap huan",
        "45/BC",
        "45 bc cah",
        "da gui so",
        "vnpt",
        "12/CV",
        "cho kinh phi",
    ],
)
def test_a_search_finds_any_text_of_a_model_as_people_type_it(text):
    assert select([WORDED], Query(search=(text,))) == [WORDED]


@pytest.mark.parametrize("text", ["HONQUAN", "không có chữ này", "trú nắm", "máy in"])
def test_a_search_finds_nothing_else(text):
    assert select([WORDED], Query(search=(text,))) == []


def test_repeated_searches_are_or():
    assert select([WORDED], Query(search=("không có", "may quet"))) == [WORDED]


def test_texts_are_searched_one_by_one():
    assert "luutrunamchac" not in searched(WORDED.model)


# Roles --------------------------------------------------------------------------------------------


def test_the_codes_of_each_role():
    named = model(
        1,
        step(1, agencies=("C06", "CAH")),
        step(2, agencies=("CAH", "CSLT")),
        lead=("CAH",),
        support=("PC06", "PVHTT"),
        implementers=("CSLT",),
    )

    assert {role: codes_in(named, role) for role in Role} == {
        "lead": {"CAH"},
        "support": {"PC06", "PVHTT"},
        "implementer": {"CSLT"},
        "step": {"C06", "CAH", "CSLT"},
    }


def test_models_that_name_an_agency_in_their_steps_alone():
    listed = index.of_plan(
        [
            model(1, step(1, agencies=("PC06",))),
            model(2, step(1, agencies=("PC06",)), support=("PC06",)),
            model(3, lead=("PC06",)),
            model(4, step(1, agencies=("CSLT",))),
            model(5, step(1, agencies=("PC06", "CSLT")), implementers=("CSLT",)),
        ]
    )

    assert named_in_steps_only(["PC06"], listed) == [0, 4]
    assert named_in_steps_only(["PC06", "CSLT"], listed) == [0, 3]
    assert named_in_steps_only(["C06"], listed) == []


# What the index leaves aside ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agencies", "roles", "found"),
    [
        ([], [Role.LEAD], None),
        (["CAH"], [], {0, 1, 3}),
        (["CAH"], [Role.STEP], {2}),
        (["CAH"], list(Role), {0, 1, 2, 3}),
        (["C06", "CSLT"], [Role.SUPPORT], {3, 4, 5}),  # every column counts
        (["PVHTT"], [], {0, 1, 3}),
        (["không có"], [], set()),
    ],
)
def test_the_models_that_name_an_agency_are_known_beforehand(agencies, roles, found):
    query = Query(agencies=frozenset(agencies), roles=frozenset(roles))

    assert candidates(query, index.of_plan([each.model for each in LISTED])) == found


def test_what_is_finished_or_due_on_another_day_is_known_beforehand():
    seen = view(
        plan(
            model(1, deadline="2024-01-10"),
            model(2, deadline="2024-01-11"),
            model(3, step(1, "done 2024-01-09"), deadline="2023-12-01"),
            model(4, step(1, "skipped 2024-01-09", note="thừa"), deadline="2023-12-01"),
            model(5, deadline="2024-01-25"),
            model(6, deadline="2024-01-26"),
            model(7, step(1, due="2024-01-01"), deadline="2024-06-01"),
            model(8, step(1, "done 2024-01-09", due="2024-01-01"), step(2), deadline="2024-06-01"),
            model(9, deadline=None, ongoing="thường xuyên"),
        )
    )

    assert overdue_candidates(seen) == {0, 1, 3, 6}  # and what falls due today
    assert upcoming_candidates(seen, within=14) == {1, 4, 6}


def test_the_index_can_not_say_what_was_due_before_something_was_recorded():
    later = plan(model(1, step(1, "done 2024-01-12"), deadline="2024-01-01"))

    assert overdue_candidates(view(later)) is upcoming_candidates(view(later), 7) is None
    assert overdue_candidates(view(later, date(2024, 1, 12))) == set()


# Orders -------------------------------------------------------------------------------------------

MIXED = tasks(
    model(30, deadline="2024-01-05", lead=("PVHTT", "CAH")),  # 6 days late
    model(4, step(1, "done 2024-01-09"), deadline="2024-01-01", lead=("PC06",)),  # done 8 days late
    model(25, deadline="2024-01-31", lead=("CAH",)),
    model(6, deadline=None, ongoing="thường xuyên", lead=("C06",)),
    model(17, deadline="2024-01-05", lead=("CAH", "C06")),  # 6 days late
    model(8, deadline="2024-01-20", lead=("CAH",)),
    model(12, deadline="2024-01-10", lead=("PC06",)),  # 1 day late
    model(11, step(1, "done 2023-12-20"), deadline="2023-12-25", lead=("PVHTT",)),
)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, [30, 4, 25, 6, 17, 8, 12, 11]),
        (Sort.MODEL, [4, 6, 8, 11, 12, 17, 25, 30]),
        (Sort.DUE, [11, 4, 30, 17, 12, 8, 25, 6]),  # without a date last
        (Sort.LEAD, [6, 25, 17, 8, 4, 12, 30, 11]),  # by the first lead's code
        (Sort.LATE, [4, 30, 17, 12, 11, 8, 25, 6]),  # what is not late by its due day
    ],
)
def test_each_order_keeps_the_printed_one_among_equals(sort, order):
    assert numbers(ordered(MIXED, sort)) == order


def test_overdue_tasks_are_the_open_ones_past_their_day_most_late_first():
    late = tasks(
        model(1, deadline="2024-01-10"),
        model(2, deadline="2024-01-11"),
        model(3, deadline="2023-12-01"),
        model(4, step(1, "done 2024-01-09"), deadline="2023-11-01"),
        model(5, deadline="2024-01-10"),
        model(6, deadline=None, ongoing="thường xuyên"),
        model(7, deadline="2023-12-01", ongoing="thường xuyên"),
    )

    assert numbers(overdue(late)) == [3, 7, 1, 5]


def test_upcoming_tasks_fall_due_from_today_on_the_next_first():
    soon = tasks(
        model(1, deadline="2024-01-25"),
        model(2, deadline="2024-01-26"),
        model(3, deadline="2024-01-11"),
        model(4, deadline="2024-01-10"),
        model(5, step(1, "done 2024-01-02"), deadline="2024-01-12"),
        model(6, deadline="2024-01-12"),
        model(7, deadline=None, ongoing="thường xuyên"),
    )

    assert numbers(upcoming(soon, within=14)) == [3, 6, 1]
    assert numbers(upcoming(soon, within=0)) == [3]


def test_days_to_come_reach_past_the_last_date():
    soon = tasks(model(1, deadline="9999-12-31"), today=date(9999, 12, 1))

    assert numbers(upcoming(soon, within=36500)) == [1]


# Whatever a plan holds ----------------------------------------------------------------------------


@settings(deadline=None)
@given(plans(), days)
def test_open_done_and_ongoing_part_the_tasks(a_plan, today):
    listed = view(a_plan, today).tasks()
    parts = [select(listed, Query(states=frozenset({word}))) for word in STATES]
    sizes = dict(zip(STATES, map(len, parts), strict=True))

    assert sizes["open"] + sizes["done"] + sizes["ongoing"] == len(listed)
    assert sizes["open"] == sizes["open_in_time"] + sizes["open_overdue"]
    assert sizes["done"] == sizes["done_on_time"] + sizes["done_late"]
    assert numbers(overdue(listed)) == numbers(ordered(parts[3], Sort.LATE))


@settings(deadline=None)
@given(plans(), days)
def test_an_order_neither_loses_nor_repeats(a_plan, today):
    listed = view(a_plan, today).tasks()

    for sort in Sort:
        assert sorted(numbers(ordered(listed, sort))) == sorted(numbers(listed))


@settings(deadline=None)
@given(plans(), days, days)
def test_a_bound_parts_the_tasks_with_a_date(a_plan, today, bound):
    listed = view(a_plan, today).tasks()
    before = select(listed, Query(due_before=bound))
    after = select(listed, Query(due_after=bound))

    assert [each for each in before if each in after] == [e for e in listed if e.due == bound]
    assert {*numbers(before), *numbers(after)} == {e.model.model for e in listed if e.due}


@settings(deadline=None)
@given(plans(), days, codes, st.frozensets(st.sampled_from(Role), max_size=2))
def test_the_index_leaves_nothing_out(a_plan, today, agencies, in_roles):
    seen = view(a_plan, today)
    query = Query(agencies=frozenset(agencies), roles=in_roles)
    listed, among = seen.tasks(), candidates(query, seen.portfolio.index)
    late, soon = (
        seen.tasks(found) for found in (overdue_candidates(seen), upcoming_candidates(seen, 14))
    )

    assert select(seen.tasks(among), query) == select(listed, query)
    assert overdue(late) == overdue(listed)
    assert overdue_steps(late) == overdue_steps(listed)
    assert upcoming(soon, 14) == upcoming(listed, 14)
    assert upcoming_steps(soon, 14) == upcoming_steps(listed, 14)
