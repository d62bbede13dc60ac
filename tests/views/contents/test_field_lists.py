"""Lists whose rows are texts by name."""

from __future__ import annotations

from de06cli.views.contents import field_lists, tables
from de06cli.views.contents.field_lists import ListField
from de06cli.views.contents.tables import Cell, Column, Table

FIELDS = (
    ListField("number", "Mô hình", 16, centred=True),
    ListField("title", "Nhiệm vụ", 70, below="text"),
    ListField("days_late", "Quá hạn", 16),
)


def test_a_list_is_a_table_whose_texts_may_stand_one_below_the_other():
    row = {"number": "9", "title": "Lưu trú", "text": "Tập huấn.", "days_late": "12", "more": "x"}

    assert field_lists.table(FIELDS, [row]) == Table(
        (
            Column("Mô hình", right=True, readable=16),
            Column("Nhiệm vụ", flexible=True, readable=16),
            Column("Quá hạn", readable=16),
        ),
        ((Cell("9"), Cell("Lưu trú\nTập huấn."), Cell("12", tables.LATE)),),
    )


def test_a_row_of_a_table_by_name_says_nothing_where_it_ends_early():
    assert field_lists.row(FIELDS, [Cell("9"), Cell("Lưu trú")]) == {
        "number": "9",
        "title": "Lưu trú",
        "days_late": "",
    }
