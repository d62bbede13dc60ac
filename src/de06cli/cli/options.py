"""The options that commands share, each declared once.

A command names the groups of options it takes as arguments. The annotations are no strings, which would
have to be compiled at each start.
"""

from enum import StrEnum
from typing import Annotated

from de06cli.cli.completion import values
from de06cli.cli.parsing.declared import Option, OptionGroup
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


class Common(OptionGroup):
    """The options of every command."""

    data: Annotated[
        list[str] | None,
        Option(
            "--data",
            metavar="PATH",
            help=N_("Tệp, thư mục hoặc mẫu tên (*.yaml); mặc định: theo DE06_DATA."),
        ),
    ] = None
    lang: Annotated[
        Language | None, Option("--lang", help=N_("Ngôn ngữ: vi (mặc định) hoặc en."))
    ] = None


class Reading(Common):
    """The options of each command that reads a plan."""

    as_of: Annotated[
        str | None,
        Option("--as-of", metavar="DATE", help=N_("Tình hình tính đến hết ngày này.")),
    ] = None
    rev: Annotated[
        str | None,
        Option("--rev", metavar="REV", help=N_("Đọc tệp ở một phiên bản git.")),
    ] = None
    strict: Annotated[bool, Option("--strict", help=N_("Dừng nếu một trong nhiều tệp có lỗi."))] = (
        False
    )


class Filters(OptionGroup):
    """The filters of tasks: different filters are "and", a repeated one is "or"."""

    agency: Annotated[
        list[str] | None,
        Option(
            "--agency",
            metavar="TEXT",
            help=N_("Mã, tên hoặc tên gọi khác của đơn vị, không phân biệt dấu."),
            autocompletion=values.agencies,
        ),
    ] = None
    role: Annotated[
        list[Role] | None,
        Option(
            "--role",
            help=N_("Vai trò của đơn vị; mặc định: chủ trì, phối hợp hoặc lực lượng triển khai."),
        ),
    ] = None
    state: Annotated[
        list[StateOption] | None, Option("--state", help=N_("Tình trạng của nhiệm vụ."))
    ] = None
    due_before: Annotated[
        str | None,
        Option("--due-before", metavar="DATE", help=N_("Thời hạn từ ngày này trở về trước.")),
    ] = None
    due_after: Annotated[
        str | None,
        Option("--due-after", metavar="DATE", help=N_("Thời hạn từ ngày này trở về sau.")),
    ] = None
    group: Annotated[
        list[str] | None,
        Option("--group", metavar="CODE", help=N_("Mã nhóm nhiệm vụ.")),
    ] = None
    search: Annotated[
        list[str] | None,
        Option("--search", metavar="TEXT", help=N_("Nội dung có cụm từ này, không phân biệt dấu.")),
    ] = None
    model: Annotated[
        list[str] | None,
        Option(
            "--model",
            metavar="N",
            help=N_("Số hiệu: 9 hoặc MH9."),
            autocompletion=values.models,
        ),
    ] = None


FormatOption = Annotated[
    Format | None,
    Option("--format", help=N_("Định dạng kết quả; mặc định: bảng.")),
]

DelimiterOption = Annotated[
    str | None,
    Option(
        "--delimiter",
        metavar="CHAR",
        help=N_("Dấu ngăn cột của csv; Excel tiếng Việt đọc dấu chấm phẩy (;)."),
    ),
]
