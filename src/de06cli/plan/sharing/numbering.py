"""Steps under names of their own while texts are joined by lines, whatever number each side gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from de06cli.plan.declaring import Label
from de06cli.plan.file import reader
from de06cli.plan.file.nodes import Mapping
from de06cli.plan.sharing.agreeing import Numbers

_SIGN = "\x01"  # no text of a plan has it


def named(versions: Sequence[str], numbers: dict[Label, list[Numbers]]) -> list[str]:
    """The base, ours and theirs with the name of each step, the same in all three, for its number."""
    return [
        _named(text, {model: [row[n] for row in rows] for model, rows in numbers.items()})
        for n, text in enumerate(versions)
    ]


def numbered(text: str, numbers: dict[Label, list[Numbers]]) -> str:
    """A joined text with the numbers that the joined plan has, for the names."""
    merged = [row[3] for rows in numbers.values() for row in rows]
    return re.sub(f"{_SIGN}([0-9]+){_SIGN}", lambda name: str(merged[int(name[1])]), text)


def _named(text: str, numbers: dict[Label, list[int | None]]) -> str:
    reading = reader.read(text.encode("utf-8"), edit=True)
    source = reading.document.source.text
    names = {
        place: n
        for n, place in enumerate((model, step) for model, rows in numbers.items() for step in rows)
        if place[1] is not None
    }
    spans: list[tuple[int, int, int]] = []
    for at, model in enumerate(reading.plan.models if reading.plan else ()):
        for i, step in enumerate(model.steps if model.model in numbers else ()):
            node = reading.document.part(("models", at, "steps", i))
            name = names.get((model.model, step.step))
            if isinstance(node, Mapping) and name is not None:
                value = node.entries["step"][1]
                spans.append((value.start, value.end, name))
    for start, end, name in reversed(spans):
        source = f"{source[:start]}{_SIGN}{name}{_SIGN}{source[end:]}"
    return source
