"""Evidence whose document is not in the plan's folder of evidence, where the plan names one."""

from __future__ import annotations

from collections.abc import Iterator

from de06cli.characters import clip
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.checks.values import Path
from de06cli.plan.file.evidence import EvidenceFolder, file_stem
from de06cli.plan.findings import Problem
from de06cli.plan.parts import Measurement, PeriodProgress, Progress
from de06cli.plan.records import Model


def missing(models: list[tuple[int, Model]], folder: EvidenceFolder) -> Iterator[Problem]:
    """A problem for each document that the models name and the folder lacks; one for the folder itself
    where it cannot be used."""
    if folder.name is None:
        return
    if not folder.usable:
        yield Problem(
            findings.EVIDENCE_NOT_FOUND,
            ("plan", "evidence_folder"),
            _("Không có thư mục minh chứng “{folder}” trong thư mục của tệp kế hoạch.").format(
                folder=clip(folder.name)
            ),
            _(
                "Tạo thư mục đó trong thư mục của tệp kế hoạch (không dùng thư mục ở ngoài), hoặc sửa tên."
            ),
        )
        return
    for index, model in models:
        for path, record in _records(("models", index), model):
            if record.evidence and folder.lacks(record.evidence):
                yield Problem(
                    findings.EVIDENCE_NOT_FOUND,
                    (*path, "evidence"),
                    _("Không có tệp của minh chứng “{evidence}” trong thư mục “{folder}”.").format(
                        evidence=clip(record.evidence), folder=clip(folder.name)
                    ),
                    _("Lưu văn bản với tên {name}.pdf (hoặc đuôi khác) trong thư mục đó.").format(
                        name=clip(file_stem(record.evidence))
                    ),
                )


def _records(
    path: Path, model: Model
) -> Iterator[tuple[Path, Progress | PeriodProgress | Measurement]]:
    """Everything in a model that names a document as evidence, each with its path."""
    if model.progress:
        yield (*path, "progress"), model.progress
    for at, period in enumerate(model.periods):
        yield (*path, "periods", at), period
    for at, step in enumerate(model.steps):
        if step.progress:
            yield (*path, "steps", at, "progress"), step.progress
    for at, target in enumerate(model.targets):
        for number, value in enumerate(target.values):
            yield (*path, "targets", at, "values", number), value
