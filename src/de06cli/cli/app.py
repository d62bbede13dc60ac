"""The app: the table of commands, of which only the one asked for is imported, and their help."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

import de06cli
from de06cli.cli import output
from de06cli.errors import De06Error, RefusedValue
from de06cli.messages import N_, _
from de06cli.plan.agencies import nearest

WIDTH = 90


# Where each command lives, and what it does in one line.
COMMANDS = {
    "list": ("listing", "list_tasks", N_("Liệt kê các mô hình, mỗi mô hình một dòng.")),
    "show": ("showing", "show", N_("Xem một mô hình đầy đủ, hoặc một bước của nó.")),
    "overdue": ("deadlines", "overdue", N_("Việc quá hạn, theo đơn vị chủ trì.")),
    "upcoming": ("deadlines", "upcoming", N_("Việc sắp đến hạn.")),
    "stats": ("figures", "stats", N_("Bảng tổng hợp: hoàn thành hay chưa, đúng hạn hay quá hạn.")),
    "timeline": ("timelines", "timeline", N_("Các mô hình theo tháng, với vạch hôm nay.")),
    "agencies": ("figures", "agencies", N_("Danh sách đơn vị và việc của từng đơn vị.")),
    "start": ("marking", "start", N_("Ghi các bước đang thực hiện.")),
    "done": ("marking", "done", N_("Ghi các bước hoàn thành.")),
    "block": ("marking", "block", N_("Ghi các bước gặp vướng mắc.")),
    "skip": ("marking", "skip", N_("Ghi các bước không thực hiện.")),
    "reset": ("marking", "reset", N_("Đưa các bước về chưa thực hiện.")),
    "extend": ("marking", "extend", N_("Ghi gia hạn của một mô hình.")),
    "undo": ("marking", "undo", N_("Lấy lại lần ghi cuối của bạn.")),
    "log": ("history", "log", N_("Những gì đã đổi, theo lịch sử git.")),
    "diff": ("history", "diff", N_("Những gì khác nhau giữa hai phiên bản.")),
    "export": (
        "exporting",
        "export",
        N_("Xuất các mô hình ra tệp: csv, tsv, json, md, parquet, xlsx, ics, html, docx."),
    ),
    "import": ("importing", "import_file", N_("Ghi tiến độ mà đơn vị điền vào tệp xlsx đã xuất.")),
    "report": ("reporting", "report", N_("Báo cáo định kỳ: trên màn hình, docx hoặc html.")),
    "mail": ("mailing", "mail", N_("Gửi thư cho từng đơn vị: việc quá hạn và sắp đến hạn.")),
    "check": ("checking", "check", N_("Kiểm tra tệp kế hoạch.")),
    "schema": ("checking", "schema", N_("In JSON Schema của tệp kế hoạch.")),
    "init": ("starting", "init", N_("Tạo thư mục kế hoạch mới từ kế hoạch đang dùng.")),
}

# How the values named in a command's help are typed.
TYPED = {
    "ADDRESS": N_(
        "9 hoặc MH9 là mô hình 9, 9.2 là bước 2 của nó, stt:4 là dòng 4 của bản in; "
        "HONQUAN:9.2 khi có nhiều kế hoạch."
    ),
    "MODEL": N_(
        "9 hoặc MH9 là mô hình 9, stt:4 là dòng 4 của bản in; HONQUAN:9 khi có nhiều kế hoạch."
    ),
    "DATE": N_("30/10/2023, 2023-10-30, 30-10-2023, today, yesterday, hôm nay hoặc hôm qua."),
    "REV": N_("Phiên bản của git: mã commit, nhánh, thẻ hoặc HEAD~1."),
}


def run(arguments: list[str]) -> int:
    """Parses the arguments, runs the command and returns its exit code.

    The parser's errors are raised as RefusedValue, in de06's own words.
    """
    try:
        with _app().make_context("de06", arguments) as context:
            result = context.command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except _USAGE_ERROR as error:
        raise RefusedValue(_usage_sentence(error, arguments)) from None
    return result if isinstance(result, int) else 0


def complete(words: list[str]) -> int:
    """Writes the candidates for the last of ``words``: value and help, a tab apart, a line each."""
    from typer._click.shell_completion import ShellComplete  # noqa: PLC0415

    class Question(ShellComplete):
        def source_vars(self) -> dict[str, Any]:
            return {}

        def get_completion_args(self) -> tuple[list[str], str]:
            return words[:-1], words[-1] if words else ""

        def format_completion(self, item: Any) -> str:
            return f"{item.value}\t{' '.join((item.help or '').split())}".rstrip()

    try:
        lines = Question(_app(), {}, "de06", "_DE06_COMPLETE").complete()
    except De06Error:  # what is typed so far makes no command
        lines = ""
    output.write(f"{lines}\n" if lines else "")
    return 0


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
            help=N_("In mã gợi ý lệnh cho bash, zsh, fish hoặc powershell."),
        ),
    ] = None,
) -> None:
    if version:
        output.write(f"de06 {de06cli.__version__}\n")
    elif show_completion:
        from de06cli.cli import completion  # noqa: PLC0415

        output.write(completion.script(show_completion))
    elif context.invoked_subcommand is None:
        output.write(context.get_help() + "\n")
    else:
        return
    raise typer.Exit


class _TranslatedHelp:
    """Help in the language spoken now; the parser's own would be in English."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        formatter.width = min(max(formatter.width, 60), WIDTH)
        formatter.write_usage(ctx.command_path, self.usage(ctx), prefix=_("Cách dùng:") + " ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help) if self.help else "")
        self.format_options(ctx, formatter)

    def get_help_option(self: Any, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help, option.callback = N_("Hiện trợ giúp này."), _show_help
        return option

    def shell_complete(self: Any, ctx: Any, incomplete: str) -> Any:
        items = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        for item in items:
            item.help = _(item.help) if item.help else None
        return items

    def usage(self: Any, ctx: Any) -> str:
        arguments = [param.metavar for param in self.get_params(ctx) if not _is_option(param)]
        return " ".join([_("[TÙY CHỌN]"), *arguments])

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        options = [_option_line(param) for param in self.get_params(ctx) if _is_option(param)]
        with formatter.section(_("Tùy chọn")):
            formatter.write_dl(options)
        named = " ".join(param.metavar or "" for param in self.get_params(ctx))
        typed = [(word, _(meaning)) for word, meaning in TYPED.items() if word in named]
        if typed:
            with formatter.section(_("Cách gõ")):
                formatter.write_dl(typed)


def _show_help(context: Any, _parameter: Any, asked: bool) -> None:
    """The parser's own would write past ``output``, which knows closed and full channels."""
    if asked and not context.resilient_parsing:
        output.write(context.get_help() + "\n")
        raise typer.Exit


class Command(_TranslatedHelp, TyperCommand):
    pass


class LazyGroup(_TranslatedHelp, TyperGroup):
    """A group that imports and builds only the command asked for."""

    def usage(self, ctx: Any) -> str:  # noqa: ARG002
        return _("LỆNH [TÙY CHỌN]")

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return build(cmd_name) if cmd_name in COMMANDS else None

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The names in the table, of which none has to be built; else the options."""
        from typer._click.shell_completion import CompletionItem  # noqa: PLC0415

        named = [
            CompletionItem(name, help=_(summary))
            for name, (_module, _function, summary) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return named or super().shell_complete(ctx, incomplete)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise RefusedValue(
                _("Không có lệnh “{name}”. Gần nhất: {near}. Xem tất cả: de06 --help.").format(
                    name=args[0], near=", ".join(nearest(args[0], list(COMMANDS)))
                )
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        with formatter.section(_("Lệnh")):
            formatter.write_dl(
                [(name, _(summary)) for name, (_module, _function, summary) in COMMANDS.items()]
            )
        super().format_options(ctx, formatter)


def build(name: str) -> Any:
    """The command of this name in the table."""
    module, function, summary = COMMANDS[name]
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=Command, help=summary)(
        getattr(import_module(f"de06cli.cli.{module}"), function)
    )
    return get_command(single)


def _is_option(param: Any) -> bool:
    return param.param_type_name == "option" and not param.hidden


def _option_line(param: TyperOption) -> tuple[str, str]:
    names = ", ".join([*param.opts, *param.secondary_opts])
    if not param.is_flag:
        choices = getattr(param.type, "choices", None)
        names += " " + (param.metavar or ("|".join(map(str, choices)) if choices else "N"))
    return names, _(param.help) if param.help else ""


# The parser's errors -----------------------------------------------------------------------------

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


def _usage_sentence(error: Any, arguments: list[str]) -> str:
    """What the parser objects to, with the nearest thing that it would take."""
    context = error.ctx
    named = [argument for argument in arguments if argument in COMMANDS]
    command = context.command_path if context else " ".join(["de06", *named[:1]])
    see = _("Xem: {command} --help.").format(command=command)
    kind = type(error).__name__
    if kind == "NoSuchOption":
        sentence = _("Không có tùy chọn {name}.").format(name=error.option_name)
        known = [name for param in context.command.params for name in getattr(param, "opts", ())]
        near = ", ".join(nearest(error.option_name, [name for name in known if "-" in name]))
        return (
            sentence + (" " + _("Gần nhất: {near}.").format(near=near) if near else "") + f" {see}"
        )
    if kind == "MissingParameter":
        return _("Thiếu {name}.").format(name=_name_of(error.param)) + f" {see}"
    choices = (
        getattr(getattr(error.param, "type", None), "choices", None)
        if hasattr(error, "param")
        else None
    )
    if choices:
        return _("Giá trị của {name} phải là một trong: {choices}.").format(
            name=_name_of(error.param), choices=", ".join(map(str, choices))
        )
    if kind == "BadParameter" and error.param is not None:
        return (
            _("Giá trị của {name} không dùng được.").format(name=_name_of(error.param)) + f" {see}"
        )
    if kind == "BadOptionUsage":
        return _("Tùy chọn {name} cần một giá trị.").format(name=error.option_name) + f" {see}"
    extra = error.message.rpartition("(")[2].rstrip(")")
    return _("Không hiểu phần thừa trên dòng lệnh: {extra}.").format(extra=extra) + f" {see}"


def _name_of(param: Any) -> str:
    name = param.opts[0] if param.param_type_name == "option" else param.human_readable_name
    return str(name).removesuffix("...")
