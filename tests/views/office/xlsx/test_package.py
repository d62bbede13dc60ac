"""The bounds of a workbook: what would take too long or too much memory is refused before it does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import samples

from de06cli.errors import UnreadableData
from de06cli.plan import portfolio
from de06cli.tracking.states import as_of
from de06cli.views.office import limits
from de06cli.views.office.xlsx import reading, workbook

of_posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of another kind")

SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BLANKS = b" " * limits.MIB
MOST_MEMORY = 300 * limits.MIB


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    view = as_of(portfolio.single(samples.plan(samples.LODGING)), (samples.TODAY,))
    workbook.write(view, view.tasks(), path)
    return path


def replaced(path: Path, part: str, chunks: Iterator[bytes]) -> None:
    """The workbook with another content of one of its parts."""
    with ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != part}
    relations = kept["xl/_rels/workbook.xml.rels"]
    if part == STRINGS:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        more = b'<Relationship Id="rIdT" Type="' + kind + b'" Target="/xl/sharedStrings.xml"/>'
        relations = relations.replace(b"</Relationships>", more + b"</Relationships>")
        kept["xl/_rels/workbook.xml.rels"] = relations
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
        with archive.open(part, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)


def sheet(*rows: bytes | Iterator[bytes]) -> Iterator[bytes]:
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    for row in rows:
        yield from [row] if isinstance(row, bytes) else row
    yield b"</sheetData></worksheet>"


def gigabytes() -> Iterator[bytes]:
    return sheet(BLANKS for _part in range(2100))


def blanks() -> Iterator[bytes]:
    return sheet(BLANKS for _part in range(97))


def last_column() -> Iterator[bytes]:
    return sheet(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 20_000))


def styled_last_column() -> Iterator[bytes]:
    return sheet(b'<row r="1"><c r="XFD1" s="1"/></row>')


def styled_rows() -> Iterator[bytes]:
    return sheet(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(1, 1_048_577))


def nested() -> Iterator[bytes]:
    return sheet(b"<a>" * 100_000)


def entities() -> Iterator[bytes]:
    yield b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    for level in range(9):
        yield b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10)
    yield b"]><worksheet>&j;</worksheet>"


def outside_entity() -> Iterator[bytes]:
    yield b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


def strings() -> Iterator[bytes]:
    yield f'<sst xmlns="{MAIN}">'.encode()
    for _part in range(600):
        yield b"<si><t>a</t></si>" * 1000
    yield b"</sst>"


def long_strings() -> Iterator[bytes]:
    yield f'<sst xmlns="{MAIN}"><si><t>'.encode()
    for _part in range(60):
        yield b"a" * limits.MIB
    yield b"</t></si></sst>"


DTD = "có khai báo DTD, chỗ của thực thể tự nhân lên"


@of_posix
@pytest.mark.parametrize(
    ("part", "content", "why"),
    [
        (SHEET, gigabytes, "plan.xlsx lớn hơn 160 MiB khi mở nén"),
        (SHEET, blanks, "xl/worksheets/sheet2.xml lớn hơn 96 MiB khi mở nén"),
        (
            SHEET,
            last_column,
            "trang “Các bước” có ô ở XFD1, ngoài 256 cột đầu; hãy xóa các cột thừa",
        ),
        (SHEET, styled_last_column, "trang “Các bước” có ô ở XFD1, ngoài 256 cột đầu"),
        (SHEET, styled_rows, "trang “Các bước” có quá 200000 hàng; hãy xóa các hàng thừa"),
        (SHEET, nested, "phần tử XML lồng nhau quá 60 tầng"),
        (SHEET, entities, DTD),
        (SHEET, outside_entity, DTD),
        (STRINGS, entities, DTD),
        (STRINGS, strings, "quá 500000 đoạn chữ"),
        (STRINGS, long_strings, "xl/sharedStrings.xml lớn hơn 48 MiB khi mở nén"),
    ],
)
def test_what_exceeds_a_limit_is_refused_in_little_memory(
    path: Path, part: str, content: Callable[[], Iterator[bytes]], why: str
) -> None:
    replaced(path, part, content())
    read = (
        "import resource, sys; from pathlib import Path\n"
        f"resource.setrlimit(resource.RLIMIT_DATA, ({MOST_MEMORY}, {MOST_MEMORY}))\n"
        "from de06cli.errors import UnreadableData\n"
        "from de06cli.views.office.xlsx import reading\n"
        "try:\n    reading.read(Path(sys.argv[1]))\n"
        "except UnreadableData as error:\n    print(error)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", read, str(path)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(f"Không đọc được {path}: {why}")


@pytest.mark.parametrize(
    ("limit", "most", "why"),
    [
        ("CELLS", 20, "sổ có quá 20 ô"),
        ("XML_ELEMENTS", 500, "quá 500 phần tử XML"),
        ("SHEETS", 2, "sổ có quá 2 trang tính"),
        ("PARTS", 5, "tệp nén có quá 5 phần"),
        ("MERGES", 2, "quá 2 vùng ô gộp"),
        ("WORKBOOK_BYTES", limits.MIB // 200, "tệp lớn hơn 0 MiB"),
    ],
)
def test_every_other_limit_is_kept(path, monkeypatch, limit, most, why):
    monkeypatch.setattr(limits, limit, most)

    with pytest.raises(UnreadableData) as refused:
        reading.read(path)
    assert str(refused.value).startswith(f"Không đọc được {path}: {why}")


@of_posix
def test_the_system_keeps_the_memory_that_is_tested() -> None:
    """RLIMIT_DATA counts what is allocated, or the test above would say nothing."""
    limit = f"resource.setrlimit(resource.RLIMIT_DATA, ({MOST_MEMORY},) * 2)"
    code = f"import resource; {limit}; bytes({MOST_MEMORY})"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert b"MemoryError" in answer.stderr
