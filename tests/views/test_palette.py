"""The colours of a terminal: one palette, to be read on a light ground and on a dark one."""

from __future__ import annotations

import re

import pytest
import support
from rich.color import Color

from de06cli.views import palette

COLOURS = {name: value for name, value in vars(palette).items() if name.isupper()}
MADE_OF_COLOURS = re.compile(
    r"\\x1b\[[0-9;]*3[0-7]|color\([0-9]|\"(?:bold )?(?:red|green|yellow|blue)\""
)


def luminance(number: int) -> float:
    """The relative luminance of a colour of the 256 (WCAG 2)."""
    parts = [value / 255 for value in Color.from_ansi(number).get_truecolor()]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", COLOURS)
def test_a_colour_is_read_on_white_and_on_black(name):
    bright = luminance(COLOURS[name])

    assert 1.05 / (bright + 0.05) > 3.5
    assert (bright + 0.05) / 0.05 > 3.5


def test_no_other_module_has_colours_of_its_own():
    """A page and a workbook are no terminals."""
    found = [
        path.name
        for folder in ("cli", "views/text", "views/contents")
        for path in (support.ROOT / "src/de06cli" / folder).rglob("*.py")
        if MADE_OF_COLOURS.search(path.read_text("utf-8"))
    ]
    assert found == []
