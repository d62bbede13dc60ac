"""The candidates for the last word of a command line: commands, options, values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperOption

from de06cli.cli.command_table import COMMANDS
from de06cli.messages import _

Candidate = tuple[str, str]  # a word, and its help


def of_commands(incomplete: str) -> list[Candidate]:
    """The commands whose names begin like that; none of them is built."""
    return [
        (name, _(entry.summary)) for name, entry in COMMANDS.items() if name.startswith(incomplete)
    ]


def position_of_command(parameters: Sequence[object], words: list[str]) -> int | None:
    """The position of the command's name among the words; None while no name is typed.

    ``parameters`` are those of de06 itself, which stand before it.
    """
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if _valued(parameters, words[at]) else 1
    return at if at < len(words) else None


def of_options(parameters: Sequence[object], incomplete: str) -> list[Candidate]:
    """The names of the options that begin like that."""
    return [
        (name, _(param.help) if param.help else "")
        for param in parameters
        if isinstance(param, TyperOption) and not param.hidden
        for name in param.opts
        if name.startswith(incomplete)
    ]


def of_command(
    command: TyperCommand, path: str, words: list[str], incomplete: str
) -> list[Candidate]:
    """The candidates behind a command's name and the ``words`` that follow it."""
    context = command.make_context(path, list(words), resilient_parsing=True)
    parameters = command.get_params(context)
    name, equals, begun = incomplete.partition("=")
    if equals and name.startswith("--") and (option := _valued(parameters, name)):
        return _values(option, context, begun)
    if "--" not in words:
        if words and (option := _valued(parameters, words[-1])):
            return _values(option, context, incomplete)
        if incomplete.startswith("-"):
            return of_options(parameters, incomplete)
    for argument in parameters:
        if isinstance(argument, TyperArgument) and _takes_more(argument, context.params):
            return _values(argument, context, incomplete)
    return of_options(parameters, incomplete) if incomplete.startswith("-") else []


def _valued(parameters: Sequence[object], name: str) -> TyperOption | None:
    """The option of this name, if a value follows it."""
    for param in parameters:
        if isinstance(param, TyperOption) and name in param.opts and not param.is_flag:
            return param
    return None


def _takes_more(argument: TyperArgument, given: dict[str, object]) -> bool:
    return argument.nargs == -1 or given.get(argument.name or "") is None


def _values(param: TyperArgument | TyperOption, context: Any, incomplete: str) -> list[Candidate]:
    return [(item.value, item.help or "") for item in param.shell_complete(context, incomplete)]
