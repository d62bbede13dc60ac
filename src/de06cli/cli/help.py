"""Help in the language spoken now; the parser's own would be in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence

from de06cli.characters import display_width, padded
from de06cli.cli import choices
from de06cli.cli.command_table import COMMANDS, GROUPS, OPTIONS, SUMMARY, command
from de06cli.cli.parsing.declared import HELP, Parameter
from de06cli.messages import N_, _
from de06cli.views.text.folded import filled

WIDTH = 88  # columns, on a terminal that has as many
NARROWEST = 40
TERM = 20  # columns that a term of a list may take at the most
INDENT = "  "

# How the values named in a command's help are typed.
TYPED = {
    "ADDRESS": N_(
        "9 hoặc MH9 là mô hình 9, 9.2 là bước 2 của mô hình đó, stt:4 là số thứ tự 4 trong "
        "phụ lục; HONQUAN:9.2 khi có nhiều kế hoạch."
    ),
    "MODEL": N_(
        "9 hoặc MH9 là mô hình 9, stt:4 là số thứ tự 4 trong phụ lục; HONQUAN:9 khi có nhiều "
        "kế hoạch."
    ),
    "DATE": N_("30/10/2023, 2023-10-30, 30-10-2023, today, yesterday, hôm nay hoặc hôm qua."),
    "REV": N_(
        "Phiên bản của git: mã commit, nhánh, nhãn, HEAD~1; hoặc một ngày, ví dụ 30/11/2023."
    ),
}


def help_of_command(name: str) -> str:
    """The help of one command."""
    entry = COMMANDS[name]
    listed = [*command(name).parameters, HELP]
    arguments = [param.metavar or "" for param in listed if not param.names]
    named = " ".join(param.metavar or "" for param in listed)
    typed = [(word, _(meaning)) for word, meaning in TYPED.items() if word in named]
    return _page(
        f"de06 {name} {' '.join([_('[TÙY CHỌN]'), *arguments])}",
        entry.summary,
        [(_("Tùy chọn"), _options(listed)), (_("Cách gõ"), typed)],
        entry.examples,
    )


def help_of_all() -> str:
    """The help of de06 as a whole: its commands, and the options of none of them."""
    groups = [
        (
            _(title),
            [(name, _(entry.summary)) for name, entry in COMMANDS.items() if entry.group == key],
        )
        for key, title in GROUPS.items()
    ]
    return _page(
        f"de06 {_('LỆNH [TÙY CHỌN]')}",
        SUMMARY,
        [*groups, (_("Tùy chọn"), _options(OPTIONS))],
        closing=_("Ví dụ và tùy chọn của một lệnh: de06 LỆNH --help."),
    )


def _options(parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    return [_option(param) for param in parameters if param.names]


def _option(param: Parameter) -> tuple[str, str]:
    names = ", ".join(param.names)
    said = _(param.help)
    explained = choices.meanings(param.names[0], param.metavar)
    if explained:
        names += f" {param.names[0].lstrip('-').upper()}"
        lines = [
            f"{value}: {_(meaning)}" if meaning else value for value, meaning in explained.items()
        ]
        said = "\n".join([said, *lines])
    elif param.metavar:
        names += f" {param.metavar}"
    return names, said


def _page(
    usage: str,
    summary: str,
    lists: Sequence[tuple[str, list[tuple[str, str]]]],
    examples: Sequence[str] = (),
    closing: str = "",
) -> str:
    width = min(max(shutil.get_terminal_size().columns - 2, NARROWEST), WIDTH)
    parts = [_usage(usage, width), _filled(_(summary), width)]
    if examples:
        parts.append(
            "\n".join([f"{_('Ví dụ')}:", *(_example(_(line), width) for line in examples)])
        )
    column = _column([term for _title, rows in lists for term, _meaning in rows])
    parts += [f"{title}:\n{_terms(rows, column, width)}" for title, rows in lists if rows]
    if closing:
        parts.append(_filled(closing, width))
    return "\n\n".join(parts) + "\n"


def _filled(text: str, width: int) -> str:
    return "\n".join(filled(text, INDENT, INDENT, width))


def _example(typed: str, width: int) -> str:
    """A command to type; where it needs several lines, a shell still takes them as one."""
    first, *options = re.split(r" (?=-)", f"de06 {typed}")
    lines = [INDENT + first]
    for option in options:
        if display_width(f"{lines[-1]} {option} \\") <= width:
            lines[-1] += f" {option}"
        else:
            lines.append(f"{INDENT}    {option}")
    return " \\\n".join(lines)


def _usage(usage: str, width: int) -> str:
    called = _("Cách dùng:") + " "
    return "\n".join(filled(usage, called, " " * display_width(called), width))


def _column(terms: Sequence[str]) -> int:
    """Where the meanings begin: behind the longest of the terms that are not too long for that."""
    sizes = [display_width(term) for term in terms]
    return max((size for size in sizes if size <= TERM), default=0) + 2


def _terms(rows: Sequence[tuple[str, str]], column: int, width: int) -> str:
    """Terms with their meanings in a second column; a long term has a line of its own."""
    lines = []
    beside = INDENT + " " * column
    for term, meaning in rows:
        begin = INDENT + padded(term, column)
        if display_width(term) + 2 > column:
            lines.append(INDENT + term)
            begin = beside
        for part in meaning.split("\n"):
            lines += [row.rstrip() for row in filled(part, begin, beside, width)]
            begin = beside
    return "\n".join(lines)
