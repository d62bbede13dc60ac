"""The options that commands share, each declared once.

A command names the groups of options it takes as arguments; ``grouped`` spreads them out for Typer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, get_type_hints

import typer

from de06cli.cli import completion
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


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every command takes."""

    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data",
            metavar="PATH",
            help=N_("Tệp, thư mục hoặc mẫu tên (*.yaml); nếu không có thì theo DE06_DATA."),
        ),
    ] = None
    lang: Annotated[
        Language | None, typer.Option("--lang", help=N_("Ngôn ngữ: vi (mặc định) hoặc en."))
    ] = None


@dataclass(frozen=True, kw_only=True)
class Reading(Common):
    """What every command takes that reads a plan."""

    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help=N_("Trả lời theo tình hình đến hết ngày này.")
        ),
    ] = None
    rev: Annotated[
        str | None,
        typer.Option("--rev", metavar="REV", help=N_("Đọc tệp ở một phiên bản git.")),
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Dừng nếu một trong nhiều tệp có lỗi."))
    ] = False


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which tasks; different filters are "and", a repeated one is "or"."""

    agency: Annotated[
        list[str] | None,
        typer.Option(
            "--agency",
            metavar="TEXT",
            help=N_("Mã, tên hoặc tên khác của đơn vị, có dấu hay không."),
            autocompletion=completion.agencies,
        ),
    ] = None
    role: Annotated[
        list[Role] | None,
        typer.Option("--role", help=N_("Vai trò của đơn vị; nếu không có thì cả ba cột.")),
    ] = None
    state: Annotated[
        list[StateOption] | None, typer.Option("--state", help=N_("Tình trạng của nhiệm vụ."))
    ] = None
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="DATE", help=N_("Thời hạn đến hết ngày này.")),
    ] = None
    due_after: Annotated[
        str | None,
        typer.Option("--due-after", metavar="DATE", help=N_("Thời hạn từ ngày này.")),
    ] = None
    search: Annotated[
        list[str] | None,
        typer.Option("--search", metavar="TEXT", help=N_("Lời văn có chữ này, không kể dấu.")),
    ] = None
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="N",
            help=N_("Số mô hình: 9 hoặc MH9."),
            autocompletion=completion.models,
        ),
    ] = None


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help=N_("Dạng kết quả; không có thì là bảng cho người đọc.")),
]


def grouped(function: Callable[..., Any]) -> Callable[..., Any]:
    """The command with its groups of options spread out: Typer sees one flat list of parameters."""
    parameters: list[inspect.Parameter] = []
    groups: dict[str, tuple[type[Any], list[str]]] = {}
    hints = get_type_hints(function, include_extras=True)
    for parameter in inspect.signature(function).parameters.values():
        kind = hints[parameter.name]
        if isinstance(kind, type) and issubclass(kind, Common | Filters):
            spread = _parameters_of(kind)
            groups[parameter.name] = (kind, [option.name for option in spread])
            known = {option.name for option in parameters}
            parameters += [option for option in spread if option.name not in known]
        else:
            parameters.append(
                parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY)
            )

    def command(**given: Any) -> Any:
        gathered = {
            name: kind(**{option: given[option] for option in options})
            for name, (kind, options) in groups.items()
        }
        of_groups = {option for _kind, options in groups.values() for option in options}
        own = {name: value for name, value in given.items() if name not in of_groups}
        return function(**gathered, **own)

    command.__doc__ = function.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _parameters_of(group: type[Any]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]
