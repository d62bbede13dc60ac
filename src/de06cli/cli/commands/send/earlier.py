"""The plans as they were committed at the end of an earlier day, for the report to compare with."""

from __future__ import annotations

from datetime import date

from de06cli.cli import environment, opening, output
from de06cli.cli.opening import Opened
from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.file import locate
from de06cli.plan.file.locate import Located
from de06cli.plan.records import Plan
from de06cli.views import words


class Earlier(NamedTuple):
    plans: dict[str, Plan] | None  # by code; None where no state is known
    unknown: str  # why a plan has none where it should, in one line


def committed(opened: Opened, day: date) -> Earlier:
    """The plans as they were committed when ``day`` ended."""
    found: dict[str, Plan] = {}
    reasons: list[str] = []
    plans = opened.portfolio
    with output.progress(_("Đọc kế hoạch"), len(plans.files)) as read_one:
        for file, plan, revision in zip(plans.files, plans.plans, opened.revisions, strict=True):
            heading = plan.heading
            try:
                data = _of_day(file, day, heading.timezone, revision or "HEAD")
                same = revision is None and data == locate.read_bytes(file)
                found[heading.code] = plan.plan() if same else _plan(data, file, day)
            except UnreadableData as error:
                # Nobody expects a history where there is no repository: a mail a day would tell of it.
                if opening.in_repository(file.path) or output.errors_are_read():
                    reasons.append(words.one_line(str(error)))
            read_one()
    return Earlier(found or None, _why(reasons, some=bool(found)))


def _why(reasons: list[str], *, some: bool) -> str:
    if not reasons:
        return ""
    if some:
        return _("Ghi nhận bổ sung không tính {n} kế hoạch: {reason}").format(
            n=words.number(len(reasons)), reason=reasons[0]
        )
    return _("Báo cáo không có phần ghi nhận bổ sung: {reason}").format(reason=reasons[0])


def _of_day(file: Located, day: date, timezone: str, revision: str) -> bytes:
    """The file as it was committed when ``day`` ended. Raises UnreadableData where git has none."""
    from de06cli.plan.committed import git  # noqa: PLC0415 - a report that is refused needs none

    repository = git.Repository.around(file.path, environment.variables())
    commit = repository.commit_of_day(day, timezone, revision)
    data = repository.blob(commit) if commit else None
    if data is None and commit and (path := repository.path_in(commit)):
        data = repository.blob(commit, path)
    if data is None:
        raise UnreadableData(
            _("kho git không có phiên bản nào của {path} đến hết ngày {day}.").format(
                path=file.given, day=words.day(day)
            )
        )
    return data


def _plan(data: bytes, file: Located, day: date) -> Plan:
    """Raises UnreadableData where the file was no valid plan then."""
    from de06cli.plan.file import reader  # noqa: PLC0415 - brings PyYAML

    plan = reader.read(data).plan
    if plan is None:
        raise UnreadableData(
            _("phiên bản của {path} đến hết ngày {day} không phải kế hoạch hợp lệ.").format(
                path=file.given, day=words.day(day)
            )
        )
    return plan
