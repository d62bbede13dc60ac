"""The register of tasks as an office prints it, and the head of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from de06cli.messages import _, language, ngettext
from de06cli.plan import nouns
from de06cli.plan.periods import MONTHS_IN_ENGLISH
from de06cli.plan.records import Heading
from de06cli.tracking.states import Situation, Task, status
from de06cli.views import issuers, period_words, target_words, words
from de06cli.views.contents import background, deadlines, lateness, tables
from de06cli.views.contents.field_lists import ListField, Row
from de06cli.views.contents.tables import Named

# How the names of bodies begin that are no place.
_BODIES = (
    "sở ",
    "phòng ",
    "ban ",
    "cục ",
    "chi cục ",
    "công an ",
    "văn phòng ",
    "trung tâm ",
    "ubnd ",
)

Texts = dict[str, Any]  # by their names: what the tags of a form stand for

BLANK = "……………………"  # what the office writes in itself
# Kinds of administrative units, which the name of a place does without (Nghị định 30/2020/NĐ-CP).
_UNITS = ("thành phố", "thị trấn", "thị xã", "huyện", "phường", "quận", "tỉnh", "xã")


def fields() -> tuple[ListField, ...]:
    """The columns of the register."""
    return (
        ListField("stt", _("STT"), 13, centred=True),
        ListField("task", _("Nội dung nhiệm vụ"), 66),
        ListField("lead", _("Chủ trì"), 26),
        ListField("support", _("Phối hợp"), 24),
        ListField("due", _("Thời hạn"), 24, centred=True),
        ListField("progress", _("Tiến độ"), 18, centred=True),
        ListField("state", _("Tình trạng"), 26),
        ListField("results", _("Kết quả (số, ký hiệu văn bản)"), 28),
        ListField("notes", _("Ghi chú"), 27),
    )


def values(view: Situation, tasks: Sequence[Task], made_on: date) -> Texts:
    """The texts of the register and of its head; ``made_on`` is the day of the document."""
    headings = [plan.heading for plan in view.portfolio.plans]
    place = words.one_line(headings[0].place or "") if len(headings) == 1 else ""
    unit = place.partition(",")[0].strip()
    return {
        "as_at": words.as_at(view.today),
        "day": words.day(view.today),
        "made_on": long_day(made_on),
        **_head(headings[0] if len(headings) == 1 else None, unit),
        "title": plans(view),
        "headline": headline(view),
        "about": about(view),
        "place": place,
        "tasks": [row(task, tables.short_names(view.portfolio)) for task in tasks],
        "count": {"tasks": count(tasks)},
        "agencies": abbreviated(view, agencies(view, _named(tasks))),
    }


def _head(heading: Heading | None, unit: str) -> Texts:
    """The bodies above a document and its place: ``upper`` may be empty, ``signer`` is the one that signs,
    ``signer_name`` the same in ordinary letters, ``issuer`` the first of them."""
    bodies = [words.one_line(text) for text in heading.issuer] if heading else []
    if not bodies and unit:
        is_body = unit.casefold().startswith(_BODIES)
        bodies = [unit if is_body else _("UBND {place}").format(place=unit)]
    upper, signer = (bodies[0], bodies[-1]) if len(bodies) > 1 else ("", *(bodies or [BLANK]))
    place = heading.locality if heading and heading.locality else locality(unit)
    return {
        "issuer": (upper or signer).upper(),
        "upper": upper.upper(),
        "signer": signer.upper(),
        "signer_name": issuers.in_ordinary_letters(signer),
        "locality": words.one_line(place) or BLANK,
    }


def _named(tasks: Iterable[Task]) -> Iterator[tuple[str, str]]:
    for task in tasks:
        for code in (*task.model.lead, *task.model.support):
            yield task.plan, code


def plans(view: Situation) -> str:
    """What the plan is called, or how many there are."""
    headings = [plan.heading for plan in view.portfolio.plans]
    n = len(headings)
    if n > 1:
        return ngettext("{n} kế hoạch", "{n} kế hoạch", n).format(n=words.number(n))
    return words.one_line(headings[0].title)


def headline(view: Situation) -> str:
    """The programme and its place, "Chuyển đổi số – xã Tân Khai"; without a programme, the plan's title."""
    headings = [plan.heading for plan in view.portfolio.plans]
    if len(headings) > 1 or not headings[0].programme:
        return plans(view)
    return programme(headings[0])


def programme(heading: Heading) -> str:
    """The plan's programme and its place."""
    unit = words.one_line(heading.place or "").partition(",")[0].strip()
    name = words.one_line(heading.programme or "")
    return f"{name} – {unit}" if unit else name


def progress_title(view: Situation) -> str:
    """What a file of the plans is called: "Tiến độ Chuyển đổi số – xã Tân Khai"; without a programme, by
    the plan's title."""
    headings = [plan.heading for plan in view.portfolio.plans]
    if len(headings) > 1 or not headings[0].programme:
        return plans(view)
    return _("Tiến độ {headline}").format(headline=headline(view))


def about(view: Situation) -> str:
    """The programme and its place, and on a line of its own the plan's title."""
    return "\n".join(dict.fromkeys((headline(view), plans(view))))


def title(task: Task) -> str:
    """The task's title, after its plan where there are several."""
    text = words.one_line(task.model.title)
    return f"{task.plan}: {text}" if task.one_of_many else text


def count(listed: Sequence[object]) -> str:
    return words.number(len(listed)) if listed else _("không có")


