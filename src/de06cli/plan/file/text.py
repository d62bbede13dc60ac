"""A data file's bytes as text that knows its lines, and what makes it no text to read."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, partial

from de06cli.characters import BIDI
from de06cli.messages import _
from de06cli.plan import findings
from de06cli.plan.checks import formats
from de06cli.plan.file.size import MAX_BYTES, too_large
from de06cli.plan.findings import Finding, Location

_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff{BIDI}]")
_LONE_CR = re.compile(r"\r(?!\n)")

_BOM = b"\xef\xbb\xbf"


class SourceText:
    """The characters of a file, after its byte order mark, by index and by line."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, index: int) -> Location:
        """Line and column of a character of the text."""
        line = bisect_right(self._line_starts, index)
        return Location(line, index - self._line_starts[line - 1] + 1)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._line_starts)

    def index_of_line(self, number: int) -> int:
        """Where line ``number``, counted from 1, begins."""
        return self._line_starts[number - 1]

    def line(self, number: int) -> str:
        """The text of line ``number``, counted from 1, without its line end."""
        begin, end = self._line_starts[number - 1], None
        if number < len(self._line_starts):
            end = self._line_starts[number]
        return self.text[begin:end].rstrip("\r\n")


def decode(data: bytes) -> tuple[SourceText, list[Finding]]:
    """The text in ``data``, and the errors that keep it from being read any further."""
    if len(data) > MAX_BYTES:
        return SourceText(""), [Finding(findings.TOO_LARGE, Location(1, 1), too_large())]
    if (form := formats.unicode_form(data)) is not None:
        message = _("Tệp được lưu bằng {form}, không phải UTF-8.").format(form=form)
        return SourceText(""), [_not_utf8(Location(1, 1), message)]
    if (kind := formats.kind(data)) is not None:
        return SourceText(""), [_not_text(kind)]
    data = data.removeprefix(_BOM)
    try:
        source = SourceText(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = SourceText(data.decode("utf-8", "replace"))
        begin = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[begin : error.start].decode("utf-8")) + 1
        message = _("Tệp không phải UTF-8: byte 0x{byte:02X}.").format(byte=data[error.start])
        return source, [_not_utf8(Location(data.count(b"\n", 0, error.start) + 1, column), message)]
    return source, [
        *_forbidden_characters(source),
        *_lone_carriage_returns(source),
        *_conflicts(source),
    ]


def _conflicts(source: SourceText) -> list[Finding]:
    if not any(marker * 7 in source.text for marker in "<|=>"):
        return []
    from de06cli.plan.checks import conflicts  # noqa: PLC0415 - most files have none

    return conflicts.conflict_findings(source.text, source.place)


def _not_utf8(place: Location, message: str) -> Finding:
    return Finding(findings.NOT_UTF8, place, message, _("Hãy lưu lại tệp với bảng mã UTF-8."))


def _not_text(kind: str) -> Finding:
    return findings.bounded(
        findings.NOT_TEXT,
        Location(1, 1),
        _("Đây là {kind}, không phải tệp kế hoạch YAML.").format(kind=_(kind)),
        _("Chọn đúng tệp bằng --data; tệp đã mã hóa hoặc nén thì mở ra trước."),
    )


def _forbidden_characters(source: SourceText) -> list[Finding]:
    found = findings.Gathered()
    for match in _FORBIDDEN.finditer(source.text):
        character = match[0]
        if character == "\ufeff":
            message = _("Dấu BOM (U+FEFF) nằm trong nội dung tệp.")
        else:
            message = _("de06 không nhận ký tự điều khiển U+{code:04X}.").format(
                code=ord(character)
            )
        found.add(
            findings.FORBIDDEN_CHARACTER,
            partial(source.place, match.start()),
            message,
            _("Hãy xóa ký tự này."),
        )
    return found.all()


def _lone_carriage_returns(source: SourceText) -> list[Finding]:
    """Line ends that nothing but an old Mac writes, as one finding: all were made in one go."""
    starts = [match.start() for match in _LONE_CR.finditer(source.text)]
    if not starts:
        return []
    message = _("Dấu xuống dòng CR (U+000D) không có LF đi sau.")
    more = len(starts) - 1
    advice = _("Hãy lưu lại tệp với dấu xuống dòng LF hoặc CRLF.")
    place, message = source.place(starts[0]), findings.with_more(message, more)
    return [Finding(findings.FORBIDDEN_CHARACTER, place, message, advice, more)]
