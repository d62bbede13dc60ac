"""Tables as csv: cells between commas, semicolons, bars or tabs."""

from __future__ import annotations

import csv
import io

from de06cli.drafting.reading import pasted
from de06cli.drafting.reading.source_tables import SourceDocument

_LOOKED_AT = 20_000  # characters by which the sign between cells is known
_LARGEST = 1 << 22  # characters of a cell


def read(text: str, tabs: bool = False) -> SourceDocument:
    """The one table of a csv file, or a tsv file with ``tabs``."""
    csv.field_size_limit(_LARGEST)
    sign = "\t" if tabs else _sign(text[:_LOOKED_AT])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    return pasted.of_rows([row for row in rows if any(cell.strip() for cell in row)], paged=False)


def _sign(text: str) -> str:
    """The sign that cuts the beginning into rows of the same length best."""

    def fit(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
        several = [width for width in widths if width > 1]
        usual = max(several, key=several.count, default=1)
        return widths.count(usual) * (usual > 1), usual

    return max(",;\t|", key=fit)
