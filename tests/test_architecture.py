"""The package's floors: imports go downward, and each library has one doorway."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import support

PACKAGE = support.ROOT / "src" / "de06cli"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; a module imports from its own floor and those below.
FLOORS = ["errors", "messages", "characters", "plan", "tracking", "delivery", "views", "cli"]

DOORWAYS = {
    "typer": {"cli", "completion", "see", "mark", "send", "plan", "history"},
    "rich": {"views/text/terminal.py", "views/text/terminal_lines.py"},
    "yaml": {"plan/file/document.py"},
    "pydantic_core": {"plan/schema.py"},
    "platformdirs": {"cli/folders.py"},
    "pyarrow": {"views/office/parquet.py"},
    "openpyxl": {"xlsx"},
    "docx": {"docx"},
    "docxtpl": {"views/office/docx/filling.py"},
    "icalendar": {"views/office/calendar.py"},
    "jinja2": {"views/page/templating.py"},
    "markupsafe": {"views/page/templating.py"},
}


def imported(path: Path, *, when_loaded: bool = False) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it, or only when it is loaded itself."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body if when_loaded else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(name: str) -> int | None:
    """The floor of a dotted name; None for what is not of the package, or is the package itself."""
    parts = name.split(".")
    if parts[0] != "de06cli" or len(parts) == 1:
        return None
    return FLOORS.index(parts[1]) if parts[1] in FLOORS else None


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_imports_upward(path: Path) -> None:
    own = floor(".".join(["de06cli", *path.relative_to(PACKAGE).with_suffix("").parts]))
    if own is None:  # __init__ and __main__
        return
    above = [name for name in imported(path) if (floor(name) or 0) > own]
    assert above == []


def test_loading_goes_round_in_no_circle() -> None:
    graph = {
        ".".join(["de06cli", *path.relative_to(PACKAGE).with_suffix("").parts]): set(
            imported(path, when_loaded=True)
        )
        for path in MODULES
    }
    known = {
        module: {
            other
            for other in graph
            if other != module
            and any(name == other or name.startswith(f"{other}.") for name in names)
        }
        for module, names in graph.items()
    }
    while free := [module for module, needs in known.items() if not needs & known.keys()]:
        for module in free:
            del known[module]
    assert known == {}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_each_library_has_one_doorway(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(path)}
    others = libraries - sys.stdlib_module_names - {"de06cli"}
    assert others <= DOORWAYS.keys(), "a library without a doorway"
    for library in others:
        doors = DOORWAYS[library]
        assert relative(path) in doors or path.parent.name in doors


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_file_grows_into_a_drawer(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500
