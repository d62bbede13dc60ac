"""How models, steps, printed rows and agencies are typed: 9, MH9, 9.2, stt:4, HONQUAN:9.2, HONQUAN:CAH.

What is written here is read here. ``plan`` is a plan's code, which stands before a colon where there are
several plans; None or "" where there is one.
"""

from __future__ import annotations

import re
import unicodedata

from de06cli.named_tuples import NamedTuple

_NUMBER = r"[0-9]{1,9}"
_LABEL = r"[0-9]+[^\W\d_](?:-[^\W_]+)*|[MDCLXVI]+(?:-[^\W_]+)*|[0-9]+(?:-[^\W_]+)+"
_ADDRESS = (
    r"(?:(?P<plan>(?!stt:).+?):)?"  # whatever a plan's code is made of
    rf"(?:stt:(?P<row>{_NUMBER}|\S*?)|(?:mh|mô hình|mo hinh)?\s*(?P<model>{_NUMBER}|{_LABEL}))"
    rf"(?:\.(?:(?P<step>{_NUMBER})|t(?P<target>{_NUMBER}))|@(?P<period>[0-9A-Za-z/-]+))?"
)


class Address(NamedTuple):
    """What a text asks for: a model by its ``number`` or, with ``row``, by its row in the printed table.

    With ``step`` a step of it, with ``target`` a target, with ``period`` a period as the file writes it.
    """

    plan: str | None
    number: int | str  # a text in small letters
    row: bool = False
    step: int | None = None
    target: int | None = None
    period: str | None = None


def parsed(text: str) -> Address | None:
    """The address in ``text``; None where it is none."""
    match = re.fullmatch(_ADDRESS, unicodedata.normalize("NFC", text.strip()), re.IGNORECASE)
    if match is None or match["row"] == "":
        return None
    step, target = match["step"], match["target"]
    return Address(
        match["plan"],
        _label(match["row"] or match["model"]),
        match["row"] is not None,
        None if step is None else int(step),
        None if target is None else int(target),
        match["period"],
    )


def _label(text: str) -> int | str:
    return int(text) if text.isdecimal() else text.casefold()


def written(plan: str | None, model: int | str, step: int | str | None = None) -> str:
    """A model or a step of it: 9, 9.2, HONQUAN:9.2."""
    return within(plan, f"{model}" if step is None else f"{model}.{step}")


def of_row(plan: str | None, row: int | str) -> str:
    """A row of the printed table: stt:4, HONQUAN:stt:4."""
    return within(plan, f"stt:{row}")


def of_period(plan: str | None, model: int | str, period: object) -> str:
    """A period of a recurring duty, as the file writes it: 13@2025-01, TANKHAI:13@2025-Q1."""
    return within(plan, f"{model}@{period}")


def of_target(plan: str | None, model: int | str, target: int) -> str:
    """A target of a model: 14.t1."""
    return within(plan, f"{model}.t{target}")


def within(plan: str | None, text: str) -> str:
    """A text that means something in a plan, an agency's code too, with the plan before it: HONQUAN:CAH."""
    return f"{plan}:{text}" if plan else text


def without_plan(text: str, plan: str) -> str | None:
    """What stands behind a plan's code and a colon; None where the text does not begin with them."""
    before, colon, behind = unicodedata.normalize("NFC", text).partition(":")
    same = before.strip().casefold() == unicodedata.normalize("NFC", plan).casefold()
    return behind if plan and colon and same else None
