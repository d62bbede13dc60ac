"""The files that go with a letter: an agency's own workbook and calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from de06cli.cli.commands.send.output_file import OFFICE, optional
from de06cli.cli.commands.send.sending import Message
from de06cli.cli.opening import Opened
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.tracking import filters
from de06cli.tracking.filters import Query
from de06cli.tracking.states import Situation, Task
from de06cli.tracking.terms import Role
from de06cli.views.mail.mime import Attachment

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
}


def kinds(typed: Sequence[str]) -> tuple[str, ...]:
    """The kinds of files that were asked for, "xlsx,ics". Raises RefusedValue for another one."""
    asked = [kind.strip().casefold() for text in typed for kind in text.split(",")]
    for kind in asked:
        if kind not in _KINDS:
            raise RefusedValue(
                _("Không đính kèm được “{kind}”. Các định dạng: {known}.").format(
                    kind=kind, known=", ".join(_KINDS)
                )
            )
    return tuple(dict.fromkeys(asked))


def made(
    opened: Opened, tasks: Sequence[Task], message: Message, kinds: Sequence[str]
) -> tuple[Attachment, ...]:
    """The files of a message: of the tasks of its plans those that name its agency, or all of them."""
    codes = {opened.portfolio.plans[number].heading.code for number in message.plans}
    own = [task for task in tasks if task.plan in codes]
    if message.about:
        query = Query(agencies=frozenset({message.about}), roles=frozenset(Role))
        own = filters.select(own, query)
    name = "-".join(filter(None, (*(sorted(codes) if len(codes) == 1 else ()), message.about)))
    return tuple(_file(opened, own, name or "de06", kind) for kind in kinds)


def _file(opened: Opened, tasks: Sequence[Task], name: str, kind: str) -> Attachment:
    if kind == "ics":
        data = optional(_ics, OFFICE)(opened.view, tasks)
    else:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            optional(_xlsx, OFFICE)(opened.view, tasks, path, apart=True)
            data = path.read_bytes()
    return Attachment(f"{name}.{kind}", _KINDS[kind], data)


class WriteWorkbook(Protocol):
    def __call__(
        self, view: Situation, tasks: Sequence[Task], path: Path, *, apart: bool
    ) -> None: ...


def _xlsx() -> WriteWorkbook:
    from de06cli.views.office.xlsx import workbook  # noqa: PLC0415 - a letter without it needs none

    return workbook.write


def _ics() -> Callable[[Situation, Sequence[Task]], bytes]:
    from de06cli.views.office import calendar  # noqa: PLC0415

    return calendar.calendar
