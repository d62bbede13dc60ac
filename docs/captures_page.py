"""The page of the captures: how many lines each command takes on a terminal, before and now."""

from __future__ import annotations

from collections.abc import Mapping

from terminals import CAPTURED, DAY, WIDTHS

Heights = Mapping[tuple[str, int], int]  # lines by command line and columns

_HEAD = """\
# Terminals

What `de06` shows on terminals of 60, 80, 100 and 140 columns: the shipped plan with made-up progress, on
{day}. `60.txt` to `140.txt` are the screens without their colours; the pictures have these, on a dark and
on a light ground. `before/` has the same commands in the release before the terminal was rewritten.
`python docs/pictures.py --captures` makes them anew, and this page.

Lines of each command, before → now:

"""


def page(now: Heights, before: Heights) -> str:
    """The page in Markdown; where ``before`` lacks a screen, its height now stands alone."""
    rows = [
        "| command | " + " | ".join(f"{width} columns" for width in WIDTHS) + " |",
        "|---|" + "---:|" * len(WIDTHS),
    ]
    for line in CAPTURED:
        cells = [_change(before.get((line, width)), now[line, width]) for width in WIDTHS]
        rows.append(f"| `{f'de06 {line}'.strip()}` | " + " | ".join(cells) + " |")
    return _HEAD.format(day=DAY) + "\n".join(rows) + "\n"


def _change(before: int | None, now: int) -> str:
    return str(now) if before is None else f"{before} → {now}"
