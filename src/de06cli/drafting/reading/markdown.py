"""The pipe tables of a Markdown file."""

from __future__ import annotations

import re

from de06cli.drafting.reading.markup import without_tags
from de06cli.drafting.reading.source_tables import SourceDocument, SourceTable, lines, of_texts

_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_STRESS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")


def read(text: str) -> SourceDocument:
    tables: list[SourceTable] = []
    before: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    listed = text.split("\n")
    for number, line in enumerate([*listed, ""], start=1):
        if _is_row(line, bool(rows), listed[number] if number < len(listed) else ""):
            if not _RULE.match(line):
                rows.append((number, _cells(line)))
        else:
            if rows:
                tables.append(_table(rows, before, len(tables) + 1))
                before, rows = [], []
            if line.strip():
                before.append(_plain(line.strip().lstrip("#> ").strip()))
    return SourceDocument(tables, tuple(before))


def _is_row(line: str, inside: bool, following: str) -> bool:
    if "|" not in line:
        return False
    return (
        inside or line.lstrip().startswith("|") or bool("|" in following and _RULE.match(following))
    )


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [_plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(text: str) -> str:
    bare = without_tags(text)
    while (new := _STRESS.sub(r"\2", bare)) != bare:
        bare = new
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", bare)


def _table(rows: list[tuple[int, list[str]]], before: list[str], n: int) -> SourceTable:
    numbers = [number for number, _cells_ in rows]
    cells = of_texts(
        (texts for _number, texts in rows),
        lambda row, column: f"dòng {numbers[row]}, cột {column + 1}",
    )
    heads = tuple(lines(text) for text in before if lines(text))
    return SourceTable(f"bảng {n}", cells, heads)
