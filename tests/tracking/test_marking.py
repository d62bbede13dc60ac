"""What a mark means: which steps, what is written of them, what is refused and what is only odd."""

from __future__ import annotations

from datetime import date

import pytest
from samples import TODAY, extension, model, plan, step

from de06cli.errors import RefusedValue
from de06cli.plan.file import edits
from de06cli.plan.parts import Progress
from de06cli.plan.portfolio import single
from de06cli.tracking import marking
from de06cli.tracking.marking import Details, Mark, Verb
from de06cli.tracking.places import resolve

YESTERDAY = date(2024, 1, 10)

# A step in each status.
EACH = plan(
    model(
        9,
        step(1),
        step(2, "doing 2023-11-01", by="CAH", evidence="1/KH", note="đang làm"),
        step(3, "done 2023-11-20", by="CAH", evidence="45/BC", note="xong"),
        step(4, "blocked 2023-12-05", note="chờ kinh phí"),
        step(5, "skipped 2023-12-06", note="trùng mô hình 10"),
    )
)


def marks(
    verb: Verb, *addresses: str, usual_by: str | None = None, of=EACH, **details: object
) -> list[Mark]:
    places = [resolve(address, single(of)) for address in addresses]
    return marking.marks(places, verb, Details(**details), TODAY, usual_by)


def written(verb: Verb, address: str, **given: object) -> Progress | None:
    (mark,) = marks(verb, address, **given)
    return mark.after


def addresses(found: list[Mark]) -> list[str]:
    return [f"{mark.model.model}.{mark.step.step}" for mark in found]


# What a mark writes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "details", "expected"),
    [
        (Verb.START, {}, Progress("doing", TODAY)),
        (Verb.DONE, {}, Progress("done", TODAY)),
        (Verb.BLOCK, {"note": "chờ"}, Progress("blocked", TODAY, note="chờ")),
        (Verb.SKIP, {"note": "thừa"}, Progress("skipped", TODAY, note="thừa")),
        (
            Verb.DONE,
            {"date": YESTERDAY, "by": "PC06", "evidence": "7/BC", "note": "đủ"},
            Progress("done", YESTERDAY, "PC06", "7/BC", "đủ"),
        ),
        (Verb.DONE, {"usual_by": "CAH"}, Progress("done", TODAY, "CAH")),
        (Verb.DONE, {"usual_by": "CAH", "by": "PC06"}, Progress("done", TODAY, "PC06")),
    ],
)
def test_a_mark_says_the_status_the_day_and_what_is_given(verb, details, expected):
    assert written(verb, "9.1", **details) == expected


@pytest.mark.parametrize("address", ["9.1", "9.2", "9.4", "9.5"])
def test_another_status_replaces_all_that_was_said_before(address):
    assert written(Verb.DONE, address, evidence="7/BC") == Progress("done", TODAY, evidence="7/BC")


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({}, Progress("done", date(2023, 11, 20), "CAH", "45/BC", "xong")),
        ({"usual_by": "PC06"}, Progress("done", date(2023, 11, 20), "CAH", "45/BC", "xong")),
        ({"evidence": "46/BC"}, Progress("done", date(2023, 11, 20), "CAH", "46/BC", "xong")),
        ({"date": YESTERDAY}, Progress("done", YESTERDAY, "CAH", "45/BC", "xong")),
        ({"by": "PC06"}, Progress("done", date(2023, 11, 20), "PC06", "45/BC", "xong")),
        ({"note": "đủ"}, Progress("done", date(2023, 11, 20), "CAH", "45/BC", "đủ")),
    ],
)
def test_the_same_status_keeps_what_no_option_names(details, expected):
    assert written(Verb.DONE, "9.3", **details) == expected


@pytest.mark.parametrize(("verb", "address"), [(Verb.BLOCK, "9.4"), (Verb.SKIP, "9.5")])
def test_the_same_status_keeps_its_note_too(verb, address):
    (mark,) = marks(verb, address)

    assert not mark.changes


def test_reset_leaves_nothing():
    assert [mark.after for mark in marks(Verb.RESET, "9.1", "9.3")] == [None, None]


def test_a_mark_that_says_nothing_new_changes_nothing():
    assert [mark.changes for mark in marks(Verb.DONE, "9.3", "9.1")] == [False, True]
    assert [mark.changes for mark in marks(Verb.RESET, "9.1", "9.2")] == [False, True]


# Which steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "details", "expected"),
    [
        (Verb.START, {}, ["9.1"]),
        (Verb.DONE, {}, ["9.1", "9.2", "9.4"]),
        (Verb.BLOCK, {"note": "chờ"}, ["9.1", "9.2", "9.4"]),
        (Verb.SKIP, {"note": "thừa"}, ["9.1", "9.2", "9.4"]),
        (Verb.RESET, {}, ["9.2", "9.3", "9.4", "9.5"]),
    ],
)
def test_a_bare_model_number_means_the_steps_that_the_verb_is_for(verb, details, expected):
    found = marks(verb, "9", **details)

    assert addresses(found) == expected
    assert not any(mark.named for mark in found)


def test_a_step_named_twice_is_marked_once():
    found = marks(Verb.DONE, "9.2", "9", "MH9.2")

    assert addresses(found) == ["9.2", "9.1", "9.4"]
    assert [mark.named for mark in found] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", 9), (" 4 ", 9), ("9", None), ("MH4", None), ("4.1", None), ("7", None)],
)
def test_a_bare_number_may_be_the_row_of_another_model(text, expected):
    rows = plan(model(9, stt=4), model(4, stt=99), model(7, stt=7))

    other = marking.model_of_row(rows, text)

    assert (other and other.model) == expected


