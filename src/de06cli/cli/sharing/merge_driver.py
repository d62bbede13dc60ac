"""The command that git calls to merge a plan; people never type it, and help does not list it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from de06cli.cli import environment
from de06cli.plan.sharing import driver


def run(arguments: Sequence[str]) -> int:
    """0 where the plan was merged into the second file; 9 where its contradictions are marked there;
    1 leaves it to git's own merge."""
    if len(arguments) != 3:
        return driver.Outcome.LEFT
    base, ours, theirs = (Path(environment.working_folder(), name) for name in arguments)
    try:
        return driver.merge(base, ours, theirs, environment.variables())
    except OSError:
        return driver.Outcome.LEFT
