"""Opening the plan that a command is about, as of its day."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from de06cli import __version__
from de06cli.characters import visible_name
from de06cli.cli import environment, output
from de06cli.errors import RefusedValue, UnreadableData
from de06cli.messages import _, ngettext
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns, portfolio
from de06cli.plan.cache.store import Store
from de06cli.plan.file import locate
from de06cli.plan.file.locate import Located
from de06cli.plan.portfolio import Broken, Portfolio
from de06cli.plan.records import Plan
from de06cli.tracking.dates import day_in, typed_day
from de06cli.tracking.states import Situation, as_of
from de06cli.views import words

if TYPE_CHECKING:
    from pathlib import Path

    from de06cli.cli.options import Reading
    from de06cli.plan.cache.lazy import LazyPlan
    from de06cli.plan.file.reader import FileReading
    from de06cli.plan.findings import Finding


class Opened(NamedTuple):
    """Plans as of a day, and where they came from."""

    view: Situation
    revisions: tuple[str | None, ...]  # the full commit id of each plan

    @property
    def portfolio(self) -> Portfolio:
        return self.view.portfolio

    @property
    def today(self) -> date:
        return self.view.today

    def as_json(self, *, ascii_only: bool | None = None, **answer: object) -> str:
        """The answer in the JSON form that all commands share. It is escaped to ASCII where
        ``ascii_only``; left out, where standard output is not UTF-8."""
        from de06cli.views.text import json_answer  # noqa: PLC0415

        listed = [
            json_answer.plan(plan.heading, file.given, revision)
            for file, plan, revision in zip(
                self.portfolio.files, self.portfolio.plans, self.revisions, strict=True
            )
        ]
        if ascii_only is None:
            ascii_only = not output.is_utf8()
        return json_answer.document(self.today, listed, ascii_only=ascii_only, **answer)


def located(data: Sequence[str] | None) -> list[Located]:
    """The data files in use. Prints an error for each file among them that can't be read."""
    return located_quietly(data, _warn_of_odd)


def _warn_of_odd(message: str) -> None:
    output.say(_("Lỗi: {message}").format(message=message))


def _all_located(data: Sequence[str] | None) -> list[Located]:
    """The data files in use. Raises UnreadableData where anything lies among them that can't be read."""
    odd: list[str] = []
    files = located_quietly(data, odd.append)
    if odd:
        raise UnreadableData("\n".join(odd))
    return files


def located_quietly(
    data: Sequence[str] | None, odd: locate.Odd = lambda _message: None
) -> list[Located]:
    """The data files in use. ``odd`` is called with a sentence for each file that can't be read."""
    return locate.locate(data or (), environment.data(), environment.working_folder(), odd)


def one_file(data: Sequence[str] | None) -> Located:
    """The data file in use, for a command that is about one. Raises RefusedValue for several."""
    files = located(data)
    if len(files) > 1:
        raise RefusedValue(
            _(
                "Lệnh này dùng một tệp kế hoạch, nhưng đang có {n}. Hãy chọn một, ví dụ "
                "--data {path}."
            ).format(n=len(files), path=files[0].shown)
        )
    return files[0]


def store() -> Store | None:
    """The store of snapshots; None under ``DE06_CACHE=off`` and for a user without a home."""
    folder = environment.cache_folder() if environment.keeps_snapshots() else None
    return Store(folder, __version__) if folder else None


class Version(NamedTuple):
    """A file's bytes, and where they are from."""

    data: bytes
    commit: str | None = None  # the full id; None for the file as it is now
    path: str | None = None  # the file's in that commit
    day: date | None = None  # which a day typed as the revision is; it is answered as of its end

    def today(self, timezone: str, as_of_option: str | None) -> date:
        """The day to answer for."""
        return self.day if self.day and not as_of_option else today(timezone, as_of_option)


def version(file: Located, rev: str | None) -> Version:
    """The file as it is now, without ``rev``. With it, the file as it was committed: ``rev`` is a
    revision of git or, where git knows none of this name, a day, of which the end counts.

    Raises RefusedValue for a ``rev`` that is neither, UnreadableData for what can't be read.
    """
    if rev is None:
        return Version(locate.read_bytes(file))
    from de06cli.plan.committed import git  # noqa: PLC0415 - only --rev needs it

    repository = git.Repository.around(file.path, environment.variables())
    commit, day = repository.find(rev), None
    if commit is None:
        timezone = _timezone(file)
        day = _typed_as_revision(rev, timezone)
        commit = repository.commit_of_day(day, timezone)
    if commit is None:
        raise RefusedValue(
            _("Kho git không có phiên bản nào đến hết ngày {day}. Xem git log.").format(
                day=words.day(day or date.min)
            )
        )
    found = repository.committed(commit, rev)
    return Version(found.data, commit, found.path, day)


def _timezone(file: Located) -> str:
    """The time zone that the plan has today; for a broken plan, the default one."""
    from de06cli.plan.records import DEFAULT_TIMEZONE  # noqa: PLC0415

    plans, _broken = portfolio.open_files([file], store())
    return plans.plans[0].heading.timezone if plans else DEFAULT_TIMEZONE


def _typed_as_revision(rev: str, timezone: str) -> date:
    """The day that ``rev`` names. Raises RefusedValue where it names none."""
    try:
        return typed_day(rev, today(timezone, None))
    except RefusedValue:
        if len(rev) <= len("30-11-2023") and re.sub("[/-]", "", rev).isdecimal():
            raise  # a day that there never was
        raise RefusedValue(
            _("Kho git không có phiên bản “{revision}”. Xem git log.").format(revision=rev)
        ) from None


