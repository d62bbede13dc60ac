"""The shipped plan holds every word of the printed appendix, and nothing else.

The appendix in ``tests/data/source`` is parsed here a second time, independently of the package,
and compared cell by cell with ``data/models.yaml``. Only white space and markup are ignored.
"""

from __future__ import annotations

import copy
import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parent
MODELS_FILE = TESTS.parent / "data" / "models.yaml"
SOURCE = TESTS / "data" / "source"

Model = dict[str, Any]

MODEL_KEYS = [
    "model", "stt", "title", "organisation", "outcome", "deadline", "ongoing", "equipment",
    "lead", "support", "implementers", "companies", "source", "review", "steps",
]  # fmt: skip
OPTIONAL_MODEL_KEYS = {"organisation", "outcome", "ongoing", "review"}
STEP_KEYS = ["step", "text", "agencies"]
SOURCE_KEYS = ["deadline", "lead", "support", "implementers"]
AGENCY_KEYS = ["code", "name", "short", "name_en", "level", "aliases"]

STEPS_BY_ROW = [5, 4, 3, 3, 3, 3, 3, 3, 2, 3, 4, 4, 1, 4, 3, 4, 2, 2, 3, 4, 5, 5, 5, 4]
ORGANISATION_BY_ROW = [0, 2, 2, 2, 2, 2, 1, 1, 2, 2, 3, 2, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 1]

# How the task cell is printed, by row (STT).
ROWS_WITHOUT_ORGANISATION_LABEL = {13, 14, 15, 16, 17, 18}
ROWS_WITHOUT_ORGANISATION_BULLETS = {16, 24}

STEP_LABEL = re.compile(r"(?:- )?Bước (\d+):(?: :)?")


# The printed table ------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedRow:
    """One row of the appendix: its nine cells, page breaks joined, markup gone."""

    stt: str
    task: str
    deadline: str
    steps: str
    equipment: str
    lead: str
    support: str
    implementers: str
    companies: str


def plain(text: str) -> str:
    """The text without markup, each run of white space one space."""
    return " ".join(re.sub(r"<[^<>]*>", "", text).split())


def printed_rows(document: str) -> list[PrintedRow]:
    """The rows of the printed table; a line without a number continues the row before it."""
    rows: list[list[str]] = []
    for number, line in enumerate(document.split("\n"), start=1):
        if "\t" not in line:
            continue
        cells = line.split("\t")
        assert len(cells) == 9, f"line {number} has {len(cells)} cells"
        if is_page_furniture(cells):
            continue
        if cells[0].strip():
            rows.append(cells)
        else:
            rows[-1] = [f"{begun} {rest}" for begun, rest in zip(rows[-1], cells, strict=True)]
    return [PrintedRow(*map(plain, cells)) for cells in rows]


def is_page_furniture(cells: list[str]) -> bool:
    """Whether the line is one of the two header lines that each page repeats."""
    return cells[0] == "STT" or (
        not any(cells[:5]) and cells[5:8] == ["Chủ trì", "Phối hợp", "Lực lượng triển khai"]
    )


def read_source(name: str) -> str:
    return (SOURCE / name).read_bytes().decode("utf-8")


def read_table(name: str) -> list[dict[str, str]]:
    lines = read_source(name).splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


# The comparison ---------------------------------------------------------------------------------


def differences(rows: list[PrintedRow], models: list[Model]) -> list[str]:
    """Where the plan and the printed table disagree, a sentence each; none when all is well."""
    if len(rows) != len(models):
        return [f"{len(rows)} rows are printed, {len(models)} models are kept"]
    return [
        difference
        for row, model in zip(rows, models, strict=True)
        for difference in row_differences(row, model)
    ]


