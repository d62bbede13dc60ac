"""Two people's changes of one plan put together: marks and lists in the plan's terms, the rest by lines.

What both sides changed is first agreed on as records (``agreeing``). Marks and lists are written into all
three versions as proven edits, so that these lines differ no longer; git's merge of lines then joins texts,
comments, models. Its outcome counts where it reads as exactly what was agreed, with the comments of both
sides; else people choose.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from de06cli.errors import ChangeRefused
from de06cli.plan.checks import conflicts
from de06cli.plan.checks.conflicts import Contradiction, Keep
from de06cli.plan.declaring import Label
from de06cli.plan.file import reader
from de06cli.plan.file.document import Document
from de06cli.plan.file.edits import Edit, SetExtensions, SetPart, applied, edited, inverse
from de06cli.plan.file.nodes import Mapping
from de06cli.plan.file.splicing import comments
from de06cli.plan.parts import Progress
from de06cli.plan.records import Model, Plan
from de06cli.plan.sharing import agreeing, both_added, lines, numbering
from de06cli.plan.sharing.agreeing import Agreed, Edits, Question
from de06cli.plan.sharing.pairing import Disagreement

# Joins three texts by lines, as git does: base, ours, theirs; with its markers where they contradict.
ByLines = Callable[[str, str, str], str]

_MARKER = "<<<<<<<"


class Choices(NamedTuple):
    """The answers to the questions of a merge: the progress of each step, and what stays of each place."""

    progress: Sequence[Progress | None] = ()
    places: Sequence[Keep] = ()


class Merged(NamedTuple):
    """The plan with what both sides changed; ``text`` is None where there are ``questions`` about steps, or
    ``places`` in which both changed the same lines, or where the two can't stand together.

    ``resolved`` gives the plan for the answers, None where it would not be valid; ``marked`` the plan with
    git's markers at everything that is open.
    """

    text: str | None
    questions: tuple[Question, ...]
    places: tuple[Contradiction, ...]
    resolved: Callable[[Choices], str | None]
    marked: Callable[[], str]


def merge(base: str, ours: str, theirs: str, by_lines: ByLines) -> Merged | None:
    """What comes of three versions of a plan; None where one of them is no valid plan."""
    plans = [_plan(text) for text in (base, ours, theirs)]
    if plans[0] is None or plans[1] is None or plans[2] is None:
        return None

    def by_words(*texts: str) -> str:
        return _by_words(by_lines, *texts)

    agreed = agreeing.agree(plans[0], plans[1], plans[2], by_words)
    added = both_added.additions(plans[0], plans[1], plans[2])
    versions = _with((base, ours, theirs), [(edit, edit, edit) for edit in added])
    merging = _Merging((versions[0], versions[1], versions[2]), agreed, by_lines)
    questions = agreed.questions
    # What lines contradict does not depend on the answers about steps.
    joined = merging.joined([one.ours for one in questions])
    places = tuple(conflicts.places(joined.text))
    text = joined.text if joined.is_proven and not questions else None
    return Merged(text, questions, places, merging.resolved, merging.marked)


class _Joined(NamedTuple):
    """A joined text; proven, it reads as what was agreed; else it may have markers."""

    text: str
    is_proven: bool


class _Merging:
    """Three versions of a plan on their way into one text."""

    def __init__(self, texts: tuple[str, str, str], agreed: Agreed, by_lines: ByLines) -> None:
        self.texts = texts
        self.agreed = agreed
        self.by_lines = by_lines

    def joined(self, progress: Sequence[Progress | None]) -> _Joined:
        """The text for these answers about steps."""
        questions = self.agreed.questions
        chosen = [one.answered(said) for one, said in zip(questions, progress, strict=True)]
        versions = _with(self.texts, [*self.agreed.edits, *chosen])
        wanted = self.agreed.answered(progress)
        plain = self.by_lines(*versions)
        if not (self.agreed.models or self.agreed.parts):
            for text in self._candidates(plain, *versions):
                if _MARKER not in text and self._is_as_agreed(text, wanted):
                    return _Joined(text, is_proven=True)
        return _Joined(self._shown(plain, versions, wanted, self.agreed.models), is_proven=False)

    def resolved(self, choices: Choices) -> str | None:
        joined = self.joined(choices.progress)
        if joined.is_proven:
            return joined.text
        if len(conflicts.places(joined.text)) != len(choices.places) or not choices.places:
            return None
        text = conflicts.settled(joined.text, choices.places)
        plan, wanted = _plan(text), self.agreed.answered(choices.progress)
        if plan is None or not _keeps(plan, wanted, self._chosen(joined.text)):
            return None
        return text

    def marked(self) -> str:
        versions = _with(self.texts, self.agreed.edits)
        wanted = self.agreed.plan
        asked = {one.model for one in self.agreed.questions}
        plain = self.by_lines(*versions)
        shown = self._shown(plain, versions, wanted, self.agreed.models | asked)
        return shown if _MARKER in shown else self.by_lines("", versions[1], versions[2])

    def _candidates(self, plain: str, *versions: str) -> Iterator[str]:
        """Joined texts, of which one may be what was agreed: git's own; then, the steps known by names
        that no renumbering changes, git's again, and with changes of neighbouring lines."""
        yield plain
        base, ours, theirs = numbering.named(versions, self.agreed.numbers)
        yield numbering.numbered(self.by_lines(base, ours, theirs), self.agreed.numbers)
        if not self.agreed.worded:
            for one, other in ((ours, theirs), (theirs, ours)):
                text = lines.joined(base, one, other)
                if text is not None:
                    yield numbering.numbered(text, self.agreed.numbers)

    def _is_as_agreed(self, text: str, wanted: Plan) -> bool:
        return _plan(text) == wanted and _has_comments(text, *self.texts)

    def _shown(
        self, plain: str, versions: Sequence[str], wanted: Plan, models: frozenset[Label]
    ) -> str:
        """The text in which each open model has markers: one that git joined without is shown with all
        that differs in it."""
        found = _plan(plain) if _MARKER not in plain else None
        unexpected = _other(found, wanted).models if found else frozenset()
        quiet = (models | unexpected) - self._chosen(plain).models
        if not quiet:
            return plain
        return self.by_lines(_without(versions[0], quiet), versions[1], versions[2])

    def _chosen(self, text: str) -> _Differing:
        """What in the plan depends on the choices at the places of a text."""
        n = len(conflicts.places(text))
        sides = [_plan(conflicts.settled(text, [keep] * n)) for keep in (Keep.OURS, Keep.THEIRS)]
        if not n:
            return _Differing(frozenset(), frozenset(), known=True)
        if sides[0] is None or sides[1] is None:
            return _Differing(frozenset(), frozenset(), known=False)
        return _other(sides[0], sides[1])


