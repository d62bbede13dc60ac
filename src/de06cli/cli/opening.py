"""Opening the plan that a command is about, as of its day."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from de06cli import __version__
from de06cli.cli import output
from de06cli.cli.options import Filters, Reading
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _, ngettext
from de06cli.plan import lazy, locate, portfolio
from de06cli.plan.agencies import Register
from de06cli.plan.locate import Located
from de06cli.plan.portfolio import Broken, Portfolio
from de06cli.plan.records import Agency, Plan
from de06cli.plan.snapshot import Store
from de06cli.tracking import filters
from de06cli.tracking.dates import day_in, typed_day
from de06cli.tracking.filters import Query
from de06cli.tracking.states import Task, View, as_of
from de06cli.tracking.terms import Role
from de06cli.views import words

if TYPE_CHECKING:
    from de06cli.plan.findings import Finding


class Opened(NamedTuple):
    """Plans as of a day, and where they came from."""

    view: View
    revision: str | None  # a full commit id

    @property
    def portfolio(self) -> Portfolio:
        return self.view.portfolio

    @property
    def today(self) -> date:
        return self.view.today

    def as_json(self, **answer: Any) -> str:
        """The answer in the JSON form that all commands share."""
        from de06cli.views import records  # noqa: PLC0415

        listed = [
            records.plan(plan.heading, file.given, self.revision)
            for file, plan in zip(self.portfolio.files, self.portfolio.plans, strict=True)
        ]
        return records.document(self.today, listed, ascii_only=not output.is_utf8(), **answer)


def located(data: Sequence[str] | None) -> list[Located]:
    """The data files in use."""
    return locate.locate(data or (), os.environ.get("DE06_DATA"), working_folder())


def one_file(data: Sequence[str] | None) -> Located:
    """The data file in use, for a command that is about one. Raises RefusedValue for several."""
    files = located(data)
    if len(files) > 1:
        raise RefusedValue(
            _("Lệnh này dùng một tệp kế hoạch, mà đang có {n}. Chọn một bằng --data.").format(
                n=len(files)
            )
        )
    return files[0]


def store() -> Store | None:
    """Where snapshots are kept; None where ``DE06_CACHE=off`` says so."""
    if os.environ.get("DE06_CACHE", "").casefold() == "off":
        return None
    from platformdirs import user_cache_path  # noqa: PLC0415

    return Store(user_cache_path("de06", appauthor=False), __version__)


def state_folder() -> Path:
    """The user's folder for what is remembered of earlier runs.

    Raises OSError where the system knows of none.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - only what writes needs it

    with suppress(RuntimeError):
        folder = user_state_path("de06", appauthor=False)
        if (
            folder.is_absolute()
        ):  # with an older library, "~" stays as it is for a user without a home
            return folder
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~")


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


def open_plans(reading: Reading) -> Opened:
    """The plans that the options name, as one.

    Raises UnreadableData with every finding where none of them can be used; one broken file among others
    is told and left out, unless ``--strict`` asks for all.
    """
    files = located(reading.data)
    revision = None
    if reading.rev is None:
        plans = usable(files, strict=reading.strict)
    else:
        plans, revision = _committed(files, reading.rev)
    timezones = {plan.heading.timezone for plan in plans.plans}
    days = {timezone: today(timezone, reading.as_of) for timezone in timezones}
    view = as_of(plans, tuple(days[plan.heading.timezone] for plan in plans.plans))
    tell_left_out(view)
    return Opened(view, revision)


def usable(files: Sequence[Located], *, strict: bool = False) -> Portfolio:
    """The plans in ``files``; a broken one among others is told and left out, unless ``strict``.

    Raises UnreadableData with every finding where there is none, or not all of them.
    """
    with output.progress(_("Đọc kế hoạch"), len(files)) as read_one:
        plans, broken = portfolio.open_plans(files, store(), read_one)
    if plans is None or (broken and strict):
        raise UnreadableData("\n".join(map(_why, broken)))
    for one in broken:
        output.say(_("Lỗi: {message}").format(message=_why(one)))
    return plans


def _committed(files: Sequence[Located], rev: str) -> tuple[Portfolio, str | None]:
    """The plans as they were committed; the revision's full id."""
    plans, revision = [], None
    for file in files:
        data, revision = bytes_of(file, rev)
        plans.append(lazy.whole(valid_plan(data, file.given)))
    return portfolio.of(files, plans), revision


