"""The advice to quote a value with spaces, where a refused command line shows that quotes are missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from de06cli.cli.command_table import COMMANDS, command
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import addresses, periods

_LONGEST = 30  # characters of a period in words: 6 tháng đầu năm 2025


def advice(arguments: Sequence[str]) -> str:
    """What to type where a value of the command line needs quotes; "" where none does."""
    named = next((word for word in arguments if word in COMMANDS), None)
    if named is None:
        return ""
    parameters = command(named).parameters
    valued = {name for each in parameters if each.takes_value for name in each.names}
    behind = arguments[
        arguments.index(named) + 1 :
    ]  # what stands before it has its value: --lang en list
    found = unquoted(behind, valued, listed=any(not each.names for each in parameters))
    return found or _unquoted_period(behind)


def _unquoted_period(words: Sequence[str]) -> str:
    """The sentence that a period with spaces needs quotes, where words without an option name one."""
    free = [*takewhile(lambda word: not word.startswith("-"), words)]
    for begin in range(len(free)):
        for end in range(len(free), begin + 1, -1):
            phrase = " ".join(free[begin:end])
            if _is_period(phrase):
                return _advised(f'"{phrase}"')
    return ""


def _is_period(phrase: str) -> bool:
    if len(phrase) > _LONGEST:
        return False
    try:
        return periods.typed(phrase) is not None
    except RefusedValue:  # quý 5/2025
        return True


def _advised(typed: str) -> str:
    return _("Giá trị có dấu cách phải đặt trong dấu nháy: {typed}").format(typed=typed)


def unquoted(arguments: Sequence[str], options: Collection[str], *, listed: bool) -> str:
    """The sentence that a value with spaces needs quotes, where one of the ``options`` that take a value is
    followed by words that are no addresses; else nothing.

    ``listed`` says that the command takes values by themselves, too; then addresses among the words mean
    nothing.
    """
    for at, option in enumerate(arguments):
        if option not in options:
            continue
        phrase = [*takewhile(lambda word: not word.startswith("-"), arguments[at + 1 :])]
        while listed and len(phrase) > 1 and addresses.parsed(phrase[-1]):
            phrase.pop()
        if len(phrase) > 1:
            return _advised(f'{option} "{" ".join(phrase)}"')
    return ""
