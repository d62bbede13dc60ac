"""The command that git calls to merge a plan; people never type it, and help does not list it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from de06cli.cli import environment
from de06cli.plan.sharing import driver


def run(arguments: Sequence[str]) -> int:
    """0 where the plan was merged into the second file; 1 leaves it to git's own merge."""
    if len(arguments) != 3:
        return 1
    base, ours, theirs = (Path(environment.working_folder(), name) for name in arguments)
    try:
        return 0 if driver.merge(base, ours, theirs, environment.variables()) else 1
    except OSError:
        return 1
