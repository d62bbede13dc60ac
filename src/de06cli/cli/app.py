"""The app: it parses the command line, imports the one command that it names, and runs it."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException
from typer.main import get_command

import de06cli
from de06cli.cli import output, usage
from de06cli.cli.command_table import COMMANDS
from de06cli.cli.completion import candidates
from de06cli.cli.help import help_of_all, help_of_command
from de06cli.errors import De06Error, RefusedValue
from de06cli.messages import N_


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
        raise RefusedValue(_with_quotes(usage.sentence(error, arguments), arguments)) from None
    except RefusedValue as error:
        if error.is_fault and (said := _with_quotes(f"{error}", arguments)) != f"{error}":
            raise RefusedValue(said) from None
        raise
    return result if isinstance(result, int) else 0


def _with_quotes(refusal: str, arguments: list[str]) -> str:
    """The refusal, and that a value of the command line needs quotes where that is why."""
    named = next((word for word in arguments if word in COMMANDS), None)
    if named is None:
        return refusal
    parameters = build(named).params
    valued = {
        name
        for param in parameters
        if isinstance(param, TyperOption) and not param.is_flag
        for name in param.opts
    }
    listed = any(isinstance(param, TyperArgument) for param in parameters)
    advice = usage.unquoted(arguments, valued, listed=listed)
    return "\n".join(filter(None, (refusal, advice)))


def complete(words: list[str]) -> int:
    """Writes the candidates for the last of ``words``: value and help, a tab apart, a line each."""
    try:
        candidates = _candidates(words[:-1], words[-1] if words else "")
    except (De06Error, TyperException):  # what is typed so far makes no command
        candidates = []
    for value, meaning in candidates:
        output.write(f"{value}\t{' '.join(meaning.split())}".rstrip() + "\n")
    return 0


def _candidates(words: list[str], incomplete: str) -> list[candidates.Candidate]:
    app = _app()
    root = app.make_context("de06", list(words), resilient_parsing=True)
    parameters = app.get_params(root)
    at = candidates.position_of_command(parameters, words)
    if at is None:
        return candidates.of_commands(incomplete) or candidates.of_options(parameters, incomplete)
    name = words[at]
    if name not in COMMANDS:
        return []
    return candidates.of_command(build(name), f"de06 {name}", words[at + 1 :], incomplete)


def _app() -> Any:
    app = typer.Typer(
        cls=LazyGroup,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=False,
        invoke_without_command=True,
        help=N_("Theo dõi kế hoạch triển khai Đề án 06 trên một tệp YAML."),
    )
    app.callback()(_root)
    return get_command(app)


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=N_("In phiên bản rồi thoát."))] = False,
    lang: Annotated[  # noqa: ARG001 - read before the arguments are parsed
        str | None,
        typer.Option("--lang", metavar="vi|en", help=N_("Ngôn ngữ: vi (mặc định) hoặc en.")),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            metavar="SHELL",
            help=N_("In tập lệnh gợi ý (phím Tab) cho bash, zsh, fish hoặc powershell."),
        ),
    ] = None,
) -> None:
    if version:
        output.write(f"de06 {de06cli.__version__}\n")
    elif show_completion:
        from de06cli.cli.completion import values  # noqa: PLC0415

        output.write(values.script(show_completion))
    elif context.invoked_subcommand is None:
        if not _stands():
            output.write(context.get_help())
    else:
        return
    raise typer.Exit


def _stands() -> bool:
    """Shows the overview to a person at a terminal. Returns False without a terminal or a plan."""
    if not output.is_terminal():
        return False
    from de06cli.cli import overview  # noqa: PLC0415 - help needs no plan

    return overview.shown()


def _show_help(context: Any, _parameter: Any, asked: bool) -> None:
    """The parser's own would write past ``output``, which knows closed and full channels."""
    if asked and not context.resilient_parsing:
        output.write(context.get_help())
        raise typer.Exit


class Command(TyperCommand):
    """A command whose help is de06's own."""

    def get_help(self, ctx: Any) -> str:
        return help_of_command(ctx.command_path, self.help or "", self.get_params(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class LazyGroup(TyperGroup):
    """A group that imports and builds only the command asked for."""

    def get_help(self, ctx: Any) -> str:
        return help_of_all(self.help or "", self.get_params(ctx))

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
    option.help, option.callback = N_("Hiện trợ giúp này."), _show_help
    return option


def build(name: str) -> Any:
    """The command of this name in the table."""
    entry = COMMANDS[name]
    function = import_module(f"de06cli.cli.commands.{entry.module}").run
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=Command, help=entry.summary)(function)
    return get_command(single)
