"""The agencies of a draft: those of a register that its tasks name, and new ones with codes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from de06cli.characters import one_line
from de06cli.drafting.meaning.names import NameReader, initials
from de06cli.plan.agencies import called, fold, nearest
from de06cli.plan.records import Agency
from de06cli.plan.validation.notation import is_code

UNKNOWN: Final = Agency(code="CHUARO", name="Chưa rõ (văn bản không ghi)", level="group")
_SAYING = 6  # letters of a name that says something inside a longer one
_NEARLY = 0.85  # the likeness of a code with a letter more or less
_MANY_WORDS = 14  # of a name that is more likely a sentence


class Named(NamedTuple):
    """The codes that a cell names, in its order; ``support`` those behind "phối hợp"."""

    codes: tuple[str, ...]
    support: tuple[str, ...]
    doubts: tuple[str, ...]


def _is_like(name: str, agency: Agency) -> bool:
    """Whether a name is a part of one of the agency's, has one of them in it, or is nearly its code."""
    folded = fold(name)
    names = [fold(each) for each in called(agency)]
    return any(folded in each or (len(each) >= _SAYING and each in folded) for each in names) or (
        bool(nearest(name, [agency.code], 1, _NEARLY)) and len(folded) <= len(agency.code) + 1
    )


class Agencies:
    """Finds the agencies of cells, and makes those that no register knows."""

    def __init__(self, register: Sequence[Agency]) -> None:
        self.register = tuple(register)
        self.new: list[Agency] = []
        self._used: set[str] = set()
        self._codes = {agency.code.casefold() for agency in register}
        self.names = NameReader(register)
        self._short: dict[str, list[Agency]] = {}
        for agency in register:
            self._add_short(agency)

    def named(self, cell: str) -> Named:
        """The agencies of a cell, with a question for whatever is not certain about them."""
        codes: list[str] = []
        support: list[str] = []
        doubts: list[str] = []
        for name in self.names.read(cell):
            agency = name.agency
            if name.doubt:
                doubts.append(f'"{name.text}": {name.doubt}')
            if agency is None:
                agency, doubt = self._made(name.text)
                doubts += [doubt] if doubt else []
            self._used.add(agency.code)
            if agency.code in codes:
                doubts.append(
                    f'"{name.text}" là đơn vị đã ghi ở trước trong cùng ô ({agency.code}).'
                )
                continue
            codes.append(agency.code)
            if name.support:
                support.append(agency.code)
        if cell.rstrip()[-1:] in {",", ";"} and codes:
            doubts.append(f'Ô "{one_line(cell)}" thừa dấu cuối: có thiếu đơn vị nào không?')
        return Named(tuple(codes), tuple(support), tuple(doubts))

    def unknown(self) -> str:
        """The code of the group that stands where the document names nobody."""
        if not any(agency is UNKNOWN for agency in self.new):
            self.new.insert(0, UNKNOWN)
            self._codes.add(UNKNOWN.code.casefold())
        return UNKNOWN.code

    def use(self, agency: Agency) -> str:
        self._used.add(agency.code)
        return agency.code

    def _made(self, name: str) -> tuple[Agency, str]:
        """A new agency for a name, with the question that goes with it."""
        like = self._like(name)
        code = self._free(initials(name))
        capital = name[:1].upper() + name[1:]
        agency = Agency(code=code, name=capital)
        self.new.append(agency)
        self._codes.add(code.casefold())
        self.names.add(agency)
        self._add_short(agency)
        if like:
            return agency, f'"{name}" có phải là {like}? Hiện là đơn vị mới, mã {code}.'
        if self.register:
            return agency, f'"{name}" chưa có trong danh sách đơn vị: đơn vị mới, mã {code}.'
        if len(name.split()) > _MANY_WORDS:
            return agency, f'"{name}": có phải là tên một đơn vị? Hiện là đơn vị mới, mã {code}.'
        return agency, ""

    def _like(self, name: str) -> str:
        """The agencies that the name may mean as well, as a question names them."""
        alike = [agency for agency in self.register if _is_like(name, agency)][:3]
        alike = alike or list(self._by_initials(name))
        return " hoặc ".join(f"{agency.code} ({agency.name})" for agency in alike)

    def _by_initials(self, name: str) -> Iterable[Agency]:
        """Agencies whose abbreviation the name is, or the other way round."""
        short, folded = initials(name), fold(name)
        found = self._short.get(folded, []) + (
            self._short.get(fold(short), []) if len(short) > 1 else []
        )
        return dict.fromkeys(agency for agency in found if fold(agency.name) != folded)

    def _add_short(self, agency: Agency) -> None:
        """Has an agency found by its abbreviation, its code and its whole name."""
        for said in {fold(agency.code), fold(initials(agency.name)), fold(agency.name)}:
            self._short.setdefault(said, []).append(agency)

    def _free(self, code: str) -> str:
        base = code if code and is_code(code) else "DV"
        free, n = base, 1
        while free.casefold() in self._codes or self.names.is_taken(free):
            n += 1
            free = f"{base}{n}"
        return free

    def listed(self) -> list[Agency]:
        """The agencies of the draft: of the register those that are named, with whom they refer to."""
        kept = set(self._used)
        more = True
        while more:
            more = False
            for agency in self.register:
                if agency.code in kept:
                    others = {*agency.members, *(agency.ended.successor if agency.ended else ())}
                    more |= not others <= kept
                    kept |= others
        return [*(agency for agency in self.register if agency.code in kept), *self.new]
