"""Completion in bash, zsh, fish and PowerShell, from the data file in use.

A shell asks by running ``de06`` on the words typed so far, with ``_DE06_COMPLETE`` set and the word
under the cursor last; the answer is a line a candidate, value and help a tab apart. Nothing of the
answer is ever evaluated by the shell. ``_DE06_COMPLETE=next`` asks for a word of which nothing is typed
yet, since Windows PowerShell passes no empty arguments on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from de06cli.errors import De06Error, RefusedValue
from de06cli.messages import _
from de06cli.plan.addresses import written

if TYPE_CHECKING:
    from de06cli.plan.portfolio import Portfolio
    from de06cli.plan.records import Model

SHELLS = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1", "pwsh": "ps1"}

Candidates = Iterator[tuple[str, str]]


def script(shell: str) -> str:
    """The script that a shell reads once to complete de06. Raises RefusedValue for an unknown shell."""
    if shell not in SHELLS:
        raise RefusedValue(
            _("Không có tập lệnh gợi ý cho “{shell}”; có: {known}.").format(
                shell=shell, known=", ".join(SHELLS)
            )
        )
    from importlib.resources import files  # noqa: PLC0415 - asked for once

    return (
        files("de06cli.cli.completion").joinpath(f"completion.{SHELLS[shell]}").read_text("utf-8")
    )


def agencies(data: Sequence[str], incomplete: str) -> Candidates:
    """The agencies' codes, with their names."""
    from de06cli.views import words  # noqa: PLC0415

    plans = _plans(data)
    seen = set()
    for plan in plans.plans if plans else ():
        for agency in plan.load_agencies():
            if agency.code.startswith(incomplete) and agency.code not in seen:
                seen.add(agency.code)
                yield agency.code, words.agency(agency)


def models(data: Sequence[str], incomplete: str) -> Candidates:
    """The models' numbers, with their titles; after the plan's code where there are several plans."""
    plans = _plans(data)
    for address, model in _addressed(plans):
        if address.startswith(incomplete):
            yield address, model.title


def addresses(data: Sequence[str], incomplete: str) -> Candidates:
    """The models' numbers and, after a dot, their steps."""
    if "." not in incomplete:
        yield from models(data, incomplete)
        return
    of_model = incomplete.rpartition(".")[0]
    for number, model in _addressed(_plans(data)):
        for step in model.steps if number == of_model else ():
            address = written(None, number, step.step)
            if address.startswith(incomplete):
                yield address, step.text


def _addressed(plans: Portfolio | None) -> Iterator[tuple[str, Model]]:
    for plan in plans.plans if plans else ():
        code = plan.heading.code if plans and plans.several else None
        for model in plan.models():
            yield written(code, model.model), model


def _plans(data: Sequence[str]) -> Portfolio | None:
    """The plans in use, None where there is nothing to complete from."""
    from de06cli.cli import opening  # noqa: PLC0415 - help needs no plan
    from de06cli.plan import portfolio  # noqa: PLC0415

    try:
        return portfolio.open_files(opening.located_quietly(data), opening.store())[0]
    except De06Error:
        return None
