"""The lines of a model in a file whose plan is known, found without reading the rest of the file.

They go from the dash of the model to the next dash that stands as far in, or to the end of the list under
``models:``. They count only where the file has as many such dashes as the plan has models, and where they
say, read by themselves, what the plan says of the model. A text in quotes may still look like that: an edit
made in such lines does not stand the proof.
"""

from __future__ import annotations

import re

from de06cli.errors import ChangeRefused
from de06cli.named_tuples import NamedTuple
from de06cli.plan.file.document import Document, parse
from de06cli.plan.records import Model, Plan
from de06cli.plan.validation.fitting import fitted

HEAD = b"models:\n"

_LIST = re.compile(rb"\nmodels:[ \t]*(?:#[^\n]*)?(?=\r?\n)")
_NEXT_KEY = re.compile(rb"\n[^ \t\r\n#-]")
_DASH = rb"-(?=[ \t\r\n])"
_FIRST_DASH = re.compile(rb"\n( *)" + _DASH)


class Lines(NamedTuple):
    """The bytes of a file from ``start`` to ``end``, and the document that they are behind ``HEAD``."""

    start: int
    end: int
    document: Document


class ModelLines:
    """Where the models of ``plan`` stand in ``data``, which is known to say this plan."""

    def __init__(self, data: bytes, plan: Plan) -> None:
        self._data = data
        self._models = plan.models
        self._starts = _starts(data)

    def of(self, index: int) -> Lines:
        """The lines of the model at ``index``, counted from 0. Raises ChangeRefused, without a reason, where
        they are not certain."""
        if len(self._starts) != len(self._models) + 1:
            raise ChangeRefused
        start, end = self._starts[index : index + 2]
        lines = self._data[start:end]
        document = parse(HEAD + lines, edit=True)
        # One line without an end does not show which line ends the file has.
        if b"\n" not in lines or _only_model(document) != self._models[index]:
            raise ChangeRefused
        return Lines(start, end, document)


def _starts(data: bytes) -> list[int]:
    """Where items of the list of models seem to begin, and where the list ends; empty for none."""
    listed = _LIST.search(data)
    first = listed and _FIRST_DASH.search(data, listed.end())
    if not (listed and first):
        return []
    behind = _NEXT_KEY.search(data, listed.end())
    end = behind.start() + 1 if behind else len(data)
    dashes = re.compile(rb"\n" + first[1] + _DASH).finditer(data, listed.end(), end)
    return [*(dash.start() + 1 for dash in dashes), end]


def _only_model(document: Document) -> Model | None:
    """The model in a document that holds it alone."""
    match document.value:
        case {"models": [values], **others} if not (others or document.findings):
            return fitted(Model, values)
    return None
