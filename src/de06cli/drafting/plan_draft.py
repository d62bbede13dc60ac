"""A plan out of a document: every cell of its tables in the plan's keys, every doubt a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from de06cli.characters import one_line
from de06cli.drafting import task_numbers
from de06cli.drafting.actors import actors, leads_in_text
from de06cli.drafting.drafted_agencies import Agencies, Named
from de06cli.drafting.lost_words import lost
from de06cli.drafting.meaning import contents, deadlines, heading, layout
from de06cli.drafting.meaning.groups import Headed
from de06cli.drafting.meaning.heading import Said
from de06cli.drafting.meaning.layout import Layout
from de06cli.drafting.meaning.tasks import RowReader, TaskRow, label_of, text_of, texts_of
from de06cli.drafting.reading.source_tables import SourceDocument, SourceTable
from de06cli.plan.records import Agency
from de06cli.plan.validation.notation import code_from

UNSAID: Final = deadlines.UNSAID
_GROUP_WORD = re.compile(
    r"(?:phụ lục|phần|mục|biểu|bảng)\s+(?:số\s+)?([IVXLC]+|[0-9]+|[A-Z])\b", re.IGNORECASE
)
_ROLES: Final = ("lead", "support", "implementers")

Values = dict[
    str, Any
]  # of a model by the plan's keys, in their order; those without a value left out


class Draft(NamedTuple):
    """A plan that is not yet anybody's: ``outside`` are the lines of the document that no key holds."""

    heading: Values
    groups: list[Headed]
    agencies: list[Agency]
    new: list[Agency]
    models: list[Values]
    questions: list[list[str]]  # of each model
    outside: list[str]
    left_out: list[str]  # the places of tables without tasks
    headings: list[str]  # of the columns of the tables with tasks

    @property
    def steps(self) -> int:
        return sum(len(model.get("steps", ())) for model in self.models)

    @property
    def asked(self) -> int:
        return sum(map(len, self.questions))


def draft(
    document: SourceDocument, name: str, register: Sequence[Agency], mapped: Mapping[str, str]
) -> Draft | None:
    """The draft of a document; None where no table of it has tasks.

    ``name`` is the file's without its ending, ``register`` the known agencies, ``mapped`` the keys of
    columns that a person gave, by folded headings.
    """
    found = _Tables(document, mapped)
    if not found.reading.tasks:
        return None
    said = heading.read(found.before)
    agencies = Agencies(register)
    made = [_Model(task, said, agencies) for task in found.reading.tasks]
    _number(made)
    _ask_about_number(made, said)
    for one in made:
        one.read_steps(agencies)
    return Draft(
        _heading(name, said, made),
        found.reading.groups.all,
        agencies.listed(),
        agencies.new,
        [one.values() for one in made],
        [one.doubts for one in made],
        [*found.before, *found.reading.left_over, *found.between, *document.after],
        found.left_out,
        list(dict.fromkeys(found.headings)),
    )


class _Tables:
    """The tasks of all tables of a document."""

    def __init__(self, document: SourceDocument, mapped: Mapping[str, str]) -> None:
        self.reading = RowReader()
        self.before: list[str] = []  # the lines before the first task
        self.between: list[str] = []
        self.left_out: list[str] = []
        self.headings: list[str] = []
        laid_out = [(table, layout.find(table, mapped)) for table in document.tables]
        several = _parts(laid_out) > 1
        last: Layout | None = None
        for table, found in laid_out:
            last = self._take(table, found, last, several=several)

    def _take(
        self, table: SourceTable, found: Layout | None, last: Layout | None, *, several: bool
    ) -> Layout | None:
        above = [*table.before, *_texts(table, found.first if found else 0)]
        (self.between if self.reading.tasks else self.before).extend(above)
        if found:
            if several and not self._continues(table, found):
                self._begin_group(table, above)
            self.headings += [column.heading for column in found.columns if column.heading]
            self.reading.take(table, found, found.last + 1)
            return found
        if last and not table.before and len(last.columns) == len(table.rows[0]):
            self.reading.take(table, last, 0)
            return last
        self.left_out.append(table.place)
        lines = self.between if self.reading.tasks else self.before
        lines.extend(_texts(table, len(table.rows)))
        return last if last and not table.before else None

    def _continues(self, table: SourceTable, found: Layout) -> bool:
        """Whether the first number of a table follows the last one of the table before."""
        if not self.reading.tasks:
            return False
        columns = found.of("number")
        last = self.reading.tasks[-1].label
        labels = (
            [label_of(row[columns[0]].text) for row in table.rows[found.last + 1 :]]
            if columns
            else []
        )
        first = next(filter(None, labels), "")
        return first.isdecimal() and last.isdecimal() and int(first) == int(last) + 1

    def _begin_group(self, table: SourceTable, above: Sequence[str]) -> None:
        titles = [line for line in above if line and len(line) <= 250]
        named = next((line for line in titles if _GROUP_WORD.match(line)), "")
        match = _GROUP_WORD.match(named)
        title = named or (titles[-1] if titles else table.place)
        n = len(self.reading.groups.all) + 1
        self.reading.groups.restart(match[1] if match else f"T{n}", title)