def row_differences(row: PrintedRow, model: Model) -> list[str]:
    """The cells of one printed row that the model does not give back."""
    source = model.get("source", {})
    pairs = {
        "STT": (row.stt, f"{model.get('stt')}."),
        "task": (row.task, rebuilt_task(model)),
        "steps": (row.steps, rebuilt_steps(row, model)),
        "equipment": (row.equipment, words(model.get("equipment"))),
        "companies": (row.companies, ", ".join(model.get("companies", ["missing"]))),
        "deadline": (normal_deadline(row.deadline), (model.get("deadline"), model.get("ongoing"))),
        **{f"source {key}": (getattr(row, key), source.get(key)) for key in SOURCE_KEYS},
    }
    found = [
        f"row {row.stt} {cell}: printed {printed!r}, kept {kept!r}"
        for cell, (printed, kept) in pairs.items()
        if printed != kept
    ]
    # Where one part ends and the next begins is not always to be seen in the printed words.
    organisation = model.get("organisation", [])
    expected = ORGANISATION_BY_ROW[int(row.stt.rstrip(".")) - 1]
    if len(organisation) != expected:
        found.append(f"row {row.stt} organisation: {expected} items, kept {len(organisation)}")
    if any(item.startswith("-") for item in organisation):
        found.append(f"row {row.stt} organisation: an item keeps its bullet")
    if row.stt == "16." and organisation[:1] != [row.task[row.task.find("C06: Chủ trì") :]]:
        found.append("row 16. organisation: does not begin at 'C06: Chủ trì'")
    return found


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def rebuilt_task(model: Model) -> str:
    """The "Nhiệm vụ" cell, put together again from the model's fields."""
    row = int(model["stt"]) if str(model.get("stt")).isdigit() else 0
    organisation = model.get("organisation", [])
    bullet = "" if row in ROWS_WITHOUT_ORGANISATION_BULLETS else "- "
    parts = [f"Mô hình {model.get('model')}:", model.get("title", "")]
    if organisation and row not in ROWS_WITHOUT_ORGANISATION_LABEL:
        parts.append("Tổ chức thực hiện:")
    parts += [bullet + item for item in organisation]
    if "outcome" in model:
        parts += ["Hiệu quả:", model["outcome"]]
    return words(" ".join(parts))


def rebuilt_steps(row: PrintedRow, model: Model) -> str:
    """The steps cell, put together from the printed labels and the model's texts."""
    labels = {match[1]: match[0] for match in STEP_LABEL.finditer(row.steps)}
    return words(
        " ".join(
            f"{labels.get(step.get('step'), 'Bước ?:')} {step.get('text', '')}"
            for step in model.get("steps", [])
        )
    )


def normal_deadline(printed: str) -> tuple[str, str | None]:
    """The ISO date and, for "trước D và duy trì …", how the task is kept up afterwards."""
    match = re.fullmatch(
        r"(?:(?:Triển khai|Tổ chức tập huấn) trước )?"
        r"(\d\d)/(\d\d)/(\d{4})\.?"
        r"(?: và duy trì (thường xuyên|liên tục))?",
        printed,
    )
    assert match, f"an unknown form of deadline: {printed!r}"
    day, month, year, ongoing = match.groups()
    return f"{year}-{month}-{day}", ongoing


# Names of agencies ------------------------------------------------------------------------------


def folded(name: str) -> str:
    """The name as people's spellings of it are compared: letters and digits, no "và"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    bare = bare.replace("đ", "d").replace("Đ", "D").casefold()
    return "".join(c for c in re.sub(r"\bva\b", "", bare) if c.isalnum())


def names_of(agency: dict[str, Any]) -> list[str]:
    return [agency["code"], agency["name"], *agency.get("aliases", [])]


def register_of(agencies: list[dict[str, Any]]) -> dict[str, str]:
    """Folded name → code."""
    return {folded(name): agency["code"] for agency in agencies for name in names_of(agency)}


def named_in(text: str, register: dict[str, str]) -> tuple[list[str], list[str]]:
    """The codes of the agencies named in a text, in order, and the words that name none.

    The longest name wins, so a comma inside a name does not cut it in two.
    """
    codes: list[str] = []
    others: list[str] = []
    rest = text.split()
    while rest:
        for length in range(len(rest), 0, -1):
            code = register.get(folded(" ".join(rest[:length])))
            if code:
                codes.append(code)
                rest = rest[length:]
                break
        else:
            others.append(rest.pop(0))
    return codes, others


# What the tests read ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def text() -> str:
    return MODELS_FILE.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def document(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def models(document: dict[str, Any]) -> list[Model]:
    return document["models"]


@pytest.fixture(scope="module")
def agencies(document: dict[str, Any]) -> list[dict[str, Any]]:
    return document["agencies"]


@pytest.fixture(scope="module")
def rows() -> list[PrintedRow]:
    return printed_rows(read_source("phu-luc-1.txt"))


def steps_of(models: list[Model]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each step with its address, such as ``9.2``."""
    for model in models:
        for step in model["steps"]:
            yield f"{model['model']}.{step['step']}", step


