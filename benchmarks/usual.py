"""The usual way to read a plan, to compare with: PyYAML's fast loader, then pydantic's models.

    python benchmarks/usual.py FILE

prints how many models the file has. It reads the fields that the shipped plan has, and lets through what
de06 refuses.
"""

from __future__ import annotations

import sys
from datetime import date as Day  # noqa: N812 - a field is called date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Heading(Record):
    code: str
    title: str
    place: str | None = None
    programme: str | None = None
    locality: str | None = None
    issuer: str | list[str] | None = None
    declared_models: int | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    due_soon_days: int = 7


class Agency(Record):
    code: str
    name: str
    level: Literal["central", "province", "district", "commune", "enterprise", "group"] | None = (
        None
    )
    name_en: str | None = None
    short: str | None = None
    aliases: list[str] = []
    email: str | list[str] | None = None


class Progress(Record):
    status: Literal["doing", "done", "blocked", "skipped"]
    date: Day | None = None
    by: str | None = None
    evidence: str | None = None
    note: str | None = None


class Step(Record):
    step: int
    text: str
    progress: Progress | None = None
    agencies: list[str] = []
    due: Day | None = None


class Extension(Record):
    to: Day
    decided: Day
    document: str | None = None
    reason: str | None = None


class Source(Record):
    deadline: str | None = None
    lead: str | None = None
    support: str | None = None
    implementers: str | None = None


class Model(Record):
    model: int
    title: str
    deadline: Day | None
    lead: list[str]
    steps: list[Step]
    stt: int | None = None
    organisation: list[str] = []
    outcome: str | None = None
    extensions: list[Extension] = []
    ongoing: str | None = None
    equipment: str | None = None
    support: list[str] = []
    implementers: list[str] = []
    companies: list[str] = []
    source: Source | None = None
    review: str | None = None


class Plan(Record):
    plan: Heading
    agencies: list[Agency]
    models: list[Model]


def main() -> None:
    values = yaml.load(Path(sys.argv[1]).read_bytes(), yaml.CSafeLoader)
    print(len(Plan.model_validate(values).models))


if __name__ == "__main__":
    main()
