"""``export FOLDER --format site``: the page, a calendar for each agency and the data, for a web server or a
share.

Each file is written beside and renamed; one that would say the same is left as it is, so that its time
tells when something changed. A file of the same name that de06 did not write is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from de06cli.characters import visible_name
from de06cli.cli import answer, output
from de06cli.cli.commands.send.output_file import as_file_name, write_whole
from de06cli.cli.opening import Opened
from de06cli.cli.options import Format
from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan import addresses
from de06cli.plan.file.patience import reason
from de06cli.plan.records import Agency
from de06cli.tracking import filters
from de06cli.tracking.filters import Query
from de06cli.tracking.states import Task
from de06cli.views import words
from de06cli.views.office import calendar
from de06cli.views.page import plan_page
from de06cli.views.page.plan_page import PageFile

PAGE, DATA, CALENDARS = "index.html", "plan.json", "calendars"

# By what a file that de06 wrote is known, within its first bytes.
_MARKS = {
    ".html": b'<meta name="generator" content="de06">',
    ".json": b'"as_of"',
    ".ics": b"PRODID:-//de06//",
}
_HEAD = 4096  # bytes


class _Calendar(NamedTuple):
    """The calendar of an agency: its place below the folder, and its tasks."""

    place: str
    agency: Agency
    tasks: list[Task]


def write(
    opened: Opened,
    tasks: Sequence[Task],
    tasks_on: Callable[[date], list[Task]],
    folder: Path,
    *,
    force: bool,
) -> None:
    """Writes what has changed of the site of ``tasks`` in ``folder``; ``tasks_on`` gives those of an
    earlier day.

    Raises ChangeRefused, before anything is written, where a file of another's lies in the way, unless
    ``force``; Unwritable.
    """
    calendars = list(_calendars(opened, tasks, folder))
    places = [PAGE, DATA, *(one.place for one in calendars)]
    for place in places:
        if not force:
            _refuse_foreign(folder / place)
    changed = 0
    with output.progress(
        _("Lưu {path}").format(path=visible_name(folder)), len(places)
    ) as one_more:
        for place, data in _files(opened, tasks, tasks_on, folder, calendars):
            changed += _write_changed(folder / place, data)
            one_more()
    output.say(
        _("{path}: {n} tệp, trong đó {changed} tệp mới hoặc có thay đổi.").format(
            path=visible_name(folder), n=len(places), changed=changed
        )
    )
    for path in _left_over(folder, places):
        output.say(_("Lưu ý: {path} là của một lần xuất khác.").format(path=visible_name(path)))


def _calendars(opened: Opened, tasks: Sequence[Task], folder: Path) -> Iterator[_Calendar]:
    """A calendar for each agency that has a task, or had one when the folder was last written."""
    several = opened.portfolio.several
    for plan in opened.portfolio.plans:
        code = plan.heading.code
        for agency in plan.register.agencies:
            name = as_file_name(addresses.within(code if several else None, agency.code))
            place = f"{CALENDARS}/{name}.ics"
            own = filters.select(tasks, Query(own_agencies=frozenset({(code, agency.code)})))
            if own or (folder / place).exists():
                yield _Calendar(place, agency, own)


def _files(
    opened: Opened,
    tasks: Sequence[Task],
    tasks_on: Callable[[date], list[Task]],
    folder: Path,
    calendars: Iterable[_Calendar],
) -> Iterator[tuple[str, bytes]]:
    """The places of the files, and what is in them; the page last, which names the others."""
    beside = [PageFile(DATA, DATA)]
    yield DATA, answer.in_form(opened, tasks, Format.JSON, ascii_only=False).encode()
    for one in calendars:
        yield one.place, calendar.calendar(opened.view, one.tasks, words.agency(one.agency))
        beside.append(PageFile(words.agency(one.agency), one.place.replace("%", "%25")))
    yield PAGE, plan_page.page(opened.view, tasks, folder, tasks_on, beside).encode()


def _refuse_foreign(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return
    except OSError as error:
        raise output.Unwritable(f"{visible_name(path)}: {reason(error)}") from None
    if _MARKS[path.suffix] not in head:
        raise ChangeRefused(
            _("{path} không phải do de06 lưu. Thêm --force để ghi đè.").format(
                path=visible_name(path)
            )
        )


def _write_changed(path: Path, data: bytes) -> bool:
    """Whether the file said something else, and was written."""
    with suppress(OSError):
        if path.read_bytes() == data:
            return False
    write_whole(path, lambda new: new.write_bytes(data), force=True)
    return True


def _left_over(folder: Path, places: Iterable[str]) -> list[Path]:
    """Calendars in the folder that are of no agency of the plans."""
    with suppress(OSError):
        return sorted(
            {*(folder / CALENDARS).glob("*.ics")}.difference(folder / one for one in places)
        )
    return []
