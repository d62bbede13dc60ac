"""The generated documents: everything that repeats what de06 itself says.

python scripts/docs.py           writes them
python scripts/docs.py --check   exits with 1 and names those that are not up to date

- ``README.md``: in a block that begins with ``$ de06 …``, what follows such a line is what it prints;
- ``docs/commands.md``: the help of every command;
- ``docs/list.svg``: a terminal of 100 columns;
- ``data/models.schema.json``: the JSON Schema of the data file.

All of them on 11 January 2024, so that they change only when de06 does.
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from de06cli.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
TODAY = "2024-01-11"
COLUMNS = 100

_CONSOLE_BLOCK = re.compile(r"(?<=^```console\n)\$ de06.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND_LINE = re.compile(r"^\$ de06 ?(.*)$", re.MULTILINE)
_FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def environment() -> dict[str, str]:
    """The environment without what would change an answer."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DE06_")}
    return kept | {
        "DE06_TODAY": TODAY,
        "DE06_CACHE": "off",
        "DE06_DATA": "data/models.yaml",
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "80",
    }


def printed(arguments: list[str]) -> str:
    """What de06 prints when it is piped; a failure ends the script."""
    return subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def readme() -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    return _CONSOLE_BLOCK.sub(lambda block: _with_answers(block[0]), text)


def _with_answers(block: str) -> str:
    lines = _COMMAND_LINE.findall(block)
    return "\n".join(f"$ de06 {line}\n{printed(line.split())}" for line in lines)


def commands() -> str:
    """Every command's help, in the order of the table."""
    title = "# Lệnh của de06\n\nTrang này do `scripts/docs.py` viết từ chính de06.\n"
    helps = [
        f"\n## {' '.join(['de06', *name])}\n\n```text\n{printed([*name, '--help'])}```\n"
        for name in ([], *([name] for name in COMMANDS))
    ]
    return title + "".join(helps)


def picture() -> str:
    """A real terminal's content as SVG."""
    arguments = ["list", "--agency", "CAH", "--as-of", "2023-11-25"]
    screen = Console(width=COLUMNS, record=True, file=io.StringIO(), color_system="truecolor")
    screen.print(Text.from_ansi(on_a_terminal(arguments)))
    svg = screen.export_svg(title=f"de06 {' '.join(arguments)}", unique_id="de06")
    # Without fonts fetched from elsewhere: the reader's own monospaced one does.
    svg = _FONT_FACES.sub("", svg).replace("Fira Code", "monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def on_a_terminal(arguments: list[str]) -> str:
    """What de06 writes to a terminal of COLUMNS columns, escape sequences and all."""
    changes = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(COLUMNS)}
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=ROOT,
        env=environment() | changes,
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.DEVNULL,
    ):
        os.close(slave)
        written = bytearray()
        try:
            while chunk := os.read(master, 65536):
                written += chunk
        except OSError:  # Linux says so at the end of a terminal's output
            pass
        os.close(master)
    return written.decode("utf-8").replace("\r\n", "\n")


def schema() -> str:
    return printed(["schema"])


DOCUMENTS: dict[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/commands.md": commands,
    "docs/list.svg": picture,
    "data/models.schema.json": schema,
}


def main() -> int:
    stale = []
    for name, make in DOCUMENTS.items():
        path, text = ROOT / name, make()
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, "utf-8", newline="\n")
    if "--check" in sys.argv[1:] and stale:
        print(f"Not up to date: {', '.join(stale)}. Run python scripts/docs.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
