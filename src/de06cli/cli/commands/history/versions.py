"""What ``log`` and ``diff`` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from typing import Annotated, NamedTuple

from de06cli.cli import opening, output, selection
from de06cli.cli.answer import on_terminal
from de06cli.cli.completion import values
from de06cli.cli.parsing.declared import Option
from de06cli.errors import De06Error, UnreadableData
from de06cli.messages import N_, _
from de06cli.plan import portfolio
from de06cli.plan.declaring import Label
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.tracking.changes import Change
from de06cli.tracking.places import resolve
from de06cli.views.contents.lines import Line


class HistoryFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


HistoryFormatOption = Annotated[
    HistoryFormat | None, Option("--format", help=N_("Định dạng kết quả; mặc định: table."))
]


AgencyOption = Annotated[
    list[str] | None,
    Option(
        "--agency",
        metavar="TEXT",
        help=N_("Chỉ nhiệm vụ của đơn vị này."),
        autocompletion=values.agencies,
    ),
]


def named_file(given: str, revision: str | None) -> str:
    """The name of the file in findings: the revision before the path, where there is one."""
    return given if revision is None else f"{revision}:{given}"


def known_plan(located: Located, revision: str | None) -> tuple[opening.Version, Plan]:
    """The file in a revision, and its plan. A file that is broken now, by a conflict or by hand, is
    taken as it was last committed: history goes on answering meanwhile.

    Raises UnreadableData where that is not valid either, or where a revision was asked for.
    """
    version = opening.version(located, revision)
    try:
        return version, opening.valid_plan(version.data, named_file(located.given, revision))
    except UnreadableData:
        if revision is not None:
            raise
        with suppress(De06Error):
            last = opening.version(located, "HEAD")
            plan = opening.valid_plan(last.data, named_file(located.given, "HEAD"))
            output.say(
                _("{path} còn lỗi nên dùng bản đã lưu gần nhất. Các lỗi: de06 check").format(
                    path=located.shown
                )
            )
            return version, plan
        raise


def print_history(
    text: str,
    lines: Callable[[], Iterable[Line]],
    format: HistoryFormat | None,  # noqa: A002 - the option's own name
) -> None:
    """Writes the history: its ``text``, a line a change, and to a terminal its ``lines``.

    An empty answer is one line for a person, or where a format is asked for; else nothing.
    """
    if not text and (format or output.is_terminal()):
        text = _("Không có thay đổi nào.") + "\n"
    elif output.is_terminal():
        text = on_terminal(lines())
    output.write(text)


class Wanted(NamedTuple):
    """The agencies, models and steps whose changes are asked for; all empty means all changes."""

    agencies: frozenset[str] = frozenset()
    models: frozenset[Label] = frozenset()  # whole models
    steps: frozenset[tuple[Label, int]] = frozenset()

    @property
    def everything(self) -> bool:
        return not any(self)

    def chosen(self, found: Iterable[Change]) -> list[Change]:
        """Those of the changes that are asked for."""
        return [change for change in found if self._is_of_place(change) and self._concerned(change)]

    def _concerned(self, change: Change) -> bool:
        return not self.agencies or change.concerns(self.agencies)

    def _is_of_place(self, change: Change) -> bool:
        if not (self.models or self.steps):
            return True
        if change.model is None:
            return False
        number = change.model.model
        if number in self.models:
            return True
        return change.step is not None and (number, change.step.step) in self.steps


def wanted(typed_agencies: list[str] | None, addresses: list[str] | None, plan: Plan) -> Wanted:
    """The filter that the options ask for. Raises RefusedValue for a name that the plan does not know."""
    codes = (selection.agency_code(text, plan) for text in typed_agencies or ())
    places = [resolve(text, portfolio.single(plan)) for text in addresses or ()]
    return Wanted(
        frozenset(code for code in codes if code),
        frozenset(place.model.model for place in places if place.step is None),
        frozenset((place.model.model, place.step.step) for place in places if place.step),
    )
