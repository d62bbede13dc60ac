"""The reader of plain command lines, which spares them Typer, half of what they would cost.

It takes a command's name and, behind it, arguments and options by their whole known names, each with a
plain value. Whatever else there is (missing, unknown, refused, empty, begun with "-"), it declines, and
Typer reads the same declarations. de06 works without this module, only slower.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from de06cli.cli import output
from de06cli.cli.command_table import COMMANDS, command
from de06cli.cli.parsing.declared import HELP, REQUIRED, Option, Parameter

_DIGITS = 9  # a number with more of them is left to Typer


class _Declined(Exception):
    """The command line is not plain."""


def run_plainly(arguments: Sequence[str]) -> int | None:
    """Runs what a plain command line asks for and returns its exit code; None where it is not plain."""
    if arguments == [*HELP.names]:
        from de06cli.cli.help import help_of_all  # noqa: PLC0415 - answers do without

        output.write(help_of_all())
        return 0
    given = read(arguments)
    if given is None:
        return None
    if given.pop(HELP.name):
        from de06cli.cli.help import help_of_command  # noqa: PLC0415

        output.write(help_of_command(arguments[0]))
        return 0
    result = command(arguments[0])(**given)
    return result if isinstance(result, int) else 0


def read(arguments: Sequence[str]) -> dict[str, object] | None:
    """The parameters of the command that stands first, and whether its help is asked for, which then is the
    only one. None where the command line is not plain."""
    name, *words = arguments or [""]
    if name not in COMMANDS:
        return None
    try:
        return _given([*command(name).parameters, HELP], words)
    except _Declined:
        return None


def _given(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, object]:
    options = {name: each for each in parameters for name in each.names}
    typed: dict[str, list[object]] = {}
    free: list[str] = []
    rest = iter(words)
    for word in rest:
        if word.startswith("-") and len(word) > 1:
            option, value = _option(options, word, rest)
            typed.setdefault(option.name, []).append(value)
        else:
            free.append(word)
    if HELP.name in typed:
        return {HELP.name: True}
    typed |= _shared_out(free, [each for each in parameters if not each.names])
    return {each.name: _value(each, typed.get(each.name)) for each in parameters}


def _option(
    options: dict[str, Parameter], word: str, rest: Iterator[str]
) -> tuple[Parameter, object]:
    """The option that the word names, and its value, which may be the next word."""
    name, equals, value = word.partition("=")
    option = options.get(name)
    if option is None or not name.startswith("--") or (equals and not option.takes_value):
        raise _Declined
    if not option.takes_value:
        return option, True
    return option, _converted(option, value if equals else next(rest, ""))


def _shared_out(free: list[str], arguments: Sequence[Parameter]) -> dict[str, list[object]]:
    """The words of each argument: one, or all that are left."""
    typed: dict[str, list[object]] = {}
    for argument in arguments if free else ():
        taken = len(free) if argument.repeats else 1
        typed[argument.name] = [_converted(argument, word) for word in free[:taken]]
        free = free[taken:]
    if free:
        raise _Declined
    return typed


def _converted(parameter: Parameter, word: str) -> object:
    """The value of a word."""
    kind, declared = parameter.kind, parameter.declared
    if word == "" or (word.startswith("-") and len(word) > 1):
        raise _Declined
    if kind is str:
        return word
    if issubclass(kind, StrEnum) and word in parameter.choices:
        return kind(word)
    if kind is int and isinstance(declared, Option) and word.isascii() and word.isdecimal():
        least = 0 if declared.min is None else declared.min
        most = 10**_DIGITS if declared.max is None else declared.max
        if len(word) <= _DIGITS and least <= int(word) <= most:
            return int(word)
    raise _Declined


def _value(parameter: Parameter, typed: list[object] | None) -> object:
    """The value of a parameter, of which each word that was typed gave one; the last one counts."""
    if typed:
        return typed if parameter.repeats else typed[-1]
    if parameter.default is REQUIRED:
        raise _Declined
    return parameter.default
