"""A draft has every task, time and name of its document, every word of its cells, and no error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import annexes
import pytest
import support
import yaml
from annexes import ANNEXES, ASKED, Annex, Row

from de06cli.drafting import yaml_text
from de06cli.drafting.meaning import layout
from de06cli.drafting.plan_draft import draft
from de06cli.drafting.reading import source_file
from de06cli.drafting.reading.source_tables import SourceTable
from de06cli.plan.agencies import fold
from de06cli.plan.file.reader import read
from de06cli.plan.records import Agency

SOURCE = support.ROOT / "tests" / "data" / "source" / "phu-luc-1.txt"
SAMPLES = sorted((support.ROOT / "tests" / "data" / "drafting").iterdir())
UNKNOWN = "CHUARO"


def drafted(path: Path, register: tuple[Agency, ...] = ()) -> str:
    made = draft(source_file.read(path), path.stem, register, {})
    assert made is not None
    return yaml_text.text(made)


def plain(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=yaml.BaseLoader)


def shipped() -> tuple[Agency, ...]:
    plan = read(support.MODELS_FILE.read_bytes()).plan
    assert plan
    return plan.agencies


def inputs(folder: Path) -> Iterator[Path]:
    yield SOURCE
    yield from SAMPLES
    for annex in ANNEXES:
        yield annex.build(folder / annex.name)


# What is read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.name)
def test_each_row_is_read_as_a_careful_reader_reads_it(annex: Annex, tmp_path: Path) -> None:
    plan = plain(drafted(annex.build(tmp_path / annex.name)))
    names = {agency["code"]: agency["name"] for agency in plan["agencies"]}

    def said(codes: list[str]) -> list[str]:
        return [fold(names[code]) for code in codes if code != UNKNOWN]

    read_rows = [
        (
            model["title"],
            ASKED if row.time == ASKED else time_of(model),
            row.start if row.time == ASKED else model.get("start", ""),
            said(model["lead"]),
            said(model.get("support", [])),
            len(model.get("steps", [])),
        )
        for model, row in zip(plan["models"], annex.rows, strict=True)
    ]
    assert read_rows == [expected(row) for row in annex.rows]


def expected(row: Row) -> tuple[object, ...]:
    leads, supports = ([fold(name) for name in listed] for listed in (row.leads, row.supports))
    return row.title, row.time, row.start, leads, supports, row.steps


def time_of(model: dict[str, Any]) -> str:
    if "recurs" in model:
        return f"every {model['recurs']['every']}"
    return model.get("deadline") or model.get("ongoing") or f"={model['undated']}"


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.name)
def test_what_cannot_be_read_is_a_question_and_what_can_is_none(
    annex: Annex, tmp_path: Path
) -> None:
    plan = plain(drafted(annex.build(tmp_path / annex.name)))
    rows = dict(enumerate(annex.rows))
    without = [
        row.title
        for at, row in rows.items()
        if (row.time == ASKED or not row.leads) and "review" not in plan["models"][at]
    ]
    assert without == []


def test_numbers_that_restart_are_made_unique(tmp_path: Path) -> None:
    def numbers(name: str) -> list[str]:
        annex = next(annex for annex in ANNEXES if annex.name == name)
        plan = plain(drafted(annex.build(tmp_path / name)))
        return [model["model"] for model in plan["models"]]

    assert numbers("hai-phu-luc.docx") == ["I-1", "I-2", "I-3", "II-1", "II-2", "II-3"]
    assert numbers("tinh.xlsx")[:3] == ["1-A-I", "2-A-I", "1-A-II"]
    resolution = numbers("nghi-quyet.docx")
    assert resolution[4:7] == ["5", "5a", "6"]
    assert resolution[11:15] == ["11", "11-1", "11-2", "12"]


def test_a_table_that_goes_on_with_the_numbers_is_no_group_of_its_own(tmp_path: Path) -> None:
    head = "<tr><th>STT</th><th>Nhiệm vụ</th><th>Thời hạn</th><th>Chủ trì</th></tr>"
    rows = [
        f"<tr><td>{n}</td><td>Việc số {n}</td><td>2025</td><td>Công an xã</td></tr>"
        for n in range(1, 5)
    ]
    page = tmp_path / "a.html"

    def drafted_of(first: list[str], second: list[str]) -> dict[str, Any]:
        tables = (f"<table>{head}{''.join(part)}</table>" for part in (first, second))
        page.write_text("<h1>PHỤ LỤC</h1>" + "".join(tables), "utf-8")
        return plain(drafted(page))

    assert "groups" not in drafted_of(rows[:2], rows[2:])
    assert len(drafted_of(rows[:2], rows[:2])["groups"]) == 2  # fmt: skip


def test_groups_are_those_of_the_document(tmp_path: Path) -> None:
    plan = plain(drafted(annexes.resolution(tmp_path / "a.docx")))
    assert [(group["code"], group["title"]) for group in plan["groups"]] == [
        ("I", "NÂNG CAO NHẬN THỨC, ĐỘT PHÁ VỀ ĐỔI MỚI TƯ DUY"),
        ("II", "HOÀN THIỆN THỂ CHẾ"),
        ("III", "ĐẦU TƯ, HOÀN THIỆN HẠ TẦNG"),
    ]
    assert [model["group"] for model in plan["models"]].count("III") == 11
    assert plan["plan"]["issued"] == "2025-04-01"


def test_a_column_that_no_key_has_is_kept_under_its_heading(tmp_path: Path) -> None:
    plan = plain(drafted(annexes.resolution(tmp_path / "a.docx")))
    assert plan["models"][3]["extra"] == {"Cấp trình": "Quốc hội"}
    assert plan["models"][3]["output"] == "Luật"


def test_what_a_document_leaves_open_is_said_in_its_own_words(tmp_path: Path) -> None:
    plan = plain(drafted(annexes.resolution(tmp_path / "a.docx")))
    without_time, without_lead = plan["models"][16], plan["models"][17]
    assert without_time["undated"] == "(văn bản không ghi)"
    assert without_lead["lead"] == [UNKNOWN]
    unknown = next(agency for agency in plan["agencies"] if agency["code"] == UNKNOWN)
    assert unknown["level"] == "group"


# The shipped plan ----------------------------------------------------------------------------------

TEXTS = ("model", "stt", "title", "organisation", "outcome", "deadline", "ongoing", "equipment",
         "lead", "support", "implementers", "source")  # fmt: skip


def test_the_appendix_gives_the_shipped_plan() -> None:
    made, known = plain(drafted(SOURCE, shipped())), plain(support.MODELS_TEXT)

    def read_of(model: dict[str, Any]) -> dict[str, Any]:
        steps = [joined(step["text"]) for step in model["steps"]]
        return {key: joined(model.get(key)) for key in TEXTS} | {"steps": steps}

    assert [read_of(model) for model in made["models"]] == [
        read_of(model) for model in known["models"]
    ]
    assert made["plan"]["declared_models"] == "23"
    assert "23" in made["models"][0]["review"]


def joined(value: object) -> object:
    if isinstance(value, list):
        return [joined(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def test_who_acts_in_a_step_is_never_another_than_a_person_read() -> None:
    made, known = plain(drafted(SOURCE, shipped())), plain(support.MODELS_TEXT)
    pairs = [
        (set(step.get("agencies", [])), set(read_by_hand.get("agencies", [])))
        for model, other in zip(made["models"], known["models"], strict=True)
        for step, read_by_hand in zip(model["steps"], other["steps"], strict=True)
    ]
    assert [pair for pair in pairs if not pair[0] <= pair[1]] == []
    assert sum(bool(codes) for codes, _others in pairs) > 40


def test_names_run_together_and_another_lead_in_the_text_are_questions() -> None:
    models = {model["model"]: model for model in plain(drafted(SOURCE, shipped()))["models"]}
    assert "chủ trì phối hợp" in models["40"]["review"]
    assert '"PC06" chủ trì' in models["20"]["review"]
    assert "thừa dấu cuối" in models["16"]["review"]


def test_a_name_that_the_register_does_not_know_is_a_new_agency_and_a_question() -> None:
    register = tuple(agency for agency in shipped() if agency.code != "PTP")
    plan = plain(drafted(SOURCE, register))
    model = next(model for model in plan["models"] if model["model"] == "8")
    assert model["lead"] == ["PTP"]
    assert '"PTP" chưa có trong danh sách đơn vị' in model["review"]
    assert "  - code: PTP  # đơn vị mới: cần xác nhận\n" in drafted(SOURCE, register)


# Nothing lost, nothing invented --------------------------------------------------------------------

MARKS = re.compile(
    r"Mô hình \d+ ?:|Bước \d+ ?:(?: :)?|Tổ chức thực hiện:|Hiệu quả:"
    r"|(?:^|(?<=\s))(?:[a-zđ]|\d{1,2})[.)](?=\s)|\(\d\)"
)


def cells(table: SourceTable) -> Iterator[str]:
    """The texts of a table's cells, each once; without its headings."""
    found = layout.find(table, {})
    rows = [row for row in table.rows if not (found and layout.repeats(found, row))]
    seen = dict.fromkeys(cell for row in rows for cell in row if cell.text)
    yield from (cell.text for cell in seen)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def held(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "review":  # holds a row that has no place of its own, all of it
                yield from re.findall(r'nhiệm vụ này in\s+"(.*?)"', each, re.DOTALL)
                continue
            yield from () if key == "steps" else held(each)
            if key == "steps":
                yield from (step["text"] for step in each)
            yield key
    elif isinstance(value, list):
        for each in value:
            yield from held(each)
    else:
        yield str(value)


def test_every_word_of_every_cell_is_found_again(tmp_path: Path) -> None:
    for path in inputs(tmp_path):
        text = drafted(path)
        plan = plain(text)
        comments = [line for line in text.split("\n") if line.startswith("#")]
        kept = sum((words(part) for part in [*held(plan), *comments]), Counter())
        for table in source_file.read(path).tables:
            for cell in cells(table):
                missing = [word for word in words(MARKS.sub(" ", cell)) if not kept[word]]
                assert [word for word in missing if not word.isdecimal()] == [], path.name


@pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.name)
def test_printed_cells_stand_whole_in_the_source(annex: Annex, tmp_path: Path) -> None:
    plan = plain(drafted(annex.build(tmp_path / annex.name)))
    kept = [
        (model.get("source", {}).get("lead", ""), model.get("source", {}).get("support", ""))
        for model in plan["models"]
    ]
    assert kept == [(row.lead, row.support) for row in annex.rows]
    times = [
        model.get("source", {}).get("deadline", "").split("\n")[-1] for model in plan["models"]
    ]
    assert times == [row.printed_time for row in annex.rows]


def test_a_draft_has_no_error_whatever_the_input(tmp_path: Path) -> None:
    for path in inputs(tmp_path):
        for register in ((), shipped()):
            found = read(drafted(path, register).encode()).errors
            assert [(path.name, each.message) for each in found] == []


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for path in inputs(tmp_path):
        assert drafted(path, shipped()) == drafted(path, shipped())


def test_folded_texts_are_no_wider_than_those_of_the_shipped_plan() -> None:
    folded = re.findall(r">-\n((?: +\S.*\n)+?)(?= *[a-z]+:| *- |\n|\Z)", drafted(SOURCE))
    widths = [len(line) for block in folded for line in block.split("\n")]
    assert len(widths) > 200
    assert max(widths) <= 106
