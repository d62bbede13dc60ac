"""Opening the plan that a command is about, as of its day."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from de06cli.cli import output
from de06cli.cli.options import Filters, Reading
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _, ngettext
from de06cli.plan import locate
from de06cli.plan.agencies import Register
from de06cli.plan.locate import Located
from de06cli.plan.records import Agency, Plan
from de06cli.tracking import addresses, filters
from de06cli.tracking.dates import day_in, typed_day
from de06cli.tracking.filters import COLUMNS, Query
from de06cli.tracking.states import Task, View, as_of
from de06cli.tracking.terms import Role
from de06cli.views import findings, records, words


@dataclass(frozen=True)
class Opened:
    """A plan as of a day, and where it came from."""

    view: View
    data: str  # the path as given
    revision: str | None  # a full commit id

    @property
    def plan(self) -> Plan:
        return self.view.plan

    @property
    def today(self) -> date:
        return self.view.today

    def register(self) -> Register:
        return Register(self.plan.agencies)

    def as_json(self, **answer: Any) -> str:
        """The answer in the JSON form that all commands share."""
        plans = [records.plan(self.plan, self.data, self.revision)]
        return records.document(self.today, plans, ascii_only=not output.is_utf8(), **answer)


def located(data: str | None) -> Located:
    """The data file in use."""
    return locate.locate(data, os.environ.get("DE06_DATA"), working_folder())


def working_folder() -> Path:
    """The folder that paths start from. Raises UnreadableData where somebody deleted it."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UnreadableData(
            _("Thư mục hiện tại không còn nữa; hãy cd sang thư mục khác.")
        ) from None


def bytes_of(file: Located, rev: str | None) -> tuple[bytes, str | None]:
    """The file's bytes and, with ``rev``, the commit they are from."""
    if rev is None:
        return locate.read_bytes(file), None
    from de06cli.plan import git  # noqa: PLC0415 - only --rev needs it

    return git.committed(file.path, rev)


def open_plan(reading: Reading) -> Opened:
    """The plan that the options name. Raises UnreadableData with every finding if it is invalid."""
    file = located(reading.data)
    data, revision = bytes_of(file, reading.rev)
    plan = valid_plan(data, file.given)
    view = as_known(plan, today(plan.plan.timezone, reading.as_of))
    return Opened(view, file.given, revision)


def as_known(plan: Plan, day: date) -> View:
    """The plan as it was known at the end of ``day``; standard error says how much is left out."""
    view = as_of(plan, day)
    if view.left_out:
        n = view.left_out
        output.say(
            ngettext(
                "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
                "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
                n,
            ).format(n=n, day=words.day(view.today))
        )
    return view


def valid_plan(data: bytes, given: str) -> Plan:
    """The plan in ``data``. Raises UnreadableData with every finding if it is invalid."""
    from de06cli.plan import reader  # noqa: PLC0415 - brings PyYAML and pydantic

    reading = reader.read(data)
    if reading.plan is None:
        raise UnreadableData(
            _("{path} chưa dùng được. Hãy sửa:").format(path=given)
            + "\n"
            + findings.lines(reading.errors, given).removesuffix("\n")
        )
    return reading.plan


def today(timezone: str, as_of_option: str | None) -> date:
    """The day to answer for: ``--as-of``, else ``DE06_TODAY``, else the plan's own today.

    A relative day is relative to what stands behind it: the option to the variable, that to the clock.
    """
    day = day_in(timezone, datetime.now(UTC))
    for typed in (os.environ.get("DE06_TODAY"), as_of_option):
        day = typed_day(typed, day) if typed else day
    return day


def query(opened: Opened, chosen: Filters) -> Query:
    """The filters as a query. Raises RefusedValue for what the plan does not know."""
    register = opened.register()
    return Query(
        agencies=frozenset(_agency(text, register).code for text in chosen.agency or ()),
        roles=frozenset(Role(role) for role in chosen.role or ()),
        states=frozenset(str(state) for state in chosen.state or ()),
        due_before=_day(chosen.due_before, opened.today),
        due_after=_day(chosen.due_after, opened.today),
        search=tuple(chosen.search or ()),
        models=frozenset(
            addresses.resolve(text, opened.plan).model.model for text in chosen.model or ()
        ),
    )


def selected(opened: Opened, chosen: Filters) -> list[Task]:
    """The tasks that the filters select, in the printed order."""
    asked = query(opened, chosen)
    tasks = opened.view.tasks()
    if asked.agencies and not asked.roles:
        _hint_at_steps(tasks, asked)
    return filters.select(tasks, asked)


def _hint_at_steps(tasks: list[Task], asked: Query) -> None:
    """One line where steps of other models name the agency.

    Where the columns do name it, only a person at a terminal is told, so that cron stays silent.
    """
    others = filters.named_in_steps_only(tasks, asked)
    named = any(asked.agencies & filters.codes_in(t.model, r) for t in tasks for r in COLUMNS)
    if others and (output.is_terminal() or not named):
        output.say(
            _("{codes} còn được nhắc trong bước của mô hình {models}: thêm --role step.").format(
                codes=", ".join(sorted(asked.agencies)),
                models=", ".join(str(task.model.model) for task in others),
            )
        )


def _agency(text: str, register: Register) -> Agency:
    found = register.find(text)
    if found.agency:
        return found.agency
    likely = "\n".join(f"  {agency.code}  {words.agency(agency)}" for agency in found.candidates)
    raise RefusedValue(
        _("Không có đơn vị nào mang mã hay tên “{text}”. Gần nhất:\n{likely}").format(
            text=text, likely=likely
        )
    )


def agency_code(text: str | None, plan: Plan) -> str | None:
    """The code of the agency that ``text`` means; None for no text."""
    return _agency(text, Register(plan.agencies)).code if text else None


def _day(text: str | None, today: date) -> date | None:
    return typed_day(text, today) if text else None