def _parts(laid_out: Sequence[tuple[SourceTable, Layout | None]]) -> int:
    """How many tables with tasks there are, those aside that go on with the numbers of the one before."""
    parts, last = 0, None
    for table, found in laid_out:
        if found is None:
            continue
        numbers = _numbers_in(table, found)
        parts += not (numbers and last is not None and numbers[0] == last + 1)
        last = numbers[-1] if numbers else None
    return parts


def _numbers_in(table: SourceTable, found: Layout) -> list[int]:
    """The plain numbers of a table's rows, in their order."""
    columns = found.of("number")
    labels = [
        label_of(row[columns[0]].text) if columns and columns[0] < len(row) else ""
        for row in table.rows[found.last + 1 :]
    ]
    return [int(label) for label in labels if label.isdecimal()]


def _texts(table: SourceTable, until: int) -> list[str]:
    """The texts of a table's first rows, those of merged cells once."""
    cells = dict.fromkeys(cell for row in table.rows[:until] for cell in row if cell.text)
    return [line for cell in cells for line in cell.text.split("\n")]


def _number(made: Sequence[_Model]) -> None:
    """Gives the models their numbers, and their printed rows where these are unique."""
    given = task_numbers.numbers(
        [
            task_numbers.Printed(one.task.label, one.parts.number, one.task.group, one.task.parent)
            for one in made
        ]
    )
    times = Counter(one.task.label.casefold() for one in made)
    for one, number in zip(made, given, strict=True):
        one.number = number
        one.is_row_unique = times[one.task.label.casefold()] == 1


def _ask_about_number(made: Sequence[_Model], said: Said) -> None:
    others = [n for n in said.declared if n != len(made)]
    if others and len(made) not in said.declared:
        counted = " và ".join(str(n) for n in others)
        made[0].doubts.insert(
            0,
            f"Văn bản ghi {counted} nhiệm vụ, bảng có {len(made)} hàng: hàng nào thừa hoặc thiếu?",
        )


def _heading(name: str, said: Said, made: Sequence[_Model]) -> Values:
    is_of_models = any(one.parts.number for one in made)
    values: Values = {
        "code": (code_from(name) or "KEHOACH").upper()[:40],
        "title": said.title or one_line(name) or "Kế hoạch",
    }
    if said.issued:
        values["issued"] = said.issued
    if len(said.declared) == 1:
        values["declared_models"] = said.declared[0]
    if not is_of_models:
        values["nouns"] = {"model": "Nhiệm vụ"}
    return values


