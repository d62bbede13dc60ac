"""The pages of the documentation, as tests read them: their code, and the commands that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import support

DOCS = support.ROOT / "docs"
GENERATED = {"commands", "data-file", "findings", "json"}  # by scripts/docs.py, out of de06 itself
ENGLISH = ".en.md"

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`(de06 [^`]+)`(?!`)")


def all_pages() -> list[Path]:
    """Every page that is kept in Markdown, the READMEs and those for contributors too."""
    found = [*support.ROOT.glob("*.md"), *DOCS.rglob("*.md"), *support.ROOT.glob("benchmarks/*.md")]
    return sorted(found)


def written_pages() -> list[Path]:
    """The pages for users that are written by hand."""
    found = [*support.ROOT.glob("README*.md"), *DOCS.glob("*.md"), *DOCS.glob("huong-dan/*.md")]
    return sorted(path for path in found if path.name.split(".")[0] not in GENERATED)


def is_for_users(path: Path) -> bool:
    """Whether the page is one of the documentation for users, generated or not, in any language."""
    return path in written_pages() or path.name.split(".")[0] in GENERATED


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a page in this language."""
    found = _FENCED.findall(path.read_text("utf-8"))
    return [text for name, text in found if name == language]


def commands(path: Path) -> Iterator[str]:
    """What the page gives to type, in a shell: its blocks as they are, and the commands within its text.

    Comments are left out; they differ in another language.
    """
    for block in blocks(path, "sh"):
        if not block.startswith("#!"):
            yield re.sub(r"\s+#\s.*$", "", block, flags=re.MULTILINE).strip()
    yield from _INLINE.findall(_FENCED.sub("", path.read_text("utf-8")))
