"""The JSON Schema of a data file: ``schema``."""

from __future__ import annotations

import json

from de06cli.cli import output
from de06cli.cli.commands.send import output_file
from de06cli.cli.commands.send.output_file import ForceOption, OutputOption
from de06cli.cli.options import Common
from de06cli.cli.parsing.declared import grouped
from de06cli.plan.validation.json_schema import json_schema


@grouped
def run(
    common: Common,  # noqa: ARG001 - every command takes these
    file: OutputOption = None,
    force: ForceOption = False,
) -> None:
    as_ascii = file is None and not output.is_utf8()
    text = json.dumps(json_schema(), ensure_ascii=as_ascii, indent=2) + "\n"
    output_file.answer(text, file, force=force)
