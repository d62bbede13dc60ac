"""The codes that a plan names agencies by, held against the register.

All is found on plain values, so that a plan with a wrong date still has its unknown codes found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeGuard

from de06cli.characters import clip, plain
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings
from de06cli.plan.agencies import AgencyRegister, called, fold, nearest
from de06cli.plan.checks.values import Path, Placed, Values
from de06cli.plan.fields import Field, FieldKind, fields
from de06cli.plan.findings import Problem
from de06cli.plan.records import Agency, Plan
from de06cli.plan.validation.notation import is_code

_LONGEST = 200  # characters of a text that is looked up in the register
_COMPARISONS = 4_000  # of an unknown code with an agency, in one reading
_SEPARATOR = re.compile(r"[,;\n]")
_GROUPS_ASKED = 100  # unknown codes of groups that get a suggestion
_LIKE = 0.5  # the least likeness of a code that is worth naming


def unknown_agencies(plan: Values, agencies: list[Placed]) -> Iterator[Problem]:
    """A problem for each code of the plan that is not in the register, at its first place.

    While the register is broken, it is not known which codes are unknown.
    """
    codes = _register_of(agencies)
    if not isinstance(plan.get("agencies"), list) or not codes:
        return
    known = frozenset(codes)
    badly_written = {fold(code) for code in codes if not is_code(code)}  # a finding of their own
    unknown: dict[str, list[Path]] = {}
    for path, code, whole in _named(plan):
        if (
            not whole
            and code not in known
            and (not badly_written or fold(code) not in badly_written)
        ):
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


def unknown_groups(groups: object, models: list[Placed]) -> Iterator[Problem]:
    """A problem for each code of a group that the plan does not list, at its first place."""
    listed = groups if isinstance(groups, list) else []
    codes = [group.get("code") for group in listed if isinstance(group, dict)]
    known = list(dict.fromkeys(code for code in codes if _is_text(code)))
    if not all(map(_is_text, codes)) or len(codes) < len(listed) or (groups and not listed):
        return  # while the list is broken, it is not known which codes are unknown
    unknown: dict[str, list[Path]] = {}
    for path, model in models:
        code = model.get("group")
        if _is_text(code) and code not in known:
            unknown.setdefault(code, []).append((*path, "group"))
    for number, (code, paths) in enumerate(unknown.items()):
        alike = nearest(plain(code).strip(), known, 3, _LIKE) if number < _GROUPS_ASKED else []
        yield Problem(
            findings.UNKNOWN_GROUP,
            paths[0],
            _("Không có nhóm mang mã “{code}”.").format(code=clip(code)),
            _("Gợi ý: {codes}.").format(codes=", ".join(map(clip, alike)))
            if alike
            else _('Sửa mã, hoặc thêm nhóm này: groups: [{{code: {code}, title: "…"}}].').format(
                code=clip(code)
            ),
            more=len(paths) - 1,
        )


def texts_for_lists(plan: Values, agencies: list[Placed]) -> dict[Path, str]:
    """What to write where one text stands in place of a list of codes, for those whose names are known."""
    texts = [(path, text) for path, text, whole in _named(plan) if whole and len(text) <= _LONGEST]
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


class NamedCode(NamedTuple):
    """A text at a place where the code of an agency stands."""

    path: Path
    text: str
    whole: bool  # it stands in place of a list of codes


def _named(values: Values, record: Any = Plan, path: Path = ()) -> Iterator[NamedCode]:
    """Every place of a record's plain values that names an agency, in the file's order."""
    known = _naming(record)
    for key, value in values.items():
        field = known.get(key)
        if field is None:
            continue
        at = (*path, key)
        if field.record is None:
            yield from _texts(value, at, field)
        elif isinstance(value, dict):
            yield from _named(value, field.record, at)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _named(item, field.record, (*at, index))


def _texts(value: object, path: Path, field: Field) -> Iterator[NamedCode]:
    if isinstance(value, list):
        for index, code in enumerate(value):
            if _is_text(code):
                yield NamedCode((*path, index), code, whole=False)
    elif _is_text(value):
        whole = field.kind is FieldKind.TEXTS and not field.one_will_do
        yield NamedCode(path, value, whole)


@cache
def _naming(record: Any) -> dict[str, Field]:
    """The fields of a class of records, by their keys, that name agencies or hold records that do."""
    return {
        field.key: field
        for field in fields(record).values()
        if field.written == "agency" or (field.record and _naming(field.record))
    }


def codes_of(record: tuple[Any, ...]) -> Iterator[str]:
    """The codes of the agencies that a record names, and the records in it, each as often as it is named."""
    for field in _naming(record.__class__).values():
        value = getattr(record, field.name)
        if not value:
            continue
        several = field.kind in {FieldKind.TEXTS, FieldKind.RECORDS}
        for one in value if several else (value,):
            if field.record:
                yield from codes_of(one)
            else:
                yield one


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())  # a blank one is reported already
