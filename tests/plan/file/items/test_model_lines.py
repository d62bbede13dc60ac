"""Marks in a file whose plan is known: made in the lines of their models, with the same bytes as ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
import support

from de06cli.errors import ChangeRefused
from de06cli.plan.file import edits
from de06cli.plan.file.edits import (
    Edit,
    SetEnded,
    SetExtensions,
    SetField,
    SetPart,
    SetProgress,
    edited,
)
from de06cli.plan.file.items.model_lines import HEAD, ModelLines
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Extension, Handover, Progress, Stop
from de06cli.plan.periods import Period
from de06cli.plan.records import Ended, Plan

SMALL = (support.ROOT / "tests" / "data" / "small.yaml").read_text("utf-8")
SHIPPED = support.MODELS_FILE.read_text("utf-8")
BOM = "\ufeff"
DONE = Progress("done", date(2023, 11, 20), note="Xong: “tốt”")


def plan_of(data: bytes) -> Plan:
    plan = read(data).plan
    assert plan is not None
    return plan


@pytest.fixture
def readings(monkeypatch) -> list[bytes]:
    """What was read whole by an edit, in this order."""
    found: list[bytes] = []

    def counted(data: bytes, **how: bool):
        found.append(data)
        return read(data, **how)

    monkeypatch.setattr(edits, "read", counted)
    return found


def outcome(data: bytes, edit: Edit, known: Plan | None = None) -> bytes | str:
    """What becomes of the file, or why nothing does."""
    try:
        return edited(data, [edit], known)
    except ChangeRefused as refused:
        return str(refused)


def deeper(text: str) -> str:
    """The models two characters further in."""
    head, listed, models = text.partition("\nmodels:\n")
    return head + listed + re.sub("(?m)^(?=.)", "  ", models)


def not_indented(text: str) -> str:
    """The dashes of the models below their key."""
    head, listed, models = text.partition("\nmodels:\n")
    return head + listed + re.sub("(?m)^  ", "", models)


def models_first(text: str) -> str:
    """The list of models before the other keys."""
    head, listed, models = text.partition("\nmodels:\n")
    return f"# Trước hết{listed}{models.rstrip()}\n# Cơ quan\n{head}\n"


def commented(text: str) -> str:
    """Comments that look like models, between models and within them."""
    lookalike = "#- model: 9\n  # - model: 7\n    #- model: 2\n\n"
    text = text.replace("\nmodels:\n", f"\nmodels:  # - model: 1\n{lookalike}")
    return re.sub(r"(?m)^(?=  - model: |      - step: )", lookalike, text)


def quoted(text: str) -> str:
    return re.sub(r"(?m)^( *(?:- )?)(model|step|title|lead):", r'\1"\2" :', text)


def dashes_alone(text: str) -> str:
    return re.sub(r"(?m)^  - model", "  -\n    model", text)


def with_texts_like_models(text: str) -> str:
    """Texts that look like models, as far out as a block lets them stand, at the end of each model."""
    block = "    basis: |\n     - model: 9\n     models:\n      - step: 2\n\n     - model: 2\n\n"
    head, *models = re.split("(?m)^(?=  - model: )", text)
    return head + "".join(model + block for model in models)


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: BOM + text,
    "bom and crlf": lambda text: BOM + text.replace("\n", "\r\n"),
    "no final newline": lambda text: text.rstrip("\n"),
    "empty lines at the end": lambda text: text + "\n \n\n",
    "a document between its marks": lambda text: f"---\n{text}...\n",
    "a comment at the end": lambda text: text + "# Hết\n",
    "further in": deeper,
    "not indented": not_indented,
    "models first": models_first,
    "comments": commented,
    "keys in quotes": quoted,
    "dashes alone": dashes_alone,
    "texts like models": with_texts_like_models,
    "mixed line ends": lambda text: re.sub(r"(?m)^(.*[aeiou])\n", "\\1\r\n", text),
    "spaces behind": lambda text: re.sub("(?m)(:|])$", r"\1   ", text),
}  # fmt: skip


@pytest.mark.parametrize("text", [SMALL, SHIPPED], ids=["small", "shipped"])
@pytest.mark.parametrize("form", FORMS)
def test_every_mark_in_every_form_is_the_same_and_reads_the_file_once(form, text, readings):
    data = FORMS[form](text).encode()
    plan = plan_of(data)
    for model in plan.models[:: max(1, len(plan.models) // 5)]:
        step = model.steps[-1]
        for wanted in (
            [SetProgress(model.model, step.step, None if step.progress else DONE)],
            [SetExtensions(model.model, model.extensions[:-1]), SetProgress(model.model, step.step, DONE)],
            [SetPart(model.model, "stopped", Stop(date(2024, 1, 5), "12/QĐ-UBND"))],
        ):  # fmt: skip
            written = edited(data, wanted, read(data, edit=True))
            del readings[:]
            assert edited(data, wanted, plan) == written
            assert readings == [written]


@pytest.mark.parametrize("form", FORMS)
def test_the_lines_of_the_models_are_the_list(form):
    data = FORMS[form](SMALL).encode()
    plan = plan_of(data)
    found = [ModelLines(data, plan).of(index) for index in range(len(plan.models))]
    for index, lines in enumerate(found):
        assert re.match(rb" *-[ \r\n]", data[lines.start :])
        assert lines.document.source.text.encode() == HEAD + data[lines.start : lines.end]
        if index:
            assert lines.start == found[index - 1].end


def test_marks_in_several_models_are_made_in_their_lines(readings):
    data = SMALL.encode()
    plan = plan_of(data)
    wanted = [
        SetProgress(model.model, step.step, DONE)
        for model in plan.models[::-1]
        for step in model.steps
    ]
    written = edited(data, wanted)
    del readings[:]
    assert edited(data, wanted, plan) == written
    assert readings == [written]


def test_a_list_under_lines_of_its_own_gets_their_line_end_and_not_that_of_the_next_model(readings):
    first = FIRST.replace("    lead: [CAH]\n", "") + "    lead:\n      - CAH\n"
    data = f"{HEADING}models:\n{first}".replace("\n", "\r\n") + SECOND
    handed = Handover(date(2024, 1, 5), ("CAH",), document="12/QĐ-UBND")
    edit = SetPart(1, "handovers", (handed,))
    written = edited(data.encode(), [edit])
    assert written.replace(b"\r\n", b"").count(b"\n") == SECOND.count("\n")
    del readings[:]
    assert edited(data.encode(), [edit], plan_of(data.encode())) == written
    assert readings == [written]


# What is read whole ----------------------------------------------------------------------------------

WIDER: dict[str, Edit] = {
    "an agency that ends": SetEnded("TTYT", Ended(date(2024, 6, 30))),
    "a field": SetField(7, "equipment", "02 bộ"),
}  # fmt: skip


@pytest.mark.parametrize("case", WIDER)
def test_an_edit_of_more_than_marks_reads_the_file_before(case, readings):
    data, edit = SMALL.encode(), WIDER[case]
    written = edited(data, [edit])
    del readings[:]
    assert edited(data, [edit], plan_of(data)) == written
    assert readings == [data, written]


HEADING = """\
plan: {code: HQ, title: Kế hoạch}
agencies:
  - {code: CAH, name: Công an huyện}
