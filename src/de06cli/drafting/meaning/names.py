"""The names of agencies in a cell: where each begins and ends, and which agency it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from de06cli.plan.agencies import AgencyRegister, called, fold
from de06cli.plan.records import Agency

# With what the name of a body begins. A word of these in capitals within a name begins another one.
_HEADS: Final = (
    "Ban", "Bảo hiểm", "BHXH", "BQL", "Bộ", "Bưu điện", "CA", "Các", "Chi cục", "Chi nhánh", "Cơ quan",
    "Công an", "Công ty", "Cục", "Chủ tịch", "Doanh nghiệp", "Đài", "Đảng ủy", "Điện lực", "Đoàn", "Đội",
    "HĐND", "Hạt Kiểm lâm", "Hội", "Kho bạc", "KBNN", "Liên đoàn", "Mặt trận", "MTTQ", "Ngân hàng",
    "Nhân sự", "Phòng", "Quân sự", "Sở", "Tập đoàn", "Thanh tra", "Thuế", "Tổ", "Tổng cục",
    "Tổng công ty", "Tòa án", "Toà án", "Trạm", "Trung tâm", "Trường", "UBMTTQ", "Ủy ban", "UBND",
    "Văn phòng", "Viện", "Viễn thông", "VP", "VPĐK", "Bệnh viện", "Thường trực", "Thủ trưởng",
)  # fmt: skip
# A small letter begins a name of its own only with one of these; else it goes on with the one before.
_SMALL_HEADS: Final = (
    "các", "cơ sở", "doanh nghiệp", "công ty", "chi nhánh", "cơ quan", "đơn vị liên quan",
    "đơn vị có liên quan", "hợp tác xã", "hộ ", "hội ", "phòng ", "sở ", "tổ ", "trung tâm", "trường ",
    "ủy ban", "văn phòng", "ngân hàng", "công an", "cục ", "chi cục", "ban ", "lãnh đạo", "mặt trận",
    "một số", "thủ trưởng", "toàn thể", "người ", "cán bộ",
)  # fmt: skip
# Words that go on with a group named before: "Các sở, ban, ngành, đơn vị".
_OF_GROUPS: Final = re.compile(
    r"(?:ban|ngành|ban ngành|phòng|sở|đơn vị|địa phương|đoàn thể|phường|thị trấn|thị xã|thành phố|huyện"
    r"|tổ chức|cơ quan|ban, ngành|phòng, ban)\b.{0,60}"
)
_HEAD = "|".join(re.escape(head) for head in sorted(_HEADS, key=len, reverse=True))
_BEGINS = re.compile(rf"(?:{_HEAD})(?=[\s.]|$)")
_INNER = re.compile(rf"(?<=\s)(?={_HEAD.replace('|Các', '')})(?:{_HEAD})(?=[\s.])")
_WORDS_BETWEEN = re.compile(
    r"(?:\s|^)(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|đầu mối)?\s*,?\s*phối hợp"
    r"(?:\s+(?:với|cùng))?(?=\s|:|$)\s*:?"
    r"|(?:^|\s)(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|đầu mối)\b\s*:?|\bcùng với\b",
    re.IGNORECASE,
)
_HARD = re.compile(r"[,;\n/]|\s\+\s|(?<=\S)\s[–—-]\s(?=(?:Chủ trì|Phối hợp)\b)")
_DASHED = re.compile(rf"(?<=\S)\s+[–—-]\s+(?=(?:{_HEAD})[\s.])")
_AND = re.compile(r"\s(?:và|&)\s")
_BULLET = re.compile(r"^\s*(?:[-–—+•*·▪●]|\(?[0-9a-z]{1,2}[.)](?=\s))\s*")
_MOST_WORDS = 40  # of a name that the register is asked for
_LONGEST = 4000  # characters of a cell that names are looked for in

JOINT = "phối hợp"


class Name(NamedTuple):
    """A name in a cell as it is printed. ``support`` says that "phối hợp" stands before it."""

    text: str
    agency: Agency | None = None
    support: bool = False
    doubt: str = ""  # why it may be cut wrongly


class NameReader:
    """Finds names in cells, with what a register knows."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.register = AgencyRegister(agencies)
        self._known: dict[str, list[Agency]] = {}
        for agency in self.register.agencies:
            self.add(agency)

    def add(self, agency: Agency) -> None:
        """Has one more agency found by its whole names."""
        for name in called(agency):
            listed = self._known.setdefault(fold(name), [])
            if agency not in listed:
                listed.append(agency)

    def is_taken(self, name: str) -> bool:
        """Whether any agency is called so."""
        return fold(name) in self._known

    def known(self, text: str) -> Agency | None:
        """The one agency that is called so; a code comes before a name."""
        found = self._known.get(fold(text), [])
        exact = [agency for agency in found if fold(agency.code) == fold(text)]
        found = exact or found
        return found[0] if len(found) == 1 else None

    def read(self, cell: str) -> list[Name]:
        """The names of a cell in their order, each of its words in one of them or between them."""
        names: list[Name] = []
        text = _lines_joined(cell[:_LONGEST])
        if len(cell) > _LONGEST:
            names.append(Name(" ".join(cell[_LONGEST:].split()), doubt="Ô quá dài"))
        return [*self._read(text), *names]

    def _read(self, text: str) -> Iterator[Name]:
        at = 0
        support = False
        while at < len(text):
            skipped = _skip(text, at)
            if skipped.support is not None:
                support = skipped.support
            at = skipped.at
            if at >= len(text):
                return
            ends = sorted(set(_ends(text, at)), reverse=True)
            known = next((end for end in ends if self._is_known(text[at:end])), None)
            end, doubt = (known, "") if known is not None else self._unknown(text, at)
            shared = _SHARED_HEAD.match(text, at) if known is None else None
            if shared:
                end = _end_of_shared(text, at)
                yield from self._shared(shared["head"], text[shared.end() : end], support)
            else:
                inside = _ROLE_BEHIND.search(text[at:end])
                behind = None if inside else _ROLE_BEHIND.match(text, end)
                role = inside or behind
                printed = _trimmed(text[at : at + inside.start()] if inside else text[at:end])
                supports = "phối hợp" in role[0].casefold() if role else support
                end = behind.end() if behind else end
                yield from self._named(printed, doubt, support=supports)
            at = max(end, at + 1)

    def _named(self, printed: str, doubt: str, *, support: bool) -> Iterator[Name]:
        """A name as it is printed, with its agency where one is known; none for signs alone."""
        if not re.search(r"\w", printed):
            return
        agency = self.known(printed) or self._by_code_and_name(printed)
        if not agency and _lacks_head(printed):
            doubt = doubt or "là tên của một đơn vị, hay là phần của tên đứng trước?"
        yield Name(printed, agency, support, doubt)

    def _shared(self, head: str, listed: str, support: bool) -> Iterator[Name]:
        """The names of "Các Bộ: Tài chính, Nội vụ", in which one head stands for all."""
        word = head[:1].upper() + head[1:]
        doubt = f'hiểu từ "Các {head}: …", các tên sau cũng vậy; đúng không?'
        kept = _WITH_AND.sub(
            lambda match: match[0].replace(" và ", "\0").replace(", ", "\1"), listed
        )
        for piece in re.split(r",|\n|\s(?:và|&)\s", kept):
            bare = _trimmed(piece.replace("\0", " và ").replace("\1", ", "))
            if bare:
                name = bare if _BEGINS.match(bare) and self.known(bare) else f"{word} {bare}"
                yield Name(name, self.known(name), support, doubt)
                doubt = ""

    def _by_code_and_name(self, printed: str) -> Agency | None:
        """The agency of a name with its code in brackets or behind a dash."""
        if len(printed) < 200 and re.search("[(–-]", printed):
            return self.register.find(printed).agency
        return None

    def _is_known(self, text: str) -> bool:
        bare = _trimmed(text)
        return len(bare.split()) <= _MOST_WORDS and self.known(bare) is not None

    def _unknown(self, text: str, at: int) -> tuple[int, str]:
        """Where a name ends that no register knows, and what is doubtful about it."""
        end = _first_end(text, at)
        doubt = ""
        while end < len(text) and text[end] == ",":
            piece_end = _first_end(text, _after(text, end))
            piece = text[_after(text, end) : piece_end]
            if not _continues(text[at:end], piece) or self._is_known(piece):
                break
            doubt = doubt or _doubt_of(text[at:end], piece)
            end = piece_end
        joined = _AND.search(text, at, end)
        while joined:
            left, right = text[at : joined.start()], text[joined.end() : end]
            if self._is_two(left, right):
                return joined.start(), ""
            if _BEGINS.match(right) and not _is_compound(left, right):
                return end, "hai đơn vị hay một?"
            joined = _AND.search(text, joined.end(), end)
        inner = _INNER.search(text, at + 1, end)
        if inner and not _is_of(text[at : inner.start()]):
            return inner.start(), "tên viết liền nhau: cắt trước đúng không?"
        dashed = _DASHED.search(text, at, end)
        if dashed and not _is_compound(text[at : dashed.start()], text[dashed.end() : end]):
            doubt = doubt or "dấu gạch nằm trong tên, hay là hai đơn vị?"
        return end, doubt

    def _is_two(self, left: str, right: str) -> bool:
        """Whether "và" stands between two bodies."""
        if self._is_known(left) and (self._is_known(right) or _BEGINS.match(right)):
            return True
        if _is_compound(left, right):
            return False
        one, other = _BEGINS.match(left), _BEGINS.match(right)
        if one and other:
            return True
        return re.match(r"(?:các|một số|đơn vị|doanh nghiệp)\s", right) is not None


