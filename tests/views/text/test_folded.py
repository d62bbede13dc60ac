"""Messages folded at a terminal's width."""

from __future__ import annotations

import pytest

from de06cli.characters import display_width
from de06cli.views.text.folded import folded

LISTED = "Gợi ý:\n  CAH  Công an huyện Hớn Quản\n  DVCAH  Các đơn vị trực thuộc Công an huyện"


def test_words_are_kept_whole():
    assert folded("một hai ba bốn năm", 12) == "một hai ba\nbốn năm"


def test_what_fits_stays_as_it_is():
    assert folded("Một câu.\n\n    thụt vào", 40) == "Một câu.\n\n    thụt vào"


def test_codes_and_their_names_stand_in_columns():
    assert folded(LISTED, 30) == (
        "Gợi ý:\n"
        "  CAH    Công an huyện Hớn\n"
        "         Quản\n"
        "  DVCAH  Các đơn vị trực thuộc\n"
        "         Công an huyện"
    )


@pytest.mark.parametrize("width", [24, 33, 60])
def test_no_row_is_wider(width):
    text = f"{LISTED}\n{'x' * 50} 漢字漢字漢字漢字漢字 e\u0301e\u0301"

    assert [row for row in folded(text, width).split("\n") if display_width(row) > width] == []
