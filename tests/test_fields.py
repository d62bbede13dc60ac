"""Every declared field reaches every output, or is left out there by name.

A plan is made from the declarations alone, each field with a value that stands nowhere else, and goes through
each output. Whoever declares another field sees here which output does not show it: mend the output, or give
the reason in ``LEFT_OUT``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial, reduce
from html import unescape
from itertools import count
from operator import getitem
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import support
from docx import Document
from pyarrow import parquet

from de06cli.plan.cache import packing
from de06cli.plan.declaring import ROLE
from de06cli.plan.fields import Field, FieldKind, fields, searched_texts
from de06cli.plan.file import edits
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Progress, Source
from de06cli.plan.records import Model, Plan
from de06cli.tracking.changes import changes
from de06cli.views import words
from de06cli.views.contents.changes import history

# What can't stand beside the others in one model, or means another record of the plan: the example of
# another office has all of it, and tests/test_examples.py takes that through every output.
OF_THE_EXAMPLE = {
    *("Model.progress", "Model.recurs", "Model.periods", "Model.undated", "Model.stopped"),
    *("Model.handovers", "Model.targets", "Model.group", "Plan.groups", "Agency.ended"),
    *("Agency.members", "Heading.nouns", "Heading.escalate"),
}
# Fields that take no value of the test's own.
FIXED = {
    "Progress.status": "done",
    "Agency.level": "district",
    "Agency.email": ["zAgencyEmailz@example.vn"],
    "Heading.timezone": "Asia/Tokyo",
}
SHOWN_AS = {
    "Progress.status": ("done", "Hoàn thành"),
    "Agency.level": ("district", "Huyện"),
}


class Declared(NamedTuple):
    """A field and the record that declares it."""

    record: type
    field: Field

    @property
    def name(self) -> str:
        return f"{self.record.__name__}.{self.field.name}"


def declared(record: type = Plan) -> Iterator[Declared]:
    """The fields that hold values, of a record and of all records in it."""
    for field in fields(record).values():
        if f"{record.__name__}.{field.name}" in OF_THE_EXAMPLE:
            continue
        if field.record:
            yield from declared(field.record)
        else:
            yield Declared(record, field)


FIELDS = {one.name: one for one in declared()}


# A plan of the declarations ------------------------------------------------------------------------

_numbers, _days = count(70_001), count(1)


def value_of(one: Declared) -> Any:
    """A value for a field, as the file has it."""
    if one.name in FIXED:
        return FIXED[one.name]
    token = f"z{one.record.__name__}{one.field.name.title().replace('_', '')}z"
    match one.field.kind:
        case FieldKind.NUMBER:
            return next(_numbers)
        case FieldKind.DAY:
            return (date(2001, 1, 1) + timedelta(days=37 * next(_days))).isoformat()
        case FieldKind.PERIOD:
            return (date(2031, 1, 1) + timedelta(days=37 * next(_days))).isoformat()
        case FieldKind.LABEL:
            return next(_numbers)
        case FieldKind.PAIRS:
            return {f"{token}Title": token}
        case FieldKind.TEXTS:
            return [token]
    assert one.field.written, f"{one.name} is one of some words: write one into FIXED"
    return token


VALUES = {name: value_of(one) for name, one in FIELDS.items()}


def filled(record: type) -> dict[str, Any]:
    """A record with every field, as the file has it."""
    found: dict[str, Any] = {}
    for field in fields(record).values():
        if f"{record.__name__}.{field.name}" in OF_THE_EXAMPLE:
            continue
        if field.record is None:
            found[field.name] = VALUES[f"{record.__name__}.{field.name}"]
        else:
            inner = filled(field.record)
            found[field.name] = [inner] if field.kind is FieldKind.RECORDS else inner
    return found


def plan_text() -> str:
    """The file; each code that a field names has an agency, and that with every field leads as well."""
    whole = filled(Plan)
    named = [VALUES[name][0] for name, one in FIELDS.items() if one.field.part == ROLE]
    whole["agencies"] += [
        {"code": code, "name": f"Đơn vị {code}"} for code in [*named, VALUES["Progress.by"]]
    ]
    whole["models"][0]["lead"].append(VALUES["Agency.code"])
    return json.dumps(whole, ensure_ascii=False, indent=1)


def forms(name: str) -> tuple[str, ...]:
    """How a field's value may be written where people or programs read it."""
    value = VALUES[name]
    if name in SHOWN_AS:
        return SHOWN_AS[name]
    match FIELDS[name].field.kind:
        case FieldKind.NUMBER | FieldKind.LABEL:
            return str(value), words.number(value)
        case FieldKind.DAY | FieldKind.PERIOD:
            return value, words.day(date.fromisoformat(value))
        case FieldKind.PAIRS:
            return (*value.values(),)
        case FieldKind.TEXTS:
            return (value[0],)
    return (value,)


