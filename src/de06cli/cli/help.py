"""Help in the language spoken now; the parser's own would be in English."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from textwrap import fill, wrap
from typing import TypeAlias

from typer.core import TyperArgument, TyperOption

from de06cli.cli.table import COMMANDS
from de06cli.messages import N_, _

Parameters: TypeAlias = Iterable[object]  # those that are TyperArgument or TyperOption count

WIDTH = 88  # columns, on a terminal that has as many
NARROWEST = 60
TERM = 30  # columns that a term of a list may take at the most
INDENT = "  "

# How the values named in a command's help are typed.
TYPED = {
    "ADDRESS": N_(
        "9 hoặc MH9 là mô hình 9, 9.2 là bước 2 của nó, stt:4 là dòng 4 của bản in; "
        "HONQUAN:9.2 khi có nhiều kế hoạch."
    ),
    "MODEL": N_(
        "9 hoặc MH9 là mô hình 9, stt:4 là dòng 4 của bản in; HONQUAN:9 khi có nhiều kế hoạch."
    ),
    "DATE": N_("30/10/2023, 2023-10-30, 30-10-2023, today, yesterday, hôm nay hoặc hôm qua."),
    "REV": N_(
        "Phiên bản của git: mã commit, nhánh, nhãn, HEAD~1; hoặc một ngày, ví dụ 30/11/2023."
    ),
}


def help_of_command(path: str, summary: str, parameters: Parameters) -> str:
    """The help of one command. ``path`` is how it is called, ``summary`` a message."""
    listed = [param for param in parameters if isinstance(param, TyperArgument | TyperOption)]
    arguments = [param.metavar or "" for param in listed if isinstance(param, TyperArgument)]
    named = " ".join(param.metavar or "" for param in listed)
    typed = [(word, _(meaning)) for word, meaning in TYPED.items() if word in named]
    return _page(
        f"{path} {' '.join([_('[TÙY CHỌN]'), *arguments])}",
        summary,
        [(_("Tùy chọn"), _options(listed)), (_("Cách gõ"), typed)],
    )


def help_of_all(summary: str, parameters: Parameters) -> str:
    """The help of de06 as a whole: its commands, and the options of none of them."""
    commands = [(name, _(entry.summary)) for name, entry in COMMANDS.items()]
    return _page(
        f"de06 {_('LỆNH [TÙY CHỌN]')}",
        summary,
        [(_("Lệnh"), commands), (_("Tùy chọn"), _options(parameters))],
    )


def _options(parameters: Parameters) -> list[tuple[str, str]]:
    return [
        _option(param)
        for param in parameters
        if isinstance(param, TyperOption) and not param.hidden
    ]


def _option(param: TyperOption) -> tuple[str, str]:
    names = ", ".join([*param.opts, *param.secondary_opts])
    if param.metavar and not param.is_flag:
        names += f" {param.metavar}"
    return names, _(param.help) if param.help else ""


def _page(usage: str, summary: str, lists: Sequence[tuple[str, list[tuple[str, str]]]]) -> str:
    width = min(max(shutil.get_terminal_size().columns - 2, NARROWEST), WIDTH)
    said = fill(_(summary), width, initial_indent=INDENT, subsequent_indent=INDENT)
    parts = [_usage(usage, width), said]
    parts += [f"{title}:\n{_terms(rows, width)}" for title, rows in lists if rows]
    return "\n\n".join(parts) + "\n"


def _usage(usage: str, width: int) -> str:
    called = _("Cách dùng:")
    return fill(
        usage, width, initial_indent=f"{called} ", subsequent_indent=" " * (len(called) + 1)
    )


def _terms(rows: Sequence[tuple[str, str]], width: int) -> str:
    """Terms with their meanings in a second column; a long term has a line of its own."""
    column = min(max(len(term) for term, _meaning in rows), TERM) + 2
    lines = []
    for term, meaning in rows:
        first, *others = wrap(meaning, width - column - len(INDENT)) or [""]
        if len(term) + 2 > column:
            lines.append(INDENT + term)
            term = ""  # noqa: PLW2901 - its line is written
        lines.append(f"{INDENT}{term:{column}}{first}".rstrip())
        lines += [INDENT + " " * column + other for other in others]
    return "\n".join(lines)
