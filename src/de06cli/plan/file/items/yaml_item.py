"""Records as the text of a data file: a mapping on lines of its own, or on one line.

``draft`` writes whole files with it and ``add`` one item; the same values give the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from de06cli.plan.fields import FieldKind, fields
from de06cli.plan.periods import Period
from de06cli.plan.records import Plan

WIDTH: Final = 106  # characters of a line
LONGEST: Final = 100  # of a text that stays in quotes on its key's line
_PLAIN: Final = re.compile(
    r"[0-9]+(\.[0-9]+)?(/[0-9]+)?|(?=[0-9]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_/-]*"
    r"|[0-9]{4}(-([0-9]{2}(-[0-9]{2})?|W[0-9]{2}|[QH][0-9]))?"
)
_WORDS_OF_YAML: Final = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
# What must not stand in a file as it is, and the separators of lines.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BLOCKS: Final = {"steps", "targets"}  # lists of records, each on lines of its own
_LISTED: Final = {"organisation"}  # lists of texts, each from a line of its own on
_UNFOLDED: Final = {"source", "extra"}  # mappings, each key on a line of its own
# The keys of each list's records, as they read best.
ORDER: Final = {
    "models": (
        "model", "progress", "stopped", "stt", "group", "title", "basis", "organisation", "outcome",
        "assigned", "start", "deadline", "ongoing", "undated", "extensions", "recurs", "periods",
        "equipment", "output", "lead", "handovers", "support", "implementers", "companies", "extra",
        "source", "review", "targets", "steps",
    ),
    "steps": ("step", "progress", "text", "agencies", "due"),
    "targets": ("target", "name", "unit", "goal", "values"),
    "agencies": ("code", "name", "short", "name_en", "level", "aliases", "email", "ended", "members"),
    "groups": ("code", "title"),
}  # fmt: skip

Values = Mapping[str, object]  # of a record by the plan's keys, in their order


class Placing(NamedTuple):
    """How far in things stand: the dash of an item, its keys behind the dash, and the dash of a list in it
    behind the key of the list."""

    dash: int = 2
    keys: int = 2
    listed: int = 2

    @property
    def indent(self) -> int:
        """How far in the keys of an item stand."""
        return self.dash + self.keys

    @property
    def within(self) -> Placing:
        """The layout of a list under a key of an item."""
        return self._replace(dash=self.indent + self.listed)


# Values ------------------------------------------------------------------------------------------


def values_of(record: Any, order: Sequence[str] = ()) -> dict[str, object]:
    """The values of a record by the plan's keys, those of ``order`` in it; what says nothing is left out."""
    declared = {field.key: field for field in fields(record.__class__).values()}
    found: dict[str, object] = {}
    for key in [*order, *(key for key in declared if key not in order)]:
        field = declared[key]
        value = getattr(record, field.name)
        if value is None or (value == () and field.written != "any list"):
            continue
        found[key] = _plain_value(value, key, field.kind)
    return found


def _plain_value(value: Any, key: str, kind: FieldKind) -> object:
    if kind is FieldKind.RECORD:
        return values_of(value)
    if kind is FieldKind.RECORDS:
        return [values_of(each, ORDER.get(key, ())) for each in value]
    if kind is FieldKind.PAIRS:
        if len(value) == 1 and value[0][0] is None:  # one goal, due with the model
            return value[0][1]
        return {str(name): text for name, text in value}
    return list(value) if kind is FieldKind.TEXTS else value


# Lines -------------------------------------------------------------------------------------------


def item(values: Values, layout: Placing) -> list[str]:
    """A mapping as an item of a list, its lines without their ends."""
    lines = list(lines_of(values, layout.indent, layout))
    behind = " " * (layout.keys - 1)
    lines[0] = f"{' ' * layout.dash}-{behind}{lines[0][layout.indent :]}"
    return lines


def lines_of(values: Values, indent: int, layout: Placing) -> Iterator[str]:
    """The lines of a mapping whose keys stand ``indent`` spaces in."""
    for key, value in values.items():
        first, *more = entry(key, value, indent, layout)
        yield f"{' ' * indent}{key}:{first}"
        yield from more


