"""The package's floors and rooms: imports go downward, in no circle; each library has one doorway, and
each thing one name."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import support

PACKAGE = support.ROOT / "src" / "de06cli"
MODULES = sorted(PACKAGE.rglob("*.py"))

MOST_MODULES = 15  # in a folder
MOST_LINES = 440

# From the ground up; a module imports from its own floor and those below.
FLOORS = [
    "named_tuples",
    "errors",
    "messages",
    "characters",
    "plan",
    "tracking",
    "views",
    "delivery",
    "drafting",
    "cli",
]

DOORWAYS = {
    "typer": {"cli/app.py", "cli/usage.py"},
    "rich": {"views/text/terminal.py", "views/text/terminal_lines.py"},
    "yaml": {"plan/file/document.py"},
    "pydantic_core": {"plan/validation/schema.py"},
    "platformdirs": {"cli/environment.py"},
    "pyarrow": {"views/office/parquet.py"},
    "openpyxl": {"xlsx", "drafting/reading/workbook.py"},
    "docx": {"docx"},
    "docxtpl": {"views/office/docx/filling.py"},
    "icalendar": {"views/office/calendar.py"},
    "jinja2": {"views/page/templating.py"},
    "markupsafe": {"views/page/templating.py"},
    "_sha2": {"plan/hashing.py"},  # of the standard library, from Python 3.12 on
}


def named(path: Path) -> str:
    """The dotted name of a module of the package."""
    parts = ["de06cli", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_for_type_checking(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def nodes(tree: ast.AST, *, for_type_checking: bool = True) -> Iterator[ast.AST]:
    """Everything in a module, in functions too."""
    for node in ast.iter_child_nodes(tree):
        if for_type_checking or not is_for_type_checking(node):
            yield node
            yield from nodes(node, for_type_checking=for_type_checking)


def imported(path: Path, *, for_type_checking: bool = True) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in nodes(tree_of(path), for_type_checking=for_type_checking):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


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
    own = floor(named(path))
    if own is None:  # __init__ and __main__
        return
    above = [name for name in imported(path) if (floor(name) or 0) > own]
    assert above == []


def test_imports_go_round_in_no_circle() -> None:
    """Neither when a module is loaded nor later, in a function."""
    names = {named(path) for path in MODULES}
    needs = {
        named(path): {
            module
            for name in imported(path, for_type_checking=False)
            for module in (name if name in names else name.rpartition(".")[0],)
            if module in names - {named(path), "de06cli"}
        }
        for path in MODULES
    }
    while free := [module for module, others in needs.items() if not others & needs.keys()]:
        for module in free:
            del needs[module]
    assert needs == {}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_each_library_has_one_doorway(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(path)}
    others = libraries - sys.stdlib_module_names - {"de06cli"}
    assert others <= DOORWAYS.keys(), "a library without a doorway"
    for library in others:
        doors = DOORWAYS[library]
        assert relative(path) in doors or path.parent.name in doors


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    if relative(path) == "cli/environment.py":
        return
    readers = {"environ", "environb", "getenv", "getenvb"}
    found = [
        name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute | ast.ImportFrom)
        for name in (
            [node.attr] if isinstance(node, ast.Attribute) else [each.name for each in node.names]
        )
        if name in readers
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    """What time has passed since (``monotonic``) and the times of files are no days."""
    if relative(path) == "cli/environment.py":
        return
    read = [
        ast.unparse(node.func)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"date", "datetime"}
        and node.func.attr in {"now", "today", "utcnow"}
    ]
    assert read == []


# Names --------------------------------------------------------------------------------------------


def test_no_class_has_the_name_of_another() -> None:
    found = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in found.items() if times > 1} == set()


def test_no_module_differs_from_another_by_an_s() -> None:
    commands = PACKAGE / "cli" / "commands"  # named as they are typed
    names = {path.stem for path in MODULES if not path.is_relative_to(commands)}
    assert {name for name in names if f"{name}s" in names} == set()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_what_is_imported_of_the_package_keeps_its_name(path: Path) -> None:
    renamed = [
        f"{node.module}.{alias.name} as {alias.asname}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("de06cli")
        for alias in node.names
        if alias.asname not in {None, alias.name}  # "as" itself: passed on
    ]
    renamed += [
        f"{alias.name} as {alias.asname}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.startswith("de06cli") and alias.asname
    ]
    assert renamed == []


# Types --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_no_value(path: Path) -> None:
    """What is loaded late is named by functions that types reach; the table of commands aside."""
    used = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    assert "ModuleType" not in used
    assert "import_module" not in used or relative(path) == "cli/command_table.py"


def test_any_is_rare() -> None:
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in MODULES)
    times = sum(
        (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
        for path in MODULES
        for node in ast.walk(tree_of(path))
    )
    assert times <= 6 * lines / 1000


# Sizes --------------------------------------------------------------------------------------------


def test_no_folder_grows_into_a_drawer() -> None:
    held = Counter(relative(path.parent) for path in MODULES if path.name != "__init__.py")
    assert {folder: n for folder, n in held.items() if n > MOST_MODULES} == {}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_file_grows_into_a_drawer(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES
