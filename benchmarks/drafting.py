"""How right `de06 draft` reads the shipped plan's own appendix: as text, docx and xlsx, with and without
the register.

A second table is of annexes in other forms (unseen_annexes.py): how many rows are right, and how many are
wrong without a question.

Run it: .venv/bin/python benchmarks/drafting.py. It prints a row a document, and exits with 1 where a goal
of the last column is missed.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl
import unseen_annexes
import yaml

from de06cli.drafting.meaning.names import NameReader
from de06cli.plan.file.reader import read

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "data" / "models.yaml"
SOURCE = ROOT / "tests" / "data" / "source"
ROLES = {"lead": "chu_tri", "support": "phoi_hop", "implementers": "luc_luong"}
PRINTED = ("deadline", *ROLES)
GOALS = {"models": 24, "steps": 82, "deadlines": 24, "cells": 96, "roles": 72, "silent": 0}


class Right(NamedTuple):
    """How much of a draft is right; ``silent`` are tasks with a fault and no question about it."""

    models: int
    steps: int
    deadlines: int
    cells: int
    roles: int
    silent: int


def pasted_rows() -> list[list[str]]:
    """The rows of the appendix with its two rows of headings, page breaks joined."""
    rows: list[list[str]] = []
    for line in (SOURCE / "phu-luc-1.txt").read_text("utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) < 2 or (len(rows) > 1 and (cells[0] == "STT" or cells[5] == "Chủ trì")):
            continue
        if cells[0].strip() or len(rows) < 2:
            rows.append(cells)
        else:
            rows[-1] = [
                f"{begun} {rest}".strip() for begun, rest in zip(rows[-1], cells, strict=True)
            ]
    return rows


def plain(text: str) -> str:
    from de06cli.drafting.reading.markup import without_tags  # noqa: PLC0415

    return "\n".join(
        " ".join(line.split()) for line in without_tags(text).split("\n") if line.strip()
    )


def as_docx(rows: list[list[str]], path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC I")
    document.add_paragraph("Mô hình triển khai được ngay: 23 mô hình.")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = plain(text)
    table.cell(0, 5).merge(table.cell(0, 7)).text = "Phân công thực hiện"
    for column in (0, 1, 2, 3, 4, 8):
        heading = plain(rows[0][column])
        table.cell(0, column).merge(table.cell(1, column)).text = heading
    document.save(str(path))


def as_xlsx(rows: list[list[str]], path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PHỤ LỤC I"])
    sheet.append(["Mô hình triển khai được ngay: 23 mô hình."])
    for cells in rows:
        sheet.append([plain(text) for text in cells])
    sheet.merge_cells("F3:H3")
    for column in "ABCDEI":
        sheet.merge_cells(f"{column}3:{column}4")
    book.save(path)


def measured(draft: dict[str, Any]) -> Right:
    """The draft against the shipped plan and the worked reading of its columns."""
    shipped = yaml.load(PLAN.read_text("utf-8"), Loader=yaml.BaseLoader)
    lines = (SOURCE / "assignments.tsv").read_text("utf-8").splitlines()
    worked = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    meant = NameReader(read(PLAN.read_bytes()).plan.agencies)
    names = {each["code"]: each["name"] for each in draft["agencies"]}

    def code(own: str) -> str:
        known = meant.known(own) or meant.known(names.get(own, ""))
        return known.code if known else own

    found = {model["model"]: model for model in draft["models"]}
    counts = dict.fromkeys(Right._fields, 0)
    for model, printed in zip(shipped["models"], worked, strict=True):
        made = found.get(model["model"], {})
        right = {
            "models": _same(made, model, ("model", "stt", "title", "outcome", "organisation")),
            "steps": sum(_steps(made, model)),
            "deadlines": _same(made, model, ("deadline", "ongoing")),
            "cells": sum(
                _words(made.get("source", {}).get(key)) == _words(model["source"][key])
                for key in PRINTED
            ),
            "roles": sum(
                [*map(code, made.get(role, ()))] == printed[f"{column}_codes"].split(",")
                for role, column in ROLES.items()
            ),
        }
        whole = {"models": 1, "steps": len(model["steps"]), "deadlines": 1, "cells": 4, "roles": 3}
        counts["silent"] += right != whole and not made.get("review")
        for key, value in right.items():
            counts[key] += value
    return Right(**counts)


def _same(made: dict[str, Any], model: dict[str, Any], keys: tuple[str, ...]) -> bool:
    return all(_words(made.get(key)) == _words(model.get(key)) for key in keys)


def _steps(made: dict[str, Any], model: dict[str, Any]) -> Iterator[bool]:
    steps = {step["step"]: step["text"] for step in made.get("steps", ())}
    return (_words(steps.get(step["step"])) == _words(step["text"]) for step in model["steps"])


def _words(value: object) -> object:
    if isinstance(value, list):
        return [_words(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def drafted(path: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "de06cli", "draft", str(path), "-o", "-", *options]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return yaml.load(answer.stdout, Loader=yaml.BaseLoader)


# Annexes of other forms ---------------------------------------------------------------------------


def unseen(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Of each form its name, its rows, those that are read right, and the silent errors."""
    for shift, (name, write) in enumerate(unseen_annexes.FORMS.items()):
        rows = unseen_annexes.rows(shift)
        if write is unseen_annexes.broken:
            rows = unseen_annexes.in_pairs(rows)
        write(folder / name, rows)
        draft = drafted(folder / name)
        found = {_words(model["title"]): model for model in draft["models"]}
        named = {each["code"]: each["name"] for each in draft["agencies"]}
        groups = {each["code"]: each["title"] for each in draft.get("groups", ())}
        right = silent = 0
        for row in rows:
            made = found.get(_words(row.title))
            is_right = made is not None and _is_right(row, made, named, groups)
            asked = made is not None and "review" in made
            right += is_right
            silent += not asked and (not is_right or row.time is None)
        yield name, len(rows), right, silent + max(0, len(draft["models"]) - len(rows))