_SHARED_HEAD = re.compile(r"[Cc]ác (?P<head>bộ|sở|phòng|ban|cục|Bộ|Sở|Phòng|Ban|Cục)\s*:\s*")
_ROLE_BEHIND = re.compile(
    r"\s*\((?:cơ quan |đơn vị |là )*(?:chủ trì|phối hợp|đầu mối)\)", re.IGNORECASE
)
# What is one field though "và" or a comma stands in it.
_WITH_AND = re.compile(
    r"Giáo dục và Đào tạo|Khoa học và Công nghệ|Nông nghiệp và (?:Môi trường|Phát triển nông thôn)"
    r"|Tài nguyên và Môi trường|Thông tin và Truyền thông|Kế hoạch và Đầu tư|Dân tộc và Tôn giáo"
    r"|Văn hóa, Thể thao và Du lịch|Kinh tế và Hạ tầng|Thương binh và Xã hội|Văn hóa và Thông tin"
)


def _end_of_shared(text: str, at: int) -> int:
    """Where a list of fields behind one head ends: before a semicolon or the next head."""
    match = re.compile(rf";|,\s*(?=(?:{_HEAD})[\s.]|các\s)|(?<=\s)(?:chủ trì|phối hợp)\b").search(
        text, at + 5
    )
    return match.start() if match else len(text)