"""
FIRST = """\
  - model: 1
    title: "Cấp thẻ"
    deadline: 2023-12-30
    lead: [CAH]
    steps: [{step: 1, text: Mở lớp}]
"""
SECOND = FIRST.replace("model: 1", "model: 2").replace('"Cấp thẻ"', "Lưu trú")
PLAIN = f"{HEADING}models:\n{FIRST}{SECOND}"
IN_BRACES = "{model: 1, title: a, deadline: 2023-12-30, lead: [CAH], steps: [{step: 1, text: a}]}"
UNCERTAIN = {
    "the list in brackets": f"{HEADING}models: [\n  {IN_BRACES}\n  ]\n",
    "the list in brackets below its key": f"{HEADING}models:\n  [\n  {IN_BRACES}\n  ]\n",
    "the key in quotes": PLAIN.replace("models:", '"models":'),
    "a space before the colon": PLAIN.replace("models:", "models :"),
    "the models in the first line": f"models:\n{FIRST}{SECOND}{HEADING}",
    "a line without its end": f"{HEADING}models:\n  - {IN_BRACES}".replace("\n", "\r\n"),
    "one more model in a text": PLAIN.replace("Cấp thẻ", f"Cấp thẻ\n{SECOND}"),
    "a separator of lines before a model": PLAIN.replace("]\n  - model: 2", "]\u2028  - model: 2"),
    "all of it once more in a text": PLAIN.replace("models:", '"models":').replace(
        "title: Kế hoạch", f"title: 'Kế hoạch\n\nmodels:\n{FIRST}{SECOND}\n'"
    ),
    # From here on the list seems to end with the text, and to have as many models as the plan has.
    "a model of which the plan knows more in a text": PLAIN.replace(
        "Cấp thẻ", "Cấp thẻ\n  - model: 2\n    title: Lưu trú\nthế: thôi"
    ),
    "a model as the plan knows it in a text": PLAIN.replace(
        "Cấp thẻ", f"Cấp thẻ\n{SECOND}thế: thôi"
    ),
}


@pytest.mark.parametrize("case", UNCERTAIN)
def test_where_the_lines_are_not_certain_the_file_is_read_before(case, readings):
    data = UNCERTAIN[case].encode()
    plan = plan_of(data)
    later = Extension(Period("day", date(2024, 6, 30)), date(2023, 12, 25))
    for model in plan.models:
        for edit in (SetProgress(model.model, 1, DONE), SetExtensions(model.model, (later,))):
            expected = outcome(data, edit)
            usual = readings[:]
            del readings[:]
            assert outcome(data, edit, plan) == expected
            assert readings[-len(usual) :] == usual
            del readings[:]


def test_what_only_looks_like_the_model_is_known_by_the_proof(readings):
    data = UNCERTAIN["a model as the plan knows it in a text"].encode()
    plan = plan_of(data)
    assert ModelLines(data, plan).of(1)
    written = edited(data, [SetProgress(2, 1, Progress("doing"))], plan)
    wrongly, *others = readings
    assert plan_of(wrongly).models[0].title != plan.models[0].title
    assert others == [data, written]


@pytest.mark.parametrize("position", range(5))
def test_where_the_file_says_another_plan_than_is_known_it_is_read_before(position, readings):
    data = SMALL.encode()
    plan = plan_of(data)
    models = [*plan.models]
    models[position] = models[position]._replace(title="Một kế hoạch khác")
    known = plan._replace(models=tuple(models))
    edit = SetProgress(5, 1, None)
    written = edited(data, [edit])
    del readings[:]
    assert edited(data, [edit], known) == written
    assert readings[-2:] == [data, written]