def _is_right(
    row: unseen_annexes.Row, made: dict[str, Any], named: dict[str, str], groups: dict[str, str]
) -> bool:
    lead = tuple(named[code].casefold() for code in made["lead"])
    group = groups.get(made.get("group", ""), "" if groups else row.group).casefold()
    return (
        row.time in {None, _time(made)}
        and lead == tuple(name.casefold() for name in row.lead)
        and made.get("output") == row.output
        and group.endswith(row.group.casefold())
    )


def _time(made: dict[str, Any]) -> str:
    if "recurs" in made:
        return f"every {made['recurs']['every']}"
    kind = next(key for key in ("deadline", "ongoing", "undated") if key in made)
    return made["deadline"] if kind == "deadline" else kind


def main() -> int:
    rows = pasted_rows()
    missed = False
    print(f"{'':24}" + "".join(f"{key:>11}" for key in GOALS))
    with tempfile.TemporaryDirectory() as folder:
        word, sheet = Path(folder, "phu-luc.docx"), Path(folder, "phu-luc.xlsx")
        as_docx(rows, word)
        as_xlsx(rows, sheet)
        for path in (SOURCE / "phu-luc-1.txt", word, sheet):
            for options in (("--register", str(PLAN)), ()):
                right = measured(drafted(path, *options))
                named = f"{path.suffix[1:]}, {'register' if options else 'no register'}"
                print(f"{named:24}" + "".join(f"{value:>11}" for value in right))
                missed |= right._asdict() != GOALS
        print(f"{'goal':24}" + "".join(f"{value:>11}" for value in GOALS.values()))
        print(f"\n{'':24}{'rows':>11}{'right':>11}{'silent':>11}")
        for name, rows_of, right_ones, silent in unseen(Path(folder)):
            print(f"{name:24}{rows_of:>11}{right_ones:>11}{silent:>11}")
            missed |= silent > 0
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
