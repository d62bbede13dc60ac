"""Opening the plan that a command is about, as of its day."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from de06cli import __version__
from de06cli.cli import folders, options, output
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _, ngettext
from de06cli.plan import locate, portfolio
from de06cli.plan.locate import Located
from de06cli.plan.portfolio import Broken, Portfolio
from de06cli.plan.records import Plan
from de06cli.plan.snapshot import Store
from de06cli.tracking.dates import day_in, typed_day
from de06cli.tracking.states import View, as_of
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


def _invalid(found: Sequence[Finding], given: str) -> str:
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
