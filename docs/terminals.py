"""Terminals of the documentation: a plan in mid-life, and what de06 shows of it in a real terminal.

The plan is the shipped one with progress that is made up (the plan itself has none), in a git repository
that is made anew each time: a commit a mark, on days of their own, so that everything that is shown
changes only when de06 or the plan does. The last marks are not committed yet; ``diff`` shows these.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME
from rich.text import Text

ROOT = Path(__file__).parents[1]
DAY = "2023-12-26"
COLUMNS = 100

EXAMPLE = """\
done 6.1 6.2 --date 2023-10-12 --by TTYT --evidence 77/BC-TTYT
done 25 --yes --date 2023-10-25 --by STTTT --evidence 312/BC-STTTT
extend 39 2023-12-29 --decided 2023-10-27 --document 131/UBND-VX --reason "chờ số liệu"
done 21 --yes --date 2023-10-27 --by PGDDT --evidence 205/BC-PGDDT
done 24 --yes --date 2023-10-28 --by STTTT --evidence 318/BC-STTTT
done 8 --yes --date 2023-11-09 --by PTP --evidence 61/BC-PTP
done 12.1 --date 2023-11-10 --by CAH --evidence 41/BC-CAH
done 29 --yes --date 2023-11-12 --by CAH --evidence 43/BC-CAH
done 9.1 --date 2023-11-20 --by CAH --evidence 45/BC-CAH
done 11.1 11.2 --date 2023-11-22 --by CAH --evidence 49/BC-CAH
done 10 --yes --date 2023-11-24 --by CAH --evidence 52/BC-CAH
extend 16 2024-01-31 --decided 2023-11-28 --document 145/UBND-VX --reason "chờ thiết bị"
block 12.2 --date 2023-11-28 --by PKTHT --note "nhà xe chưa thống nhất"
done 1.1 1.2 --date 2023-11-30 --by PVHTT --evidence 80/BC-PVHTT
block 6.3 --date 2023-12-05 --by TTYT --note "chờ đầu đọc thẻ CCCD gắn chíp"
done 39.1 39.2 --date 2023-12-08 --by PVHTT --evidence 86/BC-PVHTT
done 26 --yes --date 2023-12-15 --by PVHTT --evidence 88/BC-PVHTT
start 9.2 --date 2023-12-18 --by CAH
"""

TERMINALS = {
    "list": "list --agency CAH --role lead",
    "overdue": "overdue --agency CAH --role lead",
    "show": "show 9",
    "stats": "stats --by agency",
    "timeline": "timeline",
}

CAPTURED = (
    "",
    "list",
    "overdue",
    "upcoming",
    "stats",
    "stats --by agency",
    "agencies",
    "show 9",
    "timeline",
    "log",
    "diff",
    "check hong.yaml",
    "done 9",
    "--help",
)
WIDTHS = (60, 80, 100, 140)
LOOKED_AT = (60, 80, 120)  # widths of the terminals that are drawn in a folder, to be looked at
FIGURES = (
    "stats --every week",
    "stats --compare previous",
    "stats --by waiting",
    "steps --next",
    "report",
)
DRAWN = {("list", 60), ("overdue", 80)}  # kept as pictures too, for their colours

# Mistakes of a hand, in a copy of the plan: what is replaced, once each.
MISTAKES = {
    "deadline: 2023-12-30": "deadline: 30/12/2023",
    "lead: [CAH]": "lead: [CAHH]",
    "status: blocked": "status: vuong",
    "    organisation:": "    organization:",
    "status: doing,": "status: dang lam,",
}

UNCOMMITTED = 2  # marks at the end of EXAMPLE

# All marks in one process: most of what a command costs is its start.
_MARKING = """
import json, subprocess, sys
from de06cli.cli import main
for words, day, author in json.loads(sys.argv[1]):
    if main.run(words):
        sys.exit(1)
    if day:
        subprocess.run(
            ["git", "-c", f"user.name={author}", "-c", f"user.email={author}@example.org",
             "commit", "--quiet", "--all", "--message", " ".join(words[:2])],
            env=__import__("os").environ | {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day},
            check=True,
        )
"""
_PROMPT = re.compile(r"\?[^\n]*[\])]:?\s*$")
_PATIENCE = 120  # seconds that a command may be silent
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


# The plan -----------------------------------------------------------------------------------------


@contextmanager
def example(source: Path = ROOT) -> Iterator[Path]:
    """A folder with the plan of the de06 in ``source``, marked by that de06 and committed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        shutil.copy(source / "data" / "models.yaml", folder / "data")
        variables = environment(folder, source)
        _git(folder, "init", "--quiet", "--initial-branch=main")
        _git(folder, "add", "data")
        _git(folder, "-c", "user.name=VP", "-c", "user.email=VP@example.org",
             "commit", "--quiet", "--message", "Phụ lục I",
             GIT_AUTHOR_DATE="2023-10-02T08:00+0700", GIT_COMMITTER_DATE="2023-10-02T08:00+0700")  # fmt: skip
        subprocess.run(
            [sys.executable, "-c", _MARKING, json.dumps(list(_marks()))],
            cwd=folder, env=variables, capture_output=True, check=True,
        )  # fmt: skip
        (folder / "hong.yaml").write_text(_broken(folder / "data" / "models.yaml"), "utf-8")
        yield folder


