"""The generated documents: everything that repeats what de06 itself says.

python scripts/docs.py           writes them
python scripts/docs.py --check   exits with 1 and names those that are not up to date

- ``README.md``: in a block that begins with ``$ de06 …``, what follows such a line is what it prints;
- ``docs/commands.md``: the help of every command;
- ``docs/findings.md``: every finding of ``check``, by its code (``scripts/findings_page.py``);
- ``data/models.schema.json``: the JSON Schema of the data file;
- ``docs/*.svg``: the terminals that README.md shows, as ``docs/terminals.py`` draws them;
- ``docs/captures``: what terminals of several widths show, but not ``docs/captures/before``.

All of them on days of their own, so that they change only when de06 does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import findings_page

from de06cli.cli.command_table import COMMANDS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import pictures  # noqa: E402
import terminals  # noqa: E402

TODAY = "2024-01-11"

_CONSOLE_BLOCK = re.compile(r"(?<=^```console\n)\$ de06.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND_LINE = re.compile(r"^\$ de06 ?(.*)$", re.MULTILINE)


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


def schema() -> str:
    return printed(["schema"])


def documents() -> dict[str, str]:
    """The text that each generated document should have."""
    return {
        "README.md": readme(),
        "docs/commands.md": commands(),
        "docs/findings.md": findings_page.page(),
        "data/models.schema.json": schema(),
        **{f"docs/{name}": svg for name, svg in terminals.pictures(pictures.shown()).items()},
        **{f"docs/captures/{name}": text for name, text in pictures.captures().items()},
    }


def main() -> int:
    stale = []
    for name, text in documents().items():
        path = ROOT / name
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
