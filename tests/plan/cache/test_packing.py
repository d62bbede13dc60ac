"""Records go into plain tuples and come back as they were, whatever they hold; nothing is forgotten.

No ``from __future__ import annotations`` here: a record of the tests is declared as those of the plan are.
"""

import marshal
from datetime import date
from typing import Annotated, NamedTuple

import pytest
import support
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import LODGING

from de06cli.plan.cache import packing
from de06cli.plan.declaring import About
from de06cli.plan.fields import fields
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Extension, Progress, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Day, Heading, Model, Number, Plan, Text, Texts

KINDS = (Heading, Agency, Model)
RECORDS = packing.RECORDS
PACKED_LODGING = (
    9,
    "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
    ("CAH", "PVHTT"),
    738854,
    (
        (
            1,
            "Công an huyện phối hợp Phòng Văn hóa thông tin tuyên truyền và hướng dẫn các cơ sở lưu trú.",
            ("done", 738844, "CAH", "45/BC-CAH", None),
            ("CAH", "PVHTT"),
            None,
        ),
        (
            2,
            "Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn thực hiện.",
            ("blocked", 738859, None, None, "chờ kinh phí"),
            (),
            738869,
        ),
        (3, "Các cơ sở lưu trú đăng ký hằng ngày.", None, ("CSLT",), None),
    ),
    4,
    ("Công an huyện: Chủ trì tổ chức triển khai.", "Phòng VH TT khai thác dữ liệu."),
    "Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy nã.",
    ((738884, 738849, "12/CV-UBND", "chờ kinh phí"),),
    None,
    "Miễn phí trong năm 2023",
    ("PC06",),
    ("CAH", "CSLT"),
    ("VNPT",),
    ("30/11/2023", "CAH, Phòng VH&TT", "PC06", "CAH, các cơ sở lưu trú"),
    "Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?",
)


def stored(row):
    """The row as it comes back from a file."""
    return marshal.loads(marshal.dumps(row))


def leaves(value):
    """The kinds of what a row is made of."""
    return set().union(*map(leaves, value)) if type(value) is tuple else {type(value)}


@pytest.mark.parametrize("record", KINDS)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_comes_back_as_it_was(record, data):
    original = data.draw(st.from_type(record))

    assert packing.unpack(record, stored(packing.pack(original))) == original


@given(st.from_type(Model))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_row_is_made_of_text_numbers_and_nothing_else(model):
    assert leaves(packing.pack(model)) <= {str, int, type(None)}


@pytest.mark.parametrize(
    "path", [support.MODELS_FILE, support.ROOT / "tests" / "data" / "small.yaml"]
)
def test_a_real_plan_comes_back_as_it_was(path):
    plan = read(path.read_bytes()).plan
    assert plan

    again = Plan(
        packing.unpack(Heading, stored(packing.pack(plan.plan))),
        tuple(packing.unpack(Agency, stored(packing.pack(each))) for each in plan.agencies),
        tuple(packing.unpack(Model, stored(packing.pack(each))) for each in plan.models),
    )

    assert again == plan


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendars_first_and_last_day_come_back(day):
    model = Model(
        9,
        "Lưu trú",
        ("CAH",),
        Period("day", day),
        (Step(1, "Mở lớp.", Progress("done", day), due=day),),
        extensions=(Extension(Period("day", day), day),),
    )

    assert packing.unpack(Model, stored(packing.pack(model))) == model


def test_days_are_numbers_and_records_are_tuples():
    row = packing.pack(LODGING)
    assert row[: len(PACKED_LODGING)] == PACKED_LODGING  # a field declared later stands behind them


def with_one(row, at, value):
    return (*row[:at], value, *row[at + 1 :])


@pytest.mark.parametrize("field", Model._fields)
@pytest.mark.parametrize("value", [1.5, b"", [], {}, ("CAH", 1), -1], ids=repr)
def test_a_row_that_holds_something_else_is_no_record(field, value):
    row = with_one(packing.pack(LODGING), Model._fields.index(field), value)
    if type(value) is int and field in {"model", "stt"}:
        pytest.skip("a number")

    with pytest.raises((TypeError, ValueError)):
        packing.unpack(Model, row)


@pytest.mark.parametrize("row", [(), packing.pack(LODGING)[:-1], (*packing.pack(LODGING), None)])
def test_a_row_of_another_length_is_no_record(row):
    with pytest.raises(TypeError):
        packing.unpack(Model, row)


class Shelf(NamedTuple):
    """A record that nobody has packed before, with a field of each kind."""

    number: Annotated[Number, About("n", "")]
    book: Annotated[Extension | None, About("b", "")] = None
    day: Annotated[Day | None, About("d", "")] = None
    texts: Annotated[Texts, About("t", "")] = ()
    books: Annotated[tuple[Extension, ...], About("bs", "")] = ()
    text: Annotated[Text | None, About("x", "")] = None


@pytest.mark.parametrize(
    ("shelf", "row"),
    [
        (Shelf(1), (1, None, None, (), (), None)),
        (
            Shelf(
                2,
                Extension(Period("day", date(1, 1, 1)), date(1, 1, 2)),
                date(1, 1, 3),
                ("một",),
                (Extension(Period("day", date(1, 1, 4)), date(1, 1, 5), reason="lũ"),),
                "hai",
            ),
            (2, (1, 2, None, None), 3, ("một",), ((4, 5, None, "lũ"),), "hai"),
        ),
    ],
)
def test_how_a_record_is_packed_follows_from_its_declaration(shelf, row):
    assert packing.pack(shelf) == row
    assert packing.unpack(Shelf, row) == shelf


def records_in(record):
    """The record's class, and those of all records in it."""
    inner = [field.record for field in fields(record).values() if field.record]
    return {record}.union(*map(records_in, inner))


def test_the_layout_is_that_of_every_record_that_is_packed():
    assert {*RECORDS, Plan} == records_in(Plan)
    names = {record.__name__: record._fields for record in RECORDS}
    assert packing.layout(RECORDS) == packing.LAYOUT
    for record in RECORDS:
        others = [one for one in RECORDS if one is not record]
        longer = NamedTuple(
            record.__name__, [(name, str) for name in (*names[record.__name__], "x")]
        )
        assert packing.layout([*others, longer]) != packing.layout([*others, record])
