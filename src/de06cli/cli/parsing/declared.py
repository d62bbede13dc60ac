"""What a command declares: its arguments and options, each once.

The parser, the reader of plain words, help and completion all read these declarations. They bear the names
that Typer has for them; nothing here imports Typer, which is half of what a short command would cost.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import get_args, get_origin

from de06cli.messages import N_
from de06cli.named_tuples import NamedTuple

# Gives candidates, each with its help, for a word begun like that; the first are the values of --data.
Completing = Callable[[Sequence[str], str], Iterator[tuple[str, str]]]
REQUIRED = object()  # in place of a default


class Argument:
    """A word of a command line that belongs to no option."""

    def __init__(self, *, metavar: str, autocompletion: Completing | None = None) -> None:
        self.metavar = metavar
        self.autocompletion = autocompletion


class Option:
    """An option: its names, how help calls its value, a message that explains it, its least and its
    largest number."""

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",  # noqa: A002 - Typer's name for it
        min: int | None = None,  # noqa: A002
        max: int | None = None,  # noqa: A002
        autocompletion: Completing | None = None,
    ) -> None:
        self.names = names
        self.metavar = metavar
        self.help = help
        self.min = min
        self.max = max
        self.autocompletion = autocompletion


class Parameter(NamedTuple):
    """An argument or option of a command: what is declared of it, under its name in Python.

    ``kind`` is the type of one value: str, int, bool or a StrEnum. One that ``repeats`` has a list of them.
    """

    name: str
    annotation: object
    default: object  # or REQUIRED
    declared: Argument | Option
    kind: type
    repeats: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of an option; an argument has none."""
        return self.declared.names if isinstance(self.declared, Option) else ()

    @property
    def takes_value(self) -> bool:
        """Whether it is an option that a value follows."""
        return bool(self.names) and self.kind is not bool

    @property
    def choices(self) -> list[str]:
        """The values that it takes; empty for any text."""
        return [*map(str, self.kind)] if issubclass(self.kind, StrEnum) else []

    @property
    def help(self) -> str:
        """The message that explains an option."""
        return self.declared.help if isinstance(self.declared, Option) else ""

    @property
    def metavar(self) -> str | None:
        """How help calls its value: "vi|en" where it is one of these."""
        return self.declared.metavar or "|".join(self.choices) or None


def parameter(
    name: str, annotation: object, default: object, declared: Argument | Option
) -> Parameter:
    """What is declared of an argument or option of this type, such as ``list[str] | None``."""
    kind = annotation
    if isinstance(kind, UnionType):
        (kind,) = [part for part in get_args(kind) if part is not NoneType]
    repeats = get_origin(kind) is list
    if repeats:
        (kind,) = get_args(kind)
    if not isinstance(kind, type):
        raise TypeError(annotation)
    return Parameter(name, annotation, default, declared, kind, repeats)


HELP = parameter("help", bool, False, Option("--help", help=N_("Hiện trợ giúp này.")))


class OptionGroup:
    """Options that go together: annotated attributes, each with its value where it is not typed."""

    def __init__(self, **typed: object) -> None:
        vars(self).update(typed)


class CommandFunction:
    """A command: a function of groups of options, and of arguments and options of its own.

    It is called with one flat list of keyword arguments, those of ``parameters``.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    @cached_property
    def _hints(self) -> dict[str, object]:
        hints = _evaluated(self._function.__annotations__, self._function.__module__)
        return {name: hint for name, hint in hints.items() if name != "return"}

    @cached_property
    def _groups(self) -> dict[str, tuple[type[OptionGroup], list[Parameter]]]:
        return {
            name: (hint, _parameters_of(hint))
            for name, hint in self._hints.items()
            if isinstance(hint, type) and issubclass(hint, OptionGroup)
        }

    @cached_property
    def parameters(self) -> list[Parameter]:
        """Its arguments and options in the order of their declaration, an option of two groups once."""
        defaults = _defaults(self._function)
        found: dict[str, Parameter] = {}
        for name, hint in self._hints.items():
            if name in self._groups:
                for each in self._groups[name][1]:
                    found.setdefault(each.name, each)
            else:
                found[name] = _of_hint(name, hint, defaults.get(name, REQUIRED))
        return [*found.values()]

    def __call__(self, **given: object) -> object:
        gathered: dict[str, object] = {}
        of_groups: set[str] = set()
        for name, (group, spread) in self._groups.items():
            gathered[name] = group(**{each.name: given[each.name] for each in spread})
            of_groups.update(each.name for each in spread)
        own = {name: value for name, value in given.items() if name not in of_groups}
        return self._function(**gathered, **own)


def grouped(function: Callable[..., object]) -> CommandFunction:
    """The function as a command, its groups of options spread out."""
    return CommandFunction(function)


def _parameters_of(group: type[OptionGroup]) -> list[Parameter]:
    hints: dict[str, object] = {}
    for base in reversed(group.__mro__):
        hints |= _evaluated(getattr(base, "__annotations__", {}), base.__module__)
    return [_of_hint(name, hint, getattr(group, name)) for name, hint in hints.items()]


def _of_hint(name: str, hint: object, default: object) -> Parameter:
    annotation, declared = get_args(hint)
    return parameter(name, annotation, default, declared)


def _evaluated(annotations: dict[str, object], module: str) -> dict[str, object]:
    """The annotations, of which some may be texts. typing's own way to read these costs ten times as much."""
    names = vars(sys.modules[module])
    return {
        name: eval(hint, names) if isinstance(hint, str) else hint  # noqa: S307 - of the source
        for name, hint in annotations.items()
    }


def _defaults(function: Callable[..., object]) -> dict[str, object]:
    code, values = function.__code__, function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    return dict(zip(names[len(names) - len(values) :], values, strict=True))