def tell_left_out(view: View) -> None:
    """How much came later than the day asked about, on standard error."""
    if n := view.left_out:
        output.say(
            ngettext(
                "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
                "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
                n,
            ).format(n=n, day=words.day(view.today))
        )


def _why(broken: Broken) -> str:
    """Why a file can't be used: one sentence, or all its findings."""
    return str(broken.error or _invalid(broken.findings, broken.file.given))


def _invalid(found: Iterable[Finding], given: str) -> str:
    from de06cli.views import findings  # noqa: PLC0415 - what is right pays for none of these

    heading = _("{path} chưa dùng được. Hãy sửa:").format(path=given)
    return f"{heading}\n{findings.lines(found, given)}".removesuffix("\n")


def valid_plan(data: bytes, given: str) -> Plan:
    """The plan in ``data``. Raises UnreadableData with every finding if it is invalid."""
    from de06cli.plan import reader  # noqa: PLC0415 - brings PyYAML and pydantic

    reading = reader.read(data)
    if reading.plan is None:
        raise UnreadableData(_invalid(reading.errors, given))
    return reading.plan


def today(timezone: str, as_of_option: str | None) -> date:
    """The day to answer for: ``--as-of``, else ``DE06_TODAY``, else the plan's own today.

    A relative day is relative to what stands behind it: the option to the variable, that to the clock.
    """
    day = day_in(timezone, now())
    for typed in (os.environ.get("DE06_TODAY"), as_of_option):
        day = typed_day(typed, day) if typed else day
    return day


def now() -> datetime:
    """This moment: what a day and the date of a message are taken from."""
    return datetime.now(UTC)


def query(opened: Opened, chosen: Filters) -> Query:
    """The filters as a query. Raises RefusedValue for what the plans do not know."""
    return Query(
        agencies=frozenset(_code(text, opened.portfolio) for text in chosen.agency or ()),
        roles=frozenset(Role(role) for role in chosen.role or ()),
        states=frozenset(str(state) for state in chosen.state or ()),
        due_before=_day(chosen.due_before, opened.today),
        due_after=_day(chosen.due_after, opened.today),
        search=tuple(chosen.search or ()),
    )


def selected(opened: Opened, chosen: Filters, among: set[int] | None = None) -> list[Task]:
    """The tasks that the filters select, in the order of the plans.

    ``among`` are the positions of the models that the question can be about, None for all.
    """
    asked = query(opened, chosen)
    plans = opened.portfolio
    if asked.agencies and not asked.roles:
        _hint_at_steps(asked, plans)
    possible = [among, filters.candidates(asked, plans.index)]
    if chosen.model:
        from de06cli.tracking import addresses  # noqa: PLC0415 - only --model needs it

        possible.append(
            {position for text in chosen.model for position in addresses.positions(text, plans)}
        )
    limits = [positions for positions in possible if positions is not None]
    positions = set.intersection(*limits) if limits else None
    return filters.select(opened.view.tasks(positions), asked)


def _hint_at_steps(asked: Query, plans: Portfolio) -> None:
    """One line where steps of other models name the agency.

    Where the columns do name it, only a person at a terminal is told, so that cron stays silent.
    """
    others = filters.named_in_steps_only(asked.agencies, plans.index)
    named = any(code in plans.index.columns for code in asked.agencies)
    if others and (output.is_terminal() or not named):
        shown = [_shown(plans, position) for position in others[:_HINTED]]
        output.say(
            _("{codes} còn được nhắc trong bước của mô hình {models}: thêm --role step.").format(
                codes=", ".join(sorted(asked.agencies)),
                models=", ".join(shown) + ("…" if len(others) > _HINTED else ""),
            )
        )


def _shown(plans: Portfolio, position: int) -> str:
    code = plans.heading_at(position).code if len(plans.plans) > 1 else None
    return words.address(code, plans.model(position).model)


_HINTED = 12  # models that a hint names


def _code(text: str, plans: Portfolio) -> str:
    """The code of the agency that ``text`` means in one of the plans.

    Raises RefusedValue, with what it may have meant, where none of them has one.
    """
    code = text.strip().upper()
    if code in plans.index.columns or code in plans.index.steps:
        return code
    registers = [plan.register for plan in plans.plans]
    codes = {found.agency.code for r in registers if (found := r.find(text)).agency}
    if len(codes) == 1:
        return codes.pop()
    every = {agency.code: agency for register in registers for agency in register.agencies}
    return _agency(text, Register(every.values())).code


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
