"""The app: Typer parses the command line, and the one command that it names is imported and run.

What commands declare is handed to Typer here, and nowhere else. Command lines of plain words do not come
here at all: ``parsing/plain.py`` reads them.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

import de06cli
from de06cli.cli import output, usage
from de06cli.cli.command_table import COMMANDS, LANGUAGE, SHOW_COMPLETION, VERSION, command
from de06cli.cli.help import help_of_all, help_of_command
from de06cli.cli.parsing.declared import HELP, REQUIRED, Option, Parameter
from de06cli.errors import RefusedValue


def run(arguments: list[str]) -> int:
    """Parses the arguments, runs the command and returns its exit code.

    The parser's errors are raised as RefusedValue, in de06's own words.
    """
    if arguments[:1] == ["merge-driver"]:
        from de06cli.cli.sharing import merge_driver  # noqa: PLC0415 - for git alone

        return merge_driver.run(arguments[1:])
    try:
        with _app().make_context("de06", arguments) as context:
            result = context.command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except TyperException as error:
        raise RefusedValue(usage.sentence(error, arguments)) from None
    return result if isinstance(result, int) else 0


def _app() -> Any:
    app = typer.Typer(
        cls=LazyGroup,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=False,
        invoke_without_command=True,
    )

    def root(context: typer.Context, **given: Any) -> None:
        _root(context, version=given["version"], show_completion=given["show_completion"])

    context = inspect.Parameter(
        "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    own = _signature([VERSION, LANGUAGE, SHOW_COMPLETION]).parameters
    root.__signature__ = inspect.Signature([context, *own.values()])  # type: ignore[attr-defined]
    app.callback()(root)
    return get_command(app)


def _root(context: typer.Context, *, version: bool, show_completion: str | None) -> None:
    """What de06 does before a command, or without one; the language was read before."""
    if version:
        output.write(f"de06 {de06cli.__version__}\n")
    elif show_completion:
        from de06cli.cli.completion import values  # noqa: PLC0415

        output.write(values.script(show_completion))
    elif context.invoked_subcommand is None:
        if not _stands():
            output.write(help_of_all())
    else:
        return
    raise typer.Exit


def _stands() -> bool:
    """Shows the overview to a person at a terminal. Returns False without a terminal or a plan."""
    if not output.is_terminal():
        return False
    from de06cli.cli import overview  # noqa: PLC0415 - help needs no plan

    return overview.shown()


def _signature(parameters: Sequence[Parameter]) -> inspect.Signature:
    """What is declared, as Typer reads it from a function."""
    return inspect.Signature(
        [
            inspect.Parameter(
                each.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if each.default is REQUIRED else each.default,
                annotation=Annotated[each.annotation, _of_typer(each)],
            )
            for each in parameters
        ]
    )


def _of_typer(parameter: Parameter) -> Any:
    declared = parameter.declared
    if isinstance(declared, Option):
        return typer.Option(
            *declared.names,
            metavar=parameter.metavar,
            help=declared.help,
            min=declared.min,
            max=declared.max,
        )
    return typer.Argument(metavar=declared.metavar)


def _show_help(context: Any, _parameter: Any, asked: bool) -> None:
    """The parser's own would write past ``output``, which knows closed and full channels."""
    if asked and not context.resilient_parsing:
        output.write(context.get_help())
        raise typer.Exit


class Command(TyperCommand):
    """A command whose help is de06's own."""

    def get_help(self, ctx: Any) -> str:  # noqa: ARG002
        return help_of_command(self.name or "")

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class LazyGroup(TyperGroup):
    """A group that imports and builds only the command asked for."""

    def get_help(self, ctx: Any) -> str:  # noqa: ARG002
        return help_of_all()

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return build(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise RefusedValue(usage.unknown_command(args[0]))
        return super().resolve_command(ctx, args)


def _help_option(option: Any) -> Any:
    option.help, option.callback = HELP.help, _show_help
    return option


def build(name: str) -> Any:
    """Typer's command for the one of this name in the table."""
    function = command(name)

    def run(**given: object) -> object:
        return function(**given)

    run.__signature__ = _signature(function.parameters)  # type: ignore[attr-defined]
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=Command)(run)
    return get_command(single)