def says(text: str, name: str) -> bool:
    return any(form in text for form in forms(name))


# The outputs ---------------------------------------------------------------------------------------


def said(*command: str) -> Callable[[Path], str]:
    """What a command writes to standard output."""

    def make(folder: Path) -> str:
        found = support.run(*command, home=folder, DE06_DATA=str(folder / "plan.yaml"))
        assert (found.returncode, found.stderr) == (0, ""), found.stderr
        return found.stdout

    return make


def exported(file: str, reading: Callable[[Path], str]) -> Callable[[Path], str]:
    """What the file says that ``export`` writes."""

    def make(folder: Path) -> str:
        found = support.run("export", file, home=folder, DE06_DATA=str(folder / "plan.yaml"))
        assert found.returncode == 0, found.stderr
        return reading(folder / file)

    return make


def in_workbook(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    cells = [
        cell.value for sheet in book for row in sheet for cell in row if cell.value is not None
    ]
    hidden = {
        (sheet.title, letter)
        for sheet in book
        for letter, dimension in sheet.column_dimensions.items()
        if dimension.hidden
    }
    assert hidden, "the columns for programs are not there"
    return "\n".join(map(str, cells))


def in_document(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def in_tables(folder: Path) -> str:
    """What the tables of models and of steps say."""
    files = sorted(folder.rglob("*.parquet"))
    assert {file.parent.name for file in files} == {"models", "steps"}
    rows = [row for file in files for row in parquet.ParquetFile(file).read().to_pylist()]
    return "\n".join(f"{value}" for row in rows for value in row.values())


OUTPUTS: dict[str, Callable[[Path], str]] = {
    "list --format json": said("list", "--format", "json"),
    "list --format csv": said("list", "--format", "csv"),
    "list --format tsv": said("list", "--format", "tsv"),
    "list --format md": said("list", "--format", "md"),
    "agencies --format json": said("agencies", "--format", "json"),
    "agencies --format csv": said("agencies", "--format", "csv"),
    "show": said("show", str(VALUES["Model.model"])),
    "page": exported("plan.html", lambda path: unescape(path.read_text("utf-8"))),
    "xlsx": exported("plan.xlsx", in_workbook),
    "docx": exported("plan.docx", in_document),
    "parquet": exported("plan.parquet", in_tables),
}

NO_HEADING = {
    "Heading.place": "answers name a plan by its code and title",
    "Heading.declared_models": "check compares it with the models",
    "Heading.timezone": "what today is in every answer comes of it",
    "Heading.due_soon_days": "which models are due soon comes of it",
    "Heading.programme": "answers name a plan by its code and title",
    "Heading.issuer": "the head of Word documents has it",
    "Heading.locality": "the head of Word documents has it",
    "Heading.issued": "which models are there comes of it",
    "Heading.stale_days": "which steps are stale comes of it",
    "Heading.evidence_folder": "where evidence opens comes of it",
}
NO_AGENCY = {
    "Agency.name_en": "what --lang en shows in the name's place",
    "Agency.aliases": "what people may type; agencies --format json tells it",
    "Agency.email": "for letters; agencies --format json tells it",
}
NO_EXTENSION = dict.fromkeys(
    ("Extension.decided", "Extension.document", "Extension.reason"),
    "of extensions there is how many there were; show tells the others",
)
A_ROW_A_MODEL = dict.fromkeys(
    ("Step", "Progress", "Extension", "Source", "Agency", "Heading"), "a row is a model"
)
ONLY_AGENCIES = dict.fromkeys(
    ("Model", "Step", "Progress", "Extension", "Source"), "an item is an agency"
)
ONE_MODEL = {"Heading": "one model is shown, not its plan"}
NOT_PRINTED = dict.fromkeys(
    (f"Source.{field}" for field in Source._fields),
    "the register has the codes and the day in force, not the cells as printed",
)
IN_THE_APPENDIX = dict.fromkeys(
    ("Model.organisation", "Model.outcome", "Model.equipment"), "the workbook has the appendix"
)
THE_TABLE_IS_SHORT = {
    name: "the terminal's table, whose columns are given"
    for name, one in FIELDS.items()
    if one.record is Model and one.field.section
}
THE_ROLE_IS_SHORT = dict.fromkeys(
    ("Model.support", "Model.implementers", "Model.companies"), "the table has who leads"
)
# What an output leaves out: whole records, or fields; each with its reason.
TITLED = ("Heading.place", "Heading.programme")  # a title has them
SEEN_FIRST = (*TITLED, "Heading.due_soon_days")  # the days that the headline looks ahead
LEFT_OUT: dict[str, dict[str, str]] = {
    "list --format json": {"Agency": "agencies --format json has them", **NO_HEADING},
    "list --format csv": A_ROW_A_MODEL,
    "list --format tsv": A_ROW_A_MODEL,
    "list --format md": {
        **A_ROW_A_MODEL,
        **THE_TABLE_IS_SHORT,
        **THE_ROLE_IS_SHORT,
        "Model.deadline": "the table has the deadline in force",
        "Model.ongoing": "the state tells it of a model without deadline",
        "Model.review": "a question about the source: check and show tell it",
        "Model.assigned": "show tells it",
        "Model.start": "show tells it",
    },
    "agencies --format json": {**ONLY_AGENCIES, **NO_HEADING},
    "agencies --format csv": {**ONLY_AGENCIES, "Heading": "a row is an agency"},
    "show": {
        **ONE_MODEL,
        **NO_AGENCY,
        "Agency.short": "one model has room for the name and the code",
        "Agency.level": "agencies and stats --by level tell it",
    },
    "page": {
        **{name: why for name, why in NO_HEADING.items() if name not in SEEN_FIRST},
        "Agency.level": "agencies and stats --by level tell it",
        "Agency.email": NO_AGENCY["Agency.email"],
        "Agency.name_en": NO_AGENCY["Agency.name_en"],
    },
    "xlsx": {
        **{name: why for name, why in NO_HEADING.items() if name not in TITLED},
        **NO_AGENCY,
        **NO_EXTENSION,
        "Model.deadline": "the appendix has the cell as printed, where there is one",
        "Model.ongoing": "the appendix has the cell as printed, where there is one",
        "Model.review": "a question about the source: check and show tell it",
    },
    "docx": {
        **{
            name: why
            for name, why in NO_HEADING.items()
            if name not in {*TITLED, "Heading.locality"}
        },
        "Model.assigned": "show tells it",
        **NO_AGENCY,
        **NO_EXTENSION,
        "Agency.code": "its cells have short names",
        "Agency.name": "its cells have short names",
        **NOT_PRINTED,
        **IN_THE_APPENDIX,
        "Heading.code": "one plan is named by its title",
        "Agency.level": "agencies and stats --by level tell it",
        "Step.text": "a row is a model; its steps are counted",
        "Step.agencies": "a row is a model; its steps are counted",
        "Step.due": "a row is a model; its steps are counted",
        "Progress.by": "the register has the documents, not who made them",
        "Model.implementers": "the register has who leads and who supports",
        "Model.companies": "the appendix has them",
        "Model.review": "a question about the source: check and show tell it",
    },
    "parquet": {
        "Heading": "a row is a model or a step",
        "Agency": "a row is a model or a step",
        "Extension": "of extensions there is how many there were",
        "Source": "for programs there are the codes and the days",
    },
}
# "log" names the part of the plan by itself; a change of what names it is another part.
NAMING = ("Heading.code", "Model.model", "Step.step", "Agency.code")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fields")
    (made / "plan.yaml").write_text(plan_text(), "utf-8")
    return made


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = read(plan_text().encode()).plan
    assert found
    return found


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_has_every_field_that_it_does_not_leave_out_by_name(output, folder):
    text = OUTPUTS[output](folder)
    left_out = LEFT_OUT[output]
    asked = [name for name, one in FIELDS.items() if one.record.__name__ not in left_out]

    forgotten = [name for name in asked if name not in left_out and not says(text, name)]
    shown_all_the_same = [name for name in left_out if name in asked and says(text, name)]

    assert (forgotten, shown_all_the_same) == ([], [])


def test_the_reasons_are_of_fields_that_there_are():
    records = {one.record.__name__ for one in FIELDS.values()}
    for output, reasons in LEFT_OUT.items():
        assert {*reasons} <= FIELDS.keys() | records, output
        assert all(reasons.values()), output


def test_an_editor_is_reported_of_every_field(folder):
    schema = json.loads(said("schema")(folder))
    described = json.dumps(schema, ensure_ascii=False)

    assert [name for name, one in FIELDS.items() if f'"{one.field.name}"' not in described] == []
    assert [name for name, one in FIELDS.items() if one.field.description not in described] == []


def test_a_snapshot_has_every_field(plan):
    for record in (plan.plan, *plan.agencies, *plan.models):
        again = packing.unpack(record.__class__, packing.pack(record))
        assert again == record
    empty = {name.split(".")[1] for name in OF_THE_EXAMPLE}
    for record in (plan.plan, plan.agencies[0], *plan.models):
        assert {name for name, value in record._asdict().items() if value is None} <= empty


SEARCHED = ("Model", "Step", "Progress", "Extension")  # without the cells as printed


def test_a_search_looks_at_all_prose_of_a_model(plan):
    text = "\n".join(searched_texts(plan.models[0]))

    for name, one in FIELDS.items():
        prose = one.field.prose or one.field.kind is FieldKind.PAIRS
        wanted = one.record.__name__ in SEARCHED and prose
        assert says(text, name) is wanted, name
    assert not fields(Model)["source"].searched


def without(record: Any, part: type, name: str) -> Any:
    """The record, with a field of that ``part`` as it was before; all others as they are."""
    changed = {}
    for field in fields(record.__class__).values():
        value = getattr(record, field.name)
        if record.__class__ is part and field.name == name:
            changed[name] = before_it(field, value)
        elif field.kind is FieldKind.RECORD and value is not None:
            changed[field.name] = without(value, part, name)
        elif field.kind is FieldKind.RECORDS:
            changed[field.name] = tuple(without(one, part, name) for one in value)
    return record._replace(**changed)


def before_it(field: Field, value: Any) -> Any:
    match field.kind:
        case FieldKind.NUMBER:
            return value - 1
        case FieldKind.DAY:
            return value - timedelta(days=1)
        case FieldKind.TEXTS:
            return ("CAH",)
    return None if field.optional else "doing"


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in NAMING])
def test_history_tells_the_value_of_every_field(plan, name):
    one = FIELDS[name]
    before = without(plan, one.record, one.field.name)

    told = [history.sentence(change) for change in changes(before, plan) if change.field]

    assert says("\n".join(told), name), told


