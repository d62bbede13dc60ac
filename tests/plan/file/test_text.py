"""Bytes become text that knows its lines, or the findings that say why they do not."""

from __future__ import annotations

import pytest

from de06cli.plan import findings
from de06cli.plan.file.size import MAX_BYTES, too_large
from de06cli.plan.file.text import SourceText, decode
from de06cli.plan.findings import Finding, Location

BOM = b"\xef\xbb\xbf"


def found(data: bytes) -> list[tuple[int, int, str]]:
    return [(one.place.line, one.place.column, one.code) for one in decode(data)[1]]


# Lines and columns --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark", "place"),
    [
        ("abc", "a", Location(1, 1)),
        ("abc", "c", Location(1, 3)),
        ("a\nbc", "c", Location(2, 2)),
        ("a\r\nbc", "c", Location(2, 2)),
        ("\n\n\nx", "x", Location(4, 1)),
        ("🙂🙂x", "x", Location(1, 3)),
        ("e\u0301\u0323x", "x", Location(1, 4)),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f\x1cx", "x", Location(1, 13)),
    ],
    ids=[
        "first",
        "later in a line",
        "second line",
        "after CRLF",
        "after empty lines",
        "an emoji is one column",
        "a combining mark is a column",
        "only line feeds end a line",
    ],
)
def test_a_place_is_a_line_and_a_column_of_code_points(
    text: str, mark: str, place: Location
) -> None:
    assert SourceText(text).place(text.index(mark)) == place


@pytest.mark.parametrize(
    ("text", "place"), [("", Location(1, 1)), ("ab", Location(1, 3)), ("ab\n", Location(2, 1))]
)
def test_the_end_of_the_text_is_a_place(text: str, place: Location) -> None:
    assert SourceText(text).place(len(text)) == place


def test_a_line_comes_without_its_end() -> None:
    source = SourceText("một\r\nhai\n\nbốn")
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["một", "hai", "", "bốn"]


def test_the_line_after_a_final_line_end_is_empty() -> None:
    assert SourceText("một\n").line(2) == ""


# Decoding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["LF", "CRLF", "no line end"])
def test_utf8_is_read_without_its_byte_order_mark(mark: bytes, end: str) -> None:
    text = f"plan: Đề án 06 🙂{end}"
    source, errors = decode(mark + text.encode("utf-8"))
    assert (source.text, errors) == (text, [])


@pytest.mark.parametrize(
    "character",
    [
        "\t",
        "\xa0",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u200e",
        "\u2028",
        "\u2029",
        "\ufffd",
        "\U0001f600",
    ],
    ids=ascii,
)
def test_what_is_neither_a_control_nor_an_override_may_stand_in_a_text(character: str) -> None:
    source, errors = decode(f"a: 'b{character}c'\n".encode())
    assert (source.text, errors) == (f"a: 'b{character}c'\n", [])


@pytest.mark.parametrize(
    "character",
    [
        *map(chr, range(9)),
        "\x0b",
        "\x0c",
        *map(chr, range(0x0E, 0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
    ],
    ids=ascii,
)
def test_controls_and_overrides_are_refused_where_they_stand(character: str) -> None:
    assert found(f"a: b\nc: 'đ{character}'\n".encode()) == [(2, 6, findings.FORBIDDEN_CHARACTER)]


def test_a_character_is_reported_at_its_first_three_places_and_counted() -> None:
    listed = decode(("a" * 50 + "\x01").encode() * 500 + b"\x02")[1]
    assert [(one.place.column, one.more) for one in listed] == [
        (51, 0), (102, 0), (153, 497), (25501, 0),
    ]  # fmt: skip
    assert listed[2].message == "de06 không nhận ký tự điều khiển U+0001. (và 497 chỗ khác)"


def test_line_ends_of_an_old_mac_are_one_finding() -> None:
    assert decode(b"plan:\r  code: A\r\n  place: B\r")[1] == [
        Finding(
            findings.FORBIDDEN_CHARACTER,
            Location(1, 6),
            "Dấu xuống dòng CR (U+000D) không có LF đi sau. (và 1 chỗ khác)",
            "Hãy lưu lại tệp với dấu xuống dòng LF hoặc CRLF.",
            1,
        )
    ]


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize(
    ("data", "place", "byte"),
    [
        (b"\xd0", Location(1, 1), "0xD0"),
        ("plan:\n  place: Đắk".encode() + b"\xe1\xba", Location(2, 13), "0xE1"),
        ("🙂".encode() + b"\xe2\x28\xa1", Location(1, 2), "0xE2"),
        (b"a\n\xc0\x80", Location(2, 1), "0xC0"),
        (b"\xed\xa0\x80", Location(1, 1), "0xED"),
    ],
    ids=["Latin-1", "cut in a letter", "wrong second byte", "overlong", "half a surrogate pair"],
)
def test_the_first_byte_that_is_not_utf8_is_named(
    mark: bytes, data: bytes, place: Location, byte: str
) -> None:
    message, advice = f"Tệp không phải UTF-8: byte {byte}.", "Hãy lưu lại tệp với bảng mã UTF-8."
    assert decode(mark + data)[1] == [Finding(findings.NOT_UTF8, place, message, advice)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["plan:\n  code: A\n", "# Kế hoạch\nplan:\n"])
def test_utf16_is_called_by_its_name(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[1] == [
        Finding(
            findings.NOT_UTF8,
            Location(1, 1),
            "Tệp được lưu bằng UTF-16, không phải UTF-8.",
            "Hãy lưu lại tệp với bảng mã UTF-8.",
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf32_is_not_taken_for_utf16(encoding: str) -> None:
    (finding,) = decode("plan:\n".encode(encoding))[1]
    assert finding.message == "Tệp được lưu bằng UTF-32, không phải UTF-8."


def test_a_file_of_64_mib_is_read_and_a_byte_more_is_not() -> None:
    data = b"#" * MAX_BYTES
    assert decode(data)[1] == []
    assert decode(data + b"#")[1] == [Finding(findings.TOO_LARGE, Location(1, 1), too_large())]
    assert too_large() == "Tệp lớn hơn 64 MiB, giới hạn của một kế hoạch."


# Conflict markers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["<<<<<<<", "<<<<<<< HEAD", "||||||| a1b2", "=======", ">>>>>>> x"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["LF", "CRLF", "no line end"])
def test_a_line_that_a_merge_left_is_found(line: str, end: str) -> None:
    assert found(f"a: b\n{line}{end}".encode()) == [(2, 1, findings.CONFLICT_MARKER)]


@pytest.mark.parametrize(
    "line", ["<<<<<<", "<<<<<<<<", " <<<<<<< HEAD", "# =======", "=======x", "a: =======", "<<: b"]
)
def test_what_only_resembles_a_marker_is_none(line: str) -> None:
    assert found(f"a: b\n{line}\n".encode()) == []


def test_each_conflict_is_one_finding_and_so_is_a_marker_left_of_one() -> None:
    text = """\
<<<<<<< HEAD
a: 1
||||||| base
a: 0
=======
a: 2
>>>>>>> other
b: 1
=======
<<<<<<< HEAD
c: 1
=======
c: 2
>>>>>>> other
>>>>>>> other
"""
    assert found(text.encode()) == [
        (1, 1, findings.CONFLICT_MARKER),
        (9, 1, findings.CONFLICT_MARKER),
        (10, 1, findings.CONFLICT_MARKER),
        (15, 1, findings.CONFLICT_MARKER),
    ]
