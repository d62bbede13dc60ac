"""Opening the plan that a command is about, as of its day."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from de06cli import __version__
from de06cli.cli import folders, options, output
from de06cli.cli.options import Filters
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _, ngettext
from de06cli.plan import locate, portfolio
from de06cli.plan.agencies import Register, fold
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
    from de06cli.plan.reader import Reading


class Opened(NamedTuple):
    """Plans as of a day, and where they came from."""

    view: View
    revisions: tuple[str | None, ...]  # the full commit id of each plan

    @property
    def portfolio(self) -> Portfolio:
        return self.view.portfolio

    @property
    def today(self) -> date:
        return self.view.today

    def as_json(self, *, ascii_only: bool | None = None, **answer: Any) -> str:
        """The answer in the JSON form that all commands share, for standard output where nothing else
        is said."""
        from de06cli.views import records  # noqa: PLC0415

        listed = [
            records.plan(plan.heading, file.given, revision)
            for file, plan, revision in zip(
                self.portfolio.files, self.portfolio.plans, self.revisions, strict=True
            )
        ]
        if ascii_only is None:
            ascii_only = not output.is_utf8()
        return records.document(self.today, listed, ascii_only=ascii_only, **answer)


def located(data: Sequence[str] | None) -> list[Located]:
    """The data files in use."""
    return locate.locate(data or (), os.environ.get("DE06_DATA"), working_folder())


def one_file(data: Sequence[str] | None) -> Located:
    """The data file in use, for a command that is about one. Raises RefusedValue for several."""
    files = located(data)
    if len(files) > 1:
        raise RefusedValue(
            _(
                "Lệnh này dùng một tệp kế hoạch, mà đang có {n}. Chọn một, như --data {path}."
            ).format(n=len(files), path=files[0].given)
        )
    return files[0]


def store() -> Store | None:
    """Where snapshots are kept; None where ``DE06_CACHE=off`` says so, and for a user without a home."""
    if os.environ.get("DE06_CACHE", "").casefold() == "off":
        return None
    folder = folders.cache()
    return Store(folder, __version__) if folder else None


def state_folder() -> Path:
    """The user's folder for what is remembered of earlier runs.

    Raises OSError where the system knows of none.
    """
    folder = folders.state()
    if folder:
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


def open_plans(reading: options.Reading) -> Opened:
    """The plans that the options name, as one.

    Raises UnreadableData with every finding where none of them can be used; one broken file among others
    is told and left out, unless ``--strict`` asks for all.
    """
    files = located(reading.data)
    if reading.rev is None:
        plans = usable(files, strict=reading.strict)
        revisions: list[str | None] = [None] * len(plans.plans)
    else:
        plans, revisions = _committed(files, reading.rev, strict=reading.strict)
    timezones = {plan.heading.timezone for plan in plans.plans}
    days = {timezone: today(timezone, reading.as_of) for timezone in timezones}
    view = as_of(plans, tuple(days[plan.heading.timezone] for plan in plans.plans))
    tell_left_out(view)
    return Opened(view, tuple(revisions))


def usable(files: Sequence[Located], *, strict: bool = False) -> Portfolio:
    """The plans in ``files``; a broken one among others is told and left out, unless ``strict``.

    Raises UnreadableData with every finding where there is none, or not all of them.
    """
    with output.progress(_("Đọc kế hoạch"), len(files)) as read_one:
        plans, broken = portfolio.open_plans(files, store(), read_one)
    return _without(broken, plans, strict=strict)


def _committed(
    files: Sequence[Located], rev: str, *, strict: bool
) -> tuple[Portfolio, list[str | None]]:
    """The plans as they were committed, and the full id of the commit of each."""
    with output.progress(_("Đọc kế hoạch"), len(files)) as read_one:
        plans, broken, commits = portfolio.open_committed(files, rev, read_one)
    return _without(broken, plans, strict=strict), [*commits]


def _without(broken: list[Broken], plans: Portfolio | None, *, strict: bool) -> Portfolio:
    """The plans, after what is wrong with the others is told."""
    if plans is None or (broken and strict):
        raise UnreadableData("\n".join(map(_why, broken)))
    for one in broken:
        output.say(_("Lỗi: {message}").format(message=_why(one)))
    return plans


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
    return _valid(data, given, edit=False)[1]


def read_to_edit(data: bytes, given: str) -> tuple[Reading, Plan]:
    """What reading ``data`` gave, and the plan. Raises UnreadableData like ``valid_plan``."""
    return _valid(data, given, edit=True)


def _valid(data: bytes, given: str, *, edit: bool) -> tuple[Reading, Plan]:
    from de06cli.plan import reader  # noqa: PLC0415 - brings PyYAML and pydantic

    reading = reader.read(data, edit=edit)
    if reading.plan is None:
        raise UnreadableData(_invalid(reading.errors, given))
    return reading, reading.plan


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
    meant = {agency for text in chosen.agency or () for agency in _meant(text, opened.portfolio)}
    return Query(
        agencies=frozenset(code for plan, code in meant if plan is None),
        own_agencies=frozenset((plan, code) for plan, code in meant if plan is not None),
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
    if asked.every_code and not asked.roles:
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
    codes = asked.every_code
    others = filters.named_in_steps_only(codes, plans.index)
    if asked.own_agencies:
        others = [position for position in others if _named_in_steps(asked, plans, position)]
    named = any(code in plans.index.columns for code in codes)
    if others and (output.is_terminal() or not named):
        shown = [_shown(plans, position) for position in others[:_HINTED]]
        output.say(
            _("{codes} còn được nhắc trong bước của mô hình {models}: thêm --role step.").format(
                codes=", ".join(sorted(codes)),
                models=", ".join(shown) + ("…" if len(others) > _HINTED else ""),
            )
        )


def _named_in_steps(asked: Query, plans: Portfolio, position: int) -> bool:
    wanted = asked.codes_in_plan(plans.heading_at(position).code)
    return bool(wanted & filters.codes_in(plans.model(position), Role.STEP))


def _shown(plans: Portfolio, position: int) -> str:
    code = plans.heading_at(position).code if plans.several else None
    return words.address(code, plans.model(position).model)


_HINTED = 12  # models that a hint names


def _meant(text: str, plans: Portfolio) -> set[tuple[str | None, str]]:
    """The agencies that ``text`` means: a code in whichever plan (None), a name in each plan its own.

    Raises RefusedValue, with what it may have meant, where no plan has one.
    """
    code = text.strip().upper()
    if code in plans.index.columns or code in plans.index.steps:
        return {(None, code)}
    of, colon, own = text.partition(":")
    for plan in plans.plans if colon else ():
        if plan.heading.code.casefold() == of.strip().casefold():
            return {(plan.heading.code, _agency(own, plan.register).code)}
    found: set[tuple[str | None, str]] = set()
    for plan in plans.plans:
        agency = plan.register.find(text).agency
        if agency:
            named = plans.several and fold(agency.code) != fold(text)
            found.add((plan.heading.code if named else None, agency.code))
    if found:
        return found
    every = {agency.code: agency for plan in plans.plans for agency in plan.register.agencies}
    return {(None, _agency(text, Register(every.values())).code)}


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