# The source itself ------------------------------------------------------------------------------


def test_the_printed_table_has_24_rows_numbered_in_order(rows: list[PrintedRow]) -> None:
    assert [row.stt for row in rows] == [f"{number}." for number in range(1, 25)]


def test_the_source_has_no_line_outside_the_table_but_its_heading() -> None:
    outside = [line for line in read_source("phu-luc-1.txt").split("\n") if "\t" not in line]
    assert [line for line in outside if line.strip()] == [
        "PHỤ LỤC I",
        "Mô hình triển khai được ngay: 23 mô hình.",
    ]


def test_every_page_repeats_two_header_lines_and_six_rows_cross_a_page() -> None:
    cells = [line.split("\t") for line in read_source("phu-luc-1.txt").split("\n") if "\t" in line]
    furniture = [line for line in cells if is_page_furniture(line)]
    continued = [line for line in cells if not line[0].strip() and line not in furniture]
    assert (len(cells), len(furniture), len(continued)) == (46, 16, 6)


def test_step_labels_are_printed_in_order(rows: list[PrintedRow]) -> None:
    printed = [[match[1] for match in STEP_LABEL.finditer(row.steps)] for row in rows]
    assert printed == [[str(n) for n in range(1, count + 1)] for count in STEPS_BY_ROW]
    assert all(row.steps.startswith(("Bước 1:", "- Bước 1:")) for row in rows)


# Every word is kept -----------------------------------------------------------------------------


def test_every_cell_of_the_printed_table_can_be_found_again(
    rows: list[PrintedRow], models: list[Model]
) -> None:
    assert differences(rows, models) == []


def test_a_missing_model_is_a_difference(rows: list[PrintedRow], models: list[Model]) -> None:
    assert differences(rows, models[:-1]) == ["24 rows are printed, 23 models are kept"]


Place = tuple[str | int, ...]

CHANGES: dict[str, Callable[[str], str]] = {
    "the last word dropped": lambda text: " ".join(text.split()[:-1]),
    "the first word dropped": lambda text: " ".join(text.split()[1:]),
    "the last word doubled": lambda text: f"{text} {text.split()[-1]}",
    "the last character dropped": lambda text: text[:-1],
    "the first letter's mark or case lost": lambda text: (
        folded(text[:1]) + text[1:] if folded(text[:1]) not in ("", text[:1]) else text + "."
    ),
}


def text_places(value: Any, place: Place = ()) -> Iterator[Place]:
    """The place of every text in a model, apart from our own words and codes."""
    ours = {"review", "lead", "support", "implementers", "agencies"}
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ours or place == ("source",):
                yield from text_places(item, (*place, key))
    else:
        for index, item in enumerate(value):
            yield from text_places(item, (*place, index))


def changed(model: Model, place: Place, change: Callable[[str], str]) -> Model:
    """A copy of the model with the text at one place changed."""
    result = copy.deepcopy(model)
    holder: Any = result
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = change(holder[place[-1]])
    return result


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_comparison_sees_one_word_changed_in_any_text(
    change: Callable[[str], str], rows: list[PrintedRow], models: list[Model]
) -> None:
    tried = [
        (row, model, place)
        for row, model in zip(rows, models, strict=True)
        for place in text_places(model)
    ]
    unseen = [
        (row.stt, place)
        for row, model, place in tried
        if not row_differences(row, changed(model, place, change))
    ]
    assert unseen == []
    # 24 numbers, titles, equipments, deadlines and STTs, 96 source cells, 82 steps with numbers …
    assert len(tried) > 400


def test_the_comparison_sees_any_source_field_left_out(
    rows: list[PrintedRow], models: list[Model]
) -> None:
    ours = {"review", "lead", "support", "implementers"}
    unseen = [
        (row.stt, key)
        for row, model in zip(rows, models, strict=True)
        for key in model.keys() - ours
        if not row_differences(row, {k: v for k, v in model.items() if k != key})
    ]
    assert unseen == []


