"""Changes for a person at a terminal: below the name of their model, steps of one mark together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from de06cli.messages import _
from de06cli.plan.committed.git_log import Commit
from de06cli.plan.parts import Progress
from de06cli.tracking.changes import Change, ChangeKind, periods_changed
from de06cli.views import period_words, words
from de06cli.views.contents import sentences, tables
from de06cli.views.contents.changes import history
from de06cli.views.contents.lines import Line, line
from de06cli.views.contents.tables import Cell

_ARROW = " → "


def since(compared: Sequence[Commit], zone: ZoneInfo) -> list[Line]:
    """The heading of a comparison: the state it starts from, its author and time."""
    return [
        line(
            _("So với {day}  {author}  {revision}").format(
                day=words.moment(datetime.fromisoformat(commit.when).astimezone(zone)),
                author=history.visible(commit.author),
                revision=commit.id[:10],
            ),
            tables.QUIET,
            0,
            2,
        )
        for commit in compared
    ]


def entry(
    commit: Commit, when: datetime, changes: list[Change] | None, *, cut: bool = False
) -> list[Line]:
    """A commit, who made it and when, and what it changed; see ``history.entry``."""
    author, subject = history.visible(commit.author), history.visible(commit.subject)
    head = Line(
        (
            Cell(f"{words.moment(when)}  {author}", tables.TITLE),
            Cell(f"  {commit.id[:10]}  {subject}", tables.QUIET),
        ),
        hanging=2,
    )
    if not changes:
        return [head, line(history.nothing(changes, cut=cut), tables.QUIET, 2, 2), Line()]
    return [head, *grouped(changes, 2), Line()]


def grouped(changes: Sequence[Change], indent: int = 0) -> list[Line]:
    """Changes below the name of what they are about."""
    lines: list[Line] = []
    for _key, listed in groupby(changes, _whose):
        about = list(listed)
        model = about[0].model
        if model is None:
            lines += [_alone(change, indent) for change in about]
            continue
        lines.append(sentences.model_line(model, indent=indent))
        for together in _together(about):
            if together[0].field == "periods":
                lines += [Line(parts, indent + 2, 2) for parts in _of_periods(together[0])]
            else:
                lines.append(Line(tuple(_parts(together)), indent + 2, 2))
    return lines


def _whose(change: Change) -> Hashable:
    return change.model.model if change.model else None


def _together(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in lists: those that say the same of several steps are one list."""
    groups: dict[Hashable, list[Change]] = {}
    for number, change in enumerate(changes):
        same = change.step and change.kind in {
            ChangeKind.PROGRESS,
            ChangeKind.ADDED,
            ChangeKind.REMOVED,
        }
        key = (change.kind, change.lost, change.before, change.after) if same else number
        groups.setdefault(key, []).append(change)
    return iter(groups.values())


def _of_periods(change: Change) -> Iterator[tuple[Cell, ...]]:
    """The parts of a line for each period of a duty that was marked."""
    for period, before, after in periods_changed(change):
        named = period_words.period(period, inside=True)
        yield (*_lost(change), Cell(f"{named}: "), *_progress(before, after))


def _lost(change: Change) -> Iterator[Cell]:
    if change.lost:
        yield Cell(_("khi gộp đã mất: {what}").format(what=""), tables.LATE)


def _progress(before: Progress | None, after: Progress | None) -> Iterator[Cell]:
    if before:
        yield Cell(sentences.progress(before) + _ARROW, tables.QUIET)
    yield Cell(sentences.progress(after), sentences.TONES.get(after.status if after else "", ""))


def _parts(changes: Sequence[Change]) -> Iterator[Cell]:
    """The parts of one line about steps, or about the model itself."""
    change = changes[0]
    yield from _lost(change)
    if change.step:
        yield Cell(sentences.steps_named([one.step.step for one in changes if one.step]) + ": ")
    if change.kind is ChangeKind.ADDED:
        yield Cell(_("thêm vào"), tables.DONE)
    elif change.kind is ChangeKind.REMOVED:
        yield Cell(_("bỏ đi"), tables.LATE)
    elif change.kind is ChangeKind.PROGRESS:
        yield from _progress(change.before, change.after)
    else:
        before_it, arrow, after_it = history.said(change).partition(_ARROW)
        yield Cell(before_it + arrow)
        yield Cell(after_it, tables.LATE if change.lost else "")


def _alone(change: Change, indent: int) -> Line:
    """A change that is about no model."""
    tones = {ChangeKind.ADDED: tables.DONE, ChangeKind.REMOVED: tables.LATE}
    tone = tables.LATE if change.lost else tones.get(change.kind, "")
    return line(history.sentence(change), tone, indent, 2)
