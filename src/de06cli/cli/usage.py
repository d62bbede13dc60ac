"""What the parser objects to, in de06's own words, with the nearest thing that it would take."""

from __future__ import annotations

from typer.core import TyperArgument, TyperOption
from typer.exceptions import TyperException

from de06cli.cli.command_table import COMMANDS
from de06cli.messages import N_, _
from de06cli.plan.agencies import nearest

# What the values of arguments are called, by their names in the help.
_VALUES = {
    "ADDRESS": N_("số hiệu mô hình hoặc bước"),
    "MODEL": N_("số hiệu mô hình"),
    "MODEL.tN": N_("chỉ tiêu, ví dụ 14.t1"),
    "VALUE": N_("số liệu"),
    "DATE": N_("ngày"),
    "FILE": N_("tên tệp"),
    "CODE": N_("mã đơn vị"),
    "NEW": N_("mã mới"),
    "FROM": N_("đơn vị bàn giao"),
    "TO": N_("đơn vị tiếp nhận"),
}


def unknown_command(name: str) -> str:
    return _("Không có lệnh “{name}”. Gợi ý: {near}. Xem tất cả: de06 --help.").format(
        name=name, near=", ".join(nearest(name, list(COMMANDS)))
    )


def sentence(error: TyperException, arguments: list[str]) -> str:
    """What is wrong with the ``arguments``.

    The classes of the parser's errors are private; what they carry (an option's name, with what it may
    have been; a parameter) tells them apart.
    """
    param = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    see = _("Xem: {command} --help.").format(command=_called(error, arguments))
    if hasattr(error, "possibilities"):
        return f"{_unknown_option(error, option)} {see}"
    if option is not None:
        return _("Tùy chọn {name} cần một giá trị.").format(name=option) + f" {see}"
    if param is not None:
        return _of_parameter(param, see, missing=hasattr(error, "param_type"))
    extra = error.message.rpartition("(")[2].rstrip(")")
    return _("Dòng lệnh có phần thừa: {extra}.").format(extra=extra) + f" {see}"


def _called(error: TyperException, arguments: list[str]) -> str:
    context = getattr(error, "ctx", None)
    named = [argument for argument in arguments if argument in COMMANDS]
    return context.command_path if context else " ".join(["de06", *named[:1]])


def _unknown_option(error: TyperException, option: str | None) -> str:
    context = getattr(error, "ctx", None)
    known = [name for param in context.command.params for name in param.opts] if context else []
    near = ", ".join(nearest(option or "", [name for name in known if "-" in name]))
    sentence = _("Không có tùy chọn {name}.").format(name=option)
    return sentence + (" " + _("Gợi ý: {near}.").format(near=near) if near else "")


def _of_parameter(param: TyperArgument | TyperOption, see: str, *, missing: bool) -> str:
    name = _name_of(param)
    if missing:
        if what := _VALUES.get(name):
            name = f"{_(what)} ({name})"
        return _("Thiếu {name}.").format(name=name) + f" {see}"
    choices = (param.metavar or "").split("|")
    if len(choices) > 1:
        return _("Giá trị của {name} phải là một trong: {choices}.").format(
            name=name, choices=", ".join(choices)
        )
    return _("Giá trị của {name} không hợp lệ.").format(name=name) + f" {see}"


def _name_of(param: TyperArgument | TyperOption) -> str:
    named = param.opts[0] if isinstance(param, TyperOption) else param.metavar
    return (named or param.name or "").removesuffix("...")
