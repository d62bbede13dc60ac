"""Another code for an agency, in every place that means it: ``rename``."""

from __future__ import annotations

from typing import Annotated

from de06cli.cli import opening, selection
from de06cli.cli.commands.plan import new_items
from de06cli.cli.completion import values
from de06cli.cli.file_change import FileChange, Writing, make, writable
from de06cli.cli.parsing.declared import Argument, grouped
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan.agencies import fold
from de06cli.plan.file.edits import Edit, RenameAgency
from de06cli.plan.records import Agency, Plan
from de06cli.views.contents import sentences


@grouped
def run(
    agency: Annotated[str, Argument(metavar="CODE", autocompletion=values.agencies)],
    new: Annotated[str, Argument(metavar="NEW")],
    writing: Writing,
) -> None:
    target = writable(opening.one_file(writing.data))

    def wanted(plan: Plan) -> list[Edit]:
        old = selection.agency_coded(agency, plan)
        if new == old:
            raise RefusedValue(_("Đơn vị {code} đã có mã này.").format(code=old))
        new_items.refuse_code(plan, new, old)
        renamed = next(each for each in plan.agencies if each.code == old)
        return [RenameAgency(old, new, _aliases(renamed, new))]

    make(FileChange(target, wanted, sentences.renamed), writing)


def _aliases(agency: Agency, new: str) -> tuple[str, ...]:
    """The aliases of a renamed agency: its old code among them, the new one not."""
    kept = [alias for alias in agency.aliases if fold(alias) != fold(new)]
    known = {fold(name) for name in (new, agency.name, agency.short or "", *kept)}
    if fold(agency.code) in known:
        return tuple(kept)
    at = next((at for at, alias in enumerate(agency.aliases) if alias not in kept), len(kept))
    return (*kept[:at], agency.code, *kept[at:])