class _Differing(NamedTuple):
    """The models and the fields of the plan in which two plans differ; ``known`` where that is known."""

    models: frozenset[Label]
    parts: frozenset[str]
    known: bool


def _other(one: Plan, other: Plan) -> _Differing:
    here = {model.model: model for model in one.models}
    there = {model.model: model for model in other.models}
    models = {name for name in {*here, *there} if here.get(name) != there.get(name)}
    parts = {
        name
        for name in Plan._fields
        if name != "models" and getattr(one, name) != getattr(other, name)
    }
    return _Differing(frozenset(models), frozenset(parts), known=True)


def _keeps(plan: Plan, wanted: Plan, chosen: _Differing) -> bool:
    """Whether a plan is as agreed wherever nobody chose, and has the agreed marks where somebody did."""
    found = _other(plan, wanted)
    if chosen.known and not (found.models <= chosen.models and found.parts <= chosen.parts):
        return False
    here = {model.model: model for model in plan.models}
    return all(
        _has_marks(here[model.model], model) for model in wanted.models if model.model in here
    )


def _has_marks(model: Model, wanted: Model) -> bool:
    """Whether each step that both have, known by its text, has the same progress."""
    if not (model.steps or wanted.steps):
        return model.progress == wanted.progress
    known = {step.text: step.progress for step in model.steps}
    texts = Counter(step.text for step in (*model.steps, *wanted.steps))
    return all(
        step.text not in known or texts[step.text] > 2 or known[step.text] == step.progress
        for step in wanted.steps
    )


