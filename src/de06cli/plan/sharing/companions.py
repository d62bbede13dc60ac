"""The files that de06 itself wrote beside a plan: its schema, and the lines of git's own files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from de06cli.plan.file.locate import RELATIVE, SCHEMA_NAME
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.recording import others_changed, own_path

_NEW = "??"  # what git calls a file that was never recorded


def of_init(clone: Clone, plans: Iterable[Path]) -> list[str]:
    """The new files beside ``plans`` that hold nothing but what `init` writes: who fetches the plan
    needs them too. A file that somebody has added to is left to them."""
    states = others_changed(clone)
    found = []
    for plan in plans:
        folder = plan.parent.parent
        for file in (plan.with_name(SCHEMA_NAME), folder / ".gitattributes", folder / ".gitignore"):
            if file.is_file() and clone.root in file.resolve().parents:
                path = own_path(clone, file)
                if states.get(path) == _NEW and _is_of_init(file):
                    found.append(path)
    return list(dict.fromkeys(found))


def _is_of_init(file: Path) -> bool:
    if file.name == SCHEMA_NAME:
        return True
    return _only(file.read_text("utf-8", "replace").splitlines())


def _only(lines: Sequence[str]) -> bool:
    """Whether each line begins with the plan's own path, as those of `init` do."""
    return all(not line.strip() or line.startswith(RELATIVE) for line in lines)
