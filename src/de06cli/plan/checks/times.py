"""The keys that say when a model is due and how far it is: which go together, which days follow which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.checks.values import Path, Values, items, lacks, mapping, text
from de06cli.plan.findings import Problem
from de06cli.plan.parts import CLOSED_STEPS, Progress
from de06cli.plan.records import Model

TIMES = ("deadline", "ongoing", "undated", "recurs")  # one of which a model has


# Errors, on plain values -------------------------------------------------------------------------


def errors(path: Path, model: Values) -> Iterator[Problem]:
    """The errors between a model's times and marks."""
    if all(lacks(model, key, Model) for key in TIMES):
        yield Problem(
            findings.NO_DEADLINE,
            (*path, "deadline") if "deadline" in model else path,
            _("Nhiệm vụ không có thời hạn và cũng không ghi ongoing."),
            _("Ghi deadline, hoặc ongoing: thường xuyên, undated, recurs."),
        )
    if model.get("undated"):
        yield from _beside_undated(path, model)
    if model.get("progress"):
        yield from _own_progress((*path, "progress"), model)
    for step_path, step in items(model.get("steps"), (*path, "steps")):
        yield from mark_errors((*step_path, "progress"), step.get("progress"))


def _beside_undated(path: Path, model: Values) -> Iterator[Problem]:
    others = [key for key in TIMES if key != "undated" and model.get(key)]
    if others:
        yield Problem(
            findings.KEYS_AT_ODDS,
            (*path, "undated"),
            _("undated không đi cùng {keys}.").format(keys=", ".join(others)),
            _("Đã có thời hạn thì xóa undated; chưa có thì chỉ giữ undated."),
            at_key=True,
        )


def _own_progress(path: Path, model: Values) -> Iterator[Problem]:
    if model.get("steps"):
        yield Problem(
            findings.KEYS_AT_ODDS,
            path,
            _("Nhiệm vụ có steps thì không ghi progress riêng."),
            _("Ghi progress dưới từng mục của steps, hoặc bỏ steps."),
            at_key=True,
        )
    elif text(mapping(model["progress"]), "status") == "skipped":
        yield Problem(
            findings.SKIPPED_MODEL,
            (*path, "status"),
            _("Nhiệm vụ không có steps thì không ghi skipped."),
            _('Viết stopped: {{on: 2025-11-03, document: "…"}} dưới dòng model.').format(),
        )
    else:
        yield from mark_errors(path, model["progress"])


def mark_errors(path: Path, progress: object) -> Iterator[Problem]:
    """The errors of one progress or period: a status that asks for a date or a note."""
    mark = mapping(progress)
    status = mark.get("status")
    if status in ("done", "skipped") and lacks(mark, "date", Progress):
        yield Problem(
            findings.PROGRESS_WITHOUT_DATE,
            path,
            _("Ghi {status} nhưng không có ngày.").format(status=status),
            _("Thêm date: ngày của văn bản hoặc của quyết định."),
        )
    if status in ("blocked", "skipped") and lacks(mark, "note", Progress):
        yield Problem(
            findings.PROGRESS_WITHOUT_NOTE,
            path,
            _("Ghi {status} nhưng không có ghi chú.").format(status=status),
            _("Thêm note: lý do."),
        )


# Warnings, on records ----------------------------------------------------------------------------


def warnings(path: Path, model: Model, today: date, issued: date | None) -> Iterator[Problem]:
    """The warnings about the days of a model. ``today`` is the plan's day, ``issued`` that of its issue."""
    yield from _order(path, model)
    begins = model.assigned or issued
    for at, day in (*_marks(path, model), *_values(path, model)):
        if day > today:
            yield _in_the_future(at, day, today)
    for at, day in _marks(path, model):
        if begins and day < begins:
            yield Problem(
                findings.BEFORE_ASSIGNED,
                at,
                _("Tiến độ ghi ngày {date}, trước ngày giao nhiệm vụ ({assigned}).").format(
                    date=day, assigned=begins
                ),
                _("Hãy xem lại date; nếu đúng, tiến độ này được tính từ ngày giao."),
            )
    yield from _begins_too_late(path, model)
    if model.stopped:
        yield from _stopped(path, model)


