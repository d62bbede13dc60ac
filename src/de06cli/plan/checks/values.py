"""Plain values of whatever shape, as YAML gave them, read as far as they are right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from de06cli.characters import bare_key
from de06cli.plan import periods
from de06cli.plan.agencies import nearest
from de06cli.plan.fields import fields
from de06cli.plan.periods import Period

Path = tuple[str | int, ...]
Values = dict[str, object]  # of a record
Placed = tuple[Path, Values]


def mapping(value: object) -> Values:
    """The value, if it is keys with values; else none."""
    return value if isinstance(value, dict) else {}


def items(value: object, path: Path) -> Iterator[Placed]:
    """The records of a list, each with its path."""
    for index, item in enumerate(value if isinstance(value, list) else []):
        yield (*path, index), mapping(item)


def lacks(values: Values, key: str, record: type[tuple[object, ...]]) -> bool:
    """Whether nothing stands under ``key``; one that is only misspelt is not missing as well. A key that
    ``record``, the class of what the values describe, has too is no misspelling."""
    if values.get(key) is not None:
        return False
    own = {field.key for field in fields(record).values()}
    unknown = [bare_key(other) for other in values.keys() - own]
    return key not in unknown and not (unknown and nearest(key, unknown, 1, 0.7))


def text(values: Values, key: str) -> str:
    """The text under ``key``; "" for anything else."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def period(values: Values, key: str) -> Period | None:
    """The period or day under ``key``; None for what is none."""
    try:
        return periods.parse(text(values, key))
    except ValueError:
        return None


def day(values: Values, key: str) -> date | None:
    """The day under ``key``; None for what is none."""
    found = period(values, key)
    return found.first if found and found.kind == "day" else None