def _month(day: date) -> str:
    if language() == "en":
        return MONTHS_IN_ENGLISH[day.month - 1]
    return f"{day.month:02}" if day.month < 3 else f"{day.month}"


def long_day(day: date) -> str:
    """The day as a document bears it: days under 10 and January and February with a zero before them
    (Nghị định 30/2020/NĐ-CP); in English "5 February 2024"."""
    return _("ngày {day} tháng {month} năm {year}").format(
        day=f"{day.day:02}" if language() == "vi" else f"{day.day}",
        month=_month(day),
        year=f"{day.year:04}",
    )


def locality(unit: str) -> str:
    """The name of an administrative unit without its kind, unless the name is a number."""
    for kind in _UNITS:
        if unit.casefold().startswith(f"{kind} ") and not unit[len(kind) :].strip().isdigit():
            return unit[len(kind) :].strip()
    return unit


def agencies(view: Situation, named: Iterable[tuple[str, str]]) -> list[Row]:
    """What the codes of agencies stand for: those ``named`` by plan and code, as the registers have
    them."""
    wanted = set(named)
    entries = [
        {"code": agency.code, "name": words.agency(agency)}
        for plan in view.portfolio.plans
        for agency in plan.register.agencies
        if (plan.heading.code, agency.code) in wanted
    ]
    return [entry for at, entry in enumerate(entries) if entry not in entries[:at]]


def abbreviated(view: Situation, named: Sequence[Row]) -> list[Row]:
    """Those of ``named`` that the lists call by their codes, since they have no other short name."""
    coded = {
        agency.code
        for plan in view.portfolio.plans
        for agency in plan.register.agencies
        if words.short(agency) == agency.code
    }
    return [entry for entry in named if entry["code"] in coded]


def row(task: Task, named: Named) -> Row:
    """A task's texts, with the agencies as ``named`` calls them."""
    model, held_up = task.model, lateness.held_up(task)
    return {
        "plan": task.plan,
        "number": str(model.model),
        "stt": "" if model.stt is None else str(model.stt),
        "title": title(task),
        "task": nouns.model(words.model_address(task), task.plan)
        + f": {words.one_line(model.title)}",
        "lead": words.holders(model.lead, task, named),
        "support": words.holders(model.support, task, named),
        "implementers": words.holders(model.implementers, task, named),
        "due": deadlines.short(task) or (model.ongoing or ""),
        "deadline": lateness.deadline(task) or (model.ongoing or ""),
        "progress": words.progress_counted(task),
        "state": words.task_state(task),
        "days_late": "" if task.days_late is None else words.number(task.days_late),
        "completed_on": words.day(task.completed_on),
        "updated_on": words.day(task.updated_on),
        "held_up": f"{held_up.label}: {held_up.text}" if task.hangs_on or not model.steps else "",
        "results": "\n".join(_results(task)),
        "notes": "\n".join(_notes(task)),
    }


def _results(task: Task) -> list[str]:
    """The documents that show what was done, each once."""
    model = task.model
    recorded = [*(step.progress for step in model.steps), model.progress]
    recorded += [one.progress for one in model.periods]
    found = []
    for progress in recorded:
        if progress and progress.evidence:
            on = f" ({words.day(progress.date)})" if progress.date else ""
            found.append(progress.evidence + on)
    return list(dict.fromkeys(found))


def _own_notes(task: Task) -> list[str]:
    """What the columns have no place for: the period, what was stopped or blocked, each target."""
    model = task.model
    notes = [words.sentence_start(deadlines.period(task))] if task.period else []
    if task.due_as:
        notes.append(_("tính đến ngày {day}").format(day=words.day(task.due)))
    if printed := deadlines.as_printed(task):
        notes.append(f"“{printed}”")
    if model.start:
        notes.append(_("bắt đầu: {start}").format(start=period_words.deadline(model.start)))
    if model.stopped:
        stop = model.stopped
        parts = (_("Dừng thực hiện"), words.day(stop.on), stop.document, stop.reason)
        notes.append(", ".join(part for part in parts if part))
    if model.progress and model.progress.note:
        notes.append(f"{words.status(model.progress.status)}: {model.progress.note}")
    notes += background.lines(model.progress)
    for one in model.periods:
        name = period_words.period(one.period)
        if one.note:
            notes.append(f"{name} – {words.status(one.status)}: {one.note}")
        notes += [f"{name} – {line}" for line in background.lines(one)]
    for target in model.targets:
        texts = target_words.row(target, task.today)
        name = words.one_line(target.name) if target.name else _("Chỉ tiêu")
        notes.append(f"{name}: {texts.last} / {texts.goal}")
    return notes


def _notes(task: Task) -> list[str]:
    model = task.model
    notes = []
    if lateness.was_extended(task):
        notes.append(lateness.extended(task))
    if model.ongoing and task.due:
        notes.append(_("sau đó duy trì {how}").format(how=model.ongoing))
    for extension in model.extensions:
        notes += background.lines(extension)
    notes += _own_notes(task)
    notes += background.lines(model)
    for step in model.steps:
        name = nouns.step(step.step, task.plan)
        if step.progress and step.progress.note:
            notes.append(f"{name} – {words.status(status(step))}: {step.progress.note}")
        labelled_lines = [*background.lines(step), *background.lines(step.progress)]
        notes += [f"{name} – {line}" for line in labelled_lines]
    return notes
