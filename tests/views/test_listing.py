"""Lists whose rows are texts by name."""

from __future__ import annotations

from de06cli.views import listing, tables
from de06cli.views.listing import Field
from de06cli.views.tables import Cell, Column, Table

FIELDS = (
    Field("number", "Mô hình", 16, centred=True),
    Field("title", "Nhiệm vụ", 70, below="text"),
    Field("days_late", "Quá hạn", 16),
)


def test_a_list_is_a_table_whose_texts_may_stand_one_below_the_other():
    row = {"number": "9", "title": "Lưu trú", "text": "Tập huấn.", "days_late": "12", "more": "x"}

    assert listing.table(FIELDS, [row]) == Table(
        (
            Column("Mô hình", right=True, readable=16),
            Column("Nhiệm vụ", flexible=True, readable=16),
            Column("Quá hạn", readable=16),
        ),
        ((Cell("9"), Cell("Lưu trú\nTập huấn."), Cell("12", tables.LATE)),),
    )


def test_a_row_of_a_table_by_name_says_nothing_where_it_ends_early():
    assert listing.row(FIELDS, [Cell("9"), Cell("Lưu trú")]) == {
        "number": "9",
        "title": "Lưu trú",
        "days_late": "",
    }