# What is refused ------------------------------------------------------------------------------------


def test_a_day_to_come_is_refused():
    with pytest.raises(RefusedValue) as refused:
        marks(Verb.DONE, "9.1", date=date(2024, 1, 12))

    assert str(refused.value) == (
        "Ngày 12/01/2024 sau hôm nay (11/01/2024); hãy ghi ngày đã thực hiện."
    )


@pytest.mark.parametrize("verb", [Verb.BLOCK, Verb.SKIP])
@pytest.mark.parametrize("address", ["9.1", "9.2", "9.3"])
def test_a_block_and_a_skip_need_a_reason(verb, address):
    with pytest.raises(RefusedValue) as refused:
        marks(verb, address)

    assert str(refused.value) == (
        'Phải nêu lý do: thêm --note "…" (nội dung vướng mắc hoặc lý do không thực hiện).'
    )


@pytest.mark.parametrize("to", ["2023-12-29", "2023-12-30", "2024-03-31"])
def test_an_extension_is_later_than_what_stands(to):
    first = model(9, deadline="2023-12-30")
    again = model(9, deadline="2023-12-30", extensions=(extension("2024-03-31", "2023-12-25"),))
    asked = extension(to, "2024-01-02")

    with pytest.raises(RefusedValue) as refused:
        marking.extended(again, asked)
    day = f"{asked.to.last:%d/%m/%Y}"
    assert str(refused.value) == (f"Thời hạn mới {day} phải sau thời hạn hiện nay (31/03/2024).")
    if to == "2024-03-31":
        assert marking.extended(first, asked) == (asked,)
    else:
        with pytest.raises(RefusedValue):
            marking.extended(first, asked)


def test_an_extension_comes_behind_those_before():
    before = extension("2024-03-31", "2023-12-25")
    asked = extension("2024-04-01", "2024-01-02", document="3/CV")

    assert marking.extended(model(9, extensions=(before,)), asked) == (before, asked)


def test_what_has_no_deadline_can_get_one():
    asked = extension("2024-04-01", "2024-01-02")

    assert marking.extended(model(9, deadline=None, ongoing="liên tục"), asked) == (asked,)


# What is only odd -----------------------------------------------------------------------------------

ODD = plan(
    model(
        9,
        step(1, "done 2023-11-20", agencies=["PVHTT"]),
        step(2),
        step(3),
        support=("PC06",),
        implementers=("CSLT",),
    )
)


def doubts(verb: Verb, *addresses: str, **details: object) -> list[str]:
    found = marks(verb, *addresses, of=ODD, **details)
    new = edits.after(ODD, [mark.edit() for mark in found])
    return [doubt for mark in found for doubt in marking.doubts(mark, new)]


@pytest.mark.parametrize(
    ("verb", "address", "details", "expected"),
    [
        (Verb.DONE, "9.2", {"evidence": "1/BC"}, []),
        (
            Verb.DONE,
            "9.2",
            {},
            ["Mô hình 9, bước 2: chưa có minh chứng; thêm sau bằng --evidence."],
        ),
        (
            Verb.DONE,
            "9.3",
            {"evidence": "1/BC"},
            ["Mô hình 9, bước 3: bước 2 trước đó chưa hoàn thành."],
        ),
        (
            Verb.DONE,
            "9.2",
            {"evidence": "1/BC", "date": date(2023, 11, 19)},
            ["Mô hình 9, bước 2: ngày này trước ngày của bước 1."],
        ),
        (Verb.DONE, "9.2", {"evidence": "1/BC", "date": date(2023, 11, 20)}, []),
        (
            Verb.DONE,
            "9.2",
            {"evidence": "1/BC", "by": "C06"},
            ["Mô hình 9, bước 2: C06 không có vai trò nào trong mô hình này."],
        ),
        *((Verb.START, "9.2", {"by": code}, []) for code in ("CAH", "PC06", "CSLT", "PVHTT")),
        (Verb.START, "9.3", {}, []),
        (Verb.SKIP, "9.3", {"note": "thừa"}, []),
        (Verb.RESET, "9.1", {}, []),
        (Verb.DONE, "9.1", {}, []),
    ],
)
def test_odd_marks_are_reported(verb, address, details, expected):
    assert doubts(verb, address, **details) == expected


def test_a_step_marked_by_the_same_command_is_no_longer_open():
    assert doubts(Verb.DONE, "9.3", "9.2", evidence="1/BC") == []


def test_everything_odd_about_a_mark_is_reported():
    assert doubts(Verb.DONE, "9.3", date=date(2023, 11, 1), by="C06") == [
        "Mô hình 9, bước 3: chưa có minh chứng; thêm sau bằng --evidence.",
        "Mô hình 9, bước 3: ngày này trước ngày của bước 1.",
        "Mô hình 9, bước 3: bước 2 trước đó chưa hoàn thành.",
        "Mô hình 9, bước 3: C06 không có vai trò nào trong mô hình này.",
    ]


def test_the_next_step_is_the_first_one_still_open():
    assert marking.next_step(EACH.models[0]) == EACH.models[0].steps[0]
    closed = model(9, step(1, "done 2023-11-20"), step(2, "skipped 2023-12-01", note="thừa"))
    assert marking.next_step(closed) is None
    blocked = model(9, step(1, "done 2023-11-20"), step(2, "blocked", note="chờ"))
    assert marking.next_step(blocked) == blocked.steps[1]
