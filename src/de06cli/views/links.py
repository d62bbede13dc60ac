"""Links to evidence: web addresses as they are, documents of the plan's folder by their relative path."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from de06cli.plan.file.evidence import EvidenceFolder, is_web
from de06cli.plan.parts import Progress
from de06cli.tracking.states import Situation, Task


def evidence_folders(view: Situation) -> dict[str, EvidenceFolder]:
    """The folder of evidence of each plan, by the plan's code."""
    return {
        plan.heading.code: EvidenceFolder(file.path, plan.heading.evidence_folder)
        for plan, file in zip(view.portfolio.plans, view.portfolio.files, strict=False)
    }


class Links:
    """The links of a file that lies in the folder ``base``; None for one that lies nowhere, as a letter:
    it has only those to the web."""

    def __init__(self, view: Situation, base: Path | None) -> None:
        self._base = base
        self._folders = evidence_folders(view)

    def of(self, evidence: str | None, plan: str) -> str | None:
        """Where the evidence opens; None where it is a number of which there is no file."""
        if not evidence:
            return None
        if is_web(evidence):
            return evidence
        found = self._folders[plan].find(evidence) if self._base and plan in self._folders else None
        if found is None or self._base is None:
            return None
        try:
            relative = os.path.relpath(found, self._base.resolve())
        except ValueError:  # on another drive
            return None
        return quote(relative.replace(os.sep, "/"))

    def of_task(self, task: Task) -> dict[str, str]:
        """All evidence of a task that opens, with where."""
        found = {text: self.of(text, task.plan) for text in evidence(task)}
        return {text: link for text, link in found.items() if link}

    def of_all(self, tasks: Iterable[Task]) -> dict[str, str]:
        """The same of several tasks; of plans that give one number to two documents, the first one."""
        found: dict[str, str] = {}
        for task in tasks:
            found = self.of_task(task) | found
        return found


def evidence(task: Task) -> Iterator[str]:
    """The documents that a task names: of its steps, of itself, of its periods and values."""
    model = task.model
    records: list[Progress | None] = [model.progress, *(step.progress for step in model.steps)]
    records += [one.progress for one in model.periods]
    yield from (one.evidence for one in records if one and one.evidence)
    for target in model.targets:
        yield from (value.evidence for value in target.values if value.evidence)


def parts(text: str, links: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """The text in parts, each with where it leads, if anywhere."""
    if not links:
        yield text, None
        return
    longest = sorted(links, key=len, reverse=True)
    known = re.compile(f"(?<!\\w)({'|'.join(map(re.escape, longest))})(?!\\w)")
    for number, part in enumerate(known.split(text)):
        if part:
            yield part, links[part] if number % 2 else None