class _Model:
    """A task on its way to a model."""

    def __init__(self, task: TaskRow, said: Said, agencies: Agencies) -> None:
        self.task = task
        self.number: int | str = 0
        self.is_row_unique = True
        self.doubts = list(task.doubts)
        self.parts = contents.split(
            text_of(task, "title"), has_steps_column=bool(task.layout.of("steps"))
        )
        self.doubts += self.parts.doubts
        self.time = deadlines.read(
            text_of(task, "deadline"), said.year, recurs_from=said.issued is not None
        )
        self.start = self._start(said)
        self.doubts += self.time.doubts
        self.roles: dict[str, tuple[str, ...]] = dict.fromkeys(_ROLES, ())
        self._read_roles(agencies)
        self.steps: list[Values] = []
        self.extra: dict[str, str] = {}
        self._read_rest()

    def _start(self, said: Said) -> object:
        """The beginning, of its own column or of the deadline's cell."""
        text = one_line(text_of(self.task, "start"))
        if not text:
            return self.time.start
        found = deadlines.read(text, said.year)
        if found.deadline is None or found.doubts or found.start:
            self.doubts.append(f'Thời gian bắt đầu in "{text}": là ngày nào?')
        return found.deadline

    def _read_roles(self, agencies: Agencies) -> None:
        both = agencies.named(text_of(self.task, "roles"))
        named = {key: agencies.named(text_of(self.task, key)) for key in _ROLES}
        self._ask_about_roles(named)
        self.doubts += both.doubts
        lead = [code for code in both.codes if code not in both.support]
        self.roles = {
            key: tuple(dict.fromkeys([*of, *named[key].codes]))
            for key, of in (("lead", lead), ("support", both.support), ("implementers", ()))
        }
        if not self.roles["lead"]:
            self.roles["lead"] = (agencies.unknown(),)
            self.doubts.append("Văn bản không ghi đơn vị chủ trì: đơn vị nào?")

    def _ask_about_roles(self, named: Mapping[str, Named]) -> None:
        for found in named.values():
            self.doubts += found.doubts
        lead = named["lead"]
        if lead.support:
            n = len(lead.codes)
            self.doubts.append(
                f'Cột chủ trì in "{one_line(text_of(self.task, "lead"))}": hiểu là {n} đơn vị cùng chủ '
                "trì; hay có đơn vị chỉ phối hợp?"
            )

    def _read_rest(self) -> None:
        """The columns that no key has, under their own headings."""
        for heading_, text in texts_of(self.task, "extra"):
            self._keep(heading_, text)
        for index, column in enumerate(self.task.layout.columns):
            text = self.task.cells[index] if index < len(self.task.cells) else ""
            if text and not column.heading:
                self._keep(f"Cột {index + 1}", text)
        self.doubts += [
            f'Hàng không có số ngay sau nhiệm vụ này in "{note}".' for note in self.task.notes
        ]

    def _keep(self, heading_: str, text: str) -> None:
        name, n = heading_, 1
        while name in self.extra:
            n += 1
            name = f"{heading_} ({n})"
        self.extra[name] = text

    def read_steps(self, agencies: Agencies) -> None:
        """The steps, with who acts in them as far as their first words name it; after all names are known."""
        cell = contents.steps_of(text_of(self.task, "steps"))
        self.doubts += cell.doubts
        if cell.before:
            self._keep(
                next((h for h, _text in texts_of(self.task, "steps")), "Các bước"), cell.before
            )
        for at, text in enumerate([*self.parts.steps, *cell.steps], start=1):
            step: Values = {"step": at, "text": text or UNSAID}
            who = [agencies.use(agency) for agency in actors(text, agencies.names)]
            if who:
                step["agencies"] = who
            self.steps.append(step)
        self._ask_about_leads(agencies)

    def _ask_about_leads(self, agencies: Agencies) -> None:
        texts = [*self.parts.organisation, *self.parts.title.split("\n")]
        texts += [step["text"] for step in self.steps]
        others = dict.fromkeys(
            name
            for text in texts
            for name, agency in leads_in_text(text, agencies.names)
            if agency is None or agency.code not in self.roles["lead"]
        )
        if others:
            listed = ", ".join(f'"{name}"' for name in others)
            self.doubts.append(
                f"Nội dung ghi {listed} chủ trì, cột chủ trì thì không: đơn vị nào? Vai trò hiện theo cột."
            )

    def values(self) -> Values:
        """The model by the plan's keys."""
        title = self.parts.title
        if not title:
            title = UNSAID
            self.doubts.insert(0, "Văn bản không ghi nội dung nhiệm vụ.")
        time = self.time
        every = {"every": time.every} if time.every else None
        values: Values = {
            "model": self.number,
            "stt": self._row(),
            "group": self.task.group,
            "title": _paragraph(title),
            "basis": _paragraph(text_of(self.task, "basis")),
            "organisation": [*self.parts.organisation, *self._lines("organisation")],
            "outcome": _joined(self.parts.outcome, text_of(self.task, "outcome")),
            "start": self.start,
            "deadline": time.deadline,
            "ongoing": time.ongoing,
            "recurs": every,
            "undated": time.undated,
            "equipment": _paragraph(text_of(self.task, "equipment")),
            "output": _paragraph(text_of(self.task, "output")),
            **{key: list(codes) for key, codes in self.roles.items()},
            "companies": self._lines("companies"),
            "extra": self.extra,
            "source": self._source(),
            "review": self.doubts,
            "steps": self.steps,
        }
        if missing := lost(self._cells(), values):
            self.doubts.append(f'Chữ chưa đưa vào mục nào: "{" ".join(missing)}".')
        self.doubts[:] = dict.fromkeys(self.doubts)
        return {key: value for key, value in values.items() if value not in (None, "", [], {})}

    def _cells(self) -> list[str]:
        """The cells that have to be found in the model: all but the task's number and its group."""
        columns = self.task.layout.columns
        return [
            text
            for column, text in zip(columns, self.task.cells, strict=False)
            if column.key not in {"number", "group"}
        ]

    def _row(self) -> int | str | None:
        label = self.task.label
        if not label or not self.is_row_unique:
            return None
        return int(label) if label.isdecimal() and len(label) < 9 else label

    def _lines(self, key: str) -> list[str]:
        text = text_of(self.task, key)
        return text.split("\n") if text else []

    def _source(self) -> Values:
        cells = {
            "deadline": _joined(text_of(self.task, "start"), text_of(self.task, "deadline")),
            "lead": _joined(text_of(self.task, "roles"), text_of(self.task, "lead")),
            **{key: text_of(self.task, key) for key in ("support", "implementers")},
        }
        return {key: text for key, text in cells.items() if text}


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _paragraph(text: str) -> str:
    """The text on one line, unless lines of it are items of a list."""
    parts = text.split("\n")
    is_list = any(re.match(r"[-–+•*]|\(?[0-9a-zđ]{1,2}[.)]\s", part) for part in parts)
    return text if is_list else " ".join(parts)