def _plan(text: str) -> Plan | None:
    return reader.read(text.encode("utf-8")).plan


def _by_words(by_lines: ByLines, *texts: str) -> str:
    """Three texts joined by their words. Raises Disagreement where both changed the same ones."""
    base, ours, theirs = (
        "".join(f"{json.dumps(word)}\n" for word in re.findall(r"\s+|\S+", text)) for text in texts
    )
    joined = by_lines(base, ours, theirs)
    if _MARKER in joined:
        raise Disagreement
    return "".join(json.loads(word) for word in joined.splitlines())


def _has_comments(text: str, base: str, ours: str, theirs: str) -> bool:
    """Whether a joined text has the comments of both sides, without those that one side took away."""
    if len({_with_signs(one) for one in (text, base, ours, theirs)}) == 1:
        return True
    joined, before, here, there = (_comments(one) for one in (text, base, ours, theirs))
    return all(
        joined[comment] in _counts(before[comment], here[comment], there[comment])
        for comment in {*joined, *before, *here, *there}
    )


def _counts(base: int, ours: int, theirs: int) -> tuple[int, ...]:
    """How often a comment may stand in the joined text: what both did may be one thing or two."""
    each = max(ours + theirs - base, 0)
    return (ours, each) if ours == theirs else (each,)


def _with_signs(text: str) -> tuple[str, ...]:
    return tuple(sorted(line for line in text.split("\n") if "#" in line))


def _comments(text: str) -> Counter[str]:
    return Counter(comments(_document(text)))


def _document(text: str) -> Document:
    return reader.read(text.encode("utf-8"), edit=True).document


def _without(text: str, models: frozenset[Label]) -> str:
    """The text without the lines of these models."""
    reading = reader.read(text.encode("utf-8"), edit=True)
    listed = reading.plan.models if reading.plan else ()
    source = reading.document.source.text
    begins = [
        source.rfind("\n", 0, node.start) + 1
        for node in (reading.document.part(("models", at)) for at in range(len(listed)))
        if isinstance(node, Mapping)
    ]
    ends = [*begins[1:], _end_of_models(reading.document, source)]
    for model, begin, end in reversed([*zip(listed, begins, ends, strict=True)]):
        if model.model in models:
            source = source[:begin] + source[end:]
    return source


def _end_of_models(document: Document, source: str) -> int:
    node = document.part(("models",))
    end = node.end if node else len(source)
    return len(source) if end >= len(source.rstrip()) else source.rfind("\n", 0, end) + 1


def _with(texts: tuple[str, str, str], edits: Sequence[Edits]) -> list[str]:
    """The three texts with what was decided, each change of them proven.

    What one of them can't say, since it does not know an agency yet, is left to the merge of lines.
    """
    versions = [text.encode("utf-8") for text in texts]
    for edit in edits:
        with suppress(ChangeRefused):
            versions = [_edited(data, one) for data, one in zip(versions, edit, strict=True)]
    return [data.decode("utf-8") for data in versions]


def _edited(data: bytes, edit: Edit) -> bytes:
    plan = reader.read(data).plan
    for one in _single(plan, edit) if plan else ():
        data = edited(data, [one])
    return data


def _single(plan: Plan, edit: Edit) -> Iterator[Edit]:
    """The edit as changes that can be written: of a list one entry more or less at a time."""
    if applied(plan, edit) == plan:
        return
    if not isinstance(edit, SetExtensions | SetPart):
        yield edit
        return
    now, wanted = _entries(inverse(plan, edit)), _entries(edit)
    for entry in [*now]:
        if entry not in wanted:
            now.remove(entry)
            yield _with_entries(edit, now)
    for at, entry in enumerate(wanted):
        if now[at : at + 1] != [entry]:
            now.insert(at, entry)
            yield _with_entries(edit, now)


def _entries(edit: Edit) -> list[Any]:
    listed = edit.extensions if isinstance(edit, SetExtensions) else getattr(edit, "value", ())
    return [*listed]


def _with_entries(edit: SetExtensions | SetPart, entries: list[Any]) -> Edit:
    if isinstance(edit, SetExtensions):
        return SetExtensions(edit.model, tuple(entries))
    return SetPart(edit.model, edit.name, tuple(entries), edit.target)