def _lines_joined(cell: str) -> str:
    """The cell, in which a name that goes on in the next line is on one."""

    def sign(match: re.Match[str]) -> str:
        rest = cell[match.end() : match.end() + 30]
        goes_on = rest[:1].islower() and not rest.startswith(_SMALL_HEADS)
        return " " if goes_on and cell[match.start() - 1] not in ",;.:" else "\n"

    joined = re.sub(r"\n", sign, cell)
    if re.match(r"\s*[-–—]\s", joined):  # a dash that begins the cell stands before each name
        joined = _DASHED.sub("\n", joined)
    return joined


class _Skipped(NamedTuple):
    at: int
    support: bool | None  # whether "phối hợp" is what was skipped last; None for neither


def _skip(text: str, at: int) -> _Skipped:
    """Over white space, signs and the words that stand between names."""
    support = None
    while at < len(text):
        if match := _WORDS_BETWEEN.match(text, at):
            support = JOINT in match[0].casefold()
            at = max(match.end(), at + 1)
        elif text[at] in " \n\t,;:/.+•*–—-" or (match := re.compile(r"(?:và|&)\s").match(text, at)):
            at += 1 if text[at] in " \n\t,;:/.+•*–—-&" else 2
        elif (match := re.compile(r"\(?[0-9a-z]{1,2}[.)]\s").match(text, at)) and (
            at == 0 or text[at - 1] == "\n"
        ):
            at = match.end()
        else:
            break
    return _Skipped(at, support)


def _ends(text: str, at: int) -> Iterator[int]:
    """Where a name that begins at ``at`` may end: before a sign, a word between names, or another head."""
    stop = min(len(text), at + 400)
    yield stop
    for form in (_HARD, _AND, _WORDS_BETWEEN, _INNER, _CLOSING):
        for match in form.finditer(text, at + 1, stop):
            yield match.start()


_CLOSING = re.compile(r"(?<=\S)(?=\s*[.:)(])")


def _first_end(text: str, at: int) -> int:
    """Where the first sign or word between names stands, those in brackets aside."""
    ends = [len(text)]
    for form in (_HARD, _WORDS_BETWEEN):
        for match in form.finditer(text, at):
            if text.count("(", at, match.start()) <= text.count(")", at, match.start()):
                if (
                    match[0] == "/"
                    and re.match(r"\S/\S", text[match.start() - 1 : match.end() + 1])
                    and not _BEGINS.match(text, match.end())
                ):
                    continue
                ends.append(match.start())
                break
    return min(end for end in ends if end > at or end == len(text))


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at] in ", \n":
        at += 1
    return at


def _continues(before: str, piece: str) -> bool:
    """Whether what stands behind a comma belongs to the name before it."""
    bare = piece.strip()
    if _OFFICIAL.search(f"{before.strip()}, {bare}"):
        return True
    if _lacks_head(bare) and _AND.search(bare) and _BEGINS.match(before.strip()):
        return ":" not in before
    if not bare or not bare[:1].islower():
        return False
    if re.match(r"[Cc]ác\b", before.strip()) and _OF_GROUPS.fullmatch(bare):
        return not re.match(r"(?:đơn vị|cơ quan) (?:có )?liên quan", bare)
    return not bare.startswith(_SMALL_HEADS)