def _marks() -> Iterator[tuple[list[str], str, str]]:
    """The words of each mark, the moment of its commit (empty: it is not committed) and its author."""
    marks = [_words(line) for line in EXAMPLE.splitlines()]
    for number, mark in enumerate(marks):
        of = dict(pairwise(mark))
        day = of.get("--date") or of["--decided"]
        committed = number < len(marks) - UNCOMMITTED
        yield mark, f"{day}T16:00+0700" if committed else "", of.get("--by", "VP")


def _words(line: str) -> list[str]:
    return [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', line)]


def _broken(plan: Path) -> str:
    text = plan.read_text("utf-8")
    for right, wrong in MISTAKES.items():
        if right not in text:
            raise ValueError(f"The plan has no {right!r} to be made a mistake of.")
        text = text.replace(right, wrong, 1)
    return text


def _git(folder: Path, *arguments: str, **changes: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=environment(folder) | changes, check=True)


def environment(folder: Path, source: Path = ROOT) -> dict[str, str]:
    """The environment without what would change an answer, and with a home below ``folder``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DE06_", "GIT_")) and name not in {"COLUMNS", "NO_COLOR"}
    }
    return kept | {
        "DE06_TODAY": DAY,
        "DE06_CACHE": "off",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(folder / "home"),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(source / "src"),
        "XDG_STATE_HOME": str(folder / "state"),
    }


# Terminals ----------------------------------------------------------------------------------------


def pictures(names: set[str]) -> dict[str, str]:
    """The pictures of terminals among ``names``, as SVG."""
    with example() as folder:
        return {
            f"{name}.svg": _svg(line, _on_a_terminal(line.split(), folder, COLUMNS), COLUMNS)
            for name, line in TERMINALS.items()
            if f"{name}.svg" in names
        }


def _svg(line: str, written: str, columns: int, *, dark: bool = True) -> str:
    """The content of a terminal as a picture."""
    screen = Console(width=columns, record=True, file=io.StringIO(), color_system="truecolor")
    screen.print(Text.from_ansi(written))
    svg = screen.export_svg(
        title=f"de06 {line}".strip(),
        unique_id="de06",
        theme=SVG_EXPORT_THEME if dark else DEFAULT_TERMINAL_THEME,
    )
    # Without fonts fetched from elsewhere: the reader's own monospaced one does.
    svg = _FONT_FACES.sub("", svg).replace("Fira Code", "monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _on_a_terminal(arguments: list[str], folder: Path, columns: int, source: Path = ROOT) -> str:
    """What a terminal shows of de06, escape sequences and all; a question is answered with Enter."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=folder,
        env=environment(folder, source) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ):
        os.close(theirs)
        written = _written(ours)
        os.close(ours)
    return written.decode("utf-8").replace("\r\n", "\n")


def _written(terminal: int) -> bytes:
    """All that a process writes to its terminal; its first question gets Enter."""
    written, asked = b"", False
    while select.select([terminal], [], [], _PATIENCE)[0]:
        try:
            written += os.read(terminal, 65536)
        except OSError:  # Linux says so at the end of a terminal's output
            break
        if not asked and _PROMPT.search(_plain(written.decode("utf-8", "ignore"))):
            os.write(terminal, b"\n")
            asked = True
    return written


def _plain(written: str) -> str:
    return _ESCAPES.sub("", written)


# Captures -----------------------------------------------------------------------------------------


def screens(
    source: Path = ROOT, widths: Sequence[int] = WIDTHS, more: Sequence[str] = ()
) -> dict[tuple[str, int], str]:
    """What terminals of these widths show of the commands CAPTURED and ``more``, by the de06 in the folder
    ``source``."""
    with example(source) as folder, ThreadPoolExecutor(os.cpu_count()) as at_once:
        every = list(product((*CAPTURED, *more), widths))
        shown = at_once.map(
            lambda one: _on_a_terminal(one[0].split(), folder, one[1], source), every
        )
        return dict(zip(every, shown, strict=True))


def captures(shown: Mapping[tuple[str, int], str]) -> dict[str, str]:
    """The screens as texts, a file a width, each behind its command line."""
    return {
        f"{width}.txt": "\n".join(
            f"$ {f'de06 {line}'.strip()}\n{_lines(shown[line, width])}" for line in CAPTURED
        )
        for width in WIDTHS
    }


def _lines(written: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in _plain(written).splitlines())


def drawn(shown: Mapping[tuple[str, int], str], *, every: bool = False) -> dict[str, str]:
    """The screens of DRAWN as pictures, or every one on a dark and on a light ground."""
    kept = sorted(shown) if every else sorted(DRAWN)
    grounds = {"dark": True, "light": False}
    return {
        f"{_file_name(line)}-{width}-{ground}.svg": _svg(line, shown[line, width], width, dark=dark)
        for line, width in kept
        for ground, dark in grounds.items()
    }


def _file_name(line: str) -> str:
    return "-".join(re.findall(r"\w+", line)) or "de06"


def heights(texts: Mapping[str, str]) -> dict[tuple[str, int], int]:
    """How many rows each command takes at each width, counted in texts that ``captures`` made.

    A line that is wider than the terminal takes as many rows as the terminal breaks it into.
    """
    counted = {}
    for width in WIDTHS:
        for screen in re.split(r"^\$ ", texts.get(f"{width}.txt", ""), flags=re.MULTILINE)[1:]:
            line, _, shown = screen.partition("\n")
            rows = [max(1, -(-cell_len(row) // width)) for row in shown.strip("\n").splitlines()]
            counted[line.removeprefix("de06").strip(), width] = sum(rows)
    return counted
