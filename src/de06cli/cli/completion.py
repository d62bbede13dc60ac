"""Completion in bash, zsh, fish and PowerShell, from the data file in use.

A shell asks by running ``de06`` on the words typed so far, with ``_DE06_COMPLETE`` set and the word
under the cursor last; the answer is a line a candidate, value and help a tab apart. Nothing of the
answer is ever evaluated by the shell. ``_DE06_COMPLETE=next`` asks for a word of which nothing is typed
yet, since Windows PowerShell passes no empty arguments on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from de06cli.errors import De06Error, RefusedValue
from de06cli.messages import _

if TYPE_CHECKING:
    from de06cli.plan.records import Plan

SHELLS = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1", "pwsh": "ps1"}

Candidates = Iterator[tuple[str, str]]


def script(shell: str) -> str:
    """What a shell has to read once to complete de06. Raises RefusedValue for an unknown shell."""
    if shell not in SHELLS:
        raise RefusedValue(
            _("Không có mã gợi ý cho “{shell}”; có: {known}.").format(
                shell=shell, known=", ".join(SHELLS)
            )
        )
    from importlib.resources import files  # noqa: PLC0415 - asked for once

    return files("de06cli.cli").joinpath(f"completion.{SHELLS[shell]}").read_text("utf-8")


def agencies(context: typer.Context, incomplete: str) -> Candidates:
    """The agencies' codes, with their names."""
    from de06cli.views.words import agency as name_of  # noqa: PLC0415

    plan = _plan(context)
    for agency in plan.agencies if plan else ():
        if agency.code.startswith(incomplete):
            yield agency.code, name_of(agency)


def models(context: typer.Context, incomplete: str) -> Candidates:
    """The models' numbers, with their titles."""
    plan = _plan(context)
    for model in plan.models if plan else ():
        if str(model.model).startswith(incomplete):
            yield str(model.model), model.title


def addresses(context: typer.Context, incomplete: str) -> Candidates:
    """The models' numbers and, after a dot, their steps."""
    if "." not in incomplete:
        yield from models(context, incomplete)
        return
    plan = _plan(context)
    for model in plan.models if plan else ():
        for step in model.steps:
            address = f"{model.model}.{step.step}"
            if address.startswith(incomplete):
                yield address, step.text


def _plan(context: typer.Context) -> Plan | None:
    """The plan in use, None where there is none to complete from."""
    from de06cli.cli import opening  # noqa: PLC0415 - the options know this module

    try:
        # No shell has expanded "~" yet; Path.expanduser fails where it stands for nobody.
        data = os.path.expanduser(context.params.get("data") or "")  # noqa: PTH111
        located = opening.located(data)
        return opening.valid_plan(opening.bytes_of(located, None)[0], located.given)
    except De06Error:
        return None