def _begins_too_late(path: Path, model: Model) -> Iterator[Problem]:
    begins = {"assigned": model.assigned, "start": model.start and model.start.first}
    for key, day in begins.items():
        if day and model.due and day > model.due:
            yield Problem(
                findings.BEGINS_AFTER_DUE,
                (*path, key),
                _("Ngày {date} sau thời hạn của nhiệm vụ ({due}).").format(date=day, due=model.due),
                _("Hãy xem lại {key} hoặc deadline.").format(key=key),
            )


def _in_the_future(at: Path, day: date, today: date) -> Problem:
    if "values" in at:
        return Problem(
            findings.FUTURE_PROGRESS,
            at,
            _("Số liệu ghi ngày {date}, sau hôm nay ({today}).").format(date=day, today=today),
            _("Đến ngày đó số liệu chưa được tính."),
        )
    return Problem(
        findings.FUTURE_PROGRESS,
        at,
        _("Tiến độ ghi ngày {date}, sau hôm nay ({today}).").format(date=day, today=today),
        _("Đến ngày đó vẫn được coi là chưa thực hiện."),
    )


def _marks(path: Path, model: Model) -> Iterator[tuple[Path, date]]:
    """The days of progress, each with its place."""
    for index, step in enumerate(model.steps):
        if step.progress and step.progress.date:
            yield (*path, "steps", index, "progress", "date"), step.progress.date
    if model.progress and model.progress.date:
        yield (*path, "progress", "date"), model.progress.date
    for index, period in enumerate(model.periods):
        if period.date:
            yield (*path, "periods", index, "date"), period.date


def _values(path: Path, model: Model) -> Iterator[tuple[Path, date]]:
    """The days of the targets' values, each with its place."""
    for number, target in enumerate(model.targets):
        for index, value in enumerate(target.values):
            yield (*path, "targets", number, "values", index, "date"), value.date


def _stopped(path: Path, model: Model) -> Iterator[Problem]:
    stop = model.stopped
    if stop is None:
        return
    decided = (
        ((*path, "extensions", index, "decided"), extension.decided)
        for index, extension in enumerate(model.extensions)
    )
    for at, day in (*_marks(path, model), *_values(path, model), *decided):
        if day > stop.on:
            yield Problem(
                findings.AFTER_STOP,
                at,
                _("Ghi ngày {date}, sau khi dừng thực hiện ({on}); không được tính.").format(
                    date=day, on=stop.on
                ),
                _("Hãy xem lại ngày này, hoặc ngày on của stopped."),
            )
    closed = [mark.date for mark in model.marks if mark and mark.status in CLOSED_STEPS]
    done = model.completed_on
    if done and done <= stop.on and closed and not model.ongoing:
        yield Problem(
            findings.DONE_BEFORE_STOP,
            (*path, "stopped"),
            _("Nhiệm vụ đã hoàn thành ngày {date}, trước khi dừng; vẫn tính là hoàn thành.").format(
                date=done
            ),
            _("Hãy xóa stopped, hoặc xem lại tiến độ."),
            at_key=True,
        )


def _order(path: Path, model: Model) -> Iterator[Problem]:
    lists: list[tuple[Path, list[date]]] = [
        ((*path, "handovers"), [one.on for one in model.handovers]),
        ((*path, "periods"), [one.period.first for one in model.periods]),
    ]
    lists += [
        ((*path, "targets", number, "values"), [one.date for one in target.values])
        for number, target in enumerate(model.targets)
    ]
    for at, days in lists:
        for index, (before, after) in enumerate(pairwise(days), start=1):
            if after < before:
                yield Problem(
                    findings.OUT_OF_ORDER,
                    (*at, index),
                    _("Dòng này đứng sau một dòng có ngày muộn hơn."),
                    _("Hãy xếp các dòng từ cũ đến mới."),
                )
