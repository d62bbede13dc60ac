"""The options that commands share, each declared once.

A command names the groups of options it takes as arguments; ``grouped`` spreads them out for Typer. The
annotations are no strings, which Typer would have to compile at each start.
"""

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, get_args, get_type_hints

import typer

from de06cli.cli.completion import values
from de06cli.messages import LANGUAGES, N_
from de06cli.tracking.terms import STATES, Role


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    IDS = "ids"


Language = StrEnum("Language", {code.upper(): code for code in LANGUAGES})  # type: ignore[misc]
StateOption = StrEnum("StateOption", {state.upper(): state for state in STATES})  # type: ignore[misc]


def choices(hint: object) -> str | None:
    """The values that an option of this type takes, as help names them: "vi|en"; None for any text."""
    for part in (hint, *get_args(hint)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return "|".join(part)
        if part is not hint and (found := choices(part)):
            return found
    return None


class OptionGroup:
    """Options that go together: annotated attributes, each with its value where it is not typed."""

    def __init__(self, **typed: object) -> None:
        vars(self).update(typed)


class Common(OptionGroup):
    """The options of every command."""

    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data",
            metavar="PATH",
            help=N_("Tệp, thư mục hoặc mẫu tên (*.yaml); mặc định: theo DE06_DATA."),
        ),
    ] = None
    lang: Annotated[
        Language | None, typer.Option("--lang", help=N_("Ngôn ngữ: vi (mặc định) hoặc en."))
    ] = None


class Reading(Common):
    """The options of each command that reads a plan."""

    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help=N_("Tình hình tính đến hết ngày này.")),
    ] = None
    rev: Annotated[
        str | None,
        typer.Option("--rev", metavar="REV", help=N_("Đọc tệp ở một phiên bản git.")),
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Dừng nếu một trong nhiều tệp có lỗi."))
    ] = False


class Filters(OptionGroup):
    """The filters of tasks: different filters are "and", a repeated one is "or"."""

    agency: Annotated[
        list[str] | None,
        typer.Option(
            "--agency",
            metavar="TEXT",
            help=N_("Mã, tên hoặc tên gọi khác của đơn vị, không phân biệt dấu."),
            autocompletion=values.agencies,
        ),
    ] = None
    role: Annotated[
        list[Role] | None,
        typer.Option(
            "--role", help=N_("Vai trò của đơn vị; mặc định: lead, support hoặc implementer.")
        ),
    ] = None
    state: Annotated[
        list[StateOption] | None, typer.Option("--state", help=N_("Tình trạng của nhiệm vụ."))
    ] = None
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="DATE", help=N_("Thời hạn từ ngày này trở về trước.")),
    ] = None
    due_after: Annotated[
        str | None,
        typer.Option("--due-after", metavar="DATE", help=N_("Thời hạn từ ngày này trở về sau.")),
    ] = None
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="CODE", help=N_("Mã nhóm nhiệm vụ.")),
    ] = None
    search: Annotated[
        list[str] | None,
        typer.Option(
            "--search", metavar="TEXT", help=N_("Nội dung có cụm từ này, không phân biệt dấu.")
        ),
    ] = None
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="N",
            help=N_("Số hiệu: 9 hoặc MH9."),
            autocompletion=values.models,
        ),
    ] = None


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help=N_("Định dạng kết quả; mặc định: bảng.")),
]

DelimiterOption = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="CHAR",
        help=N_("Dấu ngăn cột của csv; Excel tiếng Việt đọc dấu chấm phẩy (;)."),
    ),
]


def grouped(function: Callable[..., object]) -> Callable[..., object]:
    """The command with its groups of options spread out: Typer sees one flat list of parameters."""
    parameters: list[inspect.Parameter] = []
    groups: dict[str, tuple[type[OptionGroup], list[str]]] = {}
    hints = get_type_hints(function, include_extras=True)
    for parameter in inspect.signature(function).parameters.values():
        kind = hints[parameter.name]
        if isinstance(kind, type) and issubclass(kind, OptionGroup):
            spread = _parameters_of(kind)
            groups[parameter.name] = (kind, [option.name for option in spread])
            known = {option.name for option in parameters}
            parameters += [option for option in spread if option.name not in known]
        else:
            parameters.append(
                parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY)
            )

    def command(**given: object) -> object:
        gathered = {
            name: kind(**{option: given[option] for option in options})
            for name, (kind, options) in groups.items()
        }
        of_groups = {option for _kind, options in groups.values() for option in options}
        own = {name: value for name, value in given.items() if name not in of_groups}
        return function(**gathered, **own)

    for option in parameters:
        kind, *marks = get_args(option.annotation) or (option.annotation,)
        for mark in marks:
            if mark.metavar is None:
                mark.metavar = choices(kind)
    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _parameters_of(group: type[OptionGroup]) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=getattr(group, name), annotation=hint
        )
        for name, hint in get_type_hints(group, include_extras=True).items()
    ]