def test_the_comparison_sees_words_moved_from_one_text_to_the_next(
    rows: list[PrintedRow], models: list[Model]
) -> None:
    unseen = []
    for row, model in zip(rows, models, strict=True):
        places = [place for place in text_places(model) if place[0] in ("title", "organisation")]
        places += [place for place in text_places(model) if place[0] == "outcome"]
        places += [("steps", index, "text") for index in range(len(model["steps"]))]
        for here, there in pairwise(places):
            moved: Any = model
            for key in here:
                moved = moved[key]
            last = moved.split()[-1]
            model_moved = changed(model, here, CHANGES["the last word dropped"])
            model_moved = changed(model_moved, there, lambda text, last=last: f"{last} {text}")
            if not row_differences(row, model_moved):
                unseen.append((row.stt, here))
    assert unseen == []


def test_lists_inside_a_cell_keep_a_line_for_each_bullet(models: list[Model]) -> None:
    by_number = {model["model"]: model for model in models}
    online_exam = by_number["21"]["steps"][2]["text"].split("\n")
    school_systems = by_number["31"]["steps"][0]["text"].split("\n")
    data_platform = by_number["25"]["equipment"].split("\n")
    assert [line[:2] == "- " for line in online_exam] == [False, True, True]
    assert [line[:2] == "- " for line in school_systems] == [False, True, True]
    assert [line[:2] == "- " for line in data_platform] == [True, True]
    several_lines = [place for m in models for place in text_places(m) if "\n" in text_at(m, place)]
    assert several_lines == [("steps", 2, "text"), ("equipment",), ("steps", 0, "text")]


def text_at(model: Model, place: Place) -> str:
    value: Any = model
    for key in place:
        value = value[key]
    return value


def test_texts_carry_no_markup_and_no_stray_white_space(models: list[Model]) -> None:
    for model in models:
        for place in text_places(model):
            value = text_at(model, place)
            assert not re.search(r"[<>]", value)
            assert "\n".join(" ".join(line.split()) for line in value.split("\n")) == value


# The shape of the plan --------------------------------------------------------------------------


def test_the_plan_is_described_as_the_document_says(document: dict[str, Any]) -> None:
    assert list(document) == ["plan", "agencies", "models"]
    assert document["plan"] == {
        "code": "HONQUAN",
        "title": "Phụ lục I – Mô hình triển khai được ngay",
        "place": "huyện Hớn Quản, tỉnh Bình Phước",
        "declared_models": "23",
        "timezone": "Asia/Ho_Chi_Minh",
        "due_soon_days": "7",
        "programme": "Đề án 06",
        "issuer": ["UBND huyện Hớn Quản", "Tổ công tác triển khai Đề án 06"],
        "locality": "Hớn Quản",
    }


def test_models_have_their_keys_in_one_order(models: list[Model]) -> None:
    for model in models:
        assert list(model) == [key for key in MODEL_KEYS if key in model]
        assert set(MODEL_KEYS) - set(model) <= OPTIONAL_MODEL_KEYS
        assert list(model["source"]) == SOURCE_KEYS
        assert model["companies"] == []


def test_each_model_number_is_used_once(models: list[Model]) -> None:
    assert [int(model["model"]) for model in models] == [
        1, 6, 8, 9, 10, 11, 12, 16, 20, 21, 23, 24, 25, 26, 27, 28, 29, 31, 35, 37, 38, 39, 40, 43,
    ]  # fmt: skip


def test_there_are_82_steps_numbered_from_1_in_every_model(models: list[Model]) -> None:
    assert [len(model["steps"]) for model in models] == STEPS_BY_ROW
    assert sum(STEPS_BY_ROW) == 82
    for model in models:
        numbers = [step["step"] for step in model["steps"]]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_no_progress_extension_or_step_deadline_is_invented(models: list[Model]) -> None:
    assert not any("extensions" in model for model in models)
    for _, step in steps_of(models):
        assert list(step) == [key for key in STEP_KEYS if key in step]


def test_five_models_are_kept_up_after_their_deadline(models: list[Model]) -> None:
    assert {model["model"]: model["ongoing"] for model in models if "ongoing" in model} == {
        "26": "thường xuyên",
        "27": "thường xuyên",
        "28": "liên tục",
        "29": "liên tục",
        "43": "liên tục",
    }


def test_open_questions_are_texts_and_never_left_empty(models: list[Model]) -> None:
    assert all(model["review"].strip() for model in models if "review" in model)


