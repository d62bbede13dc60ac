"""Who recorded the steps that ``show`` shows, where their file lies in a repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from de06cli.cli import environment, opening, output
from de06cli.cli.opening import Opened
from de06cli.errors import De06Error
from de06cli.messages import _
from de06cli.plan.declaring import Label
from de06cli.plan.file import locate
from de06cli.tracking.states import Task

if TYPE_CHECKING:
    from de06cli.plan.committed.recorded import Recorded


def recorded_steps(opened: Opened, tasks: Sequence[Task]) -> list[Mapping[int, Recorded]]:
    """For each task who recorded its steps, by their numbers; nothing where git knows nothing of it."""
    found: dict[str, Mapping[tuple[Label, int], Recorded]] = {}
    for at, (file, plan) in enumerate(
        zip(opened.portfolio.files, opened.portfolio.plans, strict=True)
    ):
        of_plan = [task for task in tasks if task.plan == plan.heading.code]
        if any(step.progress for task in of_plan for step in task.model.steps):
            numbers = [task.model.model for task in of_plan]
            found[plan.heading.code] = _in_file(file, opened.revisions[at], numbers)
    return [
        {
            step: one
            for (model, step), one in found.get(task.plan, {}).items()
            if model == task.model.model
        }
        for task in tasks
    ]


def _in_file(
    file: locate.Located, commit: str | None, models: Sequence[Label]
) -> Mapping[tuple[Label, int], Recorded]:
    if not opening.in_repository(file.path):
        return {}
    from de06cli.plan.committed.git import Repository  # noqa: PLC0415 - only a repository needs it
    from de06cli.plan.committed.recorded import recorded  # noqa: PLC0415

    try:
        repository = Repository.around(file.path, environment.variables())
        if commit:
            state = repository.committed(commit, commit)
            return recorded(repository, commit, state.path, state.data, models)
        if not repository.is_tracked():
            return {}
        return recorded(repository, None, repository.path, locate.read_bytes(file), models)
    except De06Error as error:
        output.say(_("Không đọc được ai đã ghi nhận: {reason}").format(reason=error))
        return {}
