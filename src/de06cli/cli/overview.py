"""``de06`` without a command at a terminal: an overview of the plan, in place of the help."""

from __future__ import annotations

from de06cli.cli import opening, output
from de06cli.cli.answer import on_terminal
from de06cli.cli.options import Reading
from de06cli.errors import De06Error
from de06cli.tracking import filters
from de06cli.tracking.concerns import pressing
from de06cli.views.contents import overview

WITHIN = 14  # days, as many as upcoming looks ahead


def shown() -> bool:
    """Writes the overview. Returns False, and writes nothing, where there is no plan."""
    try:
        opened = opening.open_plans(Reading())
    except De06Error:
        return False
    view = opened.view
    late = pressing(view, view.tasks(filters.overdue_candidates(view))).late
    soon = filters.upcoming(view.tasks(filters.upcoming_candidates(view, WITHIN)), WITHIN)
    output.write(on_terminal(overview.lines(view, late, soon, WITHIN)))
    return True