def entry(key: str, value: object, indent: int, layout: Placing) -> list[str]:
    """What stands behind the colon of a key that stands ``indent`` spaces in, then the lines below it."""
    within = layout._replace(dash=indent + layout.listed)
    if isinstance(value, list) and value and key in _BLOCKS:
        return ["", *(line for each in value for line in item(each, within))]
    if isinstance(value, list) and value and key == "review":
        return _paragraphs([" ".join(each.split()) for each in value], indent + 2)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        begin = f"{' ' * within.dash}-{' ' * (layout.keys - 1)}"
        return ["", *(f"{begin}{flow(each)}" for each in value)]
    if isinstance(value, list) and value and key in _LISTED:
        return ["", *(line for each in value for line in _listed_text(each, within))]
    if isinstance(value, Mapping) and key in _UNFOLDED:
        return ["", *_unfolded(key, value, indent + layout.keys)]
    if isinstance(value, str) and key in prose_keys():
        return text_entry(value, indent + 2)
    return [f" {flow(value, prose=key in prose_keys())}"]


def _paragraphs(texts: Sequence[str], indent: int) -> list[str]:
    """Texts that are one: each from a line of its own on."""
    if len(texts) == 1 and _fits_in_quotes(texts[0]):
        return text_entry(texts[0], indent)
    return [" >-", *(line for each in texts for line in folded(each, indent))]


def _listed_text(text: str, within: Placing) -> Iterator[str]:
    first, *more = text_entry(text, within.indent)
    yield f"{' ' * within.dash}-{first}"
    yield from more


def _unfolded(key: str, values: Values, indent: int) -> Iterator[str]:
    for name, text in values.items():
        label = name if key == "source" else quoted(name)
        first, *more = text_entry(str(text), indent + 2)
        yield f"{' ' * indent}{label}:{first}"
        yield from more


@cache
def prose_keys() -> frozenset[str]:
    """The keys of the file that hold sentences or names wherever they stand, which are always quoted."""
    said = dict[str, bool]()
    for key, prose in _declared(Plan):
        said[key] = said.get(key, True) and prose
    return frozenset(key for key, prose in said.items() if prose)


def _declared(record: Any) -> Iterator[tuple[str, bool]]:
    """The keys of a class of records and of those in it, and whether each holds prose there."""
    for field in fields(record).values():
        yield field.key, field.prose
        if field.record:
            yield from _declared(field.record)


def text_entry(text: str, indent: int) -> list[str]:
    """A text behind its key: in quotes, folded where it is long, line by line where it has lines.

    The lines below stand ``indent`` spaces in. What a block would change is quoted, however long.
    """
    lines = text.split("\n")
    if _ESCAPED.search(text) or any(line != line.strip() or not line for line in lines):
        return [f" {quoted(text)}"]
    if len(lines) > 1:
        return [" |-", *(f"{' ' * indent}{line}" for line in lines)]
    if _fits_in_quotes(text) or text != " ".join(text.split()):
        return [f" {quoted(text)}"]
    return [" >-", *folded(text, indent)]


def folded(text: str, indent: int) -> list[str]:
    """The words of a text on lines that stand ``indent`` spaces in."""
    return [f"{' ' * indent}{line}" for line in wrapped(text, WIDTH - indent)]


def _fits_in_quotes(text: str) -> bool:
    """Whether a text stays on its key's line: it is short, and nothing in it has to be escaped."""
    return len(text) <= LONGEST and '"' not in text and "\\" not in text


def wrapped(text: str, width: int) -> Iterator[str]:
    """The words of a text on lines; a word that is longer than a line has one of its own."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


# One line ----------------------------------------------------------------------------------------


def flow(value: object, *, prose: bool = False, json_style: bool = False) -> str:
    """A value on one line; ``prose`` quotes its texts, ``json_style`` its keys and all but its numbers."""
    if isinstance(value, Mapping):
        pairs = [
            f"{quoted(key) if json_style else _key(key)}: "
            + flow(each, prose=key in prose_keys(), json_style=json_style)
            for key, each in value.items()
        ]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(each, prose=prose, json_style=json_style) for each in value)}]"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Period | date):
        return scalar(value, quote=json_style)
    return scalar(str(value), quote=prose or json_style)


def _key(key: str) -> str:
    """A key of a mapping on one line: the plan's own, a period, or a heading of the document."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else quoted(key)


def scalar(value: str | date | Period, *, quote: bool) -> str:
    """A day, a period, a code or a text; in quotes where ``quote`` asks for it, or where it needs them."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    like_number = re.fullmatch(r"[0-9]+[eE][0-9]+", text)
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML and not like_number
    return text if plain and not quote else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes: JSON's escapes are YAML's."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
