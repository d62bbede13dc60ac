"""A letter as an HTML page that mail programs can show: tables for the layout, styles on each element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from de06cli.messages import language
from de06cli.views import words
from de06cli.views.contents import tables
from de06cli.views.contents.lateness import Fact, Item
from de06cli.views.contents.tables import Cell, Column
from de06cli.views.mail.letter import Letter, LetterSection, LetterSummary

_COLOURS = {
    tables.LATE: "#b3261e",
    tables.SOON: "#8a5300",
    tables.DONE: "#1b6b3a",
    tables.QUIET: "#5f6368",
    "": "#202124",
}
_EDGE = "#dadce0"
_FONT = "font-family:'Segoe UI',Roboto,Arial,sans-serif;word-wrap:break-word;"
_SMALL = f"font-size:13px;color:{_COLOURS[tables.QUIET]}"


def page(letter: Letter) -> str:
    """The whole page; whatever the letter says is text in it."""
    parts = [
        *(
            [_paragraph(letter.greeting, "font-weight:bold;font-size:17px")]
            if letter.greeting
            else []
        ),
        *(_paragraph(text, "") for text in letter.opening),
        *(
            _section(part) if isinstance(part, LetterSection) else _summary(part)
            for part in letter.parts
        ),
        *(_paragraph(text, _SMALL) for text in letter.closing),
    ]
    body = "\n".join(parts)
    return f"""\
<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(letter.subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f1f3f4">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed">
<tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"
 style="table-layout:fixed;max-width:720px;background:#ffffff;border:1px solid {_EDGE};border-radius:6px">
<tr><td style="padding:20px 24px;{_FONT}font-size:15px;line-height:1.45;color:{_COLOURS[""]};text-align:left">
{body}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


def _text(text: str) -> str:
    return escape(words.visible(text)).replace("\n", "<br>\n")


# An address as a whole part of what is said: one inside a text that somebody typed stays text.
_ADDRESS = re.compile(r"(?:^|(?<= – ))(https?://[^\s<>\"]+)(?=$| – )")


def _linked(text: str) -> str:
    """A text in which addresses of the web can be opened."""
    parts = _ADDRESS.split(text)
    return "".join(
        f'<a href="{_text(part)}">{_text(part)}</a>' if number % 2 else _text(part)
        for number, part in enumerate(parts)
    )


def _paragraph(text: str, style: str) -> str:
    return f'<p style="margin:0 0 8px;{style}">{_text(text)}</p>'


def _section(section: LetterSection) -> str:
    colour = _COLOURS[section.tone]
    heading = f'<h2 style="margin:24px 0 4px;font-size:16px;color:{colour}">{_text(section.heading())}</h2>'
    return "\n".join([heading, *(_item(item, colour) for item in section.items)])


def _item(item: Item, colour: str) -> str:
    facts = "\n".join(map(_fact, item.facts))
    return (
        f'<div style="margin:8px 0;padding:8px 12px;border-left:4px solid {colour};background:#f8f9fa">\n'
        f'<div style="font-weight:bold">{_text(item.title)}</div>\n{facts}\n</div>'
    )


def _fact(fact: Fact) -> str:
    label = f"<b>{_text(fact.label)}:</b> " if fact.label else ""
    weight = "" if fact.label else ";font-weight:bold"
    return f'<div style="color:{_COLOURS[fact.tone]}{weight}">{label}{_linked(fact.text)}</div>'


def _summary(summary: LetterSummary) -> str:
    """A table; a narrow screen lets it be moved sideways."""
    table = summary.table
    titles = [Cell(column.title) for column in table.columns]
    rows = [_row(titles, table.columns, "col", bold=True)]
    rows += [_row(row, table.columns, "row", bold=False) for row in table.rows]
    if table.total:
        rows.append(_row(table.total, table.columns, "row", bold=True))
    note = "\n" + _paragraph(summary.note, f"margin-top:8px;{_SMALL}") if summary.note else ""
    return (
        f'<h2 style="margin:24px 0 8px;font-size:16px">{_text(summary.title)}</h2>\n'
        '<div style="overflow-x:auto">\n'
        f'<table border="1" cellpadding="5" cellspacing="0" bordercolor="{_EDGE}"'
        ' style="border-collapse:collapse;font-size:13px">\n'
        + "\n".join(rows)
        + f"\n</table>\n</div>{note}"
    )


def _row(cells: Sequence[Cell], columns: Sequence[Column], scope: str, *, bold: bool) -> str:
    """A row of a table, whose first cell names it; ``scope`` is what its head cells are heads of."""
    written = []
    for number, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        head = number == 0 or scope == "col"
        tag, scoped = ("th", f' scope="{scope}"') if head else ("td", "")
        align = "right" if column.right else "left"
        style = f"color:{_COLOURS[cell.tone]};font-weight:{'bold' if bold else 'normal'}"
        style += ";min-width:130px" if number == 0 else ""
        text = _text(cell.text)
        written.append(f'<{tag}{scoped} align="{align}" style="{style}">{text}</{tag}>')
    return f'<tr valign="top">{"".join(written)}</tr>'
