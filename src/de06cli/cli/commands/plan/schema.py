"""The JSON Schema of a data file: ``schema``."""

from __future__ import annotations

import json

from de06cli.cli import output
from de06cli.cli.options import Common, grouped
from de06cli.plan import schema


@grouped
def run(common: Common) -> None:  # noqa: ARG001 - every command takes these
    output.write(
        json.dumps(schema.json_schema(), ensure_ascii=not output.is_utf8(), indent=2) + "\n"
    )
