"""Which files of a git repository are plans, among all the other YAML that is kept there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from de06cli.plan.committed.git import root_of
from de06cli.plan.committed.git_call import Git, failed
from de06cli.plan.file.locate import RELATIVE, SCHEMA_NAME
from de06cli.plan.file.size import MAX_BYTES

# What a plan has at its left edge, broken or not, and hardly any other YAML: its first key and one of the
# lists, or the name of its schema.
_PLAN = re.compile(rb"""^(\xef\xbb\xbf)?["']?plan["']?[ \t]*:""", re.MULTILINE)
_LIST = re.compile(rb"""^["']?(models|agencies)["']?[ \t]*:""", re.MULTILINE)
_SCHEMA = re.compile(
    rb"^(\xef\xbb\xbf)?# yaml-language-server:.*models\.schema\.json", re.MULTILINE
)


class _Seen(NamedTuple):
    """The YAML files of a repository, by their paths from its root."""

    files: list[str]
    plans: frozenset[str]  # recognised by what is in them, now or as last committed
    schemas: frozenset[str]  # folders with the schema of plans


def plans_around(folder: Path, variables: Mapping[str, str]) -> list[Path]:
    """The plans that the repository around ``folder`` tracks, in the order of their paths, for the git
    of a user with these ``variables``.

    A plan is known by what is in it, now or in the last commit; by its name, models.yaml; and by its
    place: in a folder that holds other plans, or their schema. So a plan that is broken beyond
    recognition is among them, and another YAML file is not. Raises UnreadableData where there is no
    repository, or git can't read it.
    """
    git = Git(variables)
    root = root_of(folder, git)
    seen = _look(root, git)
    folders = _folders_of_plans(seen)
    return [
        root / name
        for name in seen.files
        if name in seen.plans or _is_named_as_plan(name) or PurePosixPath(name).parent in folders
    ]


def _look(root: Path, git: Git) -> _Seen:
    listed = git.run(root, "--literal-pathspecs", "ls-files", "-z", "--full-name")
    if listed.returncode:
        raise failed(listed)
    tracked = {os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}
    files = sorted(name for name in tracked if _is_yaml(name) and (root / name).is_file())
    plans = {name for name in files if _looks_like_plan(_beginning(root / name))}
    others = [name for name in files if name not in plans]
    plans |= {name for name, data in _committed(root, git, others) if _looks_like_plan(data)}
    schemas = frozenset(
        str(path.parent) for path in map(PurePosixPath, tracked) if path.name == SCHEMA_NAME
    )
    return _Seen(files, frozenset(plans), schemas)


def _is_yaml(name: str) -> bool:
    """Whether a file may be a plan by its name; hidden files and folders hold none."""
    parts = PurePosixPath(name).parts
    return name.casefold().endswith((".yaml", ".yml")) and not any(part[0] == "." for part in parts)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError:
        return b""


def _looks_like_plan(data: bytes) -> bool:
    return bool(_SCHEMA.search(data) or (_PLAN.search(data) and _LIST.search(data)))


def _committed(root: Path, git: Git, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """What these files were in the last commit, if they were in it."""
    asked = [name for name in names if "\n" not in name]
    listed = git.run(
        root, "cat-file", "--batch",
        stdin=b"".join(b"HEAD:" + os.fsencode(name) + b"\n" for name in asked),
    )  # fmt: skip
    if listed.returncode:
        raise failed(listed)
    rest = listed.stdout
    for name in asked:
        head, _end, rest = rest.partition(b"\n")
        if found := re.fullmatch(rb"[0-9a-f]+ blob ([0-9]+)", head):
            size = int(found[1])
            yield name, rest[:size]
            rest = rest[size + 1 :]
        elif not head.endswith(b" missing"):
            return  # no file: what follows cannot be divided


def _is_named_as_plan(name: str) -> bool:
    return PurePosixPath(name).stem == PurePosixPath(RELATIVE).stem


def _folders_of_plans(seen: _Seen) -> set[PurePosixPath]:
    """The folders, below the root, in which every YAML file is a plan: those that ``--data`` would take
    whole. In a folder with a models.yaml that is the plan alone."""
    held = {PurePosixPath(name).parent for name in seen.plans} | set(
        map(PurePosixPath, seen.schemas)
    )
    single = {PurePosixPath(name).parent for name in seen.files if _is_named_as_plan(name)}
    return held - single - {PurePosixPath()}
