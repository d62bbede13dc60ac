"""What this user wrote, so that it can be taken back. Lives in the user's state directory.

A file for each plan, to which every line is added in one write: marks made at the same moment keep each
other's. An entry is added before the data file is changed and confirmed after it, so that a process that
dies in between leaves an entry which the data file itself decides about. Where no entry could be added,
an empty file says that something was written since (``lose``): what is older is then not taken back.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from de06cli.errors import ChangeRefused
from de06cli.named_tuples import NamedTuple
from de06cli.plan import periods
from de06cli.plan.declaring import Label, Status
from de06cli.plan.file.edits import (
    Edit,
    Part,
    RenameAgency,
    SetEnded,
    SetExtensions,
    SetPart,
    SetProgress,
    applied,
)
from de06cli.plan.file.items import yaml_item
from de06cli.plan.file.items.field_edit import SetField
from de06cli.plan.file.items.item_edit import RECORDS, SetItem
from de06cli.plan.hashing import sha256
from de06cli.plan.memory import line_file
from de06cli.plan.parts import (
    Extension,
    Handover,
    Measurement,
    PeriodProgress,
    Progress,
    Recurrence,
    Step,
    Stop,
)
from de06cli.plan.periods import Period
from de06cli.plan.records import Ended, Model, Plan
from de06cli.plan.validation.fitting import fitted, fitted_value

KEPT = 50  # entries a plan
_LINES = 4 * KEPT  # with so many lines the file is written anew
_LOST = '{"lost": true}'

_Record = TypeVar("_Record", bound=NamedTuple)
_Kept = dict[str, Any]  # a line as JSON has it


class UndoEntry(NamedTuple):
    """One command's edits: how to take them back, and what the plan must still say for that.

    ``found`` and ``written`` are fingerprints of the data file before and after it, ``id`` tells the
    entry from any other; all three are empty in entries of older versions.
    """

    before: tuple[Edit, ...]
    after: tuple[Edit, ...]
    found: str = ""
    written: str = ""
    id: str = ""


class _Known(NamedTuple):
    """An entry, whether its change was confirmed, and the file after an undo that was begun."""

    entry: UndoEntry
    made: bool
    undoing: str = ""


def entry(before: Iterable[Edit], after: Iterable[Edit], found: bytes, written: bytes) -> UndoEntry:
    """A new entry of a change that makes ``written`` of the data file's bytes ``found``."""
    return UndoEntry(
        tuple(before), tuple(after), fingerprint(found), fingerprint(written), os.urandom(8).hex()
    )


def fingerprint(data: bytes) -> str:
    return sha256(data)[:32]


def intend(folder: Path, data: Path, entry: UndoEntry) -> None:
    """Adds the entry of a change that is about to be made. Raises OSError where it can't be kept."""
    path = line_file.file_of(folder, data, "undo")
    if is_lost(folder, data):
        _add(path, _LOST)
        for place in _places(folder, data):
            with suppress(OSError):
                place.unlink()
    for known in _known(line_file.lines(path)):
        if not known.made and known.entry.found != known.entry.written:
            if known.entry.written == entry.found:
                _add(path, json.dumps({"id": known.entry.id, "made": True}))
            elif known.entry.found == entry.found:
                forget(folder, data, known.entry)
    _add(path, _line(entry))


def confirm(folder: Path, data: Path, entry: UndoEntry) -> None:
    """Says that the entry's change was made. Raises OSError where that can't be kept."""
    _add(line_file.file_of(folder, data, "undo"), json.dumps({"id": entry.id, "made": True}))


def record(folder: Path, data: Path, entry: UndoEntry) -> None:
    """Adds the entry of a change that was made. Raises OSError where it can't be kept."""
    _add(line_file.file_of(folder, data, "undo"), _line(entry, made=True))


def undoing(folder: Path, data: Path, entry: UndoEntry, written: bytes) -> None:
    """Says that the entry is about to be taken back, which makes ``written`` of the data file."""
    entered = {"id": entry.id, "undoing": fingerprint(written)}
    if entry.id:
        _add(line_file.file_of(folder, data, "undo"), json.dumps(entered))


