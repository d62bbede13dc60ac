"""What de06 says on the day of the documents, in either language: the generated documents repeat it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TODAY = "2024-01-11"
LANGUAGES = ("vi", "en")


def environment(lang: str = "vi", **changes: str) -> dict[str, str]:
    """The environment without what would change an answer, but with ``changes``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DE06_")}
    return kept | {
        "DE06_TODAY": TODAY,
        "DE06_CACHE": "off",
        "DE06_DATA": "data/models.yaml",
        "DE06_LANG": lang,
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "80",
        **changes,
    }


def printed(arguments: Iterable[str], lang: str = "vi", **changes: str) -> str:
    """What de06 prints when it is piped. Raises CalledProcessError."""
    return _printed((*arguments,), lang, tuple(changes.items()))


@cache
def _printed(arguments: tuple[str, ...], lang: str, changes: tuple[tuple[str, str], ...]) -> str:
    return subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=ROOT,
        env=environment(lang, **dict(changes)),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; a bar inside a cell is written so that every renderer keeps the cell."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "&#124;") for cell in line) + " |\n" for line in lines
    )


def beside(name: str, lang: str) -> str:
    """The name of a page in a language: ``commands.md`` in English is ``commands.en.md``."""
    return name if lang == "vi" else name.removesuffix(".md") + f".{lang}.md"