# Names with commas of their own that are always written so.
_OFFICIAL: Final = re.compile(
    r"(?:Bộ|Sở|Phòng|Ban|Trung tâm|Vụ|Cục)\s(?:Văn hóa|Văn hoá|VH|Giáo dục|Lao động|Thông tin|Nông nghiệp"
    r"|Kinh tế|Tài nguyên), (?:Thể thao(?: và Du lịch)?|Khoa học(?: và Thông tin)?|Thông tin(?: và Thể thao"
    r"|, Thể thao)?|Thương binh và Xã hội|Hạ tầng và Đô thị)$"
)


def _lacks_head(piece: str) -> bool:
    """Whether a piece in capitals begins with no word that a body's name begins with."""
    words = piece.split()
    return (
        bool(words)
        and words[0][:1].isupper()
        and not _BEGINS.match(piece.strip())
        and not _is_short(words[0].strip(".()"))
    )


def _doubt_of(before: str, piece: str) -> str:
    if _OFFICIAL.search(f"{before.strip()}, {piece.strip()}"):
        return ""
    if re.search(r"\b[Cc]ác\b", before) and _OF_GROUPS.fullmatch(piece.strip()):
        return ""
    return "dấu phẩy nằm trong tên, hay là hai đơn vị?"


def _is_compound(left: str, right: str) -> bool:
    """Whether two heads make one name: Văn phòng HĐND và UBND, Trung tâm Văn hóa … và Đài …"""
    if re.match(r"(?:VP|Văn phòng)\b", left) and re.match(
        r"(?:UBND|HĐND|Ủy ban|Hội đồng|Đoàn ĐB)", right
    ):
        return True
    if re.match(r"Trung tâm\s+(?:VH|Văn h)", left) and re.match(r"(?:Đài|Truyền thanh)\b", right):
        return True
    return re.match(r"Ban\b", left) is not None and re.match(r"(?:Đài|Truyền)\b", right) is not None


def _is_of(left: str) -> bool:
    """Whether the second head belongs to the first name: Văn phòng HĐND, Đảng ủy Công an tỉnh."""
    last = left.split()[-1:] or [""]
    if last[0].casefold() in {"của", "thuộc", "-", "–", "&", "và", "tại", "trực", "cấp"}:
        return True
    if re.fullmatch(_HEAD, left.strip()):
        return True
    if last[0].endswith((".", "(")) or left.count("(") > left.count(")"):
        return True
    outer = re.match(
        r"(?:VP|Văn phòng|Đảng ủy|Thường trực|Chủ tịch|Lãnh đạo|Ban|Tổ|Hội|Đội|Các|Thanh tra|Thủ trưởng"
        r"|Bộ|Tổng cục|Chi nhánh|UBMTTQ|Ủy ban|Cán bộ|Nhân sự|Trung tâm|Trường|Công an)\b",
        left,
    )
    return bool(outer) and len(left.split()) <= 4


def _trimmed(text: str) -> str:
    """The name on one line, without the signs and bullets around it."""
    line = " ".join(_BULLET.sub("", text).split()).strip(" ,;:.+•*–—-")
    if line.count("(") < line.count(")"):
        line = line.rstrip(") ")
    return line


# Codes -------------------------------------------------------------------------------------------

_PASSED_OVER = {"và", "của", "về", "các", "thuộc", "cho", "với"}
_MOST_LETTERS = 12


def initials(name: str) -> str:
    """A code out of a name: Công an huyện → CAH, Phòng VH&TT → PVHTT, PC06 → PC06."""
    bare = re.sub(r"\([^()]*\)", " ", name)
    words = re.findall(r"[^\W_]+", bare) or re.findall(r"[^\W_]+", name)
    meant = [word for word in words if word.casefold() not in _PASSED_OVER] or words
    if len(meant) == 1 and not meant[0].isupper():
        return fold(meant[0]).upper()[:_MOST_LETTERS]
    parts = (fold(word).upper() if _is_short(word) else fold(word[:1]).upper() for word in meant)
    return "".join(parts)[:_MOST_LETTERS]


def _is_short(word: str) -> bool:
    """Whether the word is letters that stand for words: VHTT, PC06, CNSCĐ, KKTCN."""
    return len(word) > 1 and word.upper() == word


def begins_a_name(text: str) -> bool:
    """Whether a text begins as the names of bodies do."""
    return _BEGINS.match(text) is not None