def forget(folder: Path, data: Path, entry: UndoEntry) -> None:
    """Says that the entry was taken back, or never made. Raises OSError where that can't be kept."""
    _add(line_file.file_of(folder, data, "undo"), _line(entry, undone=True))


def last(folder: Path, data: Path) -> UndoEntry | None:
    """The latest entry for the data file that was not taken back yet, whatever came of it."""
    known = _known(line_file.lines(_file(folder, data)))
    return known[-1].entry if known else None


def latest(folder: Path, data: Path, content: bytes, plan: Plan) -> UndoEntry | None:
    """The latest change that was made and not taken back, by what the data file says now.

    ``content`` is the data file's bytes, ``plan`` the plan in them.
    """
    if is_lost(folder, data):
        return None
    now = fingerprint(content)
    for known in reversed(_known(line_file.lines(_file(folder, data)))):
        entry: UndoEntry = known.entry
        if not _is_over(known, now, plan):
            return entry
    return None


def _is_over(known: _Known, now: str, plan: Plan) -> bool:
    """Whether the entry's change never came about, or was taken back by an undo that then died."""
    entry = known.entry
    if known.made and not known.undoing:
        return False
    gone, there = (known.undoing, entry.written) if known.made else (entry.found, entry.written)
    if now in {gone, there}:
        return now == gone
    return not _says(plan, entry.after) and _says(plan, entry.before)


def _says(plan: Plan, edits: Iterable[Edit]) -> bool:
    with suppress(ChangeRefused):
        return all(applied(plan, edit) == plan for edit in edits)
    return False


# Changes of which no entry could be kept ------------------------------------------------------------


def lose(folder: Path | None, data: Path) -> None:
    """Notes, wherever there is a place, that a change was made of which there is no entry."""
    for place in _places(folder, data):
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_own(place.parent):
                place.touch(0o600)
                return


def is_lost(folder: Path | None, data: Path) -> bool:
    """Whether a change was made since the last entry, of which there is none."""
    return any(_is_own(place.parent) and os.path.lexists(place) for place in _places(folder, data))


def _places(folder: Path | None, data: Path) -> list[Path]:
    """Where such a note may lie: a temporary folder where the user's own can't be written."""
    found = [folder] if folder else []
    with suppress(OSError):  # there may be none
        user = os.getuid() if hasattr(os, "getuid") else "user"
        found.append(Path(tempfile.gettempdir()) / f"de06-{user}")
    return [line_file.file_of(place, data, "lost") for place in found]


def _is_own(folder: Path) -> bool:
    """Whether nobody else can have put anything into the folder."""
    with suppress(OSError):
        found = folder.lstat()
        return not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return False


# Lines ------------------------------------------------------------------------------------------------


def _file(folder: Path, data: Path) -> Path:
    return line_file.file_of(folder, data, "undo")


def _line(entry: UndoEntry, *, undone: bool = False, made: bool = False) -> str:
    kept = {name: _named(value) for name, value in entry._asdict().items()}
    return json.dumps({**kept, "undone": undone, "made": made}, default=date.isoformat)


def _named(value: object) -> object:
    """The value with each record in it as its fields' names and values; an item as the file has it."""
    if isinstance(value, SetItem):
        return {**_named_fields(value), "record": _named(yaml_item.values_of(value.record))}
    if isinstance(value, Recurrence):
        return _named(yaml_item.values_of(value))
    if isinstance(value, dict):
        return {name: _named(part) for name, part in value.items()}
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _named_fields(value)
    return [_named(part) for part in value] if isinstance(value, tuple | list) else value


def _named_fields(record: Any) -> dict[str, object]:
    return {name: _named(part) for name, part in record._asdict().items()}


def _known(lines: list[str]) -> list[_Known]:
    """The entries not taken back, the oldest first; a line that makes no sense is passed over."""
    known: list[_Known] = []
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            _take(json.loads(line), known)
    return known