def open_plans(reading: Reading) -> Opened:
    """The plans that the options name, as one.

    A broken file among others is reported and left out. Raises UnreadableData with every finding where
    no file can be used or, under ``--strict``, not all of them.
    """
    files = _all_located(reading.data) if reading.strict else located(reading.data)
    if reading.rev is None:
        plans = usable(files, strict=reading.strict)
        versions = [Version(b"")] * len(plans.plans)
    else:
        plans, versions = _committed(files, reading.rev, strict=reading.strict)
    days = tuple(
        version.today(plan.heading.timezone, reading.as_of)
        for plan, version in zip(plans.plans, versions, strict=True)
    )
    view = as_of(plans, days)
    warn_of_left_out(view, of_today=reading.rev is None)
    return Opened(view, tuple(version.commit for version in versions))


def usable(files: Sequence[Located], *, strict: bool = False) -> Portfolio:
    """The plans in ``files``. A broken file among others is reported and left out.

    Raises UnreadableData with every finding where no file can be used or, if ``strict``, not all.
    """
    with output.progress(_("Đọc kế hoạch"), len(files)) as read_one:
        plans, broken = portfolio.open_files(files, store(), read_one)
    return _without(broken, plans, strict=strict)


def _committed(
    files: Sequence[Located], rev: str, *, strict: bool
) -> tuple[Portfolio, list[Version]]:
    """The plans as they were committed, and where each is from."""
    versions: dict[Located, Version] = {}

    def committed(file: Located) -> bytes:
        found = version(file, rev)
        versions[file] = found._replace(data=b"")  # the bytes are not kept a second time
        return found.data

    with output.progress(_("Đọc kế hoạch"), len(files)) as read_one:
        plans, broken = portfolio.open_committed(files, committed, read_one)
    opened = _without(broken, plans, strict=strict)
    return opened, [versions[file] for file in opened.files]


def _without(broken: list[Broken], plans: Portfolio | None, *, strict: bool) -> Portfolio:
    """The plans, after the errors of the broken files are printed; raises UnreadableData like ``usable``."""
    if plans is None or (broken and strict):
        raise UnreadableData("\n".join(map(_why, broken)))
    for one in broken:
        output.say(_("Lỗi: {message}").format(message=_why(one)))
    nouns.use(plan.heading for plan in plans.plans)
    return plans


def warn_of_left_out(view: Situation, *, of_today: bool = False) -> None:
    """Says on standard error how many marks and extensions are later than the day asked about.

    Where the plans are ``of_today`` and lie in a repository, it also says how to see the earlier file.
    """
    n = view.left_out
    if not n:
        return
    day = words.day(view.today)
    text = ngettext(
        "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
        "{n} tiến độ hoặc gia hạn sau ngày {day} không được tính.",
        n,
    ).format(n=n, day=day)
    output.say(text)
    if of_today and any(in_repository(file.path) for file in view.portfolio.files):
        output.say(
            nouns.filled(
                _(
                    "Tệp hiện nay không còn giữ tình trạng trước đó của các {step} này. Xem "
                    "tệp đã lưu đến hết ngày đó: --rev {day}."
                )
            ).format(day=f"{view.today:%d/%m/%Y}")
        )


def in_repository(path: Path) -> bool:
    """Whether the file seems to lie in a git repository; git itself is not asked."""
    return any(os.path.lexists(folder / ".git") for folder in path.absolute().parents)


def _why(broken: Broken) -> str:
    """The reason why a file can't be used: one sentence, or all its findings."""
    return str(broken.error or _invalid(broken.findings, broken.file.shown))


def _invalid(found: Sequence[Finding], given: str) -> str:
    from de06cli.views.text import finding_lines  # noqa: PLC0415 - what is right pays for none of these

    heading = _("{path} còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:").format(
        path=visible_name(given)
    )
    return f"{heading}\n{finding_lines.lines(found, given)}".removesuffix("\n")


def valid_plan(data: bytes, given: str) -> Plan:
    """The plan in ``data``. Raises UnreadableData with every finding if it is invalid."""
    return _valid(data, given, edit=False)[1]


def read_to_edit(
    data: bytes, given: str, opened: LazyPlan | None
) -> tuple[FileReading | None, Plan]:
    """The plan in ``data``, and the reading with positions for an edit; None where the plan is the one that
    was ``opened``, or a snapshot has it.

    Raises like ``valid_plan``.
    """
    snapshots = store()
    plan = portfolio.remembered(data, snapshots, opened) if snapshots else None
    if plan is None:
        return _valid(data, given, edit=True)
    nouns.use([plan.plan])
    return None, plan


def _valid(data: bytes, given: str, *, edit: bool) -> tuple[FileReading, Plan]:
    from de06cli.plan.file import reader  # noqa: PLC0415 - brings PyYAML

    reading = reader.read(data, edit=edit)
    if reading.plan is None:
        raise UnreadableData(_invalid(reading.errors, given))
    nouns.use([reading.plan.plan])
    return reading, reading.plan


def today(timezone: str, as_of_option: str | None) -> date:
    """The day to answer for: ``--as-of``, else ``DE06_TODAY``, else the plan's own today.

    A relative day in the option counts from the day of the variable, one in the variable from the clock.
    """
    day = day_in(timezone, environment.now())
    for typed in (environment.day(), as_of_option):
        day = typed_day(typed, day) if typed else day
    return day
