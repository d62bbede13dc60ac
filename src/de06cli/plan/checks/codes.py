"""The codes that models and steps name agencies by, held against the register.

All is found on plain values, so that a plan with a wrong date still has its unknown codes found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from de06cli.characters import clip, plain
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.agencies import AgencyRegister, called, fold, nearest
from de06cli.plan.declaring import ROLE
from de06cli.plan.fields import names_in
from de06cli.plan.findings import Problem
from de06cli.plan.notation import is_code
from de06cli.plan.parts import Step
from de06cli.plan.records import Agency, Model

Path = tuple[str | int, ...]
Values = dict[str, object]  # of a record, of whatever shape
Placed = tuple[Path, Values]

ROLE_KEYS = names_in(Model, ROLE)
STEP_ROLE_KEYS = names_in(Step, ROLE)
_LONGEST = 200  # characters of a text that is looked up in the register
_COMPARISONS = 4_000  # of an unknown code with an agency, in one reading
_SEPARATOR = re.compile(r"[,;\n]")
_LIKE = 0.5  # the least likeness of a code that is worth naming


def unknown_agencies(
    listed: object, agencies: list[Placed], models: list[Placed]
) -> Iterator[Problem]:
    """A problem for each code that is not in the register, at its first place.

    While the register is broken, it is not known which codes are unknown.
    """
    codes = _register_of(agencies)
    if not isinstance(listed, list) or not codes:
        return
    known = frozenset(codes)
    badly_written = {fold(code) for code in codes if not is_code(code)}  # a finding of their own
    unknown: dict[str, list[Path]] = {}
    for path, code in _codes_used(models):
        if code not in known and (not badly_written or fold(code) not in badly_written):
            unknown.setdefault(code, []).append(path)
    if not unknown:
        return
    register = _loose_register(agencies)
    asked = max(3, _COMPARISONS // len(codes))
    for number, (code, paths) in enumerate(unknown.items()):
        yield Problem(
            findings.UNKNOWN_AGENCY,
            paths[0],
            _("Không có đơn vị mang mã “{code}”.").format(code=clip(code)),
            _suggested(code, register) if number < asked and len(code) <= _LONGEST else "",
            more=len(paths) - 1,
        )


def texts_for_lists(agencies: list[Placed], models: list[Placed]) -> dict[Path, str]:
    """What to write where one text stands in place of a list of codes, for those whose names are known."""
    texts = [(path, text) for path, text in _texts_used(models) if len(text) <= _LONGEST]
    if not texts or not _register_of(agencies):
        return {}
    register = _loose_register(agencies)
    asked = max(3, _COMPARISONS // len(agencies))
    named = ((path, _codes_named(text, register)) for path, text in texts[:asked])
    return {path: f"[{', '.join(codes)}]" for path, codes in named if codes}


def _register_of(agencies: list[Placed]) -> list[str]:
    """The codes of the register, none while one of them can't be read."""
    codes = [code for _path, agency in agencies if _is_text(code := agency.get("code"))]
    return codes if len(codes) == len(agencies) else []


def _loose_register(agencies: list[Placed]) -> AgencyRegister:
    """The agencies that can be suggested: those whose code may be one."""
    return AgencyRegister(
        _loose_agency(agency) for _path, agency in agencies if is_code(str(agency["code"]))
    )


def _suggested(code: str, register: AgencyRegister) -> str:
    """The advice for an unknown code."""
    bare = plain(code).strip()
    found = register.find(bare)
    if exact := register.by_code.get(bare) or found.agency:
        return _("Viết {value}.").format(value=clip(exact.code))
    if _SEPARATOR.search(bare) and (codes := _codes_named(bare, register)):
        return _("Mỗi mã một mục: {codes}.").format(codes=f"[{', '.join(codes)}]")
    likely = [agency for agency in found.candidates if _is_like(bare, agency)]
    if not likely:
        return _("Sửa mã, hoặc thêm đơn vị này vào agencies.")
    return _("Gợi ý: {codes}.").format(codes=", ".join(clip(agency.code) for agency in likely[:3]))


def _is_like(text: str, agency: Agency) -> bool:
    folded = fold(text)
    return bool(nearest(text, [agency.code], 1, _LIKE)) or any(
        folded and folded in fold(name) for name in called(agency)
    )


def _codes_named(text: str, register: AgencyRegister) -> list[str]:
    """The codes of the agencies that a text lists by code or name; none if one of them is not found.

    A name may have a comma of its own, so the longest part that is a name counts.
    """
    parts = [part.strip() for part in _SEPARATOR.split(text.strip(" []"))]
    codes: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + 4), at, -1):
            found = register.find(", ".join(parts[at:end])).agency
            if found:
                codes.append(found.code)
                at = end
                break
        else:
            return []
    return [*dict.fromkeys(codes)]


def _texts_used(models: list[Placed]) -> Iterator[tuple[Path, str]]:
    """Every place of the models where one text stands instead of a list of codes."""
    for path, model in models:
        for key in ROLE_KEYS:
            if _is_text(text := model.get(key)):
                yield (*path, key), text
        steps = model.get("steps")
        for index, step in enumerate(steps if isinstance(steps, list) else []):
            for key in STEP_ROLE_KEYS if isinstance(step, dict) else ():
                if _is_text(text := step.get(key)):
                    yield (*path, "steps", index, key), text


def _loose_agency(values: Values) -> Agency:
    """An agency of whatever is right in ``values``, enough to suggest it."""
    name, aliases = values.get("name"), values.get("aliases")
    return Agency(
        code=str(values["code"]),
        name=name if isinstance(name, str) else "",
        level=None,
        aliases=tuple(alias for alias in aliases if isinstance(alias, str))
        if isinstance(aliases, list)
        else (),
    )


def _codes_used(models: list[Placed]) -> Iterator[tuple[Path, str]]:
    """Every place of the models that names an agency, in the file's order."""
    for path, model in models:
        for key, value in model.items():
            if key in ROLE_KEYS:
                yield from _codes_in(value, (*path, key))
            elif key == "steps":
                for index, step in enumerate(value if isinstance(value, list) else []):
                    if isinstance(step, dict):
                        yield from _codes_of_step((*path, key, index), step)


def _codes_of_step(path: Path, step: Values) -> Iterator[tuple[Path, str]]:
    for key, value in step.items():
        if key in STEP_ROLE_KEYS:
            yield from _codes_in(value, (*path, key))
        elif key == "progress" and _is_text(
            by := (value if isinstance(value, dict) else {}).get("by")
        ):
            yield (*path, key, "by"), by


def _codes_in(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    for index, code in enumerate(value if isinstance(value, list) else []):
        if _is_text(code):
            yield (*path, index), code


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())  # a blank one is reported already