def _take(kept: _Kept, known: list[_Known]) -> None:
    """Does what one line says to the entries before it."""
    if kept.get("lost") is True:
        known.clear()
        return
    if "before" not in kept:
        for at, one in enumerate(known):
            if one.entry.id and one.entry.id == kept["id"]:
                begun = kept.get("undoing", one.undoing)
                known[at] = one._replace(made=True, undoing=_text(begun) or "")
        return
    before, after = (tuple(map(_edit, kept[name])) for name in ("before", "after"))
    texts = (_text(kept.get(name, "")) or "" for name in ("found", "written", "id"))
    entry = UndoEntry(before, after, *texts)
    if not kept["undone"]:
        known.append(_Known(entry, made=not entry.id or kept.get("made") is True))
        return
    for at in reversed(range(len(known))):
        if known[at].entry == entry:
            del known[at]
            return


def _add(path: Path, line: str) -> None:
    lines = line_file.lines(path)
    if len(lines) >= _LINES or line_file.is_too_long(path):
        kept = []
        for one in _known(lines)[-KEPT:]:
            kept.append(_line(one.entry, made=one.made))
            if one.undoing:
                kept.append(json.dumps({"id": one.entry.id, "undoing": one.undoing}))
        with suppress(OSError):
            line_file.rewrite(path, kept)
    line_file.append(path, line)


def _edit(kept: _Kept) -> Edit:
    if "old" in kept:
        codes = (_text(kept["old"]) or "", _text(kept["new"]) or "")
        return RenameAgency(*codes, tuple(_text(alias) or "" for alias in kept["aliases"]))
    if "agency" in kept:
        ended = kept["ended"]
        code = _text(kept["agency"])
        return SetEnded(code or "", ended and _record(Ended, ended))
    if "record" in kept:
        return _item(kept)
    model = _label(kept["model"])
    if "within" in kept:
        return _field(model, kept)
    if "step" in kept:
        progress, step = kept["progress"], kept["step"]
        marked = progress and _progress(progress)
        return SetProgress(model, None if step is None else _number(step), marked)
    if "name" in kept:
        return _part(model, kept)
    extensions = (Extension(**_typed(extension)) for extension in kept["extensions"])
    return SetExtensions(model, tuple(extensions))


_PARTS: dict[str, type[Part]] = {
    "stopped": Stop,
    "periods": PeriodProgress,
    "handovers": Handover,
    "values": Measurement,
}


def _part(model: Label, kept: _Kept) -> SetPart:
    name, value, target = kept["name"], kept["value"], kept["target"]
    kind = _PARTS[name]
    recorded: Any = value and _record(kind, value) if not isinstance(value, list) else None
    if isinstance(value, list):
        recorded = tuple(_record(kind, one) for one in value)
    return SetPart(model, name, recorded, None if target is None else _number(target))


def _item(kept: _Kept) -> SetItem:
    name = kept["name"]
    record: Any = _record(RECORDS[name], kept["record"])
    after, model = (None if kept[key] is None else _label(kept[key]) for key in ("after", "model"))
    there = kept["there"] is True
    return SetItem(name, record, after, model, _number(kept["moved"]), there)


def _field(model: Label, kept: _Kept) -> SetField:
    """A change of a field: its value is read as that of a record of its own."""
    name, step, within = kept["name"], kept["step"], _text(kept["within"]) or ""
    number = None if step is None else _number(step)
    record = Model if step is None else Step
    value = _text(kept["value"]) if within else fitted_value(record, name, kept["value"])
    return SetField(model, name, value, number, within, _text(kept["instead"]) or "")


def _record(kind: type[_Record], kept: _Kept) -> _Record:
    """The record of what was kept of it. Raises ValueError where it is none."""
    record = fitted(kind, {key: value for key, value in kept.items() if value != []})
    if record is None:
        raise ValueError
    return record


def _progress(kept: _Kept) -> Progress:
    progress = Progress(**_typed(kept))
    if progress.status not in get_args(Status):
        raise ValueError
    return progress


def _typed(kept: _Kept) -> dict[str, Any]:
    """The fields of a record: days as days, all others texts. Raises ValueError or TypeError."""
    days = {"date": date.fromisoformat, "decided": date.fromisoformat, "to": periods.parse}
    return {
        key: days[key](value) if key in days and value else _text(value)
        for key, value in kept.items()
    }


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError


def _label(value: object) -> Label:
    return value if isinstance(value, str) else _number(value)


def _number(value: object) -> int:
    if type(value) is int:
        return value
    raise TypeError