@pytest.mark.parametrize("record", [Progress, *[fields(Model)["extensions"].record]])
def test_a_mark_writes_every_field(plan, record):
    model = plan.models[0]
    value = model.steps[0].progress if record is Progress else model.extensions[0]

    text = edits.flow(value)

    assert [
        name for name, one in FIELDS.items() if one.record is record and not says(text, name)
    ] == []


# Another field -------------------------------------------------------------------------------------

LINE = (
    '    remark: Annotated[Text | None, About(N_("Sản phẩm"), N_("Thứ phải nộp."), section="background")]'
    " = None\n"
)
NEW = {
    "Model": ("    @property\n    def due(", "models", 0),
    "Step": ("\n\nclass Extension(", "models", 0, "steps", 0),
    "Progress": ("\n\nclass Step(", "models", 0, "steps", 0, "progress"),
    "Extension": ("\n\nclass Handover(", "models", 0, "extensions", 0),
    "Agency": ("\n\nclass Nouns(", "agencies", 0),
    "Heading": ("\n\nclass Plan(", "plan"),
}
IN_DETAIL = ("show", "page", "xlsx", "docx", "parquet")
SHOWS_A_NEW_ONE = {
    "Model": [*(f"list --format {form}" for form in ("json", "csv", "tsv")), *IN_DETAIL],
    "Step": ["list --format json", *IN_DETAIL],
    "Progress": ["list --format json", *IN_DETAIL],
    "Extension": ["list --format json", "show", "page", "docx"],
    "Agency": ["agencies --format json", "agencies --format csv", "xlsx"],
    "Heading": ["list --format json", "agencies --format json"],
}