# Agencies and roles -----------------------------------------------------------------------------


def test_the_agencies_are_those_of_the_register_in_its_order(
    agencies: list[dict[str, Any]],
) -> None:
    kept = [
        (agency["code"], agency["name"], agency["name_en"], agency["level"]) for agency in agencies
    ]
    printed = [
        (line["code"], line["name_vi"], line["name_en"], line["level"])
        for line in read_table("agencies.tsv")
    ]
    assert kept == printed
    assert len(kept) == 41


def test_agencies_have_their_keys_in_one_order_and_no_empty_alias_list(
    agencies: list[dict[str, Any]],
) -> None:
    for agency in agencies:
        assert list(agency) == [key for key in AGENCY_KEYS if key in agency]
        assert agency.get("aliases", ["some"])


def test_no_name_finds_two_agencies_and_no_alias_is_idle(agencies: list[dict[str, Any]]) -> None:
    keys = [folded(name) for agency in agencies for name in names_of(agency)]
    assert sorted(keys) == sorted(set(keys))
    assert all(keys)


def test_every_alias_of_the_register_still_finds_its_agency(
    agencies: list[dict[str, Any]],
) -> None:
    register = register_of(agencies)
    lost = [
        (line["code"], alias)
        for line in read_table("agencies.tsv")
        for alias in line["aliases"].split(" | ")
        if alias and register.get(folded(alias)) != line["code"]
    ]
    assert lost == []


def test_the_roles_are_those_of_the_worked_reading_in_printed_order(models: list[Model]) -> None:
    kept = [
        (m["stt"], m["model"], *(",".join(m[role]) for role in ("lead", "support", "implementers")))
        for m in models
    ]
    read = [
        (
            line["stt"],
            line["mo_hinh"],
            line["chu_tri_codes"],
            line["phoi_hop_codes"],
            line["luc_luong_codes"],
        )
        for line in read_table("assignments.tsv")
    ]
    assert kept == read
    assert sum(len(model["lead"]) for model in models) == 37


def test_the_worked_reading_quotes_the_printed_cells(rows: list[PrintedRow]) -> None:
    quoted = [
        (
            line["deadline_raw"],
            line["chu_tri_raw"],
            line["phoi_hop_raw"],
            line["luc_luong_raw"],
        )
        for line in read_table("assignments.tsv")
    ]
    assert quoted == [(row.deadline, row.lead, row.support, row.implementers) for row in rows]


@pytest.mark.parametrize("role", ["lead", "support", "implementers"])
def test_every_name_printed_in_a_role_column_finds_its_code(
    role: str, models: list[Model], agencies: list[dict[str, Any]]
) -> None:
    register = register_of(agencies)
    for model in models:
        codes, others = named_in(model["source"][role], register)
        assert codes == model[role], model["model"]
        assert " ".join(others) in ("", "chủ trì phối hợp"), model["model"]


def test_step_agencies_are_registered_and_named_once(
    models: list[Model], agencies: list[dict[str, Any]]
) -> None:
    registered = {agency["code"] for agency in agencies}
    for address, step in steps_of(models):
        codes = step.get("agencies", ["CAH"])
        assert codes, address
        assert set(codes) <= registered, address
        assert len(codes) == len(set(codes)), address


# Agencies that act in a step whose text names them in words which are no agency's name.
NAMED_IN_OTHER_WORDS = {
    "11.3": ["CSKCB"],  # các cơ sở y tế khám chữa bệnh
    "31.2": ["TRUONGHOC"],  # Các trường
    "35.3": ["TDA06X"],  # Tổ triển khai đề án các cấp
}

# Agencies that a step's text names without giving them anything to do in it: they receive a
# proposal or a request, are guided, surveyed or given accounts, or name a system or a kind of firm.
NAMED_WITHOUT_ACTING = {
    "1.2": ["UBNDH"],
    "1.3": ["UBNDH"],
    "1.4": ["UBNDH"],
    "6.1": ["CSKCB"],
    "9.1": ["CSLT"],
    "9.2": ["CSLT"],
    "10.1": ["CSLT"],
    "10.2": ["CSLT"],
    "12.1": ["DNVT"],
    "12.2": ["DNVT"],
    "16.1": ["CSKDDK"],
    "23.2": ["DN"],  # doanh nghiệp viễn thông
    "23.3": ["DN"],
    "24.1": ["CAT", "PC06"],
    "28.1": ["CBCCVC"],
    "43.1": ["CBCCVC"],
    "28.2": ["PC06"],
    "35.1": ["PC06", "C06"],
    "37.1": ["IOC"],
    "38.1": ["IOC"],
    "39.1": ["IOC"],
    "40.1": ["IOC"],
    "38.2": ["C06"],
    "43.2": ["PC06", "C06"],
}


