"""Steps that are done: ``done``."""

from __future__ import annotations

from de06cli.cli.commands.mark.marks import Addresses, Marking, mark_steps
from de06cli.cli.file_change import Writing
from de06cli.cli.parsing.declared import grouped
from de06cli.tracking.marking import Verb


@grouped
def run(address: Addresses, details: Marking, writing: Writing) -> None:
    mark_steps(Verb.DONE, address, details, writing)
