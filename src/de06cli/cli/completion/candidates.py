"""The candidates for the last word of a command line: commands, options, values."""

from __future__ import annotations

import os
from collections.abc import Sequence

from de06cli.cli import output
from de06cli.cli.command_table import COMMANDS, OPTIONS, command
from de06cli.cli.parsing.declared import HELP, Parameter
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple

Candidate = tuple[str, str]  # a word, and its help


def write(words: Sequence[str]) -> None:
    """Writes the candidates for the last of ``words``: value and help, a tab apart, a line each."""
    for value, meaning in candidates(words[:-1], words[-1] if words else ""):
        output.write(f"{value}\t{' '.join(meaning.split())}".rstrip() + "\n")


def candidates(words: Sequence[str], incomplete: str) -> list[Candidate]:
    """The candidates for a word begun like that, behind ``words``."""
    at = _position_of_command(words)
    if at is None:
        return _commands(incomplete) or _options(OPTIONS, incomplete)
    if words[at] not in COMMANDS:
        return []
    parameters = [*command(words[at]).parameters, HELP]
    return _of_command(parameters, words[at + 1 :], incomplete)


def _position_of_command(words: Sequence[str]) -> int | None:
    """The position of the command's name; None while no name is typed."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if _valued(OPTIONS, words[at]) else 1
    return at if at < len(words) else None


def _commands(incomplete: str) -> list[Candidate]:
    """The commands whose names begin like that; none of them is imported."""
    return [
        (name, _(entry.summary)) for name, entry in COMMANDS.items() if name.startswith(incomplete)
    ]


def _options(parameters: Sequence[Parameter], incomplete: str) -> list[Candidate]:
    """The names of the options that begin like that."""
    return [
        (name, _(param.help))
        for param in parameters
        for name in param.names
        if name.startswith(incomplete)
    ]


def _of_command(
    parameters: Sequence[Parameter], words: Sequence[str], incomplete: str
) -> list[Candidate]:
    """The candidates behind a command's name and the ``words`` that follow it."""
    typed = _typed(parameters, words)
    if typed is None:
        return []
    name, equals, begun = incomplete.partition("=")
    if equals and (option := _valued(parameters, name)):
        return _values(option, typed.data, begun)
    if "--" not in words:
        if words and (option := _valued(parameters, words[-1])):
            return _values(option, typed.data, incomplete)
        if incomplete.startswith("-"):
            return _options(parameters, incomplete)
    arguments = [each for each in parameters if not each.names]
    for place, argument in enumerate(arguments):
        if argument.repeats or place >= typed.arguments:
            return _values(argument, typed.data, incomplete)
    return []


class _Typed(NamedTuple):
    """What the words of an unfinished command line say."""

    data: list[str]  # the values of --data
    arguments: int  # how many there are


def _typed(parameters: Sequence[Parameter], words: Sequence[str]) -> _Typed | None:
    """What was typed; None where an option is unknown."""
    data: list[str] = []
    arguments = 0
    rest = iter(words)
    for word in rest:
        if word == "--":
            return _Typed(data, arguments + len([*rest]))
        name, equals, value = word.partition("=")
        if option := _valued(parameters, name):
            given = value if equals else next(rest, "")
            data += [given] if option.name == "data" and given else []
        elif not word.startswith("-"):
            arguments += 1
        elif not any(word in each.names for each in parameters):
            return None
    return _Typed(data, arguments)


def _valued(parameters: Sequence[Parameter], name: str) -> Parameter | None:
    """The option of this name, if a value follows it."""
    for param in parameters:
        if name in param.names and param.takes_value:
            return param
    return None


def _values(param: Parameter, data: Sequence[str], incomplete: str) -> list[Candidate]:
    """The values of an argument or option that begin like that."""
    if param.declared.autocompletion:
        # No shell has expanded "~" yet; Path.expanduser fails where it stands for nobody.
        named = [os.path.expanduser(name) for name in data]  # noqa: PTH111
        return [*param.declared.autocompletion(named, incomplete)]
    return [(value, "") for value in param.choices if value.startswith(incomplete)]