@pytest.mark.slow
@pytest.mark.parametrize("record", NEW)
def test_one_line_is_enough_for_another_field(record, tmp_path, monkeypatch):
    before, *path = NEW[record]
    package = tmp_path / "src" / "de06cli"
    shutil.copytree(support.ROOT / "src" / "de06cli", package)
    of_records = [package / "plan" / "records.py", package / "plan" / "parts.py"]
    (declarations,) = [path for path in of_records if f"class {record}(" in path.read_text("utf-8")]
    text = declarations.read_text("utf-8")
    assert text.count(before) == 1
    declarations.write_text(text.replace(before, f"{LINE}{before}"), "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    whole = json.loads(plan_text())
    (home / "plan.yaml").write_text(json.dumps(whole, indent=1), "utf-8")
    support.git(home, "init", "-q")
    support.git(home, "add", "plan.yaml")
    support.git(home, "commit", "-q", "-m", "A plan")
    reduce(getitem, path, whole)["remark"] = "zNewz"
    (home / "plan.yaml").write_text(json.dumps(whole, indent=1), "utf-8")
    monkeypatch.setattr(support, "run", partial(support.run, PYTHONPATH=str(package.parent)))

    shown = [output for output, make in OUTPUTS.items() if "zNewz" in make(home)]

    assert shown == SHOWS_A_NEW_ONE[record]
    assert "Thứ phải nộp." in said("schema")(home)
    assert "zNewz" in said("diff")(home)
    if record not in {"Agency", "Heading"}:
        assert "zNewz" in said("list", "--search", "zNewz", "--format", "json")(home)
