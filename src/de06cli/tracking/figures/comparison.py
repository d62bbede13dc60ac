"""Figures beside those of an earlier day."""

from __future__ import annotations

from collections.abc import Sequence

from de06cli.named_tuples import NamedTuple
from de06cli.tracking.figures.statistics import Figures, figures


class Comparison(NamedTuple):
    """The figures of the day asked about, and of the earlier one, of the same row."""

    now: Figures
    before: Figures


def compared(now: Sequence[Figures], before: Sequence[Figures]) -> list[Comparison]:
    """Each row of ``now`` with the one of its key ``before``, then the rows that are gone.

    A row that one of the days has not is one of no tasks.
    """
    then = {row.key: row for row in before}
    known = {row.key for row in now}
    rows = [Comparison(row, then.get(row.key) or figures([], row.key)) for row in now]
    gone = [row for row in before if row.key not in known]
    return [*rows, *(Comparison(figures([], row.key), row) for row in gone)]