def test_step_agencies_are_those_the_text_gives_work_in_order_of_mention(
    models: list[Model], agencies: list[dict[str, Any]]
) -> None:
    register = register_of(agencies)
    for address, step in steps_of(models):
        kept = step.get("agencies", [])
        other_words = NAMED_IN_OTHER_WORDS.get(address, [])
        idle = NAMED_WITHOUT_ACTING.get(address, [])
        named, _ = named_in(step["text"], register)
        assert set(other_words) <= set(kept), address
        assert [code for code in kept if code not in other_words] == [
            code for code in dict.fromkeys(named) if code not in idle
        ], address


def test_only_the_steps_of_models_20_and_38_name_the_district_labour_division(
    models: list[Model],
) -> None:
    naming = [
        address for address, step in steps_of(models) if "PLDTBXH" in step.get("agencies", [])
    ]
    assert naming == ["20.1", "38.1", "38.2"]
    assert not any(
        "PLDTBXH" in model[role] for model in models for role in ("lead", "support", "implementers")
    )


# The file as people keep it ---------------------------------------------------------------------


def test_the_file_is_tidy_utf_8(text: str) -> None:
    assert text.startswith("# yaml-language-server: $schema=models.schema.json\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert "\t" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert [line for line in text.split("\n") if line != line.rstrip()] == []


def test_a_blank_line_stands_between_models_and_top_blocks_and_nowhere_else(text: str) -> None:
    lines = text.split("\n")[:-1]
    after_blank = {lines[at + 1] for at, line in enumerate(lines) if not line}
    models = [line for line in lines if line.startswith("  - model: ")]
    assert set(models[1:]) <= after_blank
    assert models[0] not in after_blank
    others = after_blank - set(models)
    assert all(re.match(r"plan:|#", line) for line in others), others
    assert "\n\n\n" not in text


def test_lines_are_short_enough_to_read_in_a_diff(text: str) -> None:
    too_long = []
    list_indent: int | None = None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if list_indent is not None and indent <= list_indent:
            list_indent = None
        exempt = re.match(r"    aliases: |      (deadline|lead|support|implementers): ", line)
        # A bullet of a list inside a cell is one line, however long.
        if len(line) > 120 and not exempt and list_indent is None:
            too_long.append(line)
        if line.endswith(" |-"):
            list_indent = indent
    assert too_long == []


PLAIN_VALUES = {
    *("plan.code", "plan.declared_models", "plan.timezone", "plan.due_soon_days"),
    *("agencies.code", "agencies.level"),
    *("models.model", "models.stt", "models.deadline"),
    *("models.lead", "models.support", "models.implementers"),
    *("models.steps.step", "models.steps.agencies"),
}


def test_codes_dates_and_numbers_are_plain_and_texts_quoted_or_blocks(text: str) -> None:
    for path, value in scalars(yaml.compose(text)):
        if path in PLAIN_VALUES:
            assert value.style is None, (path, value.value)
        else:
            assert value.style in ('"', ">", "|"), (path, value.value)
    assert "\\" not in text, "an escape is hard to read"


def scalars(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Each scalar value with the keys above it, such as ``models.steps.text``."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, path)
    else:
        for key, value in node.value:
            yield from scalars(value, f"{path}.{key.value}".lstrip("."))


def test_no_key_is_written_twice(text: str) -> None:
    pending: list[yaml.Node] = [yaml.compose(text)]
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), node.start_mark
            pending += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
def test_a_typed_yaml_loader_reads_the_same_words_and_real_dates(
    text: str, models: list[Model]
) -> None:
    typed = yaml.load(text, Loader=yaml.CSafeLoader)["models"]
    assert all(type(model["deadline"]) is dt.date for model in typed)
    assert [as_text(model) for model in typed] == models


def as_text(value: Any) -> Any:
    """The value with every scalar turned back into the text that was written."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value)
